//! What people write in long texts: Markdown, without raw HTML, foreign pictures or addresses that run something.

use std::borrow::Cow;
use std::collections::HashSet;

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeStream, html};
use words::Words;

use crate::paths::Paths;

/// Longest text that is rendered, in bytes; the use cases refuse longer ones before they are stored.
const LONGEST: usize = 200_000;
/// Deepest nesting of quotes, lists and emphasis.
const DEEPEST: usize = 16;
/// Most pieces that a text may become, for each byte of it: a table gives short rows all the cells of its heading,
/// so that a few kilobytes would be megabytes of page.
const PIECES_A_BYTE: usize = 2;
/// Pieces that the shortest text may become.
const FEW_PIECES: usize = 200;

/// Markdown as safe HTML. Headings start at `h3`, since a page has its own `h1` and `h2`. Pictures are shown only
/// from this instance's files, others become a link. Every `id` starts with `md-`. Outside of code the spaces and
/// apostrophes are those of the reader's language.
#[must_use]
pub fn render_markdown(source: &str, t: Words, paths: &Paths) -> String {
    render(source, t, paths, 2)
}

/// The same for a guide that is a page by itself: its `##` are `h2`.
pub(crate) fn render_guide(source: &str, t: Words, paths: &Paths) -> String {
    render(source, t, paths, 0)
}

fn render(source: &str, t: Words, paths: &Paths, lower_by: usize) -> String {
    let source = cut(source);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let own_files = paths.under("/files/");
    let most_pieces = FEW_PIECES + PIECES_A_BYTE * source.len();
    let mut tamer = Tamer { t, own_files: &own_files, lower_by, foreign: Vec::new(), in_code: false };
    let (mut events, mut depth) = (Vec::new(), 0_usize);
    for event in TextMergeStream::new(Parser::new_ext(source, options)) {
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST || events.len() > most_pieces {
            return plain(source);
        }
        events.push(tamer.tame(event));
    }
    let mut unsafe_html = String::with_capacity(source.len() * 3 / 2);
    html::push_html(&mut unsafe_html, events.into_iter());
    cleaner(&own_files).clean(&unsafe_html).to_string()
}

fn cut(source: &str) -> &str {
    let mut end = source.len().min(LONGEST);
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    &source[..end]
}

/// What a text goes through, piece by piece.
struct Tamer<'o> {
    t: Words,
    own_files: &'o str,
    lower_by: usize,
    /// Of the pictures that are open, whether each is from elsewhere.
    foreign: Vec<bool>,
    in_code: bool,
}

impl Tamer<'_> {
    /// Raw HTML becomes text, headings go down, a picture from elsewhere becomes a link to it, the box of a task that
    /// nobody can tick becomes a sign.
    fn tame<'t>(&mut self, event: Event<'t>) -> Event<'t> {
        match event {
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            Event::Start(Tag::CodeBlock(kind)) => {
                self.in_code = true;
                Event::Start(Tag::CodeBlock(kind))
            }
            Event::End(TagEnd::CodeBlock) => {
                self.in_code = false;
                Event::End(TagEnd::CodeBlock)
            }
            Event::Text(text) if !self.in_code => Event::Text(self.t.typography(&text).into_owned().into()),
            Event::TaskListMarker(done) => Event::Text(if done { "☑ " } else { "☐ " }.into()),
            Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
                level: self.lower(level),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            }),
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(self.lower(level))),
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let is_own = is_own_file(&dest_url, self.own_files);
                self.foreign.push(!is_own);
                if is_own {
                    Event::Start(Tag::Image { link_type, dest_url, title, id })
                } else {
                    Event::Start(Tag::Link { link_type, dest_url, title, id: CowStr::Borrowed("") })
                }
            }
            Event::End(TagEnd::Image) if self.foreign.pop() == Some(true) => Event::End(TagEnd::Link),
            other => other,
        }
    }

    fn lower(&self, level: HeadingLevel) -> HeadingLevel {
        HeadingLevel::try_from(level as usize + self.lower_by).unwrap_or(HeadingLevel::H6)
    }
}

/// Text that nests too deep or swells is shown as it was written.
fn plain(source: &str) -> String {
    format!("<pre>{}</pre>", ammonia::clean_text(source))
}

fn cleaner(own_files: &str) -> Builder<'static> {
    let own_files = own_files.to_owned();
    let mut builder = Builder::default();
    builder
        .tags(HashSet::from([
            "a",
            "blockquote",
            "br",
            "code",
            "del",
            "em",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "img",
            "li",
            "ol",
            "p",
            "pre",
            "strong",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "ul",
        ]))
        .generic_attributes(HashSet::new())
        .add_tag_attributes("img", ["src", "alt", "title"])
        .add_tag_attributes("ol", ["start"])
        .set_tag_attribute_value("img", "loading", "lazy")
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::Custom(Box::new(here_only)))
        .link_rel(Some("nofollow noopener noreferrer ugc"))
        .id_prefix(Some("md-"))
        .attribute_filter(move |element, attribute, value| {
            let foreign = element == "img" && attribute == "src" && !is_own_file(value, &own_files);
            (!foreign).then_some(Cow::Borrowed(value))
        });
    builder
}

/// Whether an address is one file's and no way around it: a picture at `/files/../c/…/live` would have each reader's
/// browser open that.
fn is_own_file(address: &str, own_files: &str) -> bool {
    let id = address.strip_prefix(own_files).unwrap_or_default();
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// A relative address stays on this site: `//host` and `/\host` don't.
fn here_only(address: &str) -> Option<Cow<'_, str>> {
    let leads_away = address.starts_with("//") || address.contains('\\');
    (!leads_away).then_some(Cow::Borrowed(address))
}

#[cfg(test)]
mod tests {
    use words::Locale;

    use super::*;

    fn render(source: &str) -> String {
        render_markdown(source, Words::new(Locale::Fr), &Paths::new("/popote"))
    }

    #[test]
    fn ordinary_texts_look_as_meant() {
        assert_eq!(render("Bonjour **à tous**"), "<p>Bonjour <strong>à tous</strong></p>\n");
        assert_eq!(render("# Pourquoi"), "<h3>Pourquoi</h3>\n");
        assert!(render("| a | b |\n|---|---|\n| 1 | 2 |").contains("<td>1</td>"));
        assert!(render("- [x] fait\n- [ ] pas encore").contains("<li>☑ fait</li>\n<li>☐ pas encore</li>"));
        assert_eq!(render("###### Fin"), "<h6>Fin</h6>\n");
        assert!(render("[ici](/c/chatons)").contains("href=\"/c/chatons\""));
        assert!(render("<https://yaal.example>").contains("rel=\"nofollow noopener noreferrer ugc\""));
    }

    #[test]
    fn spaces_are_those_of_french_but_in_code() {
        assert_eq!(
            render("Il dit : « 1 200 € *au plus* » !"),
            "<p>Il dit\u{202f}: «\u{202f}1\u{202f}200\u{202f}€ <em>au plus</em>\u{202f}»\u{202f}!</p>\n"
        );
        for code in ["`a : 5 €`", "```\na : 5 €\n```", "    a : 5 €"] {
            assert!(render(code).contains("a : 5 €"), "{code}");
        }
    }

    #[test]
    fn a_guide_begins_below_its_title() {
        let guide = render_guide("## Jetons\n\n### Un", Words::new(Locale::Fr), &Paths::new(""));
        assert_eq!(guide, "<h2>Jetons</h2>\n<h3>Un</h3>\n");
    }

    #[test]
    fn nothing_runs_and_nothing_is_fetched_from_elsewhere() {
        for (source, forbidden) in [
            ("<script>alert(1)</script>", "<script"),
            ("a <img src=x onerror=alert(1)> b", "<img"),
            ("<b onclick=x>gras</b>", "<b "),
            ("[clic](javascript:alert(1))", "href=\"javascript"),
            ("[clic](JaVaScRiPt:alert(1))", "avascript:alert(1)\""),
            ("[clic](data:text/html,x)", "href=\"data"),
            ("[clic](//evil.example)", "href=\"//"),
            ("[clic](/\\evil.example)", "href=\"/\\"),
            ("![pixel](https://evil.example/p.png)", "<img"),
            ("![pixel](/popote/../files/p.png)", "<img"),
            ("![pixel](/popote/files/../c/chatons/rounds/2/live)", "<img"),
            ("![pixel](/popote/files/%2e%2e/about)", "<img"),
            ("![pixel](/popote/files/0190?x=1)", "<img"),
            ("<style>body{display:none}</style>", "<style"),
            ("<svg><animate onbegin=alert(1)></svg>", "<svg"),
        ] {
            let html = render(source);
            assert!(!html.contains(forbidden), "{source} gave {html}");
        }
    }

    #[test]
    fn raw_html_is_shown_as_it_was_typed() {
        assert!(render("une balise <div id=x> ici").contains("&lt;div id=x&gt;"));
    }

    #[test]
    fn own_pictures_are_shown_and_foreign_ones_are_a_link() {
        let own = render("![capture](/popote/files/0190)");
        assert!(own.contains("<img") && own.contains("alt=\"capture\""), "{own}");
        let foreign = render("![capture](https://ailleurs.example/c.png)");
        assert!(foreign.contains("<a href=\"https://ailleurs.example/c.png\""), "{foreign}");
        assert!(foreign.contains("capture</a>"), "{foreign}");
    }

    #[test]
    fn depth_and_length_have_an_end() {
        assert!(render(&"> ".repeat(5_000)).starts_with("<pre>"));
        assert!(render(&format!("{}fin", "- ".repeat(30))).starts_with("<pre>"));
        assert!(render(&"é".repeat(150_000)).len() <= LONGEST + 20);
        assert!(render(&"[".repeat(50_000)).len() < LONGEST);
    }

    #[test]
    fn a_table_does_not_swell() {
        let heading = format!("{}|\n{}|\n", "|a".repeat(100), "|-".repeat(100));
        let bomb = format!("{heading}{}", "a\n".repeat(5_000));
        assert!(render(&bomb).starts_with("<pre>"));
        let table = format!("{heading}{}", format!("{}|\n", "|1".repeat(100)).repeat(90));
        assert_eq!(render(&table).matches("<td>1</td>").count(), 9_000);
    }
}
