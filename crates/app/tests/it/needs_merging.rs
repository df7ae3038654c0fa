//! Two needs that are the same become one, and two again.

use domain::merging::MergeRefusal;
use domain::needs::{Helps, NeedState, NeedText, SupportText};
use domain::rules::Template;
use jiff::SignedDuration;
use popote_app::Failure;
use popote_app::needs::merging::{Answer, Pair, answer, propose};
use popote_app::needs::{NewNeed, Which, edit, say_needed, text_of, write};
use store::needs::NeedRow;
use testkit::{Grown, World, on_both};

fn said(strength: i64, words: &str) -> SupportText {
    SupportText { strength, users: None, words: words.to_owned(), amount: None, help: Helps::default() }
}

fn text(title: &str, link: &str) -> NeedText {
    NeedText {
        title: title.to_owned(),
        why: "Parce que.".to_owned(),
        software: "Element".to_owned(),
        discussion_url: String::new(),
        links: vec![link.to_owned()],
    }
}

/// Two needs: the first member wrote the first, the second the second; the third needs both.
async fn two(world: &World) -> Grown {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    for (place, title) in [(0, "Inviter sans compte"), (1, "Guests in rooms")] {
        let link = format!("https://example.org/a/issues/{place}");
        let new = NewNeed { text: text(title, &link), support: said(3, "") };
        write(&world.context, town.member(place).acting(), town.id, new).await.unwrap();
        let which = Which { collective: town.id, number: place as i64 + 1 };
        let strength = if place == 0 { 5 } else { 2 };
        let words = format!("{strength} étoiles");
        say_needed(&world.context, town.member(2).acting(), which, said(strength, &words)).await.unwrap();
    }
    town
}

async fn need(world: &World, town: &Grown, number: i64) -> NeedRow {
    store::needs::by_number(&mut world.read().await, town.id, number).await.unwrap().unwrap()
}

const fn pair(town: &Grown) -> Pair {
    Pair { collective: town.id, source: 1, target: 2 }
}

async fn supports(world: &World, row: &NeedRow) -> Vec<(i64, String)> {
    let rows = store::needs::supports::of_need(&mut world.read().await, row.id, 10).await.unwrap();
    rows.into_iter().map(|row| (row.strength, row.words)).collect()
}

async fn silence_is_consent_and_everything_moves_and_moves_back(world: World) {
    let town = two(&world).await;
    let source = need(&world, &town, 1).await;
    let comment = popote_app::comments::post(
        &world.context,
        town.member(1).acting(),
        town.id,
        source.id,
        "Un mot là-dessus",
    );
    comment.await.unwrap();
    let done = propose(&world.context, town.member(2).acting(), pair(&town), "Le même ticket").await.unwrap();
    assert!(!done, "whoever wrote it is asked");
    let again = propose(&world.context, town.member(1).acting(), pair(&town), "").await;
    assert_eq!(again, Err(Failure::Refused(MergeRefusal::Proposed)));
    let other = answer(&world.context, town.member(1).acting(), town.id, 1, Answer::Accept).await;
    assert_eq!(other, Err(Failure::Refused(MergeRefusal::NotYours)));
    world.wait(SignedDuration::from_hours(6 * 24));
    popote_app::jobs::run_due(&world.context).await.unwrap();
    assert_eq!(need(&world, &town, 1).await.state, NeedState::Open, "there is a day left");
    world.wait(SignedDuration::from_hours(25));
    popote_app::jobs::run_due(&world.context).await.unwrap();

    let (source, target) = (need(&world, &town, 1).await, need(&world, &town, 2).await);
    assert_eq!((source.state, source.merged_into), (NeedState::Merged, Some(target.id)));
    assert_eq!(target.supporters, 3);
    assert!(supports(&world, &target).await.contains(&(5, "5 étoiles".to_owned())), "the strongest is kept");
    let mut tx = world.read().await;
    assert_eq!(store::needs::links(&mut tx, target.id).await.unwrap().len(), 2);
    assert_eq!(store::comments::count(&mut tx, target.id.into()).await.unwrap(), 1);
    assert_eq!(store::needs::merging::end_of(&mut tx, source.id).await.unwrap(), target.id);
    drop(tx);
    let back = Pair { collective: town.id, source: 2, target: 1 };
    let cycle = propose(&world.context, town.member(1).acting(), back, "").await;
    assert_eq!(cycle, Err(Failure::Refused(MergeRefusal::NotOpen)), "no circle");

    let part = answer(&world.context, town.member(2).acting(), town.id, 1, Answer::Part).await;
    assert!(matches!(part, Err(Failure::NotAllowed(_))), "{part:?}");
    answer(&world.context, town.admin(), town.id, 1, Answer::Part).await.unwrap();
    let (source, target) = (need(&world, &town, 1).await, need(&world, &town, 2).await);
    assert_eq!((source.state, source.supporters, target.supporters), (NeedState::Open, 2, 2));
    assert!(supports(&world, &target).await.contains(&(2, "2 étoiles".to_owned())));
    assert!(supports(&world, &source).await.contains(&(5, "5 étoiles".to_owned())));
    let mut tx = world.read().await;
    assert_eq!(store::needs::links(&mut tx, target.id).await.unwrap(), ["https://example.org/a/issues/1"]);
    assert_eq!(store::comments::count(&mut tx, source.id.into()).await.unwrap(), 1);
    drop(tx);
    let twice = answer(&world.context, town.admin(), town.id, 1, Answer::Part).await;
    assert_eq!(twice, Err(Failure::Refused(MergeRefusal::NothingThere)));
}

async fn whoever_wrote_it_agrees_or_refuses(world: World) {
    let town = two(&world).await;
    let (member, author) = (town.member(2).acting(), town.member(0).acting());
    propose(&world.context, member.clone(), pair(&town), "").await.unwrap();
    answer(&world.context, author.clone(), town.id, 1, Answer::Refuse).await.unwrap();
    let again = propose(&world.context, member.clone(), pair(&town), "").await;
    assert_eq!(again, Err(Failure::Refused(MergeRefusal::RefusedBefore)));
    let itself = Pair { target: 1, ..pair(&town) };
    let itself = propose(&world.context, member, itself, "").await;
    assert_eq!(itself, Err(Failure::Refused(MergeRefusal::Itself)));
    let text = text_of(&mut world.read().await, &need(&world, &town, 1).await).await.unwrap();
    assert!(
        propose(&world.context, author.clone(), pair(&town), "").await.unwrap(),
        "one's own goes at once"
    );
    let which = Which { collective: town.id, number: 1 };
    let changed = NeedText { why: "Autrement.".to_owned(), ..text };
    let late = edit(&world.context, author, which, 1, changed).await;
    assert!(matches!(late, Err(Failure::Refused(_))), "a need that went isn't changed: {late:?}");
}

on_both![silence_is_consent_and_everything_moves_and_moves_back, whoever_wrote_it_agrees_or_refuses];
