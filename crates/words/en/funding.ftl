### Mails about money: what is funded, what returns, what waits for an answer.

funding-mail-see = See the feature:
funding-mail-triggered-subject = “{ $title }” is funded
funding-mail-triggered = The floor price of “{ $title }” is reached: { $total } are together. Work can begin.
funding-mail-bound = The { $amount } that { $organisation } put there are now bound to it.
funding-mail-not-funded-subject = “{ $title }” did not reach its sum
funding-mail-not-funded = On the closing date, { $missing } were missing to reach the floor price of “{ $title }”.
funding-mail-cancelled-subject = “{ $title }” stops
funding-mail-cancelled = “{ $title }” does not go on. The reason given: { $reason }
funding-mail-returned = The { $amount } put in by { $organisation } are back in its share.
funding-mail-returned-after = The { $amount } put in by { $organisation } return: to its share or, for what came from gifts, to the fund of those gifts.
funding-mail-confirm-subject = Confirm the funding of “{ $title }”
funding-mail-confirm = The floor price of “{ $title }” is reached: { $total } are together. A steward has to confirm it; until then nothing moves. You can answer { $until }; after that, silence confirms.
funding-mail-share-subject = A share for { $organisation }
funding-mail-share = The money of the round “{ $round }” is shared out: { $organisation } gets { $amount } to put on features, { $until }.
funding-mail-share-see = Put the share on features:
