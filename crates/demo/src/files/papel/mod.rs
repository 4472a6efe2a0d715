//! What is written on each paper of a deal, apart from what it is carried by.

mod banco;
mod comun;
mod escena;
mod impreso;
mod oficial;
mod taller;
mod venta;

use super::canvas::Lienzo;
use super::{Datos, Soporte};
use crate::azar::Azar;

/// A paper of a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Papel {
    /// Offer.
    Oferta,
    /// Signed order.
    Pedido,
    /// Invoice.
    Factura,
    /// Invoice of the workshop.
    FacturaTaller,
    /// Estimate of the workshop.
    Presupuesto,
    /// Delivery note of spare parts.
    Albaran,
    /// Loan contract.
    Contrato,
    /// Direct debit mandate.
    Sepa,
    /// Receipt of a transfer, on a telephone.
    Recibo,
    /// Receipt of a transfer, of the branch.
    Justificante,
    /// Pay slip.
    Nomina,
    /// Identity card.
    Identidad,
    /// The vehicle itself.
    Vehiculo,
    /// Road tax.
    Ivtm,
    /// Technical sheet, permits.
    Ficha,
    /// Consent.
    Rgpd,
    /// Mandate of the gestoría.
    Mandato,
    /// Valuation of a trade-in.
    Tasacion,
    /// Delivery sheet.
    Entrega,
    /// Repair order.
    Orden,
    /// Whatever else is certified.
    Certificado,
}

impl Papel {
    /// What it is called.
    pub fn titulo(self) -> &'static str {
        match self {
            Self::Oferta => "Oferta",
            Self::Pedido => "Pedido de vehículo",
            Self::Factura | Self::FacturaTaller => "Factura",
            Self::Presupuesto => "Presupuesto",
            Self::Albaran => "Albarán de recambios",
            Self::Contrato => "Contrato de financiación",
            Self::Sepa => "Orden de domiciliación SEPA",
            Self::Recibo | Self::Justificante => "Justificante de transferencia",
            Self::Nomina => "Recibo de salarios",
            Self::Identidad => "Documento de identidad",
            Self::Vehiculo => "Fotografía del vehículo",
            Self::Ivtm => "Impuesto de circulación",
            Self::Ficha => "Ficha técnica",
            Self::Rgpd => "Consentimiento de datos",
            Self::Mandato => "Mandato",
            Self::Tasacion => "Tasación",
            Self::Entrega => "Hoja de entrega",
            Self::Orden => "Orden de reparación",
            Self::Certificado => "Certificado",
        }
    }

    /// Whether its amounts are those of a repair and not of a vehicle.
    pub(super) fn is_workshop(self) -> bool {
        matches!(self, Self::FacturaTaller | Self::Presupuesto | Self::Albaran | Self::Orden)
    }

    pub(super) fn draw(self, soporte: Soporte, datos: &Datos, azar: &mut Azar) -> Lienzo {
        match self {
            Self::Oferta => venta::offer(datos, azar),
            Self::Pedido => venta::order(datos, azar),
            Self::Factura => venta::invoice(datos, azar),
            Self::FacturaTaller => taller::draw("FACTURA", "F", datos, azar),
            Self::Presupuesto => taller::draw("PRESUPUESTO", "PR", datos, azar),
            Self::Albaran => taller::draw("ALBARÁN", "AL", datos, azar),
            Self::Contrato => banco::contract(datos, azar),
            Self::Sepa => banco::sepa(datos, azar),
            Self::Recibo => banco::receipt(datos, azar),
            Self::Justificante => banco::bank_slip(datos, azar),
            Self::Nomina => banco::payslip(datos, azar),
            Self::Identidad if soporte == Soporte::Escaneo => escena::identity_copy(datos, azar),
            Self::Identidad => escena::identity(datos, azar),
            Self::Vehiculo => escena::vehicle(datos, azar),
            Self::Ivtm => oficial::road_tax(datos, azar),
            Self::Ficha => oficial::tech_sheet(datos, azar),
            Self::Rgpd => impreso::draw(&impreso::RGPD, datos, azar),
            Self::Mandato => impreso::draw(&impreso::MANDATO, datos, azar),
            Self::Tasacion => impreso::draw(&impreso::TASACION, datos, azar),
            Self::Entrega => impreso::draw(&impreso::ENTREGA, datos, azar),
            Self::Orden => impreso::draw(&impreso::ORDEN, datos, azar),
            Self::Certificado => impreso::draw(&impreso::CERTIFICADO, datos, azar),
        }
    }
}
