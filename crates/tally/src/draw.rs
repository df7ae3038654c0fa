//! A draw that anybody can check afterwards: the order of a tie, a jury, reviewers.
//!
//! Before the draw, the pool of identifiers is published with the hashes of one or several secrets, and the public
//! figures of a future day that will be mixed in (a lottery, a randomness beacon). After that day the secrets are
//! revealed. All of it makes a seed, and the order is that of the hashes of seed and identifier: nobody could choose
//! it, and everybody can compute it again. The model is RFC 3797.
//!
//! ```
//! use popote_tally::draw::{Draw, commitment};
//! let draw = Draw {
//!     id: "jury-2026".into(),
//!     pool: vec!["ada".into(), "bob".into(), "cleo".into()],
//!     secrets: vec![b"a secret kept until the day".to_vec()],
//!     public: vec!["lottery 2026-12-01: 4 8 15 16 23 42".into()],
//! };
//! let published = commitment(&draw.secrets[0]);
//! let drawn = draw.order()?;
//! assert_eq!(drawn.commitments, [published]);
//! assert_eq!(drawn.order.len(), 3);
//! # Ok::<(), popote_tally::draw::DrawError>(())
//! ```

use sha2::{Digest, Sha256};

/// A hash of 32 bytes.
///
/// ```
/// let hash: popote_tally::draw::Hash = popote_tally::draw::commitment(b"abc");
/// assert_eq!(hash[..3], [0xba, 0x78, 0x16]);
/// ```
pub type Hash = [u8; 32];

/// All that a draw is made of, the secrets revealed.
///
/// ```
/// use popote_tally::draw::Draw;
/// // Two people committed to a secret each; nothing public is mixed in.
/// let (pool, secrets) = (vec!["ada".into(), "bob".into()], vec![b"one".to_vec(), b"two".to_vec()]);
/// let draw = Draw { id: "tie of 12 May".into(), pool, secrets, public: vec![] };
/// assert_ne!(draw.order()?.seed, Draw { id: "another".into(), ..draw }.order()?.seed);
/// # Ok::<(), popote_tally::draw::DrawError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    /// The draw's own name, so that two draws over one pool differ.
    pub id: String,
    /// Who can be drawn, in any order.
    pub pool: Vec<String>,
    /// The secrets, in the order of the identifiers of those who committed to them.
    pub secrets: Vec<Vec<u8>>,
    /// The public figures announced beforehand, as texts, in the order announced.
    pub public: Vec<String>,
}

/// Why there can't be a draw.
///
/// ```
/// use popote_tally::draw::{DrawError, pool_hash};
/// assert_eq!(pool_hash(&["ada\nbob".into()]), Err(DrawError::BadId("ada\nbob".into())));
/// assert_eq!(pool_hash(&["ada".into(), "ada".into()]).unwrap_err().to_string(), "\"ada\" is twice in the pool");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawError {
    /// Somebody twice in the pool.
    #[error("{0:?} is twice in the pool")]
    Duplicate(String),
    /// An identifier that is empty or holds a line break, or a draw's name with a zero byte.
    #[error("{0:?} can't be drawn: an identifier is a line of text")]
    BadId(String),
    /// A secret that isn't the one committed to.
    #[error("a secret doesn't have the hash that was published")]
    WrongSecret,
}

/// The order drawn, with what leads to it.
///
/// ```
/// use popote_tally::draw::{Draw, commitment};
/// let pool = vec!["bob".into(), "ada".into()];
/// let drawn = Draw { id: "jury".into(), pool, secrets: vec![vec![0]], public: vec![] }.order()?;
/// assert_eq!((drawn.pool_hash, drawn.commitments), (commitment(b"ada\nbob\n"), vec![commitment(&[0])]));
/// assert_eq!(drawn.order.len(), 2);
/// # Ok::<(), popote_tally::draw::DrawError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// SHA-256 of the sorted pool, each identifier with a line end.
    pub pool_hash: Hash,
    /// SHA-256 of each secret.
    pub commitments: Vec<Hash>,
    /// What orders the pool.
    pub seed: Hash,
    /// The identifiers as drawn: a jury of `k` is the first `k` who don't recuse themselves.
    pub order: Vec<String>,
}

/// What is published about a secret before the draw: its SHA-256.
///
/// ```
/// // SHA-256 of the empty text, as any tool computes it.
/// assert_eq!(popote_tally::draw::commitment(b"")[..4], [0xe3, 0xb0, 0xc4, 0x42]);
/// ```
#[must_use]
pub fn commitment(secret: &[u8]) -> Hash {
    Sha256::digest(secret).into()
}

/// The hash of a pool, to be published before the draw.
///
/// # Errors
/// [`DrawError`] for identifiers that are there twice or hold a line break.
///
/// ```
/// use popote_tally::draw::{commitment, pool_hash};
/// let hash = pool_hash(&["bob".into(), "ada".into()])?;
/// assert_eq!(hash, commitment(b"ada\nbob\n"), "sorted, each with a line end");
/// assert!(pool_hash(&["ada".into(), "ada".into()]).is_err());
/// # Ok::<(), popote_tally::draw::DrawError>(())
/// ```
pub fn pool_hash(pool: &[String]) -> Result<Hash, DrawError> {
    sorted(pool).map(|pool| hash_of(&pool))
}

fn sorted(pool: &[String]) -> Result<Vec<&str>, DrawError> {
    let mut pool: Vec<&str> = pool.iter().map(String::as_str).collect();
    pool.sort_unstable();
    if let Some(bad) = pool.iter().find(|id| id.is_empty() || id.contains('\n')) {
        return Err(DrawError::BadId((*bad).into()));
    }
    match pool.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(DrawError::Duplicate(pair[0].into())),
        None => Ok(pool),
    }
}

fn hash_of(pool: &[&str]) -> Hash {
    let mut hash = Sha256::new();
    for id in pool {
        hash.update(id);
        hash.update("\n");
    }
    hash.finalize().into()
}

impl Draw {
    /// Draws.
    ///
    /// # Errors
    /// [`DrawError`] for identifiers that are there twice or aren't a line of text.
    ///
    /// ```
    /// use popote_tally::draw::{Draw, DrawError, commitment};
    /// let pool = vec!["ada".into(), "bob".into()];
    /// let draw = Draw { id: "jury".into(), pool, secrets: vec![vec![0x00, 0xff]], public: vec!["lottery: 7".into()] };
    /// let drawn = draw.order()?;
    /// assert_eq!(drawn.order.len(), 2);
    /// assert_eq!(draw.order()?, drawn, "the same each time");
    /// # Ok::<(), DrawError>(())
    /// ```
    pub fn order(&self) -> Result<Drawn, DrawError> {
        if self.id.contains('\0') {
            return Err(DrawError::BadId(self.id.clone()));
        }
        let pool = sorted(&self.pool)?;
        let pool_hash = hash_of(&pool);
        let commitments: Vec<Hash> = self.secrets.iter().map(|secret| commitment(secret)).collect();
        let mut seed = Sha256::new();
        seed.update("draw-v1\0");
        seed.update(&self.id);
        seed.update("\0");
        seed.update(pool_hash);
        commitments.iter().for_each(|hash| seed.update(hash));
        self.public.iter().for_each(|text| seed.update(Sha256::digest(text)));
        self.secrets.iter().for_each(|secret| seed.update(secret));
        let seed: Hash = seed.finalize().into();
        let ticket = |id: &&str| -> Hash {
            Sha256::new().chain_update("rank-v1\0").chain_update(seed).chain_update(id).finalize().into()
        };
        let mut order: Vec<(Hash, &str)> = pool.iter().map(|id| (ticket(id), *id)).collect();
        order.sort_unstable();
        Ok(Drawn {
            pool_hash,
            commitments,
            seed,
            order: order.into_iter().map(|(_, id)| id.to_owned()).collect(),
        })
    }

    /// [`Self::order`], if the secrets are those committed to.
    ///
    /// # Errors
    /// [`DrawError::WrongSecret`] if they aren't, and those of [`Self::order`].
    ///
    /// ```
    /// use popote_tally::draw::{Draw, DrawError, commitment};
    /// let pool = vec!["ada".into(), "bob".into()];
    /// let draw = Draw { id: "jury".into(), pool, secrets: vec![vec![0x00, 0xff]], public: vec!["lottery: 7".into()] };
    /// assert!(draw.verify(&[commitment(&[0x00, 0xff])]).is_ok());
    /// assert_eq!(draw.verify(&[commitment(b"another")]), Err(DrawError::WrongSecret));
    /// ```
    pub fn verify(&self, published: &[Hash]) -> Result<Drawn, DrawError> {
        let drawn = self.order()?;
        if drawn.commitments == published { Ok(drawn) } else { Err(DrawError::WrongSecret) }
    }
}
