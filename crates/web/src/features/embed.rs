//! A feature on somebody else's page: a picture without a script, and the oEmbed answer that leads to it. Both tell
//! the totals that everybody sees, and nothing else.

use app::features::gathered::returned_of;
use askama::Template;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use domain::Money;
use domain::features::State as Stage;
use serde::Deserialize;
use serde_json::json;
use store::features::Feature;
use words::Words;

use crate::error::WebError;
use crate::layout::{Frame, Gauge};
use crate::place::{Desk, Place};
use crate::state::AppState;

/// The size of the picture.
const WIDTH: u32 = 420;
const HEIGHT: u32 = 96;
/// Most characters of a title in the picture.
const TITLE: usize = 46;
/// For how many seconds others may keep it.
const KEPT: u32 = 300;

#[derive(Template)]
#[template(path = "features/badge.svg", escape = "html")]
struct Badge {
    lang: &'static str,
    title: String,
    label: String,
    said: String,
    brand: String,
    received: i64,
    floor: i64,
    has_gauge: bool,
}

/// A feature with its sentence.
struct Seen {
    desk: Desk,
    feature: Feature,
    /// What is there; of one that ended after it was funded, what was gathered.
    received: Money,
    lead: String,
    said: String,
}

async fn see(state: &AppState, t: Words, slug: &str, number: i64) -> Result<Seen, WebError> {
    let place = Place::find(state, slug).await?;
    let mut tx = state.context.db.read().await?;
    let desk = Desk::with(&mut tx, place, None, None).await?;
    let feature = store::features::by_number(&mut tx, desk.place.collective.id, number).await?;
    let mut feature = feature.ok_or(WebError::NotFound)?;
    desk.sight.past.feature(&mut feature);
    let lead = store::organisations::get(&mut tx, feature.lead).await?.map(|row| row.name);
    let money = |amount: Money| t.money_short(amount, desk.currency());
    let said = match feature.state {
        Stage::Funding if feature.confirming_since.is_none() => {
            let missing = feature.floor.less(feature.allocated_total);
            t.features_badge_missing(money(feature.floor), money(missing))
        }
        state if state.is_triggered() => t.features_badge_funded(money(feature.allocated_total)),
        state => t.state_name(state),
    };
    let back = returned_of(&mut tx, desk.pot.fund_mode, &feature, &desk.sight.past).await?;
    let received = feature.allocated_total.plus(back).unwrap_or(feature.allocated_total);
    Ok(Seen { desk, feature, received, lead: lead.unwrap_or_default(), said })
}

/// `GET /c/{collective}/features/{number}/badge.svg`
pub(crate) async fn badge(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let t = frame.t;
    let seen = see(&state, t, &slug, number).await?;
    let title = t.typography(&seen.feature.title).into_owned();
    let gauge = Gauge {
        t,
        currency: seen.desk.currency(),
        received: seen.received,
        firm: Money::ZERO,
        hoped: Money::ZERO,
        floor: seen.feature.floor,
        top: seen.feature.maximum,
    };
    let widths = seen.feature.floor.is_positive().then(|| gauge.widths());
    picture(t, &title, seen.said, &seen.desk.place.collective.name, widths)
}

/// A picture of something for other sites: its title, one sentence, and a gauge by the widths of what is received and of the
/// floor, in thousandths, where it has one.
pub(crate) fn picture(
    t: Words,
    title: &str,
    said: String,
    collective: &str,
    gauge: Option<(i64, i64)>,
) -> Result<Response, WebError> {
    let (received, floor) = gauge.unwrap_or_default();
    let badge = Badge {
        lang: t.lang(),
        label: format!("{title}. {said}"),
        title: shortened(title),
        said,
        brand: format!("{} · {collective}", t.brand_name()),
        received,
        floor,
        has_gauge: gauge.is_some(),
    };
    let text = badge.render().map_err(WebError::internal)?;
    let headers: [(HeaderName, HeaderValue); 4] = [
        (CONTENT_TYPE, HeaderValue::from_static("image/svg+xml")),
        // A picture of its own, on whichever page: it loads nothing and runs nothing.
        (
            CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox"),
        ),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin")),
        (
            CACHE_CONTROL,
            HeaderValue::from_str(&format!("public, max-age={KEPT}")).map_err(WebError::internal)?,
        ),
    ];
    Ok((headers, text).into_response())
}

fn shortened(title: &str) -> String {
    if title.chars().count() <= TITLE {
        return title.to_owned();
    }
    let kept: String = title.chars().take(TITLE - 1).collect();
    format!("{}…", kept.trim_end())
}

/// What an oEmbed consumer asks.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    url: String,
    format: Option<String>,
    maxwidth: Option<u32>,
    maxheight: Option<u32>,
}

/// `GET /oembed`
pub(crate) async fn oembed(
    State(state): State<AppState>,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    if asked.format.is_some_and(|format| format != "json") {
        return Ok(StatusCode::NOT_IMPLEMENTED.into_response());
    }
    let home = state.public_url.absolute(&state.paths.under("/c/"));
    let path = asked.url.strip_prefix(&home).ok_or(WebError::NotFound)?;
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let mut parts = path.split('/');
    let (Some(slug), Some("features"), Some(number), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(WebError::NotFound);
    };
    let number: i64 = number.parse().map_err(|_| WebError::NotFound)?;
    let seen = see(&state, frame.t, slug, number).await?;
    let path = state.paths.one(slug, "features", number);
    let page = state.public_url.absolute(&path);
    let picture = state.public_url.absolute(&format!("{path}/badge.svg"));
    let title = frame.t.typography(&seen.feature.title).into_owned();
    let (width, height) = fitted(asked.maxwidth, asked.maxheight);
    let html = Snippet { page, picture, label: format!("{title}. {}", seen.said), width, height };
    let body = json!({
        "version": "1.0",
        "type": "rich",
        "title": format!("{title} · {}", seen.said),
        "author_name": seen.lead,
        "provider_name": frame.t.brand_name(),
        "provider_url": state.public_url.absolute(&state.paths.home()),
        "cache_age": KEPT,
        "width": width,
        "height": height,
        "html": html.render().map_err(WebError::internal)?,
    });
    Ok(Json(body).into_response())
}

/// What somebody puts on their page.
#[derive(Template)]
#[template(
    source = "<a href=\"{{ page }}\"><img src=\"{{ picture }}\" alt=\"{{ label }}\" width=\"{{ width }}\" height=\"{{ height }}\"></a>",
    ext = "html"
)]
struct Snippet {
    page: String,
    picture: String,
    label: String,
    width: u32,
    height: u32,
}

/// The picture's size, no larger than asked for.
fn fitted(most_width: Option<u32>, most_height: Option<u32>) -> (u32, u32) {
    let width = WIDTH.min(most_width.unwrap_or(WIDTH)).max(1);
    let height = (HEIGHT * width / WIDTH).max(1);
    match most_height {
        Some(most) if height > most => ((WIDTH * most / HEIGHT).max(1), most.max(1)),
        _ => (width, height),
    }
}

/// What is pasted in a forum.
pub(super) fn forum_text(feature: &Feature, headline: &str, address: &str) -> String {
    let title = feature.title.replace(['[', ']'], "");
    format!("**[{title}]({address})**\n\n{headline}\n\n{}", feature.summary)
}

/// The code of the picture for the page of the feature.
pub(super) fn snippet(page: &str, said: &str) -> String {
    let html = Snippet {
        page: page.to_owned(),
        picture: format!("{page}/badge.svg"),
        label: said.to_owned(),
        width: WIDTH,
        height: HEIGHT,
    };
    html.render().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_fits_where_it_is_put() {
        assert_eq!(fitted(None, None), (420, 96));
        assert_eq!(fitted(Some(210), None), (210, 48));
        assert_eq!(fitted(Some(9_999), Some(48)), (210, 48));
        assert_eq!(fitted(Some(0), Some(0)), (1, 1));
    }

    #[test]
    fn a_long_title_is_cut_between_characters() {
        assert_eq!(shortened("Salon"), "Salon");
        let cut = shortened(&"é".repeat(100));
        assert_eq!((cut.chars().count(), cut.ends_with('…')), (TITLE, true));
    }

    #[test]
    fn nobody_writes_markup_by_a_title() {
        let html = snippet("https://pot.example/c/x/features/1", "\"><script>alert(1)</script>");
        assert!(!html.contains("<script>") && html.contains("&#60;script&#62;"), "{html}");
    }
}
