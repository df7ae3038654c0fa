//! Which way the random walks go: the same in every run, another with `POPOTE_WALK_SEED`.

/// The number of `POPOTE_WALK_SEED`, which sends the walks another way.
///
/// # Panics
/// If it isn't a number.
pub fn asked() -> Option<u64> {
    let text = std::env::var("POPOTE_WALK_SEED").ok().filter(|text| !text.is_empty())?;
    Some(text.parse().expect("POPOTE_WALK_SEED is a number"))
}

/// The seed of one of several walks: its own, or another that was asked for.
pub fn of(own: u64) -> u64 {
    asked().map_or(own, |other| other.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(own))
}
