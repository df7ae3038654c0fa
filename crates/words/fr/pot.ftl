### L'accueil : les collectifs de l'instance, et le pot d'un coup d'œil.

pot-instance-title = Des pots communs pour financer ensemble
pot-instance-lead = Des structures mettent de l'argent en commun et financent les fonctionnalités des logiciels libres qu'elles utilisent toutes.
pot-instance-collectives = Les collectifs
pot-instance-empty = Aucun collectif n'existe encore ici.
pot-instance-empty-next = La personne qui a installé cette instance trouve, dans le journal du serveur, un lien pour créer le premier.
pot-instance-example = exemple
pot-instance-about = Qu'est-ce que c'est ?

pot-heading = { $collective } : le pot commun
pot-members = { $count ->
    [0] Aucune structure pour l'instant
    [one] { $count } structure
   *[other] { $count } structures
}
pot-lead-round = { $members } · le tour { $number } se termine { $when }, { $until }
pot-lead-round-over = { $members } · le tour { $number } est terminé, sa clôture est en cours
pot-lead-round-soon = { $members } · le tour { $number } ouvre { $when }
pot-lead-no-round = { $members } · aucun tour ouvert pour l'instant
pot-next-pay-in = Rien n'est encore dans le pot. D'abord, chaque structure verse sa cotisation et la trésorerie l'enregistre ; ensuite, un tour partage cet argent.
pot-next-share = L'argent reçu attend son premier partage : un tour donne à chaque structure sa part à répartir sur les fonctionnalités.
pot-next-promise = Rien n'est encore promis. D'abord, on propose une fonctionnalité ; ensuite, chaque structure dit ce qu'elle y met.
pot-nothing-awaits = Rien à faire pour l'instant. Bonne journée !
pot-simmers = Ce qui mijote
pot-simmers-empty = Rien ne mijote encore : aucune fonctionnalité ne cherche de financement.
pot-allocate = Répartir ma part
pot-see-round = Voir le tour { $number }
pot-all-features = Toutes les fonctionnalités
pot-all-activity = Toute l'activité
pot-all-deadlines = Toutes les échéances
pot-figures = Reçu, promis, envisagé
pot-received = { $mode ->
    [direct] Payé directement
   *[other] Reçu en tout
}
pot-spent = Payé, sorti du pot
pot-in-hand = En caisse
pot-firm = Promesses fermes
pot-hoped = Intentions
pot-mode = { $mode ->
    [own] Dans ce pot, chaque structure verse d'avance : seul ce qui est reçu compte.
    [pledge] Dans ce pot, on promet d'abord : rien n'est encaissé avant que le prix plancher soit atteint.
    [direct] Dans ce pot, rien n'est encaissé : chaque structure paie directement qui fait le travail.
   *[other] Un autre fonctionnement.
}
pot-now = Où est l'argent reçu
pot-see-accounts = Voir les comptes

## Ce qui attend la personne

pot-await-open-round = Ouvrir un tour : { $amount } attendent d'être partagés
pot-await-need = { $count ->
    [one] { $count } besoin attend de savoir qui d'autre l'a
   *[other] { $count } besoins attendent de savoir qui d'autre les a
}
pot-await-idea = { $count ->
    [one] { $count } idée attend de savoir qui en a besoin
   *[other] { $count } idées attendent de savoir qui en a besoin
}
pot-await-record = Enregistrer un versement
pot-await-choose-organisation = Choisir pour quelle structure vous agissez

## Besoins

pot-needs = Les besoins les plus partagés
pot-all-needs = Tous les besoins
