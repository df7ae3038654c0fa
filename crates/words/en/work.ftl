### The work: invoices, payments, reports, objections, the end of a feature.

## Mails

work-mail-see-invoice = See the invoice:
work-mail-see-work = See the work:
work-mail-approve-subject = An invoice of { $amount } to approve for “{ $title }”
work-mail-approve = { $payee } asks for { $amount } for “{ $title }”. A first person approves the invoice, a second one authorises the payment. Check that the work invoiced is the one that was agreed.
work-mail-approve-from = You may approve it from { $from } on: your mandate is too young yet.
work-mail-approve-see = Read the invoice and answer:
work-mail-nobody-subject = Nobody can answer an invoice of { $amount } for “{ $title }”
work-mail-nobody = { $payee } asks for { $amount } for “{ $title }”, and nobody can approve the invoice: it takes a steward and another person who is treasurer, without a tie to whoever is paid or does the work. Give these roles: whoever can answer gets the request then.
work-mail-nobody-see = See who does what and give the roles:
work-mail-authorise-subject = A payment of { $amount } to authorise for “{ $title }”
work-mail-authorise = The invoice of { $payee } ({ $amount }) for “{ $title }” is approved. Your authorisation is missing. Check the name and the IBAN by another way than this mail.
work-mail-authorise-see = Read the invoice and answer:
work-mail-authorise-from = { $why ->
    [role] You may authorise it from { $from } on: your role is new.
    [address] You may authorise it from { $from } on: your address was changed.
   *[other] You may authorise it from { $from } on: your password was changed.
}
work-mail-corrected-subject = The invoice of { $amount } for “{ $title }” is corrected: do not pay it yet
work-mail-corrected = The name or the IBAN of the invoice { $reference } ({ $amount }) changed: it is to be approved and authorised again. The reason given: { $reason }
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
work-mail-reported-until = { $count ->
    [one] If this is not what was promised, your organisation can object { $until }. Without an objection, the feature counts as delivered and what was not used returns. Read and answer:
   *[other] If this is not what was promised, your organisation can object { $until }. With fewer than { $count } objections, the feature counts as delivered and what was not used returns. Read and answer:
}
work-mail-reported-own = The other organisations can object { $until }: there is nothing for you to do. Follow:
work-mail-contested-subject = Objections to “{ $title }”
work-mail-contested = { $count ->
    [one] One organisation objects to the report of “{ $title }”. The stewards decide { $until }: more time, delivered, delivered in part, or stopped. Without an answer, it counts as delivered.
   *[other] { $count } organisations object to the report of “{ $title }”. The stewards decide { $until }: more time, delivered, delivered in part, or stopped. Without an answer, it counts as delivered.
}
work-mail-contested-decide = The decision is yours. Read the objections and decide:
work-mail-contested-see = The decision is not yours: read the objections and follow:
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
work-mail-taken-back-subject = An invoice of “{ $title }” is cancelled: what was due returns
work-mail-taken-back = An invoice of “{ $title }” will not be paid. The feature has ended: what was reserved for that invoice returns.
work-mail-reason = The reason given: { $reason }
work-mail-back-promised = { $amount } of { $organisation } were not used: what was paid waits for its next calls for funds, what was not is no longer asked.

## Stories

story-invoice-entered = An invoice of { $amount } is presented for “{ $title }”
story-invoice-approved = The invoice of { $amount } for “{ $title }” is approved by a first person
story-invoice-authorised = The invoice of { $amount } for “{ $title }” is accepted by two persons
story-invoice-refused = The invoice of { $amount } for “{ $title }” is refused
story-invoice-withdrawn = The invoice of { $amount } for “{ $title }” is withdrawn
story-invoice-corrected = The name or the IBAN of the invoice of { $amount } for “{ $title }” is corrected: it is to be approved again
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

refusal-lead-is-there = The lead is there to hand over: somebody who represents it proposes it.
refusal-lead-not-proposed = Nothing is to be accepted here any more: it was answered, taken back, or something else was proposed since.
refusal-report-stands = A report awaits its outcome: the lead doesn't change until then.
refusal-invoices-wait = { $count ->
    [one] { $count } invoice awaits an answer: approve or refuse it first.
   *[other] { $count } invoices await an answer: approve or refuse them first.
}
refusal-invoice-not-building = Work is invoiced while it is done; this feature is at the stage “{ $state }”.
refusal-invoice-no-money = Nobody holds money in this pot: each organisation pays its own invoice.
refusal-invoice-above = { $room } are received and not invoiced yet: the invoice can't exceed that.
refusal-invoice-same-file = This file already came with another invoice.
refusal-invoice-state = This invoice is “{ $state }”: that is no longer possible.
invoice-stuck = Nobody can answer for now: those who hold the roles have a tie with whoever is paid that began after the invoice was entered, or somebody else ended their role less than thirty days ago. Nobody stands in for them then, or setting them aside would be enough to choose who answers. Give the role of steward or treasurer to somebody without that tie; a mandate that has ended still ties for twelve months.
refusal-invoice-tied = You have a tie with whoever is paid or does the work: another person answers.
refusal-invoice-own = You presented this invoice: others answer it.
refusal-invoice-own-side = Your organisation presents this invoice or leads the feature: somebody of another one approves it.
refusal-invoice-approved-by-you = You approved it: another person authorises the payment.
refusal-invoice-roles-first = A steward and a treasurer can answer: it is for them to do so. A role that somebody else ended counts for another thirty days: nobody stands in for whoever held it.
refusal-invoice-young = Your mandate is too young yet: you may answer from { $from } on.
refusal-invoice-nobody-left = If you approve it, nobody is left to authorise the payment: it takes somebody else, a steward or the representative of another organisation, or a second treasurer.
refusal-invoice-approval-fell = Whoever approved it may no longer: the invoice is to be approved again.
refusal-invoice-changed = What is written (name, IBAN, amount or file) is no longer what was approved: refuse this invoice, and present it again.
refusal-invoice-restored = This instance was restored from a backup on { $at }: a transfer already made may be missing here. First compare the pot with the statements, under “Payments”.
refusal-invoice-suspended = { $why ->
    [role] Your role is less than 48 hours old: you may authorise payments from { $from } on.
    [address] Your address was changed less than 48 hours ago: you may authorise payments from { $from } on.
   *[other] Your password was changed less than 48 hours ago: you may authorise payments from { $from } on.
}
refusal-invoice-ask-treasury = This invoice is due, and a transfer may already be under way: it is for a treasurer to take it back.
refusal-report-not-building = Work is reported while it is done; this feature is at the stage “{ $state }”.
refusal-report-standing = A report already awaits its answer.
refusal-report-none = No report awaits an answer.
refusal-report-window = The time for objections is over.
refusal-report-own = The organisation that leads or does the work does not object to its own work.
refusal-report-joined-since = Only organisations that were members on the day when the report was published can object to it.
refusal-report-already = Your organisation already objects.
refusal-report-not-objected = Your organisation has no objection to withdraw.
refusal-report-not-contested = Nothing awaits the stewards' decision.
refusal-report-tied = You lead this feature, work on it or wrote the report: another person decides.
refusal-report-young = Your mandate is too young to decide: it takes 48 hours, or thirty days where others have represented their organisation for longer.
refusal-report-stewards-first = A steward without a tie to this work can decide: it is for them to do so.

## Pages

work-title = Work
work-heading = The work on “{ $title }”
work-see = See the work
work-lead-building = { $count ->
    [one] Who does the work: { $worker }. When it is done, a report says so; if no other organisation objects, the feature is delivered.
   *[other] Who does the work: { $worker }. When it is done, a report says so; with fewer than { $count } objections, the feature is delivered.
}
work-lead-later = Next on this track come a contract, milestones and acceptance, which are not yet in Popote. Until then, decide together and write it down among the decisions of the collective; what is gathered stays bound.
work-lead-ended = The work was given to { $worker }. The feature has ended: { $state }.
work-note-building = The work is under way. Who does it: { $worker }; time given: { $until }.
work-note-awaits = The work begins once all the money is received. Who does it: { $worker }; time given: { $until }.
work-note-later = What follows on this track (contract, milestones, acceptance) is not yet in Popote: what was gathered stays reserved.
work-note-reported = The report is out: objections { $until }.
work-note-contested = Objections await the stewards' decision.
work-note-accepted = The report is accepted; the last invoices are still to be settled.
work-facts = In short
work-led-by = Led by
work-done-by = Done by
work-worker-self = { $name }, who also leads the feature
work-due = Time given
work-late-since = Late: a reminder was sent
work-cure = Last delay
work-bound = Gathered for this work
work-spent = For the work
work-returned = Given back at the end
work-invoiced = Presented in invoices
work-accepted = Invoiced and accepted
work-paid = Paid
work-room = Left to invoice
work-received = Received from the organisations
work-received-of = { $received } of { $called }
work-invoices = Invoices
work-invoices-caption = The invoices of this work
work-invoices-none = No invoice yet.
work-invoices-direct = Nobody holds money in this pot: { $worker } invoices each organisation directly. Payments are followed on the order lines.
work-bills-caption = To whom to send an invoice, for how much, with which reference
work-bills-amount = To invoice
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
work-report-until = { $count ->
    [one] Objections { $until }. Without one, the feature is delivered.
   *[other] Objections { $until }. With fewer than { $count }, the feature is delivered.
}
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
work-report-write-lead = { $mode ->
    [direct] Say what was done, in a few lines, with a link where it can be seen. The organisations that paid receive it by mail; every member of that day, save those that lead or do the work, has some days to object. What each organisation still has to pay stays owed.
   *[other] Say what was done, in a few lines, with a link where it can be seen. The organisations that paid receive it by mail; every member of that day, save those that lead or do the work, has some days to object. Present your last invoice before that delay ends: afterwards, what was not used returns.
}
work-report-body = What was done
work-report-link-label = Link to the result
work-report-link-hint = A release, a merge request, a demonstration page.
work-report-send = Publish the report
work-report-sent = The report is out. Objections { $until }.
work-objections = Objections
work-objection-of = { $organisation }, { $date }
work-objection-withdrawn = withdrawn
work-object = Object
work-object-lead = { $count ->
    [one] Isn't it what was promised? Say what is missing. In your collective, one objection is enough for the stewards to decide.
   *[other] Isn't it what was promised? Say what is missing: with { $count } objections, by { $count } organisations and { $count } persons, the stewards decide.
}
work-object-reason = What is missing
work-object-send = Object
work-object-sent = Your objection is recorded.
work-object-withdraw = Withdraw our objection
work-object-withdrawn-flash = Your objection is withdrawn.
work-decide = Decide
work-decide-lead = { $count ->
    [one] One organisation objects. All will read your decision and its reason.
   *[other] { $count } organisations object. All will read your decision and its reason.
}
work-decide-stand-in = No steward is without a tie to this work: you decide as the representative of another organisation.
work-stuck = Nobody can decide for now: the stewards have a tie with whoever leads the feature or works on it that began after the report. Nobody stands in for them then. Make somebody without that tie a steward; a mandate that has ended still ties for twelve months.
work-others-decide = You lead this feature, work on it or wrote the report: another steward decides; where there is none, whoever represents another organisation.
work-decide-outcome = Decision
work-outcome-more-time = More time
work-outcome-delivered = Delivered
work-outcome-partial = Delivered in part
work-outcome-failed = Not done: it stops there
work-outcome-returns = What is left returns: { $amount }.
work-outcome-kept = What is not paid yet stays owed to whoever did the work.
work-outcome-more-time-means = Nothing ends: whoever does the work has until the date that you give below.
work-outcome-delivered-means = The work is done as agreed: the feature is delivered.
work-outcome-partial-means = Only a part of it is done: the feature stops there, and its page says so.
work-outcome-failed-means = The work isn't done: the feature stops without being delivered, and its page says so.
work-decide-heading = { $title }: { $outcome }?
work-decide-final = This is final: a decision that is recorded can't be taken back.
work-decide-until = New date, for “More time”
work-give-until = Until
work-decide-until-hint = To fill in to give more time; without effect on the other decisions.
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
invoice-payee = Payee
invoice-payee-hint = The holder of the bank account, as written on the invoice.
invoice-iban = IBAN
invoice-file = The invoice
invoice-file-hint = PDF or picture, 5 MB at most. Stewards, treasurers, those who may answer it and the organisation that presents it see it.
invoice-send = Present the invoice
invoice-sent = The invoice is presented. Two persons will answer it.
invoice-sent-nobody = The invoice is presented, but nobody can answer it for now: the administration of the collective is told.
invoice-title = Invoice no. { $number }
invoice-heading = Invoice of { $amount } for “{ $title }”
invoice-facts = The invoice
invoice-announced = Announced on the feature
invoice-other-payee = The payee is not the one that was announced ({ $worker }): ask why before you answer.
invoice-download = Download the invoice
invoice-steps = The steps
invoice-entered-by = Presented by { $name }, { $date }
invoice-approved-by = Approved by { $name }, { $date }
invoice-authorised-by = Authorised by { $name }, { $date }
invoice-paid-step = Transfer left on { $date }, reference { $reference }
invoice-settled-step = Seen on the statement of { $date }
invoice-bounced-step = Transfer came back on { $date }: { $reason }
invoice-refused-by = Refused by { $name }: { $reason }
invoice-withdrawn-by = Withdrawn by { $name }: { $reason }
invoice-awaits-approval = { $more ->
    [0] An approval is awaited: { $names }.
    [one] An approval is awaited: { $names } or another person.
   *[other] An approval is awaited: { $names } or one of the { $more } others who can give it.
}
invoice-awaits-authorisation = { $more ->
    [0] An authorisation is awaited: { $names }.
    [one] An authorisation is awaited: { $names } or another person.
   *[other] An authorisation is awaited: { $names } or one of the { $more } others who can give it.
}
invoice-awaits-nobody = Nobody can answer this invoice for now: it takes a steward and another person who is treasurer, without a tie to whoever is paid or does the work.
invoice-answer = Your answer
invoice-approve-lead = You approve that this work is done and that this invoice is due. Another person will authorise the payment.
invoice-approve = Approve the invoice
invoice-authorise-lead = You authorise the payment of { $amount } to { $payee }, IBAN { $iban }. Check this name and this IBAN with the payee, by another way.
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
invoice-correct = Correct the name or the IBAN
invoice-correct-lead = Two persons will approve and authorise it again; you will be neither. If a transfer was just made to the old IBAN, tell the treasurers first.
invoice-correct-reason = Why this correction
invoice-corrected-flash = The invoice is corrected. Two persons will answer it.
invoice-corrected-nobody = The invoice is corrected, but nobody can answer it for now: the administration of the collective is told.
invoice-take-back = Do not pay this invoice
invoice-take-back-lead = Check first that no transfer is under way. What was reserved for this invoice is available to the feature again, or returns to the organisations if it has ended; a corrected invoice can then be presented while the work goes on.
invoice-pay = I made the transfer
invoice-pay-lead = First make the transfer at the bank, then say so here.
invoice-pay-reference = Reference to give with the transfer: { $reference }
invoice-paid-on = Date of the transfer
invoice-bank-reference = Reference of the bank
invoice-also-settled = Seen on the statement, on
invoice-also-settled-hint = If the transfer went through already; if not, leave it empty.
invoice-paid-flash = The transfer is noted.
invoice-settle = Seen on the statement
invoice-settled-on = Date on the statement
invoice-settled-flash = The payment went through the bank.
invoice-bounce = The transfer did not go through
invoice-bounce-lead = Sent back by the bank, or noted by mistake: the sum is to be paid again, by a new transfer.
invoice-bounced-on = Date of the return
invoice-bounce-reason = Reason
invoice-bounced-flash = The invoice is to be paid again.
payments-title = Payments
payments-lead = The invoices and refunds that two persons accepted, to be paid by transfer. This page prints well.
payments-to-pay = To pay
payments-to-pay-caption = The transfers to make
payments-none = Nothing to pay for now.
payments-total = Total
payments-payee = To whom
payments-iban = IBAN
payments-reference = Reference to give
payments-what = For
payments-waiting = Awaiting an answer
payments-under-way = Transfers under way, to be found on the statement
payments-done = Paid
payments-restored = Restored from a backup
payments-restored-lead = This instance was restored on { $at }. What had been recorded after the backup is missing here, perhaps even transfers that were made: no payment is recorded before you have compared.
payments-restored-steps = Take the bank statements since the backup, record again the contributions that are missing, then paste the head of the last monthly mail.
payments-restored-head = Last published head
payments-restored-head-hint = 64 digits and letters, in the monthly mail or on an accounts page kept from before the restoration. The head that the accounts show here today is that of the backup: it is not the one that is asked for.
payments-restored-complete = I compared with the statements, and what was missing is recorded again
payments-restored-do = Let payments go on
payments-compared = { $what ->
    [found] Payments go on. The head is in this journal: nothing was lost before it.
    [known] Noted. The head is in this journal, which shows it in its accounts too: a second person confirms before payments go on, and is told.
    [asked] Noted. The head is not in this journal: the backup is older. A second person confirms before payments go on, and is told.
   *[other] Payments go on, confirmed by two persons. Keep the journal's file from before, if there is one.
}
payments-lacking = { $name } compared on { $at }. The last published journal went up to entry { $seq }; this one, restored, doesn't know its head and goes up to entry { $here }. What is missing may have been paid already.
payments-known = { $name } compared on { $at }, with a head that this journal knows. It can be read in its accounts too: by itself it doesn't say that nothing is missing.
payments-lacking-confirm = A second person, treasurer or steward, compares with the statements as well, then confirms here.
payments-lacking-waits = A second person confirms before payments go on.
payments-lacking-do = Confirm, and let payments go on
mail-restored-subject = { $collective }: compare the pot after a restoration
mail-restored = The instance of “{ $collective }” was restored from a backup that is older than the last published journal. { $name } compared the pot with the statements: the published journal went up to entry { $seq }, this one goes up to entry { $here }. Transfers that were made may be missing from it.
mail-restored-known = The instance of “{ $collective }” was restored from a backup. { $name } compared the pot with the statements, with a head that this journal knows. Transfers that were made after the backup may be missing from it.
mail-restored-confirm = No payment is recorded before a second person has compared as well, and confirmed:
me-invoice = { $ask ->
    [approve] An invoice of { $amount } to approve
    [authorise] A payment of { $amount } to authorise
    [pay] A transfer of { $amount } to make
   *[other] A transfer of { $amount } to find on the statement
}
me-invoice-why = For “{ $title }”, { $collective }.
me-suspended-until = { $why ->
    [role] from { $from } on: your role is new
    [address] from { $from } on: your address was changed
   *[other] from { $from } on: your password was changed
}
me-answerers = Nobody can answer the invoice of { $amount } for “{ $title }”
me-answerers-why = { $collective }: give the roles of steward and treasurer, under “Who does what”, to two persons without a tie to whoever is paid.
me-report = Objections to “{ $title }” to decide
me-lead-proposed = “{ $title }”: does { $name } accept to lead it?
me-lead-proposed-why = { $collective }, after { $former }.
me-lead = “{ $title }” has nobody left to lead it
me-report-why = { $collective }, { $until }.
