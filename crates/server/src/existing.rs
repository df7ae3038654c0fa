//! Opening a database that a command only reads.

use std::path::Path;

use store::{Db, Options};

use crate::serve::StartError;

/// Opens a database as it is: none is made where there is none, and an older one is not migrated.
/// Errors: there is none, or it can't be opened.
pub async fn open(url: &str) -> Result<Db, StartError> {
    let file = url.strip_prefix("sqlite:").or_else(|| (!url.contains("://")).then_some(url));
    if let Some(path) = file.map(|path| path.strip_prefix("//").unwrap_or(path))
        && !Path::new(path).exists()
    {
        return Err(format!("there is no database at {path}").into());
    }
    let options = Options { migrate: false, connections: 2, readers: 1, ..Options::default() };
    Ok(Db::open(url, &options).await?)
}
