use super::*;

fn broken(change: impl FnOnce(&mut Rules)) -> Vec<(String, FieldRule)> {
    let mut rules = Template::Association.rules();
    change(&mut rules);
    rules.check().unwrap_err().into_iter().map(|error| (error.field, error.rule)).collect()
}

#[test]
fn the_templates_hold_and_read_back() {
    for template in Template::ALL {
        let rules = template.rules();
        let text = rules.to_json().unwrap();
        assert_eq!(Rules::from_json(&text), Ok(rules), "{template:?}");
        assert_eq!(Template::parse(template.as_str()), Some(*template));
    }
}

#[test]
fn unknown_missing_and_newer_keys_are_refused() {
    let text = Template::Informal.rules().to_json().unwrap();
    let extra = text.replacen('{', r#"{"interest_rate":3,"#, 1);
    assert!(matches!(Rules::from_json(&extra), Err(RulesError::Form(why)) if why.contains("interest_rate")));
    let nested = text.replacen(r#""idea":90"#, r#""idea":90,"nap":1"#, 1);
    assert!(matches!(Rules::from_json(&nested), Err(RulesError::Form(why)) if why.contains("nap")));
    let missing = text.replacen(r#""needers":2,"#, "", 1);
    assert!(matches!(Rules::from_json(&missing), Err(RulesError::Form(why)) if why.contains("needers")));
    let newer = extra.replacen(r#""schema_version":1"#, r#""schema_version":2"#, 1);
    assert_eq!(Rules::from_json(&newer), Err(RulesError::Newer(2)));
    assert!(matches!(Rules::from_json("soupe"), Err(RulesError::Form(_))));
}

#[test]
fn values_that_cannot_hold_are_named() {
    type Case = (fn(&mut Rules), &'static str, FieldRule);
    let cases: [Case; 13] = [
        (|r| r.tracks.clear(), "tracks", FieldRule::Missing),
        (|r| r.tracks[0].ceiling = None, "tracks.0.ceiling", FieldRule::Missing),
        (|r| r.tracks[1].ceiling = Some(Money::new(1)), "tracks.1.ceiling", FieldRule::BelowMinimum),
        (|r| r.tracks[1].track = Track::Trust, "tracks.1.track", FieldRule::NotAChoice),
        (|r| r.needers = 0, "needers", FieldRule::NotPositive),
        (|r| r.reserve_per_mille = 501, "reserve_per_mille", FieldRule::TooLarge),
        (|r| r.cap = Some(Money::ZERO), "cap", FieldRule::NotPositive),
        (|r| r.sharing = DefaultSharing::Mixed { equal: 10_001 }, "sharing.equal", FieldRule::TooLarge),
        (|r| r.trigger = TriggerMode::Confirmed { days: 0 }, "trigger.days", FieldRule::NotPositive),
        (|r| r.delays.terms = 0, "delays.terms", FieldRule::NotPositive),
        (|r| r.surplus = vec![SurplusUse::Warranty], "surplus", FieldRule::NotAChoice),
        (|r| r.calendar.rest_month = Some(13), "calendar.rest_month", FieldRule::NotAChoice),
        (|r| r.schema_version = 0, "schema_version", FieldRule::NotAChoice),
    ];
    for (change, field, rule) in cases {
        assert_eq!(broken(change), [(field.to_owned(), rule)]);
    }
}

#[test]
fn what_cannot_hold_is_neither_kept_nor_read() {
    let mut rules = Template::Framed.rules();
    rules.cap = Some(Money::new(-5));
    assert!(matches!(rules.to_json(), Err(RulesError::Values(_))));
    let text = Template::Framed.rules().to_json().unwrap().replacen(r#""cap":null"#, r#""cap":-5"#, 1);
    assert!(matches!(Rules::from_json(&text), Err(RulesError::Values(_))));
}

#[test]
fn the_lightest_track_that_reaches_is_the_default() {
    let rules = Template::Association.rules();
    for (cents, track) in [
        (100_000, Track::Trust),
        (100_001, Track::Light),
        (500_000, Track::Light),
        (1_500_000, Track::Full),
        (1_500_001, Track::Heavy),
    ] {
        assert_eq!(rules.default_track(Money::new(cents)), Some(track), "{cents}");
    }
    let framed = Template::Framed.rules();
    assert_eq!(framed.default_track(Money::new(1)), Some(Track::Light));
    assert_eq!(framed.track(Track::Trust), None);
}
