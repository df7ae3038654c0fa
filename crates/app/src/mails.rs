//! Mails: written in the language of whoever reads them, queued in the transaction of what they tell.

use domain::{
    Seed,
    ids::{MailId, PersonId},
    people::Email,
};
use jiff::Timestamp;
use store::{Tx, collectives::CollectiveRow, mails::NewMail, people, people::PersonRow};
use words::{Locale, Words};

use crate::Settings;

/// Most persons told by one act; further ones find it on the page.
const MOST_READERS: usize = 1_000;

/// What a command that sends mails has drawn.
pub struct Post<'c> {
    /// The chance of the command.
    pub seed: &'c mut Seed,
    /// When it was drawn.
    pub now: Timestamp,
    /// Where absolute addresses come from.
    pub settings: &'c Settings,
}

/// The text of a mail, without greeting and signature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    subject: String,
    paragraphs: Vec<String>,
}

impl Letter {
    /// A letter about something.
    #[must_use]
    pub fn about(subject: impl Into<String>) -> Self {
        Self { subject: subject.into(), paragraphs: Vec::new() }
    }

    /// The same with one more paragraph.
    #[must_use]
    pub fn say(mut self, paragraph: impl Into<String>) -> Self {
        self.paragraphs.push(paragraph.into());
        self
    }

    /// The same with a paragraph, if there is one to say.
    #[must_use]
    pub fn say_if(self, paragraph: Option<String>) -> Self {
        match paragraph {
            Some(paragraph) => self.say(paragraph),
            None => self,
        }
    }

    /// The same with an address of this instance on a line of its own, under the paragraph that leads to it.
    /// `path` begins with a slash.
    #[must_use]
    pub fn at(mut self, settings: &Settings, path: &str) -> Self {
        let url = format!("{}{path}", settings.public_url);
        match self.paragraphs.last_mut() {
            Some(last) => {
                last.push('\n');
                last.push_str(&url);
            }
            None => self.paragraphs.push(url),
        }
        self
    }

    fn body(&self, t: Words, name: Option<&str>, footer: &str) -> String {
        let greeting = name.map(|name| t.mail_greeting(name));
        let mut body = String::new();
        for paragraph in greeting.iter().chain(&self.paragraphs) {
            body.push_str(paragraph);
            body.push_str("\n\n");
        }
        // The signature begins with two dashes and a space, by which mail programs know it.
        body + "-- \n" + footer + "\n"
    }
}

/// The sentences of a person's language.
#[must_use]
pub fn words_of(locale: &str) -> Words {
    Words::new(Locale::from_tag(locale).unwrap_or_default())
}

/// Queues a letter to a person.
pub async fn send(
    tx: &mut Tx,
    post: &mut Post<'_>,
    to: &PersonRow,
    letter: &Letter,
) -> store::sqlx::Result<()> {
    send_with(tx, post, to, letter, None).await
}

/// Queues the mail of the month to a person.
pub(crate) async fn send_of_the_month(
    tx: &mut Tx,
    post: &mut Post<'_>,
    to: &PersonRow,
    letter: &Letter,
    stop: &str,
) -> store::sqlx::Result<()> {
    let url = post.settings.public_url.clone();
    let stop = format!("{url}{stop}");
    let footer = words_of(&to.locale).mail_footer_month(&stop, format!("{url}/me/profile"));
    // RFC 8058: the mail program's own button sends this address one request, and asks nothing.
    let headers = serde_json::json!([
        ["List-Unsubscribe", format!("<{stop}>")],
        ["List-Unsubscribe-Post", "List-Unsubscribe=One-Click"],
    ]);
    send_footed(tx, post, to, letter, (&footer, &headers.to_string())).await
}

/// No further headers.
const PLAIN: &str = "[]";

async fn send_with(
    tx: &mut Tx,
    post: &mut Post<'_>,
    to: &PersonRow,
    letter: &Letter,
    collective: Option<&CollectiveRow>,
) -> store::sqlx::Result<()> {
    let t = words_of(&to.locale);
    let url = &post.settings.public_url;
    let footer = match collective {
        Some(collective) => t.mail_footer_collective(&collective.name, format!("{url}/me/profile")),
        None => t.mail_footer(url),
    };
    send_footed(tx, post, to, letter, (&footer, PLAIN)).await
}

async fn send_footed(
    tx: &mut Tx,
    post: &mut Post<'_>,
    to: &PersonRow,
    letter: &Letter,
    (footer, headers): (&str, &str),
) -> store::sqlx::Result<()> {
    let t = words_of(&to.locale);
    let body = letter.body(t, Some(&to.name), footer);
    let subject = letter.subject.clone();
    enqueue(tx, post, (to.email.clone(), Some(to.id)), (subject, body, headers)).await
}

/// Queues a letter to an address that is nobody's yet, in a language.
pub async fn send_to_address(
    tx: &mut Tx,
    post: &mut Post<'_>,
    to: &Email,
    locale: &str,
    letter: &Letter,
) -> store::sqlx::Result<()> {
    let t = words_of(locale);
    let body = letter.body(t, None, &t.mail_footer(&post.settings.public_url));
    let subject = letter.subject.clone();
    enqueue(tx, post, (to.address().to_owned(), None), (subject, body, PLAIN)).await
}

/// Queues the same letter to persons of a collective, each in their language; who closed their account is left out.
/// At most a thousand are told.
pub async fn tell(
    tx: &mut Tx,
    post: &mut Post<'_>,
    collective: &CollectiveRow,
    persons: &[PersonId],
    write: impl Fn(Words) -> Letter + Send + Sync,
) -> store::sqlx::Result<()> {
    let mut readers: Vec<PersonId> = persons.to_vec();
    readers.sort_unstable();
    readers.dedup();
    for id in readers.into_iter().take(MOST_READERS) {
        let Some(person) = people::get(tx, id).await?.filter(|person| person.closed_at.is_none()) else {
            continue;
        };
        let letter = write(words_of(&person.locale));
        send_with(tx, post, &person, &letter, Some(collective)).await?;
    }
    Ok(())
}

async fn enqueue(
    tx: &mut Tx,
    post: &mut Post<'_>,
    (recipient, person): (String, Option<PersonId>),
    (subject, body, headers): (String, String, &str),
) -> store::sqlx::Result<()> {
    let id: MailId = post.seed.id(post.now);
    let mail = NewMail {
        id,
        recipient,
        person,
        subject,
        body,
        headers: headers.to_owned(),
        created_at: post.now,
        due_at: post.now,
    };
    store::mails::enqueue(tx, &mail).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_greets_says_and_signs() {
        let settings = Settings {
            public_url: "https://pot.example/popote".to_owned(),
            mail_from: "pot@pot.example".to_owned(),
            demo: false,
        };
        let letter = Letter::about("Objet").say("Ouvrez cette adresse :").at(&settings, "/x/y").say("Fin.");
        let t = words_of("fr");
        assert_eq!(
            letter.body(t, Some("Ada"), "pied"),
            "Bonjour Ada,\n\nOuvrez cette adresse :\nhttps://pot.example/popote/x/y\n\nFin.\n\n-- \npied\n"
        );
        assert!(!letter.body(t, None, "pied").contains("Bonjour"));
        assert_eq!(words_of("xx").locale(), Locale::Fr);
        assert_eq!(words_of("en").locale(), Locale::En);
    }
}
