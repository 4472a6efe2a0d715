//! The nearest colours of smaller palettes.

use ratatui::style::Color;

/// Levels of xterm's 6×6×6 cube.
const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The nearest of xterm's 256 colours, looked for in its cube and its greys (never in the first sixteen, which people change).
pub fn nearest_256(rgb: [u8; 3]) -> u8 {
    let cube = rgb.map(|c| match c {
        0..=47 => 0,
        48..=114 => 1,
        c => (c - 35) / 40,
    });
    let cube_rgb = cube.map(|level| LEVELS[usize::from(level.min(5))]);
    let mean = (u16::from(rgb[0]) + u16::from(rgb[1]) + u16::from(rgb[2])) / 3;
    let grey = u8::try_from(mean.saturating_sub(3) / 10).unwrap_or(23).min(23);
    let grey_rgb = [8 + grey * 10; 3];
    if distance(rgb, grey_rgb) < distance(rgb, cube_rgb) {
        232 + grey
    } else {
        16 + 36 * cube[0] + 6 * cube[1] + cube[2]
    }
}

/// The terminal's own sixteen as most terminals show them.
const SIXTEEN: [(Color, [u8; 3]); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [170, 0, 0]),
    (Color::Green, [0, 170, 0]),
    (Color::Yellow, [170, 110, 0]),
    (Color::Blue, [0, 0, 170]),
    (Color::Magenta, [170, 0, 170]),
    (Color::Cyan, [0, 170, 170]),
    (Color::Gray, [190, 190, 190]),
    (Color::DarkGray, [95, 95, 95]),
    (Color::LightRed, [255, 95, 95]),
    (Color::LightGreen, [95, 255, 95]),
    (Color::LightYellow, [255, 255, 95]),
    (Color::LightBlue, [95, 95, 255]),
    (Color::LightMagenta, [255, 95, 255]),
    (Color::LightCyan, [95, 255, 255]),
    (Color::White, [255, 255, 255]),
];

/// The nearest of the sixteen; what has little colour becomes a grey, so that paper does not turn yellow.
pub fn nearest_16(rgb: [u8; 3]) -> Color {
    let (max, min) = (rgb.iter().max().copied().unwrap_or(0), rgb.iter().min().copied().unwrap_or(0));
    let grey_only = max - min < 48 || u16::from(max - min) * 3 < u16::from(max);
    let greys = [0, 7, 8, 15];
    let rgb = if grey_only { rgb } else { vivid(rgb) };
    let candidates = SIXTEEN.iter().enumerate().filter(|(at, _)| !grey_only || greys.contains(at));
    candidates.min_by_key(|(_, (_, other))| distance(rgb, *other)).map_or(Color::Reset, |(_, (color, _))| *color)
}

/// The same hue as strong as it can be: among sixteen colours a pale green is green, not grey. What has hardly any hue stays as it is.
pub fn vivid(rgb: [u8; 3]) -> [u8; 3] {
    let (max, min) = (rgb.iter().max().copied().unwrap_or(0), rgb.iter().min().copied().unwrap_or(0));
    let span = u16::from(max - min);
    if span < 40 {
        return rgb;
    }
    rgb.map(|part| u8::try_from(u16::from(part - min) * u16::from(max) / span).unwrap_or(max))
}

/// Squared distance, weighted as the eye weighs red, green and blue.
pub(crate) fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    let part = |i: usize, weight: u32| {
        let d = u32::from(a[i].abs_diff(b[i]));
        d * d * weight
    };
    part(0, 3) + part(1, 6) + part(2, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn palettes_keep_black_white_and_greys() {
        assert_eq!(nearest_256([0, 0, 0]), 16);
        assert_eq!(nearest_256([255, 255, 255]), 231);
        assert!((232..=255).contains(&nearest_256([128, 128, 128])));
        assert_eq!(nearest_256([255, 0, 0]), 196);
        assert_eq!(nearest_16([250, 247, 239]), Color::White);
        assert_eq!(nearest_16([20, 20, 22]), Color::Black);
        assert_eq!(nearest_16([200, 20, 20]), Color::Red);
        assert_eq!(nearest_16([176, 64, 64]), Color::Red, "a stamp");
        assert_eq!(nearest_16([213, 156, 153]), Color::Gray, "a red edge on paper");
    }
}
