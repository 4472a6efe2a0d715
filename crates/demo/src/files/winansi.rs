//! Text of the fourteen standard fonts: its encoding and its width (PDF 32000-1, annex D, and the metrics of Helvetica).

/// A standard font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letra {
    /// Helvetica.
    Normal,
    /// Helvetica-Bold.
    Negrita,
    /// Helvetica-Oblique.
    Cursiva,
    /// Courier.
    Maquina,
}

impl Letra {
    pub(super) const ALL: [Self; 4] = [Self::Normal, Self::Negrita, Self::Cursiva, Self::Maquina];

    /// Name of the font and of its resource.
    pub(super) fn names(self) -> (&'static [u8], &'static [u8]) {
        match self {
            Self::Normal => (b"Helvetica", b"F1"),
            Self::Negrita => (b"Helvetica-Bold", b"F2"),
            Self::Cursiva => (b"Helvetica-Oblique", b"F3"),
            Self::Maquina => (b"Courier", b"F4"),
        }
    }

    /// Width of a text at that size, points.
    pub(super) fn width(self, text: &str, size: f32) -> f32 {
        let units: u32 = text.chars().map(|c| u32::from(self.advance(c))).sum();
        units as f32 * size / 1_000.0
    }

    fn advance(self, c: char) -> u16 {
        let widths = match self {
            Self::Maquina => return 600,
            Self::Negrita => &BOLD,
            Self::Normal | Self::Cursiva => &REGULAR,
        };
        let base = match c {
            'á' | 'à' | 'ä' | 'â' => 'a',
            'é' | 'è' | 'ë' | 'ê' => 'e',
            'í' | 'ì' | 'ï' | 'î' => 'i',
            'ó' | 'ò' | 'ö' | 'ô' => 'o',
            'ú' | 'ù' | 'ü' | 'û' => 'u',
            'Á' | 'À' => 'A',
            'É' | 'È' => 'E',
            'Í' => 'I',
            'Ó' | 'Ò' => 'O',
            'Ú' | 'Ü' => 'U',
            'ñ' => 'n',
            'Ñ' => 'N',
            'ç' => 'c',
            'Ç' => 'C',
            'š' => 's',
            'Š' => 'S',
            'º' | 'ª' => return 368,
            '·' => return 278,
            '—' => return 1_000,
            '•' => return 350,
            c => c,
        };
        match u32::from(base) {
            code @ 32..=126 => widths[(code - 32) as usize],
            _ => 556,
        }
    }
}

/// Text in WinAnsiEncoding; what it does not have becomes a question mark.
pub(super) fn encode(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| match c {
            '€' => 0x80,
            '…' => 0x85,
            'Š' => 0x8A,
            '‘' => 0x91,
            '’' => 0x92,
            '“' => 0x93,
            '”' => 0x94,
            '•' => 0x95,
            '–' => 0x96,
            '—' => 0x97,
            'š' => 0x9A,
            ' '..='~' | '\u{A0}'..='\u{FF}' => u8::try_from(u32::from(c)).unwrap_or(b'?'),
            _ => b'?',
        })
        .collect()
}

#[rustfmt::skip]
const REGULAR: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

#[rustfmt::skip]
const BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_encoded_and_measured() {
        assert_eq!(encode("Peña 5 €"), [b'P', b'e', 0xF1, b'a', b' ', b'5', b' ', 0x80]);
        assert_eq!(encode("中"), [b'?']);
        assert!((Letra::Normal.width("27.480,00 €", 10.0) - 52.82).abs() < 0.001);
        assert!(Letra::Negrita.width("FACTURA", 10.0) > Letra::Normal.width("FACTURA", 10.0));
    }
}
