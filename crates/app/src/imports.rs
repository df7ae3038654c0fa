//! Importing organisations from a file: the whole file is checked, all errors are said with their lines, a preview
//! shows what would happen, and it happens all or not at all. The same file again changes nothing.

#[cfg(test)]
mod fuzz;

use std::collections::HashMap;

use domain::{
    actor::{Action, MandateKind},
    chain::{Hash, digest},
    ids::{CollectiveId, OrganisationId},
    imports::{ImportRefusal, LineError, Problem},
    input::FieldRule,
    names::Looks,
    people::{Email, InvitationRefusal, siren},
    text,
};
use identity::Token;
use jiff::{Timestamp, civil::Date};
use serde_json::json;
use store::{
    Command, Tx,
    collectives::CollectiveRow,
    organisations::{self, MemberRow},
};
use words::Locale;

use crate::{
    Acting, Context, Failure,
    invitations::{self, For, Invitation},
    organisations::is_shared,
    people::Hall,
    setup::create_organisation,
    tables::{self, Column, Line, MOST_LINES, Table},
    till::{Drawn, Story},
};

const NAME: usize = 0;
const WEBSITE: usize = 1;
const SIREN: usize = 2;
const EMAIL: usize = 3;
const SINCE: usize = 4;
const LEFT: usize = 5;
const COLUMNS: &[Column] = &[
    Column {
        name: "name",
        called: &["nom", "structure", "organisation", "raison sociale", "name", "organization"],
        needed: true,
    },
    Column {
        name: "website",
        called: &["site", "site web", "site internet", "url", "adresse web", "website", "web"],
        needed: false,
    },
    Column { name: "siren", called: &["siren", "n° siren", "numero siren"], needed: false },
    Column {
        name: "email",
        called: &["courriel", "email", "e-mail", "mail", "adresse electronique", "contact"],
        needed: false,
    },
    Column {
        name: "since",
        called: &[
            "depuis",
            "membre depuis",
            "adhesion",
            "date d'adhesion",
            "since",
            "member since",
            "joined",
        ],
        needed: false,
    },
    Column {
        name: "left",
        called: &["partie le", "depart", "date de depart", "left", "left on"],
        needed: false,
    },
];

/// A line that was read and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    line: u64,
    name: String,
    website: String,
    siren: Option<String>,
    email: Option<Email>,
    since: Option<Date>,
    /// When it left: the file of members tells those too, and nobody comes back by it.
    left: Option<Date>,
}

/// What a line does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A new organisation becomes a member; with an address, somebody is invited to represent it.
    Joins,
    /// A former member comes back.
    ComesBack,
    /// A member's site or number changes.
    Changes,
    /// A member that is known so already.
    Nothing,
}

impl Effect {
    /// Its name, for words and exports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Joins => "joins",
            Self::ComesBack => "comes-back",
            Self::Changes => "changes",
            Self::Nothing => "nothing",
        }
    }
}

/// A line of the preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Its number in the file.
    pub line: u64,
    /// The organisation's name.
    pub name: String,
    /// What happens.
    pub effect: Effect,
    /// Since when it would be a member, where it joins.
    pub since: Option<Date>,
    /// The address that is invited.
    pub invited: Option<String>,
}

/// What an import would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Line by line.
    pub lines: Vec<Planned>,
    /// Columns of the file that are left out.
    pub ignored: Vec<String>,
    /// What was previewed: the import asks for it, and does nothing if the outcome would be another.
    pub digest: Hash,
}

/// The text of a file, whatever its encoding, so that a page can show it and have it mended. Errors:
/// [`ImportRefusal::NotText`], [`ImportRefusal::TooLarge`].
pub fn text_of(bytes: &[u8]) -> Result<String, ImportRefusal> {
    tables::decode(bytes)
}

/// Reads a file and says what importing it would do. Errors: [`Failure::NotAllowed`], [`ImportRefusal`].
pub async fn preview(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    bytes: &[u8],
) -> Result<Preview, Failure<ImportRefusal>> {
    let mut tx = ctx.db.read().await?;
    let row = store::collectives::get(&mut tx, collective).await?.ok_or(Failure::NotFound)?;
    crate::people::allowed(&mut tx, &acting, &row, Action::InviteMembers, None, ctx.now()).await?;
    let (entries, ignored) = read(bytes, row.day(ctx.now())).map_err(Failure::Refused)?;
    let steps = plan(&mut tx, &row, &entries, ctx.now()).await?;
    let lines = entries.iter().zip(&steps).map(|(entry, step)| Planned {
        line: entry.line,
        name: entry.name.clone(),
        effect: step.effect,
        since: entry.since.filter(|_| step.invites()),
        invited: entry.email.as_ref().filter(|_| step.invites()).map(|email| email.address().to_owned()),
    });
    Ok(Preview { lines: lines.collect(), ignored, digest: digest_of(&entries, &steps) })
}

/// Imports a file that was previewed, all or nothing; how many lines changed something. Errors:
/// [`Failure::NotAllowed`], [`ImportRefusal`]; [`Failure::Stale`] where it would no longer do what the preview said.
pub async fn import(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    bytes: &[u8],
    previewed: Hash,
) -> Result<usize, Failure<ImportRefusal>> {
    let mut tx = ctx.db.read().await?;
    let row = store::collectives::get(&mut tx, collective).await?.ok_or(Failure::NotFound)?;
    drop(tx);
    let (entries, _) = read(bytes, row.day(ctx.now())).map_err(Failure::Refused)?;
    let tokens = entries.iter().map(|_| Token::from_bytes(ctx.chance.bytes())).collect();
    let locale = Locale::from_tag(&row.locale).unwrap_or_default();
    let drawn = Drawn::of(ctx);
    let command = Import { acting, collective, entries, tokens, previewed, locale, drawn };
    let changed = ctx.db.write_alone(command).await?;
    ctx.wake_worker();
    Ok(changed)
}

fn read(bytes: &[u8], today: Date) -> Result<(Vec<Entry>, Vec<String>), ImportRefusal> {
    let Table { lines, ignored, mut errors } = tables::read(bytes, COLUMNS)?;
    let mut entries: Vec<Entry> = Vec::with_capacity(lines.len());
    let mut seen: HashMap<String, u64> = HashMap::new();
    for line in &lines {
        match entry(line, today) {
            Ok(entry) => {
                let looks = Looks::of(&entry.name);
                let keys = looks.keys().iter().chain(&entry.siren);
                let repeated = keys.clone().find_map(|key| seen.get(key)).copied();
                if let Some(earlier) = repeated {
                    errors.push(LineError { line: line.number, problem: Problem::Repeats { line: earlier } });
                }
                for key in keys {
                    seen.entry(key.clone()).or_insert(line.number);
                }
                entries.push(entry);
            }
            Err(problems) => errors.extend(problems),
        }
    }
    tables::sound(errors)?;
    Ok((entries, ignored))
}

fn entry(line: &Line, today: Date) -> Result<Entry, Vec<LineError>> {
    let mut errors = Vec::new();
    let mut refuse = |column: usize, rule: FieldRule| {
        let problem = Problem::Field { column: COLUMNS[column].name, rule };
        errors.push(LineError { line: line.number, problem });
    };
    let filled = |column: usize| Some(line.field(column)).filter(|field| !field.is_empty());
    let name = text::line(line.field(NAME), text::LONGEST_NAME).map_err(|rule| refuse(NAME, rule));
    let website = filled(WEBSITE).map(text::web_address).transpose().map_err(|rule| refuse(WEBSITE, rule));
    let number = filled(SIREN).map(siren).transpose().map_err(|rule| refuse(SIREN, rule));
    let email = filled(EMAIL).map(Email::parse).transpose().map_err(|rule| refuse(EMAIL, rule));
    let since = filled(SINCE).map(|typed| day(typed, today)).transpose().map_err(|rule| refuse(SINCE, rule));
    let left = filled(LEFT).map(|typed| day(typed, today)).transpose().map_err(|rule| refuse(LEFT, rule));
    match (name, website, number, email, since, left) {
        (Ok(name), Ok(website), Ok(siren), Ok(email), Ok(since), Ok(left)) => {
            let website = website.unwrap_or_default();
            Ok(Entry { line: line.number, name, website, siren, email, since, left })
        }
        _ => Err(errors),
    }
}

/// A day as `2025-01-31` or `31/01/2025`. Errors: another form, a day to come.
pub(crate) fn day(typed: &str, today: Date) -> Result<Date, FieldRule> {
    let french = |text: &str| -> Option<Date> {
        let mut parts = text.split('/');
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
        (parts.next().is_none() && year.len() == 4).then_some(date)
    };
    let date = if typed.contains('/') { french(typed) } else { typed.parse().ok() };
    match date {
        None => Err(FieldRule::NotADate),
        Some(date) if date > today => Err(FieldRule::InTheFuture),
        Some(date) => Ok(date),
    }
}

/// What a line does, and to which organisation that is known.
struct Step {
    effect: Effect,
    known: Option<OrganisationId>,
}

impl Step {
    /// Whether the line's address is invited: only for an organisation that is new.
    fn invites(&self) -> bool {
        self.effect == Effect::Joins
    }
}

async fn plan(
    tx: &mut Tx,
    collective: &CollectiveRow,
    entries: &[Entry],
    now: Timestamp,
) -> Result<Vec<Step>, Failure<ImportRefusal>> {
    let known = Known::of(tx, collective, now).await?;
    let mut steps = Vec::with_capacity(entries.len());
    let mut errors = Vec::new();
    let today = collective.day(now);
    for entry in entries {
        let mut problem = None;
        match known.step(entry) {
            Ok(step) => {
                let member = step.known.and_then(|id| known.members.iter().find(|member| member.id == id));
                // What an organisation says of itself elsewhere too is its own.
                if let Some(member) = member.filter(|member| differs(entry, member))
                    && is_shared(tx, collective.id, member.id, today).await?
                {
                    problem = Some(Problem::Shared);
                }
                steps.push(step);
            }
            Err(why) => problem = Some(why),
        }
        errors.extend(problem.map(|problem| LineError { line: entry.line, problem }));
    }
    tables::sound(errors).map_err(Failure::Refused)?;
    Ok(steps)
}

/// Whom a collective knows: members, past ones included, and those who are invited.
struct Known {
    members: Vec<MemberRow>,
    by_name: HashMap<String, usize>,
    by_look: HashMap<String, usize>,
    by_siren: HashMap<String, usize>,
    /// Names that were invited, as they look, with the address.
    invited: HashMap<String, String>,
}

impl Known {
    async fn of(
        tx: &mut Tx,
        collective: &CollectiveRow,
        now: Timestamp,
    ) -> Result<Self, Failure<ImportRefusal>> {
        let most = u16::try_from(MOST_LINES * 2).unwrap_or(u16::MAX);
        let members = organisations::members(tx, collective.id, "", most).await?;
        let (mut by_name, mut by_look, mut by_siren) = (HashMap::new(), HashMap::new(), HashMap::new());
        for (at, member) in members.iter().enumerate() {
            by_name.insert(text::fold(&member.name), at);
            by_look.extend(Looks::of(&member.name).keys().iter().map(|key| (key.clone(), at)));
            by_siren.extend(member.siren.clone().map(|siren| (siren, at)));
        }
        let mut invited = HashMap::new();
        for (name, email) in invitations::of_new(tx, collective.id, now).await? {
            invited.extend(Looks::of(&name).keys().iter().map(|key| (key.clone(), email.clone())));
        }
        Ok(Self { members, by_name, by_look, by_siren, invited })
    }

    fn step(&self, entry: &Entry) -> Result<Step, Problem> {
        let folded = text::fold(&entry.name);
        let known = entry.siren.as_ref().and_then(|siren| self.by_siren.get(siren));
        let known = known.or_else(|| self.by_name.get(&folded)).and_then(|at| self.members.get(*at));
        if entry.left.is_some() {
            return Ok(Step { effect: Effect::Nothing, known: known.map(|member| member.id) });
        }
        let Some(member) = known else {
            let looks = Looks::of(&entry.name);
            if let Some(like) = looks.keys().iter().find_map(|key| self.by_look.get(key)) {
                let known = self.members.get(*like).map(|member| member.name.clone()).unwrap_or_default();
                return Err(Problem::LooksLike { known });
            }
            if let Some(email) = looks.keys().iter().find_map(|key| self.invited.get(key)) {
                return Err(Problem::Invited { email: email.clone() });
            }
            return Ok(Step { effect: Effect::Joins, known: None });
        };
        if text::fold(&member.name) != folded {
            return Err(Problem::OtherName { known: member.name.clone() });
        }
        let effect = match member {
            member if member.left_on.is_some() => Effect::ComesBack,
            member if differs(entry, member) => Effect::Changes,
            _ => Effect::Nothing,
        };
        Ok(Step { effect, known: Some(member.id) })
    }
}

/// An empty field of the file takes nothing away.
fn differs(entry: &Entry, member: &MemberRow) -> bool {
    let website = !entry.website.is_empty() && entry.website != member.website;
    let siren = entry.siren.is_some() && entry.siren != member.siren;
    website || siren || entry.name != member.name
}

fn digest_of(entries: &[Entry], steps: &[Step]) -> Hash {
    let mut said = String::new();
    for (entry, step) in entries.iter().zip(steps) {
        said.push_str(&format!("{entry:?} {:?} {:?}\n", step.effect, step.known));
    }
    digest(&[b"import of organisations", said.as_bytes()])
}

struct Import {
    acting: Acting,
    collective: CollectiveId,
    entries: Vec<Entry>,
    tokens: Vec<Token>,
    previewed: Hash,
    locale: Locale,
    drawn: Drawn,
}

impl Command for Import {
    type Done = usize;
    type Error = Failure<ImportRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<usize, Failure<ImportRefusal>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        hall.permit(Action::InviteMembers, self.acting.organisation)?;
        let steps = plan(tx, &hall.collective, &self.entries, self.drawn.now).await?;
        if digest_of(&self.entries, &steps) != self.previewed {
            return Err(Failure::Stale);
        }
        let mut changed = 0;
        for ((entry, step), token) in self.entries.iter().zip(&steps).zip(&self.tokens) {
            if step.effect == Effect::Nothing {
                continue;
            }
            changed += 1;
            self.carry_out(tx, &mut hall, entry, step, token).await?;
        }
        if changed > 0 {
            let subject = ("collective", self.collective.into());
            let story = Story::new("organisations_imported", subject, json!({ "lines": changed }));
            hall.record(tx, Story { public: false, ..story }).await?;
        }
        Ok(changed)
    }
}

impl Import {
    async fn carry_out(
        &self,
        tx: &mut Tx,
        hall: &mut Hall,
        entry: &Entry,
        step: &Step,
        token: &Token,
    ) -> Result<(), Failure<ImportRefusal>> {
        let organisation = match step.known {
            Some(known) => known,
            None => create_organisation(tx, &mut hall.drawn, &entry.name).await?.id,
        };
        if step.known.is_some() {
            self.keep(tx, hall, organisation).await?;
        }
        self.describe(tx, organisation, entry).await?;
        if step.effect == Effect::Changes {
            return Ok(());
        }
        organisations::join(tx, self.collective, organisation, entry.since.unwrap_or(hall.today)).await?;
        let story =
            Story::new("member_joined", ("organisation", organisation.into()), store::events::no_data());
        hall.record(tx, Story { organisation: Some(organisation), ..story }).await?;
        let Some(email) = entry.email.clone().filter(|_| step.invites()) else { return Ok(()) };
        let invitation = Invitation {
            organisation: For::Member(organisation),
            email,
            kind: MandateKind::Representative,
            locale: self.locale,
        };
        match invitations::send(tx, hall, &invitation, token).await {
            // More than may be under way at once: they are invited one by one later.
            Ok(_) | Err(Failure::Refused(InvitationRefusal::TooMany)) => Ok(()),
            Err(failure) => Err(Failure::Fault(failure.to_string())),
        }
    }

    /// Keeps what an organisation said of itself.
    async fn keep(
        &self,
        tx: &mut Tx,
        hall: &mut Hall,
        organisation: OrganisationId,
    ) -> Result<(), Failure<ImportRefusal>> {
        let old = organisations::get(tx, organisation).await?.ok_or(Failure::NotFound)?;
        let before = json!({ "name": old.name, "website": old.website }).to_string();
        let (id, author, now) = (hall.id(), Some(hall.person()), hall.drawn.now);
        let subject = organisation.into();
        store::revisions::add(tx, id, "organisation", subject, &before, author, now).await?;
        Ok(())
    }

    async fn describe(
        &self,
        tx: &mut Tx,
        organisation: OrganisationId,
        entry: &Entry,
    ) -> Result<(), Failure<ImportRefusal>> {
        let old = organisations::get(tx, organisation).await?.ok_or(Failure::NotFound)?;
        let website = if entry.website.is_empty() { &old.website } else { &entry.website };
        let siren = entry.siren.as_ref().or(old.siren.as_ref());
        let siren = siren.map(String::as_str);
        Ok(organisations::describe(tx, organisation, &entry.name, website, siren).await?)
    }
}
