### La première mise en place, et l'entrée dans l'exemple.

setup-title = Mettre en place votre collectif
setup-lead = Six questions, et votre collectif est prêt. Les noms et les règles se changent ensuite.
setup-collective = Le nom de votre collectif
setup-collective-hint = Celui que ses membres emploient, par exemple « CHATONS ».
setup-organisation = Votre structure
setup-organisation-hint = L'association, la coopérative ou la personne au nom de qui vous agirez.
setup-name = Votre nom
setup-name-hint = Comme les autres membres le liront.
setup-email = Votre courriel
setup-email-hint = Il sert à vous connecter et à vous écrire.
setup-mode = Comment l'argent circulera-t-il ?
setup-mode-direct = Personne n'encaisse
setup-mode-direct-hint = Pour commencer, sans association ni compte commun : quand une somme est réunie, chaque structure paie directement qui fait le travail.
setup-mode-pledge = On promet, puis on verse
setup-mode-pledge-hint = Quand une somme est promise, chaque structure verse sa part à une structure porteuse, qui paie le travail. Votre structure le sera d'abord.
setup-mode-own = On verse d'avance
setup-mode-own-hint = Chaque structure verse dans le pot d'une structure porteuse, à qui cet argent appartient, puis répartit sa part. Votre structure le sera d'abord ; une autre peut prendre sa place.
setup-mode-later = Ce choix se change à la page « Le collectif », tant que rien n'est écrit dans les comptes ; ensuite, il tient.
setup-effect = Vous administrerez cette instance et ce collectif, et vous y serez référent·e et trésorier·ère le temps que d'autres vous rejoignent. Vous pourrez enregistrer l'argent reçu tout de suite, et autoriser un paiement après 48 heures.
setup-create = Créer le collectif
setup-done-title = C'est déjà en place
setup-done-text = Cette instance a été mise en place : le lien ne servait qu'une fois.
setup-done-next = Si vous en faites partie, connectez-vous. Sinon, demandez une invitation à une structure membre.
setup-wrong-title = Ce lien n'est pas le bon
setup-wrong-text = Le lien de mise en place est celui que le serveur a affiché à son dernier démarrage ; les précédents ne servent plus.
setup-wrong-next = Copiez l'adresse en entier depuis l'endroit où { -brand } a démarré, ou relancez-le pour en obtenir une autre.
setup-flash = « { $collective } » est en place. Ensuite : invitez d'autres structures, ou proposez une première fonctionnalité.

## L'exemple

demo-title = Entrer dans l'exemple
demo-lead = Cet exemple vit sur votre machine, tant que { -brand } y tourne. Essayez tout : rien ne sort d'ici, aucun courriel ne part.
demo-enter = Entrer comme { $name }
demo-flash = Vous voilà { $name }, dans l'exemple.
