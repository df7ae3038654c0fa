//! Settings: name and language, what one is told of, and the forms of `secrets`.

use app::profile::{self, FREQUENCIES, NOTICE_KINDS};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Currency;
use store::people::NoticePreference;
use words::{Locale, Words};

use super::{Tab, tabs, zone_of};
use crate::error::WebError;
use crate::extract::{FormData, SignedIn, Visitor};
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Form, Frame, NavLink, Problems, html_with};
use crate::reading::refused;
use crate::state::AppState;

/// Most collectives whose notices are shown.
const MOST_COLLECTIVES: u16 = 30;

#[derive(Template)]
#[template(path = "me/profile.html")]
struct ProfilePage {
    frame: Frame,
    tabs: Vec<NavLink>,
    form: Form,
    locales: Vec<(String, String)>,
    email: String,
    has_password: bool,
    suspended: Option<String>,
    /// Where to sign in again before what protects the account is changed.
    again_href: Option<String>,
    notices: Vec<Notices>,
    frequencies: Vec<(String, String)>,
}

/// How one is told in a collective.
struct Notices {
    collective: String,
    href: String,
    /// Each kind with the name of its field.
    lines: Vec<(&'static str, String)>,
    form: Form,
}

/// `GET /me/profile`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
) -> Result<Response, WebError> {
    let person = visitor.signed_in()?;
    page(&state, frame, person, None).await
}

/// The page; `refused` is a form that was refused, with its status.
pub(super) async fn page(
    state: &AppState,
    frame: Frame,
    person: &SignedIn,
    refused: Option<(StatusCode, FormData, Problems)>,
) -> Result<Response, WebError> {
    let (t, now) = (frame.t, state.context.now());
    let row = profile::find(&state.context, person.person()).await?;
    let (status, form) = match refused {
        Some((status, data, problems)) => {
            // The other forms of the page show what is stored.
            let stored = FormData::of([("name", row.name.clone()), ("locale", row.locale.clone())]);
            (status, Form::refused(t, data.or(stored), problems))
        }
        None => {
            let data = FormData::of([("name", row.name.clone()), ("locale", row.locale.clone())]);
            (StatusCode::OK, frame.form(data))
        }
    };
    let zone = zone_of(&mut state.context.db.read().await?, person.person()).await?;
    let suspended = (row.authorising_from > now).then(|| t.instant(row.authorising_from, &zone));
    let path = state.paths.mine("profile");
    html_with(
        status,
        &ProfilePage {
            tabs: tabs(t, &state.paths, Tab::Profile),
            form,
            locales: Locale::ALL
                .iter()
                .map(|locale| (locale.as_str().to_owned(), locale.own_name().to_owned()))
                .collect(),
            email: row.email,
            has_password: row.password_hash.is_some(),
            suspended: suspended.map(|until| t.me_suspended(until)),
            again_href: (!person.session.is_fresh(now)).then(|| state.paths.sign_in_then(&path)),
            notices: all_notices(state, t, person).await?,
            frequencies: FREQUENCIES
                .iter()
                .map(|name| ((*name).to_owned(), t.me_notices_frequency(*name)))
                .collect(),
            frame,
        },
    )
}

async fn all_notices(state: &AppState, t: Words, person: &SignedIn) -> Result<Vec<Notices>, WebError> {
    let mut tx = state.context.db.read().await?;
    let collectives =
        store::organisations::collectives_of(&mut tx, person.person(), MOST_COLLECTIVES).await?;
    drop(tx);
    let mut all = Vec::new();
    for collective in collectives {
        let chosen = profile::notices(&state.context, person.person(), collective.id).await?;
        let field = |kind: &str| format!("{}-{kind}", collective.slug);
        let data = chosen.into_iter().map(|choice| (field(&choice.kind), choice.frequency));
        all.push(Notices {
            href: state.paths.mine_part("notices", &collective.slug),
            lines: NOTICE_KINDS.iter().map(|kind| (*kind, field(kind))).collect(),
            form: Form::new(t, FormData::of(data)),
            collective: collective.name,
        });
    }
    Ok(all)
}

/// `POST /me/profile`: name and language.
pub(crate) async fn save(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    data: FormData,
) -> Result<Response, WebError> {
    let person = visitor.signed_in()?;
    let (name, locale) = (data.field("name"), data.field("locale"));
    match profile::describe(&state.context, person.person(), name, locale).await {
        Ok(()) => {
            // The answer is already in the language chosen.
            let t = Locale::from_tag(locale).map_or(frame.t, Words::new);
            let flash = Flash::good(t.common_saved());
            see_other_saying(&state.paths.mine("profile"), &flash, &state.public_url)
        }
        Err(failure) => {
            let refused = refused(failure, frame.t, Currency::EUR, |never| match *never {})?;
            page(&state, frame, person, Some((refused.status, data, refused.problems))).await
        }
    }
}

/// `POST /me/notices/{collective}`
pub(crate) async fn notices(
    State(state): State<AppState>,
    frame: Frame,
    visitor: Visitor,
    Path(slug): Path<String>,
    data: FormData,
) -> Result<Response, WebError> {
    let person = visitor.signed_in()?;
    let mut tx = state.context.db.read().await?;
    let known = store::organisations::collectives_of(&mut tx, person.person(), MOST_COLLECTIVES).await?;
    drop(tx);
    let collective = known.into_iter().find(|one| one.slug == slug).ok_or(WebError::NotFound)?;
    let choice = |kind: &&str| NoticePreference {
        kind: (*kind).to_owned(),
        frequency: data.field(&format!("{slug}-{kind}")).to_owned(),
    };
    let choices: Vec<NoticePreference> = NOTICE_KINDS.iter().map(choice).collect();
    profile::set_notices(&state.context, person.person(), collective.id, choices).await?;
    let flash = Flash::good(frame.t.common_saved());
    see_other_saying(&format!("{}#notices", state.paths.mine("profile")), &flash, &state.public_url)
}
