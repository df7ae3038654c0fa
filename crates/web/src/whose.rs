//! Whose a page is that is refused: for whom the visitor acts, and who may what they asked.

use domain::ids::OrganisationId;
use store::Tx;

use crate::error::WebError;
use crate::extract::Glance;
use crate::place::{Desk, Place};
use crate::state::AppState;

/// For whom the visitor acts in the collective of an address, and whose it is what they asked there; nothing where nobody
/// is signed in, or the address is of no collective.
pub(crate) async fn whose(state: &AppState, glance: &Glance, path: &str) -> Option<String> {
    told(state, glance, path).await.ok().flatten()
}

async fn told(state: &AppState, glance: &Glance, path: &str) -> Result<Option<String>, WebError> {
    let frame = glance.frame(state);
    let mut parts = path.split('/').skip(1);
    let (Some("c"), Some(slug)) = (parts.next(), parts.next()) else { return Ok(None) };
    if frame.person().is_none() {
        return Ok(None);
    }
    let place = Place::find(state, slug).await?;
    let mut tx = state.context.db.read().await?;
    let desk = Desk::open(&mut tx, place, &frame).await?;
    let t = frame.t;
    let acting = match desk.acting_for {
        Some(acting) => store::organisations::get(&mut tx, acting).await?,
        None => None,
    };
    let owner = owner(&mut tx, &desk, parts.next(), parts.next()).await?;
    let first = match &acting {
        Some(acting) => t.error_whose_acting(t.typography(&acting.name)),
        None => t.error_whose_nobody().to_owned(),
    };
    let second = match owner {
        Some((id, _)) if desk.acting_for == Some(id) => t.error_whose_role().to_owned(),
        Some((_, name)) => t.error_whose_owner(t.typography(&name)),
        None => t.error_whose_role().to_owned(),
    };
    Ok(Some(format!("{first} {second}")))
}

/// The organisation that what stands at an address belongs to: the one that leads the feature, the one whose page it is.
async fn owner(
    tx: &mut Tx,
    desk: &Desk,
    list: Option<&str>,
    one: Option<&str>,
) -> Result<Option<(OrganisationId, String)>, WebError> {
    let collective = desk.place.collective.id;
    let organisation = match (list, one) {
        (Some("features"), Some(number)) => match number.parse() {
            Ok(number) => {
                store::features::by_number(tx, collective, number).await?.map(|feature| feature.lead)
            }
            Err(_) => None,
        },
        (Some("members"), Some(slug)) => {
            let member = store::organisations::member_by_slug(tx, collective, slug).await?;
            return Ok(member.map(|member| (member.id, member.name)));
        }
        _ => None,
    };
    let Some(organisation) = organisation else { return Ok(None) };
    let row = store::organisations::get(tx, organisation).await?;
    Ok(row.map(|row| (row.id, row.name)))
}
