//! Papers of money: loan contract, direct debit mandate, receipt, pay slip.

use super::comun::{CAJA, MARGEN, amounts, data_box, foot, letterhead, parties, signatures};
use crate::azar::Azar;
use crate::files::canvas::{A4, BLANCO, Color, FONDO, GRIS, LINEA, Lado, Lienzo, TINTA, negrita, normal};
use crate::files::winansi::Letra;
use crate::files::{Datos, euros};

const VERDE: Color = Color(24, 112, 84);

/// Loan contract: terms, table of instalments, signatures.
pub(super) fn contract(datos: &Datos, azar: &mut Azar) -> Lienzo {
    let mut papel = Lienzo::new("Contrato de financiación", A4);
    let operation = azar.digits(9);
    let refs = [("Operación", operation.clone()), ("Fecha", datos.fecha_larga())];
    let mut y = letterhead(&mut papel, datos, "CONTRATO DE FINANCIACIÓN", &refs);
    y = parties(&mut papel, y, datos);
    let months = *azar.pick(&[36_i64, 48, 60, 72, 84]);
    let capital = datos.importe_cent * azar.between(55, 85) / 10_000 * 100;
    let rate = azar.between(549, 899);
    // Interest on half the capital over the term: the round figure the leaflets give.
    let instalment = (capital + capital * rate * months / 12 / 10_000 / 2) / months;
    let (principal, term) = (euros(capital), format!("{months} meses"));
    let (tin, fee) = (format!("{},{:02} %", rate / 100, rate % 100), euros(instalment));
    let iban = datos.iban_legible();
    y = data_box(
        &mut papel,
        y,
        "CONDICIONES ECONÓMICAS",
        &[
            ("Capital", &principal),
            ("Plazo", &term),
            ("TIN", &tin),
            ("Cuota", &fee),
            ("Cuenta", &iban),
            ("Operación", &operation),
        ],
    );
    for text in [
        "PRIMERA. La financiera concede al prestatario el capital indicado, que se entrega al vendedor por cuenta de aquel y se destina por entero al pago del vehículo descrito.",
        "SEGUNDA. El prestatario devolverá el capital y sus intereses en cuotas mensuales iguales, que se cargarán en la cuenta señalada el día cinco de cada mes.",
        "TERCERA. El prestatario puede desistir del contrato en los catorce días naturales siguientes a su firma, sin indicar los motivos.",
        "CUARTA. El impago de dos cuotas faculta a la financiera para dar por vencida la operación y reclamar lo que falte.",
    ] {
        y = papel.paragraph(MARGEN, y, CAJA, normal(9.0), text) + 6.0;
    }
    papel.new_page();
    y = letterhead(&mut papel, datos, "CUADRO DE CUOTAS", &[("Operación", operation)]);
    let rows: Vec<_> = (1..=12).map(|i| (format!("Cuota {i} de {months}"), euros(instalment))).collect();
    let totals =
        [("Resto de cuotas", euros(instalment * (months - 12))), ("TOTAL ADEUDADO", euros(instalment * months))];
    y = amounts(&mut papel, y, &rows, &totals, Color(52, 60, 74));
    signatures(&mut papel, y + 20.0, datos, (true, true), azar);
    foot(&mut papel, datos);
    papel
}

/// SEPA core direct debit mandate.
pub(super) fn sepa(datos: &Datos, azar: &mut Azar) -> Lienzo {
    let mut papel = Lienzo::new("Orden de domiciliación SEPA", A4);
    let mut y =
        letterhead(&mut papel, datos, "ORDEN DE DOMICILIACIÓN", &[("Referencia", format!("SEPA-{}", azar.digits(8)))]);
    papel.text(MARGEN, y, Lado::Izquierda, negrita(11.0), "Adeudo directo SEPA CORE");
    y = papel.paragraph(
        MARGEN,
        y + 18.0,
        CAJA,
        normal(9.5),
        "Mediante la firma de esta orden, el deudor autoriza al acreedor a enviar instrucciones a su entidad para adeudar su cuenta, y a la entidad para efectuar los adeudos. Tiene derecho al reembolso en las ocho semanas siguientes al adeudo.",
    ) + 12.0;
    y = data_box(
        &mut papel,
        y,
        "ACREEDOR",
        &[
            ("Nombre", "Financiera del Automóvil"),
            ("Identificador", "ES12000A50123454"),
            ("País", "España"),
            ("Tipo de pago", "Recurrente"),
        ],
    );
    y = data_box(
        &mut papel,
        y,
        "DEUDOR",
        &[("Nombre", &datos.cliente), ("NIF", &datos.nif), ("Domicilio", &datos.via), ("Población", &datos.poblacion)],
    );
    papel.text(MARGEN, y, Lado::Izquierda, negrita(9.0), "Número de cuenta IBAN");
    for (i, c) in datos.iban.chars().enumerate() {
        let x = MARGEN + i as f32 * 17.5 + (i / 4) as f32 * 10.0;
        papel.frame(x, y + 10.0, 17.5, 22.0, 0.7, LINEA);
        papel.text(x + 8.75, y + 25.5, Lado::Centro, normal(12.0).con(Letra::Maquina), &c.to_string());
    }
    y += 62.0;
    papel.text(MARGEN, y, Lado::Izquierda, normal(9.5), &format!("En Utebo, a {}", datos.fecha_larga()));
    signatures(&mut papel, y + 20.0, datos, (false, true), azar);
    papel.text(
        MARGEN,
        y + 120.0,
        Lado::Izquierda,
        normal(8.0).en(GRIS),
        "Todos los campos son obligatorios. Una vez firmada, esta orden se entrega al acreedor para su custodia.",
    );
    foot(&mut papel, datos);
    papel
}

/// Receipt of a transfer, on a page as narrow as a telephone.
pub(super) fn receipt(datos: &Datos, azar: &mut Azar) -> Lienzo {
    let size = (300.0, 620.0);
    let mut papel = Lienzo::new("Justificante de transferencia", size);
    papel.fill(0.0, 0.0, size.0, size.1, Color(244, 246, 248));
    papel.fill(0.0, 0.0, size.0, 118.0, VERDE);
    papel.text(
        14.0,
        18.0,
        Lado::Izquierda,
        negrita(9.0).en(BLANCO),
        &format!("{:02}:{:02}", azar.between(8, 22), azar.below(60)),
    );
    papel.text(286.0, 18.0, Lado::Derecha, normal(9.0).en(BLANCO), &format!("{} %", azar.between(12, 98)));
    papel.text(150.0, 50.0, Lado::Centro, negrita(13.0).en(BLANCO), "Transferencia emitida");
    let amount = if azar.chance(50) { 50_000 } else { datos.importe_cent / 4 };
    papel.text(150.0, 92.0, Lado::Centro, negrita(26.0).en(BLANCO), &euros(amount));
    papel.round(14.0, 136.0, 272.0, 350.0, 8.0, BLANCO);
    papel.ellipse((150.0, 172.0), 17.0, 17.0, VERDE);
    papel.line((142.0, 172.0), (148.0, 179.0), 3.0, BLANCO);
    papel.line((148.0, 179.0), (159.0, 165.0), 3.0, BLANCO);
    let rows = [
        ("Beneficiario", format!("{}, S.L.", datos.entidad)),
        ("Cuenta de destino", "ES91 2100 0418 4502 0005 1332".to_owned()),
        ("Ordenante", datos.cliente.clone()),
        ("Cuenta de cargo", format!("···· {}", datos.iban.get(20..).unwrap_or_default())),
        ("Concepto", format!("Pedido {}", datos.num_pedido)),
        ("Fecha de operación", datos.fecha_larga()),
        ("Referencia", format!("TR{}", azar.digits(10))),
    ];
    for (i, (name, value)) in rows.iter().enumerate() {
        let y = 212.0 + 38.0 * i as f32;
        papel.text(30.0, y, Lado::Izquierda, normal(8.0).en(GRIS), name);
        papel.text(30.0, y + 13.0, Lado::Izquierda, normal(10.5).en(TINTA), value);
        papel.line((30.0, y + 21.0), (270.0, y + 21.0), 0.5, LINEA);
    }
    papel.round(40.0, 520.0, 220.0, 38.0, 10.0, VERDE);
    papel.text(150.0, 544.0, Lado::Centro, negrita(11.0).en(BLANCO), "Compartir justificante");
    papel
}

/// Receipt of a transfer on paper, as the branch prints it.
pub(super) fn bank_slip(datos: &Datos, azar: &mut Azar) -> Lienzo {
    let mut papel = Lienzo::new("Justificante de transferencia", A4);
    papel.fill(MARGEN, 44.0, 30.0, 30.0, VERDE);
    papel.text(MARGEN + 42.0, 64.0, Lado::Izquierda, negrita(17.0).en(VERDE), "Caja del Ebro");
    papel.text(A4.0 - MARGEN, 64.0, Lado::Derecha, normal(9.0).en(GRIS), &format!("Oficina {}", azar.digits(4)));
    papel.line((MARGEN, 84.0), (A4.0 - MARGEN, 84.0), 1.0, VERDE);
    papel.text(MARGEN, 116.0, Lado::Izquierda, negrita(14.0), "Justificante de transferencia");
    let (iban, date, amount) = (datos.iban_legible(), datos.fecha_larga(), euros(datos.importe_cent / 4));
    let mut y = data_box(
        &mut papel,
        136.0,
        "ORDENANTE",
        &[("Titular", &datos.cliente), ("NIF", &datos.nif), ("Cuenta", &iban), ("Fecha", &date)],
    );
    let house = format!("{}, S.L.", datos.entidad);
    y = data_box(
        &mut papel,
        y,
        "BENEFICIARIO",
        &[("Titular", &house), ("NIF", "B50123454"), ("Concepto", &datos.num_pedido), ("Importe", &amount)],
    );
    papel.fill(MARGEN, y, CAJA, 44.0, FONDO);
    papel.text(MARGEN + 14.0, y + 27.0, Lado::Izquierda, normal(11.0), "Importe de la operación");
    papel.text(A4.0 - MARGEN - 14.0, y + 29.0, Lado::Derecha, negrita(18.0), &amount);
    papel.paragraph(MARGEN, y + 74.0, CAJA, normal(8.5).en(GRIS), "Este documento acredita la orden recibida por la entidad. El abono en la cuenta de destino puede tardar hasta un día hábil.");
    papel
}

/// Pay slip of the client.
pub(super) fn payslip(datos: &Datos, azar: &mut Azar) -> Lienzo {
    let mut papel = Lienzo::new("Recibo de salarios", A4);
    papel.text(MARGEN, 60.0, Lado::Izquierda, negrita(13.0), "RECIBO INDIVIDUAL JUSTIFICATIVO DEL PAGO DE SALARIOS");
    let month = datos.fecha.strftime("%m/%Y").to_string();
    let company = *azar.pick(&[
        "Logística Valdespartera, S.L.",
        "Hospital San Jorge",
        "Cartonajes Moncayo, S.A.",
        "Colegio Santa Ana",
    ]);
    let category = *azar.pick(&["Oficial 1.ª", "Técnica", "Administrativo", "Encargada", "Mozo especialista"]);
    let mut y = data_box(
        &mut papel,
        78.0,
        "EMPRESA Y TRABAJADOR",
        &[
            ("Empresa", company),
            ("Periodo", &month),
            ("Trabajador", &format!("{} {}", datos.nombre, datos.apellidos)),
            ("NIF", &datos.nif_firmante),
            ("Categoría", category),
            ("Antigüedad", &azar.between(2003, 2022).to_string()),
        ],
    );
    let base = azar.between(135_000, 238_000);
    let extra = azar.between(8_000, 34_000);
    let (social, tax) = ((base + extra) * 648 / 10_000, (base + extra) * azar.between(9, 19) / 100);
    let rows = [
        ("Salario base".to_owned(), euros(base)),
        ("Complementos".to_owned(), euros(extra)),
        ("Aportación del trabajador a la Seguridad Social".to_owned(), euros(-social)),
        ("Retención IRPF".to_owned(), euros(-tax)),
    ];
    let totals = [("Total devengado", euros(base + extra)), ("LÍQUIDO A PERCIBIR", euros(base + extra - social - tax))];
    y = amounts(&mut papel, y, &rows, &totals, Color(70, 76, 88));
    papel.text(MARGEN, y, Lado::Izquierda, normal(9.0), &format!("Abonado en {}", datos.iban_legible()));
    papel.signature(MARGEN + 60.0, y + 60.0, 100.0, azar);
    papel
}
