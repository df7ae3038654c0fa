### The year of an organisation in the pot: what it shows to its general assembly.

year-title = { $organisation }: the year { $year }
year-scope = Common pot “{ $collective }”, { $period }.
year-lead-paid = The organisation paid in { $paid }.
year-lead-paid-and-repaid = The organisation paid in { $paid }, and { $repaid } were paid back to it.
year-lead-bounced = A refund of { $amount } came back.
year-lead-undone = Payments were undone: { $amount }.
year-lead-put = { $count ->
    [0] Nothing was put on a feature.
    [one] { $placed } were put on one feature.
   *[other] { $placed } were put on { $count } features.
}
year-lead-back = { $amount } came back from features.
year-lead-repaid = { $amount } were paid back to it.
year-share = The share
year-share-caption = What came into the share, and what left it
year-day = Share on { $day }
year-put-down = Put on features
year-came-back = Came back from features
year-owed = What the pot owes to it
year-owed-caption = What is to be paid back to the organisation, and what was
year-owed-day = To be paid back on { $day }
year-features-funded = Features that are funded
year-features-waiting = Not funded yet, or ended before they were
year-top-ups = Complements decided
year-top-ups-caption = What of these sums was put by decision on a feature that was funded already
year-invoices = Invoices
year-invoices-caption = What invoices that were accepted took of what the organisation had put
year-features-caption = Put in the course of the year, less what came back
year-software = Software
year-state = Where it stands
year-put = Put
year-spent = Invoiced and accepted
year-paid-in = Payments
year-paid-in-caption = What the organisation paid into the pot, as what, and what was refunded to it
year-promised = Promises
year-called = Calls for funds
year-payments = Payments
year-nothing = No movement in that year.
year-check = Drawn up on { $day } from the journal of the pot, which can be checked here: { $address }
year-pdf = Download as PDF
year-csv = Download for a spreadsheet (CSV)
year-others = Other years
year-for-assembly = For your general assembly:
year-one = The year { $year }
