//! The world outside: one function that asks another machine for something, so that nobody's address leads this
//! instance into its own network, and the signature of what it sends of itself.

mod address;
mod fetch;
mod webhook;
mod wire;

pub use fetch::{Asked, Exception, ExceptionError, FetchError, Fetched, Fetcher};
pub use http::{HeaderMap, Method, StatusCode};
pub use webhook::{SECRET_PREFIX, SecretError, Signed, WebhookSecret};
