### Mettre des dons sur une fonctionnalité, par une décision.

gifts-put-title = Mettre des dons sur une fonctionnalité
gifts-put-lead = Ici, les dons ne sont pas partagés entre les membres, une décision du collectif les met sur des fonctionnalités. Ils ne sont la part de personne ; si la somme n'est pas réunie, ils reviennent à leur fonds.
gifts-put-fund = De quel fonds ?
gifts-put-fund-of = { $name } : { $amount }
gifts-put-feature = Sur quelle fonctionnalité ?
gifts-put-decision = Par quelle décision ?
gifts-put-two = Une autre personne doit avoir écrit la décision. Peuvent l'écrire : { $names }.
gifts-put-no-decision = Aucune décision ne convient encore.
gifts-put-to-decision = Écrire une décision
gifts-put-empty = Aucun fonds de dons n'a d'argent en attente.
gifts-put-choose = Choisir
gifts-put-effect = Cette somme compte aussitôt pour le prix plancher. Elle ne se reprend pas.
gifts-put-button = Mettre ces dons
gifts-put-done = { $amount } de dons sont sur « { $title } ».
gifts-put-wishes = Les derniers souhaits des personnes qui donnent, pour information : ils n'engagent personne.
gifts-put-confirm = { $amount } de dons du fonds « { $fund } » vont sur « { $title } », par la décision n° { $number } : « { $decision } ».
gifts-put-confirm-then = { $binds ->
    [adds] La fonctionnalité est déjà financée : ces dons y restent.
    [triggers] Elle atteint ainsi son prix plancher : elle est financée tout de suite, et tout ce qui y est posé y reste.
    [asks] Elle atteint ainsi son prix plancher : plus rien n'y bouge, le temps qu'une personne référente confirme.
   *[other] Personne ne peut les reprendre : ils reviennent à leur fonds seulement si elle n'est pas financée.
}
