#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
use domain::query::{Schema, parse};
use domain::scope::Cuales;
use domain::*;
use server::app::carga::*;
use server::store::lista::{Pagina, page};
use server::store::{Db, personas::Asesor};
use std::time::Instant;

fn cpu_ns() -> u64 {
    let mut sum = 0;
    for t in std::fs::read_dir("/proc/self/task").unwrap() {
        if let Ok(s) = std::fs::read_to_string(t.unwrap().path().join("schedstat")) {
            sum += s.split(' ').next().unwrap().parse::<u64>().unwrap();
        }
    }
    sum
}
struct R(u64);
impl R {
    fn n(&mut self, k: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E3779B97F4A7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58476D1CE4E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D049BB133111EB);
        (z ^ (z >> 31)) % k
    }
    fn skew(&mut self, k: u64) -> u64 {
        let a = self.n(k);
        let b = self.n(a + 1);
        b
    }
}
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let n: u64 = a[2].parse().unwrap();
    let rt = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    rt.block_on(async {
        let file = std::path::PathBuf::from(&a[1]);
        let fresh = !file.exists();
        let db = Db::open(&file).await.unwrap();
        let (_, text) = server::config::shipped()[0];
        let modelo: Modelo = toml::from_str(text).unwrap();
        let asesores: Vec<Asesor> = (1..=8).map(|i| Asesor { id: i, usuario: format!("asesor{i}"), nombre: format!("Nombre{i} Apellido{}", i / 2), equipo_id: Some(1 + (i % 2)) }).collect();
        if fresh {
            let mut tx = db.write().await.unwrap();
            sqlx::raw_sql("CREATE TABLE IF NOT EXISTS usuario (id INTEGER PRIMARY KEY, usuario TEXT UNIQUE, nombre TEXT, rol TEXT, equipo_id BIGINT NULL, clave TEXT, totp TEXT NULL, activo BIGINT, creado BIGINT)").execute(&mut *tx).await.unwrap();
            for x in &asesores {
                sqlx::query("INSERT INTO usuario (id,usuario,nombre,rol,equipo_id,clave,activo,creado) VALUES (?,?,?,'asesor',?,'',1,0)").bind(x.id).bind(&x.usuario).bind(&x.nombre).bind(x.equipo_id).execute(&mut *tx).await.unwrap();
            }
            tx.commit().await.unwrap();
            let mut r = R(7);
            let syl = ["ga", "gi", "lo", "mar", "ter", "nu", "fe", "rre", "ri", "so", "an", "pe", "lez", "rez", "nez", "va", "qui", "to"];
            let word = |r: &mut R, k: u64| -> String { let id = r.skew(k); let mut s = String::new(); let mut x = id + 20; while x > 0 { s.push_str(syl[(x % 18) as usize]); x /= 18; } s };
            let t = Instant::now();
            let mut loader = Loader::begin(&db).await.unwrap();
            for i in 0..n {
                let e: EntidadId = if i % 2 == 0 { "norte" } else { "sur" }.into();
                let asesor = &asesores[(r.n(8)) as usize];
                let day = (i * 700 / n + r.n(20)) as i64;
                let date = jiff::civil::date(2025, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap();
                let mut ix = Indice::new();
                let mut put = |k: &str, v: Valor| { ix.insert(k.into(), v); };
                put("cliente", Valor::Texto(format!("{} {}, {}", word(&mut r, 3000), word(&mut r, 3000), word(&mut r, 300))));
                put("nif", Valor::Texto(format!("{:08}Z", r.n(100_000_000))));
                put("tipo-cliente", ["particular", "autonomo", "empresa"][r.skew(3) as usize].into());
                put("movil", Valor::Texto(format!("+346{:08}", r.n(100_000_000))));
                put("email", Valor::Texto(format!("{}{}@example.com", word(&mut r, 3000), i)));
                put("residente", true.into());
                put("marca", ["seat", "cupra", "volkswagen", "skoda", "audi"][r.skew(5) as usize].into());
                put("vehiculo", ["Ibiza FR 1.0", "León ST 2.0", "Ateca", "Golf 1.5", "Octavia", "A3"][r.n(6) as usize].into());
                put("version", ["Style", "FR", "Xcellence"][r.n(3) as usize].into());
                put("bastidor", Valor::Texto(format!("VSSZZZKJZRR{:06}", i % 1_000_000)));
                put("matricula", Valor::Texto(format!("{:04}BCD", r.n(10_000))));
                put("nive", Valor::Texto(format!("{:032X}", i)));
                put("num-pedido", Valor::Texto(format!("{:08}", i)));
                put("pedido", Valor::Texto(date.to_string()));
                put("pvp", Valor::Entero(1_000_000 + r.n(3_000_000) as i64));
                put("descuento", Valor::Entero(r.n(300_000) as i64));
                put("importe", Valor::Entero(1_000_000 + r.n(3_000_000) as i64));
                put("forma-pago", ["contado", "financiado", "renting"][r.skew(3) as usize].into());
                put("con-tasacion", (r.n(3) == 0).into());
                put("gestoria", ["ebro", "martorell", "propia"][r.n(3) as usize].into());
                put("iban", Valor::Texto(format!("ES91{:020}", r.n(1 << 60))));
                put("margen", Valor::Entero(r.n(200_000) as i64));
                let f = if i * 10 / n < 9 { 6 - r.skew(2) as usize } else { r.n(7) as usize };
                let docs: Vec<DocumentoCarga> = (0..r.n(9)).map(|k| DocumentoCarga { tipo: modelo.tipos[k as usize * 3].id.clone(), nombre: format!("{k}.pdf"), estado: if f == 6 { EstadoDocumento::Validado } else { EstadoDocumento::ALL[r.skew(3) as usize] }, motivo: String::new(), sha256: [(k % 5) as u8; 32], bytes: 1000, mime: "application/pdf".into(), usuario_id: 1, cuando: 0 }).collect();
                loader.push(&Carga { entidad: &e, modelo: &modelo, fase: &modelo.fases[f].id, asesor, anio: date.year(), creado: 0, indice: &ix, documentos: &docs }).await.unwrap();
                if i % 50_000 == 0 { eprintln!("{i} {:?}", t.elapsed()); }
            }
            eprintln!("pushed {:?}", t.elapsed());
            loader.finish().await.unwrap();
            eprintln!("loaded {:?} size {} MB", t.elapsed(), std::fs::metadata(&file).unwrap().len() / 1_000_000);
        }
        let scopes = [("todos", Cuales::Todos), ("equipo", Cuales::Equipo(EquipoId(1))), ("propios", Cuales::Propios(UsuarioId(3)))];
        let queries = ["", "fase:matriculacion", "fase:cerrado", "-fase:cerrado", "mar", "marter", "martergi", "gilo lo", "m", "martergi fase:cerrado", "estado:pendiente", "docs<3", "pedido>=01/06/2026 marca:audi", "forma-pago:renting", "forma-pago:renting marca:audi", "pvp>38000", "pvp:20000..20010", "nif:1234", "bastidor:012345", "matricula:1234", "iban:123456", "*artergi", "*lorez", "con-tasacion:si ibiza", "asesor:asesor3", "importe:vacio", "-marca:seat docs>7", "gestoria:ebro lez"];
        let e: EntidadId = "norte".into();
        let mut conn = db.read().await.unwrap();
        for orden in ["-pedido", "cliente", "-docs"] {
            for q in queries {
                print!("{orden:9} {q:32}");
                for (_, cuales) in &scopes {
                    let query = parse(q, &Schema { modelo: &modelo, today: jiff::civil::date(2026, 11, 24), con_margen: true }).unwrap();
                    let scope = Scope { entidades: vec![e.clone()], cuales: *cuales, oculta_margen: false };
                    let mut p = Pagina { entidad: &e, modelo: &modelo, query: &query, orden: orden.parse().unwrap(), limite: 50, desde: None, few: a[3].parse().unwrap() };
                    let r = page(&mut conn, &scope, &p).await.unwrap();
                    let c = cpu_ns();
                    let k = 3;
                    for _ in 0..k { page(&mut conn, &scope, &p).await.unwrap(); }
                    let first = (cpu_ns() - c) / k / 1000;
                    let t = r.total.unwrap();
                    let mut next = 0;
                    if r.siguiente.is_some() {
                        p.desde = r.siguiente;
                        page(&mut conn, &scope, &p).await.unwrap();
                        let c = cpu_ns();
                        for _ in 0..k { page(&mut conn, &scope, &p).await.unwrap(); }
                        next = (cpu_ns() - c) / k / 1000;
                    }
                    print!(" | {:>6}{} {:>7.2} {:>6.2}", t.n, if t.es_minimo { "+" } else { " " }, first as f64 / 1000.0, next as f64 / 1000.0);
                }
                println!();
            }
        }
    });
}
