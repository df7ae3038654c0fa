//! Makes the binary smaller: the linker keeps one copy of functions that are alike, and writes relocations in short.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = std::env::var("TARGET").unwrap_or_default();
    let is_optimised = std::env::var("OPT_LEVEL").is_ok_and(|level| level != "0");
    // Here the compiler brings its own linker, which can.
    if is_optimised && target == "x86_64-unknown-linux-gnu" {
        println!("cargo::rustc-link-arg-bins=-Wl,--icf=all");
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}
