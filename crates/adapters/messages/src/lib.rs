//! Mails: written once, then handed to an SMTP server, to a folder or, in tests, to memory.

mod letter;
mod mailer;

pub use letter::{Mail, MailAddress, MailError};
pub use mailer::{Mailer, MailerError, Outbox, SendError};
