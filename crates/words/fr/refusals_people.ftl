### Pourquoi une connexion, une invitation, un mandat, un rôle ou un import est refusé.

## Se connecter

refusal-code-wrong = { $left ->
    [0] Ce n'est pas le code, et c'était le dernier essai : demandez un nouveau courriel.
    [one] Ce n'est pas le code. Il reste { $left } essai.
   *[other] Ce n'est pas le code. Il reste { $left } essais.
}
refusal-code-too-many = Trop de codes faux : demandez un nouveau courriel, ou attendez demain.
refusal-mails-too-many = Plusieurs courriels sont déjà partis vers cette adresse : servez-vous du plus récent, ou recommencez dans un quart d'heure.
refusal-code-gone = Aucun courriel récent n'a été demandé depuis ce navigateur : demandez-en un nouveau.
refusal-password-wrong = L'adresse ou le mot de passe n'est pas le bon.
refusal-link-gone = Ce lien ne sert plus : il a déjà servi, il est trop ancien, ou il a été retiré.
refusal-address-taken = Cette adresse est déjà celle d'une autre personne ici.

## Invitations et mandats

refusal-invitation-held = Cette personne a déjà ce mandat.
refusal-invitation-sent = Une invitation est déjà en route pour cette structure : retirez-la d'abord, ou attendez sa réponse.
refusal-invitation-not-member = Cette structure n'est pas membre du collectif.
refusal-invitation-name-taken = Une structure membre porte déjà ce nom : choisissez-la dans la liste, ou adressez-vous à la personne qui la représente.
refusal-invitation-shared = Cette structure est aussi membre d'un autre collectif : seules les personnes qui la représentent invitent pour elle, ou l'administration de l'instance.
refusal-invitation-too-many = Trop d'invitations attendent déjà une réponse : retirez-en d'abord.
refusal-invitation-represented = Quelqu'un représente déjà cette structure : c'est à cette personne d'inviter les autres.
refusal-mandate-proposed = Ce mandat lui est déjà proposé, et attend sa réponse.
refusal-mandate-not-proposed = Ce mandat n'est plus proposé : il a reçu sa réponse, a été retiré, ou date de plus de 30 jours.
refusal-mandate-ended = Ce mandat est déjà terminé.
refusal-mandate-young = Votre mandat a moins de 48 heures : d'ici là, il ne met pas fin à celui d'une personne qui représente cette structure depuis plus longtemps.
refusal-mandate-last = C'est la dernière personne qui représente cette structure : donnez d'abord ce mandat à quelqu'un d'autre.

## Rôles

refusal-role-yourself = On ne se donne pas un rôle : deux autres personnes le font.
refusal-role-same = Vous l'avez proposé : c'est à une deuxième personne de confirmer.
refusal-role-held = Cette personne a déjà ce rôle, ou il lui est déjà proposé : une proposition se confirme ou se retire dans la liste.
refusal-role-not-here = Cette personne n'a pas de mandat dans ce collectif.
refusal-role-young = Votre mandat est encore trop récent pour confirmer : il faut 48 heures, ou trente jours là où d'autres représentent leur structure depuis plus longtemps.
refusal-role-nothing = Il n'y a plus rien à confirmer ici : quelqu'un l'a fait, ou la proposition est tombée.
refusal-role-last = Plus personne n'aurait ce rôle dans le collectif : donnez-le d'abord à quelqu'un d'autre.

## Le nom d'une structure

refusal-organisation-shared = Cette structure est aussi membre d'un autre collectif : seule la personne qui la représente change son nom et son site, ou l'administration de l'instance.
refusal-organisation-left = Cette structure a quitté le collectif : son nom et son site restent tels qu'ils étaient.

## Fichiers de structures

refusal-import-empty = Il n'y a rien à lire après la première ligne.
refusal-import-not-text = Ce n'est pas un texte. Depuis votre tableur, enregistrez au format CSV, ou copiez les cellules et collez-les.
refusal-import-too-large = Le tableau est trop lourd : { $size } et 5 000 lignes au plus.
refusal-import-too-many = { $count ->
    [one] Il y a trop de lignes : { $count } au plus. Coupez le fichier en deux.
   *[other] Il y a trop de lignes : { $count } au plus. Coupez le fichier en deux.
}
refusal-import-no-column = La première ligne ne nomme pas la colonne « { $column } ». On y lit : { $found }.
refusal-import-two-columns = La première ligne nomme deux fois la colonne « { $column } ».
refusal-import-lines = { $count ->
    [one] Une ligne est à revoir ; rien n'a été enregistré.
   *[other] { $count } lignes sont à revoir ; rien n'a été enregistré.
}
refusal-import-field = { $column } : { $problem }
refusal-import-fields-too-many = Plus de cellules que de colonnes : un séparateur s'est peut-être glissé dans un texte sans guillemets.
refusal-import-open-quote = Un guillemet s'ouvre ici et ne se referme pas au bout de la cellule : ce qui suit serait pris avec elle.
refusal-import-line-break = Une cellule tient ici sur plusieurs lignes : un guillemet manque peut-être, sinon écrivez-la sur une seule ligne.
refusal-import-other-separator = Moins de cellules que la première ligne : sont-elles séparées par le même signe ?
refusal-import-repeats = C'est la même structure qu'à la ligne { $line }.
refusal-import-other-name = Ce numéro SIREN est celui de « { $known } » : reprenez ce nom. Une structure change de nom sur sa page.
refusal-import-looks-like = On prendrait ce nom pour celui de « { $known } » : reprenez-le tel quel, ou choisissez-en un autre.
refusal-import-invited = Cette structure est invitée ({ $email }), pas encore membre : attendez sa réponse, ou retirez d'abord l'invitation.
refusal-import-shared = Cette structure est aussi membre d'un autre collectif : elle dit elle-même son nom, son site et son numéro. Reprenez ceux de sa page.
refusal-import-column = { $column ->
    [name] nom
    [website] site
    [siren] SIREN
    [wish] souhait
    [email] courriel
    [date] date
    [amount] montant
    [reference] référence
    [left] partie le
   *[other] depuis
}

## Pourquoi une personne n'est pas effacée maintenant

refusal-erasing-instance = Vous êtes seul·e à administrer cette instance : confiez-la d'abord à quelqu'un d'autre.
refusal-erasing-last = { $role ->
    [admin] Vous êtes seul·e à l'administration de « { $collective } » : donnez d'abord ce rôle à quelqu'un d'autre.
    [steward] Vous êtes seul·e référent·e de « { $collective } » : donnez d'abord ce rôle à quelqu'un d'autre.
   *[other] Vous êtes seul·e à la trésorerie de « { $collective } » : donnez d'abord ce rôle à quelqu'un d'autre.
}
refusal-erasing-invoice = La facture n° { $number } de « { $collective } » porte votre nom et n'est pas réglée jusqu'au bout : payez-la et constatez le débit, refusez-la, ou retirez-la d'abord.
refusal-erasing-refund = Le remboursement n° { $number } de « { $collective } » porte votre nom et n'est pas réglé jusqu'au bout : payez-le et constatez le débit, ou retirez-le d'abord.
