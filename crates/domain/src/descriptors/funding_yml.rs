//! `.github/FUNDING.yml`: names of accounts at platforms, and addresses of one's own.

use super::{Kind, Prefill, address, lengths, tree::Tree};
use crate::{input::FieldRule, text};

/// Platforms with what an account's address begins with.
const PLATFORMS: &[(&str, &str)] = &[
    ("github", "https://github.com/sponsors/"),
    ("patreon", "https://www.patreon.com/"),
    ("open_collective", "https://opencollective.com/"),
    ("ko_fi", "https://ko-fi.com/"),
    ("tidelift", "https://tidelift.com/funding/github/"),
    ("community_bridge", "https://funding.communitybridge.org/projects/"),
    ("lfx_crowdfunding", "https://crowdfunding.lfx.linuxfoundation.org/projects/"),
    ("liberapay", "https://liberapay.com/"),
    ("issuehunt", "https://issuehunt.io/r/"),
    ("otechie", "https://otechie.com/"),
    ("polar", "https://polar.sh/"),
    ("buy_me_a_coffee", "https://buymeacoffee.com/"),
    ("thanks_dev", "https://thanks.dev/"),
];

/// Whether it is such a file: a table in which each key is a platform, or `custom`.
pub(super) fn is(root: &Tree) -> bool {
    let known = |key: &str| key == "custom" || PLATFORMS.iter().any(|(name, _)| *name == key);
    root.entries().iter().any(|(key, _)| known(key))
}

/// Reads it.
pub(super) fn read(root: &Tree) -> Prefill {
    let mut said = Prefill::new(Kind::FundingYml);
    for (key, value) in root.entries().iter().take(50) {
        let platform = PLATFORMS.iter().find(|(name, _)| name == key);
        if platform.is_none() && key != "custom" {
            said.remark(&named(key), FieldRule::Unknown);
            continue;
        }
        for account in value.items().iter().take(20) {
            let address = said.take(key, Some(account), |typed| match platform {
                Some((_, begins)) => account_at(begins, typed),
                None if typed.contains("://") => address(typed),
                None => text::web_address(typed),
            });
            said.add_funding(key, address);
        }
    }
    said
}

/// A key as a remark shows it.
fn named(key: &str) -> String {
    text::optional_line(&key.chars().take(lengths::NAME).collect::<String>(), lengths::NAME)
        .unwrap_or_default()
}

fn account_at(begins: &str, typed: &str) -> Result<String, FieldRule> {
    let account = text::line(typed, lengths::NAME)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '@');
    if account.chars().all(plain) && !account.starts_with('/') && !account.contains("..") {
        Ok(format!("{begins}{account}"))
    } else {
        Err(FieldRule::NotAChoice)
    }
}
