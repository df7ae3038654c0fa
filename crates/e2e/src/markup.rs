//! The HTML that the server sends, checked by html-validate, which needs no network.
//!
//! `html-validate.json` leaves out four of its rules, which are about taste: a button that sends its form needs no type,
//! a list without bullets needs its role for VoiceOver, a table that scrolls is a region, a label may name its field twice.

use std::{fs, path::Path, process::Command};

use serde::Deserialize;
use tempfile::TempDir;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    file_path: String,
    messages: Vec<Message>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    rule_id: String,
    message: String,
    selector: Option<String>,
}

/// Pages as they were sent.
pub(crate) struct Sources {
    folder: TempDir,
    names: Vec<String>,
}

impl Sources {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder"), names: Vec::new() }
    }

    pub(crate) fn keep(&mut self, name: String, html: &str) {
        let file = self.folder.path().join(format!("{}.html", self.names.len()));
        fs::write(file, html).expect("a file is written");
        self.names.push(name);
    }

    /// What is not as the standard says: on which page, by which rule at which element.
    pub(crate) fn problems(&self) -> Vec<(String, String)> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let validator = here.join("node_modules/html-validate/bin/html-validate.mjs");
        let told = self.folder.path().join("report.json");
        let output = Command::new("node")
            .arg(&validator)
            .arg("--config")
            .arg(here.join("html-validate.json"))
            // Into a file: it ends before a pipe has taken a long report.
            .arg(format!("--formatter=json={}", told.display()))
            .arg(self.folder.path())
            .output()
            .unwrap_or_else(|problem| panic!("no node ({problem}); run scripts/install-tools npm"));
        let report = fs::read_to_string(&told).unwrap_or_default();
        let reports: Vec<Report> = serde_json::from_str(&report).unwrap_or_else(|problem| {
            let said = String::from_utf8_lossy(&output.stderr);
            panic!("html-validate says nothing readable ({problem}); run npm ci --prefix crates/e2e\n{said}")
        });
        let of = |report: &Report| {
            let stem = Path::new(&report.file_path).file_stem().and_then(|stem| stem.to_str());
            let number = stem.and_then(|stem| stem.parse::<usize>().ok());
            number.and_then(|number| self.names.get(number)).cloned().unwrap_or_default()
        };
        let said = reports.iter().flat_map(|report| {
            let page = of(report);
            report.messages.iter().map(move |message| {
                let Message { rule_id, message, selector } = message;
                let element = selector.as_deref().unwrap_or_default();
                (page.clone(), format!("HTML: {rule_id}: {message}\n  {element}"))
            })
        });
        said.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Sources;

    fn problems(body: &str) -> Vec<(String, String)> {
        let mut sources = Sources::new();
        let head = "<!doctype html>\n<html lang=\"fr\"><head><title>Un titre</title></head><body>";
        sources.keep("/about".to_owned(), &format!("{head}{body}</body></html>"));
        sources.problems()
    }

    #[test]
    fn what_the_standard_forbids_is_told_with_its_page_and_rule() {
        assert_eq!(problems("<main><h1>Bonjour</h1></main>"), Vec::new());
        let found = problems("<main><p><div>Bonjour</div></p></main>");
        assert!(!found.is_empty());
        assert!(found.iter().all(|(page, what)| page == "/about" && what.starts_with("HTML: ")), "{found:?}");
    }
}
