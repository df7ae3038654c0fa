//! Names of accounts for other programs: from an allow-list, on one line, one for each account that is shown apart.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{
    Account, Book, Creditor, Source,
    ids::{FeatureId, GiftFundId, OrganisationId},
    public_journal::Named,
    text::plain,
};
use store::{
    collectives::CollectiveRow,
    export::{Holder, Numbered},
};

/// The name under which organisations that hide their amounts appear together.
const HIDDEN: &str = "others";

/// What everything is called.
pub(super) struct Names {
    collective: String,
    /// The organisations shown, each under a name of its own.
    organisations: BTreeMap<OrganisationId, String>,
    shown: Vec<Named>,
    features: HashMap<FeatureId, i64>,
    funds: HashMap<GiftFundId, usize>,
}

impl Names {
    pub(super) fn new(
        collective: &CollectiveRow,
        holders: &[Holder],
        shown: impl Fn(OrganisationId) -> bool,
        features: &[Numbered],
        funds: &[GiftFundId],
    ) -> Self {
        let mut taken = HashSet::from([HIDDEN.to_owned()]);
        let mut organisations = BTreeMap::new();
        let mut listed = Vec::new();
        for holder in holders.iter().filter(|holder| shown(holder.id)) {
            organisations.insert(holder.id, apart(&holder.name, &holder.slug, &mut taken));
            listed.push(Named { id: holder.id, name: holder.name.clone() });
        }
        let name = plain(&collective.name);
        Self {
            collective: if name.is_empty() { collective.slug.clone() } else { name },
            organisations,
            shown: listed,
            features: features.iter().map(|feature| (feature.id, feature.number)).collect(),
            funds: funds.iter().copied().zip(1..).collect(),
        }
    }

    /// The organisations whose amounts are shown.
    pub(super) fn shown(&self) -> &[Named] {
        &self.shown
    }

    /// Whose entry it is: the organisation, if it is shown, else the collective.
    pub(super) fn payee(&self, organisation: Option<OrganisationId>) -> &str {
        organisation.and_then(|id| self.organisations.get(&id)).unwrap_or(&self.collective)
    }

    /// An organisation, under its own name or among the others.
    pub(super) fn organisation(&self, id: OrganisationId) -> &str {
        self.organisations.get(&id).map_or(HIDDEN, String::as_str)
    }

    /// The name of an organisation that is shown, as it writes it.
    pub(super) fn written(&self, id: OrganisationId) -> Option<&str> {
        self.shown.iter().find(|named| named.id == id).map(|named| named.name.as_str())
    }

    /// A feature by its number; empty without one.
    pub(super) fn feature(&self, id: Option<FeatureId>) -> String {
        id.and_then(|id| self.features.get(&id)).map_or_else(String::new, |number| format!("F{number}"))
    }

    fn fund(&self, id: GiftFundId) -> String {
        self.funds.get(&id).map_or_else(|| format!("fund {id}"), |number| format!("fund {number}"))
    }

    fn source(&self, source: Source) -> String {
        match source {
            Source::Own => "own".to_owned(),
            Source::Pooled => "pooled".to_owned(),
            Source::Gift(fund) => format!("gift:{}", self.fund(fund)),
        }
    }

    /// The account in a chart of accounts: `cash:share:Yaal Coop:own`.
    pub(super) fn account(&self, book: Book, account: &Account) -> String {
        let kind = account.kind().as_str();
        let feature = |id: FeatureId| self.feature(Some(id));
        let tail = match account {
            Account::Bank(id) => id.to_string(),
            Account::Pool(o) | Account::Promised(o) | Account::Right(o) => self.organisation(*o).to_owned(),
            Account::Gift(fund) | Account::RefundDue(Creditor::GiftFund(fund)) => self.fund(*fund),
            Account::Share(o, s) => format!("{}:{}", self.organisation(*o), self.source(*s)),
            Account::Allocated(o, f, s) | Account::Reserved(o, f, s) => {
                format!("{}:{}:{}", feature(*f), self.organisation(*o), self.source(*s))
            }
            Account::GiftAllocated(f, fund) | Account::GiftReserved(f, fund) => {
                format!("{}:{}", feature(*f), self.source(Source::Gift(*fund)))
            }
            Account::Payable(contract, milestone) => format!("{contract}:{milestone}"),
            Account::HostFeeDue(f) | Account::Triggered(f) => feature(*f),
            Account::RefundDue(Creditor::Organisation(o)) => {
                format!("organisation:{}", self.organisation(*o))
            }
            Account::SetAside(software, o, s) => {
                format!("{software}:{}:{}", self.organisation(*o), self.source(*s))
            }
            Account::RightAllocated(o, f) => format!("{}:{}", feature(*f), self.organisation(*o)),
            Account::Unattributed
            | Account::PoolCommon
            | Account::InTransit
            | Account::ReserveFund
            | Account::Loss
            | Account::Adjustment => return format!("{}:{kind}", book.as_str()),
        };
        format!("{}:{kind}:{tail}", book.as_str())
    }
}

/// A plain name that nobody has yet: two organisations whose names look alike stay apart by their short names,
/// which are unique.
fn apart(name: &str, slug: &str, taken: &mut HashSet<String>) -> String {
    let plain = plain(name);
    let slug = plain_slug(slug);
    for candidate in [plain.clone(), format!("{plain} {slug}"), format!("organisation {slug}")] {
        let candidate = candidate.trim().to_owned();
        if !candidate.is_empty() && taken.insert(candidate.to_ascii_lowercase()) {
            return candidate;
        }
    }
    let last = (2_u64..).map(|number| format!("organisation {slug} {number}"));
    last.into_iter().find(|name| taken.insert(name.clone())).unwrap_or_default()
}

fn plain_slug(slug: &str) -> String {
    slug.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_stay_apart() {
        let mut taken = HashSet::from([HIDDEN.to_owned()]);
        let names: Vec<String> = [
            ("Yaal Coop", "yaal-coop"),
            ("Yaàl   coop", "yaal-coop-2"),
            ("others", "others"),
            ("会", "a"),
            ("会", "b"),
            ("\n", ""),
            ("\t", ""),
            ("  ;", ""),
        ]
        .into_iter()
        .map(|(name, slug)| apart(name, slug, &mut taken))
        .collect();
        assert_eq!(
            names,
            [
                "Yaal Coop",
                "Yaal coop yaal-coop-2",
                "others others",
                "a",
                "b",
                "organisation",
                "organisation  2",
                "organisation  3"
            ]
        );
    }
}
