//! The classified ads of the instance: the list that everybody reads, an ad, the forms of those who post, answer, share a
//! need or report, what whoever posted one keeps, what the administration looks at.

mod admin;
mod answers;
mod card;
mod form;
mod list;
mod manage;
mod page;
mod talks;
#[cfg(test)]
mod tests;

use app::Acting;
use app::ads::Reader;
use askama::Template;
use domain::Currency;
use domain::ads::AdRefusal;
use domain::ids::OrganisationId;
use jiff::tz::TimeZone;
use store::Tx;
use words::Words;

use crate::error::WebError;
use crate::extract::SignedIn;
use crate::layout::Frame;
use crate::reading::{Refused, refused};
use crate::state::AppState;

pub(crate) use admin::{act as act_on_ad, board as ads_board};
pub(crate) use answers::{
    confirm, confirming, contact, contacting, leave_need, link, linking, need, needing, report, reporting,
};
pub(crate) use form::{create, new};
pub(crate) use list::{embed, feed, mine, show as list};
pub(crate) use manage::{act, act_by_link, manage, manage_by_link, save, save_by_link};
pub(crate) use page::show;
pub(crate) use talks::{poster_talk, reply, reply_as_poster, reply_by_link, talk, talk_by_link};

/// The currency of amounts in ads.
const CURRENCY: Currency = Currency::EUR;

/// Somebody who looks at ads, and for whom they act.
struct Visit {
    reader: Reader,
    acting_for: Option<OrganisationId>,
    acts_name: Option<String>,
}

impl Visit {
    async fn open(tx: &mut Tx, state: &AppState, frame: &Frame) -> Result<Self, WebError> {
        let person = frame.person();
        let reader = app::ads::reader(tx, person.map(SignedIn::person), state.context.now()).await?;
        let chosen = person.and_then(SignedIn::organisation);
        // A form acts for the organisation that its page named.
        let acting_for = frame.acts_as.or_else(|| reader.acting_for(chosen));
        let acts_name = match acting_for {
            Some(organisation) => store::organisations::get(tx, organisation).await?.map(|row| row.name),
            None => None,
        };
        Ok(Self { reader, acting_for, acts_name })
    }

    /// The frame, which says for whom the visitor acts.
    fn frame(&self, frame: Frame) -> Frame {
        Frame { acts_as: self.acting_for, acts_name: self.acts_name.clone(), ..frame }
    }

    /// Who acts, where they act for an organisation.
    fn acting(&self, frame: &Frame) -> Result<Acting, WebError> {
        let person = frame.person().ok_or(WebError::SignIn)?;
        Ok(Acting::by_form(person.person(), self.acting_for))
    }
}

/// Words a refusal, each beside the field that it is about.
fn refuse(failure: app::Failure<AdRefusal>, t: Words) -> Result<Refused, WebError> {
    refused(failure, t, CURRENCY, |why| {
        let field = match why {
            AdRefusal::Twice { .. } | AdRefusal::TooMany => "title",
            _ => "version",
        };
        (field.to_owned(), t.ad_refusal(*why))
    })
}

/// A day or an instant of the instance, which has no place of its own.
const ZONE: TimeZone = TimeZone::UTC;

/// A day on which something ends.
fn day(t: Words, at: jiff::Timestamp) -> String {
    t.date(at.to_zoned_datetime(ZONE).date())
}

/// Something that went wrong by a link or a button, said on the page that follows.
fn said(failure: app::Failure<AdRefusal>, t: Words) -> Result<String, WebError> {
    match failure {
        app::Failure::Refused(why) => Ok(t.ad_refusal(why)),
        app::Failure::Invalid(errors) => {
            let line = |error: &domain::input::FieldError| {
                format!("{} : {}", t.layout_field(error.field.as_str()), t.field_rule(&error.rule, CURRENCY))
            };
            Ok(errors
                .iter()
                .map(|error| t.typography(&line(error)).into_owned())
                .collect::<Vec<_>>()
                .join(" "))
        }
        failure => Err(failure.into()),
    }
}

/// The fields by which somebody without an account says who they are; nothing for whoever acts for an organisation.
#[derive(Template)]
#[template(
    source = r#"{% if ask -%}
<fieldset class="stack tight"><legend>{{ t.ads_form_who() }}</legend>
{{ form.text("organisation", t.ads_form_organisation()).longest(120).autocomplete("organization") }}
{{ form.text("name", t.setup_name()).longest(120).autocomplete("name") }}
{{ form.email("email", t.setup_email()).hint(t.ads_form_address()).longest(254) }}
</fieldset>
{% endif -%}"#,
    ext = "html"
)]
struct Who {
    t: Words,
    form: crate::layout::Form,
    ask: bool,
}

impl askama::filters::HtmlSafe for Who {}
