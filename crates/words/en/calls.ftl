### Promises and calls for funds: mails and pages.

call-mail-subject = “{ $title }” is funded: { $amount } to pay
call-mail-triggered = The floor price of “{ $title }” is reached: { $total } are promised. The promise is now to be paid.
call-mail-direct = { $amount } remain to be paid by { $organisation }, directly to { $payee }, { $until }. You will get an invoice; once it is paid, say so on the page.
call-mail-pledge = { $amount } remain to be paid by { $organisation }, by transfer to { $payee }, { $until }.
call-mail-from-pool = The { $amount } promised by { $organisation } are covered by what it had left in the pot: nothing to do.
call-mail-transfer = IBAN: { $iban }, with the reference { $reference }.
call-mail-see = { $mode ->
    [direct] See the order line:
   *[other] See the call for funds:
}
call-mail-bill-subject = “{ $title }”: { $amount } to invoice
call-mail-bill = { $count ->
    [one] “{ $title }” is to be invoiced by { $worker } directly: { $amount }, to { $count } organisation. Put the reference on the invoice: by it the payment is recognised.
   *[other] “{ $title }” is to be invoiced by { $worker } directly: { $amount } together, to { $count } organisations. Put the reference of each on its invoice: by it the payment is recognised.
}
call-mail-bill-line = { $organisation }: { $amount }, reference { $reference }, to be paid { $until }.
call-mail-bill-see = The list, with what is paid:
call-mail-said-subject = { $organisation } says that it paid for “{ $title }”
call-mail-said = { $mode ->
    [direct] { $organisation } says that it paid the { $amount } of its order line for “{ $title }”.
   *[other] { $organisation } says that it paid the { $amount } of its call for funds for “{ $title }”.
}
call-mail-confirm = Confirm as soon as the money is there:
call-mail-all-subject = Everything is received for “{ $title }”
call-mail-all = The { $amount } called for “{ $title }” are all received: work can begin.
call-mail-see-feature = See the feature:
call-mail-unpaid-subject = A promise not paid for “{ $title }”
call-mail-unpaid = The day has passed and the { $amount } promised by { $organisation } for “{ $title }” have not arrived. A late payment is still welcome.
call-mail-cover-subject = Money is missing for “{ $title }”
call-mail-cover = A promise of { $amount } for “{ $title }” is not paid. If you wish, you may take over a part of it; nothing obliges you to.
call-mail-cover-see = See what is missing:

## Stories

story-promise-made = { $promise ->
    [firm] { $organisation } promises { $amount } for “{ $title }”
    [conditional] { $organisation } promises { $amount } for “{ $title }”, subject to its assembly
   *[other] { $organisation } intends to put { $amount } on “{ $title }”
}
story-promise-taken-back = { $organisation } takes back its promise for “{ $title }”
story-call-received = { $received } received of { $called } called for “{ $title }”
story-calls-all-received = Everything is received for “{ $title }”: { $amount }
story-call-unpaid = A promise is not paid in time for “{ $title }”
story-call-covered = { $organisation } takes over a promise that was not paid for “{ $title }”

## Refusals

refusal-promise-paid-in-advance = In this pot money is paid in first: there are no promises.
refusal-promise-by-round = This feature is funded by its round: make your promise for the round.
refusal-promise-round-closed = This round is over.
refusal-promise-used = { $used } of this promise are in use already: it cannot go lower.
refusal-promise-shared-out = The promises of this round are shared out already: they stand until it ends.
refusal-mode-posted = Something is written in this pot's accounts already: the way it works doesn't change any more.
refusal-call-not-awaited = Nothing is to be paid any more: this call for funds is “{ $state }”.
refusal-call-over-rest = Only { $rest } remain to be paid.
refusal-call-not-overdue = It can be taken over only after its day: { $date } included.
refusal-call-own = An organisation does not cover its own call for funds.
refusal-call-other-mode = This pot does not work that way: money is confirmed differently here.
refusal-call-undone = It is undone already.
refusal-call-too-late = Too late: the feature has ended.
refusal-call-gone = It is too late: { $missing } of this payment were used already.
refusal-call-paid-back = This payment gave their money back to those who had stepped in: it can't be undone any more.
refusal-call-from-pool = This amount comes from what the organisation had left in the pot: it can't be undone.
refusal-call-own-payment = You have a mandate for the organisation that pays, or had one in the last year: somebody without that tie confirms.
call-state = { $state ->
    [open] to pay
    [partly_paid] partly paid
    [paid] paid
    [unpaid] promise not paid
    [covered] taken over by others
    [cancelled] cancelled
   *[other] unknown
}
