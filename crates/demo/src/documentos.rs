//! The documents an expediente of a given fase would have: the earlier fases complete, its own half done, a stray one ahead.

use crate::azar::Azar;
use crate::files::{Papel, Receta, Soporte, recetas};
use crate::gente;
use crate::mundo::{ArchivoRef, DocumentoMundo, Origen, Recursos};
use crate::nombres::slug;
use crate::plan::Plan;
use crate::trato::Trato;
use domain::{EstadoDocumento, Indice, TipoDocumento};
use jiff::Span;
use jiff::civil::{Date, DateTime, Weekday, time};

/// Where an expediente stands in its world.
pub(crate) struct Lugar<'m> {
    pub n: u64,
    /// Place of its fase.
    pub at: usize,
    /// Places of all fases it goes through.
    pub road: &'m [usize],
    pub entidad: &'static str,
    /// 0 for the newest expediente.
    pub rank: u64,
    pub hoy: Date,
    pub recursos: &'m Recursos,
}

const MOTIVOS: &[&str] = &[
    "Falta la firma",
    "No se lee el número",
    "Está caducado",
    "Solo trae una cara",
    "El importe no coincide",
    "La fecha es anterior al pedido",
    "Falta la segunda página",
    "El titular es otra persona",
    "Imagen cortada",
    "Falta el sello de la entidad",
];

/// The documents, oldest first.
pub(crate) fn of(
    azar: &mut Azar,
    plan: &Plan,
    trato: &Trato,
    indice: &Indice,
    lugar: &Lugar<'_>,
) -> Vec<DocumentoMundo> {
    let mut made: Vec<DocumentoMundo> = Vec::new();
    for (fase, tipo) in plan.tipos(indice) {
        if let Some(grupo) = &tipo.grupo {
            // One of the group is enough, and which one is the deal's own.
            let chosen = lugar.n % plan.group_size(grupo, indice).max(1);
            if !plan.is_of_group(grupo, chosen, &tipo.id, indice) {
                continue;
            }
        }
        for estado in estados(azar, tipo.requerido, fase, lugar, plan.last()) {
            let fecha = when(azar, plan, fase, trato, lugar);
            let receta = receta(azar, plan.modelo.id.as_str(), tipo);
            made.push(document(azar, tipo, (estado, receta, fecha), trato, lugar, &made));
        }
    }
    made.sort_by_key(|documento| documento.fecha);
    made
}

/// States of the documents of a type: none is a missing one, two are a rejected one and what came in its stead.
fn estados(azar: &mut Azar, requerido: bool, fase: usize, lugar: &Lugar<'_>, last: usize) -> Vec<EstadoDocumento> {
    use EstadoDocumento::{Pendiente, Rechazado, Validado};
    let lean = lugar.recursos.solo_requeridos;
    if lean && !requerido {
        return Vec::new();
    }
    let passed = fase < lugar.at || lugar.at == last;
    if passed && requerido {
        return if !lean && azar.chance(6) { vec![Rechazado, Validado] } else { vec![Validado] };
    }
    if passed {
        return match azar.weighted(&[62, 6, 32]) {
            0 => vec![Validado],
            1 if lugar.at != last => vec![Pendiente],
            _ => Vec::new(),
        };
    }
    if fase == lugar.at {
        let weights = if requerido { [36, 27, 13, 24] } else { [22, 20, 3, 55] };
        return match azar.weighted(&weights) {
            0 => vec![Validado],
            1 => vec![Pendiente],
            2 => vec![Rechazado],
            _ => Vec::new(),
        };
    }
    // Some bring papers before anybody asks.
    if azar.chance(4) { vec![Pendiente] } else { Vec::new() }
}

/// When a document of that fase came: somewhere in its stretch of the deal, in working hours, before the world's day.
fn when(azar: &mut Azar, plan: &Plan, fase: usize, trato: &Trato, lugar: &Lugar<'_>) -> DateTime {
    let steps = lugar.road.len().saturating_sub(1).max(1) as i64;
    let closed = lugar.at == plan.last();
    let known = lugar.road.iter().position(|place| *place == fase.min(lugar.at)).unwrap_or_default() as i64;
    let (from, to) = (trato.dias * known / steps, trato.dias * (known + 1) / steps);
    let day = trato.datos.fecha.saturating_add(Span::new().days(azar.between(from, to - i64::from(closed))));
    let yesterday = lugar.hoy.saturating_sub(Span::new().days(1));
    let moment = time(azar.between(8, 18) as i8, azar.below(60) as i8, azar.below(60) as i8, 0);
    let day = day.min(yesterday);
    let day = if day.weekday() == Weekday::Sunday { day.saturating_sub(Span::new().days(1)) } else { day };
    day.max(trato.datos.fecha).to_datetime(moment)
}

fn document(
    azar: &mut Azar,
    tipo: &TipoDocumento,
    (estado, receta, fecha): (EstadoDocumento, Receta, DateTime),
    trato: &Trato,
    lugar: &Lugar<'_>,
    made: &[DocumentoMundo],
) -> DocumentoMundo {
    let (own, copies) = lugar.recursos.of(receta.soporte);
    let origen = if lugar.rank < own {
        Origen::Propio { n: lugar.n, documento: made.len() as u32 }
    } else {
        // One after the other, so that an expediente does not hold the same file twice while there are others.
        let before = made.iter().filter(|documento| documento.archivo.receta == receta).count() as u64;
        Origen::Comun(((lugar.n + before) % u64::from(copies.max(1))) as u32)
    };
    let motivo = if estado == EstadoDocumento::Rechazado { *azar.pick(MOTIVOS) } else { "" };
    let subido_por = if is_of_the_office(receta.papel) || azar.chance(18) {
        gente::administrativo(lugar.entidad)
    } else {
        trato.asesor
    };
    DocumentoMundo {
        tipo: tipo.id.clone(),
        nombre: name(azar, tipo, receta, trato, fecha),
        estado,
        motivo_rechazo: motivo.to_owned(),
        archivo: ArchivoRef { receta, origen },
        subido_por,
        fecha,
    }
}

/// Whether the office makes or fetches such a paper, and not the asesor.
fn is_of_the_office(papel: Papel) -> bool {
    use Papel::{Factura, FacturaTaller, Ficha, Ivtm, Mandato};
    matches!(papel, Factura | FacturaTaller | Ivtm | Ficha | Mandato)
}

/// What it came as, among the formats that its type takes.
fn receta(azar: &mut Azar, modelo: &str, tipo: &TipoDocumento) -> Receta {
    let takes = |soporte: Soporte| tipo.formatos.is_empty() || tipo.formatos.iter().any(|f| f == soporte.extension());
    let all = recetas(modelo, tipo.id.as_str());
    let weights: Vec<_> = all.iter().map(|(receta, weight)| if takes(receta.soporte) { *weight } else { 0 }).collect();
    all[azar.weighted(&weights)].0
}

/// File names as devices and people give them.
fn name(azar: &mut Azar, tipo: &TipoDocumento, receta: Receta, trato: &Trato, fecha: DateTime) -> String {
    let extension = receta.soporte.extension();
    let client = slug(trato.short_name());
    let day = fecha.strftime("%Y%m%d");
    match (receta.soporte, azar.below(4)) {
        (Soporte::Foto, 0) => format!("IMG_{day}_{}.{extension}", fecha.strftime("%H%M%S")),
        (Soporte::Foto, 1) => format!("WhatsApp Image {}.{extension}", fecha.strftime("%Y-%m-%d at %H.%M.%S")),
        (Soporte::Escaneo, 0) => format!("SCAN{}.{extension}", azar.digits(4)),
        (Soporte::Escaneo, 1) => {
            format!("{} {} (escaneado).{extension}", tipo.nombre.replace('/', "-"), trato.short_name())
        }
        (Soporte::Fax, _) => format!("FAX-{day}-{}.{extension}", azar.digits(3)),
        (Soporte::Captura, 0 | 1) => format!("Captura de pantalla {}.{extension}", fecha.strftime("%Y-%m-%d %H.%M")),
        (Soporte::Correo, _) => format!("RE {} {}.{extension}", tipo.nombre.replace('/', "-"), trato.datos.num_pedido),
        (Soporte::Digital, _) if matches!(receta.papel, Papel::Factura | Papel::FacturaTaller) => {
            format!("F-{}.{extension}", azar.digits(5))
        }
        (Soporte::Digital, 0 | 1) => format!("{}-{}.{extension}", tipo.id, trato.datos.num_pedido),
        _ => format!("{}-{client}.{extension}", tipo.id),
    }
}
