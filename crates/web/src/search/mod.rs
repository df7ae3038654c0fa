//! Searching: one box, what was found with the words marked, kinds in the address, a feed of each search.

mod feed;
mod page;
#[cfg(test)]
mod tests;

pub(crate) use feed::{calendar, of_ads as ads_feed, show as feed};
pub(crate) use page::{of_ads, show};

use app::search::{Asked, Eyes, Hit};
use askama::Template;
use askama::filters::HtmlSafe;
use domain::search::{Kind, Marked, limits};
use serde::Deserialize;
use words::Words;

use crate::error::WebError;
use crate::paths::{Paths, encoded};

/// What an address asks for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Query {
    #[serde(default)]
    q: String,
    kind: Option<String>,
    page: Option<u16>,
}

impl Query {
    /// The same for the use case. Errors: no such kind.
    fn asked(&self) -> Result<Asked, WebError> {
        let kind = match self.kind.as_deref() {
            None | Some("") => None,
            Some(name) => Some(Kind::parse(name).ok_or(WebError::NotFound)?),
        };
        let typed = self.q.chars().take(limits::QUERY).collect();
        // Pages are counted from 1 in addresses.
        Ok(Asked { typed, kind, page: usize::from(self.page.unwrap_or(1).max(1) - 1) })
    }

    /// Whether more was typed than is looked for.
    fn is_cut(&self) -> bool {
        self.q.chars().nth(limits::QUERY).is_some()
    }
}

/// The address of a search.
fn address(list: &str, asked: &Asked, page: usize) -> String {
    let mut address = format!("{list}?q={}", encoded(&asked.typed));
    if let Some(kind) = asked.kind {
        address += &format!("&kind={}", kind.as_str());
    }
    if page > 0 {
        address += &format!("&page={}", page + 1);
    }
    address
}

/// Who searches, by whether they are part of it.
const fn eyes(is_member: bool) -> Eyes {
    if is_member { Eyes::Members } else { Eyes::Strangers }
}

/// A text with the words that were asked for marked.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(
    source = "{% for (hit, text) in parts %}{% if *hit %}<mark>{{ text }}</mark>{% else %}{{ text }}{% endif %}{% endfor %}",
    ext = "html"
)]
pub(crate) struct Marks {
    parts: Marked,
}

impl HtmlSafe for Marks {}

impl Marks {
    /// Of these parts.
    pub(crate) fn of(parts: &Marked) -> Self {
        Self { parts: parts.clone() }
    }

    /// Whether there is no text.
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }
}

/// The lists of a collective in which things of a kind are.
const fn list_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Need => "needs",
        Kind::Feature | Kind::Comment => "features",
        Kind::Software => "software",
        Kind::Ad => "ads",
    }
}

/// Where a result leads; none where it has no page. `slug`: the collective in which it was searched.
pub(crate) fn href(paths: &Paths, slug: &str, hit: &Hit) -> Option<String> {
    let row = &hit.row;
    match row.kind {
        Kind::Need | Kind::Feature => Some(paths.one(slug, list_of(row.kind), row.number)),
        Kind::Software => Some(paths.one(slug, list_of(row.kind), &row.slug)),
        Kind::Ad => Some(paths.under(&format!("/ads/{}", row.number))),
        Kind::Comment => {
            let on = list_of(row.parent_kind?);
            Some(format!("{}/{}", paths.part(slug, on, row.parent_number?, "comments"), row.number))
        }
    }
}

/// What a kind is called, above a result.
fn kind_name(t: Words, kind: Kind) -> &'static str {
    match kind {
        Kind::Need => t.search_kind_need(),
        Kind::Feature => t.search_kind_feature(),
        Kind::Software => t.search_kind_software(),
        Kind::Comment => t.search_kind_comment(),
        Kind::Ad => t.search_kind_ad(),
    }
}

/// What all of a kind are called, in the filters.
fn kind_filter(t: Words, kind: Kind) -> &'static str {
    match kind {
        Kind::Need => t.search_filter_needs(),
        Kind::Feature => t.search_filter_features(),
        Kind::Software => t.search_filter_software(),
        Kind::Comment => t.search_filter_comments(),
        Kind::Ad => t.search_filter_ads(),
    }
}
