//! Accessibility, checked by axe-core.

use std::{fmt::Write, path::Path, sync::LazyLock};

use serde::Deserialize;
use serde_json::json;
use thirtyfour::WebDriver;

/// The rules of WCAG 2.2 at levels A and AA.
const TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

static AXE: LazyLock<String> = LazyLock::new(|| {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&file)
        .unwrap_or_else(|problem| panic!("no axe-core ({problem}); run npm ci --prefix crates/e2e"))
});

#[derive(Deserialize)]
struct Finding {
    id: String,
    help: String,
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    html: String,
    target: serde_json::Value,
    #[serde(rename = "failureSummary", default)]
    summary: String,
}

/// What axe-core finds on the page as it stands, in words; empty if nothing.
pub(crate) async fn findings(driver: &WebDriver) -> String {
    let known = driver.execute("return !!window.axe", Vec::new()).await.expect("the page answers");
    if !known.convert::<bool>().expect("true or false") {
        driver.execute(AXE.as_str(), Vec::new()).await.expect("axe-core is there");
    }
    let script = "const [tags, done] = arguments;
        axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
          .then(result => done(result.violations), problem => done(String(problem)));";
    let answer = driver.execute_async(script, vec![json!(TAGS)]).await.expect("axe-core runs");
    let found: Vec<Finding> =
        answer.convert().unwrap_or_else(|_| panic!("axe-core can't run: {}", answer.json()));
    let mut text = String::new();
    for finding in found {
        let _ = writeln!(text, "{}: {}", finding.id, finding.help);
        for node in finding.nodes.iter().take(5) {
            let _ = writeln!(
                text,
                "  {} {}\n    {}",
                node.target,
                node.html,
                node.summary.replace('\n', "\n    ")
            );
        }
        if finding.nodes.len() > 5 {
            let _ = writeln!(text, "  and {} more", finding.nodes.len() - 5);
        }
    }
    text
}
