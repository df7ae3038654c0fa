### Standing choices: what becomes of an organisation's share when nobody answers in a round.

choices-mail-subject = { $organisation }: your standing choice in “{ $collective }”
choices-mail-lead = Nobody had allocated the share of your organisation ({ $organisation }) in this round. Your standing choice did:
choices-mail-nothing = Your standing choice ({ $organisation }) could put nothing in this round: the organisation that it follows allocated nothing, or no feature of the software awaits money.
choices-mail-line = • { $amount } on “{ $title }”
choices-mail-change = As long as a feature isn't funded you can change this { $until }:

## The page

choices-see = Standing choice
choices-title = Standing choice: { $organisation }
choices-lead = Say once what becomes of your organisation's share when nobody has the time to allocate it. In the last three days of a round your choice is carried out, if nothing was allocated there by hand; a mail tells you what it did. What you do yourself always goes before.
choices-none = No standing choice: a share that nobody allocates waits, or goes back to the pot, as the round says.
choices-now = { $kind ->
    [leave] Today: the share stays in the pot, without a reminder.
    [follow] Today: the share follows the allocations of this organisation: { $what }.
   *[other] Today: the share goes to the software { $what }.
}
choices-now-yearly = At most { $amount } a year, of which { $used } this year.
choices-by = Chosen on { $day } by { $name }.
choices-kind = If nobody answers
choices-kind-leave = Leave it in the pot
choices-kind-leave-hint = No more reminders. At the end of the round its rule says whether the share waits for the next one or is shared out again.
choices-kind-follow = Follow another organisation
choices-kind-follow-hint = Your share goes where its own goes, in the same proportions.
choices-kind-software = Always the same software
choices-kind-software-hint = Your share goes to the features of that software in equal parts, up to what they are missing.
choices-follows = If you follow: which organisation?
choices-software = If it is a software: which one?
choices-software-hint = Its name, as on the pages of the features.
choices-yearly = At most in a year
choices-yearly-hint = Beyond it the share waits.
choices-save = Save this choice
choices-end = Have no standing choice any more
choices-saved = Noted. You can change your mind at any time.
choices-ended = Noted: no standing choice any more.
choices-binds = A feature that reaches its floor price in this way is funded: what your share put there doesn't come back.
refusal-choice-no-shares = In this pot there is no share to allocate: each organisation promises on a feature.
refusal-choice-circle = That organisation follows yours already, directly or over another: neither would choose. Choose another.
refusal-choice-hidden = That organisation doesn't show its amounts: following it would tell them. Choose another.
