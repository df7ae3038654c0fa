//! The code and the templates of the house, where messages are called.

use std::fs;
use std::path::Path;

/// Reads every source under a folder. The tests and the build of this crate show nothing to anybody, and journeys look
/// for what pages show.
pub fn each_text(folder: &Path, read: &mut impl FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            let apart = ["words/tests", "words/build", "e2e/tests"].iter().any(|end| path.ends_with(end));
            if !apart && name != "target" && name != "node_modules" && !name.starts_with('.') {
                each_text(&path, read);
            }
        } else if [".rs", ".html", ".txt", ".xml", ".svg"].iter().any(|end| name.ends_with(end)) {
            // A file that is not text calls nothing.
            read(&path, &fs::read_to_string(&path).unwrap_or_default());
        }
    }
}
