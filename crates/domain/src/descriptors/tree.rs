//! A file of YAML or JSON as a tree of bounded size.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::Value;

use super::Unreadable;

/// How deep lists and tables may lie in each other.
const DEEPEST: usize = 32;
/// How many parts there may be, aliases followed.
const MOST_PARTS: usize = 20_000;

/// A part of the file. Numbers and truth values are the texts that they were written as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tree {
    /// Nothing.
    Nothing,
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Tree>),
    /// A table, in the order of the file; of a key written twice, both.
    Table(Vec<(String, Tree)>),
}

impl Tree {
    /// Reads JSON where it begins as JSON does, YAML otherwise: its first document. Errors: [`Unreadable::Syntax`],
    /// [`Unreadable::TooIntricate`].
    pub(super) fn read(text: &str) -> Result<Self, Unreadable> {
        if text.trim_start().starts_with(['{', '[']) {
            // A table in YAML may begin so too.
            match serde_json::from_str(text) {
                Ok(value) => return from_json(value, 0, &mut MOST_PARTS.clone()),
                Err(error) => {
                    let line = u64::try_from(error.line()).unwrap_or(u64::MAX);
                    return from_yaml(text).map_err(|other| match other {
                        Unreadable::Syntax { .. } => Unreadable::Syntax { line },
                        other => other,
                    });
                }
            }
        }
        from_yaml(text)
    }

    /// Whether nothing is there.
    pub(super) const fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    /// The text, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The parts of a list; a part that is alone counts as a list of one.
    pub(super) fn items(&self) -> &[Self] {
        match self {
            Self::Nothing => &[],
            Self::List(items) => items,
            one => std::slice::from_ref(one),
        }
    }

    /// The entries of a table; none of anything else.
    pub(super) fn entries(&self) -> &[(String, Self)] {
        match self {
            Self::Table(entries) => entries,
            _ => &[],
        }
    }

    /// What a table says under a key, the first time.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The same down a path.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |tree, key| tree.get(key))
    }

    fn parts(&self) -> usize {
        match self {
            Self::Nothing | Self::Text(_) => 1,
            Self::List(items) => 1 + items.iter().map(Self::parts).sum::<usize>(),
            Self::Table(entries) => 1 + entries.iter().map(|(_, value)| value.parts()).sum::<usize>(),
        }
    }

    fn depth(&self) -> usize {
        match self {
            Self::Nothing | Self::Text(_) => 0,
            Self::List(items) => 1 + items.iter().map(Self::depth).max().unwrap_or(0),
            Self::Table(entries) => 1 + entries.iter().map(|(_, value)| value.depth()).max().unwrap_or(0),
        }
    }
}

fn from_json(value: Value, depth: usize, left: &mut usize) -> Result<Tree, Unreadable> {
    if depth > DEEPEST {
        return Err(Unreadable::TooIntricate);
    }
    *left = left.checked_sub(1).ok_or(Unreadable::TooIntricate)?;
    Ok(match value {
        Value::Null => Tree::Nothing,
        Value::Bool(truth) => Tree::Text(truth.to_string()),
        Value::Number(number) => Tree::Text(number.to_string()),
        Value::String(text) => Tree::Text(text),
        Value::Array(items) => {
            let items = items.into_iter().map(|item| from_json(item, depth + 1, left));
            Tree::List(items.collect::<Result<_, _>>()?)
        }
        Value::Object(entries) => {
            let entries =
                entries.into_iter().map(|(key, value)| Ok((key, from_json(value, depth + 1, left)?)));
            Tree::Table(entries.collect::<Result<_, _>>()?)
        }
    })
}

/// A list or table that isn't closed yet.
struct Open {
    tree: Tree,
    /// The key whose value comes next, of a table.
    key: Option<String>,
    anchor: usize,
}

/// Builds the tree from what the parser tells, without recursion.
struct Builder {
    open: Vec<Open>,
    /// What aliases may name, with how many parts it has and how deep it is.
    anchored: BTreeMap<usize, (Tree, usize, usize)>,
    left: usize,
    root: Option<Tree>,
}

fn from_yaml(text: &str) -> Result<Tree, Unreadable> {
    let mut builder = Builder { open: Vec::new(), anchored: BTreeMap::new(), left: MOST_PARTS, root: None };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, _) = event.map_err(|error| Unreadable::Syntax {
            line: u64::try_from(error.marker().line()).unwrap_or(u64::MAX),
        })?;
        match event {
            Event::Scalar(text, style, anchor, _) => builder.put(scalar(&text, style), anchor)?,
            Event::Alias(anchor) => builder.alias(anchor)?,
            Event::SequenceStart(anchor, _) => builder.begin(Tree::List(Vec::new()), anchor)?,
            Event::MappingStart(anchor, _) => builder.begin(Tree::Table(Vec::new()), anchor)?,
            Event::SequenceEnd | Event::MappingEnd => builder.end()?,
            Event::DocumentEnd | Event::StreamEnd => break,
            Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => {}
        }
    }
    Ok(builder.root.unwrap_or(Tree::Nothing))
}

fn scalar(text: &str, style: ScalarStyle) -> Tree {
    if style == ScalarStyle::Plain && matches!(text, "" | "~" | "null" | "Null" | "NULL") {
        Tree::Nothing
    } else {
        Tree::Text(text.to_owned())
    }
}

impl Builder {
    fn count(&mut self, parts: usize) -> Result<(), Unreadable> {
        self.left = self.left.checked_sub(parts).ok_or(Unreadable::TooIntricate)?;
        Ok(())
    }

    fn begin(&mut self, tree: Tree, anchor: usize) -> Result<(), Unreadable> {
        self.count(1)?;
        if self.open.len() >= DEEPEST {
            return Err(Unreadable::TooIntricate);
        }
        self.open.push(Open { tree, key: None, anchor });
        Ok(())
    }

    fn end(&mut self) -> Result<(), Unreadable> {
        let Some(Open { mut tree, key, anchor }) = self.open.pop() else { return Ok(()) };
        if let (Tree::Table(entries), Some(key)) = (&mut tree, key) {
            entries.push((key, Tree::Nothing));
        }
        self.anchor(&tree, anchor)?;
        self.place(tree);
        Ok(())
    }

    fn put(&mut self, tree: Tree, anchor: usize) -> Result<(), Unreadable> {
        self.count(1)?;
        self.anchor(&tree, anchor)?;
        self.place(tree);
        Ok(())
    }

    /// Keeps what an alias may name: a copy, which counts as the parts that it has.
    fn anchor(&mut self, tree: &Tree, anchor: usize) -> Result<(), Unreadable> {
        if anchor != 0 {
            let parts = tree.parts();
            self.count(parts)?;
            self.anchored.insert(anchor, (tree.clone(), parts, tree.depth()));
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize) -> Result<(), Unreadable> {
        // One that names what it lies in itself isn't there yet.
        let Some((tree, parts, depth)) = self.anchored.get(&anchor) else {
            return Err(Unreadable::TooIntricate);
        };
        if self.open.len() + depth > DEEPEST {
            return Err(Unreadable::TooIntricate);
        }
        let (tree, parts) = (tree.clone(), *parts);
        self.count(parts)?;
        self.place(tree);
        Ok(())
    }

    fn place(&mut self, tree: Tree) {
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(tree);
            return;
        };
        match &mut open.tree {
            Tree::List(items) => items.push(tree),
            Tree::Table(entries) => match open.key.take() {
                Some(key) => entries.push((key, tree)),
                // A key that is no text is kept under no name.
                None => open.key = Some(tree.text().unwrap_or_default().to_owned()),
            },
            Tree::Nothing | Tree::Text(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Tree {
        Tree::Text(text.to_owned())
    }

    #[test]
    fn yaml_and_json_make_the_same_tree() {
        let yaml = "a: 1\nb:\n  - x\n  - {c: 'null', d: ~}\ne: true\n";
        let json = r#"{"a": 1, "b": ["x", {"c": "null", "d": null}], "e": true}"#;
        let tree = Tree::read(yaml).unwrap();
        assert_eq!(Tree::read(json).unwrap(), tree);
        assert_eq!(tree.at(&["b"]).unwrap().items()[1].get("c"), Some(&text("null")));
        assert!(tree.at(&["b"]).unwrap().items()[1].get("d").unwrap().is_nothing());
        assert_eq!(Tree::read("{a: [b, c]}").unwrap().get("a").unwrap().items().len(), 2);
        assert_eq!(Tree::read("").unwrap(), Tree::Nothing);
    }

    #[test]
    fn aliases_are_followed_as_far_as_there_is_room() {
        let tree = Tree::read("a: &x {b: c}\nd: *x\n").unwrap();
        assert_eq!(tree.at(&["d", "b"]), Some(&text("c")));
        let mut bomb = "l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for at in 1..12 {
            let before = format!("*l{}", at - 1);
            bomb.push_str(&format!("l{at}: &l{at} [{}]\n", [before.as_str(); 10].join(", ")));
        }
        assert_eq!(Tree::read(&bomb), Err(Unreadable::TooIntricate));
        assert_eq!(Tree::read("a: &a [*a]"), Err(Unreadable::TooIntricate));
        for deep in ["[".repeat(5_000), "a: ".to_owned() + &"[".repeat(5_000), "- ".repeat(5_000) + "x"] {
            assert!(Tree::read(&deep).is_err());
        }
        assert_eq!(
            Tree::read(&format!("{}1{}", "[".repeat(60), "]".repeat(60))),
            Err(Unreadable::TooIntricate)
        );
        assert_eq!(Tree::read(&"- x\n".repeat(50_000)), Err(Unreadable::TooIntricate));
    }

    #[test]
    fn what_is_neither_says_at_which_line() {
        assert_eq!(Tree::read("{\n\"a\": 1,\n}}"), Err(Unreadable::Syntax { line: 3 }));
        assert_eq!(Tree::read("a: b\nc: 'd\n"), Err(Unreadable::Syntax { line: 2 }));
    }
}
