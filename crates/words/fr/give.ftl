### Donner : la page de qui veut donner, et ce qu'en dit la structure porteuse.

give-title = Un don pour { $collective }
give-lead = C'est { $host }, structure porteuse, qui reçoit les dons et les garde pour financer des fonctionnalités de logiciels libres.
give-button = Donner au pot commun
give-by-transfer = Par virement
give-to = Bénéficiaire
give-says = Libellé à indiquer
give-label = Don pot commun { $slug }
give-amount = Montant
give-amount-hint = Facultatif : le code QR en tient compte.
give-set-amount = Mettre à jour le code
give-qr = Code QR du virement
give-qr-lead = À photographier avec l'application de votre banque : elle remplit le virement, vous relisez et validez.
give-iban-waits = Un autre IBAN est annoncé à partir du { $from }, sauf si le collectif l'arrête : relisez cette page avant un virement à venir.
give-elsewhere = Donner sur { $name }
give-what-title = Ce que devient un don
give-what = Un don n'appartient à aucune structure. À chaque tour, il s'ajoute à ce que les structures membres se partagent pour financer des fonctionnalités ; ce qui n'a pas servi revient aux dons, jamais à une structure.
give-receipts-yes = { $host } déclare pouvoir délivrer un reçu fiscal : demandez-le-lui en donnant.
give-receipts-no = Pas de reçu fiscal : un don n'ouvre droit ici à aucune réduction d'impôt.
give-seen = Un don apparaît dans les comptes publics dès que la trésorerie l'a enregistré ; votre nom n'y est que si vous l'avez demandé.
give-settings = Dons du public
give-open = Accepter les dons du public
give-open-hint = Ouvre la page « Donner » : tout le monde y lit l'IBAN et le lien ci-dessous.
give-link = Page de dons ailleurs
give-link-hint = Par exemple votre formulaire HelloAsso : https://www.helloasso.com/…
give-receipts = La structure porteuse peut délivrer des reçus fiscaux
give-receipts-hint = À ne cocher que si elle en a le droit (intérêt général, rescrit) : un reçu délivré à tort expose à une amende.
