//! Each thing that stops the build, with the place it names.

use crate::compilation::{Source, compile};

fn source(language: &str, text: &str) -> Vec<Source> {
    vec![Source { path: format!("{language}/x.ftl"), text: text.to_owned() }]
}

#[track_caller]
fn check(fr: &str, en: &str, expected: &[&str]) {
    let faults = compile(&source("fr", fr), &source("en", en)).err().unwrap_or_default();
    assert_eq!(faults, expected);
}

/// The same text in both languages.
#[track_caller]
fn check_both(text: &str, fault: &str) {
    let faults = compile(&source("fr", text), &source("en", text)).err().unwrap_or_default();
    assert!(faults.contains(&format!("fr/x.ftl:1: {fault}")), "{faults:#?}");
    assert!(faults.contains(&format!("en/x.ftl:1: {fault}")), "{faults:#?}");
}

#[test]
fn what_is_right_compiles() {
    check("a-b = Un { $x }\n", "a-b = One { $x }\n", &[]);
    check("", "", &[]);
    check("# note\na-b = é\n", "## note\n\na-b = e\n", &[]);
}

#[test]
fn a_key_stands_in_both_languages_once_and_in_the_same_file() {
    check("a-b = é\n\na-c = é\n", "a-b = e\n", &["fr/x.ftl:3: a-c is missing in en"]);
    check("", "a-b = e\n", &["en/x.ftl:1: a-b is missing in fr"]);
    check("a-b = é\na-b = è\n", "a-b = e\n", &["fr/x.ftl:2: a-b is already in fr/x.ftl:1"]);
    let mut en = source("en", "");
    en.push(Source { path: "en/y.ftl".to_owned(), text: "a-b = e\n".to_owned() });
    let faults = compile(&source("fr", "a-b = é\n"), &en).unwrap_err();
    assert_eq!(faults, ["en/y.ftl:1: a-b is in fr/x.ftl:1 in fr", "fr/x.ftl:1: a-b is in en/y.ftl:1 in en"]);
}

#[test]
fn arguments_are_the_same() {
    check(
        "a-b = { $x } { $y }\n",
        "a-b = { $x } { $z }\n",
        &["fr/x.ftl:1: a-b: arguments differ: fr has [$x $y], en has [$x $z]"],
    );
    check(
        "a-b = { $x ->\n    [one] un\n   *[other] des\n}\n",
        "a-b = { $x ->\n    [red] rouge\n   *[other] autre\n}\n",
        &["fr/x.ftl:1: a-b: $x chooses a plural here and a word there"],
    );
    check(
        "a-b = { $x ->\n    [red] rouge\n   *[other] autre\n}\n",
        "a-b = { $x ->\n    [blue] blue\n   *[other] other\n}\n",
        &["fr/x.ftl:1: a-b: the branches of $x are not the same in fr and en"],
    );
    // A plural in one language alone is a matter of that language.
    check("a-b = { $x ->\n    [one] un\n   *[other] { $x }\n}\n", "a-b = { $x } sheep\n", &[]);
}

#[test]
fn branches_are_complete() {
    let plural = |branches: &str| format!("a-b = {{ $n ->\n{branches}}}\n");
    let lacks_one = "a-b: the plural by $n lacks [one] (French and English have one and other)";
    check_both(&plural("   *[other] x\n"), lacks_one);
    check_both(&plural("    [0] y\n   *[other] x\n"), lacks_one);
    check_both(&plural("   *[one] x\n"), "a-b: the default branch of $n must be *[other]");
    check_both(&plural("    [other] x\n   *[one] x\n"), "a-b: write *[other] in the choice by $n");
    check_both(&plural("    [one] x\n    [one] y\n   *[other] x\n"), "a-b: a branch of $n is there twice");
    check_both(&plural("    [1.5] x\n   *[other] x\n"), "a-b: [1.5] is not a whole number");
    check_both(
        &plural("    [one] x\n    [many] x\n   *[other] x\n"),
        "a-b: the choice by $n mixes plural branches and words; French and English have only the categories one \
         and other",
    );
    // No default at all is refused by the parser, on the line where the branches end.
    let text = plural("    [one] x\n");
    check(
        &text,
        &text,
        &[
            "en/x.ftl:3: The select expression must have a default variant",
            "fr/x.ftl:3: The select expression must have a default variant",
        ],
    );
}

#[test]
fn plain_messages_hold_no_markup() {
    check_both("a-b = <strong>x</strong>\n", "a-b: markup in a plain message: end its key with -html");
    check_both("a-b = x</p>\n", "a-b: markup in a plain message: end its key with -html");
    check_both("a-b = x&nbsp;y\n", "a-b: &nbsp; in a plain message: write the character");
    let term = "a-b = { -t }\n-t = <em>x</em>\n";
    check_both(term, "a-b: markup in a plain message: end its key with -html");
    check("a-b = 1 < 2 & R&D; x <3\n", "a-b = 1 < 2 & R&D; x <3\n", &[]);
}

#[test]
fn markup_is_small_and_balanced() {
    let check_html =
        |text: &str, fault: &str| check_both(&format!("a-html = {text}\n"), &format!("a-html: {fault}"));
    check_html("<p>x</p>", "<p> is not one of the tags allowed: a abbr br code em strong");
    check_html("<script>x</script>", "<script> is not one of the tags allowed: a abbr br code em strong");
    check_html("<strong>x", "<strong> is not closed");
    check_html("x</em>", "</em> closes nothing");
    check_html("<strong><em>x</strong></em>", "</strong> closes nothing");
    check_html("a < b", "< b has no end (write &lt; for <)");
    check_html("a > b", "write &gt; for >");
    check_html("R & D", "write &amp; for &, and other characters as they are");
    check_html("a&nbsp;b", "write &amp; for &, and other characters as they are");
    check_html("<em class=\"x\">y</em>", "the attribute class is not allowed in <em>");
    check_html("<a>x</a>", "<a> lacks its href");
    check_html("<a href='/x'>x</a>", "<a href='/x'>: attributes are written name=\"value\"");
    check_html(
        "<a href=\"javascript:x\">x</a>",
        "href=\"javascript:x\": an address starts with / # https:// or mailto:",
    );
    check_html("<a href=\"{ $url }\">x</a>", "the argument of a href is named href or ends in -href");
    check_html("<a href=\"/c/{ $href }\">x</a>", "a href is one argument and nothing else");
    check_html("<em lang=\"{ $x }\">x</em>", "an argument can't stand in the attribute lang");
    check_html("<a href=\"/\">x<a href=\"/\">y</a></a>", "a link inside a link");
    check_html("<{ $tag }>x", "<\u{fffc}> is not one of the tags allowed: a abbr br code em strong");
    check_html(
        "<strong>{ $n ->\n    [one] a</strong>\n   *[other] b</strong>\n}",
        "</strong> closes nothing",
    );
    let right = "a-html = R&amp;D <a href=\"{ $x-href }\" rel=\"nofollow\"><code>{ $x }</code></a><br>\
                 <abbr title=\"{ $y }\">z</abbr>\n";
    check(right, right, &[]);
}

#[test]
fn references_lead_somewhere() {
    check_both("a-b = { -t }\n", "a-b: -t does not exist");
    check_both("a-b = { a-c }\n", "a-b: a-c does not exist");
    check_both("a-b = { a-b }\n", "a-b: a-b refers to itself");
    check_both("a-b = { a-c }\na-c = { a-b }\n", "a-b: a-b refers to itself");
    check_both(
        "a-b = { a-html }\na-html = <em>x</em>\n",
        "a-b: a-html is markup and this message is plain text",
    );
    check_both("a-b = { a-c.title }\na-c = x\n", "a-b: the reference to a-c has an attribute or arguments");
    check_both("a-b = { -t(x: 1) }\n-t = x\n", "a-b: the reference to t has an attribute or arguments");
    check_both("-t = x\n", "no message uses the term -t");
    check("-t = x\na-b = { -t }\n", "a-b = x\n", &[]);
}

#[test]
fn what_is_not_supported_is_told() {
    check_both("a-b = x\n    .title = y\n", "a-b has attributes: write a message of its own");
    check_both("a-b = { NUMBER($x) }\n", "a-b: NUMBER() is not supported: pass the text ready to be shown");
    check_both("a-b = { $type }\n", "a-b: $type can't be the name of an argument");
    check_both("a-b = { $dueOn }\n", "a-b: $dueOn can't be the name of an argument");
    check_both("single = x\n", "single: a key is lower-case words joined by dashes, at least two");
    check_both("a_b-c = x\n", "a_b-c: a key is lower-case words joined by dashes, at least two");
    check_both("a-b = x\ty\n", "'\\t' is not allowed");
}

#[test]
fn what_does_not_parse_is_told_with_its_line() {
    check(
        "a-b = x\n\na-c = { $x\n\na-d = x\n",
        "a-b = x\na-d = x\n",
        &["fr/x.ftl:5: Expected a token starting with \"}\""],
    );
}
