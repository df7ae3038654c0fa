### L'administration de l'instance.

admin-title = Administration de l'instance
admin-fine = Tout va bien : rien d'anormal, rien en retard.
admin-to-look-at = { $count ->
    [one] { $count } chose à regarder.
   *[other] { $count } choses à regarder.
}
admin-checks = Contrôles des comptes
admin-check-now = Contrôler maintenant
admin-checked = { $count ->
    [0] Aucun pot à contrôler.
    [one] { $count } pot contrôlé : aucune anomalie.
   *[other] { $count } pots contrôlés : aucune anomalie.
}
admin-found = { $count ->
    [one] { $count } anomalie
   *[other] { $count } anomalies
}
admin-sound = aucune anomalie
admin-checked-when = Contrôlé { $when }
admin-rule = Règle
admin-state = Où elle en est
admin-figures = Chiffres (centimes)
admin-jobs = Tâches
admin-jobs-due = { $count ->
    [0] Aucune tâche n'attend.
    [one] { $count } tâche attend d'être faite.
   *[other] { $count } tâches attendent d'être faites.
}
admin-jobs-caption = En retard, ou abandonnées après plusieurs essais
admin-job = Tâche
admin-due = Prévue le (UTC)
admin-error = Dernière erreur
admin-act = Que faire
admin-retry = Recommencer
admin-retried = La tâche recommence.
admin-overdue = en retard, sera retentée
admin-mails = Courriels
admin-mails-waiting = { $count ->
    [0] Aucun courriel n'attend.
    [one] { $count } courriel attend de partir.
   *[other] { $count } courriels attendent de partir.
}
admin-signs = Signes de vie
admin-sign = { $name ->
    [worker] Tâches de fond
   *[other] Autre programme
}
admin-job-kind = { $kind ->
    [nightly] Contrôle et ménage de la nuit
    [round_close] Clôture d'un tour
    [feature_close] Clôture d'une fonctionnalité
    [feature_confirm] Confirmation d'un financement
    [feature_stage] Mise en sommeil d'une idée
   *[other] Tâche inconnue de cette version
}
admin-no-sign = Aucun signe de vie : les tâches ne tournent pas.
admin-backup = Une copie se fait sans arrêter le service ; « doctor » dit ce qui manque à l'installation :
