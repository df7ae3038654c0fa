### Webhooks: telling another site what happens.

webhooks-title = Tell another site
webhooks-lead-html = At each public event that you choose, a short signed message goes to the address that you give, with no amount and no name. <a href="{ $href }">How to check it</a>
webhooks-none = No address yet.
webhooks-caption = The addresses that are told, the newest first
webhooks-url = Address
webhooks-url-hint = An https address, on the usual port.
webhooks-kinds = Events
webhooks-kinds-hint = Without a choice, all.
webhooks-all = all
webhooks-state = State
webhooks-act = Change
webhooks-working = working
webhooks-failing = failing, { $since }
webhooks-disabled = disabled, { $since }
webhooks-enable = Enable again
webhooks-enabled = The address is told again, from now on.
webhooks-end = Remove
webhooks-ended = The address is not told any more.
webhooks-dead-title = What didn't arrive
webhooks-dead-caption = Nine tries over a day and a half, then no more
webhooks-when = When
webhooks-why = Why
webhooks-new-title = Add an address
webhooks-new-act = Add
webhooks-too-many = Ten addresses at most: remove one.
webhooks-made-title = The secret of this address
webhooks-made-how = The site that is told checks by it that messages come from here (the Standard Webhooks convention).
webhooks-made-back = Back to the addresses
webhooks-kind = { $kind ->
    [feature_moved] a feature changes its stage
    [feature_edited] a feature is changed
    [track_changed] a feature changes its track
    [lead_changed] another organisation leads a feature
    [confirmation_asked] a funding awaits a confirmation
    [terms_changed] the terms of a funding change
    [terms_kept] the time to take a share back is over
    [need_written] a need is written
    [need_joined] an organisation shares a need
    [need_became_feature] a feature comes of a need
    [need_said] an organisation needs a feature too
    [need_withdrawn] an organisation needs a feature no more
    [commented] a comment
    [round_opened] a round opens
    [round_closed] a round closes
    [distribution_posted] the shares of a round are given out
    [share_allocated] an organisation puts its share
    [share_taken_back] an organisation takes its share back
    [share_added] an organisation adds to a feature that is funded already
    [share_topped_up] an organisation tops a feature up, by decision
    [contribution_recorded] a payment is recorded
    [gift_recorded] a gift is recorded
    [gift_put] a decision puts gifts on a feature
    [entry_reversed] an entry is reversed
    [member_joined] an organisation joins the collective
    [rules_changed] the rules change
    [decision_recorded] a decision is recorded
   *[other] another event
}
