//! Leaving a collective: only own money is ever owed, and nothing is stuck.

use domain::{
    Account, Creditor, Source,
    actor::{NotAllowed, RoleKind},
    departures::DepartureRefusal,
    features::Ending,
    rules::{RefundPolicy, TriggerMode},
    shares::OwnGoesTo,
};
use popote_app::{
    Acting,
    closings::{cancel_feature, close_if_due},
    collectives::{HostCard, describe_host},
    decisions::{NewDecision, record},
    departures::{HowToLeave, leave_by_new_decision, leave_collective},
    sessions::Session,
};
use store::seals::{self, Kind, Written};
use testkit::{World, on_both};

use super::*;

pub(super) async fn refunding(world: &World) -> Grown {
    refunding_of(world, &["Yaal Coop", "ARN", "Girofle"]).await
}

async fn refunding_of(world: &World, names: &[&str]) -> Grown {
    let rules = Rules { refunds: RefundPolicy::ByDecision, ..plain() };
    world.collective(rules, names).await
}

async fn leave(world: &World, town: &Grown, place: usize, own: OwnGoesTo, stays: bool) {
    let decision = decide(world, town, Some(place)).await;
    let how = HowToLeave { decision: Some(decision), own, stays, confirmed: true };
    let organisation = town.member(place).organisation;
    // The first member holds the pot's money and all roles: both are handed over first.
    let by = if place == 0 { handed_over(world, town).await } else { town.admin() };
    depart(&world.context, by, town.id, organisation, how).await.unwrap();
}

/// Another entity holds the pot's money, and the second member runs the collective.
pub(super) async fn handed_over(world: &World, town: &Grown) -> Acting {
    let host = HostCard {
        name: "Une autre association".to_owned(),
        address: String::new(),
        iban: String::new(),
        signatory: String::new(),
        fee_rate: 0,
        gifts_open: false,
        give_link: String::new(),
        tax_receipts: false,
    };
    describe_host(&world.context, town.admin(), town.id, town.pot, None, host).await.unwrap();
    world.grant(town, town.member(1).person, RoleKind::Admin).await;
    town.member(1).acting()
}

fn about(departs: Option<OrganisationId>) -> NewDecision {
    NewDecision { title: "Un départ".into(), outcome: "oui".into(), decided_on: date(2025, 3, 3), departs }
}

/// Between midnight in Paris and midnight UTC whoever belongs to no other collective still lives on the day of the one that
/// their organisation left: their mandate has begun.
async fn a_mandate_goes_on_the_day_after_a_departure_at_night(world: World) {
    world.wait_until("2025-03-03T23:30:00+01:00");
    let town = refunding(&world).await;
    world.wait_until("2025-03-04T00:20:00+01:00");
    leave(&world, &town, 1, OwnGoesTo::PoolCommon, false).await;
    let person = town.member(1).person;
    let found = popote_app::awaiting::of_person(&world.context, person).await.unwrap();
    assert_eq!(found.today, date(2025, 3, 4));
    assert!(found.collectives.is_empty() && found.mandates.len() == 1, "{:?}", found.mandates);
    let mut tx = world.context.db.read().await.unwrap();
    let places = store::organisations::places_of(&mut tx, person, found.today, 10).await.unwrap();
    assert_eq!(places[0].left_on, Some(date(2025, 3, 4)));
}

/// An exclusion rests on a decision that names the organisation, written down since it is a member, once.
async fn a_departure_rests_on_a_decision_about_it(world: World) {
    let town = refunding(&world).await;
    let steward = town.member(2);
    world.grant(&town, steward.person, RoleKind::Steward).await;
    let [arn, girofle] = [1, 2].map(|place| town.member(place).organisation);
    let write = async |departs| {
        record(&world.context, steward.acting(), town.id, about(departs)).await.map(|(id, _)| id)
    };
    let leave = async |by: Acting, decision| {
        let own = OwnGoesTo::PoolCommon;
        let how = HowToLeave { decision: Some(decision), own, stays: false, confirmed: true };
        depart(&world.context, by, town.id, arn, how).await
    };
    let other = |got: &Result<(), Failure<DepartureRefusal>>| {
        matches!(got, Err(Failure::Refused(DepartureRefusal::NotAbout)))
    };
    let stranger = write(Some(OrganisationId(uuid::Uuid::nil()))).await;
    assert!(matches!(stranger, Err(Failure::Invalid(_))), "{stranger:?}");
    for departs in [None, Some(girofle)] {
        let decision = write(departs).await.unwrap();
        let got = leave(town.admin(), decision).await;
        assert!(other(&got), "{got:?}");
        // Its own representative can't rest on what was decided for something else, either.
        let got = leave(town.member(1).acting(), decision).await;
        assert!(other(&got), "{got:?}");
    }
    let (unsigned, decision) = (decide(&world, &town, Some(1)).await, write(Some(arn)).await.unwrap());
    world
        .sql(move |tx| {
            let sql = "UPDATE decision SET recorded_by = NULL WHERE id = $1";
            let written = Written::Only(&["recorded_by"]);
            Box::pin(async move {
                store::execute(tx, sql, store::args![unsigned]).await?;
                seals::renew_one(tx, Kind::Decision, unsigned, written).await
            })
        })
        .await;
    let got = leave(town.admin(), unsigned).await;
    assert!(other(&got), "nobody known wrote it down: {got:?}");
    leave(town.admin(), decision).await.unwrap();
    // It comes back a week later: neither what served nor what is older than its return excludes it again.
    let older = write(Some(arn)).await;
    assert!(matches!(older, Err(Failure::Invalid(_))), "it is no member: {older:?}");
    world.wait(jiff::SignedDuration::from_secs(1));
    let older = decide(&world, &town, Some(1)).await;
    world.wait(jiff::SignedDuration::from_hours(7 * 24));
    let (id, back) = (town.id, date(2025, 3, 10));
    world.sql(move |tx| Box::pin(async move { store::organisations::join(tx, id, arn, back).await })).await;
    for decision in [decision, older] {
        let got = leave(town.admin(), decision).await;
        assert!(other(&got), "{got:?}");
    }
    let again = write(Some(arn)).await.unwrap();
    leave(town.admin(), again).await.unwrap();
    sound(&world, &town).await;
}

/// Money that is paid back is decided and written down by others than its own people; one person alone excludes nobody
/// where another could write the decision down.
async fn a_refund_and_an_exclusion_are_the_word_of_two(world: World) {
    let town = refunding(&world).await;
    shared(&world, &town, 6_000).await;
    world.grant(&town, town.member(1).person, RoleKind::Admin).await;
    world.grant(&town, town.member(1).person, RoleKind::Steward).await;
    let recorded = async |place: usize| {
        let new = about(Some(town.member(1).organisation));
        record(&world.context, town.member(place).acting(), town.id, new).await.unwrap().0
    };
    let (by_itself, by_first) = (recorded(1).await, recorded(0).await);
    let leave = async |by: usize, decision, own| {
        let how = HowToLeave { decision: Some(decision), own, stays: false, confirmed: true };
        let organisation = town.member(1).organisation;
        match depart(&world.context, town.member(by).acting(), town.id, organisation, how).await {
            Err(Failure::Refused(why)) => Some(why),
            done => panic!("{done:?}"),
        }
    };
    let back = OwnGoesTo::RefundDue;
    assert_eq!(leave(1, by_first, back).await, Some(DepartureRefusal::OfItself));
    assert_eq!(leave(0, by_itself, back).await, Some(DepartureRefusal::OfItself));
    // Nobody else than the first and its own people holds a role: the first is alone, and may.
    world.grant(&town, town.member(2).person, RoleKind::Steward).await;
    assert_eq!(leave(0, by_first, back).await, Some(DepartureRefusal::ByOnePerson));
    assert_eq!(leave(0, by_first, OwnGoesTo::PoolCommon).await, Some(DepartureRefusal::ByOnePerson));
    // Ending the others' roles makes nobody the only one.
    let mut tx = world.read().await;
    let roles = popote_app::roles::list(&mut tx, town.id).await.unwrap();
    drop(tx);
    for role in roles.iter().filter(|role| role.person == town.member(2).person) {
        popote_app::roles::end(&world.context, town.admin(), town.id, role.id).await.unwrap();
    }
    assert_eq!(leave(0, by_first, OwnGoesTo::PoolCommon).await, Some(DepartureRefusal::ByOnePerson));
    world.grant(&town, town.member(2).person, RoleKind::Steward).await;
    let by_third = recorded(2).await;
    let how = HowToLeave { decision: Some(by_third), own: back, stays: false, confirmed: false };
    let gone = town.member(1);
    let go = |acting, how| depart(&world.context, acting, town.id, gone.organisation, how);
    let unmeant = go(town.admin(), how).await;
    assert!(matches!(unmeant, Err(Failure::Refused(DepartureRefusal::Unconfirmed))), "{unmeant:?}");
    let stale = Session::begun(town.admin().person, world.now() - jiff::SignedDuration::from_mins(11));
    let meant = HowToLeave { confirmed: true, ..how };
    let context = &world.context;
    let old = leave_collective(context, &stale, town.admin(), town.id, gone.organisation, meant).await;
    assert!(matches!(old, Err(Failure::NotAllowed(NotAllowed::NotFresh))), "{old:?}");
    go(town.admin(), meant).await.unwrap();
    let told = world.post().await;
    let told = told.iter().filter(|mail| mail.subject.contains("départ d")).count();
    assert_eq!(told, 3, "those who left, and those who hold roles");
    sound(&world, &town).await;
}

/// Where one person holds every role, the representative of another member writes down what she would decide alone.
async fn who_alone_holds_the_roles_excludes_nobody_by_her_own_word(world: World) {
    let town = refunding(&world).await;
    let arn = town.member(1).organisation;
    let write =
        |place: usize, departs| record(&world.context, town.member(place).acting(), town.id, about(departs));
    let leave = async |decision| {
        let own = OwnGoesTo::PoolCommon;
        let how = HowToLeave { decision: Some(decision), own, stays: false, confirmed: true };
        depart(&world.context, town.admin(), town.id, arn, how).await
    };
    let young = write(2, Some(arn)).await;
    assert!(matches!(young, Err(Failure::NotAllowed(NotAllowed::Missing(_)))), "{young:?}");
    world.wait(domain::people::WAITING);
    let (own, _) = write(0, Some(arn)).await.unwrap();
    let alone = leave(own).await;
    assert!(matches!(alone, Err(Failure::Refused(DepartureRefusal::ByOnePerson))), "{alone:?}");
    let tied = write(1, Some(arn)).await;
    assert!(matches!(tied, Err(Failure::NotAllowed(NotAllowed::Missing(_)))), "its own people: {tied:?}");
    let mut tx = world.read().await;
    let collective = store::collectives::get(&mut tx, town.id).await.unwrap().unwrap();
    let member = store::organisations::member(&mut tx, town.id, arn).await.unwrap().unwrap();
    let person = town.admin().person;
    let outlook = popote_app::departures::outlook(&mut tx, &collective, person, &member, world.now());
    let outlook = outlook.await.unwrap();
    let third = store::people::get(&mut tx, town.member(2).person).await.unwrap().unwrap().name;
    assert_eq!(outlook.writers, [third]);
    drop(tx);
    // With a second holder, the roles answer: no representative stands in.
    world.grant(&town, town.member(2).person, RoleKind::Steward).await;
    let second = write(1, None).await;
    assert!(matches!(second, Err(Failure::NotAllowed(NotAllowed::Missing(_)))), "{second:?}");
    let (by_other, _) = write(2, Some(arn)).await.unwrap();
    leave(by_other).await.unwrap();
    sound(&world, &town).await;

    let town = world.collective(plain(), &["Autre", "Tierce", "Quatre"]).await;
    world.wait(domain::people::WAITING);
    let third = town.member(1).organisation;
    let new = about(Some(third));
    let (written, _) = record(&world.context, town.member(2).acting(), town.id, new).await.unwrap();
    let how =
        HowToLeave { decision: Some(written), own: OwnGoesTo::PoolCommon, stays: false, confirmed: true };
    depart(&world.context, town.admin(), town.id, third, how).await.unwrap();
}

/// Where nobody else could write it down, its people learn of the exclusion first, and it waits.
async fn the_word_of_one_alone_is_announced_and_waits(world: World) {
    let two = refunding_of(&world, &["Une seule", "Une autre"]).await;
    shared(&world, &two, 6_000).await;
    world.wait(domain::people::WAITING);
    world.post().await;
    let other = two.member(1);
    let go = async |decision, own| {
        let how = HowToLeave { decision, own, stays: false, confirmed: true };
        depart(&world.context, two.admin(), two.id, other.organisation, how).await
    };
    let session = Session::begun(two.admin().person, world.now());
    let how = HowToLeave { decision: None, own: OwnGoesTo::PoolCommon, stays: false, confirmed: true };
    let (new, organisation) = (about(Some(other.organisation)), other.organisation);
    let at_once =
        leave_by_new_decision(&world.context, &session, two.admin(), two.id, organisation, how, new);
    let at_once = at_once.await;
    assert!(matches!(at_once, Err(Failure::Refused(DepartureRefusal::Unannounced))), "{at_once:?}");
    assert!(world.post().await.is_empty(), "nothing was written down");

    let (own, number) = record(&world.context, two.admin(), two.id, about(Some(organisation))).await.unwrap();
    let from = world.now() + domain::departures::ANNOUNCED;
    let told = world.post().await;
    assert_eq!(told.iter().map(|mail| mail.to.address()).collect::<Vec<_>>(), [other.email.as_str()]);
    assert!(told[0].text.contains(&format!("/decisions/{number}")), "{}", told[0].text);
    assert!(told[0].text.contains("avant le 19 mars 2025"), "{}", told[0].text);
    // Nothing that happens to the mandates of its people makes it sooner.
    let id = organisation;
    world
        .sql(move |tx| {
            let sql = "UPDATE mandate SET ends_on = starts_on WHERE organisation = $1";
            Box::pin(async move { store::execute(tx, sql, store::args![id]).await })
        })
        .await;
    for money in [OwnGoesTo::PoolCommon, OwnGoesTo::RefundDue] {
        let early = go(Some(own), money).await;
        let Err(Failure::Refused(DepartureRefusal::Announced(when))) = early else { panic!("{early:?}") };
        assert_eq!(when, from);
    }
    world.wait(domain::departures::ANNOUNCED - jiff::SignedDuration::from_secs(1));
    assert!(go(Some(own), OwnGoesTo::PoolCommon).await.is_err());
    world.wait(jiff::SignedDuration::from_secs(1));
    go(Some(own), OwnGoesTo::PoolCommon).await.unwrap();

    // What was written down while it had nobody was told to nobody.
    let two = world.collective(plain(), &["Une cinquième", "Une sixième"]).await;
    let organisation = two.member(1).organisation;
    let (own, _) = record(&world.context, two.admin(), two.id, about(Some(organisation))).await.unwrap();
    world.wait(domain::departures::ANNOUNCED);
    let (id, came) = (organisation, world.now());
    world
        .sql(move |tx| {
            let sql = "UPDATE mandate SET created_at = $2 WHERE organisation = $1";
            Box::pin(async move { store::execute(tx, sql, store::args![id, came]).await })
        })
        .await;
    let how = HowToLeave { decision: Some(own), own: OwnGoesTo::PoolCommon, stays: false, confirmed: true };
    let untold = depart(&world.context, two.admin(), two.id, organisation, how).await;
    assert!(matches!(untold, Err(Failure::Refused(DepartureRefusal::Unannounced))), "{untold:?}");

    // Whoever leaves by their own word leaves at once.
    let two = world.collective(plain(), &["Une troisième", "Une quatrième"]).await;
    let own_word = HowToLeave { decision: None, own: OwnGoesTo::PoolCommon, stays: false, confirmed: true };
    let leaving = two.member(1);
    depart(&world.context, leaving.acting(), two.id, leaving.organisation, own_word).await.unwrap();
}

async fn whoever_holds_the_pot_hands_it_over_first(world: World) {
    let town = refunding(&world).await;
    shared(&world, &town, 6_000).await;
    let new = NewFeature { proposal: proposal(2_000, 60_000), track: None, needs: Vec::new() };
    let id = propose_feature(&world.context, town.admin(), town.pot, new).await.unwrap().feature;
    let how = HowToLeave { decision: None, own: OwnGoesTo::PoolCommon, stays: false, confirmed: true };
    let (first, organisation) = (town.admin(), town.member(0).organisation);
    let host = depart(&world.context, first.clone(), town.id, organisation, how).await;
    assert!(matches!(host, Err(Failure::Refused(DepartureRefusal::IsHost))), "{host:?}");
    handed_over(&world, &town).await;
    depart(&world.context, first, town.id, organisation, how).await.unwrap();
    assert_eq!(feature(&world, id).await.state, State::Funding, "what it led goes on");
    assert_eq!(feature(&world, id).await.lead, town.member(0).organisation, "until another accepts");
    sound(&world, &town).await;
}

/// Counter-example 2 of the audit: its own money is spent, what it holds is others'.
async fn others_money_is_never_refunded(world: World) {
    let town = refunding(&world).await;
    pay(&world, &town, 0, 10_000).await;
    let round = open(&world, &town, plan()).await;
    distribute(&world, &town, round).await;
    let spent = propose(&world, &town, 9_999, 10_000).await;
    for place in 0..3 {
        let share = [3_333, 3_334, 3_333][place];
        put(&world, &town, place, &[wish(spent, 0, share)]).await.unwrap();
    }
    assert_eq!(state(&world, spent).await, State::Building);
    world.wait_until("2025-05-01T00:00:00+02:00");
    popote_app::closings::close_round_if_due(&world.context, round).await.unwrap();
    // Year 2: the second pays, all get equal shares.
    pay(&world, &town, 1, 30_000).await;
    let second = RoundPlan { opens_on: date(2025, 5, 1), closes_on: date(2025, 6, 30), ..plan() };
    let second = open(&world, &town, second).await;
    distribute(&world, &town, second).await;
    let yaal = town.member(0).organisation;
    assert_eq!(held(&world, &town, Account::Share(yaal, Source::Pooled)).await, 10_000);
    leave(&world, &town, 0, OwnGoesTo::RefundDue, false).await;
    assert_eq!(held(&world, &town, Account::RefundDue(Creditor::Organisation(yaal))).await, 0);
    assert_eq!(held(&world, &town, Account::PoolCommon).await, 10_000);
    sound(&world, &town).await;
}

async fn everything_goes_where_its_source_says(world: World) {
    let town = refunding(&world).await;
    let fund = give(&world, &town, 300, None).await;
    shared(&world, &town, 6_000).await;
    pay(&world, &town, 0, 50).await;
    let id = propose(&world, &town, 50_000, 60_000).await;
    put(&world, &town, 0, &[wish(id, 0, 6_040)]).await.unwrap();
    let yaal = town.member(0).organisation;
    leave(&world, &town, 0, OwnGoesTo::RefundDue, false).await;
    let accounts = accounts(&world, &town).await;
    let of = |account| accounts.get(&account).copied().unwrap_or(0);
    assert_eq!(of(Account::RefundDue(Creditor::Organisation(yaal))), 6_050);
    assert_eq!(of(Account::Gift(fund)), 100);
    assert!(
        accounts
            .keys()
            .all(|account| account.organisation() != Some(yaal) || matches!(account, Account::RefundDue(_))),
        "{accounts:#?}"
    );
    assert_eq!(feature(&world, id).await.allocated_total, Money::ZERO);
    // It holds no mandate here any more, and pays in no more.
    assert!(matches!(
        put(&world, &town, 0, &[wish(id, 0, 1)]).await,
        Err(Failure::NotAllowed(NotAllowed::NoMandate))
    ));
    sound(&world, &town).await;
    // Without its row, what is released later would find no successor: the check notices.
    world
        .sql(|tx| {
            let sql = "DELETE FROM departure WHERE NOT EXISTS (SELECT 1 FROM departure_stay s WHERE s.departure = id)";
            Box::pin(async move { store::execute(tx, sql, Vec::new()).await })
        })
        .await;
    let report = verify::verify_pot(&world.context.db, town.pot, world.now()).await.unwrap();
    let broken = |code| report.findings.iter().any(|one| one.code == code && !one.breaches.is_empty());
    assert!(broken("I18") && broken("I24") && report.broken() == 2);
}

/// A hidden amount is no word to those who may not see it.
async fn how_much_is_told_to_those_who_see_it(world: &World, own: OwnGoesTo, stewards_see: bool) {
    let town = refunding(world).await;
    shared(world, &town, 6_000).await;
    world.grant(&town, town.member(2).person, RoleKind::Steward).await;
    let decision = Some(decide(world, &town, Some(1)).await);
    world.post().await;
    let how = HowToLeave { decision, own, stays: false, confirmed: true };
    depart(&world.context, town.admin(), town.id, town.member(1).organisation, how).await.unwrap();
    let told = world.post().await;
    for (place, sees) in [(0, true), (1, true), (2, stewards_see)] {
        let mail = told.iter().find(|mail| mail.to.address() == town.member(place).email).unwrap();
        assert!(mail.text.contains("Ses propres versements"), "{}", mail.text);
        assert_eq!(mail.text.contains("60,00"), sees, "{place}: {}", mail.text);
    }
}

async fn how_much_stays_is_told_to_treasurers(world: World) {
    how_much_is_told_to_those_who_see_it(&world, OwnGoesTo::PoolCommon, false).await;
}

async fn how_much_is_paid_back_is_told_to_stewards_too(world: World) {
    how_much_is_told_to_those_who_see_it(&world, OwnGoesTo::RefundDue, true).await;
}

/// Counter-example 8 of the audit: what is released later has a successor.
async fn what_stays_is_used_or_goes_to_the_common_pool(world: World) {
    let town = refunding(&world).await;
    shared(&world, &town, 6_000).await;
    let free = propose(&world, &town, 50_000, 60_000).await;
    let bound = propose(&world, &town, 2_000, 60_000).await;
    put(&world, &town, 0, &[wish(free, 0, 1_000), wish(bound, 0, 2_000)]).await.unwrap();
    leave(&world, &town, 0, OwnGoesTo::PoolCommon, true).await;
    let yaal = town.member(0).organisation;
    assert_eq!(held(&world, &town, Account::Allocated(yaal, free, Source::Own)).await, 1_000);
    assert_eq!(held(&world, &town, Account::PoolCommon).await, 3_000);
    sound(&world, &town).await;
    cancel_feature(&world.context, town.admin(), bound, Ending::Abandoned, "non").await.unwrap();
    world.wait_until("2025-05-01T00:00:00+02:00");
    close_if_due(&world.context, free).await.unwrap();
    let accounts = accounts(&world, &town).await;
    assert_eq!(accounts.get(&Account::PoolCommon), Some(&6_000));
    assert!(accounts.keys().all(|account| account.organisation() != Some(yaal)), "{accounts:#?}");
    sound(&world, &town).await;
}

async fn later_releases_are_owed_where_the_decision_says_so(world: World) {
    let town = refunding(&world).await;
    shared(&world, &town, 6_000).await;
    let bound = propose(&world, &town, 2_000, 60_000).await;
    put(&world, &town, 0, &[wish(bound, 0, 2_000)]).await.unwrap();
    leave(&world, &town, 0, OwnGoesTo::RefundDue, false).await;
    cancel_feature(&world.context, town.admin(), bound, Ending::Abandoned, "non").await.err();
    let steward = town.member(1).acting();
    cancel_feature(&world.context, steward, bound, Ending::Abandoned, "non").await.err();
    let yaal = town.member(0).organisation;
    let owed = Account::RefundDue(Creditor::Organisation(yaal));
    assert_eq!(held(&world, &town, owed).await, 6_000);
    sound(&world, &town).await;
}

async fn a_feature_that_is_covered_no_more_waits_again(world: World) {
    let rules = Rules { trigger: TriggerMode::Confirmed { days: 7 }, ..plain() };
    let town = world.collective(rules, &["Yaal Coop", "ARN", "Girofle"]).await;
    shared(&world, &town, 6_000).await;
    let id = propose(&world, &town, 8_000, 60_000).await;
    put(&world, &town, 2, &[wish(id, 0, 5_000)]).await.unwrap();
    put(&world, &town, 1, &[wish(id, 0, 4_000)]).await.unwrap();
    assert!(feature(&world, id).await.confirming_since.is_some());
    leave(&world, &town, 2, OwnGoesTo::PoolCommon, false).await;
    let row = feature(&world, id).await;
    assert_eq!(
        (row.state, row.confirming_since, row.allocated_total),
        (State::Funding, None, Money::new(4_000))
    );
    put(&world, &town, 1, &[wish(id, 4_000, 3_000)]).await.unwrap();
    sound(&world, &town).await;
}

async fn leaving_asks_for_a_right_a_decision_and_a_policy(world: World) {
    let town = town(&world).await;
    let decision = decide(&world, &town, Some(1)).await;
    let how =
        HowToLeave { decision: Some(decision), own: OwnGoesTo::PoolCommon, stays: false, confirmed: true };
    let arn = town.member(1).organisation;
    let leave = |acting, how| depart(&world.context, acting, town.id, arn, how);
    // Another's representative can't; the rules pay nothing back; no decision, no departure.
    let other = leave(town.member(2).acting(), how).await;
    assert!(matches!(other, Err(Failure::NotAllowed(_))), "{other:?}");
    let refund = leave(town.admin(), HowToLeave { own: OwnGoesTo::RefundDue, ..how }).await;
    assert!(matches!(refund, Err(Failure::Refused(DepartureRefusal::NoRefunds))), "{refund:?}");
    let undecided = HowToLeave { decision: Some(DecisionId(uuid::Uuid::nil())), ..how };
    assert!(matches!(leave(town.admin(), undecided).await, Err(Failure::Invalid(_))));
    leave(town.member(1).acting(), how).await.unwrap();
    let again = leave(town.admin(), how).await;
    assert!(matches!(again, Err(Failure::Refused(DepartureRefusal::NotAMember))), "{again:?}");
    sound(&world, &town).await;
}

on_both![
    how_much_stays_is_told_to_treasurers,
    how_much_is_paid_back_is_told_to_stewards_too,
    a_mandate_goes_on_the_day_after_a_departure_at_night,
    a_departure_rests_on_a_decision_about_it,
    a_refund_and_an_exclusion_are_the_word_of_two,
    who_alone_holds_the_roles_excludes_nobody_by_her_own_word,
    the_word_of_one_alone_is_announced_and_waits,
    whoever_holds_the_pot_hands_it_over_first,
    others_money_is_never_refunded,
    everything_goes_where_its_source_says,
    what_stays_is_used_or_goes_to_the_common_pool,
    later_releases_are_owed_where_the_decision_says_so,
    a_feature_that_is_covered_no_more_waits_again,
    leaving_asks_for_a_right_a_decision_and_a_policy,
];
