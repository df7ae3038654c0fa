### What hosters publish elsewhere ("chatonsinfos"), and what each confirms of it.

listing-title = Read chatonsinfos files
listing-lead = Many hosters already publish, in files, the services that they run. Give the address of the federation's file: its organisations and their software appear here. Nothing counts before each organisation has confirmed what is its own.
listing-limits = At most 200 files of 256 kB, read one after the other; no contact and no name of a person is kept.
listing-own = The file that this instance publishes of itself
listing-url = Address of the file
listing-url-hint = The federation's, or that of one organisation: https://…/chatons.properties
listing-act = Read the files
listing-begun = The reading has begun. Reload this page in a minute.
listing-goes-on = A reading goes on: reload this page in a minute.
listing-last = Last reading
listing-failed = Nothing was written: the right is missing, or the database was busy.
listing-unchanged = { $files ->
    [one] { $files } file read, { $organisations } organisations: nothing has changed.
   *[other] { $files } files read, { $organisations } organisations: nothing has changed.
}
listing-done = { $files ->
    [one] { $files } file read: { $organisations } organisations, { $members } of them members of the collective, for { $services } services.
   *[other] { $files } files read: { $organisations } organisations, { $members } of them members of the collective, for { $services } services.
}
listing-troubles = { $count ->
    [one] { $count } file was not taken
   *[other] { $count } files were not taken
}
listing-trouble = { $why ->
    [not_there] There is no file at this address.
    [too_large] The file is too large.
    [not_allowed] It is no address of the web.
    [other_class] It isn't the file that is expected in this place.
    [no_name] The file says no name.
    [too_many] There are more files than are read: the reading stops here.
   *[other] Nothing answers at this address.
}
listing-services = { $count ->
    [one] { $count } software
   *[other] { $count } software
}
listing-members = Members of the collective
listing-members-lead = Recognised by their site or their name. Each confirms on its page.
listing-others = Not yet members
listing-others-lead = Invite those that you miss: what they run awaits them.

listing-own-title = Software
listing-own-heading = What { $name } runs
listing-own-lead = The software that an organisation runs counts in the common list once it has confirmed it.
listing-awaiting = To confirm
listing-awaiting-lead = Read in the files that the organisation publishes elsewhere.
listing-confirm-all = Confirm all
listing-confirm = Yes
listing-deny = No
listing-confirmed = { $count ->
    [0] There was nothing left to confirm.
    [one] { $count } software is confirmed.
   *[other] { $count } software are confirmed.
}
listing-denied = { $count ->
    [0] There was nothing left to take off.
    [one] { $count } software is taken off.
   *[other] { $count } software are taken off.
}
listing-runs = Confirmed
listing-runs-none = Nothing confirmed so far.
listing-users = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
