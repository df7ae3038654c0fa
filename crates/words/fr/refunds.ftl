# Le remboursement d'une structure qui a quitté le collectif.

refunds-link = À rembourser ({ $name }) : { $amount }
refunds-title = Remboursement : { $name }
refunds-lead = { $name } a quitté le collectif. Il reste à préparer le remboursement de { $amount } : ce que son départ a décidé, et ce qui est revenu depuis. Une personne prépare le remboursement, une autre l'autorise ; ni l'une ni l'autre n'a de lien avec la structure.
refunds-lead-none = Rien n'est à rembourser à la structure ({ $name }).
refunds-lead-left = Rien n'est à rembourser à la structure ({ $name }) : son départ n'a décidé aucun remboursement. { $amount } de ses propres versements restent dans le pot.
refunds-lead-prepared = Tout ce qui est dû à la structure ({ $name }), { $amount }, est préparé ci-dessous.
refunds-prepare = Préparer le remboursement
refunds-prepare-lead = Demandez à ses représentant·es sur quel compte rembourser { $amount }, par un autre moyen qu'un courriel.
refunds-people = L'ont représentée en dernier : { $names }.
refunds-payee-hint = Le titulaire du compte bancaire.
refunds-prepared-flash = Le remboursement est préparé. Une autre personne de la trésorerie doit l'autoriser.
refunds-list = Les remboursements
refunds-number = Remboursement n° { $number }
refunds-heading = Rembourser { $amount } ({ $name })
refunds-for = Remboursement : { $name }
refunds-facts = Le remboursement
refunds-organisation = Structure
refunds-payee = Bénéficiaire
refunds-prepared-by = Préparé par { $name }, le { $date }
refunds-authorised-by = Autorisé par { $name }, le { $date }
refunds-withdrawn-by = Retiré par { $name } : { $reason }
refunds-waits = Une autre personne de la trésorerie, sans lien avec la structure, doit l'autoriser.
refunds-authorise = Autoriser le remboursement
refunds-authorised-flash = Le remboursement est autorisé. La trésorerie peut faire le virement.
refunds-withdraw = Retirer ce remboursement
refunds-withdraw-lead = Vérifiez d'abord qu'aucun virement n'est parti. La somme reste due : elle sera à préparer de nouveau.
refunds-withdrawn-flash = Le remboursement est retiré. La somme reste due.
refunds-bounced-flash = Le remboursement est de nouveau à payer.
refunds-state = { $state ->
    [approved] à autoriser
    [authorised] à payer
    [paid] virement parti
    [settled] remboursé
   *[other] retiré
}
refunds-transfer-reference = Remboursement { $number }
refunds-statement = À rembourser à la structure : { $amount }

refusal-refund-nothing = Rien n'est à rembourser, ou tout est déjà préparé.
refusal-refund-state = Ce remboursement est « { $state } » : ce n'est plus possible.
refusal-refund-tied = Vous avez un lien avec la structure remboursée, ou en aviez un il y a moins d'un an : une autre personne répond.
refusal-refund-by-you = Vous l'avez préparé : une autre personne l'autorise.
refusal-refund-roles-first = Deux personnes référentes ou de la trésorerie peuvent répondre : c'est à elles de le faire. Un rôle retiré par quelqu'un d'autre compte encore trente jours : personne ne remplace qui l'avait.
refusal-refund-nobody-left = Si vous le préparez, plus personne ne pourra l'autoriser : il faut une deuxième personne à la trésorerie, ou quelqu'un d'autre pour le préparer.
refusal-refund-fell = La personne qui l'a préparé n'en a plus le droit : retirez-le, et préparez-le de nouveau.
refusal-refund-changed = Ce qui est écrit (nom, IBAN ou montant) n'est plus ce qui a été préparé : retirez-le, et préparez-le de nouveau.

me-refund = { $ask ->
    [prepare] À rembourser ({ $name }) : { $amount }, à préparer
    [authorise] À rembourser ({ $name }) : { $amount }, à autoriser
    [second] À rembourser ({ $name }) : { $amount }, il manque une deuxième personne
    [pay] À rembourser ({ $name }) : { $amount }, virement à faire
   *[other] Remboursement ({ $name }) : { $amount }, à retrouver sur le relevé
}
me-refund-second-why = Dans « { $collective } » : peuvent le préparer, { $names } ; vous l'autorisez ensuite.
me-refund-nobody-why = Dans « { $collective } » : une personne le prépare, une autre à la trésorerie l'autorise. Un rôle pour une deuxième personne se propose dans « Qui fait quoi ».

story-refund = { $what ->
    [prepared] Le remboursement est préparé : { $name }
    [authorised] Le remboursement est autorisé : { $name }
    [withdrawn] Le remboursement est retiré, la somme reste due : { $name }
    [paid] Le virement du remboursement est parti : { $name }
    [settled] { $name } est remboursée
   *[other] Le virement du remboursement est revenu : { $name }
}

refunds-mail-authorise-subject = À autoriser : { $amount } à rembourser ({ $name })
refunds-mail-authorise = { $name } a quitté le collectif ; le remboursement de { $amount } est préparé. Une autre personne de la trésorerie, sans lien avec la structure, doit l'autoriser. Vérifiez d'abord le nom et l'IBAN.
refunds-mail-prepared-subject = Remboursement préparé : { $amount } ({ $collective })
refunds-mail-prepared = { $name } a quitté { $collective }. Le remboursement des { $amount } qui lui sont dus est préparé, vers un compte dont l'IBAN finit par { $end } ; une autre personne doit encore l'autoriser. Si ce n'est pas votre compte, dites-le sans attendre à la trésorerie du collectif.
refunds-mail-paid-subject = { $amount } remboursés par { $collective }
refunds-mail-paid = { $name } a quitté { $collective }. Le virement de { $amount } qui lui étaient dus est parti le { $date }. Le relevé de la structure le montre.
refunds-mail-bounced-subject = Le remboursement de { $amount } par { $collective } n'a pas abouti
refunds-mail-bounced = Le virement de { $amount } ({ $name }) n'a pas abouti : { $reason }. La somme reste due ; la trésorerie fera un autre virement.
