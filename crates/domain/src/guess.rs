//! The type of a document, guessed from its file's name.

use crate::modelo::{Modelo, TipoDocumento};
use crate::query::tokens;
use crate::texto::fold;

/// What a letter of a word counts for that one type alone has; of a word of several types, each gets its part.
const LETTER: usize = 60;
/// How much more a word of `palabras` counts than one of the type's name: it was put there to tell the type.
const LISTED: usize = 3;

/// The type whose words stand in the name: the one they tell most clearly, the first in the checklist among equals.
///
/// A word of `palabras` counts wherever it stands (`contratofirmado.pdf`); words of the type's name count as whole words, in singular or
/// plural. A word that several types have (`justificante`, `contrato`) tells little about which of them it is.
pub fn guess_tipo<'m>(modelo: &'m Modelo, file_name: &str) -> Option<&'m TipoDocumento> {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let folded = fold(stem);
    let typed: Vec<&str> = tokens(&folded).collect();
    let joined = typed.join(" ");
    let words: Vec<&str> = typed.iter().flat_map(|word| [*word, without_count(word)]).collect();
    let scored = modelo.tipos.iter().map(|tipo| (score(modelo, tipo, &joined, &words), tipo));
    // The first of the best: max_by_key would take the last.
    scored
        .filter(|(score, _)| *score > 0)
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, tipo)| tipo)
}

fn score(modelo: &Modelo, tipo: &TipoDocumento, joined: &str, words: &[&str]) -> usize {
    let name = fold(&tipo.nombre);
    let (weak, strong): (Vec<&String>, Vec<&String>) =
        tipo.palabras.iter().filter(|word| stands_in(word, joined, words)).partition(|word| is_weak(word));
    let in_name =
        tokens(&name).filter(|word| word.len() > 3 && words.iter().any(|typed| singular(typed) == singular(word)));
    let named: usize = in_name.map(|word| weight(modelo, word)).sum();
    let best = |found: &[&String]| found.iter().map(|word| LISTED * weight(modelo, word)).max().unwrap_or(0);
    match best(&strong) + named {
        0 => 0,
        found => found + best(&weak),
    }
}

/// How much a word tells: the longer and the fewer types have it, the more.
fn weight(modelo: &Modelo, word: &str) -> usize {
    let word = singular(word);
    let has_it = |tipo: &&TipoDocumento| {
        tipo.palabras.iter().any(|listed| singular(listed) == word)
            || tokens(&fold(&tipo.nombre)).any(|named| singular(named) == word)
    };
    LETTER * word.len() / modelo.tipos.iter().filter(has_it).count().max(1)
}

/// A word without the figures at its end, which only count (`dni1.pdf`, `dni2.pdf`); not one of figures alone, nor a letter or two (`a4`).
fn without_count(word: &str) -> &str {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    if letters.len() > 2 && letters.chars().all(char::is_alphabetic) { letters } else { word }
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

/// Numbers of one or two figures stand in every date: they confirm a type (`modelo 06.pdf`) and never make one (`foto 2026-11-06.jpg`).
fn is_weak(word: &str) -> bool {
    word.len() < 3 && word.bytes().all(|b| b.is_ascii_digit())
}

/// Short words (`dni`, `itv`) must stand alone, or they would be found inside others.
fn stands_in(word: &str, joined: &str, words: &[&str]) -> bool {
    if word.len() <= 4 { words.contains(&word) } else { joined.contains(word) }
}
