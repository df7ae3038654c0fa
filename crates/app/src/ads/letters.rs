//! Mails about ads: to whoever posted one, to whoever answered, to the administration. An address that isn't confirmed yet
//! gets no word that somebody else chose.

use domain::{ids::PersonId, people::Email};
use store::{
    Tx,
    ads::{AdRow, AdTalk, Writer},
    links, people,
};
use words::Words;

use super::{KEEP, LINK_FOR, TALK, link};
use crate::{
    mails::{self, Letter, Post, words_of},
    till::Drawn,
};

/// Queues a letter to an address, or to the person of it, where they write from their account.
async fn to(
    tx: &mut Tx,
    drawn: &mut Drawn,
    (person, address, locale): (Option<PersonId>, &str, &str),
    write: impl Fn(Words) -> Letter + Send + Sync,
) -> store::sqlx::Result<()> {
    let mut post = Post { seed: &mut drawn.seed, now: drawn.now, settings: &drawn.settings };
    if let Some(person) = person {
        return match people::get(tx, person).await?.filter(|person| person.closed_at.is_none()) {
            Some(person) => mails::send(tx, &mut post, &person, &write(words_of(&person.locale))).await,
            None => Ok(()),
        };
    }
    match Email::parse(address) {
        Ok(email) => mails::send_to_address(tx, &mut post, &email, locale, &write(words_of(locale))).await,
        Err(_) => Ok(()),
    }
}

/// Where whoever posted an ad keeps it: signed in, or by a link that is made now.
pub(super) async fn keep_path(tx: &mut Tx, drawn: &mut Drawn, row: &AdRow) -> store::sqlx::Result<String> {
    if row.person.is_some() {
        return Ok(format!("/ads/{}/manage", row.number));
    }
    let subject = (row.id.into(), row.email_key.as_str());
    let (link, token) = link(drawn, KEEP, subject, "{}".to_owned(), LINK_FOR);
    links::insert(tx, &link).await?;
    Ok(format!("/ad/{}", token.as_str()))
}

/// Queues a letter to whoever posted an ad, with where they keep it, followed by `rest`.
async fn to_poster(
    tx: &mut Tx,
    drawn: &mut Drawn,
    row: &AdRow,
    rest: &str,
    write: impl Fn(Words) -> Letter + Send + Sync,
) -> store::sqlx::Result<()> {
    let path = keep_path(tx, drawn, row).await?;
    let path = match (row.person, rest) {
        (Some(_), rest) if !rest.is_empty() => format!("/ads/{}{rest}", row.number),
        (_, rest) => format!("{path}{rest}"),
    };
    let settings = drawn.settings.clone();
    let whom = (row.person, row.email.as_str(), row.locale.as_str());
    to(tx, drawn, whom, |t| write(t).at(&settings, &path)).await
}

/// The link by which a stranger keeps their ad.
pub(super) async fn kept(tx: &mut Tx, drawn: &mut Drawn, row: &AdRow) -> store::sqlx::Result<()> {
    to_poster(tx, drawn, row, "", |t| {
        Letter::about(t.ads_mail_kept_subject(row.number)).say(t.ads_mail_kept(&row.title))
    })
    .await
}

/// The ad ends soon.
pub(super) async fn ends(tx: &mut Tx, drawn: &mut Drawn, row: &AdRow) -> store::sqlx::Result<()> {
    let last = super::day(row.expires_at);
    to_poster(tx, drawn, row, "", |t| {
        Letter::about(t.ads_mail_ends_subject(row.number)).say(t.ads_mail_ends(t.date(last), &row.title))
    })
    .await
}

/// Somebody shares the need.
pub(super) async fn need_shared(
    tx: &mut Tx,
    drawn: &mut Drawn,
    row: &AdRow,
    writer: &Writer,
) -> store::sqlx::Result<()> {
    to_poster(tx, drawn, row, "", |t| {
        Letter::about(t.ads_mail_need_subject(&writer.organisation_name)).say(t.ads_mail_need(
            &writer.name,
            &writer.organisation_name,
            &row.title,
        ))
    })
    .await
}

/// A text of somebody, as mails quote it.
fn quoted(body: &str) -> String {
    body.lines().map(|line| format!("> {line}\n")).collect::<String>().trim_end().to_owned()
}

/// A message for whoever posted an ad.
pub(super) async fn message_to_poster(
    tx: &mut Tx,
    drawn: &mut Drawn,
    (row, talk): (&AdRow, &AdTalk),
    body: &str,
) -> store::sqlx::Result<()> {
    let rest = format!("/talks/{}", talk.number);
    to_poster(tx, drawn, row, &rest, |t| {
        let address = talk.shows_address.then(|| t.ads_mail_message_address(&talk.email));
        Letter::about(t.ads_mail_message_subject(&talk.organisation_name))
            .say(t.ads_mail_message(&talk.name, &talk.organisation_name, &row.title))
            .say(quoted(body))
            .say_if(address)
            .say(t.ads_mail_message_answer())
    })
    .await
}

/// Where whoever answered an ad follows the conversation: signed in, or by a link that is made now.
pub(super) async fn talk_path(
    tx: &mut Tx,
    drawn: &mut Drawn,
    row: &AdRow,
    talk: &AdTalk,
) -> store::sqlx::Result<String> {
    if talk.person.is_some() {
        return Ok(format!("/ads/{}/talks/{}", row.number, talk.number));
    }
    let subject = (talk.id.into(), talk.email_key.as_str());
    let (link, token) = link(drawn, TALK, subject, "{}".to_owned(), LINK_FOR);
    links::insert(tx, &link).await?;
    Ok(format!("/ad-talk/{}", token.as_str()))
}

/// A message for whoever answered an ad.
pub(super) async fn message_to_writer(
    tx: &mut Tx,
    drawn: &mut Drawn,
    (row, talk): (&AdRow, &AdTalk),
    body: &str,
) -> store::sqlx::Result<()> {
    let path = talk_path(tx, drawn, row, talk).await?;
    let settings = drawn.settings.clone();
    let whom = (talk.person, talk.email.as_str(), talk.locale.as_str());
    to(tx, drawn, whom, |t| {
        Letter::about(t.ads_mail_answer_subject(&row.organisation_name))
            .say(t.ads_mail_answer(&row.organisation_name, &row.title))
            .say(quoted(body))
            .say(t.ads_mail_message_answer())
            .at(&settings, &path)
    })
    .await
}

/// Whoever shares a need, with how they take that back.
pub(super) async fn need_taken(
    tx: &mut Tx,
    drawn: &mut Drawn,
    writer: &Writer,
    (number, path): (i64, &str),
) -> store::sqlx::Result<()> {
    let settings = drawn.settings.clone();
    let whom = (None, writer.email.as_str(), writer.locale.as_str());
    to(tx, drawn, whom, |t| {
        Letter::about(t.ads_mail_needed_subject(number))
            .say(t.ads_mail_needed())
            .at(&settings, &format!("/ads/{number}"))
            .say(t.ads_mail_needed_leave())
            .at(&settings, path)
    })
    .await
}

/// What an address is asked to confirm.
pub(super) async fn confirm(
    tx: &mut Tx,
    drawn: &mut Drawn,
    writer: &Writer,
    (kind, number, token): (&'static str, i64, &str),
) -> store::sqlx::Result<()> {
    let settings = drawn.settings.clone();
    let whom = (None, writer.email.as_str(), writer.locale.as_str());
    to(tx, drawn, whom, |t| {
        Letter::about(t.ads_mail_confirm_subject(kind, number))
            .say(t.ads_mail_confirm(kind, number))
            .say(t.newcomer_mail_confirm())
            .at(&settings, &format!("/ad-confirm/{token}"))
            .say(t.newcomer_mail_not_you())
    })
    .await
}

/// The administration hid an ad, or shows it again.
pub(super) async fn moderated(
    tx: &mut Tx,
    drawn: &mut Drawn,
    row: &AdRow,
    reason: Option<&str>,
) -> store::sqlx::Result<()> {
    to_poster(tx, drawn, row, "", |t| match reason {
        Some(reason) => Letter::about(t.ads_mail_hidden_subject(row.number))
            .say(t.ads_mail_hidden(reason, &row.title))
            .say(t.ads_mail_hidden_appeal()),
        None => Letter::about(t.ads_mail_shown_subject(row.number)).say(t.ads_mail_shown(&row.title)),
    })
    .await
}

/// The administration makes no collective of an ad.
pub(super) async fn founding_declined(
    tx: &mut Tx,
    drawn: &mut Drawn,
    row: &AdRow,
    reason: &str,
) -> store::sqlx::Result<()> {
    to_poster(tx, drawn, row, "", |t| {
        Letter::about(t.ads_mail_declined_subject(row.number)).say(t.ads_mail_declined(reason, &row.title))
    })
    .await
}

/// A collective was made; to one of its persons.
pub(super) async fn founded(
    tx: &mut Tx,
    drawn: &mut Drawn,
    person: PersonId,
    (collective, organisation, path): (&str, &str, &str),
) -> store::sqlx::Result<()> {
    let settings = drawn.settings.clone();
    to(tx, drawn, (Some(person), "", ""), |t| {
        Letter::about(t.ads_mail_founded_subject(collective))
            .say(t.ads_mail_founded(collective, organisation))
            .at(&settings, path)
    })
    .await
}

/// Something waits for the administration: a report, an appeal, a collective to make.
pub(super) async fn to_admins(
    tx: &mut Tx,
    drawn: &mut Drawn,
    row: &AdRow,
    what: &'static str,
) -> store::sqlx::Result<()> {
    let settings = drawn.settings.clone();
    for admin in people::instance_admins(tx).await? {
        to(tx, drawn, (Some(admin), "", ""), |t| {
            Letter::about(t.ads_mail_admin_subject(row.number, what))
                .say(t.ads_mail_admin(row.number, &row.title, what))
                .at(&settings, "/admin/ads")
        })
        .await?;
    }
    Ok(())
}
