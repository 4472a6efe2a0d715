//! Papers of the workshop with amounts: estimate, delivery note, invoice.

use super::comun::{CAJA, MARGEN, amounts, color_of, foot, letterhead, parties, signatures};
use crate::azar::Azar;
use crate::files::canvas::{A4, GRIS, Lienzo, normal};
use crate::files::{Datos, euros};

const PIEZAS: &[&str] = &[
    "Pastillas de freno delanteras",
    "Discos de freno, par",
    "Filtro de aceite",
    "Filtro de habitáculo",
    "Aceite 5W-30, 4,5 litros",
    "Batería 70 Ah",
    "Kit de distribución",
    "Neumático 205/55 R16",
    "Amortiguador delantero",
    "Luna delantera",
    "Sensor de aparcamiento",
];

/// Draws one with that title and prefix of its number; the lines add up to the amount of the order to the cent.
pub(super) fn draw(titulo: &str, prefijo: &str, datos: &Datos, azar: &mut Azar) -> Lienzo {
    let mut papel = Lienzo::new(titulo, A4);
    let number = format!("{prefijo}{:02}/{}", datos.fecha.year() % 100, azar.digits(5));
    let refs = [("Número", number), ("Fecha", datos.fecha_larga()), ("Orden", datos.num_pedido.clone())];
    let mut y = letterhead(&mut papel, datos, titulo, &refs);
    y = parties(&mut papel, y, datos);
    let net = datos.importe_cent * 100 / 121;
    let labour = net * azar.between(28, 55) / 100;
    let mut lines = vec![("Mano de obra".to_owned(), euros(labour))];
    let mut left = net - labour;
    let first = azar.below(PIEZAS.len() as u64) as usize;
    let count = azar.between(1, 4) as usize;
    for i in 0..count {
        let part = left * azar.between(20, 60) / 100;
        lines.push((PIEZAS[(first + i * 4) % PIEZAS.len()].to_owned(), euros(part)));
        left -= part;
    }
    lines.push(("Materiales y gestión de residuos".to_owned(), euros(left)));
    let totals = [
        ("Base imponible", euros(net)),
        ("IVA 21 %", euros(datos.importe_cent - net)),
        ("TOTAL", euros(datos.importe_cent)),
    ];
    y = amounts(&mut papel, y, &lines, &totals, color_of(&datos.entidad));
    let note = "Los trabajos tienen garantía de tres meses o 2.000 kilómetros. Las piezas sustituidas quedan a disposición del cliente.";
    y = papel.paragraph(MARGEN, y, CAJA, normal(8.5).en(GRIS), note) + 16.0;
    signatures(&mut papel, y, datos, (true, azar.chance(60)), azar);
    foot(&mut papel, datos);
    papel
}
