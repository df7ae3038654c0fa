//! The order that breaks the last ties, drawn before the count (see [`draw`](crate::draw)) and the same in all of it.

/// An order of options: the earlier one wins a tie.
///
/// ```
/// use popote_tally::lot::Lot;
/// // Drawn: option 2 first, then 0, then 1.
/// let lot = Lot::drawn(&[2, 0, 1], 3)?;
/// assert_eq!(lot.first(&[0, 1, 2]), Some(2));
/// # Ok::<(), popote_tally::lot::BadLot>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lot {
    places: Vec<u32>,
}

/// The order isn't each option once.
///
/// ```
/// use popote_tally::lot::Lot;
/// assert_eq!(Lot::drawn(&[0], 2).unwrap_err().to_string(), "the lot order must hold each option once");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the lot order must hold each option once")]
pub struct BadLot;

impl Lot {
    /// The options in the order of their indices.
    ///
    /// ```
    /// use popote_tally::lot::Lot;
    /// assert_eq!(Lot::by_index(3).first(&[2, 1]), Some(1));
    /// ```
    #[must_use]
    pub fn by_index(options: usize) -> Self {
        Self { places: (0..u32::MAX).take(options).collect() }
    }

    /// The options as drawn: `order` lists each of `options` indices once.
    ///
    /// # Errors
    /// [`BadLot`] if one is missing, unknown or there twice.
    ///
    /// ```
    /// use popote_tally::lot::{BadLot, Lot};
    /// let lot = Lot::drawn(&[2, 0, 1], 3)?;
    /// assert_eq!(lot.first(&[0, 1]), Some(0));
    /// assert_eq!(Lot::drawn(&[2, 2, 1], 3), Err(BadLot));
    /// # Ok::<(), BadLot>(())
    /// ```
    pub fn drawn(order: &[u32], options: usize) -> Result<Self, BadLot> {
        crate::budget::places(order, options).map(|places| Self { places }).ok_or(BadLot)
    }

    /// How many options it orders.
    ///
    /// ```
    /// use popote_tally::lot::Lot;
    /// let lot = Lot::drawn(&[2, 0, 1], 3)?;
    /// assert_eq!(lot.len(), 3);
    /// # Ok::<(), popote_tally::lot::BadLot>(())
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether it orders no option.
    ///
    /// ```
    /// use popote_tally::lot::Lot;
    /// let lot = Lot::drawn(&[2, 0, 1], 3)?;
    /// assert!(!lot.is_empty() && Lot::by_index(0).is_empty());
    /// # Ok::<(), popote_tally::lot::BadLot>(())
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The place of an option from 0; last for one that isn't there.
    ///
    /// ```
    /// use popote_tally::lot::Lot;
    /// let lot = Lot::drawn(&[2, 0, 1], 3)?;
    /// assert_eq!((lot.place(2), lot.place(1)), (0, 2));
    /// # Ok::<(), popote_tally::lot::BadLot>(())
    /// ```
    #[must_use]
    pub fn place(&self, option: u32) -> u32 {
        self.places.get(option as usize).copied().unwrap_or(u32::MAX)
    }

    /// The option that wins a tie.
    ///
    /// ```
    /// use popote_tally::lot::Lot;
    /// let lot = Lot::drawn(&[2, 0, 1], 3)?;
    /// assert_eq!((lot.first(&[0, 1]), lot.first(&[])), (Some(0), None));
    /// # Ok::<(), popote_tally::lot::BadLot>(())
    /// ```
    #[must_use]
    pub fn first(&self, tied: &[u32]) -> Option<u32> {
        tied.iter().copied().min_by_key(|option| self.place(*option))
    }

    /// Levels of tied options as one order.
    ///
    /// ```
    /// use popote_tally::lot::Lot;
    /// let lot = Lot::drawn(&[2, 0, 1], 3)?;
    /// // 1 won alone; 0 and 2 are tied, and 2 was drawn before 0.
    /// assert_eq!(lot.flatten(&[vec![1], vec![0, 2]]), [1, 2, 0]);
    /// # Ok::<(), popote_tally::lot::BadLot>(())
    /// ```
    #[must_use]
    pub fn flatten(&self, levels: &[Vec<u32>]) -> Vec<u32> {
        let sorted = levels.iter().flat_map(|level| {
            let mut level = level.clone();
            level.sort_by_key(|option| self.place(*option));
            level
        });
        sorted.collect()
    }
}

/// Groups options of equal keys, the greatest key first.
pub(crate) fn levels_by<K: Ord>(options: usize, key: impl Fn(u32) -> K) -> Vec<Vec<u32>> {
    let mut order: Vec<(K, u32)> = (0..u32::MAX).take(options).map(|option| (key(option), option)).collect();
    order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    order.chunk_by(|a, b| a.0 == b.0).map(|chunk| chunk.iter().map(|(_, option)| *option).collect()).collect()
}
