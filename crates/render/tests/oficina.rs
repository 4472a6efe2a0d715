//! The office program behind its fence. A shell script stands in for it, so that this runs everywhere.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use render::{Formato, Oficina, RenderError};
use tempfile::TempDir;

/// A folder that the fence leaves readable, with an office program that does what the script says; `$salida` is the PDF
/// it should write.
struct Banco {
    dir: TempDir,
    oficina: Oficina,
}

impl Banco {
    fn new(guion: &str) -> Self {
        let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let programa = dir.path().join("soffice");
        // The last two arguments are the folder and the document.
        let cabeza = "#!/bin/sh\nfor a; do carpeta=$entrada; entrada=$a; done\nsalida=$carpeta/entrada.pdf\n";
        // The empty document that comes first finds it in order.
        let estreno = "grep -q original $entrada || { mkdir -p $carpeta/perfil; printf %%PDF-1.7 > $salida; exit; }\n";
        std::fs::write(&programa, format!("{cabeza}{estreno}{guion}\n")).unwrap();
        std::fs::set_permissions(&programa, PermissionsExt::from_mode(0o755)).unwrap();
        let lanzador = PathBuf::from(env!("CARGO_BIN_EXE_render-worker"));
        let oficina = Oficina::new(programa, lanzador, Vec::new()).unwrap();
        Self { dir, oficina }
    }

    async fn convertir(&self) -> Result<Vec<u8>, RenderError> {
        let original = self.dir.path().join("original");
        std::fs::write(&original, "el original").unwrap();
        self.oficina.convertir(&original, Formato::Docx).await
    }
}

#[tokio::test]
async fn a_document_becomes_a_pdf() {
    let banco = Banco::new("printf %%PDF-1.7 > $salida; cat $entrada >> $salida");
    assert_eq!(banco.convertir().await, Ok(b"%PDF-1.7el original".to_vec()));
}

#[tokio::test]
async fn what_is_no_pdf_is_an_error_and_a_link_is_not_followed() {
    for guion in ["true", "exit 3", "echo hola > $salida", "ln -s /etc/passwd $salida", "mkdir $salida"] {
        assert_eq!(Banco::new(guion).convertir().await, Err(RenderError::Roto), "{guion}");
    }
}

#[tokio::test]
async fn a_program_that_fails_at_everything_is_not_the_fault_of_the_document() {
    let banco = Banco::new("true");
    std::fs::write(banco.oficina.programa(), "#!/bin/sh\nexit 1\n").unwrap();
    assert!(matches!(banco.convertir().await, Err(RenderError::Worker(_))));
}

#[tokio::test]
async fn a_program_that_is_not_there_is_told_apart() {
    let banco = Banco::new("true");
    std::fs::remove_file(banco.oficina.programa()).unwrap();
    assert!(matches!(banco.convertir().await, Err(RenderError::Worker(_))));
}

#[tokio::test]
async fn whoever_takes_too_long_ends_with_all_it_has_started() {
    let mut banco = Banco::new("mkfifo $carpeta/tubo; (cat $carpeta/tubo) & cat $carpeta/tubo");
    banco.oficina = banco.oficina.con_espera(Duration::from_millis(200));
    assert_eq!(banco.convertir().await, Err(RenderError::Tiempo));
}

/// What the script could do without the fence: each line leaves a mark in the PDF when it works.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_fence_keeps_it_from_what_is_not_its_own() {
    let secreto = tempfile::NamedTempFile::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    std::fs::write(secreto.path(), "secreto").unwrap();
    let banco = Banco::new(&format!(
        "printf %%PDF-1.7 > $salida; cat {secreto} >> $salida; echo fuga >> {secreto}; \
         ls / >> $salida; echo $EXPEDIENTES_OFICINA_CARPETA >> $salida; ulimit -f > $carpeta/limite; \
         [ $(cat $carpeta/limite) = unlimited ] && echo sin limite >> $salida",
        secreto = secreto.path().display()
    ));
    let hecho = String::from_utf8(banco.convertir().await.unwrap()).unwrap();
    // A kernel without landlock leaves the files open; the limits hold everywhere.
    assert!(!hecho.contains("sin limite"), "{hecho}");
    if std::fs::read_to_string("/sys/kernel/security/lsm").is_ok_and(|lsm| lsm.contains("landlock")) {
        assert_eq!(hecho.trim(), "%PDF-1.7");
        assert_eq!(std::fs::read_to_string(secreto.path()).unwrap(), "secreto");
    }
}

#[tokio::test]
async fn nothing_stays_behind() {
    let banco = Banco::new("printf %%PDF-1.7$carpeta > $salida");
    let hecho = String::from_utf8(banco.convertir().await.unwrap()).unwrap();
    let carpeta = hecho.strip_prefix("%PDF-1.7").unwrap();
    assert!(carpeta.starts_with('/') && !Path::new(carpeta).exists());
}
