//! Parts that papers share: letterhead, boxes of data, tables, places to sign, conditions, foot.

use crate::azar::Azar;
use crate::files::canvas::{A4, Color, FONDO, GRIS, LINEA, Lado, Lienzo, negrita, normal};
use crate::files::{Datos, winansi::Letra};

/// Margin of a page, points.
pub(super) const MARGEN: f32 = 46.0;
/// Width between the margins, points.
pub(super) const CAJA: f32 = A4.0 - 2.0 * MARGEN;

/// Colour of the house that writes.
pub(super) fn color_of(entidad: &str) -> Color {
    if entidad.starts_with("Norte") { Color(198, 62, 28) } else { Color(22, 92, 125) }
}

/// Logo, name and address of the house on the left; title and references on the right. Answers where the text begins.
pub(super) fn letterhead(papel: &mut Lienzo, datos: &Datos, titulo: &str, referencias: &[(&str, String)]) -> f32 {
    let color = color_of(&datos.entidad);
    let (x, y) = (MARGEN, 42.0);
    if datos.entidad.starts_with("Norte") {
        papel.polygon(&[(x, y + 32.0), (x + 13.0, y), (x + 24.0, y), (x + 11.0, y + 32.0)], color);
        papel.polygon(&[(x + 16.0, y + 32.0), (x + 25.0, y + 10.0), (x + 36.0, y + 10.0), (x + 27.0, y + 32.0)], color);
    } else {
        papel.ellipse((x + 17.0, y + 16.0), 17.0, 16.0, color);
        papel.ellipse((x + 17.0, y + 16.0), 10.0, 9.5, Color(255, 255, 255));
        papel.fill(x + 14.5, y + 2.0, 5.0, 28.0, color);
    }
    papel.text(x + 46.0, y + 14.0, Lado::Izquierda, negrita(15.0), &datos.entidad);
    let address = "Polígono Los Llanos, nave 14 · 50180 Utebo · CIF B50123454";
    papel.text(x + 46.0, y + 26.0, Lado::Izquierda, normal(7.5).en(GRIS), address);
    papel.text(
        x + 46.0,
        y + 36.0,
        Lado::Izquierda,
        normal(7.5).en(GRIS),
        "Tel. 976 550 100 · ventas@concesionario.example",
    );
    let right = A4.0 - MARGEN;
    papel.text(right, y + 13.0, Lado::Derecha, negrita(16.0).en(color), titulo);
    for (i, (name, value)) in referencias.iter().enumerate() {
        let line = y + 27.0 + 11.0 * i as f32;
        papel.text(right - 84.0, line, Lado::Derecha, normal(8.0).en(GRIS), name);
        papel.text(right, line, Lado::Derecha, negrita(8.5), value);
    }
    let rule = y + 32.0 + 11.0 * referencias.len().max(1) as f32;
    papel.line((MARGEN, rule), (right, rule), 1.2, color);
    rule + 22.0
}

/// A titled box of names and values in two columns. Answers what is below it.
pub(super) fn data_box(papel: &mut Lienzo, y: f32, titulo: &str, filas: &[(&str, &str)]) -> f32 {
    let rows = filas.len().div_ceil(2) as f32;
    let height = 20.0 + rows * 15.5 + 4.0;
    papel.fill(MARGEN, y, CAJA, 17.0, FONDO);
    papel.frame(MARGEN, y, CAJA, height, 0.6, LINEA);
    papel.text(MARGEN + 8.0, y + 12.0, Lado::Izquierda, negrita(8.5), titulo);
    for (i, (name, value)) in filas.iter().enumerate() {
        let x = MARGEN + 8.0 + if i % 2 == 0 { 0.0 } else { CAJA / 2.0 };
        let line = y + 31.0 + 15.5 * (i / 2) as f32;
        papel.text(x, line, Lado::Izquierda, normal(7.5).en(GRIS), name);
        papel.text(x + 74.0, line, Lado::Izquierda, normal(9.0), value);
    }
    y + height + 14.0
}

/// Client and vehicle of a deal, each in its box.
pub(super) fn parties(papel: &mut Lienzo, y: f32, datos: &Datos) -> f32 {
    let plate = datos.matricula_legible();
    let y = data_box(
        papel,
        y,
        "CLIENTE",
        &[
            ("Nombre", &datos.cliente),
            ("NIF", &datos.nif),
            ("Domicilio", &datos.via),
            ("Población", &datos.poblacion),
            ("Móvil", &datos.movil),
            ("Correo", &datos.email),
        ],
    );
    data_box(
        papel,
        y,
        "VEHÍCULO",
        &[
            ("Marca", &datos.marca),
            ("Modelo", &datos.vehiculo),
            ("Versión", &datos.version),
            ("Matrícula", &plate),
            ("Bastidor", &datos.bastidor),
            ("Pedido", &datos.num_pedido),
        ],
    )
}

/// A table of concepts, quantities and amounts, the last rows in bold under a rule. Answers what is below it.
pub(super) fn amounts(
    papel: &mut Lienzo,
    mut y: f32,
    lineas: &[(String, String)],
    totales: &[(&str, String)],
    color: Color,
) -> f32 {
    let right = A4.0 - MARGEN;
    papel.fill(MARGEN, y, CAJA, 18.0, color);
    let head = negrita(8.5).en(Color(255, 255, 255));
    papel.text(MARGEN + 8.0, y + 12.5, Lado::Izquierda, head, "Concepto");
    papel.text(right - 8.0, y + 12.5, Lado::Derecha, head, "Importe");
    y += 18.0;
    for (i, (concept, amount)) in lineas.iter().enumerate() {
        if i % 2 == 1 {
            papel.fill(MARGEN, y, CAJA, 17.0, FONDO);
        }
        papel.text(MARGEN + 8.0, y + 12.0, Lado::Izquierda, normal(9.0), concept);
        papel.text(right - 8.0, y + 12.0, Lado::Derecha, normal(9.0), amount);
        y += 17.0;
    }
    papel.line((MARGEN, y), (right, y), 0.8, LINEA);
    for (i, (name, amount)) in totales.iter().enumerate() {
        let last = i + 1 == totales.len();
        let style = if last { negrita(11.0) } else { normal(9.0) };
        y += if last { 20.0 } else { 15.0 };
        papel.text(right - 130.0, y, Lado::Derecha, style, name);
        papel.text(right - 8.0, y, Lado::Derecha, style, amount);
    }
    y + 26.0
}

/// Two boxes to sign in, one for the house and one for the client; `firmado` says who has.
pub(super) fn signatures(papel: &mut Lienzo, y: f32, datos: &Datos, firmado: (bool, bool), azar: &mut Azar) {
    let width = CAJA / 2.0 - 10.0;
    let boxes =
        [("Por el concesionario", datos.asesor.as_str(), firmado.0), ("El cliente", datos.cliente.as_str(), firmado.1)];
    for (i, (who, name, signed)) in boxes.into_iter().enumerate() {
        let x = MARGEN + i as f32 * (width + 20.0);
        papel.frame(x, y, width, 74.0, 0.6, LINEA);
        papel.text(x + 8.0, y + 12.0, Lado::Izquierda, normal(7.5).en(GRIS), who);
        papel.text(x + 8.0, y + 67.0, Lado::Izquierda, normal(7.5), name);
        if signed {
            papel.signature(x + 36.0 + 20.0 * azar.swing().abs(), y + 42.0, 90.0 + 30.0 * azar.swing(), azar);
        }
    }
}

const CLAUSULAS: &[(&str, &str)] = &[
    (
        "Objeto",
        "El cliente encarga al concesionario el vehículo descrito, con el equipamiento que figura en este documento. Los accesorios que se pidan después se facturarán aparte.",
    ),
    (
        "Precio",
        "El precio comprende impuestos, transporte y puesta en la calle, salvo que se diga otra cosa. Si cambian los impuestos antes de la matriculación, se aplicarán los vigentes ese día.",
    ),
    (
        "Reserva",
        "La cantidad entregada como reserva se descuenta del precio. Si el cliente desiste sin causa, el concesionario podrá retenerla en compensación de los gastos; si la causa es suya, la devolverá en siete días.",
    ),
    (
        "Plazo de entrega",
        "La fecha prevista es orientativa y depende del fabricante. Pasados sesenta días de ella, el cliente puede resolver el pedido y recuperar lo entregado.",
    ),
    (
        "Vehículo usado",
        "La tasación del vehículo que se entrega a cambio vale si su estado y kilometraje son los declarados el día de la tasación, y si se entrega libre de cargas.",
    ),
    (
        "Financiación",
        "Cuando el pago se financie, el pedido queda sujeto a que la entidad apruebe la operación. Los contratos son independientes y cada uno se rige por sus condiciones.",
    ),
    (
        "Pago",
        "El resto del precio se paga antes de la entrega por transferencia o cheque conformado. La ley no permite pagar en efectivo operaciones de 1.000 euros o más con empresarios.",
    ),
    (
        "Matriculación",
        "El cliente autoriza a la gestoría que designe el concesionario a presentar los documentos necesarios y se compromete a firmar los que se le pidan.",
    ),
    (
        "Garantía",
        "El vehículo tiene la garantía legal y la comercial del fabricante, que se describe en su libro. Las piezas de desgaste quedan fuera.",
    ),
    (
        "Datos personales",
        "Los datos se tratan para atender este pedido y cumplir las obligaciones legales. Puede pedir acceso, rectificación o supresión en la dirección del concesionario.",
    ),
    ("Fuero", "Las partes acudirán a los juzgados del domicilio del cliente cuando este sea consumidor."),
];

/// A page of conditions in small print.
pub(super) fn conditions(papel: &mut Lienzo, datos: &Datos) {
    papel.new_page();
    let mut y = letterhead(papel, datos, "CONDICIONES", &[("Documento", datos.num_pedido.clone())]);
    for (i, (title, text)) in CLAUSULAS.iter().enumerate() {
        papel.text(MARGEN, y, Lado::Izquierda, negrita(8.5), &format!("{}. {title}", i + 1));
        y = papel.paragraph(MARGEN, y + 12.0, CAJA, normal(8.2), text) + 8.0;
    }
    papel.text(
        MARGEN,
        y + 10.0,
        Lado::Izquierda,
        normal(8.0).con(Letra::Cursiva).en(GRIS),
        "El cliente declara haber leído estas condiciones y recibe una copia.",
    );
}

/// Number of the page and reference at the foot of every page.
pub(super) fn foot(papel: &mut Lienzo, datos: &Datos) {
    let text = format!("Expediente {} · {}", datos.numero, datos.entidad);
    papel.on_each_page(|papel, page, count| {
        let y = A4.1 - 30.0;
        papel.line((MARGEN, y - 11.0), (A4.0 - MARGEN, y - 11.0), 0.5, LINEA);
        papel.text(MARGEN, y, Lado::Izquierda, normal(7.0).en(GRIS), &text);
        papel.text(A4.0 - MARGEN, y, Lado::Derecha, normal(7.0).en(GRIS), &format!("Página {page} de {count}"));
    });
}
