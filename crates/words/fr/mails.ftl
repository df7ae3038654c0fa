### Les courriels : objet sur une ligne, puis des paragraphes ; les adresses se posent seules sur leur ligne.

mail-greeting = Bonjour { $name },
mail-footer = Envoyé par { -brand }, le pot commun de vos logiciels libres : { $url }
mail-footer-collective = Vous recevez ce message parce que vous faites partie de « { $collective } ». Vos préférences : { $url }
mail-footer-month =
    Un seul courriel par mois, le premier, pour tous vos collectifs. Vos préférences : { $url }
    Ne plus le recevoir : { $stop }

mail-sign-in-subject = Se connecter à { -brand }
mail-sign-in-open = Pour vous connecter, ouvrez cette adresse dans le navigateur où vous l'avez demandé :
mail-sign-in-code = Ou tapez-y ce code : { $code }
mail-sign-in-once = L'adresse et le code servent une seule fois, pendant 15 minutes. Si vous n'avez rien demandé, ne faites rien : personne ne peut se connecter sans ce message.

mail-welcome-subject = « { $collective } » est en place
mail-welcome-done = Le collectif « { $collective } » est prêt, avec son pot commun et des règles pour commencer. Vous l'administrez, et vous y êtes référent·e et trésorier·ère, le temps que d'autres vous rejoignent.
mail-welcome-next = Ensuite : invitez les autres structures, relisez les règles, proposez une première fonctionnalité.

mail-invitation-subject = { $inviter } vous invite dans « { $collective } »
mail-invitation-what = { $inviter } vous invite à rejoindre « { $collective } » pour { $organisation }. Ce collectif finance ensemble les fonctionnalités des logiciels libres que ses membres utilisent.
mail-invitation-mandate = { $kind ->
    [representative] Vous représenterez { $organisation } : argent, votes, et mandats des autres personnes.
    [finance] Pour { $organisation }, vous pourrez promettre, verser et répartir sa part.
   *[other] Pour { $organisation }, vous pourrez écrire et proposer en son nom, sans toucher à l'argent ni voter.
}
mail-invitation-open = Pour lire l'invitation et l'accepter, ou non, ouvrez cette adresse :
mail-invitation-until = Elle sert une seule fois, { $until }.
mail-invitation-asked-subject = Une invitation à confirmer dans « { $collective } »
mail-invitation-asked = { $inviter } souhaite inviter { $email } à agir pour { $organisation }, que quelqu'un d'autre a représentée. L'invitation ne part qu'après la confirmation d'une deuxième personne : vous le pouvez. Demandez d'abord à cette structure si c'est bien elle qui le veut.
mail-invitation-asked-open = Pour la confirmer ou la refuser :
mail-taking-over-subject = Quelqu'un d'autre pour { $organisation } ?
mail-taking-over = { $step ->
    [asked] { $inviter } demande à inviter { $email } à agir pour { $organisation } dans « { $collective } ». Une deuxième personne doit le confirmer.
    [accepted] Par une invitation envoyée à { $email }, une personne agit désormais pour { $organisation } dans « { $collective } ». { $inviter } l'avait invitée.
   *[other] { $inviter } invite { $email } à agir pour { $organisation } dans « { $collective } ».
}
mail-taking-over-see = Vous recevez ce courriel parce que vous avez représenté cette structure ou tenez un rôle. Si cela vous étonne, dites-le aux autres dès maintenant. Sa page :
mail-decision-by-token-subject = Un programme a noté une décision en votre nom dans « { $collective } »
mail-decision-by-token = Par un de vos jetons, cette décision est notée en votre nom : { $title }
mail-decision-by-token-else = Ni un départ ni la fin anticipée d'un tour ne peut s'appuyer sur elle. Si ce n'est pas vous, révoquez ce jeton :

mail-role-proposed-subject = Un rôle à confirmer dans « { $collective } »
mail-role-proposed = { $proposer } propose un rôle à { $person } : { $role ->
    [admin] administrateur·ice
    [steward] référent·e
   *[other] trésorier·ère
} de « { $collective } ». Il faut une deuxième personne pour confirmer, ni { $person } ni { $proposer }.
mail-role-proposed-from = Vous pourrez le confirmer à partir du { $from } : votre mandat est encore trop récent.
mail-role-proposed-open = Pour le confirmer, ou y mettre fin :
mail-role-granted-subject = { $person } a un nouveau rôle dans « { $collective } »
mail-role-granted = { $person } devient { $role ->
    [admin] administrateur·ice
    [steward] référent·e
   *[other] trésorier·ère
} de « { $collective } », à partir du { $from }.
mail-role-granted-alone = Le collectif compte moins de trois personnes : { $granter } a donné ce rôle sans deuxième personne. Il permet d'enregistrer l'argent reçu, et d'autoriser un paiement seulement après 48 heures.
mail-role-granted-by = Proposé par { $proposer }, confirmé par { $granter }. Si cela vous étonne, dites-le aux autres dès maintenant : un rôle peut être retiré à tout moment.
mail-role-ended-subject = { $person } n'a plus le même rôle dans « { $collective } »
mail-role-ended = { $ender } a mis fin à un rôle dans « { $collective } » : { $person }, { $role ->
    [admin] administration
    [steward] référent·e
   *[other] trésorerie
}.
mail-role-ended-by-another = Pendant { $days } jours, personne ne remplace cette personne pour approuver un paiement, confirmer un rôle ou noter une décision. Si cela vous étonne, dites-le aux autres dès maintenant.
mail-role-erased-subject = Un rôle n'est plus tenu dans « { $collective } »
mail-role-erased = Dans « { $collective } », une personne a effacé son compte, ou l'a fait effacer. Elle tenait un rôle, qui a pris fin : { $role ->
    [admin] administration
    [steward] référent·e
   *[other] trésorerie
}.

mail-amounts-public-subject = Les montants deviennent publics dans « { $collective } »
mail-amounts-public = Les règles de « { $collective } » rendent maintenant publics les montants de chaque structure. Ceux de votre structure, { $organisation }, restent masqués tant que vous n'acceptez pas de les montrer. Pour choisir :
mail-mandate-proposed-subject = Un mandat pour { $organisation } vous est proposé
mail-mandate-proposed = { $granter } vous propose un mandat pour { $organisation }, à partir du { $from }. Si vous l'acceptez :
mail-mandate-proposed-answer = Tant que vous n'avez pas accepté, ce mandat ne vous permet rien et ne vous lie pas à cette structure. Pour l'accepter ou le refuser, { $until } :
mail-mandate-answered-subject = Mandat pour { $organisation } : { $person } a répondu
mail-mandate-answered = { $answer ->
    [accepted] { $person } a accepté le mandat que vous proposiez pour { $organisation }.
   *[other] { $person } a refusé le mandat que vous proposiez pour { $organisation }.
}
mail-mandate-new-subject = { $person } a un nouveau mandat pour { $organisation }
mail-mandate-new = { $kind ->
    [representative] À partir du { $from }, { $person } représente { $organisation } : argent, votes, et mandats des autres personnes. { $giver } a donné ce mandat.
    [finance] À partir du { $from }, { $person } peut promettre, verser et répartir une part pour { $organisation }. { $giver } a donné ce mandat.
   *[other] À partir du { $from }, { $person } peut écrire et proposer pour { $organisation }. { $giver } a donné ce mandat.
}
mail-mandate-new-see = Si cela vous étonne, une personne qui représente cette structure peut mettre fin à ce mandat sur sa page :
mail-mandate-ended-subject = Fin d'un mandat pour { $organisation }
mail-mandate-ended = { $ender } a mis fin à votre mandat pour { $organisation }.

mail-password-subject = Votre mot de passe a changé
mail-password-changed = Le mot de passe de votre espace sur { -brand } vient d'être changé, et vos autres sessions sont fermées.
mail-password-removed = Le mot de passe de votre espace sur { -brand } vient d'être retiré : on s'y connecte désormais par courriel. Vos autres sessions sont fermées.
mail-tokens-revoked = Vos jetons d'accès sont révoqués aussi : créez-en de nouveaux pour les programmes qui s'en servaient.
mail-suspended = Pendant 48 heures, vous ne pourrez pas autoriser de paiement.
mail-webhook-subject = Une adresse prévenue par « { $collective } » ne répond plus
mail-webhook-disabled = L'adresse { $url } n'a rien accepté pendant cinq jours ({ $error }). Nous avons cessé de la prévenir.
mail-webhook-enable = Quand elle marchera de nouveau, réactivez-la ici ; ce qui s'est passé entre-temps ne sera pas renvoyé.
mail-token-subject = Nouveau jeton d'accès : { $name }
mail-token-made = Un jeton d'accès nommé « { $name } » vient d'être créé en votre nom, pour { $organisation } dans « { $collective } ». Il vaut jusqu'au { $until }.
mail-token-not-me = Si ce n'est pas vous, révoquez-le tout de suite et prévenez l'équipe d'administration de votre collectif.
mail-not-me = Si ce n'est pas vous, prévenez tout de suite l'équipe d'administration de votre collectif.
mail-email-old-subject = Votre adresse a changé
mail-email-old = L'adresse de votre espace sur { -brand } n'est plus celle-ci. Ce message est le dernier que vous y recevez.
mail-email-new-subject = Confirmer votre nouvelle adresse
mail-email-new = Vous avez demandé à recevoir ici les messages de { -brand }. Pour confirmer, ouvrez cette adresse là où vous êtes connecté·e :
mail-email-new-once = Elle sert une seule fois, pendant 15 minutes. Si vous n'avez rien demandé, ne faites rien.

mail-accepted-subject = { $person } a accepté votre invitation
mail-accepted = { $person } a rejoint « { $collective } » pour { $organisation }. La liste des membres :
mail-declined-subject = Votre invitation à { $email } est déclinée
mail-declined = { $email } ne souhaite pas rejoindre « { $collective } » pour { $organisation }. Rien d'autre n'a changé ; vous pouvez inviter quelqu'un d'autre.
mail-joined-subject = Bienvenue dans « { $collective } »
mail-joined = Vous voici dans « { $collective } », pour { $organisation }.
mail-joined-pot = Le pot, les fonctionnalités proposées et le tour en cours sont là :
mail-joined-me = Ce qui vous attend, vous, est toujours sur cette page :

## Le courriel du mois

monthly-subject = { $count ->
    [0] { $month } : rien à faire ce mois-ci
    [one] { $month } : { $count } chose vous attend
   *[other] { $month } : { $count } choses vous attendent
}
monthly-lead = Voici ce qui vous attend. Chaque adresse ouvre une page pour vous : rien ne s'y fait sans votre clic.
monthly-nothing = Rien à faire ce mois-ci, merci d'être là. Ce qui viendra se verra ici :
monthly-more = { $count ->
    [one] Et { $count } autre chose, sur votre page :
   *[other] Et { $count } autres choses, sur votre page :
}
monthly-news = Dans « { $collective } », en { $month } :
monthly-features = Fonctionnalités — proposées : { $proposed } ; financées : { $funded } ; somme non réunie : { $missed }.
monthly-comments = Commentaires sur les fonctionnalités : { $count }.
monthly-money = Argent — versements et dons enregistrés : { $paid } ; tours ouverts : { $opened } ; tours terminés : { $closed }.
monthly-members = Collectif — structures arrivées : { $joined } ; structures parties : { $left } ; changements des règles : { $rules }.
monthly-heads = Pour la trésorerie de « { $collective } », à garder : voici l'empreinte du journal aujourd'hui. Tout journal publié plus tard doit la prolonger.
monthly-verify = Comment le vérifier :
