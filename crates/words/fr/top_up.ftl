### Un complément pour une fonctionnalité déjà financée, par une décision.

top-up-title = Compléter par décision
top-up-heading = Compléter « { $title } » par décision
top-up-lead = La somme réunie ne suffit plus : par une décision du collectif, une structure met encore de sa part, au-delà du maximum ou après la date limite. Les conditions changent avec : une nouvelle version en donne la raison et la décision.
top-up-has = Déjà réuni : { $total }, pour un maximum prévu : { $maximum }.
top-up-left = Part à répartir, { $organisation } : { $left }.
top-up-amount = Montant à ajouter
top-up-decision = Par quelle décision ?
top-up-choose = Choisir
top-up-reason = La raison, que tout le monde lira
top-up-effect = Ce qui est ajouté ne se reprend pas. Chaque structure qui a une part ici reçoit un courriel.
top-up-two = Une autre personne doit avoir écrit la décision. Peuvent l'écrire : { $names }.
top-up-to-decision = Écrire une décision
top-up-button = Ajouter cette somme
top-up-done = { $amount } ajoutés. Au plus, désormais : { $maximum }.
refusal-top-up-promised = Ce pot n'est pas versé d'avance : ce qui manque se promet.
refusal-top-up-not-triggered = On complète une fonctionnalité dont le financement est déclenché et qui n'est pas finie. Celle-ci en est là : { $state }.
refusal-top-up-nothing-missing = Rien à décider : jusqu'au { $until } inclus, chaque structure peut encore ajouter sans décision (au plus { $room } en tout).
refusal-top-up-not-enough = Il reste { $left } à répartir, et vous ajoutez { $wanted }.
refusal-top-up-too-large = Ce montant est trop grand.
refusal-top-up-above-ceiling = Le parcours « { $track } » va jusqu'à { $ceiling }, compléments compris. Au-delà, proposez une autre fonctionnalité pour ce qui reste à faire.
top-up-room = Le parcours « { $track } » va jusqu'à { $ceiling }, compléments compris : on peut encore ajouter { $room }.
top-up-cap = Le plafond par structure et par fonctionnalité ({ $cap }) ne tient pas ici : la décision le lève.
top-up-confirm = { $organisation } ajoute { $amount } de sa part à « { $title } », par la décision n° { $number } : « { $decision } ».
