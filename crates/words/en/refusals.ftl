### Why nothing was written. Each refusal gives one reason, with the figure that helps.

## Stages and tracks, as they are named everywhere

refusal-state = { $state ->
    [idea] idea
    [gathering] needs gathered
    [scoping] scoping
    [upstream_asked] upstream's word
    [costing] costing
    [choosing] choice
    [funding] funding
    [calling] call for bids
    [selecting] choice of a bid
    [contracting] contract
    [building] building
    [upstream_review] upstream review
    [accepting] acceptance
    [warranty] warranty
    [delivered] delivered
    [merged_into] merged
    [parked] asleep
    [refused_upstream] refused by the software's team
    [not_chosen] not chosen this time
    [not_funded] sum not reached
    [no_bidder] no bidder
    [overtaken] already done elsewhere
    [abandoned] abandoned
    [closed_partial] delivered in part
    [closed_failed] stopped
    [fork_decision] choice of a fork
   *[other] unknown stage
}
refusal-track = { $track ->
    [trust] trust
    [light] light
    [full] full
    [heavy] reinforced
   *[other] unknown track
}

## Sharing out one's share

refusal-stale = This amount has changed meanwhile: you had seen { $seen }, there is { $now } now.
refusal-not-funding = Nothing can be put there: this feature is at the stage “{ $state }”.
refusal-not-yet-open = This will be possible from { $date }.
refusal-closed = The funding of this feature has been closed since the end of { $date }.
refusal-round-over = The round of this feature is over: nothing more can be added.
refusal-awaits = The floor price is reached and a steward is to confirm: nothing moves until then.
refusal-bound = It is funded: the { $bound } that you put there can't be taken back.
refusal-not-enough = You have { $left } left to put here, and this would take { $wanted }.
refusal-over-maximum = There is room for { $room } only, and you are adding { $wanted }.
refusal-over-cap = One organisation puts { $cap } at most on one feature; this would make { $wanted }.
refusal-amount = This is not a possible amount.
refusal-unconfirmed = This can't be taken back: confirm it first.

## Features

refusal-no-passage = The way doesn't lead from “{ $from }” to “{ $to }”.
refusal-not-yet-here = The stage “{ $to }” is not in Popote yet: it comes with a later version.
refusal-above-ceiling = The track “{ $track }” goes up to { $ceiling }: lower the price or choose a fuller track.
refusal-track-not-used = This collective doesn't use the track “{ $track }”.
refusal-track-stops = The track “{ $track }” doesn't lead to a payment yet, and { $inside } lies here: it would stay blocked. The track changes once the feature is empty.
refusal-too-few-need = { $asked ->
    [one] This track asks for { $asked } organisation that needs it (so far: { $needers }).
   *[other] This track asks for { $asked } organisations that need it (so far: { $needers }).
}
refusal-no-done-when = This track asks the feature to say when it is done: write it first (“It is done when…”).
refusal-money-inside = { $allocated } lie on it already: price and dates stand for the organisations that put them there.
refusal-not-editable = At the stage “{ $state }” this can't be changed any more.
refusal-new-terms-not-funding = At the stage “{ $state }” no new terms are proposed.
refusal-new-terms-nothing-inside = No share lies here: price and date change freely, by changing the feature.
refusal-new-terms-one-is-open = New terms are announced already: wait for the end of { $until }, until when each organisation may take its share back.
refusal-new-terms-unchanged = These are the terms already: change the price or the date.
refusal-new-terms-too-soon = Each organisation must have the time to take its share back: the closing date can't be before { $earliest }.
refusal-new-terms-round-too-soon = The round ends on { $closes }: each organisation must have until { $earliest } to take its share back. Prolong the round first.
refusal-new-terms-below = { $allocated } lie on it already: the maximum can't go down to { $maximum }.
refusal-no-floor = A price is needed: at least one line with a minimum.
refusal-terms-too-large = The sum of the lines is too large.
refusal-closing-passed = Its closing date, { $date }, has passed: give another one first.
refusal-no-round = No round is open: choose “outside rounds”, or wait for the next round.
refusal-changed-meanwhile = Somebody saved something else meanwhile: compare, then try again.
refusal-moved-meanwhile = It isn't at the stage “{ $from }” any more: it stands at “{ $now }”. Nothing more was done.
refusal-nothing-to-confirm = Nothing awaits a confirmation.
refusal-already-so = This is so already.
refusal-lead-needs-it = The organisation that leads a feature counts among those that need it already.

## Rounds

refusal-one-is-open = Round { $number } is open: one at a time.
refusal-round-begun = Money is shared, promised, put or funded in it: only its name and its last day still change. After a wrong sharing, undo it first: everything can be changed again.
refusal-round-has-features = Features are being funded in it: it can't be withdrawn any more.
refusal-round-already-closed = This round is closed already.
refusal-round-changed = The figures have changed since you saw them: here they are anew. Nothing is closed yet.
refusal-decision-by-one = Another person must have written this decision down, themselves and not by a program.
refusal-decision-used = { $act ->
    [gifts_put] This decision served on { $date } to put gifts on feature { $number }: a decision serves once, write a new one down.
    [topped_up] This decision served on { $date } to top feature { $number } up: a decision serves once, write a new one down.
    [round_closed] This decision served on { $date } to end round { $number }: a decision serves once, write a new one down.
   *[other] This decision served on { $date }: a decision serves once, write a new one down.
}
refusal-decision-used-otherwise = This decision served on { $date }: a decision serves once, write a new one down.
refusal-round-by-one = Closing a round earlier takes two persons: have the decision written down by somebody else, on the pages and not by a program, then choose it here.
refusal-round-terms-open = The terms of a feature of the round have changed: each organisation may take its share back until the end of { $date }. The round can't end before that.
refusal-round-not-over = This round lasts until the end of { $date }; closing it earlier asks for a decision.
refusal-nothing-to-share = There is nothing to share: the pot has received nothing since the last time.
refusal-no-member = The collective has no member organisation yet.
refusal-nobody-paid = Nobody paid in during the period chosen: take another period, or share equally.
refusal-more-than-present = You share { $wanted }, but there are only { $present }: that is { $excess } too much.
refusal-more-than-to-share = You share out { $asked }, but there are only { $shared } for the organisations, and { $reserve } for the reserve: that is { $excess } too much.
refusal-not-a-member = An organisation of the list is not a member of the collective.
refusal-already-distributed = The money of this round is shared already.
refusal-round-not-open = This round is not open any more.
refusal-not-distributed = The money of this round is not shared yet.
refusal-allocated-already = Shares lie on features already: the sharing can't be undone any more.
refusal-deficit = The pot lacks { $deficit }: a decision must cover this loss first.
refusal-gifts-shared-out = Gifts are shared among the members here: neither the rules nor the open round say that a decision puts them on features.
refusal-gifts-earmarked = This fund is earmarked to another feature.
refusal-gifts-not-enough = This fund holds { $left } that wait, and you put { $wanted }.
refusal-gifts-nobody-leads = The organisation that led this feature has left: another takes it up first.
refusal-shares-too-large = These amounts are too large.

## Leaving

refusal-left-already = This organisation is not, or no longer, a member of the collective.
refusal-no-refunds = The collective's rules pay nothing back: the money stays in the common pot.
refusal-refund-undecided = Paying back rests on a decision of the collective: choose it.
refusal-refund-of-itself = The people of this organisation don't decide that it is paid back: somebody else writes it down, on a decision that another organisation recorded.
refusal-departure-by-one = To exclude an organisation or to pay it back, somebody other than you has written the decision down: ask them to record it under “Decisions”, then choose it here.
refusal-departure-unannounced = Nobody but you can record this decision: record it first under “Decisions”, saying whose departure it decides. The organisation's people learn of it by mail, and the departure is confirmed fourteen days later.
refusal-departure-announced = You recorded this decision, and nobody else can: the departure can be confirmed from { $from }.
refusal-departure-not-about = This decision is not about this departure: choose one that names this organisation, and on which no departure rests yet. It is recorded under “Decisions”, saying whose departure it decides.
refusal-departure-of-host = This organisation holds the pot's money: name another host first.

## Rights and keys

refusal-no-mandate = This asks for a mandate of an organisation of the collective.
refusal-missing-right = Your mandate or your role doesn't allow this.
refusal-key-reused = This key was used for another request. Give each request a new one.
refusal-form-used = This form was sent before, and that first sending is recorded. What you just sent is something else, and isn't recorded: read it again, then send it once more if you want to record it too.
refusal-form-keyless = This form came without the hidden number that keeps it from being recorded twice: nothing was recorded. Read it again, then send it once more from this page.
refusal-signed-out = Sign in first.
refusal-out-of-scope = This token doesn't have the scope that this asks for.
refusal-only-contributor-by-token = For a member a program offers and ends only mandates of contributors: those of representative and of finance are given and ended on the pages.
refusal-no-departure-by-token = No program records the decision by which an organisation leaves, for money moves on it: sign in and record it on the pages.
refusal-never-by-token = No program may do this: sign in on the pages.
refusal-token-gone = This token holds no more, or not in this collective.
refusal-not-fresh = This asks for a sign-in less than ten minutes old: sign in again, then try again.

## Classified ads

refusal-ad-twice = You have posted this ad already: it is no. { $number }. Nothing more was posted.
refusal-ad-too-many = You have many ads shown already: withdraw one first.
refusal-ad-over = This ad has ended.
refusal-ad-hidden = The administration of this instance hid this ad.
refusal-ad-not-hidden = This ad isn't hidden.
refusal-ad-not-a-request = It is an offer of help: nobody shares its need.
refusal-ad-own = It is your ad, or your organisation's.
refusal-ad-other-side = A request stays a request, an offer stays an offer.
refusal-ad-full = There are too many already: no more are taken.
refusal-ad-too-few = At least two organisations are needed.
refusal-ad-founded = A collective formed around this ad already.
refusal-ad-asked = The administration of this instance has been asked already.
