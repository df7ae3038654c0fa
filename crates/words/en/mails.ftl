### Mails: a subject on one line, then paragraphs; addresses stand alone on their line.

mail-greeting = Hello { $name },
mail-footer = Sent by { -brand }, the shared pot for your free software: { $url }
mail-footer-collective = You receive this because you are part of “{ $collective }”. Your preferences: { $url }
mail-footer-month =
    One mail a month, on the first, for all your collectives. Your preferences: { $url }
    Stop it: { $stop }

mail-sign-in-subject = Sign in to { -brand }
mail-sign-in-open = To sign in, open this address in the browser where you asked for it:
mail-sign-in-code = Or type this code there: { $code }
mail-sign-in-once = The address and the code work once, for 15 minutes. If you asked for nothing, do nothing: nobody can sign in without this message.

mail-welcome-subject = “{ $collective }” is ready
mail-welcome-done = The collective “{ $collective }” is ready, with its shared pot and rules to begin with. You administer it, and you are its steward and treasurer until others join you.
mail-welcome-next = Next: invite the other organisations, read the rules again, propose a first feature.

mail-invitation-subject = { $inviter } invites you to “{ $collective }”
mail-invitation-what = { $inviter } invites you to join “{ $collective }” for { $organisation }. This collective funds, together, the features of the free software that its members use.
mail-invitation-mandate = { $kind ->
    [representative] You will represent { $organisation }: money, votes, and the mandates of others.
    [finance] You will be able to promise, pay and allocate the share of { $organisation }.
   *[other] You will be able to write and propose for { $organisation }, without touching money or voting.
}
mail-invitation-open = To read the invitation and accept it, or not, open this address:
mail-invitation-until = It works once, { $until }.
mail-invitation-asked-subject = An invitation to confirm in “{ $collective }”
mail-invitation-asked = { $inviter } wishes to invite { $email } to act for { $organisation }, which somebody else represented. The invitation is sent only once a second person confirms it: you may. Ask that organisation first whether this is its wish.
mail-invitation-asked-open = To confirm or refuse it:
mail-taking-over-subject = Somebody else for { $organisation }?
mail-taking-over = { $step ->
    [asked] { $inviter } asks to invite { $email } to act for { $organisation } in “{ $collective }”. A second person has to confirm it.
    [accepted] By an invitation sent to { $email }, somebody acts for { $organisation } in “{ $collective }” from now on. { $inviter } had invited them.
   *[other] { $inviter } invites { $email } to act for { $organisation } in “{ $collective }”.
}
mail-taking-over-see = You get this mail because you represented that organisation or hold a role. If it surprises you, tell the others now. Its page:
mail-decision-by-token-subject = A program recorded a decision in your name in “{ $collective }”
mail-decision-by-token = By one of your tokens, this decision is recorded in your name: { $title }
mail-decision-by-token-else = No departure and no early close of a round rests on it. If this wasn't you, revoke that token:

mail-role-proposed-subject = A role to confirm in “{ $collective }”
mail-role-proposed = { $proposer } proposes that { $person } become { $role ->
    [admin] administrator
    [steward] steward
   *[other] treasurer
} of “{ $collective }”. A second person must confirm, neither { $person } nor { $proposer }.
mail-role-proposed-from = You may confirm it from { $from } on: your mandate is too young yet.
mail-role-proposed-open = To confirm it, or end it:
mail-role-granted-subject = { $person } has a new role in “{ $collective }”
mail-role-granted = { $person } becomes { $role ->
    [admin] administrator
    [steward] steward
   *[other] treasurer
} of “{ $collective }”, from { $from } on.
mail-role-granted-alone = The collective has fewer than three persons: { $granter } granted this role without a second person. It allows recording money received, and authorising a payment only after 48 hours.
mail-role-granted-by = Proposed by { $proposer }, confirmed by { $granter }. If this surprises you, tell the others now: a role can be ended at any time.
mail-role-ended-subject = { $person } no longer has the same role in “{ $collective }”
mail-role-ended = { $ender } ended the role of { $person }: { $role ->
    [admin] administrator
    [steward] steward
   *[other] treasurer
} of “{ $collective }”.
mail-role-ended-by-another = For { $days } days nobody stands in for this person to approve a payment, confirm a role or record a decision. If this surprises you, tell the others now.
mail-role-erased-subject = A role is no longer held in “{ $collective }”
mail-role-erased = In “{ $collective }” somebody erased their account, or had it erased. They held a role, which has ended: { $role ->
    [admin] administrator
    [steward] steward
   *[other] treasurer
}.

mail-amounts-public-subject = Amounts become public in “{ $collective }”
mail-amounts-public = The rules of “{ $collective }” now make the amounts of each organisation public. Those of { $organisation } stay hidden until you agree to show them. To choose:
mail-mandate-proposed-subject = You are offered a mandate for { $organisation }
mail-mandate-proposed = { $granter } offers you a mandate for { $organisation }, from { $from }. If you accept it:
mail-mandate-proposed-answer = Until you accept, this mandate lets you do nothing and does not tie you to that organisation. To accept or decline it, { $until }:
mail-mandate-answered-subject = Mandate for { $organisation }: { $person } has answered
mail-mandate-answered = { $answer ->
    [accepted] { $person } has accepted the mandate that you offered for { $organisation }.
   *[other] { $person } has declined the mandate that you offered for { $organisation }.
}
mail-mandate-new-subject = { $person } has a new mandate for { $organisation }
mail-mandate-new = { $kind ->
    [representative] From { $from } on, { $person } represents { $organisation }: money, votes, and the mandates of others. { $giver } gave this mandate.
    [finance] From { $from } on, { $person } may promise, pay and allocate a share for { $organisation }. { $giver } gave this mandate.
   *[other] From { $from } on, { $person } may write and propose for { $organisation }. { $giver } gave this mandate.
}
mail-mandate-new-see = If this surprises you, whoever represents this organisation can end it on its page:
mail-mandate-ended-subject = End of a mandate for { $organisation }
mail-mandate-ended = { $ender } ended your mandate for { $organisation }.

mail-password-subject = Your password has changed
mail-password-changed = The password of your account on { -brand } has just been changed, and your other sessions are closed.
mail-password-removed = The password of your account on { -brand } has just been removed: signing in is by mail from now on. Your other sessions are closed.
mail-tokens-revoked = Your access tokens are revoked too: make new ones for the programs that used them.
mail-suspended = For 48 hours you can't authorise payments.
mail-webhook-subject = An address told by “{ $collective }” answers no more
mail-webhook-disabled = The address { $url } took nothing for five days ({ $error }). We no longer tell it.
mail-webhook-enable = When it works again, enable it here; what happened meanwhile will not be sent.
mail-token-subject = New token: { $name }
mail-token-made = A token named “{ $name }” was just made in your name, for { $organisation } in “{ $collective }”. It holds until { $until }.
mail-token-not-me = If it wasn't you, revoke it at once and tell the people who administer your collective.
mail-not-me = If it wasn't you, tell the people who administer your collective at once.
mail-email-old-subject = Your address has changed
mail-email-old = The address of your account on { -brand } is no longer this one. This is the last message you receive here.
mail-email-new-subject = Confirm your new address
mail-email-new = You asked to receive the messages of { -brand } here. To confirm, open this address where you are signed in:
mail-email-new-once = It works once, for 15 minutes. If you asked for nothing, do nothing.

mail-accepted-subject = { $person } accepted your invitation
mail-accepted = { $person } joined “{ $collective }” for { $organisation }. The list of members:
mail-declined-subject = Your invitation to { $email } is declined
mail-declined = { $email } does not wish to join “{ $collective }” for { $organisation }. Nothing else has changed; you can invite somebody else.
mail-joined-subject = Welcome to “{ $collective }”
mail-joined = You are now part of “{ $collective }”, for { $organisation }.
mail-joined-pot = The pot, the features that are proposed and the current round are here:
mail-joined-me = What awaits you is always on this page:

## The mail of the month

monthly-subject = { $count ->
    [0] { $month }: nothing to do this month
    [one] { $month }: { $count } thing awaits you
   *[other] { $month }: { $count } things await you
}
monthly-lead = Here is what awaits you. Each address opens a page for you: nothing happens there without your click.
monthly-nothing = Nothing to do this month, thank you for being here. What comes will be seen here:
monthly-more = { $count ->
    [one] And { $count } other thing, on your page:
   *[other] And { $count } other things, on your page:
}
monthly-news = In “{ $collective }”, in { $month }:
monthly-features = Features — proposed: { $proposed }; funded: { $funded }; not covered in time: { $missed }.
monthly-comments = Comments on features: { $count }.
monthly-money = Money — contributions and gifts recorded: { $paid }; rounds opened: { $opened }; rounds ended: { $closed }.
monthly-members = Collective — organisations that joined: { $joined }; that left: { $left }; changes of the rules: { $rules }.
monthly-heads = For the treasury of “{ $collective }”, to be kept: here is the head of the journal today. Any journal published later must continue it.
monthly-verify = How to check it:
