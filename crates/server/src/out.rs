//! What commands print. A standard output that is full is told, never a panic; one whose reader has stopped, such as
//! `head`, ends quietly.

use std::{
    fmt::Display,
    io::{self, Write},
};

/// Prints what a command was asked for, and ends the line. Errors: it can't be written.
pub fn print(text: &(impl Display + ?Sized)) -> Result<(), String> {
    write(&mut io::stdout().lock(), text).map_err(|error| format!("standard output: {error}"))
}

/// Says what was done, which stays done: where standard output doesn't take it, standard error does.
pub fn say(text: &(impl Display + ?Sized)) {
    if let Err(error) = print(text) {
        // Where standard error is full too, nothing is left to say it.
        let _ = writeln!(io::stderr().lock(), "{text}\npopote: {error}");
    }
}

/// Writes a line at once. A reader that stops early is no failure.
fn write(out: &mut impl Write, text: &(impl Display + ?Sized)) -> io::Result<()> {
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An output that takes nothing.
    struct Broken(io::ErrorKind);

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_stops_is_no_failure_and_a_full_disk_is() {
        let mut written = Vec::new();
        write(&mut written, "a").unwrap();
        assert_eq!(written, b"a\n");
        write(&mut Broken(io::ErrorKind::BrokenPipe), "a").unwrap();
        assert!(write(&mut Broken(io::ErrorKind::StorageFull), "a").is_err());
    }
}
