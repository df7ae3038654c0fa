### Les décisions du collectif, telles qu'elles sont notées ici.

decisions-title = Décisions
decisions-lead = Ce que le collectif a décidé, où que ce soit : en réunion, sur un forum, par consentement. Ce qui touche à l'argent renvoie à l'une d'elles.
decisions-new = Noter une décision
decisions-empty = Aucune décision n'est encore notée.
decisions-empty-next = Quand le collectif en prend une, notez-la ici : la clôture anticipée d'un tour ou le départ d'une structure en demandent une.
decisions-caption = Les décisions, la dernière notée en premier
decisions-number = Numéro
decisions-subject = Objet
decisions-day = Décidée le
decisions-one = Décision { $number }
decisions-decided = Décidée le { $date }, notée le { $recorded }.
decisions-recorder = Notée par { $person }.
decisions-form-lead = Notez-la telle qu'elle a été prise : ici on ne vote pas, on garde la trace. Une décision notée ne se modifie plus ; si elle change, notez la suivante.
decisions-form-title = En une ligne
decisions-form-day = Décidée le
decisions-form-outcome = Ce qui a été décidé, par qui et comment
decisions-form-outcome-hint = Markdown. Par exemple : « Par consentement, à cinq, le 2 mars : … »
decisions-form-departs = Elle décide le départ d'une structure
decisions-form-departs-hint = Une exclusion, ou un départ avec remboursement, s'appuie sur une décision qui nomme la structure ; elle ne sert qu'une fois.
decisions-form-departs-none = Non
decisions-departs = Elle décide un départ : { $name }.
decisions-save = Noter la décision
decisions-saved = La décision { $number } est notée.
decisions-effects = Ce qu'elle a entraîné
decisions-no-effect = Rien dans Popote ne repose sur elle pour l'instant.
