//! How features end: what returns is what was told before, whoever decides, in each kind of pot.

use domain::{
    features::{Ending, FeatureRefusal},
    fund_calls::CallState,
    pot::FundMode,
    promises::{PromiseKind, PromiseOn, PromiseWish},
    reports::{Outcome, ReportState},
};
use popote_app::{
    closings::cancel_feature,
    fund_calls::{NewCallPayment, confirm_received, record_call_payment},
    promises::save_promise,
    returning::Returning,
    work::{
        objections::object,
        page::returning,
        reports::{Decision, decide},
    },
};

use super::{
    reports::{days, reported},
    *,
};

async fn preview(world: &World, id: FeatureId, outcome: Outcome) -> Returning {
    let mut tx = world.read().await;
    let feature = store::features::by_id(&mut tx, id).await.unwrap().unwrap();
    let pot = store::pots::by_id(&mut tx, feature.pot).await.unwrap().unwrap();
    returning(&mut tx, &pot, &feature, outcome).await.unwrap().unwrap()
}

async fn contest(world: &World, town: &Grown, id: FeatureId) {
    reported(world, town, id).await;
    for place in [0, 2] {
        object(&world.context, town.member(place).acting(), id, "pas fini").await.unwrap();
    }
}

async fn what_returns_is_what_was_told_gifts_included(world: World) {
    let town = settled(&world).await;
    let fund = give(&world, &town, 3_000, None).await;
    let id = funded_in(&world, &town, 5_000, 9_000, &[(0, 2_000), (1, 500), (2, 3_000)]).await;
    authorised(&world, &town, id, "F-1", 2_222).await;
    contest(&world, &town, id).await;
    let told = preview(&world, id, Outcome::ClosedPartial).await;
    let before = accounts(&world, &town).await;
    decide(&world.context, town.admin(), id, Decision::Ends(Outcome::ClosedPartial), "la moitié")
        .await
        .unwrap();
    assert_eq!(state(&world, id).await, State::ClosedPartial);
    let after = accounts(&world, &town).await;
    let grew = |kind: AccountKind| -> i64 {
        let of = |all: &BTreeMap<Account, i64>| -> i64 {
            all.iter().filter(|(account, _)| account.kind() == kind).map(|(_, held)| held).sum()
        };
        of(&after) - of(&before)
    };
    assert_eq!(grew(AccountKind::Share), told.organisations.minor());
    assert_eq!(grew(AccountKind::Gift), told.funds.minor());
    assert_eq!(told.organisations.minor() + told.funds.minor(), 5_500 - 2_222);
    let back = store::features::moves::returned_at_end(&mut world.read().await, &[id]).await.unwrap();
    assert_eq!(back[&id].minor(), 5_500 - 2_222, "what its pages say was given back");
    let _ = fund;
    sound(&world, &town).await;
}

async fn a_feature_waits_for_its_last_invoices(world: World) {
    let (town, id) = funded(&world, 5_000, 9_000, &[(0, 2_000), (2, 3_000)]).await;
    let invoice = entered(&world, &town, id, "F-1", 4_000).await;
    let waits = cancel_feature(&world.context, town.admin(), id, Ending::Abandoned, "non").await;
    assert!(matches!(waits, Err(Failure::Refused(FeatureRefusal::InvoicesWait(1)))), "{waits:?}");
    contest(&world, &town, id).await;
    decide(&world.context, town.admin(), id, Decision::Ends(Outcome::Delivered), "assez").await.unwrap();
    assert_eq!(state(&world, id).await, State::Building);
    let report = store::work::reports(&mut world.read().await, id, 1).await.unwrap().remove(0);
    assert_eq!(report.state, ReportState::Accepted);
    approve_invoice(&world.context, town.member(2).acting(), invoice).await.unwrap();
    assert_eq!(state(&world, id).await, State::Building);
    authorise_invoice(&world.context, town.admin(), invoice).await.unwrap();
    assert_eq!(state(&world, id).await, State::Delivered);
    assert_eq!(feature(&world, id).await.allocated_total, Money::new(4_000));
    // What is due is still paid after the end.
    pay_invoice(&world.context, town.admin(), invoice, date(2025, 3, 3), "", None).await.unwrap();
    sound(&world, &town).await;
    let late = enter(&world, town.member(1).acting(), id, invoice_again()).await;
    assert_eq!(refused(late), InvoiceRefusal::NotBuilding(State::Delivered));
}

fn invoice_again() -> NewInvoice {
    invoice("F-9", 100)
}

/// A feature that two members promised to pay, triggered.
async fn promised(world: &World, mode: FundMode) -> (Grown, FeatureId) {
    let town = world.settled_collective_with(mode, plain(), &["Yaal Coop", "ARN", "Girofle"]).await;
    let new =
        Proposal { place: Place::Outside, worker: "Atelier Libre".to_owned(), ..proposal(5_000, 9_000) };
    let id = propose_so(world, &town, new, None).await;
    for (place, cents) in [(0, 2_000), (2, 3_000)] {
        let wish = PromiseWish {
            on: PromiseOn::Feature(id),
            kind: PromiseKind::Firm,
            seen: Money::ZERO,
            amount: Money::new(cents),
            subject_to: None,
        };
        save_promise(&world.context, town.member(place).acting(), town.pot, wish).await.unwrap();
    }
    assert_eq!(state(world, id).await, State::Building);
    (town, id)
}

async fn calls(world: &World, id: FeatureId) -> Vec<store::fund_calls::FundCall> {
    let mut tx = world.read().await;
    let which = store::fund_calls::Which::Feature(id);
    let mut all = Vec::new();
    for one in store::fund_calls::list(&mut tx, which, i64::MAX, 10).await.unwrap().into_iter().rev() {
        all.push(store::fund_calls::by_id(&mut tx, one.id).await.unwrap().unwrap());
    }
    all
}

async fn a_direct_pot_has_no_invoices_and_delivered_work_stays_owed(world: World) {
    let (town, id) = promised(&world, FundMode::Direct).await;
    let none = enter(&world, town.member(1).acting(), id, invoice("F-1", 100)).await;
    assert_eq!(refused(none), InvoiceRefusal::NoMoneyHeld);
    let first = calls(&world, id).await.remove(0);
    let day = date(2025, 3, 3);
    confirm_received(&world.context, town.member(1).acting(), first.id, Money::new(2_000), day)
        .await
        .unwrap();
    reported(&world, &town, id).await;
    days(&world, 70).await;
    assert_eq!(state(&world, id).await, State::Delivered);
    sound(&world, &town).await;
    let second = calls(&world, id).await.remove(1);
    assert_eq!((second.state, second.rest()), (CallState::Unpaid, Money::new(3_000)), "still owed");
    let day = date(2025, 4, 1);
    confirm_received(&world.context, town.member(1).acting(), second.id, Money::new(3_000), day)
        .await
        .unwrap();
    sound(&world, &town).await;
}

async fn stopped_work_in_a_direct_pot_is_not_asked_any_more(world: World) {
    let (town, id) = promised(&world, FundMode::Direct).await;
    contest(&world, &town, id).await;
    let told = preview(&world, id, Outcome::ClosedFailed).await;
    assert_eq!(told.organisations, Money::new(5_000));
    decide(&world.context, town.admin(), id, Decision::Ends(Outcome::ClosedFailed), "rien").await.unwrap();
    assert!(calls(&world, id).await.iter().all(|call| call.state == CallState::Cancelled));
    sound(&world, &town).await;
}

async fn what_is_taken_back_in_a_pledge_pot_is_in_proportion_again(world: World) {
    let (town, id) = promised(&world, FundMode::Pledge).await;
    let all = calls(&world, id).await;
    let pay = |at: usize, cents: i64| NewCallPayment {
        amount: Money::new(cents),
        received_on: date(2025, 3, 3),
        reference: format!("{at}"),
        proof: None,
        another: true,
    };
    record_call_payment(&world.context, town.admin(), all[0].id, pay(0, 2_000)).await.unwrap();
    let first = authorised(&world, &town, id, "F-1", 1_000).await;
    let second = authorised(&world, &town, id, "F-2", 500).await;
    record_call_payment(&world.context, town.admin(), all[1].id, pay(1, 3_000)).await.unwrap();
    let left = |place: usize| Account::Reserved(town.member(place).organisation, id, domain::Source::Own);
    for (invoice, shares) in [(first, (1_800, 2_700)), (second, (2_000, 3_000))] {
        refuse_invoice(&world.context, town.admin(), invoice, "non").await.unwrap();
        assert_eq!((held(&world, &town, left(0)).await, held(&world, &town, left(2)).await), shares);
        sound(&world, &town).await;
    }
}

async fn a_pledge_pot_invoices_what_was_received_and_returns_the_rest(world: World) {
    let (town, id) = promised(&world, FundMode::Pledge).await;
    let lead = town.member(1).acting();
    let nothing = enter(&world, lead.clone(), id, invoice("F-0", 1)).await;
    assert_eq!(refused(nothing), InvoiceRefusal::AboveRoom { room: Money::ZERO });
    let all = calls(&world, id).await;
    let pay = |at: usize, cents: i64| NewCallPayment {
        amount: Money::new(cents),
        received_on: date(2025, 3, 3),
        reference: format!("{at}"),
        proof: None,
        another: true,
    };
    record_call_payment(&world.context, town.admin(), all[0].id, pay(0, 2_000)).await.unwrap();
    authorised(&world, &town, id, "F-1", 1_500).await;
    sound(&world, &town).await;
    // What comes late is brought into proportion with what was drawn.
    record_call_payment(&world.context, town.admin(), all[1].id, pay(1, 3_000)).await.unwrap();
    sound(&world, &town).await;
    let left = |place: usize| Account::Reserved(town.member(place).organisation, id, domain::Source::Own);
    assert_eq!((held(&world, &town, left(0)).await, held(&world, &town, left(2)).await), (1_400, 2_100));
    let told = preview(&world, id, Outcome::Delivered).await;
    reported(&world, &town, id).await;
    days(&world, 70).await;
    assert_eq!(state(&world, id).await, State::Delivered);
    let pool = |place: usize| Account::Pool(town.member(place).organisation);
    assert_eq!((held(&world, &town, pool(0)).await, held(&world, &town, pool(2)).await), (1_400, 2_100));
    assert_eq!(told.organisations, Money::new(3_500));
    sound(&world, &town).await;
}

on_both![
    what_returns_is_what_was_told_gifts_included,
    a_feature_waits_for_its_last_invoices,
    a_direct_pot_has_no_invoices_and_delivered_work_stays_owed,
    stopped_work_in_a_direct_pot_is_not_asked_any_more,
    what_is_taken_back_in_a_pledge_pot_is_in_proportion_again,
    a_pledge_pot_invoices_what_was_received_and_returns_the_rest,
];
