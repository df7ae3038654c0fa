//! Compiles `fr/*.ftl` and `en/*.ftl` into the methods of `Words`, or fails with every fault found.

use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

#[path = "build/mod.rs"]
mod messages;

fn main() {
    for watched in ["fr", "en", "build", "build.rs", "src/typography.rs"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    if let Err(faults) = run() {
        for fault in faults {
            println!("cargo::error={fault}");
        }
        process::exit(1);
    }
}

fn run() -> Result<(), Vec<String>> {
    let fr = read_folder("fr").map_err(|error| vec![format!("fr: {error}")])?;
    let en = read_folder("en").map_err(|error| vec![format!("en: {error}")])?;
    let code = messages::methods(&messages::compile(&fr, &en)?);
    let folder = env::var_os("OUT_DIR").ok_or_else(|| vec!["OUT_DIR is not set".to_owned()])?;
    let path = PathBuf::from(folder).join("messages.rs");
    fs::write(&path, code).map_err(|error| vec![format!("{}: {error}", path.display())])
}

/// Every `.ftl` file of a folder, by name.
fn read_folder(folder: &str) -> io::Result<Vec<messages::Source>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(Path::new(folder))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "ftl") {
            names.push(path);
        }
    }
    names.sort();
    let mut sources = Vec::with_capacity(names.len());
    for path in names {
        let text = fs::read_to_string(&path)?.replace("\r\n", "\n");
        sources.push(messages::Source { path: path.display().to_string(), text });
    }
    Ok(sources)
}
