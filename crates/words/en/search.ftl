### Searching: one box, what was found.

search-title = Search
search-label = Search this collective
search-box = Search
search-filters = What is searched
search-filter-all = Everything
search-filter-needs = Needs
search-filter-features = Features
search-filter-software = Software
search-filter-comments = Comments
search-filter-ads = Ads
search-kind-need = Need
search-kind-feature = Feature
search-kind-software = Software
search-kind-comment = Comment
search-kind-ad = Ad
search-nothing-typed = Type a word or two: needs, features, software and comments are searched, in French and in English.
search-little-words = These words are too common to say what you look for: add one that says more.
search-none = Nothing matches “{ $query }”. Try fewer words, or others.
search-cut = Only the first 200 characters were searched.
search-count = { $count ->
    [one] One result
   *[other] { $count } results
}
search-feed = Follow this search (Atom)
search-feed-title = { $author }: “{ $query }”
search-calendar = Its dates in a calendar
