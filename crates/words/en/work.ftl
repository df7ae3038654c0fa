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
work-mail-paid-subject = The transfer of { $amount } for “{ $title }” has left
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
story-invoice-paid = The transfer of { $amount } for “{ $title }” has left
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
refusal-invoice-own-side = Your organisation presents this invoice or leads the feature: somebody of another one approves it.
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

## Pages

work-title = Work
work-heading = The work on “{ $title }”
work-see = See the work
work-lead-building = { $worker } does the work. When it is done, a report says so; without objections, the feature is delivered.
work-lead-ended = The work was given to { $worker }. The feature has ended: { $state }.
work-note-building = The work is under way: { $worker } does it, { $until }
work-note-reported = The report is out: objections { $until }
work-note-contested = Objections await the stewards' decision
work-note-accepted = The report is accepted; the last invoices are still to be settled
work-facts = In short
work-led-by = Led by
work-done-by = Done by
work-worker-self = { $name }, who also leads the feature
work-due = To be done
work-late-since = Late: a reminder was sent
work-cure = Last delay
work-bound = Gathered for this work
work-invoiced = Invoiced so far
work-room = Left to invoice
work-received = Received from the organisations
work-received-of = { $received } of { $called }
work-invoices = Invoices
work-invoices-caption = The invoices of this work
work-invoices-none = No invoice yet.
work-invoices-direct = Nobody holds money in this pot: { $worker } invoices each organisation directly. Payments are followed on the order lines.
work-invoice-column = Invoice
work-invoice-number = no. { $number }
work-invoice-date = Date
work-invoice-amount = Amount
work-invoice-state = Where it stands
work-invoice-new = Present an invoice
work-report = Report
work-report-none = No report yet.
work-report-of = { $organisation }, { $date }
work-report-link = See the result
work-report-until = Objections { $until }. Unless two organisations object, the feature is delivered.
work-report-answer = The stewards decide { $until }. Without an answer, the feature is delivered.
work-report-outcome = { $outcome ->
    [more_time] Decision: more time
    [delivered] Decision: delivered
    [closed_partial] Decision: delivered in part
    [closed_failed] Decision: stopped
   *[other] No decision
}
work-report-silence = Accepted when the time was over, without a decision of the stewards.
work-report-write = Publish the report
work-report-write-lead = Say what was done, in a few lines, with a link where it can be seen. The organisations that paid receive it and have some days to answer. Present your last invoice before that delay ends: afterwards, what was not used returns.
work-report-body = What was done
work-report-link-label = Link to the result
work-report-link-hint = A release, a merge request, a demonstration page.
work-report-send = Publish the report
work-report-sent = The report is out. Objections { $until }.
work-objections = Objections
work-objection-of = { $organisation }, { $date }
work-objection-withdrawn = withdrawn
work-object = Object
work-object-lead = Isn't it what was promised? Say what is missing: two objections are enough for the stewards to decide.
work-object-reason = What is missing
work-object-send = Object
work-object-sent = Your objection is recorded.
work-object-withdraw = Withdraw our objection
work-object-withdrawn-flash = Your objection is withdrawn.
work-decide = Decide
work-decide-lead = Several organisations object. Your decision, and its reason, will be read by all.
work-decide-outcome = Decision
work-outcome-more-time = More time
work-outcome-delivered = Delivered
work-outcome-partial = Delivered in part
work-outcome-failed = Not done: it stops there
work-outcome-returns = What is left returns: { $amount }.
work-outcome-kept = What is not paid yet stays owed to whoever did the work.
work-decide-until = Until
work-decide-until-hint = Only to give more time.
work-decide-reason = Reason
work-decide-send = Record the decision
work-decided = The decision is recorded.
work-give-time = Give more time
invoice-new-title = Present an invoice
invoice-new-lead = { $worker } invoices the work on “{ $title }”. A first person will approve the invoice, a second one will authorise the payment.
invoice-new-room = { $room } are left to invoice.
invoice-reference = Number of the invoice
invoice-dated-on = Date of the invoice
invoice-amount = Amount
invoice-payee = Name to pay
invoice-payee-hint = The name of the bank account, as it stands on the invoice.
invoice-iban = IBAN
invoice-file = The invoice
invoice-file-hint = PDF or picture, 5 MB at most. Stewards, treasurers, those who may answer it and the organisation that presents it see it.
invoice-send = Present the invoice
invoice-sent = The invoice is presented. Two persons will answer it.
invoice-title = Invoice no. { $number }
invoice-heading = Invoice of { $amount } for “{ $title }”
invoice-facts = The invoice
invoice-announced = Announced on the feature
invoice-other-payee = The name to pay is not the one that was announced ({ $worker }): check why.
invoice-download = Download the invoice
invoice-steps = The steps
invoice-entered-by = Presented by { $name }, { $date }
invoice-approved-by = Approved by { $name }, { $date }
invoice-authorised-by = Authorised by { $name }, { $date }
invoice-paid-step = Transfer left on { $date }
invoice-settled-step = Seen on the statement of { $date }
invoice-bounced-step = Transfer came back on { $date }
invoice-refused-by = Refused by { $name }: { $reason }
invoice-withdrawn-by = Withdrawn by { $name }: { $reason }
invoice-end-to-end = Reference of the transfer: { $reference }
invoice-answer = Your answer
invoice-approve-lead = You approve that this work is done and that this invoice is due. Another person will authorise the payment.
invoice-approve = Approve the invoice
invoice-authorise-lead = You authorise the payment of { $amount } to { $payee }, IBAN { $iban }. Check this name and this IBAN with the person, by another way.
invoice-authorise = Authorise the payment
invoice-approved = The invoice is approved. Another person has to authorise the payment.
invoice-authorised = The payment is authorised. The treasury can make the transfer.
invoice-fell = Whoever approved it may no longer: another person has to approve it.
invoice-refuse = Refuse the invoice
invoice-refuse-reason = Reason of the refusal
invoice-refused-flash = The invoice is refused.
invoice-withdraw = Withdraw the invoice
invoice-withdraw-reason = Reason of the withdrawal
invoice-withdrawn-flash = The invoice is withdrawn.
invoice-pay = I made the transfer
invoice-pay-lead = First make the transfer at the bank, then say so here.
invoice-paid-on = Date of the transfer
invoice-bank-reference = Reference of the bank
invoice-also-settled = Seen on the statement, on
invoice-also-settled-hint = If the transfer went through already; if not, leave it empty.
invoice-paid-flash = The transfer is noted.
invoice-settle = Seen on the statement
invoice-settled-on = Date on the statement
invoice-settled-flash = The payment went through the bank.
invoice-bounce = The transfer did not go through
invoice-bounce-lead = Sent back by the bank, or noted by mistake: the invoice is to be paid again, by a new transfer.
invoice-bounced-on = Date of the return
invoice-bounce-reason = Reason
invoice-bounced-flash = The invoice is to be paid again.
payments-title = Payments
payments-lead = The invoices that two persons accepted, to be paid by transfer. This page prints well.
payments-to-pay = To pay
payments-to-pay-caption = The transfers to make
payments-none = Nothing to pay for now.
payments-total = Total
payments-payee = To whom
payments-iban = IBAN
payments-reference = Reference to give
payments-feature = For
payments-waiting = Awaiting an answer
payments-under-way = Transfers under way, to be found on the statement
payments-done = Paid
me-invoice = { $ask ->
    [approve] An invoice of { $amount } to approve
    [authorise] A payment of { $amount } to authorise
    [pay] A transfer of { $amount } to make
   *[other] A transfer of { $amount } to find on the statement
}
me-invoice-why = For “{ $title }”, { $collective }
me-report = Objections to “{ $title }” to decide
me-report-why = { $collective }, { $until }
