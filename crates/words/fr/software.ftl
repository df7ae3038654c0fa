### Les logiciels que les membres font tourner, et ce qu'on en sait.

software-title = Logiciels
software-lead = Ce que les membres font tourner, du plus partagé au moins partagé, et ce qui y manque.
software-new = Inscrire un logiciel
software-edit = Modifier la fiche
software-empty = Aucun logiciel n'est encore inscrit.
software-empty-next = Inscrivez le premier, puis dites « nous l'hébergeons » : on verra ce que les membres ont en commun.
software-caption = Les logiciels, ceux que le plus de membres hébergent en premier
software-name = Nom
software-hosted-by = Hébergé par
software-users = Personnes
software-needs = Besoins ouverts
software-features = Fonctionnalités
software-licence = Licence
software-licence-hint = En écriture SPDX, par exemple : AGPL-3.0-or-later
software-website = Site
software-repository = Dépôt du code
software-roadmap = Feuille de route
software-funding = Page de dons
software-maintainers = Qui le maintient
software-maintainers-hint = « L'équipe », une association, une entreprise : ne nommez personne sans son accord.
software-description = Présentation
software-description-hint = Ce que c'est, en quelques lignes. Markdown.
software-headline = { $count ->
    [0] Aucune structure ne dit encore l'héberger.
    [one] { $count } structure l'héberge.
   *[other] { $count } structures l'hébergent.
}
software-headline-users = { $users ->
    [one] { $shown } personne l'utilise.
   *[other] { $shown } personnes l'utilisent.
}
software-opted-out-tag = Pas de demandes financées
software-opted-out = Pas de demandes financées, merci : l'équipe de ce logiciel n'en veut pas. On peut dire ce qui manque, mais aucune fonctionnalité ne s'ouvre pour lui.
software-opted-out-where = Là où elle le dit
software-opted-out-legend = L'équipe du logiciel
software-opted-out-box = Pas de demandes financées, merci
software-opted-out-hint = Cochez si l'équipe le demande : aucune fonctionnalité ne pourra s'ouvrir. Seule une personne référente décoche.
software-opted-out-url = Où l'équipe le dit
software-yes = oui
software-no = non
software-form-lead = Tout se complète plus tard, par n'importe quel membre. Ce que la fiche disait avant reste lisible.
software-missing = Ce qui manque
software-missing-empty = Aucun besoin ouvert ne concerne ce logiciel.
software-all-needs = Tous ses besoins
software-who = Qui l'héberge
software-who-nobody = Personne ne l'a encore dit.
software-organisation = Structure
software-unconfirmed = lu ailleurs, pas encore confirmé par la structure
software-users-ours = Combien de personnes l'utilisent chez vous ?
software-url-ours = Adresse de votre service
software-host = Nous l'hébergeons
software-host-change = Enregistrer
software-stop = Nous ne l'hébergeons plus
software-runs = Les logiciels qu'elle héberge
software-hosted-done = C'est noté : votre structure l'héberge.
software-stopped-done = C'est noté : votre structure ne l'héberge plus.

refusal-software-steward-lifts = Seule une personne référente peut dire que l'équipe accepte de nouveau des demandes financées.
refusal-software-already-so = C'est déjà le cas.
