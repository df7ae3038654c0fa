//! Where a page of a collective stands: the collective, its main pot, the civil day, who looks.

use app::Acting;
use app::visibility::Sight;
use domain::actor::{Action, Standing, permit};
use domain::ids::OrganisationId;
use domain::rounds::RoundState;
use domain::rules::Rules;
use domain::visibility::{BATCH, batch_begin};
use domain::{Book, Currency};
use jiff::Timestamp;
use jiff::civil::Date;
use store::collectives::CollectiveRow;
use store::pots::Pot;
use store::rounds::Round;
use store::{Tx, sqlx};

use crate::error::WebError;
use crate::extract::SignedIn;
use crate::layout::{CollectiveNav, Form, Frame, Section};
use crate::state::AppState;

/// The pot whose pages a collective shows under its own address.
const MAIN: &str = "main";
/// How many hexadecimal digits of a head a footer shows.
const SHORT_HEAD: usize = 8;

impl From<sqlx::Error> for WebError {
    fn from(error: sqlx::Error) -> Self {
        Self::internal(error)
    }
}

/// A collective and the instant at which its page is made.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The collective.
    pub(crate) collective: CollectiveRow,
    /// Now.
    pub(crate) now: Timestamp,
    /// The civil day in the collective's zone.
    pub(crate) today: Date,
}

impl Place {
    /// The collective of an address: the one point read of a page that is cached.
    pub(crate) async fn find(state: &AppState, slug: &str) -> Result<Self, WebError> {
        let mut tx = state.context.db.read_once().await?;
        let collective = store::collectives::by_slug(&mut tx, slug).await?.ok_or(WebError::NotFound)?;
        let now = state.context.now();
        Ok(Self { today: collective.day(now), now, collective })
    }

    /// What its pages are cached by: its version, the day, since pages say how many days are left, and the quarter of an
    /// hour, since what strangers see may move by it.
    pub(crate) fn edition(&self) -> i64 {
        let day = i64::from(self.today.year()) * 400 + i64::from(self.today.day_of_year());
        let batch = batch_begin(self.now).as_second() / BATCH.as_secs() % 1_000;
        self.collective.version.wrapping_mul(1_000_000_000).wrapping_add(day * 1_000 + batch)
    }

    /// Its main pot.
    pub(crate) async fn pot(&self, tx: &mut Tx) -> Result<Pot, WebError> {
        store::pots::by_slug(tx, self.collective.id, MAIN).await?.ok_or(WebError::NotFound)
    }

    /// The rules in force.
    pub(crate) async fn rules(&self, tx: &mut Tx) -> Result<Rules, WebError> {
        Ok(store::collectives::rules(tx, self.collective.id).await?.1)
    }

    /// Who acts by a form, and for which organisation, for the use cases: without what a page would show beside it.
    pub(crate) async fn acting(&self, state: &AppState, frame: &Frame) -> Result<Acting, WebError> {
        let person = frame.person().ok_or(WebError::SignIn)?;
        // A form acts for the organisation that it was made for.
        let acting_for = if frame.acts_as.is_some() {
            frame.acts_as
        } else {
            let mut tx = state.context.db.read().await?;
            acting_for(Some(&self.standing(&mut tx, person).await?), person.organisation())
        };
        Ok(Acting::by_form(person.person(), acting_for))
    }

    /// What a person holds here now.
    pub(crate) async fn standing(&self, tx: &mut Tx, person: &SignedIn) -> Result<Standing, WebError> {
        Ok(app::people::standing_in(tx, person.person(), &self.collective, self.now).await?)
    }
}

/// A page inside a collective: the place with its pot and round read, and what the visitor may do.
pub(crate) struct Desk {
    /// Where.
    pub(crate) place: Place,
    /// The rules in force.
    pub(crate) rules: Rules,
    /// What the visitor sees of the money, and up to when.
    pub(crate) sight: Sight,
    /// The pot.
    pub(crate) pot: Pot,
    /// The round that is not closed, if there is one.
    pub(crate) round: Option<Round>,
    /// What the visitor holds; none without a sign-in.
    pub(crate) standing: Option<Standing>,
    /// The organisation that the visitor acts for, if it is one of this collective.
    pub(crate) acting_for: Option<OrganisationId>,
    /// The name of that organisation, and the mandate that is over for the one they had chosen; for the header.
    acts: Acts,
    head: Option<String>,
}

impl Desk {
    /// Reads what every page of a collective shows.
    pub(crate) async fn open(tx: &mut Tx, place: Place, frame: &Frame) -> Result<Self, WebError> {
        let standing = match frame.person() {
            Some(person) => Some(place.standing(tx, person).await?),
            None => None,
        };
        let chosen = frame.person().and_then(SignedIn::organisation);
        let mut desk = Self::with(tx, place, standing, chosen).await?;
        // A form acts for the organisation that it was made for, or for none.
        desk.acting_for = frame.acts_as.or(desk.acting_for);
        if let Some(person) = frame.person() {
            desk.acts = Acts::read(tx, &desk, person).await?;
        }
        Ok(desk)
    }

    /// The same for whoever holds this and chose to act for that organisation.
    pub(crate) async fn with(
        tx: &mut Tx,
        place: Place,
        standing: Option<Standing>,
        chosen: Option<OrganisationId>,
    ) -> Result<Self, WebError> {
        let pot = place.pot(tx).await?;
        let newest = store::rounds::list(tx, pot.id, i64::MAX, 1).await?.pop();
        let round = newest.filter(|round| round.state != RoundState::Closed);
        let acting_for = acting_for(standing.as_ref(), chosen);
        let rules = place.rules(tx).await?;
        let eyes = app::visibility::eyes(rules.amounts, standing.as_ref());
        let sight = Sight::of(tx, place.collective.id, pot.id, eyes, place.now).await?;
        let head = sight.past.heads().iter().find(|head| head.book == Book::Cash);
        let head = head.map(|head| hex::encode(head.hash).chars().take(SHORT_HEAD).collect());
        Ok(Self { place, rules, sight, pot, round, standing, acting_for, acts: Acts::default(), head })
    }

    /// The same for a page that asks for a sign-in.
    pub(crate) async fn signed_in(tx: &mut Tx, place: Place, frame: &Frame) -> Result<Self, WebError> {
        if frame.person().is_none() {
            return Err(WebError::SignIn);
        }
        Self::open(tx, place, frame).await
    }

    /// The page of a collective by its name in addresses, for somebody who is signed in, with what it is read by.
    pub(crate) async fn inside(state: &AppState, frame: &Frame, slug: &str) -> Result<(Tx, Self), WebError> {
        let place = Place::find(state, slug).await?;
        let mut tx = state.context.db.read().await?;
        let desk = Self::signed_in(&mut tx, place, frame).await?;
        Ok((tx, desk))
    }

    /// The currency of the pot.
    pub(crate) fn currency(&self) -> Currency {
        self.pot.currency()
    }

    /// The name of the collective in addresses.
    pub(crate) fn slug(&self) -> &str {
        &self.place.collective.slug
    }

    /// The frame with the collective's navigation.
    pub(crate) fn frame(&self, frame: Frame, section: Section) -> Frame {
        let Acts { name, over } = &self.acts;
        let over = over.as_ref().map(|over| (frame.t.date(over.last), over.organisation.clone()));
        let mandate_over = over.map(|(last, organisation)| frame.t.layout_mandate_over(last, organisation));
        let frame = Frame { acts_as: self.acting_for, acts_name: name.clone(), mandate_over, ..frame };
        frame.within(CollectiveNav {
            slug: self.place.collective.slug.clone(),
            name: self.place.collective.name.clone(),
            round: self.round.as_ref().map(|round| round.number),
            head: self.head.clone(),
            day: self.place.today,
            section,
        })
    }

    /// Whether the visitor may do something; the act asks again. `lead` is the organisation that leads the feature
    /// concerned.
    pub(crate) fn may(&self, action: Action, lead: Option<OrganisationId>) -> bool {
        let standing = self.standing.as_ref();
        standing.is_some_and(|standing| permit(action, standing, self.acting_for, lead).is_ok())
    }

    /// Whether the visitor may do something for an organisation, whichever they act for.
    pub(crate) fn may_for(&self, action: Action, organisation: OrganisationId) -> bool {
        let standing = self.standing.as_ref();
        standing.is_some_and(|standing| permit(action, standing, Some(organisation), None).is_ok())
    }

    /// Whether the visitor is part of the collective.
    pub(crate) fn is_member(&self) -> bool {
        self.standing.as_ref().is_some_and(|standing| app::people::check_member(standing).is_ok())
    }

    /// Whether the visitor sees the money as it stood at the beginning of the quarter of an hour.
    pub(crate) fn sees_late(&self) -> bool {
        self.sight.past.until().is_some()
    }

    /// Where to propose a feature: for whoever may, and for whoever may after a sign-in.
    pub(crate) fn propose_href(&self, state: &AppState) -> Option<String> {
        let may = self.standing.is_none() || self.may(Action::ProposeFeature, None);
        may.then(|| state.paths.one(self.slug(), "features", "new"))
    }

    /// Who acts, for the use cases.
    pub(crate) fn acting(&self, frame: &Frame) -> Result<Acting, WebError> {
        let person = frame.person().ok_or(WebError::SignIn)?;
        Ok(Acting::by_form(person.person(), self.acting_for))
    }
}

/// What the header says of the organisation acted for: the one that the forms act for, and no other.
#[derive(Debug, Default)]
struct Acts {
    name: Option<String>,
    /// The mandate that is over for the organisation that was chosen.
    over: Option<app::mandates::Over>,
}

impl Acts {
    async fn read(tx: &mut Tx, desk: &Desk, person: &SignedIn) -> Result<Self, WebError> {
        let chosen = person.organisation();
        let name = match desk.acting_for {
            Some(organisation) if chosen == Some(organisation) => {
                person.organisation_name().map(str::to_owned)
            }
            Some(organisation) => store::organisations::get(tx, organisation).await?.map(|row| row.name),
            None => None,
        };
        let over = match chosen.filter(|chosen| desk.acting_for != Some(*chosen)) {
            Some(chosen) => app::mandates::over_for(tx, person.person(), chosen, desk.place.today).await?,
            None => None,
        };
        Ok(Self { name, over })
    }
}

/// The organisation acted for: the one chosen where a mandate for it is held here, else the only one held.
fn acting_for(standing: Option<&Standing>, chosen: Option<OrganisationId>) -> Option<OrganisationId> {
    let mandates = &standing?.mandates;
    let held = |organisation| mandates.iter().any(|mandate| mandate.organisation == organisation);
    if let Some(chosen) = chosen.filter(|chosen| held(*chosen)) {
        return Some(chosen);
    }
    let first = mandates.first()?.organisation;
    mandates.iter().all(|mandate| mandate.organisation == first).then_some(first)
}

/// The key of a form that is shown: that with which it was sent, unless it is used up, else a new one.
pub(crate) fn key_of(state: &AppState, form: &Form) -> String {
    form.data().filled("key").map_or_else(|| new_key(state), str::to_owned)
}

/// Where what an earlier sending of a form recorded is seen, if its key says so: `part` lists what it makes, each by
/// its number.
pub(crate) async fn recorded_at(
    state: &AppState,
    desk: &Desk,
    acting: &Acting,
    part: &'static str,
) -> Result<Option<String>, WebError> {
    let answer = app::idempotency::answered(&state.context, desk.pot.id, acting).await?;
    let number = answer.map(|answer| answer.get("number").and_then(serde_json::Value::as_i64));
    Ok(number.map(|number| match number {
        Some(number) => state.paths.one(desk.slug(), part, number),
        None => state.paths.of(desk.slug(), part),
    }))
}

/// The key of a form, made when the page is: sent twice, it acts once.
pub(crate) fn new_key(state: &AppState) -> String {
    hex::encode(&state.context.chance.bytes()[..16])
}

#[cfg(test)]
mod tests {
    use domain::actor::{HeldMandate, MandateKind};
    use domain::ids::{CollectiveId, PersonId};
    use uuid::Uuid;

    use super::*;

    fn standing(organisations: &[u128]) -> Standing {
        let mandate = |number: &u128| HeldMandate {
            organisation: OrganisationId(Uuid::from_u128(*number)),
            kind: MandateKind::Finance,
        };
        Standing {
            person: PersonId(Uuid::nil()),
            collective: CollectiveId(Uuid::nil()),
            now: Timestamp::UNIX_EPOCH,
            today: jiff::civil::date(2026, 11, 23),
            mandates: organisations.iter().map(mandate).collect(),
            roles: Vec::new(),
            instance_admin: false,
            token: None,
        }
    }

    #[test]
    fn one_acts_for_what_was_chosen_or_for_the_only_one() {
        let organisation = |number| Some(OrganisationId(Uuid::from_u128(number)));
        assert_eq!(acting_for(None, organisation(1)), None);
        assert_eq!(acting_for(Some(&standing(&[])), organisation(1)), None);
        assert_eq!(acting_for(Some(&standing(&[1, 2])), organisation(2)), organisation(2));
        assert_eq!(acting_for(Some(&standing(&[1, 2])), organisation(3)), None);
        assert_eq!(acting_for(Some(&standing(&[1, 2])), None), None);
        assert_eq!(acting_for(Some(&standing(&[3])), organisation(9)), organisation(3));
        assert_eq!(acting_for(Some(&standing(&[3, 3])), None), organisation(3));
    }
}
