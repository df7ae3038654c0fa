//! What is kept about a person, as a file of theirs: they may ask for it and take it elsewhere.

use domain::people::Email;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use store::{
    Arg, Cells, Db, Tx,
    people::{self, PersonRow},
    personal::MOST,
};

use crate::{Context, Failure, Never, sessions::Session};

/// The name of the file's form, for whoever reads it by a program.
const FORM: &str = "popote-person-1";

/// One's own file; the sign-in must be fresh. Errors: `NotFresh`.
pub async fn own(ctx: &Context, session: &Session) -> Result<Value, Failure<Never>> {
    session.fresh(ctx.now())?;
    let mut tx = ctx.db.read().await?;
    let row = people::get(&mut tx, session.row.person).await?.ok_or(Failure::NotFound)?;
    of(&mut tx, &row, ctx.now()).await
}

/// The file of the person of an address, for whoever runs the machine. Errors: [`Failure::NotFound`].
pub async fn of_address(db: &Db, email: &str, now: Timestamp) -> Result<Value, Failure<Never>> {
    let mut tx = db.read().await?;
    let row = people::by_email(&mut tx, &Email::key_of(email)).await?.filter(|row| !row.is_erased());
    of(&mut tx, &row.ok_or(Failure::NotFound)?, now).await
}

/// The file of a person: their profile, mandates, roles, sessions and tokens without their secrets, what they wrote, the
/// events in which they acted, what was sent to them. At most ten thousand rows of a kind, of events the newest; `cut`
/// names the kinds that have more.
async fn of(tx: &mut Tx, person: &PersonRow, now: Timestamp) -> Result<Value, Failure<Never>> {
    let kept = store::personal::of(tx, person).await?;
    let cut: Vec<&str> =
        kept.iter().filter(|(_, rows)| rows.len() >= usize::from(MOST)).map(|(name, _)| *name).collect();
    let cut = json!(cut);
    let mut file = Map::new();
    file.insert("form".to_owned(), json!(FORM));
    file.insert("made_at".to_owned(), json!(now.to_string()));
    file.insert("cut".to_owned(), cut);
    for (name, rows) in kept {
        let rows = rows.into_iter().map(row_value).collect();
        file.insert(name.to_owned(), Value::Array(rows));
    }
    Ok(Value::Object(file))
}

fn row_value(Cells(cells): Cells) -> Value {
    let value = |(name, cell): (String, Arg)| {
        let value = cell_value(&name, cell);
        (name.strip_suffix("_json").map(str::to_owned).unwrap_or(name), value)
    };
    Value::Object(cells.into_iter().map(value).collect())
}

fn cell_value(name: &str, cell: Arg) -> Value {
    match cell {
        Arg::I64(Some(number)) if name.ends_with("_at") => match Timestamp::from_microsecond(number) {
            Ok(at) => json!(at.to_string()),
            Err(_) => json!(number),
        },
        Arg::I64(Some(number)) if name.starts_with("is_") || name.starts_with("has_") => json!(number != 0),
        Arg::I64(number) => json!(number),
        Arg::Text(Some(text)) if name.ends_with("_json") => match serde_json::from_str(&text) {
            // Whom it happened to, where it was somebody else, is not theirs.
            Ok(Value::Object(mut data)) => {
                data.remove("person");
                Value::Object(data)
            }
            Ok(other) => other,
            Err(_) => json!(text),
        },
        Arg::Text(text) => json!(text),
        Arg::Uuid(id) => json!(id.map(|id| id.to_string())),
        // No column of bytes is asked for.
        Arg::Blob(_) => Value::Null,
    }
}
