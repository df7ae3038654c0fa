//! The main job, from the set-up link to the return of what was not funded, as three organisations do it.

use std::path::Path;

use domain::{Currency, Money};
use e2e::{Guise, Page, Screen, Site, journeys};
use testkit::{Kind, World};
use words::Words;

/// The organisations, with who acts for them and what they pay in, in cents: 500.02 € in all.
const MEMBERS: [(&str, &str, &str, i64); 3] = [
    ("Yaal Coop", "Camille", "camille@yaal.example", 25_000),
    ("ARN", "Noé", "noe@arn.example", 15_001),
    ("IndieHosters", "Timo", "timo@indie.example", 10_001),
];
/// What is proposed, by which member, for how many cents.
const ROOM: (&str, usize, i64) = ("Salons sans compte", 1, 30_000);
const THEME: (&str, usize, i64) = ("Un thème reposant", 2, 40_000);

/// Where the story is and who is in it, each before a browser of their own.
struct Town {
    world: World,
    site: Site,
    t: Words,
    guise: Guise,
    people: Vec<Page>,
}

async fn a_pot_funds_a_feature_and_gives_the_rest_back(world: World, guise: Guise) {
    let site = Site::open(&world).await;
    let mut town = Town { world, site, t: Words::new(guise.locale), guise, people: Vec::new() };
    town.somebody_comes(guise).await;
    town.is_set_up().await;
    for at in [1, 2] {
        town.somebody_comes(guise).await;
        town.invites(at).await;
    }
    for at in 0..MEMBERS.len() {
        town.records_a_payment(at).await;
    }
    town.opens_a_round().await;
    let shares = town.shares_the_money().await;
    town.proposes(ROOM).await;
    town.proposes(THEME).await;
    town.puts_too_much_then_enough(&shares[2]).await;
    town.puts_from_the_page_of_the_feature().await;
    town.triggers(&shares[1]).await;
    town.ends_and_gives_back().await;
    town.accounts_hold().await;
}

impl Town {
    async fn somebody_comes(&mut self, guise: Guise) {
        let page = Page::open(&self.site, guise).await;
        if guise.javascript {
            page.is_accessible_from_now_on();
        }
        self.people.push(page);
    }

    /// On a desk, in French, assistive technology is told what `tests/outlines` says.
    async fn tells(&self, page: &Page, name: &str) {
        if self.guise == Guise::desk() {
            page.tells(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outlines"), name).await;
        }
    }

    fn money(&self, cents: i64) -> String {
        self.t.money(Money::new(cents), Currency::EUR)
    }

    fn short(&self, cents: i64) -> String {
        self.t.money_short(Money::new(cents), Currency::EUR)
    }

    fn typed(&self, cents: i64) -> String {
        self.t.money_field(Money::new(cents), Currency::EUR)
    }

    /// What is left of a share when 150 € are put.
    fn rest(&self, share: &str) -> String {
        let share = self.t.parse_money(share, Currency::EUR).expect("a share is an amount");
        self.t.money(share.minus(Money::new(15_000)).expect("a share holds more"), Currency::EUR)
    }

    async fn is_set_up(&self) {
        let (t, camille) = (self.t, &self.people[0]);
        let (organisation, name, email, _) = MEMBERS[0];
        let link = app::setup::link(&self.site.context).await.expect("the database answers");
        camille.goto(&link.expect("nobody was here before")).await;
        camille.press(t.setup_create()).await;
        camille.sees(t.field_missing()).await;
        self.tells(camille, "setup-refused").await;
        camille.fill(t.setup_collective(), "CHATONS").await;
        camille.fill(t.setup_organisation(), organisation).await;
        camille.fill(t.setup_name(), name).await;
        camille.fill(t.setup_email(), email).await;
        camille.choose(t.setup_mode_own()).await;
        camille.press(t.setup_create()).await;
        camille.sees(&t.setup_flash("CHATONS")).await;
    }

    async fn invites(&self, at: usize) {
        let (t, camille, invited) = (self.t, &self.people[0], &self.people[at]);
        let (organisation, name, email, _) = MEMBERS[at];
        camille.click_link(t.nav_members()).await;
        camille.click_link(t.members_invite()).await;
        camille.select(t.people_invite_for(), t.people_invite_new_choice()).await;
        camille.fill(t.people_invite_new(), organisation).await;
        camille.fill(t.people_invite_email(), email).await;
        camille.choose(&t.people_mandate_kind("representative")).await;
        camille.press(t.people_invite_send()).await;
        camille.sees(&t.people_invite_sent(email)).await;

        invited.goto(&self.site.mailed(&self.world, email, "/invitation/").await).await;
        invited.sees(organisation).await;
        if at == 1 {
            self.tells(invited, "invitation").await;
        }
        invited.fill(t.people_accept_name(), name).await;
        invited.press(t.people_accept()).await;
        invited.sees(&t.people_accepted("CHATONS", organisation)).await;
    }

    async fn records_a_payment(&self, at: usize) {
        let (t, camille) = (self.t, &self.people[0]);
        let (organisation, _, _, paid) = MEMBERS[at];
        camille.click_link(t.nav_pot()).await;
        camille.click_link(t.pot_await_record()).await;
        if at == 0 {
            self.tells(camille, "contribution").await;
        }
        camille.select(t.contributions_organisation(), organisation).await;
        camille.fill(t.contributions_amount(), &self.typed(paid)).await;
        camille.choose(&t.contributions_nature_name("subscription")).await;
        camille.fill(t.contributions_received_on(), "2025-03-02").await;
        camille.fill(t.contributions_reference(), &format!("VIR {organisation}")).await;
        camille.press(t.contributions_record()).await;
        camille.sees(&t.contributions_recorded(self.money(paid), at + 1, organisation)).await;
    }

    async fn opens_a_round(&self) {
        let (t, camille) = (self.t, &self.people[0]);
        camille.click_link(t.nav_rounds()).await;
        camille.click_link(t.rounds_open()).await;
        self.tells(camille, "round-open").await;
        camille.fill(t.rounds_name(), "Printemps").await;
        camille.fill(t.rounds_closes_on(), "2025-03-31").await;
        camille.press(t.rounds_open()).await;
        camille.sees(&t.rounds_opened("own", 1)).await;
    }

    /// The preview of the sharing, and that it is what comes out; gives the share of each.
    async fn shares_the_money(&self) -> Vec<String> {
        let (t, camille) = (self.t, &self.people[0]);
        camille.click_link(t.rounds_to_distribute()).await;
        camille.sees(&t.rounds_preview_title(self.money(50_002))).await;
        camille.sees(t.rounds_explained_equal()).await;
        self.tells(camille, "distribution").await;
        let mut shares = Vec::new();
        for (organisation, ..) in MEMBERS {
            shares.push(camille.row(organisation).await.last().expect("a share").clone());
        }
        let mut sorted = shares.clone();
        sorted.sort();
        assert_eq!(sorted, [16_667, 16_667, 16_668].map(|cents| self.money(cents)), "nothing is lost");
        camille.press(t.rounds_confirm()).await;
        camille.sees(t.rounds_distributed()).await;
        for (at, (organisation, ..)) in MEMBERS.into_iter().enumerate() {
            let row = self.statement(&self.people[at], organisation).await;
            assert_eq!(row[1], shares[at], "the share of {organisation} is what the preview said");
        }
        shares
    }

    /// What an organisation's statement says of the first round: paid, shared, put, come back.
    async fn statement(&self, reader: &Page, organisation: &str) -> Vec<String> {
        let t = self.t;
        reader.click_link(t.nav_members()).await;
        reader.click_link(organisation).await;
        reader.click_link(t.members_statement()).await;
        reader.row(&t.contributions_statement_round(1)).await
    }

    async fn proposes(&self, (title, by, price): (&str, usize, i64)) {
        let (t, proposer) = (self.t, &self.people[by]);
        proposer.click_link(t.nav_features()).await;
        proposer.click_link(t.features_propose()).await;
        if by == ROOM.1 {
            self.tells(proposer, "proposal").await;
        }
        proposer.fill(t.features_form_title(), title).await;
        proposer.fill(t.features_form_software(), "Matrix").await;
        proposer.fill(t.features_form_summary(), "On invite par un lien, sans compte.").await;
        proposer.fill(t.features_form_price_from(), &self.typed(price)).await;
        proposer.fill(t.features_form_closing(), "2025-03-31").await;
        proposer.press(t.features_form_publish()).await;
        proposer.sees(t.features_proposed()).await;
        proposer.sees(title).await;
        proposer.sees(&t.features_headline_missing(self.short(price))).await;
    }

    async fn puts_too_much_then_enough(&self, share: &str) {
        let (t, timo) = (self.t, &self.people[2]);
        let label = t.rounds_line_label(ROOM.0);
        timo.click_link(&t.layout_nav_round(1)).await;
        timo.sees(&t.rounds_left_for(MEMBERS[2].0)).await;
        self.tells(timo, "round").await;
        timo.fill(&label, &self.typed(20_000)).await;
        timo.press(t.rounds_save()).await;
        timo.sees(&t.refusal_not_enough(share, self.money(20_000))).await;
        self.tells(timo, "round-refused").await;
        assert_eq!(timo.value(&label).await, self.typed(20_000), "what was typed stays");
        timo.fill(&label, &self.typed(15_000)).await;
        if timo.has_javascript() {
            timo.sees(&self.rest(share)).await;
        }
        timo.press(t.rounds_save()).await;
        timo.sees(&t.rounds_saved(self.rest(share))).await;
    }

    async fn puts_from_the_page_of_the_feature(&self) {
        let (t, camille) = (self.t, &self.people[0]);
        camille.click_link(t.nav_features()).await;
        camille.click_link(THEME.0).await;
        camille.fill(t.features_ask_label(), &self.typed(10_000)).await;
        camille.press(t.features_ask()).await;
        camille.sees(&t.features_headline_missing(self.short(30_000))).await;
        camille.sees(&self.money(10_000)).await;
        self.tells(camille, "feature-funding").await;
    }

    async fn triggers(&self, share: &str) {
        let (t, noe) = (self.t, &self.people[1]);
        let (round, label) = (t.layout_nav_round(1), t.rounds_line_label(ROOM.0));
        if self.guise.screen == Screen::Desk {
            // By the keyboard alone.
            noe.tab_to(&round).await;
            noe.enter().await;
            noe.tab_to(&label).await;
            noe.types(&self.typed(15_000)).await;
            noe.tab_to(t.rounds_save()).await;
            noe.enter().await;
            noe.sees(&t.rounds_confirm_triggers(self.money(15_000), ROOM.0)).await;
            noe.tab_to(t.rounds_confirm_meant()).await;
            noe.enter().await;
        } else {
            noe.click_link(&round).await;
            noe.fill(&label, &self.typed(15_000)).await;
            noe.press(t.rounds_save()).await;
            noe.sees(&t.rounds_confirm_triggers(self.money(15_000), ROOM.0)).await;
            noe.press(t.rounds_confirm_meant()).await;
        }
        noe.sees(&t.rounds_saved_triggered(1, self.rest(share))).await;
        noe.click_link(ROOM.0).await;
        let today = t.date("2025-03-03".parse().expect("a date"));
        noe.sees(&t.features_headline_funded(self.short(30_000), today)).await;
        self.tells(noe, "feature-funded").await;
        self.site.work().await;
        let subject = t.funding_mail_triggered_subject(ROOM.0);
        let mails = self.world.mails();
        assert!(mails.iter().any(|mail| mail.subject == subject), "{mails:?}");
    }

    async fn ends_and_gives_back(&self) {
        let (t, camille) = (self.t, &self.people[0]);
        self.world.wait_until("2025-04-01T00:10:00+02:00");
        camille.click_link(t.nav_features()).await;
        camille.click_link(THEME.0).await;
        camille.sees_no(t.features_ask()).await;
        self.site.work().await;
        camille.reload().await;
        camille.sees(t.features_headline_not_funded()).await;
        self.tells(camille, "feature-not-funded").await;
        let row = self.statement(camille, MEMBERS[0].0).await;
        assert_eq!(row[2..4], [self.money(10_000), self.money(10_000)], "what was put came back");
        let row = self.statement(camille, MEMBERS[1].0).await;
        assert_eq!(row[2..4], [self.money(15_000), self.money(0)], "what triggered stays");
    }

    /// What anybody reads: the pot still holds every cent, 300 € of it promised to the work.
    async fn accounts_hold(&self) {
        let (t, reader) = (self.t, &self.people[2]);
        reader.click_link(t.nav_accounts()).await;
        reader.sees(&self.money(30_000)).await;
        reader.sees(&self.money(50_002)).await;
        self.tells(reader, "accounts").await;
    }
}

journeys![a_pot_funds_a_feature_and_gives_the_rest_back];

#[test]
fn a_pot_funds_a_feature_on_postgresql() {
    e2e::check(Kind::Postgres, |world| {
        a_pot_funds_a_feature_and_gives_the_rest_back(world, Guise::desk().without_javascript())
    });
}
