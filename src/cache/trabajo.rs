//! Work that is not done yet, in a file per running program: two of them never write the same one, and what one that is gone has left is
//! taken over by the next of the same person.

use super::{Cache, name_for};
use crate::remote::store::{private_folder, write_private};
use crate::state::trabajo::Trabajo;
use std::fs::File;
use std::path::{Path, PathBuf};

/// The file of this program, for one person on one service.
#[derive(Debug)]
pub struct Diary {
    file: PathBuf,
    lock: PathBuf,
    /// Locked as long as this program runs, whatever ends it.
    _held: File,
}

impl Diary {
    /// Opens one, and takes over what programs that are gone have left.
    pub fn open(cache: &Cache, url: &str, usuario: &str) -> std::io::Result<(Self, Trabajo)> {
        private_folder(&cache.0)?;
        let stem = name_for("trabajo", &[url, usuario]).trim_end_matches(".json").to_owned();
        let left = left_behind(&cache.0, &stem);
        let own = format!("{stem}-{}-{:08x}", std::process::id(), rand::random::<u32>());
        let (file, lock) = (cache.0.join(format!("{own}.json")), cache.0.join(format!("{own}.lock")));
        let held = File::create(&lock)?;
        held.try_lock()?;
        let diary = Self { file, lock, _held: held };
        // Here before it is gone there: a fall in between finds it twice, and what is done twice under one key is done once.
        diary.keep(&merged(&left))?;
        for (path, _, _held) in &left {
            let _ = std::fs::remove_file(path);
            let _ = std::fs::remove_file(path.with_extension("lock"));
        }
        Ok((diary, merged(&left)))
    }

    /// Keeps this, whole or not at all, on the disk when it returns. Nothing is no file.
    pub fn keep(&self, trabajo: &Trabajo) -> std::io::Result<()> {
        if !trabajo.is_empty() {
            return write_private(&self.file, &serde_json::to_vec(trabajo)?);
        }
        match std::fs::remove_file(&self.file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

impl Drop for Diary {
    fn drop(&mut self) {
        if !self.file.exists() {
            let _ = std::fs::remove_file(&self.lock);
        }
    }
}

type Left = (PathBuf, Trabajo, File);

/// Files of this person that no running program holds.
fn left_behind(folder: &Path, stem: &str) -> Vec<Left> {
    let mut left: Vec<Left> = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return left };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !(name.starts_with(stem) && name.ends_with(".json")) {
            continue;
        }
        let Some(lock) = File::create(path.with_extension("lock")).ok().filter(|lock| lock.try_lock().is_ok()) else {
            continue;
        };
        let Some(trabajo) = std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<Trabajo>(&bytes).ok())
        else {
            continue;
        };
        left.push((path, trabajo, lock));
    }
    left
}

fn merged(left: &[Left]) -> Trabajo {
    left.iter().fold(Trabajo::default(), |mut all, (_, one, _)| {
        // By name and all of them: a kind of work that is forgotten here is lost.
        let Trabajo { indices, nuevos, escritos, cambios, subidas } = one.clone();
        all.indices.extend(indices);
        all.nuevos.extend(nuevos);
        all.escritos.extend(escritos);
        all.cambios.extend(cambios);
        all.subidas.extend(subidas);
        all
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::effect::Write;
    use crate::state::notas::Escritura;
    use crate::state::outbox::Sent;
    use domain::DocumentoId;

    fn one(key: &str) -> Trabajo {
        let write = Write::RecoverDocumento { documento: DocumentoId(7) };
        Trabajo { cambios: vec![Sent { key: key.to_owned(), write, since: 0, waiting: false }], ..Trabajo::default() }
    }

    fn open(cache: &Cache, usuario: &str) -> (Diary, Trabajo) {
        Diary::open(cache, "https://casa", usuario).unwrap()
    }

    #[test]
    fn what_is_left_is_for_the_next_of_the_same_person_and_once() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache(folder.path().to_owned());
        let (diary, left) = open(&cache, "ana");
        assert!(left.is_empty());
        let note = Escritura {
            expediente: domain::ExpedienteId(1),
            otros: vec![domain::ExpedienteId(2)],
            numero: "26-00001".to_owned(),
            cual: None,
            texto: "uno\ndos".to_owned(),
            encargo: None,
            error: None,
        };
        let work = Trabajo { escritos: vec![note], ..one("a") };
        diary.keep(&work).unwrap();
        drop(diary);
        assert!(open(&cache, "luis").1.is_empty(), "somebody else's");
        let (diary, left) = open(&cache, "ana");
        assert_eq!(left, work);
        diary.keep(&Trabajo::default()).unwrap();
        drop(diary);
        assert!(open(&cache, "ana").1.is_empty());
    }

    #[test]
    fn of_two_that_run_neither_takes_what_the_other_holds() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache(folder.path().to_owned());
        let (first, _) = open(&cache, "ana");
        first.keep(&one("a")).unwrap();
        let (second, left) = open(&cache, "ana");
        assert!(left.is_empty());
        second.keep(&one("b")).unwrap();
        drop((first, second));
        let (_, left) = open(&cache, "ana");
        let mut keys: Vec<String> = left.cambios.into_iter().map(|sent| sent.key).collect();
        keys.sort();
        assert_eq!(keys, ["a", "b"]);
    }

    #[test]
    fn nobody_else_reads_it_and_a_broken_one_stops_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache(folder.path().join("estado"));
        let (diary, _) = open(&cache, "ana");
        diary.keep(&one("a")).unwrap();
        #[cfg(unix)]
        for (path, wanted) in [(&diary.file, 0o600), (&cache.0, 0o700)] {
            let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).unwrap().permissions());
            assert_eq!(mode & 0o777, wanted);
        }
        std::fs::write(&diary.file, b"{").unwrap();
        drop(diary);
        assert!(open(&cache, "ana").1.is_empty());
    }
}
