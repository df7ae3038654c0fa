### What happened, told: the history of a feature, the activity of a collective, its feed.

story-allocated = { $organisation } put { $amount } on “{ $title }”
story-taken-back = { $organisation } took { $amount } back from “{ $title }”
story-added = { $organisation } added { $amount } to “{ $title }”, which is funded
story-topped-up = { $organisation } tops “{ $title }” up: { $amount }, by decision { $decision }
story-share-used = { $organisation } shared out its share
story-share-used-by-one = An organisation shared out its share
story-contribution = { $organisation } paid in { $amount } ({ $nature })
story-contribution-hidden = An organisation paid in its contribution
story-gift = Gift received: { $amount }, into the fund “{ $fund }”
story-gift-put = { $amount } of gifts of the fund “{ $fund }” put on “{ $title }”, by decision { $decision }
story-gifts = { $count } gifts received: { $amount } in all, into the fund “{ $fund }”
story-proof-added = A proof is added to entry { $number }.
story-reversed = Entry { $number } is reversed
story-round-opened = Round { $number } is open, until { $date } inclusive
story-round-changed = Round { $number } has changed
story-round-changed-in = Round { $number } has changed: { $changes }
story-round-change = { $field ->
    [name] its name
    [opens_on] its first day
    [closes_on] it lasts until { $date } inclusive
    [rule] how it is shared out
    [cap] the most by organisation and feature
    [lapse] what becomes of what isn't used
    [promises] what becomes of promises
   *[other] something else
}
story-round-withdrawn = Round { $number } is withdrawn
story-round-closed = { $triggered ->
    [0] Round { $number } is over: { $returned } came back
    [one] Round { $number } is over: { $triggered } feature funded, { $returned } came back
   *[other] Round { $number } is over: { $triggered } features funded, { $returned } came back
}
story-round-lapsed = { $closed }, { $lapsed } not put anywhere went back to the pot
story-distribution = { $count ->
    [one] { $amount } entrusted to { $count } organisation for round { $round }
   *[other] { $amount } shared among { $count } organisations for round { $round }
}
story-terms-changed = “{ $title }” has new terms: until the end of { $until }, each organisation may take its share back
story-terms-kept = “{ $title }”: the time to take a share back is over, the new terms apply
story-confirmation-asked = “{ $title }” reached its floor price: a steward confirms before the end of { $until }
story-track-changed = “{ $title }” now follows the track “{ $track }”
story-edited = { $organisation } changed “{ $title }”
story-lead-changed = “{ $title }”: { $lead } leads from now on, after { $before }
story-lead-changed-why = “{ $title }”: { $lead } leads from now on, after { $before } ({ $reason })
story-picture-added = A new picture shows “{ $title }”
story-picture-removed = A picture of “{ $title }” is removed
story-need-said = { $organisation } needs “{ $title }” too
story-need-withdrawn = { $organisation } needs “{ $title }” no more
story-proposed = { $organisation } proposes “{ $title }”
story-triggered = { $count ->
    [one] “{ $title }” is funded: { $amount }, by { $count } organisation
   *[other] “{ $title }” is funded: { $amount }, by { $count } organisations
}
story-triggered-plain = “{ $title }” is funded: { $amount }
story-funding = Funding is open for “{ $title }”: floor price { $floor }, until { $date } inclusive
story-not-funded = The sum was not reached for “{ $title }”: everything came back
story-moved = “{ $title }” comes to the stage “{ $state }”
story-moved-because = “{ $title }” comes to the stage “{ $state }”: { $reason }
story-member-joined = { $organisation } joined the collective
story-organisation-described = { $organisation } changed its description
story-organisation-renamed = { $before } is now called { $name }
story-left = { $organisation } left the collective
story-collective-made = The collective is made
story-pot-created = The pot “{ $name }” is made
story-role-proposed = A role waits for a second person: { $role ->
    [admin] administrator
    [steward] steward
   *[other] treasurer
}
story-role-granted = A role is granted: { $role ->
    [admin] administrator
    [steward] steward
   *[other] treasurer
}
story-role-ended = A role ends: { $role ->
    [admin] administrator
    [steward] steward
   *[other] treasurer
}
story-mandate-given = A mandate is given for { $organisation }
story-mandate-ended = A mandate ends for { $organisation }
story-person-invited = Somebody is invited for { $organisation }
story-invitation-withdrawn = An invitation is withdrawn
story-imported = { $count ->
    [one] { $count } organisation imported from a file
   *[other] { $count } organisations imported from a file
}
story-decision-recorded = Decision { $number }: { $title }
story-commented = { $organisation } commented on a feature
story-commented-need = { $organisation } commented on a need
story-webhook-made = Another site is told what happens
story-webhook-ended = Another site is told no more
story-token-made = A token is made for a program of { $organisation }
story-token-revoked = A token of { $organisation } is revoked
story-comment-hidden = A comment is hidden
story-comment-edited = A comment is changed
story-comment-shown = A comment is shown again
story-rules-changed = The rules of the collective have changed
story-collective-described = The description of the collective has changed
story-host-described = { $what ->
    [bank_added] The bank details of the host are filled in: { $name }
    [bank_added_and_described] The bank details of the host are filled in, and what is written of it is changed: { $name }
    [bank_changed] The bank details of the host have changed: { $name }
    [bank_changed_and_described] The bank details of the host and what is written of it have changed: { $name }
    [described] What is written of the host is changed: { $name }
   *[other] The host has changed: { $name }
}
story-restoration-compared = The pot was compared with the statements after a restoration: payments go on
story-standing-choice = { $organisation } changed its standing choice
story-other = Something changed in the collective
story-somebody = Somebody
story-fund-mode = The pot works another way now. { $mode }

## Software and needs

story-software-entered = { $organisation } entered the software “{ $name }”
story-software-described = { $organisation } changed the entry of the software “{ $name }”
story-software-hosted = { $organisation } hosts “{ $name }”
story-software-hosting-ended = { $organisation } hosts “{ $name }” no more
story-need-written = { $organisation } wrote the need “{ $title }”
story-need-edited = { $organisation } changed the need “{ $title }”
story-need-joined = { $organisation } needs “{ $title }” too
story-need-left = { $organisation } needs “{ $title }” no more
story-need-turned = { $kind ->
    [need_parked] The need “{ $title }” is asleep
    [need_answered] The need “{ $title }” has an answer
   *[other] The need “{ $title }” is open again
}
story-need-turned-why = { $what }: { $reason }
story-need-became-feature = Of the need “{ $title }” came a feature: “{ $feature }”
story-approach = { $kind ->
    [approach_added] { $organisation } proposes an approach to “{ $title }”: { $approach }
    [approach_edited] { $organisation } completed an approach to “{ $title }”: { $approach }
    [approach_refused] An approach refused by the team of the software, to “{ $title }”: { $approach }
    [approach_dropped] An approach given up, to “{ $title }”: { $approach }
    [approach_done] An approach done, to “{ $title }”: { $approach }
   *[other] An approach open again, to “{ $title }”: { $approach }
}
story-software-assessed = A finding on the grid of { $software }
story-assessment-settled = A steward settles a criterion of the grid of { $software }
story-software-waived = { $software } may be funded although an essential criterion isn't met, by decision { $decision }
story-software-waiver-ended = { $software } is no longer funded although an essential criterion isn't met
story-listing-imported = { $count ->
    [one] { $count } organisation read in chatonsinfos files
   *[other] { $count } organisations read in chatonsinfos files
}
story-software-confirmed = { $count ->
    [one] { $organisation } confirms that it runs { $count } software
   *[other] { $organisation } confirms that it runs { $count } software
}
