//! The signature of what this instance sends of itself, by the convention of Standard Webhooks.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use thiserror::Error;

/// What the secret of an endpoint begins with.
pub const SECRET_PREFIX: &str = "whsec_";

/// The secret that an endpoint and this instance share. It is never shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookSecret([u8; 32]);

/// The text isn't a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not the secret of an endpoint")]
pub struct SecretError;

/// A message with what its receiver checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// `webhook-id`: the same at each try.
    pub id: String,
    /// `webhook-timestamp`: seconds since 1970.
    pub timestamp: String,
    /// `webhook-signature`.
    pub signature: String,
}

impl WebhookSecret {
    /// Of 32 random bytes, drawn by the caller.
    #[must_use]
    pub const fn from_bytes(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// The text that the endpoint's owner keeps.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{SECRET_PREFIX}{}", STANDARD.encode(self.0))
    }

    /// Reads that text.
    ///
    /// # Errors
    /// [`SecretError`].
    pub fn parse(text: &str) -> Result<Self, SecretError> {
        let bytes = text.strip_prefix(SECRET_PREFIX).and_then(|text| STANDARD.decode(text).ok());
        bytes.and_then(|bytes| bytes.try_into().ok()).map(Self).ok_or(SecretError)
    }

    /// Signs a message sent at an instant, in seconds since 1970.
    #[must_use]
    pub fn sign(&self, id: &str, timestamp: i64, body: &str) -> Signed {
        let signature = match Hmac::<Sha256>::new_from_slice(&self.0) {
            Ok(mut mac) => {
                mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
                format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
            }
            // A key of any length is taken; this is never reached.
            Err(_) => String::new(),
        };
        Signed { id: id.to_owned(), timestamp: timestamp.to_string(), signature }
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_convention_has_its_signature() {
        // The signature was computed apart, in Python.
        let secret = WebhookSecret::from_bytes(*b"abcdefghijklmnopqrstuvwxyz012345");
        let signed = secret.sign("msg_1", 1_700_000_000, "{\"type\":\"feature_moved\"}");
        assert_eq!(signed.timestamp, "1700000000");
        assert_eq!(signed.signature, EXPECTED);
        assert_ne!(secret.sign("msg_2", 1_700_000_000, "{\"type\":\"feature_moved\"}").signature, EXPECTED);
    }

    const EXPECTED: &str = "v1,3KCze0uOHZr/DoZCxSY95eh4DNUd3V+4wsz/MMrpqQQ=";

    #[test]
    fn a_secret_reads_back_and_hides_itself() {
        let secret = WebhookSecret::from_bytes([7; 32]);
        assert!(secret.text().starts_with("whsec_"));
        assert_eq!(WebhookSecret::parse(&secret.text()), Ok(secret.clone()));
        for text in ["", "whsec_", "whsec_AAAA", "AAAA"] {
            assert_eq!(WebhookSecret::parse(text), Err(SecretError), "{text}");
        }
        assert!(!format!("{secret:?}").contains('B'));
    }
}
