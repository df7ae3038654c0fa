### Les comptes publics du pot : journal, flux, vérification, activité, règles, échéances.

accounts-title = Les comptes du pot
accounts-lead-html = Publics. Chacun peut les vérifier : <a href="{ $how-href }">comment ?</a>
accounts-kind = { $kind ->
    [contribution] Versement
    [gift] Don
    [attribute] Versement attribué à sa structure
    [promise] Promesse ferme
    [unpromise] Promesse reprise
    [distribution] Partage du tour
    [allocate] Part posée
    [gift_put] Dons mis par décision
    [unallocate] Part reprise
    [trigger] Réservé : le prix plancher est atteint
    [add] Ajout après le financement
    [call_payment] Appel de fonds payé
    [rebalance] Rééquilibrage entre structures, après un versement tardif ou une facture reprise
    [top_up] Complément décidé
    [advance_due] Avance due
    [milestone_due] Jalon dû
    [invoice_due] Facture due
    [invoice_undone] Facture reprise avant d'être payée
    [host_fee] Frais de la structure porteuse
    [payment] Virement ordonné
    [settle] Virement passé en banque
    [bounce] Virement revenu
    [recovery] Argent rendu par qui a fait le travail
    [set_aside_use] Somme mise de côté, utilisée
    [scoping_grant] Aide au cadrage
    [release] Retour
    [lapse] Parts non utilisées, revenues au pot
    [departure] Départ d'une structure
    [refund] Remboursement à une structure
    [gift_return] Don rendu
    [chargeback] Paiement repris par la banque
    [bank_fee] Frais bancaires
    [adjustment] Ajustement
    [reversal] Correction
   *[other] Autre écriture
}
accounts-about = { $what } · « { $title } »
accounts-about-invoice = { $kind }, { $invoice }
accounts-by = { $what } · { $organisation }
accounts-flows = D'où vient l'argent, où il est
accounts-flows-picture = D'où vient l'argent et où il est ; le tableau dit la même chose
accounts-flows-caption = Depuis le début ; ce qui est annulé n'y est pas
accounts-flows-in = D'où il vient
accounts-flows-now = Où il est, où il est allé
accounts-flows-total = Total
accounts-flows-in-hand = Encore en caisse
accounts-years = Par année
accounts-since-beginning = Depuis le début
accounts-year-caption = L'année { $year } : ce qui est entré, ce qui est sorti, et où est l'argent à la fin
accounts-year-opening = En banque avant le { $day }
accounts-year-closing = En banque au { $day }
accounts-year-in = Entré dans l'année
accounts-year-out = Sorti dans l'année
accounts-year-undone = Annulé : { $nature }
accounts-year-places = Où il était à cette date
accounts-came = { $kind ->
    [call_payment] appels de fonds payés
   *[other] autres entrées
}
accounts-gone = { $kind ->
    [settle] Payé, sorti du pot
    [bank_fee] Frais bancaires
   *[other] Autres sorties
}
accounts-flows-empty = { $mode ->
    [direct] Personne ne détient d'argent dans ce pot : chaque structure paie directement qui fait le travail. Le journal montre les promesses.
    [pledge] Rien n'est encore entré dans ce pot : on n'y verse qu'une fois un prix plancher atteint.
    [late] Au dernier quart d'heure, rien n'était entré dans ce pot. Les montants des structures n'étant pas publics, le public voit les comptes tels qu'ils étaient à ce moment-là.
   *[other] Rien n'est encore entré dans ce pot. Quand la trésorerie enregistrera un premier versement, il apparaîtra ici.
}
accounts-now = { $place ->
    [to_share] À partager au prochain tour
    [gifts] Dons, en attente de la décision qui dira où ils vont
    [earmarked] Dons réservés à une fonctionnalité, en attente du partage qui les y mène
    [waiting] Payé en plus, en attente du prochain appel de fonds
    [shares] À répartir par les structures
    [on_features] Mis sur des fonctionnalités
    [bound] Réservé pour des fonctionnalités financées
    [reserve] Réserve du pot
    [due] Facturé et accepté, à payer
    [refund] À rembourser aux structures qui ont quitté le collectif
    [owed] À payer : factures acceptées, remboursements
    [in_transit] Virement parti, pas encore vu sur le relevé
   *[other] Autres postes
}
accounts-journal = Journal
accounts-journal-caption = Les écritures, de la dernière enregistrée à la première
accounts-journal-empty = Aucune écriture pour l'instant.
accounts-journal-empty-late = Aucune écriture au dernier quart d'heure.
accounts-date = Date
accounts-what = Quoi
accounts-amount = Montant
accounts-number = écriture { $number }
accounts-reverses = annule l'écriture { $number } : { $reason }
accounts-reversed-by = annulée par l'écriture { $number }
accounts-hidden = non publié
accounts-invoice = facture { $number }
accounts-round = tour { $number }
accounts-decision = décision { $number }
accounts-giver = par { $name }
accounts-fund = fonds « { $name } »
accounts-to-funds = dont { $amount } rendus au fonds de dons
accounts-verify = Vérifier
accounts-head-html = Livre « { $book } », écriture { $seq }<br><code>{ $hash }</code>
accounts-book = { $book ->
    [cash] argent
    [promises] promesses
   *[other] autre
}
accounts-checked = Dernier contrôle : { $when }, aucune anomalie.
accounts-checked-bad = { $count ->
    [one] Dernier contrôle : { $when }, { $count } anomalie.
   *[other] Dernier contrôle : { $when }, { $count } anomalies.
}
accounts-not-checked = Pas encore contrôlé.
accounts-downloads = Télécharger
accounts-download-json = Journal public (JSON), pour vérifier
accounts-download-hledger = hledger
accounts-download-beancount = Beancount
accounts-download-csv = Tableur (CSV)
accounts-feed = Suivre par un flux Atom
accounts-record = Enregistrer un versement
accounts-received-list = Ce qui est entré
accounts-how-title = Comment vérifier les comptes ?
accounts-how-chain = Chaque écriture porte l'empreinte de la précédente : changer une ligne du passé changerait toutes les empreintes suivantes.
accounts-how-keep = Notez l'empreinte de fin d'aujourd'hui. Un fichier plus récent doit la contenir, à la même place.
accounts-how-download-html = Téléchargez le <a href="{ $file-href }">journal public</a>, puis lancez chez vous :
accounts-how-result = Chaque contrôle est affiché avec ses chiffres ; le programme s'arrête en erreur à la première anomalie.
accounts-how-proves = Ce que cela prouve

## Activité

activity-title = Activité
activity-lead = Ce qui s'est passé dans le collectif, du plus récent au plus ancien.
activity-empty = Rien ne s'est encore passé.
activity-empty-late = Au dernier quart d'heure, rien ne s'était encore passé. Les montants des structures n'étant pas publics, ce que voit le public avance tous les quarts d'heure.
activity-feed-title = { $collective } : activité
activity-feed-head = Empreinte de fin du livre « { $book } » : écriture { $seq }, { $hash }

## Échéances

calendar-title = Échéances
calendar-lead = Ce qui arrive à date fixe dans le collectif.
calendar-empty = Aucune échéance pour l'instant.
calendar-empty-next = Un tour ouvert ou une fonctionnalité en financement apparaît ici avec sa date limite.
calendar-ics = S'abonner au calendrier (iCalendar)
calendar-kind = { $kind ->
    [round_close] Fin du tour : chaque somme est réservée ou revient
    [feature_close] Fin du financement
    [feature_confirm] Confirmation du financement
    [call_due] Dernier jour d'un appel de fonds
    [feature_terms] Nouvelles conditions : fin du délai pour reprendre sa part
    [feature_stage] Fin de l'étape
    [report_open] Fin des objections au compte rendu
    [report_contested] Dernier jour pour répondre aux objections
    [report_due] Dernières factures à régler
    [work_late] Réalisation attendue
    [work_passed] Réalisation en retard : relance sans compte rendu
    [work_noticed] Réalisation en retard : dernier délai sans compte rendu
    [work_cure] Fin du dernier délai : abandon sans compte rendu
   *[other] Échéance
}

## Le journal pour un tableur
accounts-sheet-book = Livre
accounts-sheet-entry = Écriture
accounts-sheet-currency = Monnaie
accounts-sheet-from = De
accounts-sheet-from-organisation = Structure de départ
accounts-sheet-to = Vers
accounts-sheet-to-organisation = Structure d'arrivée
accounts-sheet-feature = Fonctionnalité
accounts-sheet-hash = Empreinte
accounts-sheet-others = autres structures
accounts-account = { $kind ->
    [bank] banque
    [unattributed] versements à attribuer
    [pool] versements à partager
    [pool_common] pot commun
    [gift] fonds de dons
    [share] parts à répartir
    [allocated] mis sur une fonctionnalité
    [reserved] réservé à une fonctionnalité
    [payable] dû pour le travail
    [host_fee_due] frais de la structure porteuse
    [refund_due] à rembourser
    [in_transit] en cours de virement
    [set_aside] mis de côté
    [reserve_fund] réserve du pot
    [loss] perte
    [adjustment] ajustement
    [promised] promesses fermes
    [right] parts promises à répartir
    [right_allocated] parts promises mises sur une fonctionnalité
    [triggered] promesses réservées à une fonctionnalité
   *[other] autre poste
}
