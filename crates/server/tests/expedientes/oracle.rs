//! The list against the domain's own matcher: for any expedientes and any query the rows are those that match, in order, each once.

use api::lista::{Columna, Fila, Orden};
use domain::query::{Ficha, Query, Schema, matches, parse};
use domain::scope::Cuales;
use domain::texto::fold;
use domain::{CampoId, EntidadId, EquipoId, EstadoDocumento, ExpedienteId, Indice, Modelo, Scope, UsuarioId, Valor};
use proptest::prelude::*;
use proptest::sample::select;
use server::app::carga::{AvisoCarga, Carga, DocumentoCarga, Loader};
use server::store::lista::{Pagina, page};
use server::store::personas::Asesor;
use server::store::{Db, Tx};
use std::collections::BTreeMap;

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 24);

/// An expediente to make.
#[derive(Debug, Clone)]
struct Spec {
    place: usize,
    fase: usize,
    asesor: usize,
    indice: Indice,
    documentos: Vec<EstadoDocumento>,
    /// Its avisos: whether each is done.
    avisos: Vec<bool>,
}

/// What the matcher needs to know of it.
struct Known {
    spec: Spec,
    numero: String,
}

fn asesores() -> Vec<Asesor> {
    let one = |id, usuario: &str, nombre: &str, equipo| Asesor {
        id,
        usuario: usuario.into(),
        nombre: nombre.into(),
        equipo_id: equipo,
    };
    vec![
        one(1, "ana.soler", "Ana Soler Gil", Some(1)),
        one(2, "luis", "Luis Íñiguez", Some(1)),
        one(3, "eva", "Eva Ferrer", Some(2)),
    ]
}

fn places() -> Vec<(EntidadId, Modelo)> {
    let modelo = |file: &str| {
        let (_, text) = server::config::shipped().iter().find(|(name, _)| *name == file).unwrap();
        toml::from_str::<Modelo>(text).unwrap()
    };
    vec![
        ("norte".into(), modelo("venta-vn.toml")),
        ("sur".into(), modelo("venta-vn.toml")),
        ("norte".into(), modelo("postventa.toml")),
    ]
}

fn texts(campo: &str) -> Vec<&'static str> {
    match campo {
        "cliente" => vec![
            "Gil Ferrer, Marta",
            "Gilabert Núñez, Íñigo",
            "Talleres Oria, S.L.",
            "O'Gil-Ana",
            "---",
            "Ferrer Gil, María",
        ],
        "vehiculo" => vec!["Ibiza FR 1.0", "León ST 2.0", "Ibiza"],
        "nif" => vec!["12345678Z", "B12345674", "X1234567L"],
        "bastidor" => vec!["VSSZZZKJZRR012345", "VSSZZZKJZRR012346"],
        "matricula" => vec!["1234BCD", "4321GIL", "M1234AB"],
        "iban" => vec!["ES9121000418450200051332", "ES7921000813610123456789"],
        "movil" => vec!["+34600123456"],
        "email" => vec!["gil@example.com", "ana.maria@oria.es"],
        "pedido" | "fecha-entrega" => vec!["2026-11-24", "2026-11-23", "2026-01-01", "2025-12-31"],
        _ => vec!["seat", "contado", "financiado", "particular", "empresa"],
    }
}

const CAMPOS: [&str; 16] = [
    "cliente",
    "vehiculo",
    "nif",
    "bastidor",
    "matricula",
    "iban",
    "movil",
    "email",
    "pedido",
    "fecha-entrega",
    "forma-pago",
    "marca",
    "importe",
    "pvp",
    "margen",
    "con-tasacion",
];

fn value(campo: &'static str) -> BoxedStrategy<Valor> {
    match campo {
        "importe" | "pvp" | "margen" => select(vec![-100_i64, 0, 100, 2_748_000]).prop_map(Valor::Entero).boxed(),
        "con-tasacion" => any::<bool>().prop_map(Valor::Logico).boxed(),
        _ => select(texts(campo)).prop_map(Valor::from).boxed(),
    }
}

fn spec() -> impl Strategy<Value = Spec> {
    let values = CAMPOS.map(|campo| proptest::option::of(value(campo)).prop_map(move |v| (CampoId::from(campo), v)));
    let documentos = proptest::collection::vec(select(EstadoDocumento::ALL.to_vec()), 0..4);
    let avisos = proptest::collection::vec(any::<bool>(), 0..3);
    (0..3_usize, 0..6_usize, 0..3_usize, values.to_vec(), documentos, avisos).prop_map(
        |(place, fase, asesor, values, documentos, avisos)| Spec {
            place,
            fase,
            asesor,
            indice: values.into_iter().filter_map(|(campo, valor)| Some((campo, valor?))).collect(),
            documentos,
            avisos,
        },
    )
}

fn term() -> impl Strategy<Value = String> {
    let word = select(vec![
        "gil", "g", "ferrer", "ana", "iñigo", "1234", "26", "00001", "oria", "ibiza", "zzz", "1.0", "sl", "soler",
    ]);
    let part = select(vec!["abert", "345", "oria", "mar", "ssz", "er, m", "o's", "600"]);
    let plain = select(vec![
        "fase:pedido",
        "fase:oferta,entrega",
        "cerrado:si",
        "cerrado:no",
        "docs<2",
        "docs:0..1",
        "docs>=3",
        "faltan>0",
        "faltan:0",
        "estado:pendiente",
        "estado:rechazado,validado",
        "aviso:si",
        "aviso:no",
        "asesor:ana",
        "asesor:luis,eva",
        "asesor:\"eva ferrer\"",
        "numero:25-00002",
        "numero:000",
        "pedido>=23/11/2026",
        "pedido:hoy",
        "pedido:..31/12/2025",
        "pedido:vacio",
        "importe>0",
        "importe:vacio",
        "importe:-1..1",
        "cliente:gil",
        "cliente:\"gil ferrer\"",
        "cliente:*arta",
        "cliente:vacio",
        "cliente:gil,oria",
        "nif:123",
        "nif:z",
        "nif:vacio",
        "iban:2100",
        "iban:es",
        "iban:vacio",
        "matricula:gil",
        "bastidor:012345",
        "bastidor:vss",
        "bastidor:5",
        "email:ría",
        "vehiculo:*leó",
        "vehiculo:ibiza",
        "forma-pago:contado",
        "forma-pago:financiado,vacio",
        "marca:seat",
        "con-tasacion:si",
        "con-tasacion:no",
        "con-tasacion:vacio",
        "pvp>1",
        "pvp:0..1",
        "pvp:vacio",
        "fecha-entrega<=31/12/2025",
        "fecha-entrega:vacio,hoy",
        "margen>=1",
        "pvp:-1..0",
        "margen:vacio",
        "movil:600",
        "email:gil",
        "email:vacio",
    ]);
    let one = prop_oneof![
        3 => word.clone().prop_map(str::to_owned),
        1 => (word.clone(), word).prop_map(|(a, b)| format!("\"{a} {b}\"")),
        1 => part.prop_map(|part| format!("*{part}")),
        8 => plain.prop_map(str::to_owned),
    ];
    (one, proptest::bool::weighted(0.2)).prop_map(|(term, negated)| if negated { format!("-{term}") } else { term })
}

fn query_text() -> impl Strategy<Value = String> {
    proptest::collection::vec(term(), 0..4).prop_map(|terms| terms.join(" "))
}

async fn world(db: &Db, specs: &[Spec]) -> BTreeMap<i64, Known> {
    let mut tx: Tx = db.write().await.unwrap();
    sqlx::raw_sql("INSERT INTO equipo (id, nombre) VALUES (1, 'Uno'), (2, 'Dos')").execute(&mut *tx).await.unwrap();
    for a in asesores() {
        sqlx::query("INSERT INTO usuario (id, usuario, nombre, rol, equipo_id, clave, activo, creado) VALUES (?, ?, ?, 'asesor', ?, '', 1, 0)")
            .bind(a.id)
            .bind(a.usuario)
            .bind(a.nombre)
            .bind(a.equipo_id)
            .execute(&mut *tx)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let (places, asesores) = (places(), asesores());
    let mut loader = Loader::begin(db).await.unwrap();
    let mut known = BTreeMap::new();
    for (at, spec) in specs.iter().enumerate() {
        let (entidad, modelo) = &places[spec.place];
        let documentos: Vec<DocumentoCarga> = spec
            .documentos
            .iter()
            .enumerate()
            .map(|(i, estado)| DocumentoCarga {
                tipo: modelo.tipos[i].id.clone(),
                nombre: format!("{i}.pdf"),
                estado: *estado,
                motivo: String::new(),
                sha256: [0; 32],
                bytes: 1,
                mime: "application/pdf".into(),
                usuario_id: 1,
                cuando: 0,
            })
            .collect();
        let avisos: Vec<AvisoCarga> = spec
            .avisos
            .iter()
            .map(|hecho| AvisoCarga {
                texto: "Llamar".to_owned(),
                para_id: 1,
                vence: String::new(),
                usuario_id: 2,
                cuando: 0,
                hecho: hecho.then_some((0, 1)),
            })
            .collect();
        let carga = Carga {
            entidad,
            modelo,
            fase: &modelo.fases[spec.fase].id,
            asesor: &asesores[spec.asesor],
            anio: if at % 2 == 0 { 2026 } else { 2025 },
            creado: 0,
            indice: &spec.indice,
            documentos: &documentos,
            notas: &[],
            avisos: &avisos,
        };
        let (id, numero) = loader.push(&carga).await.unwrap();
        known.insert(id.0, Known { spec: spec.clone(), numero });
    }
    loader.finish().await.unwrap();
    known
}

fn key(fila: &Fila, columna: Columna, modelo: &Modelo) -> (i64, String) {
    let number = |n: i64| (n, String::new());
    match columna {
        Columna::Pedido => (0, fila.pedido.clone().unwrap_or_default()),
        Columna::Numero => {
            let (year, n) = fila.numero.split_once('-').unwrap();
            number(year.parse::<i64>().unwrap() * 10_000_000 + n.parse::<i64>().unwrap())
        }
        Columna::Cliente => (0, fold(&fila.cliente)),
        Columna::Vehiculo => (0, fold(&fila.vehiculo)),
        Columna::Matricula => (0, fila.matricula.clone()),
        Columna::Fase => number(modelo.fase_index(&fila.fase).unwrap() as i64),
        Columna::Docs => number(fila.docs.into()),
        Columna::Faltan => number(i64::from(fila.requeridos) - i64::from(fila.listos)),
        Columna::Importe => number(fila.importe_cent.unwrap_or(i64::MIN)),
        Columna::Asesor => (0, fila.asesor.clone()),
    }
}

/// Pages through everything.
async fn pages(db: &Db, scope: &Scope, asked: &Pagina<'_>) -> (Vec<Fila>, u64, bool) {
    let mut conn = db.read().await.unwrap();
    let first = page(&mut conn, scope, asked).await.unwrap();
    let total = first.total.unwrap();
    let (mut rows, mut next) = (first.filas, first.siguiente);
    while let Some(cursor) = next {
        let cursor = cursor.to_string().parse().unwrap();
        let more = page(&mut conn, scope, &Pagina { desde: Some(cursor), ..asked.clone() }).await.unwrap();
        assert!(more.total.is_none() && !more.filas.is_empty());
        rows.extend(more.filas);
        next = more.siguiente;
    }
    (rows, total.n, total.es_minimo)
}

fn answers(query: &Query, known: &Known, modelo: &Modelo, all: &BTreeMap<ExpedienteId, Fila>, id: i64) -> bool {
    let asesor = &asesores()[known.spec.asesor];
    let fila = &all[&ExpedienteId(id)];
    let ficha = Ficha {
        numero: &known.numero,
        fase: &modelo.fases[known.spec.fase].id,
        asesor: &asesor.usuario,
        asesor_nombre: &asesor.nombre,
        documentos: &known.spec.documentos,
        faltan: fila.requeridos - fila.listos,
        avisos: known.spec.avisos.iter().filter(|hecho| !**hecho).count() as u32,
        indice: &known.spec.indice,
    };
    matches(query, &ficha, modelo)
}

async fn check(specs: &[Spec], texts: &[String], orden: Orden, few: u64) {
    let dir = tempfile::tempdir().unwrap();
    let db = Db::open(&dir.path().join("db")).await.unwrap();
    let known = world(&db, specs).await;
    let places = places();
    let scopes = [
        (Cuales::Todos, [0, 1, 2].as_slice()),
        (Cuales::Equipo(EquipoId(1)), &[0, 1]),
        (Cuales::Propios(UsuarioId(2)), &[1]),
        (Cuales::Ninguno, &[]),
    ];
    for (at, (entidad, modelo)) in places.iter().enumerate().take(2) {
        let blank = Query::default();
        let everything = Pagina { entidad, modelo, query: &blank, orden, limite: 200, desde: None, few };
        let admin = Scope { entidades: vec![entidad.clone()], cuales: Cuales::Todos, oculta_margen: false };
        let all: BTreeMap<ExpedienteId, Fila> =
            pages(&db, &admin, &everything).await.0.into_iter().map(|f| (f.id, f)).collect();
        for text in texts {
            let query = parse(text, &Schema { modelo, today: TODAY, con_margen: true }).unwrap();
            for (cuales, of) in scopes {
                let scope = Scope { cuales, ..admin.clone() };
                let mut expected: Vec<i64> = known
                    .iter()
                    .filter(|(id, k)| {
                        k.spec.place == at && of.contains(&k.spec.asesor) && answers(&query, k, modelo, &all, **id)
                    })
                    .map(|(id, _)| *id)
                    .collect();
                let asked = Pagina { query: &query, limite: 3, ..everything.clone() };
                let (rows, total, at_least) = pages(&db, &scope, &asked).await;
                expected.sort_by_key(|id| (key(&all[&ExpedienteId(*id)], orden.columna, modelo), *id));
                if orden.descendente {
                    expected.reverse();
                }
                let found: Vec<i64> = rows.iter().map(|fila| fila.id.0).collect();
                assert_eq!(found, expected, "{text:?} in {entidad} for {cuales:?} by {orden}");
                let count = expected.len() as u64;
                assert!(if at_least { total <= count } else { total == count }, "{text:?}: {total} of {count}");
                let elsewhere = Scope { entidades: vec!["oeste".into()], ..scope };
                assert!(pages(&db, &elsewhere, &asked).await.0.is_empty());
            }
        }
    }
    db.close().await;
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_list_is_what_matches(
        specs in proptest::collection::vec(spec(), 0..50),
        texts in proptest::collection::vec(query_text(), 1..12),
        columna in select(Columna::ALL.to_vec()),
        descendente in any::<bool>(),
        few in select(vec![0_u64, 4, 1_500]),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(check(&specs, &texts, Orden { columna, descendente }, few));
    }
}
