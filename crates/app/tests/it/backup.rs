//! A copy taken while money moves, put in place elsewhere.

use domain::{Book, Money, posting::Nature, rules::Template};
use jiff::civil::date;
use popote_app::{
    Acting,
    contributions::{self, NewContribution},
};
use store::{BackupError, Db, Options};
use testkit::{Kind, World, check};

fn payment(organisation: domain::ids::OrganisationId, cents: i64) -> NewContribution {
    NewContribution {
        organisation,
        amount: Money::new(cents),
        nature: Nature::Subscription,
        received_on: date(2025, 3, 1),
        reference: String::new(),
        proof: None,
    }
}

async fn cash_head(db: &Db, pot: domain::ids::PotId) -> i64 {
    let mut tx = db.read().await.unwrap();
    store::fetch_value(
        &mut tx,
        "SELECT seq FROM pot_head WHERE pot = $1 AND book = 'cash'",
        store::args![pot],
    )
    .await
    .unwrap()
}

#[test]
fn a_copy_under_load_is_one_state_of_the_database() {
    check(Kind::Sqlite, |world: World| async move {
        let town = world.collective(Template::Informal, &["Yaal Coop"]).await;
        let organisation = town.member(0).organisation;
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("copy.db");
        let load = {
            let (world, acting, pot): (World, Acting, _) = (world.clone(), town.admin(), town.pot);
            tokio::spawn(async move {
                for cents in 1..=120 {
                    let new = payment(organisation, cents);
                    contributions::record_contribution(&world.context, acting.clone(), pot, new)
                        .await
                        .unwrap();
                }
            })
        };
        store::backup(&world.url, &copy).await.unwrap();
        load.await.unwrap();
        assert!(matches!(store::backup(&world.url, &copy).await, Err(BackupError::Exists(_))));

        let place = format!("sqlite:{}", folder.path().join("elsewhere.db").display());
        store::restore(&copy, &place).await.unwrap();
        let db = Db::open(&place, &Options::default()).await.unwrap();
        let seq = cash_head(&db, town.pot).await;
        let mut tx = db.read().await.unwrap();
        let pools = store::journal::balances(
            &mut tx,
            town.pot,
            Book::Cash,
            store::journal::Of::Organisation(organisation),
        );
        let total: i64 = pools.await.unwrap().iter().map(|(_, balance)| balance.minor()).sum();
        assert_eq!(total, seq * (seq + 1) / 2, "the copy holds whole postings, from the first on");
        drop(tx);
        assert_eq!(cash_head(&world.context.db, town.pot).await, 120);

        let used = store::restore(&copy, &place).await;
        assert!(matches!(used, Err(BackupError::InUse(_))), "{used:?}");
        db.close().await;
        let first = store::restore(&copy, &place).await.unwrap().unwrap();
        assert_eq!(first, folder.path().join("elsewhere.db.before-restore"));
        let original = std::fs::read(&first).unwrap();
        let second = store::restore(&copy, &place).await.unwrap().unwrap();
        assert_eq!(second, folder.path().join("elsewhere.db.before-restore-2"));
        assert!(second.exists());
        assert_eq!(std::fs::read(&first).unwrap(), original, "what the first one kept is still there");
    });
}

#[test]
fn what_is_no_copy_is_not_put_in_place() {
    check(Kind::Sqlite, |_| async move {
        let folder = tempfile::tempdir().unwrap();
        let place = format!("sqlite:{}", folder.path().join("popote.db").display());
        Db::open(&place, &Options::default()).await.unwrap().close().await;
        let missing = store::restore(&folder.path().join("nothing.db"), &place).await;
        assert!(matches!(missing, Err(BackupError::Missing(_))));
        let text = folder.path().join("text.db");
        std::fs::write(&text, "this is no database, but a text that is long enough to be looked at").unwrap();
        assert!(store::restore(&text, &place).await.is_err());
        let newer = folder.path().join("newer.db");
        std::fs::copy(folder.path().join("popote.db"), &newer).unwrap();
        raise_schema(&newer.display().to_string()).await;
        let refused = store::restore(&newer, &place).await;
        let Err(BackupError::Newer { copy, found, known }) = &refused else { panic!("{refused:?}") };
        assert!(*copy == newer && found > known);
        let said = refused.unwrap_err().to_string();
        assert!(
            said.contains("newer.db was made by a newer Popote") && !said.contains("restoring"),
            "{said}"
        );
        Db::open(&place, &Options::default()).await.unwrap().close().await;
    });
}

#[test]
fn a_copy_whose_triggers_were_changed_is_not_put_in_place() {
    check(Kind::Sqlite, |_| async move {
        let folder = tempfile::tempdir().unwrap();
        let place = format!("sqlite:{}", folder.path().join("popote.db").display());
        Db::open(&place, &Options::default()).await.unwrap().close().await;
        for sql in [
            "DROP TRIGGER transfer_no_update",
            "CREATE TRIGGER more AFTER INSERT ON transfer BEGIN UPDATE account SET balance = 0; END",
        ] {
            let copy = folder.path().join("changed.db");
            std::fs::copy(folder.path().join("popote.db"), &copy).unwrap();
            change(&copy.display().to_string(), sql).await;
            let refused = store::restore(&copy, &place).await;
            assert!(matches!(&refused, Err(BackupError::Unguarded { .. })), "{refused:?}");
            assert!(!folder.path().join("popote.db.before-restore").exists(), "nothing was changed");
        }
    });
}

async fn raise_schema(path: &str) {
    let sql = "UPDATE popote_migration SET version = version + 1000 \
        WHERE version = (SELECT MAX(version) FROM popote_migration)";
    change(path, sql).await;
}

async fn change(path: &str, sql: &'static str) {
    use store::sqlx::Connection as _;
    let mut connection = store::sqlx::SqliteConnection::connect(path).await.unwrap();
    store::sqlx::query(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}
