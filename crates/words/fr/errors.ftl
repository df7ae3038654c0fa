### Les pages d'erreur : un titre, ce qui s'est passé, ce que l'on peut faire.

error-not-found-title = Cette page n'existe pas
error-not-found-happened = L'adresse demandée ne mène à rien ici : elle a peut-être changé, ou ce qu'elle montrait a été retiré.
error-not-found-next = Vérifiez l'adresse, ou repartez de l'accueil pour retrouver ce que vous cherchez.

error-forbidden-title = Vos droits ne donnent pas accès à cette page
error-forbidden-happened = Ce que vous demandez est réservé à d'autres personnes de la structure ou du collectif.
error-forbidden-next = Agissez pour une autre structure si vous en avez le mandat, ou demandez l'accès à une personne référente du collectif.
error-whose-acting = Vous agissez ici pour { $organisation }.
error-whose-nobody = Vous n'agissez ici pour aucune structure.
error-whose-owner = Cela revient à { $owner }, ou à une personne qui a un rôle pour cela dans le collectif.
error-whose-role = Cela revient à une personne qui a un rôle pour cela dans le collectif, ou à une autre structure.

error-conflict-title = Quelque chose a changé entre-temps
error-conflict-happened = Une autre personne a modifié la même chose pendant que vous remplissiez la page. Rien n'a été enregistré.
error-conflict-next = Comparez votre saisie avec ce qui est affiché maintenant, puis recommencez si elle vaut toujours.

error-unprocessable-title = Cette demande ne peut pas être traitée telle quelle
error-unprocessable-happened = Une information manque ou ne convient pas. Rien n'a été enregistré.
error-unprocessable-next = Revenez au formulaire : chaque champ à revoir y porte son explication.

error-too-large-title = Cet envoi est trop volumineux
error-too-large-happened = Le fichier ou le texte envoyé dépasse la taille acceptée. Rien n'a été enregistré.
error-too-large-next = Revenez en arrière avec le bouton de votre navigateur : ce que vous avez écrit y est encore. Réduisez le fichier, ou raccourcissez le texte, puis envoyez de nouveau.

error-too-many-title = Trop de demandes en peu de temps
error-too-many-happened = Pour protéger tout le monde, le nombre de demandes par minute est limité, et cette limite vient d'être atteinte.
error-too-many-next = Attendez un peu, puis recommencez. Rien de ce que vous avez déjà enregistré n'est perdu.
error-too-many-wait = { $seconds ->
    [one] Vous pourrez recommencer dans { $seconds } seconde.
   *[other] Vous pourrez recommencer dans { $seconds } secondes.
}

error-internal-title = Une erreur est survenue de notre côté
error-internal-happened = La page n'a pas pu être préparée. Ce n'est pas votre faute, et l'erreur a été notée.
error-internal-next = Réessayez dans un moment. Si l'erreur revient, transmettez la référence ci-dessous à l'équipe d'administration.
error-internal-reference = Référence : { $reference }

error-unavailable-title = Le service est momentanément indisponible
error-unavailable-happened = Le serveur reçoit trop de demandes à la fois ou redémarre. Rien n'a été enregistré.
error-unavailable-next = Réessayez dans quelques secondes.

error-full-title = Le disque du serveur est plein
error-full-happened = Rien n'a été enregistré, et rien de ce qui l'était déjà n'est perdu.
error-full-next = Prévenez la personne qui administre le serveur ; gardez votre texte sous la main et recommencez quand la place sera revenue.
