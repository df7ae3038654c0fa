### L'administration de l'instance.

admin-title = Administration de l'instance
admin-fine = Tout va bien : rien d'anormal, rien en retard.
admin-unchecked = { $count ->
    [one] Rien d'anormal n'est connu, mais les comptes de { $count } pot ne sont pas encore contrôlés : ils le seront cette nuit, ou dès maintenant.
   *[other] Rien d'anormal n'est connu, mais les comptes de { $count } pots ne sont pas encore contrôlés : ils le seront cette nuit, ou dès maintenant.
}
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
    [nightly] Contrôle de la nuit
   *[other] Autre programme
}
admin-job-kind = { $kind ->
    [nightly] Contrôle et ménage de la nuit
    [monthly] Courriels du mois d'un collectif
    [monthly_mail] Courriel du mois d'une personne
    [call_due] Échéance d'un appel de fonds
    [standing_choices] Choix permanents d'un tour
    [round_close] Clôture d'un tour
    [feature_close] Clôture d'une fonctionnalité
    [feature_confirm] Confirmation d'un financement
    [feature_stage] Mise en sommeil d'une idée
    [report_due] Fin du délai d'un compte rendu
    [work_late] Rappel d'une réalisation en retard
   *[other] Tâche inconnue de cette version
}
admin-no-sign = Aucun signe de vie : les tâches ne tournent pas.
admin-backup = Une copie se fait sans arrêter le service ; « doctor » dit ce qui manque à l'installation :
admin-figure = { $name ->
    [accounts] comptes
    [acts_once] actes faits une seule fois
    [adjustment] écarts
    [allocated] affecté
    [allocated_total] affecté aux fonctionnalités
    [answers] réponses gardées
    [back_dated] antidatées
    [bank_legs] mouvements à la banque
    [bank_lines] lignes de relevé
    [called] appelé
    [cash] à la banque
    [closed_periods] périodes closes
    [contracts] contrats
    [contributed] versé
    [deficit] déficit
    [departed] structures parties
    [due] dû
    [ended] terminées
    [entitlements] ce qui revient à chacun
    [erased] effacés
    [features] fonctionnalités
    [into] entré
    [left_allocated] laissé sur place
    [not_covered] non couvertes
    [out] sorti
    [paid] payé
    [payments] paiements
    [postings] écritures
    [promised] promis
    [received] reçu
    [refunded] remboursé
    [reserved] réservé
    [reversals] annulations
    [rights] droits
    [rows] lignes
    [transfers] mouvements
    [unattributed] sans affectation
   *[other] autre chiffre
}
