//! CPU of a page of the list at size, each search kind and role: `FIGURES_ROWS=1000000 cargo bench --bench lista`. See `benches/README.md`.

#[path = "support/cpu.rs"]
mod cpu;
#[path = "support/service.rs"]
mod service;
#[path = "support/table.rs"]
mod table;

use anyhow::Context;
use api::lista::ListaParams;
use domain::query::{Schema, parse};
use domain::scope::Cuales;
use domain::{EntidadId, Modelo, Scope};
use server::store::lista::{FEW, Pagina, page};
use server::store::{Db, personas};
use service::Service;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use table::{Figure, percentile};

const ENTIDAD: &str = "norte-seat";
const MODELO: &str = "venta-vn";
/// Each search is measured so often in a round, one role after the other, or for so long.
const RUNS: usize = 20;
const AT_MOST: Duration = Duration::from_millis(1_200);
/// All searches are gone through so often; a figure is the one in the middle. What else the machine does for a moment spoils one of them.
const ROUNDS: usize = 3;
/// Roles are compared where all of them find something and the slowest one takes more than this: below, a ratio says nothing.
const WORTH_COMPARING_MS: f64 = 1.0;
const ROLES_APART: f64 = 1.5;
const ORDERS: [&str; 3] = ["-pedido", "cliente", "-docs"];

/// One of each kind of search; those with `*` look inside of words.
const SEARCHES: [&str; 23] = [
    "",
    "fase:matriculacion",
    "fase:cerrado",
    "-fase:cerrado",
    "g",
    "garcia",
    "garcia lopez",
    "maria ibiza",
    "garcia fase:cerrado",
    "estado:pendiente",
    "docs<3",
    "pedido>=01/06/2026 marca:seat",
    "forma-pago:renting",
    "pvp>38000",
    "pvp:20000..20010",
    "nif:1234",
    "bastidor:vss",
    "matricula:1234",
    "importe:vacio",
    "-marca:seat docs>7",
    "asesor:ana.soler",
    "*arci",
    "*rtine",
];
/// Searches whose later pages are measured too, and which page.
const DEEP: [&str; 4] = ["", "fase:cerrado", "garcia", "pvp>38000"];
const DEEP_PAGE: usize = 20;

fn main() -> anyhow::Result<()> {
    let rows: u64 = std::env::var("FIGURES_ROWS").map_or(Ok(100_000), |rows| rows.parse())?;
    let mut temporary = None;
    let folder = match std::env::var_os("FIGURES_DATA") {
        Some(folder) => PathBuf::from(folder),
        None => temporary.insert(tempfile::tempdir()?).path().to_owned(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let start = Instant::now();
    let seeded = Service::start(&folder, rows)?;
    eprintln!("{rows} expedientes (unless there were some already): {:.0} s", start.elapsed().as_secs_f64());
    // Another process: one that has made a world keeps the memory that took.
    drop(seeded);
    let service = Service::start(&folder, rows)?;
    let mut figures = runtime.block_on(under_load(&service))?;
    drop(service);
    figures.extend(runtime.block_on(searches(&folder))?);
    println!();
    table::print(&figures);
    Ok(())
}

/// Resident memory while eight clients (four people, two each) search without pause.
async fn under_load(service: &Service) -> anyhow::Result<Vec<Figure>> {
    let mut people = Vec::new();
    for usuario in ["asesor", "jefe", "administrativo", "elena.rubio"] {
        people.push(service.client(usuario).await?);
    }
    let ask = |remote: expedientes::remote::Remote| async move {
        let mut most = 0.0_f64;
        for (q, orden) in SEARCHES.iter().flat_map(|q| ORDERS.iter().map(move |orden| (q, orden))) {
            let params = ListaParams {
                entidad: ENTIDAD.to_owned(),
                modelo: MODELO.to_owned(),
                q: Some((*q).to_owned()),
                orden: Some((*orden).to_owned()),
                limite: Some(60),
                cursor: None,
            };
            remote.lista(&params).await.map_err(|failure| anyhow::anyhow!("{q}: {failure:?}"))?;
            most = most.max(service.resident_mb()?.0);
        }
        anyhow::Ok(most)
    };
    let all = people.iter().chain(&people).map(|remote| ask(remote.clone()));
    let most = futures_util::future::try_join_all(all).await?.into_iter().fold(0.0, f64::max);
    let what = "service, resident, most while eight clients search".to_owned();
    Ok(vec![Figure { what, measured: most, target: Some(250.0), unit: "MB" }])
}

/// One search in one order: per role the p95 of each round.
struct Kind {
    orden: &'static str,
    q: &'static str,
    rounds: [Vec<f64>; 3],
    /// Likewise of a later page, where that is measured.
    later: [Vec<f64>; 3],
    found: String,
    all_find: bool,
}

/// Prints each kind; answers what the worst of them are.
async fn searches(folder: &Path) -> anyhow::Result<Vec<Figure>> {
    let db = Db::open(&folder.join("expedientes.db")).await?;
    let asesor = personas::all(&mut *db.read().await?).await?.into_iter().find(|person| person.usuario == "asesor");
    let asesor = asesor.context("the demo has an asesor")?;
    let roles = [
        Cuales::Propios(domain::UsuarioId(asesor.id)),
        Cuales::Equipo(domain::EquipoId(asesor.equipo_id.context("in a team")?)),
        Cuales::Todos,
    ];
    let scopes = roles.map(|cuales| Scope { entidades: vec![ENTIDAD.into()], cuales, oculta_margen: false });
    let modelo = modelo()?;
    let mut kinds: Vec<Kind> = ORDERS
        .into_iter()
        .flat_map(|orden| SEARCHES.map(|q| (orden, q)))
        .map(|(orden, q)| {
            let (rounds, later) = Default::default();
            Kind { orden, q, rounds, later, found: String::new(), all_find: true }
        })
        .collect();
    for round in 1..=ROUNDS {
        eprintln!("round {round} of {ROUNDS}");
        for kind in &mut kinds {
            measure(&db, &scopes, &modelo, kind).await?;
        }
    }
    Ok(figures(&kinds))
}

/// One round of one kind.
async fn measure(db: &Db, scopes: &[Scope; 3], modelo: &Modelo, kind: &mut Kind) -> anyhow::Result<()> {
    let conn = &mut *db.read().await?;
    let schema = Schema { modelo, today: server::state::Clock::system().today(), con_margen: true };
    let query = parse(kind.q, &schema).map_err(|error| anyhow::anyhow!("{}: {error:?}", kind.q))?;
    let entidad: EntidadId = ENTIDAD.into();
    let orden = kind.orden.parse().map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let asked = Pagina { entidad: &entidad, modelo, query: &query, orden, limite: 60, desde: None, few: FEW };
    let asked = [asked.clone(), asked.clone(), asked];
    for (scope, asked) in scopes.iter().zip(&asked) {
        let first = page(conn, scope, asked).await?;
        kind.all_find &= !first.filas.is_empty();
        if let Some(total) = &first.total {
            kind.found = format!("{}{}", total.n, if total.es_minimo { "+" } else { "" });
        }
    }
    // CPU of a page for each role, in turn.
    let p95 = async |conn: &mut _, asked: &[Pagina<'_>; 3], rounds: &mut [Vec<f64>; 3]| {
        let (mut samples, start) = (<[Vec<f64>; 3]>::default(), Instant::now());
        while samples[0].len() < RUNS && start.elapsed() < AT_MOST {
            for ((scope, asked), samples) in scopes.iter().zip(asked).zip(&mut samples) {
                let before = cpu::process_ms();
                page(conn, scope, asked).await?;
                samples.push(cpu::process_ms() - before);
            }
        }
        for (round, mut samples) in rounds.iter_mut().zip(samples) {
            round.push(percentile(&mut samples, 0.95));
        }
        anyhow::Ok(())
    };
    p95(&mut *conn, &asked, &mut kind.rounds).await?;
    if DEEP.contains(&kind.q) {
        let mut later = asked;
        for (scope, later) in scopes.iter().zip(&mut later) {
            for _ in 1..DEEP_PAGE {
                later.desde = page(conn, scope, later).await?.siguiente;
            }
        }
        p95(&mut *conn, &later, &mut kind.later).await?;
    }
    Ok(())
}

fn figures(kinds: &[Kind]) -> Vec<Figure> {
    println!(
        "| order | search | asesor, ms | jefe, ms | administrativo, ms | found |\n| --- | --- | ---: | ---: | ---: | ---: |"
    );
    let (mut worst, mut worst_inside, mut apart) = ((0.0, ""), (0.0, ""), (1.0, ""));
    let (mut deepest, mut beyond, mut all) = ((0.0, ""), 0, 0);
    for Kind { orden, q, rounds, later, found, all_find } in kinds {
        let middle = |rounds: &[Vec<f64>; 3]| rounds.each_ref().map(|round| percentile(&mut round.clone(), 0.5));
        let times = middle(rounds);
        let [asesor, jefe, administrativo] = times;
        let shown = if q.is_empty() { "(all)" } else { q };
        println!("| {orden} | `{shown}` | {asesor:.2} | {jefe:.2} | {administrativo:.2} | {found} |");
        let (least, most) = times.iter().fold((f64::INFINITY, 0.0_f64), |(l, m), t| (l.min(*t), m.max(*t)));
        let slot = if q.contains('*') { &mut worst_inside } else { &mut worst };
        if most > slot.0 {
            *slot = (most, shown);
        }
        if *all_find && most > WORTH_COMPARING_MS {
            all += 1;
            beyond += usize::from(most / least > ROLES_APART);
            if most / least > apart.0 {
                apart = (most / least, shown);
            }
        }
        if DEEP.contains(q) {
            let most = middle(later).into_iter().fold(0.0, f64::max);
            if most > deepest.0 {
                deepest = (most, shown);
            }
        }
    }
    let figure = |what: &str, (measured, q): (f64, &str), target, unit| Figure {
        what: format!("{what} (`{q}`)"),
        measured,
        target: Some(target),
        unit,
    };
    let deep = DEEP.len() * ORDERS.len() * 3;
    vec![
        figure("CPU of a page, p95, slowest search", worst, 5.0, "ms"),
        figure("likewise, inside of words", worst_inside, 50.0, "ms"),
        figure(&format!("CPU of page {DEEP_PAGE} of a search, p95, slowest of {deep}"), deepest, 5.0, "ms"),
        figure("slowest role to fastest, farthest apart", apart, ROLES_APART, "×"),
        Figure {
            what: format!("searches that are farther apart, of {all}"),
            measured: f64::from(u32::try_from(beyond).unwrap_or(u32::MAX)),
            target: Some(0.0),
            unit: "",
        },
    ]
}

fn modelo() -> anyhow::Result<Modelo> {
    let all = server::config::shipped().iter().map(|(_, text)| toml::from_str::<Modelo>(text));
    let all = all.collect::<Result<Vec<_>, _>>()?;
    all.into_iter().find(|modelo| modelo.id.to_string() == MODELO).context("a modelo that ships")
}
