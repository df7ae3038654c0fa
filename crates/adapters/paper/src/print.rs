//! The file: what was laid out, drawn, and the tree by which it is read aloud.

use std::num::NonZeroU16;

use krilla::configure::{Accessibility, Configuration, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Stroke;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind,
    TagTree,
};
use krilla::{Document, SerializeSettings};

use crate::face::{Faces, points};
use crate::sheets::{HEIGHT, Kind, Mark, Node, SIDES, Sheets, WIDTH};
use crate::{Paper, PaperError};

/// Writes what was laid out.
pub(crate) fn print(paper: &Paper, faces: &Faces, laid: &Sheets) -> Result<Vec<u8>, PaperError> {
    let mut document = Document::new_with(SerializeSettings {
        configuration: readable_aloud(),
        enable_tagging: true,
        ..SerializeSettings::default()
    });
    document.set_metadata(
        Metadata::new()
            .title(paper.title.clone())
            .language(paper.language.clone())
            .creator("Popote".to_owned()),
    );
    let mut said: Vec<Vec<Identifier>> = vec![Vec::new(); laid.nodes.len()];
    for sheet in &laid.sheets {
        let settings = PageSettings::from_wh(points(WIDTH), points(HEIGHT)).unwrap_or_default();
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for mark in sheet {
            draw(&mut surface, faces, mark, &mut said);
        }
        surface.finish();
        page.finish();
    }
    document.set_outline(outline(laid));
    document.set_tag_tree(tree(&paper.language, &laid.nodes, said));
    document.finish().map_err(PaperError::Written)
}

/// PDF/UA-1, ISO 14289-1: the file is refused where it breaks a rule that a program can check.
fn readable_aloud() -> Configuration {
    let asked = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    asked.unwrap_or_default()
}

fn draw(surface: &mut Surface<'_>, faces: &Faces, mark: &Mark, said: &mut [Vec<Identifier>]) {
    match mark {
        Mark::Line { x, y, size, bold, text, node } => {
            let face = faces.of(*bold);
            let repeated = ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther));
            let tag = if node.is_some() { ContentTag::Span(SpanTag::empty()) } else { repeated };
            let identifier = surface.start_tagged(tag);
            let start = Point::from_xy(points(*x), points(*y));
            surface.draw_glyphs(start, &face.glyphs(text), face.font.clone(), text, points(*size), false);
            surface.end_tagged();
            if let Some(of) = node.and_then(|node| said.get_mut(node)) {
                of.push(identifier);
            }
        }
        Mark::Rule { y } => {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
            let mut path = PathBuilder::new();
            path.move_to(points(SIDES.0), points(*y));
            path.line_to(points(SIDES.1), points(*y));
            if let Some(path) = path.finish() {
                surface.set_stroke(Some(Stroke { width: points(500), ..Stroke::default() }));
                surface.draw_path(&path);
                surface.set_stroke(None);
            }
            surface.end_tagged();
        }
    }
}

/// The headings, those of parts within the title, by which one finds one's way.
fn outline(laid: &Sheets) -> Outline {
    let mut title = None;
    let mut parts = Vec::new();
    for (page, sheet) in laid.sheets.iter().enumerate() {
        for mark in sheet {
            let Mark::Line { x, y, size, node: Some(node), .. } = mark else { continue };
            let Some(Kind::Heading(level, text)) = laid.nodes.get(*node).map(|node| &node.kind) else {
                continue;
            };
            if parts.iter().any(|(seen, _)| seen == node) || (*level == 1 && title.is_some()) {
                continue;
            }
            let place = XyzDestination::new(page, Point::from_xy(points(*x), points(y - size)));
            let entry = OutlineNode::new(text.clone(), place);
            if *level == 1 { title = Some(entry) } else { parts.push((*node, entry)) }
        }
    }
    let mut outline = Outline::new();
    if let Some(mut title) = title {
        for (_, part) in parts {
            title.push_child(part);
        }
        outline.push_child(title);
    }
    outline
}

/// Each node stands behind the one that it is part of, so that from the last to the first all parts are known.
fn tree(language: &str, nodes: &[Node], said: Vec<Vec<Identifier>>) -> TagTree {
    let mut groups: Vec<TagGroup> = nodes.iter().map(|node| TagGroup::new(tag(&node.kind))).collect();
    for (group, identifiers) in groups.iter_mut().zip(said) {
        for identifier in identifiers {
            group.push(identifier);
        }
    }
    let mut parts: Vec<Vec<TagGroup>> = nodes.iter().map(|_| Vec::new()).collect();
    let mut whole = Vec::new();
    for (node, inner) in nodes.iter().enumerate().rev() {
        let Some(mut group) = groups.pop() else { break };
        for part in std::mem::take(&mut parts[node]).into_iter().rev() {
            group.push(part);
        }
        match inner.above {
            Some(above) => parts[above].push(group),
            None => whole.push(group),
        }
    }
    let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
    for group in whole.into_iter().rev() {
        tree.push(group);
    }
    tree
}

fn tag(kind: &Kind) -> TagKind {
    match kind {
        Kind::Heading(level, title) => {
            Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(title.clone())).into()
        }
        Kind::Paragraph => Tag::P.into(),
        Kind::Table => Tag::Table.into(),
        Kind::Caption => Tag::Caption.into(),
        Kind::Head => Tag::THead.into(),
        Kind::Body => Tag::TBody.into(),
        Kind::Foot => Tag::TFoot.into(),
        Kind::Row => Tag::TR.into(),
        Kind::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
        Kind::RowHead => Tag::TH(TableHeaderScope::Row).into(),
        Kind::Cell => Tag::TD.into(),
    }
}
