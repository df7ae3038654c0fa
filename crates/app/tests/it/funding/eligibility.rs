//! The grid of a software: findings, settlements, the decision to fund all the same, and what it holds back.

use domain::{
    eligibility::{Assessment, EligibilityRefusal, Standing, Verdict},
    features::FeatureRefusal,
    rules::Template,
};
use popote_app::{
    decisions::{self, NewDecision},
    eligibility::{Sheet, assess, end_waiver, settle, sheet, waive},
};
use testkit::on_both;

use super::*;

const SLUG: &str = "element";

async fn looked(world: &World, town: &Grown) -> Sheet {
    let mut tx = world.read().await;
    let (_, rules) = store::collectives::rules(&mut tx, town.id).await.unwrap();
    let software = store::eligibility::by_slug(&mut tx, town.id, SLUG).await.unwrap().unwrap();
    sheet(&mut tx, &rules, software, None).await.unwrap()
}

async fn standing(world: &World, town: &Grown) -> (Standing, usize) {
    let sheet = looked(world, town).await;
    let line = sheet.lines.into_iter().find(|line| line.criterion.key == "frugal").unwrap();
    (line.standing, line.found.len())
}

/// The representative of a member writes a decision down.
async fn record(world: &World, town: &Grown, place: usize) -> DecisionId {
    let new = NewDecision {
        title: "On finance Element".to_owned(),
        outcome: "Faute de mieux.".to_owned(),
        decided_on: date(2025, 3, 1),
        departs: None,
    };
    let recorded = decisions::record(&world.context, town.member(place).acting(), town.id, new).await;
    recorded.unwrap().0
}

/// The admin, a steward, names a decision.
async fn name(
    world: &World,
    town: &Grown,
    decision: DecisionId,
    reason: &str,
) -> Result<(), Failure<EligibilityRefusal>> {
    waive(&world.context, town.admin(), town.id, SLUG, decision, reason).await
}

fn finding(criterion: &str, verdict: Verdict) -> Assessment {
    Assessment { criterion: criterion.to_owned(), verdict, evidence: "Lu sur leur site.".to_owned() }
}

async fn propose(world: &World, town: &Grown) -> Result<FeatureId, Failure<FeatureRefusal>> {
    let proposal = Proposal { place: Place::Outside, ..proposal(5_000, 8_000) };
    let new = NewFeature { proposal, track: None };
    let done = propose_feature(&world.context, town.member(1).acting(), town.pot, new).await;
    done.map(|done| done.feature)
}

async fn licensed(world: &World, town: &Grown, licence: &'static str) {
    let collective = town.id;
    world
        .sql(move |tx| {
            Box::pin(async move {
                const SQL: &str = "UPDATE software SET licence = $2 WHERE collective = $1";
                store::execute(tx, SQL, store::args![collective, licence]).await.map(drop)
            })
        })
        .await;
}

async fn town_with_software(world: &World) -> Grown {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    propose(world, &town).await.unwrap();
    town
}

async fn the_last_word_of_each_counts_and_a_steward_settles(world: World) {
    let town = town_with_software(&world).await;
    let ctx = &world.context;
    let by = |place: usize| town.member(place).acting();
    assess(ctx, by(1), town.id, SLUG, finding("frugal", Verdict::Yes)).await.unwrap();
    assess(ctx, by(1), town.id, SLUG, finding("frugal", Verdict::Yes)).await.unwrap();
    assert_eq!(
        standing(&world, &town).await,
        (Standing::Holds(Verdict::Yes), 1),
        "the same again writes nothing"
    );
    let early = settle(ctx, by(0), town.id, SLUG, finding("frugal", Verdict::Partly)).await;
    assert!(matches!(early, Err(Failure::Refused(EligibilityRefusal::NothingToSettle))), "{early:?}");
    assess(ctx, by(2), town.id, SLUG, finding("frugal", Verdict::No)).await.unwrap();
    assert_eq!(standing(&world, &town).await, (Standing::Contested(Verdict::No), 2));
    assert_eq!(looked(&world, &town).await.gate.score, 0, "what is contested scores nothing");
    let other = settle(ctx, by(1), town.id, SLUG, finding("frugal", Verdict::Yes)).await;
    assert!(matches!(other, Err(Failure::NotAllowed(_))), "{other:?}");
    settle(ctx, by(0), town.id, SLUG, finding("frugal", Verdict::Yes)).await.unwrap();
    assert_eq!(standing(&world, &town).await, (Standing::Holds(Verdict::Yes), 3));
    assert_eq!((looked(&world, &town).await.gate.score, 5), (1, 5));
    assess(ctx, by(2), town.id, SLUG, finding("frugal", Verdict::No)).await.unwrap();
    assert_eq!(
        standing(&world, &town).await,
        (Standing::Contested(Verdict::No), 4),
        "somebody finds otherwise since"
    );
    let unknown = assess(ctx, by(1), town.id, SLUG, finding("taste", Verdict::No)).await;
    assert!(matches!(unknown, Err(Failure::Invalid(_))), "{unknown:?}");
    let mute = Assessment { evidence: " ".to_owned(), ..finding("secure", Verdict::No) };
    assert!(matches!(assess(ctx, by(1), town.id, SLUG, mute).await, Err(Failure::Invalid(_))));
    let nowhere = assess(ctx, by(1), town.id, "nowhere", finding("secure", Verdict::No)).await;
    assert!(matches!(nowhere, Err(Failure::NotFound)), "{nowhere:?}");
}

async fn only_a_licence_that_is_not_free_blocks(world: World) {
    let town = town_with_software(&world).await;
    for (licence, free) in [("", true), ("AGPLv3", true), ("AGPL-3.0-only", true), ("MIT OR SSPL-1.0", false)]
    {
        licensed(&world, &town, licence).await;
        let done = propose(&world, &town).await;
        match free {
            true => assert!(done.is_ok(), "{licence}: {done:?}"),
            false => assert!(
                matches!(
                    done,
                    Err(Failure::Refused(FeatureRefusal::Software(EligibilityRefusal::Blocked(_))))
                ),
                "{licence}: {done:?}"
            ),
        }
    }
    // Somebody who finds otherwise makes it a matter for a steward: what is contested blocks nothing.
    let found = finding("free_licence", Verdict::Yes);
    assess(&world.context, town.member(2).acting(), town.id, SLUG, found).await.unwrap();
    let done = propose(&world, &town).await;
    assert!(
        matches!(done, Err(Failure::Refused(FeatureRefusal::Software(EligibilityRefusal::NeedsReason(_))))),
        "{done:?}"
    );
}

async fn an_essential_no_asks_for_a_decision_of_somebody_else(world: World) {
    let town = town_with_software(&world).await;
    let ctx = &world.context;
    let own = record(&world, &town, 0).await;
    let early = name(&world, &town, own, "Faute de mieux").await;
    assert!(matches!(early, Err(Failure::Refused(EligibilityRefusal::NothingToWaive))), "{early:?}");
    assess(ctx, town.member(1).acting(), town.id, SLUG, finding("privacy", Verdict::No)).await.unwrap();
    let held = propose(&world, &town).await;
    assert!(
        matches!(held, Err(Failure::Refused(FeatureRefusal::Software(EligibilityRefusal::NeedsReason(_))))),
        "{held:?}"
    );
    world.grant(&town, town.member(2).person, domain::actor::RoleKind::Steward).await;
    let alone = name(&world, &town, own, "Faute de mieux").await;
    assert!(matches!(alone, Err(Failure::Refused(EligibilityRefusal::ByOnePerson))), "{alone:?}");
    let theirs = record(&world, &town, 2).await;
    let mute = name(&world, &town, theirs, " ").await;
    assert!(matches!(mute, Err(Failure::Invalid(_))), "{mute:?}");
    name(&world, &town, theirs, "Faute de mieux").await.unwrap();
    propose(&world, &town).await.unwrap();
    end_waiver(ctx, town.admin(), town.id, SLUG).await.unwrap();
    end_waiver(ctx, town.admin(), town.id, SLUG).await.unwrap();
    assert!(propose(&world, &town).await.is_err());
    sound(&world, &town).await;
}

async fn rules_may_let_another_criterion_block(world: World) {
    let mut rules = Template::Informal.rules();
    rules.grid.0[1].blocks = true;
    let town = world.collective(rules, &["Yaal Coop", "ARN", "Girofle"]).await;
    propose(&world, &town).await.unwrap();
    let found = finding("privacy", Verdict::No);
    assess(&world.context, town.member(2).acting(), town.id, SLUG, found).await.unwrap();
    let done = propose(&world, &town).await;
    assert!(
        matches!(done, Err(Failure::Refused(FeatureRefusal::Software(EligibilityRefusal::Blocked(_))))),
        "{done:?}"
    );
}

on_both![
    the_last_word_of_each_counts_and_a_steward_settles,
    only_a_licence_that_is_not_free_blocks,
    an_essential_no_asks_for_a_decision_of_somebody_else,
    rules_may_let_another_criterion_block,
];
