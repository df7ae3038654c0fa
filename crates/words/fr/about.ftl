### La page « À propos de cette instance ».

about-title = À propos de cette instance
about-lead = { brand-name } aide un collectif de structures à mettre de l'argent en commun et à financer les fonctionnalités des logiciels libres que toutes utilisent, du premier souhait jusqu'à la version qui les contient.
about-how-title = Comment ça marche
about-how-need = Une structure dit un besoin ; d'autres répondent « nous aussi » et combien elles mettraient.
about-how-price = La structure qui mène la chiffre, ligne par ligne : un prix plancher, et au besoin un maximum au-delà duquel rien n'est plus demandé.
about-how-fund = Chacune met une part. Rien n'est dépensé sous le prix plancher ; s'il n'est pas atteint, tout revient, au centime.
about-how-deliver = Le travail est confié, ses factures passent par deux personnes, un compte rendu dit ce qui est fait ; sans objection, c'est livré, et ce qui reste revient aux structures.
about-money-title = L'argent
about-money-text = Trois montants ne se mélangent jamais : ce qui est reçu, ce qui est promis fermement, ce qui n'est qu'une intention. Chaque mouvement est écrit dans un journal que l'on ne peut ni effacer ni réécrire sans que cela se voie.
about-money-verify-html = Toute personne peut télécharger le journal public d'un pot et le contrôler avec <code>popote verify</code>, sans compte et sans nous croire sur parole.
about-privacy-title = Vos données
about-privacy-text = Aucun traceur, aucune mesure d'audience, rien n'est chargé d'un autre site. Deux témoins (cookies) seulement : l'un garde votre connexion, l'autre la langue que vous avez choisie ; une réponse à votre dernière action y passe une minute.
about-access-title = Accessibilité
about-access-text = Les pages s'utilisent au clavier, sans JavaScript, à 400 % de zoom, sur un petit écran et sur papier ; les contrastes suivent le niveau AA des WCAG 2.2, de jour comme de nuit, et aucune information ne passe par la seule couleur. Les figures ont leur tableau.
about-access-level = Déclaration d'accessibilité (RGAA 4.1) : état de conformité non établi. Aucun audit selon le RGAA n'a eu lieu, et rien n'est certifié.
about-access-state = Aucun essai par des personnes utilisant un lecteur d'écran n'a encore eu lieu. Les textes que les membres publient, leurs images et leurs pièces jointes ne sont pas contrôlés.
about-access-tests = Ce qui est essayé à chaque version : axe-core (règles WCAG 2.2, niveaux A et AA) sur les pages, dans Chromium, en largeur de bureau et de téléphone, de jour comme de nuit ; html-validate sur leur HTML ; les parcours principaux sans JavaScript.
about-access-contact = Un obstacle rencontré est un défaut : dites-le à l'équipe de cette instance. Sans réponse, vous pouvez saisir le Défenseur des droits.
about-free-title = Logiciel libre
about-free-licence-html = { brand-name } est sous licence <a href="https://www.gnu.org/licenses/agpl-3.0.html">GNU Affero General Public License</a>, version 3 ou suivante : vous pouvez l'utiliser, l'étudier, le modifier et le redistribuer.
about-source-ask = Cette licence vous donne droit au code source de cette instance, avec ses changements : demandez à son équipe où il se trouve.
about-free-version = Version
about-free-address = Adresse publique
about-api = Pour les programmes : l'API et ses jetons d'accès
