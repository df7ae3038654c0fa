//! Where the published elections are.

use std::io::Write;
use std::path::PathBuf;

/// The folder of `.pb` files that `POPOTE_PABULIB` names; says so when there is none.
pub fn folder(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("POPOTE_PABULIB").filter(|value| !value.is_empty()).map(PathBuf::from);
    if folder.is_none() {
        // Written past the test harness, which keeps what passing tests print to itself.
        let said = format!("POPOTE_PABULIB is not set: {test} used no published election\n");
        std::io::stderr().write_all(said.as_bytes()).unwrap();
    }
    folder
}

/// The `.pb` files of that folder, by name.
pub fn files(test: &str) -> Vec<PathBuf> {
    let Some(folder) = folder(test) else { return Vec::new() };
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "pb"));
    files.sort();
    assert!(!files.is_empty(), "the folder of POPOTE_PABULIB holds no .pb file");
    files
}
