//! Somebody with a session, as the frame shows them.

use app::Context;
use domain::ids::PersonId;
use identity::Token;
use jiff::{SignedDuration, Timestamp};
use store::people::PersonRow;
use store::sessions::NewSession;
use store::{Command, Tx};

use super::*;

/// A person who reads English, with a session that ends in an hour.
struct SignIn {
    token: Token,
    now: Timestamp,
}

impl Command for SignIn {
    type Done = ();
    type Error = app::Failure<app::Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Self::Error> {
        let person = PersonRow {
            id: PersonId(uuid::Uuid::from_u128(7)),
            name: "Camille <Éloi>".to_owned(),
            email: "camille@yaal.example".to_owned(),
            email_key: "camille@yaal.example".to_owned(),
            locale: "en".to_owned(),
            password_hash: None,
            created_at: self.now,
            authorising_from: self.now,
            closed_at: None,
        };
        assert!(store::people::insert(tx, &person).await?);
        let session = NewSession {
            token_hash: self.token.hash(),
            person: person.id,
            organisation: None,
            at: self.now,
            expires_at: self.now + SignedDuration::from_hours(1),
            agent: String::new(),
        };
        Ok(store::sessions::insert(tx, &session).await?)
    }
}

pub(super) async fn signed_in(context: &Context) -> Token {
    let token = Token::from_bytes([9; 32]);
    context.db.write(SignIn { token: token.clone(), now: context.now() }).await.unwrap();
    token
}

#[tokio::test]
async fn a_session_shows_its_person_in_their_language_to_nobody_else() {
    let state = state(ROOT).await;
    let token = signed_in(&state.context).await;
    let site = crate::router(&state).unwrap();
    let stranger = see(&site, "/about", &[]).await;
    stranger.says("Se connecter");

    let cookie = format!("a=b; {}={}", state.public_url.session_cookie(), token.as_str());
    let own = see(&site, "/about", &[("cookie", &cookie)]).await;
    own.says("Camille &#60;Éloi&#62;");
    own.says("<html lang=\"en\">");
    own.says("action=\"/sign-out\"");
    assert_eq!(own.header(CACHE_CONTROL), "no-store");
    assert!(own.headers.get(ETAG).is_none());
    assert_eq!(see(&site, "/about", &[]).await.text(), stranger.text());

    let lost = see(&site, "/nowhere", &[("cookie", &cookie)]).await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
    lost.says("Camille");
    let french = see(&site, "/about?lang=fr", &[("cookie", &cookie)]).await;
    french.says("<html lang=\"fr\">");
}

#[tokio::test]
async fn a_session_that_is_none_is_a_stranger() {
    let state = state(ROOT).await;
    let token = signed_in(&state.context).await;
    let site = crate::router(&state).unwrap();
    let name = state.public_url.session_cookie();
    let other = Token::from_bytes([8; 32]);
    for cookie in [
        format!("{name}={}", other.as_str()),
        format!("{name}=nonsense"),
        format!("popote={}", token.as_str()),
    ] {
        see(&site, "/about", &[("cookie", &cookie)]).await.says("Se connecter");
    }
    let now = state.context.now();
    state.context.clock.set(now + SignedDuration::from_hours(2));
    let cookie = format!("{name}={}", token.as_str());
    see(&site, "/about", &[("cookie", &cookie)]).await.says("Se connecter");
}
