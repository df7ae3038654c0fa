//! Plays what members run and miss.

use app::{
    needs::{self, NewNeed, Which},
    software::{self, Hosting},
};
use domain::{
    Money,
    needs::{ApproachEnd, ApproachKind, ApproachState, ApproachText, Helps, NeedText, SupportText},
    software::Entry,
};

use super::{
    seed::{ADMIN, Teller, told},
    wishes::{Approach, NEEDS, Need, SOFTWARE, Support},
};
use crate::serve::StartError;

/// Days before today on which the register is filled.
const REGISTER: i64 = 295;

impl Teller {
    /// The register of software, with who runs what.
    pub(super) async fn register(&self) -> Result<(), StartError> {
        self.at(REGISTER, 10);
        for one in SOFTWARE {
            let entry = Entry {
                name: one.name.to_owned(),
                repository: one.repository.to_owned(),
                licence: one.licence.to_owned(),
                website: one.website.to_owned(),
                description: one.description.to_owned(),
                maintainers: "L’équipe du logiciel".to_owned(),
                ..Entry::default()
            };
            self.tick();
            let slug = software::enter(&self.context, self.acting(ADMIN)?, self.collective, entry)
                .await
                .map_err(told)?;
            let mut tx = self.context.db.read().await?;
            let row = store::software::by_slug(&mut tx, self.collective, &slug).await?;
            drop(tx);
            let id = row.ok_or("the software is missing")?.id;
            for (slug, users) in one.hosts {
                self.tick();
                let hosting = Hosting { users: Some(*users), url: String::new() };
                software::say_hosted(&self.context, self.acting(slug)?, self.collective, id, hosting)
                    .await
                    .map_err(told)?;
            }
        }
        Ok(())
    }

    /// The needs that are written between two days, more days before today first.
    pub(super) async fn needs(&self, from: i64, to: i64) -> Result<(), StartError> {
        for need in NEEDS.iter().filter(|need| need.days < from && need.days >= to) {
            self.need(need).await?;
        }
        Ok(())
    }

    async fn need(&self, need: &Need) -> Result<(), StartError> {
        self.at(need.days, 9);
        let (first, others) = need.supports.split_first().ok_or("a need that nobody has")?;
        let text = NeedText {
            title: need.title.to_owned(),
            why: need.why.to_owned(),
            software: need.software.to_owned(),
            discussion_url: String::new(),
            links: need.links.iter().map(|&link| link.to_owned()).collect(),
        };
        let new = NewNeed { text, support: support(first) };
        let written =
            needs::write(&self.context, self.acting(first.0)?, self.collective, new).await.map_err(told)?;
        let which = Which { collective: self.collective, number: written.number };
        for other in others {
            self.tick();
            needs::say_needed(&self.context, self.acting(other.0)?, which, support(other))
                .await
                .map_err(told)?;
        }
        for approach in need.approaches {
            self.approach(which, approach).await?;
        }
        Ok(())
    }

    async fn approach(&self, which: Which, approach: &Approach) -> Result<(), StartError> {
        let (from, to) = approach.price;
        let text = ApproachText {
            kind: ApproachKind::parse(approach.kind).ok_or("an unknown kind of approach")?,
            title: approach.title.to_owned(),
            body: approach.body.to_owned(),
            url: approach.url.to_owned(),
            known_by: approach.known_by.to_owned(),
            price: (to > 0).then(|| (Money::new(from), Money::new(to))),
            maintained_by: approach.maintained_by.to_owned(),
        };
        let acting = self.acting(approach.by)?;
        self.tick();
        let number = needs::add_approach(&self.context, acting.clone(), which, text).await.map_err(told)?;
        let (reason, evidence) = approach.refused;
        if reason.is_empty() {
            return Ok(());
        }
        let end = ApproachEnd {
            state: ApproachState::Refused,
            reason: reason.to_owned(),
            evidence: evidence.iter().map(|&link| link.to_owned()).collect(),
        };
        self.tick();
        needs::end_approach(&self.context, acting, which, number, end).await.map_err(told)
    }
}

fn support(said: &Support) -> SupportText {
    let (_, strength, users, cents, help, words) = *said;
    SupportText {
        strength,
        users: Some(users),
        words: words.to_owned(),
        amount: (cents > 0).then(|| Money::new(cents)),
        help: Helps::parse(help),
    }
}
