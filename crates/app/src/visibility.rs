//! Whose amounts are hidden: the choice of each organisation, and what follows from it for the others. The rules of it
//! are in `domain::visibility`.

use std::collections::BTreeMap;

use domain::{
    actor::{Action, Holder, Standing, permit},
    ids::{CollectiveId, FeatureId, OrganisationId, PersonId, PotId},
    rules::AmountsSeen,
    tokens::Scope,
    visibility::{Eyes, FEWEST, Veil, settle, wishes_hidden},
};
use jiff::{Timestamp, civil::Date};
use serde_json::json;
use store::{Command, Tx, organisations::MemberRow};

use crate::{
    Acting, Context, Failure, Never,
    past::Past,
    people::{Hall, check_member},
    till::{Drawn, Story},
};

/// What an organisation's choice comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// Its amounts are shown, as far as the rules say.
    Shown,
    /// They are hidden, as it wishes.
    Hidden,
    /// It would show them, and they stay hidden as long as they would tell those of others.
    HiddenForOthers,
}

/// Writes whether an organisation shows its amounts, where that is its choice, and says what comes of it. Asks for a
/// representative of that organisation. Errors: [`Failure::NotAllowed`]; [`Failure::NotFound`] for no member.
pub async fn choose(
    context: &Context,
    acting: Acting,
    collective: CollectiveId,
    organisation: OrganisationId,
    shows: bool,
) -> Result<Chosen, Failure<Never>> {
    context.db.write(Choose { acting, collective, organisation, shows, drawn: Drawn::of(context) }).await
}

struct Choose {
    acting: Acting,
    collective: CollectiveId,
    organisation: OrganisationId,
    shows: bool,
    drawn: Drawn,
}

impl Command for Choose {
    type Done = Chosen;
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<Chosen, Failure<Never>> {
        lock_pots(tx, self.collective).await?;
        let mut hall = Hall::open(tx, self.collective, &self.acting, &self.drawn).await?;
        let permit = hall.permit(Action::ShowAmounts, Some(self.organisation))?;
        debug_assert!(matches!(permit.held_as(), Holder::Mandate(_)), "only its own people choose");
        let member = store::organisations::member(tx, self.collective, self.organisation).await?;
        let member = member.ok_or(Failure::NotFound)?;
        let (_, rules) = store::collectives::rules(tx, self.collective).await?;
        if member.shows_amounts != self.shows {
            store::organisations::show_amounts(tx, self.collective, self.organisation, self.shows).await?;
            resettle(tx, self.collective, rules.amounts, &[], self.drawn.now).await?;
            let data = json!({ "shows": self.shows });
            let story = Story::new("amounts_chosen", ("organisation", self.organisation.0), data);
            hall.record(tx, Story { organisation: Some(self.organisation), public: false, ..story }).await?;
        }
        chosen(tx, self.collective, rules.amounts, self.organisation).await.map_err(Failure::from)
    }
}

/// What the choice of a member comes to today.
pub async fn chosen(
    tx: &mut Tx,
    collective: CollectiveId,
    amounts: AmountsSeen,
    organisation: OrganisationId,
) -> store::sqlx::Result<Chosen> {
    let member = store::organisations::member(tx, collective, organisation).await?;
    let flags = store::visibility::flags(tx, collective, amounts, &[organisation]).await?;
    let wishes =
        member.is_none_or(|member| wishes_hidden(amounts, member.keeps_amounts(), member.shows_amounts));
    Ok(match (wishes, flags.iter().all(|flag| !flag.hidden)) {
        (true, _) => Chosen::Hidden,
        (false, true) => Chosen::Shown,
        (false, false) => Chosen::HiddenForOthers,
    })
}

/// Locks the pots of a collective, by id: who is hidden depends on who has money in them.
pub(crate) async fn lock_pots(tx: &mut Tx, collective: CollectiveId) -> store::sqlx::Result<()> {
    let mut pots: Vec<PotId> =
        store::pots::of_collective(tx, collective).await?.into_iter().map(|pot| pot.id).collect();
    pots.sort();
    for pot in pots {
        store::journal::lock_pot(tx, pot).await?;
    }
    Ok(())
}

/// Settles who is hidden anew, after a wish or the rules changed, or with organisations that have money for the
/// first time.
pub async fn resettle(
    tx: &mut Tx,
    collective: CollectiveId,
    amounts: AmountsSeen,
    new: &[OrganisationId],
    now: Timestamp,
) -> store::sqlx::Result<()> {
    let before = store::visibility::holders(tx, collective, amounts).await?;
    let mut after = before.clone();
    settle(&mut after, new, now);
    let mut changed: BTreeMap<Option<Timestamp>, Vec<OrganisationId>> = BTreeMap::new();
    for (before, after) in before.iter().zip(&after) {
        if before.hidden_since != after.hidden_since {
            changed.entry(after.hidden_since).or_default().push(after.organisation);
        }
    }
    for (since, organisations) in changed {
        store::visibility::put_hidden(tx, collective, &organisations, since).await?;
    }
    Ok(())
}

/// Takes in organisations that have money here for the first time. Most of the time nothing follows from it, and it
/// costs two look-ups.
pub(crate) async fn welcome(
    tx: &mut Tx,
    collective: CollectiveId,
    amounts: AmountsSeen,
    new: &[OrganisationId],
    now: Timestamp,
) -> store::sqlx::Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    let wishing = store::visibility::flags(tx, collective, amounts, new).await?;
    let wishing: Vec<OrganisationId> =
        wishing.iter().filter(|flag| flag.hidden).map(|flag| flag.organisation).collect();
    if wishing.is_empty() && !store::visibility::is_anyone_hidden(tx, collective, amounts).await? {
        return Ok(());
    }
    if store::visibility::hidden_with_money(tx, collective).await? < FEWEST {
        return resettle(tx, collective, amounts, new, now).await;
    }
    store::visibility::put_hidden(tx, collective, &wishing, Some(now)).await
}

/// Who looks at a collective: what the rules say, and what the person holds there.
#[must_use]
pub fn eyes(amounts: AmountsSeen, standing: Option<&Standing>) -> Eyes {
    let Some(standing) = standing else { return Eyes::stranger(amounts) };
    if standing.token.as_ref().is_some_and(|token| token.needs(Scope::Read).is_err()) {
        return Eyes::stranger(amounts);
    }
    Eyes {
        amounts,
        member: check_member(standing).is_ok(),
        keeper: permit(Action::RecordMoney, standing, None, None).is_ok(),
        own: standing.mandates.iter().map(|mandate| mandate.organisation).collect(),
    }
}

/// Most mandates of a person that are looked through.
const MOST_MANDATES: u16 = 500;

/// How somebody sees a collective: whose amounts, and up to when.
#[derive(Clone, Debug)]
pub struct Sight {
    /// What is hidden.
    pub veil: Veil,
    /// Up to when.
    pub past: Past,
}

impl Sight {
    /// How these eyes see a pot of a collective now.
    pub async fn of(
        tx: &mut Tx,
        collective: CollectiveId,
        pot: PotId,
        eyes: Eyes,
        now: Timestamp,
    ) -> store::sqlx::Result<Self> {
        let veil = veil(tx, collective, eyes).await?;
        let past = Past::of(tx, collective, pot, &veil, now).await?;
        Ok(Self { veil, past })
    }

    /// The same for the papers of one organisation: whoever holds a mandate for one that has left reads what it did, as
    /// its own people, for as long as it is kept. `person`: who looks, none for a stranger.
    pub async fn of_papers(
        &self,
        tx: &mut Tx,
        person: Option<PersonId>,
        member: &MemberRow,
        today: Date,
    ) -> store::sqlx::Result<Self> {
        let mut sight = self.clone();
        let Some(person) = person.filter(|_| !member.is_member(today) && !self.owns(member.id)) else {
            return Ok(sight);
        };
        let held = store::mandates::of_person(tx, person, today, MOST_MANDATES).await?;
        if held.iter().any(|mandate| mandate.organisation == member.id && mandate.starts_on <= today) {
            sight.veil = sight.veil.own_too(member.id);
        }
        Ok(sight)
    }

    /// Whether the papers of an organisation are one's own.
    #[must_use]
    pub fn owns(&self, organisation: OrganisationId) -> bool {
        self.veil.eyes().own.contains(&organisation)
    }
}

/// The veil between these eyes and a collective. It tells nothing yet: see [`know`].
pub async fn veil(tx: &mut Tx, collective: CollectiveId, eyes: Eyes) -> store::sqlx::Result<Veil> {
    let anyone = !eyes.see_all() && store::visibility::is_anyone_hidden(tx, collective, eyes.amounts).await?;
    Ok(Veil::new(eyes, anyone))
}

/// The same veil, knowing what a page is about to tell: organisations, each with the feature it is about.
pub async fn know(
    tx: &mut Tx,
    collective: CollectiveId,
    veil: &Veil,
    about: impl IntoIterator<Item = (OrganisationId, Option<FeatureId>)>,
) -> store::sqlx::Result<Veil> {
    let veil = veil.clone();
    if !veil.asks() {
        return Ok(veil);
    }
    let about: Vec<_> = about.into_iter().collect();
    let mut asked: Vec<OrganisationId> = about.iter().map(|(organisation, _)| *organisation).collect();
    asked.sort();
    asked.dedup();
    let flags = store::visibility::flags(tx, collective, veil.eyes().amounts, &asked).await?;
    let veil = veil.knowing(flags.iter().map(|flag| (flag.organisation, flag.hidden)));
    let told = about.into_iter().filter(|(organisation, _)| veil.tells(*organisation));
    let features: Vec<FeatureId> = told.filter_map(|(_, feature)| feature).collect();
    over(tx, veil, features).await
}

/// The same veil, knowing everything about these organisations: all features on which each ever had money.
pub async fn know_all(
    tx: &mut Tx,
    collective: CollectiveId,
    veil: &Veil,
    pot: PotId,
    organisations: impl IntoIterator<Item = OrganisationId>,
) -> store::sqlx::Result<Veil> {
    let organisations: Vec<OrganisationId> = organisations.into_iter().collect();
    let veil = know(tx, collective, veil, organisations.iter().map(|one| (*one, None))).await?;
    if !veil.asks() {
        return Ok(veil);
    }
    let mut features = Vec::new();
    for organisation in organisations.into_iter().filter(|one| veil.tells(*one)) {
        features.extend(store::visibility::funded_by(tx, pot, organisation).await?);
    }
    over(tx, veil, features).await
}

async fn over(tx: &mut Tx, veil: Veil, mut features: Vec<FeatureId>) -> store::sqlx::Result<Veil> {
    features.sort();
    features.dedup();
    let mut orders: BTreeMap<FeatureId, Vec<(OrganisationId, bool)>> = BTreeMap::new();
    for funder in store::visibility::funders(tx, veil.eyes().amounts, &features).await? {
        let order = orders.entry(funder.feature).or_default();
        if order.iter().all(|(organisation, _)| *organisation != funder.organisation) {
            order.push((funder.organisation, funder.hidden));
        }
    }
    Ok(veil.over(orders))
}
