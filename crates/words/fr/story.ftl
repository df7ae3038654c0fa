### Ce qui s'est passé, raconté : l'histoire d'une fonctionnalité, l'activité du collectif, son flux.

story-allocated = { $organisation } a mis { $amount } sur « { $title } »
story-taken-back = { $organisation } a repris { $amount } de « { $title } »
story-added = { $organisation } a ajouté { $amount } à « { $title } », déjà financée
story-topped-up = { $organisation } complète « { $title } » : { $amount }, par la décision { $decision }
story-share-used = { $organisation } a réparti sa part
story-share-used-by-one = Une structure a réparti sa part
story-contribution = { $organisation } a versé { $amount } ({ $nature })
story-contribution-hidden = Une structure a versé sa contribution
story-gift = Don reçu : { $amount }, dans le fonds « { $fund } »
story-gift-put = { $amount } de dons du fonds « { $fund } » mis sur « { $title } », par la décision { $decision }
story-gifts = { $count } dons reçus : { $amount } en tout, dans le fonds « { $fund } »
story-proof-added = Un justificatif est ajouté à l'écriture { $number }.
story-reversed = L'écriture { $number } est annulée
story-round-opened = Le tour { $number } est ouvert, jusqu'au { $date } inclus
story-round-changed = Le tour { $number } a changé
story-round-changed-in = Le tour { $number } a changé : { $changes }
story-round-change = { $field ->
    [name] son nom
    [opens_on] son premier jour
    [closes_on] il dure jusqu'au { $date } inclus
    [rule] la règle de partage
    [cap] le plafond par structure et par fonctionnalité
    [lapse] ce que devient ce qui n'est pas réparti
    [promises] ce que deviennent les promesses
   *[other] autre chose
}
story-round-withdrawn = Le tour { $number } est retiré
story-round-closed = { $triggered ->
    [0] Le tour { $number } est terminé : { $returned } sont revenus
    [one] Le tour { $number } est terminé : { $triggered } fonctionnalité financée, { $returned } sont revenus
   *[other] Le tour { $number } est terminé : { $triggered } fonctionnalités financées, { $returned } sont revenus
}
story-round-lapsed = { $closed }, { $lapsed } non répartis sont revenus au pot
story-distribution = { $count ->
    [one] { $amount } confiés à { $count } structure pour le tour { $round }
   *[other] { $amount } partagés entre { $count } structures pour le tour { $round }
}
story-terms-changed = « { $title } » a de nouvelles conditions : jusqu'à la fin du { $until }, chaque structure peut reprendre sa part
story-terms-kept = « { $title } » : le délai pour reprendre sa part est passé, les nouvelles conditions s'appliquent
story-confirmation-asked = « { $title } » a réuni son prix plancher : une personne référente confirme avant la fin du { $until }
story-track-changed = « { $title } » suit maintenant le parcours « { $track } »
story-edited = { $organisation } a modifié « { $title } »
story-lead-changed = « { $title } » : { $lead } mène désormais, à la suite de { $before }
story-lead-changed-why = « { $title } » : { $lead } mène désormais, à la suite de { $before } ({ $reason })
story-picture-added = Une nouvelle image montre « { $title } »
story-picture-removed = Une image de « { $title } » est retirée
story-need-said = { $organisation } a aussi besoin de « { $title } »
story-need-withdrawn = { $organisation } n'a plus besoin de « { $title } »
story-proposed = { $organisation } propose « { $title } »
story-triggered = { $count ->
    [one] « { $title } » est financée : { $amount }, par { $count } structure
   *[other] « { $title } » est financée : { $amount }, par { $count } structures
}
story-triggered-plain = « { $title } » est financée : { $amount }
story-funding = Financement ouvert pour « { $title } » : prix plancher { $floor }, jusqu'au { $date } inclus
story-not-funded = La somme n'est pas réunie pour « { $title } » : tout est revenu
story-moved = « { $title } » passe à l'étape « { $state } »
story-moved-because = « { $title } » passe à l'étape « { $state } » : { $reason }
story-member-joined = { $organisation } a rejoint le collectif
story-organisation-described = { $organisation } a changé sa présentation
story-organisation-renamed = { $before } s'appelle désormais { $name }
story-left = { $organisation } a quitté le collectif
story-collective-made = Le collectif est créé
story-pot-created = Le pot « { $name } » est créé
story-role-proposed = Un rôle attend une deuxième personne : { $role ->
    [admin] administration
    [steward] référent·e
   *[other] trésorerie
}
story-role-granted = Un rôle est confié : { $role ->
    [admin] administration
    [steward] référent·e
   *[other] trésorerie
}
story-role-ended = Un rôle prend fin : { $role ->
    [admin] administration
    [steward] référent·e
   *[other] trésorerie
}
story-mandate-given = Un mandat est donné pour { $organisation }
story-mandate-ended = Un mandat prend fin pour { $organisation }
story-person-invited = Une personne est invitée pour { $organisation }
story-invitation-withdrawn = Une invitation est retirée
story-imported = { $count ->
    [one] { $count } structure importée d'un fichier
   *[other] { $count } structures importées d'un fichier
}
story-decision-recorded = Décision { $number } : { $title }
story-commented = { $organisation } a commenté une fonctionnalité
story-commented-need = { $organisation } a commenté un besoin
story-webhook-made = Un autre site est prévenu de ce qui se passe
story-webhook-ended = Un autre site n'est plus prévenu
story-token-made = Un jeton d'accès est créé pour un programme ({ $organisation })
story-token-revoked = Un jeton d'accès est révoqué ({ $organisation })
story-comment-hidden = Un commentaire est masqué
story-comment-edited = Un commentaire est modifié
story-comment-shown = Un commentaire est de nouveau visible
story-rules-changed = Les règles du collectif ont changé
story-collective-described = La présentation du collectif a changé
story-host-described = { $what ->
    [bank_added] Les coordonnées bancaires de la structure porteuse sont complétées : { $name }
    [bank_added_and_described] Les coordonnées bancaires de la structure porteuse sont complétées, et sa fiche est modifiée : { $name }
    [bank_changed] Les coordonnées bancaires de la structure porteuse ont changé : { $name }
    [bank_changed_and_described] Les coordonnées bancaires et la fiche de la structure porteuse ont changé : { $name }
    [described] La fiche de la structure porteuse est modifiée : { $name }
   *[other] La structure porteuse a changé : { $name }
}
story-restoration-compared = Le pot a été comparé avec les relevés après une restauration : les paiements reprennent
story-standing-choice = { $organisation } a changé son choix permanent
story-other = Un changement dans le collectif
story-somebody = Quelqu'un
story-fund-mode = Le pot change de fonctionnement. { $mode }

## Les logiciels et les besoins

story-software-entered = { $organisation } a inscrit le logiciel « { $name } »
story-software-described = { $organisation } a modifié la fiche du logiciel « { $name } »
story-software-hosted = { $organisation } héberge « { $name } »
story-software-hosting-ended = { $organisation } n'héberge plus « { $name } »
story-need-written = { $organisation } a écrit le besoin « { $title } »
story-need-edited = { $organisation } a modifié le besoin « { $title } »
story-need-joined = { $organisation } a aussi besoin de « { $title } »
story-need-left = { $organisation } n'a plus besoin de « { $title } »
story-need-turned = { $kind ->
    [need_parked] Le besoin « { $title } » est en sommeil
    [need_answered] Le besoin « { $title } » a une réponse
   *[other] Le besoin « { $title } » est rouvert
}
story-need-turned-why = { $what } : { $reason }
story-need-became-feature = Le besoin « { $title } » donne naissance à une fonctionnalité : « { $feature } »
story-approach = { $kind ->
    [approach_added] { $organisation } propose une piste pour « { $title } » : { $approach }
    [approach_edited] { $organisation } a complété une piste pour « { $title } » : { $approach }
    [approach_refused] Piste refusée par l'équipe du logiciel, pour « { $title } » : { $approach }
    [approach_dropped] Piste laissée de côté, pour « { $title } » : { $approach }
    [approach_done] Piste réalisée, pour « { $title } » : { $approach }
   *[other] Piste rouverte, pour « { $title } » : { $approach }
}
story-software-assessed = Un constat sur la grille du logiciel { $software }
story-assessment-settled = Un·e référent·e tranche un critère de la grille du logiciel { $software }
story-software-waived = Le logiciel { $software } peut être financé malgré un critère essentiel non rempli, par la décision { $decision }
story-software-waiver-ended = Le logiciel { $software } n'est plus financé malgré un critère essentiel non rempli
story-listing-imported = { $count ->
    [one] { $count } structure lue dans des fichiers chatonsinfos
   *[other] { $count } structures lues dans des fichiers chatonsinfos
}
story-software-confirmed = { $count ->
    [one] { $organisation } confirme faire tourner { $count } logiciel
   *[other] { $organisation } confirme faire tourner { $count } logiciels
}
