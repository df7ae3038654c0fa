//! The form of a new software, filled in from a file by which it describes itself: nothing is saved, and what was typed
//! stays.

use app::descriptors::{read, read_at};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Currency;
use domain::descriptors::{DescriptorRefusal, Prefill};
use domain::software::{Entry, limits};
use words::{Locale, Words};

use super::form::{Sheet, fields};
use crate::error::WebError;
use crate::extract::FormData;
use crate::layout::{Frame, Problems};
use crate::reading::{Refused, refused};
use crate::state::AppState;

/// What is said of a file from which the form was filled in.
pub(super) struct Filled {
    pub(super) sentence: String,
    /// Other software that it describes.
    pub(super) others: Option<String>,
    /// Addresses where one gives, beyond the one that the form has room for.
    pub(super) more: Option<String>,
    /// What of it was left out.
    pub(super) remarks: Vec<String>,
}

impl Filled {
    fn of(t: Words, said: &Prefill, currency: Currency) -> Self {
        let rest = said.funding.get(1..).unwrap_or_default();
        let remark = |one: &domain::input::FieldError| {
            t.descriptor_remark(&one.field, t.field_rule(&one.rule, currency))
        };
        Self {
            sentence: t.descriptor_filled(said.kind.as_str()),
            others: (!said.others.is_empty()).then(|| t.descriptor_others(said.others.join(", "))),
            more: (!rest.is_empty()).then(|| t.descriptor_more_funding(rest.join(", "))),
            remarks: said.remarks.iter().map(remark).collect(),
        }
    }
}

/// What the form gets of a file.
fn entry_of(t: Words, said: &Prefill) -> Entry {
    let mut maintainers = String::new();
    for name in &said.maintainers {
        let longer = if maintainers.is_empty() { name.clone() } else { format!("{maintainers}, {name}") };
        if longer.chars().count() > limits::MAINTAINERS {
            break;
        }
        maintainers = longer;
    }
    Entry {
        name: said.name.clone(),
        website: said.website.clone(),
        repository: said.repository.clone(),
        licence: said.licence.clone(),
        description: said.description(t.locale() == Locale::Fr).to_owned(),
        roadmap: said.roadmap.clone(),
        funding: said.funding.first().cloned().unwrap_or_default(),
        maintainers,
        ..Entry::default()
    }
}

/// `POST /c/{collective}/software/prefill`
pub(crate) async fn prefill(
    State(state): State<AppState>,
    frame: Frame,
    Path(slug): Path<String>,
    mut data: FormData,
) -> Result<Response, WebError> {
    let sheet = Sheet::open(&state, &frame, &slug, None).await?;
    let (t, currency) = (frame.t, sheet.desk.currency());
    let sent = data.file("file").map(|file| read(&file.bytes));
    let field = if sent.is_some() { "file" } else { "from_url" };
    let said = match (sent, data.filled("from_url")) {
        (Some(said), _) => said,
        (None, Some(url)) => read_at(&state.context, url).await,
        (None, None) => {
            let mut problems = Problems::default();
            problems.add("from_url", t.descriptor_missing());
            let (status, form) = Refused::unreadable(problems).form(t, data);
            return sheet.page(&state, frame, (status, form), None);
        }
    };
    match said {
        Ok(said) => {
            // What was typed before stays.
            for (name, value) in fields(&entry_of(t, &said)) {
                if data.filled(name).is_none() {
                    data.set(name, value);
                }
            }
            let form = frame.form(data);
            sheet.page(&state, frame, (StatusCode::OK, form), Some(Filled::of(t, &said, currency)))
        }
        Err(failure) => {
            let say = |why: &DescriptorRefusal| (field.to_owned(), t.descriptor_refusal(why));
            let answer = refused(failure, t, currency, say)?.form(t, data);
            sheet.page(&state, frame, answer, None)
        }
    }
}
