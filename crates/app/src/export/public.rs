//! The public journal.

use domain::{
    Account, Book,
    public_journal::{Header, Proves, Writer},
};
use words::{Locale, Words};

use super::{ExportRefusal, Out, Source};
use crate::error::Failure;

/// Both chains, opened as far as the audience may see.
pub(super) async fn json(source: &mut Source, out: &mut Out) -> Result<(), Failure<ExportRefusal>> {
    let stored = source.accounts().await?;
    let accounts = stored.iter().filter_map(|row| Some((row.id, Account::parse(&row.key)?)));
    let shown = source.names.shown().to_vec();
    let mut writer = Writer::new(shown.iter().map(|named| named.id), accounts);
    let proves = |locale| Words::new(locale).journal_proves().to_owned();
    let pot = source.pot.id;
    let header = Header {
        proves: Proves { fr: proves(Locale::Fr), en: proves(Locale::En) },
        collective: source.collective.slug.clone(),
        slug: source.pot.slug.clone(),
        pot,
        currency: source.pot.currency(),
        organisations: shown,
    };
    out.write(&writer.begin(&header)).await?;
    for book in Book::ALL {
        out.write(&writer.book(pot, book)).await?;
        let mut after = 0;
        while let Some(postings) = source.next(book, &mut after).await? {
            for posting in &postings {
                out.write(&writer.posting(posting)).await?;
            }
        }
        out.write(&writer.end_book(pot, book)).await?;
    }
    out.write(writer.end()).await
}
