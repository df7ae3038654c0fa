### Putting gifts on a feature, by a decision.

gifts-put-title = Put gifts on a feature
gifts-put-lead = Here gifts are not shared among the members, a decision of the collective puts them on features. They are nobody's share; if the sum isn't reached, they return to their fund.
gifts-put-fund = From which fund?
gifts-put-fund-of = { $name }: { $amount }
gifts-put-feature = On which feature?
gifts-put-decision = By which decision?
gifts-put-two = Another person must have written the decision down. Those who can: { $names }.
gifts-put-no-decision = No decision fits yet.
gifts-put-to-decision = Write a decision down
gifts-put-empty = No gift fund holds money that waits.
gifts-put-choose = Choose
gifts-put-effect = This sum counts for the floor price at once. It is not taken back.
gifts-put-button = Put these gifts
gifts-put-done = { $amount } of gifts lie on “{ $title }”.
gifts-put-wishes = The latest wishes of those who give, for information: they bind nobody.
gifts-put-confirm = { $amount } of gifts of the fund “{ $fund }” go to “{ $title }”, by decision { $number }: “{ $decision }”.
gifts-put-confirm-then = { $binds ->
    [adds] The feature is funded already: these gifts stay there.
    [triggers] It reaches its floor by that: it is funded at once, and everything that was put there stays.
    [asks] It reaches its floor by that: nothing moves there any more until a steward confirms.
   *[other] Nobody can take them back: they return to their fund only if it isn't funded.
}
