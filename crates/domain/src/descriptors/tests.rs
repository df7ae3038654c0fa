use proptest::prelude::*;

use super::*;

const PUBLICCODE: &str = "\
publiccodeYmlVersion: '0.4'
name: Girouette
url: https://forge.example/vent/girouette.git
landingURL: https://girouette.example
roadmap: https://girouette.example/suite
legal:
  license: AGPL-3.0-or-later
  mainCopyrightOwner: Personne
description:
  fr:
    shortDescription: Dit d'où vient le vent
    longDescription: |
      Première ligne.

      Seconde ligne.
  en:
    shortDescription: Tells where the wind comes from
maintenance:
  type: community
  contacts:
    - name: Ada
      email: ada@girouette.example
  contractors:
    - name: Moulin SCOP
      until: 2027-01-01
";

const FUNDING_JSON: &str = r#"{
  "version": "v1.0.0",
  "entity": {"type": "group", "name": "Les girouettes", "email": "x@girouette.example"},
  "projects": [
    {"guid": "g", "name": "Girouette", "description": "Tells where the wind comes from",
     "webpageUrl": {"url": "https://girouette.example"},
     "repositoryUrl": {"url": "https://forge.example/vent/girouette"},
     "licenses": ["spdx:MIT", "spdx:AGPL-3.0-or-later"]},
    {"guid": "m", "name": "Manche à air"}
  ],
  "funding": {"channels": [
    {"guid": "lp", "type": "payment-provider", "address": "https://liberapay.example/girouette"},
    {"guid": "b", "type": "bank", "address": "FR76 0000"},
    {"guid": "j", "type": "other", "address": "javascript:alert(1)"}
  ]}
}"#;

fn fields(said: &Prefill) -> Vec<&str> {
    said.remarks.iter().map(|remark| remark.field.as_str()).collect()
}

#[test]
fn a_publiccode_file_fills_the_form() {
    let said = Prefill::read(PUBLICCODE.as_bytes()).unwrap();
    assert_eq!((said.kind, said.name.as_str()), (Kind::Publiccode, "Girouette"));
    assert_eq!(said.repository, "https://forge.example/vent/girouette.git");
    assert_eq!(said.roadmap, "https://girouette.example/suite");
    assert_eq!(said.licence, "AGPL-3.0-or-later");
    assert_eq!(said.description(true), "Dit d'où vient le vent\n\nPremière ligne.\n\nSeconde ligne.");
    assert_eq!(said.description(false), "Tells where the wind comes from");
    assert_eq!(said.maintainers, ["Moulin SCOP", "Ada"]);
    assert_eq!(fields(&said), [""; 0]);
}

#[test]
fn what_breaks_a_rule_is_left_out_and_named() {
    let text = PUBLICCODE
        .replace("https://girouette.example/suite", "javascript:alert(1)")
        .replace("https://forge.example/vent/girouette.git", "git@forge.example:vent/girouette.git")
        .replace("  license: AGPL-3.0-or-later\n", "")
        .replace("name: Girouette", "name: [a, b]");
    let said = Prefill::read(text.as_bytes()).unwrap();
    assert_eq!(fields(&said), ["name", "url", "legal.license", "roadmap"]);
    assert_eq!(said.remarks[0].rule, FieldRule::NotText);
    assert_eq!((said.roadmap.as_str(), said.website.as_str()), ("", "https://girouette.example"));
}

#[test]
fn a_funding_json_file_fills_the_form() {
    let said = Prefill::read(FUNDING_JSON.as_bytes()).unwrap();
    assert_eq!((said.kind, said.name.as_str()), (Kind::FundingJson, "Girouette"));
    assert_eq!(said.licence, "MIT AND AGPL-3.0-or-later");
    assert_eq!(said.funding, ["https://liberapay.example/girouette"]);
    assert_eq!(said.maintainers, ["Les girouettes"]);
    assert_eq!(said.others, ["Manche à air"]);
    assert_eq!(fields(&said), ["funding.channels.2.address"]);
    let newer = FUNDING_JSON.replace("v1.0.0", "v2.0.0");
    assert_eq!(Prefill::read(newer.as_bytes()), Err(Unreadable::OtherVersion("v2.0.0".to_owned())));
}

#[test]
fn a_funding_yml_file_gives_addresses() {
    let text = "github: [ada, lovelace]\npatreon: # nobody\nliberapay: girouette\ncustom: ['girouette.example/don', \
                'javascript:alert(1)']\nko_fi: '../../x'\nmystery: x\n";
    let said = Prefill::read(text.as_bytes()).unwrap();
    assert_eq!(
        said.funding,
        [
            "https://github.com/sponsors/ada",
            "https://github.com/sponsors/lovelace",
            "https://liberapay.com/girouette",
            "https://girouette.example/don"
        ]
    );
    assert_eq!(fields(&said), ["custom", "ko_fi", "mystery"]);
}

#[test]
fn what_is_none_of_them_is_refused_whole() {
    assert_eq!(Prefill::read(&vec![b'a'; LARGEST + 1]), Err(Unreadable::TooLarge));
    assert_eq!(Prefill::read(b"name: \xff"), Err(Unreadable::NotText));
    assert_eq!(Prefill::read(b"<html><body>404</body></html>"), Err(Unreadable::Unknown));
    assert_eq!(Prefill::read(b"# Readme\n\n- a\n- b\n"), Err(Unreadable::Unknown));
    assert_eq!(Prefill::read(b""), Err(Unreadable::Unknown));
    assert_eq!(Prefill::read(b"{\"version\": \"v1.0.0\",\n}"), Err(Unreadable::Unknown));
    assert!(matches!(Prefill::read(b"a: 'b\n"), Err(Unreadable::Syntax { .. })));
}

/// Lines of such files, with values of any kind.
fn lines() -> impl Strategy<Value = String> {
    let key = prop::sample::select(vec![
        "name",
        "url",
        "legal",
        "license",
        "description",
        "fr",
        "projects",
        "version",
        "entity",
        "github",
        "custom",
        "maintenance",
        "contacts",
        "publiccodeYmlVersion",
        "&a x",
        "? b",
    ]);
    let value = prop_oneof![
        Just("v1.0.0".to_owned()),
        Just("*a".to_owned()),
        Just("&a [1, {b: c}]".to_owned()),
        Just("|".to_owned()),
        Just("https://a.example/b".to_owned()),
        "[ -~é\u{202e}]{0,20}",
    ];
    let line = (0_usize..3, key, value)
        .prop_map(|(deep, key, value)| format!("{}{key}: {value}", "  ".repeat(deep)));
    prop::collection::vec(line, 0..12).prop_map(|lines| lines.join("\n"))
}

/// Whether all that a form would get could be saved as it is.
fn is_clean(said: &Prefill) -> bool {
    let web = |text: &str| text.is_empty() || text::web_address(text).as_deref() == Ok(text);
    web(&said.website)
        && web(&said.repository)
        && web(&said.roadmap)
        && said.funding.iter().all(|one| web(one))
        && text::optional_line(&said.name, lengths::NAME).as_deref() == Ok(&said.name)
        && text::optional_line(&said.licence, lengths::LICENCE).as_deref() == Ok(&said.licence)
        && said.remarks.len() <= MOST_REMARKS
}

proptest! {
    #[test]
    fn no_bytes_break_the_readers(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Prefill::read(&bytes);
    }

    #[test]
    fn whatever_is_read_can_be_saved(text in lines()) {
        if let Ok(said) = Prefill::read(text.as_bytes()) {
            prop_assert!(is_clean(&said), "{said:?}");
        }
    }

    #[test]
    fn a_file_cut_short_is_refused_or_read_clean(at in 0_usize..1200, json in any::<bool>()) {
        let whole = if json { FUNDING_JSON } else { PUBLICCODE };
        let cut: String = whole.chars().take(at).collect();
        if let Ok(said) = Prefill::read(cut.as_bytes()) {
            prop_assert!(is_clean(&said), "{said:?}");
        }
    }
}
