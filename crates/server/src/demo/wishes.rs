//! What the members of the example run, and what they miss: the words of their discussion, and a few needs more.

#[cfg(test)]
use super::content::MEMBERS;

/// A software of the register: name, repository, licence, site, what it is.
pub(super) struct Software {
    pub(super) name: &'static str,
    pub(super) repository: &'static str,
    pub(super) licence: &'static str,
    pub(super) website: &'static str,
    pub(super) description: &'static str,
    /// Who runs it, for how many users.
    pub(super) hosts: &'static [(&'static str, i64)],
}

/// The register.
pub(super) const SOFTWARE: &[Software] = &[
    Software {
        name: "Nextcloud",
        repository: "https://github.com/nextcloud/server",
        licence: "AGPL-3.0-or-later",
        website: "https://nextcloud.com",
        description: "Fichiers, agendas et contacts partagés.",
        hosts: &[
            ("indiehosters", 900),
            ("cloud-girofle", 320),
            ("framasoft", 4_000),
            ("arn", 150),
            ("ronron", 210),
            ("minou", 180),
            ("moustaches", 90),
            ("sieste", 60),
            ("griffes-libres", 140),
        ],
    },
    Software {
        name: "Matrix",
        repository: "https://github.com/element-hq/synapse",
        licence: "AGPL-3.0-only",
        website: "https://matrix.org",
        description: "Messagerie instantanée fédérée : le serveur Synapse, et Element pour l’ouvrir.",
        hosts: &[("yaal-coop", 120), ("arn", 200), ("indiehosters", 260), ("ronron", 45), ("coussinet", 30)],
    },
    Software {
        name: "OnlyOffice",
        repository: "https://github.com/ONLYOFFICE/DocumentServer",
        licence: "AGPL-3.0-only",
        website: "https://www.onlyoffice.com",
        description: "Documents, tableaux et présentations à plusieurs, dans le navigateur.",
        hosts: &[("cloud-girofle", 300), ("croquettes", 80), ("indiehosters", 500), ("felin", 40)],
    },
    Software {
        name: "Popote",
        repository: "",
        licence: "AGPL-3.0-or-later",
        website: "",
        description: "Ce que vous lisez : le pot commun, les besoins et les fonctionnalités d’un collectif.",
        hosts: &[("framasoft", 17)],
    },
];

/// What an organisation says of a need: who, strength, users, cents (0: it says nothing), what it could do, its words.
pub(super) type Support = (&'static str, i64, i64, i64, &'static str, &'static str);

/// An approach: kind, title, text, link, who knows it, from and to in cents, who would maintain it.
pub(super) struct Approach {
    pub(super) kind: &'static str,
    pub(super) title: &'static str,
    pub(super) body: &'static str,
    pub(super) url: &'static str,
    pub(super) known_by: &'static str,
    pub(super) price: (i64, i64),
    pub(super) maintained_by: &'static str,
    /// Who wrote it.
    pub(super) by: &'static str,
    /// Why the team refused it, and where one reads it; empty where it didn't.
    pub(super) refused: (&'static str, &'static [&'static str]),
}

/// A need of the example; the first who supports it writes it.
pub(super) struct Need {
    pub(super) title: &'static str,
    pub(super) software: &'static str,
    pub(super) why: &'static str,
    pub(super) links: &'static [&'static str],
    /// Days before today.
    pub(super) days: i64,
    pub(super) supports: &'static [Support],
    pub(super) approaches: &'static [Approach],
    /// The feature that came of it, by its title; empty: none.
    pub(super) feature: &'static str,
}

/// The needs of the example, in the order in which they are written.
pub(super) const NEEDS: &[Need] = &[
    Need {
        title: "Inviter des personnes dans un salon Matrix sans compte",
        software: "Matrix",
        why: "On aimerait que depuis Element, on puisse inviter à discuter des personnes qui n’ont de compte sur aucune instance, par un lien ou par courriel.\n\nIl est compliqué d’attirer quelqu’un sur un service où son cercle de contacts n’est pas encore. Seuls les membres créeraient des salons et inviteraient.",
        links: &[
            "https://github.com/element-hq/element-meta/discussions/728",
            "https://github.com/element-hq/element-meta/issues/340",
        ],
        days: 150,
        supports: &[
            ("yaal-coop", 5, 120, 80_000, "develop test", "Nous sommes prêts à le soutenir financièrement."),
            ("arn", 4, 200, 20_000, "develop document", "Notre passerelle fait déjà une partie du chemin."),
            (
                "indiehosters",
                4,
                260,
                50_000,
                "test host",
                "On en discutait en interne : c’est compliqué d’inviter, même avec un compte.",
            ),
            ("ronron", 3, 45, 15_000, "translate", "Nos associations partent ailleurs à cause de ça."),
            ("griffes-libres", 3, 30, 0, "document", ""),
            ("minou", 2, 20, 10_000, "", ""),
        ],
        approaches: &[
            Approach {
                kind: "upstream",
                title: "Des accès invités dans Element et Synapse",
                body: "Ce serait le plus simple pour tout le monde : un lien, un nom, et l’on parle.",
                url: "",
                known_by: "l’équipe du logiciel",
                price: (0, 0),
                maintained_by: "l’équipe du logiciel",
                by: "yaal-coop",
                refused: (
                    "C’est un choix de produit d’Element de ne pas le proposer.",
                    &[
                        "https://github.com/element-hq/element-meta/discussions/728",
                        "https://github.com/element-hq/element-meta/issues/340",
                    ],
                ),
            },
            Approach {
                kind: "adapt",
                title: "Adapter la passerelle d’ARN",
                body: "Elle relie déjà des salons Matrix à Signal et WhatsApp sur sans-nuage.fr. Moyennant une petite adaptation, le cas d’usage devrait être réalisable ; la documentation est à écrire proprement.",
                url: "https://wiki.arn-fai.net/documentation:sans-nuage:whatsappbridge",
                known_by: "ARN",
                price: (200_000, 250_000),
                maintained_by: "ARN et Yaal Coop",
                by: "arn",
                refused: ("", &[]),
            },
            Approach {
                kind: "documentation",
                title: "Une page guide pour choisir une instance",
                body: "Pas à pas, avec les mots de qui n’a jamais entendu parler de Matrix. En attendant mieux.",
                url: "",
                known_by: "Les Griffes Libres",
                price: (20_000, 30_000),
                maintained_by: "Les Griffes Libres",
                by: "griffes-libres",
                refused: ("", &[]),
            },
        ],
        feature: "Inviter dans un salon Matrix sans compte : adapter la passerelle d’ARN",
    },
    Need {
        title: "Retrouver un fichier effacé sans appeler au secours",
        software: "Nextcloud",
        why: "La corbeille se vide sans prévenir quand l’espace est plein. Les personnes s’en aperçoivent trop tard, et nous restaurons à la main.",
        links: &[],
        days: 80,
        supports: &[
            ("cloud-girofle", 4, 320, 30_000, "test document", "Deux restaurations par mois."),
            ("ronron", 3, 210, 10_000, "", ""),
            ("moustaches", 4, 90, 8_000, "test", "Surtout pour les écoles."),
            ("framasoft", 2, 4_000, 0, "translate", ""),
        ],
        approaches: &[Approach {
            kind: "plugin",
            title: "Prévenir avant de vider la corbeille",
            body: "Une extension qui envoie un courriel une semaine avant.",
            url: "",
            known_by: "Cloud Girofle",
            price: (80_000, 120_000),
            maintained_by: "à trouver",
            by: "cloud-girofle",
            refused: ("", &[]),
        }],
        feature: "",
    },
    Need {
        title: "Écrire à deux sans perdre la fin de la phrase",
        software: "OnlyOffice",
        why: "Quand la connexion est lente, ce que l’on vient de taper disparaît parfois. On est preneur·euses de mutualisation sur la suite Nextcloud et OnlyOffice.",
        links: &[],
        days: 60,
        supports: &[
            ("cloud-girofle", 5, 300, 40_000, "test", "C’est le premier sujet de nos demandes d’aide."),
            ("croquettes", 4, 80, 12_000, "test", ""),
            ("felin", 3, 40, 0, "", ""),
        ],
        approaches: &[],
        feature: "",
    },
    Need {
        title: "Une sauvegarde commune, chez un autre membre",
        software: "",
        why: "Si notre salle brûle, tout brûle. Chacun pourrait garder, chiffrée, la sauvegarde d’un autre.",
        links: &[],
        days: 35,
        supports: &[
            ("minou", 4, 180, 15_000, "host", "Nous avons de la place."),
            ("sieste", 3, 60, 5_000, "host document", ""),
            ("griffes-libres", 3, 140, 0, "", ""),
        ],
        approaches: &[Approach {
            kind: "existing",
            title: "Deux membres le font déjà",
            body: "Avec un outil libre et une page de notes, à mettre au propre.",
            url: "https://wiki.arn-fai.net/documentation:sans-nuage:whatsapp",
            known_by: "ARN",
            price: (0, 0),
            maintained_by: "ARN",
            by: "arn",
            refused: ("", &[]),
        }],
        feature: "",
    },
    Need {
        title: "Lire les relevés de banque sans les recopier",
        software: "Popote",
        why: "Chaque versement est recopié à la main. Un fichier de la banque suffirait.",
        links: &[],
        days: 25,
        supports: &[("framasoft", 3, 2, 20_000, "test", "")],
        approaches: &[],
        feature: "",
    },
];

/// The numbers of the needs of which a feature came, by its title.
pub(super) fn numbers(feature: &str) -> Vec<i64> {
    let numbered = (1_i64..).zip(NEEDS);
    numbered.filter(|(_, need)| need.feature == feature).map(|(number, _)| number).collect()
}

/// Whether everybody who is named is a member of the example.
#[cfg(test)]
fn are_members<'s>(mut slugs: impl Iterator<Item = &'s str>) -> bool {
    slugs.all(|slug| MEMBERS.iter().any(|member| member.slug == slug))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::content::FEATURES;

    #[test]
    fn members_say_so_and_features_come_of_needs_that_are_there() {
        for software in SOFTWARE {
            assert!(are_members(software.hosts.iter().map(|(slug, _)| *slug)), "{}", software.name);
        }
        for need in NEEDS {
            assert!(are_members(need.supports.iter().map(|support| support.0)), "{}", need.title);
            assert!(are_members(need.approaches.iter().map(|approach| approach.by)), "{}", need.title);
            let there = FEATURES.iter().any(|feature| feature.title == need.feature);
            assert!(need.feature.is_empty() || there, "{}", need.feature);
        }
        assert_eq!(numbers(NEEDS[0].feature), [1]);
    }
}
