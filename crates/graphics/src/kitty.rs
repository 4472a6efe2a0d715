//! kitty's graphics protocol: a picture is sent once under an id, then placed, and taken away, by that id.
//! <https://sw.kovidgoyal.net/kitty/graphics-protocol/>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write;

/// Most characters of one piece of a picture's file.
const CHUNK: usize = 4096;
/// Id of the question whether graphics are known at all.
pub const QUERY: u32 = 31;

/// A part of a picture, in its own pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// Left.
    pub x: u32,
    /// Top.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// Asks whether the terminal takes graphics; it answers with the id.
pub fn query() -> Vec<u8> {
    format!("\x1b_Gi={QUERY},s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\").into_bytes()
}

/// Sends a PNG under an id, without showing it. Each piece is a command of its own, so that what wraps commands can wrap each.
pub fn transmit(id: u32, png: &[u8]) -> Vec<Vec<u8>> {
    let text = STANDARD.encode(png);
    let pieces: Vec<&str> = text.as_bytes().chunks(CHUNK).filter_map(|piece| std::str::from_utf8(piece).ok()).collect();
    let last = pieces.len().saturating_sub(1);
    let command = |(at, piece): (usize, &&str)| {
        let more = u8::from(at < last);
        match at {
            0 => format!("\x1b_Ga=t,f=100,i={id},q=2,m={more};{piece}\x1b\\"),
            _ => format!("\x1b_Gq=2,m={more};{piece}\x1b\\"),
        }
        .into_bytes()
    };
    pieces.iter().enumerate().map(command).collect()
}

/// Places a part of a picture where the cursor is, which stays there. `cells` stretches it to so many; without, pixels are the screen's own.
/// The terminal answers only when it cannot: it has dropped the picture to make room.
pub fn place(id: u32, placement: u32, source: Source, cells: Option<(u16, u16)>) -> Vec<u8> {
    let Source { x, y, width, height } = source;
    let mut command = format!("\x1b_Ga=p,i={id},p={placement},x={x},y={y},w={width},h={height}");
    if let Some((columns, rows)) = cells {
        let _ = write!(command, ",c={columns},r={rows}");
    }
    command.push_str(",C=1,q=1\x1b\\");
    command.into_bytes()
}

/// Lets placeholder characters stand for a picture of so many cells.
pub fn place_virtually(id: u32, (columns, rows): (u16, u16)) -> Vec<u8> {
    format!("\x1b_Ga=p,U=1,i={id},c={columns},r={rows},q=2\x1b\\").into_bytes()
}

/// Takes a picture off the screen; it can be placed again.
pub fn unplace(id: u32) -> Vec<u8> {
    format!("\x1b_Ga=d,d=i,i={id},q=2\x1b\\").into_bytes()
}

/// Takes a picture off the screen and out of the terminal's memory.
pub fn free(id: u32) -> Vec<u8> {
    format!("\x1b_Ga=d,d=I,i={id},q=2\x1b\\").into_bytes()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_file_goes_in_pieces_and_comes_together() {
        let png: Vec<u8> = (0..10_000u32).map(|n| n as u8).collect();
        let pieces = transmit(7, &png);
        assert_eq!(pieces.len(), 4);
        let texts: Vec<String> = pieces.into_iter().map(|piece| String::from_utf8(piece).unwrap()).collect();
        assert!(texts[0].starts_with("\x1b_Ga=t,f=100,i=7,q=2,m=1;"));
        assert!(texts[3].starts_with("\x1b_Gq=2,m=0;"));
        let joined: String =
            texts.iter().map(|text| text.strip_suffix("\x1b\\").unwrap().split_once(';').unwrap().1).collect();
        assert_eq!(STANDARD.decode(joined).unwrap(), png);
    }

    #[test]
    fn placing_again_costs_few_bytes() {
        let source = Source { x: 0, y: 0, width: 540, height: 765 };
        assert!(place(1234, 1, source, None).len() < 80);
    }
}
