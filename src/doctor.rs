//! Self-check: what this terminal, this line and the service can do.

use crate::config::{self, Config, VistaPrevia};
use crate::remote::{Remote, RemoteConfig};
use crate::terminal::pictures;
use crate::theme::ColorDepth;
use domain::texto::clean_line;
use graphics::{Glyphs, Hints, Protocol};
use std::io::IsTerminal;
use std::time::Instant;

/// A line of the report.
pub type Row = (&'static str, String);

/// What can be told without the line.
pub fn local(config: &Config) -> Vec<Row> {
    let variable = |name: &str| std::env::var(name).map_or_else(|_| "—".to_owned(), |value| clean_line(&value));
    let size = crossterm::terminal::size().map_or_else(|_| "—".to_owned(), |(w, h)| format!("{w}×{h} celdas"));
    let pixels = match crossterm::terminal::window_size() {
        Ok(window) if window.width > 0 && window.columns > 0 && window.rows > 0 => {
            format!("{}×{} px", window.width / window.columns, window.height / window.rows)
        }
        _ => "no lo dice".to_owned(),
    };
    let folder = config::folder().map(|folder| folder.join("config.toml"));
    let file = std::env::var_os("EXPEDIENTES_CONFIG").map(Into::into).or(folder);
    let file = file.map_or_else(
        || "—".to_owned(),
        |path: std::path::PathBuf| {
            format!(
                "{}{}",
                clean_line(&path.to_string_lossy()),
                if path.exists() { "" } else { " (no existe: valores por defecto)" }
            )
        },
    );
    vec![
        ("programa", format!("expedientes {} {}", env!("CARGO_PKG_VERSION"), std::env::consts::OS)),
        ("terminal", format!("TERM={} TERM_PROGRAM={}", variable("TERM"), variable("TERM_PROGRAM"))),
        ("interactivo", yes(std::io::stdin().is_terminal() && std::io::stdout().is_terminal())),
        ("tamaño", size),
        ("celda", pixels),
        (
            "colores",
            format!(
                "{} (COLORTERM={} NO_COLOR={})",
                colours(ColorDepth::detect()),
                variable("COLORTERM"),
                variable("NO_COLOR")
            ),
        ),
        ("tmux", yes(std::env::var_os("TMUX").is_some())),
        ("ssh", yes(std::env::var_os("SSH_CONNECTION").is_some())),
        ("idioma", format!("LANG={} LC_ALL={}", variable("LANG"), variable("LC_ALL"))),
        ("configuración", file),
        ("tema", clean_line(&config.tema)),
        ("vista previa", drawing(config.vista_previa).to_owned()),
    ]
}

/// What the line and the service say.
pub async fn line(target: &RemoteConfig) -> Vec<Row> {
    let mut rows = vec![("servicio", clean_line(&target.url))];
    let remote = match Remote::new(target) {
        Ok(remote) => remote,
        Err(error) => {
            rows.push(("conexión", format!("{error:#}")));
            return rows;
        }
    };
    let began = Instant::now();
    let servidor = match remote.servidor().await {
        Ok(servidor) => servidor,
        Err(failure) => {
            rows.push(("conexión", failure.sentence));
            if let Some(sha256) = remote.pin().take_refused() {
                rows.push(("certificado", format!("nadie responde por él: SHA-256 {sha256}")));
            }
            return rows;
        }
    };
    let first = began.elapsed();
    let began = Instant::now();
    let again = remote.servidor().await.map(|_| began.elapsed());
    let (up, down) = remote.bytes();
    rows.push(("primera respuesta", format!("{} ms, con TLS", first.as_millis())));
    if let Ok(again) = again {
        rows.push(("ida y vuelta", format!("{} ms", again.as_millis())));
    }
    rows.push(("bytes", format!("↑{up} ↓{down}")));
    rows.push(("versión", servidor.version));
    rows.push(("capacidades", servidor.capacidades.join(" ")));
    let sesion = match (&target.token, remote.who_am_i().await) {
        (None, _) => "no hay sesión guardada".to_owned(),
        (Some(_), Ok(persona)) => format!("válida, {}", persona.rol.as_str()),
        (Some(_), Err(failure)) => failure.sentence,
    };
    rows.push(("sesión", sesion));
    rows
}

/// What the terminal answers when it is asked, and what follows from it. Nothing where there is nobody to answer.
pub fn pictures() -> Vec<Row> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Vec::new();
    }
    let hints = Hints::from_env();
    let Some(able) = pictures::report(&hints) else { return Vec::new() };
    let best = match graphics::choose(&able, &hints) {
        Protocol::Kitty => "protocolo de kitty",
        Protocol::KittyPlaceholders => "protocolo de kitty, a través de tmux",
        Protocol::Iterm => "imágenes de iTerm2",
        Protocol::Sixel => "sixel",
        Protocol::HalfBlocks => match Glyphs::surely_of(&able.name, &hints) {
            Glyphs::Halves => "medios bloques",
            Glyphs::Quadrants => "cuadrantes",
            Glyphs::Sextants => "sextantes",
            Glyphs::Octants => "octantes",
        },
    };
    let mut rows = vec![
        ("responde", if able.finished { "sí" } else { "no, o tarda demasiado" }.to_owned()),
        ("se llama", if able.name.is_empty() { "no lo dice".to_owned() } else { clean_line(&able.name) }),
        ("imágenes", best.to_owned()),
        ("sincroniza", yes(able.synchronized)),
    ];
    if hints.tmux && !able.finished {
        rows.push((
            "tmux deja pasar",
            "no las imágenes: ponga «set -g allow-passthrough on» en su configuración".to_owned(),
        ));
    }
    rows.push(("respuestas", able.answers.iter().map(|answer| format!("{answer:?}")).collect::<Vec<_>>().join(" ")));
    rows
}

fn colours(depth: ColorDepth) -> &'static str {
    match depth {
        ColorDepth::None => "ninguno",
        ColorDepth::Sixteen => "los 16 del terminal",
        ColorDepth::Indexed => "256",
        ColorDepth::True => "todos, 24 bits",
    }
}

fn drawing(how: VistaPrevia) -> &'static str {
    match how {
        VistaPrevia::Auto => "lo mejor que admita el terminal",
        VistaPrevia::Kitty => "protocolo de kitty",
        VistaPrevia::Iterm => "imágenes de iTerm2",
        VistaPrevia::Sixel => "sixel",
        VistaPrevia::Medios => "medios bloques",
        VistaPrevia::Cuadrantes => "cuadrantes",
        VistaPrevia::Sextantes => "sextantes",
        VistaPrevia::Octantes => "octantes",
        VistaPrevia::Texto => "el texto de la página",
        VistaPrevia::No => "ninguna",
    }
}

fn yes(b: bool) -> String {
    if b { "sí" } else { "no" }.to_owned()
}
