### What comes into the pot: contributions, gifts, corrections; and the statement of an organisation.

contributions-title = What came in
contributions-empty = Nothing has come into this pot yet.
contributions-empty-next = When an organisation has paid its subscription, record its contribution here: it can be shared in the next round.
contributions-caption = Contributions and gifts, from the last recorded to the first
contributions-number = Entry
contributions-from = From whom
contributions-act = Correct
contributions-see-proof = Proof
contributions-see-proof-of = of entry { $number }
contributions-no-proof = no proof
contributions-unproven = { $count ->
    [one] { $count } payment without proof
   *[other] { $count } payments without proof
}
contributions-unproven-only = Only payments without proof are shown here, the newest too; your page reminds of those older than fifteen days alone.
contributions-unproven-none = Each payment has its proof.
contributions-csv = Download for a spreadsheet (CSV)
contributions-csv-undone = Reversed by entry
contributions-csv-proof = { $there ->
    [yes] yes
   *[other] no
}
contributions-days-from = Received from
contributions-days-to = to
contributions-days-show = Show this period
contributions-days-all = The whole list
contributions-days-none = Nothing came in during this period.
contributions-stands = Can't be reversed any more: this money has been used since.
contributions-reverse-short = Reverse
contributions-reverse-which = entry { $number }
contributions-reversed-by = reversed by entry { $number }

## Recording a contribution

contributions-new-title = Record a contribution
contributions-new-lead = The money is in the host's bank account already: here one writes down who paid it, and as what.
contributions-organisation = Which organisation paid?
contributions-choose = Choose an organisation
contributions-amount = Amount
contributions-amount-hint = For instance 1234.56. What really arrived, less fees.
contributions-nature = As what?
contributions-nature-name = { $nature ->
    [subscription] subscription
    [earmarked] earmarked contribution
    [gift] gift
    [patronage] patronage
    [subsidy] subsidy
    [returnable] contribution with right of return
   *[other] other
}
contributions-nature-hint = { $nature ->
    [subscription] The regular part of each member, by its statutes.
    [earmarked] A sum paid beside the subscription. In Popote it joins the pot like a subscription: the use that was decided together goes into a decision, which everybody reads; the text of the transfer is never published.
    [gift] Given for nothing in return: never goes to a member.
    [patronage] Given by a company: never goes to a member.
    [subsidy] Granted by a public body or a foundation, often for one use.
    [returnable] The organisation may take it back, by a written agreement between you. In Popote it joins the pot like a subscription: a distribution shares it out among all organisations, and what went to others does not come back. Only a departure gives back what is left to the organisation, by a decision, where the rules allow it.
   *[other] Other.
}
contributions-received-on = Reached the bank on
contributions-received-on-hint = The date on the bank statement.
contributions-reference = Text of the transfer
contributions-reference-hint = As on the statement. Never published.
contributions-proof = Proof
contributions-proof-hint = PDF or picture, 5 MB at most. Only treasurers and the organisation that paid see it.
contributions-proof-hint-gift = PDF or picture, 5 MB at most. Only treasurers see it.
contributions-entry-title = Entry { $number }
contributions-entry-private = Label and note are shown to treasurers only.
contributions-reference-none = none
contributions-gift-of = The gift
contributions-undone = Reversed
contributions-undone-by = on { $day }, by entry { $number }: { $reason }
contributions-proofs = Proofs
contributions-proofs-none = No proof yet.
contributions-proofs-count = { $count ->
    [one] { $count } proof
   *[other] { $count } proofs
}
contributions-proof-line = { $name }, added on { $when }
contributions-proof-add = Add a proof
contributions-proof-adds = It is added to the others: nothing is replaced, nothing is deleted.
contributions-proof-do = Add this file
contributions-proof-added = The proof is added to entry { $number }.
contributions-proof-there = This file is among the proofs of this entry already.
contributions-proof-too-many = This entry has { $most } proofs already, the most that it may have.
contributions-all = All that came in
contributions-new-effect = This sum goes into the pot in the name of the organisation. The next sharing makes a share of it.
contributions-record = Record the contribution
contributions-record-next = Record, then the next one
contributions-twin = Entry { $number }, recorded on { $day }, has the same organisation, the same amount ({ $amount }) and the same date. Is it the same contribution?
contributions-again = No, it is another contribution
contributions-recorded = Contribution recorded: { $amount } from { $organisation }, entry { $number }.

## Recording a gift

contributions-gift-title = Record a gift
contributions-gift-lead = A gift, patronage or a subsidy is followed to its end: it never goes to a member.
contributions-fund = Into which fund?
contributions-fund-hint = A fund holds gifts of one nature, made under the same conditions.
contributions-fund-new = A new fund
contributions-fund-name = Name of the fund
contributions-fund-name-hint = For instance “Gifts of autumn 2026”.
contributions-earmark = For one feature only?
contributions-earmark-hint = An earmarked gift can go nowhere else. Until the next distribution it waits in its fund and does not count yet; the distribution gives it to the organisation that leads the feature, which can put it nowhere else, after the rest of its share.
contributions-earmarked = reserved for “{ $title }”
contributions-earmark-none = No, for all
contributions-giver = Who gives?
contributions-giver-public = They agree that their name is published
contributions-conditions = Conditions
contributions-conditions-hint = What the gift allows, what it excludes, what must be reported.
contributions-wish = A wish?
contributions-wish-hint = It is shown to members where gifts are shared out, if the rules say so, and binds nobody. A gift that may go to one feature alone is an earmarked gift.
contributions-wish-feature = For which feature
contributions-wish-none = None in particular
contributions-wish-words = The wish, in a few words
contributions-wished = Wish: { $wish }
contributions-record-gift = Record the gift
contributions-gift-recorded = Gift recorded: { $amount }, entry { $number }. Thanks to whoever gave!

## Reversing an entry

contributions-reverse-title = Reverse entry { $number }
contributions-reverse-what = { $kind }: { $amount }, on { $date }.
contributions-reverse-what-of = { $kind } ({ $organisation }): { $amount }, on { $date }.
contributions-reverse-effect = Nothing is deleted: a mirror entry is added to the journal, whole, once only, and everybody can read why.
contributions-reason = Why?
contributions-reason-name = { $reason ->
    [entered_twice] entered twice
    [wrong_amount] wrong amount
    [wrong_organisation] another organisation paid
    [wrong_entry] wrong date or nature
    [wrong_distribution] wrong figures of the sharing
    [not_funded] sum not reached
    [cancelled] feature cancelled
    [surplus] more than needed
    [departure] the organisation left
    [round_closed] end of the round
    [decided] decided by the collective
   *[other] another reason
}
contributions-note = Detail
contributions-note-hint = For treasurers only; stays out of the public journal.
contributions-reverse = Reverse this entry
contributions-reversed = Entry { $number } is reversed.
contributions-reverse-done = This entry is reversed by entry { $number }: { $reason }.
contributions-record-right = Record the right contribution
contributions-record-right-gift = Record the right gift
contributions-share-again = Share the money of round { $number } again
contributions-undo-share = Reverse the distribution of round { $round } first
contributions-back = Back

## Statement of an organisation

contributions-statement-title = Statement of { $organisation }
contributions-statement-now-html = <strong>{ $share }</strong> are left to share out, and <strong>{ $on-features }</strong> lie on features.
contributions-statement-partial = This statement is not complete: showing what this organisation put on some features would tell the amounts of others, who prefer to keep theirs.
contributions-statement-explained = Paid: what the organisation paid into the pot. The other columns follow its share: received when rounds were shared out, put on features, returned where the sum was not reached or more was there than needed, unused at the end of a round or when it left.
contributions-statement-empty = Nothing has moved for this organisation.
contributions-statement-caption = Round by round
contributions-statement-when = Period
contributions-statement-paid = Paid
contributions-statement-shared = Share received
contributions-statement-put = Put
contributions-statement-returned = Returned
contributions-statement-lapsed = Unused
contributions-statement-money = Paid or paid back
contributions-statement-owed = Share to pay back
contributions-statement-due = Other sum to pay back
contributions-statement-repaid = Paid back
contributions-statement-repays = Share to pay back: what its leaving gives back to it of its share. Other sum to pay back: what it gives back of payments that were never shared, and what returns from features later. Paid back: what was transferred to it, less the transfers that came back. None of this counts as “Paid” or “Unused”.
contributions-statement-top-up = Complement, by decision { $number }
contributions-statement-undoes = Reversal of entry { $number }
contributions-statement-bounced = Transfer returned, refund no. { $number }
contributions-statement-share = Share
contributions-statement-gone = Returned elsewhere
contributions-statement-total = Total
contributions-statement-round = Round { $number }
contributions-statement-outside = Outside rounds
contributions-statement-departure = On leaving the collective
contributions-statement-waiting = Waiting for the next sharing
contributions-statement-moves = Movements
contributions-statement-moves-caption = Each move, the last recorded first
contributions-statement-day = Date
contributions-statement-what = What
contributions-statement-feature = Feature
contributions-statement-source = { $source ->
    [own] { $amount } of its own contributions
    [pooled] { $amount } of other organisations
    [gift] { $amount } of gifts
   *[other] { $amount }
}
contributions-statement-elsewhere = { $to ->
    [gift] { $amount } returned to the fund of these gifts, not to the organisation
    [pool_common] { $amount } left to the common pot
    [refund_due] { $amount } to be refunded to the organisation
   *[other] { $amount } left the feature, not towards the organisation
}
contributions-pay-in = To pay into the pot
contributions-pay-in-after = Once the transfer has arrived, a treasurer records it: it appears here, and a mail confirms it.
contributions-pay-in-which = This reference is that of the organisation, for any payment. A call has its own, which also says what is paid: use that one to pay the call. With either of them the treasurers recognise the organisation.
contributions-promised-lead = { $called } asked, { $paid } paid and confirmed, { $rest } to pay.
contributions-promised-caption = What the organisation promised
contributions-promised-engagement = What it binds to
contributions-promised-conditional = Subject to its assembly
contributions-promised-ended = Binds to nothing any more
contributions-promised-amount = Promised
contributions-called-caption = What was asked of it
contributions-called-paid = Paid and confirmed
contributions-paid-caption = Its payments, by date
contributions-paid-line = Payment
contributions-statement-csv = Download this statement (CSV)
contributions-giver-named = Given by { $giver }, who agrees to be named
contributions-giver-unnamed = Given by { $giver } (not to be published)
contributions-conditions-are = Conditions: { $conditions }
contributions-statement-proof = the proof
contributions-nowhere-title = This pot records no money
contributions-nowhere-text = Nobody holds money here: each organisation pays whoever does the work directly, and whoever is paid confirms it. There is no contribution, gift or payment to record.
