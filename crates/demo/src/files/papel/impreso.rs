//! Forms of the house: a title, the parties, some paragraphs, a list to tick, signatures.

use super::comun::{CAJA, MARGEN, foot, letterhead, parties, signatures};
use crate::azar::Azar;
use crate::files::Datos;
use crate::files::canvas::{A4, BOLI, GRIS, LINEA, Lado, Lienzo, normal};

/// The words of a form.
pub(super) struct Impreso {
    pub titulo: &'static str,
    pub parrafos: &'static [&'static str],
    pub casillas: &'static [&'static str],
    /// Who signs: the house, the client.
    pub firman: (bool, bool),
}

pub(super) const RGPD: Impreso = Impreso {
    titulo: "CONSENTIMIENTO",
    parrafos: &[
        "De acuerdo con el Reglamento (UE) 2016/679 y la Ley Orgánica 3/2018, le informamos de que sus datos se tratan para gestionar su solicitud, la compra y el mantenimiento de su vehículo.",
        "Los datos se comunican al fabricante, a la gestoría y, si la hay, a la entidad financiera, solo en lo necesario para la operación. Se conservan mientras dure la relación y los plazos legales.",
        "Puede ejercer sus derechos de acceso, rectificación, supresión, oposición, limitación y portabilidad por escrito en la dirección del concesionario.",
    ],
    casillas: &[
        "Acepto recibir ofertas por correo electrónico",
        "Acepto recibir avisos de mantenimiento por mensaje",
        "No acepto comunicaciones comerciales",
    ],
    firman: (false, true),
};
pub(super) const MANDATO: Impreso = Impreso {
    titulo: "MANDATO",
    parrafos: &[
        "El mandante confiere mandato con representación a la gestoría administrativa que se indica, para que en su nombre promueva y realice ante la Dirección General de Tráfico los trámites relativos al vehículo descrito.",
        "El mandante declara bajo su responsabilidad que los datos y documentos que entrega son verdaderos, y que no existe causa que impida el trámite.",
        "Este mandato se entiende aceptado por la gestoría al presentar el expediente.",
    ],
    casillas: &[
        "Matriculación ordinaria",
        "Transmisión",
        "Duplicado de documentos",
        "Liquidación de tasas e impuestos",
    ],
    firman: (false, true),
};
pub(super) const TASACION: Impreso = Impreso {
    titulo: "TASACIÓN",
    parrafos: &[
        "Se ha examinado el vehículo usado que el cliente ofrece como parte del pago. El estado general es bueno, con las señales de uso propias de su edad.",
        "La valoración es válida durante quince días y queda sujeta a que el vehículo se entregue en el mismo estado, con sus dos llaves y libre de cargas.",
    ],
    casillas: &[
        "Carrocería sin golpes",
        "Neumáticos por encima de 4 mm",
        "Libro de mantenimiento al día",
        "Sin testigos encendidos",
        "Dos llaves",
    ],
    firman: (true, true),
};
pub(super) const ENTREGA: Impreso = Impreso {
    titulo: "HOJA DE ENTREGA",
    parrafos: &[
        "El cliente recibe en esta fecha el vehículo descrito, limpio y en perfecto estado, con el depósito de combustible que se indica y la documentación de circulación.",
        "Se le han explicado los mandos, las ayudas a la conducción y el plan de mantenimiento.",
    ],
    casillas: &[
        "Dos llaves",
        "Permiso y ficha técnica",
        "Manual y libro de garantía",
        "Chaleco y triángulos",
        "Teléfono vinculado",
        "Cita de la primera revisión",
    ],
    firman: (true, true),
};
pub(super) const ORDEN: Impreso = Impreso {
    titulo: "ORDEN DE REPARACIÓN",
    parrafos: &[
        "El cliente deja el vehículo en el taller para los trabajos que se detallan y autoriza las pruebas en carretera que hagan falta.",
        "El cliente renuncia a presupuesto previo hasta 200 euros. Toda avería oculta que lo supere se le comunicará antes de seguir.",
        "El resguardo de depósito se entrega junto con una copia de esta orden y será necesario para retirar el vehículo.",
    ],
    casillas: &[
        "Revisión de mantenimiento",
        "Frenos",
        "Neumáticos",
        "Aire acondicionado",
        "Ruido en marcha",
        "Piezas sustituidas: las quiere",
    ],
    firman: (true, true),
};
pub(super) const CERTIFICADO: Impreso = Impreso {
    titulo: "CERTIFICADO",
    parrafos: &[
        "Se extiende este documento para que conste en el expediente de la operación que figura arriba y a los efectos oportunos.",
        "Los datos coinciden con los que constan en nuestros registros en la fecha de su expedición. Cualquier enmienda o tachadura lo invalida.",
        "Conserve este documento junto con la factura del vehículo.",
    ],
    casillas: &["Original", "Copia cotejada", "Pendiente de registro"],
    firman: (true, false),
};

/// Draws a form of one page.
pub(super) fn draw(impreso: &Impreso, datos: &Datos, azar: &mut Azar) -> Lienzo {
    let mut papel = Lienzo::new(impreso.titulo, A4);
    let refs = [("Expediente", datos.numero.clone()), ("Fecha", datos.fecha_larga())];
    let mut y = letterhead(&mut papel, datos, impreso.titulo, &refs);
    y = parties(&mut papel, y, datos);
    for text in impreso.parrafos {
        y = papel.paragraph(MARGEN, y, CAJA, normal(9.8), text) + 8.0;
    }
    y += 6.0;
    for (i, name) in impreso.casillas.iter().enumerate() {
        let (x, line) = (MARGEN + (i % 2) as f32 * CAJA / 2.0, y + (i / 2) as f32 * 20.0);
        papel.frame(x, line, 11.0, 11.0, 0.8, LINEA);
        if azar.chance(62) {
            papel.line((x + 1.5, line + 1.5), (x + 10.0, line + 10.5), 1.3, BOLI);
            papel.line((x + 10.5, line + 0.5), (x + 1.0, line + 10.0), 1.3, BOLI);
        }
        papel.text(x + 18.0, line + 9.5, Lado::Izquierda, normal(9.3), name);
    }
    y += impreso.casillas.len().div_ceil(2) as f32 * 20.0 + 16.0;
    papel.text(MARGEN, y, Lado::Izquierda, normal(9.5).en(GRIS), &format!("En Utebo, a {}", datos.fecha_larga()));
    signatures(&mut papel, y + 16.0, datos, impreso.firman, azar);
    foot(&mut papel, datos);
    papel
}
