//! A day's work in a real terminal, on a real service: the built program, its own demo, keys and eyes.

#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::process::Command;
use support::Terminal;
use support::service::Service;

/// A PDF by its first bytes and nothing more: it is taken, and has no page.
const BROKEN_PDF: &[u8] = b"%PDF-1.7\nnothing\n%%EOF\n";

impl Service {
    /// Signed in, in the four panes of Venta VN.
    fn at_work(&self, usuario: &str, columns: u16, rows: u16) -> Terminal {
        let url = format!("https://{}", self.address);
        let ca = self.ca();
        let args = ["--server", &url, "--ca", &ca, "--entidad", "norte-seat", "--modelo", "venta-vn"];
        // A home for each: nobody finds another's name remembered.
        let home = tempfile::tempdir_in(self.dir.path()).unwrap().keep();
        let mut terminal = Terminal::start(&args, columns, rows, &home);
        terminal.wait_for("Usuario");
        let digit = match usuario {
            "asesor" => "1",
            "jefe" => "2",
            _ => "3",
        };
        terminal.wait_for("Demostración");
        terminal.keys(digit);
        terminal.wait_for("1 Expediente");
        terminal.wait("rows", |screen| screen.contains("26-0"));
        terminal
    }
}

#[test]
fn an_administrativo_finds_checks_edits_and_leaves() {
    let service = Service::start();
    let mut terminal = service.at_work("administrativo", 160, 45);
    // Finds those with something to check.
    terminal.keys("/estado:pendiente\r");
    terminal.wait_for("estado:pendiente");
    terminal.wait("documents", |screen| screen.contains("· pendiente"));
    // Goes in, looks, and validates; the next pending one is selected.
    terminal.keys("2");
    terminal.wait("its page", |screen| {
        let numero = screen.split("│ 26-").nth(1).and_then(|row| row.get(..5)).unwrap_or("none");
        screen.contains(&format!("2 Documentos ─ 26-{numero}")) && screen.contains("pág. 1/")
    });
    terminal.keys("v");
    terminal.wait_for("Validado:");
    // Rejects with a reason.
    terminal.wait("another", |screen| screen.contains("· pendiente") && screen.contains("pág. 1/"));
    terminal.keys("x");
    terminal.wait_for("Rechazar: ¿por qué?");
    terminal.keys("\r");
    terminal.wait_for("Escriba el motivo.");
    terminal.keys("falta la firma\r");
    terminal.wait_for("Rechazado:");
    // Edits a field; what is wrong is told and not sent.
    terminal.keys("4");
    terminal.keys("e\t");
    terminal.wait_for("editando");
    // What is typed takes the place of what was there.
    terminal.keys("12345678A");
    terminal.wait_for("La letra del NIF");
    terminal.keys("\u{7f}Z");
    terminal.wait_gone("La letra del NIF");
    terminal.keys("\u{13}");
    terminal.wait_for("Índice guardado");
    // History and undo.
    terminal.keys("h");
    terminal.wait_for("Cambia el índice");
    terminal.keys("\r");
    terminal.wait_for("¿Deshacer");
    terminal.keys("s");
    terminal.wait_for("Deshecho.");
    terminal.keys("q");
    assert_eq!(terminal.end(), 0);
    terminal.wait_given_back();
}

#[test]
fn an_asesor_uploads_by_pasting_and_sees_the_page() {
    let service = Service::start();
    let mut terminal = service.at_work("asesor", 160, 45);
    let file = service.dir.path().join("pedido firmado.pdf");
    std::fs::write(&file, BROKEN_PDF).unwrap();
    terminal.wait_for("Índice ─");
    terminal.wait_for("rev.");
    terminal.paste(&format!("'{}'", file.display()));
    terminal.wait_for("revise los tipos");
    terminal.wait_for("Pedido firmado");
    terminal.keys("\r");
    terminal.wait_for("Subido:");
    terminal.wait_for("pedido firmado.pdf");
    // Nothing outside the role: it says why.
    terminal.keys("v");
    terminal.wait_for("es cosa de administración");
    terminal.keys("\u{3}");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn two_people_see_each_others_changes() {
    let service = Service::start();
    let (mut one, two) = (service.at_work("administrativo", 160, 45), service.at_work("jefe", 160, 45));
    one.wait_for("rev.");
    two.wait_for("rev.");
    let seen = |screen: &str| screen.split("4 Índice ─ ").nth(1).and_then(|rest| rest.get(..8)).map(str::to_owned);
    // Both at the same expediente: the newest that the jefe's team has.
    let theirs = seen(&two.text()).unwrap();
    one.keys(&format!("/numero:{theirs}\r"));
    one.wait("the same one", |screen| seen(screen).as_deref() == Some(&theirs));
    one.keys("4e");
    one.wait_for("editando");
    one.keys("\u{1b}[HZeta \u{13}");
    one.wait_for("Índice guardado");
    two.wait_for("Zeta ");
}

#[test]
fn a_service_that_goes_away_comes_back_and_nothing_typed_is_lost() {
    let service = Service::start();
    let mut terminal = service.at_work("administrativo", 120, 40);
    terminal.wait_for("Pedido");
    terminal.keys("4");
    terminal.wait_for("rev.");
    terminal.keys("e");
    terminal.wait_for("editando");
    terminal.keys("\u{1b}[HCorte ");
    let (dir, address) = service.stop();
    terminal.wait_for("SIN CONEXIÓN");
    terminal.wait_for("Corte ");
    terminal.keys("\u{13}");
    let _back = Service::on(dir, &address);
    terminal.wait_for("Índice guardado");
    terminal.wait_for("en línea");
    terminal.wait_for("Corte ");
}

#[test]
fn any_size_and_any_end_leave_the_terminal_whole() {
    let service = Service::start();
    let mut terminal = service.at_work("jefe", 80, 24);
    terminal.resize(30, 8);
    terminal.wait_for("demasiado");
    terminal.resize(200, 50);
    terminal.wait_for("4 Índice");
    terminal.resize(40, 10);
    terminal.wait_for("Expediente");
    let _ = Command::new("kill").arg(terminal.pid().to_string()).status();
    terminal.end();
    terminal.wait_given_back();
}
