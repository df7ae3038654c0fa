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
admin-figures = Figures (cents)
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
   *[other] A job that this version doesn't know
}
admin-no-sign = No sign of life: jobs don't run.
admin-backup = A copy is made without stopping the service; “doctor” says what the set-up lacks:
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
    [due] due
    [ended] ended
    [entitlements] what is due to each
    [erased] erased
    [features] features
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
    [reversals] reversals
    [rights] rights
    [rows] rows
    [transfers] transfers
    [unattributed] unattributed
   *[other] other figure
}
