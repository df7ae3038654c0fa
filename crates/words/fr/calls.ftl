### Promesses et appels de fonds : les courriels, les pages.

call-mail-subject = « { $title } » est financée : { $amount } à régler
call-mail-triggered = Le prix plancher de « { $title } » est atteint : { $total } sont promis. La promesse devient un engagement à régler.
call-mail-direct = Il reste { $amount } à régler par { $organisation }, { $until }, directement à qui fait le travail : { $payee }. Vous recevrez une facture ; une fois le paiement fait, dites-le sur la page.
call-mail-pledge = Il reste { $amount } à régler par { $organisation }, { $until }, par virement. Bénéficiaire : { $payee }.
call-mail-from-pool = Les { $amount } promis par { $organisation } sont déjà couverts par ce qui lui restait dans le pot : rien à faire.
call-mail-transfer = IBAN : { $iban }, avec la référence { $reference }.
call-mail-see = { $mode ->
    [direct] Voir la part à payer :
   *[other] Voir l'appel de fonds :
}
call-mail-bill-subject = « { $title } » : { $amount } à facturer
call-mail-bill = { $count ->
    [one] « { $title } » est à facturer par { $worker } directement : { $amount }, à { $count } structure. Rappelez la référence sur la facture : elle permet de reconnaître le paiement.
   *[other] « { $title } » est à facturer par { $worker } directement : { $amount } en tout, à { $count } structures. Rappelez la référence de chacune sur sa facture : elle permet de reconnaître le paiement.
}
call-mail-bill-line = { $organisation } : { $amount }, référence { $reference }, à régler { $until }.
call-mail-bill-see = La liste, à jour de ce qui est payé :
call-mail-said-subject = { $organisation } dit avoir payé pour « { $title } »
call-mail-said = { $mode ->
    [direct] { $organisation } dit avoir payé les { $amount } de sa part à payer pour « { $title } ».
   *[other] { $organisation } dit avoir payé les { $amount } de son appel de fonds pour « { $title } ».
}
call-mail-confirm = Confirmez dès que l'argent est arrivé :
call-mail-all-subject = Tout est reçu pour « { $title } »
call-mail-all = Les { $amount } appelés pour « { $title } » sont tous reçus : la réalisation peut commencer.
call-mail-see-feature = Voir la fonctionnalité :
call-mail-unpaid-subject = Une promesse non réglée pour « { $title } »
call-mail-unpaid = La date est passée et les { $amount } promis par { $organisation } pour « { $title } » ne sont pas arrivés. Un paiement tardif reste bienvenu.
call-mail-cover-subject = Il manque de l'argent pour « { $title } »
call-mail-cover = Une promesse de { $amount } pour « { $title } » n'est pas réglée. Vous pouvez, si vous le souhaitez, en prendre une partie à votre charge ; rien ne vous y oblige.
call-mail-cover-see = Voir ce qui manque :

## Les récits

story-promise-made = { $promise ->
    [firm] { $organisation } promet { $amount } pour « { $title } »
    [conditional] { $organisation } promet { $amount } pour « { $title } », sous réserve de son assemblée
   *[other] { $organisation } compte mettre { $amount } pour « { $title } »
}
story-promise-taken-back = { $organisation } retire sa promesse pour « { $title } »
story-call-received = { $received } reçus sur { $called } appelés pour « { $title } »
story-calls-all-received = Tout est reçu pour « { $title } » : { $amount }
story-call-unpaid = Une promesse n'est pas réglée à temps pour « { $title } »
story-call-covered = { $organisation } prend à sa charge une promesse non réglée pour « { $title } »

## Les refus

refusal-promise-paid-in-advance = Dans ce pot, on verse d'abord : il n'y a pas de promesses.
refusal-promise-by-round = Cette fonctionnalité est financée par son tour : faites votre promesse pour le tour.
refusal-promise-round-closed = Ce tour est terminé.
refusal-promise-used = { $used } de cette promesse sont déjà engagés : on ne descend pas plus bas.
refusal-promise-shared-out = Les promesses de ce tour sont déjà partagées : elles tiennent jusqu'à sa fin.
refusal-mode-posted = Quelque chose est déjà écrit dans les comptes de ce pot : son fonctionnement ne change plus.
refusal-call-not-awaited = Il n'y a plus rien à régler : c'est « { $state } ».
refusal-call-over-rest = Il ne reste que { $rest } à régler.
refusal-call-not-overdue = On ne peut prendre le relais qu'après la date : { $date } inclus.
refusal-call-own = Une structure ne prend pas son propre relais.
refusal-call-other-mode = Ce pot ne fonctionne pas ainsi : ici l'argent est confirmé autrement.
refusal-call-undone = C'est déjà annulé.
refusal-call-too-late = C'est trop tard : la fonctionnalité est terminée.
refusal-call-gone = C'est trop tard : { $missing } de ce paiement ont déjà servi.
refusal-call-paid-back = Ce paiement a remboursé les structures qui avaient pris le relais : il ne s'annule plus.
refusal-call-from-pool = Ce montant vient de ce qui restait à la structure dans le pot : il ne s'annule pas.
refusal-call-own-payment = Vous avez un mandat pour la structure qui paie, ou en aviez un il y a moins d'un an : une personne sans ce lien confirme.
call-state = { $state ->
    [open] à régler
    [partly_paid] réglé en partie
    [paid] réglé
    [unpaid] promesse non réglée
    [covered] pris en charge par d'autres
    [cancelled] annulé
   *[other] inconnu
}
