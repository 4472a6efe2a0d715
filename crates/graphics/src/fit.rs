//! The two colours that stand best for the parts of a cell.

use crate::colours::distance;

/// Red, green, blue.
pub(crate) type Rgb = [u8; 3];

/// Colours nearer than this look the same beside each other in a cell: five levels of red, green and blue.
const FLAT: u32 = 250;
/// Nearer than this, they look the same along a row: three levels.
const ALIKE: u32 = 90;

/// How a cell is drawn: the parts of the mask in one colour, the others in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fit {
    pub mask: u8,
    pub fg: Rgb,
    pub bg: Rgb,
}

/// The best way to draw a cell whose parts have these colours (two to eight of them), with the colours of the cell on its left where they do: what
/// does not change is not written.
pub(crate) fn fit(parts: &[Rgb], left: Option<Fit>) -> Fit {
    let best = two(parts);
    let all = u8::MAX >> (8 - parts.len().clamp(1, 8));
    let turned = Fit { mask: !best.mask & all, fg: best.bg, bg: best.fg };
    let Some(left) = left else { return best };
    for way in [best, turned] {
        let needs_fg = way.mask != 0;
        let needs_bg = way.mask != all;
        if (!needs_fg || is_alike(way.fg, left.fg)) && (!needs_bg || is_alike(way.bg, left.bg)) {
            return Fit { mask: way.mask, ..left };
        }
    }
    best
}

/// Two groups about the two parts that differ most, each as its mean; one, where none differ.
fn two(parts: &[Rgb]) -> Fit {
    let pairs = parts.iter().enumerate().flat_map(|(at, a)| parts.iter().skip(at + 1).map(move |b| (*a, *b)));
    let Some((mut fg, mut bg)) = pairs.max_by_key(|(a, b)| distance(*a, *b)).filter(|(a, b)| distance(*a, *b) >= FLAT)
    else {
        let mean = mean(parts, |_| true);
        return Fit { mask: 0, fg: mean, bg: mean };
    };
    let mut mask = 0;
    for _ in 0..2 {
        let is_fg = |part: &Rgb| distance(*part, fg) < distance(*part, bg);
        mask = parts.iter().enumerate().filter(|(_, part)| is_fg(part)).fold(0, |mask, (at, _)| mask | 1u8 << at);
        (fg, bg) = (mean(parts, |at| mask >> at & 1 == 1), mean(parts, |at| mask >> at & 1 == 0));
    }
    Fit { mask, fg, bg }
}

fn is_alike(a: Rgb, b: Rgb) -> bool {
    distance(a, b) < ALIKE
}

/// The mean of some parts; black when there are none.
fn mean(parts: &[Rgb], which: impl Fn(usize) -> bool) -> Rgb {
    let chosen = parts.iter().enumerate().filter(|(at, _)| which(*at));
    let (sum, count) = chosen.fold(([0u32; 3], 0u32), |(sum, count), (_, part)| {
        ([sum[0] + u32::from(part[0]), sum[1] + u32::from(part[1]), sum[2] + u32::from(part[2])], count + 1)
    });
    sum.map(|total| (total / count.max(1)) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const INK: Rgb = [20, 20, 30];
    const PAPER: Rgb = [250, 250, 245];

    #[test]
    fn a_letter_on_paper_is_exact() {
        let drawn = fit(&[INK, PAPER, PAPER, INK, PAPER, PAPER], None);
        assert!(
            drawn == Fit { mask: 0b1001, fg: INK, bg: PAPER } || drawn == Fit { mask: 0b11_0110, fg: PAPER, bg: INK }
        );
    }

    #[test]
    fn colours_on_the_left_are_kept_either_way_round() {
        let left = Fit { mask: 1, fg: INK, bg: PAPER };
        let near = [252, 251, 246];
        assert_eq!(fit(&[near, INK, near, near], Some(left)), Fit { mask: 0b10, ..left });
        assert_eq!(fit(&[near; 4], Some(left)), Fit { mask: 0, ..left }, "paper");
        assert_eq!(fit(&[INK; 4], Some(left)), Fit { mask: 0b1111, ..left }, "a line");
        let red = [200, 30, 30];
        assert_eq!(fit(&[red; 4], Some(left)).bg, red);
    }

    proptest! {
        #[test]
        fn no_part_is_nearer_to_the_other_colour_than_any_single_colour_would_be(
            parts in proptest::collection::vec(any::<Rgb>(), 2..=8),
        ) {
            let drawn = fit(&parts, None);
            let error: u32 = parts.iter().enumerate()
                .map(|(at, part)| distance(*part, if drawn.mask >> at & 1 == 1 { drawn.fg } else { drawn.bg })).sum();
            let one = mean(&parts, |_| true);
            let error_of_one: u32 = parts.iter().map(|part| distance(*part, one)).sum();
            // Means are rounded down.
            prop_assert!(error <= error_of_one + 30 * parts.len() as u32 * 255);
        }
    }
}
