### Fonctionnalités : la liste, la page, proposer, modifier, accompagner.

features-title = Fonctionnalités
features-lead = Ce que le collectif veut voir exister dans les logiciels qu'il utilise, de l'idée à la livraison.
features-propose = Proposer une fonctionnalité
features-filters = Filtrer par étape
features-all = Toutes
features-empty = Personne n'a encore rien proposé. Une idée suffit pour commencer : cinq questions, quatre minutes.
features-empty-in = Aucune fonctionnalité à l'étape « { $state } ».
features-led-by-name = menée par { $organisation }
features-outside = hors tour

## Sur les cartes

features-meta-confirming = prix plancher atteint, une personne référente doit confirmer
features-meta-closing-now = date limite passée, la clôture est en cours
features-meta-missing = il manque { $amount }
features-meta-funded = financée
features-meta-price = prix plancher { $amount }
features-meta-no-price = sans prix pour l'instant
features-meta-ended = terminée

## La phrase qui dit l'essentiel

features-headline-confirming = Le prix plancher est atteint
features-headline-missing = Il manque { $amount }
features-headline-funded = Financée le { $date } avec { $amount }
features-headline-before = Il faudra { $amount }
features-headline-wish = Une idée, sans prix pour l'instant
features-headline-not-funded = La somme n'a pas été réunie : tout est revenu
features-headline-ended = C'est fini : { $state }
features-note-funding = Si le prix plancher n'est pas atteint à cette date, tout revient : chaque structure retrouve sa part, au centime.
features-note-funding-lapses = Si le prix plancher n'est pas atteint à cette date, tout revient au pot commun, pour un prochain partage, et les dons à leur fonds : c'est la règle de ce tour.
features-note-funding-then-lapses = Si le prix plancher n'est pas atteint à cette date, tout revient : chaque structure retrouve sa part, au centime. Ce qu'elle n'en met pas ailleurs avant la fin du tour, le { $day }, revient au pot commun : c'est la règle de ce tour.
features-note-confirming = Une personne référente du collectif doit confirmer, { $until } ; sans réponse, c'est confirmé. D'ici là, rien ne bouge : on n'y ajoute rien, on n'en reprend rien.
features-note-closing = La date limite est passée : la clôture est en cours, rien ne bouge plus.
features-note-not-built = Ce parcours passe par des étapes qui ne sont pas encore dans Popote : d'autres structures peuvent dire qu'elles en ont besoin, et le financement s'ouvrira avec une prochaine version.
features-note-ended = Financée le { $date } : { $gathered } réunis, { $spent } pour le travail, { $returned } rendus.
features-note-ended-whole = Financée le { $date } : { $gathered } réunis.
features-note-reserved = { $when ->
    [open] { $amount } de dons réservés à cette fonctionnalité attendent dans leur fonds et ne comptent pas encore ici. Au prochain partage, ils iront dans la part de la structure qui la mène ({ $lead }), qui ne pourra les mettre qu'ici, après le reste de sa part.
    [before] { $amount } de dons réservés à cette fonctionnalité attendent dans leur fonds. Au premier partage qui suivra l'ouverture de son financement, ils iront dans la part de la structure qui la mène ({ $lead }), qui ne pourra les mettre qu'ici, après le reste de sa part.
    [no_lead] { $amount } de dons réservés à cette fonctionnalité attendent dans leur fonds, et ne comptent pas encore ici : un partage les donne à la structure qui la mène, et il n'y en a plus.
   *[other] { $amount } de dons réservés à cette fonctionnalité restent dans leur fonds : elle ne reçoit plus rien, et ils ne peuvent aller à aucune autre.
}
features-note-add = On peut encore ajouter { $amount } ; ce qui est ajouté maintenant ne se reprend plus.
features-note-gathering = { $count ->
    [one] Le financement s'ouvrira quand { $count } structure en aura besoin, ou qu'une personne référente aura dit pourquoi avancer.
   *[other] Le financement s'ouvrira quand { $count } structures en auront besoin, ou qu'une personne référente aura dit pourquoi avancer.
}
features-note-costing = Il reste à donner un prix, ligne par ligne.
features-closed-typed = Vous aviez saisi { $amount }. Rien n'a changé.
features-ask-label = Votre part ici
features-ask-add-label = À ajouter
features-ask-hint = Au plus { $most } aujourd'hui, y compris ce qui y est déjà.
features-ask-add-hint = Au plus { $more }, en plus de vos { $on } qui y sont déjà.
features-ask = Mettre une part
features-ask-change = Changer notre part
features-ask-add = Ajouter
features-ask-round = Répartir toute ma part du tour { $number }
features-sign-in-to-put = Se connecter pour mettre une part
features-put = Vous avez maintenant { $amount } sur cette fonctionnalité. Il vous reste { $left } à répartir.
features-put-triggered = Votre part l'a fait : le prix plancher est atteint, la fonctionnalité est financée ! Il vous reste { $left } à répartir.

## Le prix

features-price = Pourquoi ce prix
features-price-caption = Ligne par ligne ; le prix plancher est la somme des minimums
features-line = Poste
features-minimum = Minimum
features-maximum = Maximum
features-floor-and-maximum = Prix plancher et maximum
features-price-explained = Rien n'est dépensé sous le prix plancher. Rien n'est accepté au-dessus du maximum.
features-incomes = Ce qui vient d'ailleurs
features-incomes-caption = Financements déjà acquis hors du pot ; ils ne comptent pas dans la jauge

## Qui, quoi

features-who = Qui fait quoi
features-led-no-more = personne ne la mène pour l'instant (avant : { $organisation })
features-led-by = Menée par
features-led-by-gone = personne pour l'instant ; { $organisation } l'a menée jusqu'au { $date } inclus
features-led-by-gone-next = Une personne référente la propose à une autre structure du collectif, qui accepte ou non.
features-led-by-take = La proposer à une structure
features-worker = Qui ferait le travail
features-worker-does = Qui le fait
features-worker-agree = À convenir entre vous : le contrat de ce parcours n'est pas encore dans Popote
features-track-stops = Dans cette version, le parcours léger s'arrête au financement : le contrat, la vérification et le paiement n'y sont pas encore. Une fois financée, la somme reste réservée jusqu'à une prochaine version ; si la fonctionnalité est annulée, elle revient.
features-worker-none = Pas encore choisi
features-worker-lead = { $name }, qui mène la fonctionnalité : aucune autre structure n'est nommée
features-track = Parcours
features-track-explained = { $track ->
    [trust] confiance : un prix, et la structure qui propose mène le travail
    [light] léger : plusieurs structures en ont besoin, un contrat d'une page
    [full] complet : chiffrages, appel à candidatures, jalons
    [heavy] renforcé : trois chiffrages, deux propositions, médiation prévue
   *[other] autre
}
features-track-up-to = { $track } (jusqu'à { $ceiling })
features-done-when = C'est fini quand…
features-upstream = Vous êtes l'équipe du logiciel ?
features-upstream-discussion = Dites-nous ce que vous en pensez dans la discussion
features-upstream-lead = Joignez { $lead }, qui mène cette fonctionnalité
features-description = En détail
features-story = Histoire
features-funders = Qui met quoi
features-funders-count = { $count ->
    [0] Aucune structure n'a encore mis de part.
    [one] { $count } structure a mis une part.
   *[other] { $count } structures ont mis une part.
}
features-funders-returned = { $count ->
    [one] { $count } structure y avait mis une part, qui n'y est plus.
   *[other] { $count } structures y avaient mis une part, qui n'y est plus.
}
features-funders-hidden = Les montants de certaines ne sont pas publiés.
features-funders-untold = Les montants de certaines ne sont pas publiés, ni leur nombre.
features-funders-others = { $count ->
    [one] { $count } autre
   *[other] { $count } autres
}
features-funders-topped-up = { $name }, dont { $amount } en complément, par la décision n° { $number }
features-funders-decided = { $count ->
    [one] Dons, par la décision n° { $numbers }
   *[other] Dons, par les décisions n° { $numbers }
}
features-needers = Qui en a besoin
features-needers-count = { $count ->
    [0] Personne ne l'a encore dit.
    [one] { $count } structure en a besoin.
   *[other] { $count } structures en ont besoin.
}
features-need-words = Pour quoi faire ?
features-need-too = Nous en avons besoin aussi
features-need-withdraw = Nous n'en avons plus besoin
features-need-said = C'est noté : votre structure en a besoin aussi.
features-need-withdrawn = C'est noté : votre structure n'en a plus besoin.
features-embed-hint = En HTML : une image sans script, pour votre site
features-badge-missing = Il manque { $missing } sur { $floor }
features-badge-funded = Financée : { $amount } réunis
features-copy = Copier pour le forum
features-copy-hint = En Markdown, à coller dans une discussion

## Accompagner

features-steward = Accompagner
features-confirm-lead = Le prix plancher est atteint. Confirmer réserve l'argent ; sans réponse, c'est confirmé à la date prévue.
features-confirm-lead-until = Le prix plancher est atteint. Confirmer réserve l'argent tout de suite. On peut répondre { $until } ; ensuite, c'est confirmé.
features-confirm = Confirmer le financement
features-confirmed = C'est confirmé : l'argent est réservé.
features-step = Faire avancer
features-step-reason = Pour quelle raison ?
features-step-hint = Étape suivante : { $state }. La raison est publiée dans l'histoire.
features-stepped = La fonctionnalité avance.
features-wake = Réveiller cette idée
features-woken = L'idée est réveillée.
features-change-track = Changer de parcours
features-track-change-heading = Changer le parcours de « { $title } »
features-track-change-now = Aujourd'hui : { $track }.
features-track-change-to = Nouveau parcours
features-track-change-none = Aucun autre parcours ne peut la prendre maintenant.
features-track-change-stops = Dans cette version, ce parcours s'arrête au financement : le contrat, la vérification et le paiement n'y sont pas encore. Ce qui est réuni y reste réservé jusqu'à une prochaine version, ou revient si la fonctionnalité est annulée.
features-track-change-lead-works = La structure qui mène fait le travail, sauf si une autre est nommée.
features-track-change-worker-open = Qui fait le travail est à convenir.
features-track-change-needs = Structures qui doivent en avoir besoin : { $asked } ; qui le disent : { $needers }.
features-track-change-inside = { $amount } y sont posés : rien ne bouge. Les structures qui ont mis cette somme et celle qui mène reçoivent un courriel avec la raison ; chacune peut reprendre sa part avant le financement.
features-track-change-empty = Aucun argent n'y est posé. La structure qui mène reçoit un courriel avec la raison.
features-track-change-back = Tant qu'elle n'est pas financée, le parcours peut encore changer, si les règles le permettent.
features-track-change-refused = { $track }. { $why }
features-again = Proposer à nouveau
features-track-changed = Le parcours a changé.
features-lead-change = Changer la structure qui mène
features-lead-heading = Qui mène « { $title } » ?
features-lead-now = Aujourd'hui : { $name }.
features-lead-means = La nouvelle structure accepte d'abord, par une personne qui la représente ; d'ici là rien ne change. Ensuite c'est elle qui assure la suite, et peut modifier ou annuler la fonctionnalité. Qui fait le travail, et donc qui est payé, ne change pas. On ne propose pas sa propre structure, et rien ne change tant qu'un compte rendu attend sa suite.
features-lead-who = La structure qui mènerait désormais
features-lead-proposed = { $name } est sollicitée ; rien ne change avant sa réponse.
features-lead-reason = Pourquoi
features-lead-reason-hint = Tout le monde le lira, une fois la proposition acceptée.
features-lead-propose = Proposer
features-lead-field = Structure qui mène
features-lead-waits = { $name }, sollicitée le { $date }, n'a pas encore répondu :
features-lead-withdraw = Reprendre la proposition
features-lead-withdrawn = La proposition est reprise.
features-lead-there = La structure qui mène est là pour passer la main : c'est une personne qui la représente qui le propose.
features-lead-asks = { $former } propose de passer la main : { $name } mènerait « { $title } ».
features-lead-asks-left = Plus personne ne mène « { $title } » ; les référent·es proposent : { $name } la mènerait.
features-lead-accept = Accepter pour { $name }
features-lead-decline = Décliner
features-lead-accepted = { $name } mène désormais ; les deux structures sont prévenues.
features-lead-declined = C'est décliné ; la personne qui l'avait proposé est prévenue.
features-edit = Modifier
features-cancel = Annuler cette fonctionnalité
features-cancel-heading = Annuler « { $title } »
features-cancel-returns = { $amount } reviendront aux structures qui les ont mis, au centime.
features-cancel-to-funds = { $amount } viennent de dons : ils retourneront au fonds de ces dons, pas aux structures.
features-cancel-of-left = { $amount } avaient été mis par des structures parties depuis : ils iront là où elles l'avaient choisi en partant.
features-cancel-reserved = { $amount } de dons réservés à cette fonctionnalité attendent dans leur fonds : ils y restent, et ne pourront aller à aucune autre.
features-cancel-empty = Aucun argent n'y est : rien n'aura à revenir.
features-cancel-how = Comment cela finit-il ?
features-cancel-abandoned = Abandonnée : plus personne ne la mène
features-cancel-overtaken = Déjà fait ailleurs
features-cancel-reason = Pourquoi ?
features-cancel-reason-hint = Tout le monde pourra le lire. Ce choix ne se défait pas.
features-cancelled = La fonctionnalité est annulée.
features-cancelled-returned = { $amount } sont revenus aux structures qui les avaient mis.
features-cancelled-to-funds = { $amount } sont retournés au fonds des dons dont ils venaient.
features-cancelled-of-left = { $amount }, mis par des structures parties depuis, vont là où elles l'avaient choisi en partant.

## Le formulaire

features-form-lead = Cinq questions, quatre minutes. Tout le reste peut attendre.
features-form-edit-lead = Ce qui change est gardé dans l'histoire.
features-form-publish = Publier
features-form-preview = Voir ce que cela donne
features-form-title = Quoi ?
features-form-software = Dans quel logiciel ?
features-form-software-hint = Déjà connus ici : { $names }.
features-form-summary = Qu'est-ce que ça change pour nous ?
features-form-summary-hint = Deux phrases, avec vos mots.
features-form-price = Combien ?
features-form-price-from = Prix, ou « de… »
features-form-price-to = À…
features-form-price-hint = Toutes taxes comprises. « De… à… » : sous le premier, rien ne se fait ; au-dessus du second, plus rien n'est demandé.
features-form-price-fixed = Une part est déjà posée : ici, seuls les textes se modifient. Pour changer le prix ou la date, proposez de nouvelles conditions depuis la page de la fonctionnalité ; ce qui est promis ne change plus.
features-form-one-line = Prix
features-form-closing = Jusqu'à quand réunir la somme ?
features-form-closing-hint = Ce jour-là inclus. Si la somme n'y est pas, tout revient.
features-form-closing-round = Ce jour-là inclus. Dans le tour { $number }, au plus tard le { $date }, où il se termine ; hors tour, la date est libre.
features-form-more = Plus, si vous voulez
features-form-place = Où la financer ?
features-form-place-round = Dans le tour ouvert
features-form-place-open = Tour { $number }, { $until }.
features-form-place-none = Aucun tour n'est ouvert pour l'instant.
features-form-place-outside = Hors tour, avec sa propre date
features-form-done-hint = Ce que chacun pourra vérifier.
features-form-done-usual = Ce qui est décrit plus haut marche chez nous.
features-form-worker = Qui le ferait ?
features-form-worker-hint = La structure qui propose peut le faire elle-même : on le dit ici, avant le premier euro. Sans nom, dans le parcours « confiance », ce sera la structure qui mène la fonctionnalité.
features-form-discussion = Discussion ailleurs
features-form-discussion-hint = Le fil du forum ou du ticket, s'il existe.
features-form-description = En détail
features-form-description-hint = Le Markdown est mis en forme.
features-form-lines = Le prix, ligne par ligne
features-form-lines-hint = Remplies, ces lignes remplacent le prix d'en haut. Pour en avoir plus : « Voir ce que cela donne ».
features-form-line-label = Poste { $number }
features-form-line-minimum = Minimum { $number }
features-form-line-maximum = Maximum { $number }
features-form-incomes-hint = Une subvention, un prix, une vente : ce qui est acquis hors du pot, montré à part.
features-form-income-label = Source { $number }
features-form-income-amount = Montant { $number }
features-form-track = Parcours
features-form-track-hint = Un parcours plus complet que celui que donne le prix, si vous le souhaitez.
features-form-track-default = Celui que donne le prix
features-preview-track = À partir de { $floor }. Parcours { $track }.
features-preview-wish = Sans prix, c'est une idée : d'autres structures pourront dire qu'elles en ont besoin.
features-preview-closing = On réunit la somme { $until } ; sinon, tout revient. Rien n'est encore publié.
features-not-built = À ce prix, c'est un parcours dont des étapes (cadrage, avis de l'équipe du logiciel, appel à candidatures) ne sont pas encore dans Popote : la page pourra réunir les structures qui en ont besoin, mais son financement ne s'ouvrira qu'avec une prochaine version.
features-form-knows = Publier quand même
features-proposed = C'est publié. Partagez cette page avec les autres structures !
features-form-stored = Quelqu'un a enregistré autre chose entre-temps. Voici ce qui est écrit maintenant ; enregistrer de nouveau le remplace par votre texte.
