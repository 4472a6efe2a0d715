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
/// A search is measured so often, or for so long.
const RUNS: usize = 20;
const AT_MOST: Duration = Duration::from_millis(400);
/// Roles are compared where all of them find something and the slowest one takes more than this: below, a ratio says nothing.
const WORTH_COMPARING_MS: f64 = 1.0;
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

/// Prints each kind; answers what the worst of them are.
async fn searches(folder: &Path) -> anyhow::Result<Vec<Figure>> {
    let db = Db::open(&folder.join("expedientes.db")).await?;
    let mut conn = db.read().await?;
    let asesor = personas::all(&mut conn).await?.into_iter().find(|person| person.usuario == "asesor");
    let asesor = asesor.context("the demo has an asesor")?;
    let entidad: EntidadId = ENTIDAD.into();
    let modelo = modelo()?;
    let roles = [
        Cuales::Propios(domain::UsuarioId(asesor.id)),
        Cuales::Equipo(domain::EquipoId(asesor.equipo_id.context("in a team")?)),
        Cuales::Todos,
    ];
    let schema = Schema { modelo: &modelo, today: server::state::Clock::system().today(), con_margen: true };
    println!(
        "| order | search | asesor, ms | jefe, ms | administrativo, ms | found |\n| --- | --- | ---: | ---: | ---: | ---: |"
    );
    let (mut worst, mut worst_inside, mut apart) = ((0.0, ""), (0.0, ""), (1.0, ""));
    let mut deepest = 0.0_f64;
    let p95 = async |conn: &mut _, scope: &Scope, asked: &Pagina<'_>| {
        let (mut samples, start) = (Vec::new(), Instant::now());
        while samples.len() < RUNS && start.elapsed() < AT_MOST {
            let before = cpu::process_ms();
            page(conn, scope, asked).await?;
            samples.push(cpu::process_ms() - before);
        }
        anyhow::Ok(percentile(&mut samples, 0.95))
    };
    for orden in ORDERS {
        for q in SEARCHES {
            let query = parse(q, &schema).map_err(|error| anyhow::anyhow!("{q}: {error:?}"))?;
            let (mut times, mut found, mut all_find) = ([0.0; 3], String::new(), true);
            for (time, cuales) in times.iter_mut().zip(roles) {
                let scope = Scope { entidades: vec![entidad.clone()], cuales, oculta_margen: false };
                let orden = orden.parse().map_err(|error| anyhow::anyhow!("{error:?}"))?;
                let asked = Pagina {
                    entidad: &entidad,
                    modelo: &modelo,
                    query: &query,
                    orden,
                    limite: 60,
                    desde: None,
                    few: FEW,
                };
                let first = page(&mut conn, &scope, &asked).await?;
                all_find &= !first.filas.is_empty();
                if let Some(total) = &first.total {
                    found = format!("{}{}", total.n, if total.es_minimo { "+" } else { "" });
                }
                *time = p95(&mut *conn, &scope, &asked).await?;
                if DEEP.contains(&q) {
                    let mut later = asked.clone();
                    for _ in 1..DEEP_PAGE {
                        later.desde = page(&mut conn, &scope, &later).await?.siguiente;
                    }
                    deepest = deepest.max(p95(&mut *conn, &scope, &later).await?);
                }
            }
            let [asesor, jefe, administrativo] = times;
            let shown = if q.is_empty() { "(all)" } else { q };
            println!("| {orden} | `{shown}` | {asesor:.2} | {jefe:.2} | {administrativo:.2} | {found} |");
            let (least, most) = times.iter().fold((f64::INFINITY, 0.0_f64), |(l, m), t| (l.min(*t), m.max(*t)));
            let slot = if q.contains('*') { &mut worst_inside } else { &mut worst };
            if most > slot.0 {
                *slot = (most, shown);
            }
            if all_find && most > WORTH_COMPARING_MS && most / least > apart.0 {
                apart = (most / least, shown);
            }
        }
    }
    let figure = |what: &str, (measured, q): (f64, &str), target, unit| Figure {
        what: format!("{what} (`{q}`)"),
        measured,
        target: Some(target),
        unit,
    };
    Ok(vec![
        figure("CPU of a page, p95, slowest search", worst, 5.0, "ms"),
        figure("likewise, inside of words", worst_inside, 50.0, "ms"),
        Figure {
            what: format!(
                "CPU of page {DEEP_PAGE} of a search, p95, slowest of {}",
                DEEP.len() * ORDERS.len() * roles.len()
            ),
            measured: deepest,
            target: Some(5.0),
            unit: "ms",
        },
        figure("slowest role to fastest, farthest apart", apart, 1.5, "×"),
    ])
}

fn modelo() -> anyhow::Result<Modelo> {
    let all = server::config::shipped().iter().map(|(_, text)| toml::from_str::<Modelo>(text));
    let all = all.collect::<Result<Vec<_>, _>>()?;
    all.into_iter().find(|modelo| modelo.id.to_string() == MODELO).context("a modelo that ships")
}
