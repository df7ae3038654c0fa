### The grid of software: criteria, what was found, and what follows.

eligibility-criterion = { $key ->
    [free_licence] Free licence
    [privacy] Respects privacy: no tracker, or only for those who switch it on
    [governance] Governance: who carries the project, and how it decides
    [decentralised] Decentralised
    [interoperable] Interoperable
    [secure] Secure: known flaws are soon mended
    [accessible] Accessible interface
    [french] In French, or translatable
    [frugal] Frugal: modest machines are enough
   *[other] Criterion
}

eligibility-lead = What members found, criterion by criterion. A “no” to an essential criterion asks for a reasoned decision before any funding.
eligibility-heading = The grid of { $software }
eligibility-essential = Essential criteria
eligibility-secondary = Secondary criteria
eligibility-score-said = Secondary criteria: { $score } of { $total }.
eligibility-link = See the grid and assess
eligibility-blocks = No funding without it

eligibility-verdict = { $verdict ->
    [yes] yes
    [partly] partly
    [no] no
    [contested] opinions differ
   *[other] not assessed
}
eligibility-by-licence = The licence as written, { $licence }
eligibility-by-licence-not = Not free: { $names }.
eligibility-by-licence-yes = Everything that the expression lets one choose is approved by the OSI or listed as free by the FSF.
eligibility-settled-by = Settled by { $who }
eligibility-settled-by-steward = Settled by a steward
eligibility-found-by = { $who }, for { $organisation }
eligibility-some-member = A member
eligibility-nobody = Nobody has assessed it yet.
eligibility-history = Earlier findings

eligibility-licence-title = What the licence says
eligibility-licence = { $kind ->
    [free] Free, whichever branch one chooses.
    [none] No licence is written: not assessed.
   *[other] Not assessed.
}
eligibility-licence-not-free = Not free: { $names }.
eligibility-licence-unlisted = Not assessed: { $names } is in no list. Assess it yourself.
eligibility-licence-unread = { $problem ->
    [exception] Not assessed: “{ $part }” is no exception of the SPDX list.
    [brackets] Not assessed: a bracket is open or closed too much, near “{ $part }”.
    [order] Not assessed: something is missing or too much, near “{ $part }”. Licences are joined by AND, OR or WITH.
    [long] Not assessed: the expression is too long.
   *[other] Not assessed: “{ $part }” is no name of the SPDX list.
}
eligibility-licence-meant = Maybe: { $names }?

eligibility-assess-title = Assess
eligibility-assess-lead = Your last finding on a criterion replaces the one before, which can still be read.
eligibility-assess-criterion = Criterion
eligibility-assess-verdict = Finding
eligibility-assess-evidence = What shows it
eligibility-assess-evidence-hint = Where to read it, what you tried, on which date. Everybody can read it.
eligibility-assess-act = Record the finding
eligibility-assessed = Your finding is recorded.
eligibility-needs-mandate = To assess, you need a mandate of a member organisation.

eligibility-settle-title = Settle different opinions
eligibility-settle-lead = Your finding holds for the collective, until somebody finds something else.
eligibility-settled = It is settled.

eligibility-waiver-title = Fund despite a “no”
eligibility-waiver-lead = A decision of the collective, with its reasons, lets features of this software be funded although an essential criterion isn't met. It doesn't lift a criterion without which the rules admit no funding.
eligibility-waiver-decision = Decision
eligibility-waiver-choose = Choose a decision that is written down
eligibility-waiver-reason = Why fund all the same
eligibility-waiver-act = Fund all the same
eligibility-waived = Noted: its features may be funded.
eligibility-waiver-stands = Decided on { $date }: { $decision }. { $reason }
eligibility-waiver-end = Take back
eligibility-waiver-ended = Taken back: an essential “no” asks for a decision again.
eligibility-to-decision = Write a decision down

eligibility-warns = Essential criteria that aren't met: { $criteria }. Funding its features asks for a reasoned decision, written on the grid of the software.
eligibility-blocked = The rules admit no funding: { $criteria }.

eligibility-refusal-blocked = The rules admit no funding for this software: { $criteria }. What was found is on its grid.
eligibility-refusal-needs-reason = An essential criterion of this software isn't met: { $criteria }. A steward names, on its grid, the reasoned decision to fund all the same.
eligibility-refusal-nothing-to-settle = Opinions don't differ: there is nothing to settle.
eligibility-refusal-nothing-to-waive = No essential criterion was found not met: no decision is needed.

rules-grid = Criteria of software
rules-grid-lead = What one looks at in a software before putting money there. Your words replace the usual ones; a weight of zero doesn't count.
rules-grid-line = { $level ->
    [blocks] Essential, and no funding without it: { $criterion }.
    [essential] Essential: { $criterion }.
   *[other] Secondary: { $criterion }.
}
rules-grid-weighs = Secondary, weight { $weight }: { $criterion }.
rules-grid-wording = Your words
rules-grid-wording-hint = Empty: the usual words.
rules-grid-own-hint = Empty: the criterion leaves the rules.
rules-grid-weight = Weight in the score
rules-grid-block = No funding without it
rules-grid-new = One more criterion
rules-grid-new-hint = Empty: none.
rules-grid-is-essential = Essential
rules-grid-is-secondary = Secondary
eligibility-own-criterion = a criterion that your rules add
eligibility-refusal-by-one-person = Another person must have written the decision down.
