### Le collectif : ce qu'il est, qui porte l'argent.

collective-title = Le collectif
collective-money-title = Qui porte l'argent
collective-held-by = La structure porteuse, { $name }, détient l'argent du pot : c'est elle qui signe et qui paie.
collective-held-by-nobody = Personne ne détient d'argent dans ce pot : chaque structure paie directement qui réalise le travail.
collective-held-by-none-yet = Personne ne porte encore l'argent de ce pot : désignez une structure porteuse.
collective-mode-title = Comment l'argent circule
collective-mode-lead = Ce choix se change tant que rien n'est écrit dans les comptes.
collective-mode-saved = Le fonctionnement du pot est changé.
collective-edit-title = Décrire le collectif
collective-name = Nom du collectif
collective-purpose = À quoi il sert
collective-purpose-hint = Deux ou trois phrases, lues par tout le monde.
collective-zone = Fuseau horaire
collective-zone-hint = Par exemple Europe/Paris : une date limite y court jusqu'à la fin de la journée.
collective-host-edit-title = La structure porteuse
collective-host-edit-lead = De chaque changement sont prévenues les personnes qui tiennent un rôle et celles dont la structure a de l'argent ici. Un autre IBAN, ou une autre page de dons, n'est montré qu'une fois confirmé par une deuxième personne, ou après 48 heures.
collective-host-name = Nom de la structure porteuse
collective-host-address = Adresse postale
collective-host-signatory = Qui signe pour elle
collective-host-iban = IBAN
collective-host-fee = Frais de gestion, en %
collective-host-fee-hint = Ce que la structure porteuse garde de ce qui est dépensé ; 0 si rien. Ces frais sont seulement annoncés ici : ils ne sont pas encore prélevés par Popote.
collective-host-fee-told = { $rate } (annoncés, pas encore prélevés par Popote)
# Une case, telle qu'elle est enregistrée.
collective-box-ticked = case cochée
collective-box-unticked = case non cochée
collective-host-saved = La structure porteuse est à jour ; les personnes qui tiennent un rôle et celles dont la structure a de l'argent ici en sont prévenues.
mail-host-subject = { $what ->
    [bank_added] { $collective } : les coordonnées bancaires de la structure porteuse sont complétées
    [bank_added_and_described] { $collective } : les coordonnées bancaires de la structure porteuse sont complétées, et sa fiche est modifiée
    [bank_changed] { $collective } : les coordonnées bancaires de la structure porteuse ont changé
    [bank_changed_and_described] { $collective } : les coordonnées bancaires et la fiche de la structure porteuse ont changé
    [described] { $collective } : la fiche de la structure porteuse est modifiée
   *[other] { $collective } : la structure porteuse a changé
}
mail-host = Pour le collectif { $collective }, { $actor } a modifié ce qui est écrit sur la structure porteuse : { $host }.
mail-host-iban-added = Son IBAN est maintenant écrit ; il finit par { $end }.
mail-host-iban-changed = Son IBAN a changé : il finissait par { $before }, il finit maintenant par { $now }.
mail-host-iban-same = Son IBAN n'a pas changé : il finit par { $end }.
mail-host-iban-none = Aucun IBAN n'est écrit.
mail-host-iban-removed = Son IBAN, qui finissait par { $end }, n'est plus écrit.
mail-host-see = Sa fiche :
mail-host-check = Vérifiez que c'est bien le sien :
mail-host-iban-waits = Le nouvel IBAN n'est montré qu'après la confirmation d'une deuxième personne, ou le { $from } si personne ne le refuse.
mail-host-link-removed = « Donner » ne mène plus vers { $before }.
mail-host-link-added = « Donner » mène maintenant vers { $now }.
mail-host-link-changed = « Donner » menait vers { $before } ; la page mène maintenant vers { $now }.
mail-host-link-next = « Donner » mènerait vers une autre page : { $next }.
mail-host-link-waits = Cette nouvelle page de dons n'est montrée qu'après la confirmation d'une deuxième personne, ou le { $from } si personne ne l'arrête.
mail-host-link-answered-subject = { $step ->
    [confirmed] { $collective } : la nouvelle page de dons est confirmée
   *[other] { $collective } : la nouvelle page de dons est arrêtée
}
mail-host-link-answered = { $step ->
    [confirmed] { $actor } a confirmé la nouvelle page de dons pour { $host } : « Donner » mène dès maintenant vers { $link }.
   *[other] { $actor } a arrêté la nouvelle page de dons pour { $host } : « Donner » ne mène pas vers { $link }, et ce qui était écrit avant reste.
}
mail-host-iban-answered-subject = { $step ->
    [confirmed] { $collective } : le nouvel IBAN de la structure porteuse est confirmé
   *[other] { $collective } : le nouvel IBAN de la structure porteuse est refusé
}
mail-host-iban-answered = { $step ->
    [confirmed] { $actor } a confirmé le nouvel IBAN pour { $host }, qui finit par { $end } : il est montré dès maintenant.
   *[other] { $actor } a refusé le nouvel IBAN pour { $host }, qui finissait par { $end } : il n'est montré nulle part, et ce qui était écrit avant reste.
}
collective-iban-waits = Nouvel IBAN en attente
collective-iban-waits-lead = { $person } a écrit un autre IBAN : { $iban }. Il sera montré le { $from }, sauf si quelqu'un le refuse. Vérifiez auprès de la structure porteuse que c'est bien le sien.
collective-iban-confirm = Confirmer cet IBAN
collective-iban-stop = Le refuser
collective-iban-confirmed = Le nouvel IBAN est montré dès maintenant.
collective-iban-stopped = Le nouvel IBAN est refusé : il n'est montré nulle part.
collective-iban-gone = Cet IBAN n'attend plus : relisez la fiche.
collective-link-waits = Nouvelle page de dons en attente
collective-link-waits-lead = { $person } a écrit une autre page de dons : { $link }. Elle sera montrée le { $from }, sauf si quelqu'un l'arrête. Vérifiez auprès de la structure porteuse que c'est bien la sienne.
collective-link-confirm = Confirmer cette page
collective-link-stop = L'arrêter
collective-link-confirmed = La nouvelle page de dons est montrée dès maintenant.
collective-link-stopped = La nouvelle page de dons est arrêtée : elle n'est montrée nulle part.
collective-link-gone = Cette page de dons n'attend plus : relisez la fiche.
