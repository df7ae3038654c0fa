### The administration of the instance.

admin-title = Administration of the instance
admin-fine = All is well: nothing wrong, nothing late.
admin-unchecked = { $count ->
    [one] Nothing wrong is known, but the accounts of { $count } pot are not checked yet: they will be tonight, or now.
   *[other] Nothing wrong is known, but the accounts of { $count } pots are not checked yet: they will be tonight, or now.
}
admin-to-look-at = { $count ->
    [one] { $count } thing to look at.
   *[other] { $count } things to look at.
}
admin-checks = Checks of the accounts
admin-check-now = Check now
admin-checked = { $count ->
    [0] No pot to check.
    [one] { $count } pot checked: nothing wrong.
   *[other] { $count } pots checked: nothing wrong.
}
admin-found = { $count ->
    [one] { $count } breach
   *[other] { $count } breaches
}
admin-sound = nothing wrong
admin-checked-when = Checked { $when }
admin-rule = Rule
admin-state = How it stands
admin-figures = Figures
admin-jobs = Jobs
admin-jobs-due = { $count ->
    [0] No job is due.
    [one] { $count } job is due.
   *[other] { $count } jobs are due.
}
admin-jobs-caption = Late, or given up after several attempts
admin-job = Job
admin-due = Due on (UTC)
admin-error = Last error
admin-act = What to do
admin-retry = Try again
admin-retried = The job begins again.
admin-overdue = late, will be tried again
admin-mails = Mails
admin-mails-waiting = { $count ->
    [0] No mail is waiting.
    [one] { $count } mail is waiting to leave.
   *[other] { $count } mails are waiting to leave.
}
admin-signs = Signs of life
admin-sign = { $name ->
    [worker] Background work
    [nightly] Check of the night
   *[other] Another program
}
admin-job-kind = { $kind ->
    [nightly] Check and tidying of the night
    [monthly] Mails of the month of a collective
    [monthly_mail] Mail of the month of a person
    [call_due] Last day of a call for funds
    [standing_choices] Standing choices of a round
    [round_close] Closing of a round
    [feature_close] Closing of a feature
    [feature_confirm] Confirmation of a funding
    [feature_stage] An idea put to sleep
    [report_due] End of the delay of a report
    [work_late] Reminder of late work
    [subscription_call] Call of a subscription
    [subscription_late] Reminder of a late subscription
    [feature_terms] End of the time to take one's share back
    [host_iban] A new IBAN shown after its delay
    [host_link] A new page for gifts shown after its delay
    [role_began] Invoices shown to whoever takes a role
    [ad_end] The end of a classified ad comes near
   *[other] A job that this version doesn't know
}
admin-no-sign = No sign of life: jobs don't run.
admin-backup = A backup is made without stopping the service; “doctor” says what the set-up lacks:
admin-figure = { $name ->
    [accounts] accounts
    [acts_once] acts done once
    [adjustment] adjustment
    [allocated] allocated
    [allocated_total] allocated total
    [answers] answers kept
    [back_dated] back dated
    [bank_legs] bank legs
    [bank_lines] bank lines
    [called] called
    [cash] at the bank
    [closed_periods] closed periods
    [contracts] contracts
    [contributed] contributed
    [deficit] deficit
    [departed] departed
    [distributed] shared out
    [drawn] drawn from gifts
    [due] due
    [ended] ended
    [entitlements] what is due to each
    [entries] entries of the accounts
    [entries_promised] entries of promises
    [erased] erased
    [features] features
    [given] given
    [heads_compared] heads compared
    [held] still there
    [into] came in
    [left_allocated] left there
    [not_covered] not covered
    [out] went out
    [paid] paid
    [payments] payments
    [postings] postings
    [promised] promised
    [received] received
    [refunded] refunded
    [reserved] reserved
    [returned] given back
    [reversals] reversals
    [rights] rights
    [rounds] rounds
    [rows] rows
    [transfers] transfers
    [unattributed] unattributed
   *[other] other figure
}
admin-figure-told = { $name }: { $value }
admin-breach = { $place }: { $what }; expected { $expected }, found { $found }
admin-breach-none = nothing
admin-breach-at-most = at most { $amount }
admin-breach-entry = entry { $seq } of the accounts
admin-breach-promise = entry { $seq } of the promises
admin-breach-call = call { $number }
admin-breach-cash = the accounts
admin-breach-promises = the promises
admin-breach-what = { $what ->
    [share_told] share told
    [money_of_a_departed_organisation] money of an organisation that left
    [choice_to_leave_it_there] choice to leave it there
    [promised_by_a_departed_organisation] promised by an organisation that left
    [pool_after_the_distribution] left to share after the distribution
    [called] called
    [called_for_what_is_triggered] called for what is triggered
    [received] received
    [received__covered__cancelled] received, covered, cancelled
    [received_for_a_call] received for a call
    [covered] covered by others
    [promised] promised
    [allocated_outside_funding] allocated outside funding
    [reserved_outside_trigger_and_end] reserved outside trigger and end
    [triggered_before_the_trigger] triggered before the trigger
    [maximum] maximum price
    [maximum_of_its_terms] maximum of its terms
    [floor_of_its_terms] floor of its terms
    [allocated_and_reserved] allocated and reserved
    [allocated_total] allocated to the feature
    [reserved] reserved
    [refunds] refunds
    [gifts_held] gifts held
    [balance] balance
    [bounds] bounds of the account
    [amount] amount
    [cash_and_deficit] cash and deficit
    [postings_of_money_in_a_direct_pot] postings of money in a direct pot
    [paid] paid
    [due] due
    [invoiced] invoiced
    [state] state
    [events] history of its stages
    [trigger] trigger
    [marked_as_funded] marked as funded
    [number] number
    [position] place in the entry
    [hash] hash
    [hash_before] hash before
    [head_kept] head kept
    [published_head] published head
    [account] account
    [actor] who acted
    [actor_or_reason] who acted, or why
    [decision] decision
    [departure] departure
    [distribution] distribution
    [distributions_that_stand] distributions that stand
    [round] round
    [what_is_reversed] what is reversed
    [reversals] reversals
    [transfers] transfers
    [money_at_the_bank] money at the bank
    [day_of_the_receipt] day of the receipt
    [organisation] organisation
    [feature] feature
    [legal_nature] legal nature
    [order] order
    [row] row
    [bytes] content of the file
    [index_or_constraint] guard of the database
   *[other] other difference
}
