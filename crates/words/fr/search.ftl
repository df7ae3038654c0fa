### La recherche : un champ, ce qui a été trouvé.

search-title = Rechercher
search-label = Chercher dans ce collectif
search-box = Rechercher
search-filters = Ce que l'on cherche
search-filter-all = Tout
search-filter-needs = Besoins
search-filter-features = Fonctionnalités
search-filter-software = Logiciels
search-filter-comments = Commentaires
search-filter-ads = Annonces
search-kind-need = Besoin
search-kind-feature = Fonctionnalité
search-kind-software = Logiciel
search-kind-comment = Commentaire
search-kind-ad = Annonce
search-nothing-typed = Tapez un mot ou deux : les besoins, les fonctionnalités, les logiciels et les commentaires sont fouillés, en français comme en anglais.
search-little-words = Ces mots sont trop courants pour dire ce que vous cherchez : ajoutez-en un plus précis.
search-none = Rien ne correspond à « { $query } ». Essayez moins de mots, ou d'autres.
search-cut = Seuls les 200 premiers caractères ont été cherchés.
search-count = { $count ->
    [one] Un résultat
   *[other] { $count } résultats
}
search-feed = Suivre cette recherche (Atom)
search-feed-title = { $author } : « { $query } »
search-calendar = Ses échéances dans un agenda
