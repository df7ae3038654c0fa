### La grille des logiciels : critères, constats, et ce qui en suit.

eligibility-criterion = { $key ->
    [free_licence] Licence libre
    [privacy] Respect de la vie privée : aucun traceur, ou seulement pour qui l'active
    [governance] Gouvernance : qui porte le projet, et comment il décide
    [decentralised] Décentralisé
    [interoperable] Interopérable
    [secure] Sûr : les failles connues sont vite corrigées
    [accessible] Interface accessible
    [french] En français, ou traduisible
    [frugal] Frugal : du matériel modeste suffit
   *[other] Critère
}

eligibility-lead = Ce que les membres ont constaté, critère par critère. Un « non » à un critère essentiel demande une décision motivée avant tout financement.
eligibility-heading = La grille du logiciel { $software }
eligibility-essential = Critères essentiels
eligibility-secondary = Critères secondaires
eligibility-score-said = Critères secondaires : { $score } sur { $total }.
eligibility-link = Voir la grille et constater
eligibility-blocks = Sans lui, aucun financement

eligibility-verdict = { $verdict ->
    [yes] oui
    [partly] en partie
    [no] non
    [contested] avis différents
   *[other] pas évalué
}
eligibility-by-licence = La licence écrite, { $licence }
eligibility-by-licence-not = Ne sont pas libres : { $names }.
eligibility-by-licence-yes = Tout ce que l'expression laisse choisir est approuvé par l'OSI ou classé libre par la FSF.
eligibility-settled-by = Tranché par { $who }
eligibility-settled-by-steward = Tranché par un·e référent·e
eligibility-found-by = { $who }, pour { $organisation }
eligibility-some-member = Une personne membre
eligibility-nobody = Personne ne l'a encore évalué.
eligibility-history = Constats précédents

eligibility-licence-title = Ce que dit la licence
eligibility-licence = { $kind ->
    [free] Libre, quelle que soit la branche choisie.
    [none] Aucune licence n'est écrite : non évaluée.
   *[other] Non évaluée.
}
eligibility-licence-not-free = Pas libre : { $names }.
eligibility-licence-unlisted = Non évaluée : { $names } ne figure dans aucune liste. Constatez vous-même.
eligibility-licence-unread = { $problem ->
    [exception] Non évaluée : « { $part } » n'est pas une exception de la liste SPDX.
    [brackets] Non évaluée : une parenthèse est ouverte ou fermée en trop, près de « { $part } ».
    [order] Non évaluée : quelque chose manque ou est en trop, près de « { $part } ». Les licences se relient par AND, OR ou WITH.
    [long] Non évaluée : l'expression est trop longue.
   *[other] Non évaluée : « { $part } » n'est pas un nom de la liste SPDX.
}
eligibility-licence-meant = Peut-être : { $names } ?

eligibility-assess-title = Constater
eligibility-assess-lead = Votre dernier constat sur un critère remplace le précédent, qui reste lisible.
eligibility-assess-criterion = Critère
eligibility-assess-verdict = Constat
eligibility-assess-evidence = Ce qui le montre
eligibility-assess-evidence-hint = Où le lire, ce que vous avez essayé, à quelle date. Tout le monde peut le lire.
eligibility-assess-act = Enregistrer le constat
eligibility-assessed = Votre constat est enregistré.
eligibility-needs-mandate = Pour constater, il faut un mandat d'une structure membre.

eligibility-settle-title = Trancher entre des avis différents
eligibility-settle-lead = Votre constat vaut pour le collectif, jusqu'à ce que quelqu'un constate autre chose.
eligibility-settled = C'est tranché.

eligibility-waiver-title = Financer malgré un « non »
eligibility-waiver-lead = Une décision du collectif, avec ses raisons, permet de financer des fonctionnalités de ce logiciel bien qu'un critère essentiel ne soit pas rempli. Elle ne lève pas un critère sans lequel les règles n'admettent aucun financement.
eligibility-waiver-decision = Décision
eligibility-waiver-choose = Choisir une décision écrite
eligibility-waiver-reason = Pourquoi financer quand même
eligibility-waiver-act = Financer quand même
eligibility-waived = C'est noté : ses fonctionnalités peuvent être financées.
eligibility-waiver-stands = Décidé le { $date } : { $decision }. { $reason }
eligibility-waiver-end = Retirer
eligibility-waiver-ended = C'est retiré : un « non » essentiel demande de nouveau une décision.
eligibility-to-decision = Écrire une décision

eligibility-warns = Critères essentiels non remplis : { $criteria }. Le financement de ses fonctionnalités demande une décision motivée, écrite sur la grille du logiciel.
eligibility-blocked = Les règles n'admettent aucun financement : { $criteria }.

eligibility-refusal-blocked = Les règles n'admettent pas de financement pour ce logiciel : { $criteria }. Ce qui est constaté se trouve sur sa grille.
eligibility-refusal-needs-reason = Un critère essentiel de ce logiciel n'est pas rempli : { $criteria }. Un·e référent·e indique sur sa grille la décision motivée de financer quand même.
eligibility-refusal-nothing-to-settle = Les avis ne diffèrent pas : il n'y a rien à trancher.
eligibility-refusal-nothing-to-waive = Aucun critère essentiel n'est constaté comme non rempli : aucune décision n'est nécessaire.

rules-grid = Les critères des logiciels
rules-grid-lead = Ce qu'on regarde d'un logiciel avant d'y mettre de l'argent. Vos mots remplacent les mots habituels ; un poids de zéro ne compte pas.
rules-grid-line = { $level ->
    [blocks] Essentiel, et sans lui aucun financement : { $criterion }.
    [essential] Essentiel : { $criterion }.
   *[other] Secondaire : { $criterion }.
}
rules-grid-weighs = Secondaire, poids { $weight } : { $criterion }.
rules-grid-wording = Vos mots
rules-grid-wording-hint = Vide : les mots habituels.
rules-grid-own-hint = Vide : le critère disparaît des règles.
rules-grid-weight = Poids dans la note
rules-grid-block = Sans lui, aucun financement
rules-grid-new = Un critère de plus
rules-grid-new-hint = Vide : aucun.
rules-grid-is-essential = Essentiel
rules-grid-is-secondary = Secondaire
eligibility-own-criterion = un critère ajouté par vos règles
eligibility-refusal-by-one-person = Une autre personne doit avoir écrit la décision.
