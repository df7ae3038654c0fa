### The software that members run, and what is known of it.

software-title = Software
software-lead = What members run, the most shared first, and what is missing in it.
software-new = Enter a software
software-edit = Change the entry
software-empty = No software has been entered yet.
software-empty-next = Enter the first one, then say “we host it”: you will see what members have in common.
software-caption = The software, what most members host first
software-name = Name
software-hosted-by = Hosted by
software-users = People
software-needs = Open needs
software-features = Features
software-licence = Licence
software-licence-hint = As an SPDX expression, for example: AGPL-3.0-or-later
software-website = Site
software-repository = Source code
software-roadmap = Roadmap
software-funding = Where one gives
software-maintainers = Who maintains it
software-maintainers-hint = “The team”, an association, a company: name nobody without their consent.
software-description = Description
software-description-hint = What it is, in a few lines. Markdown.
software-headline = { $count ->
    [0] No organisation says yet that it hosts it.
    [one] { $count } organisation hosts it.
   *[other] { $count } organisations host it.
}
software-headline-users = { $users ->
    [one] { $shown } person uses it.
   *[other] { $shown } people use it.
}
software-opted-out-tag = No funded requests
software-opted-out = No funded requests, please: the team of this software wants none. One may say what is missing, but no feature is opened for it.
software-opted-out-where = Where it says so
software-opted-out-legend = The team of the software
software-opted-out-box = No funded requests, please
software-opted-out-hint = Tick it if the team asks for it: no feature can be opened any more. Only a steward unticks it.
software-opted-out-url = Where the team says so
software-yes = yes
software-no = no
software-form-lead = Everything can be completed later, by any member. What the entry said before stays readable.
software-missing = What is missing
software-missing-empty = No open need is about this software.
software-all-needs = All its needs
software-who = Who hosts it
software-who-nobody = Nobody has said so yet.
software-organisation = Organisation
software-unconfirmed = read elsewhere, not yet confirmed by the organisation
software-users-ours = How many people use it at yours?
software-url-ours = Address of your service
software-host = We host it
software-host-change = Save
software-stop = We don't host it any more
software-runs = The software that it hosts
software-hosted-done = Noted: your organisation hosts it.
software-stopped-done = Noted: your organisation hosts it no more.

refusal-software-steward-lifts = Only a steward can say that the team takes funded requests again.
refusal-software-already-so = It is so already.
