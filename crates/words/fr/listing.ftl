### Ce que les hébergeurs publient ailleurs (« chatonsinfos »), et ce que chacun en confirme.

listing-title = Lire des fichiers chatonsinfos
listing-lead = Beaucoup d'hébergeurs publient déjà, dans des fichiers, les services qu'ils font tourner. Donnez l'adresse du fichier de la fédération : ses structures et leurs logiciels apparaissent ici. Rien ne compte avant que chaque structure n'ait confirmé ce qui la concerne.
listing-limits = Au plus 200 fichiers de 256 Ko, lus l'un après l'autre ; ni contact ni nom de personne n'en est gardé.
listing-own = Le fichier que cette instance publie d'elle-même
listing-url = Adresse du fichier
listing-url-hint = Celui de la fédération, ou d'une seule structure : https://…/chatons.properties
listing-act = Lire les fichiers
listing-begun = La lecture a commencé. Rechargez cette page dans une minute.
listing-goes-on = Une lecture est en cours : rechargez cette page dans une minute.
listing-last = Dernière lecture
listing-failed = Rien n'a été écrit : le droit manque, ou la base de données était occupée.
listing-unchanged = { $files ->
    [one] { $files } fichier lu, { $organisations } structures : rien n'a changé.
   *[other] { $files } fichiers lus, { $organisations } structures : rien n'a changé.
}
listing-done = { $files ->
    [one] { $files } fichier lu : { $organisations } structures, dont { $members } membres du collectif, pour { $services } services.
   *[other] { $files } fichiers lus : { $organisations } structures, dont { $members } membres du collectif, pour { $services } services.
}
listing-troubles = { $count ->
    [one] { $count } fichier n'a pas été pris
   *[other] { $count } fichiers n'ont pas été pris
}
listing-trouble = { $why ->
    [not_there] Il n'y a pas de fichier à cette adresse.
    [too_large] Le fichier est trop gros.
    [not_allowed] Ce n'est pas une adresse du web.
    [other_class] Ce n'est pas le fichier attendu à cet endroit.
    [no_name] Le fichier ne dit pas de nom.
    [too_many] Il y a plus de fichiers que ce qui est lu : la lecture s'arrête ici.
   *[other] Rien ne répond à cette adresse.
}
listing-services = { $count ->
    [one] { $count } logiciel
   *[other] { $count } logiciels
}
listing-members = Membres du collectif
listing-members-lead = Reconnus par leur site ou leur nom. Chacun confirme sur sa page.
listing-others = Pas encore membres
listing-others-lead = Invitez celles qui vous manquent : ce qu'elles font tourner les attend.

listing-own-title = Logiciels
listing-own-heading = Ce que fait tourner { $name }
listing-own-lead = Les logiciels qu'une structure fait tourner comptent dans la liste commune quand elle les a confirmés.
listing-awaiting = À confirmer
listing-awaiting-lead = Lu dans les fichiers que la structure publie ailleurs.
listing-confirm-all = Tout confirmer
listing-confirm = Oui
listing-deny = Non
listing-confirmed = { $count ->
    [0] Il n'y avait plus rien à confirmer.
    [one] { $count } logiciel est confirmé.
   *[other] { $count } logiciels sont confirmés.
}
listing-denied = { $count ->
    [0] Il n'y avait plus rien à retirer.
    [one] { $count } logiciel est retiré.
   *[other] { $count } logiciels sont retirés.
}
listing-runs = Confirmés
listing-runs-none = Rien de confirmé pour l'instant.
listing-users = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
}
