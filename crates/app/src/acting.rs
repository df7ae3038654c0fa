//! Who acts, for whom, and by which way a request came.

use domain::ids::{OrganisationId, PersonId, TokenId};

/// The way by which a request came. Idempotency keys of one channel can't be written by another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// The JSON API, by a token.
    Api,
    /// A page.
    Form,
    /// The instance's own work: deadlines, imports, the command line.
    Job,
}

impl Channel {
    /// The name in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Form => "form",
            Self::Job => "job",
        }
    }
}

/// Who asks for an act. What they may do is read again in the transaction that writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acting {
    /// Who.
    pub person: PersonId,
    /// The organisation acted for, as chosen by the person.
    pub organisation: Option<OrganisationId>,
    /// By which way.
    pub channel: Channel,
    /// The key of this request, so that sending it again does it once.
    pub key: Option<String>,
    /// The token by which a program acts. It is read again, with what its holder may, in the transaction that writes.
    pub token: Option<TokenId>,
}

impl Acting {
    /// Somebody on a page, for an organisation or for none.
    #[must_use]
    pub const fn by_form(person: PersonId, organisation: Option<OrganisationId>) -> Self {
        Self { person, organisation, channel: Channel::Form, key: None, token: None }
    }

    /// A program, by a token of the organisation.
    #[must_use]
    pub const fn by_token(person: PersonId, organisation: OrganisationId, token: TokenId) -> Self {
        let organisation = Some(organisation);
        Self { person, organisation, channel: Channel::Api, key: None, token: Some(token) }
    }

    /// The same with the key of the request.
    #[must_use]
    pub fn with_key(self, key: impl Into<String>) -> Self {
        Self { key: Some(key.into()), ..self }
    }
}
