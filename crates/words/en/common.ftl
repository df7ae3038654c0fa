### What surrounds every page.

-brand = Popote

## Header and footer

brand-name = { -brand }
skip-to-content = Skip to content
nav-person = Your space
nav-home = Home
nav-pot = The pot
nav-needs = Needs
nav-software = Software
nav-features = Features
nav-rounds = Rounds
nav-decisions = Decisions
nav-members = Members
nav-accounts = Accounts
nav-rules = Rules
nav-admin = Administration
nav-me = What awaits you
nav-sign-in = Sign in
nav-sign-out = Sign out
# The name of each language is written in that language, by the code.
nav-language = Language of the interface
footer-sentence = { -brand } is free software · public, verifiable accounts
footer-source-html = The <a href="{ $source-href }">source code</a> is under the <abbr title="Affero General Public License, version 3">AGPL</abbr>.
footer-accessibility = Accessibility

## Answers and buttons used everywhere

common-save = Save
common-leave-as-is = Change nothing
common-search = Search
common-optional = optional
common-next-page = Next page
# Title of the list of errors, at the top of a form.
common-form-recorded = See what the first sending recorded
common-form-errors = { $count ->
    [one] One field needs another look:
   *[other] { $count } fields need another look:
}
# The same list's title where no field is wrong.
common-form-refused = Nothing is saved yet:
# A line of the list of errors: the field, then what is wrong with it.
common-form-error = { $field } — { $problem }
common-saved = Saved.
# The longest text that a field takes, after its explanation.
common-at-most = { $count ->
    [one] { $count } character at most.
   *[other] { $count } characters at most.
}
common-file-again = The file that was chosen has not been kept: choose it again.
common-either = { $before } or { $last }
