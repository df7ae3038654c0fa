# The pages of the links in the mail of the month. $act and $became come from crates/web/src/answers.

answer-button = { $act ->
    [say_paid] Yes, it is paid
   *[other] Yes, all of it was received
}
answer-effect = { $act ->
    [say_paid] If the transfer has left, say so: whoever is paid will be told, and will confirm it. You can take it back on the page of the call.
   *[other] If the whole sum has arrived, confirm it: it is noted as received today. Only a part of it, or another day: on the page of the call.
}
answer-on-its-page = That is done on its page, where you may be asked to sign in.
answer-changed = The sum is not the one of the mail any more: answer on its page, where you may be asked to sign in.
answer-over = { $became ->
    [said_paid] You said that it is paid
    [paid] It is paid and received
    [covered] Other organisations took over what was left
    [cancelled] There is nothing to pay any more
    [round] This round is over
   *[other] This awaits you no more
}
answer-then = { $became ->
    [said_paid] Whoever is paid still has to confirm it. If it was a mistake, the page of the call lets you take it back.
    [paid] Thank you! The page of the call keeps the date and the sum.
    [covered] The page of the call says who pays instead; a late payment is still possible, and goes back to them.
    [cancelled] The feature ended before this payment: its page says how.
    [round] What was not allocated followed the rules of the collective. The page of the round shows the result; what you have left serves in the next round, or goes back to the pot.
   *[other] Somebody answered, the time is over, or your mandate changed. The page says what happened and what can still be done.
}
answer-see = See the page
answer-me = What awaits me
answer-whose = This link was sent to { $name } and is good for this question only.
answer-done = It is noted, thank you.
answer-unchanged = Nothing changed: here is how it stands.

## The link that stops the mail of the month

unsubscribe-title = { $told ->
    [yes] Stop the mail of the month?
   *[other] The mail of the month is stopped
}
unsubscribe-lead = { $told ->
    [yes] Once a month this mail tells { $name } what awaits them and what happened in their collectives. What needs an answer or moves their organisation's money always comes at once.
   *[other] { $name } gets no mail of the month any more. What needs an answer or moves their organisation's money always comes at once.
}
unsubscribe-button = { $told ->
    [yes] Stop it
   *[other] Get it again
}
unsubscribe-done = { $told ->
    [yes] Done: the mail of the month comes again.
   *[other] Done: no mail of the month any more.
}
unsubscribe-choose = Choose what it tells
