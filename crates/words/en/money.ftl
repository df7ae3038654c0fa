### Why an amount that someone typed is refused.

money-empty = Give an amount.
money-not-an-amount = This is not an amount. Write for example “{ $example }”.
money-negative = The amount can't be negative.
money-ambiguous = This amount can be read in two ways. Write thousands without a separator, for example “{ $example }”.
money-too-many-decimals = { $decimals ->
    [0] This amount can't have decimals.
    [one] This amount has too many decimals: { $decimals } digit at most.
   *[other] This amount has too many decimals: { $decimals } digits at most.
}
money-other-currency = This pot is in { $currency }: give the amount in that currency.
money-too-large = This amount is too large: { $maximum } at most.
