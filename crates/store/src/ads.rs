//! Classified ads of the instance, and the organisations that share the need of one.

mod lists;
mod needers;
mod states;
mod talks;

use domain::{
    Money,
    ads::{AdText, Seen, Side, Standing, Unit, Work, key, matching::Profile},
    ids::{AdId, CollectiveId, OrganisationId, PersonId},
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Tx, args, execute, fetch_optional, fetch_optional_locked, fetch_optional_value, fetch_value, row,
};

pub use lists::{Filter, awaiting_collective, hidden, list, of_poster};
pub use needers::{AdNeeder, add_needer, needer, needers, organisations_of, places, withdraw_needer};
pub use states::{appeal, ask_founding, forget, founded, hide, renew, show, withdraw};
pub use talks::{
    AdMessage, AdReport, AdTalk, add_message, answer_reports, insert_report, insert_talk, messages,
    open_reports, reports_of, talk, talk_by_id, talk_of, talks_of, talks_with,
};

crate::text_columns! { Side, Seen, Unit }

row! {
    /// An ad as it is written, whoever may read it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AdRow {
        /// Its id.
        pub id: AdId,
        /// Its number on the instance.
        pub number: i64,
        /// Who looks for whom.
        pub side: Side,
        /// In a few words.
        pub title: String,
        /// Markdown.
        pub body: String,
        /// The names of kinds of work, with a blank before and after each.
        pub works: String,
        /// JSON: names of software.
        pub software: String,
        /// JSON: skills.
        pub skills: String,
        /// Where.
        pub region: String,
        /// Whether from afar.
        pub remote: bool,
        /// The least budget or rate.
        pub least: Option<Money>,
        /// The most.
        pub most: Option<Money>,
        /// ISO 4217.
        pub currency: String,
        /// What the amounts are for.
        pub unit: Unit,
        /// Until when the work is needed.
        pub deadline_on: Option<Date>,
        /// The licence wished for.
        pub licence: String,
        /// When one has time.
        pub availability: String,
        /// References.
        pub past_work: String,
        /// Who reads it.
        pub seen: Seen,
        /// The organisation that posted it, where it is one of the instance.
        pub organisation: Option<OrganisationId>,
        /// The name of whoever posts.
        pub organisation_name: String,
        /// The person, where they have an account.
        pub person: Option<PersonId>,
        /// Their name; shown to nobody but whoever they write to.
        pub name: String,
        /// Their address; shown to nobody.
        pub email: String,
        /// Its key.
        pub email_key: String,
        /// The language of mails to them.
        pub locale: String,
        /// Whether it is an example.
        pub example: bool,
        /// From 1, one more each time that it is changed.
        pub version: i64,
        /// Since when.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub edited_at: Option<Timestamp>,
        /// Until when it is shown.
        pub expires_at: Timestamp,
        /// When its poster took it back.
        pub withdrawn_at: Option<Timestamp>,
        /// When the administration hid it.
        pub hidden_at: Option<Timestamp>,
        /// Who hid it.
        pub hidden_by: Option<PersonId>,
        /// Why.
        pub hidden_reason: String,
        /// What its poster says against that.
        pub appeal: String,
        /// When they said it.
        pub appealed_at: Option<Timestamp>,
        /// When its poster asked for a collective.
        pub founding_at: Option<Timestamp>,
        /// The collective that was made of it.
        pub collective: Option<CollectiveId>,
        /// How many others share its need.
        pub needers: i64,
    }
}

impl AdRow {
    /// What it says.
    #[must_use]
    pub fn text(&self) -> AdText {
        let list = |json: &str| serde_json::from_str(json).unwrap_or_default();
        AdText {
            side: self.side,
            title: self.title.clone(),
            body: self.body.clone(),
            works: works_of(&self.works),
            software: list(&self.software),
            skills: list(&self.skills),
            region: self.region.clone(),
            remote: self.remote,
            least: self.least,
            most: self.most,
            unit: self.unit,
            deadline_on: self.deadline_on,
            licence: self.licence.clone(),
            availability: self.availability.clone(),
            references: self.past_work.clone(),
            seen: self.seen,
        }
    }

    /// What decides who does what with it.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        Standing {
            side: self.side,
            withdrawn: self.withdrawn_at.is_some(),
            hidden: self.hidden_at.is_some(),
            shown_until: self.expires_at,
        }
    }

    /// What of it is compared with others.
    #[must_use]
    pub fn profile(&self) -> Profile {
        let text = self.text();
        Profile {
            number: self.number,
            side: text.side,
            works: text.works,
            software: text.software,
            skills: text.skills,
            region: text.region,
            remote: text.remote,
        }
    }
}

fn works_of(names: &str) -> Vec<Work> {
    names.split_whitespace().filter_map(Work::parse).collect()
}

/// A list of names, each between the same signs, so that one is found by itself.
fn between(sign: char, names: impl IntoIterator<Item = String>) -> String {
    let mut list = sign.to_string();
    for name in names {
        list.push_str(&name);
        list.push(sign);
    }
    list
}

/// The columns that follow from what an ad says.
struct Columns {
    works: String,
    software: String,
    software_keys: String,
    skills: String,
    region_key: String,
    folded: String,
    fingerprint: [u8; 32],
}

impl Columns {
    fn of(text: &AdText, organisation: &str) -> Self {
        let json = |list: &[String]| serde_json::to_string(list).unwrap_or_else(|_| "[]".to_owned());
        Self {
            works: between(' ', text.works.iter().map(|work| work.as_str().to_owned())),
            software: json(&text.software),
            software_keys: between('|', text.software.iter().map(|name| key(name))),
            skills: json(&text.skills),
            region_key: key(&text.region),
            folded: text.folded(organisation),
            fingerprint: text.fingerprint(),
        }
    }
}

/// The statement that reads ads, with the rest of it.
macro_rules! ads {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.number, a.side, a.title, a.body, a.works, a.software, a.skills, a.region, a.remote, a.least, \
             a.most, a.currency, a.unit, a.deadline_on, a.licence, a.availability, a.past_work, a.seen, a.organisation, \
             a.organisation_name, a.person, a.name, a.email, a.email_key, a.locale, a.example, a.version, a.created_at, \
             a.edited_at, a.expires_at, a.withdrawn_at, a.hidden_at, a.hidden_by, a.hidden_reason, a.appeal, \
             a.appealed_at, a.founding_at, a.collective, \
             (SELECT COUNT(*) FROM ad_needer n WHERE n.ad = a.id AND n.withdrawn_at IS NULL) AS needers FROM ad a ",
            $rest
        )
    };
}
use ads;

/// Who writes: a person of the instance for an organisation, or somebody by a confirmed address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writer {
    /// The organisation, where it is one of the instance.
    pub organisation: Option<OrganisationId>,
    /// Its name.
    pub organisation_name: String,
    /// The person, where they have an account.
    pub person: Option<PersonId>,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Its key.
    pub email_key: String,
    /// The language of mails to them.
    pub locale: String,
}

/// An ad to write.
#[derive(Clone, Debug)]
pub struct NewAd<'a> {
    /// Its id.
    pub id: AdId,
    /// Its number.
    pub number: i64,
    /// What it says.
    pub text: &'a AdText,
    /// ISO 4217.
    pub currency: &'a str,
    /// Who posts it.
    pub writer: &'a Writer,
    /// Whether it is an example.
    pub example: bool,
    /// Now.
    pub at: Timestamp,
    /// Until when it is shown.
    pub expires_at: Timestamp,
}

/// What is locked while a number is given.
const NUMBERS: &str = "ads";

/// The next number, which nobody else takes until the end of the transaction.
pub async fn next_number(tx: &mut Tx) -> sqlx::Result<i64> {
    row! { struct Locked { name: String } }
    crate::instance::insert(tx, NUMBERS, "").await?;
    const LOCK: &str = "SELECT name FROM instance WHERE name = $1";
    let locked: Option<Locked> = fetch_optional_locked(tx, LOCK, args![NUMBERS]).await?;
    debug_assert!(locked.is_some_and(|row| row.name == NUMBERS));
    let last: Option<i64> = fetch_value(tx, "SELECT MAX(number) FROM ad", args![]).await?;
    Ok(last.unwrap_or(0) + 1)
}

/// Writes an ad.
pub async fn insert(tx: &mut Tx, new: &NewAd<'_>) -> sqlx::Result<()> {
    let (text, writer) = (new.text, new.writer);
    let columns = Columns::of(text, &writer.organisation_name);
    execute(
        tx,
        "INSERT INTO ad (id, number, side, title, body, works, software, software_keys, skills, region, region_key, \
         remote, least, most, currency, unit, deadline_on, licence, availability, past_work, seen, folded, fingerprint, \
         organisation, organisation_name, person, name, email, email_key, locale, example, version, created_at, \
         expires_at, hidden_reason, appeal) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, \
         $23, $24, $25, $26, $27, $28, $29, $30, $31, 1, $32, $33, '', '')",
        args![
            new.id,
            new.number,
            text.side,
            text.title,
            text.body,
            columns.works,
            columns.software,
            columns.software_keys,
            columns.skills,
            text.region,
            columns.region_key,
            text.remote,
            text.least,
            text.most,
            new.currency,
            text.unit,
            text.deadline_on,
            text.licence,
            text.availability,
            text.references,
            text.seen,
            columns.folded,
            columns.fingerprint,
            writer.organisation,
            writer.organisation_name,
            writer.person,
            writer.name,
            writer.email,
            writer.email_key,
            writer.locale,
            new.example,
            new.at,
            new.expires_at
        ],
    )
    .await?;
    Ok(())
}

/// Writes the next text of an ad.
pub async fn edit(
    tx: &mut Tx,
    id: AdId,
    text: &AdText,
    organisation: &str,
    at: Timestamp,
) -> sqlx::Result<()> {
    let columns = Columns::of(text, organisation);
    execute(
        tx,
        "UPDATE ad SET title = $2, body = $3, works = $4, software = $5, software_keys = $6, skills = $7, region = $8, \
         region_key = $9, remote = $10, least = $11, most = $12, unit = $13, deadline_on = $14, licence = $15, \
         availability = $16, past_work = $17, seen = $18, folded = $19, fingerprint = $20, edited_at = $21, \
         version = version + 1 WHERE id = $1",
        args![
            id,
            text.title,
            text.body,
            columns.works,
            columns.software,
            columns.software_keys,
            columns.skills,
            text.region,
            columns.region_key,
            text.remote,
            text.least,
            text.most,
            text.unit,
            text.deadline_on,
            text.licence,
            text.availability,
            text.references,
            text.seen,
            columns.folded,
            columns.fingerprint,
            at
        ],
    )
    .await?;
    Ok(())
}

/// The ad of a number.
pub async fn by_number(tx: &mut Tx, number: i64) -> sqlx::Result<Option<AdRow>> {
    fetch_optional(tx, ads!("WHERE a.number = $1"), args![number]).await
}

/// The same by its id.
pub async fn by_id(tx: &mut Tx, id: AdId) -> sqlx::Result<Option<AdRow>> {
    fetch_optional(tx, ads!("WHERE a.id = $1"), args![id]).await
}

/// The ad of a number, its row locked until the end of the transaction.
pub async fn lock(tx: &mut Tx, number: i64) -> sqlx::Result<Option<AdRow>> {
    row! { struct Locked { id: AdId } }
    const LOCK: &str = "SELECT id FROM ad WHERE number = $1";
    match fetch_optional_locked::<Locked>(tx, LOCK, args![number]).await? {
        Some(locked) => by_id(tx, locked.id).await,
        None => Ok(None),
    }
}

/// The number of an ad of the same poster that says the same and was not taken back.
pub async fn twin(tx: &mut Tx, email_key: &str, fingerprint: &[u8; 32]) -> sqlx::Result<Option<i64>> {
    const SQL: &str =
        "SELECT number FROM ad WHERE email_key = $1 AND fingerprint = $2 AND withdrawn_at IS NULL";
    fetch_optional_value(tx, SQL, args![email_key, fingerprint]).await
}

/// How many ads of an address are shown.
pub async fn count_shown(tx: &mut Tx, email_key: &str, now: Timestamp) -> sqlx::Result<i64> {
    const SQL: &str = "SELECT COUNT(*) FROM ad WHERE email_key = $1 AND withdrawn_at IS NULL AND hidden_at IS NULL \
        AND expires_at > $2";
    fetch_value(tx, SQL, args![email_key, now]).await
}
