//! The accessibility tree as a text that people can read and compare.

use std::{collections::HashMap, fmt::Write, path::Path};

use serde_json::{Value, json};

use crate::page::Page;

/// Roles that say nothing by themselves, or say what their parent has already said.
const SILENT: [&str; 12] = [
    "none",
    "generic",
    "InlineTextBox",
    "StaticText",
    "ListMarker",
    "LineBreak",
    "paragraph",
    "RootWebArea",
    "LabelText",
    "Legend",
    "MenuListPopup",
    "DescriptionList",
];
/// Roles whose name tells all that is in them. What a browser puts into a field of dates is its own affair.
const TOLD: [&str; 12] = [
    "button",
    "link",
    "heading",
    "option",
    "textbox",
    "cell",
    "columnheader",
    "rowheader",
    "term",
    "caption",
    "Date",
    "summary",
];

impl Page {
    /// Assistive technology is told what a file of this folder says. `POPOTE_OUTLINES=write` writes the file anew.
    ///
    /// # Panics
    /// With the first line that differs.
    pub async fn tells(&self, folder: &Path, name: &str) {
        self.step(format!("tells {name}"));
        let told = self.outline().await;
        let file = folder.join(format!("{name}.txt"));
        if std::env::var("POPOTE_OUTLINES").is_ok_and(|wish| wish == "write") {
            std::fs::write(&file, &told).expect("the expectation is written");
        }
        let expected = std::fs::read_to_string(&file).unwrap_or_default();
        let differs = told.lines().zip(expected.lines()).position(|(told, expected)| told != expected);
        if told != expected {
            let line = differs.unwrap_or_else(|| told.lines().count().min(expected.lines().count()));
            let at = |text: &str| text.lines().nth(line).unwrap_or("nothing more").to_owned();
            let (expected, told) = (at(&expected), at(&told));
            let line = line + 1;
            self.fail(format!("{}, line {line}:\nexpected {expected}\ntold     {told}", file.display()))
                .await;
        }
    }

    /// What assistive technology is told of the main part of the page: one line a thing, indented by its depth.
    ///
    /// # Panics
    /// If the browser doesn't tell.
    pub async fn outline(&self) -> String {
        let tree = self.browser.driver.cdp().send_raw("Accessibility.getFullAXTree", json!({})).await;
        let tree = self.done(tree, "there is no accessibility tree").await;
        outline(&tree)
    }
}

/// Of the main part of the page, one line a thing: its role, its name, what it holds and its state, indented by its depth. Text that stands alone
/// keeps its words.
fn outline(tree: &Value) -> String {
    let nodes: Vec<&Value> = tree["nodes"].as_array().into_iter().flatten().collect();
    let by_id: HashMap<&str, &Value> =
        nodes.iter().filter_map(|node| Some((node["nodeId"].as_str()?, *node))).collect();
    let mut text = String::new();
    let main = nodes.iter().find(|node| node["role"]["value"] == "main");
    if let Some(root) = main.or(nodes.first()) {
        write(&mut text, &by_id, root, 0);
    }
    text
}

fn write(text: &mut String, by_id: &HashMap<&str, &Value>, node: &Value, depth: usize) {
    let role = match node["role"]["value"].as_str().unwrap_or_default() {
        // Its name in the browser changes from one version to the next.
        role if role.starts_with("DisclosureTriangle") => "summary",
        role => role,
    };
    let name = node["name"]["value"].as_str().unwrap_or_default().trim();
    let hidden = node["ignored"].as_bool().unwrap_or(false);
    let alone = role == "StaticText" && !name.is_empty();
    let told = !hidden && (alone || !SILENT.contains(&role));
    if told {
        let role = if alone { "text" } else { role };
        let _ = write!(text, "{:width$}{role}", "", width = depth * 2);
        if !name.is_empty() {
            let name: Vec<&str> = name.split_whitespace().map(unhashed).collect();
            let _ = write!(text, " {:?}", name.join(" "));
        }
        for property in node["properties"].as_array().into_iter().flatten() {
            let what = property["name"].as_str().unwrap_or_default();
            let value = &property["value"]["value"];
            let worth = ["checked", "disabled", "expanded", "invalid", "required", "selected"]
                .contains(&what)
                || (what == "level" && role == "heading");
            if worth && *value != false && *value != "false" {
                let _ = write!(
                    text,
                    " {what}={}",
                    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
                );
            }
        }
        text.push('\n');
    }
    let all_text = || {
        children(by_id, node).all(|child| child["role"]["value"] == "StaticText" || child["ignored"] == true)
    };
    if told && TOLD.contains(&role) && (role == "Date" || all_text()) {
        return;
    }
    for child in children(by_id, node) {
        write(text, by_id, child, depth + usize::from(told));
    }
}

/// Not a digest, which says nothing to people and changes with the format of the journal.
fn unhashed(word: &str) -> &str {
    if word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit()) { "(digest)" } else { word }
}

fn children<'n>(by_id: &'n HashMap<&str, &Value>, node: &'n Value) -> impl Iterator<Item = &'n Value> {
    let ids = node["childIds"].as_array().into_iter().flatten();
    ids.filter_map(|id| by_id.get(id.as_str()?).copied())
}
