//! Which pictures the terminal has been sent, and under which ids.

use crate::picture::Picture;
use std::collections::VecDeque;

/// Pixels of all pictures that the terminal is let keep: 160 MB of its memory, half of what kitty allows.
const PIXELS: u64 = 40_000_000;

/// Pictures the terminal has, the last used at the end.
#[derive(Debug)]
pub(crate) struct Kept {
    /// High byte of every id, so that two programs in one terminal do not take each other's.
    mine: u8,
    sent: VecDeque<Sent>,
}

#[derive(Debug)]
struct Sent {
    key: u64,
    /// Low byte of the id: what the colour of a placeholder says.
    low: u8,
    pixels: u64,
}

impl Kept {
    pub(crate) fn new(mine: u8) -> Self {
        Self { mine: mine.max(1), sent: VecDeque::new() }
    }

    /// The id of a picture that the terminal has.
    pub(crate) fn id(&self, key: u64) -> Option<u32> {
        self.sent.iter().find(|sent| sent.key == key).map(|sent| self.whole(sent.low))
    }

    /// Likewise, and it has been used just now.
    pub(crate) fn use_again(&mut self, key: u64) -> Option<u32> {
        let at = self.sent.iter().position(|sent| sent.key == key)?;
        let sent = self.sent.remove(at)?;
        let id = self.whole(sent.low);
        self.sent.push_back(sent);
        Some(id)
    }

    /// An id for a picture that is sent now, and those that have to go for it, the least lately used first and none that is on the screen.
    pub(crate) fn add(&mut self, picture: &Picture, on_screen: impl Fn(u64) -> bool) -> Option<(u32, Vec<u32>)> {
        let pixels = u64::from(picture.pixels().width()) * u64::from(picture.pixels().height());
        let mut dropped = Vec::new();
        while self.sent.len() >= usize::from(u8::MAX) || self.pixels() + pixels > PIXELS {
            let Some(oldest) = self.sent.iter().position(|sent| !on_screen(sent.key)) else { break };
            dropped.extend(self.sent.remove(oldest).map(|sent| self.whole(sent.low)));
        }
        let low = (1..=u8::MAX).find(|low| !self.sent.iter().any(|sent| sent.low == *low))?;
        self.sent.push_back(Sent { key: picture.key(), low, pixels });
        Some((self.whole(low), dropped))
    }

    /// The picture of an id.
    pub(crate) fn key(&self, id: u32) -> Option<u64> {
        self.sent.iter().find(|sent| self.whole(sent.low) == id).map(|sent| sent.key)
    }

    /// The terminal does not have that one any more.
    pub(crate) fn lost(&mut self, id: u32) {
        let mine = self.mine;
        self.sent.retain(|sent| whole(mine, sent.low) != id);
    }

    /// All ids, of which none is kept any more.
    pub(crate) fn take_all(&mut self) -> Vec<u32> {
        let sent = std::mem::take(&mut self.sent);
        sent.into_iter().map(|sent| self.whole(sent.low)).collect()
    }

    fn pixels(&self) -> u64 {
        self.sent.iter().map(|sent| sent.pixels).sum()
    }

    fn whole(&self, low: u8) -> u32 {
        whole(self.mine, low)
    }
}

fn whole(mine: u8, low: u8) -> u32 {
    u32::from_be_bytes([mine, 0, 0, low])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use image::RgbImage;
    use std::sync::Arc;

    fn picture(number: u32, side: u32) -> Picture {
        Picture::new(number.to_be_bytes().as_slice().into(), Arc::new(RgbImage::new(side, side)))
    }

    #[test]
    fn the_oldest_that_is_not_on_the_screen_goes() {
        let mut kept = Kept::new(1);
        let pictures: Vec<Picture> = (0..5).map(|n| picture(n, 3_000)).collect();
        let ids: Vec<u32> = pictures[..4].iter().map(|p| kept.add(p, |_| true).unwrap().0).collect();
        assert!(kept.use_again(pictures[1].key()).is_some());
        let (id, dropped) = kept.add(&pictures[4], |key| key == pictures[0].key()).unwrap();
        assert_eq!(dropped, [ids[2]], "the first is seen, the second was used again");
        assert_eq!(id, ids[2], "its id is free");
        assert_eq!(kept.id(pictures[2].key()), None);
    }

    #[test]
    fn when_all_ids_are_on_the_screen_there_is_none() {
        let mut kept = Kept::new(1);
        for n in 0..255 {
            assert!(kept.add(&picture(n, 1), |_| true).is_some());
        }
        assert!(kept.add(&picture(300, 1), |_| true).is_none());
        assert!(kept.add(&picture(301, 1), |_| false).is_some());
    }
}
