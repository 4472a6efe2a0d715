//! The viewer in a real terminal, on a real service: a document with a password, its pages, and what stands in them.

#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use support::Terminal;
use support::answers::Answers;
use support::service::Service;

/// One page, «Factura secreta»; `usuario` opens it.
const LOCKED: &[u8] = include_bytes!("../crates/render/tests/datos/clave-aes-256.pdf");

/// How kitty's pictures are sent.
const SENT: &[u8] = b"\x1b_Ga=t,f=100,";

fn count(written: &[u8], what: &[u8]) -> usize {
    written.windows(what.len()).filter(|window| *window == what).count()
}

/// Signed in as asesor, a document with a password uploaded and selected.
fn with_locked_document(service: &Service, answers: &Answers) -> Terminal {
    let url = format!("https://{}", service.address);
    let ca = service.ca();
    let args = ["--server", &url, "--ca", &ca, "--entidad", "norte-seat", "--modelo", "venta-vn"];
    let home = tempfile::tempdir_in(service.dir.path()).unwrap().keep();
    let mut terminal = Terminal::start_as(answers, &args, &[], (160, 45), &home);
    terminal.wait_for("Demostración");
    terminal.keys("1");
    terminal.wait_for("rev.");
    let file = service.dir.path().join("factura secreta.pdf");
    std::fs::write(&file, LOCKED).unwrap();
    terminal.paste(&format!("'{}'", file.display()));
    terminal.wait_for("revise los tipos");
    terminal.keys("\r");
    terminal.wait_for("Subido:");
    let is_row = |line: &str| line.contains("factura secreta.pdf") && line.contains("pendiente");
    let screen = terminal.wait("its row", |screen| screen.lines().any(is_row));
    // To it, wherever its type has put it.
    let rows = screen.lines().skip_while(|line| !line.contains("2 Documentos")).skip(1);
    let row = rows.take_while(|line| !is_row(line)).count();
    terminal.keys(&format!("2g{}", "j".repeat(row)));
    terminal.wait_for("Pulse Intro para escribir la clave.");
    terminal
}

#[test]
fn a_password_opens_the_page_and_what_stands_in_it_is_found() {
    let service = Service::start();
    let mut terminal = with_locked_document(&service, &Answers::kitty());
    terminal.keys("3\r");
    terminal.wait_for("Clave del documento");
    terminal.keys("equivocada\r");
    terminal.wait_for("Esa no es la clave del documento.");
    assert!(!terminal.text().contains("equivocada"), "nobody reads over a shoulder");
    terminal.keys("usuario\r");
    terminal.wait_for("pág. 1/1");
    // What stands in it is found and lit: the page, and a small picture over it.
    terminal.forget_written();
    terminal.keys("/secreta");
    terminal.wait_for("1 de 1");
    terminal.wait_written("the hit lit", |written| count(written, SENT) > 0);
    terminal.keys("\tzzz");
    terminal.wait_for("250 %");
    terminal.keys("\u{1b}");
    terminal.wait_gone("Buscar:");
    terminal.keys("t");
    terminal.wait_for("Factura secreta");
    terminal.keys("q");
    assert_eq!(terminal.end(), 0);
}
