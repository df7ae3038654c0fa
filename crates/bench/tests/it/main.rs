//! What a killed process leaves behind, and what many writers do to one share.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::Path;

use bench::{killed::kill_again_and_again, stage::Stage, writers::contest};
use testkit::{World, on_both};

/// How often a test kills; the benchmark does it more often.
const KILLS: u32 = 4;

async fn a_killed_process_loses_nothing_that_it_acknowledged(world: World) {
    world.context.db.close().await;
    let program = Path::new(env!("CARGO_BIN_EXE_popote-bench"));
    let survived = kill_again_and_again(program, world.kind, &world.url, KILLS).await;
    assert_eq!((survived.kills, survived.lost), (KILLS, 0), "{survived:?}");
    assert!(survived.acknowledged > u64::from(KILLS), "it wrote under load: {survived:?}");
}

async fn sixty_four_writers_never_overspend_a_share(world: World) {
    world.context.db.close().await;
    let stage = Stage::prepare(world.kind, &world.url, 2, 64).await;
    let contest = contest(&stage, 1, 64).await;
    assert_eq!((contest.accepted, contest.refused), (contest.fits, 64 - contest.fits));
    let context = &stage.world.context;
    let report = app::verify::verify_pot(&context.db, stage.pot(), context.now()).await.unwrap();
    assert!(report.holds(), "{:?}", report.findings);
    stage.close().await;
}

on_both![a_killed_process_loses_nothing_that_it_acknowledged, sixty_four_writers_never_overspend_a_share];
