//! Two classified ads of the example: a request that a member shares and answers, and an offer that fits it.

use app::ads::{contact, post_example, share_need};
use domain::{
    Money,
    ads::{AdText, Seen, Side, Unit, Work},
    people::Email,
};
use store::ads::Writer;

use super::seed::{Teller, told};
use crate::serve::StartError;

/// Days before today.
const POSTED: i64 = 9;
const ANSWERED: i64 = 4;
/// Who has the same need, and writes.
const NEIGHBOUR: &str = "yaal-coop";

impl Teller {
    /// Posts them.
    pub(super) async fn ads(&self) -> Result<(), StartError> {
        self.at(POSTED, 10);
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let request = AdText {
            title: "Ouvrir nos agendas partagés aux bénévoles sans compte".to_owned(),
            body: "Nous coordonnons **140 bénévoles** avec un agenda partagé. Aujourd’hui, chacun·e doit avoir un \
                   compte pour s’inscrire à un créneau, et la moitié renonce.\n\nNous cherchons quelqu’un pour :\n\n\
                   - permettre l’inscription par un lien, sans compte ;\n- le proposer à l’équipe du logiciel ;\n\
                   - écrire une page d’aide."
                .to_owned(),
            works: vec![Work::Development, Work::Documentation],
            software: words(&["Nextcloud"]),
            skills: words(&["PHP", "accessibilité"]),
            region: "Alsace".to_owned(),
            remote: true,
            least: Some(Money::new(150_000)),
            most: Some(Money::new(240_000)),
            unit: Unit::Whole,
            deadline_on: Some(self.day(-90)),
            licence: "AGPL-3.0".to_owned(),
            ..AdText::empty(Side::Request)
        };
        let association =
            writer("Les Ateliers du Canal (exemple)", "Sacha Brunet", "sacha@ateliers.example")?;
        let number = post_example(&self.context, association, request).await.map_err(told)?;
        self.tick();
        let offer = AdText {
            title: "Développement PHP et Python dans les logiciels libres des associations".to_owned(),
            body: "J’ajoute ce qui vous manque dans **Nextcloud** et **Paheko**, avec les équipes de ces logiciels, \
                   et je forme les personnes qui s’en serviront."
                .to_owned(),
            works: vec![Work::Development, Work::Training],
            software: words(&["Nextcloud", "Paheko"]),
            skills: words(&["PHP", "Python"]),
            region: "Lyon".to_owned(),
            remote: true,
            least: Some(Money::new(35_000)),
            most: Some(Money::new(45_000)),
            unit: Unit::Day,
            availability: "deux jours par semaine à partir de janvier".to_owned(),
            references: "Trois contributions reprises par Nextcloud en 2025.".to_owned(),
            seen: Seen::Everybody,
            ..AdText::empty(Side::Offer)
        };
        let developer = writer("Camille Roche (exemple)", "Camille Roche", "camille@roche.example")?;
        post_example(&self.context, developer, offer).await.map_err(told)?;
        self.at(ANSWERED, 11);
        share_need(&self.context, self.acting(NEIGHBOUR)?, number).await.map_err(told)?;
        let body = "Bonjour, nous avons le même besoin pour nos ateliers. Avez-vous déjà écrit à l’équipe de Nextcloud ?";
        contact(&self.context, self.acting(NEIGHBOUR)?, number, body, false).await.map_err(told)?;
        Ok(())
    }
}

/// Somebody invented, without an account.
fn writer(organisation: &str, name: &str, email: &str) -> Result<Writer, StartError> {
    let email = Email::parse(email).map_err(|_| "an address of the example is none")?;
    Ok(Writer {
        organisation: None,
        organisation_name: organisation.to_owned(),
        person: None,
        name: name.to_owned(),
        email: email.address().to_owned(),
        email_key: email.key().to_owned(),
        locale: "fr".to_owned(),
    })
}
