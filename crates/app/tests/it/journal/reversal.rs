//! Reversing an entry by hand: which, when, by whom, and once.

use domain::{
    Account, Book, Money, PostingKind, Source, Transfer,
    actor::NotAllowed,
    ids::{PostingId, RoundId},
    input::FieldRule,
    journal::{Moved, ReversalRefusal as Why},
    posting::{Nature, Reason},
    rounds::RoundPlan,
    shares::ShareRule,
};
use jiff::civil::date;
use popote_app::{
    Acting, Failure,
    contributions::{NewContribution, Recorded, record_contribution},
    journal::{NewReversal, reverse_entry},
    rounds::open_round,
};
use store::journal::PostError;
use testkit::{Grown, World, on_both};

use super::{Post, Unposted, balances, bank, broken, draft, organisation, pay, post, town};

async fn reverse(
    world: &World,
    town: &Grown,
    acting: Acting,
    posting: PostingId,
    reason: Reason,
) -> Result<Recorded, Failure<Why>> {
    let new = NewReversal { posting, reason, note: "saisi deux fois".to_owned() };
    reverse_entry(&world.context, acting, town.pot, new).await
}

async fn a_payment_entered_twice_is_taken_out_once(world: World) {
    let town = town(&world).await;
    pay(&world, &town, 0, 500).await;
    let twice = pay(&world, &town, 0, 500).await;
    let again = || reverse(&world, &town, town.admin(), twice.id, Reason::EnteredTwice);
    let done = again().await.unwrap();
    assert_eq!(balances(&world, &town, Book::Cash).await[&Account::Pool(organisation(&town, 0))], 500);
    let refused = again().await;
    assert!(matches!(refused, Err(Failure::Refused(Why::Already(3)))), "{refused:?}");
    let back = reverse(&world, &town, town.admin(), done.posting, Reason::EnteredTwice).await;
    assert!(matches!(back, Err(Failure::Refused(Why::IsReversal))), "{back:?}");
    assert!(broken(&world, &town).await.is_empty());
}

async fn the_same_key_reverses_once_and_answers_the_same(world: World) {
    let town = town(&world).await;
    let paid = pay(&world, &town, 0, 500).await;
    let other = pay(&world, &town, 0, 500).await;
    let acting = || town.admin().with_key("one");
    let first = reverse(&world, &town, acting(), paid.id, Reason::EnteredTwice).await.unwrap();
    assert_eq!(reverse(&world, &town, acting(), paid.id, Reason::EnteredTwice).await.unwrap(), first);
    let reused = reverse(&world, &town, acting(), other.id, Reason::EnteredTwice).await;
    assert!(matches!(reused, Err(Failure::KeyReused)), "{reused:?}");
    assert_eq!(balances(&world, &town, Book::Cash).await[&Account::Pool(organisation(&town, 0))], 500);
}

async fn a_payment_sent_again_after_its_reversal_says_that_it_was_reversed(world: World) {
    let town = town(&world).await;
    let new = NewContribution {
        organisation: organisation(&town, 0),
        amount: Money::new(500),
        nature: Nature::Subscription,
        received_on: date(2025, 3, 1),
        reference: String::new(),
        proof: None,
    };
    let send = || record_contribution(&world.context, town.admin().with_key("k"), town.pot, new.clone());
    let first = send().await.unwrap();
    assert_eq!(first.reversed_by, None);
    let reversal = reverse(&world, &town, town.admin(), first.posting, Reason::WrongAmount).await.unwrap();
    let again = send().await.unwrap();
    assert_eq!(again, Recorded { reversed_by: Some(reversal.seq), ..first });
    assert_eq!(
        balances(&world, &town, Book::Cash).await.values().sum::<i64>(),
        0,
        "nothing was posted again"
    );
    // Nobody else is in the way of a key, and nobody else gets its answer.
    let other =
        record_contribution(&world.context, town.admin().with_key("other"), town.pot, new).await.unwrap();
    assert_ne!(other.posting, first.posting);
}

async fn the_database_itself_keeps_an_entry_from_being_reversed_twice(world: World) {
    let town = town(&world).await;
    let paid = pay(&world, &town, 0, 500).await;
    pay(&world, &town, 0, 500).await;
    let mirror = || {
        let back = Transfer::new(paid.draft.transfers[0].to, paid.draft.transfers[0].from, Money::new(500));
        let mut reversal = draft(&town, Book::Cash, PostingKind::Reversal, vec![back]);
        reversal.reverses = Some(paid.id);
        reversal.organisation = paid.draft.organisation;
        reversal
    };
    post(&world, &town, mirror()).await.unwrap();
    let twice = post(&world, &town, mirror()).await;
    let Err(Unposted::Post(PostError::Sql(error))) = twice else { panic!("{twice:?}") };
    assert!(store::violates(&error, "posting_reversed_once"), "{error}");
    assert!(broken(&world, &town).await.is_empty());
}

async fn money_that_moved_on_is_not_taken_back(world: World) {
    let town = town(&world).await;
    let paid = pay(&world, &town, 0, 500).await;
    let who = organisation(&town, 0);
    let shared = vec![Transfer::new(Account::Pool(who), Account::Share(who, Source::Own), Money::new(120))];
    post(&world, &town, draft(&town, Book::Cash, PostingKind::Distribution, shared)).await.unwrap();
    let refused = reverse(&world, &town, town.admin(), paid.id, Reason::WrongAmount).await;
    let gone =
        Why::Gone { missing: Money::new(120), kind: PostingKind::Contribution, moved: Moved::Elsewhere };
    assert!(matches!(refused, Err(Failure::Refused(why)) if why == gone), "{refused:?}");
    assert_eq!(balances(&world, &town, Book::Cash).await[&Account::Pool(who)], 380, "nothing was written");
}

/// What an organisation pays later isn't the money of what was shared out before.
async fn what_came_in_later_is_not_taken_for_what_was_shared_out(world: World) {
    let town = town(&world).await;
    let paid = pay(&world, &town, 0, 500).await;
    let round = round(&world, &town).await;
    let distribution = distribute(&world, &town, round).await;
    let later = pay(&world, &town, 0, 800).await;
    let pool = Account::Pool(organisation(&town, 0));
    let again = || reverse(&world, &town, town.admin(), paid.id, Reason::EnteredTwice);
    let gone = |undo| Why::Gone {
        missing: Money::new(500),
        kind: PostingKind::Contribution,
        moved: Moved::Shared { round: 1, seq: 2, undo },
    };
    let refused = again().await;
    assert!(matches!(refused, Err(Failure::Refused(why)) if why == gone(true)), "{refused:?}");
    let said = popote_app::journal::why_not_reversed(&mut world.read().await, town.pot, paid.id).await;
    assert_eq!(said.unwrap(), Some(gone(true)), "its page says the same");
    assert_eq!(balances(&world, &town, Book::Cash).await[&pool], 800, "nothing was written");
    // The later one itself is there, and the way out is open.
    reverse(&world, &town, town.admin(), later.id, Reason::EnteredTwice).await.unwrap();
    let third = pay(&world, &town, 0, 300).await;
    reverse(&world, &town, town.admin(), distribution, Reason::WrongDistribution).await.unwrap();
    again().await.unwrap();
    assert_eq!(balances(&world, &town, Book::Cash).await[&pool], 300);
    assert_eq!(third.seq, 5);
    assert!(broken(&world, &town).await.is_empty());
}

async fn once_a_share_is_put_the_payment_stands_for_good(world: World) {
    let town = town(&world).await;
    let paid = pay(&world, &town, 0, 500).await;
    let round = round(&world, &town).await;
    distribute(&world, &town, round).await;
    pay(&world, &town, 0, 500).await;
    let who = organisation(&town, 0);
    let share = Account::Share(who, Source::Own);
    let allocated = Account::Allocated(who, domain::ids::FeatureId(uuid::Uuid::from_u128(9)), Source::Own);
    let moved = vec![Transfer::new(share, allocated, Money::new(5))];
    let mut put = draft(&town, Book::Cash, PostingKind::Allocate, moved);
    put.round = Some(round);
    post(&world, &town, put).await.unwrap();
    let refused = reverse(&world, &town, town.admin(), paid.id, Reason::WrongAmount).await;
    let Err(Failure::Refused(Why::Gone { moved, .. })) = refused else { panic!("{refused:?}") };
    assert_eq!(moved, Moved::Shared { round: 1, seq: 2, undo: false });
}

/// Of two payments that stand in one heap when a part of it is shared out, either may have been the wrong one.
async fn one_of_two_is_reversed_after_a_part_was_shared_out(world: World) {
    let town = town(&world).await;
    let first = pay(&world, &town, 0, 500).await;
    pay(&world, &town, 0, 500).await;
    let round = round(&world, &town).await;
    distribute(&world, &town, round).await;
    pay(&world, &town, 0, 200).await;
    reverse(&world, &town, town.admin(), first.id, Reason::EnteredTwice).await.unwrap();
    assert_eq!(balances(&world, &town, Book::Cash).await[&Account::Pool(organisation(&town, 0))], 200);
    assert!(broken(&world, &town).await.is_empty());
}

async fn other_kinds_have_their_own_opposite(world: World) {
    let town = town(&world).await;
    let who = organisation(&town, 0);
    let promised = vec![Transfer::new(Account::Promised(who), Account::Pool(who), Money::new(7))];
    let promise =
        post(&world, &town, draft(&town, Book::Promises, PostingKind::Promise, promised)).await.unwrap();
    let refused = reverse(&world, &town, town.admin(), promise.id, Reason::WrongEntry).await;
    assert!(matches!(refused, Err(Failure::Refused(Why::OtherWay(PostingKind::Promise)))), "{refused:?}");
}

async fn only_a_treasurer_reverses_and_only_in_the_pot(world: World) {
    let town = town(&world).await;
    let paid = pay(&world, &town, 0, 500).await;
    let refused = reverse(&world, &town, town.member(1).acting(), paid.id, Reason::EnteredTwice).await;
    assert!(matches!(refused, Err(Failure::NotAllowed(NotAllowed::Missing(_)))), "{refused:?}");
    let stranger = world.collective(domain::rules::Template::Informal, &["Ailleurs"]).await;
    let refused = reverse(&world, &stranger, stranger.admin(), paid.id, Reason::EnteredTwice).await;
    assert!(matches!(refused, Err(Failure::NotFound)), "{refused:?}");
    let foreign = reverse(&world, &town, town.admin(), paid.id, Reason::WrongDistribution).await;
    let Err(Failure::Invalid(errors)) = foreign else { panic!("{foreign:?}") };
    assert_eq!((errors[0].field.as_str(), &errors[0].rule), ("reason", &FieldRule::NotAChoice));
    assert!(broken(&world, &town).await.is_empty());
}

async fn round(world: &World, town: &Grown) -> RoundId {
    let plan = RoundPlan {
        name: "Printemps".to_owned(),
        opens_on: date(2025, 3, 3),
        closes_on: date(2025, 4, 30),
        rule: ShareRule::EQUAL,
        cap: None,
        lapse: false,
        promises: domain::promises::PromiseRule::AsPutIn,
    };
    open_round(&world.context, town.admin(), town.pot, plan).await.unwrap().round
}

/// Distributes everything to the one who paid it, as the distribution of a round.
async fn distribute(world: &World, town: &Grown, round: RoundId) -> PostingId {
    let who = organisation(town, 0);
    let shared = vec![Transfer::new(Account::Pool(who), Account::Share(who, Source::Own), Money::new(500))];
    let mut distribution = draft(town, Book::Cash, PostingKind::Distribution, shared);
    distribution.round = Some(round);
    let command = Post {
        pot: town.pot,
        draft: distribution,
        seed: world.context.seed(),
        now: world.now(),
        once: Some(("distribution", round.0)),
    };
    world.write(command).await.id
}

async fn a_distribution_is_reversed_before_the_first_allocation_and_made_anew(world: World) {
    let town = town(&world).await;
    pay(&world, &town, 0, 500).await;
    let round = round(&world, &town).await;
    let first = distribute(&world, &town, round).await;
    reverse(&world, &town, town.admin(), first, Reason::WrongDistribution).await.unwrap();
    assert!(broken(&world, &town).await.is_empty());
    let second = distribute(&world, &town, round).await;
    assert!(broken(&world, &town).await.is_empty(), "its act was free again");
    let who = organisation(&town, 0);
    let put = |from, to, kind| {
        let mut moved = draft(&town, Book::Cash, kind, vec![Transfer::new(from, to, Money::new(5))]);
        moved.round = Some(round);
        moved
    };
    let share = Account::Share(who, Source::Own);
    let allocated = Account::Allocated(who, domain::ids::FeatureId(uuid::Uuid::from_u128(9)), Source::Own);
    post(&world, &town, put(share, allocated, PostingKind::Allocate)).await.unwrap();
    post(&world, &town, put(allocated, share, PostingKind::Unallocate)).await.unwrap();
    let refused = reverse(&world, &town, town.admin(), second, Reason::WrongDistribution).await;
    assert!(matches!(refused, Err(Failure::Refused(Why::Allocated))), "taken back or not: {refused:?}");
}

async fn a_gift_and_money_without_a_name_are_reversed_too(world: World) {
    let town = town(&world).await;
    let from = bank(&world, &town).await;
    let fund = Account::Gift(uuid::Uuid::from_u128(3).into());
    let given = vec![Transfer::new(from, fund, Money::new(70))];
    let gift = post(&world, &town, draft(&town, Book::Cash, PostingKind::Gift, given)).await.unwrap();
    let unnamed = vec![Transfer::new(from, Account::Unattributed, Money::new(30))];
    post(&world, &town, draft(&town, Book::Cash, PostingKind::Contribution, unnamed)).await.unwrap();
    let named =
        vec![Transfer::new(Account::Unattributed, Account::Pool(organisation(&town, 2)), Money::new(30))];
    let wrong = post(&world, &town, draft(&town, Book::Cash, PostingKind::Attribute, named)).await.unwrap();
    reverse(&world, &town, town.admin(), gift.id, Reason::WrongEntry).await.unwrap();
    reverse(&world, &town, town.admin(), wrong.id, Reason::WrongOrganisation).await.unwrap();
    let held = balances(&world, &town, Book::Cash).await;
    assert_eq!(held, [(from, -30), (Account::Unattributed, 30)].into());
    assert!(broken(&world, &town).await.is_empty());
}

on_both![
    a_payment_entered_twice_is_taken_out_once,
    the_same_key_reverses_once_and_answers_the_same,
    the_database_itself_keeps_an_entry_from_being_reversed_twice,
    a_payment_sent_again_after_its_reversal_says_that_it_was_reversed,
    money_that_moved_on_is_not_taken_back,
    what_came_in_later_is_not_taken_for_what_was_shared_out,
    once_a_share_is_put_the_payment_stands_for_good,
    one_of_two_is_reversed_after_a_part_was_shared_out,
    other_kinds_have_their_own_opposite,
    only_a_treasurer_reverses_and_only_in_the_pot,
    a_distribution_is_reversed_before_the_first_allocation_and_made_anew,
    a_gift_and_money_without_a_name_are_reversed_too,
];
