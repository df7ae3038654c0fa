### Les jetons d'accès : ce qu'un programme peut faire pour quelqu'un.

tokens-lead-html = Un jeton d'accès laisse un programme agir en votre nom, pour une structure, dans un collectif, jamais au-delà de ce que vous pouvez faire vous-même à cet instant. <a href="{ $href }">Comment s'en servir</a>
tokens-caption = Les jetons en cours, le dernier créé d'abord
tokens-none = Aucun jeton pour l'instant. Si vous n'écrivez pas de programme, vous n'en avez pas besoin.
tokens-name = Nom
tokens-place = Pour
tokens-place-of = { $organisation }, dans « { $collective } »
tokens-scopes = Portées
tokens-until = Jusqu'au
tokens-used = Dernier usage
tokens-never-used = jamais
tokens-act = Révoquer
tokens-revoke = Révoquer le jeton { $name }
tokens-revoked = Le jeton est révoqué. Il ne sert plus à rien.
tokens-new-title = Créer un jeton
tokens-new-name = Nom du programme
tokens-new-name-hint = Par exemple « site de l'association ». Il vous servira à le reconnaître ici.
tokens-new-scopes = Ce que le programme pourra faire
tokens-new-scopes-hint = Le moins possible. Un jeton sans portée d'écriture ne change rien.
tokens-new-days = Durée
tokens-days = { $days ->
    [one] un jour
   *[other] { $days } jours
}
tokens-new-act = Créer le jeton
tokens-no-mandate = Il faut un mandat d'une structure du collectif pour créer un jeton.
tokens-too-many = Vous avez déjà 20 jetons en cours : révoquez-en un.
tokens-made-title = Votre jeton d'accès
tokens-made-once = Copiez-le maintenant : il ne sera plus jamais affiché. Gardez-le comme un mot de passe.
tokens-made-until = Il vaut jusqu'au { $date }, ou tant que dure votre mandat.
tokens-made-back = Revenir à vos jetons
tokens-scope = { $scope ->
    [read] lire ce que voient les membres
    [features] proposer et modifier des fonctionnalités, dire ses besoins, publier des petites annonces
    [steward] accompagner les fonctionnalités : étapes, parcours, nouvelles conditions, confirmations, fins
    [allocate] répartir la part de la structure
    [money] enregistrer des versements, annuler des écritures, partager l'argent des tours
    [rounds] ouvrir et terminer des tours
    [members] inviter, importer, donner et terminer des mandats
    [rules] changer les règles du collectif
   *[other] noter des décisions
}
