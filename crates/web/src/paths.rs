//! Every address of the site, typed: a page that moves is found by the compiler. All start with the base path.

use std::fmt::{Display, Write as _};
use std::sync::Arc;

use crate::assets;

/// Writes addresses under the base path of the instance.
#[derive(Debug, Clone)]
pub struct Paths {
    base: Arc<str>,
}

impl Paths {
    /// Addresses under `base`: empty, or `/popote`.
    #[must_use]
    pub fn new(base: &str) -> Self {
        Self { base: base.into() }
    }

    /// An address below the base, already written: `/about`. The return address of a form, for instance.
    #[must_use]
    pub fn under(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    fn join(&self, segments: &[&dyn Display]) -> String {
        let mut path = self.base.to_string();
        for segment in segments {
            path.push('/');
            push_segment(&mut path, &segment.to_string());
        }
        path
    }

    /// The instance's home.
    #[must_use]
    pub fn home(&self) -> String {
        self.under("/")
    }

    /// What this instance is.
    #[must_use]
    pub fn about(&self) -> String {
        self.under("/about")
    }

    /// Where the language is chosen (POST).
    #[must_use]
    pub fn language(&self) -> String {
        self.under("/language")
    }

    /// A file of `assets/`, under the name that changes with its content.
    #[must_use]
    pub fn asset(&self, name: &'static str) -> String {
        self.join(&[&"assets", &assets::file_name(name)])
    }

    /// Where people sign in.
    #[must_use]
    pub fn sign_in(&self) -> String {
        self.under("/sign-in")
    }

    /// Where people sign in and come back to a path of this site, its base included.
    #[must_use]
    pub fn sign_in_then(&self, next: &str) -> String {
        format!("{}?next={}", self.sign_in(), encoded(next))
    }

    /// Where people sign out (POST).
    #[must_use]
    pub fn sign_out(&self) -> String {
        self.under("/sign-out")
    }

    /// The page of an invitation, by the secret of its mail.
    #[must_use]
    pub fn invitation(&self, token: &str) -> String {
        self.join(&[&"invitation", &token])
    }

    /// What awaits the visitor.
    #[must_use]
    pub fn me(&self) -> String {
        self.under("/me")
    }

    /// A page of the visitor's own place: `profile`, `sessions`.
    #[must_use]
    pub fn mine(&self, page: &str) -> String {
        self.join(&[&"me", &page])
    }

    /// Something of such a page: an act.
    #[must_use]
    pub fn mine_part(&self, page: &str, part: impl Display) -> String {
        self.join(&[&"me", &page, &part])
    }

    /// An act on something of such a page.
    #[must_use]
    pub fn mine_of(&self, page: &str, part: impl Display, act: &str) -> String {
        self.join(&[&"me", &page, &part, &act])
    }

    /// The instance's classified ads.
    #[must_use]
    pub fn ads(&self) -> String {
        self.under("/ads")
    }

    /// A page of them that is no ad: `new`, `mine`, `feed.atom`, `embed`.
    #[must_use]
    pub fn ads_part(&self, part: &str) -> String {
        self.join(&[&"ads", &part])
    }

    /// One ad, by its number.
    #[must_use]
    pub fn ad(&self, number: i64) -> String {
        self.join(&[&"ads", &number])
    }

    /// Something of an ad: `manage`, `contact`, `need`, `report`.
    #[must_use]
    pub fn ad_part(&self, number: i64, part: &str) -> String {
        self.join(&[&"ads", &number, &part])
    }

    /// What is done with something of an ad.
    #[must_use]
    pub fn ad_act(&self, number: i64, part: &str, act: &str) -> String {
        self.join(&[&"ads", &number, &part, &act])
    }

    /// A conversation about an ad.
    #[must_use]
    pub fn ad_talk(&self, number: i64, talk: i64) -> String {
        self.join(&[&"ads", &number, &"talks", &talk])
    }

    /// Where whoever posted an ad keeps it, by the secret of their mail.
    #[must_use]
    pub fn ad_kept(&self, token: &str) -> String {
        self.join(&[&"ad", &token])
    }

    /// Where whoever answered an ad follows the conversation, by the secret of their mail.
    #[must_use]
    pub fn ad_talk_kept(&self, token: &str) -> String {
        self.join(&[&"ad-talk", &token])
    }

    /// What of the ads waits for the administration.
    #[must_use]
    pub fn admin_ads(&self) -> String {
        self.under("/admin/ads")
    }

    /// What the administration does with an ad (POST).
    #[must_use]
    pub fn admin_ad(&self, number: i64, act: &str) -> String {
        self.join(&[&"admin", &"ads", &number, &act])
    }

    /// How programs use this instance.
    #[must_use]
    pub fn api_guide(&self) -> String {
        self.under("/about/api")
    }

    /// What a kind of problem of the API means.
    #[must_use]
    pub fn problem(&self, code: &str) -> String {
        self.join(&[&"api", &"v1", &"problems", &code])
    }

    /// The instance's administration.
    #[must_use]
    pub fn admin(&self) -> String {
        self.under("/admin")
    }

    /// A file that somebody sent.
    #[must_use]
    pub fn file(&self, id: impl Display) -> String {
        self.join(&[&"files", &id])
    }

    /// A collective: its main pot at a glance.
    #[must_use]
    pub fn collective(&self, collective: impl Display) -> String {
        self.join(&[&"c", &collective])
    }

    /// A list or page of a collective: `needs`, `features`, `accounts`, `rules`…
    #[must_use]
    pub fn of(&self, collective: impl Display, list: impl Display) -> String {
        self.join(&[&"c", &collective, &list])
    }

    /// One thing of a list of a collective: a feature, a round by its number, a decision.
    #[must_use]
    pub fn one(&self, collective: impl Display, list: impl Display, id: impl Display) -> String {
        self.join(&[&"c", &collective, &list, &id])
    }

    /// Something that belongs to one thing of a list: the estimates of a feature, the allocations of a round.
    #[must_use]
    pub fn part(
        &self,
        collective: impl Display,
        list: impl Display,
        id: impl Display,
        part: impl Display,
    ) -> String {
        debug_assert!(!part.to_string().contains('/'), "{part} is two segments: see Paths::act");
        self.join(&[&"c", &collective, &list, &id, &part])
    }

    /// What is done with something that belongs to one thing of a list: withdrawing the need of a feature.
    #[must_use]
    pub fn act(
        &self,
        collective: impl Display,
        list: impl Display,
        id: impl Display,
        part: impl Display,
        act: impl Display,
    ) -> String {
        self.join(&[&"c", &collective, &list, &id, &part, &act])
    }
}

/// A text as the value of a query: everything but letters, digits and `-_.~` percent-encoded.
#[must_use]
pub fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    push_segment(&mut encoded, text);
    encoded
}

/// Percent-encodes everything that a path segment doesn't hold as it is.
fn push_segment(path: &mut String, segment: &str) {
    for byte in segment.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            path.push(char::from(byte));
        } else {
            let _ = write!(path, "%{byte:02X}");
        }
    }
}

/// What addresses that are secrets start with: those that links of mails and of the command line open.
const SECRETS: [&str; 11] = [
    "/setup/",
    "/demo/",
    "/sign-in/link/",
    "/invitation/",
    "/me/email/",
    "/join/",
    "/ad/",
    "/ad-confirm/",
    "/ad-talk/",
    "/answer/",
    "/unsubscribe/",
];

/// Whether a path, without the base, is itself a secret: no other page is told it, nothing keeps it.
#[must_use]
pub fn is_secret(path: &str) -> bool {
    SECRETS.iter().any(|start| path.starts_with(start))
}

/// The page on which a form stands, where its own address shows none: of the confirmation of a role, that of all roles.
#[must_use]
pub fn page_of_form(form: &str) -> String {
    let segments: Vec<&str> = form.trim_start_matches('/').split('/').collect();
    let start = |count: usize| format!("/{}", segments[..count].join("/"));
    match segments.as_slice() {
        ["c", _, "features", _, "report" | "objection" | "decision", ..] => format!("{}/work", start(4)),
        ["c", _, "features", _, "pictures", ..]
        | ["c", _, "members", _, "subscription" | "standing-choice", ..] => start(5),
        ["c", _, "features", _, "comments", _, ..]
        | ["c", _, "needs", _, "comments" | "approaches", _, ..] => start(6),
        ["c", _, "needs", _, "support" | "turn" | "merge" | "following" | "comments", ..]
        | ["c", _, "software", _, "hosting", ..] => start(4),
        ["c", _, "features", _, act, ..] if FORMS_OF_A_FEATURE.contains(act) => start(4),
        ["c", _, "rounds", _, "allocations" | "promise" | "withdraw"]
        | ["c", _, "members", _, "mandates" | "amounts"]
        | ["c", _, "calls" | "invoices" | "refunds" | "subscriptions", _, ..]
        | ["c", _, "gifts", "import", ..] => start(4),
        ["c", _, "mandates", ..] => format!("{}/members", start(2)),
        [
            "c",
            _,
            "about" | "import" | "invitations" | "newcomers" | "payments" | "webhooks" | "roles",
            ..,
        ]
        | ["ads", _, "need" | "manage", ..] => start(3),
        ["me", "organisation" | "mandates", ..] => "/me".to_owned(),
        ["me", "notices", ..] => "/me/profile".to_owned(),
        ["me", "profile", act, ..] if *act != "erase" => start(2),
        ["me", "sessions" | "tokens", ..] => start(2),
        ["admin", "ads", ..] => "/admin/ads".to_owned(),
        ["admin", ..] => "/admin".to_owned(),
        _ => form.to_owned(),
    }
}

/// The forms that stand on the page of a feature.
const FORMS_OF_A_FEATURE: [&str; 7] =
    ["allocation", "comments", "promise", "needs", "steps", "wake", "confirmation"];

/// Whether a return address is a path of this site: it goes into a `Location` header, and must not lead away. A way
/// up (`..`) could leave the base path, or reach an address that is a secret under a name that hides it.
#[must_use]
pub fn is_local(path: &str) -> bool {
    let plain = path.split(['?', '#']).next().unwrap_or_default();
    path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= 2_000
        && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
        && !plain.split('/').any(is_dots)
}

/// Whether browsers take a segment for `.` or `..`, also where its points are encoded.
fn is_dots(segment: &str) -> bool {
    let points = segment.to_ascii_lowercase().replace("%2e", ".");
    matches!(points.as_str(), "." | "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_carry_their_base_and_escape_their_segments() {
        let (root, below) = (Paths::new(""), Paths::new("/popote"));
        assert_eq!(root.home(), "/");
        assert_eq!(below.home(), "/popote/");
        assert_eq!(below.one("chatons", "rounds", 3), "/popote/c/chatons/rounds/3");
        assert_eq!(root.of("a/../b", "né"), "/c/a%2F..%2Fb/n%C3%A9");
        assert_eq!(
            root.act("chatons", "features", 3, "needs", "withdraw"),
            "/c/chatons/features/3/needs/withdraw"
        );
        assert!(below.asset("popote.css").starts_with("/popote/assets/popote."));
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "two segments")]
    fn a_part_is_one_segment() {
        drop(Paths::new("").part("chatons", "features", 3, "needs/withdraw"));
    }

    #[test]
    fn a_return_address_stays_here() {
        for good in ["/", "/c/chatons?sort=name#top", "/about", "/a?b=../c", "/a/..b/...", "/%2e%2eb"] {
            assert!(is_local(good), "{good}");
        }
        for bad in [
            "",
            "about",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nX: y",
            "/é",
            "/popote/../other",
            "/./setup/x",
            "/x/%2E%2e/invitation/y",
            "/x/.%2e",
        ] {
            assert!(!is_local(bad), "{bad:?}");
        }
    }

    /// Every route with its methods, as `router.rs` writes them.
    fn routes() -> Vec<(&'static str, &'static str)> {
        let source = include_str!("router.rs");
        let rows = source.split(".route(").skip(1).filter_map(|rest| {
            let (_, rest) = rest.split_once('"')?;
            rest.split_once('"')
        });
        rows.map(|(path, rest)| (path, rest.split(".merge(").next().unwrap_or(rest))).collect()
    }

    #[test]
    fn every_form_has_a_page_to_go_back_to() {
        let routes = routes();
        let has = |methods: &str, method: &str| methods.contains(&format!("{method}("));
        let mut forms = 0;
        for (path, methods) in &routes {
            if !has(methods, "post") || is_secret(path) || path.starts_with("/sign-") || *path == "/language"
            {
                continue;
            }
            forms += 1;
            let page = page_of_form(path);
            let page = page.replace("/import/confirm", "/import");
            let shown = routes.iter().any(|(known, methods)| *known == page && has(methods, "get"));
            assert!(shown, "{path} leads back to {page}, which shows nothing");
        }
        assert!(forms > 50, "{forms}");
        assert_eq!(page_of_form("/c/x/features/3/needs/withdraw"), "/c/x/features/3");
        assert_eq!(page_of_form("/c/x/features/new"), "/c/x/features/new");
    }
}
