//! A file of another machine, for whoever reads it: never within a transaction.

use bytes::Bytes;
use domain::descriptors::Unfetched;
use outside::{Asked, FetchError, HeaderMap, Method, StatusCode};

use crate::Context;

/// The bytes of a file elsewhere, `largest` at most. Errors: why there are none.
pub async fn fetch(ctx: &Context, url: &str, largest: usize) -> Result<Bytes, Unfetched> {
    let asked = Asked {
        method: Method::GET,
        url: url.to_owned(),
        headers: HeaderMap::new(),
        body: Bytes::new(),
        largest,
    };
    match ctx.outside.fetch(asked, ctx.now().as_second()).await {
        Ok(fetched) if fetched.status == StatusCode::OK => Ok(fetched.body),
        Ok(_) => Err(Unfetched::NotThere),
        Err(FetchError::TooLarge) => Err(Unfetched::TooLarge),
        Err(FetchError::NotAllowed) => Err(Unfetched::NotAllowed),
        Err(FetchError::Unreachable | FetchError::Redirected | FetchError::TooOften) => {
            Err(Unfetched::Unreachable)
        }
    }
}
