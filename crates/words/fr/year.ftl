### L'année d'une structure dans le pot : ce qu'elle montre à son assemblée générale.

year-title = { $organisation } : l'année { $year }
year-scope = Pot commun « { $collective } », { $period }.
year-lead-paid = La structure a versé { $paid }.
year-lead-paid-and-repaid = La structure a versé { $paid }, et { $repaid } lui ont été remboursés.
year-lead-bounced = Un remboursement de { $amount } est revenu.
year-lead-undone = Des versements ont été annulés : { $amount }.
year-lead-put = { $count ->
    [0] Rien n'a été posé sur une fonctionnalité.
    [one] { $placed } ont été posés sur une fonctionnalité.
   *[other] { $placed } ont été posés sur { $count } fonctionnalités.
}
year-lead-back = { $amount } sont revenus de fonctionnalités.
year-lead-repaid = { $amount } lui ont été remboursés.
year-share = La part à répartir
year-share-caption = Ce qui est entré dans la part, et ce qui en est sorti
year-day = Part au { $day }
year-put-down = Posé sur des fonctionnalités
year-came-back = Revenu de fonctionnalités
year-owed = Ce que le pot lui doit
year-owed-caption = Ce qui est à rembourser à la structure, et ce qui l'a été
year-owed-day = À rembourser au { $day }
year-features-funded = Les fonctionnalités financées
year-features-waiting = Pas encore financées, ou arrêtées avant de l'être
year-top-ups = Les compléments décidés
year-top-ups-caption = Ce qui, dans ces sommes, a été posé par décision sur une fonctionnalité déjà financée
year-invoices = Les factures
year-invoices-caption = Ce que les factures acceptées ont pris de ce que la structure avait posé
year-features-caption = Ce qui a été posé pendant l'année, moins ce qui est revenu
year-software = Logiciel
year-state = Où elle en est
year-put = Posé
year-spent = Facturé et accepté
year-paid-in = Les versements
year-paid-in-caption = Ce que la structure a versé dans le pot, à quel titre, et ce qui lui a été remboursé
year-promised = Les promesses
year-called = Les appels de fonds
year-payments = Les paiements
year-nothing = Aucun mouvement cette année-là.
year-check = Document établi le { $day } d'après le journal du pot, qui se vérifie ici : { $address }
year-pdf = Télécharger en PDF
year-csv = Télécharger pour un tableur (CSV)
year-others = Autres années
year-for-assembly = Pour votre assemblée générale :
year-one = L'année { $year }
