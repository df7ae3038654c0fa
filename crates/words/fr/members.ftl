### Les structures membres : la liste, une structure, l'import.

members-title = Membres
members-count = { $count ->
    [0] Aucune structure n'a encore rejoint ce collectif.
    [one] Une structure met en commun ici.
   *[other] { $count } structures mettent en commun ici.
}
members-search = Chercher une structure
members-search-clear = Voir tous les membres
members-found-none = Aucune structure ne correspond à « { $query } ».
members-empty = Un collectif commence à deux : invitez une première structure.
members-invite = Inviter
members-import = Importer une liste
members-csv = Télécharger la liste (CSV)
members-roles = Qui fait quoi
members-caption = Par ordre alphabétique
members-name = Structure
members-website = Site
members-since = Membre depuis
members-left = Partie le
members-no-website = —

## Une structure

members-member-since = Membre depuis le { $date }
members-member-from = Membre à partir du { $date }
members-member-left = A quitté le collectif le { $date }
members-site = Site
members-siren = SIREN
members-statement = Voir ses mouvements dans le pot
members-people = Qui agit pour { $organisation }
members-people-none = Personne n'agit encore pour cette structure.
members-people-private = Les membres du collectif voient ici qui agit pour cette structure.
members-person = Personne
members-mandate = Mandat
members-dates = Dates
members-people-left = Elle a quitté le collectif : plus personne n'agit ici pour elle.
members-withdraw = Ne plus proposer
members-act = Mettre fin
members-mandate-proposed = proposé, attend sa réponse
members-withdraw-mandate = Ne plus proposer ce mandat : { $person }
members-end-mandate = Mettre fin au mandat : { $person }
members-invite-here = Inviter quelqu'un pour { $organisation }

## L'import

members-import-title = Importer des structures
members-import-lead = Collez un tableau, ou envoyez un fichier CSV. Rien n'est enregistré avant que vous ayez vu ce que cela ferait.
members-import-columns = La première ligne nomme les colonnes : « nom », et si vous les avez « site », « SIREN », « courriel », « depuis ». Une adresse de courriel invite la personne à représenter sa structure.
members-import-text = Le tableau
members-import-text-hint = Copiez les cellules de votre tableur, première ligne comprise.
members-import-file = Ou un fichier CSV
members-import-file-hint = Virgules, points-virgules ou tabulations ; 2 Mo et 5 000 lignes au plus.
members-import-check = Voir ce que cela ferait
members-import-missing = Collez un tableau ou choisissez un fichier.
members-import-kept = Ce que nous avons lu est ci-dessous : corrigez-le ici même, ou envoyez un autre fichier.
members-import-too-long = Le fichier est trop long pour être corrigé ici : corrigez-le chez vous, puis envoyez-le de nouveau.
members-import-line = Ligne
members-import-problem = À revoir
members-import-preview = Ce que l'import ferait
members-import-summary = { $joins ->
    [0] Aucune nouvelle structure
    [one] Une nouvelle structure
   *[other] { $joins } nouvelles structures
}
members-import-summary-invited = { $invited ->
    [0] aucune invitation
    [one] une invitation part par courriel
   *[other] { $invited } invitations partent par courriel
}
members-import-summary-changed = { $changed ->
    [0] aucune mise à jour
    [one] une mise à jour
   *[other] { $changed } mises à jour
}
members-import-summary-same = { $same ->
    [0] aucune ligne sans effet
    [one] une ligne sans effet
   *[other] { $same } lignes sans effet
}
members-import-ignored = Colonnes laissées de côté : { $columns }.
members-import-effect = { $effect ->
    [joins] rejoint le collectif
    [comes-back] revient
    [changes] mise à jour
   *[other] déjà ainsi
}
members-import-effect-since = rejoint le collectif, membre depuis le { $date }
members-import-nobody-acts = personne : elle ne pourra rien faire ici tant que vous n'invitez pas quelqu'un pour elle
members-import-does = Effet
members-import-invited = Personne invitée
members-import-nobody = —
members-import-more = { $count ->
    [one] et { $count } autre ligne.
   *[other] et { $count } autres lignes.
}
members-import-confirm = Importer
members-import-again = Corriger le tableau
members-import-stale = Le collectif a changé depuis cet aperçu. Voici ce que l'import ferait maintenant.
members-import-done = { $count ->
    [0] Tout était déjà ainsi : rien n'a changé.
    [one] Une ligne est importée.
   *[other] { $count } lignes sont importées.
}

## Une structure s'en va

members-departure-link = Cette structure quitte le collectif
members-departure-title = { $name } quitte le collectif
members-departure-lead = Elle ne sera plus membre dès aujourd'hui. Son histoire reste lisible ; ce geste ne s'annule pas, mais elle pourra être invitée à nouveau.
members-departure-nothing = Elle n'a rien dans le pot et ne doit rien.
members-departure-line = { $kind ->
    [own] de ses propres versements, pas encore posés
    [others] reçus d'un partage ou de dons : ils retournent au pot, les dons à leur fonds
    [allocated] posés sur des fonctionnalités pas encore financées
    [bound] réservés à des fonctionnalités financées : ils y restent
    [owed] à régler pour des appels de fonds : elle les doit encore après son départ
   *[other] promis et pas encore appelés : elle ne les doit plus
}
members-departure-own = Que devient ce qui vient de ses propres versements ?
members-departure-to-pot = Cela reste dans le pot, pour les autres
members-departure-back = Cela lui est remboursé
members-departure-back-hint = La somme est inscrite comme due ; le paiement se fait ensuite, à deux personnes.
members-departure-stays = Laisser sur place ce qui est posé sur des fonctionnalités
members-departure-stays-hint = Sinon, c'est repris comme le reste.
members-departure-never = Ce qui vient de ses propres versements reste dans le pot, pour les autres : ici, rien n'est remboursé à une structure qui part.
members-departure-by-others = Les règles permettent de rendre à une structure qui part ce qui vient de ses propres versements, mais vous ne pouvez pas l'inscrire pour elle. Pour le demander, ne confirmez pas ce départ vous-même : une autre personne en note la décision ({ $names }), puis l'administration du collectif inscrit le départ. Si vous le confirmez ici, tout reste dans le pot, et ne pourra plus être remboursé.
members-departure-by-nobody = Les règles permettent de rendre à une structure qui part ce qui vient de ses propres versements, par une décision que d'autres inscrivent ; pour l'instant, personne d'autre ne peut le faire. Si vous confirmez ce départ ici, tout reste dans le pot, et ne pourra plus être remboursé.
members-departure-rules = Les règles du collectif
members-departure-returnable = { $back ->
    [decision] { $amount } ont été apportés avec droit de reprise. Ce que des partages en ont donné à d'autres ne revient pas à la structure ; ce qui lui reste de ses propres versements ne peut lui être rendu que par un remboursement décidé avec son départ.
   *[other] { $amount } ont été apportés avec droit de reprise. Ce que des partages en ont donné à d'autres ne revient pas à la structure, et ici rien n'est remboursé à qui part : ce que dit la convention se règle entre vous, hors de Popote.
}
members-departure-why = Un départ s'appuie sur une décision du collectif, écrite.
members-departure-why-own = Vous parlez pour cette structure : son départ ne demande aucune décision du collectif.
members-departure-by-own-word = Aucune : elle part de son propre chef
members-departure-word-title = { $name } quitte le collectif
members-departure-word = { $name } annonce son départ, par la personne qui la représente.
members-departure-do = Confirmer le départ : { $name }
members-departure-done = { $name } a déjà quitté le collectif.
members-departed = { $name } a quitté le collectif.
members-departed-owing = { $name } a quitté le collectif. Il lui reste { $amount } à régler.
members-departed-left = De ses propres versements, { $amount } restent dans le pot.
members-departure-led = Elle mène ces fonctionnalités : elles restent où elles en sont, et les référent·es désignent une autre structure pour les mener.
members-departure-roles = Ces personnes tiennent un rôle du collectif et le gardent ; il se rend ou se retire dans « Qui fait quoi ».
members-departure-role = { $name } : { $role }
members-departure-name-host = Changer la structure porteuse du pot
members-departure-why-two = La structure ne l'a pas demandé elle-même ici : son départ s'appuie sur une décision du collectif, notée par une autre personne que vous.
members-departure-why-alone = La structure ne l'a pas demandé elle-même ici, et personne d'autre que vous ne peut noter la décision du collectif. Notez-la d'abord : les personnes de la structure l'apprennent par courriel, et le départ se confirme quatorze jours plus tard.
members-departure-announce = Noter la décision et l'annoncer
members-departure-waiting = La décision n° { $number }, « { $title } », est notée et annoncée : le départ pourra être confirmé à partir du { $from }, ou dès qu'une autre personne que vous aura noté la décision.
members-departure-writers = Peuvent la noter : { $names }. Envoyez-leur cette adresse : { $address }
members-departure-meant = { $name } quitte le collectif dès aujourd'hui.
members-departure-meant-line = { $amount } { $what }.
members-departure-meant-own = { $goes ->
    [back] Ce qui vient de ses propres versements lui est dû.
    [stays_for_good] Ce qui vient de ses propres versements reste dans le pot ; une fois partie, elle ne pourra plus en être remboursée.
   *[other] Ce qui vient de ses propres versements reste dans le pot.
}
members-departure-meant-led = { $count ->
    [one] Une fonctionnalité n'a plus personne pour la mener.
   *[other] { $count } fonctionnalités n'ont plus personne pour les mener.
}
members-departure-settles = Après ce départ, le partage du tour { $round } ne s'annule plus : la part de cette structure sera partie ailleurs. S'il est à refaire, annulez-le d'abord.
members-departure-meant-decision = Cela s'appuie sur la décision n° { $number }, « { $title } ».
members-departure-meant-new-decision = Cela s'appuie sur une décision qui sera notée en même temps, « { $title } ».
mail-departs-subject = { $collective } : selon une décision, { $name } quitterait le collectif
mail-departs = { $actor } a noté une décision du collectif { $collective }, « { $title } » : { $name } n'en ferait plus partie.
mail-departs-from = Pour l'instant, { $actor } est la seule personne qui puisse la noter : le départ n'aura pas lieu avant le { $from }.
mail-departs-else = Si ce n'est pas ce qui était convenu, parlez-en sans attendre à l'administration du collectif. La décision :
mail-departed-subject = { $collective } : départ d'une structure, { $name }
mail-departed = { $name } ne fait plus partie du collectif { $collective }. Si ce n'est pas ce qui était convenu, parlez-en sans attendre à l'administration du collectif.
mail-departed-own = { $goes ->
    [back] Ses propres versements, { $amount }, lui sont dus ; le paiement se fait à deux personnes.
   *[other] Ses propres versements, { $amount }, restent dans le pot.
}
mail-departed-own-unsaid = { $goes ->
    [back] Ses propres versements lui sont dus ; le paiement se fait à deux personnes.
   *[other] Ses propres versements restent dans le pot.
}
mail-departed-led = Ces fonctionnalités n'ont plus personne pour les mener ; les référent·es peuvent désigner une autre structure :
    { $titles }
mail-departed-subscription = Sa cotisation est terminée : plus rien n'est appelé. Ce qui l'était déjà reste dû.
members-departure-subscription = Sa cotisation s'arrête le jour même : plus rien ne sera appelé. Ce qui l'est déjà reste dû.
mail-departed-decision = La décision : « { $title } ».

## Le nom et le site d'une structure

members-edit-title = Nom et site
members-edit-name = Nom de la structure
members-edit-website = Site web
members-edit-done = C'est enregistré ; l'ancien nom reste dans l'historique.
