//! The type of a document, guessed from its file's name.

use crate::modelo::{Modelo, TipoDocumento};
use crate::query::tokens;
use crate::texto::fold;

/// The type whose words stand in the name: the one with the longest match, the first in the checklist among equals.
///
/// A word of `palabras` counts wherever it stands (`contratofirmado.pdf`); words of the type's name count as whole words.
pub fn guess_tipo<'m>(modelo: &'m Modelo, file_name: &str) -> Option<&'m TipoDocumento> {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let folded = fold(stem);
    let words: Vec<&str> = tokens(&folded).collect();
    let joined = words.join(" ");
    let scored = modelo.tipos.iter().map(|tipo| (score(tipo, &joined, &words), tipo));
    // The first of the best: max_by_key would take the last.
    scored
        .filter(|(score, _)| *score > 0)
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, tipo)| tipo)
}

fn score(tipo: &TipoDocumento, joined: &str, words: &[&str]) -> usize {
    let name = fold(&tipo.nombre);
    let named: usize = tokens(&name).filter(|word| word.len() > 3 && words.contains(word)).map(str::len).sum();
    let (weak, strong): (Vec<&String>, Vec<&String>) =
        tipo.palabras.iter().filter(|word| stands_in(word, joined, words)).partition(|word| is_weak(word));
    let listed = strong.iter().map(|word| 2 * word.len()).max().unwrap_or(0);
    let numbers = weak.iter().map(|word| 2 * word.len()).max().unwrap_or(0);
    match listed + named {
        0 => 0,
        found => found + numbers,
    }
}

/// Numbers of one or two figures stand in every date: they confirm a type (`modelo 06.pdf`) and never make one (`foto 2026-11-06.jpg`).
fn is_weak(word: &str) -> bool {
    word.len() < 3 && word.bytes().all(|b| b.is_ascii_digit())
}

/// Short words (`dni`, `itv`) must stand alone, or they would be found inside others.
fn stands_in(word: &str, joined: &str, words: &[&str]) -> bool {
    if word.len() <= 4 { words.contains(&word) } else { joined.contains(word) }
}
