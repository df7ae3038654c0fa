### A complement for a feature that is funded already, by a decision.

top-up-title = Top up by decision
top-up-heading = Top “{ $title }” up by decision
top-up-lead = What was gathered is not enough any more: by a decision of the collective, an organisation puts more of its share, beyond the maximum or after the closing date. The terms change with it: a new version gives the reason and the decision.
top-up-has = Gathered already: { $total }, of { $maximum } planned at most.
top-up-left = Share left to put, { $organisation }: { $left }.
top-up-amount = Amount to add
top-up-decision = By which decision?
top-up-choose = Choose
top-up-reason = The reason, which everybody reads
top-up-effect = What is added is not taken back. Each organisation that has a share here gets a mail.
top-up-two = Another person must have written the decision down. Those who can: { $names }.
top-up-to-decision = Write a decision down
top-up-button = Add this sum
top-up-done = { $amount } added. At most, from now on: { $maximum }.
refusal-top-up-promised = This pot is not paid in advance: what is missing is promised.
refusal-top-up-not-triggered = A feature is topped up once its funding is triggered and as long as it isn't over. This one is at: { $state }.
refusal-top-up-nothing-missing = Nothing to decide: until { $until }, that day included, each organisation may still add without a decision, up to { $room } in all.
refusal-top-up-not-enough = { $left } are left to put, and you add { $wanted }.
refusal-top-up-too-large = This amount is too large.
refusal-top-up-above-ceiling = The track “{ $track }” goes up to { $ceiling }, what is added included. Beyond that, propose another feature for what is left to do.
top-up-room = The track “{ $track }” goes up to { $ceiling }, what is added included: { $room } may still be added.
top-up-cap = The most that one organisation puts on a feature ({ $cap }) doesn't hold here: the decision lifts it.
top-up-confirm = { $organisation } adds { $amount } of its share to “{ $title }”, by decision { $number }: “{ $decision }”.
