//! What the papers of a deal say.

use super::Papel;
use crate::azar::Azar;
use crate::{ids, nombres, vehiculos};
use jiff::civil::Date;

/// The deal behind a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Datos {
    /// Number of the expediente.
    pub numero: String,
    /// Number of the order.
    pub num_pedido: String,
    /// Name of the entidad.
    pub entidad: String,
    /// Client in natural order: `Marta Gil Ferrer`, or the company.
    pub cliente: String,
    /// Who signs for the client: given name.
    pub nombre: String,
    /// Who signs for the client: surnames.
    pub apellidos: String,
    /// NIF of the client.
    pub nif: String,
    /// NIF of who signs; the client's own unless it is a company.
    pub nif_firmante: String,
    /// Street.
    pub via: String,
    /// Post code and town.
    pub poblacion: String,
    /// Mobile.
    pub movil: String,
    /// E-mail.
    pub email: String,
    /// Brand for people.
    pub marca: String,
    /// Model and trim.
    pub vehiculo: String,
    /// Rest of the version.
    pub version: String,
    /// VIN.
    pub bastidor: String,
    /// Plate, as four digits and three letters without space.
    pub matricula: String,
    /// Price, cents.
    pub pvp_cent: i64,
    /// Discount, cents.
    pub descuento_cent: i64,
    /// What the client pays, cents.
    pub importe_cent: i64,
    /// Account.
    pub iban: String,
    /// Day of the order.
    pub fecha: Date,
    /// Full name of the asesor.
    pub asesor: String,
}

impl Datos {
    /// An invented deal of about that day, for a paper that many expedientes share.
    pub(crate) fn invented(azar: &mut Azar, hoy: Date, papel: Papel) -> Self {
        let person = nombres::persona(azar);
        let address = nombres::direccion(azar);
        let version = vehiculos::nuevo(azar);
        let fecha = hoy.saturating_sub(jiff::Span::new().days(azar.between(3, 500)));
        let nif = ids::nif(azar);
        let (num_pedido, pvp_cent, descuento_cent) = if papel.is_workshop() {
            (format!("OR-{}", azar.digits(5)), azar.between(6_900, 168_000), 0)
        } else {
            (format!("P-{}", azar.digits(6)), version.euros * 100, version.euros * azar.between(2, 9) / 10 * 10)
        };
        Self {
            numero: format!("{:02}-{:05}", fecha.year() % 100, azar.between(1, 420)),
            num_pedido,
            entidad: (*azar.pick(&["Norte-Seat", "Sur-VO"])).to_owned(),
            cliente: person.completo(),
            email: person.email(azar),
            nif_firmante: nif.clone(),
            nif,
            nombre: person.nombre,
            apellidos: person.apellidos,
            via: address.via,
            poblacion: address.poblacion,
            movil: ids::mobile(azar),
            marca: version.marca_nombre.to_owned(),
            vehiculo: version.vehiculo.to_owned(),
            version: version.version.to_owned(),
            bastidor: ids::vin(azar, version.wmi, version.codigo, fecha.year()),
            matricula: ids::plate(azar, fecha),
            pvp_cent,
            descuento_cent,
            importe_cent: pvp_cent - descuento_cent,
            iban: ids::iban(azar),
            fecha,
            asesor: "Departamento Comercial".to_owned(),
        }
    }

    /// `03/11/2026`.
    pub(super) fn fecha_larga(&self) -> String {
        self.fecha.strftime("%d/%m/%Y").to_string()
    }

    /// `4821 LVC`.
    pub(super) fn matricula_legible(&self) -> String {
        match self.matricula.split_at_checked(4) {
            Some((digits, letters)) => format!("{digits} {letters}"),
            None => self.matricula.clone(),
        }
    }

    /// In groups of four.
    pub(super) fn iban_legible(&self) -> String {
        let groups: Vec<_> = self.iban.as_bytes().chunks(4).map(|g| String::from_utf8_lossy(g).into_owned()).collect();
        groups.join(" ")
    }
}

/// Cents as people write them: `27.480,00 €`.
pub(super) fn euros(cents: i64) -> String {
    let whole = (cents / 100).abs().to_string();
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{grouped},{:02} €", (cents % 100).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_with_points_and_comma() {
        assert_eq!(euros(2_748_000), "27.480,00 €");
        assert_eq!(euros(-123_456_789), "-1.234.567,89 €");
        assert_eq!(euros(50), "0,50 €");
    }
}
