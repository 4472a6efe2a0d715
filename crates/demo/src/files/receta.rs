//! Which file a document type would be.

use super::Papel::{self, *};
use super::Receta;
use super::Soporte::{self, *};

/// What documents of a type of that modelo come as, with how often in a hundred. Only formats that the type takes are to be drawn from it.
pub fn recetas(modelo: &str, tipo: &str) -> &'static [(Receta, u64)] {
    match tipo {
        "oferta" => OFERTA,
        "pedido" => PEDIDO,
        "factura" if modelo == "postventa" => FACTURA_TALLER,
        "factura" | "factura-rebu" => FACTURA,
        "presupuesto" => PRESUPUESTO,
        "recambios" => ALBARAN,
        "dni" | "dni-apoderado" => IDENTIDAD,
        "fotos" => FOTOS,
        "reserva" | "pagos" => PAGO,
        "contrato" => CONTRATO,
        "sepa" => SEPA,
        "nominas" => NOMINA,
        "solicitud" | "aprobacion" => FINANCIERA,
        "ivtm" | "modelo-576" | "modelo-06" | "modelo-620" | "tasa-dgt" => IMPUESTO,
        "ficha-tecnica" | "permiso" | "vo-permiso" | "vo-ficha" | "itv" => FICHA,
        "rgpd" => RGPD,
        "mandato" | "encargo" => MANDATO,
        "tasacion" | "peritacion" => TASACION,
        "entrega" | "pdi" | "revision" | "resguardo" => ENTREGA,
        "orden" => ORDEN,
        _ => OTROS,
    }
}

/// Every recipe there is, each once.
pub(crate) fn all() -> Vec<Receta> {
    let mut all: Vec<_> = [
        OFERTA,
        PEDIDO,
        FACTURA,
        FACTURA_TALLER,
        PRESUPUESTO,
        ALBARAN,
        IDENTIDAD,
        FOTOS,
        PAGO,
        CONTRATO,
        SEPA,
        NOMINA,
        FINANCIERA,
        IMPUESTO,
        FICHA,
        RGPD,
        MANDATO,
        TASACION,
        ENTREGA,
        ORDEN,
        OTROS,
    ]
    .into_iter()
    .flatten()
    .map(|(receta, _)| *receta)
    .collect();
    all.sort_unstable();
    all.dedup();
    all
}

const fn r(papel: Papel, soporte: Soporte, percent: u64) -> (Receta, u64) {
    (Receta { papel, soporte }, percent)
}

const OFERTA: &[(Receta, u64)] = &[r(Oferta, Digital, 80), r(Oferta, Correo, 20)];
const PEDIDO: &[(Receta, u64)] = &[r(Pedido, Digital, 60), r(Pedido, Escaneo, 40)];
const FACTURA: &[(Receta, u64)] = &[r(Factura, Digital, 90), r(Factura, Escaneo, 10)];
const FACTURA_TALLER: &[(Receta, u64)] = &[r(FacturaTaller, Digital, 90), r(FacturaTaller, Escaneo, 10)];
const PRESUPUESTO: &[(Receta, u64)] = &[r(Presupuesto, Digital, 65), r(Presupuesto, Correo, 35)];
const ALBARAN: &[(Receta, u64)] = &[r(Albaran, Digital, 55), r(Albaran, Escaneo, 45)];
const IDENTIDAD: &[(Receta, u64)] = &[r(Identidad, Foto, 80), r(Identidad, Escaneo, 20)];
const FOTOS: &[(Receta, u64)] = &[r(Vehiculo, Foto, 100)];
const PAGO: &[(Receta, u64)] =
    &[r(Recibo, Captura, 40), r(Justificante, Digital, 30), r(Justificante, Escaneo, 15), r(Justificante, Correo, 15)];
const CONTRATO: &[(Receta, u64)] = &[r(Contrato, Escaneo, 40), r(Contrato, Fax, 35), r(Contrato, Digital, 25)];
const SEPA: &[(Receta, u64)] = &[r(Sepa, Escaneo, 40), r(Sepa, Fax, 20), r(Sepa, Digital, 40)];
const NOMINA: &[(Receta, u64)] = &[r(Nomina, Digital, 50), r(Nomina, Escaneo, 30), r(Nomina, Fax, 20)];
const FINANCIERA: &[(Receta, u64)] = &[r(Contrato, Correo, 60), r(Contrato, Digital, 40)];
const IMPUESTO: &[(Receta, u64)] = &[r(Ivtm, Digital, 60), r(Ivtm, Escaneo, 40)];
const FICHA: &[(Receta, u64)] = &[r(Ficha, Escaneo, 50), r(Ficha, Digital, 50)];
const RGPD: &[(Receta, u64)] = &[r(Rgpd, Escaneo, 50), r(Rgpd, Digital, 50)];
const MANDATO: &[(Receta, u64)] = &[r(Mandato, Escaneo, 55), r(Mandato, Fax, 20), r(Mandato, Digital, 25)];
const TASACION: &[(Receta, u64)] = &[r(Tasacion, Escaneo, 50), r(Tasacion, Digital, 50)];
const ENTREGA: &[(Receta, u64)] = &[r(Entrega, Escaneo, 60), r(Entrega, Digital, 40)];
const ORDEN: &[(Receta, u64)] = &[r(Orden, Escaneo, 60), r(Orden, Digital, 40)];
const OTROS: &[(Receta, u64)] = &[r(Certificado, Digital, 70), r(Certificado, Escaneo, 30)];
