### Home: the collectives of the instance, and the pot at a glance.

pot-instance-title = Common pots to fund things together
pot-instance-lead = Organisations pool money and fund the features of the free software that all of them use.
pot-instance-collectives = The collectives
pot-instance-empty = There is no collective here yet.
pot-instance-empty-next = Whoever installed this instance finds a link to make the first one in the server's log.
pot-instance-example = example
pot-instance-about = What is this?

pot-heading = The common pot of { $collective }
pot-members = { $count ->
    [0] No organisation so far
    [one] { $count } organisation
   *[other] { $count } organisations
}
pot-lead-round = { $members } · round { $number } ends { $when }, { $until }
pot-lead-round-over = { $members } · round { $number } is over and being closed
pot-lead-round-soon = { $members } · round { $number } opens { $when }
pot-lead-no-round = { $members } · no round is open at present
pot-next-pay-in = Nothing is in the pot yet. First each organisation pays in and a treasurer records it; then a round shares the money out.
pot-next-share = The money received waits to be shared out for the first time: a round gives each organisation its share to put on features.
pot-next-promise = Nothing is promised yet. First a feature is proposed; then each organisation says what it puts in.
pot-nothing-awaits = Nothing to do for now. Have a good day!
pot-simmers = What simmers
pot-simmers-empty = Nothing simmers yet: no feature is looking for funding.
pot-allocate = Share out my share
pot-see-round = See round { $number }
pot-all-features = All features
pot-all-activity = All activity
pot-all-deadlines = All deadlines
pot-figures = Received, promised, intended
pot-received = { $mode ->
    [direct] Paid directly
   *[other] Received in all
}
pot-spent = Paid, out of the pot
pot-in-hand = In hand
pot-firm = Firm promises
pot-hoped = Intentions
pot-mode = { $mode ->
    [own] In this pot each organisation pays in advance: only what is received counts.
    [pledge] In this pot one promises first: nothing is collected before the floor price is reached.
    [direct] In this pot nothing is collected: each organisation pays whoever does the work.
   *[other] Another way of working.
}
pot-now = Where the money received is
pot-see-accounts = See the accounts

## What awaits the person

pot-await-open-round = Open a round: { $amount } wait to be shared
pot-await-need = { $count ->
    [one] { $count } need waits to know who else has it
   *[other] { $count } needs wait to know who else has them
}
pot-await-idea = { $count ->
    [one] { $count } idea waits to know who needs it
   *[other] { $count } ideas wait to know who needs them
}
pot-await-record = Record a contribution
pot-await-choose-organisation = Choose for which organisation you act

## Needs

pot-needs = The needs most shared
pot-all-needs = All needs
