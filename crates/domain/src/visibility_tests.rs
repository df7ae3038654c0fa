use uuid::Uuid;

use super::*;
use crate::Seed;

fn organisation(number: u128) -> OrganisationId {
    OrganisationId(Uuid::from_u128(number))
}

fn set(numbers: &[u128]) -> BTreeSet<OrganisationId> {
    numbers.iter().copied().map(organisation).collect()
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// Organisations with money, in the order of their numbers.
fn holders(wishes: &[bool]) -> Vec<Holder> {
    let holder = |(number, wishes): (u128, &bool)| Holder {
        organisation: organisation(number),
        wishes: *wishes,
        hidden_since: None,
        first_account: Some(Uuid::from_u128(number)),
    };
    (1..).zip(wishes).map(holder).collect()
}

fn hidden(holders: &[Holder]) -> BTreeSet<OrganisationId> {
    holders.iter().filter(|holder| holder.is_hidden()).map(|holder| holder.organisation).collect()
}

#[test]
fn one_or_two_hide_behind_those_who_had_money_first() {
    let mut none = holders(&[false; 4]);
    settle(&mut none, &[], at(1));
    assert_eq!(hidden(&none), set(&[]));
    let mut one = holders(&[false, false, false, true, false]);
    settle(&mut one, &[], at(1));
    assert_eq!(hidden(&one), set(&[1, 2, 4]));
    let mut three = holders(&[false, true, true, true, false]);
    settle(&mut three, &[], at(1));
    assert_eq!(hidden(&three), set(&[2, 3, 4]));
    let mut few = holders(&[true, false]);
    settle(&mut few, &[], at(1));
    assert_eq!(hidden(&few), set(&[1, 2]), "of two, nothing is told of either");
}

#[test]
fn an_organisation_without_money_hides_nobody() {
    let mut all = holders(&[true, true, true, false, false]);
    all[1].first_account = None;
    all[2].first_account = None;
    settle(&mut all, &[], at(1));
    assert_eq!(hidden(&all), set(&[1, 2, 3, 4, 5]));
    all[1].first_account = Some(Uuid::from_u128(6));
    settle(&mut all, &[organisation(2)], at(2));
    assert_eq!(hidden(&all), set(&[1, 2, 3, 4, 5]), "who was hidden for the others' sake stays so");
    assert_eq!(all[1].hidden_since, Some(at(2)), "it is hidden with the others since it has money");
}

#[test]
fn the_first_three_are_shown_together_or_not_at_all() {
    let mut all = holders(&[true, true, true, false, false]);
    settle(&mut all, &[], at(1));
    all[3].wishes = true;
    settle(&mut all, &[], at(2));
    all[0].wishes = false;
    settle(&mut all, &[], at(3));
    assert_eq!(hidden(&all), set(&[1, 2, 3, 4]), "the totals of the first day would tell 2 and 3 together");
    all[3].wishes = false;
    settle(&mut all, &[], at(4));
    assert_eq!(hidden(&all), set(&[1, 2, 3]), "three stay who were hidden before 4");
    for holder in &mut all {
        holder.wishes = false;
    }
    settle(&mut all, &[], at(5));
    assert_eq!(hidden(&all), set(&[]));
}

/// Whatever the order in which organisations come, pay, hide and show: what was ever hidden together is never left
/// with one or two.
#[test]
fn no_two_days_together_tell_what_neither_tells() {
    for story in 0..400_u32 {
        let mut seed = Seed::new(crate::chain::digest(&[&story.to_be_bytes()]));
        let mut draw = move |below: usize| usize::from(seed.bytes()[0]) % below;
        let mut all: Vec<Holder> = Vec::new();
        let mut before: Vec<BTreeSet<OrganisationId>> = Vec::new();
        for step in 1..60_u32 {
            let mut new = Vec::new();
            match draw(4) {
                0 => {
                    let mut holder = holders(&[draw(2) == 0])[0];
                    holder.organisation = organisation(u128::from(step));
                    holder.first_account = None;
                    all.push(holder);
                }
                1 if !all.is_empty() => {
                    let at = draw(all.len());
                    if !all[at].holds() {
                        all[at].first_account = Some(Uuid::from_u128(u128::from(step)));
                        new.push(all[at].organisation);
                    }
                }
                _ if !all.is_empty() => {
                    let at = draw(all.len());
                    all[at].wishes = draw(2) == 0;
                }
                _ => {}
            }
            settle(&mut all, &new, at(i64::from(step)));
            let holding = || all.iter().filter(|holder| holder.holds());
            let now: BTreeSet<_> = holding().filter(|h| h.is_hidden()).map(|h| h.organisation).collect();
            assert!(all.iter().all(|holder| holder.is_hidden() || !holder.wishes));
            // Whoever is shown is shown with all that it ever put, so that an older total loses it too.
            before.retain_mut(|then| {
                then.retain(|organisation| now.contains(organisation));
                !then.is_empty()
            });
            let few = before.iter().find(|left| left.len() < FEWEST);
            assert!(few.is_none(), "story {story}, step {step}: of an older total only {few:?} stay hidden");
            if now.len() >= FEWEST {
                before.push(now);
            }
        }
    }
}

fn order(numbers: &[u128], hidden: &[u128]) -> Vec<(OrganisationId, bool)> {
    numbers.iter().map(|number| (organisation(*number), hidden.contains(number))).collect()
}

#[test]
fn those_on_a_feature_hide_behind_its_first_funders() {
    let among = |hidden: &[u128]| hidden_among(&order(&[1, 2, 3, 4, 5], hidden));
    assert_eq!(among(&[]), set(&[]));
    assert_eq!(among(&[4]), set(&[1, 2, 4]));
    assert_eq!(among(&[2, 3, 5]), set(&[1, 2, 3, 5]), "1 was hidden before 5 came");
    assert_eq!(hidden_among(&order(&[1, 2], &[2])), set(&[1, 2]));
    for len in 0..5 {
        let shorter = hidden_among(&order(&[1, 2, 3, 4, 5][..len], &[2, 5]));
        assert!(shorter.is_subset(&among(&[2, 5])), "nobody is uncovered");
    }
}

fn veil(amounts: AmountsSeen, eyes: impl Fn(&mut Eyes)) -> Veil {
    let mut stranger = Eyes::stranger(amounts);
    eyes(&mut stranger);
    let feature = |number| FeatureId(Uuid::from_u128(number));
    let funders = [(feature(1), order(&[4, 1], &[1, 2, 3])), (feature(2), order(&[5], &[]))];
    Veil::new(stranger, true).knowing(order(&[1, 2, 3, 4, 5], &[1, 2, 3])).over(funders)
}

#[test]
fn what_is_told_depends_on_who_looks() {
    let [one, two, four, five] = [1, 2, 4, 5].map(organisation);
    let [feature, other, unknown] = [1, 2, 3].map(|number| FeatureId(Uuid::from_u128(number)));
    for amounts in [AmountsSeen::OwnChoice, AmountsSeen::Public] {
        let stranger = veil(amounts, |_| {});
        assert!(stranger.hides());
        assert!(!stranger.tells(one) && stranger.tells(four) && !stranger.tells(organisation(6)));
        assert!(!stranger.tells_on(four, feature), "4 stands before 1 there");
        assert!(!stranger.tells_sums(four) && stranger.tells_sums(five));
        assert!(stranger.tells_on(five, other) && !stranger.tells_on(five, unknown));
        let own = veil(amounts, |eyes| eyes.own.push(one));
        assert!(own.tells(one) && own.tells_on(one, feature) && own.tells_sums(one));
        assert!(own.hides() && !own.tells(two));
        let member = veil(amounts, |eyes| eyes.member = true);
        assert!(!member.tells(one), "belonging to the collective is not enough");
        let keeper = veil(amounts, |eyes| eyes.keeper = true);
        assert!(!keeper.hides() && keeper.tells_on(one, feature));
    }
    let stranger = veil(AmountsSeen::Members, |_| {});
    assert!(stranger.hides() && !stranger.tells(five) && !stranger.tells_on(five, other));
    let member = veil(AmountsSeen::Members, |eyes| eyes.member = true);
    assert!(!member.hides() && member.tells_sums(one));
    let nobody = Veil::new(Eyes::stranger(AmountsSeen::Public), false);
    assert!(!nobody.hides() && !nobody.asks() && nobody.tells_on(one, feature));
}

#[test]
fn a_batch_is_a_quarter_of_an_hour() {
    let second = |text: &str| text.parse::<Timestamp>().unwrap();
    assert_eq!(batch_begin(second("2026-11-03T14:14:59.999Z")), second("2026-11-03T14:00:00Z"));
    assert_eq!(batch_begin(second("2026-11-03T14:15:00Z")), second("2026-11-03T14:15:00Z"));
    assert_eq!(batch_begin(second("1969-12-31T23:59:00Z")), second("1969-12-31T23:45:00Z"));
}

#[test]
fn who_keeps_its_amounts_hides_even_where_all_is_public() {
    assert!(wishes_hidden(AmountsSeen::Public, true, false));
    assert!(!wishes_hidden(AmountsSeen::Public, true, true));
    assert!(!wishes_hidden(AmountsSeen::Public, false, false));
    assert!(wishes_hidden(AmountsSeen::OwnChoice, false, false));
    assert!(!wishes_hidden(AmountsSeen::OwnChoice, true, true));
}

#[test]
fn a_choice_counts_where_the_rules_leave_one() {
    assert!(choice_counts(AmountsSeen::OwnChoice, false));
    assert!(
        choice_counts(AmountsSeen::Public, true),
        "of one person they are personal data; of others they came before the rule"
    );
    assert!(!choice_counts(AmountsSeen::Public, false));
    assert!(!choice_counts(AmountsSeen::Members, true));
}
