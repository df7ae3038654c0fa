//! What is owed to an organisation that left is paid back by the word of two persons, none of them tied to it.

use domain::{
    Creditor,
    actor::{NotAllowed, RoleKind},
    ids::{PersonId, RefundId},
    input::FieldRule,
    invoices::{InvoiceRefusal, InvoiceState},
    shares::OwnGoesTo,
    tasks::TaskKind,
};
use popote_app::{
    awaiting::of_person,
    refunds::{
        Refunded, authorise_refund, bounce_refund, pay_refund, prepare_refund, settle_refund, withdraw_refund,
    },
};
use store::refunds::Refund;
use testkit::on_both;

use super::{departures::refunding, *};

const IBAN: &str = "FR76 3000 6000 0112 3456 7890 189";
const DAY: Date = date(2025, 3, 3);

pub(super) type Answer = Result<Refunded, Failure<InvoiceRefusal>>;

/// A town that the second of three left, and that owes it 60 €.
pub(super) async fn owing(world: &World) -> Grown {
    let town = refunding(world).await;
    shared(world, &town, 6_000).await;
    let decision = Some(decide(world, &town, Some(1)).await);
    let how = HowToLeave { decision, own: OwnGoesTo::RefundDue, stays: false, confirmed: true };
    let arn = town.member(1).organisation;
    depart(&world.context, town.admin(), town.id, arn, how).await.unwrap();
    world.post().await;
    town
}

pub(super) async fn prepare(world: &World, town: &Grown, acting: Acting) -> Answer {
    let session = Session::begun(acting.person, world.now());
    let to = ("ARN", IBAN);
    let arn = town.member(1).organisation;
    prepare_refund(&world.context, &session, acting, town.pot, arn, to).await
}

pub(super) async fn authorise(world: &World, acting: Acting, refund: RefundId) -> Answer {
    let session = Session::begun(acting.person, world.now());
    authorise_refund(&world.context, &session, acting, refund).await
}

/// Whoever holds a role and acts by it alone.
fn by_role(town: &Grown, place: usize) -> Acting {
    Acting { organisation: None, ..town.member(place).acting() }
}

fn refused(answer: Answer) -> InvoiceRefusal {
    match answer {
        Err(Failure::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

async fn row(world: &World, refund: RefundId) -> Refund {
    store::refunds::by_id(&mut world.read().await, refund).await.unwrap().unwrap()
}

async fn asked(world: &World, person: PersonId) -> Vec<(String, i64)> {
    let awaiting = of_person(&world.context, person).await.unwrap();
    let refunds = awaiting.todo.iter().filter_map(|todo| match todo {
        popote_app::awaiting::ToDo::Task(task) if task.kind == TaskKind::Refund => {
            Some((task.by_whom.clone(), task.amount.minor()))
        }
        _ => None,
    });
    refunds.collect()
}

async fn what_is_owed_is_paid_back_by_two_persons(world: World) {
    let town = owing(&world).await;
    let context = &world.context;
    let owed = Account::RefundDue(Creditor::Organisation(town.member(1).organisation));
    world.grant(&town, town.member(2).person, RoleKind::Treasurer).await;
    let (first, second) = (town.admin(), by_role(&town, 2));
    assert_eq!(asked(&world, first.person).await, [("prepare".to_owned(), 6_000)]);
    let refund = prepare(&world, &town, first.clone()).await.unwrap().refund;
    let told = world.post().await;
    let of = |whose: &str| told.iter().find(|mail| mail.to.address().contains(whose)).unwrap();
    assert_eq!((told.len(), of("girofle").subject.contains("autoriser")), (2, true), "the other treasurer");
    assert!(of("arn").text.contains("finit par 0189"), "its last representative: {told:?}");
    assert_eq!(asked(&world, first.person).await, []);
    assert_eq!(asked(&world, second.person).await, [("authorise".to_owned(), 6_000)]);
    assert_eq!(refused(prepare(&world, &town, second.clone()).await), InvoiceRefusal::NothingOwed);
    assert_eq!(refused(authorise(&world, first.clone(), refund).await), InvoiceRefusal::ApprovedByYou);
    let early = pay_refund(context, first.clone(), refund, DAY, "", None).await;
    assert_eq!(refused(early), InvoiceRefusal::NotAwaited(InvoiceState::Approved));
    sound(&world, &town).await;
    authorise(&world, second.clone(), refund).await.unwrap();
    assert_eq!(held(&world, &town, owed).await, 6_000, "still owed");
    let before = pay_refund(context, first.clone(), refund, date(2025, 3, 2), "", None).await;
    assert!(matches!(before, Err(Failure::Invalid(_))), "{before:?}");
    assert_eq!(asked(&world, first.person).await, [("pay".to_owned(), 6_000)]);
    pay_refund(context, first.clone(), refund, DAY, "VIR 7", None).await.unwrap();
    let told = world.post().await;
    assert_eq!(told.len(), 1, "its last representative: {told:?}");
    assert!(told[0].to.address().contains("arn") && told[0].subject.contains("60,00"), "{told:?}");
    assert_eq!((held(&world, &town, owed).await, held(&world, &town, Account::InTransit).await), (0, 6_000));
    sound(&world, &town).await;
    settle_refund(context, second, refund, DAY, "VIR 7").await.unwrap();
    assert_eq!(row(&world, refund).await.state, InvoiceState::Settled);
    assert_eq!(asked(&world, first.person).await, []);
    assert_eq!(held(&world, &town, Account::InTransit).await, 0);
    sound(&world, &town).await;
}

async fn a_transfer_that_came_back_is_made_again(world: World) {
    let town = owing(&world).await;
    let context = &world.context;
    world.grant(&town, town.member(2).person, RoleKind::Treasurer).await;
    let first = town.admin();
    let refund = prepare(&world, &town, by_role(&town, 2)).await.unwrap().refund;
    withdraw_refund(context, first.clone(), refund, "mauvais compte").await.unwrap();
    sound(&world, &town).await;
    let late = authorise(&world, first.clone(), refund).await;
    assert_eq!(refused(late), InvoiceRefusal::NotAwaited(InvoiceState::Withdrawn));
    let refund = prepare(&world, &town, by_role(&town, 2)).await.unwrap().refund;
    authorise(&world, first.clone(), refund).await.unwrap();
    pay_refund(context, first.clone(), refund, DAY, "VIR 1", Some(DAY)).await.unwrap();
    let gone = withdraw_refund(context, first.clone(), refund, "trop tard").await;
    assert_eq!(refused(gone), InvoiceRefusal::NotAwaited(InvoiceState::Settled));
    bounce_refund(context, first.clone(), refund, DAY, "compte fermé").await.unwrap();
    sound(&world, &town).await;
    let owed = Account::RefundDue(Creditor::Organisation(town.member(1).organisation));
    assert_eq!(held(&world, &town, owed).await, 6_000);
    let again = bounce_refund(context, first.clone(), refund, DAY, "deux fois").await;
    assert_eq!(refused(again), InvoiceRefusal::NotAwaited(InvoiceState::Authorised));
    let key = Acting { key: Some("k".to_owned()), ..first };
    for _ in 0..2 {
        // Sent twice, it is one transfer.
        pay_refund(context, key.clone(), refund, DAY, "VIR 2", Some(DAY)).await.unwrap();
    }
    let payments = store::payments::of(&mut world.read().await, refund.0).await.unwrap();
    assert_eq!(payments.len(), 2);
    assert_ne!(payments[0].end_to_end, payments[1].end_to_end);
    assert_eq!(held(&world, &town, owed).await, 0);
    sound(&world, &town).await;
}

async fn nobody_tied_answers_and_a_representative_stands_in(world: World) {
    let town = owing(&world).await;
    world.wait(domain::people::WAITING);
    // One person holds all roles: whoever prepares it leaves a treasurer who authorises it.
    assert_eq!(refused(prepare(&world, &town, town.admin()).await), InvoiceRefusal::NobodyLeft);
    let gone = town.member(1).person;
    world.grant(&town, gone, RoleKind::Treasurer).await;
    let tied = prepare(&world, &town, Acting::by_form(gone, None)).await;
    assert_eq!(refused(tied), InvoiceRefusal::Tied, "it left today");
    assert_eq!(asked(&world, gone).await, []);
    assert_eq!(asked(&world, town.member(2).person).await, [("prepare".to_owned(), 6_000)]);
    let refund = prepare(&world, &town, town.member(2).acting()).await.unwrap().refund;
    assert_eq!(refused(authorise(&world, Acting::by_form(gone, None), refund).await), InvoiceRefusal::Tied);
    let stranger = authorise(&world, town.member(2).acting(), refund).await;
    assert!(matches!(stranger, Err(Failure::NotAllowed(NotAllowed::Missing(_)))), "{stranger:?}");
    authorise(&world, town.admin(), refund).await.unwrap();
    // What is written isn't what they agreed to.
    world
        .sql(|tx| {
            let sql = "UPDATE refund SET payee = payee || 's'";
            Box::pin(async move { store::execute(tx, sql, Vec::new()).await })
        })
        .await;
    let changed = pay_refund(&world.context, town.admin(), refund, DAY, "", None).await;
    assert_eq!(refused(changed), InvoiceRefusal::OrderChanged);
    let report = verify::verify_pot(&world.context.db, town.pot, world.now()).await.unwrap();
    let broken: Vec<_> = report.findings.iter().filter(|one| !one.breaches.is_empty()).collect();
    let codes: Vec<_> = broken.iter().map(|one| one.code).collect();
    assert_eq!(codes, ["I22", "I24"], "{broken:#?}");
}

async fn ending_the_role_of_another_opens_no_refund(world: World) {
    let town = owing(&world).await;
    world.wait(domain::people::WAITING);
    let third = town.member(2).person;
    let stands_in = || prepare(&world, &town, town.member(2).acting());
    world.grant(&town, third, RoleKind::Treasurer).await;
    let roles = popote_app::roles::list(&mut world.read().await, town.id).await.unwrap();
    let held = roles.iter().find(|role| role.person == third).unwrap().id;
    popote_app::roles::end(&world.context, town.admin(), town.id, held).await.unwrap();
    assert_eq!(refused(stands_in().await), InvoiceRefusal::RolesFirst);
    assert_eq!(asked(&world, third).await, []);
    world.wait(jiff::SignedDuration::from_hours(30 * 24));
    let refund = stands_in().await.unwrap().refund;
    authorise(&world, town.admin(), refund).await.unwrap();
    sound(&world, &town).await;
}

/// Who holds every role reads that another is missing, and who it may be.
async fn a_second_person_that_is_missing_is_told(world: World) {
    let town = owing(&world).await;
    let alone = town.admin().person;
    let second = ("second".to_owned(), 6_000);
    let whom = async || {
        let awaiting = of_person(&world.context, alone).await.unwrap();
        let refund = awaiting.todo.into_iter().find_map(|todo| match todo {
            popote_app::awaiting::ToDo::Task(task) if task.kind == TaskKind::Refund => Some(task.whom),
            _ => None,
        });
        refund.unwrap()
    };
    assert_eq!(asked(&world, alone).await, [second.clone()]);
    assert_eq!(whom().await, "", "the third has come just now");
    assert_eq!(asked(&world, town.member(1).person).await, [], "who left");
    world.wait(domain::people::WAITING);
    let third = store::people::get(&mut world.read().await, town.member(2).person).await.unwrap().unwrap();
    assert_eq!(whom().await, third.name);
    // Another treasurer makes two; once they have gone, whoever prepared it waits for another.
    world.grant(&town, town.member(2).person, RoleKind::Treasurer).await;
    assert_eq!(asked(&world, alone).await, [("prepare".to_owned(), 6_000)]);
    prepare(&world, &town, town.admin()).await.unwrap();
    assert_eq!(asked(&world, alone).await, []);
    let roles = popote_app::roles::list(&mut world.read().await, town.id).await.unwrap();
    let held = roles.iter().find(|role| role.person == town.member(2).person).unwrap().id;
    popote_app::roles::end(&world.context, by_role(&town, 2), town.id, held).await.unwrap();
    assert_eq!(asked(&world, alone).await, [second]);
    assert_eq!(whom().await, "");
}

async fn where_it_goes_is_asked_and_a_fresh_sign_in(world: World) {
    let town = owing(&world).await;
    let (first, arn) = (town.admin(), town.member(1).organisation);
    let stale = Session::begun(first.person, world.now() - jiff::SignedDuration::from_mins(11));
    let to = ("ARN", IBAN);
    let old = prepare_refund(&world.context, &stale, first.clone(), town.pot, arn, to).await;
    assert!(matches!(old, Err(Failure::NotAllowed(NotAllowed::NotFresh))), "{old:?}");
    let session = Session::begun(first.person, world.now());
    let bad = prepare_refund(&world.context, &session, first, town.pot, arn, (" ", "FR76")).await;
    let Err(Failure::Invalid(errors)) = bad else { panic!("{bad:?}") };
    let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, ["payee", "iban"]);
    assert_eq!(errors[1].rule, FieldRule::NotAnIban);
}

on_both![
    what_is_owed_is_paid_back_by_two_persons,
    a_transfer_that_came_back_is_made_again,
    nobody_tied_answers_and_a_representative_stands_in,
    ending_the_role_of_another_opens_no_refund,
    a_second_person_that_is_missing_is_told,
    where_it_goes_is_asked_and_a_fresh_sign_in,
];
