//! How often something may be tried: by client network, so that nobody guesses everybody's passwords; by account, so
//! that nobody guesses one from many networks; and by account from one network, well below what the account has in
//! all, so that who tries somebody's account from one place leaves them a way in from their own.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use domain::people::Email;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use sha2::{Digest, Sha256};

use crate::error::WebError;

const HOUR: u64 = 3_600;
/// Above this many keys, those that have all their attempts back are forgotten.
const KEYS: usize = 20_000;

/// The part of an address that one client commands: an IPv4 address, or the /64 of an IPv6 address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Network {
    /// An IPv4 address.
    V4([u8; 4]),
    /// The first half of an IPv6 address.
    V6([u16; 4]),
    /// No address is known: a test, or a socket of the file system.
    Unknown,
}

impl Network {
    /// The network of an address.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(v4) => Self::V4(v4.octets()),
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                Self::V6([a, b, c, d])
            }
        }
    }
}

/// What is limited, each with its own count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Attempt {
    /// Trying a password or a code: 8 at once from one network, 30 in all, then one every 30 s an account; 30, then
    /// one every 5 s a network.
    SignIn,
    /// Asking for a mail: 5 from one network, then one every 4 h, 12 in all, then one every 3 h an address, so 20 in a
    /// day; 20, then one a minute a network. One network never uses up what an address has in all.
    Mail,
    /// Any other write without an account (a guest, a gift): 20, then one every 10 s a network.
    Write,
    /// Asking, signed in, for a mail to one's own address: 10, then one every 90 min a person.
    OwnMail,
    /// A request of a program: 1 000, then 20 a second a token; 2 000, then 50 a second a network.
    Api,
}

/// Counts by hash: whatever was typed as an address, a key takes 32 bytes.
type Keyed = DefaultKeyedRateLimiter<[u8; 32]>;

/// The counts of one process. They live in memory: a restart forgives.
pub struct Limits {
    /// Of an account from one network.
    here: [Keyed; 5],
    /// Of an account from everywhere.
    accounts: [Keyed; 5],
    networks: [Keyed; 5],
    clock: DefaultClock,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            here: [keyed(8, 30), keyed(5, 4 * HOUR), keyed(60, 2), keyed(10, 5_400), often(1_000, 20)],
            accounts: [keyed(30, 30), keyed(12, 3 * HOUR), keyed(120, 2), keyed(10, 5_400), often(1_000, 20)],
            networks: [keyed(30, 5), keyed(20, 60), keyed(20, 10), keyed(40, 60), often(2_000, 50)],
            clock: DefaultClock::default(),
        }
    }
}

fn keyed(burst: u32, seconds_each: u64) -> Keyed {
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    let quota = Quota::with_period(Duration::from_secs(seconds_each)).unwrap_or(Quota::per_minute(burst));
    RateLimiter::keyed(quota.allow_burst(burst))
}

fn often(burst: u32, a_second: u32) -> Keyed {
    let number = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
    RateLimiter::keyed(Quota::per_second(number(a_second)).allow_burst(number(burst)))
}

impl Limits {
    /// Counts one attempt on an account (its address or id) from a network. Every spelling of an address that finds
    /// the same account counts as one. A network that is refused counts on no account: it can neither shut anybody
    /// out nor fill the memory with accounts that don't exist.
    ///
    /// # Errors
    /// [`WebError::TooMany`] with the seconds to wait.
    pub fn check(&self, attempt: Attempt, account: &str, network: Network) -> Result<(), WebError> {
        self.check_network(attempt, network)?;
        let account = Email::key_of(account);
        self.count(&self.here[attempt.index()], &format!("{network:?} {account}"))?;
        self.count(&self.accounts[attempt.index()], &account)
    }

    /// Counts one attempt from a network alone.
    ///
    /// # Errors
    /// [`WebError::TooMany`] with the seconds to wait.
    pub fn check_network(&self, attempt: Attempt, network: Network) -> Result<(), WebError> {
        self.count(&self.networks[attempt.index()], &format!("{network:?}"))
    }

    /// Counts one attempt on an account alone, whose network was counted before.
    ///
    /// # Errors
    /// [`WebError::TooMany`] with the seconds to wait.
    pub fn check_account(&self, attempt: Attempt, account: &str) -> Result<(), WebError> {
        self.count(&self.accounts[attempt.index()], account)
    }

    fn count(&self, keyed: &Keyed, key: &str) -> Result<(), WebError> {
        if keyed.len() > KEYS {
            keyed.retain_recent();
        }
        keyed.check_key(&Sha256::digest(key.as_bytes()).into()).map_err(|until| {
            WebError::TooMany(until.wait_time_from(self.clock.now()).as_secs().saturating_add(1))
        })
    }
}

impl Attempt {
    const fn index(self) -> usize {
        match self {
            Self::SignIn => 0,
            Self::Mail => 1,
            Self::Write => 2,
            Self::OwnMail => 3,
            Self::Api => 4,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(text: &str) -> Network {
        Network::of(text.parse().unwrap())
    }

    #[test]
    fn one_account_is_guarded_from_every_network() {
        let limits = Limits::default();
        for n in 0..30 {
            let from = network(&format!("192.0.2.{n}"));
            assert_eq!(limits.check(Attempt::SignIn, "camille@yaal.example", from), Ok(()));
        }
        let one_more = limits.check(Attempt::SignIn, "Camille@yaal.example", network("192.0.2.99"));
        assert!(matches!(one_more, Err(WebError::TooMany(1..=31))), "{one_more:?}");
        assert_eq!(limits.check(Attempt::SignIn, "noe@arn.example", network("192.0.2.99")), Ok(()));
        assert_eq!(limits.check(Attempt::Mail, "camille@yaal.example", network("192.0.2.99")), Ok(()));
    }

    #[test]
    fn who_tries_an_account_from_one_network_leaves_its_owner_a_way_in() {
        let (theirs, owners) = (network("192.0.2.1"), network("192.0.2.2"));
        for (attempt, most) in [(Attempt::SignIn, 8), (Attempt::Mail, 5)] {
            let limits = Limits::default();
            for n in 0..20 {
                assert_eq!(limits.check(attempt, "noe@arn.example", theirs).is_ok(), n < most, "{n}");
            }
            assert_eq!(limits.check(attempt, "noe@arn.example", owners), Ok(()));
        }
    }

    /// What an address gets in a day, whoever asks: all at once, and what comes back over 24 hours.
    #[test]
    fn a_mailbox_gets_twenty_mails_a_day_and_one_network_never_uses_them_up() {
        let day = |burst: u64, every: u64| burst + 24 * HOUR / every;
        let limits = Limits::default();
        let mut sent = 0;
        for n in 0..60 {
            let from = network(&format!("192.0.2.{n}"));
            sent += u64::from(limits.check(Attempt::Mail, "noe@arn.example", from).is_ok());
        }
        assert_eq!((sent, day(sent, 3 * HOUR)), (12, 20));
        let limits = Limits::default();
        let mut by_one = 0;
        for _ in 0..60 {
            by_one += u64::from(limits.check(Attempt::Mail, "noe@arn.example", network("192.0.2.1")).is_ok());
        }
        // What comes back to the address comes back sooner than one network can take it.
        assert_eq!((by_one, day(by_one, 4 * HOUR)), (5, 11));
        for n in 2..9 {
            let from = network(&format!("192.0.2.{n}"));
            assert_eq!(limits.check(Attempt::Mail, "noe@arn.example", from), Ok(()), "{n}");
        }
    }

    #[test]
    fn one_network_is_slowed_on_all_accounts() {
        let limits = Limits::default();
        for n in 0..30 {
            let from = network("2001:db8:1:2::1");
            assert_eq!(limits.check(Attempt::SignIn, &format!("{n}@x.example"), from), Ok(()));
        }
        let neighbour = network("2001:db8:1:2:ffff::9");
        assert!(limits.check(Attempt::SignIn, "new@x.example", neighbour).is_err(), "the same /64");
        let stranger = network("2001:db8:1:3::1");
        assert_eq!(limits.check(Attempt::SignIn, "other@x.example", stranger), Ok(()));
    }

    #[test]
    fn no_spelling_of_an_address_gives_more_attempts() {
        let limits = Limits::default();
        let spellings = [
            "noe@arn.example",
            "NOE@arn.example",
            " noe@arn.example",
            "ｎoe@arn.example",
            "noe＠arn.example",
        ];
        let from = network("192.0.2.1");
        for n in 0..8 {
            assert_eq!(limits.check(Attempt::SignIn, spellings[n % spellings.len()], from), Ok(()));
        }
        for spelling in spellings.iter().chain(&["noe@ａrn.example"]) {
            let refused = limits.check(Attempt::SignIn, spelling, from);
            assert!(matches!(refused, Err(WebError::TooMany(_))), "{spelling}");
        }
    }

    #[test]
    fn a_network_that_is_refused_shuts_nobody_out_and_fills_no_memory() {
        let limits = Limits::default();
        let from = network("192.0.2.1");
        for n in 0..20 {
            assert_eq!(limits.check(Attempt::Mail, &format!("{n}@x.example"), from), Ok(()));
        }
        for n in 0..100 {
            assert!(limits.check(Attempt::Mail, "noe@arn.example", from).is_err());
            assert!(limits.check(Attempt::Mail, &format!("{n}@y.example"), from).is_err());
        }
        assert_eq!(limits.accounts[Attempt::Mail.index()].len(), 20);
        assert_eq!(limits.check(Attempt::Mail, "noe@arn.example", network("192.0.2.2")), Ok(()));
    }

    #[test]
    fn a_mapped_address_is_the_ipv4_that_it_maps() {
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
    }
}
