### The page "About this instance".

about-title = About this instance
about-lead = { brand-name } helps a collective of organisations to pool money and to fund the features of the free software that all of them use, from the first wish to the release that contains them.
about-how-title = How it works
about-how-need = An organisation states a need; others answer “we need it too” and how much they would put in.
about-how-price = The team of the software is asked for its word, then the work is estimated: a floor price, a contingency.
about-how-fund = Each puts in a share. Nothing is spent below the floor price; if it isn't reached, everything returns, to the cent.
about-how-deliver = The work is given out, followed and checked criterion by criterion, and what is left returns to the pot.
about-money-title = The money
about-money-text = Three amounts are never mixed: what is received, what is firmly promised, what is only an intention. Each movement is written in a journal that can't be erased or rewritten without it being seen.
about-money-verify-html = Anyone can download the public journal of a pot and check it with <code>popote verify</code>, without an account and without taking our word for it.
about-privacy-title = Your data
about-privacy-text = No tracker, no audience measurement, nothing loaded from another site. Two cookies only: one keeps you signed in, the other the language that you chose; an answer to your last action passes through one for a minute.
about-access-title = Accessibility
about-access-text = Pages work with the keyboard, without JavaScript, at 400% zoom, on a small screen and on paper; contrasts follow level AA of WCAG 2.2 by day and by night, and nothing is said by colour alone. Charts have their table.
about-access-state = Automatic tests check these rules in each version; no audit by people who use a screen reader has taken place yet. An obstacle that you meet is a defect: tell the team of this instance.
about-free-title = Free software
about-free-licence-html = { brand-name } is under the <a href="https://www.gnu.org/licenses/agpl-3.0.html">GNU Affero General Public License</a>, version 3 or later: you may use, study, change and share it.
about-free-version = Version
about-free-address = Public address
about-api = For programs: the API and its tokens
