//! A whole round played inside one command, as imports do.

use domain::{
    posting::Actor,
    shares::{GiftSharing, ShareRule, Sharing},
};
use popote_app::{
    Never,
    allocations::{self, Wishes},
    closings,
    closings::RoundReport,
    contributions, distributions,
    features::propose_in,
    rounds,
    till::{Drawn, Till},
};
use store::{Command, Tx, organisations::OrganisationRow};
use testkit::{World, on_both};

use super::*;

const ORGANISATIONS: i64 = 150;

struct Play {
    town: Grown,
    drawn: Drawn,
    closing: Drawn,
}

impl Command for Play {
    type Done = (RoundReport, usize);
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<(RoundReport, usize), Failure<Never>> {
        let fault = |what: &dyn std::fmt::Debug| Failure::<Never>::Fault(format!("{what:?}"));
        let mut till = Till::by_job(tx, self.town.pot, "import", &self.drawn).await?;
        assert!(matches!(till.actor, Actor::System { job: "import", .. }));
        let mut members = Vec::new();
        for number in 0..ORGANISATIONS {
            let row = OrganisationRow {
                id: till.id(),
                slug: format!("voix-{number}"),
                name: format!("Voix {number}"),
                website: String::new(),
                siren: None,
                one_person: true,
                created_at: till.now,
            };
            store::organisations::insert(tx, &row).await?;
            store::organisations::join(tx, self.town.id, row.id, till.today).await?;
            members.push(row.id);
        }
        let paid: Vec<_> = members.iter().map(|member| (*member, Money::new(1_000))).collect();
        contributions::post_all::<Never>(tx, &mut till, Nature::Subscription, &paid).await?;
        let rule = ShareRule { sharing: Sharing::Manual, gifts: GiftSharing::Equal };
        let round =
            rounds::open_in(tx, &mut till, RoundPlan { rule, ..plan() }).await.map_err(|f| fault(&f))?;
        let manual = members.iter().map(|member| (*member, Money::new(1_000))).collect();
        let asked = Asked { amount: None, manual };
        distributions::distribute_in(tx, &mut till, &round, &asked).await.map_err(|f| fault(&f))?;
        let mut ids = Vec::new();
        for floor in [40_000, 60_000, 90_000] {
            let new = NewFeature { proposal: proposal(floor, 100_000), track: None, needs: Vec::new() };
            let lead = self.town.member(1).organisation;
            let row =
                propose_in(tx, &mut till, lead, None, Some(&round), &new).await.map_err(|f| fault(&f))?;
            ids.push(row.id);
        }
        let all: Vec<Wishes> = members
            .iter()
            .enumerate()
            .map(|(at, member)| Wishes {
                organisation: *member,
                wishes: vec![wish(ids[at % 2], 0, 600), wish(ids[2], 0, 300)],
            })
            .collect();
        let triggered = allocations::allocate_all(tx, &mut till, Some(&round), &all).await;
        let triggered = triggered.map_err(|f| fault(&f))?.len();
        let mut till = Till::by_job(tx, self.town.pot, closings::ROUND_CLOSE, &self.closing).await?;
        let report = closings::close_round_in(tx, &mut till, round.id, None).await.map_err(|f| fault(&f))?;
        Ok((report, triggered))
    }
}

async fn a_round_is_played_in_one_command(world: World) {
    let town = town(&world).await;
    let drawn = Drawn::of(&world.context);
    world.wait_until("2025-05-01T00:00:00+02:00");
    let play = Play { town: town.clone(), drawn, closing: Drawn::of(&world.context) };
    let (report, triggered) = world.context.db.write_alone(play).await.unwrap();
    // 75 × 600 covers the first at its 67th; 45 000 don't cover the second, nor 45 000 the third.
    assert_eq!(triggered, 1);
    assert_eq!((report.triggered, report.not_funded), (0, 2));
    assert_eq!(report.returned, Money::new(45_000 + 45_000));
    sound(&world, &town).await;
}

on_both![a_round_is_played_in_one_command];
