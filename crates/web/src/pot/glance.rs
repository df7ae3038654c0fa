//! The pot of a collective at a glance: what is in it, what simmers, what comes next, what awaits the visitor.

use app::features::lists::{Glance, glance};
use app::promises::page::Levels;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::actor::Action;
use domain::needs::NeedState;
use domain::pot::FundMode;
use domain::{AccountKind, Book, Money};
use jiff::Timestamp;
use store::Tx;
use store::features::lists::Card;
use store::needs::Which;
use words::Words;

use super::awaiting::{self, Item};
use crate::accounts::{deadline_items, nothing_yet, waiting};
use crate::cache::cached;
use crate::error::WebError;
use crate::features::{FeatureCard, levels_of};
use crate::layout::{Frame, Legend, PotPicture, Section, Story};
use crate::needs::NeedCard;
use crate::place::{Desk, Place};
use crate::state::AppState;
use crate::story::Teller;

/// Features that the page shows.
const CARDS: usize = 6;
/// Needs that it names, of all and of the visitor's organisation.
const NEEDS: i64 = 3;
/// Events that it tells.
const EVENTS: u16 = 5;
/// Deadlines that it names.
const DEADLINES: u16 = 4;

#[derive(Template)]
#[template(path = "pot/glance.html")]
struct GlancePage {
    frame: Frame,
    heading: String,
    lead: String,
    purpose: String,
    signed_in: bool,
    awaiting: Vec<Item>,
    round: Option<(String, String)>,
    legend: Legend,
    cards: Vec<FeatureCard>,
    features_href: String,
    propose_href: Option<String>,
    /// The needs that most organisations have, and those of the visitor's that others share.
    needs: Vec<NeedCard>,
    yours: Vec<NeedCard>,
    needs_href: String,
    together_href: String,
    write_href: Option<String>,
    /// What comes first, before anything was promised or shared out.
    next: Option<&'static str>,
    story: Story,
    activity_empty: &'static str,
    activity_href: String,
    feed_href: String,
    picture: PotPicture<'static>,
    figures: Vec<(String, String)>,
    mode: String,
    places: Vec<(String, String)>,
    accounts_href: String,
    calls: Option<(String, String)>,
    deadlines: Vec<Item>,
    calendar_href: String,
    rules_href: String,
    /// Where anybody gives, while the host takes gifts.
    give_href: Option<String>,
}

/// `GET /c/{collective}`
pub(crate) async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    frame: Frame,
    Path(slug): Path<String>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let edition = place.edition();
    cached(&state, &headers, frame, edition, async |frame| make(&state, place, frame).await).await
}

async fn make(state: &AppState, place: Place, frame: Frame) -> Result<GlancePage, WebError> {
    let t = frame.t;
    let mut tx = state.context.db.read().await?;
    let desk = Desk::open(&mut tx, place, &frame).await?;
    let found = glance(&mut tx, desk.pot.id, desk.place.today, &desk.sight.past).await?;
    let levels = levels_of(&mut tx, &desk, &found.open).await?;
    let amounts = amounts(&mut tx, &desk, &found).await?;
    let collective = &desk.place.collective;
    let members = store::organisations::count(&mut tx, collective.id, desk.place.today).await?;
    let public_only = !desk.is_member();
    let before = desk.sight.past.events_before(None);
    let events = store::events::of_collective(&mut tx, collective.id, public_only, before, EVENTS).await?;
    let teller = Teller::gather(&mut tx, state, t, &desk, &events).await?;
    let deadlines = deadline_items(&mut tx, state, t, &desk, DEADLINES).await?;
    let deadlines = deadlines.into_iter().map(|line| Item {
        href: line.href.unwrap_or_default(),
        what: line.what,
        when: line.when,
    });
    let awaiting = match desk.standing {
        Some(_) => awaiting::items(&mut tx, state, t, &desk).await?,
        None => Vec::new(),
    };
    let which = Which { state: NeedState::Open, software: None };
    let needs = store::needs::ranked(&mut tx, collective.id, which, NEEDS, 0).await?;
    let yours = match desk.acting_for {
        Some(own) => store::needs::shared_by(&mut tx, collective.id, own, NEEDS).await?,
        None => Vec::new(),
    };
    let gives = app::gifts::open_host(&mut tx, &desk.pot).await?.is_some();
    drop(tx);
    let (slug, currency, today) = (desk.slug(), desk.currency(), desk.place.today);
    let short = |amount| t.money_short(amount, currency);
    let card = |card: &Card| {
        let levels = levels.get(&card.id).copied().unwrap_or_default();
        FeatureCard::new(t, &state.paths, slug, currency, today, (card, levels))
    };
    let activity_href = state.paths.of(slug, "activity");
    let need = |card: &store::needs::Card| NeedCard::new(t, &state.paths, slug, card);
    let writes = desk.standing.is_none() || desk.may(Action::WriteNeed, None);
    Ok(GlancePage {
        heading: t.pot_heading(t.typography(&collective.name)),
        lead: lead(t, &desk, t.pot_members(members)),
        purpose: t.typography(&collective.purpose).into_owned(),
        signed_in: desk.standing.is_some(),
        awaiting,
        round: round_link(state, t, &desk),
        legend: Legend { t, promised: desk.pot.fund_mode.is_promised() },
        cards: found.open.iter().take(CARDS).map(card).collect(),
        features_href: state.paths.of(slug, "features"),
        propose_href: desk.propose_href(state),
        needs: needs.iter().map(need).collect(),
        yours: yours.iter().map(need).collect(),
        needs_href: state.paths.of(slug, "needs"),
        together_href: state.paths.one(slug, "needs", "together"),
        write_href: writes.then(|| state.paths.one(slug, "needs", "new")),
        next: next(t, &desk, &found, amounts),
        story: Story { lines: events.iter().map(|event| teller.line(event)).collect() },
        activity_empty: nothing_yet(t, &desk),
        activity_href,
        feed_href: state.paths.of(slug, "feed.atom"),
        picture: picture(t, &desk, &found, amounts),
        figures: figures(t, &desk, &found, amounts, short),
        mode: t.pot_mode(desk.pot.fund_mode.as_str()),
        places: places(t, &found, &desk, desk.sight.veil.hides(), short),
        accounts_href: state.paths.of(slug, "accounts"),
        calls: (desk.pot.fund_mode.is_promised() && desk.is_member())
            .then(|| (state.paths.of(slug, "calls"), t.calls_see(desk.pot.fund_mode.as_str()))),
        deadlines: deadlines.collect(),
        calendar_href: state.paths.of(slug, "calendar"),
        rules_href: state.paths.of(slug, "rules"),
        give_href: gives.then(|| state.paths.of(slug, "give")),
        frame: desk.frame(frame, Section::Pot),
    })
}

/// The pot's three amounts. In a pot that is paid in advance, all is received; in a direct pot nobody holds anything, and
/// what was confirmed is received.
async fn amounts(tx: &mut Tx, desk: &Desk, found: &Glance) -> Result<Levels, WebError> {
    let mode = desk.pot.fund_mode;
    if !mode.is_promised() {
        return Ok(Levels { received: found.places.cash, ..Levels::default() });
    }
    let mut sums = store::views::sums(tx, desk.pot.id, Book::Promises).await?;
    desk.sight.past.sums(&mut sums, Book::Promises);
    let promised = sums.iter().find(|sum| sum.kind == AccountKind::Promised);
    let promised = promised.and_then(|sum| sum.amount.negated().ok()).unwrap_or_default();
    let until = desk.sight.past.until();
    let paid = store::promised::received_in(tx, desk.pot.id, until.unwrap_or(Timestamp::MAX)).await?;
    let hoped = match until {
        None => store::promises::sums_in(tx, desk.pot.id).await?.hoped,
        Some(_) => Money::ZERO,
    };
    let received = if mode == FundMode::Direct { paid } else { found.places.cash };
    Ok(Levels { received, firm: promised.less(paid), hoped })
}

/// What is to be done first: until then there are no figures to show.
fn next(t: Words, desk: &Desk, found: &Glance, amounts: Levels) -> Option<&'static str> {
    let mode = desk.pot.fund_mode;
    let is_empty =
        [found.received, amounts.received, amounts.firm, amounts.hoped].iter().all(|amount| amount.is_zero());
    if is_empty {
        return Some(if mode.is_promised() { t.pot_next_promise() } else { t.pot_next_pay_in() });
    }
    // What was shared out once is in shares, on features, or further on its way.
    let waits = mode == FundMode::Own
        && found.places.to_share.plus(found.places.reserve).is_ok_and(|sum| sum == found.places.cash);
    let [to_share, _] = waiting(&found.places, desk);
    (waits && to_share.1.is_positive() && found.spent.is_zero()).then(|| t.pot_next_share())
}

/// What came in, what of it was paid and is in hand, what is promised. Where nobody holds money nothing comes in.
fn figures(
    t: Words,
    desk: &Desk,
    found: &Glance,
    amounts: Levels,
    short: impl Fn(Money) -> String,
) -> Vec<(String, String)> {
    let mode = desk.pot.fund_mode;
    let received = if mode == FundMode::Direct { amounts.received } else { found.received };
    if [received, amounts.firm, amounts.hoped].iter().all(|amount| amount.is_zero()) {
        return Vec::new();
    }
    let mut figures = vec![(t.pot_received(mode.as_str()), short(received))];
    if found.spent.is_positive() {
        figures.push((t.pot_spent().to_owned(), short(found.spent)));
        figures.push((t.pot_in_hand().to_owned(), short(found.places.cash)));
    }
    if mode.is_promised() {
        figures.push((t.pot_firm().to_owned(), short(amounts.firm)));
        figures.push((t.pot_hoped().to_owned(), short(amounts.hoped)));
    }
    figures
}

/// How many, and when the round ends.
fn lead(t: Words, desk: &Desk, members: String) -> String {
    let today = desk.place.today;
    match &desk.round {
        None => t.pot_lead_no_round(members),
        Some(round) if today < round.opens_on => {
            t.pot_lead_round_soon(members, round.number, t.days_from(round.opens_on, today))
        }
        Some(round) if today > round.closes_on => t.pot_lead_round_over(members, round.number),
        Some(round) => t.pot_lead_round(
            members,
            round.number,
            t.until(round.closes_on, today),
            t.days_from(round.closes_on, today),
        ),
    }
}

fn round_link(state: &AppState, t: Words, desk: &Desk) -> Option<(String, String)> {
    let round = desk.round.as_ref()?;
    let href = state.paths.one(desk.slug(), "rounds", round.number);
    let over = desk.place.today > round.closes_on;
    let text = if desk.may(Action::Allocate, None) && !over {
        t.pot_allocate().to_owned()
    } else {
        t.pot_see_round(round.number)
    };
    Some((href, text))
}

/// The brim is what would cover every open floor, or what was ever received.
fn picture(t: Words, desk: &Desk, found: &Glance, amounts: Levels) -> PotPicture<'static> {
    let floors = Money::sum(found.open.iter().map(|card| card.floor)).unwrap_or_default();
    PotPicture {
        t,
        id: "main",
        held: desk.pot.fund_mode != FundMode::Direct,
        currency: desk.currency(),
        received: amounts.received,
        firm: amounts.firm,
        hoped: amounts.hoped,
        brim: floors.max(found.received),
    }
}

/// Where the money is, what is zero left out.
fn places(
    t: Words,
    found: &Glance,
    desk: &Desk,
    hides: bool,
    short: impl Fn(Money) -> String,
) -> Vec<(String, String)> {
    let [due, refund] = found.places.to_pay(hides);
    let [waiting, gifts] = waiting(&found.places, desk);
    let places = [
        waiting,
        gifts,
        ("earmarked", found.places.earmarked),
        ("shares", found.places.in_shares),
        ("on_features", found.places.on_features),
        ("bound", found.places.bound),
        ("reserve", found.places.reserve),
        due,
        refund,
        ("in_transit", found.places.in_transit),
    ];
    let present = places.into_iter().filter(|(_, amount)| amount.is_positive());
    present.map(|(name, amount)| (t.accounts_now(name), short(amount))).collect()
}
