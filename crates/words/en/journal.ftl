### The journal: what the public file proves, what each check looks at, why an entry is not reversed.

journal-proves = This file proves that each entry follows the one before without gap or change, that the amounts, the totals by kind of entry and by kind of account are those that were written, and, for what is opened (salt and value), to which account and organisation each amount belongs. It does not prove that the bank movements took place, nor to whom what is not opened belongs, nor the names of organisations, which the chain does not hold. Keep the hash at the end of each book: a later file must continue it.

invariant-title = { $code ->
    [I1] Cash and deficit equal what everyone is entitled to; promises equal rights
    [I2] Each account is what came in less what went out
    [I3] Each account stays inside its bounds, each transfer is of its kind
    [I4] What happens once happened once
    [I5] The chain is whole and continues what was published
    [I6] Nothing is reversed twice, and always exactly
    [I7] Reserved money comes from and goes where it should
    [I8] For each contract, no more is paid than due
    [I9] A feature that ended holds no money
    [I10] An organisation is paid back its own money only
    [I11] Each gift stays in its fund, is spent or given back
    [I12] Each entry has its author and its papers
    [I13] Each bank movement is found on a statement
    [I14] Nothing stays without an owner
    [I15] Nothing is dated in a closed period
    [I16] Each contract is covered; a direct pot holds nothing
    [I17] One distribution a round, never more than the pools hold
    [I18] An organisation that left leaves only what it chose to
    [I19] A feature's money follows its stage and its maximum
    [I20] A feature's stage follows from its history
    [I21] Each call paid was called
    [I22] Each payment has two signatories
    [I23] The sum shown on a feature is that of its transfers
    [I24] What the chain does not hold was not edited, and the guards of the database are in place
    [chain] Each entry follows the one before
    [commitments] What is opened is what was sealed
    [legs] Each transfer is of its kind
    [balances] Each account's amounts are right, and stay inside their bounds
    [totals] The totals by kind of entry are right
    [heads] The file continues the heads that were kept
   *[other] Unknown check
}
invariant-status = { $status ->
    [holds] holds
    [nothing_yet] nothing to check yet
    [warning] to be looked at
    [breached] broken
   *[other] unknown
}

reversal-other-way = This entry is not reversed by hand: it has an opposite of its own.
reversal-is-reversal = A reversal is not reversed.
reversal-already = Already reversed by entry no. { $seq }.
reversal-allocated = An organisation has put its share in this round already: the distribution is not reversed any more. What an organisation lacks can be given to it in the next round, by a distribution by hand.
reversal-gone-shared = This entry can't be reversed as things are: { $missing } of its money were shared out in round { $round }, and the money that came in since is of other payments. Reverse the distribution of that round first, then this entry, then share out again.
reversal-gone-shared-for-good = This entry can't be reversed any more: { $missing } of its money were shared out in round { $round }, where an organisation has already used its share; the money that came in since is of other payments. If another organisation had paid, give it its due in the next round, by a distribution by hand. If this money never arrived, that much is missing at the bank: the collective decides who pays it in.
reversal-gone-put = This distribution can't be reversed any more: { $missing } of the shares that it made lie on features. What an organisation lacks can be given to it in the next round, by a distribution by hand.
reversal-gone-departed = { $kind ->
    [distribution] This distribution can't be reversed any more: an organisation has left the collective since, and { $missing } of the share that it had been given went elsewhere. What an organisation lacks can be given to it in the next round, by a distribution by hand.
   *[other] This entry can't be reversed any more: the organisation has left the collective since, and { $missing } of this money went to the common pot or are paid back to it.
}
reversal-gone-round-ended = This distribution can't be reversed any more: the round has ended, and { $missing } of the shares that it had made, not used, went back to the pot. They will be shared out in the next round.
reversal-gone-elsewhere = { $kind ->
    [distribution] This distribution can't be reversed any more: { $missing } of the shares that it made have been used since.
    [gift] This gift can't be reversed any more: { $missing } of its money have been used since, and the money that came in afterwards is of other gifts.
   *[other] This entry can't be reversed any more: { $missing } of its money have been used since, and the money that came in afterwards is of other payments.
}
