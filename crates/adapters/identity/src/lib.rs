//! Who somebody is: passwords, and the secrets that links, sessions and mails carry.
//!
//! Nothing here draws chance: salts and token bytes come from the caller, so that every run can be repeated.

mod password;
mod token;

pub use password::{Password, PasswordError, Passwords, Salt, Verdict};
pub use token::{SixDigits, Token, TokenHash, same_bytes};
