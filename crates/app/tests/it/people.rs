//! Persons, mandates, roles, sign-in, invitations, imports; the worker.

mod hosts;
mod imports;
mod invitations;
mod jobs;
mod listing;
mod mails;
mod mandates;
mod needs;
mod organisations;
mod profile;
mod roles;
mod sessions;
mod setup;
mod sign_in;
mod spine;
mod standing;
mod tokens;
mod webhooks;

use std::fmt::Debug;

use messages::Mail;
use popote_app::{Failure, sign_in::Entered};
use testkit::World;

/// What was refused.
fn refusal<T: Debug, R: Debug>(result: Result<T, Failure<R>>) -> R {
    match result {
        Err(Failure::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

/// The fields that were refused, each with its rule.
fn fields<T: Debug, R: Debug>(result: Result<T, Failure<R>>) -> Vec<String> {
    match result {
        Err(Failure::Invalid(errors)) => {
            errors.into_iter().map(|error| format!("{} {}", error.field, error.rule)).collect()
        }
        other => panic!("no field is refused: {other:?}"),
    }
}

/// The secret at the end of the first address of a mail that begins so.
fn secret(mail: &Mail, path: &str) -> String {
    let start = format!("https://popote.example{path}");
    let line = mail.text.lines().find_map(|line| line.strip_prefix(&start));
    line.unwrap_or_else(|| panic!("no {start} in {}", mail.text)).to_owned()
}

/// The six digits of a mail.
fn code(mail: &Mail) -> String {
    let digits = |word: &&str| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
    mail.text.split_whitespace().find(digits).unwrap_or_else(|| panic!("no code in {}", mail.text)).to_owned()
}

/// The addresses that mails went to, sorted.
fn readers(mails: &[Mail]) -> Vec<&str> {
    let mut readers: Vec<&str> = mails.iter().map(|mail| mail.to.address()).collect();
    readers.sort_unstable();
    readers
}

/// Signs somebody in by a code.
async fn enter(world: &World, email: &str) -> Entered {
    let context = &world.context;
    let browser = popote_app::sign_in::ask_by_mail(context, email, None, None).await.unwrap();
    let mail = world.post().await.pop().expect("a mail");
    popote_app::sign_in::enter_by_code(context, &code(&mail), Some(browser), "Firefox/1 Linux").await.unwrap()
}
