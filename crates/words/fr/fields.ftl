### Ce qui ne va pas dans un champ. Une phrase qui se lit seule, à côté du champ et dans le résumé.

field-missing = Ce champ est à remplir.
field-too-long = { $count ->
    [one] C'est trop long : { $count } caractère au plus.
   *[other] C'est trop long : { $count } caractères au plus.
}
field-too-short = { $count ->
    [one] C'est trop court : { $count } caractère au moins.
   *[other] C'est trop court : { $count } caractères au moins.
}
field-not-an-amount = Ce n'est pas un montant : écrivez par exemple 1234,56.
field-ambiguous-amount = Ce montant se lit de deux façons : écrivez les centimes (1234,00) ou ôtez le séparateur.
field-too-many-decimals = { $count ->
    [0] Cette monnaie n'a pas de décimales.
    [one] Cette monnaie a { $count } décimale au plus.
   *[other] Cette monnaie a { $count } décimales au plus.
}
field-not-positive = Il faut un nombre plus grand que zéro.
field-too-large = C'est plus que ce qui peut être saisi.
field-other-currency = Ce pot est tenu en { $currency }.
field-below-minimum = Le maximum est plus petit que le minimum.
field-not-a-date = Ce n'est pas une date : écrivez par exemple 2026-11-30.
field-in-the-past = Cette date est passée.
field-in-the-future = Cette date n'est pas encore là.
field-after = Au plus tard le { $date }.
field-before = Au plus tôt le { $date }.
field-not-an-email = Ce n'est pas une adresse de courriel.
field-not-a-url = Ce n'est pas une adresse web : elle commence par https://.
field-not-between = Un nombre entier entre { $least } et { $most }.
field-moves-deadlines = Des dates limites sont ouvertes : dans un autre fuseau, elles tomberaient à une autre heure. Changez-le quand plus aucune n'est ouverte.
field-not-outside = Une adresse en https, sur le port habituel, d'une machine que l'on joint depuis Internet.
field-not-text = Un texte est attendu, pas une liste.
field-not-a-choice = Choisissez l'une des réponses proposées.
field-taken = C'est déjà pris : choisissez autre chose.
field-name-of-member = Une structure membre porte déjà ce nom, ou un nom qu'on prendrait pour le sien.
field-name-of-past = Une structure qui a quitté le collectif portait ce nom, ou un nom qu'on prendrait pour le sien. Si c'est elle qui revient, importez une liste d'une ligne à son nom : elle retrouve sa page et son histoire.
field-name-elsewhere = Une structure membre d'un autre de ses collectifs porte déjà ce nom.
field-names-an-address = Un nom ne contient ni adresse web ni courriel : écrivez-le sans point entre deux mots.
field-not-an-iban = Ce n'est pas un IBAN : vérifiez les chiffres.
field-not-a-head = Une empreinte compte 64 chiffres et lettres de a à f.
field-head-unknown = Cette empreinte n'est pas dans ce journal : collez-la entière, avec le livre et le numéro qui la précèdent dans le courriel (« cash:214:… »).
field-not-a-siren = Ce n'est pas un SIREN : neuf chiffres, dont le dernier vérifie les autres.
field-unknown = Inconnu ici : vérifiez le nom.
field-file-type = Ce genre de fichier n'est pas accepté : envoyez un PDF ou une image (PNG, JPEG, WebP).
field-file-too-large = Ce fichier est trop lourd : { $size } au plus.
field-file-size = { $count ->
    [one] { $count } Mo
   *[other] { $count } Mo
}
field-opted-out = L'équipe de ce logiciel ne veut pas de demandes financées : aucune fonctionnalité ne s'ouvre pour lui.
field-sum-differs = La somme fait { $made } au lieu de { $wanted }.
