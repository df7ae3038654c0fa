//! Sharing the money of a round: a preview that is explained, then its confirmation.

use std::collections::{BTreeMap, HashMap, HashSet};

use app::Never;
use app::distributions::{
    Asked, Confirmed, Preview, ToShare, confirm_distribution, preview_distribution, to_share,
};
use app::invitations::of_new;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::actor::Action;
use domain::ids::OrganisationId;
use domain::shares::{DistributionRefusal, Explained, GiftSharing, Sharing};
use domain::{Currency, Money, text};
use store::receipts::Returnable;
use store::rounds::Round;
use words::Words;

use super::shared::shared;
use super::wishes::{Wishes, wishes};
use super::{explained, manual};
use crate::error::WebError;
use crate::extract::FormData;
use crate::flash::{Flash, see_other_saying};
use crate::layout::{Crumbs, Form, Frame, Problems, Section, html_with};
use crate::place::{Desk, Place, new_key};
use crate::reading::{Reading, Refused, refused};
use crate::state::AppState;

/// Most members that one page lists.
const MOST_MEMBERS: u16 = 5_000;

#[derive(Template)]
#[template(path = "rounds/distribution.html")]
struct DistributionPage {
    frame: Frame,
    crumbs: Crumbs,
    form: Form,
    heading: String,
    explained: String,
    changed: bool,
    /// What there is to share out by hand, and what comes on top.
    to_share: Vec<String>,
    /// Whether the page asks for an amount, or for amounts one by one.
    asks: bool,
    manual: bool,
    unit: String,
    key: String,
    preview: Option<Shown>,
    wishes: Option<Wishes>,
}

/// A preview, worded.
struct Shown {
    total: String,
    facts: Vec<String>,
    /// Payments that another round has counted; shares that nobody could put anywhere; what was paid in with a right of return.
    warnings: Vec<String>,
    columns: Vec<String>,
    sum: Option<Row>,
    rows: Vec<Row>,
    digest: String,
    amount: String,
    table: String,
}

/// What one organisation gets.
struct Row {
    name: String,
    parts: Vec<(String, String)>,
    total: String,
}

/// A round whose money is to be shared.
struct Sharer {
    state: AppState,
    frame: Frame,
    desk: Desk,
    round: Round,
    names: HashMap<OrganisationId, String>,
    /// Those who are invited and not members yet, folded: where amounts are given by hand.
    invited: HashSet<String>,
    /// Those for which nobody acts.
    unrepresented: HashSet<OrganisationId>,
    /// What there is to share out, where it is done by hand.
    to_share: Option<ToShare>,
    /// What members paid in with a right of return and no distribution has shared out yet.
    returnable: Vec<Returnable>,
    /// What those wish for whose gifts are shared.
    wishes: Option<Wishes>,
}

/// `GET /c/{collective}/rounds/{number}/distribution`
pub(crate) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let place = Place::find(&state, &slug).await?;
    let mut tx = state.context.db.read().await?;
    let desk = Desk::open(&mut tx, place, &frame).await?;
    let round = store::rounds::by_number(&mut tx, desk.pot.id, number).await?.ok_or(WebError::NotFound)?;
    if let Some(page) = shared(&mut tx, &state, &desk, &frame, &round).await? {
        return Ok(page);
    }
    drop(tx);
    let sharer = Sharer::open(state, frame, &slug, number).await?;
    let data = FormData::default();
    if sharer.is_manual() {
        let form = sharer.frame.form(FormData::of([("table", sharer.table())]));
        return sharer.page(StatusCode::OK, form, None, false);
    }
    sharer.preview(data, Asked::default()).await
}

/// `POST /c/{collective}/rounds/{number}/distribution`: a preview, or its confirmation.
pub(crate) async fn create(
    State(state): State<AppState>,
    frame: Frame,
    Path((slug, number)): Path<(String, i64)>,
    data: FormData,
) -> Result<Response, WebError> {
    let sharer = Sharer::open(state, frame, &slug, number).await?;
    let data = match with_file(data, sharer.frame.t) {
        Ok(data) => data,
        Err((unreadable, data)) => {
            let (status, form) = unreadable.form(sharer.frame.t, data);
            return sharer.page(status, form, None, false);
        }
    };
    let asked = match sharer.read(&data) {
        Ok(asked) => asked,
        Err(unreadable) => {
            let (status, form) = unreadable.form(sharer.frame.t, data);
            return sharer.page(status, form, None, false);
        }
    };
    if data.has("step", "confirm") {
        sharer.confirm(data, asked).await
    } else {
        sharer.preview(data, asked).await
    }
}

/// The form with the content of a file in place of the table that was typed.
fn with_file(data: FormData, t: Words) -> Result<FormData, (Refused, FormData)> {
    let Some(file) = data.file("file") else { return Ok(data) };
    match app::tables::decode(&file.bytes) {
        Ok(table) => Ok(FormData::of([
            ("table", table.as_str()),
            ("step", data.field("step")),
            ("key", data.field("key")),
            ("digest", data.field("digest")),
        ])),
        Err(refusal) => {
            let mut problems = Problems::default();
            problems.add("file", t.import_refusal(&refusal));
            Err((Refused::unreadable(problems), data))
        }
    }
}

impl Sharer {
    async fn open(state: AppState, frame: Frame, slug: &str, number: i64) -> Result<Self, WebError> {
        let (mut tx, desk) = Desk::inside(&state, &frame, slug).await?;
        if !desk.may(Action::Distribute, None) {
            return Err(WebError::Forbidden);
        }
        let round = store::rounds::by_number(&mut tx, desk.pot.id, number).await?;
        let round = round.ok_or(WebError::NotFound)?;
        let collective = desk.place.collective.id;
        let members = store::organisations::members(&mut tx, collective, "", MOST_MEMBERS).await?;
        let to_share = match round.share_rule.sharing {
            Sharing::Manual => to_share(&mut tx, &desk.place.collective, &round, desk.place.today).await.ok(),
            _ => None,
        };
        let invited = match round.share_rule.sharing {
            Sharing::Manual => of_new::<Never>(&mut tx, collective, desk.place.now).await?,
            _ => Vec::new(),
        };
        let returnable = store::receipts::returnable_unshared(&mut tx, desk.pot.id).await?;
        let wishes = wishes(&mut tx, &state, frame.t, &desk, &round).await?;
        let today = desk.place.today;
        let unrepresented = store::mandates::without_movers(&mut tx, collective, today, MOST_MEMBERS).await?;
        drop(tx);
        let unrepresented = unrepresented.into_iter().collect();
        let invited = invited.iter().map(|(name, _)| text::fold(name)).collect();
        let members = members.into_iter().filter(|member| member.is_member(desk.place.today));
        let names = members.map(|member| (member.id, member.name)).collect();
        Ok(Self { state, frame, desk, round, names, invited, unrepresented, to_share, returnable, wishes })
    }

    fn is_manual(&self) -> bool {
        self.round.share_rule.sharing == Sharing::Manual
    }

    /// A line for each member, to which the amounts are added.
    fn table(&self) -> String {
        let mut names: Vec<&String> = self.names.values().collect();
        names.sort_by_key(|name| text::fold(name));
        names.iter().map(|name| format!("{name} ; \n")).collect()
    }

    fn currency(&self) -> Currency {
        self.desk.currency()
    }

    fn read(&self, data: &FormData) -> Result<Asked, Refused> {
        let (t, currency) = (self.frame.t, self.currency());
        let mut reading = Reading::new(data, t, currency);
        if !self.is_manual() {
            let amount = reading.optional_money("amount");
            if reading.problems.is_empty() {
                return Ok(Asked { amount, manual: BTreeMap::new() });
            }
            return Err(Refused::unreadable(reading.problems));
        }
        let known = self.names.iter().map(|(id, name)| (text::fold(name), *id)).collect();
        match manual::read(data.field("table"), &known, &self.invited, t, currency) {
            Ok(manual) => Ok(Asked { amount: None, manual }),
            Err(problems) => {
                for problem in problems {
                    reading.problems.add("table", problem);
                }
                Err(Refused::unreadable(reading.problems))
            }
        }
    }

    async fn preview(self, data: FormData, asked: Asked) -> Result<Response, WebError> {
        let acting = self.desk.acting(&self.frame)?;
        match preview_distribution(&self.state.context, &acting, self.round.id, &asked).await {
            Ok(preview) => {
                let form = Form::new(self.frame.t, data);
                self.page(StatusCode::OK, form, Some(&preview), false)
            }
            Err(failure) => {
                let refusal = self.refusal(failure)?;
                let (status, form) = refusal.form(self.frame.t, data);
                self.page(status, form, None, false)
            }
        }
    }

    async fn confirm(self, data: FormData, asked: Asked) -> Result<Response, WebError> {
        let acting = self.desk.acting(&self.frame)?;
        let acting = app::Acting { key: data.key(), ..acting };
        let digest = data.field("digest");
        match confirm_distribution(&self.state.context, acting, self.round.id, asked, digest).await {
            Ok(Confirmed::Posted(_)) => {
                let path = self.state.paths.one(self.desk.slug(), "rounds", self.round.number);
                let said = Flash::good(self.frame.t.rounds_distributed());
                see_other_saying(&path, &said, &self.state.public_url)
            }
            Ok(Confirmed::Changed(preview)) => {
                let form = Form::new(self.frame.t, data);
                self.page(StatusCode::CONFLICT, form, Some(&preview), true)
            }
            Err(failure) => {
                let refusal = self.refusal(failure)?;
                let (status, form) = refusal.form(self.frame.t, data);
                self.page(status, form, None, false)
            }
        }
    }

    /// What there is to share out by hand, and what comes on top of it.
    fn to_share_said(&self) -> Vec<String> {
        let Some(ToShare { payments, gifts, earmarked }) = self.to_share else { return Vec::new() };
        let (t, rule) = (self.frame.t, self.round.share_rule.gifts);
        let money = |amount| t.money(amount, self.currency());
        let how = if matches!(rule, GiftSharing::ByRule | GiftSharing::Wished) { "rule" } else { "equal" };
        let said = [
            Some(t.rounds_manual_to_share(money(payments))),
            gifts.is_positive().then(|| t.rounds_manual_gifts(money(gifts), how)),
            earmarked.is_positive().then(|| t.rounds_manual_earmarked(money(earmarked))),
        ];
        said.into_iter().flatten().collect()
    }

    fn refusal(&self, failure: app::Failure<DistributionRefusal>) -> Result<Refused, WebError> {
        let (t, currency) = (self.frame.t, self.currency());
        let field = if self.is_manual() { "table" } else { "amount" };
        refused(failure, t, currency, |why| (field.to_owned(), t.distribution_refusal(why, currency)))
    }

    fn page(
        self,
        status: StatusCode,
        form: Form,
        preview: Option<&Preview>,
        changed: bool,
    ) -> Result<Response, WebError> {
        let (t, slug) = (self.frame.t, self.desk.slug());
        let heading = t.rounds_distribution_heading(self.round.number);
        let back = state_path(&self.state, slug, self.round.number);
        let shown = preview.map(|preview| self.shown(preview, form.data()));
        html_with(
            status,
            &DistributionPage {
                crumbs: Crumbs {
                    t,
                    above: vec![(back, t.rounds_name_of(self.round.name.as_str(), self.round.number))],
                    here: heading.clone(),
                },
                heading,
                explained: explained(t, &self.round.share_rule),
                changed,
                to_share: self.to_share_said(),
                asks: self.is_manual() || shown.is_some() || status != StatusCode::OK,
                manual: self.is_manual(),
                unit: t.currency_sign(self.currency()),
                key: new_key(&self.state),
                preview: shown,
                wishes: self.wishes,
                form,
                frame: self.desk.frame(self.frame, Section::Round),
            },
        )
    }

    /// Payments that another round has counted, and shares that nobody could put anywhere.
    fn warnings(&self, preview: &Preview) -> Vec<String> {
        let (t, currency) = (self.frame.t, self.currency());
        let counted = preview.counted.iter().map(|(round, counted)| {
            t.rounds_counted(t.money(counted.amount, currency), counted.entries, *round)
        });
        let gets = |share: &&Explained| {
            share.total().is_positive() && self.unrepresented.contains(&share.organisation)
        };
        let idle = preview.plan.shares.iter().filter(gets);
        let mut names: Vec<String> = idle
            .filter_map(|share| self.names.get(&share.organisation))
            .map(|name| t.typography(name).into_owned())
            .collect();
        names.sort_by_cached_key(|name| text::fold(name));
        let count = names.len();
        let said = (count > 0).then(|| t.rounds_nobody_acts(count, names.join(", ")));
        let returnable = self.returnable.iter().filter_map(|one| {
            let name = self.names.get(&one.organisation)?;
            Some(t.rounds_returnable(t.money(one.amount, currency), name))
        });
        counted.chain(said).chain(returnable).collect()
    }

    fn shown(&self, preview: &Preview, data: &FormData) -> Shown {
        let (t, currency, plan) = (self.frame.t, self.currency(), &preview.plan);
        let money = |amount| t.money(amount, currency);
        let net = plan.from_pools.less(plan.reserve);
        let total = Money::sum([net, plan.from_gifts]).unwrap_or(net);
        let mut facts = vec![t.rounds_fact_pools(money(plan.from_pools))];
        if plan.from_gifts.is_positive() {
            facts.push(t.rounds_fact_gifts(money(plan.from_gifts)));
        }
        if plan.reserve.is_positive() {
            facts.push(t.rounds_fact_reserve(money(plan.reserve)));
        }
        if preview.stays.is_positive() {
            facts.push(t.rounds_fact_stays(money(preview.stays)));
        }
        // By hand nothing is divided but gifts.
        match self.is_manual() {
            false => facts.push(t.rounds_fact_cents("all").to_owned()),
            true if plan.from_gifts.is_positive() => facts.push(t.rounds_fact_cents("gifts").to_owned()),
            true => {}
        }
        let columns = columns(&plan.shares);
        let name = |part: &str| t.rounds_part(part);
        let mut rows: Vec<Row> = plan
            .shares
            .iter()
            .map(|share| Row {
                name: self.names.get(&share.organisation).cloned().unwrap_or_default(),
                parts: columns.iter().map(|(part, of)| (name(part), money(of(share)))).collect(),
                total: money(share.total()),
            })
            .collect();
        rows.sort_by_key(|row| text::fold(&row.name));
        let sum_of =
            |of: fn(&Explained) -> Money| money(Money::sum(plan.shares.iter().map(of)).unwrap_or_default());
        let sum = Row {
            name: t.rounds_total().to_owned(),
            parts: columns.iter().map(|(part, of)| (name(part), sum_of(*of))).collect(),
            total: sum_of(Explained::total),
        };
        Shown {
            warnings: self.warnings(preview),
            sum: Some(sum),
            total: money(total),
            facts,
            columns: columns.iter().map(|(part, _)| name(part)).collect(),
            rows,
            digest: preview.digest(),
            amount: data.field("amount").to_owned(),
            table: data.field("table").to_owned(),
        }
    }
}

fn state_path(state: &AppState, slug: &str, number: i64) -> String {
    state.paths.one(slug, "rounds", number)
}

/// A part of a share, by its name.
type Part = (&'static str, fn(&Explained) -> Money);

/// The parts that somebody has something of.
fn columns(shares: &[Explained]) -> Vec<Part> {
    let parts: [Part; 4] = [
        ("equal", |share| share.equal),
        ("paid", |share| share.paid),
        ("manual", |share| share.manual),
        ("gift", |share| share.gift),
    ];
    parts.into_iter().filter(|(_, of)| shares.iter().any(|share| of(share).is_positive())).collect()
}
