//! Papers of the sale itself: offer, order, invoice.

use super::comun::{CAJA, MARGEN, amounts, color_of, conditions, data_box, foot, letterhead, parties, signatures};
use crate::azar::Azar;
use crate::files::canvas::{A4, GRIS, Lado, Lienzo, negrita, normal};
use crate::files::{Datos, euros};
use crate::vehiculos::{COLORES, EXTRAS};

/// Extras whose sum is part of the price, and what is left for the vehicle alone.
fn breakdown(datos: &Datos, azar: &mut Azar) -> (i64, Vec<(String, String)>) {
    let first = azar.below(EXTRAS.len() as u64) as usize;
    let chosen: Vec<_> = (0..azar.between(2, 4) as usize).map(|i| EXTRAS[(first + i * 3) % EXTRAS.len()]).collect();
    let base = datos.pvp_cent - chosen.iter().map(|(_, cents)| cents).sum::<i64>();
    (base, chosen.into_iter().map(|(name, cents)| (name.to_owned(), euros(cents))).collect())
}

/// "Oferta": one page and a half of figures and a page of conditions.
pub(super) fn offer(datos: &Datos, azar: &mut Azar) -> Lienzo {
    let mut papel = Lienzo::new("Oferta", A4);
    let refs = [
        ("Oferta", format!("OF-{}", azar.digits(5))),
        ("Fecha", datos.fecha_larga()),
        ("Validez", "15 días".to_owned()),
    ];
    let mut y = letterhead(&mut papel, datos, "OFERTA", &refs);
    y = papel.paragraph(MARGEN, y, CAJA, normal(10.0), &format!("Estimado/a {}:", datos.nombre)) + 6.0;
    y = papel.paragraph(
        MARGEN,
        y,
        CAJA,
        normal(10.0),
        "Gracias por su visita. Le presentamos nuestra mejor propuesta para el vehículo que estuvimos viendo. Quedamos a su disposición para una prueba.",
    ) + 10.0;
    y = parties(&mut papel, y, datos);
    let (base, mut lines) = breakdown(datos, azar);
    lines.insert(0, (format!("{} {}", datos.vehiculo, datos.version), euros(base)));
    let totals = [
        ("PVP recomendado", euros(datos.pvp_cent)),
        ("Descuento", euros(-datos.descuento_cent)),
        ("Precio final", euros(datos.importe_cent)),
    ];
    y = amounts(&mut papel, y, &lines, &totals, color_of(&datos.entidad));
    papel.paragraph(MARGEN, y, CAJA, normal(8.0).en(GRIS), "Precios con IVA, impuesto de matriculación y transporte. Fotografías y datos de consumo sin valor contractual.");
    conditions(&mut papel, datos);
    foot(&mut papel, datos);
    papel
}

/// "Pedido de vehículo": order, plan of payment and conditions, signed on the second page.
pub(super) fn order(datos: &Datos, azar: &mut Azar) -> Lienzo {
    let mut papel = Lienzo::new("Pedido de vehículo", A4);
    let refs = [
        ("Nº de pedido", datos.num_pedido.clone()),
        ("Fecha", datos.fecha_larga()),
        ("Expediente", datos.numero.clone()),
    ];
    let mut y = letterhead(&mut papel, datos, "PEDIDO DE VEHÍCULO", &refs);
    y = parties(&mut papel, y, datos);
    let color = *azar.pick(COLORES);
    let (base, mut lines) = breakdown(datos, azar);
    lines.insert(0, (format!("{} {}, color {color}", datos.vehiculo, datos.version), euros(base)));
    let totals = [
        ("PVP", euros(datos.pvp_cent)),
        ("Descuento", euros(-datos.descuento_cent)),
        ("TOTAL PEDIDO", euros(datos.importe_cent)),
    ];
    y = amounts(&mut papel, y, &lines, &totals, color_of(&datos.entidad));
    papel.text(MARGEN, y, Lado::Izquierda, normal(8.5).en(GRIS), &format!("Atendido por {}", datos.asesor));

    papel.new_page();
    y = letterhead(&mut papel, datos, "PLAN DE PAGO", &[("Nº de pedido", datos.num_pedido.clone())]);
    let reserve = 50_000;
    let down = datos.importe_cent * azar.between(15, 35) / 10_000 * 100;
    let plan = [
        ("Reserva, a la firma".to_owned(), euros(reserve)),
        ("Entrada, a la confirmación de fábrica".to_owned(), euros(down)),
        ("Resto, antes de la entrega".to_owned(), euros(datos.importe_cent - reserve - down)),
    ];
    y = amounts(&mut papel, y, &plan, &[("TOTAL", euros(datos.importe_cent))], color_of(&datos.entidad));
    let iban = datos.iban_legible();
    y = data_box(&mut papel, y, "FORMA DE PAGO", &[("Cuenta", &iban), ("Titular", &datos.cliente)]);
    y = papel.paragraph(MARGEN, y, CAJA, normal(9.5), "Leído y conforme con las condiciones que figuran en la página siguiente, las partes firman este pedido por duplicado.") + 14.0;
    signatures(&mut papel, y, datos, (true, true), azar);
    conditions(&mut papel, datos);
    foot(&mut papel, datos);
    papel
}

/// "Factura": base, tax and total that add up to the cent, and the page of expiries.
pub(super) fn invoice(datos: &Datos, azar: &mut Azar) -> Lienzo {
    let mut papel = Lienzo::new("Factura", A4);
    let number = format!("F{:02}/{}", datos.fecha.year() % 100, azar.digits(5));
    let refs = [("Factura", number.clone()), ("Fecha", datos.fecha_larga()), ("Pedido", datos.num_pedido.clone())];
    let mut y = letterhead(&mut papel, datos, "FACTURA", &refs);
    y = parties(&mut papel, y, datos);
    let net = datos.importe_cent * 100 / 121;
    let (services, transport) = (18_500, 24_900);
    let lines = [
        (format!("{} {}", datos.marca, datos.vehiculo), euros(net - services - transport)),
        ("Transporte y preentrega".to_owned(), euros(transport)),
        ("Gestión de matriculación".to_owned(), euros(services)),
    ];
    let totals = [
        ("Base imponible", euros(net)),
        ("IVA 21 %", euros(datos.importe_cent - net)),
        ("TOTAL FACTURA", euros(datos.importe_cent)),
    ];
    y = amounts(&mut papel, y, &lines, &totals, color_of(&datos.entidad));
    let iban = datos.iban_legible();
    y = data_box(&mut papel, y, "COBRO", &[("Forma", "Transferencia"), ("Cuenta", &iban)]);
    papel.text(
        MARGEN,
        y,
        Lado::Izquierda,
        normal(8.0).en(GRIS),
        "Inscrita en el Registro Mercantil de Zaragoza, tomo 2.114, folio 87, hoja Z-21.905.",
    );

    papel.new_page();
    y = letterhead(&mut papel, datos, "VENCIMIENTOS", &[("Factura", number)]);
    let lines = [
        ("Recibido a cuenta".to_owned(), euros(datos.importe_cent / 4)),
        ("A la entrega".to_owned(), euros(datos.importe_cent - datos.importe_cent / 4)),
    ];
    y = amounts(&mut papel, y, &lines, &[("TOTAL", euros(datos.importe_cent))], color_of(&datos.entidad));
    papel.text(MARGEN, y, Lado::Izquierda, negrita(9.0), "Reserva de dominio");
    papel.paragraph(MARGEN, y + 14.0, CAJA, normal(9.0), "El vehículo es del concesionario hasta el cobro íntegro de esta factura. El recibo del banco sirve de justificante de pago.");
    foot(&mut papel, datos);
    papel
}
