//! The sign-in links that `popote demo` prints, one a role: good for as long as the process lives, on this machine only.

use domain::{ids::PersonId, people::SignInRefusal};
use identity::Token;
use jiff::Timestamp;
use store::{
    Command, Tx,
    links::{self, LinkRow},
    people,
};

use crate::{
    context::Context,
    error::Failure,
    sessions::{agent_name, begin},
    sign_in::Entered,
    till::Drawn,
};

const PURPOSE: &str = "demo";

/// An address that signs a person in, by a page with a button. Errors: faults; and where this is no demo.
pub async fn print(ctx: &Context, person: PersonId) -> Result<String, Failure<SignInRefusal>> {
    if !ctx.settings.demo {
        return Err(Failure::NotFound);
    }
    let token = Token::from_bytes(ctx.chance.bytes());
    let address = format!("{}/demo/{}", ctx.settings.public_url, token.as_str());
    ctx.db.write(Print { token, person, drawn: Drawn::of(ctx) }).await?;
    Ok(address)
}

/// Who a link signs in, by their name. Errors: [`Failure::NotFound`] where this is no demo or there is no such link.
pub async fn look(ctx: &Context, token: &str) -> Result<String, Failure<SignInRefusal>> {
    let token = Token::parse(token).filter(|_| ctx.settings.demo).ok_or(Failure::NotFound)?;
    let mut tx = ctx.db.read().await?;
    let link = links::by_token(&mut tx, PURPOSE, &token.hash()).await?.ok_or(Failure::NotFound)?;
    let person = link.subject.map(PersonId).ok_or(Failure::NotFound)?;
    Ok(people::get(&mut tx, person).await?.ok_or(Failure::NotFound)?.name)
}

/// Signs a person in by a link. Errors: as [`look`].
pub async fn enter(ctx: &Context, token: &str, agent: &str) -> Result<Entered, Failure<SignInRefusal>> {
    let link = Token::parse(token).filter(|_| ctx.settings.demo).ok_or(Failure::NotFound)?;
    let session = Token::from_bytes(ctx.chance.bytes());
    let command = Enter { link, session: session.clone(), agent: agent_name(agent), now: ctx.now() };
    let person = ctx.db.write(command).await?;
    Ok(Entered { token: session, person, next: None })
}

struct Print {
    token: Token,
    person: PersonId,
    drawn: Drawn,
}

impl Command for Print {
    type Done = ();
    type Error = Failure<SignInRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<(), Failure<SignInRefusal>> {
        let mut seed = self.drawn.seed.clone();
        let link = LinkRow {
            id: seed.id(self.drawn.now),
            token_hash: self.token.hash(),
            purpose: PURPOSE.to_owned(),
            subject: Some(self.person.0),
            email_key: None,
            payload: "{}".to_owned(),
            browser_hash: None,
            code_hash: None,
            attempts: 0,
            created_at: self.drawn.now,
            expires_at: None,
            used_at: None,
            revoked_at: None,
        };
        Ok(links::insert(tx, &link).await?)
    }
}

struct Enter {
    link: Token,
    session: Token,
    agent: String,
    now: Timestamp,
}

impl Command for Enter {
    type Done = PersonId;
    type Error = Failure<SignInRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<PersonId, Failure<SignInRefusal>> {
        let link = links::by_token(tx, PURPOSE, &self.link.hash()).await?.ok_or(Failure::NotFound)?;
        let person = link.subject.map(PersonId).ok_or(Failure::NotFound)?;
        begin(tx, person, &self.session, &self.agent, self.now).await?;
        Ok(person)
    }
}
