### The work: invoices, payments, reports, objections, the end of a feature.

## Mails

work-mail-see-invoice = See the invoice:
work-mail-see-work = See the work:
work-mail-approve-subject = An invoice of { $amount } to approve for “{ $title }”
work-mail-approve = { $payee } asks for { $amount } for “{ $title }”. A first person approves the invoice, a second one authorises the payment. Check that the work invoiced is the one that was agreed.
work-mail-approve-see = Read the invoice and answer:
work-mail-authorise-subject = A payment of { $amount } to authorise for “{ $title }”
work-mail-authorise = The invoice of { $payee } ({ $amount }) for “{ $title }” is approved. Your authorisation is missing. Check the name and the IBAN by another way than this mail.
work-mail-authorise-see = Read the invoice and answer:
work-mail-due-subject = The invoice of { $amount } for “{ $title }” is accepted
work-mail-due = The invoice { $number } ({ $amount }) for “{ $title }” is approved and authorised by two persons. The treasury can pay it.
work-mail-refused-subject = The invoice of { $amount } for “{ $title }” is refused
work-mail-refused = The invoice { $reference } ({ $amount }) is refused. The reason given: { $reason }
work-mail-paid-subject = The invoice of { $amount } for “{ $title }” is paid
work-mail-paid = The transfer of { $amount } to { $payee } for the invoice { $reference } left on { $when }.
work-mail-bounced-subject = The transfer of { $amount } for “{ $title }” has to be made again
work-mail-bounced = The transfer of { $amount } for the invoice { $reference } did not go through. The reason: { $reason }
work-mail-reported-subject = “{ $title }” is done: the report
work-mail-reported = The work on “{ $title }” is finished. Here is the report:
work-mail-reported-until = If this is not what was promised, your organisation can object { $until }. Unless two organisations object, the feature counts as delivered and what was not used returns. Read and answer:
work-mail-contested-subject = Objections to “{ $title }”
work-mail-contested = Several organisations object to the report of “{ $title }”. The stewards decide { $until }: more time, delivered, delivered in part, or stopped. Without an answer, it counts as delivered.
work-mail-contested-see = Read the objections and decide:
work-mail-answered-subject = “{ $title }”: last invoices to settle
work-mail-answered = { $count ->
    [one] The report of “{ $title }” is accepted. { $count } invoice still awaits an answer: the feature ends right after.
   *[other] The report of “{ $title }” is accepted. { $count } invoices still await an answer: the feature ends right after.
}
work-mail-time-subject = More time for “{ $title }”
work-mail-time = The work on “{ $title }” may last { $until }. The reason given: { $reason }
work-mail-late-subject = “{ $title }” is late
work-mail-late = “{ $title }” was to be done by { $due }. If it is done, publish the report; if not, say where the work stands and ask a steward for time.
work-mail-last-delay = This is the last delay: without a report { $until }, the feature is abandoned and what is left returns to each organisation.
work-mail-late-see = Publish the report:
work-mail-ended-subject = { $state ->
    [delivered] “{ $title }” is delivered
    [closed_partial] “{ $title }” is delivered in part
    [closed_failed] “{ $title }” stops
   *[other] “{ $title }” is abandoned
}
work-mail-ended = { $state ->
    [delivered] “{ $title }” is delivered. Thanks to every organisation that funded it.
    [closed_partial] “{ $title }” is delivered in part: it stops there.
    [closed_failed] “{ $title }” was not done: it stops there.
   *[other] No report came for “{ $title }”: it is abandoned.
}
work-mail-reason = The reason given: { $reason }
work-mail-back-promised = { $amount } of { $organisation } were not used: what was paid waits for its next calls for funds, what was not is no longer asked.

## Stories

story-invoice-entered = An invoice of { $amount } is presented for “{ $title }”
story-invoice-approved = The invoice of { $amount } for “{ $title }” is approved by a first person
story-invoice-authorised = The invoice of { $amount } for “{ $title }” is accepted by two persons
story-invoice-refused = The invoice of { $amount } for “{ $title }” is refused
story-invoice-withdrawn = The invoice of { $amount } for “{ $title }” is withdrawn
story-invoice-paid = The invoice of { $amount } for “{ $title }” is paid
story-invoice-settled = The payment of { $amount } for “{ $title }” went through the bank
story-payment-bounced = The payment of { $amount } for “{ $title }” did not go through: it is to be made again
story-work-reported = { $organisation } reports on “{ $title }”: objections until { $until } inclusive
story-report-objected = { $organisation } objects to the report of “{ $title }”
story-objection-withdrawn = { $organisation } withdraws its objection on “{ $title }”
story-report-contested = { $count ->
    [one] { $count } objection to “{ $title }”: the stewards decide before the end of { $until }
   *[other] { $count } objections to “{ $title }”: the stewards decide before the end of { $until }
}
story-report-answered = The report of “{ $title }” is accepted; the last invoices are still to be settled
story-work-given-time = “{ $title }” has until { $until } inclusive: { $reason }
story-work-noticed = “{ $title }” was to be done by { $due }: a reminder is sent
story-work-last-delay = “{ $title }” has a last delay, until { $until } inclusive
story-ended-back = { $what }; { $returned } return

## States

invoice-state = { $state ->
    [entered] to approve
    [approved] to authorise
    [authorised] to pay
    [paid] transfer under way
    [settled] paid
    [refused] refused
   *[other] withdrawn
}

## Refusals

refusal-invoices-wait = { $count ->
    [one] { $count } invoice awaits an answer: approve or refuse it first.
   *[other] { $count } invoices await an answer: approve or refuse them first.
}
refusal-invoice-not-building = Work is invoiced while it is done; this feature is at the stage “{ $state }”.
refusal-invoice-no-money = Nobody holds money in this pot: each organisation pays its own invoice.
refusal-invoice-above = { $room } are received and not invoiced yet: the invoice can't exceed that.
refusal-invoice-same-file = This file already came with another invoice.
refusal-invoice-state = This invoice is “{ $state }”: that is no longer possible.
refusal-invoice-tied = You have a tie with whoever is paid: another person answers.
refusal-invoice-own = You presented this invoice: others answer it.
refusal-invoice-approved-by-you = You approved it: another person authorises the payment.
refusal-invoice-roles-first = A steward and a treasurer can answer: it is for them to do so.
refusal-invoice-nobody-left = If you approve it, nobody is left to authorise the payment: it takes somebody else, a steward or the representative of another organisation, or a second treasurer.
refusal-invoice-approval-fell = Whoever approved it may no longer: the invoice is to be approved again.
refusal-invoice-changed = The invoice changed since it was approved: it is to be approved again.
refusal-invoice-suspended = Your password, address or role changed recently: you may authorise payments from { $from } on.
refusal-report-not-building = Work is reported while it is done; this feature is at the stage “{ $state }”.
refusal-report-standing = A report already awaits its answer.
refusal-report-none = No report awaits an answer.
refusal-report-window = The time for objections is over.
refusal-report-own = The organisation that leads or does the work does not object to its own work.
refusal-report-already = Your organisation already objects.
refusal-report-not-objected = Your organisation has no objection to withdraw.
refusal-report-not-contested = Nothing awaits the stewards' decision.
refusal-report-tied = You have a tie with whoever does the work: another steward decides.
