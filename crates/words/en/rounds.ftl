### Rounds: opening, sharing, putting one's share, closing.

rounds-title = Rounds
rounds-lead = { $mode ->
    [own] A round is a period in which money received becomes shares, and each organisation shares out its own.
   *[other] A round is a period in which each organisation says what it promises, and on which features it puts it.
}
rounds-empty = No round has taken place yet.
rounds-empty-next = { $mode ->
    [own] Once money has come into the pot, a steward or a treasurer opens a round.
   *[other] A steward or a treasurer opens a round when the collective wants to choose together what to fund. Outside rounds everybody promises when they like.
}
rounds-open = Open a round
rounds-round = Round
rounds-dates = Dates
rounds-state = Where it stands
rounds-state-name = { $state ->
    [open] open
    [closing] closing
    [closed] over
   *[other] other
}
rounds-name-of = Round { $number }: { $name }

## Opening a round

rounds-new-lead = { $mode ->
    [own] One round is open at a time. It begins by sharing out what is in the pot.
   *[other] One round is open at a time. It begins with the promises of the organisations.
}
rounds-name = Name of the round
rounds-name-hint = For instance “Autumn 2026”.
rounds-opens-on = First day
rounds-closes-on = Last day
rounds-closes-on-hint = That day included. At its end each feature is funded, or gives back what lies on it.
rounds-closes-on-rules = By the rules, counted from the opening: { $date }.
rounds-differs-date = Its last day doesn't follow the calendar of the rules, which would give { $date }.
rounds-differs-sharing = { $rule ->
    [equal] The sharing is not that of the rules: equally.
    [paid] The sharing is not that of the rules: in proportion to payments.
    [mixed] The sharing is not that of the rules: a part equally, the rest in proportion to payments.
   *[other] The sharing is not that of the rules: by hand.
}
rounds-differs-unspent = { $usual ->
    [carry] The rules foresee something else for an unused share: it stays with the organisation.
   *[other] The rules foresee something else for an unused share: it goes back to the common pot.
}
rounds-rule = Rule of sharing
rounds-rule-equal = Equal shares
rounds-rule-equal-hint = The same share for each member organisation.
rounds-rule-paid = In proportion to payments
rounds-rule-paid-hint = By what each paid in during the period chosen.
rounds-rule-mixed = A mix of both
rounds-rule-mixed-hint = A part equally, the rest in proportion.
rounds-rule-manual = By hand
rounds-rule-manual-hint = A treasurer gives an amount for each organisation, one by one or by a file.
rounds-period = For the proportion and the mix
rounds-period-hint = Without effect on the two other rules.
rounds-from = Payments from
rounds-to = To
rounds-equal-part = Part shared equally, in per cent
rounds-equal-part-hint = For the mix: 50 means half.
rounds-gifts = The pot's gifts
rounds-gifts-equal = Equally
rounds-gifts-rule = By the rule above
rounds-gifts-wish = By the rule above, showing what those who give wish for
rounds-gifts-wish-hint = Their wishes are shown where shares are made and put; they bind nobody.
rounds-gifts-decision = Not shared: a decision of the collective puts them on features
rounds-gifts-decision-hint = One person writes the decision down, another puts the gifts. An earmarked gift is shared out all the same: it goes to the organisation that leads its feature, which can put it nowhere else.
rounds-cap = Cap per organisation and feature
rounds-cap-hint = No cap if the field stays empty.
rounds-unspent = What is not put at the end
rounds-unspent-carry = Stays with the organisation for the next round
rounds-unspent-lapse = Goes back to the common pot
rounds-opened = { $mode ->
    [own] Round { $number } is open. The money of the pot is still to be shared out.
   *[other] Round { $number } is open: organisations may promise.
}
rounds-one-is-open = A round is open already, and there is one at a time. The next one opens when it is over.
rounds-edit = Change this round
rounds-edit-heading = Change round { $number }
rounds-moves = { $count ->
    [one] Move the feature too that closes with it, on { $date }
   *[other] Move the { $count } features too that close with it, on { $date }
}
rounds-moves-which = { $count ->
    [one] If the last day of the round is put off, so is the closing date of this feature: { $titles }. Unticked, it doesn't change.
   *[other] If the last day of the round is put off, so are their closing dates: { $titles }. Unticked, they don't change.
}
rounds-changed = The round is changed.
rounds-withdraw = Withdraw this round
rounds-withdraw-effect = Nothing is shared, promised or put in it: it can be withdrawn, and another opened in its place. It stays in the list, as withdrawn.
rounds-withdrawn = Round { $number } is withdrawn.

## The rule, in words

rounds-explained-equal = Each member organisation gets the same share.
rounds-explained-paid = Each organisation gets a share in proportion to what it paid in { $period }.
rounds-explained-mixed = { $percent } are shared equally, the rest in proportion to payments { $period }.
rounds-explained-manual = A treasurer gives an amount to each organisation.
rounds-explained-wishes = Gifts follow the same rule; members see what those who give wish for.
rounds-explained-decided = Gifts are not shared: a decision of the collective puts them on features.
rounds-wishes = What those who give wish for
rounds-wishes-lead = For information: sharing follows the round's rule, and each organisation stays free to put its share where it wants.
rounds-wishes-caption = The wishes of the gifts of this round, the largest sums first
rounds-wish = Wish
rounds-wish-count = Gifts
rounds-wish-amount = Sum
rounds-wish-gifts = { $count ->
    [one] { $count } gift
   *[other] { $count } gifts
}
rounds-short = { $rule ->
    [equal] equal shares
    [paid] in proportion
    [mixed] mix
    [manual] by hand
   *[other] other
}

## The page of a round

rounds-heading = Round { $number }: your turn to share out
rounds-heading-plain = Round { $number }: { $name }
rounds-until = Open { $until }.
rounds-opens-later = Opens on { $date }.
rounds-is-closed = Over: it lasted { $dates }.
rounds-is-closed-day = Over: it lasted one day, { $date }.
rounds-is-closed-early = Over since { $on }, before the day planned ({ $planned }).
rounds-is-withdrawn = Withdrawn on { $date }, before it was of use.
rounds-closed-by = By decision { $number }: “{ $title }”
rounds-report = Report
rounds-report-funded = { $count ->
    [0] No feature was funded in it.
    [one] { $count } feature was funded in it.
   *[other] { $count } features were funded in it.
}
rounds-report-put = { $amount } were put on its features.
rounds-report-failed = { $count ->
    [one] { $count } did not reach its sum.
   *[other] { $count } did not reach their sums.
}
rounds-report-outside = { $amount } went to features outside rounds.
rounds-report-returned = { $amount } came back to the organisations that had put them there.
rounds-report-returned-lapsed = { $amount } came back from features that did not reach their sum.
rounds-report-lapsed = { $amount } were not put anywhere at the end, what had returned included: they are in the pot again.
rounds-report-carried = { $amount } were not put anywhere at the end, what had returned included: they stay with the organisations for the next round.
rounds-report-decided = { $amount } of it are gifts, put by decision.
rounds-report-to-funds = { $amount } of gifts went back to their funds.
rounds-report-added-since = Since its end, { $amount } were added to them by decision.
rounds-report-gone-since = Since its end, { $amount } came back from them.
rounds-closing-now = Its last day has passed: closing is under way.
rounds-to-distribute = Share the pot's money among the organisations
rounds-to-close = Close this round earlier
rounds-see-shares = See who got which share, and why
rounds-undo = Undo this sharing
rounds-undo-used = This distribution is not undone any more: an organisation has put its share already. What an organisation lacks can be given to it in the next round, by a distribution by hand.
rounds-undo-departed = This distribution can't be undone any more: an organisation that got a share has left the collective since. What an organisation lacks can be given to it in the next round, by a distribution by hand.
rounds-undo-outside = To undo this distribution, organisations first take back what they put on features outside rounds.
rounds-all = All rounds
rounds-will-be = The rule: { $rule }
rounds-to-distribute-preview = A preview first shows the share of each organisation.
rounds-not-distributed = The money of this round is not shared yet: each organisation gets its share once a treasurer has confirmed it.
rounds-rule-unspent = { $rule ->
    [lapse] At the end of the round, what is not put anywhere goes back to the common pot.
   *[other] At the end of the round, what is not put anywhere stays with each organisation.
}
rounds-rule-cap = Each organisation puts at most { $amount } on one feature.
rounds-progress = { $count ->
    [0] { $allocated } put on features; none of this round has reached its floor price yet.
    [one] { $allocated } put on features; { $count } has reached its floor price.
   *[other] { $allocated } put on features; { $count } have reached their floor price.
}
rounds-progress-none = Nothing is put on the features of this round yet.
rounds-progress-outside = Of which { $amount } outside rounds.
rounds-no-feature = No feature is looking for funding at present.
rounds-left-for = Left to share out for { $organisation }
rounds-left-over = { $amount } too much
rounds-purse = Your share: { $parts } = { $total }. Already put: { $already }.
rounds-purse-of-one = Your share: { $part }. Already put: { $already }.
rounds-purse-carried = You got no share in this round; what is left comes from earlier rounds. Already put: { $already }.
rounds-purse-all-put = You received no share in this round, and all that came from earlier rounds is put: { $already }.
rounds-purse-nothing = Your organisation has no share in this round: it received none, and nothing is left from before.
rounds-purse-waiting = The money of this round is not shared out yet: what is left comes from before. Already put: { $already }.
rounds-part = { $part ->
    [equal] equal share
    [paid] in proportion to payments
    [manual] given by the treasurer
    [gift] gifts
    [carried] left from earlier rounds
   *[other] other
}
rounds-earmarked = Of which { $amount } is earmarked: it comes from a gift and can only be put on “{ $title }”, after the rest of your share.
rounds-part-of = { $amount } ({ $part })
rounds-change-mind = You may change your mind as long as a feature is not funded.
rounds-shuffled = The order is shuffled for each visitor.
rounds-by-name = Alphabetical order
rounds-mixed = Shuffled order
rounds-line-meta = { $software } · { $missing } missing · { $until }
rounds-line-meta-plain = { $missing } missing · { $until }
rounds-line-meta-funded = funded · { $room } may still be added · { $until }
rounds-line-label = Share for “{ $title }”
rounds-line-hint = { $most } at most.
rounds-line-bound = { $amount } are there, and can't be taken back.
rounds-line-mine = You put { $amount } there.
rounds-would-trigger = { $missing } are enough to fund it: your share would do.
rounds-would-lack = { $missing } are enough to fund it; with your { $left }, { $lack } would be missing.
rounds-save = Save how I share out
rounds-saved = Saved. You have { $left } left to share out.
rounds-saved-triggered = { $count ->
    [one] Saved, and { $count } feature is funded thanks to you! You have { $left } left to share out.
   *[other] Saved, and { $count } features are funded thanks to you! You have { $left } left to share out.
}
rounds-sign-in = Sign in to share out my share

## The sharing

rounds-distribution-heading = Share the money of round { $number }
rounds-distribution-changed = Something has changed since the preview: nothing was written. This is how it would be now.
rounds-amount = Amount of contributions to share
rounds-amount-hint = All contributions that are in the pot if left empty. Gifts always come on top.
rounds-manual-table = An amount for each organisation
rounds-manual-hint = One line for each organisation: name ; amount. A line without an amount gets nothing of payments; of gifts shared equally it gets its part.
rounds-manual-file = Or a CSV file
rounds-manual-line = { $field ->
    [name] Line { $number }: this organisation is no member of the collective.
    [invited] Line { $number }: this organisation is invited and not a member yet; it gets a share only once it has accepted.
    [twice] Line { $number }: this organisation has a line already.
   *[other] Line { $number }: a name is needed, then an amount.
}
rounds-manual-amount = Line { $number }: { $why }
rounds-manual-empty = Give at least one line.
rounds-preview = See the sharing
rounds-preview-title = { $total } to share
rounds-preview-caption = What each organisation will get, and why
rounds-shared-heading = The sharing of round { $number }
rounds-shared-caption = What each organisation got, and why
rounds-shared-others = { $count } other organisations, which don't publish their amounts, got { $amount } together.
rounds-shared-untold = The shares of the other organisations are not published.
rounds-organisation = Organisation
rounds-share = Share
rounds-total = Total
rounds-fact-pools = { $amount } come from members' payments.
rounds-fact-gifts = { $amount } come from gifts, which are followed to their end.
rounds-fact-reserve = { $amount } go to the pot's reserve, as the rules say.
rounds-fact-cents = { $of ->
    [gifts] Cents of gifts that don't divide go in turn, by the number of the round.
   *[other] Cents that don't divide go in turn, by the number of the round.
}
rounds-fact-stays = { $amount } of payments are not shared out: they stay in the pot, for a later round.
rounds-returnable = { $organisation } brought { $amount } in with a right of return. This distribution shares them out like the rest: what goes to the other organisations can't be given back to it any more.
rounds-counted = { $count ->
    [one] { $count } payment of this period, { $amount }, has already counted in the distribution of round { $round }. If it must not count twice, correct the dates of this round.
   *[other] { $count } payments of this period, { $amount } in all, have already counted in the distribution of round { $round }. If they must not count twice, correct the dates of this round.
}
rounds-confirm-effect = What is shown is what will be written, to the cent. It can be undone as long as nobody has put a share and no organisation that got one has left the collective.
rounds-confirm = Confirm this sharing
rounds-distributed = It is shared out. A mail goes to those who represent the organisations that got a share, except to those who want none.
rounds-nobody-acts = { $count ->
    [one] Nobody acts for { $names }: its share would wait until somebody is invited for it.
   *[other] Nobody acts for these organisations: { $names }. Their shares would wait until somebody is invited for each.
}
rounds-manual-to-share = There is { $amount } to share out by the amounts given here: payments.
rounds-manual-gifts = { $how ->
    [equal] { $amount } of gifts come on top, equally for all organisations: they are not given here.
   *[other] { $amount } of gifts come on top, by the amounts given here: they are not counted in them.
}
rounds-manual-earmarked = { $amount } of gifts for one feature come on top, for the organisation that leads it.

## Closing

rounds-close-heading = Close round { $number } earlier
rounds-close-effect = Each feature that reached its floor price is funded; for the others everything comes back. This can't be undone.
rounds-close-decision = Which decision?
rounds-close-decision-hint = The one by which the collective chose to close earlier.
rounds-close-decision-name = { $number }. { $title }
rounds-close = Close this round
rounds-closed-lapsed = The round is over: { $lapsed } were not put anywhere, what came back from features included. As the rule of the round said, they are in the pot again.
rounds-closed-plain = The round is over.
rounds-closed = The round is over: { $returned } came back to the organisations.
rounds-close-two = The decision is recorded by somebody other than you. Who can record it: { $names }. Send them this address: { $address }
rounds-close-why = Closing before the date asks for a decision of the collective. Without it the round closes by itself on its date.
rounds-close-new-decision = A decision to write down now
rounds-close-decision-title = Title of the decision
rounds-close-outcome = What was decided
rounds-close-go-on = See the report and confirm
rounds-close-by = By the decision “{ $title }”.
rounds-close-last-word = Closing the round can't be undone: the report above becomes final, and each organisation is told.
rounds-ending = Report, if the round ended now
rounds-ending-none-funded = No further feature would be funded.
rounds-ending-funded = { $count ->
    [one] { $count } feature would be funded
   *[other] { $count } features would be funded
}
rounds-ending-short = { $count ->
    [one] { $count } feature is short of its sum
   *[other] { $count } features are short of their sum
}
rounds-ending-feature = Feature
rounds-ending-missing = Missing
rounds-ending-returns = What returns from it
rounds-ending-to-organisations = { $amount } would return to the organisations that put it.
rounds-ending-to-lapse = { $amount } would come back from features that did not reach their sum: they are part of what is not put.
rounds-ending-to-promisers = { $amount } would return to the promises of the organisations that put it.
rounds-ending-to-funds = { $amount } would return to the gift funds that it came from.
rounds-ending-of-left = { $amount } are of organisations that left: it would go where their departure says.
rounds-ending-carried = { $amount } would not be put: it would stay with the organisations for the next round.
rounds-ending-lapse-own = { $amount } would not be put and come from what each organisation had paid in itself: they would be its payments again, kept in the pot in its name.
rounds-ending-lapse-common = { $amount } would not be put and come from what other organisations had paid in: they would return to the common pot, to all, without a name.
rounds-ending-lapse-again = Both would be shared out anew in the next round; the difference counts when an organisation leaves: only what is in its name counts as coming from it.
rounds-ending-lapse-funds = { $amount } would not be put and would return to the gift funds.
rounds-ending-nothing-left = Nothing would be left to put.
rounds-ending-left = What each organisation would not have put
rounds-ending-amount = Amount
rounds-ending-more = { $count ->
    [one] And { $count } other organisation.
   *[other] And { $count } other organisations.
}
rounds-close-outcome-hint = By whom, how, and why to close earlier.

## Confirming what can't be taken back
rounds-confirm-heading = This can't be taken back
rounds-confirm-adds = “{ $title }” is funded already: the { $amount } that you add will stay there.
rounds-confirm-triggers = With your { $amount }, “{ $title }” reaches its floor price: it is funded at once, and what you put there stays.
rounds-confirm-asks = With your { $amount }, “{ $title }” reaches its floor price: what you put there doesn't move until a steward has confirmed.
rounds-confirm-worker = { $by ->
    [lead] No other organisation is named for the work: { $name }, which leads the feature, will do it.
   *[other] Who will do the work: { $name }.
}
rounds-confirm-meant = Yes, I mean it

## The mail at the end
round-mail-closed-subject = Round { $number } is over: what becomes of the share of { $organisation }
round-mail-closed = The round “{ $name }” is over.
round-mail-closed-early = The round “{ $name }” ended earlier than planned, by decision { $decision }: “{ $title }”.
round-mail-extended-subject = Round { $number } ends later
round-mail-extended = The round “{ $name }” now lasts { $until }, no longer until { $before }.
round-mail-extended-moved = The last day of these features follows: { $titles }. What you put there can be taken back as long as their floor price is not reached.
round-mail-returned = { $amount } came back to { $organisation }, from what did not reach its sum: { $features }.
round-mail-returned-lapsed = { $amount } that { $organisation } had put came back from what did not reach its sum: { $features }. The rule of the round sends them to the pot.
round-mail-lapsed = In all, { $amount } of { $organisation } were not put anywhere, what came back included: they go back to the pot, as the rule of the round said.
round-mail-carried = In all, { $amount } stay with { $organisation } for the next round.
round-mail-all-put = { $organisation } has nothing left to put.
round-mail-see = The report of the round:
round-mail-title = “{ $title }”
round-mail-titles-more = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
}
