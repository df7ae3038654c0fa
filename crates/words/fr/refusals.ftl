### Pourquoi rien n'a été enregistré. Chaque refus dit une seule raison, avec le chiffre qui aide.

## Les étapes et les parcours, tels qu'on les nomme partout

refusal-state = { $state ->
    [idea] idée
    [gathering] besoins réunis
    [scoping] cadrage
    [upstream_asked] avis upstream
    [costing] chiffrage
    [choosing] choix
    [funding] financement
    [calling] appel à candidatures
    [selecting] choix de la proposition
    [contracting] contrat
    [building] réalisation
    [upstream_review] revue upstream
    [accepting] vérification
    [warranty] garantie
    [delivered] livrée
    [merged_into] fusionnée
    [parked] en sommeil
    [refused_upstream] refusée par l'équipe du logiciel
    [not_chosen] pas retenue cette fois
    [not_funded] somme non réunie
    [no_bidder] sans candidat·e
    [overtaken] déjà fait ailleurs
    [abandoned] abandonnée
    [closed_partial] livrée en partie
    [closed_failed] arrêtée
    [fork_decision] choix d'un fork
   *[other] étape inconnue
}
refusal-track = { $track ->
    [trust] confiance
    [light] léger
    [full] complet
    [heavy] renforcé
   *[other] parcours inconnu
}

## Répartir sa part

refusal-stale = Ce montant a changé entre-temps : vous aviez vu { $seen }, il y a maintenant { $now }.
refusal-not-funding = On ne peut rien y mettre : cette fonctionnalité en est à l'étape « { $state } ».
refusal-not-yet-open = Ce sera possible à partir du { $date }.
refusal-closed = Le financement de cette fonctionnalité est terminé depuis la fin du { $date }.
refusal-round-over = Le tour de cette fonctionnalité est terminé : on n'y ajoute plus rien.
refusal-awaits = Le prix plancher est atteint et une personne référente doit confirmer : rien ne bouge d'ici là.
refusal-bound = Elle est financée : les { $bound } que vous y avez mis ne se retirent plus.
refusal-not-enough = Il vous reste { $left } à répartir ici, et il en faudrait { $wanted }.
refusal-over-maximum = Il n'y a plus de place que pour { $room }, et vous ajoutez { $wanted }.
refusal-over-cap = Une structure met { $cap } au plus sur une même fonctionnalité ; cela ferait { $wanted }.
refusal-amount = Ce n'est pas un montant possible.
refusal-unconfirmed = Cela ne se reprend plus : confirmez-le d'abord.

## Fonctionnalités

refusal-no-passage = De l'étape « { $from } » on ne passe pas à « { $to } ».
refusal-not-yet-here = L'étape « { $to } » n'est pas encore dans Popote : elle viendra avec une prochaine version.
refusal-above-ceiling = Le parcours « { $track } » va jusqu'à { $ceiling } : baissez le prix ou choisissez un parcours plus complet.
refusal-track-not-used = Ce collectif n'utilise pas le parcours « { $track } ».
refusal-track-stops = Le parcours « { $track } » ne mène pas encore jusqu'au paiement, et { $inside } sont posés ici : cette somme resterait bloquée. Le parcours change une fois la fonctionnalité vide.
refusal-too-few-need = { $asked ->
    [one] Ce parcours demande que { $asked } structure dise en avoir besoin (pour l'instant : { $needers }).
   *[other] Ce parcours demande que { $asked } structures disent en avoir besoin (pour l'instant : { $needers }).
}
refusal-no-done-when = Ce parcours demande que la fonctionnalité dise quand c'est fini : écrivez-le d'abord (« C'est fini quand… »).
refusal-money-inside = { $allocated } y sont déjà : le prix et les dates valent pour les structures qui les ont mis.
refusal-not-editable = À l'étape « { $state } », cela ne se modifie plus.
refusal-new-terms-not-funding = À l'étape « { $state } », on ne propose pas de nouvelles conditions.
refusal-new-terms-nothing-inside = Aucune part n'est posée ici : le prix et la date se changent librement, en modifiant la fonctionnalité.
refusal-new-terms-one-is-open = De nouvelles conditions sont déjà annoncées : attendez la fin du { $until }, jour jusqu'auquel chaque structure peut reprendre sa part.
refusal-new-terms-unchanged = Ce sont déjà les conditions en vigueur : changez le prix ou la date.
refusal-new-terms-too-soon = Chaque structure doit avoir le temps de reprendre sa part : la date limite ne peut pas être avant le { $earliest }.
refusal-new-terms-round-too-soon = Le tour se termine le { $closes } : chaque structure doit avoir jusqu'au { $earliest } pour reprendre sa part. Prolongez d'abord le tour.
refusal-new-terms-below = { $allocated } y sont déjà : le maximum ne peut pas descendre à { $maximum }.
refusal-no-floor = Il faut un prix : au moins une ligne avec un minimum.
refusal-terms-too-large = La somme des lignes est trop grande.
refusal-closing-passed = La date limite du { $date } est passée : donnez-en une autre d'abord.
refusal-no-round = Aucun tour n'est ouvert : choisissez « hors tour », ou attendez le prochain tour.
refusal-changed-meanwhile = Quelqu'un a enregistré autre chose entre-temps : comparez, puis recommencez.
refusal-moved-meanwhile = Elle n'est plus à l'étape « { $from } » : elle en est à « { $now } ». Rien n'a été fait de plus.
refusal-nothing-to-confirm = Rien n'attend de confirmation.
refusal-already-so = C'est déjà le cas.
refusal-lead-needs-it = La structure qui mène une fonctionnalité compte déjà parmi celles qui en ont besoin.

## Tours

refusal-one-is-open = Le tour { $number } est ouvert : un seul à la fois.
refusal-round-begun = De l'argent y est partagé, promis, posé ou financé : seuls son nom et son dernier jour changent encore. Après un partage faux, annulez-le d'abord : tout se modifie de nouveau.
refusal-round-has-features = Des fonctionnalités y cherchent leur financement : il ne se retire plus.
refusal-round-already-closed = Ce tour est déjà terminé.
refusal-round-changed = Le bilan a changé depuis que vous l'avez vu : le voici à jour. Rien n'est encore terminé.
refusal-decision-by-one = Une autre personne doit avoir écrit cette décision, elle-même et non par un programme.
refusal-decision-used = { $act ->
    [gifts_put] Cette décision a déjà servi, le { $date }, à mettre des dons sur la fonctionnalité n° { $number } : une décision ne sert qu'une fois, notez-en une nouvelle.
    [topped_up] Cette décision a déjà servi, le { $date }, à compléter la fonctionnalité n° { $number } : une décision ne sert qu'une fois, notez-en une nouvelle.
    [round_closed] Cette décision a déjà servi, le { $date }, à terminer le tour n° { $number } : une décision ne sert qu'une fois, notez-en une nouvelle.
   *[other] Cette décision a déjà servi, le { $date } : une décision ne sert qu'une fois, notez-en une nouvelle.
}
refusal-decision-used-otherwise = Cette décision a déjà servi, le { $date } : une décision ne sert qu'une fois, notez-en une nouvelle.
refusal-round-by-one = Terminer un tour plus tôt demande deux personnes : faites noter la décision par quelqu'un d'autre, sur les pages et non par un programme, puis choisissez-la ici.
refusal-round-terms-open = Les conditions d'une fonctionnalité du tour ont changé : chaque structure peut reprendre sa part jusqu'à la fin du { $date }. Le tour ne peut pas se terminer avant.
refusal-round-not-over = Ce tour dure jusqu'à la fin du { $date } ; le terminer plus tôt demande une décision.
refusal-nothing-to-share = Il n'y a rien à partager : le pot n'a rien reçu depuis le dernier partage.
refusal-no-member = Le collectif n'a encore aucune structure membre.
refusal-nobody-paid = Personne n'a rien versé pendant la période choisie : prenez une autre période, ou partagez à parts égales.
refusal-more-than-present = Vous partagez { $wanted }, mais il n'y a que { $present } : c'est { $excess } de trop.
refusal-more-than-to-share = Vous répartissez { $asked }, mais il n'y a que { $shared } à partager entre les structures, et { $reserve } pour la réserve : c'est { $excess } de trop.
refusal-not-a-member = Une structure de la liste n'est pas membre du collectif.
refusal-already-distributed = L'argent de ce tour est déjà partagé.
refusal-round-not-open = Ce tour n'est plus ouvert.
refusal-not-distributed = L'argent de ce tour n'est pas encore partagé.
refusal-allocated-already = Des parts sont déjà posées sur des fonctionnalités : le partage ne s'annule plus.
refusal-deficit = Il manque { $deficit } dans le pot : une décision doit d'abord couvrir cette perte.
refusal-gifts-shared-out = Ici, les dons sont partagés entre les membres : les règles, ou le tour ouvert, ne disent pas qu'une décision les met sur des fonctionnalités.
refusal-gifts-earmarked = Ce fonds est réservé à une autre fonctionnalité.
refusal-gifts-not-enough = Ce fonds a { $left } en attente, et vous en mettez { $wanted }.
refusal-gifts-nobody-leads = La structure qui portait cette fonctionnalité est partie : une autre la reprend d'abord.
refusal-shares-too-large = Ces montants sont trop grands.

## Départs

refusal-left-already = Cette structure n'est pas, ou plus, membre du collectif.
refusal-no-refunds = Les règles du collectif ne prévoient pas de rendre d'argent : il reste dans le pot commun.
refusal-refund-undecided = Un remboursement s'appuie sur une décision du collectif : choisissez-la.
refusal-refund-of-itself = Les personnes de cette structure ne décident pas de son remboursement : une personne d'une autre structure le demande, sur une décision que d'autres ont notée.
refusal-departure-by-one = Exclure une structure ou la rembourser demande deux personnes : faites noter la décision par quelqu'un d'autre, dans « Décisions », puis choisissez-la ici.
refusal-departure-unannounced = Personne d'autre que vous ne peut noter cette décision : notez-la d'abord dans « Décisions », en indiquant de quelle structure elle décide le départ. Ses personnes l'apprennent par courriel, et le départ se confirme quatorze jours plus tard.
refusal-departure-announced = Vous avez noté cette décision, et personne d'autre ne le peut : le départ pourra être confirmé à partir du { $from }.
refusal-departure-not-about = Cette décision ne porte pas sur ce départ : choisissez-en une qui nomme cette structure, et dont aucun départ ne s'est encore servi. Elle se note dans « Décisions », en indiquant de quelle structure elle décide le départ.
refusal-departure-of-host = Cette structure porte l'argent du pot : désignez d'abord une autre structure porteuse.

## Droits et clés

refusal-no-mandate = Il faut un mandat d'une structure du collectif pour faire cela.
refusal-missing-right = Votre mandat ou votre rôle ne permet pas de faire cela.
refusal-key-reused = Cette clé a déjà servi à une autre demande. Donnez-en une nouvelle à chaque demande.
refusal-form-used = Ce formulaire a déjà été envoyé, et ce premier envoi est bien enregistré. Vous venez d'envoyer autre chose, qui ne l'est pas : relisez, puis envoyez de nouveau si vous voulez l'enregistrer aussi.
refusal-form-keyless = Ce formulaire est arrivé sans le numéro caché qui évite de l'enregistrer deux fois : rien n'a été enregistré. Relisez, puis envoyez-le de nouveau depuis cette page.
refusal-signed-out = Connectez-vous d'abord.
refusal-out-of-scope = Ce jeton d'accès n'a pas la portée qu'il faut pour cela.
refusal-only-contributor-by-token = Un programme ne propose et ne termine pour un membre que les mandats de contribution : ceux de représentation et de finances se donnent et se terminent sur les pages.
refusal-no-departure-by-token = Aucun programme ne note la décision du départ d'une structure, car son argent en dépend : connectez-vous et notez-la sur les pages.
refusal-never-by-token = Aucun programme ne peut faire cela : connectez-vous sur les pages.
refusal-token-gone = Ce jeton d'accès ne sert plus, ou pas dans ce collectif.
refusal-not-fresh = Cette action demande une connexion de moins de dix minutes : reconnectez-vous, puis recommencez.

## Les petites annonces

refusal-ad-twice = Vous avez déjà publié cette annonce : c'est la n° { $number }. Rien n'a été publié de plus.
refusal-ad-too-many = Vous avez déjà beaucoup d'annonces visibles : retirez-en une d'abord.
refusal-ad-over = Cette annonce est terminée.
refusal-ad-hidden = L'administration de cette instance a masqué cette annonce.
refusal-ad-not-hidden = Cette annonce n'est pas masquée.
refusal-ad-not-a-request = C'est une proposition d'aide : on n'en partage pas le besoin.
refusal-ad-own = C'est votre annonce, ou celle de votre structure.
refusal-ad-other-side = Une demande reste une demande, une proposition reste une proposition.
refusal-ad-full = Il y en a déjà trop : on n'en prend pas davantage.
refusal-ad-too-few = Il faut au moins deux structures.
refusal-ad-founded = Un collectif s'est déjà formé autour de cette annonce.
refusal-ad-asked = La demande est déjà partie à l'administration de cette instance.
