### The public accounts of the pot: journal, flows, checking, activity, rules, deadlines.

accounts-title = The pot's accounts
accounts-lead-html = Public. Everybody can check them: <a href="{ $how-href }">how?</a>
accounts-kind = { $kind ->
    [contribution] Contribution
    [gift] Gift
    [attribute] Contribution attributed to its organisation
    [promise] Firm promise
    [unpromise] Promise taken back
    [distribution] Sharing of the round
    [allocate] Share put
    [gift_put] Gifts put by decision
    [unallocate] Share taken back
    [trigger] Reserved: the floor price is reached
    [add] Addition after the funding
    [call_payment] Call for funds paid
    [rebalance] Rebalancing between organisations, after a late payment or an invoice taken back
    [top_up] Top-up by decision
    [advance_due] Advance due
    [milestone_due] Milestone due
    [invoice_due] Invoice due
    [invoice_undone] Invoice taken back before it was paid
    [host_fee] Host's fee
    [payment] Transfer ordered
    [settle] Transfer on the statement
    [bounce] Transfer come back
    [recovery] Money returned by whoever did the work
    [set_aside_use] Money set aside, used
    [scoping_grant] Scoping grant
    [release] Returned
    [lapse] Unused shares, back in the pot
    [departure] Departure of an organisation
    [refund] Refund to an organisation
    [gift_return] Gift given back
    [chargeback] Payment taken back by the bank
    [bank_fee] Bank fee
    [adjustment] Adjustment
    [reversal] Correction
   *[other] Other entry
}
accounts-about = { $what } · “{ $title }”
accounts-about-invoice = { $kind }, { $invoice }
accounts-by = { $what } · { $organisation }
accounts-flows = Where the money comes from, where it is
accounts-flows-picture = Where the money comes from and where it is; the table says the same
accounts-flows-caption = Since the beginning; what was reversed is left out
accounts-flows-in = Where it comes from
accounts-flows-now = Where it is, where it went
accounts-flows-total = Total
accounts-flows-in-hand = Still in hand
accounts-years = By year
accounts-since-beginning = Since the beginning
accounts-year-caption = The year { $year }: what came in, what went out, and where the money is at its end
accounts-year-opening = At the bank before { $day }
accounts-year-closing = At the bank on { $day }
accounts-year-in = Came in during the year
accounts-year-out = Went out during the year
accounts-year-undone = Undone: { $nature }
accounts-year-places = Where it was on that day
accounts-came = { $kind ->
    [call_payment] calls for funds paid
   *[other] other money in
}
accounts-gone = { $kind ->
    [settle] Paid, out of the pot
    [bank_fee] Bank fees
   *[other] Other money out
}
accounts-flows-empty = { $mode ->
    [direct] Nobody holds money in this pot: each organisation pays whoever does the work, directly. The journal shows the promises.
    [pledge] Nothing has come into this pot yet: one pays in only once a floor price is reached.
    [late] At the last quarter of an hour nothing had come into this pot. Since the amounts of organisations are not public, the public sees the accounts as they stood then.
   *[other] Nothing has come into this pot yet. Once a treasurer records a first contribution, it appears here.
}
accounts-now = { $place ->
    [to_share] To be shared in the next round
    [gifts] Gifts, awaiting the decision that says where they go
    [earmarked] Gifts reserved for one feature, until a distribution leads them there
    [waiting] Paid beyond what was asked, until the next call for funds
    [shares] To be put by the organisations
    [on_features] Put on features
    [bound] Reserved for funded features
    [reserve] The pot's reserve
    [due] Invoiced and accepted, to be paid
    [refund] To be refunded to organisations that left
    [owed] To be paid: accepted invoices, refunds
    [in_transit] Transferred, not seen on a statement yet
   *[other] Other accounts
}
accounts-journal = Journal
accounts-journal-caption = The entries, from the last recorded to the first
accounts-journal-empty = No entry so far.
accounts-journal-empty-late = No entry at the last quarter of an hour.
accounts-date = Date
accounts-what = What
accounts-amount = Amount
accounts-number = entry { $number }
accounts-reverses = reverses entry { $number }: { $reason }
accounts-reversed-by = reversed by entry { $number }
accounts-hidden = not published
accounts-invoice = invoice { $number }
accounts-round = round { $number }
accounts-decision = decision { $number }
accounts-giver = from { $name }
accounts-fund = fund “{ $name }”
accounts-to-funds = of which { $amount } back to the fund of gifts
accounts-verify = Check
accounts-head-html = Book “{ $book }”, entry { $seq }<br><code>{ $hash }</code>
accounts-book = { $book ->
    [cash] money
    [promises] promises
   *[other] other
}
accounts-checked = Last check: { $when }, nothing wrong.
accounts-checked-bad = { $count ->
    [one] Last check: { $when }, { $count } breach.
   *[other] Last check: { $when }, { $count } breaches.
}
accounts-not-checked = Not checked yet.
accounts-downloads = Download
accounts-download-json = Public journal (JSON), for checking
accounts-download-hledger = hledger
accounts-download-beancount = Beancount
accounts-download-csv = Spreadsheet (CSV)
accounts-feed = Follow by an Atom feed
accounts-record = Record a contribution
accounts-received-list = What came in
accounts-how-title = How to check the accounts?
accounts-how-chain = Each entry carries the fingerprint of the one before: changing a line of the past would change every later fingerprint.
accounts-how-keep = Write down today's last fingerprint. A later file must hold it, in the same place.
accounts-how-download-html = Download the <a href="{ $file-href }">public journal</a>, then run on your machine:
accounts-how-result = Each check is printed with its figures; the program ends in error on the first breach.
accounts-how-proves = What this proves

## Activity

activity-title = Activity
activity-lead = What happened in the collective, newest first.
activity-empty = Nothing has happened yet.
activity-empty-late = At the last quarter of an hour nothing had happened yet. Since the amounts of organisations are not public, what the public sees moves on every quarter of an hour.
activity-feed-title = { $collective }: activity
activity-feed-head = Last fingerprint of the book “{ $book }”: entry { $seq }, { $hash }

## Deadlines

calendar-title = Deadlines
calendar-lead = What comes on a fixed date in the collective.
calendar-empty = No deadline so far.
calendar-empty-next = An open round or a feature in funding appears here with its last day.
calendar-ics = Subscribe to the calendar (iCalendar)
calendar-kind = { $kind ->
    [round_close] End of the round: each sum is reserved or comes back
    [feature_close] End of the funding
    [feature_confirm] Confirmation of the funding
    [call_due] Last day of a call for funds
    [feature_terms] New terms: last day to take a share back
    [feature_stage] End of the stage
    [report_open] Last day to object to the report
    [report_contested] Last day to answer objections
    [report_due] Last invoices to be settled
    [work_passed] Work overdue: a reminder goes out if there is no report
    [work_noticed] Work overdue: a last delay begins if there is no report
    [work_cure] End of the last delay: given up if there is no report
    [work_late] Work expected
   *[other] Deadline
}

## The journal for a spreadsheet
accounts-sheet-book = Book
accounts-sheet-entry = Entry
accounts-sheet-currency = Currency
accounts-sheet-from = From
accounts-sheet-from-organisation = Organisation that gives
accounts-sheet-to = To
accounts-sheet-to-organisation = Organisation that gets
accounts-sheet-feature = Feature
accounts-sheet-hash = Hash
accounts-sheet-others = other organisations
accounts-account = { $kind ->
    [bank] bank
    [unattributed] contributions to attribute
    [pool] contributions to share
    [pool_common] common pot
    [gift] gift fund
    [share] shares to put
    [allocated] put on a feature
    [reserved] reserved for a feature
    [payable] owed for the work
    [host_fee_due] host's fee
    [refund_due] to be refunded
    [in_transit] being transferred
    [set_aside] set aside
    [reserve_fund] the pot's reserve
    [loss] loss
    [adjustment] adjustment
    [promised] firm promises
    [right] promised shares to put
    [right_allocated] promised shares put on a feature
    [triggered] promises reserved for a feature
   *[other] other account
}
