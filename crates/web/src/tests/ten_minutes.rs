//! The ten-minute path, measured: from the set-up link to a feature that is funded and paid, in a direct pot. Whoever
//! adds a page or a field to it fails here.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use testkit::World;

use super::Answer;
use super::browser::{Browser, mail_to, path_in, site_of};

/// Somebody at a browser, with what they had to look at and to type.
struct Newcomer {
    browser: Browser,
    pages: u32,
    typed: u32,
    at: Answer,
    path: String,
}

/// What one had to do.
#[derive(Debug, PartialEq, Eq)]
struct Effort {
    /// Pages looked at.
    pages: u32,
    /// Fields typed in or chosen.
    typed: u32,
}

impl Newcomer {
    async fn opens(world: &World, path: &str) -> Self {
        let mut browser = Browser::new(&site_of(world));
        let at = browser.get(path).await;
        assert_eq!(at.status, StatusCode::OK, "{path}");
        Self { browser, pages: 1, typed: 0, at, path: path.to_owned() }
    }

    async fn goes(&mut self, path: &str) {
        self.at = self.browser.get(path).await;
        assert_eq!(self.at.status, StatusCode::OK, "{path}: {}", self.at.text());
        self.pages += 1;
        path.clone_into(&mut self.path);
    }

    /// Follows a link of the page by its text.
    async fn follows(&mut self, text: &str) {
        let page = self.at.text();
        let (before, _) =
            page.split_once(&format!(">{text}</a>")).unwrap_or_else(|| panic!("{text}: {page}"));
        let (_, href) = before.rsplit_once("href=\"").unwrap();
        let href = href.split('"').next().unwrap().to_owned();
        self.goes(&href).await;
    }

    /// Fills fields of the form with this button, leaves the others as the page proposes them, and presses it.
    async fn fills(&mut self, button: &str, fields: &[(&str, &str)]) {
        let (action, mut sent) = form(&self.at.text(), button);
        for (name, value) in fields {
            assert!(sent.contains_key(*name), "{button} has no field {name}");
            sent.insert((*name).to_owned(), (*value).to_owned());
            self.typed += 1;
        }
        let action = if action.is_empty() { self.path.clone() } else { action };
        let fields: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (&**name, &**value)).collect();
        let answer = self.browser.post(&action, &fields).await;
        self.pages += 1;
        self.at = match answer.status {
            StatusCode::SEE_OTHER => {
                answer.header("location").clone_into(&mut self.path);
                self.browser.follow(&answer).await
            }
            // A page that asks once more.
            StatusCode::OK => answer,
            other => panic!("{button}: {other} {}", answer.text()),
        };
    }

    const fn effort(&self) -> Effort {
        Effort { pages: self.pages, typed: self.typed }
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    let value = rest.split('"').next()?;
    Some(value.replace("&#34;", "\"").replace("&#39;", "'").replace("&#38;", "&"))
}

/// Where the form with this button goes, and what it sends as it stands.
fn form(page: &str, button: &str) -> (String, BTreeMap<String, String>) {
    let at = page.find(&format!(">{button}</button>")).unwrap_or_else(|| panic!("no {button:?}: {page}"));
    let start = page[..at].rfind("<form ").unwrap();
    let end = start + page[start..].find("</form>").unwrap();
    let (form, head) = (&page[start..end], page[start..end].split('>').next().unwrap());
    let mut fields = BTreeMap::new();
    for tag in form.split('<').skip(1) {
        let name = attribute(tag, "name");
        let Some(name) = name.filter(|_| !tag.starts_with("button")) else { continue };
        let value = match tag.split(' ').next().unwrap() {
            "textarea" => tag.split_once('>').map(|(_, text)| text.trim_start_matches('\n').to_owned()),
            "select" => Some(String::new()),
            _ if attribute(tag, "type").as_deref() == Some("radio") && !tag.contains(" checked") => None,
            _ => attribute(tag, "value"),
        };
        if let Some(value) = value {
            fields.insert(name, value);
        }
    }
    (attribute(head, "action").unwrap_or_default(), fields)
}

async fn from_the_link_to_the_money(world: World) {
    let link = path_in(&app::setup::link(&world.context).await.unwrap().unwrap());
    // ① four answers.
    let mut camille = Newcomer::opens(&world, &link).await;
    let answers = [
        ("collective", "Petits hébergeurs"),
        ("organisation", "Yaal Coop"),
        ("name", "Camille"),
        ("email", "camille@yaal.example"),
    ];
    camille.fills("Créer le collectif", &answers).await;
    assert_eq!(camille.effort(), Effort { pages: 2, typed: 4 });
    // ② one page, five fields.
    camille.follows("Proposer une fonctionnalité").await;
    let proposal = [
        ("title", "Prévenir quand un service tombe"),
        ("software", "Uptime Kuma"),
        ("summary", "Nos salons d’astreinte apprennent une panne."),
        ("price", "100"),
        ("closing_on", "2025-03-31"),
    ];
    camille.fills("Publier", &proposal).await;
    camille.at.says("Il manque 100");
    let feature = camille.path.clone();
    assert_eq!(camille.effort(), Effort { pages: 4, typed: 9 });
    // Its own promise: an amount; firm is what the page proposes.
    camille.fills("Promettre", &[("amount", "40")]).await;
    camille.at.says("Il manque 60");
    assert_eq!(camille.effort(), Effort { pages: 5, typed: 10 });

    // ③ another organisation comes in by a link, says its name, and promises.
    let base = feature.split("/features").next().unwrap().to_owned();
    camille.goes(&format!("{base}/invitations")).await;
    let invitation = [("organisation", "new"), ("name", "ARN"), ("email", "noe@arn.example")];
    let kind = ("kind", "representative");
    let sent: Vec<(&str, &str)> = invitation.into_iter().chain([kind, ("locale", "fr")]).collect();
    let answer = camille.browser.post(&camille.path.clone(), &sent).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let link = path_in(&mail_to(&world, "noe@arn.example").await.unwrap());
    let mut noe = Newcomer::opens(&world, &link).await;
    noe.fills("Accepter l’invitation", &[("name", "Noé")]).await;
    noe.goes(&feature).await;
    noe.fills("Promettre", &[("amount", "60")]).await;
    noe.at.says("ce que chaque structure a promis devient une somme à régler");
    noe.fills("Oui, c’est voulu", &[]).await;
    noe.at.says("la fonctionnalité est financée");
    assert_eq!(noe.effort(), Effort { pages: 5, typed: 2 });

    // ④ one mail to each: how much, to whom, by when; two buttons, and it is received.
    let mail = mail_to(&world, "noe@arn.example").await.unwrap();
    for part in ["60,00", "Yaal Coop", "inclus"] {
        assert!(mail.contains(part), "{part} is not in {mail}");
    }
    let call = path_in(&mail);
    noe.goes(&call).await;
    noe.fills("C’est payé", &[]).await;
    assert_eq!(noe.effort(), Effort { pages: 7, typed: 2 });
    let mut to_pay = mail_to(&world, "camille@yaal.example").await.unwrap();
    assert!(to_pay.contains("dit avoir payé"), "{to_pay}");
    camille.goes(&path_in(&to_pay)).await;
    camille.fills("Confirmer la réception", &[]).await;
    camille.at.says("Tout est réglé");
    // Its own part, paid to itself: another says that it is so.
    // Who has just come confirms for nobody.
    world.wait(domain::people::WAITING);
    camille.goes(&format!("{base}/calls")).await;
    camille.at.says("À régler par Yaal Coop");
    let own = camille.at.text();
    let own = own.split(&format!("{base}/calls/")).nth(1).unwrap().split('"').next().unwrap().to_owned();
    camille.goes(&format!("{base}/calls/{own}")).await;
    assert!(!camille.at.text().contains("Confirmer la réception"));
    camille.fills("C’est payé", &[]).await;
    let asked = mail_to(&world, "noe@arn.example").await.unwrap();
    assert!(asked.contains("dit avoir payé"), "{asked}");
    noe.goes(&path_in(&asked)).await;
    noe.fills("Confirmer la réception", &[]).await;
    camille.goes(&feature).await;
    camille.at.says("100\u{202f}€ reçus sur 100\u{202f}€ promis");
    to_pay = mail_to(&world, "camille@yaal.example").await.unwrap();
    assert!(to_pay.contains("la réalisation peut commencer"), "{to_pay}");
    let whole = camille.effort();
    assert!(whole.pages <= 13 && whole.typed <= 10, "the founder's whole way: {whole:?}");
}

testkit::on_both![from_the_link_to_the_money];
