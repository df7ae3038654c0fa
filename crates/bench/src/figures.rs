//! The table that is printed.

use crate::load::Load;

/// Prints a heading.
pub fn title(text: &str) {
    println!("\n{text}");
}

/// Prints one figure with its meaning and, if there is one, what is wished of it.
pub fn figure(what: &str, value: &str, wished: &str) {
    println!("  {what:<58} {value:>22}   {wished}");
}

/// Prints the head of the table of loads.
pub fn loads() {
    println!("  {:<58} {:>9} {:>9} {:>9} {:>9} {:>9}   against", "", "req/s", "p50", "p99", "CPU/req", "RSS");
}

/// Prints a load: `cpu` is the processor time of the server in microseconds, `resident` its memory in KiB.
pub fn load(what: &str, load: &Load, cpu: u64, resident: u64, against: &str) {
    println!(
        "  {what:<58} {:>9} {:>9} {:>9} {:>9} {:>9}   {against}",
        load.per_second(),
        millis(load.percentile(50).into()),
        millis(load.percentile(99).into()),
        format!("{} µs", cpu / load.answered.max(1)),
        format!("{} MiB", resident / 1024),
    );
    if let Some((count, first)) = &load.refused {
        println!("    {count} answers were not as wished, the first: {first}");
    }
}

/// A ratio in hundredths, as a factor: `0.62×`.
#[must_use]
pub fn ratio(one: u64, other: u64) -> String {
    let hundredths = one * 100 / other.max(1);
    format!("{}.{:02}×", hundredths / 100, hundredths % 100)
}

/// Microseconds as milliseconds: `1.3 ms`.
#[must_use]
pub fn millis(micros: u64) -> String {
    format!("{}.{} ms", micros / 1_000, micros % 1_000 / 100)
}
