### La discussion sur une fonctionnalité : ses commentaires.

comments-title = Discussion
comments-count = { $count ->
    [0] Personne n'a encore rien écrit.
    [one] { $count } commentaire
   *[other] { $count } commentaires
}
comments-elsewhere = On en parle ailleurs :
comments-elsewhere-before = Ce qui avait été écrit ici reste ci-dessous.
comments-write = Votre commentaire
comments-write-hint = Tout le monde peut le lire, avec le nom de votre structure ; le vôtre n'est montré qu'aux membres. Le Markdown est mis en forme.
comments-post = Publier le commentaire
comments-posted = Le commentaire est publié.
comments-sign-in = Se connecter pour commenter
comments-one = Commentaire n° { $number }
comments-by = { $person } ({ $organisation })
comments-edited = modifié le { $date }
comments-hidden = masqué : { $reason }
comments-hidden-self = retiré par qui l'avait écrit
comments-hidden-self-why = retiré par qui l'avait écrit : { $reason }
comments-change = Modifier ou retirer
comments-moderate = Masquer
comments-hidden-see = Voir, ou montrer de nouveau
comments-edit-title = Modifier le commentaire
comments-edit-hint = Ce qu'il disait avant reste lisible ici.
comments-edit = Enregistrer
comments-edit-done = Le commentaire est modifié.
comments-text = Texte
comments-take-back = Retirer le commentaire
comments-take-back-hint = Son texte ne sera plus lu ; sa place reste. Vous pourrez le montrer de nouveau.
comments-take-back-reason = Pourquoi ?
comments-hide-title = Masquer le commentaire
comments-hide-hint = La raison est publique, et la personne qui l'a écrit la reçoit par courriel.
comments-hide-reason = Raison
comments-hide = Masquer
comments-hide-done = Le commentaire est masqué.
comments-show = Montrer de nouveau
comments-show-hint = Vous lisez ce texte, que les autres ne voient plus.
comments-show-done = Le commentaire est de nouveau visible.
comments-see-all = Toute la discussion

comments-mail-hidden-subject = Votre commentaire sur « { $title } » est masqué
comments-mail-hidden = { $steward } a masqué votre commentaire sur « { $title } » : { $reason }. Vous pouvez encore le lire ici :

refusal-comment-elsewhere = La discussion se tient ailleurs : rien de nouveau ne s'écrit ici.
refusal-comment-not-author = Seule la personne qui a écrit un commentaire le modifie.
refusal-comment-hidden = Ce commentaire est masqué : son texte reste tel quel.
refusal-comment-kept-hidden = Seule la personne qui l'a retiré, ou une autre personne référente s'il a été masqué, le montre de nouveau.
