# Whether an organisation shows its amounts: on its page, for those who represent it.

amounts-title = Qui voit vos montants
amounts-why = Pourquoi au moins trois ?
amounts-rules-own-choice = Les règles du collectif laissent chaque structure choisir. Que voulez-vous ?
amounts-rules-one-person = Les règles du collectif rendent les montants publics, sauf pour une structure d'une seule personne. Que voulez-vous ?
amounts-rules-public = Les règles du collectif rendent publics les montants de toutes les structures : il n'y a rien à choisir ici.
amounts-rules-made-public = Les règles du collectif rendent maintenant les montants publics. Votre structure avait déjà de l'argent ici : ses montants restent masqués tant que vous n'acceptez pas de les montrer. Que voulez-vous ?
amounts-rules-members = Les règles du collectif réservent les montants aux membres : il n'y a rien à choisir ici.
amounts-show = Montrer nos montants à tout le monde
amounts-show-hint = Versements, part, ce que nous mettons sur chaque fonctionnalité : à côté du nom de la structure.
amounts-hide = Ne pas les publier
amounts-hide-hint = Seules les personnes mandatées pour la structure et la trésorerie les voient. Les totaux restent publics.
amounts-now-shown = Vos montants sont publics.
amounts-now-hidden = Vos montants ne sont pas publics : ils ne comptent que dans des sommes d'au moins trois structures.
amounts-now-hidden-for-others = Votre choix est noté, mais vos montants restent masqués : les montrer révélerait ceux d'autres structures. Ils paraîtront quand ce ne sera plus le cas.
amounts-now-members = Les membres du collectif voient vos montants, personne d'autre.
