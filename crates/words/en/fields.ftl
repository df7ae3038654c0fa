### What is wrong with a field. A sentence that stands alone, beside the field and in the summary.

field-missing = This field is to be filled in.
field-too-long = { $count ->
    [one] This is too long: { $count } character at most.
   *[other] This is too long: { $count } characters at most.
}
field-too-short = { $count ->
    [one] This is too short: { $count } character at least.
   *[other] This is too short: { $count } characters at least.
}
field-not-an-amount = This is not an amount: write for instance 1234.56.
field-ambiguous-amount = This amount can be read in two ways: write the cents (1234.00) or leave the separator out.
field-too-many-decimals = { $count ->
    [0] This currency has no decimals.
    [one] This currency has { $count } decimal at most.
   *[other] This currency has { $count } decimals at most.
}
field-not-positive = This asks for a number above zero.
field-too-large = This is more than may be entered.
field-other-currency = This pot is kept in { $currency }.
field-below-minimum = The maximum is smaller than the minimum.
field-not-a-date = This is not a date: write for instance 2026-11-30.
field-in-the-past = This date has passed.
field-in-the-future = This date is still to come.
field-after = Not after { $date }.
field-before = Not before { $date }.
field-not-an-email = This is not an e-mail address.
field-not-a-url = This is not a web address: one starts with https://.
field-not-between = A whole number between { $least } and { $most }.
field-moves-deadlines = Closing dates are open: in another time zone they would fall at another hour. Change it when none is open any more.
field-not-outside = An https address, on the usual port, of a machine that is reached from the Internet.
field-not-text = A text is expected, not a list.
field-not-a-choice = Choose one of the answers offered.
field-taken = This is taken: choose something else.
field-name-of-member = A member has this name already, or one that is taken for it.
field-name-of-past = An organisation that left the collective had this name, or one that is taken for it. If it is the one that comes back, import a list of one line with its name: it gets its page and its history back.
field-name-elsewhere = A member of another of its collectives has this name already.
field-names-an-address = A name holds no web or mail address: write it without a dot between two words.
field-not-an-iban = This is not an IBAN: check its digits.
field-not-a-head = A head has 64 digits and letters from a to f.
field-head-unknown = This head is not in this journal: paste it whole, with the book and the number before it in the mail (“cash:214:…”).
field-not-a-siren = This is not a SIREN: nine digits, of which the last checks the others.
field-unknown = Unknown here: check the name.
field-file-type = Files of this kind are not taken: send a PDF or a picture (PNG, JPEG, WebP).
field-file-too-large = This file is too heavy: { $size } at most.
field-file-size = { $count ->
    [one] { $count } MB
   *[other] { $count } MB
}
field-opted-out = The team of this software wants no funded requests: no feature is opened for it.
field-sum-differs = The sum makes { $made } instead of { $wanted }.
