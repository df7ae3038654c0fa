//! Mails about entries: what a treasurer recorded of an organisation's money, or undid; what the nightly check found.

use std::collections::BTreeMap;

use domain::{
    Money,
    actor::RoleKind,
    ids::{OrganisationId, PotId},
    posting::Reason,
};
use jiff::civil::Date;
use store::{Command, Tx, people};
use uuid::Uuid;
use words::Words;

use crate::{
    error::{Failure, Never},
    funding_mails::send,
    mails::{self, Letter, Post},
    till::{Drawn, Till},
};

/// The address of an organisation's statement.
async fn statement(tx: &mut Tx, till: &Till, organisation: OrganisationId) -> store::sqlx::Result<String> {
    let slug = store::organisations::get(tx, organisation).await?.map(|row| row.slug).unwrap_or_default();
    Ok(format!("/c/{}/members/{slug}/statement", till.collective.slug))
}

/// Tells an organisation that a treasurer recorded what it paid, and whether it did with a right of return. Errors: faults
/// only.
pub(crate) async fn tell_paid<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    organisation: OrganisationId,
    (amount, returnable): (Money, bool),
    received_on: Date,
) -> Result<(), Failure<R>> {
    let path = statement(tx, till, organisation).await?;
    let (currency, settings) = (till.locked.pot.currency(), till.settings.clone());
    let collective = till.collective.name.clone();
    let write = |t: Words, name: &str, amount: Money| {
        let figure = t.money(amount, currency);
        Letter::about(t.funding_mail_paid_subject(figure.as_str(), name))
            .say(t.funding_mail_paid(figure, &collective, name, t.date(received_on)))
            .say_if(returnable.then(|| t.funding_mail_paid_returnable().to_owned()))
            .say(t.funding_mail_paid_next())
            .at(&settings, &path)
    };
    send(tx, till, &BTreeMap::from([(organisation, amount)]), write).await
}

/// Tells an organisation that what it paid is undone, and why. Errors: faults only.
pub(crate) async fn tell_unpaid<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    organisation: OrganisationId,
    amount: Money,
    reason: Reason,
) -> Result<(), Failure<R>> {
    let path = statement(tx, till, organisation).await?;
    let (currency, settings) = (till.locked.pot.currency(), till.settings.clone());
    let write = |t: Words, name: &str, amount: Money| {
        let figure = t.money(amount, currency);
        Letter::about(t.funding_mail_unpaid_subject(figure.as_str(), name))
            .say(t.funding_mail_unpaid(figure, name, t.contributions_reason_name(reason.as_str())))
            .say(t.funding_mail_unpaid_next())
            .at(&settings, &path)
    };
    send(tx, till, &BTreeMap::from([(organisation, amount)]), write).await
}

/// Tells organisations that the share of a round that they had is taken back, since the distribution was undone.
/// Errors: faults only.
pub(crate) async fn tell_unshared<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    round: i64,
    amounts: &BTreeMap<OrganisationId, Money>,
) -> Result<(), Failure<R>> {
    let path = format!("/c/{}/rounds/{round}", till.collective.slug);
    let (currency, settings) = (till.locked.pot.currency(), till.settings.clone());
    let write = |t: Words, name: &str, amount: Money| {
        Letter::about(t.funding_mail_unshared_subject(round))
            .say(t.funding_mail_unshared(t.money(amount, currency), name, round))
            .at(&settings, &path)
    };
    send(tx, till, amounts, write).await
}

/// Alarms the instance's administration and the treasurers of a pot in which the nightly check found something.
pub(crate) struct Alarm {
    pub(crate) pot: PotId,
    /// How many invariants are broken; none: the pot can't even be read.
    pub(crate) broken: Option<usize>,
    pub(crate) drawn: Drawn,
}

impl Command for Alarm {
    type Done = ();
    type Error = Failure<Never>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<Never>> {
        let pot = store::pots::by_id(tx, self.pot).await?.ok_or(Failure::NotFound)?;
        let collective = store::collectives::get(tx, pot.collective).await?.ok_or(Failure::NotFound)?;
        let Drawn { mut seed, now, settings } = self.drawn.clone();
        let admins = people::instance_admins(tx).await?;
        let mut treasurers = store::roles::holders(tx, collective.id, RoleKind::Treasurer, now).await?;
        treasurers.retain(|person| !admins.contains(person));
        let accounts = format!("/c/{}/accounts", collective.slug);
        for (readers, path) in [(admins, "/admin"), (treasurers, accounts.as_str())] {
            let write = |t: Words| {
                let letter = Letter::about(t.funding_mail_alarm_subject(&collective.name));
                match self.broken {
                    Some(broken) => letter.say(t.funding_mail_alarm(&collective.name, broken, &pot.name)),
                    None => letter.say(t.funding_mail_alarm_unread(&collective.name, &pot.name)),
                }
                .say(t.funding_mail_alarm_next())
                .at(&settings, path)
            };
            let mut post = Post { seed: &mut seed, now, settings: &settings };
            mails::tell(tx, &mut post, &collective, &readers, write).await?;
        }
        Ok(())
    }
}
