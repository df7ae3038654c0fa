### L'espace d'une personne : ce qui l'attend, ses structures, ses sessions, ce qu'elle règle.

me-nav-profile = Vos réglages
me-nav-tokens = Vos jetons d'accès
me-nav-sessions = Vos sessions

## Ce qui vous attend

me-count = { $count ->
    [0] Rien ne vous attend. Tout est à jour.
    [one] Une chose vous attend.
   *[other] { $count } choses vous attendent.
}
me-at-hand = Ce que vous pouvez aussi faire
me-kept = Un formulaire que vous remplissiez le { $when }, quand votre session s'est terminée, a été gardé.
me-kept-back = Le retrouver
me-place = Sa page dans « { $collective } »
me-place-left = Son relevé dans « { $collective } », quitté le { $date }
me-nothing-pressing = Rien n'est en attente. Voici ce que vous pouvez faire.
me-calm = Quand il y aura une part à répartir, un rôle à confirmer ou une date limite proche, ce sera ici.
me-share = Répartir { $amount } pour { $organisation }
me-share-round = Tour { $number } de « { $collective } », { $until }.
me-share-outside = Dans « { $collective } », hors tour.
me-in = Dans « { $collective } ».
me-pay-why = Dans « { $collective } », pour { $organisation }, { $until }.
me-bill = { $many ->
    [one] Facturer { $amount } à { $many } structure pour « { $title } »
   *[other] Facturer { $amount } en tout à { $many } structures pour « { $title } »
}
me-bill-why = Dans « { $collective } », pour { $organisation }, qui fait le travail : la page de la réalisation dit à qui, combien, et avec quelle référence.
me-iban = Écrire l'IBAN de la structure porteuse
me-iban-why = Pour commencer dans « { $collective } » : sans lui, personne ne sait où verser.
me-unproven = { $many ->
    [one] Un versement d'il y a plus de quinze jours est sans justificatif
   *[other] { $many } versements d'il y a plus de quinze jours sont sans justificatif
}
me-invite = Inviter d'autres structures
me-invite-why = Pour commencer dans « { $collective } » : la vôtre y est seule.
me-pay-in = Faire un premier versement pour { $organisation }
me-pay-in-why = Dans « { $collective } » : l'IBAN et la référence sont sur le relevé de la structure.
me-from = à partir du { $from }
me-role = Confirmer un rôle : { $person }, { $role }
me-role-why = Dans « { $collective } », proposé par { $proposer } ; il faut une deuxième personne.
me-new-iban = Confirmer ou arrêter un autre IBAN ({ $host })
me-new-link = Confirmer ou arrêter une autre page de dons ({ $host })
me-new-target-why = Dans « { $collective } », { $person } l'a écrit ; sans réponse, c'est montré le { $from }.
me-feature = Confirmer le financement de « { $title } »
me-feature-why = Dans « { $collective } », le prix plancher est atteint depuis le { $date }.
me-distribute = Partager l'argent du tour { $number }
me-distribute-why = Dans « { $collective } », le tour est ouvert mais les parts ne sont pas encore données.
me-invitation = Répondre à { $inviter }, qui vous invite
me-invitation-why = Pour { $organisation }, dans « { $collective } » : ouvrez le courriel reçu, valable { $until }.
me-terms = Nouvelles conditions de « { $title } » : laisser vos { $amount }, ou les reprendre
me-terms-why = { $collective }, pour { $organisation } : sans réponse { $until }, votre part y reste et peut servir.
me-closing = Le financement de « { $title } » se termine { $when }
me-closing-why = Dans « { $collective } » : il manque { $missing }.
me-closing-covered = Dans « { $collective } » : le prix plancher est atteint.
me-mandate-proposed = Un mandat pour { $organisation } vous est proposé
me-mandate-proposed-why = { $granter } vous propose : { $kind }, à partir du { $from }. Avant votre accord, il ne vous permet rien et ne vous lie à rien. La proposition tombe le { $until }.
me-mandate-accept = Accepter ce mandat
me-mandate-decline = Refuser
me-mandate-accepted = C'est noté : vous avez un mandat pour { $organisation }.
me-mandate-declined = Votre refus est noté : vous n'avez pas ce mandat pour { $organisation }.
me-mandate-ends = Votre mandat pour { $organisation } se termine { $when }
me-mandate-ends-why = Une personne qui représente la structure peut le renouveler.

## Les structures

me-organisations = Vos structures
me-organisations-none = Vous n'agissez encore pour aucune structure. Une personne qui représente la vôtre peut vous inviter.
me-acting = Vous agissez pour { $organisation }.
me-acting-left = Votre mandat pour { $organisation } tient toujours, mais elle n'est plus dans aucun collectif : il ne reste qu'à lire son relevé.
me-acting-none = Vous n'agissez pour aucune structure en ce moment.
me-act-for = Agir pour { $organisation }
me-act-chosen = choisie
me-act-flash = Vous agissez maintenant pour { $organisation }.
me-mandate-line = { $kind }, { $since }
me-mandate-from = depuis le { $date }
me-mandate-coming = à partir du { $date }
me-mandate-until = jusqu'au { $date } inclus
me-collectives = Vos collectifs

## Les sessions

me-sessions-lead = Chaque appareil où vous êtes connecté·e. Fermez ceux que vous ne reconnaissez pas.
me-sessions-caption = Le dernier vu d'abord
me-sessions-device = Appareil
me-sessions-since = Connecté·e
me-sessions-seen = Vu
me-sessions-act = Fermer
me-sessions-unknown = Appareil sans nom
me-sessions-here = celui-ci
me-sessions-end = Fermer la session : { $device }
me-sessions-others = Fermer toutes les autres
me-sessions-ended = La session est fermée.
me-sessions-others-ended = Toutes les autres sessions sont fermées.

## Les réglages

me-profile-title = Vos réglages
me-name = Votre nom
me-locale = Langue des pages et des courriels
me-suspended = Jusqu'au { $when }, vous ne pouvez pas autoriser de paiement : 48 heures passent après chaque changement d'adresse ou de mot de passe, et après un rôle donné sans deuxième personne.
me-fresh-needed = Pour changer ce qui protège votre espace, il faut une connexion de moins de dix minutes.
me-fresh-act = Se reconnecter
me-email-title = Votre adresse
me-email-now-html = Vos courriels arrivent à <strong>{ $email }</strong>.
me-email-new = Nouvelle adresse
me-email-effect = Un lien partira à la nouvelle adresse ; rien ne change avant que vous l'ouvriez. L'ancienne en sera informée, vos autres sessions se fermeront, et vous ne pourrez pas autoriser de paiement pendant 48 heures.
me-email-send = Recevoir le lien de confirmation
me-email-asked = Si cette adresse peut être la vôtre, un lien vient d'y partir. Ouvrez-le dans les 15 minutes, dans ce navigateur.
me-email-confirm-title = Confirmer votre nouvelle adresse
me-email-confirm-lead = Un dernier bouton, et vos courriels arriveront à cette nouvelle adresse.
me-email-confirm = Prendre cette adresse
me-email-changed = Votre adresse est changée. L'ancienne vient d'en être informée.
me-email-gone-title = Ce lien ne sert plus
me-email-gone-next = Depuis vos réglages, demandez-en un nouveau.
me-password-title = Votre mot de passe
me-password-none = Vous n'en avez pas : vous vous connectez par courriel, et c'est très bien ainsi.
me-password-some = Vous en avez un. Le courriel marche aussi, toujours.
me-password-new = Nouveau mot de passe
me-password-hint = Douze caractères au moins. Une petite phrase se retient mieux.
me-password-effect = Vos autres sessions se fermeront, vos jetons d'accès seront révoqués, un courriel vous le dira, et vous ne pourrez pas autoriser de paiement pendant 48 heures.
me-password-set = Choisir ce mot de passe
me-password-remove = Retirer le mot de passe
me-password-changed = Le mot de passe est changé ; vos autres sessions sont fermées et vos jetons d'accès révoqués.
me-password-removed = Le mot de passe est retiré ; vos autres sessions sont fermées et vos jetons d'accès révoqués.
me-notices-title = Ce que vous recevez
me-notices-lead = Ce qui demande votre réponse ou touche à l'argent de votre structure arrive toujours aussitôt. Le reste tient en un courriel, le premier du mois ; choisissez ici ce qu'il raconte.
me-notices-of = Dans « { $collective } »
me-notices-kind = { $kind ->
    [month] Le courriel du mois
    [features] Les fonctionnalités
    [money] L'argent du pot
    [members] Les membres
   *[other] Le courriel du mois où rien ne vous attend
}
me-notices-frequency = { $frequency ->
    [monthly] une fois par mois
   *[other] jamais
}
me-notices-save = Enregistrer pour « { $collective } »

## Les données d'une personne

me-data-title = Vos données
me-data-lead = Tout ce que cette instance garde à votre sujet, en un fichier : votre profil, vos mandats et rôles, vos sessions, ce que vous avez écrit, ce que vous avez fait, les courriels qui vous ont été envoyés.
me-data-act = Télécharger mes données
me-erase-title = Effacer votre compte
me-erase-lead = C'est définitif : personne ne peut y revenir, vous non plus.
me-erase-goes = Ce qui disparaît
me-erase-goes-name-html = Votre nom et votre adresse <strong>{ $email }</strong> : à leur place, chacun lit « personne effacée ». L'adresse peut être invitée de nouveau ; ce serait une autre personne.
me-erase-goes-rows = Votre mot de passe, vos sessions, vos jetons d'accès, vos brouillons, ce que vous choisissez de recevoir et de suivre, les liens et les courriels gardés pour vous ; vos petites annonces sont retirées.
me-erase-mandate = Votre mandat pour { $organisation }.
me-erase-roles = { $count ->
    [one] Votre rôle dans un collectif ; sa trésorerie en est informée.
   *[other] Vos { $count } rôles dans des collectifs ; leurs trésoreries en sont informées.
}
me-erase-choices = { $count ->
    [one] Un choix permanent que personne d'autre ne pourrait plus changer.
   *[other] { $count } choix permanents que personne d'autre ne pourrait plus changer.
}
me-erase-alone = Plus personne ne représentera { $organisation } : invitez d'abord quelqu'un, ou la structure devra attendre que l'administration du collectif le fasse.
me-erase-stays = Ce qui reste, et pourquoi
me-erase-stays-journal = Les écritures du journal et l'histoire des collectifs, sous un numéro tiré au hasard : des comptes que chacun peut vérifier ne se réécrivent pas.
me-erase-stays-papers = Les factures et justificatifs, dix ans : la loi demande de garder les pièces comptables.
me-erase-stays-texts = Ce que d'autres ont écrit en vous nommant, et ce que vous avez écrit pour une structure : fonctionnalités, décisions, comptes rendus.
me-erase-stays-copies = Les copies de sauvegarde, jusqu'à ce qu'elles soient remplacées ; qui tient le serveur dit en combien de temps.
me-erase-comments = Ce que vous avez écrit
me-erase-texts = Effacer aussi le texte de mes commentaires, de mes annonces et de mes messages à leur sujet
me-erase-texts-hint = Sinon vos commentaires restent à lire, signés « personne effacée ».
me-erase-last = Pour garder une trace, téléchargez d'abord vos données.
me-erase-act = Effacer mon compte
me-erase-back = Retour aux réglages
me-erase-not-now = Ce n'est pas encore possible
me-erase-done = Votre compte est effacé.
person-erased = personne effacée
