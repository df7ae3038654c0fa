### Images d'une fonctionnalité.

pictures-title = Images
pictures-heading = Images de « { $title } »
pictures-lead = { $count ->
    [one] Une maquette, une copie d'écran, une photo de l'avancement : { $count } image au plus.
   *[other] Une maquette, une copie d'écran, une photo de l'avancement : { $count } images au plus.
}
pictures-none = Aucune image pour l'instant.
pictures-add = Ajouter une image
pictures-manage = Ajouter ou retirer une image
pictures-file = Fichier
pictures-file-hint = { $count ->
    [one] JPEG, PNG ou WebP, { $count } Mo au plus. Ce que le fichier dit d'autre (lieu, date, appareil) est ôté.
   *[other] JPEG, PNG ou WebP, { $count } Mo au plus. Ce que le fichier dit d'autre (lieu, date, appareil) est ôté.
}
pictures-file-again = Choisissez de nouveau le fichier : le navigateur ne le garde pas.
pictures-alternative = Que montre-t-elle ?
pictures-alternative-hint = Une phrase pour qui ne la voit pas : « Le salon s'ouvre, avec un bouton Entrer en bas. »
pictures-in-text = Pour la placer dans « En détail », copiez cette ligne
pictures-remove = Retirer cette image
pictures-remove-warning = L'image et sa phrase seront effacées pour de bon, y compris là où le texte la montre.
pictures-remove-confirm = Effacer pour de bon
pictures-added = L'image est ajoutée.
pictures-removed = L'image est effacée.
pictures-ended = Cette fonctionnalité est terminée : on n'y ajoute plus d'image.

## Refus

pictures-too-many = { $count ->
    [one] Il y a déjà { $count } image, c'est le plus possible : retirez-la d'abord.
   *[other] Il y a déjà { $count } images, c'est le plus possible : retirez-en une d'abord.
}
pictures-twice = Cette image est déjà là.
pictures-not-a-picture = Ce n'est pas une image que Popote sait montrer : envoyez un JPEG, un PNG ou un WebP.
pictures-drawing = Un dessin SVG peut contenir un programme : enregistrez-le en PNG, puis envoyez-le.
pictures-animated = Cette image est animée : envoyez une image fixe.
pictures-too-many-pixels = { $count ->
    [one] Cette image est trop grande : { $count } million de pixels au plus. Réduisez-la, puis renvoyez-la.
   *[other] Cette image est trop grande : { $count } millions de pixels au plus. Réduisez-la, puis renvoyez-la.
}
pictures-broken = Ce fichier est abîmé ou incomplet : enregistrez l'image de nouveau, puis renvoyez-la.
