# Paying back an organisation that left the collective.

refunds-link = To be refunded: { $amount } to { $name }
refunds-title = Refund of { $name }
refunds-lead = { $name } has left the collective. A refund of { $amount } is still to be prepared: what its departure decided, and what came back since. One person prepares the refund, another authorises it; neither has a tie with { $name }.
refunds-lead-none = Nothing is to be refunded to { $name }.
refunds-lead-left = Nothing is to be paid back ({ $name }): its departure decided no refund. { $amount } of its own contributions stay in the pot.
refunds-lead-prepared = All that is owed to { $name }, { $amount }, is prepared below.
refunds-prepare = Prepare the refund
refunds-prepare-lead = Ask its representatives to which account { $amount } should go, by another way than a mail.
refunds-people = Those who represented it last: { $names }.
refunds-payee-hint = The holder of the bank account.
refunds-prepared-flash = The refund is prepared. Another person, a treasurer, has to authorise it.
refunds-list = The refunds
refunds-number = Refund no. { $number }
refunds-heading = Refund { $amount } to { $name }
refunds-for = Refund of { $name }
refunds-facts = The refund
refunds-organisation = Organisation
refunds-payee = Payee
refunds-prepared-by = Prepared by { $name } on { $date }
refunds-authorised-by = Authorised by { $name } on { $date }
refunds-withdrawn-by = Withdrawn by { $name }: { $reason }
refunds-waits = Another person, a treasurer without a tie to the organisation, has to authorise it.
refunds-authorise = Authorise the refund
refunds-authorised-flash = The refund is authorised. A treasurer can make the transfer.
refunds-withdraw = Withdraw this refund
refunds-withdraw-lead = First make sure that no transfer is under way. The sum is still owed: it is to be prepared again.
refunds-withdrawn-flash = The refund is withdrawn. The sum is still owed.
refunds-bounced-flash = The refund is to be paid again.
refunds-state = { $state ->
    [approved] to be authorised
    [authorised] to be paid
    [paid] transfer under way
    [settled] refunded
   *[other] withdrawn
}
refunds-transfer-reference = Refund { $number }
refunds-statement = To be refunded to the organisation: { $amount }

refusal-refund-nothing = Nothing is to be refunded, or all of it is prepared already.
refusal-refund-state = This refund is “{ $state }”: that can't be done any more.
refusal-refund-tied = You have a tie with the organisation that is refunded, or had one less than a year ago: another person answers.
refusal-refund-by-you = You prepared it: another person authorises it.
refusal-refund-roles-first = Two stewards or treasurers can answer: it is for them to do. A role that somebody else ended counts for another thirty days: nobody stands in for whoever held it.
refusal-refund-nobody-left = If you prepare it, nobody will be left to authorise it: it takes a second treasurer, or somebody else to prepare it.
refusal-refund-fell = The person who prepared it may no more: withdraw it, and prepare it again.
refusal-refund-changed = What is written (name, IBAN or amount) is not what was prepared: withdraw it, and prepare it again.

me-refund = { $ask ->
    [prepare] { $amount } to be refunded to { $name }: to be prepared
    [authorise] { $amount } to be refunded to { $name }: to be authorised
    [second] { $amount } to be refunded to { $name }: a second person is missing
    [pay] { $amount } to be refunded to { $name }: a transfer to make
   *[other] Refund of { $amount } to { $name }: to be found on the statement
}
me-refund-second-why = In “{ $collective }”: { $names } can prepare it; you authorise it then.
me-refund-nobody-why = In “{ $collective }”: one person prepares it, another who is treasurer authorises it. A role for a second person is proposed under “Who does what”.

story-refund = { $what ->
    [prepared] The refund of { $name } is prepared
    [authorised] The refund of { $name } is authorised
    [withdrawn] The refund of { $name } is withdrawn, the sum is still owed
    [paid] The transfer of the refund of { $name } is under way
    [settled] { $name } is refunded
   *[other] The transfer of the refund of { $name } came back
}

refunds-mail-authorise-subject = To be authorised: { $amount } to be refunded to { $name }
refunds-mail-authorise = The refund of { $amount } to { $name }, which left the collective, is prepared. Another treasurer, without a tie to it, has to authorise it. Check the name and the IBAN before.
refunds-mail-prepared-subject = Refund prepared: { $amount } ({ $collective })
refunds-mail-prepared = { $name } left { $collective }. The refund of the { $amount } that it is owed is prepared, to an account whose IBAN ends with { $end }; somebody else has yet to authorise it. If that is not your account, tell the treasurers of the collective without delay.
refunds-mail-paid-subject = { $amount } refunded by { $collective }
refunds-mail-paid = { $name } left { $collective }. The transfer of the { $amount } that it was owed was made on { $date }. The organisation's statement shows it.
refunds-mail-bounced-subject = The refund of { $amount } by { $collective } did not go through
refunds-mail-bounced = The transfer of { $amount } to { $name } did not go through: { $reason }. The sum is still owed; the treasurers will make another transfer.
