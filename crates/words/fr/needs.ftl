### Les besoins : ce qui manque, qui d'autre en a besoin, par quelles pistes.

needs-title = Besoins
needs-lead = Ce qui manque aux membres, avec leurs mots. Ceux que le plus de structures partagent viennent en premier.
needs-new = Écrire un besoin
needs-edit = Modifier le besoin
needs-list = Les besoins
needs-feed = Flux Atom
needs-feed-title = Besoins — { $name }
needs-filters-state = Par état
needs-filters-software = Par logiciel
needs-all-software = Tous les logiciels
needs-state = { $state ->
    [open] ouvert
    [parked] en sommeil
    [merged] fusionné
    [answered] une réponse existe
    [pending] à relire
   *[other] pas retenu
}
needs-state-list = { $state ->
    [open] Ouverts
    [parked] En sommeil
   *[other] Avec une réponse
}
needs-empty = Aucun besoin n'est ouvert. Écrivez ce qui manque à vos membres : d'autres structures en ont peut-être besoin aussi.
needs-empty-here = Aucun besoin ne correspond à ces filtres.
needs-supporters = { $count ->
    [0] Plus aucune structure ne dit en avoir besoin
    [one] { $count } structure en a besoin
   *[other] { $count } structures en ont besoin
}
needs-strength-sum = force totale : { $count }
needs-users-sum = { $users ->
    [one] { $shown } personne concernée
   *[other] { $shown } personnes concernées
}
needs-approaches-count = { $count ->
    [one] { $count } piste
   *[other] { $count } pistes
}
needs-features-count = { $count ->
    [one] { $count } fonctionnalité
   *[other] { $count } fonctionnalités
}
needs-which-software = Quel logiciel ?
needs-by = Écrit le { $day } par { $organisation }
needs-by-person = Écrit le { $day } par { $organisation } ({ $person })
needs-by-guest = Écrit le { $day } par { $name }, sur invitation

## Écrire

needs-form-lead = Dites ce qui manque aux personnes qui utilisent vos services, pas comment le coder : les pistes viendront après.
needs-form-edit-lead = Ce que le besoin disait avant reste lisible.
needs-form-title = Le besoin, en une ligne
needs-form-title-hint = Par exemple : « Inviter dans un salon des personnes sans compte »
needs-form-software = Logiciel
needs-form-software-hint = Laissez vide si vous ne savez pas lequel.
needs-form-software-examples = Par exemple : { $names }. Laissez vide si vous ne savez pas lequel.
needs-form-why = Pourquoi
needs-form-why-hint = Qui en a besoin, dans quelle situation, et ce que cela change. Markdown.
needs-form-links = Tickets ailleurs
needs-form-links-hint = Une adresse par ligne, si d'autres en parlent déjà.
needs-form-discussion = Lieu de discussion
needs-form-discussion-hint = Si vous en parlez déjà sur votre forum : les commentaires se font alors là-bas, pas ici.
needs-form-ours = Et chez vous
needs-form-feature = Cette fonctionnalité naît de ces besoins. Les structures qui en ont besoin seront prévenues et en feront partie.
needs-publish = Publier le besoin
needs-written = Le besoin est publié. Votre structure est la première à en avoir besoin.

## Nous en avons besoin aussi

needs-strength = À quel point ?
needs-strength-name = { $strength ->
    [s1] 1 — ce serait bien
    [s2] 2 — cela aiderait
    [s3] 3 — c'est important
    [s4] 4 — cela nous gêne chaque semaine
   *[other] 5 — on ne peut pas s'en passer
}
needs-strength-of = force { $strength } sur 5
needs-users = Combien de personnes sont concernées chez vous ?
needs-users-hint = À peu près ; laissez vide si vous ne savez pas.
needs-words = Avec vos mots
needs-amount = Ce que vous y mettriez
needs-amount-hint = Une intention, jamais de l'argent : elle n'engage à rien.
needs-help-legend = Ce que vous pourriez faire au lieu de payer
needs-help = { $help ->
    [develop] développer
    [test] tester
    [translate] traduire
    [document] documenter
   *[other] héberger
}
needs-say = Nous en avons besoin aussi
needs-say-anew = Enregistrer
needs-said = C'est noté : votre structure en a besoin aussi.
needs-withdraw = Nous n'en avons plus besoin
needs-withdrawn = C'est noté : votre structure n'en a plus besoin.
needs-intention-note = Le montant se montre comme les autres montants de votre structure.
needs-would-put = y mettrait { $amount }
needs-could = Pourrait : { $help }
needs-who = Qui en a besoin
needs-sum-organisations = Structures
needs-sum-needs = Besoins
needs-sum-shared = Partagés
needs-sum-strength = Force
needs-sum-users = Personnes concernées
needs-sum-amount = Intentions
needs-sum-more = { $amount } et plus

## La page

needs-why = Pourquoi
needs-links = On en parle aussi ici :
needs-story = Ce qui s'est passé
needs-wake = Réveiller ce besoin
needs-wake-hint = N'importe quel membre peut le rouvrir.
needs-turns = Mettre en sommeil, ou dire qu'une réponse existe
needs-turn-reason = Pourquoi
needs-turn-hint = Tout le monde peut le lire. Rien n'est effacé : n'importe quel membre peut rouvrir le besoin.
needs-park = Mettre en sommeil
needs-answer = Une réponse existe
needs-turned = C'est noté.
needs-follow = Suivre
needs-unfollow = Ne plus suivre
needs-follow-hint = Recevoir un courriel quand il se passe quelque chose ici.
needs-following = Vous recevez un courriel quand il se passe quelque chose ici.
needs-followed = Vous suivez ce besoin.
needs-unfollowed = Vous ne suivez plus ce besoin.
needs-features = Ce qui en est né
needs-features-empty = Aucune fonctionnalité n'est encore ouverte pour ce besoin.
needs-open-feature = Ouvrir une fonctionnalité
needs-origins = Née de ces besoins

## Les pistes

needs-approaches = Pistes
needs-approaches-empty = Par où pourrait venir une réponse ? Dans le logiciel, à côté, en adaptant ce que quelqu'un a déjà, ou par un guide.
needs-approach-new = Proposer une piste
needs-approach-one = Piste { $number }
needs-approach-change = Modifier la piste { $number }, ou dire où elle en est
needs-approach-lead = N'importe quel membre complète une piste. Ce qu'elle disait avant reste lisible.
needs-approach-kind-label = Par où
needs-approach-kind = { $kind ->
    [upstream] dans le logiciel lui-même
    [plugin] une extension
    [service] un service à côté, ou une passerelle
    [adapt] adapter ce qu'un membre fait déjà tourner
    [existing] ça existe déjà chez nous
    [documentation] un guide ou une traduction
   *[other] attendre
}
needs-approach-title = La piste, en une ligne
needs-approach-body = Ce qu'on en sait
needs-approach-url = Lien
needs-approach-url-hint = Où lire la suite. Pour « ça existe déjà chez nous », c'est là qu'on le trouve.
needs-approach-known-by = Qui la connaît
needs-approach-price = Prix approximatif
needs-approach-price-from = Prix approximatif, au moins
needs-approach-price-to = Et au plus
needs-approach-price-hint = Un ordre de grandeur suffit ; laissez vide si personne ne sait.
needs-price-range = { $from } à { $to }
needs-approach-maintained-by = Qui la maintiendrait
needs-approach-saved = La piste est enregistrée.
needs-approach-ended = C'est noté.
needs-approach-state = { $state ->
    [open] ouverte
    [refused] refusée par l'équipe du logiciel
    [dropped] laissée de côté
   *[other] c'est fait
}
needs-approach-end = Où elle en est
needs-approach-end-lead = Un refus de l'équipe ferme la piste, jamais le besoin.
needs-approach-end-state = Elle est
needs-approach-end-reason = Pourquoi
needs-approach-end-evidence = Où le lire
needs-approach-end-evidence-hint = Une adresse par ligne. Un refus de l'équipe en demande une.

## Ensemble

needs-together = Ce dont nous avons besoin ensemble
needs-together-headline = { $needs ->
    [0] Aucun besoin n'est ouvert.
    [one] { $needs } besoin ouvert, { $organisations } ; { $shared }.
   *[other] { $needs } besoins ouverts, { $organisations } ; { $shared }.
}
needs-together-organisations = { $count ->
    [one] { $count } structure
   *[other] { $count } structures
}
needs-together-shared = { $count ->
    [0] aucun n'est encore partagé
    [one] { $count } est partagé par deux structures ou plus
   *[other] { $count } sont partagés par deux structures ou plus
}
needs-together-empty = Dès que des besoins seront écrits, on verra ici ce que les membres ont en commun.
needs-together-by-software = Par logiciel
needs-together-all = En tout
needs-together-note = Une structure compte une fois par ligne, et ses personnes aussi. Les intentions ne sont pas de l'argent.
needs-together-more = « et plus » : d'autres structures gardent leur montant pour elles.
needs-together-who = Qui partage des besoins avec qui
needs-together-who-caption = Combien de besoins ouverts deux structures ont en commun
needs-together-csv = Télécharger en CSV
needs-csv-number = Numéro
needs-csv-need = Besoin
needs-csv-help = Au lieu de payer
needs-yours = Vos besoins que d'autres partagent
needs-theirs = Ses besoins que d'autres partagent
needs-people = { $users ->
    [one] { $shown } personne
   *[other] { $shown } personnes
}

## Courriels

needs-mail-stop = Pour ne plus recevoir ces courriels, ouvrez cette page et choisissez « Ne plus suivre ».
needs-mail-joined-subject = Une structure de plus a besoin de ceci : « { $title } »
needs-mail-joined = { $count ->
    [one] { $name } en a besoin : « { $title } ». Elle est la seule pour l'instant.
   *[other] { $name } a aussi besoin de « { $title } ». Vous êtes maintenant { $count } structures.
}
needs-mail-turned-subject = { $state ->
    [parked] « { $title } » est en sommeil
    [answered] Une réponse existe pour « { $title } »
   *[other] « { $title } » est rouvert
}
needs-mail-turned = { $state ->
    [parked] Le besoin « { $title } » est mis en sommeil : { $reason }. Vous pouvez le rouvrir ici :
    [answered] Le besoin « { $title } » a une réponse : { $reason }. La voici :
   *[other] Le besoin « { $title } » est de nouveau ouvert :
}
needs-mail-alone = Personne d'autre n'a dit avoir besoin de « { $title } » en trois mois : il est en sommeil. Rien n'est perdu, et n'importe quel membre peut le réveiller ici :
needs-mail-approach-subject = Une piste pour « { $title } »
needs-mail-approach = { $kind ->
    [approach_added] Une piste est proposée pour « { $title } » : { $approach }.
    [approach_refused] L'équipe du logiciel a refusé une piste pour « { $title } » : { $approach }. Le besoin reste ouvert.
    [approach_dropped] Une piste pour « { $title } » est laissée de côté : { $approach }.
    [approach_done] Une piste pour « { $title } » est faite : { $approach }.
   *[other] Une piste pour « { $title } » est rouverte : { $approach }.
}
needs-mail-feature-subject = Une fonctionnalité s'ouvre : « { $feature } »
needs-mail-feature = Vous avez besoin de « { $need } » : une fonctionnalité s'ouvre pour y répondre, « { $feature } ». Votre structure en fait partie ; cela ne l'engage à rien. Voyez ce qui est proposé :
needs-mail-comment-subject = Un commentaire sur « { $title } »
needs-mail-comment = Quelqu'un a écrit un commentaire sur le besoin « { $title } » :

refusal-need-not-live = { $state ->
    [merged] Ce besoin a été réuni avec un autre : c'est l'autre qui continue.
    [answered] Ce besoin a une réponse. Rouvrez-le d'abord.
   *[other] Ce besoin n'est pas ouvert.
}
refusal-need-already-so = C'est déjà le cas.
refusal-need-too-many-approaches = Ce besoin a autant de pistes qu'il peut en avoir. Complétez plutôt l'une d'elles.
