//! What is left of a word without its endings, in French and English at once: nobody says in which language a need is
//! written, and both have their learned words in common. What matters is that forms of one word become one, not that what
//! is left is a word.

/// Words whose end looks like an ending and is none, or whose forms no ending tells: the word, and what it counts as.
const KEPT: [(&str, &str); 24] = [
    ("acces", "acces"),
    ("access", "acces"),
    ("news", "news"),
    ("document", "document"),
    ("comment", "coment"),
    ("element", "element"),
    ("moment", "moment"),
    ("string", "string"),
    ("process", "proces"),
    ("proces", "proces"),
    ("adresse", "adres"),
    ("address", "adres"),
    ("connexion", "connect"),
    ("choix", "choi"),
    ("choose", "choi"),
    ("choice", "choi"),
    ("choisir", "choi"),
    ("evenement", "event"),
    ("lecteur", "lecteur"),
    ("reader", "lecteur"),
    ("vues", "vue"),
    ("cles", "cle"),
    ("donnee", "donee"),
    ("donnees", "donee"),
];

/// Endings, the long before the short: what ends a word, what takes its place, and how many letters stay before it at least.
const ENDINGS: &[(&str, &str, usize)] = &[
    ("ifications", "ifi", 2),
    ("ification", "ifi", 2),
    ("iquement", "ic", 3),
    ("issement", "i", 3),
    ("isations", "", 4),
    ("izations", "", 4),
    ("isation", "", 4),
    ("ization", "", 4),
    ("isateur", "", 4),
    ("isatric", "", 4),
    ("ability", "", 3),
    ("ibility", "", 3),
    ("abilite", "", 3),
    ("ibilite", "", 3),
    ("ically", "ic", 3),
    ("atrice", "", 3),
    ("ateur", "", 3),
    ("ation", "", 3),
    ("ition", "", 4),
    ("ising", "", 4),
    ("izing", "", 4),
    ("ement", "", 3),
    ("trice", "t", 3),
    ("ence", "enc", 3),
    ("ance", "anc", 3),
    ("ency", "enc", 3),
    ("ancy", "anc", 3),
    ("ical", "ic", 3),
    ("ique", "ic", 3),
    ("able", "", 3),
    ("ible", "", 3),
    ("euse", "", 4),
    ("ator", "", 4),
    ("iser", "", 4),
    ("izer", "", 4),
    ("ized", "", 4),
    ("ised", "", 4),
    ("ises", "", 4),
    ("isee", "", 4),
    ("elle", "al", 3),
    ("ment", "", 4),
    ("iere", "i", 3),
    ("ise", "", 5),
    ("ize", "", 4),
    ("ate", "", 4),
    ("eur", "", 3),
    ("ite", "", 4),
    ("ity", "", 4),
    ("uel", "ual", 3),
    ("nel", "nal", 3),
    ("ing", "", 3),
    ("ion", "", 4),
    ("ive", "iv", 2),
    ("tor", "t", 3),
    ("if", "iv", 3),
    ("ly", "", 5),
    ("er", "", 3),
    ("ed", "", 3),
    ("ee", "", 3),
    ("ez", "", 3),
    ("ie", "i", 2),
    ("e", "", 2),
    ("y", "i", 2),
];

/// The word without its endings. Give it folded: small letters without accents.
///
/// ```
/// # use popote_domain::search::stem;
/// for forms in ["inviter invité invitées invitation inviting invited", "synchroniser synchronisation synchronized"] {
///     let mut stems = forms.replace('é', "e").split(' ').map(stem).collect::<Vec<_>>();
///     stems.dedup();
///     assert_eq!(stems.len(), 1, "{stems:?}");
/// }
/// ```
#[must_use]
pub fn stem(word: &str) -> String {
    if word.len() < 4 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    if let Some(kept) = kept(word) {
        return kept.to_owned();
    }
    let one = singular(word);
    if let Some(kept) = kept(&one) {
        return kept.to_owned();
    }
    let root = without_ending(&one);
    let root = root.strip_suffix('y').map_or_else(|| root.clone(), |bare| format!("{bare}i"));
    single_consonants(&root)
}

fn kept(word: &str) -> Option<&'static str> {
    KEPT.iter().find(|(one, _)| *one == word).map(|(_, stem)| *stem)
}

/// One of several.
fn singular(word: &str) -> String {
    let tail = |end: &str, by: &str, least: usize| {
        let root = word.strip_suffix(end)?;
        (root.len() >= least).then(|| format!("{root}{by}"))
    };
    tail("eaux", "eau", 1)
        .or_else(|| tail("aux", "al", 3))
        .or_else(|| tail("eux", "eu", 1))
        .or_else(|| tail("oux", "ou", 1))
        .or_else(|| tail("ies", "ie", 2))
        .or_else(|| tail("sses", "ss", 2))
        .or_else(|| tail("ches", "ch", 3))
        .or_else(|| tail("xes", "x", 2))
        .or_else(|| if word.ends_with("ss") { None } else { tail("s", "", 3) })
        .unwrap_or_else(|| word.to_owned())
}

fn without_ending(word: &str) -> String {
    let has_vowel = |root: &str| root.bytes().any(|b| b"aeiouy".contains(&b));
    for (end, by, least) in ENDINGS {
        let Some(root) = word.strip_suffix(end) else { continue };
        let spares = match *end {
            // « need », « speed »; « ring », « string ».
            "ed" => root.ends_with('e'),
            "ing" | "er" => !has_vowel(root),
            _ => false,
        };
        if root.len() >= *least && !spares {
            let root = format!("{root}{by}");
            // What an ending leaves may have one more: « sécurisées », « copied ».
            return if matches!(*end, "ed" | "ing" | "er" | "ly") { finish(&root) } else { root };
        }
    }
    word.to_owned()
}

/// The last letter, as it is without an ending.
fn finish(root: &str) -> String {
    match root.strip_suffix('e') {
        Some(bare) if bare.len() >= 3 => bare.to_owned(),
        _ => root.to_owned(),
    }
}

/// Doubled consonants made one: « planned », « adresse », and what is mistyped most often.
fn single_consonants(word: &str) -> String {
    let mut single = String::with_capacity(word.len());
    for c in word.chars() {
        if !single.ends_with(c) || matches!(c, 'a' | 'e' | 'i' | 'o' | 'u') {
            single.push(c);
        }
    }
    single
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_become_one() {
        for forms in [
            "invite invites inviter invitee invitation invitations inviting invited",
            "partage partages partager partagee partagez",
            "share shares shared sharing",
            "notification notifications notifier notify notified notifie",
            "synchronisation synchroniser synchronize synchronized synchronised synchronisee",
            "security securite securise secure securely",
            "moderation moderateur moderator moderatrice moderer",
            "journal journaux",
            "tableau tableaux",
            "library libraries",
            "categorie categories category",
            "copie copies copier copy copied",
            "plan plans planning planned",
            "heberger hebergeur hebergement hebergeuse heberge",
            "chiffrer chiffrement chiffre",
            "deploy deployment deploiement deploye",
            "virtuel virtuelle virtual",
            "server serveur servers serveurs",
            "automatique automatic automatiquement automatically automatiques",
            "accessible accessibilite accessibility",
            "adresse address adresses addresses",
            "administrateur administrator administration administrer",
            "groupe groups group groupes",
            "user users",
            "document documents documentation documenter",
        ] {
            let stems: Vec<String> = forms.split(' ').map(stem).collect();
            assert!(stems.iter().all(|one| *one == stems[0]), "{forms}: {stems:?}");
        }
    }

    #[test]
    fn other_words_stay_apart() {
        for (a, b) in [
            ("message", "messagerie"),
            ("session", "service"),
            ("string", "strong"),
            ("need", "net"),
            ("topic", "top"),
            ("document", "docker"),
            ("partage", "partie"),
            ("importer", "important"),
        ] {
            assert_ne!(stem(a), stem(b), "{a} {b}");
        }
        for kept in ["api", "2fa", "été", "", "ring"] {
            assert_eq!(stem(kept), kept);
        }
    }
}
