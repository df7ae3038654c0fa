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

/// What names that nobody can tell apart have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looks {
    folded: String,
    shape: String,
}

impl Looks {
    /// How a name looks.
    #[must_use]
    pub fn of(name: &str) -> Self {
        Self { folded: fold(name), shape: blurred(&words(&latin(name)).join(" ")) }
    }

    /// Whether two names are taken for one another: the same but for case, accents, blanks, signs between words, and
    /// letters that look alike in whichever alphabet.
    ///
    /// ```
    /// # use popote_domain::names::Looks;
    /// assert!(Looks::of("Cloud Girofle").like(&Looks::of("СLОUD  G1rofle.")));
    /// assert!(!Looks::of("ARN").like(&Looks::of("ARA")));
    /// ```
    #[must_use]
    pub fn like(&self, other: &Self) -> bool {
        self.folded == other.folded || !self.shape.is_empty() && self.shape == other.shape
    }

    /// What one of them is when they are alike: for tables by name.
    #[must_use]
    pub fn keys(&self) -> [String; 2] {
        [
            format!("is {}", self.folded),
            format!("looks {}", if self.shape.is_empty() { &self.folded } else { &self.shape }),
        ]
    }
}

/// Lower case without accents, in the letters of Latin that others can't be told from, whichever case it is that looks
/// like one.
fn latin(name: &str) -> String {
    let mut latin = String::with_capacity(name.len());
    for c in name.nfkd().filter(|c| !is_combining_mark(*c) && !is_hidden(*c)) {
        if c.is_ascii() {
            latin.push(c.to_ascii_lowercase());
            continue;
        }
        let forms = [c.to_string(), c.to_lowercase().collect(), c.to_uppercase().collect()];
        let shown = forms.iter().find_map(|form: &String| {
            let shape: String = skeleton(form).filter(|c| !is_combining_mark(*c)).collect();
            (!shape.is_empty() && shape.is_ascii()).then(|| shape.to_ascii_lowercase())
        });
        match shown {
            Some(shape) => latin.push_str(&shape),
            None => latin.extend(c.to_lowercase()),
        }
    }
    latin
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
/// assert!(!same_name("ARN", "ARN Conseil"));
/// ```
#[must_use]
pub fn same_name(one: &str, other: &str) -> bool {
    let (one, other) = ((fold(one), latin(one)), (fold(other), latin(other)));
    let alike = |one: &str, other: &str| {
        let (bare_one, bare_other) = (bare(one), bare(other));
        if bare_one.is_empty() || bare_other.is_empty() { one == other } else { bare_one == bare_other }
    };
    alike(&one.0, &other.0) || alike(&one.1, &other.1)
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
        ] {
            assert!(Looks::of(one).like(&Looks::of(other)), "{one} {other}");
            assert!(
                Looks::of(one).keys().iter().any(|key| Looks::of(other).keys().contains(key)),
                "{one} {other}"
            );
        }
        for (one, other) in
            [("ARN", "AM"), ("ARN", "ARN Conseil"), ("日本", "中国"), ("🌸", "🌻"), ("", "ARN")]
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
