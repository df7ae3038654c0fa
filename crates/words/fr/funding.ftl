### Les courriels de l'argent : ce qui est financé, ce qui revient, ce qui attend une réponse.

funding-mail-see = Voir la fonctionnalité :
funding-mail-triggered-subject = « { $title } » est financée
funding-mail-triggered = { $mode ->
    [own] Le prix plancher de « { $title } » est atteint : { $total } sont réunis. La réalisation peut commencer.
    [later] Le prix plancher de « { $title } » est atteint : { $total } sont réunis et lui restent réservés.
   *[other] Le prix plancher de « { $title } » est atteint : { $total } sont promis. La réalisation commence une fois l'argent reçu.
}
funding-mail-bound = Les { $amount } mis par { $organisation } sont désormais réservés à cette fonctionnalité.
funding-mail-your-turn = { $track ->
    [trust] { $organisation } la mène : à vous maintenant de lancer le travail avec qui doit le faire, et de tenir les autres structures au courant.
    [light] { $organisation } la mène : à vous maintenant de convenir avec qui doit le faire de ce qui sera livré, et de tenir les autres structures au courant. Le contrat, la vérification et le paiement de ce parcours ne sont pas encore dans Popote : ce qui est réuni reste réservé.
   *[other] { $organisation } la mène : à vous maintenant d'engager la suite du parcours, et de tenir les autres structures au courant.
}
funding-mail-not-funded-subject = « { $title } » n'a pas réuni la somme
funding-mail-not-funded = { $when ->
    [early] Le tour s'est terminé plus tôt que prévu, par une décision du collectif : il manquait { $missing } pour atteindre le prix plancher de « { $title } ».
   *[other] À la date limite, il manquait { $missing } pour atteindre le prix plancher de « { $title } ».
}
funding-mail-cancelled-subject = « { $title } » s'arrête
funding-mail-cancelled = « { $title } » ne continue pas. La raison donnée : { $reason }
funding-mail-topped-up-subject = Un complément pour « { $title } »
funding-mail-topped-up = Un complément a été mis sur « { $title } », par la décision « { $decision } ». La fonctionnalité a maintenant { $total } en tout.
funding-mail-topped-up-why = La raison donnée : { $reason }
funding-mail-returned = { $amount } mis par { $organisation } sont de retour dans sa part à répartir.
funding-mail-returned-lapses = { $amount } mis par { $organisation } sont de retour dans sa part à répartir. Ce qui n'est pas réparti à la fin du tour, le { $day }, revient au pot : c'est la règle de ce tour.
funding-mail-returned-gifts = { $amount } mis par { $organisation } venaient de dons : ils retournent au fonds de ces dons.
funding-mail-track-subject = « { $title } » change de parcours
funding-mail-track = « { $title } » passe du parcours { $from ->
    [trust] « confiance »
    [light] « léger »
    [full] « complet »
   *[other] « renforcé »
} au parcours { $to ->
    [trust] « confiance ».
    [light] « léger ».
    [full] « complet ».
   *[other] « renforcé ».
}
funding-mail-track-reason = La raison donnée : { $reason }
funding-mail-track-held = { $amount } mis par { $organisation } y restent ; tant qu'elle n'est pas financée, vous pouvez les reprendre.
funding-mail-confirm-subject = Confirmer le financement de « { $title } »
funding-mail-confirm = Le prix plancher de « { $title } » est atteint : { $total } sont réunis. Une personne référente doit le confirmer ; d'ici là, rien ne bouge. Vous pouvez répondre { $until } ; ensuite, le silence confirme.
funding-mail-share-subject = Une part à répartir pour { $organisation }
funding-mail-share = L'argent du tour « { $round } » est partagé : { $organisation } reçoit { $amount } à répartir entre les fonctionnalités, { $until }.
funding-mail-share-see = Répartir la part :
funding-mail-parked-subject = « { $title } » est en sommeil
funding-mail-parked = Personne n'a fait avancer « { $title } » pendant le temps prévu : elle est mise en sommeil. Rien n'est perdu : vous pouvez la réveiller sur sa page, quand vous voulez.
funding-mail-lead-asked-subject = { $name } : mener « { $title } » ?
funding-mail-lead-asked = Pour mener « { $title } », une structure est proposée : { $name }. Avant : { $former }. Rien ne change tant qu'une personne qui représente { $name } n'a pas accepté.
funding-mail-lead-reason = Pourquoi : { $reason }
funding-mail-lead-answer = Accepter ou décliner :
funding-mail-lead-declined-subject = { $name } ne mènera pas « { $title } »
funding-mail-lead-declined = { $name } a décliné de mener « { $title } ». Rien n'a changé ; vous pouvez proposer une autre structure.
funding-mail-lead-subject = Qui mène « { $title } » a changé
funding-mail-lead = « { $title } » a changé de mains. Avant : { $before }. Désormais : { $lead }. Qui fait le travail ne change pas.
funding-mail-paid-subject = { $organisation } : { $amount } sont bien arrivés
funding-mail-paid = La trésorerie de « { $collective } » a enregistré un versement ({ $organisation }) : { $amount }, reçus sur le compte le { $received }.
funding-mail-paid-returnable = Ce versement est noté comme un apport avec droit de reprise. Un partage le répartira quand même entre toutes les structures, et ce qui ira aux autres ne pourra plus être rendu : si ce n'est pas ce que dit votre convention, parlez-en à la trésorerie avant le partage.
funding-mail-paid-next = Cette somme deviendra une part à répartir lors du prochain partage. Le relevé de la structure :
funding-mail-unpaid-subject = { $organisation } : le versement de { $amount } est annulé dans les comptes
funding-mail-unpaid = La trésorerie a annulé l'écriture d'un versement ({ $organisation }) : { $amount }. La raison : { $reason }.
funding-mail-unpaid-next = S'il y a erreur, dites-le à la trésorerie du collectif. Le relevé de la structure :
funding-mail-unshared-subject = Le partage du tour { $round } est annulé
funding-mail-unshared = La trésorerie a annulé le partage du tour { $round }, parce que ses chiffres étaient faux. La part de la structure ({ $organisation } : { $amount }) retourne au pot, en attendant un nouveau partage :
funding-mail-alarm-subject = Le contrôle des comptes de « { $collective } » a trouvé une anomalie
funding-mail-alarm = { $count ->
    [one] Le contrôle de cette nuit a trouvé { $count } erreur dans les comptes du pot « { $pot } » de « { $collective } ».
   *[other] Le contrôle de cette nuit a trouvé { $count } erreurs dans les comptes du pot « { $pot } » de « { $collective } ».
}
funding-mail-alarm-unread = Le contrôle de cette nuit n'a pas pu lire le pot « { $pot } » de « { $collective } ».
funding-mail-alarm-next = N'enregistrez rien, ne partagez rien et ne payez rien avant de savoir pourquoi. Ce message revient chaque nuit tant que l'anomalie est là. Le détail :
