changes-title = { $count ->
    [one] Changes ({ $count })
   *[other] Changes ({ $count })
}
changes-by = { $when }, by { $name }
changes-from = From:
changes-to = To:
changes-added = Added:
changes-removed = Removed:
changes-line = { $label }: { $amounts }
