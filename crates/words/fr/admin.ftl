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
admin-figures = Chiffres
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
    [subscription_call] Appel d'une cotisation
    [subscription_late] Rappel d'une cotisation en retard
    [feature_terms] Fin du délai pour reprendre sa part
    [host_iban] Nouvel IBAN montré après son délai
    [host_link] Nouvelle page de dons montrée après son délai
    [role_began] Factures à proposer à qui prend un rôle
    [ad_end] Fin prochaine d'une petite annonce
   *[other] Tâche inconnue de cette version
}
admin-no-sign = Aucun signe de vie : les tâches ne tournent pas.
admin-backup = Une sauvegarde se fait sans arrêter le service ; « doctor » dit ce qui manque à l'installation :
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
    [distributed] partagé
    [drawn] tiré des dons
    [due] dû
    [ended] terminées
    [entitlements] ce qui revient à chacun
    [entries] écritures des comptes
    [entries_promised] écritures des promesses
    [erased] effacés
    [features] fonctionnalités
    [given] donné
    [heads_compared] empreintes de fin comparées
    [held] encore là
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
    [returned] rendu
    [reversals] annulations
    [rights] droits
    [rounds] tours
    [rows] lignes
    [transfers] mouvements
    [unattributed] à attribuer
   *[other] autre chiffre
}
admin-figure-told = { $name } : { $value }
# Une anomalie : où, ce qui est comparé, ce qui devrait s'y trouver, ce qui s'y trouve.
admin-breach = { $place } : { $what } ; attendu { $expected }, trouvé { $found }
admin-breach-none = rien
admin-breach-at-most = au plus { $amount }
admin-breach-entry = écriture { $seq } des comptes
admin-breach-promise = écriture { $seq } des promesses
admin-breach-call = appel { $number }
admin-breach-cash = les comptes
admin-breach-promises = les promesses
admin-breach-what = { $what ->
    [share_told] part annoncée
    [money_of_a_departed_organisation] argent d'une structure partie
    [choice_to_leave_it_there] choix de le laisser là
    [promised_by_a_departed_organisation] promis par une structure partie
    [pool_after_the_distribution] à partager après le partage
    [called] appelé
    [called_for_what_is_triggered] appelé pour ce qui est déclenché
    [received] reçu
    [received__covered__cancelled] reçu, couvert, annulé
    [received_for_a_call] reçu pour un appel
    [covered] couvert par d'autres
    [promised] promis
    [allocated_outside_funding] affecté hors financement
    [reserved_outside_trigger_and_end] réservé hors déclenchement
    [triggered_before_the_trigger] déclenché avant l'heure
    [maximum] prix maximum
    [maximum_of_its_terms] prix maximum des conditions
    [floor_of_its_terms] prix plancher des conditions
    [allocated_and_reserved] affecté et réservé
    [allocated_total] affecté à la fonctionnalité
    [reserved] réservé
    [refunds] remboursements
    [gifts_held] dons encore là
    [balance] montant
    [bounds] bornes du poste
    [amount] montant
    [cash_and_deficit] argent en caisse et déficit
    [postings_of_money_in_a_direct_pot] écritures d'argent là où personne n'encaisse
    [paid] payé
    [due] dû
    [invoiced] facturé
    [state] étape
    [events] histoire des étapes
    [trigger] déclenchement
    [marked_as_funded] financement noté
    [number] numéro
    [position] place dans l'écriture
    [hash] empreinte
    [hash_before] empreinte précédente
    [head_kept] empreinte de fin gardée
    [published_head] empreinte de fin publiée
    [account] poste
    [actor] qui a agi
    [actor_or_reason] qui a agi, ou pourquoi
    [decision] décision
    [departure] départ
    [distribution] partage
    [distributions_that_stand] partages qui tiennent
    [round] tour
    [what_is_reversed] ce qui est annulé
    [reversals] annulations
    [transfers] mouvements
    [money_at_the_bank] argent à la banque
    [day_of_the_receipt] jour de réception
    [organisation] structure
    [feature] fonctionnalité
    [legal_nature] nature du versement
    [order] ordre de paiement
    [row] ligne gardée
    [bytes] contenu du fichier
    [index_or_constraint] protection de la base
   *[other] autre écart
}
