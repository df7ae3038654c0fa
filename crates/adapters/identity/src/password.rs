//! Passwords, hashed with Argon2id one at a time.

use std::fmt;
use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{self, PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use thiserror::Error;
use tokio::sync::Semaphore;

/// Sixteen random bytes, drawn by the caller, that make equal passwords hash differently.
pub type Salt = [u8; 16];

/// Memory in KiB, passes and lanes: the first choice of OWASP's cheat sheet, 19 MiB a hash.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const HASH_BYTES: usize = 32;

/// Checked when somebody signs in with an address that has no password, so that the time taken tells nothing.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5Lm5vYm9keS4$qm0Yp3bYyZ3m1j8o0lqk3oUQ1yqH3dX0b1xk8m0b0mI";

/// Why a password was not taken, or not checked.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum PasswordError {
    /// Fewer than [`Password::SHORTEST`] characters.
    #[error("the password has fewer than {} characters", Password::SHORTEST)]
    TooShort,
    /// More than [`Password::LONGEST`] characters.
    #[error("the password has more than {} characters", Password::LONGEST)]
    TooLong,
    /// The hash at rest is not a PHC string of Argon2: the row is damaged.
    #[error("the stored password hash cannot be read")]
    BadHash,
    /// Hashing failed or its thread ended early.
    #[error("the password could not be hashed")]
    Failed,
}

/// A password as typed, of a length that may be kept. It is never shown, not even by `Debug`.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// Fewest characters of a new password.
    pub const SHORTEST: usize = 12;
    /// Most characters of any password: hashing must not be a way to tire the server.
    pub const LONGEST: usize = 256;

    /// Takes a password that somebody chooses.
    ///
    /// # Errors
    /// [`PasswordError::TooShort`] or [`PasswordError::TooLong`].
    pub fn new(typed: impl Into<String>) -> Result<Self, PasswordError> {
        let typed = typed.into();
        if typed.chars().nth(Self::SHORTEST - 1).is_none() {
            return Err(PasswordError::TooShort);
        }
        Self::attempt(typed)
    }

    /// Takes a password that somebody tries: a short one is only wrong.
    ///
    /// # Errors
    /// [`PasswordError::TooLong`].
    pub fn attempt(typed: impl Into<String>) -> Result<Self, PasswordError> {
        let typed = typed.into();
        if typed.chars().nth(Self::LONGEST).is_some() {
            return Err(PasswordError::TooLong);
        }
        Ok(Self(typed))
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// What checking a password said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is not the password, or there is none.
    Wrong,
    /// It is the password, and its hash is of the present strength.
    Right,
    /// It is the password, but its hash is of an older strength: hash it again and store that.
    RightButOld,
}

/// Hashes and checks passwords, one at a time: each takes 19 MiB and a core, and a small machine has little of both.
#[derive(Clone)]
pub struct Passwords {
    one_at_a_time: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new()
    }
}

impl Passwords {
    /// One gate; clones share it.
    #[must_use]
    pub fn new() -> Self {
        Self { one_at_a_time: Arc::new(Semaphore::new(1)) }
    }

    /// The PHC string to store for this password.
    ///
    /// # Errors
    /// [`PasswordError::Failed`].
    pub async fn hash(&self, password: Password, salt: Salt) -> Result<String, PasswordError> {
        self.alone(move || {
            let hash: PasswordHash = hasher()?
                .hash_password_with_salt(password.0.as_bytes(), &salt)
                .map_err(|_| PasswordError::Failed)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Checks a password against the PHC string stored. Without one it takes the same time and is wrong.
    ///
    /// # Errors
    /// [`PasswordError::BadHash`] and [`PasswordError::Failed`].
    pub async fn verify(&self, password: Password, stored: Option<String>) -> Result<Verdict, PasswordError> {
        self.alone(move || {
            let known = stored.is_some();
            let stored = stored.unwrap_or_else(|| NOBODY.to_owned());
            let hash = PasswordHash::new(&stored).map_err(|_| PasswordError::BadHash)?;
            match hasher()?.verify_password(password.0.as_bytes(), &hash) {
                Ok(()) if known && is_present_strength(&hash) => Ok(Verdict::Right),
                Ok(()) if known => Ok(Verdict::RightButOld),
                Ok(()) | Err(password_hash::Error::PasswordInvalid) => Ok(Verdict::Wrong),
                Err(_) => Err(PasswordError::BadHash),
            }
        })
        .await
    }

    async fn alone<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let turn = self.one_at_a_time.clone().acquire_owned().await.map_err(|_| PasswordError::Failed)?;
        tokio::task::spawn_blocking(move || {
            // Held by the thread, not by the request: one that goes away must not let a second hash start.
            let _turn = turn;
            work()
        })
        .await
        .map_err(|_| PasswordError::Failed)?
    }
}

fn hasher() -> Result<Argon2<'static>, PasswordError> {
    let params =
        Params::new(MEMORY_KIB, PASSES, LANES, Some(HASH_BYTES)).map_err(|_| PasswordError::Failed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn is_present_strength(hash: &PasswordHash) -> bool {
    let Ok(params) = Params::try_from(hash) else { return false };
    hash.algorithm == Algorithm::Argon2id.ident()
        && hash.version == Some(Version::V0x13.into())
        && (params.m_cost(), params.t_cost(), params.p_cost()) == (MEMORY_KIB, PASSES, LANES)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "une marmite bien chaude";

    fn password(typed: &str) -> Password {
        Password::new(typed).unwrap()
    }

    #[tokio::test]
    async fn the_password_is_right_and_another_is_wrong() {
        let passwords = Passwords::new();
        let stored = passwords.hash(password(GOOD), [7; 16]).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(!stored.contains(GOOD));
        assert_eq!(passwords.verify(password(GOOD), Some(stored.clone())).await, Ok(Verdict::Right));
        let other = password("une marmite bien froide");
        assert_eq!(passwords.verify(other, Some(stored.clone())).await, Ok(Verdict::Wrong));
        let short = Password::attempt("soupe").unwrap();
        assert_eq!(passwords.verify(short, Some(stored)).await, Ok(Verdict::Wrong));
    }

    #[tokio::test]
    async fn the_salt_separates_equal_passwords() {
        let passwords = Passwords::new();
        let one = passwords.hash(password(GOOD), [1; 16]).await.unwrap();
        let other = passwords.hash(password(GOOD), [2; 16]).await.unwrap();
        assert_ne!(one, other);
    }

    #[tokio::test]
    async fn an_older_strength_asks_for_a_new_hash() {
        let weaker = Argon2::new(
            Algorithm::Argon2id,
            Version::V0x13,
            Params::new(8_192, 1, 1, Some(HASH_BYTES)).unwrap(),
        );
        let stored: PasswordHash = weaker.hash_password_with_salt(GOOD.as_bytes(), &[3; 16]).unwrap();
        let verdict = Passwords::new().verify(password(GOOD), Some(stored.to_string())).await;
        assert_eq!(verdict, Ok(Verdict::RightButOld));
    }

    #[tokio::test]
    async fn nobody_has_no_password_and_a_damaged_hash_is_said() {
        let passwords = Passwords::new();
        assert_eq!(passwords.verify(password(GOOD), None).await, Ok(Verdict::Wrong));
        let damaged = passwords.verify(password(GOOD), Some("$argon2id$…".to_owned())).await;
        assert_eq!(damaged, Err(PasswordError::BadHash));
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(Password::new("é".repeat(11)).unwrap_err(), PasswordError::TooShort);
        assert!(Password::new("é".repeat(12)).is_ok());
        assert!(Password::new("é".repeat(256)).is_ok());
        assert_eq!(Password::new("é".repeat(257)).unwrap_err(), PasswordError::TooLong);
        assert_eq!(Password::attempt("x".repeat(257)).unwrap_err(), PasswordError::TooLong);
        assert_eq!(format!("{:?}", password(GOOD)), "Password(…)");
    }
}
