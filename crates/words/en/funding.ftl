### Mails about money: what is funded, what returns, what waits for an answer.

funding-mail-see = See the feature:
funding-mail-triggered-subject = “{ $title }” is funded
funding-mail-triggered = { $mode ->
    [own] The floor price of “{ $title }” is reached: { $total } are gathered. Work can begin.
    [later] The floor price of “{ $title }” is reached: { $total } is gathered and stays bound to it.
   *[other] The floor price of “{ $title }” is reached: { $total } are promised. Work begins once the money is received.
}
funding-mail-bound = The { $amount } that { $organisation } put there are reserved for this feature from now on.
funding-mail-your-turn = { $track ->
    [trust] { $organisation } leads it: now it is up to you to start the work with whoever will do it, and to keep the other organisations informed.
    [light] { $organisation } leads it: agree now on what will be delivered with whoever does the work, and keep the other organisations informed. The contract, the check and the payment of this track are not yet in Popote: what is gathered stays bound.
   *[other] { $organisation } leads it: now it is up to you to begin what comes next, and to keep the other organisations informed.
}
funding-mail-not-funded-subject = “{ $title }” did not reach its sum
funding-mail-not-funded = { $when ->
    [early] The round ended earlier than planned, by a decision of the collective: { $missing } were missing to the floor price of “{ $title }”.
   *[other] On the closing date { $missing } were missing to the floor price of “{ $title }”.
}
funding-mail-cancelled-subject = “{ $title }” stops
funding-mail-cancelled = “{ $title }” does not go on. The reason given: { $reason }
funding-mail-topped-up-subject = A top-up for “{ $title }”
funding-mail-topped-up = “{ $title }” was topped up, by the decision “{ $decision }”. The feature has { $total } in all now.
funding-mail-topped-up-why = The reason given: { $reason }
funding-mail-returned = { $amount } put there by { $organisation } are back in its share.
funding-mail-returned-lapses = { $amount } put there by { $organisation } are back in its share. What is not put anywhere at the end of the round, on { $day }, goes back to the pot: that is the rule of this round.
funding-mail-returned-gifts = { $amount } that { $organisation } had put there came from gifts: they go back to the fund of these gifts.
funding-mail-track-subject = “{ $title }” changes its track
funding-mail-track = “{ $title }” passes from the { $from ->
    [trust] “trust” track
    [light] “light” track
    [full] “full” track
   *[other] “reinforced” track
} to the { $to ->
    [trust] “trust” track.
    [light] “light” track.
    [full] “full” track.
   *[other] “reinforced” track.
}
funding-mail-track-reason = The reason given: { $reason }
funding-mail-track-held = { $amount } put by { $organisation } stays there; as long as it is not funded, you can take it back.
funding-mail-confirm-subject = Confirm the funding of “{ $title }”
funding-mail-confirm = The floor price of “{ $title }” is reached: { $total } are gathered. A steward has to confirm it; until then nothing moves. You can answer { $until }; after that, silence confirms.
funding-mail-share-subject = A share for { $organisation }
funding-mail-share = The money of the round “{ $round }” is shared out: { $organisation } gets { $amount } to put on features, { $until }.
funding-mail-share-see = Put the share on features:
funding-mail-parked-subject = “{ $title }” is asleep
funding-mail-parked = Nobody moved “{ $title }” on in the time foreseen: it was put to sleep. Nothing is lost: you can wake it up on its page, whenever you like.
funding-mail-lead-asked-subject = { $name }: lead “{ $title }”?
funding-mail-lead-asked = “{ $title }” is proposed to { $name }. Before: { $former }. Nothing changes until somebody who represents { $name } accepts.
funding-mail-lead-reason = Why: { $reason }
funding-mail-lead-answer = Accept or decline:
funding-mail-lead-declined-subject = { $name } won't lead “{ $title }”
funding-mail-lead-declined = { $name } declined to lead “{ $title }”. Nothing changed; you may propose another organisation.
funding-mail-lead-subject = Who leads “{ $title }” has changed
funding-mail-lead = “{ $title }” changed hands. Before: { $before }. From now on: { $lead }. Who does the work doesn't change.
funding-mail-paid-subject = { $amount } of { $organisation } have arrived
funding-mail-paid = The treasury of “{ $collective }” recorded a contribution of { $organisation }: { $amount }, which reached the bank on { $received }.
funding-mail-paid-returnable = It is recorded as a contribution with right of return. A distribution will share it out among all organisations all the same, and what goes to others can't be given back any more: if that is not what your agreement says, talk to the treasurers before the distribution.
funding-mail-paid-next = The next sharing makes a share of it. The statement of the organisation:
funding-mail-unpaid-subject = The contribution of { $amount } of { $organisation } is reversed in the accounts
funding-mail-unpaid = The treasury reversed the entry of the contribution of { $organisation }: { $amount }. The reason: { $reason }.
funding-mail-unpaid-next = If this is not right, tell the treasury. The statement of the organisation:
funding-mail-unshared-subject = The sharing of round { $round } is undone
funding-mail-unshared = The treasury undid the sharing of round { $round }, since its figures were wrong. The { $amount } entrusted to { $organisation } go back to the pot until a new sharing:
funding-mail-alarm-subject = The check of the accounts of “{ $collective }” found something wrong
funding-mail-alarm = { $count ->
    [one] Tonight's check found { $count } error in the accounts of the pot “{ $pot }” of “{ $collective }”.
   *[other] Tonight's check found { $count } errors in the accounts of the pot “{ $pot }” of “{ $collective }”.
}
funding-mail-alarm-unread = Tonight's check could not read the pot “{ $pot }” of “{ $collective }”.
funding-mail-alarm-next = Record nothing, share nothing and pay nothing before you know why. This message comes every night as long as something is wrong. The detail:
