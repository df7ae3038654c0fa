//! Which request meets which offer, and why: the same for whoever looks, in whatever order the ads come.

use super::{Side, Work, key};

/// Most ads that are named beside one.
pub const MOST: usize = 8;

/// What of an ad is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its number: of two that fit as well, the newer comes first.
    pub number: i64,
    /// Who looks for whom.
    pub side: Side,
    /// Kinds of work.
    pub works: Vec<Work>,
    /// Names of software, as written.
    pub software: Vec<String>,
    /// Skills, as written.
    pub skills: Vec<String>,
    /// Where; may be empty.
    pub region: String,
    /// Whether the work can be done from afar.
    pub remote: bool,
}

/// Something that two ads have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A software, as the ad on whose page it stands writes it.
    Software(String),
    /// A skill, as that ad writes it.
    Skill(String),
    /// A kind of work.
    Work(Work),
    /// The region, as that ad writes it.
    Region(String),
    /// Both go from afar.
    Remote,
}

impl Reason {
    /// How much it weighs.
    const fn weight(&self) -> u32 {
        match self {
            Self::Software(_) => 5,
            Self::Work(_) => 3,
            Self::Skill(_) | Self::Region(_) => 2,
            Self::Remote => 1,
        }
    }
}

/// An ad of the other side that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The number of the other ad.
    pub number: i64,
    /// What both have in common, what weighs most first.
    pub reasons: Vec<Reason>,
    score: u32,
}

/// The ads of the other side that fit one, the best first; at most [`MOST`]. What fits has a software or a skill in common,
/// or a kind of work; where neither goes from afar, two regions that are named must be one.
#[must_use]
pub fn matches(one: &Profile, others: &[Profile]) -> Vec<Match> {
    let mut found: Vec<Match> = others.iter().filter_map(|other| fit(one, other)).collect();
    found.sort_by(|a, b| b.score.cmp(&a.score).then(b.number.cmp(&a.number)));
    found.dedup_by_key(|fitting| fitting.number);
    found.truncate(MOST);
    found
}

fn fit(one: &Profile, other: &Profile) -> Option<Match> {
    if one.side == other.side {
        return None;
    }
    let mut reasons: Vec<Reason> = common(&one.software, &other.software).map(Reason::Software).collect();
    let works = Work::ALL.iter().filter(|work| one.works.contains(work) && other.works.contains(work));
    // That both are something else is nothing in common.
    reasons.extend(works.filter(|work| **work != Work::Other).map(|work| Reason::Work(*work)));
    reasons.extend(common(&one.skills, &other.skills).map(Reason::Skill));
    if reasons.is_empty() {
        return None;
    }
    let (here, there) = (key(&one.region), key(&other.region));
    let is_same_place = !here.is_empty() && here == there;
    if is_same_place {
        reasons.push(Reason::Region(one.region.clone()));
    } else if one.remote && other.remote {
        reasons.push(Reason::Remote);
    } else if !one.remote && !other.remote && !here.is_empty() && !there.is_empty() {
        return None;
    }
    let score = reasons.iter().map(Reason::weight).sum();
    Some(Match { number: other.number, reasons, score })
}

/// The words of one list that are in another, however they are spelled there.
fn common<'w>(one: &'w [String], other: &[String]) -> impl Iterator<Item = String> + use<'w> {
    let known: Vec<String> = other.iter().map(|word| key(word)).collect();
    one.iter().filter(move |word| known.contains(&key(word))).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn ad(number: i64, side: Side, works: &[Work], software: &[&str]) -> Profile {
        Profile {
            number,
            side,
            works: works.to_vec(),
            software: words(software),
            skills: Vec::new(),
            region: String::new(),
            remote: true,
        }
    }

    #[test]
    fn what_fits_says_why_and_the_best_comes_first() {
        let request =
            ad(1, Side::Request, &[Work::Development, Work::Training], &["Nextcloud", "OnlyOffice"]);
        let near = Profile { region: "Alsace".to_owned(), ..ad(4, Side::Offer, &[Work::Training], &[]) };
        let others = [
            ad(2, Side::Offer, &[Work::Development], &["next-cloud"]),
            ad(3, Side::Offer, &[Work::Hosting], &["Mastodon"]),
            near,
            ad(5, Side::Request, &[Work::Development], &["Nextcloud"]),
            ad(6, Side::Offer, &[Work::Training], &[]),
        ];
        let found = matches(&request, &others);
        let numbers: Vec<i64> = found.iter().map(|fitting| fitting.number).collect();
        assert_eq!(
            numbers,
            [2, 6, 4],
            "the same weight: the newer first; neither another side nor nothing in common"
        );
        let why = [Reason::Software("Nextcloud".to_owned()), Reason::Work(Work::Development), Reason::Remote];
        assert_eq!(found[0].reasons, why);
        let mut turned = others.to_vec();
        turned.reverse();
        assert_eq!(matches(&request, &turned), found, "in whatever order they come");
        // The same from the other end.
        let back = matches(&others[0], std::slice::from_ref(&request));
        assert_eq!(
            (back[0].number, back[0].reasons[0].clone()),
            (1, Reason::Software("next-cloud".to_owned()))
        );
    }

    #[test]
    fn who_can_meet_nowhere_does_not_fit() {
        let at = |number, side, region: &str, remote| Profile {
            region: region.to_owned(),
            remote,
            ..ad(number, side, &[Work::Training], &[])
        };
        let request = at(1, Side::Request, "Bretagne", false);
        let offers = [
            at(2, Side::Offer, "Alsace", false),
            at(3, Side::Offer, "BRETAGNE", false),
            at(4, Side::Offer, "", false),
            at(5, Side::Offer, "Alsace", true),
        ];
        let found = matches(&request, &offers);
        let numbers: Vec<i64> = found.iter().map(|fitting| fitting.number).collect();
        assert_eq!(numbers, [3, 5, 4], "where one goes from afar, or doesn't say where, they can talk");
        assert_eq!(found[0].reasons.last(), Some(&Reason::Region("Bretagne".to_owned())));
        let other = ad(9, Side::Request, &[Work::Other], &[]);
        assert!(matches(&other, &[ad(10, Side::Offer, &[Work::Other], &[])]).is_empty());
        let many: Vec<Profile> = (20..60).map(|n| ad(n, Side::Offer, &[Work::Training], &[])).collect();
        assert_eq!(matches(&ad(1, Side::Request, &[Work::Training], &[]), &many).len(), MOST);
    }
}
