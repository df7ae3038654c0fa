//! Searching: the same on both databases as in memory, kept to those who may, up to date.

use domain::ids::CollectiveId;
use domain::rules::Template;
use domain::search::{Kind, Shelf, Text, Visibility, labelled};
use popote_app::search::{Asked, Eyes, find, similar};
use store::search::{Document, index, remove};
use testkit::{World, on_both};
use uuid::Uuid;

/// Numbers that look as if they were drawn, the same in each run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }
}

/// A corpus of the labelled needs and of mixtures of their words.
fn corpus() -> Vec<(Uuid, Text)> {
    let pairs = labelled();
    let all: String = pairs.iter().map(|pair| format!("{} {} ", pair.there.title, pair.there.body)).collect();
    let words: Vec<&str> = all.split_whitespace().collect();
    let mut draw = Draw(3);
    let mut said =
        |count: usize| (0..count).map(|_| words[draw.below(words.len())]).collect::<Vec<_>>().join(" ");
    let mut texts: Vec<Text> = pairs.iter().map(|pair| pair.there.clone()).collect();
    for at in 0..500 {
        let software = pairs[at % pairs.len()].there.software.clone();
        texts.push(Text { title: said(5), body: said(3 + at % 40), software, links: Vec::new() });
    }
    (1..).map(Uuid::from_u128).zip(texts).collect()
}

fn document(collective: CollectiveId, id: Uuid, text: Text, now: jiff::Timestamp) -> Document {
    Document {
        scope: Some(collective),
        subject: id,
        kind: Kind::Need,
        visibility: Visibility::Public,
        collective: Some(collective),
        parent: None,
        number: 1,
        slug: String::new(),
        text,
        at: now,
    }
}

async fn put(world: &World, documents: Vec<Document>) {
    world
        .sql(move |tx| {
            let documents = documents.clone();
            Box::pin(async move { index(tx, &documents).await })
        })
        .await;
}

async fn found(world: &World, collective: CollectiveId, eyes: Eyes, typed: &str) -> Vec<Uuid> {
    let asked = Asked { typed: typed.to_owned(), kind: None, page: 0 };
    let found = find(&mut world.read().await, Some(collective), eyes, &asked).await.unwrap();
    found.hits.into_iter().map(|hit| hit.row.subject).collect()
}

async fn the_first_ten_are_those_that_memory_finds(world: World) {
    let town = world.collective(Template::Informal, &["ARN"]).await;
    let mut shelf = Shelf::default();
    let mut documents = Vec::new();
    for (id, text) in corpus() {
        shelf.put(id, text.clone());
        documents.push(document(town.id, id, text, world.now()));
    }
    put(&world, documents).await;
    let pairs = labelled();
    let mut typed: Vec<String> =
        ["nextcloud", "salon invité", "calandrier", "sauvegard", "the users", "pdf 2fa"]
            .map(str::to_owned)
            .into();
    typed.extend(pairs.iter().map(|pair| pair.draft.title.clone()));
    for typed in typed {
        let here = found(&world, town.id, Eyes::Strangers, &typed).await;
        let there: Vec<Uuid> = shelf.find(&typed).into_iter().map(|read| read.subject).collect();
        assert_eq!(&here[..here.len().min(10)], &there[..there.len().min(10)], "{typed}");
    }
    for pair in &pairs {
        let mut tx = world.read().await;
        let here = similar(&mut tx, town.id, Eyes::Members, &pair.draft, None).await.unwrap();
        let here: Vec<Uuid> = here.iter().map(|one| one.like.subject).collect();
        let there: Vec<Uuid> =
            shelf.like(&pair.draft).iter().map(|one| one.subject).take(here.len()).collect();
        assert_eq!(here, there, "{}", pair.draft.title);
    }
}

async fn nobody_finds_what_they_may_not_read(world: World) {
    let town = world.collective(Template::Informal, &["ARN"]).await;
    let text = |title: &str| Text { title: title.to_owned(), ..Text::default() };
    let one = |id, title| document(town.id, Uuid::from_u128(id), text(title), world.now());
    let hidden = Document { visibility: Visibility::Members, ..one(1, "Girafe secrète") };
    let elsewhere = Document { scope: None, ..one(2, "Girafe ailleurs") };
    let parent = one(3, "Girafe publique");
    let comment = Document {
        kind: Kind::Comment,
        parent: Some(parent.subject),
        text: Text { body: "Une girafe commentée".to_owned(), ..Text::default() },
        ..one(4, "")
    };
    put(&world, vec![hidden, elsewhere, parent, comment]).await;
    let ids = |list: &[u128]| list.iter().map(|id| Uuid::from_u128(*id)).collect::<Vec<_>>();
    let sorted = |mut list: Vec<Uuid>| {
        list.sort();
        list
    };
    let collective = town.id;
    assert_eq!(sorted(found(&world, collective, Eyes::Strangers, "girafe").await), ids(&[3, 4]));
    assert_eq!(sorted(found(&world, collective, Eyes::Members, "girafes").await), ids(&[1, 3, 4]));
    assert_eq!(found(&world, collective, Eyes::Strangers, "secrète").await, ids(&[]));
    world.sql(|tx| Box::pin(async move { remove(tx, Uuid::from_u128(3)).await })).await;
    assert_eq!(found(&world, collective, Eyes::Strangers, "girafe").await, ids(&[]), "nor comments on it");
}

async fn what_is_written_anew_is_found_as_it_reads_now(world: World) {
    let town = world.collective(Template::Informal, &["ARN"]).await;
    let write = async |title: &str| {
        let text = Text { title: title.to_owned(), ..Text::default() };
        put(&world, vec![document(town.id, Uuid::from_u128(1), text, world.now())]).await;
    };
    write("Un kangourou boiteux").await;
    write("Un kangourou agile").await;
    let collective = town.id;
    assert_eq!(found(&world, collective, Eyes::Strangers, "boiteux").await.len(), 0);
    assert_eq!(found(&world, collective, Eyes::Strangers, "agiles").await.len(), 1);
    assert_eq!(found(&world, collective, Eyes::Strangers, "kangourous").await.len(), 1);
}

on_both![
    the_first_ten_are_those_that_memory_finds,
    nobody_finds_what_they_may_not_read,
    what_is_written_anew_is_found_as_it_reads_now,
];
