//! A command made of a closure, for what no use case does.

use std::pin::Pin;

use app::{Failure, Never};
use store::{Command, Tx, sqlx};

use crate::World;

/// What a closure of [`World::sql`] gives: `Box::pin(async move { … })`.
pub type Sql<'t, T> = Pin<Box<dyn Future<Output = sqlx::Result<T>> + Send + 't>>;

struct Closure<F, T>(F, std::marker::PhantomData<fn() -> T>);

impl<F, T> Command for Closure<F, T>
where
    F: for<'t> Fn(&'t mut Tx) -> Sql<'t, T> + Send + Sync + 'static,
    T: Send + 'static,
{
    type Done = T;
    type Error = Failure<Never>;

    async fn run(&self, tx: &mut Tx) -> Result<T, Failure<Never>> {
        Ok(self.0(tx).await?)
    }
}

impl World {
    /// Runs `|tx| Box::pin(async move { … })` in a transaction that writes.
    ///
    /// # Panics
    /// If it fails.
    pub async fn sql<T: Send + 'static>(
        &self,
        closure: impl for<'t> Fn(&'t mut Tx) -> Sql<'t, T> + Send + Sync + 'static,
    ) -> T {
        self.write(Closure(closure, std::marker::PhantomData)).await
    }

    /// A transaction that reads.
    ///
    /// # Panics
    /// Without a connection.
    pub async fn read(&self) -> Tx {
        self.context.db.read().await.expect("a transaction that reads")
    }
}
