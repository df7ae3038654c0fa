//! The two folders of migrations make the same schema: tables, columns, keys, indexes, named constraints.

use std::{collections::BTreeSet, fmt::Write};

use popote_store::{Db, Tx, args, fetch_all, fetch_value, fetch_values, row};

use crate::place::{Kind, Place, check};

type Facts = BTreeSet<String>;

#[test]
fn both_databases_have_the_same_schema() {
    let (tell, told) = std::sync::mpsc::channel();
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let tell = tell.clone();
        check(kind, move |place: Place| async move {
            let db = place.open().await;
            let mut tx = db.read().await.unwrap();
            let facts = if tx.is_postgres() { postgres(&mut tx).await } else { sqlite(&mut tx).await };
            tell.send(facts).unwrap();
        });
    }
    drop(tell);
    let (Ok(sqlite), other) = (told.recv(), told.recv()) else { panic!("SQLite told nothing") };
    assert!(sqlite.len() > 100, "the schema was not read");
    // Without PostgreSQL, where that was asked, there is nothing to compare with.
    let Ok(postgres) = other else { return };
    let mut difference = String::new();
    for fact in sqlite.difference(&postgres) {
        writeln!(difference, "only on SQLite:     {fact}").unwrap();
    }
    for fact in postgres.difference(&sqlite) {
        writeln!(difference, "only on PostgreSQL: {fact}").unwrap();
    }
    assert!(difference.is_empty(), "the schemas differ:\n{difference}");
}

#[test]
fn every_table_of_sqlite_is_strict() {
    check(Kind::Sqlite, |place: Place| async move {
        let db: Db = place.open().await;
        let mut tx = db.read().await.unwrap();
        const LOOSE: &str = "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' \
            AND strict = 0 AND name NOT LIKE 'sqlite%' AND name <> 'popote_migration'";
        let loose: Vec<String> = fetch_values(&mut tx, LOOSE, args![]).await.unwrap();
        assert!(loose.is_empty(), "{loose:?}");
    });
}

/// The list by which `verify` knows what PostgreSQL refuses by itself is that of a schema made just now. Where a migration
/// changed it, the list goes to the file that is named.
#[test]
fn the_list_of_what_postgres_guards_is_that_of_a_fresh_schema() {
    check(Kind::Postgres, |place: Place| async move {
        let db: Db = place.open().await;
        let found = popote_store::guard::listed(&mut db.read().await.unwrap()).await.unwrap();
        let (listed, new) =
            (include_str!("../../src/guard/postgres.txt"), std::env::temp_dir().join("postgres.txt"));
        if found != listed {
            std::fs::write(&new, found).unwrap();
            panic!("put {} in the place of crates/store/src/guard/postgres.txt", new.display());
        }
    });
}

row! {
    struct Column {
        name: String,
        kind: String,
        required: bool,
        key: i64,
    }
}

row! {
    struct Index {
        name: Option<String>,
        distinct_rows: bool,
        partial: bool,
        columns: String,
    }
}

row! {
    struct Reference {
        columns: String,
        target: String,
        target_columns: String,
    }
}

fn column(facts: &mut Facts, table: &str, column: &Column) {
    let kind = match column.kind.as_str() {
        "bigint" | "INTEGER" => "integer",
        "uuid" | "bytea" | "BLOB" => "bytes",
        "text" | "TEXT" => "text",
        other => panic!("{table}.{} is of type {other}", column.name),
    };
    let null = if column.required { "not null" } else { "null" };
    facts.insert(format!("{table}.{} {kind} {null}, place {} in the key", column.name, column.key));
}

fn index(facts: &mut Facts, table: &str, index: &Index) {
    let name = index.name.as_deref().unwrap_or("(of a constraint)");
    let unique = if index.distinct_rows { "unique" } else { "plain" };
    let partial = if index.partial { ", partial" } else { "" };
    facts.insert(format!("{table}: {unique} index {name} ({}){partial}", index.columns));
}

fn reference(facts: &mut Facts, table: &str, reference: &Reference) {
    let Reference { columns, target, target_columns } = reference;
    facts.insert(format!("{table}: ({columns}) references {target} ({target_columns})"));
}

async fn sqlite(tx: &mut Tx) -> Facts {
    let mut facts = Facts::new();
    const TABLES: &str = "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' \
        AND name NOT LIKE 'sqlite%' AND name <> 'popote_migration'";
    const COLUMNS: &str =
        "SELECT name, type AS kind, \"notnull\" AS required, pk AS key FROM pragma_table_info($1)";
    const INDEXES: &str = "SELECT CASE origin WHEN 'c' THEN name END AS name, \"unique\" AS distinct_rows, \
        partial, (SELECT group_concat(name, ', ') FROM (SELECT name FROM pragma_index_info(l.name) ORDER BY seqno)) \
        AS columns FROM pragma_index_list($1) l WHERE origin <> 'pk'";
    const REFERENCES: &str = "SELECT group_concat(\"from\", ', ') AS columns, \"table\" AS target, \
        group_concat(\"to\", ', ') AS target_columns \
        FROM (SELECT * FROM pragma_foreign_key_list($1) ORDER BY id, seq) GROUP BY id, \"table\"";
    const TEXT: &str = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = $1";
    const TRIGGERS: &str = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = $1";
    for table in fetch_values::<String>(tx, TABLES, args![]).await.unwrap() {
        facts.insert(format!("table {table}"));
        for found in fetch_all::<Column>(tx, COLUMNS, args![table]).await.unwrap() {
            column(&mut facts, &table, &found);
        }
        for found in fetch_all::<Index>(tx, INDEXES, args![table]).await.unwrap() {
            index(&mut facts, &table, &found);
        }
        for found in fetch_all::<Reference>(tx, REFERENCES, args![table]).await.unwrap() {
            reference(&mut facts, &table, &found);
        }
        let text: String = fetch_value(tx, TEXT, args![table]).await.unwrap();
        for named in text.split("CONSTRAINT ").skip(1) {
            let mut words = named.split_whitespace();
            let (name, what) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            facts.insert(format!("{table}: {} {name}", what.to_lowercase()));
        }
        if fetch_value::<i64>(tx, TRIGGERS, args![table]).await.unwrap() > 0 {
            facts.insert(format!("{table}: guarded by triggers"));
        }
    }
    facts
}

async fn postgres(tx: &mut Tx) -> Facts {
    let mut facts = Facts::new();
    const TABLES: &str = "SELECT CAST(relname AS TEXT) FROM pg_class WHERE relkind = 'r' AND relname <> \
        'popote_migration' AND relnamespace = CAST(current_schema() AS regnamespace)";
    const COLUMNS: &str = "SELECT CAST(attname AS TEXT) AS name, format_type(atttypid, NULL) AS kind, \
        CAST(CAST(attnotnull AS INTEGER) AS BIGINT) AS required, CAST(COALESCE((SELECT array_position( \
        CAST(indkey AS SMALLINT[]), attnum) + 1 FROM pg_index WHERE indrelid = attrelid AND indisprimary), 0) \
        AS BIGINT) AS key FROM pg_attribute WHERE attrelid = CAST(CAST($1 AS TEXT) AS regclass) AND attnum > 0 \
        AND NOT attisdropped";
    const INDEXES: &str = "SELECT CASE WHEN EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid \
        AND contype = 'u') THEN NULL ELSE CAST(c.relname AS TEXT) END AS name, \
        CAST(CAST(indisunique AS INTEGER) AS BIGINT) AS distinct_rows, \
        CAST(CAST(indpred IS NOT NULL AS INTEGER) AS BIGINT) AS partial, (SELECT string_agg(CAST(attname AS TEXT), \
        ', ' ORDER BY place) FROM unnest(CAST(indkey AS SMALLINT[])) WITH ORDINALITY AS k (n, place) \
        JOIN pg_attribute ON attrelid = indrelid AND attnum = n) AS columns FROM pg_index \
        JOIN pg_class c ON c.oid = indexrelid WHERE indrelid = CAST(CAST($1 AS TEXT) AS regclass) \
        AND NOT indisprimary";
    const REFERENCES: &str = "SELECT (SELECT string_agg(CAST(attname AS TEXT), ', ' ORDER BY place) FROM \
        unnest(conkey) WITH ORDINALITY AS k (n, place) JOIN pg_attribute ON attrelid = conrelid AND attnum = n) \
        AS columns, CAST(CAST(confrelid AS regclass) AS TEXT) AS target, (SELECT string_agg(CAST(attname AS TEXT), \
        ', ' ORDER BY place) FROM unnest(confkey) WITH ORDINALITY AS k (n, place) JOIN pg_attribute \
        ON attrelid = confrelid AND attnum = n) AS target_columns FROM pg_constraint WHERE contype = 'f' \
        AND conrelid = CAST(CAST($1 AS TEXT) AS regclass)";
    const NAMED: &str = "SELECT CASE contype WHEN 'c' THEN 'check ' ELSE 'unique ' END || CAST(conname AS TEXT) \
        FROM pg_constraint WHERE contype IN ('c', 'u') AND conrelid = CAST(CAST($1 AS TEXT) AS regclass)";
    const TRIGGERS: &str = "SELECT COUNT(*) FROM pg_trigger WHERE NOT tgisinternal \
        AND tgrelid = CAST(CAST($1 AS TEXT) AS regclass)";
    for table in fetch_values::<String>(tx, TABLES, args![]).await.unwrap() {
        facts.insert(format!("table {table}"));
        for found in fetch_all::<Column>(tx, COLUMNS, args![table]).await.unwrap() {
            column(&mut facts, &table, &found);
        }
        for found in fetch_all::<Index>(tx, INDEXES, args![table]).await.unwrap() {
            index(&mut facts, &table, &found);
        }
        for found in fetch_all::<Reference>(tx, REFERENCES, args![table]).await.unwrap() {
            reference(&mut facts, &table, &found);
        }
        for named in fetch_values::<String>(tx, NAMED, args![table]).await.unwrap() {
            facts.insert(format!("{table}: {named}"));
        }
        if fetch_value::<i64>(tx, TRIGGERS, args![table]).await.unwrap() > 0 {
            facts.insert(format!("{table}: guarded by triggers"));
        }
    }
    facts
}
