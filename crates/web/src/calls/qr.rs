//! The QR code of a transfer, as a picture that a browser draws itself.

use askama::Template;
use askama::filters::HtmlSafe;
use qrcode::{Color, EcLevel, QrCode};

/// Empty modules around a code, which readers need.
const QUIET: usize = 4;

/// A code with the sentence that says what it is.
#[derive(Debug, Clone, Template)]
#[template(path = "calls/qr.html")]
pub(crate) struct QrPicture {
    title: String,
    size: usize,
    path: String,
}

impl HtmlSafe for QrPicture {}

impl QrPicture {
    /// The code of a text. Nothing where the text is too long for one.
    pub(crate) fn of(text: &str, title: String) -> Option<Self> {
        // The standard of the transfer (EPC069-12) asks for the level M.
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let width = code.width();
        Some(Self { title, size: width + 2 * QUIET, path: path(&code.to_colors(), width) })
    }
}

/// One rectangle a run of dark modules.
fn path(modules: &[Color], width: usize) -> String {
    let mut path = String::new();
    for (y, row) in modules.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row[x..].iter().take_while(|module| **module == Color::Dark).count();
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += run.max(1);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use domain::references::{Iban, Remittance, epc_qr};
    use domain::{Currency, Money};

    use super::*;

    /// The modules that the path draws: dark is 0.
    fn drawn(picture: &QrPicture) -> Vec<Vec<u8>> {
        let mut modules = vec![vec![255_u8; picture.size]; picture.size];
        for run in picture.path.split('z').filter(|run| !run.is_empty()) {
            let parts = run.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
            let numbers: Vec<usize> = parts.map(|part| part.parse().unwrap()).collect();
            let (x, y, length) = (numbers[0], numbers[1], numbers[2]);
            modules[y][x..x + length].fill(0);
        }
        modules
    }

    #[test]
    fn a_reader_reads_what_was_meant() {
        let iban = Iban::parse("FR7630006000011234567890189").unwrap();
        let name = "Fonds commun des hébergeurs associatifs — été";
        let text = epc_qr(
            name,
            &iban,
            Some(Money::new(12_345)),
            Currency::EUR,
            Remittance::Reference("RF62CHATONS0042"),
        )
        .unwrap();
        let picture = QrPicture::of(&text, "Payer <123,45>".to_owned()).unwrap();
        let (modules, size) = (drawn(&picture), picture.size * 3);
        let at = |x: usize, y: usize| modules[y / 3][x / 3];
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(size, size, at);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        let (_, read) = grids[0].decode().unwrap();
        assert_eq!(read, text);
        let html = picture.to_string();
        assert!(html.contains("<title>Payer &#60;123,45&#62;</title>"), "{html}");
        assert!(!html.contains("style="));
    }

    #[test]
    fn a_text_too_long_has_no_picture() {
        assert!(QrPicture::of(&"é".repeat(5_000), String::new()).is_none());
    }
}
