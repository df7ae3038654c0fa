//! A stranger's way: a link on a forum, a promise without an account, a mail, a welcome, the payment, and what was
//! promised is delivered. In a direct pot, where nobody holds anybody's money.

use domain::{Currency, Money, features::State};
use e2e::{Guise, Page, Site, journeys};
use testkit::{Kind, World};
use words::Words;

const CAMILLE: &str = "camille@yaal.example";
const JO: &str = "jo@girofle.example";
const GIROFLE: &str = "Cloud Girofle";
const TITLE: &str = "Prévenir quand un service tombe";
/// What each of the two promises, in cents; together the price.
const PARTS: [i64; 2] = [4_000, 6_000];

struct Way {
    world: World,
    site: Site,
    t: Words,
    camille: Page,
    jo: Page,
}

async fn a_stranger_promises_pays_and_gets_it(world: World, guise: Guise) {
    let site = Site::open(&world).await;
    let (camille, jo) = (Page::open(&site, guise).await, Page::open(&site, guise).await);
    if guise.javascript {
        camille.is_accessible_from_now_on();
        jo.is_accessible_from_now_on();
    }
    let way = Way { world, site, t: Words::new(guise.locale), camille, jo };
    let feature = way.camille_asks_for_a_feature().await;
    way.jo_promises_without_an_account(&feature).await;
    way.camille_welcomes_and_it_is_funded(&feature).await;
    way.jo_pays_and_camille_confirms().await;
    way.camille_pays_herself_and_jo_confirms().await;
    way.it_is_delivered(&feature).await;
}

impl Way {
    fn money(&self, cents: i64) -> String {
        self.t.money(Money::new(cents), Currency::EUR)
    }

    fn short(&self, cents: i64) -> String {
        self.t.money_short(Money::new(cents), Currency::EUR)
    }

    fn typed(&self, cents: i64) -> String {
        self.t.money_field(Money::new(cents), Currency::EUR)
    }

    /// The ten-minute path of whoever asks; gives the path of the feature.
    async fn camille_asks_for_a_feature(&self) -> String {
        let (t, camille) = (self.t, &self.camille);
        let link = app::setup::link(&self.site.context).await.expect("the database answers");
        camille.goto(&link.expect("nobody was here before")).await;
        camille.fill(t.setup_collective(), "Petits hébergeurs").await;
        camille.fill(t.setup_organisation(), "Yaal Coop").await;
        camille.fill(t.setup_name(), "Camille").await;
        camille.fill(t.setup_email(), CAMILLE).await;
        camille.press(t.setup_create()).await;
        camille.click_link(t.features_propose()).await;
        camille.fill(t.features_form_title(), TITLE).await;
        camille.fill(t.features_form_software(), "Uptime Kuma").await;
        camille.fill(t.features_form_summary(), "Nos salons d’astreinte apprennent une panne.").await;
        camille.fill(t.features_form_price_from(), &self.typed(PARTS.iter().sum())).await;
        camille.fill(t.features_form_closing(), "2025-03-31").await;
        camille.press(t.features_form_publish()).await;
        camille.sees(t.features_proposed()).await;
        camille.fill(t.promise_ask(), &self.typed(PARTS[0])).await;
        camille.press(t.promise_make()).await;
        camille.sees(&t.features_headline_missing(self.short(PARTS[1]))).await;
        camille.path().await
    }

    async fn jo_promises_without_an_account(&self, feature: &str) {
        let (t, jo) = (self.t, &self.jo);
        jo.goto(feature).await;
        jo.click_link(t.newcomer_join()).await;
        // What is missing is said, and what was typed stays.
        jo.fill(t.newcomer_organisation(), GIROFLE).await;
        jo.fill(t.promise_ask(), &self.typed(PARTS[1])).await;
        jo.press(t.newcomer_ask()).await;
        jo.sees(t.field_missing()).await;
        assert_eq!(jo.value(t.newcomer_organisation()).await, GIROFLE);
        jo.fill(t.setup_name(), "Jo").await;
        jo.fill(t.setup_email(), JO).await;
        jo.press(t.newcomer_ask()).await;
        jo.sees(&t.newcomer_asked(JO)).await;
        jo.goto(&self.site.mailed(&self.world, JO, "/join/").await).await;
        jo.sees(&t.newcomer_confirm_lead(self.money(PARTS[1]), "firm", GIROFLE, TITLE)).await;
        jo.press(t.newcomer_confirm()).await;
        jo.sees(t.newcomer_confirmed()).await;
        jo.sees(&t.features_headline_missing(self.short(PARTS[1]))).await;
    }

    async fn camille_welcomes_and_it_is_funded(&self, feature: &str) {
        let (t, camille) = (self.t, &self.camille);
        camille.goto(&self.site.mailed(&self.world, CAMILLE, "/c/").await).await;
        camille.sees(&t.newcomer_who(JO, "Jo")).await;
        camille.press(&t.newcomer_welcome(GIROFLE)).await;
        camille.sees(t.newcomer_welcomed()).await;
        camille.goto(feature).await;
        let today = t.date("2025-03-03".parse().expect("a date"));
        camille.sees(&t.features_headline_funded(self.short(PARTS.iter().sum()), today)).await;
    }

    /// A page that asks for a sign-in, and the mail that answers.
    async fn signs_in(&self, who: &Page, address: &str) {
        let t = self.t;
        who.fill(t.sign_in_email(), address).await;
        who.press(t.sign_in_send()).await;
        who.sees(t.sign_in_sent_title()).await;
        who.goto(&self.site.mailed(&self.world, address, "/sign-in/").await).await;
        who.press(t.sign_in_link_button()).await;
    }

    async fn jo_pays_and_camille_confirms(&self) {
        let (t, camille, jo) = (self.t, &self.camille, &self.jo);
        let call = self.site.mailed(&self.world, JO, "/c/").await;
        jo.goto("/sign-in").await;
        self.signs_in(jo, JO).await;
        jo.goto(&call).await;
        jo.sees(&self.money(PARTS[1])).await;
        jo.press(t.calls_say_paid()).await;
        jo.sees(&t.calls_said("Yaal Coop")).await;
        camille.goto(&self.site.mailed(&self.world, CAMILLE, "/c/").await).await;
        camille.press(t.calls_confirm()).await;
        camille.sees(&t.calls_confirmed(self.money(PARTS[1]))).await;
    }

    /// Nobody confirms a payment to themselves: the other does.
    async fn camille_pays_herself_and_jo_confirms(&self) {
        let (t, camille, jo) = (self.t, &self.camille, &self.jo);
        // Who has just come confirms for nobody.
        self.world.wait(domain::people::WAITING);
        camille.goto("/me").await;
        camille.click_link(&t.pot_await_pay(self.short(PARTS[0]), TITLE)).await;
        camille.press(t.calls_say_paid()).await;
        camille.sees_no(t.calls_confirm()).await;
        jo.goto(&self.site.mailed(&self.world, JO, "/c/").await).await;
        jo.press(t.calls_confirm()).await;
        jo.sees(&t.calls_confirmed(self.money(PARTS[0]))).await;
    }

    async fn it_is_delivered(&self, feature: &str) {
        let (t, camille, jo) = (self.t, &self.camille, &self.jo);
        camille.goto(feature).await;
        camille.click_link(t.work_see()).await;
        camille.fill(t.work_report_body(), "Une panne fait sonner le salon.").await;
        camille.press(t.work_report_send()).await;
        camille.sees("Une panne fait sonner le salon.").await;
        self.site.work().await;
        jo.goto(feature).await;
        jo.click_link(t.work_see()).await;
        jo.sees(t.work_object()).await;
        // The rules of this collective gather what ends on one day of the month.
        self.world.wait_until("2025-05-07T12:00:00+02:00");
        self.site.work().await;
        jo.goto(feature).await;
        jo.sees(&t.features_headline_ended(t.state_name(State::Delivered))).await;
    }
}

journeys![a_stranger_promises_pays_and_gets_it];

#[test]
fn a_stranger_promises_and_pays_on_postgresql() {
    e2e::check(Kind::Postgres, |world| {
        a_stranger_promises_pays_and_gets_it(world, Guise::phone().without_javascript())
    });
}
