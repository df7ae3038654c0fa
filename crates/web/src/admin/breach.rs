//! What a check found, in the words of whoever reads it: where, what is compared, and amounts as money.

use domain::account::Account;
use domain::ids::{FeatureId, GiftFundId, OrganisationId, PotId};
use domain::{Currency, Money};
use serde_json::Value;
use store::Tx;
use uuid::Uuid;
use words::Words;

use crate::error::WebError;

/// The figures that count things; all others are amounts.
const COUNTED: [&str; 22] = [
    "accounts",
    "acts_once",
    "answers",
    "back_dated",
    "bank_legs",
    "bank_lines",
    "closed_periods",
    "contracts",
    "departed",
    "ended",
    "entries",
    "entries_promised",
    "erased",
    "features",
    "heads_compared",
    "not_covered",
    "payments",
    "postings",
    "reversals",
    "rounds",
    "rows",
    "transfers",
];

/// What is compared as numbers that are no amounts.
const NUMBERS: [&str; 7] = [
    "number",
    "position",
    "reversals",
    "transfers",
    "first entry covered",
    "distributions that stand",
    "postings of money in a direct pot",
];

/// A figure of a check, worded.
pub(super) fn figure(t: Words, currency: Currency, figure: &Value) -> String {
    let (name, value) = (text(figure, "name"), text(figure, "value"));
    let told = if COUNTED.contains(&name) { value.to_owned() } else { amount(t, currency, value) };
    t.admin_figure_told(t.admin_figure(name), told)
}

/// A breach, worded.
pub(super) async fn breach(
    tx: &mut Tx,
    t: Words,
    (pot, currency): (PotId, Currency),
    breach: &Value,
) -> Result<String, WebError> {
    let compared = text(breach, "what");
    let side = |name: &str| match text(breach, name) {
        "none" | "nothing" => t.admin_breach_none().to_owned(),
        value if NUMBERS.contains(&compared) => value.to_owned(),
        value => match value.strip_prefix("at most ") {
            Some(most) => t.admin_breach_at_most(amount(t, currency, first_word(most))),
            None => amount(t, currency, value),
        },
    };
    let (expected, found) = (side("expected"), side("found"));
    Ok(t.admin_breach(expected, found, place(tx, t, pot, text(breach, "place")).await?, what(t, compared)))
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn first_word(text: &str) -> &str {
    text.split([' ', ',']).next().unwrap_or_default()
}

/// Minor units as money; anything else stays as it is.
fn amount(t: Words, currency: Currency, value: &str) -> String {
    value.parse().map_or_else(|_| value.to_owned(), |minor| t.money(Money::new(minor), currency))
}

/// What is compared; where there are no words for it, as the check names it.
fn what(t: Words, compared: &str) -> String {
    let key: String = compared.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let told = t.admin_breach_what(key);
    if told == t.admin_breach_what("?") { format!("{told} « {compared} »") } else { told }
}

/// Where it is: an entry, an account, a feature, an organisation, a fund.
async fn place(tx: &mut Tx, t: Words, pot: PotId, place: &str) -> Result<String, WebError> {
    if let Ok(id) = place.parse::<Uuid>() {
        return Ok(named(tx, t, pot, id).await?.unwrap_or_else(|| place.to_owned()));
    }
    if let Some(account) = Account::parse(place) {
        let mut told = vec![t.accounts_account(account.kind().as_str())];
        let ids = [account.organisation().map(|id| id.0), account.feature().map(|id| id.0)];
        for id in ids.into_iter().flatten() {
            told.extend(named(tx, t, pot, id).await?);
        }
        return Ok(told.join(" · "));
    }
    Ok(match place.split_once([':', ' ']) {
        Some(("cash", seq)) if seq.parse::<i64>().is_ok() => t.admin_breach_entry(seq),
        Some(("promises", seq)) if seq.parse::<i64>().is_ok() => t.admin_breach_promise(seq),
        Some(("call", number)) => t.admin_breach_call(number),
        None if place == "cash" => t.admin_breach_cash().to_owned(),
        None if place == "promises" => t.admin_breach_promises().to_owned(),
        _ => place.to_owned(),
    })
}

/// What people call the feature, the organisation or the fund of an id.
async fn named(tx: &mut Tx, t: Words, pot: PotId, id: Uuid) -> Result<Option<String>, WebError> {
    if let Some(feature) = store::features::by_id(tx, FeatureId(id)).await? {
        return Ok(Some(format!("« {} »", t.typography(&feature.title))));
    }
    if let Some(organisation) = store::organisations::get(tx, OrganisationId(id)).await? {
        return Ok(Some(organisation.name));
    }
    let fund = store::gifts::by_id(tx, pot, GiftFundId(id)).await?;
    Ok(fund.map(|fund| fund.name))
}

#[cfg(test)]
mod tests {
    use domain::pot::FundMode;
    use domain::rules::Template;
    use jiff::civil::date;
    use serde_json::json;
    use testkit::World;
    use words::Locale;

    use super::*;

    #[test]
    fn every_figure_has_its_words_and_every_kind_of_job() {
        let facts = domain::invariants::PotFacts::new(
            PotId(Uuid::nil()),
            Currency::EUR,
            FundMode::Own,
            date(2026, 3, 1),
        );
        let findings = domain::invariants::Checker::new(facts, Vec::new()).finish().findings;
        for locale in Locale::ALL {
            let t = Words::new(locale);
            for finding in &findings {
                for figure in &finding.figures {
                    assert_ne!(t.admin_figure(figure.name), t.admin_figure("?"), "{}", figure.name);
                }
            }
            for kind in app::jobs::KINDS {
                assert_ne!(t.admin_job_kind(kind), t.admin_job_kind("?"), "{kind}");
            }
        }
    }

    async fn a_breach_names_its_feature_and_gives_money(world: World) {
        let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
        let mut tx = world.read().await;
        let t = Words::new(Locale::Fr);
        let pot = (town.pot, Currency::EUR);
        let organisation = town.member(0).organisation;
        let found = json!({ "place": organisation.to_string(), "what": "refunds",
            "expected": "at most 154000", "found": "154001" });
        let told = breach(&mut tx, t, pot, &found).await.unwrap();
        for part in ["Yaal Coop", "remboursements", "au plus", "1\u{202f}540,00", "1\u{202f}540,01"] {
            assert!(told.contains(part), "{part}: {told}");
        }
        let cash = json!({ "place": "cash", "what": "cash and deficit", "expected": "100", "found": "0" });
        let told = breach(&mut tx, t, pot, &cash).await.unwrap();
        assert!(told.contains("1,00") && told.contains("caisse") && !told.contains("deficit"), "{told}");
        let entry = json!({ "place": "cash:12", "what": "number", "expected": "12", "found": "13" });
        let told = breach(&mut tx, t, pot, &entry).await.unwrap();
        assert!(told.contains("12") && !told.contains("€"), "{told}");
        let other = json!({ "place": "x", "what": "nobody's", "expected": "none", "found": "some" });
        assert!(breach(&mut tx, t, pot, &other).await.unwrap().contains("nobody's"));
    }

    testkit::on_both![a_breach_names_its_feature_and_gives_money];
}
