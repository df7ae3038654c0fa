use jiff::civil::date;
use uuid::Uuid;

use super::*;

const TODAY: Date = date(2026, 10, 1);

fn proposal() -> Proposal {
    Proposal {
        title: "Inviter sans compte".to_owned(),
        summary: "Discuter avec des personnes qui n'ont pas de compte Matrix.".to_owned(),
        description: String::new(),
        done_when: "une personne sans compte écrit dans un salon".to_owned(),
        worker: String::new(),
        software: "Element".to_owned(),
        discussion_url: String::new(),
        lines: vec![Line {
            label: "Développement".to_owned(),
            minimum: Money::new(100_000),
            maximum: Money::new(150_000),
        }],
        incomes: Vec::new(),
        closing_on: date(2026, 11, 30),
        place: Place::Outside,
    }
}

#[track_caller]
fn check(change: impl FnOnce(&mut Proposal), expected: &[(&str, FieldRule)]) {
    let mut proposal = proposal();
    change(&mut proposal);
    let errors = proposal.cleaned(Track::Trust, TODAY, Some(date(2026, 12, 15))).err().unwrap_or_default();
    let errors: Vec<_> = errors.iter().map(|error| (error.field.as_str(), error.rule.clone())).collect();
    assert_eq!(errors, expected);
}

#[test]
fn a_proposal_says_all_that_is_wrong_with_it() {
    check(|_| {}, &[]);
    check(|p| p.title = "  ".to_owned(), &[("title", FieldRule::Missing)]);
    check(|p| p.title = "é".repeat(121), &[("title", FieldRule::TooLong(120))]);
    check(|p| p.title = "é".repeat(120), &[]);
    check(|p| p.description = "x".repeat(10_000_000), &[("description", FieldRule::TooLong(20_000))]);
    check(|p| p.closing_on = date(2026, 9, 30), &[("closing_on", FieldRule::InThePast)]);
    check(|p| p.closing_on = TODAY, &[]);
    check(|p| p.closing_on = date(2026, 12, 16), &[("closing_on", FieldRule::After(date(2026, 12, 15)))]);
    check(|p| p.done_when.clear(), &[("done_when", FieldRule::Missing)]);
    check(|p| p.lines.clear(), &[("lines", FieldRule::Missing)]);
    check(|p| p.lines[0].minimum = Money::ZERO, &[("lines.0.minimum", FieldRule::NotPositive)]);
    check(|p| p.lines[0].maximum = Money::new(99_999), &[("lines.0.maximum", FieldRule::BelowMinimum)]);
    check(
        |p| p.lines[0].maximum = Money::new(i64::MAX),
        &[("lines.0.maximum", FieldRule::TooLarge), ("lines", FieldRule::TooLarge)],
    );
    check(
        |p| p.incomes.push(Income { label: String::new(), amount: Money::ZERO }),
        &[("incomes.0.label", FieldRule::Missing), ("incomes.0.amount", FieldRule::NotPositive)],
    );
}

#[test]
fn texts_are_cleaned_and_only_web_addresses_are_followed() {
    let typed = Proposal {
        title: "  Inviter\u{202e} sans\u{a0}compte ".to_owned(),
        discussion_url: "forum.chatons.org/t/1".to_owned(),
        ..proposal()
    };
    let cleaned = typed.cleaned(Track::Trust, TODAY, None).unwrap();
    assert_eq!(cleaned.title, "Inviter sans compte");
    assert_eq!(cleaned.discussion_url, "https://forum.chatons.org/t/1");
    for bad in ["javascript://a.b/%0aalert(1)", "https://", "ftp://x.y"] {
        check(|p| p.discussion_url = bad.to_owned(), &[("discussion_url", FieldRule::NotAUrl)]);
    }
}

#[test]
fn a_wish_without_a_price_is_welcome_beside_the_trust_track() {
    let mut wish = proposal();
    wish.lines.clear();
    wish.done_when.clear();
    assert_eq!(wish.maximum(), Money::ZERO);
    assert!(wish.cleaned(Track::Light, TODAY, None).is_ok());
}

#[test]
fn needers_are_distinct_organisations_spoken_for_by_distinct_persons() {
    let organisation = |n| OrganisationId(Uuid::from_u128(n));
    let person = |n| Some(PersonId(Uuid::from_u128(n)));
    let mut needers = Needers::default();
    needers.add(organisation(1), person(1));
    needers.add(organisation(2), person(1));
    assert_eq!(needers.count(), 1);
    needers.add(organisation(3), person(2));
    needers.add(organisation(3), person(3));
    assert_eq!(needers.count(), 2);
    assert!(needers.are(2, 10) && !needers.are(3, 10));
    assert!(needers.are(3, 2), "all there are");
    assert!(!Needers::default().are(3, 0), "at least one");
}
