### Two needs that are the same: proposing to merge them, answering, parting.

merging-title = Merge two needs
merging-lead = Everything here moves to the other need: the organisations that need it, approaches, links, comments, the people who follow it. The old address will lead there.
merging-link = It is the same need as another
merging-target = Number or address of the need that stays
merging-target-hint = For instance 12
merging-target-unknown = No open need of this collective has that number.
merging-reason = Why is it the same?
merging-like = Those that are like it
merging-propose = Propose the merge
merging-yours = Your organisation wrote it: the merge is done at once.
merging-asks = Whoever wrote it will be told. Without an answer within 7 days the merge is done.
merging-proposed = The merge is proposed: whoever wrote this need is told.
merging-done = Both needs are one now.
merging-pending = { $name } proposes to merge this need with “{ $title }”. Without an answer it will be done on { $date }.
merging-accept = It is the same indeed
merging-refuse = It isn't the same
merging-withdraw = Take the proposal back
merging-part = Part them again
merging-part-hint = What came from this need returns to it.
merging-answered = { $answer ->
    [accept] Both needs are one now.
    [refuse] Noted: both needs stay apart.
    [withdraw] The proposal is taken back.
   *[other] Both needs are apart again.
}
merging-came = Needs that were joined here
merging-moved = This need was joined with “{ $title }”, which has everything that came of it.
merging-while-editing = While you were writing, this need was joined with “{ $title }”. Your text is kept below: compare, and carry over what is missing there.
merging-mail-asked-subject = “{ $title }”: the same need as another?
merging-mail-asked = { $by } proposes to join your need “{ $title }” with “{ $into }”.
merging-mail-until = You may agree or refuse. Without an answer they will be joined on { $date }.
merging-mail-done-subject = “{ $title }” is joined with another need
merging-mail-done = The need “{ $title }” that you follow is now joined with “{ $into }”: everything is there.

## Refusals

merging-refusal-itself = It is the same need: choose another one.
merging-refusal-not-open = One of both needs isn't open any more.
merging-refusal-proposed = A merge of this need is proposed already.
merging-refusal-refused = The organisation that wrote it has said already that it isn't the same.
merging-refusal-nothing = There is nothing left here to answer or to undo.
merging-refusal-not-yours = The organisation that wrote this need answers.

## Needs like the one that is being written

similar-title = Is it one of these already?
similar-lead = Joining a need that is there weighs more than writing a second one.
similar-certain = It is the same: it names the same issue.
similar-supporters = { $count ->
    [0] Nobody joined it yet
    [one] One organisation needs it
   *[other] { $count } organisations need it
}
similar-join = We need it too
similar-none-of-them = None of these: publish ours
similar-live = Needs like yours
similar-joined = Noted: your organisation needs it too.
needs-badge = { $count ->
    [0] Nobody joined it yet
    [one] 1 organisation needs it
   *[other] { $count } organisations need it
}

## History

story-merging = { $kind ->
    [need_merge_proposed] { $organisation } proposes to join the need “{ $title }” with “{ $into }”
    [need_merged] The need “{ $title }” is joined with “{ $into }”
    [need_merge_refused] The need “{ $title }” stays apart: it is not “{ $into }”
    [need_merge_withdrawn] The proposal to join the need “{ $title }” with “{ $into }” is taken back
   *[other] The need “{ $title }” is apart again: it is not joined with “{ $into }” any more
}
