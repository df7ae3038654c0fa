//! The accessibility tree as a text that people can read and compare.

use std::{collections::HashMap, fmt::Write};

use serde_json::Value;

/// Roles that say nothing by themselves, or say what their parent has already said.
const SILENT: [&str; 9] = [
    "none",
    "generic",
    "InlineTextBox",
    "StaticText",
    "ListMarker",
    "LineBreak",
    "paragraph",
    "RootWebArea",
    "LabelText",
];

/// One line a thing: its role, its name, what it holds and its state, indented by its depth. Text that stands alone
/// keeps its words.
pub(crate) fn outline(tree: &Value) -> String {
    let nodes: Vec<&Value> = tree["nodes"].as_array().into_iter().flatten().collect();
    let by_id: HashMap<&str, &Value> =
        nodes.iter().filter_map(|node| Some((node["nodeId"].as_str()?, *node))).collect();
    let mut text = String::new();
    if let Some(root) = nodes.first() {
        write(&mut text, &by_id, root, 0);
    }
    text
}

fn write(text: &mut String, by_id: &HashMap<&str, &Value>, node: &Value, depth: usize) {
    let role = node["role"]["value"].as_str().unwrap_or_default();
    let name = node["name"]["value"].as_str().unwrap_or_default().trim();
    let hidden = node["ignored"].as_bool().unwrap_or(false);
    let alone = role == "StaticText" && !name.is_empty();
    let told = !hidden && (alone || !SILENT.contains(&role));
    if told {
        let role = if alone { "text" } else { role };
        let _ = write!(text, "{:width$}{role}", "", width = depth * 2);
        if !name.is_empty() {
            let _ = write!(text, " {:?}", name.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        for property in node["properties"].as_array().into_iter().flatten() {
            let what = property["name"].as_str().unwrap_or_default();
            let value = &property["value"]["value"];
            let worth = ["checked", "disabled", "expanded", "invalid", "level", "required", "selected"]
                .contains(&what);
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
    // What the name of a control has told isn't told again.
    if told
        && ["button", "link", "heading", "option", "textbox", "cell", "columnheader", "rowheader"]
            .contains(&role)
        && children(by_id, node)
            .all(|child| child["role"]["value"] == "StaticText" || child["ignored"] == true)
    {
        return;
    }
    for child in children(by_id, node) {
        write(text, by_id, child, depth + usize::from(told));
    }
}

fn children<'n>(by_id: &'n HashMap<&str, &Value>, node: &'n Value) -> impl Iterator<Item = &'n Value> {
    let ids = node["childIds"].as_array().into_iter().flatten();
    ids.filter_map(|id| by_id.get(id.as_str()?).copied())
}
