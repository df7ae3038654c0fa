//! Whether two names may well mean the same: letters of other alphabets that look alike, legal forms, order, initials.
//! Where it matters who somebody is, or is tied to, more is taken for the same than not.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};
use unicode_security::skeleton;

use crate::text::{fold, is_hidden};

/// Words of a name that say what an organisation is by law: the name is the same without them.
const LEGAL_FORMS: [&str; 18] = [
    "sarl",
    "sas",
    "sasu",
    "sa",
    "eurl",
    "ei",
    "eirl",
    "scop",
    "scic",
    "asbl",
    "association",
    "asso",
    "gmbh",
    "ev",
    "ltd",
    "llc",
    "inc",
    "bv",
];

/// How a person is addressed: with a family name alone it names somebody all the same.
const ADDRESSES: [&str; 10] = ["m", "mr", "mrs", "ms", "mme", "mlle", "mx", "dr", "monsieur", "madame"];

/// What names that nobody can tell apart have in common: keys, of which two such names share one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looks([String; 5]);

impl Looks {
    /// How a name looks.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let [folded, latin, paired] = forms(name);
        let or_whole = |what: &str, key: String| match key.is_empty() {
            true => format!("is {folded}"),
            false => format!("{what} {key}"),
        };
        Self([
            format!("is {folded}"),
            or_whole("looks", blurred(&words(&latin).join(" "))),
            or_whole("bare", bare(&folded)),
            or_whole("latin", bare(&latin)),
            or_whole("paired", bare(&paired)),
        ])
    }

    /// Whether two names are taken for one another: the same but for case, accents, blanks, signs between words, letters
    /// that look alike in whichever alphabet, and what [`same_name`] leaves out.
    ///
    /// ```
    /// # use popote_domain::names::Looks;
    /// assert!(Looks::of("Cloud Girofle").like(&Looks::of("СLОUD  G1rofle.")));
    /// assert!(Looks::of("Framasoft").like(&Looks::of("Association Frarnasoft")));
    /// assert!(!Looks::of("ARN").like(&Looks::of("ARA")));
    /// ```
    #[must_use]
    pub fn like(&self, other: &Self) -> bool {
        self.0.iter().any(|key| other.0.contains(key))
    }

    /// The keys: for tables by name.
    #[must_use]
    pub fn keys(&self) -> &[String] {
        &self.0
    }
}

/// A name folded, in the letters of Latin, and so with pairs of letters that look like one.
fn forms(name: &str) -> [String; 3] {
    [fold(name), latin(name), paired(name)]
}

/// Lower case without accents, in the letters of Latin that others can't be told from, whichever case it is that looks
/// like one.
fn latin(name: &str) -> String {
    cased(name).to_ascii_lowercase()
}

/// The same, each letter in its case.
fn cased(name: &str) -> String {
    let mut latin = String::with_capacity(name.len());
    for c in name.nfkd().filter(|c| !is_combining_mark(*c) && !is_hidden(*c)) {
        if c.is_ascii() {
            latin.push(c);
            continue;
        }
        let forms = [c.to_string(), c.to_lowercase().collect(), c.to_uppercase().collect()];
        let shown = forms.iter().find_map(|form: &String| {
            let shape: String = skeleton(form).filter(|c| !is_combining_mark(*c)).collect();
            (!shape.is_empty() && shape.is_ascii()).then_some(shape)
        });
        match shown {
            Some(shape) => latin.push_str(&shape),
            None => latin.extend(c.to_lowercase()),
        }
    }
    latin
}

/// Two letters that look like one: only so as they are written, « ARN » is far from « AM » and « arn » is not.
const PAIRS: [(&str, &str); 4] = [("rn", "m"), ("vv", "w"), ("VV", "W"), ("cl", "d")];

/// Lower case in Latin, where pairs of letters that look like one are that one.
fn paired(name: &str) -> String {
    let bar = |c| match c {
        'I' | '1' | '|' => 'l',
        '0' => 'o',
        c => c,
    };
    let shown: String = cased(name).chars().map(bar).collect();
    PAIRS.iter().fold(shown, |shown, (pair, one)| shown.replace(pair, one)).to_ascii_lowercase()
}

/// The same for letters and digits that look alike in Latin itself.
fn blurred(latin: &str) -> String {
    let blur = |c| match c {
        'i' | '1' | '|' => 'l',
        '0' => 'o',
        c => c,
    };
    latin.chars().map(blur).collect()
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// What is left of a folded name without what stands in parentheses or after a comma, without dots and legal forms, its
/// words in the order of the alphabet.
fn bare(folded: &str) -> String {
    let mut depth = 0_u32;
    let outside: String = folded
        .chars()
        .filter(|c| {
            let within = depth > 0 || *c == '(';
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            !within && !matches!(c, ')' | '.' | '\'' | '’')
        })
        .collect();
    let first = outside.split([',', ';']).next().unwrap_or_default();
    let mut words = words(first);
    words.retain(|word| !LEGAL_FORMS.contains(word));
    words.sort_unstable();
    blurred(&words.join(" "))
}

/// Whether two names may well be of one organisation: folded, whatever the order of their words, without its legal form,
/// nor what is added in parentheses or after a comma.
///
/// ```
/// # use popote_domain::names::same_name;
/// assert!(same_name("Cloud Girofle, en interne", "GIROFLE cloud"));
/// assert!(same_name("ARN (sans-nuage.fr)", "Association A.R.N."));
/// assert!(same_name("Аtelier Lіbre", "Atelier Libre")); // two letters are Cyrillic
/// assert!(same_name("Frarnasoft", "Framasoft"));
/// assert!(!same_name("ARN", "ARN Conseil"));
/// ```
#[must_use]
pub fn same_name(one: &str, other: &str) -> bool {
    let alike = |(one, other): (&String, &String)| {
        let (bare_one, bare_other) = (bare(one), bare(other));
        if bare_one.is_empty() || bare_other.is_empty() { one == other } else { bare_one == bare_other }
    };
    forms(one).iter().zip(forms(other).iter()).any(alike)
}

/// Whether two names may well be of one person: as those of an organisation, or with initials, with more given names or
/// other words in one of them, with how one is addressed before a family name.
///
/// ```
/// # use popote_domain::names::same_person;
/// assert!(same_person("DUPONT Jeanne", "J. Dupont"));
/// assert!(same_person("Mme Dupont", "Jeanne Dupont"));
/// assert!(same_person("Atelier Jeanne Dupont", "Jeanne Dupont"));
/// assert!(!same_person("Jean Dupont", "Jeanne Dupont"));
/// assert!(!same_person("Jeanne", "Jeanne Dupont"));
/// ```
#[must_use]
pub fn same_person(one: &str, other: &str) -> bool {
    if same_name(one, other) {
        return true;
    }
    let latin = |name: &str| latin(name).replace(['\'', '’'], "");
    let (one, other) = (latin(one), latin(other));
    let (one, other) = (words(&one), words(&other));
    named_within(&one, &other) || named_within(&other, &one)
}

/// Whether each word of a name, or its initial, is among those of another.
fn named_within(name: &[&str], other: &[&str]) -> bool {
    let addressed = matches!(name, [first, _] if ADDRESSES.contains(first));
    let name = if addressed { &name[1..] } else { name };
    if name.len() < 2 && !addressed || name.len() > other.len() {
        return false;
    }
    let mut left: Vec<String> = other.iter().map(|word| blurred(word)).collect();
    let mut initials = Vec::new();
    let mut whole = 0;
    for word in name.iter().map(|word| blurred(word)) {
        match left.iter().position(|other| *other == word) {
            Some(at) => {
                left.swap_remove(at);
                whole += usize::from(word.chars().nth(1).is_some());
            }
            None => initials.push(word),
        }
    }
    let is_initial = |one: &str, other: &str| one.chars().nth(1).is_none() && other.starts_with(one);
    whole > 0
        && initials.iter().all(|word| {
            let at = left.iter().position(|other| is_initial(word, other) || is_initial(other, word));
            at.map(|at| left.swap_remove(at)).is_some()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names that differ by a letter or two, and are of others.
    const GENUINE: [(&str, &str); 12] = [
        ("Framasoft", "Framsoft"),
        ("Framasoft", "Framaspace"),
        ("Infini", "Infinity"),
        ("Cloud Girofle", "Cloud Girolle"),
        ("Roumics", "Roumi"),
        ("Le Cloud", "Le Club"),
        ("Marsnet", "Mars"),
        ("Picasoft", "Picsoft"),
        ("Hadoly", "Hadoli"),
        ("Zaclys", "Zaclis"),
        ("42l", "421 Nord"),
        ("Libre-service", "Libre-services"),
    ];

    #[test]
    fn genuine_names_stay_apart() {
        for (one, other) in GENUINE {
            assert!(!same_name(one, other) && !Looks::of(one).like(&Looks::of(other)), "{one} {other}");
        }
    }

    #[test]
    fn names_that_nobody_can_tell_apart_are_alike() {
        for (one, other) in [
            ("Cloud Girofle", "cloud  girofle"),
            ("Cloud-Girofle", "Cloud Girofle"),
            ("ARN", "АRN"),
            ("ARN", "ΑRΝ"),
            ("ARN", "A\u{200b}RN"),
            ("Girofle", "Girоfle"),
            ("Girofle", "GlROFLE"),
            ("Zaclys", "Ζaclуs"),
            ("Élan 10", "elan lO"),
            ("Тест", "ТЕСТ"),
            ("日本", "日本"),
            ("Ørsted", "Orsted"),
            ("Framasoft", "Frarnasoft"),
            ("FRAMASOFT", "frarnasoft"),
            ("Framasoft", "Frаrnаsоft"),
            ("Webstalk", "VVebstalk"),
            ("webstalk", "vvebstalk"),
            ("Indiehosters", "lncliehosters"),
            ("Zaclys", "Zadys"),
            ("Zaclys", "Zac1ys"),
            ("Libre Atelier", "Atelier Libre"),
            ("ARN", "Association ARN (Alsace)"),
        ] {
            assert!(Looks::of(one).like(&Looks::of(other)), "{one} {other}");
            assert!(
                Looks::of(one).keys().iter().any(|key| Looks::of(other).keys().contains(key)),
                "{one} {other}"
            );
        }
        for (one, other) in
            [("ARN", "AM"), ("ARN", "ARN Conseil"), ("日本", "中国"), ("🌸", "🌻"), ("", "ARN")]
                .into_iter()
                .chain(GENUINE)
        {
            assert!(!Looks::of(one).like(&Looks::of(other)), "{one} {other}");
        }
    }

    #[test]
    fn organisations_are_the_same_in_any_order_of_words() {
        assert!(same_name("Libre Atelier SARL", "atelier libre"));
        assert!(same_name("ЅARL Αtelier Libre", "Atelier Libre"), "a form in other letters");
        assert!(same_name("SCOP", "scop"));
        assert!(!same_name("SCOP", "SARL"));
        assert!(!same_name("Atelier Libre", "Atelier Libre Sud"));
    }

    #[test]
    fn persons_are_the_same_by_initials_and_in_any_order() {
        for (one, other) in [
            ("Jeanne Dupont", "DUPONT Jeanne"),
            ("J. Dupont", "Jeanne Dupont"),
            ("Dupont J", "Jeanne Dupont"),
            ("J.-M. Dupont", "Jean-Michel Dupont"),
            ("Jeanne Marie Dupont", "Jeanne Dupont"),
            ("Jeanne Dupont EI", "Jeanne Dupont"),
            ("Dupont, Jeanne", "Jeanne Dupont"),
            ("M. Dupont", "Jean Dupont"),
            ("Jеanne Duроnt", "Jeanne Dupont"),
            ("Jeanne D\u{2060}upont", "jeanne dupont"),
            ("Jeanne d'Arc", "Jeanne Darc"),
            ("Alix Perrin, développeuse", "Alix Perrin"),
        ] {
            assert!(same_person(one, other) && same_person(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("K. Dupont", "Jeanne Dupont"),
            ("J. D.", "Jeanne Dupont"),
            ("Jeanne Durand", "Jeanne Dupont"),
            ("Dupont", "Jeanne Dupont"),
            ("M. Durand", "Jean Dupont"),
            ("Personne de ARN", "Personne de Girofle"),
            ("", "Jeanne Dupont"),
        ] {
            assert!(!same_person(one, other) && !same_person(other, one), "{one} {other}");
        }
    }
}
