### The classified ads of the instance: list, ad, forms, conversations, mails, moderation.

ads-title = Classified ads
ads-lead = Associations say what they need, people and organisations offer their help. Those with the same need get together and share the cost.
ads-no-payment = No payment passes through classified ads.
ads-new-request = Ask for help
ads-new-offer = Offer help
ads-mine = Your ads
ads-feed = Atom feed
ads-embed = The list for another site
ads-empty = There is no classified ad here yet.
ads-empty-next = Write the first one: a mail to confirm is enough, without a password.
ads-empty-filtered = No ad fits these criteria.
ads-all = See all ads
ads-filter = Filter
ads-filter-legend = Filter the ads
ads-filter-side = Requests or offers
ads-filter-any = All
ads-filter-collective = Members of the collective
ads-filter-words = Words
ads-side = { $side ->
    [request] Looks for
   *[other] Offers
}
ads-sides = { $side ->
    [request] Requests for help
   *[other] Offers of help
}
ads-work = { $work ->
    [development] development
    [training] training
    [migration] change of software
    [documentation] documentation
    [translation] translation
    [design] graphics and ergonomics
    [hosting] running a software for you
    [support] set-up and support
   *[other] other
}
ads-remote = remotely
ads-example = example
ads-members-only = for members
ads-needers = { $count ->
    [one] { $count } other organisation has the same need
   *[other] { $count } other organisations have the same need
}
ads-amount = { $unit ->
    [day] { $amount } a day
    [hour] { $amount } an hour
   *[other] { $amount } in all
}
ads-amount-range = { $least } to { $most }
ads-amount-from = from { $least }
ads-amount-up-to = up to { $most }
ads-fact-who = Organisation
ads-fact-work = Work
ads-fact-software = Software
ads-fact-skills = Skills
ads-fact-place = Where
ads-fact-budget = { $side ->
    [request] Budget
   *[other] Rate
}
ads-fact-deadline = Before
ads-fact-licence = Licence wanted
ads-fact-availability = Availability
ads-fact-until = Shown until
ads-references = References
ads-by-address = Posted without an account, by a confirmed address.
ads-by-member = Posted by an organisation of this instance.
ads-over = Others don't see this ad any more.
ads-keep = Manage this ad
ads-contact = Answer this ad
ads-same-need = We have the same need
ads-same-need-leave = We don't have this need any more
ads-same-need-said = Your organisation said that it has the same need.
ads-needers-title = Who shares this need
ads-needers-none = Nobody else yet.
ads-founded = A small collective formed around this ad.
ads-founded-see = See the collective
ads-report = Report this ad
ads-lost-link = Is it your ad? Get the link by which you manage it
ads-fitting = { $side ->
    [request] Who could help
   *[other] Whom this could help
}
ads-fitting-none = { $side ->
    [request] No offer fits yet. This page keeps itself up to date.
   *[other] No request fits yet. This page keeps itself up to date.
}
ads-because = because: { $reasons }

## Writing an ad

ads-form-title = Post a classified ad
ads-form-lead-member = It is shown at once, in your organisation's name, for 60 days.
ads-form-lead-stranger = It is shown for 60 days, once you have confirmed the mail that you are about to get. No account, no password.
ads-form-side = What do you want to do?
ads-form-request = ask for help
ads-form-request-hint = Your organisation needs something and looks for who can do it, or who needs it too.
ads-form-offer = offer help
ads-form-offer-hint = You develop, train, translate… and let people know.
ads-form-name-title = Title
ads-form-name-hint = In one line: “Export our memberships to Paheko”.
ads-form-body = Description
ads-form-body-hint = What is needed, for whom, what there is already. Markdown is taken.
ads-form-works = Which work?
ads-form-software = Software
ads-form-software-hint = Names with commas between them: Nextcloud, Paheko.
ads-form-skills = Skills
ads-form-skills-hint = Words with commas between them: PHP, accessibility, teaching.
ads-form-region = Region or town
ads-form-remote = Can be done remotely
ads-form-amounts = Budget or rate
ads-form-least = At least
ads-form-most = At most
ads-form-unit = For
ads-form-unit-of = { $unit ->
    [day] a day
    [hour] an hour
   *[other] the whole
}
ads-form-deadline = To be done before
ads-form-licence = Licence wanted
ads-form-licence-hint = For example AGPL-3.0, or “free”.
ads-form-availability = When you have time
ads-form-references = Your references
ads-form-request-more = For a request
ads-form-offer-more = For an offer
ads-form-seen = Who may read it?
ads-form-public = everybody
ads-form-members = only members of collectives of this instance
ads-form-who = Who posts it
ads-form-organisation = Your organisation, or your name
ads-form-publish = Post
ads-form-ask = Get the mail to confirm
ads-form-address = Your address is shown to nobody: people write to you by a form.
ads-posted = Your ad is posted.
ads-asked = A mail has gone to { $email }: open it to confirm. Sent several times, the same ad is one.
ads-asked-act = A mail has gone to { $email }: open it to confirm.

## Confirming

ads-confirm-title = { $kind ->
    [request] Post your request
    [offer] Post your offer
    [contact] Send your message
    [need] Say that you have the same need
   *[other] Say that you don't have this need any more
}
ads-confirm-ad = Ad no. { $number }: { $title }
ads-confirm-button = Confirm
ads-confirm-effect = { $kind ->
    [request] Your request is shown at once, for 60 days.
    [offer] Your offer is shown at once, for 60 days.
    [contact] Your message goes to whoever posted the ad; they see your address only if you chose so.
    [need] The name of your organisation is shown on the ad. Together you may form a small collective; nothing binds you to pay.
   *[other] The name of your organisation is shown on the ad no more.
}
ads-confirmed = { $kind ->
    [request] Your request is posted. Keep the address of this page: by it you manage your ad.
    [offer] Your offer is posted. Keep the address of this page: by it you manage your ad.
    [contact] Your message has gone. The answer comes to you by mail.
    [need] Noted: you have the same need. A mail tells you how to take it back.
   *[other] Noted: you don't have this need any more.
}

## Answering

ads-contact-title = Answer an ad
ads-contact-lead = Your message goes by mail to whoever posted the ad. Answers are read on a page of you two; nobody sees the other's address.
ads-contact-body = Your message
ads-contact-shows = Show my address to whoever posted the ad
ads-contact-send = Send the message
ads-contact-sent = Your message has gone.
ads-talk-title = Conversation with { $organisation }
ads-talk-lead = About the ad “{ $title }”.
ads-talk-address = Their address, which they chose to show you: { $email }
ads-talk-you = You
ads-talk-reply = Your answer
ads-talk-send = Send
ads-talk-sent = Your answer has gone.
ads-talk-over = This conversation is over: nothing is added to it.
ads-need-title = Say that you have the same need
ads-need-lead = The name of your organisation is shown on the ad, and whoever posted it gets a mail. Once there are two of you, a small collective may form, of which your organisation becomes a member: each promises what it wants there, nothing binds you to pay.
ads-need-done = Noted: your organisation has the same need.
ads-need-left = Noted: your organisation doesn't have this need any more.
ads-report-title = Report an ad
ads-report-lead = The administration of this instance reads your reason, and decides.
ads-report-reason = What is wrong
ads-report-send = Report
ads-report-sent = Thank you. The administration of this instance will have a look.
ads-link-title = Get the link of your ad
ads-link-lead = If this is the address that posted the ad, a mail goes there with the link.
ads-link-sent = If this is the address of the ad, a mail has gone.

## Managing one's ad

ads-manage-title = Manage your ad no. { $number }
ads-manage-shown = Shown until { $date }.
ads-manage-over = It ended on { $date }. You may post it again.
ads-manage-withdrawn = You withdrew it. You may post it again.
ads-manage-hidden = The administration of this instance hid it: { $reason }
ads-manage-link = This address is personal: whoever knows it can change the ad.
ads-manage-see = See the ad
ads-manage-renew = Show it for 60 more days
ads-manage-renewed = Done: the ad is shown for 60 days.
ads-manage-withdraw = Withdraw the ad
ads-manage-withdrawn-done = The ad is withdrawn.
ads-manage-edit = Change the ad
ads-manage-appeal = Appeal
ads-manage-appeal-body = Why it should be shown
ads-manage-appeal-send = Send to the administration
ads-manage-appealed = The administration of this instance has your message.
ads-manage-appeal-said = You wrote: { $appeal }
ads-manage-talks = Messages
ads-manage-talks-none = Nobody has answered yet.
ads-manage-talk = { $count ->
    [one] { $organisation }: { $count } message
   *[other] { $organisation }: { $count } messages
}
ads-manage-needers = The organisations with the same need
ads-manage-needer = { $organisation }, by { $name }
ads-manage-found-title = Form a small collective
ads-manage-found-lead = { $count ->
    [one] Once another organisation has the same need you may form a small collective: each pays its part directly, without a common account.
   *[other] You are { $count } organisations. A small informal collective may form, with one feature to fund: each promises what it wants there and pays its part directly, without a common account.
}
ads-manage-found = Ask for the collective
ads-manage-found-confirm = The administration of this instance makes it by one click. Each organisation of the list becomes a member and gets a mail; you will administer it.
ads-manage-found-asked = Asked: the administration of this instance will make the collective.
ads-manage-found-waits = Your wish waits for the administration of this instance.
ads-manage-history = What happened
ads-event = { $kind ->
    [ad_posted] Posted
    [ad_edited] Changed
    [ad_renewed] Renewed
    [ad_withdrawn] Withdrawn
    [ad_hidden] Hidden by the administration
    [ad_shown] Shown again
    [ad_reported] Reported
    [ad_reports_answered] Reports looked at
    [ad_appealed] Appeal sent
    [ad_answered] An answer
    [ad_need_shared] An organisation has the same need
    [ad_need_left] An organisation has this need no more
    [ad_founding_asked] Collective asked for
    [ad_founding_declined] Collective declined
    [ad_founded] Collective made
   *[other] Something else
}
ads-mine-title = Your ads and your answers
ads-mine-empty = Neither you nor your organisation has an ad.
ads-mine-talks = Your answers to other ads
ads-mine-state = { $state ->
    [shown] shown
    [hidden] hidden
    [withdrawn] withdrawn
   *[other] ended
}

## For the administration

ads-admin-title = Classified ads to look at
ads-admin-lead = What waits for the administration of the instance. Everything done here is kept.
ads-admin-none = Nothing waits.
ads-admin-reports = Reports
ads-admin-hidden = Hidden ads
ads-admin-foundings = Collectives asked for
ads-admin-hide = Hide
ads-admin-hide-reason = Reason, sent to whoever posted the ad
ads-admin-answer = Leave the ad shown
ads-admin-show = Show again
ads-admin-appeal = Appeal: { $appeal }
ads-admin-found = Make the collective
ads-admin-decline = Decline
ads-admin-decline-reason = Reason, sent to whoever asked
ads-admin-who = { $name } ({ $email }), for { $organisation }
ads-admin-hidden-done = The ad is hidden; whoever posted it gets the reason by mail.
ads-admin-shown-done = The ad is shown again.
ads-admin-answered-done = The reports are dealt with.
ads-admin-founded-done = The collective is made; each organisation gets a mail.
ads-admin-declined-done = The wish is declined.
ads-admin-link = Look at classified ads

## Mails

ads-mail-confirm-subject = { $kind ->
    [request] Confirm your classified ad
    [offer] Confirm your classified ad
    [contact] Confirm your answer to ad no. { $number }
   *[other] Confirm: the same need as ad no. { $number }
}
ads-mail-confirm = { $kind ->
    [request] Somebody wrote, with this address, a request for help in the classified ads.
    [offer] Somebody wrote, with this address, an offer of help in the classified ads.
    [contact] Somebody answered, with this address, ad no. { $number }.
   *[other] Somebody said, with this address, that they have the same need as ad no. { $number }.
}
ads-mail-kept-subject = Your classified ad no. { $number }
ads-mail-kept = Your ad “{ $title }” is there. To change, renew or withdraw it:
ads-mail-ends-subject = Your classified ad no. { $number } ends soon
ads-mail-ends = Your ad “{ $title }” is shown until { $date }. To show it for 60 more days, or withdraw it:
ads-mail-need-subject = { $organisation } has the same need as you
ads-mail-need = { $name }, for { $organisation }, has the same need as your ad “{ $title }”. With two organisations or more you may form a small collective:
ads-mail-message-subject = { $organisation } answers your ad
ads-mail-message = { $name }, for { $organisation }, answers your ad “{ $title }”:
ads-mail-message-address = Their address, which they chose to show you: { $email }
ads-mail-message-answer = Don't answer this mail: you write your answer here, without showing your address.
ads-mail-answer-subject = { $organisation } answers you
ads-mail-answer = { $organisation } answers you about the ad “{ $title }”:
ads-mail-needed-subject = You have the same need as ad no. { $number }
ads-mail-needed = Noted. You get a mail if a collective forms. The ad:
ads-mail-needed-leave = If your organisation doesn't have this need any more:
ads-mail-hidden-subject = Your classified ad no. { $number } is hidden
ads-mail-hidden = The administration of this instance hid your ad “{ $title }”, for this reason: { $reason }
ads-mail-hidden-appeal = You may change it, or appeal:
ads-mail-shown-subject = Your classified ad no. { $number } is shown again
ads-mail-shown = The administration of this instance shows your ad “{ $title }” again.
ads-mail-declined-subject = No collective for your ad no. { $number }
ads-mail-declined = The administration of this instance makes no collective of your ad “{ $title }”, for this reason: { $reason }
ads-mail-founded-subject = The collective “{ $collective }” is made
ads-mail-founded = The collective “{ $collective }” is made and { $organisation } is a member. Sign in with this address, without a password, to promise what you want to put there:
ads-mail-admin-subject = { $what ->
    [report] Classified ad no. { $number } reported
    [appeal] Classified ad no. { $number }: appeal
   *[other] Classified ad no. { $number }: a collective is asked for
}
ads-mail-admin = { $what ->
    [report] Ad no. { $number }, “{ $title }”, is reported.
    [appeal] Ad no. { $number }, “{ $title }”, is hidden; whoever posted it appeals.
   *[other] Whoever posted ad no. { $number }, “{ $title }”, asks for a small collective. One click is enough:
}
ads-feed-title = Classified ads
ads-footer = Classified ads
