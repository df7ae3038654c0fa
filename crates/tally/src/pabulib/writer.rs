//! The text of an election.

use super::{Election, amount_text};

pub(super) fn write(election: &Election) -> String {
    let mut text = String::from("META\nkey;value\n");
    let place = election.meta.iter().position(|(key, _)| key == "instance").map_or(0, |index| index + 1);
    let (before, after) = election.meta.split_at(place);
    for (key, value) in before {
        row(&mut text, [key.as_str(), value]);
    }
    row(&mut text, ["num_projects", &election.projects.len().to_string()]);
    row(&mut text, ["num_votes", &election.voters.len().to_string()]);
    row(&mut text, ["budget", &amount_text(election.budget)]);
    row(&mut text, ["vote_type", election.vote_type.as_str()]);
    for (key, value) in after {
        row(&mut text, [key.as_str(), value]);
    }
    write_projects(election, &mut text);
    write_votes(election, &mut text);
    text
}

fn write_projects(election: &Election, text: &mut String) {
    let columns = election.project_columns.iter().map(String::as_str);
    text.push_str("PROJECTS\n");
    row(text, ["project_id", "cost", "name"].into_iter().chain(columns));
    for project in &election.projects {
        let cost = amount_text(project.cost);
        let cells = [project.id.as_str(), &cost, &project.name];
        row(text, cells.into_iter().chain(project.other.iter().map(String::as_str)));
    }
}

fn write_votes(election: &Election, text: &mut String) {
    let points = election.vote_type.has_points().then_some("points");
    let endowed = election.voters.iter().any(|voter| voter.endowment.is_some()).then_some("endowment");
    let columns = election.voter_columns.iter().map(String::as_str);
    text.push_str("VOTES\n");
    row(text, ["voter_id", "vote"].into_iter().chain(points).chain(endowed).chain(columns));
    for voter in &election.voters {
        let projects = voter.vote.iter().filter_map(|index| election.projects.get(*index as usize));
        let vote = projects.map(|project| project.id.as_str()).collect::<Vec<_>>().join(",");
        let marks = voter.points.iter().map(|mark| amount_text(*mark)).collect::<Vec<_>>().join(",");
        let endowment = voter.endowment.map(amount_text).unwrap_or_default();
        let cells = [voter.id.as_str(), &vote].into_iter();
        let cells = cells.chain(points.map(|_| marks.as_str())).chain(endowed.map(|_| endowment.as_str()));
        row(text, cells.chain(voter.other.iter().map(String::as_str)));
    }
}

fn row<'a>(text: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            text.push(';');
        }
        if cell.contains([';', '"', '\n', '\r']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(cell);
        }
    }
    text.push('\n');
}
