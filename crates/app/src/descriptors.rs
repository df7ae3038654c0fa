//! What a software says of itself in a file, read into a form: nothing is written.

use domain::descriptors::{DescriptorRefusal, LARGEST, Prefill};

use crate::{Context, Failure, fetching};

/// Reads a file that somebody sent. Errors: [`DescriptorRefusal::Unreadable`].
pub fn read(bytes: &[u8]) -> Result<Prefill, Failure<DescriptorRefusal>> {
    Prefill::read(bytes).map_err(|why| Failure::Refused(why.into()))
}

/// Reads a file elsewhere: its size, the time, redirects are bounded, addresses within refused. Errors:
/// [`DescriptorRefusal`].
pub async fn read_at(ctx: &Context, url: &str) -> Result<Prefill, Failure<DescriptorRefusal>> {
    let url = url.trim();
    let whole = if url.contains("://") { url.to_owned() } else { format!("https://{url}") };
    match fetching::fetch(ctx, &whole, LARGEST).await {
        Ok(bytes) => read(&bytes),
        Err(why) => Err(Failure::Refused(DescriptorRefusal::Unfetched(why))),
    }
}
