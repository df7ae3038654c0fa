//! What an operation is: the address, who may, what goes in and what comes out. One row makes its route and its
//! place in the description, so that neither can say what the other doesn't.

use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::routing::{MethodFilter, MethodRouter, on};
use domain::tokens::Scope;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::frame::{acceptable, needs_token};
use crate::state::AppState;

/// Adds the schemas of a type to those of the document, and refers to it.
pub(super) type Describe = fn(&mut Map<String, Value>) -> Value;

/// Who may ask.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Everybody.
    Open,
    /// Any token.
    Token,
    /// A token with that scope.
    Scope(Scope),
}

/// What comes back.
#[derive(Clone, Copy)]
pub(super) enum Answer {
    /// Nothing but the status.
    Empty,
    /// One thing.
    One(StatusCode, Describe),
    /// A list of things.
    List(Describe),
    /// A file of that type.
    File(&'static str),
}

/// A parameter of the query: its name, its type in JSON, what it is.
pub(super) type Param = (&'static str, &'static str, &'static str);

/// An operation.
#[derive(Clone)]
pub(super) struct Op {
    pub(super) id: &'static str,
    pub(super) summary: &'static str,
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) access: Access,
    pub(super) query: Vec<Param>,
    pub(super) body: Option<Describe>,
    pub(super) largest: Option<usize>,
    pub(super) answer: Answer,
    pub(super) is_paged: bool,
    pub(super) moves_money: bool,
    pub(super) depends_on_state: bool,
    pub(super) takes_key: bool,
}

/// An operation of that name; the summary ends with a full stop.
pub(super) fn op(id: &'static str, summary: &'static str) -> Op {
    Op {
        id,
        summary,
        method: "",
        path: "",
        access: Access::Open,
        query: Vec::new(),
        body: None,
        largest: None,
        answer: Answer::Empty,
        is_paged: false,
        moves_money: false,
        depends_on_state: false,
        takes_key: false,
    }
}

impl Op {
    /// It asks for any token.
    pub(super) fn token(self) -> Self {
        Self { access: Access::Token, ..self }
    }

    /// It asks for a token with a scope.
    pub(super) fn scope(self, scope: Scope) -> Self {
        Self { access: Access::Scope(scope), ..self }
    }

    /// It takes a body.
    pub(super) fn takes<T: ToSchema>(self) -> Self {
        Self { body: Some(describe::<T>), ..self }
    }

    /// Its body may be so large, in bytes.
    pub(super) fn largest(self, bytes: usize) -> Self {
        Self { largest: Some(bytes), ..self }
    }

    /// It answers one thing.
    pub(super) fn answers<T: ToSchema>(self) -> Self {
        Self { answer: Answer::One(StatusCode::OK, describe::<T>), ..self }
    }

    /// It answers what it made.
    pub(super) fn creates<T: ToSchema>(self) -> Self {
        Self { answer: Answer::One(StatusCode::CREATED, describe::<T>), ..self }
    }

    /// It answers a page of a list.
    pub(super) fn lists<T: ToSchema>(self) -> Self {
        Self { answer: Answer::List(describe::<T>), is_paged: true, ..self }
    }

    /// It answers a list that has one page.
    pub(super) fn holds<T: ToSchema>(self) -> Self {
        Self { answer: Answer::List(describe::<T>), ..self }
    }

    /// It answers a file.
    pub(super) fn sends(self, media_type: &'static str) -> Self {
        Self { answer: Answer::File(media_type), ..self }
    }

    /// It takes a parameter of the query.
    pub(super) fn query(mut self, name: &'static str, kind: &'static str, what: &'static str) -> Self {
        self.query.push((name, kind, what));
        self
    }

    /// It moves money: without a key of the request it does nothing.
    pub(super) fn moves_money(self) -> Self {
        Self { moves_money: true, takes_key: true, ..self }
    }

    /// It reads, and yet may refuse because of what is there now, as whatever writes may.
    pub(super) fn depends_on_state(self) -> Self {
        Self { depends_on_state: true, ..self }
    }

    /// It may be given a key, so that sending it again does it once.
    pub(super) fn takes_key(self) -> Self {
        Self { takes_key: true, ..self }
    }

    /// The media type of its answer.
    pub(super) fn media_type(&self) -> &'static str {
        match self.answer {
            Answer::File(media_type) => media_type,
            _ => "application/json",
        }
    }
}

fn describe<T: ToSchema>(schemas: &mut Map<String, Value>) -> Value {
    let mut found = vec![(T::name().into_owned(), T::schema())];
    T::schemas(&mut found);
    for (name, schema) in found {
        let value = serde_json::to_value(schema).unwrap_or(Value::Null);
        schemas.entry(name).or_insert(value);
    }
    json!({ "$ref": format!("#/components/schemas/{}", T::name()) })
}

/// The operations with their routes.
#[derive(Default)]
pub(super) struct Api {
    pub(super) ops: Vec<Op>,
    pub(super) router: Router<AppState>,
}

impl Api {
    pub(super) fn get<H: Handler<T, AppState>, T: 'static>(
        self,
        path: &'static str,
        handler: H,
        op: Op,
    ) -> Self {
        self.add("get", path, on(MethodFilter::GET, handler), op)
    }

    pub(super) fn post<H: Handler<T, AppState>, T: 'static>(
        self,
        path: &'static str,
        handler: H,
        op: Op,
    ) -> Self {
        self.add("post", path, on(MethodFilter::POST, handler), op)
    }

    pub(super) fn put<H: Handler<T, AppState>, T: 'static>(
        self,
        path: &'static str,
        handler: H,
        op: Op,
    ) -> Self {
        self.add("put", path, on(MethodFilter::PUT, handler), op)
    }

    pub(super) fn delete<H: Handler<T, AppState>, T: 'static>(
        self,
        path: &'static str,
        handler: H,
        op: Op,
    ) -> Self {
        self.add("delete", path, on(MethodFilter::DELETE, handler), op)
    }

    fn add(
        mut self,
        method: &'static str,
        path: &'static str,
        mut route: MethodRouter<AppState>,
        op: Op,
    ) -> Self {
        let media_type = op.media_type();
        route = route
            .route_layer(from_fn(move |request: Request, next: Next| acceptable(media_type, request, next)));
        if op.access != Access::Open {
            route = route.route_layer(from_fn(needs_token));
        }
        if let Some(bytes) = op.largest {
            route = route.route_layer(axum::extract::DefaultBodyLimit::max(bytes));
        }
        self.router = self.router.route(path, route);
        self.ops.push(Op { method, path, ..op });
        self
    }

    /// These and those of another list.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.ops.extend(other.ops);
        self.router = self.router.merge(other.router);
        self
    }
}
