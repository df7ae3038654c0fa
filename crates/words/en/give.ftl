### Giving: the page of whoever wants to give, and what the host says of it.

give-title = Give to { $collective }
give-lead = The host, { $host }, receives gifts and keeps them to fund features of free software.
give-button = Give to the common pot
give-by-transfer = By transfer
give-to = Payee
give-says = Label to write
give-label = Gift common pot { $slug }
give-amount = Amount
give-amount-hint = Optional: the QR code takes it up.
give-set-amount = Update the code
give-qr = QR code of the transfer
give-qr-lead = To be scanned with your bank's app: it fills in the transfer, you read it again and confirm.
give-iban-waits = Another IBAN is announced from { $from } on, unless the collective stops it: read this page again before a later transfer.
give-elsewhere = Give on { $name }
give-what-title = What becomes of a gift
give-what = A gift belongs to no organisation. In each round it adds to what the member organisations share out to fund features; what was not used returns to the gifts, never to an organisation.
give-receipts-yes = { $host } declares that it may write a tax receipt: ask for it when you give.
give-receipts-no = No tax receipt: a gift here gives no right to a tax reduction.
give-seen = A gift appears in the public accounts as soon as the treasurers recorded it; your name is there only if you asked for it.
give-settings = Gifts from the public
give-open = Take gifts from the public
give-open-hint = Opens the page "Give": everybody reads there the IBAN and the link below.
give-link = Page for gifts elsewhere
give-link-hint = For instance your HelloAsso form: https://www.helloasso.com/…
give-receipts = The host may write tax receipts
give-receipts-hint = Tick only if it has that right: an undue receipt is fined.
