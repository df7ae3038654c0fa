### Features: the list, the page, proposing, changing, accompanying.

features-title = Features
features-lead = What the collective wants to exist in the software that it uses, from the idea to the release.
features-propose = Propose a feature
features-filters = Filter by stage
features-all = All
features-empty = Nobody has proposed anything yet. An idea is enough to begin: five questions, four minutes.
features-empty-in = No feature at the stage “{ $state }”.
features-led-by-name = led by { $organisation }
features-outside = outside rounds

## On the cards

features-meta-confirming = floor price reached, a steward is to confirm
features-meta-closing-now = past its closing date, closing is under way
features-meta-missing = { $amount } missing
features-meta-funded = funded
features-meta-price = floor price { $amount }
features-meta-no-price = no price yet
features-meta-ended = over

## The sentence that says what matters

features-headline-confirming = The floor price is reached
features-headline-missing = { $amount } are missing
features-headline-funded = Funded on { $date } with { $amount }
features-headline-before = It will take { $amount }
features-headline-wish = An idea, without a price so far
features-headline-not-funded = The sum was not reached: everything came back
features-headline-ended = It is over: { $state }
features-note-funding = If the floor price is not reached by that date, everything comes back: each organisation has its share again, to the cent.
features-note-funding-lapses = If the floor price is not reached by that date, everything goes back to the common pot, to be shared out anew, and gifts to their fund: that is the rule of this round.
features-note-funding-then-lapses = If the floor price is not reached by that date, everything comes back: each organisation has its share again, to the cent. What it puts nowhere else before the end of the round, on { $day }, goes back to the common pot: that is the rule of this round.
features-note-confirming = A steward of the collective has to confirm, { $until }; no answer confirms it. Meanwhile nothing moves: nothing is added, nothing is taken back.
features-note-closing = The closing date has passed: it is being closed, nothing moves any more.
features-note-not-built = This track has stages that are not yet in Popote: other organisations can say that they need it, and funding will open with a later version.
features-note-ended = Funded on { $date }: { $gathered } gathered, { $spent } for the work, { $returned } given back.
features-note-ended-whole = Funded on { $date }: { $gathered } gathered.
features-note-reserved = { $when ->
    [open] { $amount } of gifts reserved for this feature wait in their fund and do not count here yet. At the next distribution they go to the share of the organisation that leads it ({ $lead }), which can put them nowhere else, after the rest of its share.
    [before] { $amount } of gifts reserved for this feature wait in their fund. At the first distribution after its funding opens they go to the share of the organisation that leads it ({ $lead }), which can put them nowhere else, after the rest of its share.
    [no_lead] { $amount } of gifts reserved for this feature wait in their fund and do not count here yet: a distribution gives them to the organisation that leads it, and there is none any more.
   *[other] { $amount } of gifts reserved for this feature stay in their fund: it takes nothing any more, and they can go to no other.
}
features-note-add = { $amount } may still be added; what is added now can't be taken back.
features-note-gathering = { $count ->
    [one] Funding opens once { $count } organisation needs it, or a steward has said why to go on.
   *[other] Funding opens once { $count } organisations need it, or a steward has said why to go on.
}
features-note-costing = A price is still to be given, line by line.
features-closed-typed = You had typed { $amount }. Nothing changed.
features-ask-label = Your share here
features-ask-add-label = To add
features-ask-hint = At most { $most } today, what is there already included.
features-ask-add-hint = At most { $more }, on top of your { $on } that are there already.
features-ask = Put a share
features-ask-change = Change our share
features-ask-add = Add
features-ask-round = Share out my whole share of round { $number }
features-sign-in-to-put = Sign in to put a share
features-put = You now have { $amount } on this feature. You have { $left } left to share out.
features-put-triggered = Your share did it: the floor price is reached, the feature is funded! You have { $left } left to share out.

## The price

features-price = Why this price
features-price-caption = Line by line; the floor price is the sum of the minimums
features-line = Item
features-minimum = Minimum
features-maximum = Maximum
features-floor-and-maximum = Floor price and maximum
features-price-explained = Nothing is spent below the floor price. Nothing is taken above the maximum.
features-incomes = What comes from elsewhere
features-incomes-caption = Funding secured outside the pot; it doesn't count in the gauge

## Who, what

features-who = Who does what
features-led-no-more = nobody leads it for now (before: { $organisation })
features-led-by = Led by
features-led-by-gone = nobody for now; { $organisation } led it until { $date } inclusive
features-led-by-gone-next = A steward proposes it to another organisation of the collective, which accepts or not.
features-led-by-take = Propose it to an organisation
features-worker = Who would do the work
features-worker-does = Who does it
features-worker-agree = To be agreed among you: the contract of this track is not yet in Popote
features-track-stops = In this version the light track stops at funding: the contract, the check and the payment are not there yet. Once funded, the sum stays bound until a later version; if the feature is cancelled, it returns.
features-worker-none = Not chosen yet
features-worker-lead = { $name }, which leads the feature: no other organisation is named
features-track = Track
features-track-explained = { $track ->
    [trust] trust: one price, and the organisation that proposes leads the work
    [light] light: several organisations need it, a one-page contract
    [full] full: estimates, a call for bids, milestones
    [heavy] reinforced: three estimates, two bids, a mediator named
   *[other] other
}
features-track-up-to = { $track } (up to { $ceiling })
features-done-when = It is done when…
features-upstream = Are you the team of the software?
features-upstream-discussion = Tell us what you think in the discussion
features-upstream-lead = Reach { $lead }, which leads this feature
features-description = In detail
features-story = History
features-funders = Who puts what
features-funders-count = { $count ->
    [0] No organisation has put a share yet.
    [one] { $count } organisation put a share.
   *[other] { $count } organisations put a share.
}
features-funders-returned = { $count ->
    [one] { $count } organisation had put a share here; it is here no more.
   *[other] { $count } organisations had put a share here; it is here no more.
}
features-funders-hidden = The amounts of some are not published.
features-funders-untold = The amounts of some are not published, nor how many they are.
features-funders-others = { $count ->
    [one] { $count } other
   *[other] { $count } others
}
features-funders-topped-up = { $name }, { $amount } of it added by decision { $number }
features-funders-decided = { $count ->
    [one] Gifts, by decision { $numbers }
   *[other] Gifts, by decisions { $numbers }
}
features-needers = Who needs it
features-needers-count = { $count ->
    [0] Nobody has said so yet.
    [one] { $count } organisation needs it.
   *[other] { $count } organisations need it.
}
features-need-words = What for?
features-need-too = We need it too
features-need-withdraw = We need it no more
features-need-said = Noted: your organisation needs it too.
features-need-withdrawn = Noted: your organisation needs it no more.
features-embed-hint = In HTML, a picture without a script for your site
features-badge-missing = { $missing } of { $floor } missing
features-badge-funded = Funded: { $amount } together
features-copy = Copy for the forum
features-copy-hint = As Markdown, to paste in a discussion

## Accompanying

features-steward = Accompany
features-confirm-lead = The floor price is reached. Confirming reserves the money; without an answer it is confirmed on the day foreseen.
features-confirm-lead-until = The floor price is reached. Confirming reserves the money at once. One can answer { $until }; then it is confirmed.
features-confirm = Confirm the funding
features-confirmed = Confirmed: the money is reserved.
features-step = Move on
features-step-reason = For which reason?
features-step-hint = Next stage: { $state }. The reason is published in the history.
features-stepped = The feature moves on.
features-wake = Wake this idea up
features-woken = The idea is awake.
features-change-track = Change the track
features-track-change-heading = Change the track of “{ $title }”
features-track-change-now = Today: { $track }.
features-track-change-to = New track
features-track-change-none = No other track can take it now.
features-track-change-stops = In this version this track stops at the funding: contract, check and payment aren't there yet. What is gathered stays reserved until a later version, or goes back if the feature is cancelled.
features-track-change-lead-works = The organisation that leads does the work, unless another is named.
features-track-change-worker-open = Who does the work remains to be agreed.
features-track-change-needs = Organisations that must need it: { $asked }; that say so: { $needers }.
features-track-change-inside = { $amount } lies on it: nothing moves. The organisations that put it and the one that leads get an email with the reason; each may take its share back before the funding.
features-track-change-empty = No money lies on it. The organisation that leads gets an email with the reason.
features-track-change-back = As long as it is not funded, the track can still change, where the rules allow it.
features-track-change-refused = { $track }. { $why }
features-again = Propose it again
features-track-changed = The track has changed.
features-lead-change = Change the leading organisation
features-lead-heading = Who leads “{ $title }”?
features-lead-now = Today: { $name }.
features-lead-means = The new lead accepts first, by a person who represents it; nothing changes until then. From then on it answers for what follows, and may edit or cancel the feature. Who does the work, and so who is paid, doesn't change. Nobody proposes their own organisation, and nothing changes while a report awaits its outcome.
features-lead-who = The organisation that would lead from now on
features-lead-proposed = Proposed to { $name }; nothing changes before its answer.
features-lead-reason = Why
features-lead-reason-hint = Everybody will read it once the proposal is accepted.
features-lead-propose = Propose
features-lead-field = Leading organisation
features-lead-waits = Proposed on { $date } to { $name }, which has not answered yet:
features-lead-withdraw = Take the proposal back
features-lead-withdrawn = The proposal is taken back.
features-lead-there = The lead is there to hand over: somebody who represents it proposes it.
features-lead-asks = { $former } proposes that { $name } leads “{ $title }”.
features-lead-asks-left = Nobody leads “{ $title }” any more: the stewards propose that { $name } does.
features-lead-accept = Accept for { $name }
features-lead-decline = Decline
features-lead-accepted = { $name } leads from now on; both organisations are told.
features-lead-declined = Declined; whoever proposed it is told.
features-edit = Change
features-cancel = Cancel this feature
features-cancel-heading = Cancel “{ $title }”
features-cancel-returns = { $amount } will return to the organisations that put them there, to the cent.
features-cancel-to-funds = { $amount } come from gifts: they will go back to the fund of these gifts, not to organisations.
features-cancel-of-left = { $amount } were put by organisations that have left since: they will go where their departure decided.
features-cancel-reserved = { $amount } of gifts reserved for this feature wait in their fund: they stay there, and can go to no other.
features-cancel-empty = No money lies on it: nothing has to come back.
features-cancel-how = How does it end?
features-cancel-abandoned = Abandoned: nobody leads it any more
features-cancel-overtaken = Already done elsewhere
features-cancel-reason = Why?
features-cancel-reason-hint = Everybody will be able to read it. This can't be undone.
features-cancelled = The feature is cancelled.
features-cancelled-returned = { $amount } are back with the organisations that had put them there.
features-cancelled-to-funds = { $amount } went back to the fund of the gifts that they came from.
features-cancelled-of-left = { $amount } go where the departure of their organisations decided.

## The form

features-form-lead = Five questions, four minutes. Everything else can wait.
features-form-edit-lead = What changes is kept in the history.
features-form-publish = Publish
features-form-preview = See what this makes
features-form-title = What?
features-form-software = In which software?
features-form-software-hint = Known here already: { $names }.
features-form-summary = What does it change for us?
features-form-summary-hint = Two sentences, in your words.
features-form-price = How much?
features-form-price-from = Price, or “from…”
features-form-price-to = To…
features-form-price-hint = All taxes included. “From… to…”: below the first nothing is done; above the second nothing more is asked.
features-form-price-fixed = A share lies on it already: only the texts change here. To change the price or the date, propose new terms from the page of the feature; what is promised doesn't change any more.
features-form-one-line = Price
features-form-closing = Until when is the sum gathered?
features-form-closing-hint = That day included. If the sum isn't there, everything comes back.
features-form-closing-round = That day included. In round { $number }, on { $date } at the latest, when it ends; outside rounds the date is free.
features-form-more = More, if you like
features-form-place = Where is it funded?
features-form-place-round = In the open round
features-form-place-open = Round { $number }, { $until }.
features-form-place-none = No round is open at present.
features-form-place-outside = Outside rounds, with a date of its own
features-form-done-hint = What everybody will be able to check.
features-form-done-usual = What is described above works for us.
features-form-worker = Who would do it?
features-form-worker-hint = The organisation that proposes may do it itself: it is said here, before the first euro. With no name, on the “trust” track, it is the organisation that leads the feature.
features-form-discussion = Discussion elsewhere
features-form-discussion-hint = The thread of the forum or the tracker, if there is one.
features-form-description = In detail
features-form-description-hint = Markdown is laid out.
features-form-lines = The price, line by line
features-form-lines-hint = Once filled in, these lines replace the price above. For more of them: “See what this makes”.
features-form-line-label = Item { $number }
features-form-line-minimum = Minimum { $number }
features-form-line-maximum = Maximum { $number }
features-form-incomes-hint = A subsidy, a prize, a sale: what is secured outside the pot, shown apart.
features-form-income-label = Source { $number }
features-form-income-amount = Amount { $number }
features-form-track = Track
features-form-track-hint = A fuller track than the one that the price gives, if you wish.
features-form-track-default = The one that the price gives
features-preview-track = From { $floor }. Track { $track }.
features-preview-wish = Without a price this is an idea: other organisations can say that they need it.
features-preview-closing = The sum is gathered { $until }; else everything comes back. Nothing is published yet.
features-not-built = At this price it takes a track some stages of which (scoping, upstream's word, call for bids) are not yet in Popote: its page can gather the organisations that need it, but its funding will open only with a later version.
features-form-knows = Publish anyway
features-proposed = It is published. Share this page with the other organisations!
features-form-stored = Somebody saved something else meanwhile. This is what is written now; saving again puts your text in its place.
