# Whether an organisation shows its amounts: on its page, for those who represent it.

amounts-title = Vos montants
amounts-why = Pourquoi au moins trois ?
amounts-rules-own-choice = Les règles laissent chaque structure choisir.
amounts-rules-one-person = Les montants sont publics, sauf si vous êtes une seule personne et préférez les garder.
amounts-rules-public = Les règles rendent publics tous les montants : ce choix ne jouerait que si elles changeaient.
amounts-rules-members = Les règles réservent les montants aux membres : ce choix ne jouerait que si elles changeaient.
amounts-show = Les montrer à tout le monde
amounts-show-hint = Vos versements, votre part et ce que vous mettez sur chaque fonctionnalité, à côté de votre nom.
amounts-hide = Les garder
amounts-hide-hint = Seules vos personnes mandatées et la trésorerie les voient. Les totaux restent publics.
amounts-now-shown = Vos montants sont publics.
amounts-now-hidden = Vos montants ne sont pas publics : ils ne comptent que dans des sommes d'au moins trois structures.
amounts-now-hidden-for-others = Votre choix est noté, mais vos montants restent masqués : les montrer révélerait ceux d'autres structures. Ils paraîtront quand ce ne sera plus le cas.
amounts-now-members = Les membres du collectif voient vos montants, personne d'autre.
