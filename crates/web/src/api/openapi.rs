//! The description of the API (OpenAPI 3.1), made of the same rows as its routes.

use std::sync::OnceLock;

use axum::Json;
use axum::http::StatusCode;
use domain::tokens::Scope;
use serde_json::{Map, Value, json};

use super::call::{Call, IDEMPOTENCY_KEY};
use super::op::{Access, Answer, Op};
use super::{PREFIX, operations};

/// `GET /openapi.json`
pub(super) async fn show(call: Call) -> Json<Value> {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    let mut document = DOCUMENT.get_or_init(|| document(&operations().ops)).clone();
    let server = call.state.public_url.absolute(&call.state.paths.under(PREFIX));
    document["servers"] = json!([{ "url": server }]);
    Json(document)
}

const WHAT: &str = "What people do on the pages of Popote, for programs. Amounts are decimal strings of minor units of \
                    the pot's currency (cents for the euro); days are `YYYY-MM-DD` in the collective's time zone; \
                    instants are RFC 3339 in UTC. Reading what is public needs no token. A write that moves money \
                    asks for an `Idempotency-Key`: the same request under the same key is carried out once. Every \
                    refusal is a problem (RFC 9457) whose `type` never changes; its `detail` is in the language of \
                    `Accept-Language`. Lists have pages: send `next` back as `after`.";

fn document(ops: &[Op]) -> Value {
    let mut schemas = Map::new();
    schemas.insert("Problem".to_owned(), problem_schema());
    let mut paths: Map<String, Value> = Map::new();
    for op in ops {
        let told = operation(op, &mut schemas);
        let item = paths.entry(op.path).or_insert_with(|| json!({}));
        item[op.method] = told;
    }
    let scopes: Vec<String> = Scope::ALL.iter().map(|scope| format!("`{}`", scope.as_str())).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Popote",
            "version": env!("CARGO_PKG_VERSION"),
            "description": WHAT,
            "license": { "name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later" },
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "token": {
                "type": "http",
                "scheme": "bearer",
                "description": format!(
                    "A token of one person, one organisation and one collective, made on the page `/me/tokens`. \
                     Scopes: {}.", scopes.join(", ")),
            } },
        },
    })
}

fn problem_schema() -> Value {
    json!({
        "type": "object",
        "description": "A refusal (RFC 9457), with further members for the figures that help: `GET /problems` lists them.",
        "required": ["type", "code", "title", "status", "detail", "instance"],
        "properties": {
            "type": { "type": "string", "format": "uri", "description": "What kind of problem; it never changes." },
            "code": { "type": "string", "description": "The end of `type`." },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string", "description": "For people, in the language of `Accept-Language`." },
            "instance": { "type": "string", "format": "uri", "description": "The number of the request." },
            "errors": {
                "type": "array",
                "description": "The fields that break a rule.",
                "items": {
                    "type": "object",
                    "required": ["field", "rule"],
                    "properties": { "field": { "type": "string" }, "rule": { "type": "string" } },
                },
            },
        },
    })
}

fn operation(op: &Op, schemas: &mut Map<String, Value>) -> Value {
    let (tag, summary) = (tag(op.path), op.summary);
    let mut told = json!({
        "operationId": op.id,
        "summary": summary.trim_end_matches('.'),
        "tags": [tag],
        "parameters": parameters(op),
        "responses": responses(op, schemas),
        "security": security(op),
    });
    if let Access::Scope(scope) = op.access {
        told["description"] = format!("Asks for a token with the scope `{}`.", scope.as_str()).into();
    }
    if let Some(describe) = op.body {
        let schema = describe(schemas);
        told["requestBody"] =
            json!({ "required": true, "content": { "application/json": { "schema": schema } } });
    }
    told
}

/// The slice of an address: what follows the collective, or the first word.
fn tag(path: &str) -> &str {
    let mut words = path.split('/').filter(|word| !word.is_empty() && !word.starts_with('{'));
    let first = words.next().unwrap_or("api");
    if first == "collectives" { words.next().unwrap_or(first) } else { first }
}

fn security(op: &Op) -> Value {
    match op.access {
        Access::Open => json!([{}, { "token": [] }]),
        Access::Token | Access::Scope(_) => json!([{ "token": [] }]),
    }
}

fn parameters(op: &Op) -> Value {
    let mut list = Vec::new();
    for name in op.path.split('/').filter_map(|word| word.strip_prefix('{')?.strip_suffix('}')) {
        let (schema, what) = match name {
            "collective" => (json!({ "type": "string" }), "The collective's name in addresses."),
            "member" => (json!({ "type": "string" }), "The organisation's name in addresses."),
            "code" => (json!({ "type": "string" }), "The end of the type of a problem."),
            "number" => (json!({ "type": "integer", "format": "int64" }), "Its number."),
            "software" => (json!({ "type": "string" }), "The software's name in addresses."),
            "approach" => (json!({ "type": "integer", "format": "int64" }), "The number of the approach."),
            "comment" => (json!({ "type": "integer", "format": "int64" }), "The number of the comment."),
            "seq" => (json!({ "type": "integer", "format": "int64" }), "Its number in the book of cash."),
            _ => (json!({ "type": "string", "format": "uuid" }), "Its id."),
        };
        list.push(
            json!({ "name": name, "in": "path", "required": true, "schema": schema, "description": what }),
        );
    }
    for (name, kind, what) in &op.query {
        list.push(json!({ "name": name, "in": "query", "schema": { "type": kind }, "description": what }));
    }
    if op.is_paged {
        let limit = json!({ "type": "integer", "minimum": 1, "maximum": super::parts::MOST, "default": 50 });
        list.push(json!({ "name": "limit", "in": "query", "schema": limit, "description": "Most items." }));
        let after = json!({ "type": "string" });
        let what = "Where to go on: `next` of the page before.";
        list.push(json!({ "name": "after", "in": "query", "schema": after, "description": what }));
    }
    if op.takes_key {
        let schema = json!({ "type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$" });
        let what = "A key of your own for this request: sent again, it is carried out once.";
        list.push(
            json!({ "name": IDEMPOTENCY_KEY, "in": "header", "required": op.moves_money, "schema": schema,
            "description": what }),
        );
    }
    Value::Array(list)
}

fn responses(op: &Op, schemas: &mut Map<String, Value>) -> Value {
    let mut told = Map::new();
    let content = |media_type: &str, schema: Value| json!({ media_type: { "schema": schema } });
    match op.answer {
        Answer::Empty => {
            told.insert("204".to_owned(), json!({ "description": "Done." }));
        }
        Answer::One(status, describe) => {
            let schema = describe(schemas);
            let what = if status == StatusCode::CREATED { "Made." } else { "There it is." };
            let answer = json!({ "description": what, "content": content("application/json", schema) });
            told.insert(status.as_str().to_owned(), answer);
        }
        Answer::List(describe) => {
            let items = json!({ "type": "array", "items": describe(schemas) });
            let next = json!({ "type": ["string", "null"], "description": "Send it as `after`; none on the last page." });
            let page = json!({ "type": "object", "required": ["items", "next"],
                "properties": { "items": items, "next": next } });
            let answer = json!({ "description": "A page.", "content": content("application/json", page) });
            told.insert("200".to_owned(), answer);
        }
        Answer::File(media_type) => {
            let essence = media_type.split(';').next().unwrap_or(media_type);
            let schema = if essence == "application/json" { json!({ "type": "object" }) } else { json!({}) };
            let answer = json!({ "description": "The file.", "content": content(essence, schema) });
            told.insert("200".to_owned(), answer);
        }
    }
    for (status, what) in refusals(op) {
        let schema = json!({ "$ref": "#/components/schemas/Problem" });
        let mut answer =
            json!({ "description": what, "content": content("application/problem+json", schema) });
        if matches!(status, 429 | 503) {
            let seconds = json!({ "description": "Seconds to wait.", "schema": { "type": "integer" } });
            answer["headers"] = json!({ "Retry-After": seconds });
        } else if status == 401 {
            let scheme = json!({ "description": "`Bearer`.", "schema": { "type": "string" } });
            answer["headers"] = json!({ "WWW-Authenticate": scheme });
        }
        told.insert(status.to_string(), answer);
    }
    Value::Object(told)
}

/// Every status with which an operation may refuse.
fn refusals(op: &Op) -> Vec<(u16, &'static str)> {
    let writes = op.method != "get";
    let mut list = vec![
        (400, "The request can't be read, or lacks its `Idempotency-Key`."),
        (401, "A token that holds is needed."),
        (403, "The holder of the token may not do this, or the token doesn't reach so far."),
        (406, "`Accept` names no type that this address gives."),
        (408, "The request took too long."),
        (429, "Too many requests."),
        (500, "A fault of the server."),
        (503, "The server is busy or stopping."),
    ];
    if op.path.contains('{') {
        list.push((404, "There is no such thing, or its existence is private."));
    }
    if writes {
        list.push((507, "The disk of the server is full: nothing was written."));
    }
    if writes || op.depends_on_state {
        list.push((409, "What is there now doesn't allow it; the problem gives the figure that helps."));
    }
    if op.body.is_some() {
        list.push((413, "More bytes than taken here."));
        list.push((415, "Bodies are `application/json`."));
    }
    if op.body.is_some() || !op.query.is_empty() || op.is_paged || writes {
        list.push((422, "Values break a rule: `errors` names each."));
    }
    list
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_operation_is_described_once() {
        let ops = operations().ops;
        let ids: BTreeSet<&str> = ops.iter().map(|op| op.id).collect();
        assert_eq!(ids.len(), ops.len());
        assert!(ops.len() >= 50, "{}", ops.len());
        for op in &ops {
            assert!(op.summary.ends_with('.') && op.id.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
            assert!(op.access != Access::Open || op.method == "get", "{} writes without a token", op.id);
            assert!(!op.moves_money || ["post", "put"].contains(&op.method), "{}", op.id);
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = document(&operations().ops);
        let text = document.to_string();
        let refs = text.split("\"$ref\":\"#/components/schemas/").skip(1);
        for name in refs.filter_map(|rest| rest.split('"').next()) {
            assert!(document["components"]["schemas"].get(name).is_some(), "{name}");
        }
        assert_eq!(document["openapi"], "3.1.0");
    }
}
