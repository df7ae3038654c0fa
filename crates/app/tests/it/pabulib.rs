//! A participatory budget played as a collective, on both databases.

use std::io::Write as _;

use domain::{Account, AccountKind, Book, Money, visibility::Eyes};
use popote_app::{
    Failure,
    export::{Audience, Format},
    pabulib::{Play, PlayRefusal, Played, play},
    past, verify, visibility,
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
    play(&world.context, election, Play { organisations, ..Play::default() }).await
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

/// Strangers see what members see, as it is now: the file is public.
async fn nobody_hides(world: &World, slug: &str) {
    let mut tx = world.read().await;
    let collective = store::collectives::by_slug(&mut tx, slug).await.unwrap().unwrap();
    let pot = store::pots::by_slug(&mut tx, collective.id, "main").await.unwrap().unwrap();
    let (_, rules) = store::collectives::rules(&mut tx, collective.id).await.unwrap();
    let veil = visibility::veil(&mut tx, collective.id, Eyes::stranger(rules.amounts)).await.unwrap();
    assert!(!veil.hides());
    let past = past::Past::of(&mut tx, collective.id, pot.id, &veil, world.now()).await.unwrap();
    assert_eq!(past.until(), None);
}

async fn each_voter_pays_in_and_splits_its_share(world: World) {
    let done = played(&world, SMALL, None).await.unwrap();
    assert_eq!((done.organisations, done.features, done.funded), (3, 3, 1));
    assert_eq!((done.reserved.minor(), done.left.minor()), (2_000, 8_000));
    let held = holds(&world, &done.slug).await;
    assert_eq!(sum(&held, AccountKind::Bank), -10_000);
    assert_eq!(sum(&held, AccountKind::Allocated), 0, "what was not funded came back");
    nobody_hides(&world, &done.slug).await;
    hledger_checks(&world, &done.slug).await;
    every_invariant_holds(&world).await;
}

/// What each of the organisations of the small budget has in its share and on the swing, and what was put on each project
/// before the round closed, in cents, by hand:
///
/// | | share | library | swing | fountain | left at the end |
/// |---|---|---|---|---|---|
/// | v1 | 33.33 | 16.67 | | 16.66 | 33.33: both return |
/// | v2 | 33.34, since ties begin at the number of the round | 16.67 | 16.67 | | 33.34 − 16.67 = 16.67 |
/// | v3 | 33.33 | 16.67 | 3.33, all that it lacks | | 33.33 − 3.33 = 30.00 |
/// | | | 50.01 of 60 | 20 of 20 | 16.66 of 30 | 80.00 |
///
/// Of two organisations, each has the sum of what its voters paid: v1 33.34, then v3 33.33, of which it puts 3.34 on the
/// swing; v2 33.33, of which it puts 16.66 there.
async fn each_share_and_each_project_is_what_one_computes_by_hand(world: World) {
    for (organisations, shares, swing, fountain) in [
        (None, vec![3_333, 1_667, 3_000], vec![0, 1_667, 333], 1_666),
        (Some(2), vec![3_334 + 2_999, 1_667], vec![334, 1_666], 1_667),
    ] {
        let text = SMALL.replace("Petit budget", &format!("Petit budget {}", shares.len()));
        let election = read(text.as_bytes()).expect("a sound file");
        let play = Play { organisations, ..Play::default() };
        let progress = std::sync::Arc::clone(&play.progress);
        let done = popote_app::pabulib::play(&world.context, election, play).await.unwrap();
        let held = holds(&world, &done.slug).await;
        let (mut left, mut reserved) = (Vec::new(), Vec::new());
        for number in 1..=shares.len() {
            let organisation = organisation(&world, &format!("{}-{number}", done.slug)).await;
            let of = |kind| {
                let own = held.iter().filter(|(account, _)| account.organisation() == Some(organisation));
                own.filter(|(account, _)| account.kind() == kind).map(|(_, amount)| amount.minor()).sum()
            };
            left.push(of(AccountKind::Share));
            reserved.push(of(AccountKind::Reserved));
        }
        assert_eq!((left, reserved), (shares, swing), "{organisations:?}");
        assert_eq!(
            put_on(&world, &done.slug).await,
            [("B", 5_001, 0), ("S", 2_000, 2_000), ("F", fountain, 0)].map(told)
        );
        assert_eq!(progress.stage(), popote_app::pabulib::Stage::Closing);
        assert_eq!(progress.entries(), entries(&world, &done.slug).await);
    }
    every_invariant_holds(&world).await;
}

fn told((name, put, stays): (&str, i64, i64)) -> (String, i64, i64) {
    let names = [("B", "Bibliothèque"), ("S", "Balançoire"), ("F", "Fontaine")];
    let name = names.iter().find(|(short, _)| *short == name).map(|(_, name)| (*name).to_owned());
    (name.unwrap(), put, stays)
}

async fn organisation(world: &World, slug: &str) -> domain::ids::OrganisationId {
    const SQL: &str = "SELECT id FROM organisation WHERE slug = $1";
    store::fetch_value(&mut world.read().await, SQL, store::args![slug]).await.unwrap()
}

/// For each project what was ever put there, and what lies there now.
async fn put_on(world: &World, slug: &str) -> Vec<(String, i64, i64)> {
    store::row! { struct Put { title: String, put: i64, allocated_total: i64 } }
    const SQL: &str = "SELECT f.title, CAST(SUM(t.amount) AS BIGINT) AS put, f.allocated_total FROM feature f \
        JOIN collective c ON c.id = f.collective JOIN account a ON a.feature = f.id AND a.kind = 'allocated' \
        JOIN transfer t ON t.to_account = a.id WHERE c.slug = $1 \
        GROUP BY f.title, f.number, f.allocated_total ORDER BY f.number";
    let put: Vec<Put> = store::fetch_all(&mut world.read().await, SQL, store::args![slug]).await.unwrap();
    put.into_iter().map(|put| (put.title, put.put, put.allocated_total)).collect()
}

async fn entries(world: &World, slug: &str) -> u64 {
    const SQL: &str = "SELECT COUNT(*) FROM posting p JOIN pot o ON o.id = p.pot JOIN collective c \
        ON c.id = o.collective WHERE c.slug = $1";
    let counted: i64 = store::fetch_value(&mut world.read().await, SQL, store::args![slug]).await.unwrap();
    counted.unsigned_abs()
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
    nobody_hides(&world, &done.slug).await;
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
    let meant = play(&world.context, election, Play { again: true, ..Play::default() }).await.unwrap();
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
        let refused = play(&world.context, election, Play { organisations, ..Play::default() }).await;
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
        // Written past the test harness, which keeps what passing tests print to itself.
        let said = b"POPOTE_PABULIB is not set: no real budget was played\n";
        std::io::stderr().write_all(said).unwrap();
        return;
    };
    let bytes = std::fs::read(format!("{folder}/Netherlands_Assen_2024.pb")).expect("the file of Assen");
    let election = read(&bytes).expect("a sound file");
    let done = play(&world.context, election, Play::default()).await.unwrap();
    // The figures of a play of the file by other means: three projects find their sum.
    assert_eq!((done.organisations, done.features, done.funded), (84, 14, 3));
    assert_eq!((done.reserved.minor(), done.left.minor()), (970_000, 9_030_000));
    every_invariant_holds(&world).await;
    hledger_checks(&world, &done.slug).await;
}

on_both![
    each_voter_pays_in_and_splits_its_share,
    voters_of_one_organisation_add_up,
    each_share_and_each_project_is_what_one_computes_by_hand,
    the_same_election_again_is_refused_unless_it_is_meant,
    what_can_not_be_played_writes_nothing,
    a_real_budget_is_played,
];
