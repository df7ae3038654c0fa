### Promesses : la page d'une fonctionnalité, celle d'un tour.

promise-ask = Votre promesse
promise-ask-hint = Au plus { $most } aujourd'hui.
promise-ask-more = À ajouter à votre promesse
promise-ask-more-hint = Au plus { $more }. C'est dû aussitôt : la fonctionnalité est déjà financée.
promise-kind = À quoi vous engage-t-elle ?
promise-kind-firm = Promesse ferme
promise-kind-firm-hint = Elle compte. Vous paierez si le prix plancher est atteint ; sinon vous ne devez rien.
promise-kind-conditional = Sous réserve de notre assemblée
promise-kind-conditional-hint = Elle ne compte pas encore : vous la confirmerez après l'assemblée.
promise-kind-intention = Intention
promise-kind-intention-hint = Elle n'engage à rien, et montre aux autres que vous êtes là.
promise-subject-to = Jour de l'assemblée
promise-subject-to-hint = Seulement si la promesse en dépend.
promise-make = Promettre
promise-change = Changer notre promesse
promise-add = Ajouter
promise-lift = L'assemblée a dit oui : promesse ferme
promise-take-back = Retirer notre promesse
promise-sign-in = Se connecter pour promettre
promise-is-firm = Votre structure a fait une promesse ferme de { $amount }.
promise-is-bound = Votre structure a promis { $amount } : c'est engagé, cela ne se reprend plus.
promise-is-conditional = Votre structure a promis { $amount }, sous réserve de son assemblée du { $date } : c'est une intention jusque-là.
promise-is-intended = Votre structure compte mettre { $amount } : c'est une intention, qui n'engage à rien.
promise-received-of = { $received } reçus sur { $called } promis.
promise-headline-not-funded = La somme n'a pas été réunie : personne ne doit rien
promise-note-funding = Si le prix plancher n'est pas atteint à cette date, personne ne doit rien : les promesses s'effacent.
promise-funders-count = { $count ->
    [0] Aucune structure n'a encore fait de promesse ferme.
    [one] { $count } structure a fait une promesse ferme.
   *[other] { $count } structures ont fait une promesse ferme.
}
promise-funders-hoped = S'y ajoutent { $amount } d'intentions, qui n'engagent encore personne.
promise-funders-returned = { $count ->
    [one] { $count } structure avait promis ; elle ne doit rien.
   *[other] { $count } structures avaient promis ; elles ne doivent rien.
}
promise-said-firm = C'est noté : promesse ferme de { $amount }. Vous ne paierez que si le prix plancher est atteint.
promise-said-conditional = C'est noté : { $amount }, sous réserve de votre assemblée du { $date }. Revenez dire ce qu'elle a décidé.
promise-said-intended = C'est noté : vous comptez mettre { $amount }. Cela n'engage à rien.
promise-said-taken-back = Votre promesse est retirée.
promise-said-added = C'est ajouté : { $amount } promis en tout. Un courriel dit à qui payer et jusqu'à quand.
promise-said-triggered = Grâce à votre promesse, le prix plancher est atteint : la fonctionnalité est financée ! Un courriel dit à chaque structure combien payer, à qui et jusqu'à quand.
promise-said-confirming = Le prix plancher est atteint : une personne référente doit confirmer.
promise-confirm-adds = « { $title } » est déjà financée : les { $amount } que vous ajoutez sont à régler, et ne se reprennent pas.
promise-confirm-triggers = Avec vos { $amount }, « { $title } » atteint son prix plancher : elle est financée tout de suite, et ce que chaque structure a promis devient une somme à régler.
promise-confirm-asks = Avec vos { $amount }, « { $title } » atteint son prix plancher : plus aucune promesse ne bouge, le temps qu'une personne référente confirme.

## La promesse pour un tour

promise-rule = Ce que deviennent les promesses
promise-rule-as-put-in = Chaque structure répartit ce qu'elle promet
promise-rule-as-put-in-hint = Et c'est elle qui paiera ce qu'elle a réparti.
promise-rule-shared = Les promesses sont mises en commun
promise-rule-shared-hint = Elles sont partagées selon la règle ci-dessous ; ce qui est financé est payé au prorata de ce que chacune a promis.
promise-round-hint = Pour tout le tour. Vous ne paierez que ce qui sera financé.
promise-round-as-put-in = Chaque structure répartit ce qu'elle promet, et paiera ce qui sera financé.
promise-round-shared = Les promesses seront mises en commun, puis partagées : chaque structure aura alors sa part à répartir.
promise-round-unspent = À la fin du tour, ce qui n'est pas réparti n'est plus promis.
promise-round-purse = Ce que votre structure a promis pour ce tour. Déjà mis : { $already }.
promise-shared-out = Les promesses de ce tour sont partagées : elles tiennent jusqu'à sa fin.

## Ce que disent les autres pages d'un pot à promesses

promise-cancel-returns = { $mode ->
    [direct] Les { $amount } promis ne seront plus demandés ; ce qui est déjà payé se règle avec qui fait le travail.
   *[other] Les { $amount } promis ne seront plus demandés ; ce qui est déjà versé attend, pour chaque structure, son prochain appel de fonds.
}
promise-cancelled = Plus rien n'est demandé à personne pour elle.
promise-confirm-lead = Le prix plancher est atteint. Confirmer envoie à chaque structure ce qu'elle doit régler ; sans réponse, c'est confirmé à la date prévue.
promise-confirm-lead-until = Le prix plancher est atteint. Confirmer envoie tout de suite à chaque structure ce qu'elle doit régler. On peut répondre { $until } ; ensuite, c'est confirmé.
promise-form-closing-hint = Ce jour-là inclus. Si la somme n'y est pas, personne ne doit rien.
