### What surrounds every page.

-brand = Popote

## Header and footer

brand-name = { -brand }
skip-to-content = Skip to content
nav-main = Main navigation
nav-person = Your space
nav-home = Home
nav-pot = The pot
nav-needs = Needs
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

common-yes = Yes
common-no = No
common-save = Save
common-cancel = Cancel
common-back = Go back
common-continue = Continue
common-confirm = Confirm
common-edit = Edit
common-remove = Remove
common-search = Search
common-close = Close
common-details = Details
common-optional = optional
common-next-page = Next page
common-previous-page = Previous page
common-nothing = Nothing yet.
# Title of the list of errors, at the top of a form.
common-form-errors = { $count ->
    [one] One field needs another look:
   *[other] { $count } fields need another look:
}
common-saved = Saved.
