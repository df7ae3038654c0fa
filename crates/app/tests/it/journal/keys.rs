//! Keys of requests: each belongs to its pot, its actor and its channel.

use domain::ids::PersonId;
use popote_app::{
    Acting, Channel, Failure, Never,
    idempotency::{Keyed, LONGEST_KEY, remember, replayed},
};
use store::{Command, Tx};
use testkit::{Grown, World, on_both};

use super::town;

/// Asks for the answer under a key and, without one, keeps `answer`; what was answered.
struct Ask {
    pot: domain::ids::PotId,
    keyed: Option<Keyed>,
    answer: u32,
    at: jiff::Timestamp,
}

impl Command for Ask {
    type Done = u32;
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<u32, Failure<Never>> {
        if let Some(answer) = replayed(tx, self.pot, self.keyed.as_ref()).await? {
            return Ok(answer);
        }
        remember(tx, self.pot, self.keyed.as_ref(), self.at, &self.answer).await?;
        Ok(self.answer)
    }
}

async fn ask(
    world: &World,
    town: &Grown,
    acting: &Acting,
    request: &str,
    answer: u32,
) -> Result<u32, Failure<Never>> {
    let keyed = Keyed::of(&world.context, acting, &request).await?;
    world.context.db.write(Ask { pot: town.pot, keyed, answer, at: world.now() }).await
}

fn by(person: PersonId, channel: Channel, key: &str) -> Acting {
    Acting { channel, key: Some(key.to_owned()), ..Acting::by_form(person, None) }
}

async fn a_key_gives_its_first_answer_to_its_actor_on_its_channel_alone(world: World) {
    let town = town(&world).await;
    let other_pot = world.collective(domain::rules::Template::Informal, &["Ailleurs"]).await;
    let (one, two) = (town.member(0).person, town.member(1).person);
    let asked = |acting: Acting, request: &'static str, answer| {
        let (world, town) = (world.clone(), town.clone());
        async move { ask(&world, &town, &acting, request, answer).await }
    };
    assert_eq!(asked(by(one, Channel::Form, "k"), "put 5", 1).await.unwrap(), 1);
    assert_eq!(asked(by(one, Channel::Form, "k"), "put 5", 2).await.unwrap(), 1, "the first answer again");
    let reused = asked(by(one, Channel::Form, "k"), "put 6", 3).await;
    assert!(matches!(reused, Err(Failure::KeyReused)), "{reused:?}");
    assert_eq!(asked(by(two, Channel::Form, "k"), "put 6", 4).await.unwrap(), 4, "another actor");
    assert_eq!(asked(by(one, Channel::Api, "k"), "put 6", 5).await.unwrap(), 5, "another channel");
    assert_eq!(
        asked(by(one, Channel::Job, "k"), "put 6", 6).await.unwrap(),
        6,
        "nobody reaches the jobs' keys"
    );
    let elsewhere = ask(&world, &other_pot, &by(one, Channel::Form, "k"), "put 6", 7).await;
    assert_eq!(elsewhere.unwrap(), 7, "another pot");
    assert_eq!(
        asked(Acting { key: None, ..by(one, Channel::Form, "") }, "put 5", 8).await.unwrap(),
        8,
        "no key"
    );
}

async fn the_request_is_kept_as_a_keyed_hash_alone(world: World) {
    let town = town(&world).await;
    ask(&world, &town, &by(town.member(0).person, Channel::Form, "k"), "ARN gives 5", 1).await.unwrap();
    let (pot, actor) = (town.pot, format!("person:{}", town.member(0).person));
    let kept =
        store::idempotency::find(&mut world.read().await, pot, &actor, "form", "k").await.unwrap().unwrap();
    let bare = domain::chain::digest(&[serde_json::to_string("ARN gives 5").unwrap().as_bytes()]);
    assert_ne!(kept.request_hash, bare, "a guess can't be checked without the instance's secret");
    assert_eq!(kept.answer, "1");
}

async fn a_key_has_a_length(world: World) {
    let town = town(&world).await;
    for key in [String::new(), "k".repeat(LONGEST_KEY + 1)] {
        let refused = ask(&world, &town, &by(town.member(0).person, Channel::Form, &key), "put 5", 1).await;
        assert!(matches!(refused, Err(Failure::Invalid(_))), "{refused:?}");
    }
}

on_both![
    a_key_gives_its_first_answer_to_its_actor_on_its_channel_alone,
    the_request_is_kept_as_a_keyed_hash_alone,
    a_key_has_a_length,
];
