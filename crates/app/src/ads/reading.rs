//! What somebody reads of the ads: the list, one of them, those that fit it, their own.

use domain::{
    ads::{Side, matching},
    ids::{OrganisationId, PersonId},
    text,
};
use jiff::Timestamp;
use store::{
    Tx,
    ads::{self, AdRow, AdTalk, Filter},
    people,
};

use super::day;

/// Ads on one page.
pub const PAGE: usize = 20;
/// Ads of the other side that are compared with one: the newest.
const COMPARED: i64 = 300;
/// Organisations of one person that count.
const MOST_ORGANISATIONS: i64 = 100;
/// Own ads and conversations that a page names.
const MOST_OWN: i64 = 100;
/// Words that are looked for at once.
const MOST_WORDS: usize = 4;

/// Somebody who reads ads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    /// Who; nobody in particular without a sign-in.
    pub person: Option<PersonId>,
    /// The organisations for which they hold a mandate in a collective of the instance.
    pub organisations: Vec<OrganisationId>,
    /// Whether they administer the instance.
    pub admin: bool,
}

impl Reader {
    /// Whether they read ads for members.
    #[must_use]
    pub fn is_member(&self) -> bool {
        self.admin || !self.organisations.is_empty()
    }

    /// Whether they act for an organisation.
    #[must_use]
    pub fn acts_for(&self, organisation: OrganisationId) -> bool {
        self.organisations.contains(&organisation)
    }

    /// Whether an ad is theirs, or their organisation's.
    #[must_use]
    pub fn owns(&self, row: &AdRow) -> bool {
        row.person.is_some() && row.person == self.person
            || row.organisation.is_some_and(|organisation| self.acts_for(organisation))
    }

    /// The organisation that they act for: the one chosen where they may, else the only one.
    #[must_use]
    pub fn acting_for(&self, chosen: Option<OrganisationId>) -> Option<OrganisationId> {
        match (chosen.filter(|chosen| self.acts_for(*chosen)), self.organisations.as_slice()) {
            (Some(chosen), _) => Some(chosen),
            (None, [only]) => Some(*only),
            (None, _) => None,
        }
    }
}

/// Who reads, by what they hold now. Errors: faults.
pub async fn reader(tx: &mut Tx, person: Option<PersonId>, now: Timestamp) -> store::sqlx::Result<Reader> {
    let Some(id) = person else { return Ok(Reader::default()) };
    let organisations = ads::organisations_of(tx, id, day(now), MOST_ORGANISATIONS).await?;
    Ok(Reader { person, organisations, admin: people::is_instance_admin(tx, id).await? })
}

/// A page of ads.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// The ads, newest first.
    pub ads: Vec<AdRow>,
    /// Below which number the next page begins, if there is one.
    pub next: Option<i64>,
}

/// The words of a search, folded; the first few count.
#[must_use]
pub fn search_words(typed: &str) -> Vec<String> {
    let line: String = typed.chars().take(200).collect();
    text::fold(&line).split_whitespace().take(MOST_WORDS).map(str::to_owned).collect()
}

/// The ads that a reader finds, below number `before`; at most `page`. Errors: faults.
pub async fn list(
    tx: &mut Tx,
    filter: &Filter,
    now: Timestamp,
    before: Option<i64>,
    page: usize,
) -> store::sqlx::Result<Listed> {
    let one_more = i64::try_from(page).unwrap_or(i64::MAX - 1) + 1;
    let mut found = ads::list(tx, filter, now, before, one_more).await?;
    let more = found.len() > page;
    found.truncate(page);
    let next = found.last().filter(|_| more).map(|row| row.number);
    Ok(Listed { ads: found, next })
}

/// An ad as somebody reads it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The ad.
    pub row: AdRow,
    /// Whether it is theirs.
    pub owns: bool,
    /// Whether others read it now.
    pub is_shown: bool,
    /// The organisations that share its need, the first first.
    pub needers: Vec<ads::AdNeeder>,
}

/// One ad; nothing where the reader doesn't read it: it ended, is hidden, or is for members. Errors: faults.
pub async fn one(
    tx: &mut Tx,
    number: i64,
    reader: &Reader,
    now: Timestamp,
) -> store::sqlx::Result<Option<Shown>> {
    let Some(row) = ads::by_number(tx, number).await? else { return Ok(None) };
    let (owns, is_shown) = (reader.owns(&row), row.standing().is_shown(now));
    let public = row.seen == domain::ads::Seen::Everybody;
    if !(owns || reader.admin || is_shown && (public || reader.is_member())) {
        return Ok(None);
    }
    let needers = match row.side {
        Side::Request => ads::needers(tx, row.id, domain::ads::MOST_NEEDERS).await?,
        Side::Offer => Vec::new(),
    };
    Ok(Some(Shown { row, owns, is_shown, needers }))
}

/// An ad that fits another, and why.
#[derive(Clone, Debug)]
pub struct Fitting {
    /// Its number.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// Who posted it.
    pub organisation: String,
    /// What both have in common.
    pub reasons: Vec<matching::Reason>,
}

/// The ads of the other side that fit one, the best first, as far as the reader reads them. Errors: faults.
pub async fn fitting(
    tx: &mut Tx,
    row: &AdRow,
    members: bool,
    now: Timestamp,
) -> store::sqlx::Result<Vec<Fitting>> {
    let side = match row.side {
        Side::Request => Side::Offer,
        Side::Offer => Side::Request,
    };
    let filter = Filter { side: Some(side), members, ..Filter::default() };
    let others = ads::list(tx, &filter, now, None, COMPARED).await?;
    let profiles: Vec<matching::Profile> = others.iter().map(AdRow::profile).collect();
    let found = matching::matches(&row.profile(), &profiles).into_iter().filter_map(|fits| {
        let other = others.iter().find(|other| other.number == fits.number)?;
        Some(Fitting {
            number: other.number,
            title: other.title.clone(),
            organisation: other.organisation_name.clone(),
            reasons: fits.reasons,
        })
    });
    Ok(found.collect())
}

/// The ads of somebody or of the organisation that they act for, and the conversations that they began, each with its ad.
/// Errors: faults.
pub async fn mine(
    tx: &mut Tx,
    person: PersonId,
    organisation: Option<OrganisationId>,
) -> store::sqlx::Result<(Vec<AdRow>, Vec<(AdTalk, AdRow)>)> {
    let own = ads::of_poster(tx, person, organisation, MOST_OWN).await?;
    let mut talks = Vec::new();
    for talk in ads::talks_with(tx, person, MOST_OWN).await? {
        if let Some(row) = ads::by_id(tx, talk.ad).await? {
            talks.push((talk, row));
        }
    }
    Ok((own, talks))
}
