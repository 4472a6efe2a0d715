//! Characters that stand for cells of a picture: text, which tmux moves about with the rest of a pane.
//! The private character U+10EEEE carries row, column and the id's high byte as combining marks, and the id's low byte as its colour: one of
//! 256, which tmux keeps even where it would change others.

use ratatui::buffer::Cell;
use ratatui::style::Color;

const CHARACTER: char = '\u{10EEEE}';

/// Marks that count, in their order, as first and last of a run: the protocol's list of 297 rows and columns.
#[rustfmt::skip]
const MARKS: [(u32, u32); 86] = [
    (0x0305, 0x0305), (0x030D, 0x030E), (0x0310, 0x0310), (0x0312, 0x0312), (0x033D, 0x033F), (0x0346, 0x0346), (0x034A, 0x034C),
    (0x0350, 0x0352), (0x0357, 0x0357), (0x035B, 0x035B), (0x0363, 0x036F), (0x0483, 0x0487), (0x0592, 0x0595), (0x0597, 0x0599),
    (0x059C, 0x05A1), (0x05A8, 0x05A9), (0x05AB, 0x05AC), (0x05AF, 0x05AF), (0x05C4, 0x05C4), (0x0610, 0x0617), (0x0657, 0x065B),
    (0x065D, 0x065E), (0x06D6, 0x06DC), (0x06DF, 0x06E2), (0x06E4, 0x06E4), (0x06E7, 0x06E8), (0x06EB, 0x06EC), (0x0730, 0x0730),
    (0x0732, 0x0733), (0x0735, 0x0736), (0x073A, 0x073A), (0x073D, 0x073D), (0x073F, 0x0741), (0x0743, 0x0743), (0x0745, 0x0745),
    (0x0747, 0x0747), (0x0749, 0x074A), (0x07EB, 0x07F1), (0x07F3, 0x07F3), (0x0816, 0x0819), (0x081B, 0x0823), (0x0825, 0x0827),
    (0x0829, 0x082D), (0x0951, 0x0951), (0x0953, 0x0954), (0x0F82, 0x0F83), (0x0F86, 0x0F87), (0x135D, 0x135F), (0x17DD, 0x17DD),
    (0x193A, 0x193A), (0x1A17, 0x1A17), (0x1A75, 0x1A7C), (0x1B6B, 0x1B6B), (0x1B6D, 0x1B73), (0x1CD0, 0x1CD2), (0x1CDA, 0x1CDB),
    (0x1CE0, 0x1CE0), (0x1DC0, 0x1DC1), (0x1DC3, 0x1DC9), (0x1DCB, 0x1DCC), (0x1DD1, 0x1DE6), (0x1DFE, 0x1DFE), (0x20D0, 0x20D1),
    (0x20D4, 0x20D7), (0x20DB, 0x20DC), (0x20E1, 0x20E1), (0x20E7, 0x20E7), (0x20E9, 0x20E9), (0x20F0, 0x20F0), (0x2CEF, 0x2CF1),
    (0x2DE0, 0x2DFF), (0xA66F, 0xA66F), (0xA67C, 0xA67D), (0xA6F0, 0xA6F1), (0xA8E0, 0xA8F1), (0xAAB0, 0xAAB0), (0xAAB2, 0xAAB3),
    (0xAAB7, 0xAAB8), (0xAABE, 0xAABF), (0xAAC1, 0xAAC1), (0xFE20, 0xFE26), (0x10A0F, 0x10A0F), (0x10A38, 0x10A38),
    (0x1D185, 0x1D189), (0x1D1AA, 0x1D1AD), (0x1D242, 0x1D244),
];

/// The mark of a row or column.
fn mark(number: u16) -> Option<char> {
    let mut left = u32::from(number);
    for (first, last) in MARKS {
        let run = last - first + 1;
        if left < run {
            return char::from_u32(first + left);
        }
        left -= run;
    }
    None
}

/// Makes a cell stand for one of the picture; `false` when it is too far out to be named. Of the id the highest byte and the lowest count.
pub fn fill(cell: &mut Cell, id: u32, column: u16, row: u16) -> bool {
    let [high, _, _, low] = id.to_be_bytes();
    let (Some(row), Some(column), Some(high)) = (mark(row), mark(column), mark(high.into())) else { return false };
    cell.reset();
    // All of it in every cell: one alone is enough to draw it, whatever is written beside it.
    cell.set_symbol(&String::from_iter([CHARACTER, row, column, high]));
    cell.set_fg(Color::Indexed(low));
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_the_protocols() {
        assert_eq!(mark(0), Some('\u{305}'));
        assert_eq!(mark(1), Some('\u{30D}'));
        assert_eq!(mark(296), Some('\u{1D244}'));
        assert_eq!(mark(297), None);
    }

    #[test]
    fn a_cell_carries_id_row_and_column() {
        let mut cell = Cell::default();
        assert!(fill(&mut cell, 0x0200_0003, 1, 0));
        assert_eq!((cell.symbol(), cell.fg), ("\u{10EEEE}\u{305}\u{30D}\u{30E}", Color::Indexed(3)));
        assert!(!fill(&mut cell, 1, 297, 0));
    }
}
