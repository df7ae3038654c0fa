### Invitations, mandates and roles.

people-mandate-kind = { $kind ->
    [representative] Represents the organisation
    [finance] Finance
   *[other] Contributes
}
people-mandate-kind-hint = { $kind ->
    [representative] money, votes, and mandates of others
    [finance] promise, pay in, put the share somewhere
   *[other] write and propose; never money or votes
}
people-role-kind = { $role ->
    [admin] admin
    [steward] steward
   *[other] treasurer
}
people-role-kind-hint = { $role ->
    [admin] runs the collective, its members and roles
    [steward] accompanies features, approves payments
   *[other] records money, authorises payments
}

## Inviting

people-invitations-title = Invitations
people-invitations-lead = An invitation goes by mail, to one address, and keeps for 14 days.
people-invite-title = Invite somebody
people-invite-for = For which organisation?
people-invite-new-choice = A new organisation, which will become a member
people-invite-new = Name of the new organisation
people-invite-new-hint = Only if it isn't in the list.
people-invite-email = The person's e-mail
people-invite-kind = With which mandate?
people-invite-locale = Language of the mail
people-invite-send = Send the invitation
people-invite-sent = The invitation is on its way to { $email }.
people-invite-pending = Awaiting an answer
people-invite-pending-none = No invitation awaits an answer.
people-invite-to = To
people-invite-organisation = Organisation
people-invite-by = By
people-invite-until = Until
people-invite-act = Withdraw
people-invite-is-new = new
people-invite-withdraw = Withdraw the invitation of { $email }
people-invite-withdrawn = The invitation is withdrawn: its link no longer works.
people-invite-awaits = A second person has to confirm: that organisation was represented before. Those who may have a mail.
people-invite-asked = To be confirmed by a second person
people-invite-asked-lead = These organisations were represented before. Ask them whether this is their wish: whoever accepts the invitation acts for them.
people-invite-asked-line = { $inviter } wishes to invite { $email } for { $organisation }: { $kind }
people-invite-confirm = Confirm the invitation
people-invite-refuse = Refuse or withdraw
people-invite-confirmed = The invitation is confirmed and sent.

## Answering an invitation

people-accept-title = { $inviter } invites you to “{ $collective }”
people-accept-lead = This collective funds, together, the features of the free software that its members use.
people-accept-for = You will act for
people-accept-new = { $organisation } will become a member of the collective.
people-accept-mandate = Your mandate
people-accept-email = Your address
people-accept-until = Valid
people-accept-name = Your name
people-accept-name-hint = As other members will read it.
people-accept = Accept the invitation
people-decline = Decline
people-accepted = Welcome to “{ $collective }”! You act for { $organisation }.
people-accepted-here = Noted: you act for { $organisation } too. To act in its name, choose it in “What awaits you”.
people-accepted-known = Noted: you act for { $organisation } too. Sign in to go on.
people-declined = Noted: you declined. This invitation no longer works.
people-gone-title = This invitation no longer works
people-gone-text = It was used, is more than 14 days old, or was withdrawn by whoever invited you.
people-gone-next = Ask them to invite you again. If you have accepted already, sign in.

## Giving a mandate

people-mandate-give-title = Offer a mandate to somebody of the collective
people-mandate-give-lead = They accept or decline it; without an answer the offer lapses after 30 days. For somebody who isn't in the collective yet, send an invitation.
people-mandate-person = To whom?
people-mandate-starts = From
people-mandate-ends = Until
people-mandate-ends-hint = Last day included; empty if it lasts.
people-mandate-give = Offer this mandate
people-mandate-given = The mandate is given.
people-mandate-proposed = The mandate is offered: { $person } gets a mail, and has it once they accept.
people-mandate-withdrawn = This mandate is not offered to { $person } any more.
people-mandate-ended = The mandate of { $person } has ended.
people-choose = Choose

## Roles

people-roles-title = Who does what
people-roles-lead = Two persons give a role: one proposes, another confirms. Where nobody else administers or holds the treasury, a representative of another organisation may confirm. A role that somebody else ended counts for another thirty days: nobody stands in for whoever held it to confirm a role or approve a payment. The role takes effect 48 hours later, and the treasurers are told.
people-roles-few = While the collective has fewer than three persons, its admin grants roles alone, at once, and everybody is told.
people-roles-caption = Roles and proposals
people-roles-person = Person
people-roles-role = Role
people-roles-state = Where it stands
people-roles-act = Act
people-roles-outlives = without a current mandate here: to be ended, or to be given a new mandate with it
people-roles-in-force = since { $date }
people-roles-waiting = counts from { $when }
people-roles-proposed = proposed by { $proposer } on { $date }: a second person must confirm
people-roles-confirm = Confirm { $person }
people-roles-proposed-few = proposed by { $proposer } on { $date }: no second person is needed any more, the admin confirms it alone or withdraws it
people-roles-proposed-gone = proposed by { $proposer } on { $date }; this person has no mandate here any more: the proposal counts no longer and is to be withdrawn
people-roles-confirm-from = You may confirm from { $from } on: your mandate is too young yet.
people-roles-refuse = Refuse for { $person }
people-roles-end = End the role of { $person }
people-roles-give-up = Give this role up
people-roles-decline = Decline this role
people-roles-withdraw = Withdraw the proposal
people-roles-propose-title = Propose a role
people-roles-propose-person = For whom?
people-roles-propose-kind = Which role?
people-roles-propose = Propose
people-roles-grant = Grant this role
people-roles-flash-proposed = Proposed: those who can confirm get a mail.
people-roles-flash-proposed-from = Proposed. Those who can confirm get a mail; they may from { $from } on, once their mandate is old enough.
people-roles-flash-granted = The role is granted, and everybody is told.
people-roles-flash-confirmed = Confirmed: the role counts in 48 hours.
people-roles-flash-confirmed-few = Confirmed: the role is given at once, and everybody is told.
people-roles-flash-ended = Ended, and the person is told.
