//! What the narrow tables get, put in the order of their keys with little memory: sorted piece by piece into temporary files, then merged.
//!
//! Rows that come in the order of their keys fill each page once. Inserted as they are made, a million expedientes would write most
//! pages of those tables again with every piece.

use crate::store::texto::Entrada;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::Path;

/// A row of a narrow table but for what it repeats of its expediente. The order is that of the tables' keys.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The place for words; values of fields are kept by the field's number alone.
    lugar: i64,
    /// What is looked for.
    pub entrada: Entrada,
    /// The expediente.
    pub id: i64,
}

impl Entry {
    /// What expediente `id` of that place puts into a table.
    pub fn new(lugar: i64, entrada: Entrada, id: i64) -> Self {
        Self { lugar: if matches!(entrada, Entrada::Palabra(_)) { lugar } else { 0 }, entrada, id }
    }

    /// The place, for words.
    pub fn lugar(&self) -> i64 {
        self.lugar
    }

    fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let (kind, campo, text, number) = match &self.entrada {
            Entrada::Palabra(word) => (0, 0, word.as_str(), 0),
            Entrada::Texto(campo, text) => (1, *campo, text.as_str(), 0),
            Entrada::Entero(campo, n) => (2, *campo, "", *n),
        };
        to.write_all(&[kind])?;
        for n in [self.lugar, self.id, campo, number, text.len() as i64] {
            to.write_all(&n.to_le_bytes())?;
        }
        to.write_all(text.as_bytes())
    }

    /// The next one of a file; none at its end.
    fn read(from: &mut impl Read) -> io::Result<Option<Self>> {
        let mut kind = [0];
        if from.read(&mut kind)? == 0 {
            return Ok(None);
        }
        let mut number = || {
            let mut bytes = [0; 8];
            from.read_exact(&mut bytes).map(|()| i64::from_le_bytes(bytes))
        };
        let (lugar, id, campo, n, len) = (number()?, number()?, number()?, number()?, number()?);
        let mut text = vec![0; usize::try_from(len).map_err(io::Error::other)?];
        from.read_exact(&mut text)?;
        let text = String::from_utf8(text).map_err(io::Error::other)?;
        let entrada = match kind {
            [0] => Entrada::Palabra(text),
            [1] => Entrada::Texto(campo, text),
            _ => Entrada::Entero(campo, n),
        };
        Ok(Some(Self { lugar, entrada, id }))
    }
}

/// Sorted files of entries, and those that are still in memory.
#[derive(Debug, Default)]
pub struct Runs {
    files: Vec<File>,
    waiting: Vec<Entry>,
}

impl Runs {
    /// Adds an entry.
    pub fn push(&mut self, entry: Entry) {
        self.waiting.push(entry);
    }

    /// Moves what is in memory into a file of that folder, which goes with the process. Blocks.
    pub fn spill(&mut self, folder: &Path) -> io::Result<()> {
        self.waiting.sort_unstable();
        let mut out = BufWriter::new(tempfile::tempfile_in(folder)?);
        for entry in self.waiting.drain(..) {
            entry.write(&mut out)?;
        }
        let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        self.files.push(file);
        Ok(())
    }

    /// All of them, in order.
    pub fn merge(mut self) -> io::Result<Merged> {
        self.waiting.sort_unstable();
        let mut sources: Vec<Source> = self.files.into_iter().map(|file| Source::File(BufReader::new(file))).collect();
        sources.push(Source::Memory(self.waiting.into_iter()));
        let mut merged = Merged { sources, heads: BinaryHeap::new() };
        for source in 0..merged.sources.len() {
            merged.advance(source)?;
        }
        Ok(merged)
    }
}

#[derive(Debug)]
enum Source {
    File(BufReader<File>),
    Memory(std::vec::IntoIter<Entry>),
}

/// Entries of all runs, in order.
#[derive(Debug)]
pub struct Merged {
    sources: Vec<Source>,
    /// The least of each source, and which it is of.
    heads: BinaryHeap<Reverse<(Entry, usize)>>,
}

impl Merged {
    /// The next so many; none at the end. Blocks.
    pub fn next_piece(&mut self, most: usize) -> io::Result<Vec<Entry>> {
        let mut piece = Vec::new();
        while piece.len() < most {
            let Some(Reverse((entry, source))) = self.heads.pop() else { break };
            piece.push(entry);
            self.advance(source)?;
        }
        Ok(piece)
    }

    fn advance(&mut self, source: usize) -> io::Result<()> {
        let next = match &mut self.sources[source] {
            Source::File(file) => Entry::read(file)?,
            Source::Memory(entries) => entries.next(),
        };
        self.heads.extend(next.map(|entry| Reverse((entry, source))));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn entries() -> Vec<Entry> {
        let of = |n: i64| {
            [
                Entry::new(n % 2 + 1, Entrada::Palabra(format!("palabra{}", n * 7 % 10)), n),
                Entry::new(n % 2 + 1, Entrada::Texto(n % 3, "ñandú".repeat(n as usize % 4)), n),
                Entry::new(n % 2 + 1, Entrada::Entero(n % 3, i64::MIN + n), n),
            ]
        };
        (0..50).flat_map(of).collect()
    }

    #[test]
    fn runs_of_any_length_merge_into_the_order_of_the_keys() {
        let mut expected = entries();
        expected.sort();
        let folder = tempfile::tempdir().unwrap();
        for every in [1, 7, 49, 1_000] {
            let mut runs = Runs::default();
            for (i, entry) in entries().into_iter().enumerate() {
                runs.push(entry);
                if i % every == every - 1 {
                    runs.spill(folder.path()).unwrap();
                }
            }
            let mut merged = runs.merge().unwrap();
            let pieces = std::iter::from_fn(|| Some(merged.next_piece(11).unwrap()).filter(|piece| !piece.is_empty()));
            assert_eq!(pieces.flatten().collect::<Vec<_>>(), expected, "{every}");
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
