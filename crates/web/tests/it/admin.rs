//! The rules of a collective, and the administration of the instance.

use domain::rules::Template;
use testkit::World;

use crate::browser::Site;
use crate::money::everybody_pays;

async fn rules_are_read_by_all_and_changed_by_an_admin(world: World) {
    let town = world.collective(Template::Association, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let page = site.anybody().see("/c/chatons/rules").await.is(200);
    let page =
        page.says("50\u{202f}% à parts égales").says("Jusqu’à 1\u{202f}000\u{202f}€").says("Version 1");
    page.says_not("Changer les règles");
    let edit = "/c/chatons/rules/edit";
    site.member(&town, 1).await.see(edit).await.is(403);
    let admin = site.member(&town, 0).await;
    let form = admin.see(edit).await.is(200).says("name=\"delays.idea\"");
    let version = form.hidden("version");
    let mut fields = vec![
        ("version", version.as_str()),
        ("needers", "2"),
        ("sharing", "equal"),
        ("reserve_per_mille", "20"),
        ("cap", "500"),
        ("unspent", "lapse"),
        ("trigger", "confirmed"),
        ("trigger.days", "5"),
        ("amounts", "members"),
        ("refunds", "never"),
        ("tracks.0.ceiling", "1000"),
        ("tracks.1.ceiling", "5000"),
        ("tracks.2.ceiling", "15000"),
        ("tracks.3.ceiling", ""),
        ("reason", "Décision du 2 mars"),
    ];
    let delays =
        domain::rules::Delays::USUAL.named().map(|(name, days)| (format!("delays.{name}"), days.to_string()));
    fields.extend(delays.iter().map(|(name, days)| (name.as_str(), days.as_str())));
    let mut wrong = fields.clone();
    wrong.extend([("needers", "0"), ("tracks.1.ceiling", "10")]);
    let refused = admin.submit(edit, &wrong).await.is(422);
    refused.says("id=\"f-needers-error\"").says("Décision du 2 mars");
    admin.submit(edit, &fields).await.leads_to("/c/chatons/rules");
    let page =
        site.anybody().see("/c/chatons/rules").await.is(200).says("Version 2").says("Décision du 2 mars");
    page.says("500\u{202f}€ au plus").says("après 5 jours");
    admin.submit(edit, &fields).await.leads_to("/c/chatons/rules");
    site.anybody().see("/c/chatons/rules").await.says("Version 2");
    // In another tab the same stale version changes nothing.
    fields.push(("tab", "other"));
    admin.submit(edit, &fields).await.is(409);
    admin.see("/c/chatons/activity").await.says("Les règles du collectif ont changé");
}

async fn only_who_runs_the_instance_sees_its_administration(world: World) {
    let town = world.collective(Template::Informal, &["Yaal Coop", "ARN"]).await;
    let site = Site::of(&world);
    let admin = site.member(&town, 0).await;
    everybody_pays(&admin, &town, "10").await;
    site.member(&town, 1).await.see("/admin").await.is(403);
    site.member(&town, 1).await.submit("/admin/check", &[]).await.is(403);
    assert_ne!(site.anybody().see("/admin").await.status, 200);
    admin.see("/admin").await.is(200).says("pas encore contrôlés").says_not("Tout va bien");
    admin.submit("/admin/check", &[]).await.leads_to("/admin");
    let page = admin.see("/admin").await.is(200).says("Tout va bien");
    let page = page.says("aucune anomalie").says("I1").says("vérifié").says("Argent en caisse");
    page.says("Aucun signe de vie");
    app::jobs::work(&world.context, std::future::ready(())).await;
    admin.see("/admin").await.is(200).says("Tâches de fond").says_not("worker");
    site.anybody().see("/c/chatons/accounts").await.says("aucune anomalie");
    let admin = site.member(&town, 0).await;
    let nothing = "/admin/jobs/00000000-0000-0000-0000-000000000000/retry";
    admin.submit(nothing, &[]).await.is(404);
}

testkit::on_both![
    rules_are_read_by_all_and_changed_by_an_admin,
    only_who_runs_the_instance_sees_its_administration,
];
