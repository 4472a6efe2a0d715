//! A deal in full, as it will be once closed: what the index and the papers of an expediente are taken from.

use crate::azar::{Azar, Hilo};
use crate::calendario::Calendario;
use crate::files::Datos;
use crate::{gente, ids, nombres, vehiculos};
use domain::{CampoId, Indice, Valor};
use jiff::Span;
use jiff::civil::Date;

/// Areas of work the world knows how to fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Area {
    Nuevos,
    Usados,
    Taller,
}

impl Area {
    /// The area of a modelo; modelos this program does not know are filled like new vehicles.
    pub(crate) fn of(modelo: &str) -> Self {
        match modelo {
            "venta-vo" => Self::Usados,
            "postventa" => Self::Taller,
            _ => Self::Nuevos,
        }
    }

    /// Days from order to closing, the quickest and the slowest.
    pub(crate) fn days(self) -> (i64, i64) {
        match self {
            Self::Nuevos => (35, 130),
            Self::Usados => (15, 75),
            Self::Taller => (4, 40),
        }
    }
}

/// A deal.
#[derive(Debug, Clone)]
pub(crate) struct Trato {
    /// What the papers say.
    pub datos: Datos,
    /// The index, complete.
    pub indice: Indice,
    /// User name of the asesor.
    pub asesor: &'static str,
    /// Days it takes from order to closing.
    pub dias: i64,
}

const AVERIAS: &[&str] = &[
    "Revisión 30.000 km",
    "Revisión 60.000 km",
    "Cambio de pastillas y discos",
    "Ruido en el tren delantero",
    "Testigo de motor encendido",
    "Pérdida de refrigerante",
    "Golpe en aleta delantera",
    "Sustitución de luna",
    "Climatizador no enfría",
    "Cuatro neumáticos",
    "Campaña de la marca",
    "Batería descargada",
    "Embrague patina",
    "Cambio de correa de distribución",
];

impl Trato {
    /// Deal number `n` of a world. The same arguments make the same deal.
    pub(crate) fn new(seed: u64, n: u64, calendario: &Calendario, modelo: &str, entidad: (&str, &str)) -> Self {
        let mut azar = Azar::new(seed, Hilo::Expediente, n);
        let area = Area::of(modelo);
        let shares = gente::reparto(entidad.0, modelo);
        let weights: Vec<_> = shares.iter().map(|(_, share)| *share).collect();
        let asesor = shares[azar.weighted(&weights)].0;
        let who = gente::miembro(asesor);
        let fecha = calendario.fecha(n);
        let (quick, slow) = area.days();
        let dias = azar.between(quick, slow);
        let numero = calendario.numero(n);
        let datos = deal(&mut azar, area, numero, entidad.1, fecha, dias, who.map_or("", |m| m.nombre));
        let mut indice = Index(Indice::new());
        client(&mut indice, &mut azar, &datos);
        vehicle(&mut indice, &mut azar, &datos, area, fecha);
        match area {
            Area::Taller => workshop(&mut indice, &mut azar, &datos, dias),
            Area::Nuevos | Area::Usados => {
                let jefe = who.and_then(|m| m.equipo).and_then(gente::jefe_de).map_or("", |m| m.nombre);
                indice.put("jefe", jefe);
                sale(&mut indice, &mut azar, &datos, area, dias);
            }
        }
        Self { datos, indice: indice.0, asesor, dias }
    }
}

impl Trato {
    /// What people call the client by in a file name: both surnames, or the company without its legal form.
    pub(crate) fn short_name(&self) -> &str {
        let company = self.datos.nif != self.datos.nif_firmante;
        if company { self.datos.cliente.split(',').next().unwrap_or_default() } else { &self.datos.apellidos }
    }
}

/// An index being filled.
struct Index(Indice);

impl Index {
    fn put(&mut self, campo: &str, valor: impl Into<Valor>) {
        self.0.insert(CampoId::from(campo), valor.into());
    }

    fn put_day(&mut self, campo: &str, day: Date) {
        self.put(campo, day.to_string().as_str());
    }
}

fn later(day: Date, days: i64) -> Date {
    day.saturating_add(Span::new().days(days))
}

fn deal(azar: &mut Azar, area: Area, numero: String, entidad: &str, fecha: Date, dias: i64, asesor: &str) -> Datos {
    let person = nombres::persona(azar);
    let company = azar.chance(if area == Area::Nuevos { 16 } else { 9 });
    let nif_firmante = if azar.chance(9) { ids::nie(azar) } else { ids::nif(azar) };
    let (cliente, nif, email) = if company {
        let (name, form) = nombres::empresa(azar);
        let email = nombres::email_empresa(azar, &name);
        (name, ids::cif(azar, form), email)
    } else {
        (person.completo(), nif_firmante.clone(), person.email(azar))
    };
    let address = nombres::direccion(azar);
    let used = match area {
        Area::Nuevos => false,
        Area::Usados => true,
        Area::Taller => azar.chance(50),
    };
    let version = if used { vehiculos::usado(azar) } else { vehiculos::nuevo(azar) };
    let age = match area {
        Area::Nuevos => -dias * 6 / 10,
        Area::Usados => azar.between(500, 2_900),
        Area::Taller => azar.between(300, 3_200),
    };
    let registered = later(fecha, -age);
    let (pvp_cent, descuento_cent) = match area {
        Area::Nuevos => (version.euros * 100, version.euros * azar.between(2, 9) / 10 * 10),
        // Ten euros up or down, as windscreens show it.
        Area::Usados => (version.euros * azar.between(86, 112) / 1_000 * 1_000, azar.between(0, 60) * 1_000),
        Area::Taller => (azar.between(6_900, 168_000), 0),
    };
    Datos {
        num_pedido: match area {
            Area::Taller => format!("OR-{:05}", 10_000 + azar.below(80_000)),
            Area::Nuevos | Area::Usados => format!("P-{:06}", 100_000 + azar.below(800_000)),
        },
        numero,
        entidad: entidad.to_owned(),
        cliente,
        nif,
        nif_firmante,
        via: address.via,
        poblacion: address.poblacion,
        movil: ids::mobile(azar),
        email,
        marca: version.marca_nombre.to_owned(),
        vehiculo: version.vehiculo.to_owned(),
        version: version.version.to_owned(),
        bastidor: ids::vin(azar, version.wmi, version.codigo, registered.year()),
        matricula: ids::plate(azar, registered),
        pvp_cent,
        descuento_cent,
        importe_cent: pvp_cent - descuento_cent,
        iban: ids::iban(azar),
        fecha,
        asesor: asesor.to_owned(),
        nombre: person.nombre,
        apellidos: person.apellidos,
    }
}

fn client(indice: &mut Index, azar: &mut Azar, datos: &Datos) {
    let company = datos.nif != datos.nif_firmante;
    let name = if company { datos.cliente.clone() } else { format!("{}, {}", datos.apellidos, datos.nombre) };
    indice.put("cliente", name.as_str());
    indice.put("nif", datos.nif.as_str());
    indice.put("movil", datos.movil.as_str());
    indice.put("email", datos.email.as_str());
    indice.put("residente", !azar.chance(3));
    let kind = if company {
        "empresa"
    } else if azar.chance(14) {
        "autonomo"
    } else {
        "particular"
    };
    indice.put("tipo-cliente", kind);
}

fn vehicle(indice: &mut Index, azar: &mut Azar, datos: &Datos, area: Area, fecha: Date) {
    let marca = vehiculos::NUEVOS
        .iter()
        .chain(vehiculos::USADOS)
        .find(|v| v.marca_nombre == datos.marca)
        .map_or("otra", |v| v.marca);
    indice.put("marca", marca);
    indice.put("vehiculo", datos.vehiculo.as_str());
    indice.put("version", datos.version.as_str());
    indice.put("bastidor", datos.bastidor.as_str());
    indice.put("matricula", datos.matricula.as_str());
    indice.put("nive", azar.digits(16).as_str());
    if area != Area::Nuevos {
        let years = azar.between(1, 8);
        indice.put_day("primera-matriculacion", later(fecha, -365 * years + azar.between(-120, 120)));
        indice.put("kilometros", years * azar.between(7_000, 21_000) + azar.between(0, 999));
    }
}

fn workshop(indice: &mut Index, azar: &mut Azar, datos: &Datos, dias: i64) {
    indice.put("num-orden", datos.num_pedido.as_str());
    indice.put_day("recepcion", datos.fecha);
    indice.put("cargo", ["cliente", "garantia", "seguro", "interno"][azar.weighted(&[58, 22, 15, 5])]);
    indice.put("averia", *azar.pick(AVERIAS));
    indice.put_day("fecha-entrega", later(datos.fecha, dias));
    indice.put("importe", datos.importe_cent);
    // No more than the law allows in cash.
    let cash = if datos.importe_cent < 100_000 { 12 } else { 0 };
    indice.put("forma-pago", ["tarjeta", "transferencia", "efectivo", "cuenta"][azar.weighted(&[55, 22, cash, 11])]);
    let cost = datos.importe_cent * azar.between(38, 67) / 100;
    indice.put("coste", cost);
    indice.put("margen", datos.importe_cent - cost);
}

fn sale(indice: &mut Index, azar: &mut Azar, datos: &Datos, area: Area, dias: i64) {
    indice.put("num-pedido", datos.num_pedido.as_str());
    indice.put_day("pedido", datos.fecha);
    let trade_in = azar.chance(32);
    indice.put("con-tasacion", trade_in);
    if trade_in {
        let day = later(datos.fecha, -azar.between(1_400, 4_600));
        indice.put("vo-matricula", ids::plate(azar, day).as_str());
        indice.put("vo-tasacion", azar.between(12, 118) * 10_000);
    }
    indice.put("pvp", datos.pvp_cent);
    indice.put("descuento", datos.descuento_cent);
    indice.put("importe", datos.importe_cent);
    indice.put("reserva", azar.between(1, 4) * 25_000);
    let payment = match (area, datos.nif == datos.nif_firmante) {
        (Area::Usados, _) => ["contado", "financiado", "gestion-venta"][azar.weighted(&[46, 44, 10])],
        (_, true) => ["contado", "financiado", "renting"][azar.weighted(&[38, 56, 6])],
        (_, false) => ["contado", "financiado", "renting"][azar.weighted(&[32, 28, 40])],
    };
    indice.put("forma-pago", payment);
    indice.put("regimen", if azar.chance(74) { "rebu" } else { "general" });
    indice.put("financiera", ["marca", "banco", "externa"][azar.weighted(&[78, 14, 8])]);
    indice.put("num-operacion", azar.digits(9).as_str());
    indice.put("iban", datos.iban.as_str());
    indice.put("gestoria", ["ebro", "martorell", "propia"][azar.weighted(&[58, 34, 8])]);
    indice.put_day("fecha-matriculacion", later(datos.fecha, dias * 8 / 10));
    indice.put_day("fecha-transferencia", later(datos.fecha, dias * 8 / 10));
    indice.put_day("fecha-entrega", later(datos.fecha, dias));
    let cost = datos.pvp_cent * azar.between(84, 91) / 100;
    let support = if area == Area::Nuevos { azar.between(0, 12) * 10_000 } else { 0 };
    let repairs = if area == Area::Usados { azar.between(150, 980) * 100 } else { 0 };
    let commission = if payment == "financiado" { datos.importe_cent * azar.between(15, 32) / 1_000 } else { 0 };
    indice.put("coste", cost);
    indice.put("apoyo-marca", support);
    indice.put("reacondicionamiento", repairs);
    indice.put("comision", commission);
    indice.put("margen", datos.importe_cent + support + commission - cost - repairs);
}
