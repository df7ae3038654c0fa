//! Every address of the site, and what each request passes on its way.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request};
use axum::http::uri::PathAndQuery;
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use tower::ServiceExt;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::{ConfigError, CsrfLayer, ProtectionError};
use tower_http::timeout::TimeoutLayer;

use crate::error::{WebError, error_pages};
use crate::extract::{Site, Visitor};
use crate::headers::{RequestIds, dress};
use crate::kept::keep_for_its_reader;
use crate::state::AppState;
use crate::{
    about, accounts, admin, ads, answers, api, assets, calls, choices, collective, contributions, decisions,
    demo, features, files, give, language, me, members, needs, newcomers, people, pot, rounds, rules, search,
    setup, sign_in, software, subscriptions, webhooks, work,
};

/// Every address. A page that shows is `get`, an act is `post`; no `get` changes anything.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/about", get(about::show))
        .route("/about/api", get(about::api))
        .route("/language", post(language::choose))
        .route("/assets/{file}", get(assets::show))
        .route("/favicon.ico", get(assets::favicon))
        .merge(money())
        .merge(wishes())
        .merge(works())
        .merge(dues())
        .merge(persons())
        .merge(advertised())
}

/// A proof of payment, a picture or a table with the form around it. Above what is taken of either, so that a form whose file is
/// too large comes back with what was typed.
pub const LARGEST_UPLOAD: usize = 2 * domain::pictures::LARGEST;

/// What comes in, rounds, features, accounts: the pages of a collective's pot.
fn money() -> Router<AppState> {
    let upload = || DefaultBodyLimit::max(LARGEST_UPLOAD);
    Router::new()
        .route("/", get(pot::home))
        .route("/oembed", get(features::oembed))
        .route("/files/{id}", get(files::show))
        .route("/admin", get(admin::show))
        .route("/admin/check", post(admin::check))
        .route("/admin/jobs/{id}/retry", post(admin::retry))
        .route("/c/{collective}/decisions", get(decisions::list))
        .route("/c/{collective}/decisions/new", get(decisions::new).post(decisions::create))
        .route("/c/{collective}/decisions/{number}", get(decisions::show))
        .route("/c/{collective}/give", get(give::show))
        .route("/c/{collective}/about", get(collective::show).post(collective::save))
        .route("/c/{collective}/about/iban", post(collective::answer_iban))
        .route("/c/{collective}/rules", get(rules::show))
        .route("/c/{collective}/rules/edit", get(rules::edit).post(rules::save))
        .route("/c/{collective}", get(pot::glance))
        .route("/c/{collective}/accounts", get(accounts::show))
        .route("/c/{collective}/accounts/how", get(accounts::how))
        .route("/c/{collective}/accounts/journal.json", get(accounts::json))
        .route("/c/{collective}/accounts/journal.csv", get(accounts::csv))
        .route("/c/{collective}/accounts/journal.hledger", get(accounts::hledger))
        .route("/c/{collective}/accounts/journal.beancount", get(accounts::beancount))
        .route("/c/{collective}/activity", get(accounts::activity))
        .route("/c/{collective}/feed.atom", get(accounts::feed))
        .route("/c/{collective}/calendar", get(accounts::calendar))
        .route("/c/{collective}/calendar.ics", get(accounts::ics))
        .route("/c/{collective}/contributions", get(contributions::list))
        .route("/c/{collective}/contributions.csv", get(contributions::list_csv))
        .route(
            "/c/{collective}/contributions/new",
            get(contributions::new).post(contributions::create).layer(upload()),
        )
        .route(
            "/c/{collective}/gifts/import",
            get(contributions::import_gifts).post(contributions::preview_gifts).layer(upload()),
        )
        .route("/c/{collective}/gifts/import/confirm", post(contributions::confirm_gifts).layer(upload()))
        .route("/c/{collective}/gifts/put", get(contributions::putting_gifts).post(contributions::put_gifts))
        .route(
            "/c/{collective}/gifts/new",
            get(contributions::new_gift).post(contributions::create_gift).layer(upload()),
        )
        .route(
            "/c/{collective}/entries/{number}",
            get(contributions::entry).post(contributions::add_proof).layer(upload()),
        )
        .route(
            "/c/{collective}/entries/{number}/reverse",
            get(contributions::reversal).post(contributions::reverse),
        )
        .route("/c/{collective}/members/{member}/statement", get(contributions::statement))
        .route("/c/{collective}/members/{member}/statement.csv", get(contributions::statement_csv))
        .route("/c/{collective}/members/{member}/year/{year}", get(contributions::year))
        .route("/c/{collective}/rounds", get(rounds::list))
        .route("/c/{collective}/rounds/new", get(rounds::new).post(rounds::create))
        .route("/c/{collective}/rounds/{number}", get(rounds::show))
        .route("/c/{collective}/rounds/{number}/promise", post(rounds::promise))
        .route("/c/{collective}/rounds/{number}/allocations", post(rounds::save))
        .route(
            "/c/{collective}/rounds/{number}/distribution",
            get(rounds::distribution).post(rounds::distribute).layer(upload()),
        )
        .route("/c/{collective}/rounds/{number}/edit", get(rounds::editing).post(rounds::change))
        .route("/c/{collective}/rounds/{number}/withdraw", post(rounds::withdraw))
        .route("/c/{collective}/rounds/{number}/close", get(rounds::closing).post(rounds::close))
        .route("/c/{collective}/rounds/{number}/live", get(rounds::live))
        .route("/c/{collective}/calls", get(calls::list))
        .route("/c/{collective}/calls/{number}", get(calls::show))
        .route("/c/{collective}/calls/{number}/paid", post(calls::say_paid))
        .route("/c/{collective}/calls/{number}/not-paid", post(calls::unsay_paid))
        .route("/c/{collective}/calls/{number}/received", post(calls::received))
        .route("/c/{collective}/calls/{number}/payment", post(calls::record).layer(upload()))
        .route("/c/{collective}/calls/{number}/cover", post(calls::cover))
        .route("/c/{collective}/calls/{number}/undo/{receipt}", post(calls::undo))
        .route("/search", get(search::of_ads))
        .route("/search.atom", get(search::ads_feed))
        .route("/c/{collective}/search", get(search::show))
        .route("/c/{collective}/search.atom", get(search::feed))
        .route("/c/{collective}/search.ics", get(search::calendar))
        .route("/c/{collective}/features", get(features::list))
        .route("/c/{collective}/features/new", get(features::new).post(features::create))
        .route("/c/{collective}/features/{number}", get(features::show))
        .route("/c/{collective}/features/{number}/badge.svg", get(features::badge))
        .route("/c/{collective}/features/{number}/edit", get(features::edit).post(features::save))
        .route(
            "/c/{collective}/features/{number}/pictures",
            get(features::pictures).post(features::add_picture).layer(upload()),
        )
        .route("/c/{collective}/features/{number}/pictures/{picture}/remove", post(features::remove_picture))
        .route("/c/{collective}/features/{number}/allocation", post(features::allocate))
        .route("/c/{collective}/features/{number}/promise", post(features::make_promise))
        .route("/c/{collective}/features/{number}/join", get(newcomers::show).post(newcomers::ask))
        .route("/c/{collective}/features/{number}/needs", post(features::say_needed))
        .route("/c/{collective}/features/{number}/needs/withdraw", post(features::withdraw_need))
        .route("/c/{collective}/features/{number}/comments", post(features::post_comment))
        .route(
            "/c/{collective}/features/{number}/comments/{comment}",
            get(features::comment).post(features::edit_comment),
        )
        .route("/c/{collective}/features/{number}/comments/{comment}/{act}", post(features::moderate_comment))
        .route("/c/{collective}/features/{number}/steps", post(features::step))
        .route("/c/{collective}/features/{number}/track", get(features::track).post(features::change_track))
        .route("/c/{collective}/features/{number}/lead", get(features::lead).post(features::change_lead))
        .route(
            "/c/{collective}/features/{number}/top-up",
            get(features::top_up).post(features::add_by_decision),
        )
        .route("/c/{collective}/features/{number}/terms", get(features::terms).post(features::change_terms))
        .route("/c/{collective}/features/{number}/wake", post(features::wake))
        .route("/c/{collective}/features/{number}/confirmation", post(features::confirm))
        .route(
            "/c/{collective}/features/{number}/cancellation",
            get(features::cancellation).post(features::cancel),
        )
}

/// The register of software, and needs.
fn wishes() -> Router<AppState> {
    Router::new()
        .route("/c/{collective}/software", get(software::list))
        .route("/c/{collective}/software/new", get(software::new).post(software::create))
        .route("/c/{collective}/software/{software}", get(software::show))
        .route("/c/{collective}/software/{software}/edit", get(software::edit).post(software::save))
        .route("/c/{collective}/software/{software}/hosting", post(software::say_hosted))
        .route("/c/{collective}/software/{software}/hosting/stop", post(software::stop_hosting))
        .route("/c/{collective}/needs", get(needs::list))
        .route("/c/{collective}/needs.atom", get(needs::feed))
        .route("/c/{collective}/needs/new", get(needs::new).post(needs::create))
        .route("/c/{collective}/needs/similar", get(needs::similar))
        .route("/c/{collective}/needs/{number}/badge.svg", get(needs::badge))
        .route("/c/{collective}/needs/{number}/merge", get(needs::merge).post(needs::propose_merge))
        .route("/c/{collective}/needs/{number}/merge/{answer}", post(needs::answer_merge))
        .route("/c/{collective}/needs/together", get(needs::together))
        .route("/c/{collective}/needs/together.csv", get(needs::together_csv))
        .route("/c/{collective}/needs/{number}", get(needs::show))
        .route("/c/{collective}/needs/{number}/edit", get(needs::edit).post(needs::save))
        .route("/c/{collective}/needs/{number}/support", post(needs::say_needed))
        .route("/c/{collective}/needs/{number}/support/withdraw", post(needs::withdraw))
        .route("/c/{collective}/needs/{number}/turn/{turn}", post(needs::turn))
        .route("/c/{collective}/needs/{number}/following", post(needs::follow))
        .route(
            "/c/{collective}/needs/{number}/approaches/new",
            get(needs::new_approach).post(needs::add_approach),
        )
        .route(
            "/c/{collective}/needs/{number}/approaches/{approach}",
            get(needs::approach).post(needs::save_approach),
        )
        .route("/c/{collective}/needs/{number}/approaches/{approach}/end", post(needs::end_approach))
        .route("/c/{collective}/needs/{number}/comments", post(features::post_comment_on_need))
        .route(
            "/c/{collective}/needs/{number}/comments/{comment}",
            get(features::comment_of_need).post(features::edit_comment_of_need),
        )
        .route(
            "/c/{collective}/needs/{number}/comments/{comment}/{act}",
            post(features::moderate_comment_of_need),
        )
}

/// The work on features: invoices, payments, reports.
fn works() -> Router<AppState> {
    Router::new()
        .route("/c/{collective}/features/{number}/work", get(work::show))
        .route("/c/{collective}/features/{number}/report", post(work::report))
        .route("/c/{collective}/features/{number}/objection", post(work::object))
        .route("/c/{collective}/features/{number}/objection/withdraw", post(work::withdraw_objection))
        .route("/c/{collective}/features/{number}/decision", post(work::decide))
        .route(
            "/c/{collective}/features/{number}/invoices/new",
            get(work::new_invoice).post(work::create_invoice).layer(DefaultBodyLimit::max(LARGEST_UPLOAD)),
        )
        .route("/c/{collective}/payments", get(work::payments))
        .route("/c/{collective}/payments/compared", post(work::compare))
        .route("/c/{collective}/invoices/{number}", get(work::invoice))
        .route("/c/{collective}/invoices/{number}/{act}", post(work::act_on_invoice))
        .route("/c/{collective}/members/{member}/refund", get(work::refunds).post(work::prepare_refund))
        .route("/c/{collective}/refunds/{number}", get(work::refund))
        .route("/c/{collective}/refunds/{number}/{act}", post(work::act_on_refund))
}

/// Subscriptions: those of all, of one organisation, the call of a period.
fn dues() -> Router<AppState> {
    Router::new()
        .route("/c/{collective}/members/{member}/standing-choice", get(choices::show).post(choices::save))
        .route("/c/{collective}/members/{member}/standing-choice/end", post(choices::end))
        .route("/c/{collective}/subscriptions", get(subscriptions::table))
        .route("/c/{collective}/subscriptions/{number}", get(subscriptions::call))
        .route("/c/{collective}/subscriptions/{number}/give-up", post(subscriptions::give_up))
        .route(
            "/c/{collective}/members/{member}/subscription",
            get(subscriptions::show).post(subscriptions::declare),
        )
        .route("/c/{collective}/members/{member}/subscription/{act}", post(subscriptions::act))
}

/// Coming in, one's own place, members, roles: the pages of people.
fn persons() -> Router<AppState> {
    let table = || DefaultBodyLimit::max(LARGEST_UPLOAD);
    Router::new()
        .route("/setup/{token}", get(setup::show).post(setup::create))
        .route("/demo/{token}", get(demo::show).post(demo::enter_as))
        .route("/sign-in", get(sign_in::show).post(sign_in::ask))
        .route("/sign-in/code", get(sign_in::code).post(sign_in::by_code))
        .route("/sign-in/link/{token}", get(sign_in::link).post(sign_in::by_link))
        .route("/sign-in/password", post(sign_in::by_password))
        .route("/sign-out", post(sign_in::out))
        .route("/me", get(me::home))
        .route("/me/organisation", post(me::act_for))
        .route("/me/mandates/{mandate}/{answer}", post(me::answer_mandate))
        .route("/me/sessions", get(me::sessions))
        .route("/me/sessions/end", post(me::end))
        .route("/me/sessions/end-others", post(me::end_others))
        .route("/me/tokens", get(me::tokens).post(me::make_token))
        .route("/me/tokens/revoke", post(me::revoke_token))
        .route("/me/profile", get(me::profile).post(me::save))
        .route("/me/profile/email", post(me::ask_email))
        .route("/me/profile/password", post(me::change_password))
        .route("/me/profile/no-password", post(me::remove_password))
        .route("/me/profile/data", post(me::data))
        .route("/me/profile/erase", get(me::show_erase).post(me::erase))
        .route("/me/email/{token}", get(me::new_email).post(me::confirm_email))
        .route("/answer/{token}", get(answers::show).post(answers::answer))
        .route("/unsubscribe/{token}", get(answers::stop::show).post(answers::stop::choose))
        .route("/me/notices/{collective}", post(me::notices))
        .route("/join/{token}", get(newcomers::confirming).post(newcomers::confirm))
        .route("/c/{collective}/newcomers", get(newcomers::list))
        .route("/c/{collective}/newcomers/{newcomer}/welcome", post(newcomers::welcome))
        .route("/c/{collective}/newcomers/{newcomer}/decline", post(newcomers::decline))
        .route("/invitation/{token}", get(people::invitation).post(people::accept))
        .route("/invitation/{token}/decline", post(people::decline))
        .route("/c/{collective}/members", get(members::list))
        .route("/c/{collective}/members.csv", get(members::csv))
        .route("/c/{collective}/members/{member}", get(members::show).post(members::describe))
        .route("/c/{collective}/members/{member}/departure", get(members::departure).post(members::depart))
        .route("/c/{collective}/members/{member}/mandates", post(members::give_mandate))
        .route("/c/{collective}/members/{member}/amounts", post(members::choose_amounts))
        .route("/c/{collective}/mandates/{mandate}/end", post(members::end_mandate))
        .route("/c/{collective}/import", get(members::import).post(members::preview).layer(table()))
        .route("/c/{collective}/import/confirm", post(members::confirm).layer(table()))
        .route("/c/{collective}/invitations", get(people::invitations).post(people::invite))
        .route("/c/{collective}/invitations/{invitation}/confirm", post(people::confirm_invitation))
        .route("/c/{collective}/invitations/{invitation}/withdraw", post(people::withdraw))
        .route("/c/{collective}/webhooks", get(webhooks::show).post(webhooks::create))
        .route("/c/{collective}/webhooks/{webhook}/end", post(webhooks::end))
        .route("/c/{collective}/webhooks/{webhook}/enable", post(webhooks::enable))
        .route("/c/{collective}/roles", get(people::roles).post(people::propose_role))
        .route("/c/{collective}/roles/{role}/confirm", post(people::confirm_role))
        .route("/c/{collective}/roles/{role}/end", post(people::end_role))
}

/// Classified ads: of everybody, of whoever posted one, of the administration.
fn advertised() -> Router<AppState> {
    Router::new()
        .route("/ads", get(ads::list))
        .route("/ads/feed.atom", get(ads::feed))
        .route("/ads/embed", get(ads::embed))
        .route("/ads/mine", get(ads::mine))
        .route("/ads/new", get(ads::new).post(ads::create))
        .route("/ads/{number}", get(ads::show))
        .route("/ads/{number}/contact", get(ads::contacting).post(ads::contact))
        .route("/ads/{number}/need", get(ads::needing).post(ads::need))
        .route("/ads/{number}/need/leave", post(ads::leave_need))
        .route("/ads/{number}/report", get(ads::reporting).post(ads::report))
        .route("/ads/{number}/link", get(ads::linking).post(ads::link))
        .route("/ads/{number}/manage", get(ads::manage).post(ads::save))
        .route("/ads/{number}/manage/{act}", post(ads::act))
        .route("/ads/{number}/talks/{talk}", get(ads::talk).post(ads::reply))
        .route("/ad/{token}", get(ads::manage_by_link).post(ads::save_by_link))
        .route("/ad/{token}/{act}", post(ads::act_by_link))
        .route("/ad/{token}/talks/{talk}", get(ads::poster_talk).post(ads::reply_as_poster))
        .route("/ad-talk/{token}", get(ads::talk_by_link).post(ads::reply_by_link))
        .route("/ad-confirm/{token}", get(ads::confirming).post(ads::confirm))
        .route("/admin/ads", get(ads::ads_board))
        .route("/admin/ads/{number}/{act}", post(ads::act_on_ad))
}

/// Most bytes of a body. A route that takes files sets its own `DefaultBodyLimit`.
pub(crate) const LARGEST_BODY: usize = 512 * 1024;
/// Most bytes of what somebody who signed in typed into a form: a text that is far too long still comes back to them.
pub(crate) const LARGEST_OF_MEMBERS: usize = 12 << 20;
/// The same as it is sent: in a form each byte that isn't a letter of ASCII takes three.
pub const LARGEST_FORM: usize = 3 * LARGEST_OF_MEMBERS;
/// How long a request may take, its body included; a stream only until its first byte.
const PATIENCE: Duration = Duration::from_secs(30);
/// Addresses that other sites may post to. None reads a cookie: each request proves itself by a bearer token, a
/// signature or the secret in its address.
const OPEN_TO_OTHER_SITES: [&str; 3] = ["/api/v1/", "/hooks/", "/unsubscribe/"];

/// The whole site under the base path of its public address. Serve it with
/// `into_make_service_with_connect_info::<SocketAddr>()`, so that attempts can be counted by network.
///
/// # Errors
/// If the public address can't be an origin.
pub fn router(state: &AppState) -> Result<Router, ConfigError> {
    site(routes(), state)
}

/// Routes with the frame around them.
pub(crate) fn site(routes: Router<AppState>, state: &AppState) -> Result<Router, ConfigError> {
    let same_site = CsrfLayer::new()
        .add_trusted_origin(state.public_url.origin())?
        .with_insecure_bypass(|_: &Method, uri: &Uri| {
            OPEN_TO_OTHER_SITES.iter().any(|open| uri.path().starts_with(open))
        })
        .with_rejection_response(|_: ProtectionError| WebError::ForeignOrigin.into_response());
    let core = routes
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .merge(api::routes(state).layer(DefaultBodyLimit::max(LARGEST_BODY)))
        .fallback(async |_: Visitor| WebError::NotFound)
        .layer(same_site)
        .layer(from_fn(without_nul))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, PATIENCE))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(state.clone(), error_pages))
        .with_state(state.clone());
    let inner = core
        .clone()
        .layer(from_fn_with_state(state.clone(), keep_for_its_reader))
        .layer(Extension(Site(core)))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state((state.clone(), RequestIds::new(&state.context)), dress));
    Ok(under(state.public_url.base(), inner))
}

/// Refuses an address that holds a NUL: PostgreSQL takes none in a text, and no page has one in its name.
async fn without_nul(request: Request, next: Next) -> Response {
    // The API first asks who writes.
    if request.uri().path().starts_with(api::PREFIX) {
        return next.run(request).await;
    }
    let holds = |part: &str| part.contains("%00");
    if holds(request.uri().path()) || request.uri().query().is_some_and(holds) {
        return WebError::BadRequest.into_response();
    }
    next.run(request).await
}

/// A panic is a fault of ours: it is logged, and the visitor gets a page with the number of the request.
#[expect(clippy::needless_pass_by_value, reason = "the signature that the layer asks for")]
fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let text = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without a message");
    WebError::internal(text).into_response()
}

/// The same site below a base path: `/popote/about` reaches `/about`. Cookies hold for `/popote/`, so the home page
/// has its final slash.
fn under(base: &str, inner: Router) -> Router {
    if base.is_empty() {
        return inner;
    }
    let base: Arc<str> = base.into();
    Router::new().fallback(move |mut request: Request| async move {
        let Some(rest) = request.uri().path().strip_prefix(&*base) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        if rest.is_empty() {
            return Redirect::permanent(&format!("{base}/")).into_response();
        }
        if !rest.starts_with('/') {
            return StatusCode::NOT_FOUND.into_response();
        }
        let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
        let Ok(address) = PathAndQuery::try_from(format!("{rest}{query}")) else {
            return StatusCode::BAD_REQUEST.into_response();
        };
        *request.uri_mut() = Uri::from(address);
        match inner.oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        }
    })
}
