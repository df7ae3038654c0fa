### Se connecter, se déconnecter.

sign-in-title = Se connecter
sign-in-lead = Donnez votre adresse : vous recevrez un lien et un code, sans mot de passe à retenir.
sign-in-email = Votre courriel
sign-in-send = Recevoir le courriel
sign-in-fresh-title = Une connexion récente est demandée
sign-in-fresh-lead = Ce que vous alliez faire demande une connexion de moins de dix minutes. Reconnectez-vous : vous y reviendrez aussitôt.
sign-in-already = Vous êtes connecté·e : { $name }.
sign-in-with-password = J'ai un mot de passe
sign-in-password = Mot de passe
sign-in-password-button = Entrer avec le mot de passe
sign-in-no-account = Pas encore d'espace ici ? On y entre sur invitation d'une structure membre.

## Le courriel

sign-in-sent-title = Un courriel est parti
sign-in-sent-to-html = Si elle est connue ici, l'adresse <strong>{ $email }</strong> va recevoir un lien et un code à six chiffres, valables 15 minutes.
sign-in-sent-next = Ouvrez le lien dans ce navigateur, ou tapez le code ici.
sign-in-sent-nothing = Rien reçu ? Regardez parmi les indésirables, puis vérifiez l'adresse.
sign-in-sent-demo = Dans l'exemple, aucun courriel ne part : servez-vous des adresses affichées au démarrage.
sign-in-another = Donner une autre adresse
sign-in-code-title = Le code du courriel
sign-in-code = Code à six chiffres
sign-in-code-hint = Celui du courriel demandé depuis ce navigateur.
sign-in-code-button = Se connecter
sign-in-link-title = Vous y êtes presque
sign-in-link-lead = Il reste un bouton : ainsi, les robots qui ouvrent le courrier avant vous ne se connectent pas à votre place.
sign-in-link-button = Me connecter
sign-in-gone-title = Ce lien ne sert plus
sign-in-gone-text = Il a déjà servi, ou il a plus de 15 minutes. Demandez un nouveau courriel : seul le dernier reçu sert.
sign-in-gone-ask = Demander un nouveau courriel
sign-in-other-title = Ce lien a été demandé dans un autre navigateur
sign-in-other-text = Pour que personne d'autre ne s'en serve, il ne marche que là-bas, où il reste valable.
sign-in-other-there = Sur l'autre appareil, tapez le code à six chiffres du même courriel.
sign-in-other-here = Pour vous connecter sur cet appareil-ci, demandez un courriel depuis cette page.
sign-in-other-ask = Me connecter sur cet appareil

sign-in-flash = Vous êtes connecté·e.
sign-out-flash = Vous êtes déconnecté·e.
