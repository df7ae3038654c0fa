### Les cotisations : ce qu'une structure verse à chaque période, ce qui lui est demandé, ce qui est payé.

subscription-mail-called-subject = { $organisation } : la cotisation à « { $collective } »
subscription-mail-called = La cotisation ({ $organisation }) { $period } est à régler par virement : { $amount }, { $until }. Bénéficiaire : { $payee }.
subscription-mail-ahead = La cotisation ({ $organisation }) { $period }, { $amount }, est déjà couverte par ce qui a été versé d'avance : rien à faire.
subscription-mail-see = La voir, avec le code QR pour payer :
subscription-mail-late-subject = { $organisation } : la cotisation à « { $collective } » n'est pas arrivée
subscription-mail-late = La cotisation ({ $organisation }) { $period } était à régler le { $due } au plus tard : il reste { $amount }. Si le virement est parti entre-temps, ne tenez pas compte de ce message. En cas de difficulté, dites-le à la trésorerie. Ce rappel ne sera pas répété.
subscription-mail-written-subject = { $organisation } : la trésorerie de « { $collective } » a noté une cotisation
subscription-mail-written = { $period ->
    [month] La trésorerie a noté pour { $organisation } une cotisation de { $amount } par mois. La raison donnée : { $reason }
    [quarter] La trésorerie a noté pour { $organisation } une cotisation de { $amount } par trimestre. La raison donnée : { $reason }
   *[other] La trésorerie a noté pour { $organisation } une cotisation de { $amount } par an. La raison donnée : { $reason }
}
subscription-mail-written-see = Si ce n'est pas ce qui était convenu, vous pouvez la changer ou l'arrêter :

subscription-mail-stopped-subject = { $organisation } : la trésorerie de « { $collective } » a changé la cotisation
subscription-mail-stopped = { $what ->
    [stopped] La trésorerie a arrêté la cotisation ({ $organisation }) : plus rien ne sera demandé à partir du { $day }. La raison donnée : { $reason }
   *[other] La trésorerie a repris la cotisation ({ $organisation }) : elle continue à partir du { $day }. La raison donnée : { $reason }
}
subscription-mail-stopped-see = Si ce n'est pas ce qui était convenu, vous pouvez en décider autrement sur sa page :

## Les pages

subscriptions-title = Cotisations
subscriptions-lead = Ce que chaque structure a convenu de verser régulièrement, ce qui lui a été demandé, et où on en est.
subscriptions-empty = Aucune cotisation n'est convenue. Chaque structure déclare la sienne depuis sa page ; la trésorerie peut aussi la noter pour elle.
subscriptions-agreed = Convenu
subscriptions-late = En retard
subscriptions-next = Prochain appel
subscriptions-nothing-next = aucun
subscriptions-one = Cotisation : { $organisation }
subscriptions-see = Cotisation
subscriptions-see-all = Toutes les cotisations
subscriptions-every = { $period ->
    [month] { $amount } par mois
    [quarter] { $amount } par trimestre
   *[other] { $amount } par an
}
subscriptions-of-turnover = { $period ->
    [month] { $amount } par an, en douze fois
    [quarter] { $amount } par an, en quatre fois
   *[other] { $amount } par an
}
subscriptions-since = Depuis le { $day }
subscriptions-from = À partir du { $day }
subscriptions-until = jusqu'au { $day } inclus
subscriptions-rate = Soit { $rate } du chiffre d'affaires que vous avez déclaré. Ni ce pourcentage ni le chiffre d'affaires ne sont montrés aux autres ; le chiffre d'affaires n'est pas gardé.
subscriptions-by = Convenu par { $name }, le { $day }.
subscriptions-by-treasurer = Noté par { $name } pour la trésorerie, le { $day }. La raison donnée : { $reason }
subscriptions-next-call = Prochain appel le { $day } : { $amount }.
subscriptions-stopped = Arrêtée : plus rien ne sera demandé à partir du { $day }. Jusque-là, vous pouvez changer d'avis.
subscriptions-none = Aucune cotisation n'est en cours.
subscriptions-rest = { $amount } à régler.
subscriptions-ahead = { $amount } versés d'avance : ils comptent pour le prochain appel.
subscriptions-nothing-due = Tout ce qui a été demandé est réglé.
subscriptions-other-mode = Dans ce pot, on ne cotise pas : chaque structure promet, et paie ce qu'elle a promis une fois le prix plancher atteint. Les cotisations demandent un pot où l'on verse d'avance.
subscriptions-calls = Ce qui a été demandé
subscriptions-period = Période
subscriptions-state = { $state ->
    [open] à régler
    [partly_paid] réglée en partie
    [paid] réglée
    [unpaid] en retard
    [cancelled] n'est plus demandée
   *[other] inconnu
}

## La déclarer, la changer, l'arrêter

subscriptions-declare-title = Déclarer une cotisation
subscriptions-declare-lead = À chaque période, un appel part par courriel avec l'IBAN, la référence et un code QR. La trésorerie enregistre le virement quand il arrive. On peut changer de montant ou arrêter quand on veut, à partir de la période suivante.
subscriptions-basis = Comment la calculer ?
subscriptions-basis-amount = Un montant fixe
subscriptions-basis-amount-hint = Le même à chaque période.
subscriptions-basis-turnover = Un pourcentage du chiffre d'affaires
subscriptions-basis-turnover-hint = Déclaré par la structure elle-même ; seule la somme qui en résulte est montrée et gardée.
subscriptions-amount = Montant de chaque période
subscriptions-amount-hint = Pour un montant fixe.
subscriptions-rate-label = Pourcentage
subscriptions-rate-hint = Pour un pourcentage : par exemple 1 ou 0,25.
subscriptions-turnover = Chiffre d'affaires d'une année
subscriptions-turnover-hint = Pour un pourcentage : il sert au calcul et n'est pas gardé.
subscriptions-period-label = À quel rythme ?
subscriptions-period-name = { $period ->
    [month] chaque mois
    [quarter] chaque trimestre
   *[other] chaque année
}
subscriptions-starts-on = Premier jour
subscriptions-starts-on-hint = Au plus tôt il y a un an : ce qui est déjà commencé est demandé aussitôt.
subscriptions-ends-on = Dernier jour
subscriptions-ends-on-hint = Vide : sans date de fin.
subscriptions-reason = Pourquoi la noter pour cette structure ?
subscriptions-reason-hint = Par exemple « décidé à l'assemblée du 12 mars ». La structure reçoit un courriel avec cette raison.
subscriptions-why = Pourquoi ? La structure reçoit un courriel avec cette raison.
subscriptions-declare = Déclarer la cotisation
subscriptions-declared = C'est noté : { $what }.
subscriptions-change-title = Changer le montant
subscriptions-change-lead = Le nouveau montant vaut à partir du prochain appel. Ce qui est déjà demandé ne change pas.
subscriptions-change = Changer à partir du prochain appel
subscriptions-changed = C'est noté : { $what }, à partir du prochain appel.
subscriptions-stop-title = Arrêter
subscriptions-stop-lead = Plus rien ne sera demandé à partir de la période suivante, le { $day }. Ce qui est déjà demandé reste à régler.
subscriptions-stop = Arrêter la cotisation
subscriptions-stop-said = La cotisation est arrêtée : plus rien ne sera demandé à partir de la période suivante.
subscriptions-resume = Continuer la cotisation
subscriptions-resumed = La cotisation continue.

## L'appel d'une période

subscriptions-call = Cotisation { $period }
subscriptions-call-late = { $rest } ne sont pas réglés ; l'échéance était le { $date }
subscriptions-call-done = { $state ->
    [paid] Réglée : il n'y a plus rien à faire
    [cancelled] Le reste n'est plus demandé
   *[other] À régler
}
subscriptions-call-why-not = N'est plus demandé : { $reason }
subscriptions-record = Enregistrer son versement
subscriptions-record-lead = Enregistré comme cotisation, un versement compte pour le plus ancien appel qui n'est pas réglé, puis pour les suivants ; ce qui dépasse compte pour le prochain.
subscriptions-call-which = Cette référence est celle de cet appel : elle dit quelle cotisation est réglée. Celle du relevé de la structure mène à la même structure, sans dire pour quoi.
subscriptions-give-up-title = Ne plus la demander
subscriptions-give-up-lead = Par exemple parce qu'elle a été réglée avant d'être notée ici. Ce qui reste n'est plus demandé ; cela ne s'annule pas.
subscriptions-give-up-reason = Pourquoi ?
subscriptions-give-up = Ne plus demander le reste
subscriptions-given-up = C'est noté : le reste n'est plus demandé.

## Ce qui attend

me-pay-due = Régler la cotisation ({ $organisation }) : { $amount }
me-late-dues = { $many ->
    [one] Une cotisation en retard : { $amount }
   *[other] { $many } cotisations en retard : { $amount }
}

## Les récits

story-subscription = { $what ->
    [subscription_declared] { $organisation } a une cotisation
    [subscription_changed] La cotisation ({ $organisation }) change de montant
    [subscription_ended] La cotisation ({ $organisation }) est terminée : la structure a quitté le collectif
    [subscription_stopped] La cotisation ({ $organisation }) s'arrête
    [subscription_resumed] La cotisation ({ $organisation }) continue
    [subscription_called] La cotisation ({ $organisation }) est demandée
    [subscription_late] La cotisation ({ $organisation }) n'est pas arrivée à temps
   *[other] Une cotisation ({ $organisation }) n'est plus demandée
}

## Les refus

refusal-subscription-other-mode = Dans ce pot, on ne cotise pas : chaque structure paie ce qu'elle a promis.
refusal-subscription-already = Cette structure a déjà une cotisation à ces dates. Changez son montant, ou arrêtez-la d'abord.
refusal-subscription-already-until = Cette structure a déjà une cotisation à ces dates. Une autre peut commencer le { $day } au plus tôt.
refusal-subscription-over = Cette cotisation est terminée : plus rien n'est demandé. On peut en déclarer une autre.
refusal-subscription-not-stopped = Cette cotisation n'est pas arrêtée.
refusal-subscription-not-awaited = Il n'y a plus rien à régler : c'est « { $state } ».
