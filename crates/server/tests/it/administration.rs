//! Administration without the web: the first collective, persons, what falls due.

use std::path::Path;

use crate::running::{INIT, popote, said_in};

#[test]
fn an_instance_is_made_and_administered_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let popote = |arguments: &[&str]| said_in(folder.path(), arguments);
    let (ok, said) = popote(&["person", "list"]);
    assert!(!ok && said.contains("there is no database"), "{said}");

    let (ok, said) = popote(&INIT);
    assert!(ok && said.contains("/c/chatons"), "{said}");
    let (ok, said) = popote(&INIT);
    assert!(!ok && said.contains("is set up"), "{said}");

    let (ok, said) = popote(&["person", "list"]);
    assert!(ok && said.contains("Camille <camille@yaal.example>"), "{said}");
    let (ok, said) = popote(&["person", "list", "--json"]);
    assert!(ok && said.contains(r#""email":"camille@yaal.example""#), "{said}");
    let (ok, said) = popote(&["person", "admin", "CAMILLE@yaal.example"]);
    assert!(ok, "{said}");
    let (ok, said) = popote(&["person", "close", "personne@nulle.part"]);
    assert!(!ok && said.contains("nobody has the address personne@nulle.part"), "{said}");

    let (ok, said) = popote(&["job", "list"]);
    assert!(ok && said.contains("1 mails wait"), "the welcome: {said}");
    let (ok, said) = popote(&["job", "run"]);
    assert!(ok && said.contains("1 mails sent"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path().join("popote-mails")).unwrap().count(), 1);
    let (ok, said) = popote(&["job", "list", "--json"]);
    assert!(ok && said.contains(r#""mails_waiting":0"#), "{said}");
    let (ok, said) = popote(&["job", "retry", "019f0000-0000-7000-8000-000000000000"]);
    assert!(!ok && said.contains("was given up"), "{said}");

    let (ok, said) = popote(&["person", "close", "camille@yaal.example"]);
    assert!(!ok && said.contains("nobody else administers this instance"), "{said}");
    let (_, said) = popote(&["person", "list"]);
    assert!(!said.contains("(closed)"), "{said}");
    let (ok, said) = popote(&["person", "password", "camille@yaal.example"]);
    assert!(!ok && said.contains("--stdin") && !said.contains("os error"), "{said}");
    let (ok, said) = popote(&["doctor"]);
    assert!(said.contains("disk: ") && said.contains("MiB are free"), "{ok} {said}");
    let (ok, said) = popote(&["verify"]);
    assert!(ok && said.contains("Everything holds."), "{said}");
}

#[test]
fn a_person_takes_their_data_along_and_is_erased_from_the_command_line() {
    testkit::check(testkit::Kind::Sqlite, |world| async move {
        let town = world.collective(domain::rules::Template::Informal, &["Yaal Coop", "ARN"]).await;
        let (admin, member) = (town.member(0).email.clone(), town.member(1).email.clone());
        let popote = |arguments: &[&str]| {
            let url = ["--database-url", &world.url];
            let output =
                Command::new(env!("CARGO_BIN_EXE_popote")).args(arguments).args(url).output().unwrap();
            (output.status.success(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
        };
        let (ok, said) = popote(&["export", "--format", "gdpr", "--person", &member]);
        assert!(ok && said.contains("\"organisation\": \"ARN\"") && !said.contains(&admin), "{said}");
        let (ok, said) = popote(&["export", "--format", "gdpr", "--person", "nemo@arn.example"]);
        assert!(!ok && said.contains("nobody has the address nemo@arn.example"), "{said}");
        for wrong in
            [&["--format", "gdpr", "--collective", "chatons"][..], &["--format", "csv", "--person", "a@b.c"]]
        {
            let (ok, said) = popote(&[&["export"], wrong].concat());
            assert!(!ok && said.contains("--person"), "{said}");
        }

        let (ok, said) = popote(&["person", "erase", &member]);
        assert!(ok && said.contains("Nothing was done: add --yes"), "{said}");
        assert!(said.contains("a mandate for ARN ends, which nobody represents then"), "{said}");
        let (ok, said) = popote(&["person", "erase", &admin, "--yes"]);
        assert!(!ok && said.contains("nobody else administers this instance"), "{said}");
        assert!(said.contains("nobody else is treasurer of CHATONS"), "{said}");
        let (ok, said) = popote(&["person", "erase", &member, "--yes", "--texts"]);
        assert!(ok && said.contains("is erased") && !said.contains("still says"), "{said}");
        let (ok, said) = popote(&["person", "erase", &member, "--yes"]);
        assert!(!ok && said.contains("nobody has the address"), "{said}");
        let (ok, said) = popote(&["person", "list"]);
        assert!(ok && said.contains("erased person\n") && !said.contains(&member), "{said}");
        let (ok, said) = popote(&["verify"]);
        assert!(ok && said.contains("Everything holds."), "{said}");
    });
}

#[test]
fn a_broken_row_is_told_by_mail_in_the_night() {
    let folder = tempfile::tempdir().unwrap();
    let popote = |arguments: &[&str]| said_in(folder.path(), arguments);
    let (ok, said) = popote(&INIT);
    assert!(ok, "{said}");
    let (ok, said) = popote(&["job", "run", "--nightly"]);
    assert!(ok && said.contains("1 seen to, 0 failed; 1 mails sent"), "the welcome alone: {said}");
    let rows = break_a_row(&folder.path().join("popote.db"));
    assert!(rows > 0, "nothing is broken");
    let (ok, said) = popote(&["job", "run", "--nightly"]);
    assert!(ok && said.contains("1 seen to, 0 failed; 1 mails sent"), "{said}");
    let mails = std::fs::read_dir(folder.path().join("popote-mails")).unwrap();
    let texts = mails.map(|mail| std::fs::read_to_string(mail.unwrap().path()).unwrap());
    let alarm = texts.filter(|text| text.contains("camille@yaal.example") && text.contains("/admin")).count();
    assert_eq!(alarm, 1);
}

/// Moves the head of a book behind the program's back.
fn break_a_row(database: &Path) -> u64 {
    use store::sqlx::{Connection as _, SqliteConnection, query};
    let address = format!("sqlite:{}", database.display());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut connection = SqliteConnection::connect(&address).await.unwrap();
        let done = query("UPDATE pot_head SET seq = seq + 1").execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        done.rows_affected()
    })
}

#[test]
fn a_budget_without_a_country_is_played_and_all_that_is_wrong_is_said_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let budget = "META\nkey;value\ndescription;Notre rue\nunit;Rennes\ninstance;2026\nnum_projects;2\n\
        num_votes;2\nbudget;100\nvote_type;approval\nrule;greedy\ndate_begin;2026\ndate_end;2026\n\
        PROJECTS\nproject_id;cost\n1;40\n2;90\nVOTES\nvoter_id;vote\nada;1\nbob;1,2\n";
    std::fs::write(folder.path().join("rue.pb"), budget).unwrap();
    let (ok, said) = said_in(folder.path(), &["import", "pabulib", "rue.pb"]);
    assert!(ok && said.contains("META lacks country") && said.contains("1 of 2 projects funded"), "{said}");
    let wrong = budget.replace("bob;1,2", "ada;1,1");
    std::fs::write(folder.path().join("faux.pb"), wrong).unwrap();
    let (ok, said) = said_in(folder.path(), &["import", "pabulib", "faux.pb"]);
    assert!(!ok, "{said}");
    for fault in ["two voters are named", "line 20"] {
        assert!(said.contains(fault), "{fault} is not in {said}");
    }
    assert!(said.matches("faux.pb: line 20").count() >= 2, "both faults of that line: {said}");
}

#[test]
fn wrong_answers_are_all_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut arguments = INIT;
    arguments[4] = " ";
    arguments[8] = "camille";
    let (ok, said) = said_in(folder.path(), &arguments);
    assert!(!ok && said.contains("organisation: ") && said.contains("email: "), "{said}");
}

/// Runs `popote verify` on an address.
fn verify(address: &str) -> (Option<i32>, String) {
    let output = popote(&["verify", "--database-url", address]);
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_database_that_does_not_answer_is_said_in_one_sentence() {
    // A port that was free a moment ago: nobody listens.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let began = std::time::Instant::now();
    let (code, said) = verify(&format!("postgres://popote:secret@127.0.0.1:{port}/pot"));
    assert_eq!(code, Some(1), "{said}");
    assert!(said.starts_with(&format!("popote: pot on 127.0.0.1:{port} can't be reached: ")), "{said}");
    assert!(said.contains("Check that PostgreSQL runs") && said.lines().count() == 1, "{said}");
    assert!(!said.contains("secret"), "{said}");
    assert!(began.elapsed().as_secs() < 8, "it is said at once, not when a pool gives up");
}

#[test]
fn a_locked_database_is_told_by_nothing_else() {
    use store::sqlx::{Connection as _, Executor as _, SqliteConnection};
    let folder = tempfile::tempdir().unwrap();
    assert!(said_in(folder.path(), &INIT).0);
    let address = format!("sqlite:{}", folder.path().join("popote.db").display());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut holder = runtime.block_on(SqliteConnection::connect(&address)).unwrap();
    runtime.block_on(holder.execute("BEGIN IMMEDIATE")).unwrap();
    let (code, said) = verify(&address);
    assert_eq!((code, said.as_str()), (Some(0), ""), "reading waits for nobody");
    let (done, said) = said_in(folder.path(), &["job", "run", "--nightly"]);
    assert!(!done && said.contains("locked by another process"), "{said}");
    assert!(!said.contains("sqlx") && !said.contains("WARN") && !said.contains("ERROR"), "{said}");
}
