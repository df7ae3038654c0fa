# Whether an organisation shows its amounts: on its page, for those who represent it.

amounts-title = Your amounts
amounts-why = Why at least three?
amounts-rules-own-choice = The rules let each organisation choose.
amounts-rules-one-person = Amounts are public, unless you are one person and prefer to keep yours.
amounts-rules-public = The rules make all amounts public: this choice would only matter if they changed.
amounts-rules-members = The rules keep amounts among members: this choice would only matter if they changed.
amounts-show = Show them to everybody
amounts-show-hint = What you paid, your share and what you put on each feature, beside your name.
amounts-hide = Keep them
amounts-hide-hint = Only your mandated persons and the treasurers see them. Totals stay public.
amounts-now-shown = Your amounts are public.
amounts-now-hidden = Your amounts are not public: they only count in sums over three organisations or more.
amounts-now-hidden-for-others = Your choice is noted, but your amounts stay hidden: showing them would tell those of others. They will appear when that is no longer so.
amounts-now-members = Members of the collective see your amounts, nobody else does.
