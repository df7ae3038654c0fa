### Subscriptions: what an organisation pays each period, what is asked of it, what is paid.

subscription-mail-called-subject = The subscription of { $organisation } ({ $collective })
subscription-mail-called = The subscription of { $organisation } { $period } is to be paid by transfer to { $payee }: { $amount }, { $until }.
subscription-mail-ahead = The subscription of { $organisation } { $period }, { $amount }, is covered already by what was paid ahead: nothing to do.
subscription-mail-see = See it, with the QR code to pay:
subscription-mail-late-subject = The subscription of { $organisation } has not arrived ({ $collective })
subscription-mail-late = The subscription of { $organisation } { $period } was due by the end of { $due }: { $amount } is left to pay. If the transfer has left meanwhile, ignore this message. If there is a difficulty, tell the treasurers. There will be no second reminder.
subscription-mail-written-subject = The treasurers wrote down the subscription of { $organisation } ({ $collective })
subscription-mail-written = { $period ->
    [month] The treasurers wrote down a subscription of { $amount } a month for { $organisation }. The reason given: { $reason }
    [quarter] The treasurers wrote down a subscription of { $amount } a quarter for { $organisation }. The reason given: { $reason }
   *[other] The treasurers wrote down a subscription of { $amount } a year for { $organisation }. The reason given: { $reason }
}
subscription-mail-written-see = If this is not what was agreed, you can change or stop it:

subscription-mail-stopped-subject = The treasurers changed the subscription of { $organisation } ({ $collective })
subscription-mail-stopped = { $what ->
    [stopped] The treasurers stopped the subscription of { $organisation }: nothing more will be asked from { $day } on. The reason given: { $reason }
   *[other] The treasurers let the subscription of { $organisation } go on from { $day }. The reason given: { $reason }
}
subscription-mail-stopped-see = If this is not what was agreed, you can decide otherwise on its page:

## The pages

subscriptions-title = Subscriptions
subscriptions-lead = What each organisation has agreed to pay regularly, what was asked of it, and how far it is paid.
subscriptions-empty = No subscription is agreed. Each organisation declares its own from its page; the treasurers can also write it down for it.
subscriptions-agreed = Agreed
subscriptions-late = Late
subscriptions-next = Next call
subscriptions-nothing-next = none
subscriptions-one = Subscription: { $organisation }
subscriptions-see = Subscription
subscriptions-see-all = All subscriptions
subscriptions-every = { $period ->
    [month] { $amount } a month
    [quarter] { $amount } a quarter
   *[other] { $amount } a year
}
subscriptions-of-turnover = { $period ->
    [month] { $amount } a year, in twelve parts
    [quarter] { $amount } a year, in four parts
   *[other] { $amount } a year
}
subscriptions-since = Since { $day }
subscriptions-from = From { $day } on
subscriptions-until = until { $day } inclusive
subscriptions-rate = That is { $rate } of the turnover that you declared. Neither the percentage nor the turnover is shown to others; the turnover is not kept.
subscriptions-by = Agreed by { $name } on { $day }.
subscriptions-by-treasurer = Written down by { $name } for the treasurers on { $day }. The reason given: { $reason }
subscriptions-next-call = Next call on { $day }: { $amount }.
subscriptions-stopped = Stopped: nothing more will be asked from { $day } on. Until then you can change your mind.
subscriptions-none = No subscription is running.
subscriptions-rest = { $amount } to pay.
subscriptions-ahead = { $amount } paid ahead: it counts for the next call.
subscriptions-nothing-due = All that was asked is paid.
subscriptions-other-mode = Nobody subscribes to this pot: each organisation promises, and pays what it promised once the floor is reached. Subscriptions need a pot that is paid in advance.
subscriptions-calls = What was asked
subscriptions-period = Period
subscriptions-state = { $state ->
    [open] to pay
    [partly_paid] paid in part
    [paid] paid
    [unpaid] late
    [cancelled] not asked any more
   *[other] unknown
}

## Declare it, change it, stop it

subscriptions-declare-title = Declare a subscription
subscriptions-declare-lead = Each period a call leaves by mail with the IBAN, the reference and a QR code. The treasurers record the transfer when it arrives. The amount can be changed, and the subscription stopped, at any time, from the next period on.
subscriptions-basis = How is it reckoned?
subscriptions-basis-amount = A fixed amount
subscriptions-basis-amount-hint = The same each period.
subscriptions-basis-turnover = A percentage of turnover
subscriptions-basis-turnover-hint = Declared by the organisation itself; only the resulting sum is shown and kept.
subscriptions-amount = Amount of each period
subscriptions-amount-hint = For a fixed amount.
subscriptions-rate-label = Percentage
subscriptions-rate-hint = For a percentage: for instance 1 or 0.25.
subscriptions-turnover = Turnover of a year
subscriptions-turnover-hint = For a percentage: it is used for the sum and not kept.
subscriptions-period-label = How often?
subscriptions-period-name = { $period ->
    [month] each month
    [quarter] each quarter
   *[other] each year
}
subscriptions-starts-on = First day
subscriptions-starts-on-hint = A year ago at the earliest: what has begun already is asked at once.
subscriptions-ends-on = Last day
subscriptions-ends-on-hint = Empty: without end.
subscriptions-reason = Why write it down for this organisation?
subscriptions-reason-hint = For instance “decided at the assembly of 12 March”. The organisation gets a mail with this reason.
subscriptions-why = Why? The organisation gets a mail with this reason.
subscriptions-declare = Declare the subscription
subscriptions-declared = Noted: { $what }.
subscriptions-change-title = Change the amount
subscriptions-change-lead = The new amount holds from the next call on. What is asked already does not change.
subscriptions-change = Change from the next call on
subscriptions-changed = Noted: { $what }, from the next call on.
subscriptions-stop-title = Stop
subscriptions-stop-lead = Nothing more will be asked from the next period on, { $day }. What is asked already stays to be paid.
subscriptions-stop = Stop the subscription
subscriptions-stop-said = The subscription is stopped: nothing more will be asked from the next period on.
subscriptions-resume = Go on with the subscription
subscriptions-resumed = The subscription goes on.

## The call of a period

subscriptions-call = Subscription { $period }
subscriptions-call-late = { $rest } is not paid; it was due on { $date }
subscriptions-call-done = { $state ->
    [paid] Paid: there is nothing left to do
    [cancelled] The rest is not asked any more
   *[other] To pay
}
subscriptions-call-why-not = Not asked any more: { $reason }
subscriptions-record = Record its payment
subscriptions-record-lead = Recorded as a subscription, a payment counts for the oldest call that is not paid, then for the following ones; what exceeds counts for the next.
subscriptions-call-which = This reference is that of this call: it says which subscription is paid. The one on the statement of the organisation leads to the same organisation, without saying for what.
subscriptions-give-up-title = Ask for it no more
subscriptions-give-up-lead = For instance because it was paid before it was written down here. What is left is not asked any more; this cannot be undone.
subscriptions-give-up-reason = Why?
subscriptions-give-up = Ask for the rest no more
subscriptions-given-up = Noted: the rest is not asked any more.

## What awaits

me-pay-due = Pay the subscription of { $organisation }: { $amount }
me-late-dues = { $many ->
    [one] One subscription is late: { $amount }
   *[other] { $many } subscriptions are late: { $amount }
}

## Stories

story-subscription = { $what ->
    [subscription_declared] { $organisation } has a subscription
    [subscription_changed] The subscription of { $organisation } changes its amount
    [subscription_ended] The subscription of { $organisation } has ended: it left the collective
    [subscription_stopped] The subscription of { $organisation } stops
    [subscription_resumed] The subscription of { $organisation } goes on
    [subscription_called] The subscription of { $organisation } is called
    [subscription_late] The subscription of { $organisation } did not arrive in time
   *[other] A subscription of { $organisation } is not asked any more
}

## Refusals

refusal-subscription-other-mode = Nobody subscribes to this pot: each organisation pays what it promised.
refusal-subscription-already = This organisation has a subscription at these dates. Change its amount, or stop it first.
refusal-subscription-already-until = This organisation has a subscription at these dates. Another may begin on { $day } at the earliest.
refusal-subscription-over = This subscription is over: nothing more is asked. Another can be declared.
refusal-subscription-not-stopped = This subscription is not stopped.
refusal-subscription-not-awaited = Nothing is left to pay: it is “{ $state }”.
