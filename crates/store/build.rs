//! Lists the migrations of each folder, so that they are embedded in the binary without sqlx's macros.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=build.rs");
    let home = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let mut source = String::new();
    for (name, folder) in [("SQLITE", "sqlite"), ("POSTGRES", "postgres")] {
        let folder = Path::new(&home).join("migrations").join(folder);
        println!("cargo:rerun-if-changed={}", folder.display());
        source.push_str(&list(name, &folder)?);
    }
    fs::write(Path::new(&out).join("migrations.rs"), source)
}

/// `0001_people.sql` becomes `(1, "people", include_str!("…/0001_people.sql"))`.
fn list(name: &str, folder: &Path) -> io::Result<String> {
    let mut files: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    let mut source = format!("pub(crate) const {name}: &[(i64, &str, &str)] = &[\n");
    for file in files {
        let path = file.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let Some((version, what)) = stem.split_once('_') else {
            return Err(io::Error::other(format!("{} is not NNNN_what.sql", path.display())));
        };
        let version: i64 = version.parse().map_err(io::Error::other)?;
        source.push_str(&format!(
            "    ({version}, {what:?}, include_str!({:?})),\n",
            path.display().to_string()
        ));
    }
    source.push_str("];\n");
    Ok(source)
}
