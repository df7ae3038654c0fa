//! A reader goes over every page that the router has.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;
use words::{Locale, Words};

use super::reading::{Block, blocks, has_amount};
use super::sums::{Sums, Unknown};
use super::{NATURES, WAYS};
use crate::tests::Answer;
use crate::tests::browser::Browser;

/// The routes of the site, as they are written.
const ROUTES: &str = include_str!("../../router.rs");
/// Most pages of one list.
const MOST: usize = 20;

/// Somebody who reads, and what they learn.
pub(super) struct Reader<'a> {
    pub(super) browser: Browser,
    pub(super) names: &'a [&'a str],
    pub(super) titles: &'a [&'a str],
    pub(super) sums: Sums,
    /// How many amounts stood beside a name.
    pub(super) told: usize,
}

/// Learns all amounts of an organisation.
pub(super) fn everything(sums: &mut Sums, place: usize, features: usize) {
    let paid = (0..WAYS).map(|way| Unknown::Paid(place, way));
    let on = (0..features).map(|feature| Unknown::On(place, feature));
    let rest = [Unknown::Shared, Unknown::Left, Unknown::Put, Unknown::Returned].map(|of| of(place));
    for unknown in paid.chain(on).chain(rest) {
        sums.learn_one(unknown);
    }
}

/// The addresses that answer to `get`, of the instance and of a collective.
fn patterns() -> Vec<&'static str> {
    let routes = ROUTES.split(".route(").skip(1);
    let got =
        routes.filter(|route| route.split(".route(").next().is_some_and(|route| route.contains("get(")));
    let path = |route: &'static str| route.split('"').nth(1).unwrap();
    got.map(path).filter(|path| *path == "/" || path.starts_with("/c/")).collect()
}

impl Reader<'_> {
    /// Reads every page, file, feed and stream.
    pub(super) async fn reads_all(&mut self, site: &Router) {
        let patterns = patterns();
        assert!(patterns.len() > 30, "the routes were not found");
        for pattern in patterns {
            for path in self.paths(pattern) {
                if pattern.ends_with("/live") {
                    self.watches(site, &path).await;
                } else {
                    self.reads(&path).await;
                }
            }
        }
    }

    /// The addresses of a pattern.
    fn paths(&self, pattern: &str) -> Vec<String> {
        let path = pattern.replace("{collective}", "chatons").replace("{year}", "2025");
        if path.contains("{member}") {
            return self
                .names
                .iter()
                .map(|name| path.replace("{member}", &domain::text::slug(name)))
                .collect();
        }
        if path.contains("/features/{number}") {
            let numbers = 1..=self.titles.len();
            return numbers.map(|number| path.replace("{number}", &number.to_string())).collect();
        }
        vec![path.replace("{number}", "1")]
    }

    /// Reads a page and those that follow it.
    async fn reads(&mut self, path: &str) {
        let mut next = Some(path.to_owned());
        for _ in 0..MOST {
            let Some(here) = next.take() else { return };
            let answer = self.browser.get(&here).await;
            assert!(!answer.status.is_server_error(), "{here}: {}", answer.status);
            if answer.status == StatusCode::OK {
                self.learns(path, &answer);
                let text = answer.text();
                let follows = format!("href=\"{}?before=", path.split('?').next().unwrap_or(path));
                next = text.find(&follows).map(|at| {
                    let rest = &text[at + "href=\"".len()..];
                    rest[..rest.find('"').unwrap()].replace("&#38;", "&").replace("&amp;", "&")
                });
                // The first page again is no page that follows.
                next = next.filter(|next| *next != here);
            }
        }
    }

    /// The first event of a stream.
    async fn watches(&mut self, site: &Router, path: &str) {
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = path.parse().unwrap();
        let address = std::net::SocketAddr::from(([192, 0, 2, 7], 4_000));
        request.extensions_mut().insert(axum::extract::ConnectInfo(address));
        let answer = site.clone().oneshot(request).await.unwrap();
        if answer.status() != StatusCode::OK {
            return;
        }
        let mut body = answer.into_body();
        let frame = tokio::time::timeout(Duration::from_secs(10), body.frame()).await.unwrap();
        let bytes = frame.unwrap().unwrap().into_data().unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        assert!(has_amount(&text), "the stream tells a total: {text}");
        self.learns_block(path, &Block { labels: Vec::new(), text });
    }

    fn learns(&mut self, path: &str, answer: &Answer) {
        let text = answer.text();
        let kind = answer.header("content-type").to_owned();
        if path.ends_with("/statement.csv") {
            self.learns_statement_file(path, &text);
        } else if path.contains("/accounts/journal.") {
            // Whoever is told apart in a journal is told with everything.
            for place in 0..self.names.len() {
                if text.contains(self.names[place]) {
                    self.learns_all_of(place);
                }
            }
        } else if path.ends_with("/statement") {
            for block in blocks(&text) {
                self.learns_of_statement(self.of_path(path), &block);
            }
        } else if kind.starts_with("text/html") || kind.contains("xml") {
            for block in blocks(&text) {
                self.learns_block(path, &block);
            }
        } else {
            for line in text.lines() {
                self.learns_block(path, &Block { labels: Vec::new(), text: line.to_owned() });
            }
        }
    }

    /// The member of an address.
    fn of_path(&self, path: &str) -> usize {
        let parts: Vec<&str> = path.split('/').collect();
        self.names.iter().position(|name| parts.contains(&domain::text::slug(name).as_str())).unwrap()
    }

    fn learns_all_of(&mut self, place: usize) {
        self.told += 1;
        everything(&mut self.sums, place, self.titles.len());
    }

    fn feature(&self, text: &str) -> Option<usize> {
        self.titles.iter().position(|title| text.contains(title))
    }

    fn learns_paid(&mut self, place: usize) {
        for way in 0..WAYS {
            self.sums.learn_one(Unknown::Paid(place, way));
        }
    }

    /// What stands beside a name.
    fn learns_block(&mut self, path: &str, block: &Block) {
        if !block.has_amount() {
            return;
        }
        let parts: Vec<&str> = path.split('/').collect();
        let here = match parts.as_slice() {
            [_, _, _, "features", number] => number.parse::<usize>().ok().map(|number| number - 1),
            _ => None,
        };
        for place in block.names(self.names) {
            self.told += 1;
            match self.feature(&block.text).or(here) {
                Some(feature) => self.sums.learn_one(Unknown::On(place, feature)),
                None if path.ends_with("/distribution") => self.sums.learn_one(Unknown::Shared(place)),
                None if matches!(parts.get(3), None | Some(&("accounts" | "activity" | "feed.atom"))) => {
                    self.learns_paid(place);
                }
                None => self.learns_all_of(place),
            }
        }
    }

    /// A statement is all about one organisation.
    fn learns_of_statement(&mut self, place: usize, block: &Block) {
        let t = Words::new(Locale::Fr);
        let columns = [
            (t.contributions_statement_paid(), None),
            (t.contributions_statement_shared(), Some(Unknown::Shared(place))),
            (t.contributions_statement_put(), Some(Unknown::Put(place))),
            (t.contributions_statement_returned(), Some(Unknown::Returned(place))),
        ];
        // Rows of rounds have a column of what was shared out; those of moves say what they are about.
        let by_column = block.labels.iter().any(|(label, _)| label == columns[1].0);
        for (label, _) in block.labels.iter().filter(|(_, cell)| by_column && has_amount(cell)) {
            self.told += 1;
            match columns.iter().find(|(name, _)| name == label) {
                Some((_, None)) => self.learns_paid(place),
                Some((_, Some(unknown))) => self.sums.learn_one(*unknown),
                None => self.learns_all_of(place),
            }
        }
        if by_column || !block.has_amount() {
            return;
        }
        self.told += 1;
        match self.feature(&block.text) {
            Some(feature) => self.sums.learn_one(Unknown::On(place, feature)),
            None if block.labels.is_empty() => self.sums.learn_one(Unknown::Left(place)),
            None => {
                self.learns_paid(place);
                self.sums.learn_one(Unknown::Shared(place));
            }
        }
    }

    fn learns_statement_file(&mut self, path: &str, text: &str) {
        let place = self.of_path(path);
        for line in text.lines().skip(1) {
            self.told += 1;
            match self.feature(line) {
                Some(feature) => self.sums.learn_one(Unknown::On(place, feature)),
                None => {
                    self.learns_paid(place);
                    self.sums.learn_one(Unknown::Shared(place));
                }
            }
        }
    }
}

#[test]
fn every_route_of_a_collective_is_read() {
    let patterns = patterns();
    for path in ["/c/{collective}", "/c/{collective}/feed.atom", "/c/{collective}/members/{member}/statement"]
    {
        assert!(patterns.contains(&path), "{path} is not among {patterns:?}");
    }
    assert!(!patterns.contains(&"/c/{collective}/mandates/{mandate}/end"), "nobody gets a form's address");
    assert_eq!(WAYS, 2 * NATURES.len());
}
