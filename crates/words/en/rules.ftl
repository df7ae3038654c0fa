### The rules of the collective, as sentences, and their form.

rules-title = The collective's rules
rules-version-now = Version { $version }. What began under a version keeps it.
rules-version-of = Version { $version }
rules-version-changed = What changed
rules-version-because = Version { $version }: { $why }
rules-versions = Versions
rules-edit = Change the rules
rules-edit-lead = Each change is a new version, with its reason. What began before keeps the rules of before.
rules-changed = The rules have changed.
rules-reason = Why this change?
rules-reason-hint = Everybody can read it: the decision, its date.

rules-tracks = The tracks
rules-track-up-to = Up to { $ceiling }: { $track }.
rules-track-beyond = Above that, a page can gather the organisations that need it; its funding is not yet possible in Popote.
rules-track-any = Above: { $track }.
rules-ceiling = Ceiling of the track “{ $track }”
rules-ceiling-hint = Empty for the last track: no ceiling.
rules-needers = { $count ->
    [one] On the light track { $count } organisation must need it, or all if they are fewer.
   *[other] On the light track { $count } organisations must need it, or all if they are fewer.
}
rules-needers-label = Organisations that must need it (light track)

rules-money = The money
rules-sharing = Sharing of a round
rules-sharing-equal = A round shares the money equally.
rules-sharing-paid = A round shares the money in proportion to payments.
rules-sharing-mixed = A round shares { $percent } equally, the rest in proportion to payments.
rules-sharing-manual = A round shares the money by amounts given by hand.
rules-gifts = { $how ->
    [rule] A round shares gifts by the same rule.
    [decision] Gifts are not shared: a decision of the collective puts them on features, written down by one person and carried out by another.
    [wish] A round shares gifts by the same rule, and shows members what those who give wish for.
   *[other] A round shares gifts equally.
}
rules-reserve = { $percent } of each sharing go to the pot's reserve; never anything of gifts.
rules-reserve-label = Reserve of the pot, in % of each distribution
rules-reserve-hint = Such as 2 or 2.5; 0 if none.
rules-cap = One organisation puts { $cap } at most on one feature.
rules-no-cap = One organisation may put its whole share on one feature.
rules-trigger = When the floor price is reached
rules-trigger-at-once = As soon as the floor price is reached, the feature is funded.
rules-trigger-confirmed = { $days ->
    [one] When the floor price is reached, a steward confirms; after { $days } day silence confirms.
   *[other] When the floor price is reached, a steward confirms; after { $days } days silence confirms.
}
rules-trigger-confirmed-label = A steward confirms; silence confirms too.
rules-trigger-days = Days before silence confirms
rules-unspent-carry = What is not put at the end of a round stays with the organisation.
rules-unspent-lapse = What is not put at the end of a round goes back to the common pot.
rules-surplus = What is left of a feature, in this order: { $uses }.
rules-surplus-use = { $way ->
    [warranty] kept for the warranty
    [maintenance] maintenance of the same software, if voted
    [back] back to whoever put it, by its source
   *[other] other
}
rules-refunds = Paying money back to an organisation
rules-refunds-never = Money paid in stays in the pot.
rules-refunds-by-decision = Money paid in may go back to an organisation, by a decision of the collective, case by case.

rules-amounts = Who sees amounts
rules-amounts-public = Everybody sees the amounts of each organisation.
rules-amounts-members = Only members see the amounts of each organisation.
rules-amounts-own-choice = Each organisation chooses whether its amounts are public.
rules-amounts-one-person = An organisation of one person may keep its own: they are personal data.
rules-amounts-past = If amounts become public later, organisations that had money here already keep theirs hidden until they agree; a mail asks them.
rules-amounts-always = Each organisation sees its own, treasurers see everybody's.
rules-amounts-three = When an organisation hides its amounts, three at least are hidden together, in the accounts as on each feature where it puts money: otherwise the total, less what is shown, would tell them. If some are missing, those that had money here first are hidden with it, even if they would rather show theirs.
rules-amounts-batch = As long as amounts are hidden, what outsiders see moves by quarters of an hour: a total that is watched by the minute would tell who has just paid.
rules-totals-public = Totals are always public.

rules-delays = The delays
rules-delay = { $count ->
    [one] { $what }: { $count } day.
   *[other] { $what }: { $count } days.
}
rules-delay-name = { $name ->
    [idea] A lonely idea before it sleeps
    [gathering] Gathering needs
    [scoping] Scoping
    [upstream] Waiting for the software's team
    [costing] Costing
    [choosing] Choosing
    [contracting] Agreeing on a contract
    [accepting] Checking what is delivered
    [steward_answer] The stewards' answer
    [terms] Taking one's share back when the terms change
    [payment] Paying what was promised, once the feature is funded
    [building] Doing the work, once the feature is funded (trust)
   *[other] Another delay
}
rules-one-day-a-month = { $count ->
    [one] The delays that Popote counts (stages, work, answers) end on the { $day } of the month, after at least { $count } day. The last day of a round or a feature is proposed so; a round that has another one says it.
   *[other] The delays that Popote counts (stages, work, answers) end on the { $day } of the month, after at least { $count } days. The last day of a round or a feature is proposed so; a round that has another one says it.
}
rules-month-day = { $nth ->
    [first] first
    [second] second
    [third] third
   *[other] fourth
} { $weekday ->
    [monday] Monday
    [tuesday] Tuesday
    [wednesday] Wednesday
    [thursday] Thursday
    [friday] Friday
    [saturday] Saturday
   *[other] Sunday
}
rules-rest-month = None of these delays ends in { $month }.
rules-template-legend = To begin with
rules-template = { $template ->
    [informal] People who know each other
    [association] A small association
   *[other] Other people's money
}
rules-template-hint = { $template ->
    [informal] The track of trust, few steps.
    [association] Trust for small sums, a fuller track above, which in this version ends with the funding; what isn't put stays with each organisation; the wishes of those who give are shown.
   *[other] Accounts to render: no track of trust, a steward's confirmation, a reserve, gifts put by decision. The stages of large sums come with a later version.
}
rules-template-from = Begin from a template (nothing changes before you save):
