### Ce qui entre dans le pot : versements, dons, corrections ; et le relevé d'une structure.

contributions-title = Ce qui est entré
contributions-empty = Rien n'est encore entré dans ce pot.
contributions-empty-next = Quand une structure a payé sa cotisation, enregistrez ici son versement : il pourra être partagé au prochain tour.
contributions-caption = Versements et dons, du dernier enregistré au premier
contributions-number = Écriture
contributions-from = De qui
contributions-act = Corriger
contributions-see-proof = Justificatif
contributions-see-proof-of = de l'écriture { $number }
contributions-no-proof = sans justificatif
contributions-unproven = { $count ->
    [one] { $count } versement sans justificatif
   *[other] { $count } versements sans justificatif
}
contributions-unproven-only = Ne sont montrés ici que les versements sans justificatif, les plus récents compris ; votre page ne rappelle que ceux de plus de quinze jours.
contributions-unproven-none = Chaque versement a son justificatif.
contributions-csv = Télécharger pour un tableur (CSV)
contributions-csv-undone = Annulée par l'écriture
contributions-csv-proof = { $there ->
    [yes] oui
   *[other] non
}
contributions-days-from = Reçu du
contributions-days-to = au
contributions-days-show = Montrer cette période
contributions-days-all = Toute la liste
contributions-days-none = Rien n'est entré pendant cette période.
contributions-stands = Ne s'annule plus : cet argent a servi depuis.
contributions-reverse-short = Annuler
contributions-reverse-which = l'écriture { $number }
contributions-reversed-by = annulée par l'écriture { $number }

## Enregistrer un versement

contributions-new-title = Enregistrer un versement
contributions-new-lead = L'argent est déjà sur le compte en banque de la structure porteuse : on note ici qui l'a versé, et à quel titre.
contributions-organisation = Quelle structure a payé ?
contributions-choose = Choisir une structure
contributions-amount = Montant
contributions-amount-hint = Par exemple 1234,56. Ce qui est réellement arrivé, frais déduits.
contributions-nature = À quel titre ?
contributions-nature-name = { $nature ->
    [subscription] cotisation
    [earmarked] versement affecté
    [gift] don
    [patronage] mécénat
    [subsidy] subvention
    [returnable] apport avec droit de reprise
   *[other] autre
}
contributions-nature-hint = { $nature ->
    [subscription] La part régulière de chaque membre, selon ses statuts.
    [earmarked] Une somme versée en plus de la cotisation. Dans Popote, elle rejoint le pot comme une cotisation : l'usage décidé ensemble s'écrit dans une décision, que tout le monde lit ; le libellé, lui, n'est jamais publié.
    [gift] Donné sans contrepartie : ne revient jamais à un membre.
    [patronage] Donné par une entreprise : ne revient jamais à un membre.
    [subsidy] Accordée par une collectivité ou une fondation, souvent pour un usage précis.
    [returnable] La structure peut la reprendre, selon une convention écrite entre vous. Dans Popote, elle rejoint le pot comme une cotisation : un partage la répartit entre toutes les structures, et ce qui est allé aux autres ne revient plus. Seul un départ rend ce qui reste à la structure, par une décision, si les règles le permettent.
   *[other] Autre.
}
contributions-received-on = Reçu sur le compte le
contributions-received-on-hint = La date du relevé bancaire.
contributions-reference = Libellé du virement
contributions-reference-hint = Tel que sur le relevé. Jamais publié.
contributions-proof = Justificatif
contributions-proof-hint = PDF ou image, 5 Mo au plus. Seules la trésorerie et la structure qui a payé le voient.
contributions-proof-hint-gift = PDF ou image, 5 Mo au plus. Seule la trésorerie le voit.
contributions-entry-title = Écriture { $number }
contributions-entry-private = Le libellé et la précision ne sont montrés qu'à la trésorerie.
contributions-reference-none = aucun
contributions-gift-of = Le don
contributions-undone = Annulée
contributions-undone-by = le { $day }, par l'écriture { $number } : { $reason }
contributions-proofs = Justificatifs
contributions-proofs-none = Aucun justificatif pour l'instant.
contributions-proofs-count = { $count ->
    [one] { $count } justificatif
   *[other] { $count } justificatifs
}
contributions-proof-line = { $name }, ajouté le { $when }
contributions-proof-add = Ajouter un justificatif
contributions-proof-adds = Il s'ajoute aux autres : rien n'est remplacé, rien ne s'efface.
contributions-proof-do = Ajouter ce fichier
contributions-proof-added = Le justificatif est ajouté à l'écriture { $number }.
contributions-proof-there = Ce fichier est déjà parmi les justificatifs de cette écriture.
contributions-proof-too-many = Cette écriture a déjà { $most } justificatifs, le plus qu'elle puisse avoir.
contributions-all = Tout ce qui est entré
contributions-new-effect = Cette somme entre dans le pot, au nom de la structure. Elle deviendra une part à répartir lors du prochain partage.
contributions-record = Enregistrer le versement
contributions-record-next = Enregistrer et saisir le suivant
contributions-twin = L'écriture { $number }, enregistrée le { $day }, a la même structure, le même montant ({ $amount }) et la même date. Est-ce le même versement ?
contributions-again = Non, c'est un autre versement
contributions-recorded = Versement enregistré : { $organisation }, { $amount }, écriture { $number }.

## Enregistrer un don

contributions-gift-title = Enregistrer un don
contributions-gift-lead = Un don, un mécénat ou une subvention garde sa trace jusqu'au bout : il ne revient jamais à un membre.
contributions-fund = Dans quel fonds ?
contributions-fund-hint = Un fonds réunit les dons de même nature, faits aux mêmes conditions.
contributions-fund-new = Un nouveau fonds
contributions-fund-name = Nom du fonds
contributions-fund-name-hint = Par exemple « Dons de l'automne 2026 ».
contributions-earmark = Réservé à une fonctionnalité ?
contributions-earmark-hint = Un don réservé ne peut aller que là. D'ici au prochain partage il attend dans son fonds, et ne compte pas encore ; le partage le donne à la structure qui mène la fonctionnalité, qui ne peut le mettre que là, après le reste de sa part.
contributions-earmarked = réservé à la fonctionnalité « { $title } »
contributions-earmark-none = Non, à toutes
contributions-giver = Qui donne ?
contributions-giver-public = Cette personne accepte que son nom soit publié
contributions-conditions = Conditions posées
contributions-conditions-hint = Ce que le don permet, ce qu'il exclut, ce dont il faut rendre compte.
contributions-wish = Un souhait ?
contributions-wish-hint = Il est montré aux membres là où les dons sont partagés, si les règles le disent, et n'engage personne. Un don qui ne peut aller qu'à une fonctionnalité est un don réservé.
contributions-wish-feature = Pour quelle fonctionnalité
contributions-wish-none = Aucune en particulier
contributions-wish-words = Le souhait, en quelques mots
contributions-wished = Souhait : { $wish }
contributions-record-gift = Enregistrer le don
contributions-gift-recorded = Don enregistré : { $amount }, écriture { $number }. Merci à qui donne !

## Annuler une écriture

contributions-reverse-title = Annuler l'écriture { $number }
contributions-reverse-what = { $kind } : { $amount }, le { $date }.
contributions-reverse-what-of = { $kind } ({ $organisation }) : { $amount }, le { $date }.
contributions-reverse-effect = Rien n'est effacé : une écriture inverse est ajoutée au journal, entière, une seule fois, et chacun peut lire pourquoi.
contributions-reason = Pourquoi ?
contributions-reason-name = { $reason ->
    [entered_twice] saisie deux fois
    [wrong_amount] montant faux
    [wrong_organisation] une autre structure a payé
    [wrong_entry] date ou nature fausse
    [wrong_distribution] chiffres du partage faux
    [not_funded] somme non réunie
    [cancelled] fonctionnalité annulée
    [surplus] il en restait
    [departure] départ de la structure
    [round_closed] fin du tour
    [decided] décidé par le collectif
   *[other] autre raison
}
contributions-note = Précision
contributions-note-hint = Pour la trésorerie seulement ; n'entre pas dans le journal public.
contributions-reverse = Annuler cette écriture
contributions-reversed = L'écriture { $number } est annulée.
contributions-reverse-done = Cette écriture est annulée par l'écriture { $number } : { $reason }.
contributions-record-right = Enregistrer le bon versement
contributions-record-right-gift = Enregistrer le bon don
contributions-share-again = Partager de nouveau l'argent du tour { $number }
contributions-undo-share = Annuler d'abord le partage du tour { $round }
contributions-back = Retour

## Relevé d'une structure

contributions-statement-title = Relevé : { $organisation }
contributions-statement-now-html = Il reste <strong>{ $share }</strong> à répartir, et <strong>{ $on-features }</strong> sont posés sur des fonctionnalités.
contributions-statement-partial = Ce relevé est incomplet : montrer ce que cette structure a posé sur certaines fonctionnalités révélerait les montants d'autres, qui préfèrent les garder.
contributions-statement-explained = Versé : ce que la structure a payé dans le pot. Les autres colonnes suivent sa part à répartir : reçue lors des partages, posée sur des fonctionnalités, revenue quand une somme n'était pas réunie ou qu'il en restait, non utilisée à la fin d'un tour ou au départ.
contributions-statement-empty = Aucun mouvement pour cette structure.
contributions-statement-caption = Tour par tour
contributions-statement-when = Période
contributions-statement-paid = Versé
contributions-statement-shared = Part reçue
contributions-statement-put = Posé
contributions-statement-returned = Revenu
contributions-statement-lapsed = Non utilisé
contributions-statement-money = Versé ou remboursé
contributions-statement-owed = Part à rembourser
contributions-statement-due = Autre somme à rembourser
contributions-statement-repaid = Remboursé
contributions-statement-repays = Part à rembourser : ce que son départ lui rend de sa part. Autre somme à rembourser : ce qu'il lui rend de versements jamais partagés, et ce qui revient ensuite de fonctionnalités. Remboursé : ce qui lui a été viré, moins les virements revenus. Rien de cela n'est compté dans « Versé » ou « Non utilisé ».
contributions-statement-top-up = Complément, par la décision n° { $number }
contributions-statement-undoes = Annulation de l'écriture { $number }
contributions-statement-bounced = Virement revenu, remboursement n° { $number }
contributions-statement-share = Part
contributions-statement-gone = Rendu ailleurs
contributions-statement-total = Total
contributions-statement-round = Tour { $number }
contributions-statement-outside = Hors tour
contributions-statement-departure = Au départ du collectif
contributions-statement-waiting = En attente du prochain partage
contributions-statement-moves = Mouvements
contributions-statement-moves-caption = Chaque mouvement, du dernier enregistré au premier
contributions-statement-day = Date
contributions-statement-what = Quoi
contributions-statement-feature = Fonctionnalité
contributions-statement-source = { $source ->
    [own] { $amount } de ses versements
    [pooled] { $amount } des autres structures
    [gift] { $amount } de dons
   *[other] { $amount }
}
contributions-statement-elsewhere = { $to ->
    [gift] { $amount } rendus au fonds de ces dons, pas à la structure
    [pool_common] { $amount } laissés au pot commun
    [refund_due] { $amount } à rembourser à la structure
   *[other] { $amount } sortis de la fonctionnalité, pas vers la structure
}
contributions-pay-in = Pour verser dans le pot
contributions-pay-in-after = Une fois le virement arrivé, la trésorerie l'enregistre : il apparaît ici, et un courriel le confirme.
contributions-pay-in-which = Cette référence est celle de la structure, pour tout versement. Un appel porte la sienne, qui dit aussi ce qui est réglé : prenez-la pour le régler. Avec l'une comme avec l'autre, la trésorerie reconnaît la structure.
contributions-promised-lead = { $called } demandés, { $paid } payés et confirmés, { $rest } à régler.
contributions-promised-caption = Ce que la structure a promis
contributions-promised-engagement = Engagement
contributions-promised-conditional = Sous réserve de son assemblée
contributions-promised-ended = N'engage plus à rien
contributions-promised-amount = Promis
contributions-called-caption = Ce qui lui a été demandé
contributions-called-paid = Payé et confirmé
contributions-paid-caption = Ses paiements, dans l'ordre des dates
contributions-paid-line = Paiement
contributions-statement-csv = Télécharger ce relevé (CSV)
contributions-giver-named = Donné par { $giver }, qui accepte d'être nommé
contributions-giver-unnamed = Donné par { $giver } (à ne pas publier)
contributions-conditions-are = Conditions : { $conditions }
contributions-statement-proof = le justificatif
contributions-nowhere-title = Ce pot n'enregistre pas d'argent
contributions-nowhere-text = Ici, personne ne détient d'argent : chaque structure paie directement qui fait le travail, et qui est payé le confirme. Il n'y a ni versement, ni don, ni paiement à enregistrer.
