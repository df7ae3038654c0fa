//! What can be wrong with something that a person entered, field by field. `words` says it in their language.

use thiserror::Error;

/// The rule that a field breaks.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FieldRule {
    /// Nothing was entered.
    #[error("is missing")]
    Missing,
    /// Longer than so many characters.
    #[error("is longer than {0} characters")]
    TooLong(usize),
    /// Shorter than so many characters.
    #[error("is shorter than {0} characters")]
    TooShort(usize),
    /// Not an amount of money.
    #[error("is not an amount")]
    NotAnAmount,
    /// `1.234` or `1,234`: thousands or decimals?
    #[error("can be read in two ways")]
    AmbiguousAmount,
    /// More decimals than the currency has.
    #[error("has more than {0} decimals")]
    TooManyDecimals(u8),
    /// Below zero, or zero where something is asked.
    #[error("is not above zero")]
    NotPositive,
    /// Above what may be entered.
    #[error("is too large")]
    TooLarge,
    /// Another currency than the pot's.
    #[error("is in another currency than {0}")]
    OtherCurrency(String),
    /// A maximum below its minimum.
    #[error("is below the minimum")]
    BelowMinimum,
    /// Not a date.
    #[error("is not a date")]
    NotADate,
    /// A date in the past.
    #[error("is in the past")]
    InThePast,
    /// A date in the future.
    #[error("is in the future")]
    InTheFuture,
    /// A date later than allowed.
    #[error("is after {0}")]
    After(jiff::civil::Date),
    /// A date earlier than allowed.
    #[error("is before {0}")]
    Before(jiff::civil::Date),
    /// Not an e-mail address.
    #[error("is not an e-mail address")]
    NotAnEmail,
    /// Not a web address of http or https.
    #[error("is not a web address")]
    NotAUrl,
    /// Not one of the choices.
    #[error("is not one of the choices")]
    NotAChoice,
    /// Already taken.
    #[error("is already taken")]
    Taken,
    /// The name of a member, however it is spelled.
    #[error("is the name of a member")]
    NameOfMember,
    /// The name of an organisation that left, however it is spelled.
    #[error("is the name of an organisation that left")]
    NameOfPast,
    /// The name of a member of another collective of which the organisation is one too.
    #[error("is the name of a member of another of its collectives")]
    NameElsewhere,
    /// A name that reads as a web address.
    #[error("reads as a web address")]
    NamesAnAddress,
    /// Not an IBAN.
    #[error("is not an IBAN")]
    NotAnIban,
    /// Not the head of a journal: 64 hexadecimal digits.
    #[error("is not a head of 64 hexadecimal digits")]
    NotAHead,
    /// A head that the journal lacks, of which the book and the number aren't said.
    #[error("is in no journal here: book and number are needed")]
    HeadUnknown,
    /// Not a SIREN: nine digits, of which the last checks the others.
    #[error("is not a SIREN")]
    NotASiren,
    /// Unknown here.
    #[error("is unknown")]
    Unknown,
    /// A file of a type that is not accepted.
    #[error("is a file of a type that is not accepted")]
    FileType,
    /// A file larger than so many bytes.
    #[error("is larger than {0} bytes")]
    FileTooLarge(u64),
    /// A file that is not taken as a picture.
    #[error(transparent)]
    Picture(#[from] crate::pictures::Unfit),
    /// A whole number outside its bounds: the least, the most.
    #[error("is not between {0} and {1}")]
    NotBetween(i64, i64),
    /// A time zone that would move what is dated already.
    #[error("would move open deadlines")]
    MovesDeadlines,
    /// A software whose team wants no funded requests.
    #[error("is a software whose team wants no funded requests")]
    OptedOut,
    /// An address to which no webhook goes: not https, another port than the usual one, or a machine within.
    #[error("is not an https address of the Internet on the usual port")]
    NotOutside,
    /// The parts don't add up: what they make, what is asked, in minor units.
    #[error("makes {0}, not {1}")]
    SumDiffers(i64, i64),
    /// A list or a table in a file where a text is asked.
    #[error("is not a text")]
    NotText,
}

/// A field with the rule that it breaks. Fields of a list are named `lines.2.minimum`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Name of the field, as in the form and the API.
    pub field: String,
    /// The rule.
    pub rule: FieldRule,
}

impl FieldError {
    /// A field with the rule that it breaks.
    #[must_use]
    pub fn new(field: impl Into<String>, rule: FieldRule) -> Self {
        Self { field: field.into(), rule }
    }
}
