//! The world as a whole, on the modelos that ship.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use demo::{Mundo, Origen, Recursos, gente, make_all};
use domain::gate::{checklist, faltas};
use domain::{EstadoDocumento, Modelo, Permiso, Rol};
use jiff::civil::date;
use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashSet};
use std::hash::{Hash, Hasher};

fn modelos() -> Vec<Modelo> {
    ["venta-vn", "venta-vo", "postventa"]
        .iter()
        .map(|slug| {
            let path = format!("{}/../server/modelos/{slug}.toml", env!("CARGO_MANIFEST_DIR"));
            toml::from_str(&std::fs::read_to_string(path).expect("file")).expect("modelo")
        })
        .collect()
}

fn world(seed: u64, size: u64) -> Mundo {
    Mundo::new(seed, size, date(2026, 11, 24), &modelos()).expect("world")
}

#[test]
fn the_modelos_that_ship_make_sense() {
    for modelo in modelos() {
        assert_eq!(domain::modelo::check(&modelo), [], "{}", modelo.id);
    }
}

#[test]
fn the_same_seed_is_the_same_world() {
    let sum = |seed| {
        let (world, mut hasher) = (world(seed, 1_200), DefaultHasher::new());
        (1_000..1_200).for_each(|n| world.expediente(n).hash(&mut hasher));
        hasher.finish()
    };
    assert_eq!(sum(7), sum(7));
    assert_ne!(sum(7), sum(8));
}

#[test]
fn an_expediente_does_not_hang_on_those_before() {
    let (one, other) = (world(7, 1_200), world(7, 1_200));
    (0..300).for_each(|n| drop(one.expediente(n)));
    assert_eq!(one.expediente(733), other.expediente(733));
}

#[test]
fn numbers_are_unique_in_entidad_and_year() {
    let world = world(7, 1_200);
    let mut seen = HashSet::new();
    for n in 0..world.size() {
        let e = world.expediente(n);
        assert!(seen.insert((e.entidad.clone(), e.numero.clone())), "{} {}", e.entidad, e.numero);
        assert!(e.numero.starts_with(&e.pedido.strftime("%y-").to_string()));
    }
}

#[test]
fn people_work_where_their_expedientes_are() {
    let world = world(7, 1_200);
    let mut of_asesor = BTreeMap::new();
    for n in 0..world.size() {
        let e = world.expediente(n);
        let who = gente::miembro(e.asesor).expect("asesor");
        assert!(who.rol == Rol::Asesor && who.entidades.contains(&e.entidad.as_str()));
        *of_asesor.entry((who.usuario, e.entidad.clone(), e.modelo.clone())).or_insert(0) += 1;
    }
    // The user everybody tries first finds work in every list.
    for entidad in world.entidades() {
        for modelo in entidad.modelos {
            assert!(
                of_asesor.get(&("asesor", entidad.id.clone(), modelo.clone())).is_some_and(|n| *n >= 5),
                "{modelo} {of_asesor:?}"
            );
        }
    }
}

#[test]
fn most_are_closed_and_every_fase_has_some() {
    let world = world(7, 1_200);
    let modelos = modelos();
    let mut fases = BTreeMap::new();
    for n in 0..world.size() {
        let e = world.expediente(n);
        *fases.entry((e.modelo, e.fase)).or_insert(0_u64) += 1;
    }
    for modelo in &modelos {
        for fase in &modelo.fases {
            assert!(fases.contains_key(&(modelo.id.clone(), fase.id.clone())), "{} {}: {fases:?}", modelo.id, fase.id);
        }
    }
    let closed: u64 = fases.iter().filter(|((_, fase), _)| fase.as_str() == "cerrado").map(|(_, n)| n).sum();
    assert!((700..1_000).contains(&closed), "{closed}");
}

#[test]
fn what_lies_behind_is_complete() {
    let world = world(7, 1_200);
    let modelos = modelos();
    let mut states = BTreeMap::new();
    let mut missing = 0;
    for n in 0..world.size() {
        let e = world.expediente(n);
        let modelo = modelos.iter().find(|m| m.id == e.modelo).expect("modelo");
        let documentos: Vec<_> = e.documentos.iter().map(|d| (&d.tipo, d.estado)).collect();
        let at = modelo.fase_index(&e.fase).expect("fase");
        if let Some(before) = at.checked_sub(1) {
            let open = faltas(modelo, &e.indice, &documentos, &modelo.fases[before].id);
            assert_eq!(open, [], "{} in {}", e.numero, e.fase);
        }
        let asked = checklist(modelo, &e.indice, &documentos);
        missing += faltas(modelo, &e.indice, &documentos, &e.fase).len();
        for d in &e.documentos {
            assert!(asked.iter().any(|r| r.tipo == d.tipo), "{} has {}, which nobody asked for", e.numero, d.tipo);
            *states.entry(d.estado).or_insert(0) += 1;
            assert_eq!(d.motivo_rechazo.is_empty(), d.estado != EstadoDocumento::Rechazado);
            assert!(d.fecha.date() >= e.pedido && d.fecha.date() < date(2026, 11, 24));
            assert!(gente::miembro(d.subido_por).is_some_and(|m| m.entidades.contains(&e.entidad.as_str())));
            assert_eq!(domain::clean_file_name(&d.nombre), d.nombre);
            let formatos = &modelo.tipo(&d.tipo).expect("tipo").formatos;
            let extension = d.archivo.receta.soporte.extension();
            assert!(formatos.is_empty() || formatos.iter().any(|f| f == extension), "{} {extension}", d.tipo);
        }
    }
    assert!(missing > 100, "{missing}");
    assert!(EstadoDocumento::ALL.iter().all(|estado| states.get(estado).is_some_and(|n| *n > 50)), "{states:?}");
}

#[test]
fn everybody_who_works_with_expedientes_has_something_to_do_and_not_too_much() {
    for seed in [demo::SEED, 7, 8, 9] {
        let world = world(seed, demo::SIZE);
        let mut open: BTreeMap<&str, u64> = BTreeMap::new();
        for n in 0..world.size() {
            for aviso in world.expediente(n).avisos.iter().filter(|aviso| aviso.hecho.is_none()) {
                *open.entry(aviso.para).or_default() += 1;
            }
        }
        for who in gente::GENTE {
            let (some, allowed) = (open.get(who.usuario).copied().unwrap_or_default(), who.rol.puede(Permiso::Anotar));
            assert!(if allowed { (2..=6).contains(&some) } else { some == 0 }, "{} of {seed}: {some}", who.usuario);
        }
    }
}

#[test]
fn notes_and_avisos_are_between_people_who_see_the_expediente() {
    let (world, today) = (world(7, 1_200), date(2026, 11, 24));
    let (mut notes, mut done, mut texts) = (0, 0, HashSet::new());
    for n in 0..world.size() {
        let e = world.expediente(n);
        let sees = |usuario: &str| {
            let who = gente::miembro(usuario).expect("person");
            let team = gente::miembro(e.asesor).and_then(|asesor| asesor.equipo);
            who.entidades.contains(&e.entidad.as_str())
                && match who.rol {
                    Rol::Asesor => who.usuario == e.asesor,
                    Rol::JefeVentas => who.equipo == team,
                    rol => rol == Rol::Administrativo,
                }
        };
        for nota in &e.notas {
            assert!(sees(nota.por) && nota.fecha.date() >= e.pedido && nota.fecha.date() < today, "{nota:?}");
            texts.insert(nota.texto);
        }
        assert!(e.notas.len() <= 2 && e.notas.is_sorted_by_key(|nota| nota.fecha));
        for aviso in &e.avisos {
            assert!(sees(aviso.por) && sees(aviso.para), "{} {aviso:?}", e.numero);
            assert!(aviso.fecha.date() >= e.pedido && aviso.fecha.date() < today, "{} {aviso:?}", e.numero);
            assert!(aviso.vence.is_none_or(|day| day >= aviso.fecha.date()));
            assert!(aviso.hecho.is_none_or(|at| at >= aviso.fecha && at.date() < today), "{} {aviso:?}", e.numero);
            assert!(aviso.hecho.is_some() || e.fase.as_str() != "cerrado", "{} is closed", e.numero);
            done += usize::from(aviso.hecho.is_some());
            texts.insert(aviso.texto);
        }
        notes += e.notas.len();
    }
    assert!((100..400).contains(&notes) && (40..200).contains(&done), "{notes} notes, {done} done");
    assert!(texts.len() > 30, "{}", texts.len());
    for text in texts {
        assert_eq!(domain::texto::clean_block(text).trim(), text);
    }
}

#[test]
fn a_large_world_has_a_note_in_twenty_expedientes() {
    let world = world(7, 100_000);
    let notes: usize = (0..world.size()).step_by(25).filter(|n| !world.expediente(*n).notas.is_empty()).count();
    assert!((140..260).contains(&notes), "{notes} of 4,000");
}

#[test]
fn every_value_of_an_index_is_one_of_its_field() {
    let world = world(7, 1_200);
    let modelos = modelos();
    for n in (0..world.size()).step_by(3) {
        let e = world.expediente(n);
        let modelo = modelos.iter().find(|m| m.id == e.modelo).expect("modelo");
        for (id, valor) in &e.indice {
            let campo = modelo.campo(id).expect("field of the modelo");
            let read = domain::campo::check(campo, valor).unwrap_or_else(|error| panic!("{id} = {valor:?}: {error}"));
            assert_eq!(read.valor.as_ref(), Some(valor), "{id} is kept as it is normalised");
        }
    }
}

#[test]
fn a_million_is_streamed_from_anywhere() {
    let world = world(7, 1_000_000);
    let last = world.expediente(999_999);
    assert_eq!(last.pedido, date(2026, 11, 23));
    assert!(last.documentos.iter().all(|d| matches!(d.archivo.origen, Origen::Comun(_))));
    assert!(world.archivos().len() < 150);
    // Numbers grow beyond five digits rather than start again.
    assert!(last.numero.starts_with("26-") && last.numero.len() > 8, "{}", last.numero);
}

#[test]
fn every_file_a_document_names_is_made() {
    let recursos = Recursos {
        propios_imagen: 1,
        propios_texto: 5,
        copias_imagen: 1,
        copias_texto: 1,
        tamano: demo::files::Tamano::Pequeno,
        solo_requeridos: false,
    };
    let world = Mundo::with_recursos(7, 60, date(2026, 11, 24), &modelos(), recursos).expect("world");
    let mut sums = BTreeMap::new();
    make_all::<demo::files::FileError>(&world, 2, |made| {
        assert!(!made.bytes.is_empty());
        sums.insert(made.archivo, made.sha256);
        Ok(())
    })
    .expect("made");
    for n in 0..world.size() {
        for d in world.expediente(n).documentos {
            assert!(sums.contains_key(&d.archivo), "{:?}", d.archivo);
        }
    }
    let different: HashSet<_> = sums.values().collect();
    assert_eq!(different.len(), sums.len(), "no two files are equal");
}

#[test]
fn a_failure_to_keep_a_file_stops_the_making() {
    let world = world(7, 30);
    let mut kept = 0;
    let outcome = make_all(&world, 2, |_| {
        kept += 1;
        if kept == 3 { Err(demo::files::FileError::Draw) } else { Ok(()) }
    });
    assert!(outcome.is_err());
    assert_eq!(kept, 3);
}

#[test]
fn the_world_of_a_seed_stays_the_same_from_version_to_version() {
    let e = world(demo::SEED, demo::SIZE).expediente(1_199);
    let text = |campo: &str| e.indice.get(campo).and_then(|v| v.as_texto()).unwrap_or_default().to_owned();
    let seen = [e.entidad.to_string(), e.modelo.to_string(), e.numero.clone(), e.asesor.to_owned(), text("cliente")];
    assert_eq!(seen, ["sur-vo", "venta-vo", "26-00225", "david.ortega", "Romero Campos, Lucía"]);
}
