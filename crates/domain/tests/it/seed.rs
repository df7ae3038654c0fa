//! Ids and salts that follow from one draw of chance.

use jiff::Timestamp;
use popote_domain::{Seed, ids::PostingId};
use uuid::Uuid;

fn now() -> Timestamp {
    Timestamp::from_microsecond(1_772_366_400_000_000).expect("an instant")
}

#[test]
fn a_command_run_again_draws_the_same() {
    let draw = || {
        let mut seed = Seed::new([7; 32]);
        (seed.bytes(), seed.id::<PostingId>(now()), seed.bytes())
    };
    assert_eq!(draw(), draw());
    let other = Seed::new([8; 32]).bytes();
    assert_ne!(draw().0, other);
    assert_ne!(draw().0, draw().2);
}

#[test]
fn ids_sort_in_the_order_of_drawing_and_are_of_version_7() {
    let mut seed = Seed::new([7; 32]);
    let ids: Vec<Uuid> = (0..4_000).map(|_| seed.id(now())).collect();
    assert!(ids.is_sorted());
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]));
    assert!(ids.iter().all(|id| id.get_version_num() == 7));
}

#[test]
fn ids_of_two_commands_of_one_instant_differ() {
    let one: Uuid = Seed::new([7; 32]).id(now());
    let other: Uuid = Seed::new([8; 32]).id(now());
    assert_ne!(one, other);
}
