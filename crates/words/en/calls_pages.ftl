### Calls for funds, which are order lines in a direct pot: the lists, the page of each.

calls-title = { $mode ->
    [direct] Order lines
   *[other] Calls for funds
}
calls-lead = { $mode ->
    [direct] What each organisation pays directly to whoever does the work, once the floor price is reached.
    [own] Here each organisation pays in advance: nothing is called afterwards.
   *[other] What each organisation pays to the host, once the floor price is reached.
}
calls-empty = { $mode ->
    [direct] No order line yet: there will be one for each organisation when a feature reaches its floor price.
    [own] One pays in advance in this pot: there are no calls for funds.
   *[other] No call for funds yet: there will be one for each organisation when a feature reaches its floor price.
}
calls-one = { $mode ->
    [direct] Order line { $number }
   *[other] Call for funds { $number }
}
calls-all = { $mode ->
    [direct] All order lines
   *[other] All calls for funds
}
calls-see = { $mode ->
    [direct] See the order lines
   *[other] See the calls for funds
}
calls-mine = What { $organisation } has to pay
calls-row = { $number }: { $title }
calls-for = For
calls-who = Organisation
calls-amount = Amount asked
calls-rest = Left to pay
calls-due = Due
calls-state = State
calls-said-short = said to be paid
calls-untold = { $count ->
    [one] { $count } other organisation doesn't publish its amount.
   *[other] { $count } other organisations don't publish their amounts.
}

## The page of one of them

calls-headline-rest = { $rest } to pay, { $until }
calls-headline-late = { $rest } are not paid; the last day was { $date }
calls-headline = { $state ->
    [paid] All is paid: there is nothing left to do
    [covered] Other organisations took over the rest
    [cancelled] The rest isn't asked any more
   *[other] To pay
}
calls-pay = To pay
calls-payer = Who pays
calls-payee = To whom
calls-iban = IBAN
calls-reference = Reference
calls-stuck = Nobody can confirm this payment for now: those who could have a tie to the organisation that pays, which began after the call, or have acted for the money of an organisation for less than 48 hours, or somebody else ended their role less than thirty days ago. Wait, or give the role of steward to a person without a tie to the organisation that pays; an ended mandate ties for twelve more months.
calls-invoice = { $payee } will send you an invoice: pay it directly, with this reference.
calls-no-iban = The host hasn't written down its IBAN yet: ask the treasurers of the collective.
calls-qr = QR code to pay { $amount } to { $payee }
calls-qr-hint = Read it with your bank's application, which fills in everything. This page can be printed too.
calls-say-paid-lead = Once the payment has left, say so: somebody will be asked to confirm that it arrived.
calls-say-paid = It is paid
calls-said = Noted: a mail asks for a confirmation that { $payee } has received the money.
calls-said-paid = { $organisation } said on { $date } that it paid; it remains to confirm that it arrived.
calls-unsay = It is not paid yet
calls-unsaid = Noted: it is not paid yet.
calls-figures = Where it stands
calls-received = Received
calls-repaid = Given back since
calls-covered = Taken over by others
calls-cancelled = Not asked any more
calls-receipts = What arrived
calls-receipt-undone = undone
calls-receipt-excess = of which { $excess } more than called
calls-receipt-undo = Undo the { $amount }
calls-confirm-title = Confirm what arrived
calls-confirm-lead = In the name of { $payee }: up to { $rest }, at once or in parts.
calls-confirm = Confirm that it arrived
calls-confirmed = Confirmed: { $amount } received.
calls-undone = Undone: this amount stays written down, and counts no more.
calls-amount-received = Amount received
calls-received-on = Received on
calls-record-title = Record a payment
calls-record-effect = { $rest } are left to pay. What exceeds it waits for the next call to { $organisation }.
calls-record = Record the payment
calls-recorded = Recorded: { $amount }.
calls-recorded-excess = Recorded: { $amount }, of which { $excess } more than was asked wait for the next call.
calls-cover-title = Take over
calls-cover-lead = { $rest } are missing. Nothing obliges you to take a part of it; what you take is a firm promise of your organisation, due at once.
calls-cover-amount = What we take over
calls-cover = Take over
calls-cover-said = Thank you! You take over { $amount }: { $name } awaits you.
calls-covers = Who takes over
calls-covers-for = Takes over from number { $number }, of { $organisation }
pot-await-pay = Pay { $amount } for “{ $title }”
pot-await-receive = Confirm that { $organisation } has paid for “{ $title }”
