### Needs: what is missing, who else needs it, by which approaches.

needs-title = Needs
needs-lead = What members lack, in their own words. Those that most organisations share come first.
needs-new = Write a need
needs-edit = Change the need
needs-list = The needs
needs-feed = Atom feed
needs-feed-title = Needs — { $name }
needs-filters-state = By state
needs-filters-software = By software
needs-all-software = All software
needs-state = { $state ->
    [open] open
    [parked] asleep
    [merged] merged
    [answered] there is an answer
    [pending] to be looked at
   *[other] not taken
}
needs-state-list = { $state ->
    [open] Open
    [parked] Asleep
   *[other] With an answer
}
needs-empty = No need is open. Write what your members lack: other organisations may need it too.
needs-empty-here = No need fits these filters.
needs-supporters = { $count ->
    [0] No organisation says any more that it needs it
    [one] { $count } organisation needs it
   *[other] { $count } organisations need it
}
needs-strength-sum = total strength: { $count }
needs-users-sum = { $users ->
    [one] { $shown } person concerned
   *[other] { $shown } people concerned
}
needs-approaches-count = { $count ->
    [one] { $count } approach
   *[other] { $count } approaches
}
needs-features-count = { $count ->
    [one] { $count } feature
   *[other] { $count } features
}
needs-which-software = Which software?
needs-by = Written on { $day } by { $organisation }
needs-by-person = Written on { $day } by { $organisation } ({ $person })
needs-by-guest = Written on { $day } by { $name }, a guest

## Writing

needs-form-lead = Say what the people who use your services lack, not how to code it: approaches come later.
needs-form-edit-lead = What the need said before stays readable.
needs-form-title = The need, in one line
needs-form-title-hint = For example: “Invite people without an account to a room”
needs-form-software = Software
needs-form-software-hint = Leave it empty if you don't know which one.
needs-form-software-examples = For example: { $names }. Leave it empty if you don't know which one.
needs-form-why = Why
needs-form-why-hint = Who needs it, in which situation, and what it changes. Markdown.
needs-form-links = Issues elsewhere
needs-form-links-hint = One address a line, if others already speak of it.
needs-form-discussion = Place of discussion
needs-form-discussion-hint = If you already speak of it on your forum: comments are then made there, not here.
needs-form-ours = And at yours
needs-form-feature = This feature comes of these needs. The organisations that have them will be told, and belong to it.
needs-publish = Publish the need
needs-written = The need is published. Your organisation is the first to need it.

## We need it too

needs-strength = How much?
needs-strength-name = { $strength ->
    [s1] 1 — it would be nice
    [s2] 2 — it would help
    [s3] 3 — it is important
    [s4] 4 — it hurts us every week
   *[other] 5 — we can't do without
}
needs-strength-of = strength { $strength } out of 5
needs-users = How many people are concerned at yours?
needs-users-hint = More or less; leave it empty if you don't know.
needs-words = In your own words
needs-amount = What you would put in
needs-amount-hint = An intention, never money: it binds to nothing.
needs-help-legend = What you could do instead of paying
needs-help = { $help ->
    [develop] develop
    [test] test
    [translate] translate
    [document] document
   *[other] host
}
needs-say = We need it too
needs-say-anew = Save
needs-said = Noted: your organisation needs it too.
needs-withdraw = We don't need it any more
needs-withdrawn = Noted: your organisation needs it no more.
needs-intention-note = The amount is shown as the other amounts of your organisation are.
needs-would-put = would put { $amount }
needs-could = Could: { $help }
needs-who = Who needs it
needs-sum-organisations = Organisations
needs-sum-needs = Needs
needs-sum-shared = Shared
needs-sum-strength = Strength
needs-sum-users = People concerned
needs-sum-amount = Intentions
needs-sum-more = { $amount } and more

## The page

needs-why = Why
needs-links = Others speak of it here:
needs-story = What happened
needs-wake = Wake this need
needs-wake-hint = Any member can open it again.
needs-turns = Park it, or say that there is an answer
needs-turn-reason = Why
needs-turn-hint = Everybody can read it. Nothing is deleted: any member can open the need again.
needs-park = Park it
needs-answer = There is an answer
needs-turned = Noted.
needs-follow = Follow
needs-unfollow = Follow no more
needs-follow-hint = Get a mail when something happens here.
needs-following = You get a mail when something happens here.
needs-followed = You follow this need.
needs-unfollowed = You follow this need no more.
needs-features = What came of it
needs-features-empty = No feature has been opened for this need yet.
needs-open-feature = Open a feature
needs-origins = It came of these needs

## Approaches

needs-approaches = Approaches
needs-approaches-empty = By which way could an answer come? In the software, beside it, by adapting what somebody has already, or by a guide.
needs-approach-new = Propose an approach
needs-approach-one = Approach { $number }
needs-approach-change = Change approach { $number }, or say where it stands
needs-approach-lead = Any member completes an approach. What it said before stays readable.
needs-approach-kind-label = By which way
needs-approach-kind = { $kind ->
    [upstream] in the software itself
    [plugin] a plug-in
    [service] a service beside it, or a bridge
    [adapt] adapt what a member already runs
    [existing] it exists at ours already
    [documentation] a guide or a translation
   *[other] wait
}
needs-approach-title = The approach, in one line
needs-approach-body = What is known of it
needs-approach-url = Link
needs-approach-url-hint = Where to read on. For “it exists at ours already”, where it is found.
needs-approach-known-by = Who knows it
needs-approach-price = Rough price
needs-approach-price-from = Rough price, at least
needs-approach-price-to = And at most
needs-approach-price-hint = An order of magnitude is enough; leave it empty if nobody knows.
needs-price-range = { $from } to { $to }
needs-approach-maintained-by = Who would maintain it
needs-approach-saved = The approach is saved.
needs-approach-ended = Noted.
needs-approach-state = { $state ->
    [open] open
    [refused] refused by the team of the software
    [dropped] given up
   *[other] done
}
needs-approach-end = Where it stands
needs-approach-end-lead = A refusal by the team closes the approach, never the need.
needs-approach-end-state = It is
needs-approach-end-reason = Why
needs-approach-end-evidence = Where to read it
needs-approach-end-evidence-hint = One address a line. A refusal by the team asks for one.

## Together

needs-together = What we need together
needs-together-headline = { $needs ->
    [0] No need is open.
    [one] { $needs } open need, { $organisations }; { $shared }.
   *[other] { $needs } open needs, { $organisations }; { $shared }.
}
needs-together-organisations = { $count ->
    [one] { $count } organisation
   *[other] { $count } organisations
}
needs-together-shared = { $count ->
    [0] none is shared yet
    [one] { $count } is shared by two organisations or more
   *[other] { $count } are shared by two organisations or more
}
needs-together-empty = As soon as needs are written, you will see here what members have in common.
needs-together-by-software = By software
needs-together-all = In all
needs-together-note = An organisation counts once a line, and so do its people. Intentions are no money.
needs-together-more = “and more”: other organisations keep their amount to themselves.
needs-together-who = Who shares needs with whom
needs-together-who-caption = How many open needs two organisations have in common
needs-together-csv = Download as CSV
needs-csv-number = Number
needs-csv-need = Need
needs-csv-help = Instead of paying
needs-yours = Your needs that others share
needs-theirs = Its needs that others share
needs-people = { $users ->
    [one] { $shown } person
   *[other] { $shown } people
}

## Mails

needs-mail-stop = To get these mails no more, open this page and choose “Follow no more”.
needs-mail-joined-subject = One more organisation needs this: “{ $title }”
needs-mail-joined = { $count ->
    [one] { $name } needs it: “{ $title }”. It is the only one so far.
   *[other] { $name } needs “{ $title }” too. You are { $count } organisations now.
}
needs-mail-turned-subject = { $state ->
    [parked] “{ $title }” is asleep
    [answered] There is an answer to “{ $title }”
   *[other] “{ $title }” is open again
}
needs-mail-turned = { $state ->
    [parked] The need “{ $title }” is parked: { $reason }. You can open it again here:
    [answered] The need “{ $title }” has an answer: { $reason }. It is here:
   *[other] The need “{ $title }” is open again:
}
needs-mail-alone = Nobody else said in three months that they need “{ $title }”: it is asleep. Nothing is lost, and any member can wake it here:
needs-mail-approach-subject = An approach to “{ $title }”
needs-mail-approach = { $kind ->
    [approach_added] An approach to “{ $title }” is proposed: { $approach }.
    [approach_refused] The team of the software refused an approach to “{ $title }”: { $approach }. The need stays open.
    [approach_dropped] An approach to “{ $title }” is given up: { $approach }.
    [approach_done] An approach to “{ $title }” is done: { $approach }.
   *[other] An approach to “{ $title }” is open again: { $approach }.
}
needs-mail-feature-subject = A feature opens: “{ $feature }”
needs-mail-feature = You need “{ $need }”: a feature opens to answer it, “{ $feature }”. Your organisation belongs to it; that binds it to nothing. See what is proposed:
needs-mail-comment-subject = A comment on “{ $title }”
needs-mail-comment = Somebody wrote a comment on the need “{ $title }”:

refusal-need-not-live = { $state ->
    [merged] This need was merged with another: the other one goes on.
    [answered] This need has an answer. Open it again first.
   *[other] This need isn't open.
}
refusal-need-already-so = It is so already.
refusal-need-too-many-approaches = This need has as many approaches as it can. Complete one of them rather.
