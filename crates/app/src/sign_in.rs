//! Signing in by a mail or by a password.
//!
//! A mail carries a link and six digits. The link works only in the browser that asked, which holds a secret in a
//! cookie; the digits only together with that secret. Both once, for fifteen minutes. Whether an address is known
//! changes neither the answer nor what is written.

use domain::{
    ids::PersonId,
    input::FieldRule,
    people::{CODE_TRIES, CODE_TRIES_A_DAY, Email, OPEN_SIGN_INS, SIGN_IN_FOR, SignInRefusal},
};
use identity::{Password, SixDigits, Token, Verdict, same_bytes};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::{
    Command, Tx,
    links::{self, LinkRow},
    people,
    people::PersonRow,
};

use crate::{
    Context, Failure,
    mails::{self, Letter, Post, words_of},
    sessions::{agent_name, begin},
    till::Drawn,
};

const PURPOSE: &str = "sign_in";
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// How much of a typed address is read when signing in by password, in bytes.
const LONGEST_ADDRESS: usize = 1_000;
/// Longest return path kept with a sign-in, in bytes.
const LONGEST_NEXT: usize = 2_000;

/// What a sign-in mail leads to.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Payload {
    /// The path to go to afterwards.
    next: Option<String>,
}

/// Somebody who has just proved who they are.
#[derive(Clone, Debug)]
pub struct Entered {
    /// The secret for the cookie of the session.
    pub token: Token,
    /// Who.
    pub person: PersonId,
    /// Where they wanted to go.
    pub next: Option<String>,
}

/// Asks for a sign-in mail. The answer is the secret for a cookie of the browser that asked, whether the address is
/// known or not. `browser` is the secret that it holds already; `next` a path of this site to go to afterwards.
/// Errors: [`Failure::Invalid`] for what is no address.
pub async fn ask_by_mail(
    ctx: &Context,
    email: &str,
    browser: Option<Token>,
    next: Option<String>,
) -> Result<Token, Failure<SignInRefusal>> {
    let email = Email::parse(email).map_err(|rule| Failure::field("email", rule))?;
    let browser = browser.unwrap_or_else(|| Token::from_bytes(ctx.chance.bytes()));
    let mut digits = [0; 8];
    digits.copy_from_slice(&ctx.chance.bytes()[..8]);
    let code = SixDigits::from_bytes(digits);
    let token = Token::from_bytes(ctx.chance.bytes());
    let next = next.filter(|next| next.len() <= LONGEST_NEXT);
    ctx.db.write(Ask { email, browser: browser.clone(), code, token, next, drawn: Drawn::of(ctx) }).await?;
    ctx.wake_worker();
    Ok(browser)
}

struct Ask {
    email: Email,
    browser: Token,
    code: SixDigits,
    token: Token,
    next: Option<String>,
    drawn: Drawn,
}

impl Command for Ask {
    type Done = ();
    type Error = Failure<SignInRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<SignInRefusal>> {
        let mut drawn = self.drawn.clone();
        let now = drawn.now;
        // Said of every address, whether it is known or not.
        if links::count_open(tx, PURPOSE, self.email.key(), now).await? >= OPEN_SIGN_INS {
            return Err(Failure::Refused(SignInRefusal::TooManyMails));
        }
        let person =
            people::by_email(tx, self.email.key()).await?.filter(|person| person.closed_at.is_none());
        let payload = Payload { next: self.next.clone() };
        let link = LinkRow {
            id: drawn.seed.id(now),
            token_hash: self.token.hash(),
            purpose: PURPOSE.to_owned(),
            subject: person.as_ref().map(|person| person.id.into()),
            email_key: Some(self.email.key().to_owned()),
            payload: serde_json::to_string(&payload).map_err(|error| Failure::Fault(error.to_string()))?,
            browser_hash: Some(self.browser.hash()),
            code_hash: Some(self.code.hash_with(&self.browser)),
            attempts: 0,
            created_at: now,
            expires_at: now.checked_add(SIGN_IN_FOR).ok(),
            used_at: None,
            revoked_at: None,
        };
        links::insert(tx, &link).await?;
        // The mail goes to the address that is stored, never to the spelling that was typed.
        if let Some(person) = person {
            let t = words_of(&person.locale);
            let letter = Letter::about(t.mail_sign_in_subject())
                .say(t.mail_sign_in_open())
                .at(&drawn.settings, &format!("/sign-in/link/{}", self.token.as_str()))
                .say(t.mail_sign_in_code(self.code.as_str()))
                .say(t.mail_sign_in_once());
            let settings = drawn.settings.clone();
            let mut post = Post { seed: &mut drawn.seed, now, settings: &settings };
            mails::send(tx, &mut post, &person, &letter).await?;
        }
        Ok(())
    }
}

/// Signs in by the link of a mail. `browser` is the secret of the cookie of the browser that opened it; `agent` the
/// browser's name for itself. Errors: [`SignInRefusal::Gone`], [`SignInRefusal::OtherBrowser`] (the link stays
/// good where it was asked for).
pub async fn enter_by_link(
    ctx: &Context,
    token: &str,
    browser: Option<Token>,
    agent: &str,
) -> Result<Entered, Failure<SignInRefusal>> {
    let proof = Proof::Link(Token::parse(token).ok_or(Failure::Refused(SignInRefusal::Gone))?);
    enter(ctx, proof, browser, agent).await
}

/// Signs in by the six digits of a mail, typed in the browser that asked. Errors: [`SignInRefusal::Gone`] without a
/// mail under way, [`SignInRefusal::WrongCode`], [`SignInRefusal::TooManyCodes`]; [`Failure::Invalid`] for what
/// isn't six digits, which counts as no try.
pub async fn enter_by_code(
    ctx: &Context,
    code: &str,
    browser: Option<Token>,
    agent: &str,
) -> Result<Entered, Failure<SignInRefusal>> {
    let code = SixDigits::parse(code).ok_or_else(|| Failure::field("code", FieldRule::Unknown))?;
    enter(ctx, Proof::Code(code), browser, agent).await
}

async fn enter(
    ctx: &Context,
    proof: Proof,
    browser: Option<Token>,
    agent: &str,
) -> Result<Entered, Failure<SignInRefusal>> {
    let session = Token::from_bytes(ctx.chance.bytes());
    let command =
        Enter { proof, browser, session: session.clone(), agent: agent_name(agent), now: ctx.now() };
    let (person, next) = ctx.db.write(command).await?.map_err(Failure::Refused)?;
    Ok(Entered { token: session, person, next })
}

enum Proof {
    Link(Token),
    Code(SixDigits),
}

struct Enter {
    proof: Proof,
    browser: Option<Token>,
    session: Token,
    agent: String,
    now: Timestamp,
}

impl Enter {
    /// The link that the proof stands for, locked; a wrong code is counted, which the refusal must not undo.
    async fn link(&self, tx: &mut Tx) -> Result<Result<LinkRow, SignInRefusal>, Failure<SignInRefusal>> {
        let link = match (&self.proof, &self.browser) {
            (Proof::Link(token), _) => links::lock_by_token(tx, PURPOSE, &token.hash()).await?,
            (Proof::Code(_), Some(browser)) => links::lock_by_browser(tx, PURPOSE, &browser.hash()).await?,
            (Proof::Code(_), None) => None,
        };
        let Some(link) = link.filter(|link| link.is_open(self.now)) else {
            return Ok(Err(SignInRefusal::Gone));
        };
        match (&self.proof, &self.browser) {
            (Proof::Link(_), browser) => {
                let here = browser.as_ref().map(Token::hash);
                let same = link.browser_hash.zip(here).is_some_and(|(one, other)| same_bytes(&one, &other));
                Ok(if same { Ok(link) } else { Err(SignInRefusal::OtherBrowser) })
            }
            (Proof::Code(code), Some(browser)) => self.check_code(tx, link, code, browser).await,
            (Proof::Code(_), None) => Ok(Err(SignInRefusal::Gone)),
        }
    }

    async fn check_code(
        &self,
        tx: &mut Tx,
        link: LinkRow,
        code: &SixDigits,
        browser: &Token,
    ) -> Result<Result<LinkRow, SignInRefusal>, Failure<SignInRefusal>> {
        let key = link.email_key.clone().unwrap_or_default();
        let since = self.now.checked_sub(DAY).unwrap_or(Timestamp::MIN);
        let today = links::attempts_since(tx, PURPOSE, &key, since).await?;
        if link.attempts >= CODE_TRIES || today >= CODE_TRIES_A_DAY {
            return Ok(Err(SignInRefusal::TooManyCodes));
        }
        let right = link.code_hash.is_some_and(|hash| same_bytes(&hash, &code.hash_with(browser)));
        if right {
            return Ok(Ok(link));
        }
        links::count_attempt(tx, link.id).await?;
        Ok(Err(SignInRefusal::WrongCode { left: CODE_TRIES - link.attempts - 1 }))
    }
}

impl Command for Enter {
    /// A refusal is an answer here: the count of wrong codes is written with it.
    type Done = Result<(PersonId, Option<String>), SignInRefusal>;
    type Error = Failure<SignInRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Done, Failure<SignInRefusal>> {
        let link = match self.link(tx).await? {
            Ok(link) => link,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Some(person) = link.subject.map(PersonId) else { return Ok(Err(SignInRefusal::Gone)) };
        let open = people::get(tx, person).await?.is_some_and(|person| person.closed_at.is_none());
        if !open || !links::use_once(tx, link.id, self.now).await? {
            return Ok(Err(SignInRefusal::Gone));
        }
        // Whoever got in needs none of the other mails that are under way.
        if let Some(key) = &link.email_key {
            links::revoke_for(tx, PURPOSE, key, self.now).await?;
        }
        begin(tx, person, &self.session, &self.agent, self.now).await?;
        let payload: Payload = serde_json::from_str(&link.payload).unwrap_or_default();
        Ok(Ok((person, payload.next)))
    }
}

/// Signs in by password. Errors: [`SignInRefusal::WrongPassword`], the same for an unknown address, one without a
/// password and a wrong password, after the same time.
pub async fn enter_by_password(
    ctx: &Context,
    email: &str,
    password: &str,
    agent: &str,
) -> Result<Entered, Failure<SignInRefusal>> {
    let wrong = || Failure::Refused(SignInRefusal::WrongPassword);
    let password = Password::attempt(password).map_err(|_| wrong())?;
    let mut tx = ctx.db.read().await?;
    // What is no address is nobody's: it takes the same way.
    let key = if email.len() <= LONGEST_ADDRESS { Email::key_of(email) } else { String::new() };
    let person = people::by_email(&mut tx, &key).await?;
    drop(tx);
    let person = person.filter(|person| person.closed_at.is_none());
    let stored = person.as_ref().and_then(|person| person.password_hash.clone());
    let verdict = ctx.passwords.verify(password.clone(), stored.clone()).await;
    let verdict = verdict.map_err(|error| Failure::Fault(error.to_string()))?;
    let (Some(person), Some(stored)) = (person, stored) else { return Err(wrong()) };
    let rehashed = match verdict {
        Verdict::Wrong => return Err(wrong()),
        Verdict::Right => None,
        Verdict::RightButOld => Some(hash(ctx, password).await?),
    };
    let session = Token::from_bytes(ctx.chance.bytes());
    let command = EnterByPassword {
        person: person.id,
        stored,
        rehashed,
        session: session.clone(),
        agent: agent_name(agent),
        now: ctx.now(),
    };
    ctx.db.write(command).await?;
    Ok(Entered { token: session, person: person.id, next: None })
}

/// Hashes a password with a new salt. Errors: faults.
pub(crate) async fn hash<R: std::fmt::Debug>(
    ctx: &Context,
    password: Password,
) -> Result<String, Failure<R>> {
    let mut salt = [0; 16];
    salt.copy_from_slice(&ctx.chance.bytes()[..16]);
    ctx.passwords.hash(password, salt).await.map_err(|error| Failure::Fault(error.to_string()))
}

struct EnterByPassword {
    person: PersonId,
    /// The hash that was checked: whoever changed the password meanwhile has closed this door.
    stored: String,
    rehashed: Option<String>,
    session: Token,
    agent: String,
    now: Timestamp,
}

impl Command for EnterByPassword {
    type Done = ();
    type Error = Failure<SignInRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<SignInRefusal>> {
        let person = people::lock(tx, self.person).await?;
        let same = person.is_some_and(|person: PersonRow| {
            person.closed_at.is_none() && person.password_hash.as_deref() == Some(&self.stored)
        });
        if !same {
            return Err(Failure::Refused(SignInRefusal::WrongPassword));
        }
        if let Some(hash) = &self.rehashed {
            people::rehash_password(tx, self.person, &self.stored, hash).await?;
        }
        begin(tx, self.person, &self.session, &self.agent, self.now).await?;
        Ok(())
    }
}
