//! Documents in memory, searched as the databases do: what they must find, and the shortest way to try how texts are read.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{
    Candidate, Frequency, Likeness, Plan, Query, Read, Reread, Text, grams, likeness, limits, nearest, plan,
    ranked, vocabulary, weigh,
};

/// Documents in memory.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    texts: BTreeMap<Uuid, Text>,
    entries: BTreeMap<String, Vec<(Uuid, i64)>>,
    words: BTreeSet<String>,
}

impl Shelf {
    /// Puts a document there that isn't yet.
    pub fn put(&mut self, subject: Uuid, text: Text) {
        let weighed = weigh(&text);
        self.words.extend(vocabulary(&weighed).into_iter().map(str::to_owned));
        for one in weighed {
            self.entries.entry(one.term).or_default().push((subject, one.weight));
        }
        self.texts.insert(subject, text);
    }

    fn frequencies<'t>(&self, terms: impl Iterator<Item = &'t str>) -> Vec<Frequency> {
        let documents = |term: &str| self.entries.get(term).map_or(0, Vec::len);
        terms
            .map(|term| Frequency {
                term: term.to_owned(),
                documents: i64::try_from(documents(term)).unwrap_or(i64::MAX).min(limits::FREQUENT),
            })
            .collect()
    }

    /// Words that have most groups of letters in common with another.
    fn near(&self, word: &str) -> Vec<String> {
        let of = grams(word);
        let mut near: Vec<(usize, &String)> =
            self.words.iter().map(|other| (grams(other).intersection(&of).count(), other)).collect();
        near.retain(|(common, _)| *common > 0);
        near.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let most = usize::try_from(limits::NEAR).unwrap_or(usize::MAX);
        near.into_iter().take(most).map(|(_, word)| word.clone()).collect()
    }

    fn planned(&self, query: &mut Query) -> Plan {
        let mut frequencies = self.frequencies(query.terms());
        for unknown in query.unknown(&frequencies) {
            query.stand_for(&unknown, nearest(&unknown, &self.near(&unknown)));
        }
        frequencies = self.frequencies(query.terms());
        plan(query, i64::try_from(self.texts.len()).unwrap_or(i64::MAX), &frequencies)
    }

    fn candidates(&self, plan: &Plan) -> Vec<Candidate> {
        let mut scores: BTreeMap<Uuid, i64> = BTreeMap::new();
        for (term, factor) in &plan.terms {
            for (subject, weight) in self.entries.get(term).into_iter().flatten() {
                *scores.entry(*subject).or_default() += weight * factor;
            }
        }
        let mut scores: Vec<(Uuid, i64)> = scores.into_iter().collect();
        scores.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| b.0.cmp(&a.0)));
        scores.truncate(usize::try_from(limits::CANDIDATES).unwrap_or(usize::MAX));
        let candidate = |(subject, score)| {
            let text = self.texts.get(&subject)?;
            Some(Candidate {
                subject,
                score,
                title: text.title.clone(),
                software: text.software.clone(),
                links: text.links.clone(),
            })
        };
        scores.into_iter().filter_map(candidate).collect()
    }

    /// What is found by these words, the best first.
    #[must_use]
    pub fn find(&self, typed: &str) -> Vec<Read> {
        let mut query = Query::search(typed);
        let plan = self.planned(&mut query);
        let candidates = self.candidates(&plan);
        let first = ranked(&query, &plan, &candidates, &Reread::new());
        let texts: Reread = first
            .iter()
            .take(limits::REREAD)
            .filter_map(|read| Some((read.subject, self.texts.get(&read.subject)?.body.clone())))
            .collect();
        ranked(&query, &plan, &candidates, &texts)
    }

    /// How like a draft the documents are, the likest first.
    #[must_use]
    pub fn like(&self, draft: &Text) -> Vec<Likeness> {
        let mut query = Query::draft(draft);
        let plan = self.planned(&mut query);
        likeness(&query, &plan, &self.candidates(&plan))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_the_other_language_and_though_mistyped() {
        let mut shelf = Shelf::default();
        for (id, title, body) in [
            (1, "Inviter dans un salon", "Sans compte, par un lien."),
            (2, "Calendriers partagés", "Les fuseaux horaires sont faux."),
            (3, "Sauvegardes chiffrées", "Chez un autre hébergeur."),
        ] {
            shelf
                .put(Uuid::from_u128(id), Text { title: title.into(), body: body.into(), ..Text::default() });
        }
        for (typed, first) in [
            ("guests in rooms", 1),
            ("calandrier", 2),
            ("cal", 2),
            ("time zones", 2),
            ("backup", 3),
            ("SAUVEGARDE", 3),
            ("hebergeurs", 3),
        ] {
            let found = shelf.find(typed);
            assert_eq!(found.first().map(|read| read.subject.as_u128()), Some(first), "{typed}");
        }
        assert!(shelf.find("introuvable").is_empty() && shelf.find("").is_empty());
    }
}
