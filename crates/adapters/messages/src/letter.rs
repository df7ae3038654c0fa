//! A mail and the checks that keep foreign text out of its headers.

use std::str::FromStr;
use std::time::SystemTime;

use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use thiserror::Error;

/// Longest name, subject or header value, in bytes.
const LONGEST_LINE: usize = 900;
/// Longest text or HTML body, in bytes.
const LONGEST_BODY: usize = 512 * 1024;
/// Headers that only the fields of [`Mail`] may set.
const RESERVED: [&str; 14] = [
    "from",
    "sender",
    "to",
    "cc",
    "bcc",
    "reply-to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "content-disposition",
    "auto-submitted",
];

/// Why a mail can't be written. None of these is cured by trying again.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum MailError {
    /// The address isn't one.
    #[error("not a mail address")]
    Address,
    /// A name, a subject or a header holds a line break, another control character, or too much.
    #[error("{0} holds a control character or is too long")]
    Line(&'static str),
    /// The message id isn't of the form `left@right`.
    #[error("not a message id")]
    MessageId,
    /// A header that Popote sets itself, or whose name isn't one.
    #[error("this header may not be set")]
    Header,
    /// The body is empty or larger than half a mebibyte.
    #[error("the text is empty or too long")]
    Body,
}

/// A checked address, with the name to show beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailAddress {
    name: Option<String>,
    address: Address,
}

impl MailAddress {
    /// An address alone.
    ///
    /// # Errors
    /// [`MailError::Address`].
    pub fn new(address: &str) -> Result<Self, MailError> {
        if address.len() > 254 || address.chars().any(char::is_control) {
            return Err(MailError::Address);
        }
        let address = Address::from_str(address).map_err(|_| MailError::Address)?;
        Ok(Self { name: None, address })
    }

    /// An address and the name of whoever reads there.
    ///
    /// # Errors
    /// [`MailError::Address`], or [`MailError::Line`] for the name.
    pub fn named(name: &str, address: &str) -> Result<Self, MailError> {
        one_line("the name", name)?;
        let name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
        Ok(Self { name, ..Self::new(address)? })
    }

    /// The address without its name.
    #[must_use]
    pub fn address(&self) -> &str {
        self.address.as_ref()
    }

    fn mailbox(&self) -> Mailbox {
        Mailbox::new(self.name.clone(), self.address.clone())
    }
}

/// One mail to one reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Stable over attempts, without angle brackets: `…@host`, so that a second sending can be seen as one.
    pub message_id: String,
    /// Date of the first attempt.
    pub sent_at: SystemTime,
    /// Who writes.
    pub from: MailAddress,
    /// Who reads.
    pub to: MailAddress,
    /// Where an answer goes, if elsewhere than to `from`.
    pub reply_to: Option<MailAddress>,
    /// One line.
    pub subject: String,
    /// The whole message without markup.
    pub text: String,
    /// The same with markup, if it adds something.
    pub html: Option<String>,
    /// Other headers, such as `List-Unsubscribe` and `In-Reply-To`, in ASCII.
    pub headers: Vec<(String, String)>,
}

impl Mail {
    /// The message as it travels.
    pub(crate) fn to_message(&self) -> Result<Message, MailError> {
        one_line("the subject", &self.subject)?;
        check_message_id(&self.message_id)?;
        for body in [Some(&self.text), self.html.as_ref()].into_iter().flatten() {
            if body.is_empty() || body.len() > LONGEST_BODY {
                return Err(MailError::Body);
            }
        }
        let mut message = Message::builder()
            .message_id(Some(format!("<{}>", self.message_id)))
            .date(self.sent_at)
            .from(self.from.mailbox())
            .to(self.to.mailbox())
            .subject(self.subject.clone())
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ));
        if let Some(reply_to) = &self.reply_to {
            message = message.reply_to(reply_to.mailbox());
        }
        for (name, value) in &self.headers {
            message = message.raw_header(header(name, value)?);
        }
        let text = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(self.text.clone());
        let written = match &self.html {
            None => message.singlepart(text),
            Some(html) => message.multipart(
                MultiPart::alternative()
                    .singlepart(text)
                    .singlepart(SinglePart::builder().header(ContentType::TEXT_HTML).body(html.clone())),
            ),
        };
        written.map_err(|_| MailError::Address)
    }
}

fn one_line(what: &'static str, text: &str) -> Result<(), MailError> {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if text.len() > LONGEST_LINE || text.chars().any(breaks) { Err(MailError::Line(what)) } else { Ok(()) }
}

fn check_message_id(id: &str) -> Result<(), MailError> {
    let visible = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_graphic() && !b"<>@()\"\\,;".contains(&b))
    };
    match id.split_once('@') {
        Some((left, right)) if id.len() <= 250 && visible(left) && visible(right) => Ok(()),
        _ => Err(MailError::MessageId),
    }
}

fn header(name: &str, value: &str) -> Result<HeaderValue, MailError> {
    if RESERVED.contains(&name.to_ascii_lowercase().as_str()) {
        return Err(MailError::Header);
    }
    let plain_name =
        !name.is_empty() && name.len() <= 70 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !plain_name {
        return Err(MailError::Header);
    }
    if !value.is_ascii() {
        return Err(MailError::Line("a header"));
    }
    one_line("a header", value)?;
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|_| MailError::Header)?;
    Ok(HeaderValue::new(name, value.to_owned()))
}

#[cfg(test)]
pub(crate) mod tests {
    use std::time::Duration;

    use super::*;

    pub(crate) fn mail() -> Mail {
        Mail {
            message_id: "0190-appel-3@popote.example".to_owned(),
            sent_at: SystemTime::UNIX_EPOCH + Duration::from_secs(1_763_000_000),
            from: MailAddress::named("Popote, le pot", "popote@popote.example").unwrap(),
            to: MailAddress::named("Camille Éloi", "camille@yaal.example").unwrap(),
            reply_to: None,
            subject: "Il manque 460 € avant dimanche".to_owned(),
            text: "Bonjour Camille,\n.\nÀ bientôt.\n".to_owned(),
            html: None,
            headers: vec![("List-Unsubscribe".to_owned(), "<https://popote.example/u/1>".to_owned())],
        }
    }

    #[test]
    fn the_message_names_its_reader_and_its_thread() {
        let written = String::from_utf8(mail().to_message().unwrap().formatted()).unwrap();
        for line in [
            "Message-ID: <0190-appel-3@popote.example>\r\n",
            " <popote@popote.example>\r\n",
            "<camille@yaal.example>\r\n",
            "List-Unsubscribe: <https://popote.example/u/1>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Date: Thu, 13 Nov 2025",
        ] {
            assert!(written.contains(line), "{line} in {written}");
        }
        assert!(written.is_ascii(), "names, subject and text outside ASCII are encoded");
        let twice = String::from_utf8(mail().to_message().unwrap().formatted()).unwrap();
        assert_eq!(written, twice, "a second attempt sends the same bytes");
    }

    #[test]
    fn html_goes_beside_the_text() {
        let both = Mail { html: Some("<p>Bonjour</p>".to_owned()), ..mail() };
        let written = String::from_utf8(both.to_message().unwrap().formatted()).unwrap();
        assert!(written.contains("multipart/alternative"));
        assert!(written.find("text/plain").unwrap() < written.find("text/html").unwrap());
    }

    #[test]
    fn addresses_that_are_none_are_refused() {
        for text in [
            "",
            "camille",
            "camille@",
            "@yaal.example",
            "a@b\r\nBcc: c@d.example",
            "a b@c.example",
            "Camille <camille@yaal.example>",
            "a@b.example,c@d.example",
        ] {
            assert_eq!(MailAddress::new(text), Err(MailError::Address), "{text}");
        }
        assert!(MailAddress::new("camille+popote@yaal.example").is_ok());
    }

    #[test]
    fn no_line_break_enters_a_header() {
        let name = MailAddress::named("Camille\r\nBcc: tous@pot.example", "camille@yaal.example");
        assert_eq!(name, Err(MailError::Line("the name")));
        for subject in ["a\r\nBcc: x@y.example", "a\nb", "a\0b", "a\u{2028}b", &"x".repeat(1000)] {
            let refused = Mail { subject: subject.to_owned(), ..mail() }.to_message();
            assert_eq!(refused.unwrap_err(), MailError::Line("the subject"), "{subject:?}");
        }
        for id in ["", "sans-arobase", "a@b>\r\nBcc: <c@d", "a b@c", "a@b@c"] {
            let refused = Mail { message_id: id.to_owned(), ..mail() }.to_message();
            assert_eq!(refused.unwrap_err(), MailError::MessageId, "{id:?}");
        }
    }

    #[test]
    fn own_headers_stay_ours() {
        let with = |name: &str, value: &str| {
            Mail { headers: vec![(name.to_owned(), value.to_owned())], ..mail() }.to_message().map(|_| ())
        };
        assert_eq!(with("bcc", "x@y.example"), Err(MailError::Header));
        assert_eq!(with("Content-Type", "text/html"), Err(MailError::Header));
        assert_eq!(with("X: y\r\nBcc", "z"), Err(MailError::Header));
        assert_eq!(with("In-Reply-To", "<a@b>\r\nBcc: c@d"), Err(MailError::Line("a header")));
        assert_eq!(with("In-Reply-To", "<a@b.example>"), Ok(()));
    }

    #[test]
    fn a_body_is_neither_empty_nor_endless() {
        let empty = Mail { text: String::new(), ..mail() }.to_message();
        assert_eq!(empty.unwrap_err(), MailError::Body);
        let endless = Mail { text: "x".repeat(LONGEST_BODY + 1), ..mail() }.to_message();
        assert_eq!(endless.unwrap_err(), MailError::Body);
    }
}
