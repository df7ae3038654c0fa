### The first run, and the way into the example.

setup-title = Set up your collective
setup-lead = Six questions, and your collective is ready. Names and rules can be changed later.
setup-collective = Name of your collective
setup-collective-hint = The one its members use, for instance “CHATONS”.
setup-organisation = Your organisation
setup-organisation-hint = The association, cooperative or person you will act for.
setup-name = Your name
setup-name-hint = As other members will read it.
setup-email = Your e-mail
setup-email-hint = Used to sign in and to write to you.
setup-mode = How will the money flow?
setup-mode-direct = Nobody holds any
setup-mode-direct-hint = To begin with, no association and no common account: once a sum is reached, each organisation pays whoever does the work, directly.
setup-mode-pledge = Promise first, pay after
setup-mode-pledge-hint = When a sum is promised, each organisation pays its part to a host, who pays for the work. Your organisation is the host at first.
setup-mode-own = Pay in advance
setup-mode-own-hint = Each organisation pays into the pot of a host, to whom this money belongs, then shares out its part. Your organisation is the host at first; another may take its place.
setup-mode-later = This can be changed as long as nothing is written in the accounts, on the page “The collective”.
setup-effect = You will run this instance and this collective, and be its steward and treasurer until others join you. You can record money that came in at once, and authorise a payment after 48 hours.
setup-create = Create the collective
setup-done-title = Already set up
setup-done-text = This instance has been set up: the link worked only once.
setup-done-next = If you are part of it, sign in. If not, ask a member organisation for an invitation.
setup-wrong-title = Not the right link
setup-wrong-text = The set-up link is the one that the server printed when it last started; earlier ones no longer work.
setup-wrong-next = Copy the whole address from where { -brand } was started, or start it again to get another one.
setup-flash = “{ $collective }” is set up. Next: invite other organisations, or propose a first feature.

## The example

demo-title = Enter the example
demo-lead = This example lives on your machine while { -brand } runs there. Try everything: nothing leaves it, no mail is sent.
demo-enter = Enter as { $name }
demo-flash = You are { $name }, in the example.
