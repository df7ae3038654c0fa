### Le journal : ce que prouve le fichier public, ce que vérifie chaque contrôle, pourquoi une écriture ne s'annule pas.

journal-proves = Ce fichier prouve que chaque écriture suit la précédente sans trou ni retouche, que les montants, les totaux par nature d'écriture et par sorte de poste sont ceux qui ont été écrits, et, pour ce qui est ouvert (sel et valeur), à quel poste et à quelle structure chaque montant se rapporte. Il ne prouve pas que les mouvements de banque ont eu lieu, ni à qui se rapporte ce qui n'est pas ouvert, ni les noms des structures, que la chaîne ne contient pas. Gardez l'empreinte de fin de chaque livre : un fichier plus récent doit la prolonger.

invariant-title = { $code ->
    [I1] Argent en caisse et déficit égalent ce qui est dû à chacun·e ; promesses égalent droits
    [I2] Chaque poste vaut ses entrées moins ses sorties
    [I3] Chaque poste reste dans ses bornes, chaque mouvement est de sa nature
    [I4] Ce qui n'arrive qu'une fois n'est arrivé qu'une fois
    [I5] La chaîne est entière et prolonge ce qui a été publié
    [I6] Rien n'est annulé deux fois, et toujours au centime près
    [I7] L'argent réservé vient et va où il doit
    [I8] Par contrat, le payé ne dépasse pas le dû
    [I9] Une fonctionnalité terminée ne retient plus d'argent
    [I10] On ne rend à une structure que son propre argent
    [I11] Chaque don reste dans son fonds, est dépensé ou rendu
    [I12] Chaque écriture a son auteur·ice et ses pièces
    [I13] Chaque mouvement de banque se retrouve sur un relevé
    [I14] Rien ne reste sans destinataire
    [I15] Rien n'est daté dans une période close
    [I16] Chaque contrat est couvert ; un pot direct ne détient rien
    [I17] Un seul partage par tour, jamais plus que ce qui est présent
    [I18] Une structure partie ne laisse que ce qu'elle a choisi de laisser
    [I19] L'argent d'une fonctionnalité suit son étape et son maximum
    [I20] L'étape d'une fonctionnalité découle de son histoire
    [I21] Chaque appel payé a été appelé
    [I22] Chaque paiement a deux signataires
    [I23] La somme affichée d'une fonctionnalité est celle de ses mouvements
    [I24] Ce que la chaîne ne contient pas n'a pas été retouché, et les protections de la base sont en place
    [chain] Chaque écriture suit la précédente
    [commitments] Ce qui est ouvert est bien ce qui était scellé
    [legs] Chaque mouvement est de sa nature
    [balances] Les montants de chaque poste sont les bons, et restent dans leurs bornes
    [totals] Les totaux par nature d'écriture sont les bons
    [heads] Le fichier prolonge les empreintes gardées
   *[other] Contrôle inconnu
}
invariant-status = { $status ->
    [holds] vérifié
    [nothing_yet] rien à vérifier pour l'instant
    [warning] à regarder
    [breached] rompu
   *[other] inconnu
}

reversal-other-way = Cette écriture ne s'annule pas à la main : elle a son propre contraire.
reversal-is-reversal = Une annulation ne s'annule pas.
reversal-already = Déjà annulée par l'écriture n° { $seq }.
reversal-allocated = Une structure a déjà posé sa part dans ce tour : le partage ne s'annule plus. Ce qui manque à une structure pourra lui être donné au tour suivant, par un partage à la main.
reversal-gone-shared = Cette écriture ne s'annule pas telle quelle : { $missing } de son argent ont été partagés au tour { $round }, et l'argent entré depuis vient d'autres versements. Annulez d'abord le partage de ce tour, puis cette écriture, puis partagez de nouveau.
reversal-gone-shared-for-good = Cette écriture ne s'annule plus : { $missing } de son argent ont été partagés au tour { $round }, où une structure a déjà posé sa part ; l'argent entré depuis vient d'autres versements. Si une autre structure avait payé, rendez-lui son dû au tour suivant, par un partage à la main. Si cet argent n'est jamais arrivé, il en manque autant en banque : le collectif décide qui le verse.
reversal-gone-put = Ce partage ne s'annule plus : { $missing } des parts qu'il a faites sont posés sur des fonctionnalités. Ce qui manque à une structure pourra lui être donné au tour suivant, par un partage à la main.
reversal-gone-departed = { $kind ->
    [distribution] Ce partage ne s'annule plus : une structure a quitté le collectif depuis, et { $missing } de la part qu'il lui avait faite sont allés ailleurs. Ce qui manque à une structure pourra lui être donné au tour suivant, par un partage à la main.
   *[other] Cette écriture ne s'annule plus : la structure a quitté le collectif depuis, et { $missing } de cet argent sont allés au pot commun ou lui sont rendus.
}
reversal-gone-round-ended = Ce partage ne s'annule plus : le tour est terminé, et { $missing } des parts qu'il avait faites, non posés, sont repartis au pot. Ils seront partagés au tour suivant.
reversal-gone-elsewhere = { $kind ->
    [distribution] Ce partage ne s'annule plus : { $missing } des parts qu'il a faites ont servi depuis.
    [gift] Ce don ne s'annule plus : { $missing } de son argent ont servi depuis, et l'argent entré ensuite vient d'autres dons.
   *[other] Cette écriture ne s'annule plus : { $missing } de son argent ont servi depuis, et l'argent entré ensuite vient d'autres versements.
}
