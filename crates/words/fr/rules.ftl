### Les règles du collectif, en phrases, et leur formulaire.

rules-title = Les règles du collectif
rules-version-now = Version { $version }. Ce qui a commencé sous une version la garde.
rules-version-of = Version { $version }
rules-version-changed = Ce qui a changé
rules-version-because = Version { $version } : { $why }
rules-versions = Versions
rules-edit = Changer les règles
rules-edit-lead = Chaque changement est une nouvelle version, avec sa raison. Ce qui a commencé avant garde les règles d'avant.
rules-changed = Les règles ont changé.
rules-reason = Pourquoi ce changement ?
rules-reason-hint = Tout le monde peut le lire : la décision, sa date.

rules-tracks = Les parcours
rules-track-up-to = Jusqu'à { $ceiling } : { $track }.
rules-track-beyond = Au-delà, une page peut réunir les structures qui en ont besoin ; son financement n'est pas encore possible dans Popote.
rules-track-any = Au-delà : { $track }.
rules-ceiling = Plafond du parcours « { $track } »
rules-ceiling-hint = Vide pour le dernier parcours : sans plafond.
rules-needers = { $count ->
    [one] Dans le parcours léger, { $count } structure doit en avoir besoin, ou toutes si elles sont moins nombreuses.
   *[other] Dans le parcours léger, { $count } structures doivent en avoir besoin, ou toutes si elles sont moins nombreuses.
}
rules-needers-label = Structures qui doivent en avoir besoin (parcours léger)

rules-money = L'argent
rules-sharing = Partage d'un tour
rules-sharing-equal = Un tour partage l'argent à parts égales.
rules-sharing-paid = Un tour partage l'argent au prorata des versements.
rules-sharing-mixed = Un tour partage { $percent } à parts égales, le reste au prorata des versements.
rules-sharing-manual = Un tour partage l'argent par des montants donnés à la main.
rules-gifts = { $how ->
    [rule] Un tour partage les dons selon la même règle.
    [decision] Les dons ne sont pas partagés : une décision du collectif les met sur des fonctionnalités, écrite par une personne et suivie par une autre.
    [wish] Un tour partage les dons selon la même règle, et montre aux membres ce que souhaitent les personnes qui donnent.
   *[other] Un tour partage les dons à parts égales.
}
rules-reserve = { $percent } de chaque partage vont à la réserve du pot ; jamais rien des dons.
rules-reserve-label = Réserve du pot, en % de chaque partage
rules-reserve-hint = Par exemple 2 ou 2,5 ; 0 si rien.
rules-cap = Une structure met { $cap } au plus sur une même fonctionnalité.
rules-no-cap = Une structure peut mettre toute sa part sur une même fonctionnalité.
rules-trigger = Quand le prix plancher est atteint
rules-trigger-at-once = Dès que le prix plancher est atteint, la fonctionnalité est financée.
rules-trigger-confirmed = { $days ->
    [one] Quand le prix plancher est atteint, une personne référente confirme ; après { $days } jour, le silence confirme.
   *[other] Quand le prix plancher est atteint, une personne référente confirme ; après { $days } jours, le silence confirme.
}
rules-trigger-confirmed-label = Une personne référente confirme ; le silence confirme aussi.
rules-trigger-days = Jours avant que le silence confirme
rules-unspent-carry = Ce qui n'est pas réparti à la fin d'un tour reste à la structure.
rules-unspent-lapse = Ce qui n'est pas réparti à la fin d'un tour revient au pot commun.
rules-surplus = Ce qui reste d'une fonctionnalité, dans cet ordre : { $uses }.
rules-surplus-use = { $way ->
    [warranty] gardé pour la garantie
    [maintenance] maintenance du même logiciel, si c'est voté
    [back] rendu à qui l'a mis, selon sa provenance
   *[other] autre
}
rules-refunds = Rendre de l'argent à une structure
rules-refunds-never = L'argent versé reste dans le pot.
rules-refunds-by-decision = L'argent versé peut revenir à une structure, par une décision du collectif, cas par cas.

rules-amounts = Qui voit les montants
rules-amounts-public = Tout le monde voit les montants de chaque structure.
rules-amounts-members = Seuls les membres voient les montants de chaque structure.
rules-amounts-own-choice = Chaque structure choisit si ses montants sont publics.
rules-amounts-one-person = Une structure d'une seule personne peut garder les siens : ce sont des données personnelles.
rules-amounts-past = Si les montants deviennent publics plus tard, les structures qui avaient déjà de l'argent ici gardent les leurs masqués jusqu'à leur accord ; un courriel le leur demande.
rules-amounts-always = Chaque structure voit les siens, la trésorerie voit ceux de toutes.
rules-amounts-three = Quand une structure masque ses montants, au moins trois sont masquées ensemble, dans les comptes comme sur chaque fonctionnalité où elle met de l'argent : sinon le total, moins ce qui est montré, dirait le sien. S'il en manque, celles qui ont eu de l'argent ici les premières sont masquées avec elle, même si elles préfèrent montrer les leurs.
rules-amounts-batch = Tant que des montants sont masqués, ce que voit une personne extérieure avance par quarts d'heure : un total suivi à la minute dirait qui vient de payer.
rules-totals-public = Les totaux sont toujours publics.

rules-delays = Les délais
rules-delay = { $count ->
    [one] { $what } : { $count } jour.
   *[other] { $what } : { $count } jours.
}
rules-delay-name = { $name ->
    [idea] Une idée seule avant de s'endormir
    [gathering] Réunir les besoins
    [scoping] Cadrer
    [upstream] Attendre l'avis de l'équipe du logiciel
    [costing] Chiffrer
    [choosing] Choisir
    [contracting] S'accorder sur un contrat
    [accepting] Vérifier ce qui est livré
    [steward_answer] Réponse des personnes référentes
    [terms] Reprendre sa part quand les conditions changent
    [payment] Payer ce qu'on a promis, une fois la fonctionnalité financée
    [building] Réaliser, une fois la fonctionnalité financée (confiance)
   *[other] Autre délai
}
rules-one-day-a-month = { $count ->
    [one] Les délais que Popote compte (étapes, réalisation, réponses) tombent le { $day } du mois, après au moins { $count } jour. Le dernier jour d'un tour ou d'une fonctionnalité est proposé ainsi ; un tour qui en a un autre le dit.
   *[other] Les délais que Popote compte (étapes, réalisation, réponses) tombent le { $day } du mois, après au moins { $count } jours. Le dernier jour d'un tour ou d'une fonctionnalité est proposé ainsi ; un tour qui en a un autre le dit.
}
rules-month-day = { $nth ->
    [first] premier
    [second] deuxième
    [third] troisième
   *[other] quatrième
} { $weekday ->
    [monday] lundi
    [tuesday] mardi
    [wednesday] mercredi
    [thursday] jeudi
    [friday] vendredi
    [saturday] samedi
   *[other] dimanche
}
rules-rest-month = Aucun de ces délais ne tombe en { $month }.
rules-template-legend = Pour commencer
rules-template = { $template ->
    [informal] Entre gens qui se connaissent
    [association] Une petite association
   *[other] L'argent d'autres personnes
}
rules-template-hint = { $template ->
    [informal] Le parcours de confiance, peu d'étapes.
    [association] La confiance pour les petites sommes, un parcours plus complet au-dessus, qui dans cette version s'arrête au financement ; ce qui n'est pas réparti reste à chaque structure ; les souhaits des personnes qui donnent sont montrés.
   *[other] Des comptes à rendre : pas de parcours de confiance, la confirmation d'un·e référent·e, une réserve, des dons mis par décision. Les étapes des grosses sommes viendront avec une prochaine version.
}
rules-template-from = Partir d'un modèle (rien ne change avant d'enregistrer) :
