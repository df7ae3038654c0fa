### Les petites annonces de l'instance : liste, annonce, formulaires, conversations, courriels, modération.

ads-title = Petites annonces
ads-lead = Des associations disent ce qu'il leur faut, des personnes et des structures proposent leur aide. Celles qui ont le même besoin se regroupent et partagent la dépense.
ads-no-payment = Aucun paiement ne passe par les petites annonces.
ads-new-request = Demander de l'aide
ads-new-offer = Proposer son aide
ads-mine = Vos annonces
ads-feed = Flux Atom
ads-embed = Liste à reprendre sur un autre site
ads-empty = Il n'y a pas encore de petite annonce ici.
ads-empty-next = Écrivez la première : un courriel à confirmer suffit, sans mot de passe.
ads-empty-filtered = Aucune annonce ne correspond à ces critères.
ads-all = Voir toutes les annonces
ads-filter = Filtrer
ads-filter-legend = Filtrer les annonces
ads-filter-side = Demandes ou propositions
ads-filter-any = Toutes
ads-filter-collective = Membres du collectif
ads-filter-words = Mots
ads-side = { $side ->
    [request] Recherche
   *[other] Propose
}
ads-sides = { $side ->
    [request] Demandes d'aide
   *[other] Propositions d'aide
}
ads-work = { $work ->
    [development] développement
    [training] formation
    [migration] changement de logiciel
    [documentation] documentation
    [translation] traduction
    [design] graphisme et ergonomie
    [hosting] mise à disposition d'un logiciel
    [support] installation et accompagnement
   *[other] autre
}
ads-remote = à distance
ads-example = exemple
ads-members-only = réservée aux membres
ads-needers = { $count ->
    [one] { $count } autre structure a le même besoin
   *[other] { $count } autres structures ont le même besoin
}
ads-amount = { $unit ->
    [day] { $amount } par jour
    [hour] { $amount } par heure
   *[other] { $amount } en tout
}
ads-amount-range = de { $least } à { $most }
ads-amount-from = à partir de { $least }
ads-amount-up-to = jusqu'à { $most }
ads-fact-who = Structure
ads-fact-work = Travail
ads-fact-software = Logiciels
ads-fact-skills = Compétences
ads-fact-place = Où
ads-fact-budget = { $side ->
    [request] Budget
   *[other] Tarif
}
ads-fact-deadline = Avant le
ads-fact-licence = Licence souhaitée
ads-fact-availability = Disponibilité
ads-fact-until = Annonce visible jusqu'au
ads-references = Références
ads-by-address = Publiée sans compte, par une adresse confirmée.
ads-by-member = Publiée par une structure de cette instance.
ads-over = Cette annonce n'est plus visible des autres.
ads-keep = Gérer cette annonce
ads-contact = Répondre à cette annonce
ads-same-need = Nous avons le même besoin
ads-same-need-leave = Nous n'avons plus ce besoin
ads-same-need-said = Votre structure a dit qu'elle a le même besoin.
ads-needers-title = Qui partage ce besoin
ads-needers-none = Personne d'autre pour l'instant.
ads-founded = Un petit collectif s'est formé autour de cette annonce.
ads-founded-see = Voir le collectif
ads-report = Signaler cette annonce
ads-lost-link = C'est votre annonce ? Recevoir le lien pour la gérer
ads-fitting = { $side ->
    [request] Qui pourrait aider
   *[other] À qui cela pourrait servir
}
ads-fitting-none = { $side ->
    [request] Aucune proposition ne correspond encore. La page se mettra à jour d'elle-même.
   *[other] Aucune demande ne correspond encore. La page se mettra à jour d'elle-même.
}
ads-because = parce que : { $reasons }

## Écrire une annonce

ads-form-title = Publier une petite annonce
ads-form-lead-member = Elle paraît tout de suite, au nom de votre structure, pour 60 jours.
ads-form-lead-stranger = Elle paraît pour 60 jours, dès que vous avez confirmé le courriel que vous allez recevoir. Pas de compte, pas de mot de passe.
ads-form-side = Que voulez-vous faire ?
ads-form-request = demander de l'aide
ads-form-request-hint = Votre structure a un besoin et cherche qui peut y répondre, ou qui le partage.
ads-form-offer = proposer de l'aide
ads-form-offer-hint = Vous développez, formez, traduisez… et le faites savoir.
ads-form-name-title = Titre
ads-form-name-hint = En une ligne : « Exporter nos adhésions vers Paheko ».
ads-form-body = Description
ads-form-body-hint = Ce qu'il faut, pour qui, ce qui existe déjà. Markdown accepté.
ads-form-works = Quel travail ?
ads-form-software = Logiciels
ads-form-software-hint = Des noms séparés par des virgules : Nextcloud, Paheko.
ads-form-skills = Compétences
ads-form-skills-hint = Des mots séparés par des virgules : PHP, accessibilité, pédagogie.
ads-form-region = Région ou ville
ads-form-remote = Possible à distance
ads-form-amounts = Budget ou tarif
ads-form-least = Au moins
ads-form-most = Au plus
ads-form-unit = Pour
ads-form-unit-of = { $unit ->
    [day] une journée
    [hour] une heure
   *[other] l'ensemble
}
ads-form-deadline = À finir avant le
ads-form-licence = Licence souhaitée
ads-form-licence-hint = Par exemple AGPL-3.0, ou « libre ».
ads-form-availability = Vos disponibilités
ads-form-references = Vos références
ads-form-request-more = Pour une demande
ads-form-offer-more = Pour une proposition
ads-form-seen = Qui peut la lire ?
ads-form-public = tout le monde
ads-form-members = seulement les membres des collectifs de cette instance
ads-form-who = Qui publie
ads-form-organisation = Votre structure, ou votre nom
ads-form-publish = Publier
ads-form-ask = Recevoir le courriel à confirmer
ads-form-address = Votre adresse n'est montrée à personne : on vous écrit par un formulaire.
ads-posted = Votre annonce est publiée.
ads-asked = Un courriel est parti à { $email } : ouvrez-le pour confirmer. Envoyée plusieurs fois, la même annonce n'en fait qu'une.
ads-asked-act = Un courriel est parti à { $email } : ouvrez-le pour confirmer.

## Confirmer

ads-confirm-title = { $kind ->
    [request] Publier votre demande
    [offer] Publier votre proposition
    [contact] Envoyer votre message
    [need] Dire que vous avez le même besoin
   *[other] Dire que vous n'avez plus ce besoin
}
ads-confirm-ad = Annonce n° { $number } : { $title }
ads-confirm-button = Confirmer
ads-confirm-effect = { $kind ->
    [request] Votre demande paraîtra tout de suite, pour 60 jours.
    [offer] Votre proposition paraîtra tout de suite, pour 60 jours.
    [contact] Votre message partira à qui a publié l'annonce ; votre adresse ne lui est montrée que si vous l'avez choisi.
    [need] Le nom de votre structure paraîtra sur l'annonce. À plusieurs, vous pourrez former un petit collectif ; rien ne vous engage à payer.
   *[other] Le nom de votre structure ne paraîtra plus sur l'annonce.
}
ads-confirmed = { $kind ->
    [request] Votre demande est publiée. Gardez l'adresse de cette page : elle sert à gérer votre annonce.
    [offer] Votre proposition est publiée. Gardez l'adresse de cette page : elle sert à gérer votre annonce.
    [contact] Votre message est parti. La réponse vous arrivera par courriel.
    [need] C'est noté : vous avez le même besoin. Un courriel vous dit comment revenir en arrière.
   *[other] C'est noté : vous n'avez plus ce besoin.
}

## Répondre

ads-contact-title = Répondre à une annonce
ads-contact-lead = Votre message part par courriel à qui a publié l'annonce. Les réponses se lisent sur une page à vous deux ; personne ne voit l'adresse de l'autre.
ads-contact-body = Votre message
ads-contact-shows = Montrer mon adresse à qui a publié l'annonce
ads-contact-send = Envoyer le message
ads-contact-sent = Votre message est parti.
ads-talk-title = Conversation avec { $organisation }
ads-talk-lead = À propos de l'annonce « { $title } ».
ads-talk-address = Son adresse, que cette personne a choisi de vous montrer : { $email }
ads-talk-you = Vous
ads-talk-reply = Votre réponse
ads-talk-send = Envoyer
ads-talk-sent = Votre réponse est partie.
ads-talk-over = Cette conversation est terminée : on n'y répond plus.
ads-need-title = Dire que vous avez le même besoin
ads-need-lead = Le nom de votre structure paraîtra sur l'annonce, et qui l'a publiée recevra un courriel. Dès que vous êtes deux, un petit collectif peut se former, dont votre structure fera partie : chacune y promet ce qu'elle veut, rien ne vous engage à payer.
ads-need-done = C'est noté : votre structure a le même besoin.
ads-need-left = C'est noté : votre structure n'a plus ce besoin.
ads-report-title = Signaler une annonce
ads-report-lead = L'administration de cette instance lira votre raison, et décidera.
ads-report-reason = Ce qui ne va pas
ads-report-send = Signaler
ads-report-sent = Merci. L'administration de cette instance va regarder.
ads-link-title = Recevoir le lien de votre annonce
ads-link-lead = Si cette adresse est celle qui a publié l'annonce, un courriel y part avec le lien.
ads-link-sent = Si cette adresse est celle de l'annonce, un courriel est parti.

## Gérer son annonce

ads-manage-title = Gérer votre annonce n° { $number }
ads-manage-shown = Visible jusqu'au { $date }.
ads-manage-over = Elle a pris fin le { $date }. Vous pouvez la publier de nouveau.
ads-manage-withdrawn = Vous l'avez retirée. Vous pouvez la publier de nouveau.
ads-manage-hidden = L'administration de cette instance l'a masquée : { $reason }
ads-manage-link = Cette adresse est personnelle : qui la connaît peut modifier l'annonce.
ads-manage-see = Voir l'annonce
ads-manage-renew = Prolonger de 60 jours
ads-manage-renewed = C'est fait : l'annonce est visible pour 60 jours.
ads-manage-withdraw = Retirer l'annonce
ads-manage-withdrawn-done = L'annonce est retirée.
ads-manage-edit = Modifier l'annonce
ads-manage-appeal = Contester
ads-manage-appeal-body = Pourquoi elle devrait être visible
ads-manage-appeal-send = Envoyer à l'administration
ads-manage-appealed = L'administration de cette instance a reçu votre message.
ads-manage-appeal-said = Vous avez écrit : { $appeal }
ads-manage-talks = Messages reçus
ads-manage-talks-none = Personne n'a encore répondu.
ads-manage-talk = { $count ->
    [one] { $organisation } : { $count } message
   *[other] { $organisation } : { $count } messages
}
ads-manage-needers = Les structures qui ont le même besoin
ads-manage-needer = { $organisation }, par { $name }
ads-manage-found-title = Former un petit collectif
ads-manage-found-lead = { $count ->
    [one] Dès qu'une autre structure a le même besoin, vous pouvez former un petit collectif : chacune paie sa part directement, sans compte commun.
   *[other] Vous êtes { $count } structures. Un petit collectif informel peut se former, avec une fonctionnalité à financer : chacune y promet ce qu'elle veut et paie sa part directement, sans compte commun.
}
ads-manage-found = Demander le collectif
ads-manage-found-confirm = L'administration de cette instance le crée d'un clic. Chaque structure de la liste en devient membre et reçoit un courriel ; vous en aurez l'administration.
ads-manage-found-asked = La demande est partie : l'administration de cette instance va créer le collectif.
ads-manage-found-waits = La demande attend l'administration de cette instance.
ads-manage-history = Ce qui s'est passé
ads-event = { $kind ->
    [ad_posted] Publiée
    [ad_edited] Modifiée
    [ad_renewed] Prolongée
    [ad_withdrawn] Retirée
    [ad_hidden] Masquée par l'administration
    [ad_shown] Montrée de nouveau
    [ad_reported] Signalée
    [ad_reports_answered] Signalements examinés
    [ad_appealed] Contestation envoyée
    [ad_answered] Une réponse
    [ad_need_shared] Une structure a le même besoin
    [ad_need_left] Une structure n'a plus ce besoin
    [ad_founding_asked] Collectif demandé
    [ad_founding_declined] Demande de collectif déclinée
    [ad_founded] Collectif créé
   *[other] Autre chose
}
ads-mine-title = Vos annonces et vos réponses
ads-mine-empty = Ni vous ni votre structure n'avez d'annonce.
ads-mine-talks = Vos réponses à d'autres annonces
ads-mine-state = { $state ->
    [shown] visible
    [hidden] masquée
    [withdrawn] retirée
   *[other] terminée
}

## Pour l'administration

ads-admin-title = Petites annonces à examiner
ads-admin-lead = Ce qui attend l'administration de l'instance. Tout ce qui est fait ici est gardé.
ads-admin-none = Rien n'attend.
ads-admin-reports = Signalements
ads-admin-hidden = Annonces masquées
ads-admin-foundings = Collectifs demandés
ads-admin-hide = Masquer
ads-admin-hide-reason = Raison, envoyée à qui a publié l'annonce
ads-admin-answer = Laisser l'annonce visible
ads-admin-show = Montrer de nouveau
ads-admin-appeal = Contestation : { $appeal }
ads-admin-found = Créer le collectif
ads-admin-decline = Décliner
ads-admin-decline-reason = Raison, envoyée à qui l'a demandé
ads-admin-who = { $name } ({ $email }), pour { $organisation }
ads-admin-hidden-done = L'annonce est masquée ; qui l'a publiée reçoit la raison par courriel.
ads-admin-shown-done = L'annonce est de nouveau visible.
ads-admin-answered-done = Les signalements sont classés.
ads-admin-founded-done = Le collectif est créé ; chaque structure reçoit un courriel.
ads-admin-declined-done = La demande est déclinée.
ads-admin-link = Examiner les petites annonces

## Courriels

ads-mail-confirm-subject = { $kind ->
    [request] Confirmez votre petite annonce
    [offer] Confirmez votre petite annonce
    [contact] Confirmez votre réponse à l'annonce n° { $number }
   *[other] Confirmez : même besoin que l'annonce n° { $number }
}
ads-mail-confirm = { $kind ->
    [request] Quelqu'un a écrit, avec cette adresse, une demande d'aide dans les petites annonces.
    [offer] Quelqu'un a écrit, avec cette adresse, une proposition d'aide dans les petites annonces.
    [contact] Quelqu'un a répondu, avec cette adresse, à l'annonce n° { $number }.
   *[other] Quelqu'un a dit, avec cette adresse, avoir le même besoin que l'annonce n° { $number }.
}
ads-mail-kept-subject = Votre petite annonce n° { $number }
ads-mail-kept = Votre annonce « { $title } » est là. Pour la modifier, la prolonger ou la retirer :
ads-mail-ends-subject = Votre petite annonce n° { $number } se termine bientôt
ads-mail-ends = Votre annonce « { $title } » est visible jusqu'au { $date }. Pour la prolonger de 60 jours, ou la retirer :
ads-mail-need-subject = { $organisation } a le même besoin que vous
ads-mail-need = { $name }, pour { $organisation }, a le même besoin que votre annonce « { $title } ». À deux structures ou plus, vous pouvez former un petit collectif :
ads-mail-message-subject = { $organisation } répond à votre annonce
ads-mail-message = { $name }, pour { $organisation }, répond à votre annonce « { $title } » :
ads-mail-message-address = Son adresse, que cette personne a choisi de vous montrer : { $email }
ads-mail-message-answer = Ne répondez pas à ce courriel : votre réponse s'écrit ici, sans montrer votre adresse.
ads-mail-answer-subject = { $organisation } vous répond
ads-mail-answer = { $organisation } vous répond au sujet de l'annonce « { $title } » :
ads-mail-needed-subject = Vous avez le même besoin que l'annonce n° { $number }
ads-mail-needed = C'est noté. Vous recevrez un courriel si un collectif se forme. L'annonce :
ads-mail-needed-leave = Si votre structure n'a plus ce besoin :
ads-mail-hidden-subject = Votre petite annonce n° { $number } est masquée
ads-mail-hidden = L'administration de cette instance a masqué votre annonce « { $title } », pour cette raison : { $reason }
ads-mail-hidden-appeal = Vous pouvez la modifier, ou contester :
ads-mail-shown-subject = Votre petite annonce n° { $number } est de nouveau visible
ads-mail-shown = L'administration de cette instance montre de nouveau votre annonce « { $title } ».
ads-mail-declined-subject = Pas de collectif pour votre annonce n° { $number }
ads-mail-declined = L'administration de cette instance ne crée pas de collectif autour de votre annonce « { $title } », pour cette raison : { $reason }
ads-mail-founded-subject = Le collectif « { $collective } » est créé
ads-mail-founded = Le collectif « { $collective } » est créé et { $organisation } en fait partie. Connectez-vous avec cette adresse, sans mot de passe, pour promettre ce que vous voulez y mettre :
ads-mail-admin-subject = { $what ->
    [report] Petite annonce n° { $number } signalée
    [appeal] Petite annonce n° { $number } : contestation
   *[other] Petite annonce n° { $number } : un collectif est demandé
}
ads-mail-admin = { $what ->
    [report] L'annonce n° { $number }, « { $title } », est signalée.
    [appeal] L'annonce n° { $number }, « { $title } », est masquée ; qui l'a publiée le conteste.
   *[other] Qui a publié l'annonce n° { $number }, « { $title } », demande un petit collectif. Un clic suffit :
}
ads-feed-title = Petites annonces
ads-footer = Petites annonces
