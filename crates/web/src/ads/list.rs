//! The ads of the instance: filtered by what the address says, as a feed, as a list for another site, and one's own.

use app::ads::{PAGE, mine as own, search_words};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use domain::ads::{Side, Work};
use jiff::Timestamp;
use serde::Deserialize;
use store::Tx;
use store::ads::Filter;
use words::Words;

use super::Visit;
use super::card::{Card, name};
use crate::error::WebError;
use crate::extract::SignedIn;
use crate::layout::{Frame, Pager, html};
use crate::paths::encoded;
use crate::state::AppState;

/// Ads of the list for another site, and of the feed.
const FEW: usize = 10;
const FEED: usize = 50;
/// Collectives that the filter names.
const COLLECTIVES: u16 = 200;
/// For how many seconds others may keep the list.
const KEPT: u32 = 300;

/// What the address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    side: String,
    #[serde(default)]
    work: String,
    #[serde(default)]
    software: String,
    #[serde(default)]
    region: String,
    #[serde(default)]
    remote: String,
    #[serde(default)]
    collective: String,
    #[serde(default)]
    q: String,
    before: Option<i64>,
}

impl Asked {
    /// Which ads these are. What the address can't mean is no page.
    async fn filter(&self, tx: &mut Tx, members: bool) -> Result<Filter, WebError> {
        let named = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let side = named(&self.side).map(|side| Side::parse(&side).ok_or(WebError::NotFound)).transpose()?;
        let work = named(&self.work).map(|work| Work::parse(&work).ok_or(WebError::NotFound)).transpose()?;
        let collective = match self.collective.as_str() {
            "" => None,
            slug => Some(store::collectives::by_slug(tx, slug).await?.ok_or(WebError::NotFound)?.id),
        };
        let short = |text: &str| text.trim().chars().take(100).collect::<String>();
        Ok(Filter {
            side,
            work,
            software: short(&self.software),
            region: short(&self.region),
            remote: self.remote == "yes",
            collective,
            words: search_words(&self.q),
            members,
        })
    }

    /// The same address without where the list goes on.
    fn query(&self) -> String {
        let pairs = [
            ("side", &self.side),
            ("work", &self.work),
            ("software", &self.software),
            ("region", &self.region),
            ("remote", &self.remote),
            ("collective", &self.collective),
            ("q", &self.q),
        ];
        let filled = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        filled.map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
    }
}

/// A value of a list that opens: its name, its words, whether it is chosen.
type Choice = (String, String, bool);

#[derive(Template)]
#[template(path = "ads/list.html")]
struct ListPage {
    frame: Frame,
    asked: Asked,
    sides: Vec<Choice>,
    works: Vec<Choice>,
    collectives: Vec<Choice>,
    is_filtered: bool,
    cards: Vec<Card>,
    pager: Pager,
    list_href: String,
    request_href: String,
    offer_href: String,
    mine_href: Option<String>,
    feed_href: String,
    embed_href: String,
}

fn choices<'a>(t: Words, chosen: &str, values: impl Iterator<Item = (&'a str, String)>) -> Vec<Choice> {
    let any = (String::new(), t.ads_filter_any().to_owned(), chosen.is_empty());
    let one = |(value, words): (&str, String)| (value.to_owned(), words, value == chosen);
    std::iter::once(any).chain(values.map(one)).collect()
}

/// `GET /ads`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let t = frame.t;
    let mut tx = state.context.db.read().await?;
    let visit = Visit::open(&mut tx, &state, &frame).await?;
    let filter = asked.filter(&mut tx, visit.reader.is_member()).await?;
    let found = app::ads::list(&mut tx, &filter, state.context.now(), asked.before, PAGE).await?;
    let collectives = store::collectives::list(&mut tx, "", COLLECTIVES).await?;
    drop(tx);
    let (list, query) = (state.paths.ads(), asked.query());
    let here = if query.is_empty() { list.clone() } else { format!("{list}?{query}") };
    let joint = if query.is_empty() { '?' } else { '&' };
    let under = |part: &str| state.paths.ads_part(part);
    let tail = if query.is_empty() { String::new() } else { format!("?{query}") };
    html(&ListPage {
        sides: choices(
            t,
            &asked.side,
            Side::ALL.iter().map(|side| (side.as_str(), t.ads_sides(side.as_str()))),
        ),
        works: choices(t, &asked.work, Work::ALL.iter().map(|work| (work.as_str(), name(t, *work)))),
        collectives: choices(
            t,
            &asked.collective,
            collectives.iter().map(|row| (row.slug.as_str(), row.name.clone())),
        ),
        is_filtered: !query.is_empty(),
        cards: found.ads.iter().map(|row| Card::of(t, &state.paths, row)).collect(),
        pager: Pager {
            t,
            first: asked.before.map(|_| here.clone()),
            next: found.next.map(|number| format!("{here}{joint}before={number}")),
        },
        request_href: format!("{}?side=request", under("new")),
        offer_href: format!("{}?side=offer", under("new")),
        mine_href: frame.person().map(|_| under("mine")),
        feed_href: format!("{}{tail}", under("feed.atom")),
        embed_href: format!("{}{tail}", under("embed")),
        list_href: list,
        asked,
        frame: visit.frame(frame),
    })
}

#[derive(Template)]
#[template(path = "ads/embed.html")]
struct Embed {
    t: Words,
    cards: Vec<Card>,
    all_href: String,
}

/// What everybody reads of what the address asks for, with absolute addresses.
async fn for_others(
    state: &AppState,
    asked: &Asked,
    most: usize,
) -> Result<Vec<store::ads::AdRow>, WebError> {
    let mut tx = state.context.db.read().await?;
    let filter = asked.filter(&mut tx, false).await?;
    Ok(app::ads::list(&mut tx, &filter, state.context.now(), None, most).await?.ads)
}

/// `GET /ads/embed`: a piece of HTML without a script that another site takes into a page of its own.
pub(crate) async fn embed(
    State(state): State<AppState>,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let t = frame.t;
    let found = for_others(&state, &asked, FEW).await?;
    let absolute = |card: Card| Card { href: state.public_url.absolute(&card.href), ..card };
    let list = Embed {
        t,
        cards: found.iter().map(|row| absolute(Card::of(t, &state.paths, row))).collect(),
        all_href: state.public_url.absolute(&state.paths.ads()),
    };
    let text = list.render().map_err(WebError::internal)?;
    let kept = HeaderValue::from_str(&format!("public, max-age={KEPT}")).map_err(WebError::internal)?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin")),
        (CACHE_CONTROL, kept),
    ];
    Ok((headers, text).into_response())
}

#[derive(Template)]
#[template(path = "ads/feed.xml")]
struct Feed {
    lang: &'static str,
    title: &'static str,
    id: String,
    self_href: String,
    page_href: String,
    updated: String,
    entries: Vec<Entry>,
}

struct Entry {
    id: String,
    title: String,
    author: String,
    updated: String,
    href: String,
    what: String,
}

fn rfc3339(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `GET /ads/feed.atom`
pub(crate) async fn feed(
    State(state): State<AppState>,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let t = frame.t;
    let found = for_others(&state, &asked, FEED).await?;
    let absolute = |path: String| state.public_url.absolute(&path);
    let query = asked.query();
    let tail = if query.is_empty() { String::new() } else { format!("?{query}") };
    let changed = |row: &store::ads::AdRow| row.edited_at.unwrap_or(row.created_at);
    let updated = found.iter().map(changed).max().unwrap_or(Timestamp::UNIX_EPOCH);
    let entry = |row: &store::ads::AdRow| {
        let card = Card::of(t, &state.paths, row);
        Entry {
            id: format!("urn:uuid:{}", row.id),
            title: format!("{} : {}", card.side, card.title),
            author: card.organisation,
            updated: rfc3339(changed(row)),
            href: absolute(card.href),
            what: card.line,
        }
    };
    let text = Feed {
        lang: t.lang(),
        title: t.ads_feed_title(),
        id: absolute(format!("{}{tail}", state.paths.ads())),
        self_href: absolute(format!("{}{tail}", state.paths.ads_part("feed.atom"))),
        page_href: absolute(format!("{}{tail}", state.paths.ads())),
        updated: rfc3339(updated),
        entries: found.iter().map(entry).collect(),
    };
    let text = text.render().map_err(WebError::internal)?;
    Ok(([(CONTENT_TYPE, "application/atom+xml; charset=utf-8")], text).into_response())
}

#[derive(Template)]
#[template(path = "ads/mine.html")]
struct MinePage {
    frame: Frame,
    crumbs: crate::layout::Crumbs,
    own: Vec<(String, String, String)>,
    talks: Vec<(String, String)>,
    new_href: String,
}

/// `GET /ads/mine`
pub(crate) async fn mine(State(state): State<AppState>, frame: Frame) -> Result<Response, WebError> {
    let t = frame.t;
    let person = frame.person().map(SignedIn::person).ok_or(WebError::SignIn)?;
    let mut tx = state.context.db.read().await?;
    let visit = Visit::open(&mut tx, &state, &frame).await?;
    let (ads, talks) = own(&mut tx, person, visit.acting_for).await?;
    drop(tx);
    let now = state.context.now();
    let line = |row: &store::ads::AdRow| {
        let stand = match row.standing() {
            standing if standing.hidden => "hidden",
            standing if standing.withdrawn => "withdrawn",
            standing if standing.is_shown(now) => "shown",
            _ => "ended",
        };
        let title = t.typography(&row.title).into_owned();
        (state.paths.ad_part(row.number, "manage"), title, t.ads_mine_state(stand))
    };
    let talk = |(talk, row): &(store::ads::AdTalk, store::ads::AdRow)| {
        let href = state.paths.ad_talk(row.number, talk.number);
        (href, t.typography(&row.title).into_owned())
    };
    html(&MinePage {
        crumbs: crate::layout::Crumbs {
            t,
            above: vec![(state.paths.ads(), t.ads_title().to_owned())],
            here: t.ads_mine().to_owned(),
        },
        own: ads.iter().map(line).collect(),
        talks: talks.iter().map(talk).collect(),
        new_href: state.paths.ads_part("new"),
        frame: visit.frame(frame),
    })
}
