//! What is said before money is shared out: what stays, who isn't there yet, what has counted in another round.

use domain::rules::Template;
use testkit::World;

use crate::browser::Site;
use crate::money::{everybody_pays, payment};
use crate::rounds::{ROUND, feature, shared};

/// The fields of a round with another rule.
fn round<'f>(changed: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let kept = ROUND.iter().filter(|(name, _)| !changed.iter().any(|(other, _)| other == name));
    kept.chain(changed).copied().collect()
}

async fn by_hand_it_says_what_stays_and_who_is_only_invited(world: World) {
    let site = Site::of(&world);
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let treasurer = site.member(&town, 0).await;
    everybody_pays(&treasurer, &town, "100").await;
    treasurer.submit("/c/chatons/rounds/new", &round(&[("rule", "manual")])).await.is(303);
    let invited = [
        ("organisation", "new"),
        ("name", "Zaclys"),
        ("email", "jo@zaclys.example"),
        ("kind", "representative"),
        ("locale", "fr"),
    ];
    treasurer.submit("/c/chatons/invitations", &invited).await.is(303);
    let path = "/c/chatons/rounds/1/distribution";
    let table = |table| [("table", table), ("step", "preview")];
    let refused = treasurer.submit(path, &table("ARN;10\nzaclys;5\nInconnue;5")).await.is(422);
    refused
        .says("Ligne 2\u{202f}: cette structure est invitée")
        .says("Ligne 3\u{202f}: cette structure n’est pas membre");
    let page = treasurer.submit(path, &table("ARN;120,50")).await.is(200);
    page.says("79,50\u{202f}€ de versements ne sont pas partagés").says_not("Les centimes");
    treasurer.submit(path, &table("ARN;200")).await.is(200).says_not("ne sont pas partagés");
}

async fn gifts_come_on_top_of_what_is_given_by_hand(world: World) {
    let site = Site::of(&world);
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let treasurer = site.member(&town, 0).await;
    everybody_pays(&treasurer, &town, "100").await;
    let gift =
        [("amount", "40"), ("received_on", "2025-03-01"), ("nature", "gift"), ("name", "Don"), ("key", "g1")];
    treasurer.submit("/c/chatons/gifts/new", &gift).await.is(303);
    treasurer.submit("/c/chatons/rounds/new", &round(&[("rule", "manual")])).await.is(303);
    let page = treasurer.see("/c/chatons/rounds/1/distribution").await.is(200);
    page.says("Il y a 200,00\u{202f}€ à partager")
        .says("40,00\u{202f}€ de dons s’ajoutent, à parts égales")
        .says("des dons à parts égales, elle reçoit sa part");
}

async fn a_share_for_which_nobody_acts_is_said_before(world: World) {
    let site = Site::of(&world);
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN", "Girofle"]).await;
    let treasurer = site.member(&town, 0).await;
    everybody_pays(&treasurer, &town, "100").await;
    treasurer.submit("/c/chatons/rounds/new", &round(&[])).await.is(303);
    let path = "/c/chatons/rounds/1/distribution";
    treasurer.see(path).await.is(200).says_not("Personne n’agit pour");
    let (now, person) = (world.now(), town.member(2).person);
    world
        .sql(move |tx| {
            Box::pin(async move {
                const ENDS: &str = "UPDATE mandate SET ended_at = $1 WHERE person = $2";
                store::execute(tx, ENDS, store::args![now, person]).await.map(drop)
            })
        })
        .await;
    treasurer.see(path).await.is(200).says("Personne n’agit pour Girofle");
}

async fn by_hand_with_a_reserve_all_that_is_said_can_be_shared_out(world: World) {
    let site = Site::of(&world);
    let town = world.collective(Template::Framed, &["Yaal Coop", "ARN"]).await;
    let treasurer = site.member(&town, 0).await;
    everybody_pays(&treasurer, &town, "150").await;
    treasurer.submit("/c/chatons/rounds/new", &round(&[("rule", "manual")])).await.is(303);
    let path = "/c/chatons/rounds/1/distribution";
    treasurer.see(path).await.is(200).says("Il y a 294,00\u{202f}€ à partager");
    let table = |table| [("table", table), ("step", "preview")];
    treasurer
        .submit(path, &table("ARN;1000"))
        .await
        .is(422)
        .says("Vous répartissez 1\u{202f}000,00\u{202f}€, mais il n’y a que 294,00\u{202f}€ à partager")
        .says("6,00\u{202f}€ pour la réserve")
        .says("706,00\u{202f}€ de trop");
    let all = treasurer.submit(path, &table("ARN;294")).await.is(200);
    all.says("300,00\u{202f}€").says("6,00\u{202f}€").says_not("ne sont pas partagés").says_not("299,99");
}

async fn a_payment_counts_in_one_round_or_it_is_said(world: World) {
    let site = Site::of(&world);
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let treasurer = site.member(&town, 0).await;
    let new = "/c/chatons/rounds/new";
    treasurer.see(new).await.is(200).says("value=\"2024-03-03\"");
    everybody_pays(&treasurer, &town, "100").await;
    let paid = [("rule", "paid"), ("from", "2024-03-03"), ("to", "2025-03-03"), ("key", "one")];
    treasurer.submit(new, &round(&paid)).await.is(303);
    let path = "/c/chatons/rounds/1/distribution";
    let preview = treasurer.see(path).await.is(200).says_not("déjà compté");
    let (digest, key) = (preview.hidden("digest"), preview.hidden("key"));
    treasurer.submit(path, &[("step", "confirm"), ("digest", &digest), ("key", &key)]).await.is(303);
    // What is written down afterwards counted nowhere yet, whatever its date.
    let organisation = town.member(1).organisation.to_string();
    treasurer.submit("/c/chatons/contributions/new", &payment(&organisation, "30", "late")).await.is(303);
    world.wait_until("2025-04-02T08:00:00+02:00");
    world.post().await;
    treasurer.see(new).await.is(200).says("name=\"from\" type=\"date\" value=\"2025-03-04\"");
    let again = [
        ("opens_on", "2025-04-02"),
        ("closes_on", "2025-04-30"),
        ("rule", "paid"),
        ("from", "2025-01-01"),
        ("to", "2025-04-02"),
        ("key", "two"),
    ];
    treasurer.submit(new, &round(&again)).await.is(303);
    let page = treasurer.see("/c/chatons/rounds/2/distribution").await.is(200);
    page.says(
        "2 versements de cette période, 200,00\u{202f}€ en tout, ont déjà compté dans le partage du tour 1",
    );
}

async fn a_round_that_is_over_lists_no_mere_idea(world: World) {
    let site = Site::of(&world);
    let town = shared(&world, &site).await;
    let one = site.member(&town, 1).await;
    let mut idea = feature("Rêve", "150", "f1");
    idea.extend([("track", "light"), ("knows", "yes")]);
    one.submit("/c/chatons/features/new", &idea).await.is(303);
    // It waits for the answer of others, not of whoever had it.
    let waits = "1 idée attend de savoir qui en a besoin";
    one.see("/me").await.is(200).says_not(waits);
    let two = site.member(&town, 2).await;
    two.see("/me").await.is(200).says(waits);
    one.submit("/c/chatons/features/new", &feature("Salon", "150", "f2")).await.is(303);
    let page = "/c/chatons/rounds/1";
    site.anybody().see(page).await.is(200).says(">Salon</a>").says("Rien n’est encore mis");
    world.wait_until("2025-04-01T08:00:00+02:00");
    world.post().await;
    let page = site.anybody().see(page).await.is(200).says(">Salon</a>").says("somme non réunie");
    page.says_not(">Rêve</a>").says_not("encore").says_not("réunis sur");
}

testkit::on_both![
    gifts_come_on_top_of_what_is_given_by_hand,
    a_share_for_which_nobody_acts_is_said_before,
    a_round_that_is_over_lists_no_mere_idea,
    by_hand_it_says_what_stays_and_who_is_only_invited,
    by_hand_with_a_reserve_all_that_is_said_can_be_shared_out,
    a_payment_counts_in_one_round_or_it_is_said,
];
