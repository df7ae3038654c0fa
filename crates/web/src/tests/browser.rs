//! A browser without a network: it keeps cookies, follows nothing by itself, and says where forms come from as real
//! ones do.

use std::collections::BTreeMap;

use axum::Router;
use axum::http::header::{LOCATION, SET_COOKIE};
use testkit::World;

use super::{Answer, send, with};
use crate::{AppState, PublicUrl};

/// A browser on a site over the database of a story.
#[derive(Clone)]
pub(crate) struct Browser {
    site: Router,
    jar: BTreeMap<String, String>,
    agent: &'static str,
}

/// The site over the database of a story.
pub(crate) fn site_of(world: &World) -> Router {
    let url = PublicUrl::parse(&world.context.settings.public_url).unwrap();
    crate::router(&AppState::new(world.context.clone(), url, 1_000_000)).unwrap()
}

impl Browser {
    /// A browser that was never here.
    pub(crate) fn new(site: &Router) -> Self {
        Self {
            site: site.clone(),
            jar: BTreeMap::new(),
            agent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
        }
    }

    /// A browser in which a person has just signed in.
    pub(crate) async fn of(site: &Router, world: &World, person: domain::ids::PersonId) -> Self {
        let token = identity::Token::from_bytes(world.context.chance.bytes());
        let (hash, now) = (token.hash(), world.now());
        world
            .sql(move |tx| {
                Box::pin(async move {
                    let session = store::sessions::NewSession {
                        token_hash: hash,
                        person,
                        organisation: None,
                        at: now,
                        expires_at: now.saturating_add(jiff::SignedDuration::from_hours(24 * 30)).unwrap(),
                        agent: "Firefox, Linux".to_owned(),
                    };
                    store::sessions::insert(tx, &session).await
                })
            })
            .await;
        let mut browser = Self::new(site);
        let url = PublicUrl::parse(&world.context.settings.public_url).unwrap();
        browser.jar.insert(url.session_cookie().to_owned(), token.as_str().to_owned());
        browser
    }

    /// The same browser on another server of the same site.
    pub(crate) fn goes_to(&mut self, site: &Router) {
        self.site = site.clone();
    }

    /// The names of its cookies.
    pub(crate) fn cookies(&self) -> Vec<&str> {
        self.jar.keys().map(String::as_str).collect()
    }

    /// Its cookies, as it sends them.
    pub(crate) fn cookie(&self) -> String {
        let pairs: Vec<String> = self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    /// Opens a page.
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        let answer = send(&self.site, with("GET", path, &self.headers(&[]), "")).await;
        self.keep(answer)
    }

    /// Sends a form of this site.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send_form(None, path, fields).await
    }

    /// Sends a form of a page that isn't secret, so that the browser says which.
    pub(crate) async fn post_from(&mut self, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send_form(Some(format!("https://popote.example{page}")), path, fields).await
    }

    async fn send_form(&mut self, page: Option<String>, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pair = |(name, value): &(&str, &str)| format!("{name}={}", crate::paths::encoded(value));
        let key = key_of(path, fields);
        let added = key.as_deref().map(|key| ("key", key));
        let body = fields.iter().chain(&added).map(pair).collect::<Vec<_>>().join("&");
        // What a browser sends from a page whose policy is `no-referrer`.
        let form = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("origin", "null"),
            ("sec-fetch-site", "same-origin"),
        ];
        let mut headers = self.headers(&form);
        if let Some(page) = &page {
            headers.push(("referer", page));
        }
        let answer = send(&self.site, with("POST", path, &headers, &body)).await;
        self.keep(answer)
    }

    /// Sends a form with one file.
    pub(crate) async fn upload(&mut self, path: &str, field: &str, name: &str, bytes: &[u8]) -> Answer {
        self.upload_with(path, &[], (field, name, bytes)).await
    }

    /// Sends a form with texts and one file.
    pub(crate) async fn upload_with(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        (field, name, bytes): (&str, &str, &[u8]),
    ) -> Answer {
        let part = |name: &str| format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"");
        let key = key_of(path, fields);
        let added = key.as_deref().map(|key| ("key", key));
        let fields = fields.iter().chain(&added);
        let texts: String =
            fields.map(|(name, value)| format!("{}\r\n\r\n{value}\r\n", part(name))).collect();
        let mut body = format!("{texts}{}; filename=\"{name}\"\r\n\r\n", part(field)).into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--x--\r\n");
        let headers = self.headers(&[
            ("content-type", "multipart/form-data; boundary=x"),
            ("sec-fetch-site", "same-origin"),
        ]);
        let mut request = with("POST", path, &headers, "");
        *request.body_mut() = axum::body::Body::from(body);
        let answer = send(&self.site, request).await;
        self.keep(answer)
    }

    /// Goes where an answer leads.
    pub(crate) async fn follow(&mut self, answer: &Answer) -> Answer {
        let path = answer.header(LOCATION).to_owned();
        assert!(path.starts_with('/'), "{} leads nowhere: {}", answer.status, answer.text());
        self.get(&path).await
    }

    fn headers<'h>(&self, more: &[(&'h str, &'h str)]) -> Vec<(&'h str, &'h str)> {
        let cookie = self.cookie();
        let mut headers = vec![("user-agent", self.agent)];
        headers.extend_from_slice(more);
        if !cookie.is_empty() {
            headers.push(("cookie", String::leak(cookie)));
        }
        headers
    }

    fn keep(&mut self, answer: Answer) -> Answer {
        for cookie in answer.headers.get_all(SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            if cookie.contains("Max-Age=0") {
                self.jar.remove(name);
            } else {
                self.jar.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }
}

/// The key that a form holds which a test says nothing of: the same for the same form.
fn key_of(path: &str, fields: &[(&str, &str)]) -> Option<String> {
    if fields.iter().any(|(name, _)| *name == "key") {
        return None;
    }
    let mut fields = fields.to_vec();
    fields.sort_unstable();
    Some(hex::encode(domain::chain::digest(&[format!("{path} {fields:?}").as_bytes()])))
}

/// Sends the mails that wait, and gives the newest that went to an address.
pub(crate) async fn mail_to(world: &World, address: &str) -> Option<String> {
    app::jobs::run_due(&world.context).await.unwrap();
    world.mails().into_iter().rev().find(|mail| mail.to.address() == address).map(|mail| mail.text)
}

/// The path of this site that a mail holds.
pub(crate) fn path_in(mail: &str) -> String {
    let line = mail.lines().find(|line| line.starts_with("https://popote.example/")).unwrap();
    line.trim_start_matches("https://popote.example").to_owned()
}

/// Makes a person treasurer, at once and without a second person.
pub(crate) async fn make_treasurer(world: &World, town: &testkit::Grown, person: domain::ids::PersonId) {
    let (mut seed, now, collective) = (world.context.seed(), world.now(), town.id);
    let role = store::roles::NewRole {
        id: seed.id(now),
        collective,
        person,
        kind: domain::actor::RoleKind::Treasurer,
        proposed_by: None,
        proposed_at: now,
        effective_at: Some(now),
    };
    assert!(world.sql(move |tx| Box::pin(async move { store::roles::insert(tx, &role).await })).await);
}
