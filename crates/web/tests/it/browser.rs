//! A browser that a test drives: it keeps the session of one person and reads forms.

use std::collections::HashMap;

use app::{Failure, Never};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use domain::ids::{OrganisationId, PersonId};
use http_body_util::BodyExt;
use identity::Token;
use jiff::{SignedDuration, Timestamp};
use popote_web::{AppState, PublicUrl};
use store::sessions::NewSession;
use store::{Command, Tx};
use testkit::{Grown, World};
use tower::ServiceExt;

/// The site over a world.
pub(crate) struct Site {
    router: Router,
    cookie: String,
    world: World,
}

/// Somebody at a browser.
pub(crate) struct Visitor<'s> {
    site: &'s Site,
    session: Option<String>,
    language: &'static str,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }

    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.text.contains(text), "{text:?} is not in {}", self.text);
        self
    }

    #[track_caller]
    pub(crate) fn says_not(self, text: &str) -> Self {
        assert!(!self.text.contains(text), "{text:?} is in {}", self.text);
        self
    }

    /// Where an act led to.
    #[track_caller]
    pub(crate) fn leads_to(self, path: &str) -> Self {
        assert_eq!((self.status.as_u16(), self.header("location")), (303, path), "{}", self.text);
        self
    }

    /// The value of a hidden field.
    #[track_caller]
    pub(crate) fn hidden(&self, name: &str) -> String {
        let mark = format!("type=\"hidden\" name=\"{name}\" value=\"");
        let Some((_, rest)) = self.text.split_once(&mark) else { panic!("no field {name} in {}", self.text) };
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    /// Where the form with this button goes.
    #[track_caller]
    pub(crate) fn action(&self, button: &str) -> String {
        let Some((before, _)) = self.text.split_once(&format!(">{button}</button>")) else {
            panic!("no button {button:?} in {}", self.text)
        };
        let (_, form) = before.rsplit_once("<form method=\"post\" action=\"").unwrap();
        form.split('"').next().unwrap_or_default().to_owned()
    }

    /// Where a link with this text goes.
    #[track_caller]
    pub(crate) fn link(&self, text: &str) -> String {
        let Some((before, _)) = self.text.split_once(&format!(">{text}</a>")) else {
            panic!("no link {text:?} in {}", self.text)
        };
        let (_, href) = before.rsplit_once("href=\"").unwrap();
        href.split('"').next().unwrap_or_default().to_owned()
    }

    /// Says one thing above another.
    #[track_caller]
    pub(crate) fn says_above(self, first: &str, second: &str) -> Self {
        let (one, two) = (self.text.find(first), self.text.find(second));
        assert!(one.is_some() && two.is_some() && one < two, "{first:?}, {second:?}: {}", self.text);
        self
    }

    /// The names of the fields that start so.
    pub(crate) fn fields(&self, start: &str) -> Vec<String> {
        let mark = format!("name=\"{start}");
        let rest = self.text.split(&mark).skip(1).filter_map(|rest| rest.split('"').next());
        rest.map(|end| format!("{start}{end}")).collect()
    }
}

struct SignIn {
    token: Token,
    person: PersonId,
    organisation: Option<OrganisationId>,
    now: Timestamp,
}

impl Command for SignIn {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let session = NewSession {
            token_hash: self.token.hash(),
            person: self.person,
            organisation: self.organisation,
            at: self.now,
            expires_at: self.now + SignedDuration::from_hours(24 * 300),
            agent: String::new(),
        };
        Ok(store::sessions::insert(tx, &session).await?)
    }
}

impl Site {
    pub(crate) fn of(world: &World) -> Self {
        Self::at(world, world.context.clone())
    }

    /// The site of another server of the same world.
    pub(crate) fn at(world: &World, context: app::Context) -> Self {
        let url = PublicUrl::parse("https://popote.example").unwrap();
        let cookie = url.session_cookie().to_owned();
        let state = AppState::new(context, url, 4_000_000);
        Self { router: popote_web::router(&state).unwrap(), cookie, world: world.clone() }
    }

    /// Nobody in particular.
    pub(crate) fn anybody(&self) -> Visitor<'_> {
        Visitor { site: self, session: None, language: "fr" }
    }

    /// The representative of a member, signed in.
    pub(crate) async fn member(&self, town: &Grown, place: usize) -> Visitor<'_> {
        let member = town.member(place);
        let token = Token::from_bytes(self.world.context.chance.bytes());
        let text = token.as_str().to_owned();
        let (now, person) = (self.world.now(), member.person);
        self.world.write(SignIn { token, person, organisation: Some(member.organisation), now }).await;
        Visitor { site: self, session: Some(text), language: "fr" }
    }
}

impl Visitor<'_> {
    /// By what the session is known in the database.
    pub(crate) fn token_hash(&self) -> [u8; 32] {
        Token::parse(self.session.as_deref().unwrap_or_default()).unwrap().hash()
    }

    /// The same who reads English.
    pub(crate) fn in_english(self) -> Self {
        Self { language: "en", ..self }
    }

    async fn send(&self, request: axum::http::request::Builder, body: Body) -> Answer {
        let mut request = request.header("accept-language", self.language);
        if let Some(session) = &self.session {
            request = request.header("cookie", format!("{}={session}", self.site.cookie));
        }
        let response = self.site.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        Answer { status, headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// An answer whose body isn't read yet.
    pub(crate) async fn open(&self, path: &str) -> axum::response::Response {
        let request = Request::get(path).header("accept-language", self.language);
        self.ask(request.body(Body::empty()).unwrap()).await
    }

    /// The same for a request as it is, without a session.
    pub(crate) async fn ask(&self, request: Request<Body>) -> axum::response::Response {
        self.site.router.clone().oneshot(request).await.unwrap()
    }

    pub(crate) async fn see(&self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    /// Sends a form. A field named twice counts as its last value.
    pub(crate) async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut last: HashMap<&str, &str> = fields.iter().copied().collect();
        let key = key_of(path, fields);
        last.entry("key").or_insert(&key);
        let mut body = String::new();
        for (name, value) in last {
            body.push_str(&format!("{}={}&", encode(name), encode(value)));
        }
        let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        self.send(request, Body::from(body)).await
    }

    /// Sends a form with a file.
    pub(crate) async fn upload(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        file: (&str, &str, &[u8]),
    ) -> Answer {
        let mut body = Vec::new();
        let key = key_of(path, fields);
        let keyed = fields.iter().any(|(name, _)| *name == "key");
        let added = [("key", key.as_str())];
        for (name, value) in fields.iter().chain(added.iter().filter(|_| !keyed)) {
            body.extend_from_slice(
                format!("--limit\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .as_bytes(),
            );
        }
        let (field, name, bytes) = file;
        body.extend_from_slice(
            format!(
                "--limit\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n"
            )
            .as_bytes(),
        );
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--limit--\r\n");
        let request = Request::post(path).header("content-type", "multipart/form-data; boundary=limit");
        self.send(request, Body::from(body)).await
    }
}

/// The key that a form holds which a test says nothing of: the same for the same form.
fn key_of(path: &str, fields: &[(&str, &str)]) -> String {
    let mut fields = fields.to_vec();
    fields.sort_unstable();
    hex::encode(domain::chain::digest(&[format!("{path} {fields:?}").as_bytes()]))
}

fn encode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
