### A person's own place: what awaits them, their organisations, sessions and settings.

me-nav-profile = Your settings
me-nav-tokens = Your tokens
me-nav-sessions = Your sessions

## What awaits you

me-count = { $count ->
    [0] Nothing awaits you. All is in order.
    [one] One thing awaits you.
   *[other] { $count } things await you.
}
me-at-hand = What you may also do
me-kept = A form that you were filling in on { $when }, when your session ended, is kept.
me-kept-back = Show it again
me-place = Its page in “{ $collective }”
me-place-left = Its statement in “{ $collective }”, left on { $date }
me-nothing-pressing = Nothing is waiting. This is what you can do.
me-calm = When there is a share to put somewhere, a role to confirm or a closing date near, it will be here.
me-share = Put { $amount } somewhere for { $organisation }
me-share-round = Round { $number } of “{ $collective }”, { $until }.
me-share-outside = In “{ $collective }”, outside rounds.
me-in = In “{ $collective }”.
me-pay-why = In “{ $collective }”, for { $organisation }, { $until }.
me-bill = { $many ->
    [one] Invoice { $many } organisation for { $amount }, for “{ $title }”
   *[other] Invoice { $many } organisations for { $amount } together, for “{ $title }”
}
me-bill-why = In “{ $collective }”, for { $organisation }, who does the work: the page of the work says whom, how much, and with which reference.
me-iban = Write down the host's IBAN
me-iban-why = To begin with in “{ $collective }”: without it nobody knows where to pay.
me-unproven = { $many ->
    [one] A payment of more than fifteen days ago has no proof
   *[other] { $many } payments of more than fifteen days ago have no proof
}
me-invite = Invite other organisations
me-invite-why = To begin with in “{ $collective }”: yours is there alone.
me-pay-in = Make a first contribution for { $organisation }
me-pay-in-why = In “{ $collective }”: IBAN and reference are on the statement of the organisation.
me-from = from { $from } on
me-role = Confirm a role: { $person }, { $role }
me-role-why = In “{ $collective }”, proposed by { $proposer }; a second person is needed.
me-new-iban = Confirm or stop another IBAN ({ $host })
me-new-link = Confirm or stop another page for gifts ({ $host })
me-new-target-why = In “{ $collective }”, { $person } wrote it down; without an answer it is shown on { $from }.
me-feature = Confirm the funding of “{ $title }”
me-feature-why = In “{ $collective }”, the floor price was reached on { $date }.
me-distribute = Share out the money of round { $number }
me-distribute-why = In “{ $collective }”, the round is open but shares aren't given yet.
me-invitation = Answer the invitation of { $inviter }
me-invitation-why = For { $organisation }, in “{ $collective }”: open the mail you received, good { $until }.
me-terms = New terms of “{ $title }”: leave your { $amount }, or take them back
me-terms-why = { $collective }, for { $organisation }: without an answer { $until }, your share stays there and may be used.
me-closing = “{ $title }” closes { $when }
me-closing-why = In “{ $collective }”: { $missing } missing.
me-closing-covered = In “{ $collective }”: the floor price is reached.
me-mandate-proposed = You are offered a mandate for { $organisation }
me-mandate-proposed-why = { $granter } offers you: { $kind }, from { $from }. Until you accept, it lets you do nothing and ties you to nothing. The offer lapses on { $until }.
me-mandate-accept = Accept this mandate
me-mandate-decline = Decline
me-mandate-accepted = Noted: you have a mandate for { $organisation }.
me-mandate-declined = Your refusal is noted: you don't have this mandate for { $organisation }.
me-mandate-ends = Your mandate for { $organisation } ends { $when }
me-mandate-ends-why = Somebody who represents the organisation can renew it.

## Organisations

me-organisations = Your organisations
me-organisations-none = You act for no organisation yet. Somebody who represents yours can invite you.
me-acting = You act for { $organisation }.
me-acting-left = Your mandate for { $organisation } goes on, but it is in no collective any more: all that is left is to read its statement.
me-acting-none = You act for no organisation at the moment.
me-act-for = Act for { $organisation }
me-act-chosen = chosen
me-act-flash = You now act for { $organisation }.
me-mandate-line = { $kind }, { $since }
me-mandate-from = since { $date }
me-mandate-coming = from { $date }
me-mandate-until = until { $date } inclusive
me-collectives = Your collectives

## Sessions

me-sessions-lead = Every device where you are signed in. End those you don't recognise.
me-sessions-caption = Last seen first
me-sessions-device = Device
me-sessions-since = Signed in
me-sessions-seen = Seen
me-sessions-act = End
me-sessions-unknown = Unnamed device
me-sessions-here = this one
me-sessions-end = End the session of { $device }
me-sessions-others = End all others
me-sessions-ended = The session has ended.
me-sessions-others-ended = All other sessions have ended.

## Settings

me-profile-title = Your settings
me-name = Your name
me-locale = Language of pages and mails
me-suspended = Until { $when } you can't authorise payments: 48 hours pass after each change of address or password, and after a role given without a second person.
me-fresh-needed = To change what protects your account, a sign-in less than ten minutes old is needed.
me-fresh-act = Sign in again
me-email-title = Your address
me-email-now-html = Your mails go to <strong>{ $email }</strong>.
me-email-new = New address
me-email-effect = A link goes to the new address; nothing changes before you open it. The old one is told, your other sessions end, and you can't authorise payments for 48 hours.
me-email-send = Send me the link
me-email-asked = If that address can be yours, a link is on its way there. Open it within 15 minutes, in this browser.
me-email-confirm-title = Confirm your new address
me-email-confirm-lead = One last button, and your mails will go to this new address.
me-email-confirm = Take this address
me-email-changed = Your address is changed. The old one has been told.
me-email-gone-title = This link no longer works
me-email-gone-next = Ask for a new one from your settings.
me-password-title = Your password
me-password-none = You have none: you sign in by mail, and that is quite enough.
me-password-some = You have one. Mail works too, always.
me-password-new = New password
me-password-hint = At least twelve characters. A short sentence is easier to remember.
me-password-effect = Your other sessions end, your access tokens are revoked, a mail tells you, and you can't authorise payments for 48 hours.
me-password-set = Choose this password
me-password-remove = Remove the password
me-password-changed = The password is changed; your other sessions have ended and your access tokens are revoked.
me-password-removed = The password is removed; your other sessions have ended and your access tokens are revoked.
me-notices-title = What you receive
me-notices-lead = What needs your answer or moves your organisation's money always comes at once. All else is one mail, on the first of the month; choose here what it tells.
me-notices-of = In “{ $collective }”
me-notices-kind = { $kind ->
    [month] The mail of the month
    [features] Features
    [money] The money of the pot
    [members] The members
   *[other] The mail of a month in which nothing awaits you
}
me-notices-frequency = { $frequency ->
    [monthly] once a month
   *[other] never
}
me-notices-save = Save for “{ $collective }”

## A person's data

me-data-title = Your data
me-data-lead = All that this instance keeps about you, in one file: your profile, mandates and roles, your sessions, what you wrote, what you did, the mails sent to you.
me-data-act = Download my data
me-erase-title = Erase your account
me-erase-lead = This is final: nobody can undo it, you neither.
me-erase-goes = What goes
me-erase-goes-name-html = Your name and your address <strong>{ $email }</strong>: in their place everybody reads “erased person”. The address can be invited again; that would be another person.
me-erase-goes-rows = Your password, sessions, tokens, drafts, what you choose to be told and to follow, the links and mails kept for you; your classified ads are taken back.
me-erase-mandate = Your mandate for { $organisation }.
me-erase-roles = { $count ->
    [one] Your role in a collective; its treasurers are told.
   *[other] Your { $count } roles in collectives; their treasurers are told.
}
me-erase-choices = { $count ->
    [one] A standing choice that nobody else could change any more.
   *[other] { $count } standing choices that nobody else could change any more.
}
me-erase-alone = Nobody will represent { $organisation } any more: invite somebody first, or it has to wait until the collective's administration does.
me-erase-stays = What stays, and why
me-erase-stays-journal = Entries of the journal and the history of collectives, under a number drawn at random: accounts that everybody can check are not rewritten.
me-erase-stays-papers = Invoices and proofs, for ten years: the law asks to keep accounting papers.
me-erase-stays-texts = What others wrote that names you, and what you wrote for an organisation: features, decisions, reports.
me-erase-stays-copies = Backup copies, until they are replaced; whoever runs the server says how long that takes.
me-erase-comments = What you wrote
me-erase-texts = Erase the text of my comments, of my ads and of my messages about ads too
me-erase-texts-hint = Otherwise your comments stay to be read, signed “erased person”.
me-erase-last = To keep a trace, download your data first.
me-erase-act = Erase my account
me-erase-back = Back to the settings
me-erase-not-now = Not possible yet
me-erase-done = Your account is erased.
person-erased = erased person
