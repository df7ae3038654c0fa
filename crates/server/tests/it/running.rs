//! The binary, as the tests run it.

use std::{
    path::Path,
    process::{Command, Output},
};

/// What `popote init` is told.
pub(crate) const INIT: [&str; 9] = [
    "init",
    "--collective",
    "CHATONS",
    "--organisation",
    "Yaal Coop",
    "--name",
    "Camille",
    "--email",
    "camille@yaal.example",
];

/// `popote` with nothing of the settings of whoever runs the tests.
fn bare(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_popote"));
    command.args(arguments).env_remove("POPOTE_DATABASE_URL").env("POPOTE_CONFIG", "/dev/null");
    command
}

/// Runs `popote`.
pub(crate) fn popote(arguments: &[&str]) -> Output {
    bare(arguments).output().expect("popote runs")
}

/// `popote` on a database of SQLite in a folder.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = bare(arguments);
    command.args(["--database-url", "sqlite:popote.db"]).current_dir(folder);
    command
}

/// Runs it in a folder; whether it ended well, and all that it said.
pub(crate) fn said_in(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let output = command(folder, arguments).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}
