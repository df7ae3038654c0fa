### Les choix permanents : ce que devient la part d'une structure quand personne ne répond dans un tour.

choices-mail-subject = { $organisation } : votre choix permanent dans « { $collective } »
choices-mail-lead = Personne n'avait réparti la part de votre structure ({ $organisation }) dans ce tour. Votre choix permanent l'a fait :
choices-mail-nothing = Votre choix permanent ({ $organisation }) n'a rien pu mettre dans ce tour : la structure suivie n'a rien réparti, ou aucune fonctionnalité du logiciel n'attend d'argent.
choices-mail-line = • { $amount } sur « { $title } »
choices-mail-change = Tant qu'une fonctionnalité n'est pas financée, vous pouvez changer cela { $until } :

## La page

choices-see = Choix permanent
choices-title = Choix permanent : { $organisation }
choices-lead = Dites une fois pour toutes ce que devient la part de votre structure quand personne n'a le temps de la répartir. Dans les trois derniers jours d'un tour, votre choix s'applique si rien n'y a été réparti à la main ; un courriel vous dit ce qu'il a fait. Ce que vous faites vous-même passe toujours avant.
choices-none = Aucun choix permanent : une part que personne ne répartit attend, ou revient au pot selon la règle du tour.
choices-now = { $kind ->
    [leave] Aujourd'hui : la part reste au pot, sans rappel.
    [follow] Aujourd'hui : la part suit les répartitions de cette structure : { $what }.
   *[other] Aujourd'hui : la part va au logiciel { $what }.
}
choices-now-yearly = Au plus { $amount } par an, dont { $used } cette année.
choices-by = Choisi le { $day } par { $name }.
choices-kind = Si personne ne répond
choices-kind-leave = La laisser au pot
choices-kind-leave-hint = Plus de rappel. À la fin du tour, sa règle dit si la part attend le tour suivant ou se partage de nouveau.
choices-kind-follow = Suivre une autre structure
choices-kind-follow-hint = Votre part va où la sienne va, dans les mêmes proportions.
choices-kind-software = Toujours le même logiciel
choices-kind-software-hint = Votre part va à parts égales aux fonctionnalités de ce logiciel, dans la limite de ce qui leur manque.
choices-follows = Si vous suivez : quelle structure ?
choices-software = Si c'est un logiciel : lequel ?
choices-software-hint = Son nom, comme sur les pages des fonctionnalités.
choices-yearly = Plafond par an
choices-yearly-hint = Au-delà, la part attend.
choices-save = Enregistrer ce choix
choices-end = Ne plus avoir de choix permanent
choices-saved = C'est noté. Vous pouvez changer d'avis à tout moment.
choices-ended = C'est noté : plus de choix permanent.
choices-binds = Une fonctionnalité qui réunit ainsi son prix plancher est financée : ce que votre part y a mis ne revient plus.
refusal-choice-no-shares = Dans ce pot, il n'y a pas de part à répartir : chaque structure y promet sur une fonctionnalité.
refusal-choice-circle = Cette structure suit déjà la vôtre, directement ou par une autre : aucune des deux ne choisirait. Choisissez-en une autre.
refusal-choice-hidden = Cette structure ne montre pas ses montants : la suivre les dirait à sa place. Choisissez-en une autre.
