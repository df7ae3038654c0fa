### Tours : ouvrir, partager, répartir sa part, terminer.

rounds-title = Tours
rounds-lead = { $mode ->
    [own] Un tour est une période où l'argent reçu devient des parts, et où chaque structure répartit la sienne.
   *[other] Un tour est une période où chaque structure dit ce qu'elle promet, et sur quelles fonctionnalités elle le met.
}
rounds-empty = Aucun tour n'a encore eu lieu.
rounds-empty-next = { $mode ->
    [own] Quand de l'argent est entré dans le pot, une personne référente ou la trésorerie ouvre un tour.
   *[other] Une personne référente ou la trésorerie ouvre un tour quand le collectif veut choisir ensemble quoi financer. Hors tour, chacune promet quand elle veut.
}
rounds-open = Ouvrir un tour
rounds-round = Tour
rounds-dates = Dates
rounds-state = Où il en est
rounds-state-name = { $state ->
    [open] ouvert
    [closing] en clôture
    [closed] terminé
   *[other] autre
}
rounds-name-of = Tour { $number } : { $name }

## Ouvrir un tour

rounds-new-lead = { $mode ->
    [own] Un seul tour est ouvert à la fois. Il commence par le partage de ce qui est dans le pot.
   *[other] Un seul tour est ouvert à la fois. Il commence par les promesses des structures.
}
rounds-name = Nom du tour
rounds-name-hint = Par exemple « Automne 2026 ».
rounds-opens-on = Premier jour
rounds-closes-on = Dernier jour
rounds-closes-on-hint = Ce jour-là inclus. À la fin, chaque fonctionnalité est financée, ou rend ce qui y est posé.
rounds-closes-on-rules = D'après les règles, à partir de l'ouverture : le { $date }.
rounds-differs-date = Son dernier jour ne suit pas le calendrier des règles, qui donnerait le { $date }.
rounds-differs-sharing = { $rule ->
    [equal] Le partage n'est pas celui des règles : à parts égales.
    [paid] Le partage n'est pas celui des règles : au prorata des versements.
    [mixed] Le partage n'est pas celui des règles : une partie à parts égales, le reste au prorata des versements.
   *[other] Le partage n'est pas celui des règles : à la main.
}
rounds-differs-unspent = { $usual ->
    [carry] Les règles prévoient autre chose pour une part non répartie : elle reste à la structure.
   *[other] Les règles prévoient autre chose pour une part non répartie : elle revient au pot commun.
}
rounds-rule = Règle de partage
rounds-rule-equal = À parts égales
rounds-rule-equal-hint = La même part pour chaque structure membre.
rounds-rule-paid = Au prorata des versements
rounds-rule-paid-hint = Selon ce que chacune a versé pendant la période choisie.
rounds-rule-mixed = Mélange des deux
rounds-rule-mixed-hint = Une partie à parts égales, le reste au prorata.
rounds-rule-manual = À la main
rounds-rule-manual-hint = La trésorerie donne un montant par structure, une par une ou par un fichier.
rounds-period = Pour le prorata et le mélange
rounds-period-hint = Sans effet sur les deux autres règles.
rounds-from = Versements depuis le
rounds-to = Jusqu'au
rounds-equal-part = Partie à parts égales, en pour cent
rounds-equal-part-hint = Pour le mélange : 50 veut dire la moitié.
rounds-gifts = Les dons du pot
rounds-gifts-equal = À parts égales
rounds-gifts-rule = Selon la règle ci-dessus
rounds-gifts-wish = Selon la règle ci-dessus, en montrant ce que souhaitent les personnes qui donnent
rounds-gifts-wish-hint = Leurs souhaits sont montrés là où l'on partage et répartit ; ils n'engagent personne.
rounds-gifts-decision = Pas de partage : une décision du collectif les met sur des fonctionnalités
rounds-gifts-decision-hint = Une personne écrit la décision, une autre met les dons. Un don réservé est partagé quand même : il va à la structure qui mène sa fonctionnalité, qui ne peut le mettre que là.
rounds-cap = Plafond par structure et par fonctionnalité
rounds-cap-hint = Sans plafond si le champ reste vide.
rounds-unspent = Ce qui n'est pas réparti à la fin
rounds-unspent-carry = Reste à la structure pour le tour suivant
rounds-unspent-lapse = Revient au pot commun
rounds-opened = { $mode ->
    [own] Le tour { $number } est ouvert. Il reste à partager l'argent du pot.
   *[other] Le tour { $number } est ouvert : les structures peuvent promettre.
}
rounds-one-is-open = Un tour est déjà ouvert, et il n'y en a qu'un à la fois. Le suivant s'ouvrira quand il sera terminé.
rounds-edit = Modifier ce tour
rounds-edit-heading = Modifier le tour { $number }
rounds-moves = { $count ->
    [one] Déplacer aussi la fonctionnalité qui se termine avec lui, le { $date }
   *[other] Déplacer aussi les { $count } fonctionnalités qui se terminent avec lui, le { $date }
}
rounds-moves-which = { $count ->
    [one] Si le dernier jour du tour est repoussé, la date limite de cette fonctionnalité l'est aussi : { $titles }. Case non cochée, elle ne change pas.
   *[other] Si le dernier jour du tour est repoussé, leurs dates limites le sont aussi : { $titles }. Case non cochée, elles ne changent pas.
}
rounds-changed = Le tour est modifié.
rounds-withdraw = Retirer ce tour
rounds-withdraw-effect = Rien n'y est partagé, promis ni posé : il peut être retiré, et un autre ouvert à sa place. Il reste dans la liste, comme retiré.
rounds-withdrawn = Le tour { $number } est retiré.

## La règle, en mots

rounds-explained-equal = Chaque structure membre reçoit la même part.
rounds-explained-paid = Chaque structure reçoit une part au prorata de ce qu'elle a versé { $period }.
rounds-explained-mixed = { $percent } sont partagés à parts égales, le reste au prorata des versements { $period }.
rounds-explained-manual = La trésorerie donne un montant à chaque structure.
rounds-explained-wishes = Les dons suivent la même règle ; les membres voient ce que souhaitent les personnes qui donnent.
rounds-explained-decided = Les dons ne sont pas partagés : une décision du collectif les met sur des fonctionnalités.
rounds-wishes = Ce que souhaitent les personnes qui donnent
rounds-wishes-lead = Pour information : le partage suit la règle du tour, et chaque structure reste libre de mettre sa part où elle veut.
rounds-wishes-caption = Les souhaits des dons de ce tour, les plus grosses sommes d'abord
rounds-wish = Souhait
rounds-wish-count = Dons
rounds-wish-amount = Somme
rounds-wish-gifts = { $count ->
    [one] { $count } don
   *[other] { $count } dons
}
rounds-short = { $rule ->
    [equal] parts égales
    [paid] prorata
    [mixed] mélange
    [manual] à la main
   *[other] autre
}

## La page d'un tour

rounds-heading = Tour { $number } : à vous de répartir
rounds-heading-plain = Tour { $number } : { $name }
rounds-until = Ouvert { $until }.
rounds-opens-later = Ouvre le { $date }.
rounds-is-closed = Terminé : il durait { $dates }.
rounds-is-closed-day = Terminé : il durait une journée, le { $date }.
rounds-is-closed-early = Terminé le { $on }, avant la date prévue ({ $planned }).
rounds-is-withdrawn = Retiré le { $date }, avant d'avoir servi.
rounds-closed-by = Par la décision { $number } : « { $title } »
rounds-report = Bilan
rounds-report-funded = { $count ->
    [0] Aucune fonctionnalité n'y a été financée.
    [one] { $count } fonctionnalité y a été financée.
   *[other] { $count } fonctionnalités y ont été financées.
}
rounds-report-put = { $amount } ont été mis sur ses fonctionnalités.
rounds-report-failed = { $count ->
    [one] { $count } n'a pas réuni sa somme.
   *[other] { $count } n'ont pas réuni leur somme.
}
rounds-report-outside = { $amount } sont allés à des fonctionnalités hors tour.
rounds-report-returned = { $amount } sont revenus aux structures qui les avaient mis.
rounds-report-returned-lapsed = { $amount } sont revenus de fonctionnalités qui n'ont pas réuni leur somme.
rounds-report-lapsed = { $amount } n'étaient pas répartis à la fin, ce qui est revenu compris : ils sont de nouveau au pot.
rounds-report-carried = { $amount } n'étaient pas répartis à la fin, ce qui est revenu compris : ils restent aux structures pour le tour suivant.
rounds-report-decided = Dont { $amount } de dons, mis par décision.
rounds-report-to-funds = { $amount } de dons sont revenus à leur fonds.
rounds-report-added-since = Depuis sa fin, { $amount } y ont été ajoutés par décision.
rounds-report-gone-since = Depuis sa fin, { $amount } en sont revenus.
rounds-closing-now = La date limite est passée : la clôture est en cours.
rounds-to-distribute = Partager l'argent du pot entre les structures
rounds-to-close = Terminer ce tour plus tôt
rounds-see-shares = Voir qui a reçu quelle part, et pourquoi
rounds-undo = Annuler ce partage
rounds-undo-used = Ce partage ne s'annule plus : une structure y a déjà posé sa part. Ce qui manque à une structure pourra lui être donné au tour suivant, par un partage à la main.
rounds-undo-departed = Ce partage ne s'annule plus : une structure qui en a reçu une part a quitté le collectif depuis. Ce qui manque à une structure pourra lui être donné au tour suivant, par un partage à la main.
rounds-undo-outside = Pour annuler ce partage, il faut d'abord que les structures reprennent ce qu'elles ont posé sur des fonctionnalités hors tour.
rounds-all = Tous les tours
rounds-will-be = La règle : { $rule }
rounds-to-distribute-preview = Un aperçu montre d'abord la part de chaque structure.
rounds-not-distributed = L'argent de ce tour n'est pas encore partagé : chaque structure aura sa part dès que la trésorerie l'aura confirmé.
rounds-rule-unspent = { $rule ->
    [lapse] À la fin du tour, ce qui n'est pas réparti revient au pot commun.
   *[other] À la fin du tour, ce qui n'est pas réparti reste à chaque structure.
}
rounds-rule-cap = Chaque structure met { $amount } au plus sur une même fonctionnalité.
rounds-progress = { $count ->
    [0] { $allocated } mis sur des fonctionnalités ; aucune de celles de ce tour n'a encore réuni son prix plancher.
    [one] { $allocated } mis sur des fonctionnalités ; { $count } a réuni son prix plancher.
   *[other] { $allocated } mis sur des fonctionnalités ; { $count } ont réuni leur prix plancher.
}
rounds-progress-none = Rien n'est encore mis sur les fonctionnalités de ce tour.
rounds-progress-outside = Dont { $amount } hors tour.
rounds-no-feature = Aucune fonctionnalité ne cherche de financement pour l'instant.
rounds-left-for = Reste à répartir pour { $organisation }
rounds-left-over = { $amount } de trop
rounds-purse = Votre part : { $parts } = { $total }. Déjà mis : { $already }.
rounds-purse-of-one = Votre part : { $part }. Déjà mis : { $already }.
rounds-purse-carried = Vous n'avez pas reçu de part dans ce tour ; ce qui reste vient des tours précédents. Déjà mis : { $already }.
rounds-purse-all-put = Vous n'avez pas reçu de part dans ce tour, et tout ce qui venait des tours précédents est mis : { $already }.
rounds-purse-nothing = Votre structure n'a pas de part dans ce tour : elle n'en a pas reçu, et il ne lui reste rien d'avant.
rounds-purse-waiting = Le partage de ce tour n'est pas encore fait : ce qui reste vient d'avant. Déjà mis : { $already }.
rounds-part = { $part ->
    [equal] part égale
    [paid] prorata des versements
    [manual] donné par la trésorerie
    [gift] dons
    [carried] reste des tours précédents
   *[other] autre
}
rounds-earmarked = Dont { $amount } réservés : ils viennent d'un don et ne se mettent que sur « { $title } », après le reste de votre part.
rounds-part-of = { $amount } ({ $part })
rounds-change-mind = Vous pouvez changer d'avis tant qu'une fonctionnalité n'est pas financée.
rounds-shuffled = L'ordre est mélangé pour chacun·e.
rounds-by-name = Ordre alphabétique
rounds-mixed = Ordre mélangé
rounds-line-meta = { $software } · il manque { $missing } · { $until }
rounds-line-meta-plain = il manque { $missing } · { $until }
rounds-line-meta-funded = financée · on peut encore ajouter { $room } · { $until }
rounds-line-label = Part pour « { $title } »
rounds-line-hint = Au plus { $most }.
rounds-line-bound = { $amount } y sont, et ne se reprennent plus.
rounds-line-mine = Vous y avez mis { $amount }.
rounds-would-trigger = Il manque { $missing } pour la financer : votre part y suffirait.
rounds-would-lack = Il manque { $missing } pour la financer ; avec vos { $left }, il manquerait encore { $lack }.
rounds-save = Enregistrer ma répartition
rounds-saved = C'est enregistré. Il vous reste { $left } à répartir.
rounds-saved-triggered = { $count ->
    [one] C'est enregistré, et { $count } fonctionnalité est financée grâce à vous ! Il vous reste { $left } à répartir.
   *[other] C'est enregistré, et { $count } fonctionnalités sont financées grâce à vous ! Il vous reste { $left } à répartir.
}
rounds-sign-in = Se connecter pour répartir ma part

## Le partage

rounds-distribution-heading = Partager l'argent du tour { $number }
rounds-distribution-changed = Quelque chose a changé depuis l'aperçu : rien n'a été enregistré. Voici ce que cela donne maintenant.
rounds-amount = Montant des versements à partager
rounds-amount-hint = Tous les versements qui sont dans le pot si le champ reste vide. Les dons s'ajoutent toujours.
rounds-manual-table = Un montant par structure
rounds-manual-hint = Une ligne par structure : nom ; montant. Une ligne sans montant ne reçoit rien des versements ; des dons à parts égales, elle reçoit sa part.
rounds-manual-file = Ou un fichier CSV
rounds-manual-line = { $field ->
    [name] Ligne { $number } : cette structure n'est pas membre du collectif.
    [invited] Ligne { $number } : cette structure est invitée et pas encore membre ; elle n'a de part qu'une fois l'invitation acceptée.
    [twice] Ligne { $number } : cette structure a déjà une ligne.
   *[other] Ligne { $number } : il faut un nom, puis un montant.
}
rounds-manual-amount = Ligne { $number } : { $why }
rounds-manual-empty = Donnez au moins une ligne.
rounds-preview = Voir le partage
rounds-preview-title = { $total } à partager
rounds-preview-caption = Ce que recevra chaque structure, et pourquoi
rounds-shared-heading = Le partage du tour { $number }
rounds-shared-caption = Ce que chaque structure a reçu, et pourquoi
rounds-shared-others = { $count } autres structures, qui ne publient pas leurs montants, ont reçu ensemble { $amount }.
rounds-shared-untold = Les parts des autres structures ne sont pas publiées.
rounds-organisation = Structure
rounds-share = Part
rounds-total = Total
rounds-fact-pools = { $amount } viennent des versements des membres.
rounds-fact-gifts = { $amount } viennent de dons, qui gardent leur trace.
rounds-fact-reserve = { $amount } vont à la réserve du pot, comme le disent les règles.
rounds-fact-cents = { $of ->
    [gifts] Les centimes des dons qui ne se divisent pas vont à tour de rôle, selon le numéro du tour.
   *[other] Les centimes qui ne se divisent pas vont à tour de rôle, selon le numéro du tour.
}
rounds-fact-stays = { $amount } de versements ne sont pas partagés : ils restent dans le pot, pour un prochain tour.
rounds-returnable = { $organisation } a apporté { $amount } avec droit de reprise. Ce partage les répartit comme le reste : ce qui va aux autres structures ne pourra plus lui être rendu.
rounds-counted = { $count ->
    [one] { $count } versement de cette période, { $amount }, a déjà compté dans le partage du tour { $round }. S'il ne doit pas compter deux fois, corrigez les dates de ce tour.
   *[other] { $count } versements de cette période, { $amount } en tout, ont déjà compté dans le partage du tour { $round }. S'ils ne doivent pas compter deux fois, corrigez les dates de ce tour.
}
rounds-confirm-effect = C'est exactement ce qui sera écrit, au centime près. Ce partage s'annule tant que personne n'a posé sa part et qu'aucune structure qui en a reçu une n'a quitté le collectif.
rounds-confirm = Confirmer ce partage
rounds-distributed = C'est partagé. Un courriel part aux personnes qui représentent les structures qui ont reçu une part, sauf à celles qui n'en veulent pas.
rounds-nobody-acts = { $count ->
    [one] Personne n'agit pour { $names } : sa part attendrait qu'une personne soit invitée pour elle.
   *[other] Personne n'agit pour ces structures : { $names }. Leurs parts attendraient qu'une personne soit invitée pour chacune.
}
rounds-manual-to-share = Il y a { $amount } à partager par les montants donnés ici : des versements.
rounds-manual-gifts = { $how ->
    [equal] { $amount } de dons s'ajoutent, à parts égales entre toutes les structures : ils ne se donnent pas ici.
   *[other] { $amount } de dons s'ajoutent, selon les montants donnés ici : ils ne s'y comptent pas.
}
rounds-manual-earmarked = { $amount } de dons réservés à une fonctionnalité s'ajoutent, pour la structure qui la mène.

## Terminer

rounds-close-heading = Terminer le tour { $number } plus tôt
rounds-close-effect = Chaque fonctionnalité qui a réuni son prix plancher est financée ; pour les autres, tout revient. Cela ne se défait pas.
rounds-close-decision = Quelle décision ?
rounds-close-decision-hint = Celle par laquelle le collectif a choisi de terminer plus tôt.
rounds-close-decision-name = { $number }. { $title }
rounds-close = Terminer ce tour
rounds-closed-lapsed = Le tour est terminé : { $lapsed } n'étaient pas répartis, ce qui est revenu de fonctionnalités compris. Comme le disait la règle du tour, ils sont de nouveau au pot.
rounds-closed-plain = Le tour est terminé.
rounds-closed = Le tour est terminé : { $returned } sont revenus aux structures.
rounds-close-two = La décision est notée par une autre personne que vous. Peuvent la noter : { $names }. Envoyez-leur cette adresse : { $address }
rounds-close-why = Terminer avant la date demande une décision du collectif. Sans cela, le tour se termine tout seul à sa date.
rounds-close-new-decision = Une décision à noter maintenant
rounds-close-decision-title = Titre de la décision
rounds-close-outcome = Ce qui a été décidé
rounds-close-go-on = Voir le bilan et confirmer
rounds-close-by = Par la décision « { $title } ».
rounds-close-last-word = Terminer le tour ne se défait pas : le bilan ci-dessus devient définitif, et chaque structure en est avertie.
rounds-ending = Bilan, si le tour se terminait maintenant
rounds-ending-none-funded = Aucune fonctionnalité de plus ne serait financée.
rounds-ending-funded = { $count ->
    [one] { $count } fonctionnalité serait financée
   *[other] { $count } fonctionnalités seraient financées
}
rounds-ending-short = { $count ->
    [one] { $count } fonctionnalité n'a pas réuni sa somme
   *[other] { $count } fonctionnalités n'ont pas réuni leur somme
}
rounds-ending-feature = Fonctionnalité
rounds-ending-missing = Il manque
rounds-ending-returns = Ce qui en revient
rounds-ending-to-organisations = { $amount } reviendraient aux structures qui les ont mis.
rounds-ending-to-lapse = { $amount } reviendraient de fonctionnalités qui n'ont pas réuni leur somme : ils sont compris dans ce qui n'est pas réparti.
rounds-ending-to-promisers = { $amount } reviendraient aux promesses des structures qui les ont mis.
rounds-ending-to-funds = { $amount } reviendraient aux fonds de dons dont ils viennent.
rounds-ending-of-left = { $amount } viennent de structures parties : ils iraient où leur départ le dit.
rounds-ending-carried = { $amount } ne seraient pas répartis : ils resteraient aux structures pour le tour suivant.
rounds-ending-lapse-own = { $amount } ne seraient pas répartis et viennent de ce que chaque structure avait versé elle-même : ils redeviendraient ses versements, gardés dans le pot à son nom.
rounds-ending-lapse-common = { $amount } ne seraient pas répartis et viennent de ce que d'autres structures avaient versé : ils reviendraient au pot commun, à toutes, sans nom.
rounds-ending-lapse-again = Les uns et les autres seraient partagés de nouveau au prochain tour ; la différence compte au départ d'une structure : seul ce qui est à son nom est compté comme venant d'elle.
rounds-ending-lapse-funds = { $amount } ne seraient pas répartis et reviendraient aux fonds de dons.
rounds-ending-nothing-left = Il ne resterait rien à répartir.
rounds-ending-left = Ce que chaque structure n'aurait pas réparti
rounds-ending-amount = Montant
rounds-ending-more = { $count ->
    [one] Et { $count } autre structure.
   *[other] Et { $count } autres structures.
}
rounds-close-outcome-hint = Par qui, comment, et pourquoi terminer plus tôt.

## Confirmer ce qui ne se reprend plus
rounds-confirm-heading = Cela ne se reprend plus
rounds-confirm-adds = « { $title } » est déjà financée : les { $amount } que vous ajoutez y resteront.
rounds-confirm-triggers = Avec vos { $amount }, « { $title } » atteint son prix plancher : elle est financée tout de suite, et ce que vous y avez mis y reste.
rounds-confirm-asks = Avec vos { $amount }, « { $title } » atteint son prix plancher : ce que vous y avez mis ne bouge plus, le temps qu'une personne référente confirme.
rounds-confirm-worker = { $by ->
    [lead] Aucune autre structure n'est nommée pour le travail : c'est { $name }, qui mène la fonctionnalité, qui le fera.
   *[other] Qui fera le travail : { $name }.
}
rounds-confirm-meant = Oui, c'est voulu

## Le courriel de fin
round-mail-closed-subject = Tour { $number } terminé : { $organisation }, ce que devient votre part
round-mail-closed = Le tour « { $name } » est terminé.
round-mail-closed-early = Le tour « { $name } » s'est terminé plus tôt que prévu, par la décision { $decision } : « { $title } ».
round-mail-extended-subject = Le tour { $number } se termine plus tard
round-mail-extended = Le tour « { $name } » dure maintenant { $until }, et non plus jusqu'au { $before }.
round-mail-extended-moved = Le dernier jour de ces fonctionnalités suit : { $titles }. Ce que vous y avez mis se reprend tant que leur prix plancher n'est pas atteint.
round-mail-returned = { $amount } sont revenus dans la part de la structure ({ $organisation }), de ce qui n'a pas réuni sa somme : { $features }.
round-mail-returned-lapsed = { $amount } mis par la structure ({ $organisation }) sont revenus de ce qui n'a pas réuni sa somme : { $features }. La règle du tour les fait retourner au pot.
round-mail-lapsed = { $organisation } n'avait pas réparti { $amount } en tout, ce qui est revenu compris : ils reviennent au pot, comme le disait la règle du tour.
round-mail-carried = En tout, { $amount } restent dans la part de la structure ({ $organisation }) pour le tour suivant.
round-mail-all-put = { $organisation } n'a plus rien à répartir.
round-mail-see = Le bilan du tour :
round-mail-title = « { $title } »
round-mail-titles-more = { $count ->
    [one] et { $count } autre
   *[other] et { $count } autres
}
