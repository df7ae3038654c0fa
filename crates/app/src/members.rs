//! The members of a collective in pages, by name, and those whose name holds what somebody typed.

use domain::{
    ids::{CollectiveId, OrganisationId},
    input::FieldRule,
    names::Looks,
    text,
};
use jiff::civil::Date;
use store::{
    Tx,
    organisations::{self, MemberRow},
};

/// Members on one page.
pub const PAGE: usize = 50;
/// Members that are read at once while looking for a name.
const CHUNK: u16 = 500;
/// Longest name that is looked for, in bytes.
const LONGEST_QUERY: usize = 500;

/// A page of members.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// Those who are members on the day.
    pub members: Vec<MemberRow>,
    /// After which name in addresses the next page begins, if there is one.
    pub next: Option<String>,
}

/// The members on a day whose name holds `query`, whatever its case and accents, after a name in addresses; at most
/// `page`.
pub async fn listed(
    tx: &mut Tx,
    collective: CollectiveId,
    day: Date,
    query: &str,
    after: &str,
    page: usize,
) -> store::sqlx::Result<Listed> {
    let wanted = text::fold(query.get(..LONGEST_QUERY).unwrap_or(query));
    let mut listed = Listed::default();
    let mut after = after.to_owned();
    loop {
        let chunk = organisations::members(tx, collective, &after, CHUNK).await?;
        let is_last = chunk.len() < usize::from(CHUNK);
        let Some(last) = chunk.last().map(|member| member.slug.clone()) else { return Ok(listed) };
        for member in chunk {
            if !member.is_member(day) || !text::fold(&member.name).contains(&wanted) {
                continue;
            }
            if listed.members.len() == page {
                listed.next = listed.members.last().map(|member| member.slug.clone());
                return Ok(listed);
            }
            listed.members.push(member);
        }
        if is_last {
            return Ok(listed);
        }
        after = last;
    }
}

/// The members on a day and those who left before it, by name in addresses; at most `most`.
pub async fn present_and_past(
    tx: &mut Tx,
    collective: CollectiveId,
    day: Date,
    most: usize,
) -> store::sqlx::Result<Vec<MemberRow>> {
    let mut found: Vec<MemberRow> = Vec::new();
    let mut after = String::new();
    while found.len() < most {
        let chunk = organisations::members(tx, collective, &after, CHUNK).await?;
        let Some(last) = chunk.last().map(|member| member.slug.clone()) else { break };
        let known =
            |member: &MemberRow| member.is_member(day) || member.left_on.is_some_and(|left| left <= day);
        found.extend(chunk.into_iter().filter(known));
        after = last;
    }
    found.truncate(most);
    Ok(found)
}

/// The member on a day that has this name, whatever its case, accents and blanks; none where two have it.
pub(crate) async fn named(
    tx: &mut Tx,
    collective: CollectiveId,
    name: &str,
    day: Date,
) -> store::sqlx::Result<Option<MemberRow>> {
    let wanted = text::fold(name);
    let mut found = None;
    let mut after = String::new();
    loop {
        let chunk = organisations::members(tx, collective, &after, CHUNK).await?;
        let Some(last) = chunk.last().map(|member| member.slug.clone()) else { return Ok(found) };
        for member in chunk {
            if member.is_member(day) && text::fold(&member.name) == wanted {
                if found.is_some() {
                    return Ok(None);
                }
                found = Some(member);
            }
        }
        after = last;
    }
}

/// Why an organisation can't take a name in a collective, if so: another member has it, or one that left had it, however
/// it is spelled. Call it under the collective's lock.
pub(crate) async fn taken(
    tx: &mut Tx,
    collective: CollectiveId,
    name: &str,
    day: Date,
    own: Option<OrganisationId>,
) -> store::sqlx::Result<Option<FieldRule>> {
    let wanted = Looks::of(name);
    let mut taken = None;
    let mut after = String::new();
    loop {
        let chunk = organisations::members(tx, collective, &after, CHUNK).await?;
        let Some(last) = chunk.last().map(|member| member.slug.clone()) else { return Ok(taken) };
        for member in chunk {
            if Some(member.id) == own || !wanted.like(&Looks::of(&member.name)) {
                continue;
            }
            if member.left_on.is_none_or(|left| day < left) {
                return Ok(Some(FieldRule::NameOfMember));
            }
            taken = Some(FieldRule::NameOfPast);
        }
        after = last;
    }
}
