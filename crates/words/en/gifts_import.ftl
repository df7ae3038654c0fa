### Importing gifts from a table.

gifts-import-title = Import gifts
gifts-import-lead = Paste the table of your bank or of your page for gifts (HelloAsso, Liberapay…), or send it as CSV. Nothing is recorded before you have seen what it would do; the same table twice records nothing twice.
gifts-import-columns = The first line names the columns: “date”, “amount” and “reference” (that of the payment, another on each line); with a column “status” only payments that were received count; a column “wish” keeps what whoever gives wishes for. The names of those who give are not kept.
gifts-import-fund-name = Gifts online
gifts-import-preview = What the import would record
gifts-import-would = { $count ->
    [0] Nothing new: no gift to record.
    [one] One gift to record: { $sum }.
   *[other] { $count } gifts to record: { $sum } in all.
}
gifts-import-effect = { $effect ->
    [records] recorded
   *[other] left out: its status says that the money didn't come
}
gifts-import-known = there already: entry { $number }
gifts-import-stale = Gifts were recorded since this preview. Here is what the import would do now.
gifts-import-confirm = Record these gifts
gifts-import-done = { $count ->
    [0] Nothing new: all these gifts were there already.
    [one] One gift is recorded.
   *[other] { $count } gifts are recorded.
}
