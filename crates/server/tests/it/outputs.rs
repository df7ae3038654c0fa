//! A standard output that is full or closed: what was done is told, and nothing panics.

use std::{
    fs::File,
    io::Read as _,
    net::{TcpListener, TcpStream},
    path::Path,
    process::Stdio,
    thread::sleep,
    time::Duration,
};

use crate::running::{INIT, command};

fn full() -> Stdio {
    File::options().write(true).open("/dev/full").unwrap().into()
}

/// Runs it with an output that takes nothing: its exit code, and what it said elsewhere.
fn into_full(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = command(folder, arguments).stdout(full()).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn what_was_done_is_told_where_the_output_is_full() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| into_full(folder.path(), arguments);
    let (code, said) = run(&INIT);
    assert!(code == Some(0) && said.contains("CHATONS is ready"), "{code:?} {said}");
    assert!(said.contains("standard output:") && !said.contains("panicked"), "{said}");
    let (code, said) = run(&["backup", "copy.db"]);
    assert!(code == Some(0) && said.contains("copy.db") && !said.contains("panicked"), "{code:?} {said}");
    assert!(folder.path().join("copy.db").exists());
    let (code, said) = run(&["person", "admin", "camille@yaal.example"]);
    assert!(code == Some(0) && said.contains("administers the instance"), "{code:?} {said}");
    // What was asked to be printed, and wasn't, failed.
    let printing: [&[&str]; 6] = [
        &["verify"],
        &["verify", "--json"],
        &["person", "list"],
        &["job", "list"],
        &["doctor"],
        &["serve", "--print-config"],
    ];
    for arguments in printing {
        let (code, said) = run(arguments);
        assert_eq!(code, Some(1), "{arguments:?} {said}");
        assert!(said.contains("standard output:") && !said.contains("panicked"), "{arguments:?} {said}");
    }
}

#[test]
fn a_reader_that_stops_early_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    assert!(command(folder.path(), &INIT).output().unwrap().status.success());
    for arguments in [&["verify", "--json"][..], &["person", "list"]] {
        let mut child =
            command(folder.path(), arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn the_server_starts_though_it_can_not_say_so() {
    let folder = tempfile::tempdir().unwrap();
    // A port that was free a moment ago.
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let arguments = ["serve", "--listen", &address, "--public-url", "http://127.0.0.1"];
    let mut server = command(folder.path(), &arguments).stdout(full()).stderr(Stdio::null()).spawn().unwrap();
    let mut answers = false;
    for _ in 0..300 {
        answers = TcpStream::connect(&address).is_ok();
        if answers || server.try_wait().unwrap().is_some() {
            break;
        }
        sleep(Duration::from_millis(100));
    }
    let ended = server.try_wait().unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(answers && ended.is_none(), "{ended:?}");
}
