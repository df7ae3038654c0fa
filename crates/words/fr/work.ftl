### La réalisation : factures, paiements, comptes rendus, objections, fin d'une fonctionnalité.

## Les courriels

work-mail-see-invoice = Voir la facture :
work-mail-see-work = Voir la réalisation :
work-mail-approve-subject = Une facture de { $amount } à approuver pour « { $title } »
work-mail-approve = { $payee } demande { $amount } pour « { $title } ». Une première personne approuve la facture, une deuxième autorise le paiement. Vérifiez que le travail facturé est bien celui qui était convenu.
work-mail-approve-from = Vous pourrez l'approuver à partir du { $from } : votre mandat est encore trop récent.
work-mail-approve-see = Lire la facture et répondre :
work-mail-nobody-subject = Personne ne peut répondre à une facture de { $amount } pour « { $title } »
work-mail-nobody = { $payee } demande { $amount } pour « { $title } », et personne ne peut approuver la facture : il faut une personne référente et une autre à la trésorerie, sans lien avec qui est payé ni avec qui fait le travail. Donnez ces rôles : qui peut répondre reçoit alors la demande.
work-mail-nobody-see = Voir qui fait quoi et donner les rôles :
work-mail-authorise-subject = Un paiement de { $amount } à autoriser pour « { $title } »
work-mail-authorise = La facture présentée par { $payee } ({ $amount }) pour « { $title } » est approuvée. Il manque votre autorisation. Vérifiez le nom et l'IBAN par un autre moyen que ce courriel.
work-mail-authorise-see = Lire la facture et répondre :
work-mail-authorise-from = { $why ->
    [role] Vous pourrez l'autoriser à partir du { $from } : votre rôle est nouveau.
    [address] Vous pourrez l'autoriser à partir du { $from } : votre adresse a changé.
   *[other] Vous pourrez l'autoriser à partir du { $from } : votre mot de passe a changé.
}
work-mail-corrected-subject = La facture de { $amount } pour « { $title } » est corrigée : ne la payez pas encore
work-mail-corrected = Le nom ou l'IBAN de la facture { $reference } ({ $amount }) a changé : elle est à approuver et à autoriser de nouveau. La raison donnée : { $reason }
work-mail-due-subject = La facture de { $amount } pour « { $title } » est acceptée
work-mail-due = La facture { $number } ({ $amount }) pour « { $title } » est approuvée et autorisée par deux personnes. La trésorerie peut la payer.
work-mail-refused-subject = La facture de { $amount } pour « { $title } » est refusée
work-mail-refused = La facture { $reference } ({ $amount }) est refusée. La raison donnée : { $reason }
work-mail-paid-subject = Le virement de { $amount } pour « { $title } » est parti
work-mail-paid = Le virement de { $amount } pour la facture { $reference } ({ $payee }) est parti le { $when }.
work-mail-bounced-subject = Le virement de { $amount } pour « { $title } » est à refaire
work-mail-bounced = Le virement de { $amount } pour la facture { $reference } n'a pas abouti. La raison : { $reason }
work-mail-reported-subject = « { $title } » est réalisée : le compte rendu
work-mail-reported = La réalisation de « { $title } » est terminée. Voici le compte rendu :
work-mail-reported-until = { $count ->
    [one] Si ce n'est pas ce qui était promis, votre structure peut faire une objection { $until }. Sans objection, la fonctionnalité est considérée comme livrée, et ce qui n'a pas servi revient. Lire et répondre :
   *[other] Si ce n'est pas ce qui était promis, votre structure peut faire une objection { $until }. S'il y a moins de { $count } objections, la fonctionnalité est considérée comme livrée, et ce qui n'a pas servi revient. Lire et répondre :
}
work-mail-reported-own = Les autres structures peuvent faire une objection { $until } : vous n'avez rien à faire. Suivre :
work-mail-contested-subject = Des objections sur « { $title } »
work-mail-contested = { $count ->
    [one] Une structure fait une objection au compte rendu de « { $title } ». Les personnes référentes décident { $until } : plus de temps, livrée, livrée en partie, ou arrêtée. Sans réponse, elle est considérée comme livrée.
   *[other] { $count } structures font une objection au compte rendu de « { $title } ». Les personnes référentes décident { $until } : plus de temps, livrée, livrée en partie, ou arrêtée. Sans réponse, elle est considérée comme livrée.
}
work-mail-contested-decide = La décision vous revient. Lire les objections et décider :
work-mail-contested-see = La décision ne vous revient pas : lire les objections et suivre :
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
work-mail-taken-back-subject = Une facture de « { $title } » est annulée : ce qui était dû revient
work-mail-taken-back = Une facture de « { $title } » ne sera pas payée. La fonctionnalité est terminée : ce qui était réservé pour cette facture revient.
work-mail-reason = La raison donnée : { $reason }
work-mail-back-promised = { $organisation } : { $amount } n'ont pas servi ; ce qui était payé attend ses prochains appels de fonds, ce qui ne l'était pas n'est plus demandé.

## Les récits

story-invoice-entered = Une facture de { $amount } est présentée pour « { $title } »
story-invoice-approved = La facture de { $amount } pour « { $title } » est approuvée par une première personne
story-invoice-authorised = La facture de { $amount } pour « { $title } » est acceptée par deux personnes
story-invoice-refused = La facture de { $amount } pour « { $title } » est refusée
story-invoice-withdrawn = La facture de { $amount } pour « { $title } » est retirée
story-invoice-corrected = Le nom ou l'IBAN de la facture de { $amount } pour « { $title } » est corrigé : elle est à approuver de nouveau
story-invoice-paid = Le virement de { $amount } pour « { $title } » est parti
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

refusal-lead-is-there = La structure qui mène est là pour passer la main : c'est une personne qui la représente qui le propose.
refusal-lead-not-proposed = Il n'y a plus rien à accepter ici : c'est répondu, repris, ou autre chose a été proposé depuis.
refusal-report-stands = Un compte rendu attend sa suite : la structure qui mène ne change pas d'ici là.
refusal-invoices-wait = { $count ->
    [one] { $count } facture attend une réponse : approuvez-la ou refusez-la d'abord.
   *[other] { $count } factures attendent une réponse : approuvez-les ou refusez-les d'abord.
}
refusal-invoice-not-building = On facture pendant la réalisation ; cette fonctionnalité est à l'étape « { $state } ».
refusal-invoice-no-money = Dans ce pot, personne ne garde d'argent : chaque structure paie sa facture directement.
refusal-invoice-above = Il y a { $room } reçus et pas encore facturés : la facture ne peut pas dépasser cette somme.
refusal-invoice-same-file = Ce fichier accompagne déjà une autre facture.
refusal-invoice-state = Cette facture est « { $state } » : ce n'est plus possible.
invoice-stuck = Personne ne peut répondre pour l'instant : depuis que cette facture est présentée, les personnes qui ont ces rôles ont un lien avec qui est payé, ou quelqu'un d'autre a mis fin à leur rôle il y a moins de trente jours. Personne ne les remplace dans ce cas : sinon, il suffirait de les écarter pour choisir qui répond. Donnez le rôle de référent·e ou de trésorier·ère à une personne sans ce lien ; un mandat terminé lie encore douze mois.
refusal-invoice-tied = Vous avez un lien avec qui est payé ou avec qui fait le travail : une autre personne répond.
refusal-invoice-own = Vous avez présenté cette facture : d'autres personnes y répondent.
refusal-invoice-own-side = Votre structure présente cette facture ou mène la fonctionnalité : quelqu'un d'une autre structure l'approuve.
refusal-invoice-approved-by-you = Vous l'avez approuvée : une autre personne autorise le paiement.
refusal-invoice-roles-first = Une personne référente et une personne de la trésorerie peuvent répondre : c'est à elles de le faire. Un rôle retiré par quelqu'un d'autre compte encore trente jours : personne ne remplace qui l'avait.
refusal-invoice-young = Votre mandat est encore trop récent : vous pourrez répondre à partir du { $from }.
refusal-invoice-nobody-left = Si vous l'approuvez, plus personne ne pourra autoriser le paiement : il faut quelqu'un d'autre, référent·e ou représentant·e d'une autre structure, ou une deuxième personne à la trésorerie.
refusal-invoice-approval-fell = La personne qui l'a approuvée n'en a plus le droit : la facture est à approuver de nouveau.
refusal-invoice-changed = Ce qui est écrit (nom, IBAN, montant ou fichier) n'est plus ce qui a été approuvé : refusez cette facture, et présentez-la de nouveau.
refusal-invoice-restored = Cette instance a été restaurée depuis une sauvegarde le { $at } : un virement déjà parti peut manquer ici. Comparez d'abord le pot avec les relevés, dans « Paiements ».
refusal-invoice-suspended = { $why ->
    [role] Votre rôle a moins de 48 heures : vous pourrez autoriser des paiements à partir du { $from }.
    [address] Votre adresse a changé il y a moins de 48 heures : vous pourrez autoriser des paiements à partir du { $from }.
   *[other] Votre mot de passe a changé il y a moins de 48 heures : vous pourrez autoriser des paiements à partir du { $from }.
}
refusal-invoice-ask-treasury = Cette facture est due, et un virement est peut-être déjà parti : c'est à la trésorerie de la reprendre.
refusal-report-not-building = On rend compte pendant la réalisation ; cette fonctionnalité est à l'étape « { $state } ».
refusal-report-standing = Un compte rendu attend déjà sa réponse.
refusal-report-none = Aucun compte rendu n'attend de réponse.
refusal-report-window = Le temps des objections est passé.
refusal-report-own = La structure qui mène ou réalise la fonctionnalité ne fait pas d'objection à son propre travail.
refusal-report-joined-since = Seules les structures membres le jour où le compte rendu a été publié peuvent y faire une objection.
refusal-report-already = Votre structure a déjà fait une objection.
refusal-report-not-objected = Votre structure n'a pas d'objection à retirer.
refusal-report-not-contested = Rien n'attend la décision des personnes référentes.
refusal-report-tied = Vous menez cette fonctionnalité, vous y travaillez ou vous avez écrit le compte rendu : une autre personne décide.
refusal-report-young = Votre mandat est encore trop récent pour décider : il faut 48 heures, ou trente jours là où d'autres représentent leur structure depuis plus longtemps.
refusal-report-stewards-first = Une personne référente sans lien avec ce travail peut décider : c'est à elle de le faire.

## Les pages

work-title = Réalisation
work-heading = La réalisation de « { $title } »
work-see = Voir la réalisation
work-lead-building = { $count ->
    [one] Qui fait le travail : { $worker }. Quand c'est fini, un compte rendu le dit ; si aucune autre structure n'y fait d'objection, la fonctionnalité est livrée.
   *[other] Qui fait le travail : { $worker }. Quand c'est fini, un compte rendu le dit ; s'il y a moins de { $count } objections, la fonctionnalité est livrée.
}
work-lead-later = Ce parcours demande ensuite un contrat, des jalons et une réception, qui ne sont pas encore dans Popote. En attendant, décidez ensemble et notez-le dans les décisions du collectif ; ce qui est réuni reste réservé.
work-lead-ended = Qui faisait le travail : { $worker }. La fonctionnalité est terminée : { $state }.
work-note-building = Le travail est en cours. Qui le fait : { $worker } ; délai : { $until }.
work-note-awaits = Le travail commence quand tout l'argent est reçu. Qui le fait : { $worker } ; délai : { $until }.
work-note-later = La suite de ce parcours (contrat, jalons, réception) n'est pas encore dans Popote : ce qui est réuni reste réservé.
work-note-reported = Le compte rendu est publié : objections possibles { $until }.
work-note-contested = Des objections attendent la décision des personnes référentes.
work-note-accepted = Le compte rendu est accepté ; les dernières factures restent à régler.
work-facts = En bref
work-led-by = Menée par
work-done-by = Réalisée par
work-worker-self = { $name }, qui mène aussi la fonctionnalité
work-due = Délai
work-late-since = En retard : rappel envoyé
work-cure = Dernier délai
work-bound = Réuni pour ce travail
work-spent = Pour le travail
work-returned = Rendu à la fin
work-invoiced = Présenté en factures
work-accepted = Facturé et accepté
work-paid = Payé
work-room = Reste à facturer
work-received = Reçu des structures
work-received-of = { $received } sur { $called }
work-invoices = Factures
work-invoices-caption = Les factures de ce travail
work-invoices-none = Aucune facture pour l'instant.
work-invoices-direct = Dans ce pot, personne ne garde d'argent : { $worker } facture chaque structure directement. Les paiements se suivent dans les parts à payer.
work-bills-caption = À qui envoyer une facture, de combien, avec quelle référence
work-bills-amount = À facturer
work-invoice-column = Facture
work-invoice-number = n° { $number }
work-invoice-date = Date
work-invoice-amount = Montant
work-invoice-state = Où elle en est
work-invoice-new = Présenter une facture
work-report = Compte rendu
work-report-none = Pas encore de compte rendu.
work-report-of = { $organisation }, le { $date }
work-report-link = Voir le résultat
work-report-until = { $count ->
    [one] Objections possibles { $until }. Sans objection, la fonctionnalité est livrée.
   *[other] Objections possibles { $until }. S'il y en a moins de { $count }, la fonctionnalité est livrée.
}
work-report-answer = Les personnes référentes décident { $until }. Sans réponse, la fonctionnalité est livrée.
work-report-outcome = { $outcome ->
    [more_time] Décision : plus de temps
    [delivered] Décision : livrée
    [closed_partial] Décision : livrée en partie
    [closed_failed] Décision : arrêtée
   *[other] Pas de décision
}
work-report-silence = Accepté à la fin du délai, sans décision des personnes référentes.
work-report-write = Publier le compte rendu
work-report-write-lead = { $mode ->
    [direct] Dites ce qui a été fait, en quelques lignes, avec un lien où on peut le voir. Les structures qui ont payé le reçoivent par courriel ; toute structure membre à ce jour, sauf celles qui mènent ou font le travail, a quelques jours pour y faire une objection. Ce que chaque structure doit encore payer reste dû.
   *[other] Dites ce qui a été fait, en quelques lignes, avec un lien où on peut le voir. Les structures qui ont payé le reçoivent par courriel ; toute structure membre à ce jour, sauf celles qui mènent ou font le travail, a quelques jours pour y faire une objection. Présentez votre dernière facture avant la fin de ce délai : ensuite, ce qui n'a pas servi revient.
}
work-report-body = Ce qui a été fait
work-report-link-label = Lien vers le résultat
work-report-link-hint = Une version publiée, une demande de fusion, une page de démonstration.
work-report-send = Publier le compte rendu
work-report-sent = Le compte rendu est publié. Objections possibles { $until }.
work-objections = Objections
work-objection-of = { $organisation }, le { $date }
work-objection-withdrawn = retirée
work-object = Faire une objection
work-object-lead = { $count ->
    [one] Ce n'est pas ce qui était promis ? Dites ce qui manque. Dans votre collectif, une objection suffit pour que les personnes référentes décident.
   *[other] Ce n'est pas ce qui était promis ? Dites ce qui manque : avec { $count } objections, de { $count } structures et { $count } personnes, les personnes référentes décident.
}
work-object-reason = Ce qui manque
work-object-send = Faire une objection
work-object-sent = Votre objection est enregistrée.
work-object-withdraw = Retirer notre objection
work-object-withdrawn-flash = Votre objection est retirée.
work-decide = Décider
work-decide-lead = { $count ->
    [one] Une structure fait une objection. Toutes liront votre décision et sa raison.
   *[other] { $count } structures font une objection. Toutes liront votre décision et sa raison.
}
work-decide-stand-in = Aucune personne référente n'est sans lien avec ce travail : vous décidez comme représentant·e d'une autre structure.
work-stuck = Personne ne peut décider pour l'instant : les référent·es ont un lien avec qui mène la fonctionnalité ou y travaille, né depuis le compte rendu. Personne ne les remplace dans ce cas. Donnez le rôle de référent·e à une personne sans ce lien ; un mandat terminé lie encore douze mois.
work-others-decide = Vous menez cette fonctionnalité, vous y travaillez ou vous avez écrit le compte rendu : une autre personne référente décide ; s'il n'y en a pas, la personne qui représente une autre structure.
work-decide-outcome = Décision
work-outcome-more-time = Plus de temps
work-outcome-delivered = Livrée
work-outcome-partial = Livrée en partie
work-outcome-failed = Arrêtée : pas réalisée
work-outcome-returns = Ce qui reste revient : { $amount }.
work-outcome-kept = Ce qui n'est pas encore payé reste dû à qui a fait le travail.
work-outcome-more-time-means = Rien ne se termine : qui fait le travail a jusqu'à la date que vous donnez plus bas.
work-outcome-delivered-means = Le travail est fait comme convenu : la fonctionnalité est livrée.
work-outcome-partial-means = Une partie seulement est faite : la fonctionnalité s'arrête là, et sa page le dit.
work-outcome-failed-means = Le travail n'est pas fait : la fonctionnalité s'arrête sans être livrée, et sa page le dit.
work-decide-heading = { $title } : { $outcome } ?
work-decide-final = C'est définitif : une décision enregistrée ne se reprend pas.
work-decide-until = Nouvelle date, pour « Plus de temps »
work-give-until = Jusqu'au
work-decide-until-hint = À remplir pour donner plus de temps ; sans effet sur les autres décisions.
work-decide-reason = Raison
work-decide-send = Enregistrer la décision
work-decided = La décision est enregistrée.
work-give-time = Donner plus de temps
invoice-new-title = Présenter une facture
invoice-new-lead = { $worker } facture son travail sur « { $title } ». Une première personne approuvera la facture, une deuxième autorisera le paiement.
invoice-new-room = Il reste { $room } à facturer.
invoice-reference = Numéro de la facture
invoice-dated-on = Date de la facture
invoice-amount = Montant
invoice-payee = Bénéficiaire
invoice-payee-hint = Le titulaire du compte bancaire, tel qu'il est écrit sur la facture.
invoice-iban = IBAN
invoice-file = La facture
invoice-file-hint = PDF ou image, 5 Mo au plus. Seules la voient les personnes référentes, la trésorerie, les personnes qui peuvent y répondre et la structure qui la présente.
invoice-send = Présenter la facture
invoice-sent = La facture est présentée. Deux personnes vont y répondre.
invoice-sent-nobody = La facture est présentée, mais personne ne peut y répondre pour l'instant : l'administration du collectif est prévenue.
invoice-title = Facture n° { $number }
invoice-heading = Facture de { $amount } pour « { $title } »
invoice-facts = La facture
invoice-announced = Annoncé sur la fonctionnalité
invoice-other-payee = Le bénéficiaire n'est pas celui qui était annoncé ({ $worker }) : demandez pourquoi avant de répondre.
invoice-download = Télécharger la facture
invoice-steps = Les étapes
invoice-entered-by = Présentée par { $name }, le { $date }
invoice-approved-by = Approuvée par { $name }, le { $date }
invoice-authorised-by = Autorisée par { $name }, le { $date }
invoice-paid-step = Virement parti le { $date }, référence { $reference }
invoice-settled-step = Vu sur le relevé du { $date }
invoice-bounced-step = Virement revenu le { $date } : { $reason }
invoice-refused-by = Refusée par { $name } : { $reason }
invoice-withdrawn-by = Retirée par { $name } : { $reason }
invoice-awaits-approval = { $more ->
    [0] On attend une approbation : { $names }.
    [one] On attend une approbation : { $names } ou une autre personne.
   *[other] On attend une approbation : { $names } ou l'une des { $more } autres personnes qui peuvent la donner.
}
invoice-awaits-authorisation = { $more ->
    [0] On attend une autorisation : { $names }.
    [one] On attend une autorisation : { $names } ou une autre personne.
   *[other] On attend une autorisation : { $names } ou l'une des { $more } autres personnes qui peuvent la donner.
}
invoice-awaits-nobody = Personne ne peut répondre à cette facture pour l'instant : il faut une personne référente et une autre à la trésorerie, sans lien avec qui est payé ni avec qui fait le travail.
invoice-answer = Votre réponse
invoice-approve-lead = Vous approuvez que ce travail est fait et que cette facture est due. Une autre personne autorisera le paiement.
invoice-approve = Approuver la facture
invoice-authorise-lead = Vous autorisez le paiement de { $amount }. Bénéficiaire : { $payee }, IBAN { $iban }. Vérifiez ce nom et cet IBAN auprès du bénéficiaire, par un autre moyen.
invoice-authorise = Autoriser le paiement
invoice-approved = La facture est approuvée. Une autre personne doit autoriser le paiement.
invoice-authorised = Le paiement est autorisé. La trésorerie peut faire le virement.
invoice-fell = La personne qui l'a approuvée n'en a plus le droit : une autre personne doit l'approuver.
invoice-refuse = Refuser la facture
invoice-refuse-reason = Raison du refus
invoice-refused-flash = La facture est refusée.
invoice-withdraw = Retirer la facture
invoice-withdraw-reason = Raison du retrait
invoice-withdrawn-flash = La facture est retirée.
invoice-correct = Corriger le nom ou l'IBAN
invoice-correct-lead = Deux personnes l'approuveront et l'autoriseront de nouveau ; vous n'en serez pas. Si un virement vient d'être fait vers l'ancien IBAN, prévenez d'abord la trésorerie.
invoice-correct-reason = Pourquoi cette correction
invoice-corrected-flash = La facture est corrigée. Deux personnes vont y répondre.
invoice-corrected-nobody = La facture est corrigée, mais personne ne peut y répondre pour l'instant : l'administration du collectif est prévenue.
invoice-take-back = Ne pas payer cette facture
invoice-take-back-lead = Vérifiez d'abord qu'aucun virement n'est parti. Ce qui était réservé pour cette facture redevient disponible pour la fonctionnalité, ou revient aux structures si elle est terminée ; une facture corrigée peut alors être présentée pendant la réalisation.
invoice-pay = J'ai fait le virement
invoice-pay-lead = Faites d'abord le virement à la banque, puis dites-le ici.
invoice-pay-reference = Référence à indiquer sur le virement : { $reference }
invoice-paid-on = Date du virement
invoice-bank-reference = Référence de la banque
invoice-also-settled = Vu sur le relevé, le
invoice-also-settled-hint = Si le virement est déjà passé ; sinon, laissez vide.
invoice-paid-flash = Le virement est noté.
invoice-settle = Vu sur le relevé
invoice-settled-on = Date sur le relevé
invoice-settled-flash = Le paiement est passé en banque.
invoice-bounce = Le virement n'a pas abouti
invoice-bounce-lead = Revenu de la banque, ou noté par erreur : la somme est de nouveau à payer, par un nouveau virement.
invoice-bounced-on = Date du retour
invoice-bounce-reason = Raison
invoice-bounced-flash = La facture est de nouveau à payer.
payments-title = Paiements
payments-lead = Les factures et les remboursements acceptés par deux personnes, à payer par virement. Cette page s'imprime.
payments-to-pay = À payer
payments-to-pay-caption = Les virements à faire
payments-none = Rien à payer pour l'instant.
payments-total = Total
payments-payee = À qui
payments-iban = IBAN
payments-reference = Référence à indiquer
payments-what = Pour
payments-waiting = En attente d'une réponse
payments-under-way = Virements partis, à retrouver sur le relevé
payments-done = Payées
payments-restored = Restauré depuis une sauvegarde
payments-restored-lead = Cette instance a été restaurée le { $at }. Ce qui avait été écrit après la sauvegarde manque ici, peut-être même des virements déjà partis : aucun paiement ne s'enregistre avant que vous n'ayez comparé.
payments-restored-steps = Reprenez les relevés bancaires depuis la sauvegarde, enregistrez de nouveau les versements qui manquent, puis collez l'empreinte de fin du dernier courriel mensuel.
payments-restored-head = Dernière empreinte publiée
payments-restored-head-hint = 64 chiffres et lettres, dans le courriel mensuel, ou sur une page des comptes gardée avant la restauration. L'empreinte que les comptes montrent ici aujourd'hui est celle de la sauvegarde : ce n'est pas elle qui est demandée.
payments-restored-complete = J'ai comparé avec les relevés, et ce qui manquait est enregistré de nouveau
payments-restored-do = Reprendre les paiements
payments-compared = { $what ->
    [found] Les paiements reprennent. L'empreinte est bien dans ce journal : rien n'a été perdu avant elle.
    [known] C'est noté. L'empreinte est dans ce journal, qui la montre aussi dans ses comptes : une seconde personne confirme avant que les paiements ne reprennent ; elle est prévenue.
    [asked] C'est noté. L'empreinte n'est pas dans ce journal : la sauvegarde est plus ancienne. Une seconde personne confirme avant que les paiements ne reprennent ; elle est prévenue.
   *[other] Les paiements reprennent, confirmés par deux personnes. Gardez le fichier du journal d'avant, s'il existe.
}
payments-lacking = { $name } a comparé le { $at }. Le dernier journal publié allait jusqu'à l'écriture { $seq } ; celui-ci, restauré, n'en connaît pas l'empreinte et va jusqu'à l'écriture { $here }. Ce qui manque a pu être payé déjà.
payments-known = { $name } a comparé le { $at }, avec une empreinte que ce journal connaît. Elle se lit aussi dans ses comptes : elle ne suffit pas à dire que rien ne manque.
payments-lacking-confirm = Une seconde personne, à la trésorerie ou référente, compare aussi avec les relevés, puis confirme ici.
payments-lacking-waits = Une seconde personne confirme avant que les paiements ne reprennent.
payments-lacking-do = Confirmer, et reprendre les paiements
mail-restored-subject = { $collective } : comparer le pot après une restauration
mail-restored = L'instance de « { $collective } » a été restaurée depuis une sauvegarde plus ancienne que le dernier journal publié. { $name } a comparé le pot avec les relevés : le journal publié allait jusqu'à l'écriture { $seq }, celui-ci va jusqu'à l'écriture { $here }. Des virements déjà partis peuvent y manquer.
mail-restored-known = L'instance de « { $collective } » a été restaurée depuis une sauvegarde. { $name } a comparé le pot avec les relevés, avec une empreinte que ce journal connaît. Des virements partis après la sauvegarde peuvent y manquer.
mail-restored-confirm = Aucun paiement ne s'enregistre avant qu'une seconde personne n'ait comparé aussi, et confirmé :
me-invoice = { $ask ->
    [approve] Une facture de { $amount } à approuver
    [authorise] Un paiement de { $amount } à autoriser
    [pay] Un virement de { $amount } à faire
   *[other] Un virement de { $amount } à retrouver sur le relevé
}
me-invoice-why = Dans « { $collective } », pour « { $title } ».
me-suspended-until = { $why ->
    [role] à partir du { $from } : votre rôle est nouveau
    [address] à partir du { $from } : votre adresse a changé
   *[other] à partir du { $from } : votre mot de passe a changé
}
me-answerers = Personne ne peut répondre à la facture de { $amount } pour « { $title } »
me-answerers-why = { $collective } : donnez dans « Qui fait quoi » les rôles de référent·e et de trésorier·ère à deux personnes sans lien avec qui est payé.
me-report = Des objections sur « { $title } » à trancher
me-lead-proposed = « { $title } » : { $name } accepte-t-elle de la mener ?
me-lead-proposed-why = { $collective }, à la suite de { $former }.
me-lead = « { $title } » n'a plus personne pour la mener
me-report-why = Dans « { $collective } », { $until }.
