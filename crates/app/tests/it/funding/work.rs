//! The trust track after the trigger: invoices and their two persons, payments, reports, objections, late work, ends.

mod asking;
mod corrections;
mod ends;
mod invoices;
mod leading;
mod naming;
mod reports;
mod restored;
mod ties;
pub(super) mod walk;

use domain::{
    actor::{NotAllowed, RoleKind},
    ids::{InvoiceId, OrganisationId, PersonId},
    input::{FieldError, FieldRule},
    invoices::{InvoiceRefusal, InvoiceState, Suspension},
};
use popote_app::{
    Acting, Context,
    files::{PROOF_TYPES, Upload},
    invoices::{
        self as acts, Answered, NewInvoice, bounce_payment, correct_invoice, pay_invoice, refuse_invoice,
        settle_payment, withdraw_invoice,
    },
    sessions::Session,
};
use store::invoices::Invoice;
use testkit::on_both;

use super::*;

const IBAN: &str = "FR76 3000 6000 0112 3456 7890 189";

/// A town whose work is done by somebody outside: nobody is tied to them.
pub(super) async fn funded(
    world: &World,
    floor: i64,
    maximum: i64,
    puts: &[(usize, i64)],
) -> (Grown, FeatureId) {
    let town = settled(world).await;
    let id = funded_in(world, &town, floor, maximum, puts).await;
    (town, id)
}

/// A town whose representatives stand in for those who hold the roles.
async fn settled(world: &World) -> Grown {
    world.settled_collective(plain(), &["Yaal Coop", "ARN", "Girofle"]).await
}

async fn funded_in(
    world: &World,
    town: &Grown,
    floor: i64,
    maximum: i64,
    puts: &[(usize, i64)],
) -> FeatureId {
    shared(world, town, 10_000).await;
    let new = Proposal { worker: "Atelier Libre".to_owned(), ..proposal(floor, maximum) };
    let id = propose_so(world, town, new, None).await;
    for (place, cents) in puts {
        put(world, town, *place, &[wish(id, 0, *cents)]).await.unwrap();
    }
    assert_eq!(state(world, id).await, State::Building);
    id
}

fn file(name: &str) -> Upload {
    Upload::check(&format!("{name}.pdf"), format!("%PDF-1.7 {name}").into_bytes(), PROOF_TYPES).unwrap()
}

fn invoice(reference: &str, cents: i64) -> NewInvoice {
    NewInvoice {
        reference: reference.to_owned(),
        dated_on: date(2025, 3, 3),
        amount: Money::new(cents),
        payee: "Atelier Libre".to_owned(),
        iban: IBAN.to_owned(),
        file: Some(file(reference)),
    }
}

async fn enter(
    world: &World,
    acting: Acting,
    id: FeatureId,
    new: NewInvoice,
) -> Result<Answered, Failure<InvoiceRefusal>> {
    let session = Session::begun(acting.person, world.now());
    acts::enter_invoice(&world.context, &session, acting, id, new).await
}

async fn approve_invoice(
    context: &Context,
    acting: Acting,
    invoice: InvoiceId,
) -> Result<Answered, Failure<InvoiceRefusal>> {
    let session = Session::begun(acting.person, context.now());
    acts::approve_invoice(context, &session, acting, invoice).await
}

async fn authorise_invoice(
    context: &Context,
    acting: Acting,
    invoice: InvoiceId,
) -> Result<Answered, Failure<InvoiceRefusal>> {
    let session = Session::begun(acting.person, context.now());
    acts::authorise_invoice(context, &session, acting, invoice).await
}

/// An invoice of the organisation that leads.
async fn entered(world: &World, town: &Grown, id: FeatureId, reference: &str, cents: i64) -> InvoiceId {
    enter(world, town.member(1).acting(), id, invoice(reference, cents)).await.unwrap().invoice
}

/// The same, approved by the representative of the third member and authorised by the treasurer.
pub(super) async fn authorised(
    world: &World,
    town: &Grown,
    id: FeatureId,
    reference: &str,
    cents: i64,
) -> InvoiceId {
    let invoice = entered(world, town, id, reference, cents).await;
    approve_invoice(&world.context, town.member(2).acting(), invoice).await.unwrap();
    authorise_invoice(&world.context, town.admin(), invoice).await.unwrap();
    invoice
}

pub(super) async fn row(world: &World, id: InvoiceId) -> Invoice {
    store::invoices::by_id(&mut world.read().await, id).await.unwrap().unwrap()
}

/// Gives a person a mandate for another organisation too.
async fn represents(world: &World, person: PersonId, organisation: OrganisationId) {
    let mandate = store::mandates::MandateRow {
        id: world.context.seed().id(world.now()),
        person,
        organisation,
        kind: domain::actor::MandateKind::Representative,
        starts_on: date(2025, 3, 3),
        ends_on: None,
        ended_at: None,
        granted_by: None,
        created_at: world.now(),
    };
    world
        .sql(move |tx| {
            let row = mandate.clone();
            Box::pin(async move { store::mandates::insert(tx, &row).await })
        })
        .await;
}

struct Raw(&'static str);

impl store::Command for Raw {
    type Done = u64;
    type Error = Failure<popote_app::Never>;

    async fn run(&self, tx: &mut store::Tx) -> Result<u64, Self::Error> {
        Ok(store::execute(tx, self.0, Vec::new()).await?)
    }
}

/// Changes rows as nobody may, and answers how many were.
async fn falsify(world: &World, sql: &'static str) -> u64 {
    world.context.db.write(Raw(sql)).await.unwrap()
}

async fn broken(world: &World, town: &Grown) -> Vec<&'static str> {
    let report = verify::verify_pot(&world.context.db, town.pot, world.now()).await.unwrap();
    let breached =
        |finding: &&domain::invariants::Finding| finding.status == domain::invariants::Status::Breached;
    report.findings.iter().filter(breached).map(|finding| finding.code).collect()
}

fn field<T: std::fmt::Debug, R: std::fmt::Debug>(done: Result<T, Failure<R>>) -> Vec<FieldError> {
    match done {
        Err(Failure::Invalid(errors)) => errors,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn refused<T: std::fmt::Debug, R: std::fmt::Debug>(done: Result<T, Failure<R>>) -> R {
    match done {
        Err(Failure::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}
