//! What a new configuration would change, in words.

use super::Configuracion;
use domain::{Entidad, Modelo};

/// One line per change; empty when there is none.
pub fn diff(old: &Configuracion, new: &Configuracion) -> Vec<String> {
    let mut lines = Vec::new();
    compare(
        &mut lines,
        "entidad",
        "",
        old.entidades.iter().map(|e| (e.id.as_str(), e)),
        new.entidades.iter().map(|e| (e.id.as_str(), e)),
        |lines, id, a: &Entidad, b: &Entidad| {
            renamed(lines, &format!("entidad {id}"), &a.nombre, &b.nombre);
            if a.modelos != b.modelos {
                let names: Vec<&str> = b.modelos.iter().map(|m| m.as_str()).collect();
                lines.push(format!("entidad {id}: trabaja con {}", names.join(", ")));
            }
        },
    );
    compare(
        &mut lines,
        "modelo",
        "",
        old.modelos.iter().map(|m| (m.id.as_str(), &**m)),
        new.modelos.iter().map(|m| (m.id.as_str(), &**m)),
        modelo,
    );
    texts(&mut lines, old, new);
    lines
}

/// Templates that are in both and say something else.
fn texts(lines: &mut Vec<String>, old: &Configuracion, new: &Configuracion) {
    for modelo in &new.modelos {
        for plantilla in &modelo.plantillas {
            let before = old.texto(&modelo.id, &plantilla.id);
            if before.is_some() && before != new.texto(&modelo.id, &plantilla.id) {
                lines.push(format!("plantilla {} de {}: cambia su texto", plantilla.id, modelo.id));
            }
        }
    }
}

fn modelo(lines: &mut Vec<String>, id: &str, a: &Modelo, b: &Modelo) {
    let place = format!(" de {id}");
    renamed(lines, &format!("modelo {id}"), &a.nombre, &b.nombre);
    if a.papeles != b.papeles {
        lines.push(format!("modelo {id}: cambian los campos de las columnas de la lista"));
    }
    let ids = |all: &[domain::Fase]| all.iter().map(|f| f.id.clone()).collect::<Vec<_>>();
    let (before, after) = (ids(&a.fases), ids(&b.fases));
    let common = |all: &[domain::FaseId], other: &[domain::FaseId]| {
        all.iter().filter(|id| other.contains(id)).cloned().collect::<Vec<_>>()
    };
    if common(&before, &after) != common(&after, &before) {
        lines.push(format!("modelo {id}: cambia el orden de las fases"));
    }
    parts(lines, "fase", &place, &a.fases, &b.fases, |f| (f.id.as_str(), f.nombre.as_str()));
    parts(lines, "documento", &place, &a.tipos, &b.tipos, |t| (t.id.as_str(), t.nombre.as_str()));
    parts(lines, "sección", &place, &a.secciones, &b.secciones, |s| (s.id.as_str(), s.nombre.as_str()));
    parts(lines, "campo", &place, &a.campos, &b.campos, |c| (c.id.as_str(), c.nombre.as_str()));
    parts(lines, "plantilla", &place, &a.plantillas, &b.plantillas, |p| (p.id.as_str(), p.nombre.as_str()));
}

/// Parts of a modelo: new, gone, renamed, changed.
fn parts<'c, T: PartialEq>(
    lines: &mut Vec<String>,
    what: &str,
    place: &str,
    old: &'c [T],
    new: &'c [T],
    key: impl Fn(&'c T) -> (&'c str, &'c str),
) {
    compare(
        lines,
        what,
        place,
        old.iter().map(|part| (key(part).0, part)),
        new.iter().map(|part| (key(part).0, part)),
        |lines, id, a, b| {
            let (before, after) = (key(a).1, key(b).1);
            let subject = format!("{what} {id}{place}");
            renamed(lines, &subject, before, after);
            if before == after && *a != *b {
                lines.push(format!("{subject}: cambia su definición"));
            }
        },
    );
}

fn compare<'c, T: 'c + ?Sized>(
    lines: &mut Vec<String>,
    what: &str,
    place: &str,
    old: impl Iterator<Item = (&'c str, &'c T)>,
    new: impl Iterator<Item = (&'c str, &'c T)>,
    mut changed: impl FnMut(&mut Vec<String>, &str, &'c T, &'c T),
) {
    let old: Vec<_> = old.collect();
    let new: Vec<_> = new.collect();
    for (id, _) in old.iter().filter(|(id, _)| new.iter().all(|(other, _)| other != id)) {
        lines.push(format!("− {what} {id}{place}"));
    }
    for (id, part) in &new {
        match old.iter().find(|(other, _)| other == id) {
            None => lines.push(format!("+ {what} {id}{place}")),
            Some((_, before)) => changed(lines, id, before, part),
        }
    }
}

fn renamed(lines: &mut Vec<String>, subject: &str, before: &str, after: &str) {
    if before != after {
        lines.push(format!("{subject}: «{before}» pasa a llamarse «{after}»"));
    }
}
