//! New terms with money inside: whoever put some may take it back, nothing triggers meanwhile, silence keeps.

use domain::{
    Source,
    actor::NotAllowed,
    features::{FeatureRefusal, NewTermsRefusal},
    input::FieldRule,
    pot::FundMode,
    promises::{PromiseKind, PromiseOn},
    rounds::RoundRefusal,
    rules::TriggerMode,
    tasks::TaskKind,
};
use jiff::ToSpan as _;
use popote_app::{
    awaiting::{ToDo, of_person},
    closings::{Closed, close_if_due, close_round_early},
    features::{NewTerms, change_terms, edit_feature, keep_if_due, new_terms::TERMS, preview_terms},
    triggers::{confirm_if_due, confirm_trigger},
};
use testkit::{World, on_both};

use super::{
    promises::{calls, firm, outside, promise, promised_town},
    walk::Dice,
    *,
};

/// The last day to take money back, where the terms change on the first day of these stories.
const UNTIL: Date = date(2025, 3, 10);

fn terms(floor: i64, maximum: i64, closing_on: Date) -> NewTerms {
    let line =
        Line { label: "Développement".to_owned(), minimum: Money::new(floor), maximum: Money::new(maximum) };
    NewTerms { lines: vec![line], closing_on, reason: "le devis a été revu".to_owned() }
}

/// The second member, which leads, announces new terms as it sees the feature.
async fn announce(
    world: &World,
    town: &Grown,
    id: FeatureId,
    new: NewTerms,
) -> Result<Date, Failure<FeatureRefusal>> {
    let seen = feature(world, id).await.version;
    change_terms(&world.context, town.member(1).acting(), id, seen, new).await
}

fn why<T: std::fmt::Debug>(done: Result<T, Failure<FeatureRefusal>>) -> NewTermsRefusal {
    match done {
        Err(Failure::Refused(FeatureRefusal::NewTerms(why))) => why,
        other => panic!("{other:?}"),
    }
}

/// Those who change terms in the random walks, by dice of their own: the others' steps stay what they are.
pub(super) struct Changes {
    dice: Dice,
    /// How many were announced.
    pub(super) announced: u32,
}

impl Changes {
    pub(super) const fn new(seed: u64) -> Self {
        Self { dice: Dice(seed + 7_000), announced: 0 }
    }

    /// One time in twenty a feature on which money lies gets new terms, if they may be; what was announced long enough is kept.
    pub(super) async fn step(&mut self, world: &World, town: &Grown, features: &[FeatureId]) {
        for id in features.iter().rev().take(8) {
            let row = feature(world, *id).await;
            if row.suspended_until.is_some() {
                keep_if_due(&world.context, *id).await.unwrap();
            }
            let inside = row.state == State::Funding && row.allocated_total.is_positive();
            if !inside || self.dice.below(20) > 0 {
                continue;
            }
            let floor = self.dice.cents(7_000);
            let maximum = floor.max(row.allocated_total.minor()) + self.dice.cents(9_000);
            let days = i64::try_from(self.dice.below(4)).unwrap();
            let new = terms(floor, maximum, row.closing_on.saturating_add(days.days()));
            match change_terms(&world.context, town.admin(), *id, row.version, new).await {
                Ok(_) => self.announced += 1,
                Err(Failure::Fault(fault)) => panic!("{fault}"),
                Err(_) => {}
            }
        }
    }
}

async fn each_is_told_and_may_take_back_and_silence_keeps(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    let id = propose(&world, &town, 9_000, 20_000).await;
    put(&world, &town, 0, &[wish(id, 0, 5_000)]).await.unwrap();
    put(&world, &town, 2, &[wish(id, 0, 3_000)]).await.unwrap();
    world.post().await;
    let preview = preview_terms(&world.context, id, terms(7_000, 8_000, LAST)).await.unwrap();
    assert_eq!((preview.until, preview.missing()), (UNTIL, Money::ZERO));
    assert_eq!(announce(&world, &town, id, terms(7_000, 8_000, LAST)).await.unwrap(), UNTIL);
    let row = feature(&world, id).await;
    assert_eq!((row.state, row.suspended_until, row.terms_version), (State::Funding, Some(UNTIL), 2));
    assert_eq!(
        (row.floor, row.target, row.maximum),
        (Money::new(7_000), Money::new(8_000), Money::new(8_000))
    );
    let mut told: Vec<(String, bool)> = world
        .post()
        .await
        .into_iter()
        .map(|mail| (mail.to.address().to_owned(), mail.text.contains("/features/1/terms")))
        .collect();
    told.sort();
    let yes = |address: &str| (address.to_owned(), true);
    assert_eq!(told, [yes("personne@girofle.example"), yes("personne@yaal-coop.example")]);
    // It awaits whoever may move that money, and nobody else, until the day.
    let asked = |place: usize| {
        let person = town.member(place).person;
        let context = world.context.clone();
        async move {
            let found = of_person(&context, person).await.unwrap();
            let of = |todo: &ToDo| match todo {
                ToDo::Task(task) if task.kind == TaskKind::Terms => Some((task.amount.minor(), task.day)),
                _ => None,
            };
            found.todo.iter().filter_map(of).collect::<Vec<_>>()
        }
    };
    assert_eq!(asked(2).await, [(3_000, Some(UNTIL))]);
    assert_eq!(asked(1).await, []);
    // More than the floor lies there, and what is added or taken back triggers nothing.
    put(&world, &town, 1, &[wish(id, 0, 0)]).await.unwrap();
    let saved = put(&world, &town, 0, &[wish(id, 5_000, 4_999)]).await.unwrap();
    assert!(saved.triggered.is_empty());
    put(&world, &town, 0, &[wish(id, 4_999, 5_000)]).await.unwrap();
    put(&world, &town, 2, &[wish(id, 3_000, 0)]).await.unwrap();
    put(&world, &town, 2, &[wish(id, 0, 2_500)]).await.unwrap();
    assert_eq!(state(&world, id).await, State::Funding);
    sound(&world, &town).await;
    world.wait_until("2025-03-10T23:59:59+01:00");
    keep_if_due(&world.context, id).await.unwrap();
    assert_eq!(state(&world, id).await, State::Funding);
    let due = store::deadlines::waiting(&mut world.read().await, id.0, TERMS).await.unwrap();
    assert_eq!(due, Some("2025-03-11T00:00:00+01:00".parse().unwrap()));
    world.wait_until("2025-03-11T00:00:00+01:00");
    world.post().await;
    let row = feature(&world, id).await;
    assert_eq!(
        (row.state, row.suspended_until, row.allocated_total),
        (State::Building, None, Money::new(7_500))
    );
    let yaal = town.member(0).organisation;
    assert_eq!(held(&world, &town, Account::Reserved(yaal, id, Source::Own)).await, 5_000);
    keep_if_due(&world.context, id).await.unwrap();
    sound(&world, &town).await;
    let kept = store::features::terms::versions(&mut world.read().await, id, 10).await.unwrap();
    let said: Vec<_> =
        kept.iter().map(|one| (one.version, one.reason.as_str(), one.suspended_until)).collect();
    assert_eq!(said, [(2, "le devis a été revu", Some(UNTIL)), (1, "", None)]);
}

async fn every_refusal_says_what_would_do(world: World) {
    use NewTermsRefusal as R;
    let town = town(&world).await;
    let round = shared(&world, &town, 10_000).await;
    let id = propose(&world, &town, 9_000, 20_000).await;
    assert_eq!(why(announce(&world, &town, id, terms(8_000, 9_000, LAST)).await), R::NothingInside);
    put(&world, &town, 0, &[wish(id, 0, 5_000)]).await.unwrap();
    let below = R::BelowAllocated { allocated: Money::new(5_000), maximum: Money::new(4_999) };
    assert_eq!(why(announce(&world, &town, id, terms(4_000, 4_999, LAST)).await), below);
    let soon = announce(&world, &town, id, terms(9_000, 9_000, date(2025, 3, 9))).await;
    assert_eq!(why(soon), R::TooSoon { earliest: UNTIL });
    assert_eq!(why(announce(&world, &town, id, terms(9_000, 20_000, LAST)).await), R::Unchanged);
    let field = |done: Result<Date, Failure<FeatureRefusal>>| match done {
        Err(Failure::Invalid(errors)) => (errors[0].field.clone(), errors[0].rule.clone()),
        other => panic!("{other:?}"),
    };
    let late = announce(&world, &town, id, terms(9_000, 9_000, date(2025, 5, 1))).await;
    assert_eq!(field(late), ("closing_on".to_owned(), FieldRule::After(LAST)));
    let free = announce(&world, &town, id, terms(0, 9_000, LAST)).await;
    assert_eq!(field(free), ("lines.0.minimum".to_owned(), FieldRule::NotPositive));
    let silent = NewTerms { reason: " ".to_owned(), ..terms(9_000, 9_000, LAST) };
    assert_eq!(field(announce(&world, &town, id, silent).await), ("reason".to_owned(), FieldRule::Missing));
    let new = terms(8_000, 9_000, LAST);
    let other = change_terms(&world.context, town.member(2).acting(), id, 1, new.clone()).await;
    assert!(matches!(other, Err(Failure::NotAllowed(NotAllowed::Missing(_)))), "{other:?}");
    // Who writes for the lead and never touches money binds nobody else's.
    let contributor = popote_app::mandates::NewMandate {
        organisation: town.member(1).organisation,
        person: town.member(2).person,
        kind: domain::actor::MandateKind::Contributor,
        starts_on: date(2025, 3, 3),
        ends_on: None,
    };
    world.mandate(&town, town.member(1).acting(), contributor).await;
    let by = Acting { organisation: Some(contributor.organisation), ..town.member(2).acting() };
    let bound = change_terms(&world.context, by, id, 1, new.clone()).await;
    assert!(matches!(bound, Err(Failure::NotAllowed(NotAllowed::Missing(_)))), "{bound:?}");
    let stale = change_terms(&world.context, town.member(1).acting(), id, 0, new.clone()).await;
    assert!(matches!(stale, Err(Failure::Refused(FeatureRefusal::ChangedMeanwhile))), "{stale:?}");
    announce(&world, &town, id, new).await.unwrap();
    let second = announce(&world, &town, id, terms(8_500, 9_000, LAST)).await;
    assert_eq!(why(second), R::OneIsOpen { until: UNTIL });
    let decision = decide(&world, &town, None).await;
    let early = close_round_early(&world.context, town.admin(), round, decision).await;
    assert!(matches!(early, Err(Failure::Refused(RoundRefusal::TermsOpen(UNTIL)))), "{early:?}");
    assert_eq!(state(&world, id).await, State::Funding);
    world.wait_until("2025-03-11T00:00:00+01:00");
    // Whatever the jobs did: the clock says that the time is over.
    put(&world, &town, 2, &[wish(id, 0, 3_000)]).await.unwrap();
    assert_eq!(state(&world, id).await, State::Building);
    let after = announce(&world, &town, id, terms(8_500, 9_000, LAST)).await;
    assert_eq!(why(after), R::NotFunding(State::Building));
    sound(&world, &town).await;
}

async fn a_date_that_is_too_near_moves_and_the_last_day_closes(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    let near = Proposal { closing_on: date(2025, 3, 8), ..proposal(9_000, 20_000) };
    let id = propose_so(&world, &town, near, None).await;
    put(&world, &town, 0, &[wish(id, 0, 5_000)]).await.unwrap();
    let soon = announce(&world, &town, id, terms(4_000, 20_000, date(2025, 3, 8))).await;
    assert_eq!(why(soon), NewTermsRefusal::TooSoon { earliest: UNTIL });
    announce(&world, &town, id, terms(4_000, 20_000, UNTIL)).await.unwrap();
    world.wait_until("2025-03-09T00:00:00+01:00");
    assert_eq!(close_if_due(&world.context, id).await.unwrap(), Closed::Already);
    world.wait_until("2025-03-11T00:00:00+01:00");
    assert_eq!(close_if_due(&world.context, id).await.unwrap(), Closed::Triggered);
    keep_if_due(&world.context, id).await.unwrap();
    assert_eq!(state(&world, id).await, State::Building);
    sound(&world, &town).await;
}

async fn a_confirmation_waits_and_is_asked_anew(world: World) {
    let rules = Rules { trigger: TriggerMode::Confirmed { days: 3 }, ..plain() };
    let town = world.collective(rules, &["Yaal Coop", "ARN", "Girofle"]).await;
    shared(&world, &town, 10_000).await;
    let id = propose(&world, &town, 5_000, 20_000).await;
    let saved = put(&world, &town, 0, &[wish(id, 0, 5_000)]).await.unwrap();
    assert_eq!(saved.confirming, [id]);
    announce(&world, &town, id, terms(5_000, 15_000, LAST)).await.unwrap();
    let confirmed = confirm_trigger(&world.context, town.admin(), id).await;
    assert!(matches!(confirmed, Err(Failure::Refused(FeatureRefusal::NothingToConfirm))), "{confirmed:?}");
    // What was frozen may be taken back.
    put(&world, &town, 0, &[wish(id, 5_000, 4_000)]).await.unwrap();
    let saved = put(&world, &town, 0, &[wish(id, 4_000, 6_000)]).await.unwrap();
    assert!(saved.confirming.is_empty());
    world.wait_until("2025-03-11T00:00:00+01:00");
    world.post().await;
    let row = feature(&world, id).await;
    assert_eq!((row.state, row.confirming_since), (State::Funding, Some(world.now())));
    world.wait_until("2025-03-17T00:00:00+01:00");
    confirm_if_due(&world.context, id).await.unwrap();
    assert_eq!(state(&world, id).await, State::Building);
    sound(&world, &town).await;
}

async fn once_everybody_left_the_price_changes_freely(world: World) {
    let town = town(&world).await;
    shared(&world, &town, 10_000).await;
    let id = propose(&world, &town, 9_000, 20_000).await;
    put(&world, &town, 0, &[wish(id, 0, 5_000)]).await.unwrap();
    announce(&world, &town, id, terms(8_000, 9_000, LAST)).await.unwrap();
    put(&world, &town, 0, &[wish(id, 5_000, 0)]).await.unwrap();
    let free = Proposal { closing_on: date(2025, 3, 9), ..proposal(4_000, 9_000) };
    let seen = feature(&world, id).await.version;
    edit_feature(&world.context, town.member(1).acting(), id, seen, free).await.unwrap();
    assert_eq!(feature(&world, id).await.suspended_until, None);
    let saved = put(&world, &town, 0, &[wish(id, 0, 4_000)]).await.unwrap();
    assert_eq!(saved.triggered, [id]);
    sound(&world, &town).await;
}

async fn a_firm_promise_may_be_taken_back_too(world: World) {
    let town = promised_town(&world, FundMode::Direct).await;
    let id = outside(&world, &town, 9_000, 20_000).await;
    let on = PromiseOn::Feature(id);
    promise(&world, &town, 0, firm(on, 0, 5_000)).await.unwrap();
    promise(&world, &town, 2, firm(on, 0, 3_000)).await.unwrap();
    let intended = domain::promises::PromiseWish { kind: PromiseKind::Intention, ..firm(on, 0, 700) };
    promise(&world, &town, 1, intended).await.unwrap();
    world.post().await;
    announce(&world, &town, id, terms(7_000, 20_000, LAST)).await.unwrap();
    let mut told: Vec<String> =
        world.post().await.into_iter().map(|mail| mail.to.address().to_owned()).collect();
    told.sort();
    assert_eq!(told, ["personne@arn.example", "personne@girofle.example", "personne@yaal-coop.example"]);
    promise(&world, &town, 2, firm(on, 3_000, 0)).await.unwrap();
    let promised = promise(&world, &town, 2, firm(on, 0, 2_000)).await.unwrap();
    assert!(!promised.triggered && !promised.confirming);
    assert_eq!(calls(&world, id).await.len(), 0);
    sound(&world, &town).await;
    world.wait_until("2025-03-11T00:00:00+01:00");
    world.post().await;
    assert_eq!(state(&world, id).await, State::Building);
    let called: Vec<i64> = calls(&world, id).await.iter().map(|call| call.amount.minor()).collect();
    assert_eq!(called, [5_000, 2_000]);
    sound(&world, &town).await;
}

on_both![
    each_is_told_and_may_take_back_and_silence_keeps,
    every_refusal_says_what_would_do,
    a_date_that_is_too_near_moves_and_the_last_day_closes,
    a_confirmation_waits_and_is_asked_anew,
    once_everybody_left_the_price_changes_freely,
    a_firm_promise_may_be_taken_back_too,
];
