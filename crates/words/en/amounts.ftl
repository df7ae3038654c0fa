# Whether an organisation shows its amounts: on its page, for those who represent it.

amounts-title = Who sees your amounts
amounts-why = Why at least three?
amounts-rules-own-choice = The rules of the collective let each organisation choose. What do you want?
amounts-rules-one-person = The rules of the collective make amounts public, save for an organisation of one person. What do you want?
amounts-rules-public = The rules of the collective make the amounts of all organisations public: there is nothing to choose here.
amounts-rules-made-public = The rules of the collective now make amounts public. Your organisation had money here before: its amounts stay hidden until you agree to show them. What do you want?
amounts-rules-members = The rules of the collective keep amounts among members: there is nothing to choose here.
amounts-show = Show our amounts to everybody
amounts-show-hint = Payments, share, what we put on each feature: beside the name of the organisation.
amounts-hide = Do not publish them
amounts-hide-hint = Only the persons mandated for the organisation and the treasurers see them. Totals stay public.
amounts-now-shown = Your amounts are public.
amounts-now-hidden = Your amounts are not public: they only count in sums over three organisations or more.
amounts-now-hidden-for-others = Your choice is noted, but your amounts stay hidden: showing them would tell those of others. They will appear when that is no longer so.
amounts-now-members = Members of the collective see your amounts, nobody else does.
