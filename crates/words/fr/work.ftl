### La réalisation : factures, paiements, comptes rendus, objections, fin d'une fonctionnalité.

## Les courriels

work-mail-see-invoice = Voir la facture :
work-mail-see-work = Voir la réalisation :
work-mail-approve-subject = Une facture de { $amount } à approuver pour « { $title } »
work-mail-approve = { $payee } demande { $amount } pour « { $title } ». Une première personne approuve la facture, une deuxième autorise le paiement. Vérifiez que le travail facturé est bien celui qui était convenu.
work-mail-approve-see = Lire la facture et répondre :
work-mail-authorise-subject = Un paiement de { $amount } à autoriser pour « { $title } »
work-mail-authorise = La facture de { $payee } ({ $amount }) pour « { $title } » est approuvée. Il manque votre autorisation. Vérifiez le nom et l'IBAN par un autre moyen que ce courriel.
work-mail-authorise-see = Lire la facture et répondre :
work-mail-due-subject = La facture de { $amount } pour « { $title } » est acceptée
work-mail-due = La facture { $number } ({ $amount }) pour « { $title } » est approuvée et autorisée par deux personnes. La trésorerie peut la payer.
work-mail-refused-subject = La facture de { $amount } pour « { $title } » est refusée
work-mail-refused = La facture { $reference } ({ $amount }) est refusée. La raison donnée : { $reason }
work-mail-paid-subject = La facture de { $amount } pour « { $title } » est payée
work-mail-paid = Le virement de { $amount } à { $payee } pour la facture { $reference } est parti le { $when }.
work-mail-bounced-subject = Le virement de { $amount } pour « { $title } » est à refaire
work-mail-bounced = Le virement de { $amount } pour la facture { $reference } n'a pas abouti. La raison : { $reason }
work-mail-reported-subject = « { $title } » est réalisée : le compte rendu
work-mail-reported = La réalisation de « { $title } » est terminée. Voici le compte rendu :
work-mail-reported-until = Si ce n'est pas ce qui était promis, votre structure peut faire une objection { $until }. Sans objection de deux structures, la fonctionnalité est considérée comme livrée, et ce qui n'a pas servi revient. Lire et répondre :
work-mail-contested-subject = Des objections sur « { $title } »
work-mail-contested = Plusieurs structures font une objection au compte rendu de « { $title } ». Les personnes référentes décident { $until } : plus de temps, livrée, livrée en partie, ou arrêtée. Sans réponse, elle est considérée comme livrée.
work-mail-contested-see = Lire les objections et décider :
work-mail-answered-subject = « { $title } » : dernières factures à régler
work-mail-answered = { $count ->
    [one] Le compte rendu de « { $title } » est accepté. { $count } facture attend encore une réponse : la fonctionnalité se termine juste après.
   *[other] Le compte rendu de « { $title } » est accepté. { $count } factures attendent encore une réponse : la fonctionnalité se termine juste après.
}
work-mail-time-subject = Plus de temps pour « { $title } »
work-mail-time = La réalisation de « { $title } » peut durer { $until }. La raison donnée : { $reason }
work-mail-late-subject = « { $title } » est en retard
work-mail-late = « { $title } » devait être réalisée pour le { $due }. Si c'est fait, publiez le compte rendu ; sinon, dites où en est le travail et demandez du temps à une personne référente.
work-mail-last-delay = C'est le dernier délai : sans compte rendu { $until }, la fonctionnalité est abandonnée et ce qui reste revient à chacune des structures.
work-mail-late-see = Publier le compte rendu :
work-mail-ended-subject = { $state ->
    [delivered] « { $title } » est livrée
    [closed_partial] « { $title } » est livrée en partie
    [closed_failed] « { $title } » s'arrête
   *[other] « { $title } » est abandonnée
}
work-mail-ended = { $state ->
    [delivered] « { $title } » est livrée. Merci à toutes les structures qui l'ont financée.
    [closed_partial] « { $title } » est livrée en partie : elle s'arrête là.
    [closed_failed] « { $title } » n'a pas été réalisée : elle s'arrête là.
   *[other] Aucun compte rendu n'est venu pour « { $title } » : elle est abandonnée.
}
work-mail-reason = La raison donnée : { $reason }
work-mail-back-promised = { $amount } de { $organisation } n'ont pas servi : ce qui était payé attend ses prochains appels de fonds, ce qui ne l'était pas n'est plus demandé.

## Les récits

story-invoice-entered = Une facture de { $amount } est présentée pour « { $title } »
story-invoice-approved = La facture de { $amount } pour « { $title } » est approuvée par une première personne
story-invoice-authorised = La facture de { $amount } pour « { $title } » est acceptée par deux personnes
story-invoice-refused = La facture de { $amount } pour « { $title } » est refusée
story-invoice-withdrawn = La facture de { $amount } pour « { $title } » est retirée
story-invoice-paid = La facture de { $amount } pour « { $title } » est payée
story-invoice-settled = Le paiement de { $amount } pour « { $title } » est passé en banque
story-payment-bounced = Le paiement de { $amount } pour « { $title } » n'a pas abouti : il est à refaire
story-work-reported = { $organisation } rend compte de « { $title } » : objections possibles jusqu'au { $until } inclus
story-report-objected = { $organisation } fait une objection au compte rendu de « { $title } »
story-objection-withdrawn = { $organisation } retire son objection sur « { $title } »
story-report-contested = { $count ->
    [one] { $count } objection sur « { $title } » : les personnes référentes décident avant la fin du { $until }
   *[other] { $count } objections sur « { $title } » : les personnes référentes décident avant la fin du { $until }
}
story-report-answered = Le compte rendu de « { $title } » est accepté ; les dernières factures restent à régler
story-work-given-time = « { $title } » a jusqu'au { $until } inclus : { $reason }
story-work-noticed = « { $title } » devait être réalisée pour le { $due } : un rappel est envoyé
story-work-last-delay = « { $title } » a un dernier délai, jusqu'au { $until } inclus
story-ended-back = { $what } ; { $returned } reviennent

## Les états

invoice-state = { $state ->
    [entered] à approuver
    [approved] à autoriser
    [authorised] à payer
    [paid] virement parti
    [settled] payée
    [refused] refusée
   *[other] retirée
}

## Les refus

refusal-invoices-wait = { $count ->
    [one] { $count } facture attend une réponse : approuvez-la ou refusez-la d'abord.
   *[other] { $count } factures attendent une réponse : approuvez-les ou refusez-les d'abord.
}
refusal-invoice-not-building = On facture pendant la réalisation ; cette fonctionnalité est à l'étape « { $state } ».
refusal-invoice-no-money = Dans ce pot, personne ne garde d'argent : chaque structure paie sa facture directement.
refusal-invoice-above = Il y a { $room } reçus et pas encore facturés : la facture ne peut pas dépasser cette somme.
refusal-invoice-same-file = Ce fichier accompagne déjà une autre facture.
refusal-invoice-state = Cette facture est « { $state } » : ce n'est plus possible.
refusal-invoice-tied = Vous avez un lien avec qui est payé : une autre personne répond.
refusal-invoice-own = Vous avez présenté cette facture : d'autres personnes y répondent.
refusal-invoice-approved-by-you = Vous l'avez approuvée : une autre personne autorise le paiement.
refusal-invoice-roles-first = Une personne référente et une trésorerie peuvent répondre : c'est à elles de le faire.
refusal-invoice-nobody-left = Si vous l'approuvez, plus personne ne pourra autoriser le paiement : il faut quelqu'un d'autre, référent·e ou représentant·e d'une autre structure, ou une deuxième personne à la trésorerie.
refusal-invoice-approval-fell = La personne qui l'a approuvée n'en a plus le droit : la facture est à approuver de nouveau.
refusal-invoice-changed = La facture a changé depuis son approbation : elle est à approuver de nouveau.
refusal-invoice-suspended = Votre mot de passe, votre adresse ou votre rôle ont changé récemment : vous pourrez autoriser des paiements à partir du { $from }.
refusal-report-not-building = On rend compte pendant la réalisation ; cette fonctionnalité est à l'étape « { $state } ».
refusal-report-standing = Un compte rendu attend déjà sa réponse.
refusal-report-none = Aucun compte rendu n'attend de réponse.
refusal-report-window = Le temps des objections est passé.
refusal-report-own = La structure qui porte ou réalise la fonctionnalité ne fait pas d'objection à son propre travail.
refusal-report-already = Votre structure a déjà fait une objection.
refusal-report-not-objected = Votre structure n'a pas d'objection à retirer.
refusal-report-not-contested = Rien n'attend la décision des personnes référentes.
refusal-report-tied = Vous avez un lien avec qui fait le travail : une autre personne référente décide.
