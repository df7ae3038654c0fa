//! The guide's page of permissions, written from the table: `POPOTE_RIGHTS=write` writes it anew, in both languages.

use std::{fmt::Write as _, fs, path::PathBuf};

use popote_domain::{
    actor::{Action, Holder, MandateKind, RoleKind, holders},
    tokens::Scope,
};

const HEAD_FR: &str = "# Qui peut faire quoi

Cette page est écrite à partir de la table des droits du programme ; un test les compare. Une seule des façons citées suffit. Un mandat vaut
pour la structure pour laquelle on agit ; « chez qui mène » : pour la structure qui mène la fonctionnalité, ou que l’on paie.

La table dit qui peut essayer. Des règles demandent davantage : deux personnes différentes pour un paiement, un rôle ou un remboursement, une
connexion de moins de dix minutes, un mandat de 48 heures là où l’on remplace, aucun lien avec qui fait le travail. La page de chaque acte le dit.
Le dernier mot est la portée d’un [jeton](api.md) qui le permet à un programme.

| Ce qu’on fait | Qui le peut | Jeton |
|---|---|---|
";

const HEAD_EN: &str = "# Who may do what

This page is written from the program’s table of permissions; a test compares both. Any one of the ways named is enough. A mandate counts
for the organisation acted for; “at the organisation that leads”: the one that leads the feature, or is paid.

The table says who may try. Rules ask for more: two persons for a payment, a role or a refund, a sign-in of less than ten minutes, a mandate
of 48 hours where one stands in, no tie with whoever does the work. The page of each act says so.
The last word is the scope of a [token](api.md) that lets a program do it.

| What is done | Who may | Token |
|---|---|---|
";

/// What is done, in French and in English.
const TOLD: [(Action, &str, &str); 48] = [
    (
        Action::EditCollective,
        "Changer les règles, la structure porteuse, le fonctionnement du pot",
        "Change the rules, the host, the way the pot works",
    ),
    (
        Action::InviteMembers,
        "Inviter une structure ou une personne, importer des structures",
        "Invite an organisation or a person, import organisations",
    ),
    (
        Action::GiveMandate,
        "Donner ou terminer un mandat de sa structure",
        "Give or end a mandate of one’s own organisation",
    ),
    (
        Action::EditOrganisation,
        "Changer le nom et le site d’une structure",
        "Change the name and the site of an organisation",
    ),
    (
        Action::ShowAmounts,
        "Choisir si tout le monde voit les montants de sa structure",
        "Choose whether everybody sees the amounts of one’s own organisation",
    ),
    (Action::GrantRole, "Proposer ou confirmer un rôle", "Propose or confirm a role"),
    (Action::EndMembership, "Inscrire un départ", "Write a departure down"),
    (Action::RecordMoney, "Enregistrer un versement, un don", "Record a contribution, a gift"),
    (Action::ReverseEntry, "Annuler une écriture", "Reverse an entry"),
    (Action::SeeProofs, "Voir les justificatifs des versements", "See proofs of money received"),
    (Action::OpenRound, "Ouvrir un tour, le changer", "Open a round, change it"),
    (Action::Distribute, "Partager l’argent d’un tour", "Share out the money of a round"),
    (Action::CloseRound, "Terminer un tour avant sa date", "Close a round before its date"),
    (Action::ProposeFeature, "Proposer une fonctionnalité", "Propose a feature"),
    (Action::EditFeature, "Modifier une fonctionnalité", "Change a feature"),
    (
        Action::ChangeTerms,
        "Annoncer de nouvelles conditions quand des parts sont posées",
        "Announce new terms while shares lie there",
    ),
    (Action::SayNeeded, "Dire « nous en avons besoin aussi »", "Say “we need it too”"),
    (
        Action::DescribeSoftware,
        "Inscrire un logiciel, changer ce qu’on en dit",
        "Enter a software, change what is said of it",
    ),
    (
        Action::SayHosted,
        "Dire que sa structure héberge un logiciel, ou qu’elle arrête",
        "Say that one’s own organisation hosts a software, or stops",
    ),
    (
        Action::WriteNeed,
        "Écrire un besoin ou une piste, réveiller un besoin",
        "Write a need or an approach, wake a need",
    ),
    (Action::EditNeed, "Modifier un besoin, le mettre en sommeil", "Change a need, park it"),
    (
        Action::IntendAmount,
        "Dire ce que sa structure mettrait pour un besoin",
        "Say what one’s own organisation would put for a need",
    ),
    (Action::ProposeMerge, "Proposer de réunir deux besoins", "Propose to merge two needs"),
    (
        Action::AnswerMerge,
        "Accepter ou refuser qu’un besoin soit réuni avec un autre",
        "Agree that a need be merged into another, or refuse",
    ),
    (Action::PartNeeds, "Séparer des besoins réunis", "Part needs that were merged"),
    (
        Action::StewardFeature,
        "Faire avancer une fonctionnalité, changer son parcours",
        "Move a feature on, change its track",
    ),
    (Action::Allocate, "Répartir la part de sa structure", "Allocate the share of one’s own organisation"),
    (
        Action::Promise,
        "Promettre, reprendre une promesse, couvrir ce qu’une autre n’a pas payé",
        "Promise, take a promise back, cover what another didn’t pay",
    ),
    (
        Action::Subscribe,
        "Déclarer, changer ou arrêter une cotisation",
        "Declare, change or stop a subscription",
    ),
    (Action::SayPaid, "Dire qu’un appel de fonds est payé", "Say that a call for funds is paid"),
    (
        Action::ConfirmReceived,
        "Confirmer qu’une part à payer est reçue",
        "Confirm that an order line was received",
    ),
    (Action::ConfirmTrigger, "Confirmer un financement", "Confirm a funding"),
    (
        Action::HandOverLead,
        "Proposer une autre structure pour mener une fonctionnalité",
        "Propose another organisation to lead a feature",
    ),
    (
        Action::AcceptLead,
        "Accepter de mener une fonctionnalité, ou refuser",
        "Accept to lead a feature, or decline",
    ),
    (Action::CancelFeature, "Annuler une fonctionnalité", "Cancel a feature"),
    (Action::EnterInvoice, "Présenter une facture, ou la retirer", "Present an invoice, or withdraw it"),
    (Action::ApprovePayment, "Approuver une facture, ou la refuser", "Approve an invoice, or refuse it"),
    (
        Action::AuthorisePayment,
        "Autoriser le paiement d’une facture approuvée",
        "Authorise the payment of an approved invoice",
    ),
    (Action::ReportWork, "Rendre compte que le travail est fait", "Report that the work is done"),
    (
        Action::ObjectToReport,
        "Faire une objection à un compte rendu, ou la retirer",
        "Object to a report, or withdraw the objection",
    ),
    (
        Action::DecideReport,
        "Décider d’un compte rendu contesté, donner du temps",
        "Decide on a report to which others object, give more time",
    ),
    (Action::RecordDecision, "Noter une décision", "Record a decision"),
    (Action::Comment, "Écrire un commentaire", "Write a comment"),
    (
        Action::PostAd,
        "Publier une petite annonce, la modifier, répondre à une autre, dire « même besoin »",
        "Post a classified ad, change it, answer another, say “the same need”",
    ),
    (
        Action::ModerateAds,
        "Masquer une petite annonce, répondre aux signalements, créer le collectif demandé",
        "Hide a classified ad, answer reports, make the collective asked for",
    ),
    (
        Action::AssessSoftware,
        "Constater un critère de la grille d’un logiciel",
        "Assess a criterion of the grid of a software",
    ),
    (
        Action::SettleAssessment,
        "Trancher entre des constats différents, nommer la décision de financer malgré un « non » essentiel",
        "Settle different findings, name the decision to fund despite an essential “no”",
    ),
    (
        Action::RunInstance,
        "Voir et conduire les tâches, les contrôles et les courriels de l’instance",
        "See and steer jobs, checks and mails of the instance",
    ),
];

fn kinds(kinds: &[MandateKind], french: bool) -> String {
    let name = |kind: &MandateKind| match (kind, french) {
        (MandateKind::Representative, true) => "représentation",
        (MandateKind::Finance, true) => "finances",
        (MandateKind::Contributor, true) => "contribution",
        (kind, false) => kind.as_str(),
    };
    let names: Vec<&str> = kinds.iter().map(name).collect();
    let or = if french { " ou " } else { " or " };
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{}{or}{last}", others.join(", ")),
        None => String::new(),
    }
}

fn who(holder: Holder, french: bool) -> String {
    match (holder, french) {
        (Holder::InstanceAdmin, true) => "administration de l’instance".to_owned(),
        (Holder::InstanceAdmin, false) => "administration of the instance".to_owned(),
        (Holder::Role(RoleKind::Admin), _) => "administration".to_owned(),
        (Holder::Role(RoleKind::Steward), true) => "référent·e".to_owned(),
        (Holder::Role(RoleKind::Treasurer), true) => "trésorier·ère".to_owned(),
        (Holder::Role(role), false) => role.as_str().to_owned(),
        (Holder::Mandate(held), true) => format!("mandat de {}", kinds(held, true)),
        (Holder::Mandate(held), false) => format!("{} mandate", kinds(held, false)),
        (Holder::Lead(held), true) => format!("mandat de {} chez qui mène", kinds(held, true)),
        (Holder::Lead(held), false) => {
            format!("{} mandate at the organisation that leads", kinds(held, false))
        }
    }
}

fn page(french: bool) -> String {
    let mut page = if french { HEAD_FR } else { HEAD_EN }.to_owned();
    for action in Action::ALL {
        let (_, fr, en) = TOLD.iter().find(|(told, ..)| told == action).unwrap();
        let who: Vec<String> = holders(*action).iter().map(|holder| who(*holder, french)).collect();
        let never = if french { "jamais" } else { "never" };
        let token =
            Scope::of(*action).map_or_else(|| never.to_owned(), |scope| format!("`{}`", scope.as_str()));
        let (what, between) = if french { (fr, " ; ") } else { (en, "; ") };
        writeln!(page, "| {what} | {} | {token} |", who.join(between)).unwrap();
    }
    page
}

#[test]
fn the_guide_says_who_may_do_what_as_the_table_does() {
    for (french, path) in [(true, "fr/droits.md"), (false, "en/rights.md")] {
        let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide").join(path);
        let page = page(french);
        if std::env::var("POPOTE_RIGHTS").is_ok_and(|wish| wish == "write") {
            fs::write(&file, &page).unwrap();
        }
        let written = fs::read_to_string(&file).unwrap_or_default();
        for (line, (now, said)) in page.lines().zip(written.lines()).enumerate() {
            assert_eq!(now, said, "docs/guide/{path}, line {}: POPOTE_RIGHTS=write writes it anew", line + 1);
        }
        assert_eq!(page.lines().count(), written.lines().count(), "docs/guide/{path}");
    }
}
