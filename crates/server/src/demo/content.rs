//! The example collective, as plain data: who, what, how much. Cloud Girofle, IndieHosters, ARN, Yaal Coop and Framasoft
//! exist and take part in the discussion that Popote was born from; all figures and sentences here are invented, as are the
//! other organisations.

/// A member with what it pays in each quarter, in cents, and its people.
pub struct Member {
    /// Short name in addresses.
    pub slug: &'static str,
    /// Name.
    pub name: &'static str,
    /// Website; `.example` for those that are invented.
    pub website: &'static str,
    /// Cotisation a quarter, in cents.
    pub quarterly: i64,
    /// Its representative: name and address.
    pub representative: (&'static str, &'static str),
}

const fn member(
    slug: &'static str,
    name: &'static str,
    website: &'static str,
    quarterly: i64,
    representative: (&'static str, &'static str),
) -> Member {
    Member { slug, name, website, quarterly, representative }
}

/// The members of the example collective.
pub const MEMBERS: &[Member] = &[
    member(
        "yaal-coop",
        "Yaal Coop",
        "https://yaal.coop",
        30_000,
        ("Camille Ferrand", "camille@yaal.example"),
    ),
    member(
        "indiehosters",
        "IndieHosters",
        "https://indiehosters.net",
        30_000,
        ("Sacha Lemoine", "sacha@indie.example"),
    ),
    member(
        "cloud-girofle",
        "Cloud Girofle",
        "https://girofle.cloud",
        15_000,
        ("Alix Perrin", "alix@girofle.example"),
    ),
    member(
        "arn",
        "ARN (sans-nuage.fr)",
        "https://arn-fai.net",
        12_000,
        ("Maxime Weber", "maxime@arn.example"),
    ),
    member(
        "framasoft",
        "Framasoft",
        "https://framasoft.org",
        30_000,
        ("Dominique Roux", "dominique@frama.example"),
    ),
    member(
        "griffes-libres",
        "Les Griffes Libres",
        "https://griffes.example",
        9_000,
        ("Noa Guérin", "noa@griffes.example"),
    ),
    member(
        "pelote",
        "Pelote & Fils",
        "https://pelote.example",
        6_000,
        ("Lou Marchand", "lou@pelote.example"),
    ),
    member(
        "coussinet",
        "Coussinet",
        "https://coussinet.example",
        4_500,
        ("Ange Colin", "ange@coussinet.example"),
    ),
    member(
        "moustaches",
        "Moustaches du Rhône",
        "https://moustaches.example",
        9_000,
        ("Charlie Roy", "charlie@moustaches.example"),
    ),
    member(
        "ronron",
        "Ronron Services",
        "https://ronron.example",
        15_000,
        ("Eden Brun", "eden@ronron.example"),
    ),
    member(
        "chatiere",
        "Chatière 29",
        "https://chatiere.example",
        3_000,
        ("Gwenn Le Goff", "gwenn@chatiere.example"),
    ),
    member(
        "panier",
        "Le Panier d’Osier",
        "https://panier.example",
        4_500,
        ("Maé Dumont", "mae@panier.example"),
    ),
    member(
        "minou",
        "Minou Mutualisé",
        "https://minou.example",
        7_500,
        ("Swann Petit", "swann@minou.example"),
    ),
    member(
        "sieste",
        "Sieste et Serveurs",
        "https://sieste.example",
        6_000,
        ("Andrea Morel", "andrea@sieste.example"),
    ),
    member(
        "croquettes",
        "Croquettes Coop",
        "https://croquettes.example",
        9_000,
        ("Yael Fontaine", "yael@croquettes.example"),
    ),
    member(
        "gouttiere",
        "La Gouttière",
        "https://gouttiere.example",
        3_000,
        ("Robin Chevalier", "robin@gouttiere.example"),
    ),
    member(
        "felin",
        "Félin pour l’autre",
        "https://felin.example",
        4_500,
        ("Morgan Giraud", "morgan@felin.example"),
    ),
];

/// How far a feature of the example has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Story {
    /// Funded in the first round.
    Funded,
    /// Its sum did not come together in the first round.
    NotFunded,
    /// In the open round, with allocations.
    Funding,
    /// Waits for others who need it.
    Gathering,
}

/// A feature of the example.
pub struct Feature {
    /// Title.
    pub title: &'static str,
    /// Software.
    pub software: &'static str,
    /// One sentence: what changes for the members.
    pub summary: &'static str,
    /// Markdown.
    pub description: &'static str,
    /// « C’est fini quand… ».
    pub done_when: &'static str,
    /// Slug of the member that leads.
    pub lead: &'static str,
    /// Who does the work.
    pub worker: &'static str,
    /// `trust` or `light`.
    pub track: &'static str,
    /// Priced lines: label, minimum, maximum in cents.
    pub lines: &'static [(&'static str, i64, i64)],
    /// How far it has come.
    pub story: Story,
    /// What members put on it: slug, cents.
    pub allocations: &'static [(&'static str, i64)],
    /// Members that need it too: slug, their words.
    pub needers: &'static [(&'static str, &'static str)],
    /// Its discussion elsewhere.
    pub discussion: &'static str,
    /// What its picture shows; empty without one.
    pub picture: &'static str,
}

/// What members say of a feature, by its title: slug and Markdown, oldest first.
pub const COMMENTS: (&str, &[(&str, &str)]) = (
    "Partage fédéré plus simple entre deux instances",
    &[
        ("yaal-coop", "Est-ce que l’invitation marchera aussi depuis une instance **ownCloud** ?"),
        (
            "cloud-girofle",
            "Chez nous, un partage sur deux échoue parce que l’identifiant est mal recopié.\n\nNous pouvons prêter une instance de test.",
        ),
        (
            "indiehosters",
            "Merci, l’instance de test nous servira :\n\n- deux comptes suffisent ;\n- nous la remettrons à zéro chaque semaine.",
        ),
    ],
);

/// The features of the example collective, oldest first.
pub const FEATURES: &[Feature] = &[
    Feature {
        title: "Partage fédéré plus simple entre deux instances",
        software: "Nextcloud",
        summary: "Partager un dossier avec une personne d’une autre structure sans copier-coller d’identifiant fédéré.",
        description: "Aujourd’hui il faut connaître l’identifiant complet de la personne, et l’invitation se perd souvent.\n\n- un lien d’invitation que l’on envoie par courriel ;\n- la personne choisit son instance, comme sur Mastodon ;\n- le dossier apparaît tout de suite.\n\nNous la proposerons à l’équipe du logiciel, pour la branche principale : l’échange et la relecture sont dans le prix.",
        done_when: "Une personne invitée depuis une autre instance ouvre le dossier en moins de trois clics, et la demande de fusion est acceptée.",
        lead: "indiehosters",
        worker: "À choisir avec les structures qui financent",
        track: "light",
        lines: &[
            ("Développement", 90_000, 110_000),
            ("Échanges et relecture avec l’équipe du logiciel", 25_000, 30_000),
            ("Traduction et documentation", 5_000, 10_000),
        ],
        story: Story::Funded,
        allocations: &[
            ("indiehosters", 32_000),
            ("yaal-coop", 15_000),
            ("framasoft", 25_000),
            ("ronron", 14_000),
            ("moustaches", 9_000),
            ("minou", 8_000),
            ("griffes-libres", 9_000),
            ("sieste", 8_000),
            ("panier", 6_000),
        ],
        needers: &[
            ("yaal-coop", "Nos coopérateurs nous le demandent chaque mois."),
            ("ronron", "On fait ça par courriel, c’est long."),
            ("minou", "Trois associations hébergées attendent."),
            ("griffes-libres", "Utile aussi pour nos ateliers."),
        ],
        discussion: "",
        picture: "",
    },
    Feature {
        title: "Aide en ligne d’OnlyOffice en français",
        software: "OnlyOffice",
        summary: "Une aide à jour, en français, lisible depuis l’éditeur.",
        description: "L’aide s’ouvre en anglais et date de deux versions. Nous la traduisons et la proposons au projet.",
        done_when: "L’aide française est en ligne dans la version publiée.",
        lead: "cloud-girofle",
        worker: "Cloud Girofle, en interne",
        track: "trust",
        lines: &[("Traduction et relecture", 38_000, 45_000)],
        story: Story::Funded,
        allocations: &[
            ("cloud-girofle", 12_000),
            ("framasoft", 10_000),
            ("croquettes", 8_000),
            ("pelote", 5_000),
            ("felin", 5_000),
        ],
        needers: &[],
        discussion: "",
        picture: "",
    },
    Feature {
        title: "Thème à fort contraste dans Element",
        software: "Matrix",
        summary: "Un thème lisible pour les personnes malvoyantes, choisi tout seul d’après les réglages du système.",
        description: "Le thème existe à moitié. Il manque les bulles, les réactions et la liste des salons.",
        done_when: "Tous les écrans atteignent un contraste de 7:1.",
        lead: "coussinet",
        worker: "Une développeuse du projet",
        track: "trust",
        lines: &[("Développement", 140_000, 160_000)],
        story: Story::NotFunded,
        allocations: &[("coussinet", 6_500), ("arn", 8_000), ("chatiere", 4_000), ("gouttiere", 3_000)],
        needers: &[],
        discussion: "",
        picture: "",
    },
    Feature {
        title: "Inviter dans un salon Matrix sans compte : adapter la passerelle d’ARN",
        software: "Matrix",
        summary: "Inviter par un lien ou par courriel une personne qui n’a de compte sur aucune instance Matrix.",
        description: "Les personnes que nous voulons inviter n’ont pas de compte, et choisir une instance les perd en route.\n\n## Les pistes\n\n1. **Dans le logiciel** : refusée, c’est un choix de produit d’Element ([discussion 728](https://github.com/vector-im/element-meta/discussions/728), [demande 340](https://github.com/vector-im/element-meta/issues/340)).\n2. **Adapter la passerelle d’ARN**, qui relie déjà Matrix à Signal et WhatsApp sur sans-nuage.fr : c’est la piste financée ici.\n3. **Une page guide**, en attendant.\n\nSeuls les membres créent des salons et invitent ; la personne invitée n’entre que dans ce salon.",
        done_when: "Une personne sans compte entre dans un salon par un lien reçu par courriel, écrit et lit, et trois structures l’ont installée avec la documentation.",
        lead: "yaal-coop",
        worker: "ARN, qui a écrit la passerelle",
        track: "trust",
        lines: &[
            ("Adapter la passerelle", 160_000, 190_000),
            ("Documentation d’installation", 30_000, 40_000),
            ("Essais dans trois structures", 10_000, 20_000),
        ],
        story: Story::Funding,
        allocations: &[
            ("yaal-coop", 35_000),
            ("arn", 16_000),
            ("indiehosters", 28_000),
            ("framasoft", 30_000),
            ("griffes-libres", 11_000),
            ("ronron", 16_000),
            ("minou", 9_000),
            ("moustaches", 9_000),
        ],
        needers: &[],
        discussion: "",
        picture: "Un courriel mène par un lien à un salon où deux personnes se parlent déjà ; la troisième y entre par un bouton.",
    },
    Feature {
        title: "Documents hors ligne sur mobile",
        software: "OnlyOffice",
        summary: "Ouvrir et modifier un document dans le train, sans réseau.",
        description: "L’application mobile exige le réseau à l’ouverture. Il s’agit de garder les derniers documents et de fusionner au retour.",
        done_when: "Un document ouvert la veille se modifie sans réseau et rien n’est perdu au retour.",
        lead: "cloud-girofle",
        worker: "Une entreprise locale, à confirmer",
        track: "trust",
        lines: &[("Développement", 190_000, 230_000), ("Essais", 20_000, 20_000)],
        story: Story::Funding,
        allocations: &[("cloud-girofle", 14_000), ("croquettes", 9_000), ("sieste", 6_000)],
        needers: &[],
        discussion: "",
        picture: "",
    },
    Feature {
        title: "Lire les relevés bancaires tout seul",
        software: "Popote",
        summary: "Déposer un relevé (camt.053, OFX, CSV) et n’avoir plus qu’à confirmer les versements reconnus.",
        description: "La trésorerie saisit chaque versement à la main. Popote reconnaît la référence et propose.",
        done_when: "Un relevé de cent lignes se traite en cinq minutes.",
        lead: "framasoft",
        worker: "L’équipe de Popote",
        track: "trust",
        lines: &[("Développement", 80_000, 100_000)],
        story: Story::Funding,
        allocations: &[("framasoft", 12_000), ("pelote", 5_000)],
        needers: &[],
        discussion: "",
        picture: "",
    },
    Feature {
        title: "Quotas lisibles par groupe",
        software: "Nextcloud",
        summary: "Voir d’un coup d’œil ce que chaque association hébergée occupe, et le lui montrer.",
        description: "Les quotas sont par personne. Nous facturons par association et faisons les additions à la main.",
        done_when: "Chaque groupe a une page avec ce qu’il occupe et ce qui lui reste.",
        lead: "minou",
        worker: "À trouver",
        track: "light",
        lines: &[
            ("Développement", 120_000, 150_000),
            ("Relecture avec l’équipe du logiciel", 20_000, 30_000),
        ],
        story: Story::Gathering,
        allocations: &[],
        needers: &[],
        discussion: "",
        picture: "",
    },
];

/// A decision that members took: its title and outcome.
pub const DECISION: (&str, &str) = (
    "Garder le partage mélangé pour le deuxième tour",
    "Par consentement, à onze structures, en visioconférence.\n\n- La moitié de la somme reste partagée à parts égales, l’autre au prorata des versements.\n- Les dons du festival ne sont pas partagés : une décision dit sur quoi ils vont.\n- On en reparle après le deuxième tour.",
);

/// A gift to the pot: cents, name of its fund, giver.
pub const GIFT: (i64, &str, &str) = (50_000, "Dons du festival", "Festival des Libres (exemple)");

/// What members decided of it: title, outcome, and how many cents go to the second feature of the second round.
pub const GIFT_DECISION: (&str, &str, i64) = (
    "Une part des dons du festival pour les documents hors ligne",
    "À la réunion du mois, sans objection : 150 € des dons du festival vont aux documents hors ligne, que des personnes venues au festival ont \
     demandés. Le reste attend une autre décision.",
    15_000,
);
