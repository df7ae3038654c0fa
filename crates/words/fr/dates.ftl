### Le temps qui passe. Les dates elles-mêmes sont écrites par le code.

# $date : « 30 novembre » ou « 30 novembre 2027 »
date-until = jusqu'au { $date } inclus
date-on = le { $date }
# $to : « 30 novembre 2026 » ; $from : « 1er », « 20 octobre » ou « 20 octobre 2025 »
date-from-to = du { $from } au { $to }
date-at-time = { $date } à { $time }
date-today = aujourd'hui
date-tomorrow = demain
date-yesterday = hier
date-just-now = à l'instant
date-minutes-ago = { $minutes ->
    [one] il y a { $minutes } minute
   *[other] il y a { $minutes } minutes
}
date-in-minutes = { $minutes ->
    [one] dans { $minutes } minute
   *[other] dans { $minutes } minutes
}
date-hours-ago = { $hours ->
    [one] il y a { $hours } heure
   *[other] il y a { $hours } heures
}
date-in-hours = { $hours ->
    [one] dans { $hours } heure
   *[other] dans { $hours } heures
}
date-days-ago = { $days ->
    [one] il y a { $days } jour
   *[other] il y a { $days } jours
}
date-in-days = { $days ->
    [one] dans { $days } jour
   *[other] dans { $days } jours
}
date-months-ago = { $months ->
    [one] il y a { $months } mois
   *[other] il y a { $months } mois
}
date-in-months = { $months ->
    [one] dans { $months } mois
   *[other] dans { $months } mois
}
date-years-ago = { $years ->
    [one] il y a { $years } an
   *[other] il y a { $years } ans
}
date-in-years = { $years ->
    [one] dans { $years } an
   *[other] dans { $years } ans
}
