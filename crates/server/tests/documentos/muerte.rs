//! Uploads while the service is killed (-9) again and again: all arrive, equal, none twice.

use super::arranque::{database, origin};
use super::casa::{Casa, Persona, program};
use super::muestras;
use super::tus::{self, Meta};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use reqwest::{Method, Response};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::Mutex;

const FILES: usize = 30;
const CHUNK: usize = 40_000;
const KILLS: usize = 8;
/// Attempts per file; each kill costs one or two.
const ATTEMPTS: usize = 100;

/// A service in a process of its own, killed after so and so many answers.
struct Victim {
    datos: PathBuf,
    child: Child,
    base: String,
    answers: usize,
    /// At which answers it is killed, the next one last.
    kills: Vec<usize>,
}

impl Victim {
    async fn start(datos: &Path) -> (Child, String) {
        let mut child = Command::new(program()).arg(datos).stdout(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let addr = lines.next_line().await.unwrap().expect("the service started");
        (child, origin(&addr))
    }

    /// An answer came. Other uploads are in the midst of theirs.
    async fn answered(&mut self) {
        self.answers += 1;
        if self.kills.last() == Some(&self.answers) {
            self.kills.pop();
            self.child.kill().await.unwrap();
            (self.child, self.base) = Self::start(&self.datos).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_upload_arrives_once_whatever_happens_to_the_service() {
    let casa = Casa::start().await;
    let (asesor, expediente) = (casa.asesor(), casa.expediente());
    // What it leaves is what the other process finds.
    let dir = casa.stop().await;
    let datos = dir.path().to_owned();
    let files: Vec<Vec<u8>> = (0..FILES).map(|n| muestras::text_of(n as u64, 100_000 + n * 7_001)).collect();
    let answers: usize = files.iter().map(|content| content.len().div_ceil(CHUNK)).sum();
    let mut random = StdRng::seed_from_u64(20_261_124);
    let kills: BTreeSet<usize> = (0..KILLS).map(|_| random.random_range(1..answers / 2)).collect();
    let kills = kills.into_iter().rev().collect();
    let (child, base) = Victim::start(&datos).await;
    let victim = Mutex::new(Victim { datos: datos.clone(), child, base, answers: 0, kills });

    let uploads = files.iter().enumerate().map(|(n, content)| {
        let meta = Meta::new(expediente, "oferta", &format!("{n}.txt")).with("clave", format!("k{n}"));
        let (victim, asesor) = (&victim, &asesor);
        async move {
            for _ in 0..ATTEMPTS {
                let who = asesor.moved_to(&victim.lock().await.base);
                if let Some(id) = attempt(&who, victim, &meta, content).await {
                    return id;
                }
            }
            panic!("file {n} did not arrive")
        }
    });
    let ids: Vec<u64> = futures_util::future::join_all(uploads).await;

    let victim = victim.into_inner();
    assert!(victim.kills.is_empty(), "{:?} not reached", victim.kills);
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), FILES);
    let who = asesor.moved_to(&victim.base);
    for (id, content) in ids.iter().zip(&files) {
        let back = who.at(Method::GET, &format!("/documentos/{id}/original")).send().await.unwrap();
        assert!(back.bytes().await.unwrap() == *content, "{id}");
    }
    let db = server::store::Db::open(&database(&datos)).await.unwrap();
    let count: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM documento").fetch_one(&mut *db.read().await.unwrap()).await.unwrap();
    assert_eq!(count, FILES as i64);
}

/// Uploads from wherever the service has got; `None` when it fell meanwhile.
async fn attempt(who: &Persona, victim: &Mutex<Victim>, meta: &Meta, content: &[u8]) -> Option<u64> {
    let created = tus::try_create(who, meta, content.len() as u64).await.ok()?;
    assert_eq!(created.status(), 201);
    let at = tus::location(&created);
    let mut answer = tus::try_head(who, &at).await.ok()?;
    loop {
        assert!(is_usual(&answer), "{}", answer.status());
        if let Some(id) = tus::number(&answer, "documento-id") {
            return Some(id);
        }
        let offset = usize::try_from(tus::number(&answer, "upload-offset")?).unwrap();
        let end = content.len().min(offset + CHUNK);
        answer = tus::try_patch(who, &at, offset as u64, content[offset..end].to_vec()).await.ok()?;
        victim.lock().await.answered().await;
    }
}

/// Done, or somebody else (the connection that died) is still at it.
fn is_usual(answer: &Response) -> bool {
    matches!(answer.status().as_u16(), 200 | 204 | 409)
}
