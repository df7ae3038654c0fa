//! A participatory budget played as a collective, on both databases.

use domain::{Account, AccountKind, Book, Money};
use popote_app::{
    Failure,
    export::{Audience, Format},
    pabulib::{Play, PlayRefusal, Played, play},
    verify,
};
use store::journal::{Of, balances};
use tally::pabulib::read;
use testkit::{World, on_both};

use crate::journal::export::{file_of, hledger};

/// Three voters share 100.00: 33.34, 33.33, 33.33. The library (60.00) gets 16.67 + 16.67 + 16.67 and lacks 9.99; the
/// swing (20.00) is covered by the second voter's half and part of the third's; nobody wants the fountain.
const SMALL: &str = "META\nkey;value\ndescription;Petit budget\ncountry;France\nunit;Exemple\ninstance;2026\n\
num_projects;3\nnum_votes;3\nbudget;100\nvote_type;approval\nrule;greedy\ndate_begin;2026\ndate_end;2026\n\
currency;EUR\nPROJECTS\nproject_id;cost;name\nB;60;Bibliothèque\nS;20;Balançoire\nF;30;Fontaine\n\
VOTES\nvoter_id;vote\nv1;B,F\nv2;B,S\nv3;S,B\n";

async fn played(
    world: &World,
    text: &str,
    organisations: Option<usize>,
) -> Result<Played, Failure<PlayRefusal>> {
    let election = read(text.as_bytes()).expect("a sound file");
    play(&world.context, election, Play { organisations, again: false }).await
}

async fn holds(world: &World, slug: &str) -> Vec<(Account, Money)> {
    let mut tx = world.read().await;
    let collective = store::collectives::by_slug(&mut tx, slug).await.unwrap().unwrap();
    let pot = store::pots::by_slug(&mut tx, collective.id, "main").await.unwrap().unwrap();
    let kinds = AccountKind::ALL.map(|(kind, _)| kind);
    balances(&mut tx, pot.id, Book::Cash, Of::Kinds(&kinds)).await.unwrap()
}

fn sum(held: &[(Account, Money)], kind: AccountKind) -> i64 {
    held.iter().filter(|(account, _)| account.kind() == kind).map(|(_, amount)| amount.minor()).sum()
}

async fn every_invariant_holds(world: &World) {
    let db = &world.context.db;
    let pots = verify::pots(db).await.unwrap();
    assert!(!pots.is_empty());
    for pot in pots {
        let report = verify::verify_pot(db, pot, world.now()).await.unwrap();
        assert!(report.holds(), "{:?}", report.findings);
    }
}

async fn each_voter_pays_in_and_splits_its_share(world: World) {
    let done = played(&world, SMALL, None).await.unwrap();
    assert_eq!((done.organisations, done.features, done.funded), (3, 3, 1));
    assert_eq!((done.reserved.minor(), done.left.minor()), (2_000, 8_000));
    let held = holds(&world, &done.slug).await;
    assert_eq!(sum(&held, AccountKind::Bank), -10_000);
    assert_eq!(sum(&held, AccountKind::Allocated), 0, "what was not funded came back");
    hledger_checks(&world, &done.slug).await;
    every_invariant_holds(&world).await;
}

/// Another program reads the journal and finds every account declared and every entry balanced.
async fn hledger_checks(world: &World, slug: &str) {
    let journal = file_of(world, slug, Format::Hledger, Audience::Keeper).await.unwrap();
    hledger(&journal, &["check", "--strict"]).unwrap();
    // What isn't balanced is found.
    let broken = format!("{journal}\n2026-01-01 broken\n    nowhere  1\n    elsewhere  1\n");
    assert!(hledger(&broken, &["check", "--strict"]).is_err());
}

async fn voters_of_one_organisation_add_up(world: World) {
    let done = played(&world, SMALL, Some(2)).await.unwrap();
    assert_eq!((done.organisations, done.funded), (2, 1));
    assert_eq!((done.reserved.minor(), done.left.minor()), (2_000, 8_000));
    every_invariant_holds(&world).await;
}

async fn the_same_election_again_is_refused_unless_it_is_meant(world: World) {
    played(&world, SMALL, None).await.unwrap();
    let again = played(&world, SMALL, Some(2)).await;
    assert!(matches!(again, Err(Failure::Refused(PlayRefusal::Again))), "{again:?}");
    let mut tx = world.read().await;
    assert_eq!(store::collectives::list(&mut tx, "", 10).await.unwrap().len(), 1);
    drop(tx);
    let election = read(SMALL.as_bytes()).expect("a sound file");
    let meant = play(&world.context, election, Play { organisations: None, again: true }).await.unwrap();
    assert_eq!(meant.slug, "petit-budget-2");
    let other = played(&world, &SMALL.replace("Petit budget", "Petit  Budget !"), None).await.unwrap();
    assert_eq!(other.slug, "petit-budget-3", "another election whose name only looks alike");
    every_invariant_holds(&world).await;
}

async fn what_can_not_be_played_writes_nothing(world: World) {
    let cases = [
        (
            SMALL.replace("v1;B,F\nv2;B,S\nv3;S,B\n", "").replace("num_votes;3", "num_votes;0"),
            None,
            PlayRefusal::NoVoter,
        ),
        (SMALL.to_owned(), Some(0), PlayRefusal::NoOrganisation),
        (SMALL.replace("budget;100\n", "budget;0\n"), None, PlayRefusal::Budget),
        (SMALL.replace("currency;EUR", "currency;euro"), None, PlayRefusal::Currency),
    ];
    for (text, organisations, expected) in cases {
        let election = read(text.as_bytes()).expect("a file that can be read");
        let refused = play(&world.context, election, Play { organisations, again: false }).await;
        assert!(
            matches!(refused, Err(Failure::Refused(why)) if why == expected),
            "{expected:?}: {refused:?}"
        );
    }
    let mut tx = world.read().await;
    assert!(store::collectives::list(&mut tx, "", 10).await.unwrap().is_empty());
}

async fn a_real_budget_is_played(world: World) {
    let Ok(folder) = std::env::var("POPOTE_PABULIB") else {
        println!("POPOTE_PABULIB is not set: no real budget was played");
        return;
    };
    let bytes = std::fs::read(format!("{folder}/Netherlands_Assen_2024.pb")).expect("the file of Assen");
    let election = read(&bytes).expect("a sound file");
    let done = play(&world.context, election, Play::default()).await.unwrap();
    assert_eq!((done.organisations, done.features), (84, 14));
    assert_eq!(done.reserved.minor() + done.left.minor(), 10_000_000);
    every_invariant_holds(&world).await;
    hledger_checks(&world, &done.slug).await;
}

on_both![
    each_voter_pays_in_and_splits_its_share,
    voters_of_one_organisation_add_up,
    the_same_election_again_is_refused_unless_it_is_meant,
    what_can_not_be_played_writes_nothing,
    a_real_budget_is_played,
];
