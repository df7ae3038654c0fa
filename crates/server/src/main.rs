//! The binary `popote`.
fn main() {}
