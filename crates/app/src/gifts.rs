//! Gifts: money given to the pot, kept in funds that remember its nature, earmark and conditions.

use domain::{
    Account, Book, Draft, Money, PostingKind, Transfer,
    actor::Action,
    ids::{FeatureId, GiftFundId, PotId},
    input::{FieldError, FieldRule},
    posting::{Nature, Posted},
    pot::FundMode,
    text,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    Command, Tx,
    gifts::{GiftFund, Wished},
    hosts::HostRow,
    pots::Pot,
    rounds::Round,
};
use uuid::Uuid;

use crate::{
    acting::Acting,
    context::Context,
    contributions::{Paid, Recorded, as_name, check_receipt, keep_receipt},
    error::{Failure, Never},
    files::Upload,
    idempotency::{Keyed, remember, replayed},
    till::{Drawn, Story, Till},
};

/// The natures that a gift may have.
pub const NATURES: &[Nature] = &[Nature::Gift, Nature::Patronage, Nature::Subsidy];
/// Longest text of conditions, in characters.
pub const LONGEST_CONDITIONS: usize = 2_000;
/// Longest wish, in characters.
pub const LONGEST_WISH: usize = 140;
/// The most gift funds that a pot's pages list.
pub const MOST_FUNDS: i64 = 500;
/// The most gifts with a wish that are looked at.
pub const MOST_WISHES: u16 = 500;
/// The most earlier rounds that are looked at.
const MOST_ROUNDS: u16 = 50;

/// Where a gift goes.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Into {
    /// To a fund that is there.
    Fund(GiftFundId),
    /// To a new fund.
    New(NewFund),
}

/// A gift fund to be made.
#[derive(Clone, Debug, Serialize)]
pub struct NewFund {
    /// Its name.
    pub name: String,
    /// Its legal nature, one of [`NATURES`].
    #[serde(serialize_with = "as_name")]
    pub nature: Nature,
    /// The only feature that it may reach, if the giver says so.
    pub earmark: Option<FeatureId>,
    /// What the giver asks; may be empty.
    pub conditions: String,
    /// Who gives; may be empty.
    pub giver: String,
    /// Whether the giver's name is public.
    pub giver_public: bool,
}

/// A gift.
#[derive(Clone, Debug, Serialize)]
pub struct NewGift {
    /// Where it goes.
    pub into: Into,
    /// How much, in minor units of the pot.
    pub amount: Money,
    /// The day on which it reached the bank.
    pub received_on: Date,
    /// The bank's reference or label; may be empty. Never enters the chain.
    pub reference: String,
    /// A file that shows it.
    pub proof: Option<Upload>,
    /// What whoever gives wishes for, if they say so.
    pub wish: GiftWish,
}

/// What somebody who gives wishes for: it is shown where gifts are shared out, and binds nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct GiftWish {
    /// The feature.
    pub feature: Option<FeatureId>,
    /// The wish in words, at most [`LONGEST_WISH`] characters; may be empty. Never enters the chain.
    pub words: String,
}

impl GiftWish {
    fn is_empty(&self) -> bool {
        self.feature.is_none() && self.words.is_empty()
    }
}

/// The answer to a gift.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiftRecorded {
    /// The posting.
    pub recorded: Recorded,
    /// The fund that got it.
    pub fund: GiftFundId,
}

/// The host of a pot to which anybody may give: it takes gifts, and money of this pot is held. Errors: faults only.
pub async fn open_host(tx: &mut Tx, pot: &Pot) -> store::sqlx::Result<Option<HostRow>> {
    let Some(host) = pot.host.filter(|_| pot.fund_mode != FundMode::Direct) else { return Ok(None) };
    Ok(store::hosts::get(tx, host).await?.filter(|host| host.gifts_open))
}

/// Records a gift. Asks for the treasurer's role. Errors: a field that breaks a rule, no right, a key reused.
pub async fn record_gift(
    context: &Context,
    acting: Acting,
    pot: PotId,
    new: NewGift,
) -> Result<GiftRecorded, Failure<Never>> {
    let keyed = Keyed::of(context, &acting, &("gift", pot, &new)).await?;
    context.db.write(Record { pot, acting, new, keyed, drawn: Drawn::of(context) }).await
}

struct Record {
    pot: PotId,
    acting: Acting,
    new: NewGift,
    keyed: Option<Keyed>,
    drawn: Drawn,
}

impl Command for Record {
    type Done = GiftRecorded;
    type Error = Failure<Never>;

    fn pot(&self) -> Option<Uuid> {
        Some(self.pot.0)
    }

    async fn run(&self, tx: &mut Tx) -> Result<GiftRecorded, Failure<Never>> {
        let mut till = Till::by_person(tx, self.pot, &self.acting, &self.drawn).await?;
        till.permit(Action::RecordMoney, &self.acting, None)?;
        if let Some(answer) = replayed::<GiftRecorded, _>(tx, self.pot, self.keyed.as_ref()).await? {
            return Ok(GiftRecorded { recorded: answer.recorded.again(tx).await?, ..answer });
        }
        // Nobody holds money in a direct pot: nothing comes in.
        if till.locked.pot.fund_mode == FundMode::Direct {
            return Err(Failure::NotFound);
        }
        let mut errors =
            check_receipt(self.new.amount, self.new.received_on, &self.new.reference, till.today);
        let wish = wish(tx, &till, &self.new.wish, &mut errors).await?;
        let fund = match fund(tx, &mut till, &self.new.into, &mut errors).await? {
            Some(fund) if errors.is_empty() => fund,
            _ => return Err(Failure::Invalid(errors)),
        };
        let posted = post_in(tx, &mut till, &fund, &self.new).await?;
        keep_wish(tx, &posted, &wish).await?;
        let answer = GiftRecorded { recorded: Recorded::of(&posted), fund: fund.id };
        remember(tx, self.pot, self.keyed.as_ref(), till.now, &answer).await?;
        let data = json!({
            "amount": self.new.amount.minor(),
            "nature": fund.nature.as_str(),
            "fund": fund.name,
            "seq": posted.seq,
        });
        till.record(tx, Story::new("gift_recorded", ("gift_fund", fund.id.0), data)).await?;
        Ok(answer)
    }
}

/// A wish as it is kept; what is wrong is added to the errors.
async fn wish(
    tx: &mut Tx,
    till: &Till,
    wish: &GiftWish,
    errors: &mut Vec<FieldError>,
) -> Result<GiftWish, Failure<Never>> {
    let words = text::optional_line(&wish.words, LONGEST_WISH)
        .map_err(|rule| errors.push(FieldError::new("wish", rule)))
        .unwrap_or_default();
    if let Some(feature) = wish.feature {
        let known = store::features::by_id(tx, feature).await?;
        if known.is_none_or(|known| known.pot != till.pot()) {
            errors.push(FieldError::new("wish_feature", FieldRule::Unknown));
        }
    }
    Ok(GiftWish { feature: wish.feature, words })
}

/// Writes down what a gift that was posted came with.
pub(crate) async fn keep_wish(tx: &mut Tx, posted: &Posted, wish: &GiftWish) -> store::sqlx::Result<()> {
    match wish.is_empty() {
        true => Ok(()),
        false => store::gifts::wish(tx, posted.id, wish.feature, &wish.words).await,
    }
}

/// What those wish for whose gifts a round shares out, or has shared out: gifts that came since the distribution of an earlier
/// round. Empty where its rule shows no wishes.
pub async fn wishes_of_round(tx: &mut Tx, round: &Round) -> store::sqlx::Result<Vec<Wished>> {
    if !round.share_rule.gifts.shows_wishes() {
        return Ok(Vec::new());
    }
    let earlier = store::rounds::shared_out(tx, round.pot, Some(round.id), MOST_ROUNDS).await?;
    let before = store::views::distribution_entry(tx, round.pot, round.id).await?.unwrap_or(i64::MAX);
    let after = earlier.iter().map(|earlier| earlier.seq).filter(|seq| *seq < before).max().unwrap_or(0);
    store::gifts::wishes(tx, round.pot, after, before, MOST_WISHES).await
}

/// The fund of a gift: found, or made if nothing is wrong so far; none with an error added.
pub(crate) async fn fund(
    tx: &mut Tx,
    till: &mut Till,
    into: &Into,
    errors: &mut Vec<FieldError>,
) -> Result<Option<GiftFund>, Failure<Never>> {
    let new = match into {
        Into::Fund(id) => {
            let found = store::gifts::by_id(tx, till.pot(), *id).await?;
            if found.is_none() {
                errors.push(FieldError::new("fund", FieldRule::Unknown));
            }
            return Ok(found);
        }
        Into::New(new) => new,
    };
    let mut read = |field: &str, result: Result<String, FieldRule>| {
        result.map_err(|rule| errors.push(FieldError::new(field, rule))).unwrap_or_default()
    };
    let name = read("name", text::line(&new.name, text::LONGEST_NAME));
    let giver = read("giver", text::optional_line(&new.giver, text::LONGEST_NAME));
    let conditions = read("conditions", text::paragraphs(&new.conditions, LONGEST_CONDITIONS));
    if !NATURES.contains(&new.nature) {
        errors.push(FieldError::new("nature", FieldRule::NotAChoice));
    }
    if let Some(feature) = new.earmark {
        let known = store::features::by_id(tx, feature).await?;
        if known.is_none_or(|known| known.pot != till.pot()) {
            errors.push(FieldError::new("earmark", FieldRule::Unknown));
        }
    }
    if !errors.is_empty() {
        return Ok(None);
    }
    let fund = GiftFund {
        id: till.id(),
        pot: till.pot(),
        name,
        nature: new.nature,
        earmark: new.earmark,
        conditions,
        giver,
        giver_public: new.giver_public,
        created_at: till.now,
    };
    store::gifts::create(tx, &fund).await?;
    Ok(Some(fund))
}

/// Posts a gift under the pot's lock, with what it rests on. The caller has checked it. Errors: faults only.
pub async fn post_in<R: std::fmt::Debug>(
    tx: &mut Tx,
    till: &mut Till,
    fund: &GiftFund,
    new: &NewGift,
) -> Result<Posted, Failure<R>> {
    let from = Account::Bank(till.locked.pot.bank_account);
    let transfers = vec![Transfer::new(from, Account::Gift(fund.id), new.amount)];
    let mut draft = Draft::new(PostingKind::Gift, Book::Cash, new.received_on, till.actor.clone(), transfers);
    draft.nature = Some(fund.nature);
    let posted = till.post(tx, draft).await?;
    let paid = Paid { received_on: new.received_on, reference: &new.reference, proof: new.proof.as_ref() };
    keep_receipt(tx, till, &posted, &paid, None).await?;
    Ok(posted)
}
