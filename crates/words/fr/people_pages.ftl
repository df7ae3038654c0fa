### Invitations, mandats et rôles.

people-mandate-kind = { $kind ->
    [representative] Représente la structure
    [finance] Finances
   *[other] Contribue
}
people-mandate-kind-hint = { $kind ->
    [representative] argent, votes, et mandats des autres personnes
    [finance] promettre, verser, répartir la part
   *[other] écrire et proposer ; jamais l'argent ni les votes
}
people-role-kind = { $role ->
    [admin] administration
    [steward] référent·e
   *[other] trésorier·ère
}
people-role-kind-hint = { $role ->
    [admin] règle le collectif, ses membres, ses rôles
    [steward] accompagne les fonctionnalités, approuve les paiements
   *[other] enregistre l'argent, autorise les paiements
}

## Inviter

people-invitations-title = Invitations
people-invitations-lead = Une invitation part par courriel, pour une seule adresse, et reste valable 14 jours.
people-invite-title = Inviter quelqu'un
people-invite-for = Pour quelle structure ?
people-invite-new-choice = Une nouvelle structure, qui deviendra membre
people-invite-new = Nom de la nouvelle structure
people-invite-new-hint = À remplir seulement si elle n'est pas dans la liste.
people-invite-email = Courriel de la personne
people-invite-kind = Avec quel mandat ?
people-invite-locale = Langue du courriel
people-invite-send = Envoyer l'invitation
people-invite-sent = L'invitation est partie à { $email }.
people-invite-pending = En attente de réponse
people-invite-pending-none = Aucune invitation n'attend de réponse.
people-invite-to = À
people-invite-organisation = Structure
people-invite-by = Par
people-invite-until = Jusqu'au
people-invite-act = Retirer
people-invite-is-new = nouvelle
people-invite-withdraw = Retirer l'invitation envoyée à { $email }
people-invite-withdrawn = L'invitation est retirée : son lien ne sert plus.
people-invite-awaits = Une deuxième personne doit confirmer : cette structure a déjà été représentée. Celles et ceux qui le peuvent ont un courriel.
people-invite-asked = À confirmer par une deuxième personne
people-invite-asked-lead = Ces structures ont déjà été représentées. Demandez-leur si c'est leur souhait : qui accepte l'invitation agit pour elles.
people-invite-asked-line = { $inviter } souhaite inviter { $email } pour { $organisation } : { $kind }
people-invite-confirm = Confirmer l'invitation
people-invite-refuse = Refuser ou retirer
people-invite-confirmed = L'invitation est confirmée et envoyée.

## Répondre à une invitation

people-accept-title = { $inviter } vous invite dans « { $collective } »
people-accept-lead = Ce collectif finance ensemble les fonctionnalités des logiciels libres que ses membres utilisent.
people-accept-for = Vous agirez pour
people-accept-new = { $organisation } deviendra membre du collectif.
people-accept-mandate = Votre mandat
people-accept-email = Votre adresse
people-accept-until = Valable
people-accept-name = Votre nom
people-accept-name-hint = Comme les autres membres le liront.
people-accept = Accepter l'invitation
people-decline = Refuser
people-accepted = Bienvenue dans « { $collective } » ! Vous agissez pour { $organisation }.
people-accepted-here = C'est noté : vous agissez aussi pour { $organisation }. Pour agir en son nom, choisissez-la dans « Ce qui vous attend ».
people-accepted-known = C'est noté : vous agissez aussi pour { $organisation }. Connectez-vous pour continuer.
people-declined = Votre refus est noté. Cette invitation ne sert plus.
people-gone-title = Cette invitation ne sert plus
people-gone-text = Elle a déjà servi, a plus de 14 jours, ou la personne qui vous invitait l'a retirée.
people-gone-next = Demandez-lui de vous inviter de nouveau. Si vous avez déjà accepté, connectez-vous.

## Donner un mandat

people-mandate-give-title = Proposer un mandat à quelqu'un du collectif
people-mandate-give-lead = La personne l'accepte ou le refuse ; sans réponse, la proposition tombe après 30 jours. Pour quelqu'un qui n'est pas encore dans le collectif, envoyez une invitation.
people-mandate-person = À qui ?
people-mandate-starts = À partir du
people-mandate-ends = Jusqu'au
people-mandate-ends-hint = Dernier jour compris ; vide si cela dure.
people-mandate-give = Proposer ce mandat
people-mandate-given = Le mandat est donné.
people-mandate-proposed = Le mandat est proposé : { $person } reçoit un courriel, et l'aura dès son accord.
people-mandate-withdrawn = Ce mandat n'est plus proposé à { $person }.
people-mandate-ended = { $person } n'a plus ce mandat.
people-choose = Choisir

## Les rôles

people-roles-title = Qui fait quoi
people-roles-lead = Deux personnes donnent un rôle : l'une propose, l'autre confirme. S'il n'y a personne d'autre à l'administration ni à la trésorerie, un·e représentant·e d'une autre structure peut confirmer. Un rôle retiré par quelqu'un d'autre compte encore trente jours : personne ne remplace qui l'avait pour confirmer un rôle ou approuver un paiement. Le rôle prend effet 48 heures plus tard, et les trésorier·ères en sont informé·es.
people-roles-few = Tant que le collectif compte moins de trois personnes, l'administration donne les rôles seule, tout de suite, et tout le monde en est informé.
people-roles-caption = Les rôles et les propositions
people-roles-person = Personne
people-roles-role = Rôle
people-roles-state = Où cela en est
people-roles-act = Agir
people-roles-outlives = sans mandat en cours ici : à terminer, ou à accompagner d'un nouveau mandat
people-roles-in-force = depuis le { $date }
people-roles-waiting = prend effet le { $when }
people-roles-proposed = proposé par { $proposer } le { $date } : une deuxième personne doit confirmer
people-roles-confirm = Confirmer { $person }
people-roles-proposed-few = proposé par { $proposer } le { $date } : il n'y a plus besoin d'une deuxième personne, l'administration le confirme seule ou le retire
people-roles-proposed-gone = proposé par { $proposer } le { $date } ; cette personne n'a plus de mandat ici : la proposition ne compte plus, elle est à retirer
people-roles-confirm-from = Vous pourrez confirmer à partir du { $from } : votre mandat est encore trop récent.
people-roles-refuse = Refuser pour { $person }
people-roles-end = Mettre fin au rôle : { $person }
people-roles-give-up = Renoncer à ce rôle
people-roles-decline = Ne pas prendre ce rôle
people-roles-withdraw = Retirer la proposition
people-roles-propose-title = Proposer un rôle
people-roles-propose-person = Pour qui ?
people-roles-propose-kind = Quel rôle ?
people-roles-propose = Proposer
people-roles-grant = Donner ce rôle
people-roles-flash-proposed = C'est proposé : les personnes qui peuvent confirmer reçoivent un courriel.
people-roles-flash-proposed-from = C'est proposé. Les personnes qui peuvent confirmer reçoivent un courriel ; elles le pourront à partir du { $from }, quand leur mandat sera assez ancien.
people-roles-flash-granted = Le rôle est donné, et tout le monde en est informé.
people-roles-flash-confirmed = C'est confirmé : le rôle prend effet dans 48 heures.
people-roles-flash-confirmed-few = C'est confirmé : le rôle est donné tout de suite, et tout le monde en est informé.
people-roles-flash-ended = C'est terminé, et la personne en est informée.
