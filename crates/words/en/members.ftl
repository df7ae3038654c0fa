### Member organisations: the list, one organisation, the import.

members-title = Members
members-count = { $count ->
    [0] No organisation has joined this collective yet.
    [one] One organisation pools its money here.
   *[other] { $count } organisations pool their money here.
}
members-search = Look for an organisation
members-search-clear = See all members
members-found-none = No organisation matches “{ $query }”.
members-empty = A collective begins with two: invite a first organisation.
members-invite = Invite
members-import = Import a list
members-csv = Download the list (CSV)
members-roles = Who does what
members-caption = In alphabetical order
members-name = Organisation
members-website = Website
members-since = Member since
members-left = Left on
members-no-website = —

## One organisation

members-member-since = Member since { $date }
members-member-from = Member from { $date }
members-member-left = Left the collective on { $date }
members-site = Website
members-siren = SIREN
members-statement = See its moves in the pot
members-people = Who acts for { $organisation }
members-people-none = Nobody acts for this organisation yet.
members-people-private = Members of the collective see here who acts for this organisation.
members-person = Person
members-mandate = Mandate
members-dates = Dates
members-people-left = It has left the collective: nobody acts for it here any more.
members-withdraw = Stop offering
members-act = End
members-mandate-proposed = offered, awaits their answer
members-withdraw-mandate = Stop offering this mandate to { $person }
members-end-mandate = End the mandate of { $person }
members-invite-here = Invite somebody for { $organisation }

## The import

members-import-title = Import organisations
members-import-lead = Paste a table, or send a CSV file. Nothing is saved before you have seen what it would do.
members-import-columns = The first line names the columns: “name”, and if you have them “website”, “SIREN”, “e-mail”, “since”. An e-mail address invites that person to represent the organisation.
members-import-text = The table
members-import-text-hint = Copy the cells of your spreadsheet, first line included.
members-import-file = Or a CSV file
members-import-file-hint = Commas, semicolons or tabs; 2 MB and 5,000 lines at most.
members-import-check = See what it would do
members-import-missing = Paste a table or choose a file.
members-import-kept = What we read is below: mend it right here, or send another file.
members-import-too-long = The file is too long to be mended here: mend it on your side, then send it again.
members-import-line = Line
members-import-problem = To mend
members-import-preview = What the import would do
members-import-summary = { $joins ->
    [0] No new organisation
    [one] One new organisation
   *[other] { $joins } new organisations
}
members-import-summary-invited = { $invited ->
    [0] no invitation
    [one] one invitation goes out by mail
   *[other] { $invited } invitations go out by mail
}
members-import-summary-changed = { $changed ->
    [0] no update
    [one] one update
   *[other] { $changed } updates
}
members-import-summary-same = { $same ->
    [0] no line without effect
    [one] one line without effect
   *[other] { $same } lines without effect
}
members-import-ignored = Columns left out: { $columns }.
members-import-effect = { $effect ->
    [joins] joins the collective
    [comes-back] comes back
    [changes] update
   *[other] already so
}
members-import-effect-since = joins the collective, a member since { $date }
members-import-nobody-acts = nobody: nobody will act for it until you invite somebody
members-import-does = Effect
members-import-invited = Person invited
members-import-nobody = —
members-import-more = { $count ->
    [one] and { $count } more line.
   *[other] and { $count } more lines.
}
members-import-confirm = Import
members-import-again = Mend the table
members-import-stale = The collective has changed since this preview. Here is what the import would do now.
members-import-done = { $count ->
    [0] All was so already: nothing has changed.
    [one] One line is imported.
   *[other] { $count } lines are imported.
}

## An organisation leaves

members-departure-link = This organisation leaves the collective
members-departure-title = { $name } leaves the collective
members-departure-lead = From today on it is no member. Its history stays readable; this cannot be undone, but it can be invited again.
members-departure-nothing = It has nothing in the pot and owes nothing.
members-departure-line = { $kind ->
    [own] of its own contributions, not put anywhere yet
    [others] from a distribution or from gifts: they go back to the pot, gifts to their fund
    [allocated] put on features that are not funded yet
    [bound] reserved for funded features: they stay there
    [owed] to pay for calls: it owes them after it has left too
   *[other] promised and not called yet: it owes them no more
}
members-departure-own = What becomes of its own contributions?
members-departure-to-pot = They stay in the pot, for the others
members-departure-back = They are paid back
members-departure-back-hint = The sum is written down as due; the payment follows, by two persons.
members-departure-stays = Leave what is put on features where it is
members-departure-stays-hint = Otherwise it is taken back like the rest.
members-departure-never = What comes from its own contributions stays in the pot, for the others: nothing is paid back here to an organisation that leaves.
members-departure-by-others = The rules allow an organisation that leaves to be paid back what comes from its own contributions, but you can't write that down for it. To ask for it, don't confirm this departure yourself: somebody else records the decision ({ $names }), then the collective's administration writes the departure down. If you confirm it here, all of it stays in the pot, and can't be paid back any more.
members-departure-by-nobody = The rules allow an organisation that leaves to be paid back what comes from its own contributions, by a decision that others write down; at present nobody else can. If you confirm this departure here, all of it stays in the pot, and can't be paid back any more.
members-departure-rules = The rules of the collective
members-departure-returnable = { $back ->
    [decision] { $amount } were brought in with a right of return. What distributions gave of it to others does not come back to the organisation; what is left to it of its own contributions can only be given back by a refund that is decided with its departure.
   *[other] { $amount } were brought in with a right of return. What distributions gave of it to others does not come back to the organisation, and nothing is paid back here to whoever leaves: what the agreement says is settled between you, outside Popote.
}
members-departure-why = A departure rests on a decision of the collective, written down.
members-departure-why-own = You speak for this organisation: it leaves without any decision of the collective.
members-departure-by-own-word = None: it leaves by its own word
members-departure-word-title = { $name } leaves the collective
members-departure-word = { $name } says that it leaves, by the person who represents it.
members-departure-do = Confirm that { $name } leaves
members-departure-done = { $name } has left the collective already.
members-departed = { $name } has left the collective.
members-departed-owing = { $name } has left the collective. It still has { $amount } to pay.
members-departed-left = Of its own contributions, { $amount } stay in the pot.
members-departure-led = It leads these features: they stay where they are, and the stewards give them another lead.
members-departure-roles = These people hold a role in the collective and keep it; it is given back or taken away under “Who does what”.
members-departure-role = { $name }: { $role }
members-departure-name-host = Change the pot's host
members-departure-why-two = This is an exclusion, or a departure that the organisation cannot write down itself: it rests on a decision of the collective that somebody other than you recorded.
members-departure-why-alone = The organisation did not ask for it here itself, and nobody but you can record the collective's decision. Record it first: the organisation's people learn of it by mail, and the departure is confirmed fourteen days later.
members-departure-announce = Record the decision and announce it
members-departure-waiting = Decision no. { $number }, “{ $title }”, is recorded and announced: the departure can be confirmed from { $from }, or as soon as somebody other than you has recorded the decision.
members-departure-writers = Who can record it: { $names }. Send them this address: { $address }
members-departure-meant = { $name } leaves the collective today.
members-departure-meant-line = { $amount } { $what }.
members-departure-meant-own = { $goes ->
    [back] What comes from its own contributions is due to it.
    [stays_for_good] What comes from its own contributions stays in the pot; once it has left it can't be paid back any more.
   *[other] What comes from its own contributions stays in the pot.
}
members-departure-meant-led = { $count ->
    [one] One feature stays without a lead.
   *[other] { $count } features stay without a lead.
}
members-departure-settles = After this departure the distribution of round { $round } can't be reversed any more: this organisation's share will have gone elsewhere. If it has to be made anew, reverse it first.
members-departure-meant-decision = It rests on decision no. { $number }, “{ $title }”.
members-departure-meant-new-decision = It rests on a decision that is written down at the same time, “{ $title }”.
mail-departs-subject = { $collective }: a decision has { $name } leave the collective
mail-departs = { $actor } recorded a decision of the collective { $collective }, “{ $title }”: { $name } would no longer be part of it.
mail-departs-from = At present nobody but { $actor } can record it: the departure doesn't happen before { $from }.
mail-departs-else = If this is not what was agreed, talk to the collective's administration without delay. The decision:
mail-departed-subject = { $collective }: an organisation left, { $name }
mail-departed = { $name } is no longer part of the collective { $collective }. If this is not what was agreed, talk to the collective's administration without delay.
mail-departed-own = { $goes ->
    [back] Its own contributions, { $amount }, are due to it; two persons make the payment.
   *[other] Its own contributions, { $amount }, stay in the pot.
}
mail-departed-own-unsaid = { $goes ->
    [back] Its own contributions are due to it; two persons make the payment.
   *[other] Its own contributions stay in the pot.
}
mail-departed-led = These features have no lead any more; the stewards may name another:
    { $titles }
mail-departed-subscription = Its subscription has ended: nothing more is called. What was called already is still owed.
members-departure-subscription = Its subscription ends the same day: nothing more will be called. What was called already is still owed.
mail-departed-decision = The decision: “{ $title }”.

## The name and the site of an organisation

members-edit-title = Name and site
members-edit-name = Name of the organisation
members-edit-website = Website
members-edit-done = Saved; the former name stays in the history.
