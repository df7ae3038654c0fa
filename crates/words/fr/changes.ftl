changes-title = { $count ->
    [one] Modifications ({ $count })
   *[other] Modifications ({ $count })
}
changes-by = { $when }, par { $name }
changes-from = De :
changes-to = À :
changes-added = Ajouté :
changes-removed = Retiré :
changes-line = { $label } : { $amounts }
