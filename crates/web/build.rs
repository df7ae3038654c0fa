//! Makes the assets of the binary: one stylesheet of all `assets/css/*.css`, each file with its hash in its name
//! and its gzip beside it.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

/// The order of the layers decides which rule wins, so files may be named and added freely.
const LAYERS: &str = "@layer tokens,base,layout,parts,print;";
/// Compressed bytes that the stylesheet may take: a page stays light on a slow line.
const STYLESHEET_LIMIT: usize = 15 * 1024;

fn main() {
    println!("cargo::rerun-if-changed=assets");
    println!("cargo::rerun-if-changed=build.rs");
    if let Err(error) = run() {
        println!("cargo::error={error}");
        process::exit(1);
    }
}

fn run() -> Result<(), String> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    let mut table = String::from("&[\n");
    let css = stylesheet().map_err(|error| format!("assets/css: {error}"))?;
    let size = add(&mut table, &out, "popote.css", css.as_bytes()).map_err(|error| error.to_string())?;
    if size > STYLESHEET_LIMIT {
        return Err(format!("popote.css is {size} bytes compressed, more than {STYLESHEET_LIMIT}"));
    }
    for folder in ["assets/js", "assets/img"] {
        for path in files(folder).map_err(|error| format!("{folder}: {error}"))? {
            let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let name = path.file_name().and_then(|name| name.to_str()).ok_or("a file name is not UTF-8")?;
            add(&mut table, &out, name, &bytes).map_err(|error| error.to_string())?;
        }
    }
    table.push_str("]\n");
    fs::write(out.join("assets.rs"), table).map_err(|error| error.to_string())
}

/// The files of a folder, by name; none if there is no folder.
fn files(folder: &str) -> io::Result<Vec<PathBuf>> {
    if !Path::new(folder).is_dir() {
        return Ok(Vec::new());
    }
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.retain(|path| path.is_file());
    paths.sort();
    Ok(paths)
}

fn stylesheet() -> io::Result<String> {
    let mut css = String::from(LAYERS);
    for path in files("assets/css")? {
        if path.extension().is_some_and(|extension| extension == "css") {
            shorten(&fs::read_to_string(&path)?, &mut css);
        }
    }
    Ok(css)
}

/// Drops comments and the blanks at both ends of each line.
fn shorten(source: &str, css: &mut String) {
    let mut rest = source;
    let mut plain = String::with_capacity(source.len());
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    for line in plain.lines() {
        let line = line.trim();
        if !line.is_empty() {
            css.push_str(line);
            css.push('\n');
        }
    }
}

/// Writes one asset and its line in the table; the number of bytes compressed.
fn add(table: &mut String, out: &Path, name: &str, bytes: &[u8]) -> io::Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    let gzip = encoder.finish()?;
    let (plain_path, gzip_path) = (out.join(name), out.join(format!("{name}.gz")));
    fs::write(&plain_path, bytes)?;
    fs::write(&gzip_path, &gzip)?;
    let hash: String = Sha256::digest(bytes).iter().take(6).fold(String::new(), |mut hash, byte| {
        let _ = write!(hash, "{byte:02x}");
        hash
    });
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let _ = writeln!(
        table,
        "    Asset {{ name: {name:?}, file: \"{stem}.{hash}.{extension}\", plain: include_bytes!({plain_path:?}), gzip: include_bytes!({gzip_path:?}) }},",
    );
    Ok(gzip.len())
}
