### Promettre sans compte : la page publique, les courriels, l'accueil par une personne référente.

newcomer-title = Promettre sans compte
newcomer-heading = Participer à « { $title } »
newcomer-lead = Quatre réponses et un courriel à confirmer. Pas de mot de passe.
newcomer-organisation = Votre structure
newcomer-email-hint = Un courriel y part tout de suite ; rien n'est enregistré avant que vous l'ayez confirmé.
newcomer-effect = Une personne référente du collectif vous accueillera : votre structure en deviendra membre et vous pourrez engager son argent. D'ici là, votre promesse n'engage à rien.
newcomer-ask = Recevoir le courriel
newcomer-asked = Un courriel est parti à { $email } : ouvrez-le pour confirmer.
newcomer-confirm-title = Confirmer votre promesse
newcomer-confirm-lead = { $kind ->
    [firm] { $organisation } promet { $amount } pour « { $title } » : une promesse ferme, dès que la structure est accueillie.
   *[other] { $organisation } compte mettre { $amount } pour « { $title } ».
}
newcomer-confirm = Confirmer
newcomer-confirmed = C'est confirmé, merci ! Une personne référente du collectif va vous accueillir ; un courriel vous le dira.
newcomer-list-title = Qui voudrait participer
newcomer-list-lead = Ces personnes ont confirmé leur adresse par un courriel. Accueillir fait de leur structure un membre, et leur donne un mandat pour son argent.
newcomer-list-empty = Personne n'attend d'être accueilli.
newcomer-who = { $name }, { $email }
newcomer-what = { $kind ->
    [firm] Promet { $amount } pour « { $title } ».
   *[other] Compte mettre { $amount } pour « { $title } ».
}
newcomer-welcome = Accueillir { $organisation }
newcomer-decline = Décliner la demande : { $organisation }
newcomer-welcomed = C'est fait : la structure est membre, et sa promesse compte.
newcomer-declined = C'est décliné : rien n'est enregistré.
newcomer-join = Promettre sans compte
newcomer-mail-subject = Confirmez votre promesse pour « { $title } »
newcomer-mail-what = Quelqu'un a écrit, avec cette adresse, une promesse pour « { $title } », avec le collectif { $collective } : { $amount }.
newcomer-mail-confirm = Si c'est bien vous, confirmez ici :
newcomer-mail-not-you = Sinon, ne faites rien : rien n'est enregistré.
newcomer-mail-steward-subject = { $organisation } voudrait participer
newcomer-mail-steward = { $name }, pour { $organisation }, a confirmé son adresse et voudrait participer à « { $title } ». Un clic suffit pour l'accueillir :
newcomer-mail-welcome-subject = Bienvenue dans { $collective }
newcomer-mail-welcome = { $organisation } fait maintenant partie du collectif { $collective }. Connectez-vous avec cette adresse, sans mot de passe, pour suivre votre promesse :
pot-await-newcomers = { $count ->
    [one] { $count } structure voudrait participer
   *[other] { $count } structures voudraient participer
}
