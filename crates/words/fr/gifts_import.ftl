### L'import des dons d'un tableau.

gifts-import-title = Importer des dons
gifts-import-lead = Collez le tableau de votre banque ou de votre page de dons (HelloAsso, Liberapay…), ou envoyez-le en CSV. Rien n'est enregistré avant que vous ayez vu ce que cela ferait ; le même tableau deux fois n'enregistre rien deux fois.
gifts-import-columns = La première ligne nomme les colonnes : « date », « montant » et « référence » (celle du paiement, différente à chaque ligne) ; avec une colonne « statut », seuls les paiements validés comptent ; une colonne « souhait » garde ce que la personne souhaite. Les noms des personnes qui donnent ne sont pas gardés.
gifts-import-fund-name = Dons en ligne
gifts-import-preview = Ce que l'import enregistrerait
gifts-import-would = { $count ->
    [0] Rien de nouveau : aucun don à enregistrer.
    [one] Un don à enregistrer : { $sum }.
   *[other] { $count } dons à enregistrer : { $sum } en tout.
}
gifts-import-effect = { $effect ->
    [records] enregistré
   *[other] laissé de côté : le statut dit que l'argent n'est pas arrivé
}
gifts-import-known = déjà là : écriture { $number }
gifts-import-stale = Des dons ont été enregistrés depuis cet aperçu. Voici ce que l'import ferait maintenant.
gifts-import-confirm = Enregistrer ces dons
gifts-import-done = { $count ->
    [0] Rien de nouveau : tous ces dons étaient déjà là.
    [one] Un don est enregistré.
   *[other] { $count } dons sont enregistrés.
}
