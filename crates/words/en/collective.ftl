### The collective: what it is, who holds the money.

collective-title = The collective
collective-money-title = Who holds the money
collective-held-by = The money of the pot belongs to { $name }, the host: it signs and pays.
collective-held-by-nobody = Nobody holds money in this pot: each organisation pays directly whoever does the work.
collective-held-by-none-yet = Nobody holds the money of this pot yet: name a host.
collective-mode-title = How the money flows
collective-mode-lead = This can be changed as long as nothing is written in the accounts.
collective-mode-saved = The pot works the other way now.
collective-edit-title = Describe the collective
collective-name = Name of the collective
collective-purpose = What it is for
collective-purpose-hint = Two or three sentences that everybody reads.
collective-zone = Time zone
collective-zone-hint = For example Europe/Paris: a closing date lasts until the end of the day there.
collective-host-edit-title = The host
collective-host-edit-lead = Of each change those are told who hold a role and those whose organisation has money here. Another IBAN, or another page for gifts, is shown only once a second person confirmed it, or after 48 hours.
collective-host-name = Name of the host
collective-host-address = Postal address
collective-host-signatory = Who signs for it
collective-host-iban = IBAN
collective-host-fee = Fee, in %
collective-host-fee-hint = What the host keeps of what is spent; 0 for nothing. The fee is only stated here: Popote doesn't take it yet.
collective-host-fee-told = { $rate } (stated, not yet taken by Popote)
collective-box-ticked = ticked
collective-box-unticked = not ticked
collective-host-saved = The host is up to date; those who hold a role and those whose organisation has money here are told.
mail-host-subject = { $what ->
    [bank_added] { $collective }: the bank details of the host are filled in
    [bank_added_and_described] { $collective }: the bank details of the host are filled in, and what is written of it is changed
    [bank_changed] { $collective }: the bank details of the host have changed
    [bank_changed_and_described] { $collective }: the bank details of the host and what is written of it have changed
    [described] { $collective }: what is written of the host is changed
   *[other] { $collective }: the host has changed
}
mail-host = { $actor } changed what is written down of the host of { $collective }: { $host }.
mail-host-iban-added = Its IBAN is written down now; it ends with { $end }.
mail-host-iban-changed = Its IBAN has changed: it ended with { $before }, now it ends with { $now }.
mail-host-iban-same = Its IBAN hasn't changed: it ends with { $end }.
mail-host-iban-none = No IBAN is written down.
mail-host-iban-removed = Its IBAN, which ended with { $end }, is no longer written down.
mail-host-see = What is written:
mail-host-check = Check that it is the right one:
mail-host-iban-waits = The new IBAN is shown only once a second person confirms it, or on { $from } if nobody stops it.
mail-host-link-removed = “Give” doesn't lead to { $before } any more.
mail-host-link-added = “Give” leads to { $now } now.
mail-host-link-changed = “Give” led to { $before }; it leads to { $now } now.
mail-host-link-next = “Give” is to lead to another page: { $next }.
mail-host-link-waits = This new page for gifts is shown only once a second person confirms it, or on { $from } if nobody stops it.
mail-host-link-answered-subject = { $step ->
    [confirmed] { $collective }: the new page for gifts is confirmed
   *[other] { $collective }: the new page for gifts is stopped
}
mail-host-link-answered = { $step ->
    [confirmed] { $actor } confirmed the new page for gifts of { $host }: “Give” leads to { $link } from now on.
   *[other] { $actor } stopped the new page for gifts of { $host }: “Give” doesn't lead to { $link }, and what was written before stays.
}
mail-host-iban-answered-subject = { $step ->
    [confirmed] { $collective }: the new IBAN of the host is confirmed
   *[other] { $collective }: the new IBAN of the host is stopped
}
mail-host-iban-answered = { $step ->
    [confirmed] { $actor } confirmed the new IBAN of { $host }, which ends with { $end }: it is shown from now on.
   *[other] { $actor } stopped the new IBAN of { $host }, which ended with { $end }: it is shown nowhere, and what was written before stays.
}
collective-iban-waits = A new IBAN is waiting
collective-iban-waits-lead = { $person } wrote another IBAN down: { $iban }. It will be shown on { $from } unless somebody stops it. Ask the host whether it is its own.
collective-iban-confirm = Confirm this IBAN
collective-iban-stop = Stop it
collective-iban-confirmed = The new IBAN is shown from now on.
collective-iban-stopped = The new IBAN is stopped: it is shown nowhere.
collective-iban-gone = This IBAN no longer waits: read what is written.
collective-link-waits = A new page for gifts waits
collective-link-waits-lead = { $person } wrote another page for gifts down: { $link }. It will be shown on { $from } unless somebody stops it. Ask the host whether it is its own.
collective-link-confirm = Confirm this page
collective-link-stop = Stop it
collective-link-confirmed = The new page for gifts is shown from now on.
collective-link-stopped = The new page for gifts is stopped: it is shown nowhere.
collective-link-gone = This page for gifts no longer waits: read what is written.
