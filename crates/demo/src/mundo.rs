//! The world: any of its expedientes on demand, from seed and number alone.

use crate::azar::{Azar, Hilo};
use crate::calendario::Calendario;
use crate::documentos;
use crate::files::{self, Datos, FileError, Receta, Soporte, Tamano};
use crate::gente::{NORTE, SUR};
use crate::notas::{self, AvisoMundo, Frecuencia, NotaMundo};
use crate::plan::Plan;
use crate::trato::{Area, Trato};
use domain::{CampoId, Entidad, EntidadId, EstadoDocumento, FaseId, Indice, Modelo, ModeloId, TipoId};
use jiff::civil::{Date, DateTime};
use std::collections::BTreeMap;
use std::sync::Arc;

/// An entidad of the demo.
struct Casa {
    id: &'static str,
    nombre: &'static str,
    /// The modelos it works with, by how many of a hundred expedientes are of each.
    modelos: &'static [(&'static str, u64)],
}

const CASAS: [Casa; 2] = [
    Casa { id: NORTE, nombre: "Norte-Seat", modelos: &[("venta-vn", 70), ("venta-vo", 10), ("postventa", 20)] },
    Casa { id: SUR, nombre: "Sur-VO", modelos: &[("venta-vo", 72), ("postventa", 28)] },
];

/// How many files the world has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recursos {
    /// The newest expedientes whose pictures (scans, photographs, faxes) are their own, with their own client's name: tens of
    /// milliseconds each.
    pub propios_imagen: u64,
    /// The newest expedientes whose digital papers and mails are their own: less than a millisecond each.
    pub propios_texto: u64,
    /// How many pictures of each kind all others share.
    pub copias_imagen: u32,
    /// How many digital papers and mails of each kind.
    pub copias_texto: u32,
    /// How many pixels pictures have.
    pub tamano: Tamano,
    /// Leave out documents that nothing requires.
    pub solo_requeridos: bool,
}

impl Recursos {
    /// What suits a world of that size: rich up to some thousands, small and shared beyond.
    pub fn for_size(size: u64) -> Self {
        if size <= 20_000 {
            Self {
                propios_imagen: 16,
                propios_texto: 320,
                copias_imagen: 3,
                copias_texto: 8,
                tamano: Tamano::Normal,
                solo_requeridos: false,
            }
        } else {
            Self {
                propios_imagen: 0,
                propios_texto: 0,
                copias_imagen: 2,
                copias_texto: 2,
                tamano: Tamano::Pequeno,
                solo_requeridos: true,
            }
        }
    }

    /// How many newest expedientes have such a file of their own, and how many of them all others share.
    pub(crate) fn of(&self, soporte: Soporte) -> (u64, u32) {
        if soporte.is_cheap() {
            (self.propios_texto, self.copias_texto)
        } else {
            (self.propios_imagen, self.copias_imagen)
        }
    }
}

/// Why a world cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum MundoError {
    /// A condition of a modelo does not parse.
    #[error("el modelo «{modelo}» tiene una condición que no se entiende: {causa}")]
    Condicion {
        /// The modelo.
        modelo: ModeloId,
        /// What is wrong with it.
        causa: domain::query::QueryError,
    },
    /// An entidad of the demo has no modelo to work with.
    #[error("faltan los modelos con que trabaja «{0}»; la demostración necesita venta-vn, venta-vo o postventa")]
    SinModelo(EntidadId),
}

/// A generated world.
#[derive(Debug, Clone)]
pub struct Mundo {
    seed: u64,
    calendario: Calendario,
    recursos: Recursos,
    /// By entidad: its plans and their weights.
    planes: [Vec<(Plan, u64)>; 2],
    /// Open avisos that were dealt out, by expediente.
    avisos: Arc<BTreeMap<u64, Vec<AvisoMundo>>>,
}

/// An expediente of the world.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ExpedienteMundo {
    /// Its place in the world, 0 the oldest.
    pub n: u64,
    /// Where.
    pub entidad: EntidadId,
    /// What of.
    pub modelo: ModeloId,
    /// `26-01877`, once per entidad and year.
    pub numero: String,
    /// User name of the asesor.
    pub asesor: &'static str,
    /// Where it stands.
    pub fase: FaseId,
    /// Its index, as far as it is known in that fase.
    pub indice: Indice,
    /// Day of the order, which is the day it was opened.
    pub pedido: Date,
    /// Its documents, oldest first.
    pub documentos: Vec<DocumentoMundo>,
    /// Its notes, oldest first.
    pub notas: Vec<NotaMundo>,
    /// Its avisos.
    pub avisos: Vec<AvisoMundo>,
}

/// A document of an expediente.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DocumentoMundo {
    /// Its type.
    pub tipo: TipoId,
    /// File name.
    pub nombre: String,
    /// How its check went.
    pub estado: EstadoDocumento,
    /// Why it was rejected; empty otherwise.
    pub motivo_rechazo: String,
    /// Its content.
    pub archivo: ArchivoRef,
    /// User name of who brought it.
    pub subido_por: &'static str,
    /// When, always before the world's day. Take it for UTC.
    pub fecha: DateTime,
}

/// A file of the world, which [`Mundo::archivo`] makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArchivoRef {
    /// What it is.
    pub receta: Receta,
    /// Whose it is.
    pub origen: Origen,
}

/// Whose a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origen {
    /// One of the files of its kind that expedientes share.
    Comun(u32),
    /// Of one expediente alone, and of one document there.
    Propio {
        /// The expediente.
        n: u64,
        /// The document, counted from 0.
        documento: u32,
    },
}

impl Mundo {
    /// The world of a seed: `size` expedientes over the two years before `hoy`, filled as the modelos say.
    pub fn new(seed: u64, size: u64, hoy: Date, modelos: &[Modelo]) -> Result<Self, MundoError> {
        Self::with_recursos(seed, size, hoy, modelos, Recursos::for_size(size))
    }

    /// The same with another amount of files.
    pub fn with_recursos(
        seed: u64,
        size: u64,
        hoy: Date,
        modelos: &[Modelo],
        recursos: Recursos,
    ) -> Result<Self, MundoError> {
        let mut planes = [Vec::new(), Vec::new()];
        for (plans, casa) in planes.iter_mut().zip(&CASAS) {
            for (slug, weight) in casa.modelos {
                if let Some(modelo) = modelos.iter().find(|m| m.id.as_str() == *slug) {
                    let plan = Plan::new(modelo)
                        .map_err(|causa| MundoError::Condicion { modelo: modelo.id.clone(), causa })?;
                    plans.push((plan, *weight));
                }
            }
            if plans.is_empty() {
                return Err(MundoError::SinModelo(casa.id.into()));
            }
        }
        let calendario = Calendario::new(size, hoy);
        let mut mundo = Self { seed, calendario, recursos, planes, avisos: Arc::default() };
        mundo.avisos = Arc::new(notas::deal(seed, size, |n| mundo.lugar(n)));
        Ok(mundo)
    }

    /// How many expedientes there are: they are numbered from 0, the oldest.
    pub fn size(&self) -> u64 {
        self.calendario.size()
    }

    /// The entidades of the demo, with those of their modelos that were given.
    pub fn entidades(&self) -> Vec<Entidad> {
        CASAS
            .iter()
            .zip(&self.planes)
            .map(|(casa, plans)| Entidad {
                id: casa.id.into(),
                nombre: casa.nombre.to_owned(),
                modelos: plans.iter().map(|(plan, _)| plan.modelo.id.clone()).collect(),
            })
            .collect()
    }

    /// Expediente `n`, counted from the oldest. Takes microseconds and remembers nothing.
    pub fn expediente(&self, n: u64) -> ExpedienteMundo {
        let (entidad, plan, trato) = self.trato(n);
        let mut azar = Azar::new(self.seed, Hilo::Documentos, n);
        let road = plan.road(&trato.indice);
        let at = self.stands(&mut azar, plan, &trato, &road);
        let indice = known(&mut azar, plan, &trato.indice, at);
        let documentos = documentos::of(
            &mut azar,
            plan,
            &trato,
            &indice,
            &documentos::Lugar {
                n,
                at,
                road: &road,
                entidad,
                rank: self.calendario.rank(n),
                hoy: self.calendario.hoy(),
                recursos: &self.recursos,
            },
        );
        let lugar = self.lugar_of(n, entidad, plan, &trato, at);
        let (notas, mut avisos) = notas::of(self.seed, &lugar, Frecuencia::new(self.recursos.solo_requeridos));
        avisos.extend(self.avisos.get(&n).into_iter().flatten().cloned());
        ExpedienteMundo {
            n,
            entidad: entidad.into(),
            modelo: plan.modelo.id.clone(),
            numero: trato.datos.numero,
            asesor: trato.asesor,
            fase: plan.fase(at),
            indice,
            pedido: trato.datos.fecha,
            documentos,
            notas,
            avisos,
        }
    }

    /// What the papers of expediente `n` say.
    pub fn datos(&self, n: u64) -> Datos {
        self.trato(n).2.datos
    }

    /// Every file of the world, each once: the shared ones, then those of the newest expedientes, the very newest first.
    pub fn archivos(&self) -> Vec<ArchivoRef> {
        let shared = files::all_recetas().into_iter().flat_map(|receta| {
            let (_, copies) = self.recursos.of(receta.soporte);
            (0..copies).map(move |i| ArchivoRef { receta, origen: Origen::Comun(i) })
        });
        let own = self.recursos.propios_imagen.max(self.recursos.propios_texto).min(self.size());
        let of_newest = (self.size() - own..self.size())
            .rev()
            .flat_map(|n| self.expediente(n).documentos)
            .map(|documento| documento.archivo)
            .filter(|archivo| matches!(archivo.origen, Origen::Propio { .. }));
        shared.chain(of_newest).collect()
    }

    /// Makes a file of the world.
    pub fn archivo(&self, archivo: ArchivoRef) -> Result<Vec<u8>, FileError> {
        let (datos, seed) = match archivo.origen {
            Origen::Propio { n, documento } => (self.datos(n), n.wrapping_mul(64).wrapping_add(u64::from(documento))),
            Origen::Comun(i) => {
                // Another deal for each kind, so that two shared papers side by side are not of the same stranger.
                let n = u64::from(i) + 1_000 * (archivo.receta.papel as u64 * 8 + archivo.receta.soporte as u64);
                let mut azar = Azar::new(self.seed, Hilo::Archivo, n);
                (Datos::invented(&mut azar, self.calendario.hoy(), archivo.receta.papel), u64::from(i))
            }
        };
        files::make(archivo.receta, &datos, self.seed.wrapping_add(seed), self.recursos.tamano)
    }

    /// Where expediente `n` stands.
    fn lugar(&self, n: u64) -> notas::Lugar {
        let (entidad, plan, trato) = self.trato(n);
        // The first draw of the source that fills it.
        let mut azar = Azar::new(self.seed, Hilo::Documentos, n);
        let at = self.stands(&mut azar, plan, &trato, &plan.road(&trato.indice));
        self.lugar_of(n, entidad, plan, &trato, at)
    }

    fn lugar_of(&self, n: u64, entidad: &'static str, plan: &Plan, trato: &Trato, at: usize) -> notas::Lugar {
        notas::Lugar {
            n,
            entidad,
            area: Area::of(plan.modelo.id.as_str()),
            asesor: trato.asesor,
            pedido: trato.datos.fecha,
            cerrado: at == plan.last(),
            dias: trato.dias,
            hoy: self.calendario.hoy(),
        }
    }

    fn stands(&self, azar: &mut Azar, plan: &Plan, trato: &Trato, road: &[usize]) -> usize {
        let age = i64::from((self.calendario.hoy() - trato.datos.fecha).get_days());
        stands(azar, plan, road, age, trato.dias)
    }

    fn trato(&self, n: u64) -> (&'static str, &Plan, Trato) {
        let place = self.calendario.entidad(n);
        let Casa { id, nombre, .. } = CASAS[place];
        let plans = &self.planes[place];
        let weights: Vec<_> = plans.iter().map(|(_, weight)| *weight).collect();
        let plan = &plans[Azar::new(self.seed, Hilo::Modelo, n).weighted(&weights)].0;
        (id, plan, Trato::new(self.seed, n, &self.calendario, plan.modelo.id.as_str(), (id, nombre)))
    }
}

/// Place of the fase that an expediente of that age stands in. A few are stuck near the end long after they should have closed.
fn stands(azar: &mut Azar, plan: &Plan, road: &[usize], age: i64, dias: i64) -> usize {
    let Some((last, open)) = road.split_last() else { return plan.last() };
    let stuck = azar.chance(3);
    if open.is_empty() || (age >= dias && !stuck) {
        return *last;
    }
    let share = |place: &usize| match plan.fase(*place).as_str() {
        "oferta" | "recepcion" => 10,
        "matriculacion" | "transferencia" | "reparacion" => 28,
        "pedido" => 24,
        _ => 16,
    };
    let shares: Vec<i64> = open.iter().map(share).collect();
    let mut left = age.min(dias - 1) * shares.iter().sum::<i64>() / dias.max(1);
    for (place, share) in open.iter().zip(shares) {
        if left < share {
            return *place;
        }
        left -= share;
    }
    open[open.len() - 1]
}

/// What of the index is known by that fase: all of the earlier ones, part of its own.
fn known(azar: &mut Azar, plan: &Plan, full: &Indice, at: usize) -> Indice {
    let mut indice = Indice::new();
    for (fase, campo) in plan.campos(full) {
        let there = fase < at || plan.is_column(campo) || (fase == at && (at == plan.last() || azar.chance(62)));
        if let (true, Some(valor)) = (there, full.get(campo)) {
            indice.insert(campo.clone(), valor.clone());
        }
    }
    // Conditions of what comes later hang on these: they are asked on the first day.
    for campo in ["tipo-cliente", "con-tasacion", "cargo"].map(CampoId::from) {
        if let (Some(_), Some(valor)) = (plan.modelo.campo(&campo), full.get(&campo)) {
            indice.insert(campo, valor.clone());
        }
    }
    indice
}
