//! Gifts to be matched, a vote on a text, a draw.

use std::collections::HashMap;

use serde::Deserialize;

use super::strict::Pairs;
use super::{FileError, parse};
use crate::draw::{Draw, Hash};
use crate::quadratic::{Gift, Rules};
use crate::threshold::{Base, Rule, Share, Votes};

/// Gifts to be matched: `pool`, `contributions` (by project, then by donor), and optionally `pairwise` (100 € in cents
/// unless told; `null` for none), `cap` and `floors` (by project). Amounts are integers of the smallest unit.
///
/// ```
/// use popote_tally::files::GiftFile;
/// let text = r#"{"pool": 5000, "contributions": {"trees": {"ada": 100, "bob": 100}, "bikes": {"bob": 400}}}"#;
/// let file = GiftFile::parse(text.as_bytes())?;
/// assert_eq!(file.projects, ["trees", "bikes"]);
/// assert_eq!(file.gifts.len(), 3);
/// # Ok::<(), popote_tally::files::FileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiftFile {
    /// Names of the projects, in the file's order.
    pub projects: Vec<String>,
    /// The gifts.
    pub gifts: Vec<Gift>,
    /// Pool, bound, cap and floors; ties go by the names of the projects.
    pub rules: Rules,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGifts {
    pool: u64,
    contributions: Pairs<Pairs<u64>>,
    #[serde(default = "usual_bound")]
    pairwise: Option<u64>,
    #[serde(default)]
    cap: Option<u64>,
    #[serde(default)]
    floors: Pairs<u64>,
}

#[expect(clippy::unnecessary_wraps, reason = "the field's type")]
fn usual_bound() -> Option<u64> {
    Some(10_000)
}

impl GiftFile {
    /// Reads a file.
    ///
    /// # Errors
    /// [`FileError`] for text that isn't such JSON and for projects or donors that are there twice.
    ///
    /// ```
    /// use popote_tally::files::GiftFile;
    /// let twice = r#"{"pool": 5000, "contributions": {"trees": {"ada": 100, "ada": 100}}}"#;
    /// assert!(GiftFile::parse(twice.as_bytes()).is_err());
    /// let stray = r#"{"pool": 5000, "floors": {"bikes": 9}, "contributions": {"trees": {"ada": 100}}}"#;
    /// assert!(GiftFile::parse(stray.as_bytes()).is_err());
    /// ```
    pub fn parse(bytes: &[u8]) -> Result<Self, FileError> {
        let raw: RawGifts = parse(bytes)?;
        let mut projects: HashMap<&str, u32> = HashMap::new();
        let mut donors: HashMap<&str, u32> = HashMap::new();
        let mut gifts = Vec::new();
        for ((name, given), project) in raw.contributions.0.iter().zip(0..) {
            let twice = |name: &str| FileError::Twice { place: "contributions".into(), name: name.into() };
            if projects.insert(name, project).is_some() {
                return Err(twice(name));
            }
            let first = gifts.len();
            for (donor, amount) in &given.0 {
                let next = u32::try_from(donors.len()).map_err(|_| FileError::TooLarge)?;
                let donor_index = *donors.entry(donor).or_insert(next);
                gifts.push(Gift { project, donor: donor_index, amount: *amount });
            }
            let mut seen: Vec<u32> = gifts[first..].iter().map(|gift| gift.donor).collect();
            seen.sort_unstable();
            if seen.windows(2).any(|pair| pair[0] == pair[1]) {
                return Err(twice(name));
            }
        }
        let names: Vec<String> = raw.contributions.0.iter().map(|(name, _)| name.clone()).collect();
        let mut floors = vec![0; if raw.floors.0.is_empty() { 0 } else { names.len() }];
        for (name, floor) in &raw.floors.0 {
            let unknown = || FileError::Unknown { place: "floors".into(), name: name.clone() };
            floors[*projects.get(name.as_str()).ok_or_else(unknown)? as usize] = *floor;
        }
        let mut order: Vec<u32> = (0..).zip(&names).map(|(index, _)| index).collect();
        order.sort_by_key(|index| &names[*index as usize]);
        let lot = crate::lot::Lot::drawn(&order, names.len()).ok();
        let rules = Rules { pool: raw.pool, pairwise: raw.pairwise, cap: raw.cap, floors, lot };
        Ok(Self { projects: names, gifts, rules })
    }
}

/// A vote on a text: `yes`, `no`, `abstain`, `electorate`, and optionally `threshold` (`"1/2"` unless told), `strict` (true
/// unless a threshold is told), `base` (`expressed`, `present` or `electorate`) and `quorum`.
///
/// ```
/// use popote_tally::files::VoteFile;
/// let text = r#"{"yes": 7, "no": 3, "abstain": 2, "electorate": 20, "threshold": "2/3", "quorum": "1/2"}"#;
/// let file = VoteFile::parse(text.as_bytes())?;
/// assert_eq!(file.rule.threshold.den, 3);
/// # Ok::<(), popote_tally::files::FileError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VoteFile {
    /// What the text needs.
    pub rule: Rule,
    /// How people voted.
    pub votes: Votes,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVote {
    yes: u64,
    no: u64,
    #[serde(default)]
    abstain: u64,
    electorate: u64,
    #[serde(default)]
    threshold: Option<String>,
    #[serde(default)]
    strict: Option<bool>,
    #[serde(default)]
    base: RawBase,
    #[serde(default)]
    quorum: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RawBase {
    #[default]
    Expressed,
    Present,
    Electorate,
}

fn share(text: &str) -> Result<Share, FileError> {
    let parts = text.split_once('/').map(|(num, den)| (num.trim().parse().ok(), den.trim().parse().ok()));
    match parts {
        Some((Some(num), Some(den))) => Ok(Share { num, den }),
        _ => Err(FileError::Text(text.into())),
    }
}

impl VoteFile {
    /// Reads a file.
    ///
    /// # Errors
    /// [`FileError`] for text that isn't such JSON and for fractions not written as `2/3`.
    ///
    /// ```
    /// use popote_tally::files::VoteFile;
    /// let file = VoteFile::parse(br#"{"yes": 7, "no": 3, "electorate": 20}"#)?;
    /// assert!(file.rule.strict, "a simple majority, unless told");
    /// assert!(VoteFile::parse(br#"{"yes": 7, "no": 3, "electorate": 20, "threshold": "0.66"}"#).is_err());
    /// # Ok::<(), popote_tally::files::FileError>(())
    /// ```
    pub fn parse(bytes: &[u8]) -> Result<Self, FileError> {
        let raw: RawVote = parse(bytes)?;
        let base = match raw.base {
            RawBase::Expressed => Base::Expressed,
            RawBase::Present => Base::Present,
            RawBase::Electorate => Base::Electorate,
        };
        let strict = raw.strict.unwrap_or(raw.threshold.is_none());
        let threshold = share(raw.threshold.as_deref().unwrap_or("1/2"))?;
        let quorum = raw.quorum.as_deref().map(share).transpose()?;
        let votes = Votes { yes: raw.yes, no: raw.no, abstain: raw.abstain, electorate: raw.electorate };
        Ok(Self { rule: Rule { threshold, strict, base, quorum }, votes })
    }
}

/// A draw, its secrets revealed: `id`, `pool`, `secrets` (hexadecimal), and optionally `public` (texts) and `commitments`
/// (hexadecimal), which the secrets must match.
///
/// ```
/// use popote_tally::files::DrawFile;
/// let text = r#"{"id": "jury", "pool": ["ada", "bob"], "secrets": ["00ff"], "public": ["lottery: 7"]}"#;
/// let file = DrawFile::parse(text.as_bytes())?;
/// assert_eq!(file.draw.secrets, [[0, 255]]);
/// # Ok::<(), popote_tally::files::FileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawFile {
    /// What is drawn.
    pub draw: Draw,
    /// What was published about the secrets, if the file tells it.
    pub commitments: Option<Vec<Hash>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDraw {
    id: String,
    pool: Vec<String>,
    secrets: Vec<String>,
    #[serde(default)]
    public: Vec<String>,
    #[serde(default)]
    commitments: Option<Vec<String>>,
}

impl DrawFile {
    /// Reads a file.
    ///
    /// # Errors
    /// [`FileError`] for text that isn't such JSON or not hexadecimal where that is needed.
    ///
    /// ```
    /// use popote_tally::files::DrawFile;
    /// let odd = r#"{"id": "jury", "pool": ["ada"], "secrets": ["0ff"]}"#;
    /// assert!(DrawFile::parse(odd.as_bytes()).is_err(), "half a byte");
    /// ```
    pub fn parse(bytes: &[u8]) -> Result<Self, FileError> {
        let raw: RawDraw = parse(bytes)?;
        let secrets = raw.secrets.iter().map(|text| unhex(text)).collect::<Result<_, _>>()?;
        let hash = |text: &String| Hash::try_from(unhex(text)?).map_err(|_| FileError::Text(text.clone()));
        let commitments = raw.commitments.map(|texts| texts.iter().map(hash).collect()).transpose()?;
        Ok(Self { draw: Draw { id: raw.id, pool: raw.pool, secrets, public: raw.public }, commitments })
    }
}

fn unhex(text: &str) -> Result<Vec<u8>, FileError> {
    let bad = || FileError::Text(text.into());
    let digit =
        |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok()).ok_or_else(bad);
    let digits = text.as_bytes().iter().map(digit).collect::<Result<Vec<u8>, _>>()?;
    if digits.len() % 2 == 1 {
        return Err(bad());
    }
    Ok(digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}
