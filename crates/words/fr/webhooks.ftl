### Les webhooks : prévenir un autre site de ce qui se passe.

webhooks-title = Prévenir un autre site
webhooks-lead-html = À chaque événement public choisi, un court message signé part vers l'adresse que vous donnez, sans montant ni nom. <a href="{ $href }">Comment le vérifier</a>
webhooks-none = Aucune adresse pour l'instant.
webhooks-caption = Les adresses prévenues, la dernière ajoutée d'abord
webhooks-url = Adresse
webhooks-url-hint = Une adresse en https, sur le port habituel.
webhooks-kinds = Événements
webhooks-kinds-hint = Sans choix, tous.
webhooks-all = tous
webhooks-state = État
webhooks-act = Changer
webhooks-working = en marche
webhooks-failing = échoue, { $since }
webhooks-disabled = désactivée, { $since }
webhooks-enable = Réactiver
webhooks-enabled = L'adresse est prévenue de nouveau, à partir de maintenant.
webhooks-end = Retirer
webhooks-ended = L'adresse n'est plus prévenue.
webhooks-dead-title = Ce qui n'est pas arrivé
webhooks-dead-caption = Neuf essais en un jour et demi, puis plus rien
webhooks-when = Quand
webhooks-why = Pourquoi
webhooks-new-title = Ajouter une adresse
webhooks-new-act = Ajouter
webhooks-too-many = Dix adresses au plus : retirez-en une.
webhooks-made-title = Le secret de cette adresse
webhooks-made-how = Le site qui reçoit s'en sert pour vérifier que les messages viennent d'ici (convention Standard Webhooks).
webhooks-made-back = Revenir aux adresses
webhooks-kind = { $kind ->
    [feature_moved] une fonctionnalité change d'étape
    [feature_edited] une fonctionnalité est modifiée
    [track_changed] une fonctionnalité change de parcours
    [lead_changed] une autre structure mène une fonctionnalité
    [confirmation_asked] un financement attend une confirmation
    [terms_changed] les conditions d'un financement changent
    [terms_kept] le délai pour reprendre sa part est passé
    [need_written] un besoin est écrit
    [need_joined] une structure partage un besoin
    [need_became_feature] une fonctionnalité naît d'un besoin
    [need_said] une structure a aussi besoin d'une fonctionnalité
    [need_withdrawn] une structure n'a plus besoin d'une fonctionnalité
    [commented] un commentaire
    [round_opened] un tour s'ouvre
    [round_closed] un tour se termine
    [distribution_posted] l'argent d'un tour est partagé
    [share_allocated] une structure met sa part
    [share_taken_back] une structure reprend sa part
    [share_added] une structure ajoute à une fonctionnalité déjà financée
    [share_topped_up] une structure complète une fonctionnalité, par décision
    [contribution_recorded] un versement est enregistré
    [gift_recorded] un don est enregistré
    [gift_put] une décision met des dons sur une fonctionnalité
    [entry_reversed] une écriture est annulée
    [member_joined] une structure rejoint le collectif
    [rules_changed] les règles changent
    [decision_recorded] une décision est notée
   *[other] un autre événement
}
