//! The pages of the example collective, for whoever looks.

use std::path::Path;

use e2e::{Demo, Guise, Page, Sweep, forms_of, is_for_everybody, pages_of};
use testkit::Kind;

fn sweep(role: &'static str) {
    e2e::check(Kind::Sqlite, move |_| async move {
        let demo = Demo::start(Path::new(env!("CARGO_BIN_EXE_popote"))).await;
        let page = Page::open(&demo, Guise::desk()).await;
        let mut sweep = Sweep::new(&page, role);
        if !role.is_empty() {
            let link = demo.link(role);
            sweep.glance(link).await;
            page.enter_example(link).await;
        }
        for path in pages_of(role) {
            if role.is_empty() || !is_for_everybody(path) {
                sweep.look(path).await;
                let shown = matches!(page.status().await, 200 | 422) && page.path().await.starts_with(path);
                assert!(role.is_empty() || shown, "{role} sees no {path}");
            } else {
                sweep.glance(path).await;
            }
        }
        for path in forms_of(role) {
            sweep.refuse(path).await;
        }
        sweep.ends();
    });
}

#[test]
fn signed_out() {
    sweep("");
}

#[test]
fn representative() {
    sweep("representative");
}

#[test]
fn treasurer() {
    sweep("treasurer");
}

#[test]
fn steward() {
    sweep("steward");
}

#[test]
fn administration() {
    sweep("administration");
}
