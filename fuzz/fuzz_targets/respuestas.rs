//! What a terminal answers, mixed with what somebody types: no byte that is typed is lost, and pieces of any size read the same.

#![no_main]

use graphics::{Piece, Replies};
use libfuzzer_sys::fuzz_target;

fn read(pieces: impl IntoIterator<Item = Piece>) -> (Vec<graphics::Reply>, Vec<u8>) {
    let (mut replies, mut typed) = (Vec::new(), Vec::new());
    for piece in pieces {
        match piece {
            Piece::Reply(reply) => replies.push(reply),
            Piece::Typed(bytes) => typed.extend(bytes),
        }
    }
    (replies, typed)
}

fuzz_target!(|bytes: &[u8]| {
    let mut whole = Replies::default();
    let at_once = read(whole.feed(bytes).into_iter().chain(whole.rest()).collect::<Vec<_>>());
    let mut slow = Replies::default();
    let mut pieces: Vec<Piece> = bytes.iter().flat_map(|byte| slow.feed(&[*byte])).collect();
    pieces.extend(slow.rest());
    assert_eq!(read(pieces), at_once);
    if at_once.0.is_empty() {
        assert_eq!(at_once.1, bytes);
    }
});
