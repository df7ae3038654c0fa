//! Secrets in links, cookies and mails. Only their hashes are kept.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// SHA-256 of a secret, as stored.
pub type TokenHash = [u8; 32];

/// Whether two byte strings are equal, in a time that doesn't tell where they differ.
#[must_use]
pub fn same_bytes(one: &[u8], other: &[u8]) -> bool {
    one.ct_eq(other).into()
}

/// A secret of 256 bits, written in 43 characters that a URL and a cookie take as they are.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Writes 32 random bytes, drawn by the caller.
    #[must_use]
    pub fn from_bytes(random: [u8; 32]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(random))
    }

    /// Reads what a browser sent; nothing if it isn't the form of a token.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 32] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        Some(Self::from_bytes(bytes))
    }

    /// The text for the link or the cookie.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What to store and to look up. Plain SHA-256 is enough for a secret of 256 bits.
    #[must_use]
    pub fn hash(&self) -> TokenHash {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Six digits of a mail, typed on the page that asked for it. Only worth something together with
/// the secret of that page, with an expiry and few attempts.
#[derive(Clone, PartialEq, Eq)]
pub struct SixDigits(String);

impl SixDigits {
    /// Makes six digits of eight random bytes, drawn by the caller.
    #[must_use]
    pub fn from_bytes(random: [u8; 8]) -> Self {
        Self(format!("{:06}", u64::from_be_bytes(random) % 1_000_000))
    }

    /// Reads what somebody typed, spaces allowed; nothing if it isn't six digits.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let digits: String = typed.chars().filter(|c| !c.is_whitespace()).take(7).collect();
        (digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(Self(digits))
    }

    /// The digits for the mail.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What to store: bound to the token of the page, without which a million guesses find nothing.
    #[must_use]
    pub fn hash_with(&self, page: &Token) -> TokenHash {
        Sha256::new()
            .chain_update(page.0.as_bytes())
            .chain_update(b":")
            .chain_update(&self.0)
            .finalize()
            .into()
    }
}

impl fmt::Debug for SixDigits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SixDigits(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_reads_back_and_hashes_alike() {
        let token = Token::from_bytes([0xfb; 32]);
        assert_eq!(token.as_str().len(), 43);
        assert!(token.as_str().bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
        let read = Token::parse(token.as_str()).unwrap();
        assert!(same_bytes(&read.hash(), &token.hash()));
        assert_ne!(Token::from_bytes([0xfa; 32]).hash(), token.hash());
        assert_eq!(format!("{token:?}"), "Token(…)");
    }

    #[test]
    fn what_is_no_token_is_refused() {
        let long = "A".repeat(44);
        let two_spellings = format!("{}B", "A".repeat(42));
        for text in ["", "court", &long, &two_spellings, "é", "AAAA AAAA", "../../etc/passwd"] {
            assert!(Token::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn the_hash_is_sha_256_of_the_text() {
        let hash = Token::from_bytes([0; 32]).hash();
        assert_eq!(hash, <[u8; 32]>::from(Sha256::digest("A".repeat(43))));
    }

    #[test]
    fn six_digits_keep_their_zeros_and_forgive_spaces() {
        let code = SixDigits::from_bytes(42_u64.to_be_bytes());
        assert_eq!(code.as_str(), "000042");
        assert_eq!(SixDigits::parse(" 000\u{a0}042 "), Some(code.clone()));
        for typed in ["", "42", "0000421", "00004a", "٠٠٠٠٤٢"] {
            assert_eq!(SixDigits::parse(typed), None, "{typed}");
        }
        let (page, other) = (Token::from_bytes([1; 32]), Token::from_bytes([2; 32]));
        assert_eq!(code.hash_with(&page), SixDigits::parse("000042").unwrap().hash_with(&page));
        assert_ne!(code.hash_with(&page), code.hash_with(&other));
    }

    #[test]
    fn comparing_needs_equal_lengths() {
        assert!(same_bytes(b"pot", b"pot"));
        assert!(!same_bytes(b"pot", b"pots"));
        assert!(!same_bytes(b"pot", b"top"));
    }
}
