//! The pool with real worker processes: what goes wrong in one costs one request.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{path::PathBuf, time::Duration};

use common::*;
use render::{Pool, PoolConfig, RenderError};
use tempfile::TempDir;

/// A directory with documents, and a pool.
struct Banco {
    dir: TempDir,
    pool: Pool,
}

impl Banco {
    fn new(ajustar: impl FnOnce(&mut PoolConfig)) -> Self {
        let mut config = PoolConfig::new(env!("CARGO_BIN_EXE_render-worker"), [], 2);
        config.wall = Duration::from_secs(120);
        ajustar(&mut config);
        Self { dir: tempfile::tempdir().unwrap(), pool: Pool::new(config) }
    }

    fn documento(&self, nombre: &str, bytes: &[u8]) -> PathBuf {
        let ruta = self.dir.path().join(nombre);
        std::fs::write(&ruta, bytes).unwrap();
        ruta
    }
}

#[tokio::test]
async fn a_worker_gives_what_the_renderers_give() {
    let banco = Banco::new(|_| {});
    let bytes = pdf(&[Hoja::default(); 3]);
    let doc = banco.documento("a", &bytes);
    assert_eq!(banco.pool.paginas(&doc, None).await, Ok(3));
    assert_eq!(
        banco.pool.pagina(&doc, None, &peticion(3, 300, 300)).await,
        render::pagina(&bytes, &peticion(3, 300, 300))
    );
    assert_eq!(banco.pool.texto(&doc, None, None).await, render::texto(&bytes, None));
    let foto = banco.documento("b", &jpeg(&cuadro(), 6));
    assert_eq!(banco.pool.pagina(&foto, None, &peticion(1, 30, 30)).await.unwrap().ancho, 20);
}

#[tokio::test]
async fn errors_of_the_document_cross_the_pipe_and_the_worker_lives_on() {
    let banco = Banco::new(|c| c.workers = 1);
    let casos = [
        ("cifrado", pdf_cifrado("secreto"), RenderError::ClaveNecesaria),
        ("programa", b"\x7fELF%PDF-1.4".to_vec(), RenderError::FormatoDesconocido),
        ("roto", b"%PDF-1.4\n1 0 obj".to_vec(), RenderError::Roto),
    ];
    for (nombre, bytes, error) in casos {
        let doc = banco.documento(nombre, &bytes);
        assert_eq!(banco.pool.pagina(&doc, None, &peticion(1, 50, 50)).await, Err(error), "{nombre}");
    }
    let doc = banco.documento("bueno", &pdf(&[Hoja::default()]));
    assert_eq!(
        banco.pool.pagina(&doc, None, &peticion(2, 9, 9)).await,
        Err(RenderError::PaginaInexistente { paginas: 1 })
    );
    assert_eq!(banco.pool.paginas(&doc, None).await, Ok(1));
}

#[tokio::test]
async fn a_bomb_costs_one_request() {
    let banco = Banco::new(|c| {
        c.workers = 1;
        c.memory_bytes = 400 * 1024 * 1024;
        c.cpu_seconds = 60;
    });
    let bomba = banco.documento("bomba", &pdf_bomba());
    assert_eq!(banco.pool.pagina(&bomba, None, &peticion(1, 100, 100)).await, Err(RenderError::Memoria));
    let doc = banco.documento("bueno", &pdf(&[Hoja::default()]));
    assert_eq!(banco.pool.paginas(&doc, None).await, Ok(1));
}

#[tokio::test]
async fn cpu_time_is_limited_for_each_request() {
    let banco = Banco::new(|c| {
        c.workers = 1;
        c.cpu_seconds = 1;
        // A fast machine must not meet this limit before the other one.
        c.memory_bytes = 8 << 30;
    });
    // More than ten seconds of drawing.
    let lento = banco.documento("lento", &pdf_lento());
    assert_eq!(banco.pool.pagina(&lento, None, &peticion(1, 500, 500)).await, Err(RenderError::Tiempo));
    let doc = banco.documento("bueno", &pdf(&[Hoja::default()]));
    assert!(banco.pool.pagina(&doc, None, &peticion(1, 50, 50)).await.is_ok());
}

#[tokio::test]
async fn wall_time_is_kept_by_the_parent() {
    let mut config = PoolConfig::new("/bin/sh", ["-c".into(), "cat >/dev/null; :".into()], 1);
    config.wall = Duration::from_millis(50);
    let dir = tempfile::tempdir().unwrap();
    let doc = dir.path().join("a");
    std::fs::write(&doc, b"hola").unwrap();
    assert_eq!(Pool::new(config).paginas(&doc, None).await, Err(RenderError::Tiempo));
}

#[tokio::test]
async fn a_dead_or_lying_worker_is_an_error_and_never_a_hang() {
    let dir = tempfile::tempdir().unwrap();
    let doc = dir.path().join("a");
    std::fs::write(&doc, vec![b'a'; 1 << 20]).unwrap();
    let casos = [
        ("kill -9 $$", RenderError::Memoria),
        ("kill -ABRT $$", RenderError::Memoria),
        ("kill -XCPU $$", RenderError::Tiempo),
    ];
    for (orden, error) in casos {
        let pool = Pool::new(PoolConfig::new("/bin/sh", ["-c".into(), orden.into()], 1));
        for _ in 0..2 {
            assert_eq!(pool.paginas(&doc, None).await, Err(error.clone()), "{orden}");
        }
    }
    std::fs::write(&doc, "hola").unwrap();
    for orden in ["exit 3", "exec yes", "exec head -c 4096 /dev/zero", "printf '\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0{'"]
    {
        let pool = Pool::new(PoolConfig::new("/bin/sh", ["-c".into(), orden.into()], 1));
        assert!(matches!(pool.paginas(&doc, None).await, Err(RenderError::Worker(_))), "{orden}");
    }
    let pool = Pool::new(PoolConfig::new("/does/not/exist", [], 1));
    assert!(matches!(pool.paginas(&doc, None).await, Err(RenderError::Worker(_))));
    assert!(matches!(pool.paginas(&dir.path().join("missing"), None).await, Err(RenderError::Worker(_))));
}

#[tokio::test]
async fn workers_are_used_again_and_replaced_after_their_share() {
    let dir = tempfile::tempdir().unwrap();
    let arranques = dir.path().join("starts");
    let orden = format!("echo >>'{}'; exec '{}'", arranques.display(), env!("CARGO_BIN_EXE_render-worker"));
    let mut config = PoolConfig::new("/bin/sh", ["-c".into(), orden], 1);
    config.restart_after = 3;
    let pool = Pool::new(config);
    let doc = dir.path().join("a");
    std::fs::write(&doc, "hola").unwrap();
    for hechos in 1..=7 {
        assert_eq!(pool.paginas(&doc, None).await, Ok(1));
        let veces = std::fs::read_to_string(&arranques).unwrap().lines().count();
        assert_eq!(veces, usize::div_ceil(hechos, 3), "after {hechos}");
    }
}

#[tokio::test]
async fn one_heavy_file_leaves_a_worker_for_the_others() {
    let banco = Banco::new(|c| c.cpu_seconds = 100);
    let lento = banco.documento("lento", &pdf_lento());
    let doc = banco.documento("bueno", &pdf(&[Hoja::default()]));
    let peticiones: Vec<_> = (0..3)
        .map(|_| {
            let (pool, lento) = (banco.pool.clone(), lento.clone());
            tokio::spawn(async move { pool.pagina(&lento, None, &peticion(1, 500, 500)).await })
        })
        .collect();
    tokio::task::yield_now().await;
    assert_eq!(banco.pool.paginas(&doc, None).await, Ok(1));
    assert!(peticiones.iter().all(|p| !p.is_finished()), "the heavy file is still being drawn");
    peticiones.iter().for_each(tokio::task::JoinHandle::abort);
}

/// What the kernel says about a process, one field a line.
#[cfg(target_os = "linux")]
fn campo(pid: &str, archivo: &str, nombre: &str) -> Option<String> {
    let texto = std::fs::read_to_string(format!("/proc/{pid}/{archivo}")).ok()?;
    texto.lines().find_map(|linea| linea.strip_prefix(nombre)).map(|resto| resto.trim().to_owned())
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_worker_is_fenced_in_and_one_killed_costs_one_request_at_most() {
    let dir = tempfile::tempdir().unwrap();
    let pids = dir.path().join("pid");
    let orden = format!("echo $$ >'{}'; exec '{}'", pids.display(), env!("CARGO_BIN_EXE_render-worker"));
    let pool = Pool::new(PoolConfig::new("/bin/sh", ["-c".into(), orden], 1));
    let doc = dir.path().join("a");
    std::fs::write(&doc, "hola").unwrap();
    assert_eq!(pool.paginas(&doc, None).await, Ok(1));

    let pid = std::fs::read_to_string(&pids).unwrap().trim().to_owned();
    let memoria = campo(&pid, "limits", "Max address space").unwrap();
    assert!(memoria.starts_with("1073741824 "), "{memoria}");
    assert!(campo(&pid, "limits", "Max file size").unwrap().starts_with("0 "));
    assert!(campo(&pid, "limits", "Max core file size").unwrap().starts_with("0 "));
    if campo("self", "status", "Seccomp_filters:").is_some() {
        assert_eq!(campo(&pid, "status", "Seccomp:").as_deref(), Some("2"), "system calls are filtered");
        assert_eq!(campo(&pid, "status", "NoNewPrivs:").as_deref(), Some("1"));
    }

    assert!(std::process::Command::new("kill").args(["-9", &pid]).status().unwrap().success());
    // The kernel may not be done with it yet: then the next request goes to the dying one, and only that is lost.
    let siguiente = pool.paginas(&doc, None).await;
    assert!(matches!(siguiente, Ok(1) | Err(RenderError::Memoria)), "{siguiente:?}");
    assert_eq!(pool.paginas(&doc, None).await, Ok(1));
    assert_ne!(std::fs::read_to_string(&pids).unwrap().trim(), pid, "another worker has answered");
}

#[tokio::test]
async fn whoever_waits_for_a_page_that_takes_too_long_does_not_wait_for_it_again() {
    let banco = Banco::new(|c| {
        c.workers = 2;
        c.cpu_seconds = 1;
        c.memory_bytes = 8 << 30;
    });
    let lento = banco.documento("lento", &pdf_lento());
    let pedir = |lado| {
        let (pool, lento) = (banco.pool.clone(), lento.clone());
        async move { pool.pagina(&lento, None, &peticion(1, lado, lado)).await }
    };
    assert_eq!(pedir(500).await, Err(RenderError::Tiempo));
    // Nobody tries another size of it: by now it could be drawn.
    std::fs::write(&lento, pdf(&[Hoja::default()])).unwrap();
    for lado in [400, 401] {
        assert_eq!(pedir(lado).await, Err(RenderError::Tiempo));
    }
    let doc = banco.documento("bueno", &pdf(&[Hoja::default()]));
    assert!(banco.pool.pagina(&doc, None, &peticion(1, 50, 50)).await.is_ok());
}
