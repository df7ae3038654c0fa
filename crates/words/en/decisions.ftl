### The collective's decisions, as they are written down here.

decisions-title = Decisions
decisions-lead = What the collective decided, wherever it did: in a meeting, on a forum, by consent. What touches money refers to one of them.
decisions-new = Record a decision
decisions-empty = No decision is recorded yet.
decisions-empty-next = When the collective takes one, record it here: closing a round early or the departure of an organisation asks for one.
decisions-caption = The decisions, the last recorded first
decisions-number = Number
decisions-subject = Subject
decisions-day = Decided on
decisions-one = Decision { $number }
decisions-decided = Decided on { $date }, recorded on { $recorded }.
decisions-recorder = Recorded by { $person }.
decisions-form-lead = Write it as it was taken: nobody votes here, it is kept. A recorded decision can't be changed; if it changes, record the next one.
decisions-form-title = In one line
decisions-form-day = Decided on
decisions-form-outcome = What was decided, by whom and how
decisions-form-outcome-hint = Markdown. For instance: “By consent, five of us, on 2 March: …”
decisions-form-departs = It decides that an organisation leaves
decisions-form-departs-hint = An exclusion, or a departure that is paid back, rests on a decision that names the organisation; it serves once.
decisions-form-departs-none = No
decisions-departs = It decides that { $name } leaves.
decisions-save = Record the decision
decisions-saved = Decision { $number } is recorded.
decisions-effects = What it led to
decisions-no-effect = Nothing in Popote rests on it so far.
