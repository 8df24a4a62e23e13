//! Codes for a phone's camera, drawn with half blocks.

use qrcode::render::unicode::Dense1x2;
use qrcode::{EcLevel, QrCode};

/// The code of a text, one line of a terminal for every two rows; `None` when the text is too long.
///
/// Lit blocks are the light parts, as on paper: right on a dark terminal, and scanners take both.
pub fn drawn(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let mut drawing = code.render::<Dense1x2>();
    Some(drawing.dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).quiet_zone(true).build())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_is_a_square_of_half_blocks() {
        let code = super::drawn("otpauth://totp/usher:joe%40pve?secret=JBSWY3DPEHPK3PXP").unwrap();
        let lines: Vec<usize> = code.lines().map(|line| line.chars().count()).collect();
        assert!(lines.len() > 15 && lines.iter().all(|width| *width == lines[0]), "{lines:?}");
        assert_eq!(lines[0].div_ceil(2), lines.len());
        assert!(code.chars().all(|one| " \n█▀▄".contains(one)), "{code}");
        assert!(super::drawn(&"x".repeat(5000)).is_none());
    }
}
