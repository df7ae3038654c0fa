//! The administration of the instance: what the checks found, what is late, what didn't get through.

mod acts;
mod breach;
mod page;

pub(crate) use acts::{check, retry};
pub(crate) use page::show;

use store::Tx;

use crate::error::WebError;
use crate::extract::Visitor;

/// Lets only those in who administer the instance.
async fn admit(tx: &mut Tx, visitor: &Visitor) -> Result<(), WebError> {
    let person = visitor.signed_in()?.person();
    if store::people::is_instance_admin(tx, person).await? { Ok(()) } else { Err(WebError::Forbidden) }
}
