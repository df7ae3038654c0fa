### Time. Dates themselves are written by the code.

# $date: "30 November" or "30 November 2027"
date-until = until { $date } inclusive
date-on = on { $date }
# $to: "30 November 2026"; $from: "1", "20 October" or "20 October 2025"
date-from-to = from { $from } to { $to }
date-at-time = { $date } at { $time }
date-today = today
date-tomorrow = tomorrow
date-yesterday = yesterday
date-just-now = just now
date-minutes-ago = { $minutes ->
    [one] { $minutes } minute ago
   *[other] { $minutes } minutes ago
}
date-in-minutes = { $minutes ->
    [one] in { $minutes } minute
   *[other] in { $minutes } minutes
}
date-hours-ago = { $hours ->
    [one] { $hours } hour ago
   *[other] { $hours } hours ago
}
date-in-hours = { $hours ->
    [one] in { $hours } hour
   *[other] in { $hours } hours
}
date-days-ago = { $days ->
    [one] { $days } day ago
   *[other] { $days } days ago
}
date-in-days = { $days ->
    [one] in { $days } day
   *[other] in { $days } days
}
date-months-ago = { $months ->
    [one] { $months } month ago
   *[other] { $months } months ago
}
date-in-months = { $months ->
    [one] in { $months } month
   *[other] in { $months } months
}
date-years-ago = { $years ->
    [one] { $years } year ago
   *[other] { $years } years ago
}
date-in-years = { $years ->
    [one] in { $years } year
   *[other] in { $years } years
}
