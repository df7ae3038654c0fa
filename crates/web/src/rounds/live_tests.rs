//! A stream as a browser listens to it, at a quick pace.

use std::time::Duration;

use app::allocations::save_allocations;
use app::contributions::{NewContribution, record_contribution};
use app::distributions::{Asked, confirm_distribution, preview_distribution};
use app::features::{NewFeature, propose_feature};
use axum::Router;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING};
use axum::http::{Request, StatusCode};
use domain::Money;
use domain::features::{Line, Place, Proposal, Wish};
use domain::posting::Nature;
use domain::rounds::RoundPlan;
use domain::rules::{Template, Track};
use domain::shares::ShareRule;
use http_body_util::BodyExt as _;
use jiff::ToSpan as _;
use testkit::{Grown, World};
use tower::ServiceExt as _;

use super::live::{Pace, Streams};
use crate::tests::browser::Browser;
use crate::{AppState, PublicUrl};

/// Looks often, reads rights at each second look, and beats in between.
const QUICK: Pace = Pace {
    look: Duration::from_millis(20),
    looks_to_rights: 2,
    looks: 10_000,
    heartbeat: Duration::from_millis(60),
    retry: Duration::from_secs(5),
};
/// More than any of it takes.
const LONG: Duration = Duration::from_secs(20);

/// A collective with a round, and its site.
async fn round(world: &World, pace: Pace) -> (Grown, AppState, Router) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let today = world.now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
    let plan = RoundPlan {
        name: "Printemps".to_owned(),
        opens_on: today,
        closes_on: today.saturating_add(20.days()),
        rule: ShareRule::EQUAL,
        cap: None,
        lapse: false,
        promises: domain::promises::PromiseRule::AsPutIn,
    };
    app::rounds::open_round(&world.context, town.admin(), town.pot, plan).await.unwrap();
    let url = PublicUrl::parse(&world.context.settings.public_url).unwrap();
    let state = AppState::new(world.context.clone(), url, 1_000_000).with_streams(Streams::at(pace));
    let site = crate::router(&state).unwrap();
    (town, state, site)
}

/// A stream that is open.
struct Heard(Body);

impl Heard {
    async fn open(site: &Router, cookie: Option<&str>) -> Self {
        let mut request = Request::get("/c/chatons/rounds/1/live").header("accept-encoding", "gzip");
        if let Some(cookie) = cookie {
            request = request.header("cookie", cookie);
        }
        let response = site.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[CACHE_CONTROL], "no-store");
        assert_eq!(response.headers()["x-accel-buffering"], "no");
        assert!(response.headers().get(CONTENT_ENCODING).is_none(), "a compressed stream waits for more");
        Self(response.into_body())
    }

    /// Opens one and hears its first figures.
    async fn first(site: &Router, cookie: Option<&str>) -> Self {
        let mut heard = Self::open(site, cookie).await;
        assert!(heard.until(|said| said.contains("event: progress")).await.is_some(), "no figures");
        heard
    }

    /// What comes next; nothing at the end.
    async fn next(&mut self) -> Option<String> {
        let frame = tokio::time::timeout(LONG, self.0.frame()).await.expect("the stream goes on or ends")?;
        Some(String::from_utf8(frame.unwrap().into_data().unwrap().to_vec()).unwrap())
    }

    async fn until(&mut self, wanted: impl Fn(&str) -> bool) -> Option<String> {
        loop {
            let said = self.next().await?;
            if wanted(&said) {
                return Some(said);
            }
        }
    }

    async fn ends(mut self) {
        assert_eq!(self.until(|said| !said.starts_with(':')).await, None);
    }
}

/// Everybody pays, everything is shared out, a feature stands in the round, and one puts a part of its share there.
async fn something_is_put(world: &World, town: &Grown) {
    let (context, today) = (&world.context, world.now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date());
    for member in &town.members {
        let paid = NewContribution {
            organisation: member.organisation,
            amount: Money::new(10_000),
            nature: Nature::Subscription,
            received_on: today,
            reference: String::new(),
            proof: None,
        };
        record_contribution(context, town.admin(), town.pot, paid).await.unwrap();
    }
    let round = store::rounds::open(&mut context.db.read().await.unwrap(), town.pot).await.unwrap().unwrap();
    let asked = Asked::default();
    let preview = preview_distribution(context, &town.admin(), round.id, &asked).await.unwrap();
    confirm_distribution(context, town.admin(), round.id, asked, &preview.digest()).await.unwrap();
    let proposal = Proposal {
        title: "Salon".to_owned(),
        summary: "Inviter par un lien.".to_owned(),
        description: String::new(),
        done_when: "Le lien marche.".to_owned(),
        worker: String::new(),
        software: String::new(),
        discussion_url: String::new(),
        lines: vec![Line {
            label: "Travail".to_owned(),
            minimum: Money::new(50_000),
            maximum: Money::new(50_000),
        }],
        incomes: Vec::new(),
        closing_on: round.closes_on,
        place: Place::Round,
    };
    let new = NewFeature { proposal, track: Some(Track::Trust), needs: Vec::new() };
    let feature = propose_feature(context, town.admin(), town.pot, new).await.unwrap().feature;
    let wish = Wish { feature, seen: Money::ZERO, wanted: Money::new(1_234) };
    save_allocations(context, town.member(1).acting(), town.pot, vec![wish]).await.unwrap();
}

async fn it_beats_and_tells_what_changes(world: World) {
    let (town, _, site) = round(&world, QUICK).await;
    let mut stream = Heard::first(&site, None).await;
    assert!(stream.until(|said| said.starts_with(':')).await.is_some(), "no heartbeat");
    something_is_put(&world, &town).await;
    let told = stream.until(|said| said.contains("event: progress")).await.unwrap();
    assert!(told.contains("12,34") && told.contains("retry: 5000"), "{told}");
}

/// Two servers on one database: what one of them writes, those who listen to the other hear.
async fn what_another_server_writes_is_told_here(world: World) {
    let (town, state, _) = round(&world, QUICK).await;
    let mut context = world.context.clone();
    context.db = store::Db::open(&world.url, &store::Options::default()).await.unwrap();
    let here =
        AppState::new(context, (*state.public_url).clone(), 1_000_000).with_streams(Streams::at(QUICK));
    let mut stream = Heard::first(&crate::router(&here).unwrap(), None).await;
    something_is_put(&world, &town).await;
    let told = stream.until(|said| said.contains("event: progress")).await.unwrap();
    assert!(told.contains("12,34"), "{told}");
    drop(stream);
    here.context.db.close().await;
}

async fn it_ends_when_the_server_stops(world: World) {
    let (_, state, site) = round(&world, Pace { look: LONG, ..QUICK }).await;
    let stream = Heard::first(&site, None).await;
    state.end_streams();
    stream.ends().await;
    // One asked for on a connection that is still open ends at once.
    let mut late = Heard::open(&site, None).await;
    assert_eq!(late.next().await, None);
}

async fn it_ends_with_its_session(world: World) {
    let (town, _, site) = round(&world, QUICK).await;
    let person = town.member(1).person;
    let browser = Browser::of(&site, &world, person).await;
    let mine = Heard::first(&site, Some(&browser.cookie())).await;
    let mut anybodys = Heard::first(&site, None).await;
    // The session is ended from elsewhere: nothing of the collective changes by that.
    for session in app::sessions::list(&world.context, person).await.unwrap() {
        let ending = app::sessions::Ending::One(session.token_hash);
        app::sessions::end(&world.context, person, ending).await.unwrap();
    }
    mine.ends().await;
    assert!(anybodys.until(|said| said.starts_with(':')).await.is_some(), "others go on");
}

async fn a_person_has_four_streams_however_many_sessions(world: World) {
    let (town, _, site) = round(&world, QUICK).await;
    let person = town.member(1).person;
    let mut open = Vec::new();
    for _ in 0..2 {
        let browser = Browser::of(&site, &world, person).await;
        for _ in 0..2 {
            open.push(Heard::open(&site, Some(&browser.cookie())).await);
        }
    }
    let browser = Browser::of(&site, &world, person).await;
    let request = Request::get("/c/chatons/rounds/1/live").header("cookie", browser.cookie());
    let fifth = site.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(fifth.status(), StatusCode::TOO_MANY_REQUESTS);
}

testkit::on_both![
    it_beats_and_tells_what_changes,
    what_another_server_writes_is_told_here,
    it_ends_when_the_server_stops,
    it_ends_with_its_session,
    a_person_has_four_streams_however_many_sessions,
];
