### Deux besoins qui sont le même : proposer de les fusionner, répondre, séparer.

merging-title = Fusionner deux besoins
merging-lead = Tout ce qui est ici passe à l'autre besoin : les structures qui en ont besoin, les pistes, les liens, les commentaires, les personnes qui le suivent. L'ancienne adresse y mènera.
merging-link = C'est le même besoin qu'un autre
merging-target = Numéro ou adresse du besoin qui reste
merging-target-hint = Par exemple 12
merging-target-unknown = Aucun besoin ouvert de ce collectif n'a ce numéro.
merging-reason = Pourquoi est-ce le même ?
merging-like = Ceux qui lui ressemblent
merging-propose = Proposer la fusion
merging-yours = Votre structure l'a écrit : la fusion se fait tout de suite.
merging-asks = La personne qui l'a écrit sera prévenue. Sans réponse sous 7 jours, la fusion se fait.
merging-proposed = La fusion est proposée : la personne qui a écrit ce besoin est prévenue.
merging-done = Les deux besoins n'en font plus qu'un.
merging-pending = { $name } propose de fusionner ce besoin avec « { $title } ». Sans réponse, ce sera fait le { $date }.
merging-accept = C'est bien le même
merging-refuse = Ce n'est pas le même
merging-withdraw = Retirer la proposition
merging-part = Séparer à nouveau
merging-part-hint = Ce qui était venu de ce besoin y retourne.
merging-answered = { $answer ->
    [accept] Les deux besoins n'en font plus qu'un.
    [refuse] C'est noté : les deux besoins restent séparés.
    [withdraw] La proposition est retirée.
   *[other] Les deux besoins sont à nouveau séparés.
}
merging-came = Besoins réunis ici
merging-moved = Ce besoin a été réuni avec « { $title } », où se trouve tout ce qui en vient.
merging-while-editing = Pendant que vous écriviez, ce besoin a été réuni avec « { $title } ». Votre texte est gardé ci-dessous : comparez, et reportez-y ce qui manque.
merging-mail-asked-subject = « { $title } » : le même besoin qu'un autre ?
merging-mail-asked = { $by } propose de réunir votre besoin « { $title } » avec « { $into } ».
merging-mail-until = Vous pouvez accepter ou refuser. Sans réponse, ils seront réunis le { $date }.
merging-mail-done-subject = « { $title } » est réuni avec un autre besoin
merging-mail-done = Le besoin « { $title } » que vous suivez est maintenant réuni avec « { $into } » : tout y est.

## Les refus

merging-refusal-itself = C'est le même besoin : choisissez-en un autre.
merging-refusal-not-open = L'un des deux besoins n'est plus ouvert.
merging-refusal-proposed = Une fusion de ce besoin est déjà proposée.
merging-refusal-refused = La structure qui l'a écrit a déjà dit que ce n'est pas le même.
merging-refusal-nothing = Il n'y a plus rien à répondre ni à défaire ici.
merging-refusal-not-yours = C'est à la structure qui a écrit ce besoin de répondre.

## Les besoins qui ressemblent à celui qu'on écrit

similar-title = Est-ce déjà l'un de ceux-ci ?
similar-lead = Rejoindre un besoin qui existe pèse plus que d'en écrire un second.
similar-certain = C'est le même : il cite le même ticket.
similar-supporters = { $count ->
    [0] Personne ne l'a encore rejoint
    [one] Une structure en a besoin
   *[other] { $count } structures en ont besoin
}
similar-join = Nous en avons besoin aussi
similar-none-of-them = Aucun de ceux-ci : publier le nôtre
similar-live = Besoins qui ressemblent au vôtre
similar-joined = C'est noté : votre structure en a besoin aussi.
needs-badge = { $count ->
    [0] Personne ne l'a encore rejoint
    [one] 1 structure en a besoin
   *[other] { $count } structures en ont besoin
}

## L'histoire

story-merging = { $kind ->
    [need_merge_proposed] { $organisation } propose de réunir le besoin « { $title } » avec « { $into } »
    [need_merged] Le besoin « { $title } » est réuni avec « { $into } »
    [need_merge_refused] Le besoin « { $title } » reste séparé : ce n'est pas « { $into } »
    [need_merge_withdrawn] La proposition de réunir le besoin « { $title } » avec « { $into } » est retirée
   *[other] Le besoin « { $title } » est à nouveau séparé : il n'est plus réuni avec « { $into } »
}
