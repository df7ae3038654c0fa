//! The same request sent twice does its work once.
//!
//! A key belongs to a pot, an actor and a channel, so that nobody can use up another's. The request is remembered as a
//! keyed HMAC, never in clear: it may hold a name or an amount.

use domain::{ids::PotId, input::FieldRule};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use sha2::Sha256;
use store::{Command, Tx};

use crate::{
    acting::{Acting, Channel},
    context::Context,
    error::{Failure, Never},
};

const KEY_NAME: &str = "request_hmac_key";
/// The longest key of a request, in bytes.
pub const LONGEST_KEY: usize = 200;

/// A request with its key.
#[derive(Clone, Debug)]
pub struct Keyed {
    actor: String,
    channel: Channel,
    key: String,
    request_hash: [u8; 32],
}

impl Keyed {
    /// The key that an actor gave to a request, if any. Errors: the database failed, the key is empty, or longer than
    /// [`LONGEST_KEY`].
    pub async fn of<R: std::fmt::Debug>(
        context: &Context,
        acting: &Acting,
        request: &impl Serialize,
    ) -> Result<Option<Self>, Failure<R>> {
        let Some(key) = acting.key.clone() else { return Ok(None) };
        if key.is_empty() {
            return Err(Failure::field("key", FieldRule::Missing));
        }
        if key.len() > LONGEST_KEY {
            return Err(Failure::field("key", FieldRule::TooLong(LONGEST_KEY)));
        }
        let secret = secret(context).await.map_err(|failure| failure.map(|never| match never {}))?;
        let text = serde_json::to_vec(request).map_err(|error| Failure::Fault(error.to_string()))?;
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&secret).map_err(|error| Failure::Fault(error.to_string()))?;
        mac.update(&text);
        Ok(Some(Self {
            actor: format!("person:{}", acting.person),
            channel: acting.channel,
            key,
            request_hash: mac.finalize().into_bytes().into(),
        }))
    }
}

/// What was answered to this request before, if it came before. Errors: [`Failure::KeyReused`] if the key came with
/// another request.
pub async fn replayed<T: DeserializeOwned, R: std::fmt::Debug>(
    tx: &mut Tx,
    pot: PotId,
    keyed: Option<&Keyed>,
) -> Result<Option<T>, Failure<R>> {
    let Some(keyed) = keyed else { return Ok(None) };
    let found = store::idempotency::find(tx, pot, &keyed.actor, keyed.channel.as_str(), &keyed.key).await?;
    match found {
        None => Ok(None),
        Some(answered) if answered.request_hash == keyed.request_hash => {
            serde_json::from_str(&answered.answer)
                .map(Some)
                .map_err(|error| Failure::Fault(error.to_string()))
        }
        Some(_) => Err(Failure::KeyReused),
    }
}

/// What was answered under the key of a request, whatever was asked; nothing without a key or an answer.
pub async fn answered(
    context: &Context,
    pot: PotId,
    acting: &Acting,
) -> Result<Option<serde_json::Value>, Failure<Never>> {
    let Some(key) = &acting.key else { return Ok(None) };
    let mut tx = context.db.read().await?;
    let actor = format!("person:{}", acting.person);
    let found = store::idempotency::find(&mut tx, pot, &actor, acting.channel.as_str(), key).await?;
    Ok(found.and_then(|found| serde_json::from_str(&found.answer).ok()))
}

/// Keeps the answer to a request that succeeded, in its transaction.
pub async fn remember<R: std::fmt::Debug>(
    tx: &mut Tx,
    pot: PotId,
    keyed: Option<&Keyed>,
    now: Timestamp,
    answer: &(impl Serialize + Sync),
) -> Result<(), Failure<R>> {
    let Some(keyed) = keyed else { return Ok(()) };
    let text = serde_json::to_string(answer).map_err(|error| Failure::Fault(error.to_string()))?;
    let (channel, hash) = (keyed.channel.as_str(), &keyed.request_hash);
    store::idempotency::insert(tx, pot, &keyed.actor, channel, &keyed.key, hash, &text, now).await?;
    Ok(())
}

/// The instance's secret for hashes of requests, made at its first use and kept for as long as the process lives.
async fn secret(context: &Context) -> Result<[u8; 32], Failure<Never>> {
    if let Some(secret) = context.request_secret.get() {
        return Ok(*secret);
    }
    let text = context.db.write(MakeSecret { candidate: hex::encode(context.chance.bytes()) }).await?;
    let mut secret = [0; 32];
    hex::decode_to_slice(text.trim(), &mut secret).map_err(|error| Failure::Fault(error.to_string()))?;
    Ok(*context.request_secret.get_or_init(|| secret))
}

struct MakeSecret {
    candidate: String,
}

impl Command for MakeSecret {
    type Done = String;
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<String, Failure<Never>> {
        store::instance::insert(tx, KEY_NAME, &self.candidate).await?;
        Ok(store::instance::get(tx, KEY_NAME).await?.unwrap_or_else(|| self.candidate.clone()))
    }
}
