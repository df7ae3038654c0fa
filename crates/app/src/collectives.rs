//! What a collective says of itself, and of the legal entity that holds its money.

use domain::{
    actor::Action,
    ids::{CollectiveId, PotId},
    input::{FieldError, FieldRule},
    names::same_name,
    references::Iban,
    text,
};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::json;
use store::{
    Command, Tx, collectives,
    hosts::{self, HostRow, Target},
    pots,
};

use words::Words;

use crate::{
    Acting, Context, Failure, Never,
    host_targets::{self, Judged},
    mails::Letter,
    members,
    people::Hall,
    till::{Drawn, Story},
};

/// Longest text that says what a collective is for, in characters.
pub const LONGEST_PURPOSE: usize = 1_000;
/// Longest postal address, in characters.
pub const LONGEST_POSTAL: usize = 400;
/// The highest fee of a host, in basis points of what is spent.
pub const HIGHEST_FEE: u32 = 3_000;

/// What a collective says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollectiveCard {
    /// Its name.
    pub name: String,
    /// What it is for; may be empty.
    pub purpose: String,
    /// The name of its time zone: a date D lasts there until the end of D.
    pub zone: String,
}

/// Changes what a collective says of itself. `seen` is what was shown of it, if anything was. Asks for its administration.
/// Errors: no right; [`Failure::Stale`] where it says something else by now; fields `name`, `purpose`, `zone`, which stays while closing dates are open.
pub async fn describe(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    seen: Option<CollectiveCard>,
    card: CollectiveCard,
) -> Result<(), Failure<Never>> {
    let mut errors = Vec::new();
    let name = text::line(&card.name, text::LONGEST_NAME);
    let name = name.map_err(|rule| errors.push(FieldError::new("name", rule)));
    let purpose = text::paragraphs(&card.purpose, LONGEST_PURPOSE);
    let purpose = purpose.map_err(|rule| errors.push(FieldError::new("purpose", rule)));
    let zone = TimeZone::get(card.zone.trim()).ok().and_then(|zone| zone.iana_name().map(str::to_owned));
    if zone.is_none() {
        errors.push(FieldError::new("zone", FieldRule::Unknown));
    }
    let (Ok(name), Ok(purpose), Some(zone)) = (name, purpose, zone) else {
        return Err(Failure::Invalid(errors));
    };
    let act = Act::Describe { seen, card: CollectiveCard { name, purpose, zone } };
    ctx.db.write(Change { acting, collective, act, drawn: Drawn::of(ctx) }).await
}

/// What is written down of the host of a pot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostCard {
    /// Its legal name.
    pub name: String,
    /// Its postal address; may be empty.
    pub address: String,
    /// Its IBAN as typed; may be empty.
    pub iban: String,
    /// Who signs for it; may be empty.
    pub signatory: String,
    /// Its fee, in basis points of what is spent.
    pub fee_rate: u32,
    /// Whether anybody may give: its IBAN and its link are public then.
    pub gifts_open: bool,
    /// A page of another service where one can give, as typed; may be empty.
    pub give_link: String,
    /// Whether it declares that it may write tax receipts for gifts.
    pub tax_receipts: bool,
}

impl HostCard {
    /// What is written down of a host; nothing of none.
    #[must_use]
    pub fn of(host: Option<&HostRow>) -> Self {
        host.map_or_else(Self::default, |host| Self {
            name: host.name.clone(),
            address: host.address.clone(),
            iban: host.iban.clone(),
            signatory: host.signatory.clone(),
            fee_rate: host.fee_rate,
            gifts_open: host.gifts_open,
            give_link: host.give_link.clone(),
            tax_receipts: host.tax_receipts,
        })
    }
}

/// What falls due at the end of a day: another time zone would move it.
const DATED: [&str; 4] = [
    crate::round_closings::ROUND_CLOSE,
    crate::triggers::CLOSE,
    crate::fund_calls::CALL_DUE,
    crate::work::LATE,
];

/// Changes what is written down of the host of a pot, making one if there is none; whoever holds a role is told, and those
/// whose organisation has money in the pot. Another IBAN or page for gifts than the first waits: see
/// [`crate::host_targets`]. `seen` is what
/// was shown of it, if anything was. Asks for the collective's administration and a fresh sign-in, which the page checks.
/// Errors: no right; no such pot; [`Failure::Stale`] where something else is written by now; fields `name`, `address`,
/// `iban` (also where gifts are open and nothing says where to give),
/// `signatory`, `fee_rate`, `give_link`.
pub async fn describe_host(
    ctx: &Context,
    acting: Acting,
    collective: CollectiveId,
    pot: PotId,
    seen: Option<HostCard>,
    card: HostCard,
) -> Result<(), Failure<Never>> {
    let mut errors = Vec::new();
    let name = text::line(&card.name, text::LONGEST_NAME);
    let name = name.map_err(|rule| errors.push(FieldError::new("host_name", rule)));
    let address = text::paragraphs(&card.address, LONGEST_POSTAL);
    let address = address.map_err(|rule| errors.push(FieldError::new("address", rule)));
    let signatory = text::optional_line(&card.signatory, text::LONGEST_NAME);
    let signatory = signatory.map_err(|rule| errors.push(FieldError::new("signatory", rule)));
    let iban = match card.iban.trim() {
        "" => Ok(String::new()),
        typed => Iban::parse(typed).map(|iban| iban.as_str().to_owned()),
    };
    let iban = iban.map_err(|_| errors.push(FieldError::new("iban", FieldRule::NotAnIban)));
    let give_link = match card.give_link.trim() {
        "" => Ok(String::new()),
        typed => text::web_address(typed),
    };
    let give_link = give_link.map_err(|rule| errors.push(FieldError::new("give_link", rule)));
    if card.gifts_open && card.iban.trim().is_empty() && card.give_link.trim().is_empty() {
        errors.push(FieldError::new("iban", FieldRule::Missing));
    }
    if card.fee_rate > HIGHEST_FEE {
        errors.push(FieldError::new("fee_rate", FieldRule::TooLarge));
    }
    let (Ok(name), Ok(address), Ok(signatory), Ok(iban), Ok(give_link), true) =
        (name, address, signatory, iban, give_link, errors.is_empty())
    else {
        return Err(Failure::Invalid(errors));
    };
    let card = HostCard { name, address, iban, signatory, give_link, ..card };
    let act = Act::Host { pot, seen, card };
    ctx.db.write(Change { acting, collective, act, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(())
}

enum Act {
    Describe { seen: Option<CollectiveCard>, card: CollectiveCard },
    Host { pot: PotId, seen: Option<HostCard>, card: HostCard },
}

struct Change {
    acting: Acting,
    collective: CollectiveId,
    act: Act,
    drawn: Drawn,
}

impl Command for Change {
    type Done = ();
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        hall.permit(Action::EditCollective, self.acting.organisation)?;
        match &self.act {
            Act::Describe { seen, card } => {
                let as_before = CollectiveCard {
                    name: hall.collective.name.clone(),
                    purpose: hall.collective.purpose.clone(),
                    zone: hall.collective.zone.clone(),
                };
                if *card == as_before {
                    return Ok(());
                }
                if seen.as_ref().is_some_and(|seen| *seen != as_before) {
                    return Err(Failure::Stale);
                }
                if card.zone != hall.collective.zone && is_dated(tx, self.collective).await? {
                    return Err(Failure::field("zone", FieldRule::MovesDeadlines));
                }
                collectives::describe(tx, self.collective, &card.name, &card.purpose, &card.zone).await?;
                let story = Story::new(
                    "collective_described",
                    ("collective", self.collective.into()),
                    json!({ "name": card.name }),
                );
                Ok(hall.record(tx, story).await?)
            }
            Act::Host { pot, seen, card } => self.host(tx, &mut hall, *pot, (seen.as_ref(), card)).await,
        }
    }
}

/// Whether an open deadline of a collective falls at the end of a day of its time zone.
async fn is_dated(tx: &mut Tx, collective: CollectiveId) -> store::sqlx::Result<bool> {
    let open = store::deadlines::upcoming(tx, collective, Timestamp::MIN, u16::MAX).await?;
    Ok(open.iter().any(|deadline| DATED.contains(&deadline.kind.as_str())))
}

impl Change {
    async fn host(
        &self,
        tx: &mut Tx,
        hall: &mut Hall,
        pot: PotId,
        (seen, card): (Option<&HostCard>, &HostCard),
    ) -> Result<(), Failure<Never>> {
        let pot = pots::by_id(tx, pot).await?.filter(|pot| pot.collective == self.collective);
        let pot = pot.ok_or(Failure::NotFound)?;
        let before = match pot.host {
            Some(host) => hosts::get(tx, host).await?,
            None => None,
        };
        let as_before = HostCard::of(before.as_ref());
        if as_before != *card && seen.is_some_and(|seen| *seen != as_before) {
            return Err(Failure::Stale);
        }
        // Which member it is, its name says; one that is named as before is the same.
        let same = before.as_ref().filter(|host| same_name(&host.name, &card.name));
        let organisation = match same {
            Some(host) => host.organisation,
            None => {
                let named = members::named(tx, self.collective, &card.name, hall.today).await?;
                named.map(|member| member.id)
            }
        };
        let by = (self.acting.person, self.drawn.now);
        let Judged { shown: iban, next } =
            host_targets::judged(before.as_ref(), Target::Iban, &card.iban, by);
        let Judged { shown: give_link, next: next_link } =
            host_targets::judged(before.as_ref(), Target::Link, &card.give_link, by);
        let row = HostRow {
            id: before.as_ref().map_or_else(|| hall.id(), |host| host.id),
            collective: self.collective,
            organisation,
            name: card.name.clone(),
            address: card.address.clone(),
            iban_given: before.as_ref().is_some_and(|host| host.iban_given) || !iban.is_empty(),
            iban,
            signatory: card.signatory.clone(),
            fee_rate: card.fee_rate,
            gifts_open: card.gifts_open,
            link_given: before.as_ref().is_some_and(|host| host.link_given) || !give_link.is_empty(),
            give_link,
            tax_receipts: card.tax_receipts,
            created_at: before.as_ref().map_or(self.drawn.now, |host| host.created_at),
            ended_at: None,
            next_iban: next.value,
            next_iban_from: next.from,
            next_iban_by: next.by,
            next_link: next_link.value,
            next_link_from: next_link.from,
            next_link_by: next_link.by,
        };
        if before.as_ref() == Some(&row) {
            return Ok(());
        }
        let what = change_of(before.as_ref(), same.is_some(), &row, &card.iban);
        // Of another host the former's IBAN says nothing.
        let known = same.map_or_else(String::new, |host| host.iban.clone());
        match &before {
            Some(_) => hosts::describe(tx, &row).await?,
            None => {
                hosts::insert(tx, &row).await?;
                pots::set_host(tx, pot.id, row.id).await?;
            }
        }
        host_targets::set_deadlines(tx, hall, &row).await?;
        let link = before.as_ref().map_or("", |before| before.give_link.as_str());
        self.tell_host(tx, hall, pot.id, &row, (what, (&known, &card.iban), (link, &card.give_link))).await?;
        let data = json!({ "name": row.name, "what": what });
        Ok(hall.record(tx, Story::new("host_described", ("pot", pot.id.0), data)).await?)
    }

    /// Tells those concerned what became of the host: which change it is, the IBAN that was known and the one that was typed,
    /// the page for gifts likewise.
    async fn tell_host(
        &self,
        tx: &mut Tx,
        hall: &mut Hall,
        pot: PotId,
        row: &HostRow,
        (what, (known, typed), (link, new_link)): (&'static str, (&str, &str), (&str, &str)),
    ) -> store::sqlx::Result<()> {
        let told = host_targets::told(tx, hall, pot).await?;
        let actor = hall.name_of(tx, self.acting.person).await?;
        let (name, slug) = (hall.collective.name.clone(), hall.collective.slug.clone());
        let (settings, zone) = (self.drawn.settings.clone(), hall.collective.time_zone());
        hall.tell(tx, &told, |t| {
            Letter::about(t.mail_host_subject(&name, what))
                .say(t.mail_host(&actor, &name, &row.name))
                .say(iban_told(t, known, typed))
                .say_if(row.next_iban_from.map(|from| t.mail_host_iban_waits(t.instant(from, &zone))))
                .say_if((new_link != link).then(|| link_told(t, (link, new_link), &row.next_link)))
                .say_if(row.next_link_from.map(|from| t.mail_host_link_waits(t.instant(from, &zone))))
                .say(if typed.is_empty() && new_link.is_empty() {
                    t.mail_host_see()
                } else {
                    t.mail_host_check()
                })
                .at(&settings, &format!("/c/{slug}/about"))
        })
        .await
    }
}

/// What became of the link by which one gives: the former one and the one that was typed, which may be what `waits`.
fn link_told(t: Words, (before, now): (&str, &str), waits: &str) -> String {
    match (before.is_empty(), now.is_empty()) {
        (_, true) => t.mail_host_link_removed(before),
        _ if now == waits => t.mail_host_link_next(now),
        (true, false) => t.mail_host_link_added(now),
        (false, false) => t.mail_host_link_changed(before, now),
    }
}

/// What became of the IBAN, by its last characters: enough to know it by, too little to pay to.
fn iban_told(t: Words, before: &str, now: &str) -> String {
    let end = Iban::end;
    match (before.is_empty(), now.is_empty()) {
        (true, true) => t.mail_host_iban_none().to_owned(),
        (false, true) => t.mail_host_iban_removed(end(before)),
        (true, false) => t.mail_host_iban_added(end(now)),
        (false, false) if before == now => t.mail_host_iban_same(end(now)),
        (false, false) => t.mail_host_iban_changed(end(before), end(now)),
    }
}

/// What changed of a host, by which words are chosen: another one, its IBAN, what is written of it, or both.
fn change_of(before: Option<&HostRow>, same: bool, now: &HostRow, typed: &str) -> &'static str {
    let Some(before) = before.filter(|_| same) else { return "changed" };
    if before.iban == typed {
        return "described";
    }
    // Whatever became of the IBAN: shown, or waiting.
    let bank = HostRow {
        iban: now.iban.clone(),
        next_iban: now.next_iban.clone(),
        next_iban_from: now.next_iban_from,
        next_iban_by: now.next_iban_by,
        iban_given: now.iban_given,
        ..before.clone()
    };
    let alone = bank == *now;
    match (before.iban.is_empty(), alone) {
        (true, true) => "bank_added",
        (true, false) => "bank_added_and_described",
        (false, true) => "bank_changed",
        (false, false) => "bank_changed_and_described",
    }
}
