### The page "About this instance".

about-title = About this instance
about-lead = { brand-name } helps a collective of organisations to pool money and to fund the features of the free software that all of them use, from the first wish to the release that contains them.
about-how-title = How it works
about-how-need = An organisation states a need; others answer “we need it too” and how much they would put in.
about-how-price = The organisation that leads it gives it a price, line by line: a floor price and, if need be, a maximum beyond which nothing more is asked.
about-how-fund = Each puts in a share. Nothing is spent below the floor price; if it isn't reached, everything returns, to the cent.
about-how-deliver = The work is given out, its invoices pass two persons, a report says what is done; without an objection it is delivered, and what is left returns to the organisations.
about-money-title = The money
about-money-text = Three amounts are never mixed: what is received, what is firmly promised, what is only an intention. Each movement is written in a journal that can't be erased or rewritten without it being seen.
about-money-verify-html = Anyone can download the public journal of a pot and check it with <code>popote verify</code>, without an account and without taking our word for it.
about-privacy-title = Your data
about-privacy-text = No tracker, no audience measurement, nothing loaded from another site. Two cookies only: one keeps you signed in, the other the language that you chose; an answer to your last action passes through one for a minute.
about-access-title = Accessibility
about-access-text = Pages work with the keyboard, without JavaScript, at 400% zoom, on a small screen and on paper; contrasts follow level AA of WCAG 2.2 by day and by night, and nothing is said by colour alone. Charts have their table.
about-access-level = Accessibility statement (RGAA 4.1, the French rules): state of compliance not established. There was no audit against the RGAA, and nothing is certified.
about-access-state = No test by people who use a screen reader has taken place yet. The texts that members publish, their pictures and attachments are not checked.
about-access-tests = What is tested in each version: axe-core (WCAG 2.2 rules, levels A and AA) on the pages, in Chromium, at the width of a desk and of a phone, by day and by night; html-validate on their HTML; the main journeys without JavaScript.
about-access-contact = An obstacle that you meet is a defect: tell the team of this instance. In France, without an answer you can turn to the Défenseur des droits.
about-free-title = Free software
about-free-licence-html = { brand-name } is under the <a href="https://www.gnu.org/licenses/agpl-3.0.html">GNU Affero General Public License</a>, version 3 or later: you may use, study, change and share it.
about-source-ask = This licence gives you a right to the source code of this instance, with its changes: ask its team where it is.
about-free-version = Version
about-free-address = Public address
about-api = For programs: the API and its tokens
