//! How a pot holds money.

use crate::posting::named;

named! {
    /// Who holds the money of a pot, and when. Changeable until its first posting.
    FundMode {
        /// Nobody holds money: each organisation pays its part to whoever does the work.
        Direct = "direct",
        /// Nothing is held before the trigger; then a host calls what was promised.
        Pledge = "pledge",
        /// Members pay in advance; it is the host's own money.
        Own = "own",
    }
}
