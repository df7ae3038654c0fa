### Les pièces dont chaque page est faite : jauge, pot, chemin, champs, pages d'erreur du cadre.

layout-nav-collective = Collectif { $collective }
layout-nav-round = Tour { $number }
layout-acting-for = pour { $organisation }
layout-acting-instead = Ici, vous agissez pour { $organisation }.
layout-acting-nobody = Ici, vous n'agissez plus pour aucune structure.
layout-acting-choose = Vos structures
layout-you = Vous
layout-demo = Exemple : les données de cette instance sont inventées.
layout-footer-about = À propos
layout-footer-head-html = empreinte du journal <code>{ $head }</code>
layout-as-of = imprimé le { $date }
layout-crumbs = Vous êtes ici

## L'argent en image

layout-received = reçu
layout-firm = promesse ferme
layout-hoped = intention
layout-gauge-picture = { $received } reçus, { $firm } en promesses fermes, { $hoped } d'intentions ; prix plancher { $floor }
layout-gauge-picture-received = { $received } reçus ; prix plancher { $floor }
layout-gauge-sum-html = <strong>{ $sum }</strong> sur { $floor } : { $received } reçus + { $firm } promis
layout-gauge-received-html = <strong>{ $received }</strong> reçus sur { $floor }
layout-gauge-hoped = et { $hoped } d'intentions, qui ne comptent pas encore
layout-gauge-part = { $percent } du prix plancher
layout-pot-picture-received = { $held ->
    [yes] Le pot : { $received } en caisse
   *[other] Le pot : { $received } payés
}
layout-pot-picture = { $held ->
    [yes] Le pot : { $received } en caisse, { $firm } en promesses fermes, { $hoped } d'intentions
   *[other] Le pot : { $received } payés, { $firm } en promesses fermes, { $hoped } d'intentions
}

## Le chemin d'une fonctionnalité

layout-way = Le chemin
layout-way-step-html = Étape { $number } sur { $total } : <strong>{ $step }</strong>
layout-way-done = fait :
layout-way-current = en cours :
layout-way-coming = à venir :
layout-way-broken = interrompu :
layout-way-end = fin :

## Les listes

layout-pages = Pages de la liste
layout-first-page = Début de la liste

## Les refus du cadre

layout-error-sign-in-title = Connectez-vous d'abord
layout-error-sign-in-happened = Cette page s'adresse à une personne précise, et nous ne savons pas encore qui vous êtes.
layout-error-sign-in-next = Connectez-vous, puis revenez à cette adresse.
layout-error-foreign-title = Ce formulaire vient d'un autre site
layout-error-foreign-happened = Pour vous protéger, seuls les formulaires de ce site sont acceptés. Rien n'a été enregistré.
layout-error-foreign-next = Ouvrez la page ici même et recommencez. Si cela se reproduit, l'adresse publique de l'instance est peut-être mal réglée.
layout-error-unreadable-title = Cette demande n'est pas lisible
layout-error-unreadable-happened = Ce que le navigateur a envoyé n'a pas la forme attendue. Rien n'a été enregistré.
layout-error-unreadable-next = Revenez à la page précédente, rechargez-la, puis recommencez.
layout-error-method-title = Cette adresse ne s'utilise pas ainsi
layout-error-method-happened = L'adresse existe, mais elle ne répond pas à ce genre de demande : c'est souvent celle d'un formulaire, ouverte directement.
layout-error-method-next = Repartez de l'accueil ou de la page où se trouve le formulaire.
layout-error-timeout-title = La demande a pris trop de temps
layout-error-timeout-happened = La connexion est lente, ou le serveur très occupé. La réponse a été interrompue.
layout-error-timeout-next = Rechargez la page ; avant d'envoyer de nouveau un formulaire, vérifiez qu'il n'a pas déjà été enregistré.

## Ce que l'on avait écrit, quand la page n'a pas pu être enregistrée

layout-rescued-sign-in = Ce que vous avez écrit n'est pas encore enregistré, mais rien n'est perdu : une fois connecté·e, vous retrouverez la page telle que vous l'aviez laissée.
layout-rescued-kept = Ce que vous avez écrit n'est pas enregistré, mais rien n'est perdu : vous le retrouverez dans le formulaire.
layout-rescued-mandate = Ce que vous avez écrit n'est pas enregistré, mais reste gardé six mois : il attend que vous ayez de nouveau un mandat. L'adresse ci-dessous le montrera alors dans le formulaire ; vous pouvez aussi le copier ici.
layout-rescued-later = L'adresse du formulaire, à garder pour plus tard
layout-rescued-files = Les fichiers joints sont à choisir de nouveau.
layout-rescued-back = Revenir au formulaire
layout-rescued-texts = Ce que vous aviez écrit, à copier avant de quitter cette page :
layout-rescued-note = Voici ce que vous aviez écrit. Rien n'est encore enregistré : relisez, puis envoyez.

# Ce que disait un champ, quand son formulaire ne peut pas être montré.
layout-field = { $name ->
    [name] Nom
    [amount] Montant
    [title] Titre
    [reference] Référence
    [email] Courriel
    [mail] Courriel
    [received_on] Reçu le
    [into] Besoin qui reste
    [reason] Raison
    [outcome] Ce qui a été décidé
    [organisation] Structure
    [iban] IBAN
    [head] Dernière empreinte publiée
    [cap] Plafond
    [until] Jusqu'au
    [closes_on] Dernier jour
    [opens_on] Premier jour
    [website] Site
    [url] Adresse
    [link] Lien
    [discussion_url] Lieu de discussion
    [discussion] Lieu de discussion
    [zone] Fuseau horaire
    [worker] Qui réalise
    [software] Logiciel
    [signatory] Signataire
    [payee] Bénéficiaire
    [note] Note
    [host_name] Structure porteuse
    [giver] Qui donne
    [fee_rate] Frais, en pour cent
    [done_when] C'est fait quand
    [collective] Collectif
    [days] Jours
    [reserve_per_mille] Réserve, en pour cent
    [rate] Pourcentage du chiffre d'affaires
    [turnover] Chiffre d'affaires d'une année
    [needers] Structures concernées
    [equal] Part égale, en pour cent
    [count] Nombre
    [price_to] Prix, au plus
    [price] Prix
    [cover] Montant pris en charge
    [address] Adresse
    [to] Au
    [from] Du
    [subject_to] Sous réserve, jusqu'au
    [starts_on] À partir du
    [settled_on] Débité le
    [paid_on] Payé le
    [ends_on] Jusqu'au
    [decided_on] Décidé le
    [dated_on] Daté du
    [closing_on] Date limite
    [bounced_on] Revenu le
    [also_settled_on] Débité le
    [words] Texte
    [withdraw_reason] Raison du retrait
    [why] Pourquoi
    [text] Texte
    [table] Tableau
    [summary] Résumé
    [refuse_reason] Raison du refus
    [purpose] Objet
    [objection] Objection
    [description] Description
    [conditions] Conditions
    [wish] Souhait
    [correct_reason] Raison de la correction
    [give_link] Page de dons ailleurs
    [bounce_reason] Raison du retour
    [body] Texte
    [alternative] Texte de remplacement
    [label] Ligne
    [minimum] Au moins
    [maximum] Au plus
    [yearly] Plafond par an
    [appeal] Contestation
    [availability] Disponibilité
    [deadline_on] À finir avant le
    [least] Au moins
    [licence] Licence
    [most] Au plus
    [references] Références
    [region] Région
    [skills] Compétences
    [repository] Dépôt du code
    [roadmap] Feuille de route
    [funding] Page de dons
    [maintainers] Qui le maintient
    [opted_out_url] Où l'équipe le dit
    [users] Personnes concernées
    [links] Tickets ailleurs
    [known_by] Qui la connaît
    [price_from] Prix, au moins
    [maintained_by] Qui la maintiendrait
    [evidence] Où le lire
   *[other] Champ
}

## Un mandat terminé

layout-mandate-over = Votre mandat pour { $organisation } s'est terminé le { $date }.
layout-mandate-over-next = Pour agir de nouveau en son nom, demandez un nouveau mandat à la personne qui la représente ; si plus personne ne la représente, à l'administration du collectif. Rien de ce que vous avez fait avant n'est remis en cause.
