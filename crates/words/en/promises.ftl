### Promises: the page of a feature, that of a round.

promise-ask = Your promise
promise-ask-hint = At most { $most } today.
promise-ask-more = To add to your promise
promise-ask-more-hint = At most { $more }. It is due at once: the feature is funded already.
promise-kind = What is it worth?
promise-kind-firm = A firm promise
promise-kind-firm-hint = It counts. You pay if the floor price is reached; if not, you owe nothing.
promise-kind-conditional = Subject to our assembly
promise-kind-conditional-hint = It doesn't count yet: you confirm it after the assembly.
promise-kind-intention = An intention
promise-kind-intention-hint = It binds you to nothing, and shows the others that you are there.
promise-subject-to = Day of the assembly
promise-subject-to-hint = Only if the promise depends on it.
promise-make = Promise
promise-change = Change our promise
promise-add = Add
promise-lift = The assembly said yes: make it firm
promise-take-back = Take our promise back
promise-sign-in = Sign in to promise
promise-is-firm = Your organisation promised { $amount }, firmly.
promise-is-bound = Your organisation promised { $amount }: it is bound and can't be taken back.
promise-is-conditional = Your organisation promised { $amount }, subject to its assembly of { $date }: an intention until then.
promise-is-intended = Your organisation means to put in { $amount }: an intention, which binds it to nothing.
promise-received-of = { $received } received of { $called } promised.
promise-headline-not-funded = The sum was not reached: nobody owes anything
promise-note-funding = If the floor price is not reached by that day, nobody owes anything: the promises lapse.
promise-funders-count = { $count ->
    [0] No organisation has made a firm promise yet.
    [one] { $count } organisation made a firm promise.
   *[other] { $count } organisations made firm promises.
}
promise-funders-hoped = Besides, { $amount } are intended, which binds nobody yet.
promise-funders-returned = { $count ->
    [one] { $count } organisation had promised; it owes nothing.
   *[other] { $count } organisations had promised; they owe nothing.
}
promise-said-firm = Promised: { $amount }, firmly. You only pay if the floor price is reached.
promise-said-conditional = Noted: { $amount }, subject to your assembly of { $date }. Come back to say what it decided.
promise-said-intended = Noted: you mean to put in { $amount }. It binds you to nothing.
promise-said-taken-back = Your promise is taken back.
promise-said-added = Added: { $amount } promised in all. A mail says whom to pay and by when.
promise-said-triggered = Your promise did it: the floor price is reached, the feature is funded! A mail tells each how much to pay, to whom and by when.
promise-said-confirming = The floor price is reached: a steward has to confirm.
promise-confirm-adds = “{ $title }” is funded already: the { $amount } that you add are due, and can't be taken back.
promise-confirm-triggers = With your { $amount }, “{ $title }” reaches its floor price: it is funded at once, and what each promised becomes a sum to pay.
promise-confirm-asks = With your { $amount }, “{ $title }” reaches its floor price: no promise moves any more until a steward confirms.

## The promise for a round

promise-rule = What becomes of the promises
promise-rule-as-put-in = Each organisation allocates what it promises
promise-rule-as-put-in-hint = And pays what it allocated.
promise-rule-shared = Promises are put together
promise-rule-shared-hint = They are shared by the rule below; what is funded is paid in proportion to what each promised.
promise-round-hint = For the whole round. You pay only what will be funded.
promise-round-as-put-in = Each organisation allocates what it promises, and pays what will be funded.
promise-round-shared = Promises will be put together, then shared: each organisation then has its share to allocate.
promise-round-unspent = At the end of the round, what isn't allocated isn't promised any more.
promise-round-purse = What your organisation promised for this round. Already put: { $already }.
promise-shared-out = The promises of this round are shared out: they stand until it closes.

## What the other pages of a pot of promises say

promise-cancel-returns = { $mode ->
    [direct] The { $amount } promised won't be asked any more; what is paid already is settled with whoever does the work.
   *[other] The { $amount } promised won't be asked any more; what is paid in already waits, for each organisation, for its next call for funds.
}
promise-cancelled = Nothing is asked of anybody for it any more.
promise-confirm-lead = The floor price is reached. Confirming tells each organisation what it has to pay; without an answer it is confirmed on its day.
promise-confirm-lead-until = The floor price is reached. Confirming tells each organisation at once what it has to pay. One may answer { $until }; after that it is confirmed.
promise-form-closing-hint = That day included. If the sum isn't reached, nobody owes anything.
