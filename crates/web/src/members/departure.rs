//! An organisation leaves: what it has in the pot, where it goes, and the decision that it rests on.

use app::Failure;
use app::decisions::By;
use app::departures::{HowToLeave, Outlook, leave_by_new_decision, leave_collective, outlook};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::{NotAllowed, RoleKind};
use domain::departures::DepartureRefusal;
use domain::pot::FundMode;
use domain::rules::{RefundPolicy, Rules};
use domain::shares::OwnGoesTo;
use domain::{Account, Book, Money, Source};
use store::Tx;
use store::decisions::DecisionRow;
use store::features::lists::Card;
use store::journal::Of;
use store::organisations::MemberRow;
use words::Words;

use super::crumbs;
use super::page::represents;
use crate::decisions::{choice, decided_about};
use crate::entry::ask_again;
use crate::error::WebError;
use crate::extract::{FormData, Visitor};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Section, html_with};
use crate::place::Desk;
use crate::reading::refused;
use crate::rounds::confirm::{CONFIRMED, ask_saying};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "members/departure.html")]
struct DeparturePage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    name: String,
    /// What it has, each with where it goes.
    lines: Vec<(String, String)>,
    /// Whether its own money may be paid back here.
    refunds: bool,
    /// Why it isn't, and whether anybody else could write it down.
    stays_why: String,
    /// The rules that pay nothing back.
    rules_href: Option<String>,
    /// What it paid in with a right of return, and what becomes of that.
    returnable: Option<String>,
    decisions: Vec<(String, String)>,
    /// Whether the visitor speaks for it: then it leaves by its own word.
    own_word: bool,
    /// On which decision it rests, and who writes it down.
    why: String,
    /// Who must have written the decision down, where that is somebody else.
    writers: Option<String>,
    /// Where the visitor, who alone can, writes down the decision that its people are told of first.
    announce_href: Option<String>,
    /// The decisions that were told to them and wait, worded.
    waiting: Vec<String>,
    /// Whether the visitor may write a new decision down here.
    records: bool,
    /// Where another host is named, if it is the host.
    host_href: Option<String>,
    /// The live features that it leads.
    led: Vec<(String, String)>,
    /// Who of its people holds which role, worded.
    roles: Vec<String>,
    /// The distributions that can't be undone once it has left, worded.
    settles: Vec<String>,
}

/// `GET /c/{collective}/members/{organisation}/departure`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path((slug, member)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let (desk, row) = match open(&state, &frame, &slug, &member).await? {
        Opened::Member(desk, row) => (desk, row),
        Opened::Left(said) => return Ok(said),
    };
    if visitor.signed_in()?.session.fresh(desk.place.now) == Err(NotAllowed::NotFresh) {
        return ask_again(&state, &state.paths.part(&slug, "members", &member, "departure"));
    }
    let form = frame.form(FormData::of([("own", "pool_common")]));
    page(&state, &desk, frame, &row, (StatusCode::OK, form)).await
}

/// `POST /c/{collective}/members/{organisation}/departure`. What it does can't be undone: it asks whether it is meant.
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path((slug, member)): Path<(String, String)>,
    data: FormData,
) -> Result<Response, WebError> {
    let (desk, row) = match open(&state, &frame, &slug, &member).await? {
        Opened::Member(desk, row) => (desk, row),
        // The same request again is answered as before; another one may end nothing.
        Opened::Left(_) => return Err(WebError::Forbidden),
    };
    let (t, currency) = (frame.t, desk.currency());
    let here = state.paths.part(&slug, "members", &member, "departure");
    let session = &visitor.signed_in()?.session;
    if session.fresh(desk.place.now) == Err(NotAllowed::NotFresh) {
        return ask_again(&state, &here);
    }
    let told = ["decision", "title", "outcome"].iter().any(|field| data.filled(field).is_some());
    let decided = match told || !represents(&desk, row.id) {
        true => decided_about(&desk, t, &data, Some(row.id)).map(Some),
        false => Ok(None),
    };
    let refusal = match decided {
        Err(refusal) => refusal,
        Ok(by) => {
            let (decision, new) = match by {
                Some(By::Recorded(decision)) => (Some(decision), None),
                Some(By::New(new)) => (None, Some(new)),
                None => (None, None),
            };
            let how = HowToLeave {
                decision,
                own: match data.has("own", "refund_due") {
                    true => OwnGoesTo::RefundDue,
                    false => OwnGoesTo::PoolCommon,
                },
                stays: data.has("stays", "yes"),
                confirmed: data.has(CONFIRMED, "yes"),
            };
            let (acting, collective) = (desk.acting(&frame)?, desk.place.collective.id);
            let (context, title) = (&state.context, new.as_ref().map(|new| new.title.clone()));
            let left = match new {
                Some(new) => {
                    leave_by_new_decision(context, session, acting, collective, row.id, how, new).await
                }
                None => leave_collective(context, session, acting, collective, row.id, how).await,
            };
            match left {
                Ok(()) => return departed(&state, &desk, t, &row).await,
                Err(Failure::Refused(DepartureRefusal::Unconfirmed)) => {
                    let sentences = meant(&state, &desk, &frame, &row, (how, title)).await?;
                    let frame = desk.frame(frame, Section::Members);
                    return ask_saying(frame, sentences, &data, here.clone(), here);
                }
                Err(failure) => {
                    let zone = desk.place.collective.time_zone();
                    let say = |why: &DepartureRefusal| {
                        let field = match why {
                            DepartureRefusal::ByOnePerson
                            | DepartureRefusal::Announced(_)
                            | DepartureRefusal::NotAbout => "decision",
                            DepartureRefusal::Unannounced => "title",
                            _ => "own",
                        };
                        (field.to_owned(), t.departure_refusal(*why, &zone))
                    };
                    refused(failure, t, currency, say)?
                }
            }
        }
    };
    let answer = refusal.form(t, data);
    page(&state, &desk, frame, &row, answer).await
}

/// Back on the page of the organisation, which says what it still owes.
async fn departed(state: &AppState, desk: &Desk, t: Words, row: &MemberRow) -> Result<Response, WebError> {
    let mut tx = state.context.db.read().await?;
    let owed = store::fund_calls::owed_by(&mut tx, desk.pot.id, row.id).await?;
    let stays = store::refunds::left_to_others(&mut tx, desk.pot.id, row.id).await?;
    drop(tx);
    let mut said = match owed.is_positive() {
        true => t.members_departed_owing(t.money(owed, desk.currency()), &row.name),
        false => t.members_departed(&row.name),
    };
    if stays.is_positive() {
        said = format!("{said} {}", t.members_departed_left(t.money(stays, desk.currency())));
    }
    let flash = Flash::good(said);
    see_other_saying(&state.paths.one(desk.slug(), "members", &row.slug), &flash, &state.public_url)
}

/// What a departure does, in sentences, before it is done.
async fn meant(
    state: &AppState,
    desk: &Desk,
    frame: &Frame,
    row: &MemberRow,
    (how, new): (HowToLeave, Option<String>),
) -> Result<Vec<String>, WebError> {
    let t = frame.t;
    let mut tx = state.context.db.read().await?;
    let outlook = look_ahead(&mut tx, desk, frame, row).await?;
    let mut sentences = vec![t.members_departure_meant(&row.name)];
    for (amount, what) in lines(&mut tx, desk, row, frame).await? {
        sentences.push(t.members_departure_meant_line(amount, what));
    }
    let rules = desk.place.rules(&mut tx).await?;
    let policy = refund_policy(desk, &rules);
    sentences.extend(returnable(&mut tx, desk, row, t, policy).await?);
    let goes = match (how.own, policy) {
        (OwnGoesTo::RefundDue, _) => "back",
        (OwnGoesTo::PoolCommon, RefundPolicy::ByDecision) => "stays_for_good",
        (OwnGoesTo::PoolCommon, RefundPolicy::Never) => "stays",
    };
    sentences.push(t.members_departure_meant_own(goes).to_owned());
    if !outlook.led.is_empty() {
        sentences.push(t.members_departure_meant_led(i64::try_from(outlook.led.len()).unwrap_or(i64::MAX)));
    }
    if outlook.subscribes {
        sentences.push(t.members_departure_subscription().to_owned());
    }
    sentences.extend(outlook.settles.iter().map(|round| t.members_departure_settles(*round)));
    sentences.extend(new.map(|title| t.members_departure_meant_new_decision(t.typography(title.trim()))));
    if let Some(decision) = how.decision {
        let decision = store::decisions::get(&mut tx, desk.place.collective.id, decision).await?;
        sentences.extend(decision.map(|one| t.members_departure_meant_decision(one.number, &one.title)));
    }
    Ok(sentences)
}

async fn look_ahead(tx: &mut Tx, desk: &Desk, frame: &Frame, row: &MemberRow) -> Result<Outlook, WebError> {
    let person = frame.person().ok_or(WebError::SignIn)?.session.row.person;
    Ok(outlook(tx, &desk.place.collective, person, row, desk.place.now).await?)
}

/// The departure that a decision lets the visitor go on with, its address and words: one that it decides, that didn't happen
/// yet, and for which it does as a second word where there must be one, or will once its people were told long enough.
pub(crate) async fn goes_on_by(
    tx: &mut Tx,
    state: &AppState,
    (desk, frame): (&Desk, &Frame),
    decision: &DecisionRow,
) -> Result<Option<(String, String)>, WebError> {
    let Some(organisation) = decision.departs else { return Ok(None) };
    let row = store::organisations::member(tx, desk.place.collective.id, organisation).await?;
    let Some(row) = row.filter(|row| may_end(desk, row)) else { return Ok(None) };
    let outlook = look_ahead(tx, desk, frame, &row).await?;
    let own = frame.person().map(|person| person.session.row.person);
    let speaks = represents(desk, row.id);
    let is_own_word = outlook.by_two() && !speaks && decision.recorded_by == own;
    if is_own_word || outlook.decisions.iter().all(|one| one.id != decision.id) {
        return Ok(None);
    }
    let href = state.paths.part(desk.slug(), "members", &row.slug, "departure");
    let from = outlook.rests_from(decision, desk.place.now).filter(|_| !speaks);
    let words = match from {
        Some(from) => {
            frame.t.decisions_go_on_departure_from(frame.t.instant(from, &desk.place.collective.time_zone()))
        }
        None => frame.t.decisions_go_on_departure().to_owned(),
    };
    Ok(Some((href, words)))
}

/// Whether the visitor may let this organisation leave: the collective's administration, or its own representative.
pub(super) fn may_end(desk: &Desk, row: &MemberRow) -> bool {
    let Some(standing) = desk.standing.as_ref() else { return false };
    row.is_member(desk.place.today) && (represents(desk, row.id) || standing.roles.contains(&RoleKind::Admin))
}

/// A member that may leave, or the answer about one that has left.
#[expect(clippy::large_enum_variant, reason = "it is taken apart at once")]
enum Opened {
    Member(Desk, MemberRow),
    Left(Response),
}

async fn open(state: &AppState, frame: &Frame, slug: &str, member: &str) -> Result<Opened, WebError> {
    let (mut tx, desk) = Desk::inside(state, frame, slug).await?;
    let row = super::page::find(&mut tx, &desk, member).await?;
    // There is nothing to end any more: its page says since when.
    if row.left_on.is_some_and(|left| left <= desk.place.today) {
        let path = state.paths.one(slug, "members", &row.slug);
        let said = Flash::good(frame.t.members_departure_done(&row.name));
        return Ok(Opened::Left(see_other_saying(&path, &said, &state.public_url)?));
    }
    if may_end(&desk, &row) { Ok(Opened::Member(desk, row)) } else { Err(WebError::Forbidden) }
}

async fn page(
    state: &AppState,
    desk: &Desk,
    frame: Frame,
    row: &MemberRow,
    (status, form): (StatusCode, Form),
) -> Result<Response, WebError> {
    let mut tx = state.context.db.read().await?;
    let t = frame.t;
    let lines = lines(&mut tx, desk, row, &frame).await?;
    let rules = desk.place.rules(&mut tx).await?;
    let outlook = look_ahead(&mut tx, desk, &frame, row).await?;
    let records = crate::decisions::records(&mut tx, desk, Some(row.id)).await?;
    let policy = refund_policy(desk, &rules);
    let returnable = returnable(&mut tx, desk, row, t, policy).await?;
    drop(tx);
    let slug = desk.slug();
    let led = |card: &Card| {
        (state.paths.one(slug, "features", card.number), t.typography(&card.title).into_owned())
    };
    let role =
        |(name, kind): &(String, RoleKind)| t.members_departure_role(name, t.people_role_kind(kind.as_str()));
    let own_word = represents(desk, row.id);
    let by_two = outlook.by_two() && !own_word;
    let own = frame.person().map(|person| person.session.row.person);
    let waits = outlook.waits() && !own_word;
    let rests_from = |decision: &DecisionRow| outlook.rests_from(decision, desk.place.now).filter(|_| waits);
    // One's own word is no second one, and waits where there is none.
    let fits =
        |decision: &&DecisionRow| (!by_two || decision.recorded_by != own) && rests_from(decision).is_none();
    let zone = desk.place.collective.time_zone();
    let waiting = |decision: &DecisionRow| {
        let from = t.instant(rests_from(decision)?, &zone);
        Some(t.members_departure_waiting(from, decision.number, t.typography(&decision.title)))
    };
    let waiting: Vec<String> = outlook.decisions.iter().filter_map(waiting).collect();
    let new_path = format!("{}?departs={}", state.paths.one(slug, "decisions", "new"), row.slug);
    let page = DeparturePage {
        crumbs: crumbs(state, t, desk.slug(), t.members_departure_title(&row.name)),
        form,
        name: row.name.clone(),
        lines,
        // Its own people don't decide on its refund.
        refunds: policy == RefundPolicy::ByDecision && !own_word,
        stays_why: match policy {
            RefundPolicy::Never => t.members_departure_never().to_owned(),
            RefundPolicy::ByDecision if outlook.writers.is_empty() => {
                t.members_departure_by_nobody().to_owned()
            }
            RefundPolicy::ByDecision => t.members_departure_by_others(outlook.writers.join(", ")),
        },
        rules_href: (rules.refunds == RefundPolicy::Never).then(|| state.paths.of(slug, "rules")),
        returnable,
        decisions: outlook.decisions.iter().filter(fits).map(|row| choice(row, t)).collect(),
        own_word,
        why: match (own_word, by_two, waits) {
            (true, ..) => t.members_departure_why_own(),
            (_, true, _) => t.members_departure_why_two(),
            (.., true) => t.members_departure_why_alone(),
            _ => t.members_departure_why(),
        }
        .to_owned(),
        writers: by_two.then(|| {
            t.members_departure_writers(state.public_url.absolute(&new_path), outlook.writers.join(", "))
        }),
        announce_href: (records && waits && waiting.is_empty()).then_some(new_path),
        waiting,
        records: records && !by_two && !waits,
        host_href: outlook.is_host.then(|| format!("{}#host", state.paths.of(slug, "about"))),
        led: outlook.led.iter().map(led).collect(),
        roles: outlook.roles.iter().map(role).collect(),
        settles: outlook.settles.iter().map(|round| t.members_departure_settles(*round)).collect(),
        frame: desk.frame(frame, Section::Members),
    };
    html_with(status, &page)
}

/// What the rules say of paying an organisation back; nobody holds money to pay back in a direct pot.
fn refund_policy(desk: &Desk, rules: &Rules) -> RefundPolicy {
    if desk.pot.fund_mode == FundMode::Direct { RefundPolicy::Never } else { rules.refunds }
}

/// What an organisation paid in with a right of return, and what its departure can give back of it.
async fn returnable(
    tx: &mut Tx,
    desk: &Desk,
    row: &MemberRow,
    t: Words,
    policy: RefundPolicy,
) -> Result<Option<String>, WebError> {
    let all = store::receipts::returnable(tx, desk.pot.id).await?;
    let own = all.into_iter().find(|one| one.organisation == row.id);
    let back = if policy == RefundPolicy::ByDecision { "decision" } else { "never" };
    Ok(own.map(|one| t.members_departure_returnable(t.money(one.amount, desk.currency()), back)))
}

/// What an organisation has in the pot, and what becomes of each.
async fn lines(
    tx: &mut Tx,
    desk: &Desk,
    row: &MemberRow,
    frame: &Frame,
) -> Result<Vec<(String, String)>, WebError> {
    let t = frame.t;
    let mut sums = [Money::ZERO; 5];
    let mut add = |at: usize, amount: Money| {
        sums[at] = sums[at].plus(amount).unwrap_or(sums[at]);
    };
    for book in Book::ALL {
        let of = Of::Organisation(row.id);
        for (account, amount) in store::journal::balances(tx, desk.pot.id, book, of).await? {
            match (book, account) {
                (Book::Cash, Account::Pool(_) | Account::Share(_, Source::Own)) => add(0, amount),
                (Book::Cash, Account::Share(..)) => add(1, amount),
                (_, Account::Allocated(..) | Account::RightAllocated(..)) => add(2, amount),
                (_, Account::Reserved(..)) => add(3, amount),
                (Book::Promises, Account::Pool(_) | Account::Right(_)) => add(4, amount),
                _ => {}
            }
        }
    }
    let owed = store::fund_calls::owed_by(tx, desk.pot.id, row.id).await?;
    let kinds = ["own", "others", "allocated", "bound", "promised", "owed"];
    let named = kinds.iter().zip(sums.into_iter().chain([owed])).filter(|(_, amount)| amount.is_positive());
    Ok(named
        .map(|(kind, amount)| (t.money(amount, desk.currency()), t.members_departure_line(kind)))
        .collect())
}
