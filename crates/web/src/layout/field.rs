//! Forms that keep what was typed and say what is wrong beside the field and on top.
//!
//! In a template: `{{ form.summary() }}` first, then `{{ form.text("title", t.…()).hint(t.…()) }}` and its like.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::{Arc, Mutex, PoisonError};

use askama::Template;
use askama::filters::HtmlSafe;
use words::Words;

use crate::extract::FormData;

/// What is wrong with one field, as a sentence in the visitor's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The name of the field.
    pub field: String,
    /// The sentence.
    pub sentence: String,
}

/// What is wrong with a form, in the order of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Adds a sentence to a field.
    pub fn add(&mut self, field: impl Into<String>, sentence: impl Into<String>) {
        self.0.push(Problem { field: field.into(), sentence: sentence.into() });
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn of(&self, field: &str) -> Option<String> {
        self.0.iter().find(|problem| problem.field == field).map(|problem| problem.sentence.clone())
    }
}

/// What was typed and what is wrong with it.
#[derive(Debug, Clone)]
pub struct Form {
    t: Words,
    data: FormData,
    problems: Problems,
    /// The labels of fields as the page names them. The list of what is wrong stands above the fields: a page that
    /// is refused is made twice, and the second time it knows them.
    labels: Arc<Mutex<BTreeMap<String, String>>>,
    /// Where what an earlier sending recorded is seen.
    recorded: Option<String>,
}

impl Form {
    /// A form to fill in; `data` is empty, or what is stored now.
    #[must_use]
    pub fn new(t: Words, data: FormData) -> Self {
        Self::refused(t, data, Problems::default())
    }

    /// A form that was refused, shown again with status 422.
    #[must_use]
    pub fn refused(t: Words, data: FormData, problems: Problems) -> Self {
        Self { t, data, problems, labels: Arc::default(), recorded: None }
    }

    /// The same with a link to what an earlier sending of it recorded.
    #[must_use]
    pub(crate) fn recorded_at(self, href: Option<String>) -> Self {
        Self { recorded: href, ..self }
    }

    /// What was typed.
    #[must_use]
    pub fn data(&self) -> &FormData {
        &self.data
    }

    /// The list of what is wrong, with a link to each field; nothing if nothing is.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let labels = self.labels.lock().unwrap_or_else(PoisonError::into_inner);
        let line = |problem: &Problem| {
            let sentence = match labels.get(&problem.field) {
                Some(label) => self.t.common_form_error(label, &problem.sentence),
                None => problem.sentence.clone(),
            };
            // Nobody sees these fields: there is nothing to go to.
            let hidden = matches!(problem.field.as_str(), "key" | "version");
            (if hidden { String::new() } else { id_of(&problem.field) }, sentence)
        };
        let lines: Vec<_> = self.problems.0.iter().map(line).collect();
        let heading = match self.problems.0.iter().any(|problem| labels.contains_key(&problem.field)) {
            true => self.t.common_form_errors(lines.len()),
            false => self.t.common_form_refused().to_owned(),
        };
        Summary { t: self.t, heading, lines, recorded: self.recorded.clone() }
    }

    /// What is wrong with a group of choices, for its `<fieldset>`; other fields say it themselves.
    #[must_use]
    pub fn problem(&self, name: &str) -> Option<String> {
        self.problems.of(name)
    }

    /// What is wrong with a field that the page doesn't show any more, under the name that it had; nothing if nothing is.
    #[must_use]
    pub fn gone(&self, name: &str, label: &str) -> Option<String> {
        self.named(name, label);
        self.problem(name)
    }

    /// Gives a field that the page may not show its name in the list of what is wrong.
    pub(crate) fn named(&self, name: &str, label: &str) {
        let mut labels = self.labels.lock().unwrap_or_else(PoisonError::into_inner);
        labels.insert(name.to_owned(), label.to_owned());
    }

    fn field(&self, kind: Kind, name: impl Display, label: impl Display) -> Field {
        let (name, label) = (name.to_string(), label.to_string());
        if !self.problems.is_empty() {
            self.named(&name, &label);
        }
        Field {
            id: id_of(&name),
            value: if kind == Kind::Password { String::new() } else { self.data.field(&name).to_owned() },
            error: self.problems.of(&name),
            dropped: kind == Kind::File && self.data.file(&name).is_some(),
            label,
            hint: String::new(),
            unit: String::new(),
            autocomplete: String::new(),
            accept: "",
            options: Vec::new(),
            rows: 5,
            longest: 0,
            is_optional: false,
            t: self.t,
            kind,
            name,
        }
    }

    /// One line of text.
    #[must_use]
    pub fn text(&self, name: impl Display, label: impl Display) -> Field {
        self.field(Kind::Text, name, label)
    }

    /// Several lines of text.
    #[must_use]
    pub fn area(&self, name: impl Display, label: impl Display) -> Field {
        self.field(Kind::Area, name, label)
    }

    /// A mail address.
    #[must_use]
    pub fn email(&self, name: impl Display, label: impl Display) -> Field {
        self.field(Kind::Email, name, label).autocomplete("email")
    }

    /// A web address.
    #[must_use]
    pub fn url(&self, name: impl Display, label: impl Display) -> Field {
        self.field(Kind::Url, name, label)
    }

    /// A password; it is never sent back to the page.
    #[must_use]
    pub fn password(&self, name: impl Display, label: impl Display) -> Field {
        self.field(Kind::Password, name, label)
    }

    /// An amount of money, as people write it.
    #[must_use]
    pub fn money(&self, name: impl Display, label: impl Display, unit: impl Display) -> Field {
        Field { unit: unit.to_string(), ..self.field(Kind::Money, name, label) }
    }

    /// A whole number.
    #[must_use]
    pub fn number(&self, name: impl Display, label: impl Display) -> Field {
        self.field(Kind::Number, name, label)
    }

    /// A day, `2026-11-30` in what is sent.
    #[must_use]
    pub fn date(&self, name: impl Display, label: impl Display) -> Field {
        self.field(Kind::Date, name, label)
    }

    /// A file.
    #[must_use]
    pub fn file(&self, name: impl Display, label: impl Display) -> Field {
        self.field(Kind::File, name, label)
    }

    /// One of several values, in a list that opens. Give them with [`Field::option`].
    #[must_use]
    pub fn select(&self, name: impl Display, label: impl Display) -> Field {
        self.field(Kind::Select, name, label)
    }

    /// One of several values, all in sight. Stands in a `<fieldset id="f-NAME">` with its `<legend>`, to which the
    /// list of what is wrong leads.
    #[must_use]
    pub fn radio(&self, name: impl Display, value: impl Display, label: impl Display) -> Choice {
        self.choice("radio", &name.to_string(), value.to_string(), label.to_string())
    }

    /// A box to tick.
    #[must_use]
    pub fn checkbox(&self, name: impl Display, value: impl Display, label: impl Display) -> Choice {
        self.choice("checkbox", &name.to_string(), value.to_string(), label.to_string())
    }

    fn choice(&self, kind: &'static str, name: &str, value: String, label: String) -> Choice {
        Choice {
            is_checked: self.data.has(name, &value),
            name: name.to_owned(),
            hint: String::new(),
            kind,
            id: format!("{}-{}", id_of(name), id_part(&value)),
            value,
            label,
        }
    }
}

fn id_of(name: &str) -> String {
    format!("f-{}", id_part(name))
}

fn id_part(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Area,
    Email,
    Url,
    Password,
    Money,
    Number,
    Date,
    File,
    Select,
}

/// A labelled field.
#[derive(Debug, Clone, Template)]
#[template(path = "layout/field.html")]
pub struct Field {
    kind: Kind,
    id: String,
    name: String,
    label: String,
    value: String,
    error: Option<String>,
    /// Whether a file was chosen here and isn't part of the page: no browser sends it again by itself.
    dropped: bool,
    hint: String,
    unit: String,
    autocomplete: String,
    accept: &'static str,
    options: Vec<(String, String)>,
    rows: u8,
    longest: usize,
    is_optional: bool,
    t: Words,
}

impl HtmlSafe for Field {}

impl Field {
    /// A sentence under the label.
    #[must_use]
    pub fn hint(mut self, hint: impl Display) -> Self {
        self.hint = hint.to_string();
        self
    }

    /// It may stay empty, and says so.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.is_optional = true;
        self
    }

    /// What the browser may fill in: `name`, `new-password`, `one-time-code`…
    #[must_use]
    pub fn autocomplete(mut self, token: impl Display) -> Self {
        self.autocomplete = token.to_string();
        self
    }

    /// The types of file that a browser offers to choose from; what is sent is judged by its bytes.
    #[must_use]
    pub fn accept(mut self, types: &'static str) -> Self {
        self.accept = types;
        self
    }

    /// One more value of a list that opens.
    #[must_use]
    pub fn option(mut self, value: impl Display, label: impl Display) -> Self {
        self.options.push((value.to_string(), label.to_string()));
        self
    }

    /// The values of a list that opens.
    #[must_use]
    pub fn options(mut self, options: &[(String, String)]) -> Self {
        self.options.extend_from_slice(options);
        self
    }

    /// How many lines a text area shows at first.
    #[must_use]
    pub fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }

    /// The most characters that it takes. A line stops there; a text of several lines says so beside its label, since a
    /// browser would cut what is pasted without a word.
    #[must_use]
    pub fn longest(mut self, characters: usize) -> Self {
        if self.kind == Kind::Area {
            let limit = self.t.common_at_most(characters);
            self.hint = [self.hint.as_str(), &limit].join(" ").trim().to_owned();
        } else {
            self.longest = characters;
        }
        self
    }

    fn input_type(&self) -> &'static str {
        match self.kind {
            Kind::Email => "email",
            Kind::Url => "url",
            Kind::Password => "password",
            Kind::Date => "date",
            Kind::File => "file",
            _ => "text",
        }
    }

    fn input_mode(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Money => Some("decimal"),
            Kind::Number => Some("numeric"),
            _ => None,
        }
    }

    fn is_chosen(&self, option: &str) -> bool {
        self.value == option
    }

    fn described_by(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.id));
        let error = self.error.is_some().then(|| format!("{}-error", self.id));
        let again = self.dropped.then(|| format!("{}-again", self.id));
        [hint, error, again].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// A radio button or a box to tick, with its label beside it.
#[derive(Debug, Clone, Template)]
#[template(path = "layout/choice.html")]
pub struct Choice {
    kind: &'static str,
    id: String,
    name: String,
    value: String,
    label: String,
    hint: String,
    is_checked: bool,
}

impl HtmlSafe for Choice {}

impl Choice {
    /// A sentence under the label.
    #[must_use]
    pub fn hint(mut self, hint: impl Display) -> Self {
        self.hint = hint.to_string();
        self
    }
}

/// What is wrong with a form, on top of the page.
#[derive(Debug, Clone, Template)]
#[template(path = "layout/summary.html")]
pub struct Summary {
    t: Words,
    /// How many fields are to be looked at; where it is about none of them, that nothing is saved.
    heading: String,
    lines: Vec<(String, String)>,
    recorded: Option<String>,
}

impl HtmlSafe for Summary {}

#[cfg(test)]
mod tests {
    use words::Locale;

    use super::*;

    fn form(fields: &[(&str, &str)], problems: &[(&str, &str)]) -> Form {
        let mut list = Problems::default();
        for (field, sentence) in problems {
            list.add(*field, *sentence);
        }
        Form::refused(Words::new(Locale::Fr), FormData::of(fields.iter().copied()), list)
    }

    #[test]
    fn a_refused_field_keeps_what_was_typed_and_says_what_is_wrong() {
        let form = form(&[("amount", "\"><script>")], &[("amount", "Ce n’est pas un montant.")]);
        let html = form.money("amount", "Combien ?", "€").hint("Un prix.").to_string();
        for part in [
            "<label for=\"f-amount\">Combien ?</label>",
            "id=\"f-amount-hint\"",
            "id=\"f-amount-error\"",
            "aria-describedby=\"f-amount-hint f-amount-error\"",
            "aria-invalid=\"true\"",
            "inputmode=\"decimal\"",
            "value=\"&#34;&#62;&#60;script&#62;\"",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        let summary = form.summary().to_string();
        assert!(summary.contains("href=\"#f-amount\"") && summary.contains("role=\"alert\""), "{summary}");
    }

    #[test]
    fn a_form_in_order_has_no_summary() {
        let form = form(&[("title", "Salon")], &[]);
        assert_eq!(form.summary().to_string().trim(), "");
        let html = form.text("title", "Quoi ?").optional().to_string();
        assert!(html.contains("value=\"Salon\"") && html.contains("facultatif"), "{html}");
        assert!(!html.contains("aria-invalid") && !html.contains("aria-describedby"), "{html}");
    }

    #[test]
    fn passwords_are_never_sent_back() {
        let form = form(&[("password", "une marmite bien chaude")], &[("password", "Non.")]);
        assert!(!form.password("password", "Mot de passe").to_string().contains("marmite"));
    }

    #[test]
    fn what_was_chosen_stays_chosen() {
        let form = form(&[("kind", "firm"), ("software", "b")], &[]);
        assert!(form.radio("kind", "firm", "ferme").to_string().contains(" checked"));
        assert!(!form.radio("kind", "hope", "intention").to_string().contains(" checked"));
        let select = form.select("software", "Logiciel").option("a", "A").option("b", "B").to_string();
        assert!(
            select.contains("value=\"b\" selected") && !select.contains("value=\"a\" selected"),
            "{select}"
        );
    }

    #[test]
    fn each_choice_has_an_id_of_its_own_and_its_hint_is_no_part_of_its_name() {
        let form = form(&[], &[("kind", "Choisissez.")]);
        let html = form.radio("kind", "firm", "ferme").hint("Payée après.").to_string();
        for part in [
            "id=\"f-kind-firm\"",
            "aria-labelledby=\"f-kind-firm-label\"",
            "<span id=\"f-kind-firm-label\">ferme</span>",
            "aria-describedby=\"f-kind-firm-hint\"",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn the_list_of_what_is_wrong_names_the_fields_once_they_are_known() {
        let form = form(&[], &[("name", "Ce champ est à remplir."), ("kind", "Choisissez.")]);
        assert!(form.summary().to_string().contains(">Ce champ est à remplir.</a>"));
        let _ = form.text("name", "Votre nom").to_string();
        let summary = form.summary().to_string();
        assert!(summary.contains(">Votre nom — Ce champ est à remplir.</a>"), "{summary}");
        assert!(summary.contains("href=\"#f-kind\">Choisissez.</a>"), "{summary}");
    }
}
