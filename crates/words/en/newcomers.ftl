### Promising without an account: the public page, the mails, the welcome by a steward.

newcomer-title = Promise without an account
newcomer-heading = Take part in “{ $title }”
newcomer-lead = Four answers and a mail to confirm. No password.
newcomer-organisation = Your organisation
newcomer-email-hint = A mail goes there at once; nothing is written down before you confirm it.
newcomer-effect = A steward of the collective will welcome you: your organisation becomes a member and you may commit its money. Until then your promise binds you to nothing.
newcomer-ask = Get the mail
newcomer-asked = A mail has gone to { $email }: open it to confirm.
newcomer-confirm-title = Confirm your promise
newcomer-confirm-lead = { $kind ->
    [firm] { $organisation } promises { $amount } for “{ $title }”, firmly once it is welcome.
   *[other] { $organisation } means to put { $amount } into “{ $title }”.
}
newcomer-confirm = Confirm
newcomer-confirmed = Confirmed, thank you! A steward of the collective will welcome you; a mail will tell you.
newcomer-list-title = Who would like to take part
newcomer-list-lead = These people confirmed their address by a mail. Welcoming makes their organisation a member, and gives them a mandate for its money.
newcomer-list-empty = Nobody waits to be welcomed.
newcomer-who = { $name }, { $email }
newcomer-what = { $kind ->
    [firm] Promises { $amount } for “{ $title }”.
   *[other] Means to put { $amount } into “{ $title }”.
}
newcomer-welcome = Welcome { $organisation }
newcomer-decline = Decline { $organisation }
newcomer-welcomed = Done: the organisation is a member, and its promise counts.
newcomer-declined = Declined: nothing is written down.
newcomer-join = Promise without an account
newcomer-mail-subject = Confirm your promise for “{ $title }”
newcomer-mail-what = Somebody wrote, with this address, a promise of { $amount } to “{ $title }”, with the collective { $collective }.
newcomer-mail-confirm = If it was you, confirm here:
newcomer-mail-not-you = If not, do nothing: nothing is written down.
newcomer-mail-steward-subject = { $organisation } would like to take part
newcomer-mail-steward = { $name }, for { $organisation }, confirmed their address and would like to take part in “{ $title }”. One click is enough to welcome them:
newcomer-mail-welcome-subject = Welcome to { $collective }
newcomer-mail-welcome = { $organisation } is a member of { $collective } now. Sign in with this address, without a password, to follow your promise:
pot-await-newcomers = { $count ->
    [one] { $count } organisation would like to take part
   *[other] { $count } organisations would like to take part
}
