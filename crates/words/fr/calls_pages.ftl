### Les appels de fonds, qui sont des parts à payer dans un pot direct : les listes, la page de chacun.

calls-title = { $mode ->
    [direct] Parts à payer
   *[other] Appels de fonds
}
calls-lead = { $mode ->
    [direct] Ce que chaque structure paie directement à qui fait le travail, une fois le prix plancher atteint.
    [own] Ici, chaque structure verse d'avance : rien n'est appelé après coup.
   *[other] Ce que chaque structure verse à la structure porteuse, une fois le prix plancher atteint.
}
calls-empty = { $mode ->
    [direct] Aucune part à payer pour l'instant : il y en aura une par structure quand une fonctionnalité atteindra son prix plancher.
    [own] Dans ce pot, on verse d'avance : il n'y a pas d'appels de fonds.
   *[other] Aucun appel de fonds pour l'instant : il y en aura un par structure quand une fonctionnalité atteindra son prix plancher.
}
calls-one = { $mode ->
    [direct] Part à payer { $number }
   *[other] Appel de fonds { $number }
}
calls-all = { $mode ->
    [direct] Toutes les parts à payer
   *[other] Tous les appels de fonds
}
calls-see = { $mode ->
    [direct] Voir les parts à payer
   *[other] Voir les appels de fonds
}
calls-mine = À régler par { $organisation }
calls-row = { $number } : { $title }
calls-for = Pour
calls-who = Structure
calls-amount = Montant demandé
calls-rest = Reste à régler
calls-due = Date limite
calls-state = État
calls-said-short = dit payé
calls-untold = { $count ->
    [one] { $count } autre structure ne publie pas son montant.
   *[other] { $count } autres structures ne publient pas leur montant.
}

## La page de l'un d'eux

calls-headline-rest = { $rest } à régler, { $until }
calls-headline-late = { $rest } ne sont pas réglés ; la date limite était le { $date }
calls-headline = { $state ->
    [paid] Tout est réglé : il n'y a plus rien à faire
    [covered] D'autres structures ont pris le reste en charge
    [cancelled] Le reste n'est plus demandé
   *[other] À régler
}
calls-pay = Pour payer
calls-payer = Qui paie
calls-payee = À qui
calls-iban = IBAN
calls-reference = Référence
calls-stuck = Personne ne peut confirmer ce paiement pour l'instant : les personnes qui le pourraient ont un lien avec la structure qui paie, né depuis l'appel, ou engagent l'argent d'une structure depuis moins de 48 heures, ou quelqu'un d'autre a mis fin à leur rôle il y a moins de trente jours. Attendez, ou donnez le rôle de référent·e à une personne sans lien avec la structure qui paie ; un mandat terminé lie encore douze mois.
calls-invoice = { $payee } vous enverra une facture : payez-la directement, en rappelant la référence.
calls-no-iban = La structure porteuse n'a pas encore écrit son IBAN : demandez-le à la trésorerie du collectif.
calls-qr = Code QR pour payer { $amount }, bénéficiaire : { $payee }
calls-qr-hint = À lire avec l'application de votre banque, qui remplit tout. Cette page s'imprime aussi.
calls-say-paid-lead = Une fois le paiement parti, dites-le : on demandera de confirmer qu'il est arrivé.
calls-say-paid = C'est payé
calls-said = C'est noté : { $payee } reçoit un courriel pour confirmer que l'argent est bien arrivé.
calls-said-paid = { $organisation } a dit avoir payé le { $date } ; il reste à confirmer que c'est arrivé.
calls-unsay = Ce n'est pas encore payé
calls-unsaid = C'est noté : ce n'est pas encore payé.
calls-figures = Où on en est
calls-received = Reçu
calls-repaid = Rendu depuis
calls-covered = Pris en charge par d'autres
calls-cancelled = N'est plus demandé
calls-receipts = Ce qui est arrivé
calls-receipt-undone = annulé
calls-receipt-excess = dont { $excess } de plus que demandé
calls-receipt-undo = Annuler les { $amount }
calls-confirm-title = Confirmer ce qui est arrivé
calls-confirm-lead = Pour { $payee } : jusqu'à { $rest }, en une ou plusieurs fois.
calls-confirm = Confirmer la réception
calls-confirmed = C'est confirmé : { $amount } reçus.
calls-undone = C'est annulé : ce montant reste écrit, et ne compte plus.
calls-amount-received = Montant reçu
calls-received-on = Reçu le
calls-record-title = Enregistrer un paiement
calls-record-effect = Il reste { $rest } à régler. Ce qui dépasse reste acquis à la structure ({ $organisation }) et attend son prochain appel de fonds.
calls-record = Enregistrer le paiement
calls-recorded = C'est enregistré : { $amount }.
calls-recorded-excess = C'est enregistré : { $amount }, dont { $excess } de plus que demandé, qui attendent le prochain appel de fonds.
calls-cover-title = Prendre le relais
calls-cover-lead = Il manque { $rest }. Rien ne vous oblige à en prendre une partie ; ce que vous prenez est une promesse ferme de votre structure, à régler aussitôt.
calls-cover-amount = Ce que nous prenons en charge
calls-cover = Prendre en charge
calls-cover-said = Merci ! Vous prenez { $amount } en charge : { $name } vous attend.
calls-covers = Qui prend le relais
calls-covers-for = Prend le relais du numéro { $number } ({ $organisation })
pot-await-pay = Régler { $amount } pour « { $title } »
pot-await-receive = Confirmer le paiement reçu ({ $organisation }) pour « { $title } »
