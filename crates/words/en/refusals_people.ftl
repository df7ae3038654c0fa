### Why a sign-in, an invitation, a mandate, a role or an import is refused.

## Signing in

refusal-code-wrong = { $left ->
    [0] That isn't the code, and it was the last try: ask for a new mail.
    [one] That isn't the code. { $left } try is left.
   *[other] That isn't the code. { $left } tries are left.
}
refusal-code-too-many = Too many wrong codes: ask for a new mail, or wait until tomorrow.
refusal-mails-too-many = Several mails have already left for this address: use the latest one, or try again in a quarter of an hour.
refusal-code-gone = No recent mail was asked for from this browser: ask for a new one.
refusal-password-wrong = The address or the password isn't right.
refusal-link-gone = This link no longer works: it was used, is too old, or was withdrawn.
refusal-address-taken = Somebody else here has that address.

## Invitations and mandates

refusal-invitation-held = This person has that mandate already.
refusal-invitation-sent = An invitation for that organisation is under way: withdraw it first, or await its answer.
refusal-invitation-not-member = That organisation is not a member of the collective.
refusal-invitation-name-taken = A member has this name already: choose it in the list, or ask whoever represents it.
refusal-invitation-shared = That organisation is a member of another collective too: only those who represent it invite for it, or the administration of the instance.
refusal-invitation-too-many = Too many invitations await an answer: withdraw some first.
refusal-invitation-represented = Somebody represents that organisation already: inviting others is up to them.
refusal-mandate-proposed = This mandate is offered to them already, and awaits their answer.
refusal-mandate-not-proposed = This mandate is not offered any more: it was answered, taken back, or is older than 30 days.
refusal-mandate-ended = This mandate has ended already.
refusal-mandate-young = Your mandate is less than 48 hours old: until then it does not end that of somebody who has represented this organisation for longer.
refusal-mandate-last = This is the last person who represents the organisation: give that mandate to somebody else first.

## Roles

refusal-role-yourself = Nobody gives themselves a role: two others do.
refusal-role-same = You proposed it: a second person confirms.
refusal-role-held = This person has that role, or it is proposed to them: a proposal is confirmed or withdrawn in the list.
refusal-role-not-here = This person has no mandate in this collective.
refusal-role-young = Your mandate is too young to confirm: it takes 48 hours, or thirty days where others have represented their organisation for longer.
refusal-role-nothing = There is nothing to confirm here any more: somebody did, or the proposal has fallen.
refusal-role-last = Nobody would hold this role in the collective any more: give it to somebody else first.

## The name of an organisation

refusal-organisation-shared = This organisation is a member of another collective too: only whoever represents it changes its name and website, or the administration of the instance.
refusal-organisation-left = This organisation has left the collective: its name and website stay as they were.

## Files of organisations

refusal-import-empty = There is nothing to read after the first line.
refusal-import-not-text = This is not a text. Save as CSV from your spreadsheet, or copy the cells and paste them.
refusal-import-too-large = The table is too large: { $size } and 5,000 lines at most.
refusal-import-too-many = { $count ->
    [one] There are too many lines: { $count } at most. Split the file in two.
   *[other] There are too many lines: { $count } at most. Split the file in two.
}
refusal-import-no-column = The first line names no column “{ $column }”. It says: { $found }.
refusal-import-two-columns = The first line names the column “{ $column }” twice.
refusal-import-lines = { $count ->
    [one] One line needs another look; nothing was saved.
   *[other] { $count } lines need another look; nothing was saved.
}
refusal-import-field = { $column }: { $problem }
refusal-import-fields-too-many = More cells than columns: a separator may have slipped into a text without quotes.
refusal-import-open-quote = A quote opens here and isn't closed at the end of the cell: what follows would be taken with it.
refusal-import-line-break = A cell takes several lines here: a quote may be missing; otherwise write it on one line.
refusal-import-other-separator = Fewer cells than the first line: are they separated by the same sign?
refusal-import-repeats = The same organisation as on line { $line }.
refusal-import-other-name = This SIREN number is that of “{ $known }”: use that name. An organisation changes its name on its page.
refusal-import-looks-like = This name is taken for that of “{ $known }”: use that one, or choose another name.
refusal-import-invited = This organisation is invited ({ $email }), not a member yet: wait for its answer, or withdraw the invitation first.
refusal-import-shared = This organisation is a member of another collective too: it says itself what its name, website and number are. Use those of its page.
refusal-import-column = { $column ->
    [name] name
    [website] website
    [siren] SIREN
    [date] date
    [amount] amount
    [reference] reference
    [wish] wish
    [email] e-mail
    [left] left on
   *[other] since
}

## Why somebody isn't erased now

refusal-erasing-instance = Nobody else administers this instance: first entrust it to somebody.
refusal-erasing-last = { $role ->
    [admin] Nobody else administers “{ $collective }”: first give that role to somebody else.
    [steward] Nobody else is a steward of “{ $collective }”: first give that role to somebody else.
   *[other] Nobody else is a treasurer of “{ $collective }”: first give that role to somebody else.
}
refusal-erasing-invoice = Invoice no. { $number } of “{ $collective }” bears your name and isn't paid to its end: first pay and settle it, refuse it, or withdraw it.
refusal-erasing-refund = Refund no. { $number } of “{ $collective }” bears your name and isn't paid to its end: first pay and settle it, or withdraw it.
