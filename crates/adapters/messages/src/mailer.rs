//! The three ways out: SMTP, a folder, memory.

use std::net::{IpAddr, Ipv6Addr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lettre::transport::smtp::response::{Category, Code, Detail, Severity};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use thiserror::Error;
use tokio::io::AsyncWriteExt as _;

use crate::letter::{Mail, MailError};

/// How long one exchange with the server may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why a mail setting is refused at the start.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum MailerError {
    /// The address isn't `smtp://`, `smtps://`, `file:` or `memory:`, or it can't be read. It is not repeated
    /// here, since it may hold a password.
    #[error(
        "the mail setting is not an address of the form smtp://user:password@host:port, smtps://… or file:FOLDER"
    )]
    Unreadable,
    /// A password would travel in clear to another machine.
    #[error("this mail setting sends a password without encryption: use smtps:// or add ?tls=required")]
    PasswordInClear,
}

/// Why a mail was not sent.
#[derive(Debug, Error)]
pub enum SendError {
    /// The mail can't be written: trying again changes nothing.
    #[error("the mail can't be written: {0}")]
    Unwritable(#[from] MailError),
    /// The server refused this mail for good (5xx), or the folder is no folder.
    #[error("refused: {0}")]
    Permanent(String),
    /// The server is away, busy or wants another password: try again later.
    #[error("not now: {0}")]
    Temporary(String),
}

impl SendError {
    /// Whether a later attempt may succeed.
    #[must_use]
    pub const fn is_temporary(&self) -> bool {
        matches!(self, Self::Temporary(_))
    }
}

/// Mails kept in memory, oldest first, for tests to read.
#[derive(Debug, Clone, Default)]
pub struct Outbox(Arc<Mutex<Vec<Mail>>>);

impl Outbox {
    /// A copy of what was sent so far.
    #[must_use]
    pub fn mails(&self) -> Vec<Mail> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes what was sent so far and leaves the box empty.
    #[must_use]
    pub fn take(&self) -> Vec<Mail> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Where mails go. Cheap to clone.
#[derive(Debug, Clone)]
pub enum Mailer {
    /// To an SMTP server, over connections that are kept.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// Each mail as an `.eml` file in this folder.
    File(PathBuf),
    /// Into memory.
    Memory(Outbox),
}

impl Mailer {
    /// Reads a setting: `smtp://localhost:25` (no encryption, this machine), `smtp://user:password@host:587?tls=required`
    /// (STARTTLS), `smtps://user:password@host:465`, `file:FOLDER`, `memory:`.
    ///
    /// # Errors
    /// [`MailerError::Unreadable`]; [`MailerError::PasswordInClear`] where a password would leave this machine in clear.
    pub fn from_setting(setting: &str) -> Result<Self, MailerError> {
        if setting == "memory:" {
            return Ok(Self::Memory(Outbox::default()));
        }
        if let Some(folder) = setting.strip_prefix("file:").filter(|folder| !folder.is_empty()) {
            return Ok(Self::File(PathBuf::from(folder)));
        }
        if carries_password_in_clear(setting) {
            return Err(MailerError::PasswordInClear);
        }
        let server =
            AsyncSmtpTransport::<Tokio1Executor>::from_url(setting).map_err(|_| MailerError::Unreadable)?;
        Ok(Self::Smtp(server.timeout(Some(PATIENCE)).build()))
    }

    /// Whether mails can be handed over: the server answers and takes our sign-in, the folder can be written. A
    /// mailer into memory always can.
    ///
    /// # Errors
    /// See [`SendError`].
    pub async fn reach(&self) -> Result<(), SendError> {
        match self {
            Self::Smtp(server) => match server.test_connection().await {
                Ok(true) => Ok(()),
                Ok(false) => {
                    Err(SendError::Temporary("the server does not answer as a mail server".to_owned()))
                }
                Err(error) => Err(SendError::Temporary(error.to_string())),
            },
            Self::File(folder) => make(folder)
                .await
                .map_err(|error| SendError::Permanent(format!("{}: {error}", folder.display()))),
            Self::Memory(_) => Ok(()),
        }
    }

    /// Hands a mail over.
    ///
    /// # Errors
    /// See [`SendError`]; after a temporary one the same mail, with the same message id, may be sent again.
    pub async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        let message = mail.to_message()?;
        match self {
            Self::Smtp(server) => match server.send(message).await {
                Ok(_) => Ok(()),
                Err(error) if error.is_permanent() && !is_about_us(error.status()) => {
                    Err(SendError::Permanent(error.to_string()))
                }
                Err(error) => Err(SendError::Temporary(error.to_string())),
            },
            Self::File(folder) => write(folder, &mail.message_id, &message.formatted()).await,
            Self::Memory(outbox) => {
                outbox.0.lock().unwrap_or_else(PoisonError::into_inner).push(mail.clone());
                Ok(())
            }
        }
    }
}

/// `530`, `534`, `535` and `538` blame our sign-in, not the mail: an admin mends that, and the mail waits.
fn is_about_us(code: Option<Code>) -> bool {
    code.is_some_and(|code| {
        code.severity == Severity::PermanentNegativeCompletion
            && code.category == Category::Unspecified3
            && matches!(code.detail, Detail::Zero | Detail::Four | Detail::Five | Detail::Eight)
    })
}

fn carries_password_in_clear(setting: &str) -> bool {
    let Some(rest) = setting.strip_prefix("smtp://") else { return false };
    let (authority, tail) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let Some((_, host)) = authority.rsplit_once('@') else { return false };
    let encrypted =
        tail.split_once('?').is_some_and(|(_, query)| query.split('&').any(|pair| pair == "tls=required"));
    !encrypted && !is_this_machine(host)
}

fn is_this_machine(host: &str) -> bool {
    if let Some(bracketed) = host.strip_prefix('[') {
        let address = bracketed.split(']').next().unwrap_or_default();
        return address.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback());
    }
    let name = host.split(':').next().unwrap_or_default();
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Sign-in links lie there: only this program's user looks into a folder that it makes.
async fn make(folder: &Path) -> std::io::Result<()> {
    tokio::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).await
}

async fn write(folder: &Path, message_id: &str, bytes: &[u8]) -> Result<(), SendError> {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '@' { c } else { '_' };
    let name: String = message_id.chars().map(plain).collect();
    let (draft, done) = (folder.join(format!("{name}.part")), folder.join(format!("{name}.eml")));
    let written = async {
        make(folder).await?;
        let _ = tokio::fs::remove_file(&draft).await;
        let mut file =
            tokio::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft).await?;
        file.write_all(bytes).await?;
        file.flush().await?;
        // A program that watches the folder never sees half a mail.
        tokio::fs::rename(&draft, &done).await
    };
    written.await.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotADirectory | std::io::ErrorKind::AlreadyExists => {
            SendError::Permanent(error.to_string())
        }
        _ => SendError::Temporary(error.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    use tokio::net::TcpListener;

    use super::*;
    use crate::letter::tests::mail;

    /// An SMTP server for one connection that answers `RCPT` as told and keeps what it was sent.
    async fn sink(rcpt: &'static str) -> (String, tokio::task::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let setting = format!("smtp://{}", listener.local_addr().unwrap());
        let heard = tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let (reader, mut writer) = stream.into_split();
            let mut lines = BufReader::new(reader).lines();
            writer.write_all(b"220 evier ESMTP\r\n").await.unwrap();
            let (mut heard, mut in_data) = (String::new(), false);
            while let Ok(Some(line)) = lines.next_line().await {
                heard.push_str(&line);
                heard.push('\n');
                let answer = match line.split(' ').next().unwrap() {
                    "." if in_data => {
                        in_data = false;
                        "250 pris"
                    }
                    _ if in_data => continue,
                    "EHLO" => "250-evier\r\n250 8BITMIME",
                    "RCPT" => rcpt,
                    "DATA" => {
                        in_data = true;
                        "354 j'ecoute"
                    }
                    "QUIT" => {
                        writer.write_all(b"221 au revoir\r\n").await.unwrap();
                        break;
                    }
                    _ => "250 bien",
                };
                writer.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
            }
            heard
        });
        (setting, heard)
    }

    async fn send_to_sink(rcpt: &'static str) -> (Result<(), SendError>, String) {
        let (setting, heard) = sink(rcpt).await;
        let mailer = Mailer::from_setting(&setting).unwrap();
        let sent = mailer.send(&mail()).await;
        if let Mailer::Smtp(server) = &mailer {
            server.shutdown().await;
        }
        drop(mailer);
        (sent, heard.await.unwrap())
    }

    #[tokio::test]
    async fn a_server_without_password_takes_the_mail() {
        let (sent, heard) = send_to_sink("250 bien").await;
        sent.unwrap();
        assert!(heard.contains("MAIL FROM:<popote@popote.example>"), "{heard}");
        assert!(heard.contains("RCPT TO:<camille@yaal.example>"), "{heard}");
        assert!(heard.contains("Message-ID: <0190-appel-3@popote.example>"), "{heard}");
        assert!(heard.contains("bient"), "a line with a lone dot doesn't end the mail: {heard}");
    }

    #[tokio::test]
    async fn a_busy_server_is_asked_again_and_a_refusal_is_final() {
        let (busy, _) = send_to_sink("450 plus tard").await;
        assert!(busy.unwrap_err().is_temporary());
        let (refused, _) = send_to_sink("550 inconnue").await;
        assert!(!refused.unwrap_err().is_temporary());
        let (sign_in, _) = send_to_sink("535 mot de passe").await;
        assert!(sign_in.unwrap_err().is_temporary());
    }

    #[tokio::test]
    async fn a_server_that_is_away_is_temporary() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let setting = format!("smtp://{}", listener.local_addr().unwrap());
        drop(listener);
        let away = Mailer::from_setting(&setting).unwrap().send(&mail()).await;
        assert!(away.unwrap_err().is_temporary());
    }

    #[tokio::test]
    async fn the_folder_gets_one_file_a_mail() {
        let folder = tempfile::tempdir().unwrap();
        let mailer =
            Mailer::from_setting(&format!("file:{}", folder.path().join("mails").display())).unwrap();
        let sneaky = Mail { message_id: "../../x@y.example".to_owned(), ..mail() };
        for letter in [&mail(), &mail(), &sneaky] {
            mailer.send(letter).await.unwrap();
        }
        let mut names: Vec<_> = std::fs::read_dir(folder.path().join("mails"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, ["0190-appel-3@popote_example.eml", "______x@y_example.eml"]);
    }

    #[tokio::test]
    async fn nobody_else_reads_the_folder_or_a_mail() {
        use std::os::unix::fs::PermissionsExt as _;
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("mails");
        let mailer = Mailer::File(folder.clone());
        mailer.reach().await.unwrap();
        mailer.send(&mail()).await.unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        for entry in std::fs::read_dir(&folder).unwrap() {
            assert_eq!(mode(&entry.unwrap().path()), 0o600);
        }
    }

    #[tokio::test]
    async fn a_file_in_the_place_of_the_folder_is_final() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let refused = Mailer::File(file.path().to_owned()).send(&mail()).await;
        assert!(!refused.unwrap_err().is_temporary());
    }

    #[tokio::test]
    async fn memory_keeps_mails_in_order_and_refuses_bad_ones() {
        let Mailer::Memory(outbox) = Mailer::from_setting("memory:").unwrap() else { panic!("not memory") };
        let mailer = Mailer::Memory(outbox.clone());
        mailer.send(&mail()).await.unwrap();
        let bad = Mail { subject: "a\nb".to_owned(), ..mail() };
        assert!(!mailer.send(&bad).await.unwrap_err().is_temporary());
        assert_eq!(outbox.mails(), [mail()]);
        assert_eq!(outbox.take().len(), 1);
        assert!(outbox.mails().is_empty());
    }

    #[tokio::test]
    async fn settings_are_read_or_refused_without_repeating_them() {
        for good in [
            "smtp://localhost",
            "smtp://camille:secret@127.0.0.1:2525",
            "smtp://camille:secret@[::1]:2525",
            "smtp://camille:secret@mail.example:587?tls=required",
            "smtps://camille:secret@mail.example",
        ] {
            assert!(matches!(Mailer::from_setting(good), Ok(Mailer::Smtp(_))), "{good}");
        }
        for clear in [
            "smtp://camille:secret@mail.example",
            "smtp://camille:secret@mail.example:587?tls=opportunistic",
            "smtp://camille:secret@localhost.mail.example/popote",
        ] {
            assert_eq!(Mailer::from_setting(clear).unwrap_err(), MailerError::PasswordInClear, "{clear}");
        }
        for wrong in ["", "file:", "mail.example", "http://mail.example", "smtp://mail.example?tls=maybe"] {
            let error = Mailer::from_setting(wrong).unwrap_err();
            assert_eq!(error, MailerError::Unreadable, "{wrong}");
        }
    }
}
