//! What shows the payments of the example: a line of a statement, as a document of one page.

use app::files::{PROOF_TYPES, Upload};
use jiff::civil::Date;

use crate::serve::StartError;

/// The member whose payments are still without a proof.
const WITHOUT: &str = "arn";

/// The proof of what a member paid that day.
pub fn of(member: &str, day: Date) -> Result<Option<Upload>, StartError> {
    if member == WITHOUT {
        return Ok(None);
    }
    let line = format!("{day}   VIREMENT RECU   COTISATION {}", member.to_uppercase());
    let file = Upload::check(&format!("releve-{day}.pdf"), document(&line), PROOF_TYPES);
    Ok(Some(file.map_err(|_| "the proof of the example is no document")?))
}

/// A document of one page with one line, which holds neither brackets nor backslashes.
fn document(line: &str) -> Vec<u8> {
    let shown = format!("BT /F1 12 Tf 50 780 Td ({line}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{shown}\nendstream", shown.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let (mut text, mut places) = ("%PDF-1.4\n".to_owned(), String::new());
    for (at, object) in objects.iter().enumerate() {
        places.push_str(&format!("{:010} 00000 n \n", text.len()));
        text.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
    }
    let (start, count) = (text.len(), objects.len() + 1);
    text.push_str(&format!("xref\n0 {count}\n0000000000 65535 f \n{places}"));
    text.push_str(&format!("trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn most_payments_have_a_document() {
        assert!(of("yaal-coop", date(2025, 3, 3)).unwrap().is_some());
        assert!(of(WITHOUT, date(2025, 3, 3)).unwrap().is_none());
        let text = String::from_utf8(document("2025-03-03 COTISATION")).unwrap();
        let start: usize = text.split("startxref\n").nth(1).unwrap().lines().next().unwrap().parse().unwrap();
        assert!(text[start..].starts_with("xref\n0 6\n"));
        for (at, line) in text[start..].lines().skip(3).take(5).enumerate() {
            let place: usize = line[..10].parse().unwrap();
            assert!(text[place..].starts_with(&format!("{} 0 obj", at + 1)), "{line}");
        }
    }
}
