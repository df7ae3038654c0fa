### Les courriels de l'argent : ce qui est financé, ce qui revient, ce qui attend une réponse.

funding-mail-see = Voir la fonctionnalité :
funding-mail-triggered-subject = « { $title } » est financée
funding-mail-triggered = Le prix plancher de « { $title } » est atteint : { $total } sont réunis. La réalisation peut commencer.
funding-mail-bound = Les { $amount } que { $organisation } y a mis lui sont désormais réservés.
funding-mail-not-funded-subject = « { $title } » n'a pas réuni la somme
funding-mail-not-funded = À la date limite, il manquait { $missing } pour atteindre le prix plancher de « { $title } ».
funding-mail-cancelled-subject = « { $title } » s'arrête
funding-mail-cancelled = « { $title } » ne continue pas. La raison donnée : { $reason }
funding-mail-returned = Les { $amount } mis par { $organisation } sont de retour dans sa part à répartir.
funding-mail-returned-after = Les { $amount } mis par { $organisation } reviennent : dans sa part à répartir ou, pour ce qui venait de dons, dans le fonds de ces dons.
funding-mail-confirm-subject = Confirmer le financement de « { $title } »
funding-mail-confirm = Le prix plancher de « { $title } » est atteint : { $total } sont réunis. Une personne référente doit le confirmer ; d'ici là, rien ne bouge. Vous pouvez répondre { $until } ; ensuite, le silence confirme.
funding-mail-share-subject = Une part à répartir pour { $organisation }
funding-mail-share = L'argent du tour « { $round } » est partagé : { $organisation } reçoit { $amount } à répartir entre les fonctionnalités, { $until }.
funding-mail-share-see = Répartir la part :
