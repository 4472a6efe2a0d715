//! Notes and avisos. Each expediente's notes and done avisos come from its own number; open avisos are dealt out over the newest open
//! expedientes, so that everybody has some to do and nobody is buried in them.

use crate::azar::{Azar, Hilo};
use crate::frases;
use crate::gente::{self, GENTE, Miembro};
use crate::trato::Area;
use domain::{Permiso, Rol};
use jiff::Span;
use jiff::civil::{Date, DateTime, Weekday, time};
use std::collections::BTreeMap;

/// Fewest and most open avisos that a person is dealt.
const ABIERTOS: (i64, i64) = (2, 6);
/// Avisos are dealt out over so many of the newest expedientes.
const RECIENTES: u64 = 1_200;

/// A note of an expediente.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NotaMundo {
    /// What it says.
    pub texto: &'static str,
    /// User name of who wrote it.
    pub por: &'static str,
    /// When, always before the world's day. Take it for UTC.
    pub fecha: DateTime,
}

/// An aviso of an expediente.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AvisoMundo {
    /// What is to be done.
    pub texto: &'static str,
    /// User name of its addressee, who sees the expediente.
    pub para: &'static str,
    /// User name of who gave it.
    pub por: &'static str,
    /// When, always before the world's day. Take it for UTC.
    pub fecha: DateTime,
    /// The day by which it is to be done.
    pub vence: Option<Date>,
    /// When its addressee did it; none while it is open.
    pub hecho: Option<DateTime>,
}

/// How many of a hundred expedientes have notes and avisos.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frecuencia {
    notas_abiertos: u64,
    notas_cerrados: u64,
    hechos: u64,
    abiertos: u64,
}

impl Frecuencia {
    /// In a world that is lean, or not.
    pub(crate) fn new(lean: bool) -> Self {
        if lean {
            Self { notas_abiertos: 5, notas_cerrados: 5, hechos: 1, abiertos: 5 }
        } else {
            // Open avisos are dealt out.
            Self { notas_abiertos: 34, notas_cerrados: 9, hechos: 8, abiertos: 0 }
        }
    }
}

/// Where an expediente stands: what notes and avisos of it hang on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lugar {
    pub n: u64,
    pub entidad: &'static str,
    pub area: Area,
    pub asesor: &'static str,
    pub pedido: Date,
    pub cerrado: bool,
    /// Days it takes from order to closing.
    pub dias: i64,
    pub hoy: Date,
}

/// The notes and avisos that an expediente has by itself, oldest first.
pub(crate) fn of(seed: u64, lugar: &Lugar, often: Frecuencia) -> (Vec<NotaMundo>, Vec<AvisoMundo>) {
    let mut azar = Azar::new(seed, Hilo::Notas, lugar.n);
    let (mut notas, mut avisos) = (Vec::new(), Vec::new());
    if azar.chance(if lugar.cerrado { often.notas_cerrados } else { often.notas_abiertos }) {
        let people = who_see(lugar);
        for _ in 0..1 + azar.weighted(&[70, 30]) {
            // Mostly who knows the client.
            let por = if azar.chance(65) { lugar.asesor } else { azar.pick(&people).usuario };
            let texto = *azar.pick(frases::notas(lugar.area));
            if notas.iter().all(|nota: &NotaMundo| nota.texto != texto) {
                notas.push(NotaMundo { texto, por, fecha: moment(&mut azar, lugar) });
            }
        }
        notas.sort_by_key(|nota| nota.fecha);
    }
    if azar.chance(often.hechos) {
        let mut aviso = aviso(&mut azar, lugar, None);
        let done = aviso.fecha.saturating_add(Span::new().hours(azar.between(2, 80)));
        aviso.hecho = Some(done.min(yesterday(lugar.hoy)).max(aviso.fecha));
        avisos.push(aviso);
    }
    if !lugar.cerrado && azar.chance(often.abiertos) {
        avisos.push(open(&mut azar, lugar, None));
    }
    (notas, avisos)
}

/// Deals open avisos out over the newest expedientes of a world of `size`; `stands` says where each does. By number of the expediente.
pub(crate) fn deal(seed: u64, size: u64, stands: impl Fn(u64) -> Lugar) -> BTreeMap<u64, Vec<AvisoMundo>> {
    let mut wanted: Vec<(&'static Miembro, i64)> = GENTE
        .iter()
        .enumerate()
        .filter(|(_, who)| who.rol.puede(Permiso::Anotar))
        .map(|(i, who)| (who, Azar::new(seed, Hilo::Avisos, i as u64).between(ABIERTOS.0, ABIERTOS.1)))
        .collect();
    let mut dealt: BTreeMap<u64, Vec<AvisoMundo>> = BTreeMap::new();
    for n in (size.saturating_sub(RECIENTES)..size).rev() {
        if wanted.iter().all(|(_, left)| *left == 0) {
            break;
        }
        let lugar = stands(n);
        if lugar.cerrado {
            continue;
        }
        let mut azar = Azar::new(seed, Hilo::Avisos, GENTE.len() as u64 + n);
        for (who, left) in wanted.iter_mut().filter(|(who, left)| *left > 0 && sees(who, &lugar)) {
            if azar.chance(share(who.rol)) {
                *left -= 1;
                dealt.entry(n).or_default().push(open(&mut azar, &lugar, Some(who)));
            }
        }
    }
    dealt
}

/// Of a hundred expedientes that somebody sees, how many they are dealt an aviso of: the less, the more they see.
fn share(rol: Rol) -> u64 {
    match rol {
        Rol::Asesor => 60,
        Rol::JefeVentas => 25,
        _ => 8,
    }
}

/// An aviso that is still to be done, given in the last days.
fn open(azar: &mut Azar, lugar: &Lugar, para: Option<&'static Miembro>) -> AvisoMundo {
    let mut aviso = aviso(azar, lugar, para);
    let day = workday(lugar.hoy.saturating_sub(Span::new().days(azar.between(1, 9)))).max(lugar.pedido);
    aviso.fecha = day.to_datetime(aviso.fecha.time());
    aviso.vence = if azar.chance(80) {
        Some(workday(lugar.hoy.saturating_add(Span::new().days(azar.between(-3, 12)))).max(day))
    } else {
        None
    };
    aviso
}

/// An aviso of some day of the deal; to somebody who sees it when it is not said to whom.
fn aviso(azar: &mut Azar, lugar: &Lugar, para: Option<&'static Miembro>) -> AvisoMundo {
    let people = who_see(lugar);
    let para = para.unwrap_or_else(|| *azar.pick(&people));
    let others: Vec<_> = people.into_iter().filter(|who| who.usuario != para.usuario).collect();
    // Some are for oneself, so as not to forget.
    let por = if others.is_empty() || azar.chance(15) { para } else { *azar.pick(&others) };
    let texto = *azar.pick(frases::avisos(lugar.area, para.rol));
    AvisoMundo { texto, para: para.usuario, por: por.usuario, fecha: moment(azar, lugar), vence: None, hecho: None }
}

/// Those who see an expediente and write in it. Its asesor always does.
fn who_see(lugar: &Lugar) -> Vec<&'static Miembro> {
    GENTE.iter().filter(|who| sees(who, lugar)).collect()
}

fn sees(who: &Miembro, lugar: &Lugar) -> bool {
    let here = who.entidades.contains(&lugar.entidad);
    here && match who.rol {
        Rol::Asesor => who.usuario == lugar.asesor,
        Rol::JefeVentas => gente::miembro(lugar.asesor).is_some_and(|asesor| asesor.equipo == who.equipo),
        Rol::Administrativo => true,
        Rol::Administrador | Rol::Soporte => false,
    }
}

/// Some working hour of the deal, before the world's day.
fn moment(azar: &mut Azar, lugar: &Lugar) -> DateTime {
    let age = i64::from((lugar.hoy - lugar.pedido).get_days());
    let last = if lugar.cerrado { lugar.dias.min(age - 1) } else { age - 1 };
    let day = workday(lugar.pedido.saturating_add(Span::new().days(azar.between(0, last.max(0))))).max(lugar.pedido);
    day.to_datetime(time(azar.between(8, 18) as i8, azar.below(60) as i8, azar.below(60) as i8, 0))
}

/// The day, or the Saturday before a Sunday.
fn workday(day: Date) -> Date {
    if day.weekday() == Weekday::Sunday { day.saturating_sub(Span::new().days(1)) } else { day }
}

/// When the last working day ends.
fn yesterday(hoy: Date) -> DateTime {
    hoy.saturating_sub(Span::new().days(1)).at(20, 0, 0, 0)
}
