//! What the compilation writes, and what the methods then say.

use popote_words::{Locale, Words};

use crate::compilation::{Source, compile, methods};

const FR: Words = Words::new(Locale::Fr);
const EN: Words = Words::new(Locale::En);

fn generated(fr: &str, en: &str) -> String {
    let source = |path: &str, text: &str| vec![Source { path: path.to_owned(), text: text.to_owned() }];
    methods(&compile(&source("fr/x.ftl", fr), &source("en/x.ftl", en)).unwrap())
}

#[test]
fn a_message_is_a_method() {
    let code = generated("pot-title = Bienvenue !\n", "pot-title = Welcome!\n");
    let expected = r#"
    #[must_use]
    pub fn pot_title(&self) -> &'static str {
        match self.locale {
            Locale::Fr => "Bienvenue\u{202f}!",
            Locale::En => "Welcome!",
        }
    }
"#;
    assert!(code.contains(expected.trim_start_matches('\n')), "{code}");
}

#[test]
fn arguments_come_in_alphabetical_order_with_their_kinds() {
    let code = generated(
        "a-b = { $who } a { $count ->\n    [one] un\n   *[other] des\n} { $kind ->\n    [red] r\n   *[other] o\n}\n",
        "a-b = { $who } has { $count } { $kind ->\n    [red] r\n   *[other] o\n}\n",
    );
    let front = "pub fn a_b(&self, count: impl Count, kind: impl AsRef<str>, who: impl Display) -> String {";
    assert!(code.contains(front), "{code}");
    assert!(code.contains("write_a_b(self.locale, count.count(), kind.as_ref(), &who)"), "{code}");
    assert!(code.contains("\"red\" => {"), "{code}");
}

#[test]
fn exact_numbers_come_before_their_category() {
    let plural = "a-b = { $n ->\n    [one] une\n    [0] zéro\n   *[other] des\n}\n";
    let code = generated(plural, plural);
    let zero = code.find("0 => {").unwrap();
    assert!(zero < code.find("_ if is_one(locale, n) => {").unwrap(), "{code}");
}

#[test]
fn references_are_put_in_place_and_escaped_in_markup() {
    let text = "-firm = A&B\na-b = { -firm } { \"<'\" }\na-c-html = <em>{ a-b }</em> & co\n";
    let code = generated(&text.replace("& co", "&amp; co"), &text.replace("& co", "&amp; co"));
    assert!(code.contains(r#"Locale::Fr => "A&B <'","#), "{code}");
    assert!(code.contains(r#"Locale::Fr => "<em>A&amp;B &lt;'</em> &amp; co","#), "{code}");
    assert!(code.contains("pub fn a_c_html(&self) -> Html {"), "{code}");
}

#[test]
fn typography_leaves_tags_code_and_literals_alone() {
    let fr = "a-html = Voir : <a href=\"{ $x-href }\" lang=\"fr\">l'aide</a> ; <code>l'un : l'autre</code>&lt; \
              { \"d'or !\" }\n";
    let code = generated(fr, fr);
    let french = &code[code.find("Locale::Fr").unwrap()..code.find("Locale::En").unwrap()];
    assert!(french.contains(r#"push_str("Voir\u{202f}: <a href=\"");"#), "{french}");
    assert!(french.contains("put_address(&mut out, &x_href);"), "{french}");
    assert!(
        french.contains(r#"\" lang=\"fr\">l’aide</a>\u{202f}; <code>l'un : l'autre</code>&lt; d'or !"#),
        "{french}"
    );
}

#[test]
fn plurals_follow_the_language() {
    assert_eq!(FR.money_too_many_decimals(0), "Ce montant ne peut pas avoir de décimales.");
    assert_eq!(FR.date_days_ago(0), "il y a 0 jour");
    assert_eq!(EN.date_days_ago(0), "0 days ago");
    assert_eq!(FR.date_days_ago(1), "il y a 1 jour");
    assert_eq!(EN.date_days_ago(1), "1 day ago");
    assert_eq!([2_u64].iter().map(|days| FR.date_days_ago(days)).collect::<String>(), "il y a 2 jours");
    assert_eq!(FR.date_days_ago(1_500_usize), "il y a 1\u{202f}500 jours");
    assert_eq!(EN.date_days_ago(1_500), "1,500 days ago");
}

#[test]
fn markup_escapes_its_arguments() {
    let html = EN.footer_source_html("https://example.org/?a=1&b='\"><script>").to_string();
    assert!(html.contains("href=\"https://example.org/?a=1&amp;b=&#39;&quot;&gt;&lt;script&gt;\""), "{html}");
    let html = FR.footer_source_html(String::from("javascript:alert(1)"));
    assert!(html.as_str().contains("href=\"#\""), "{html}");
}
