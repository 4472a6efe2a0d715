//! Papers of administrations: road tax, technical sheet. Invented layouts that serve the eye, without seals of anybody.

use super::comun::{CAJA, MARGEN, data_box};
use crate::azar::Azar;
use crate::files::canvas::{A4, Color, FONDO, GRIS, LINEA, Lado, Lienzo, TINTA, negrita, normal};
use crate::files::winansi::Letra;
use crate::files::{Datos, euros};

const AZUL: Color = Color(30, 70, 140);

fn bars(papel: &mut Lienzo, x: f32, y: f32, azar: &mut Azar) {
    let mut at = x;
    while at < x + 170.0 {
        let width = azar.between(1, 4) as f32 * 0.8;
        papel.fill(at, y, width, 30.0, TINTA);
        at += width + azar.between(1, 4) as f32 * 0.8;
    }
}

/// Road tax: letter of payment with its cut-off.
pub(super) fn road_tax(datos: &Datos, azar: &mut Azar) -> Lienzo {
    let mut papel = Lienzo::new("IVTM", A4);
    papel.frame(MARGEN, 40.0, 40.0, 46.0, 1.5, AZUL);
    papel.polygon(
        &[
            (MARGEN + 8.0, 50.0),
            (MARGEN + 32.0, 50.0),
            (MARGEN + 32.0, 66.0),
            (MARGEN + 20.0, 78.0),
            (MARGEN + 8.0, 66.0),
        ],
        AZUL,
    );
    let town = datos
        .poblacion
        .split_once(' ')
        .map_or(datos.poblacion.as_str(), |(_, t)| t)
        .split(" (")
        .next()
        .unwrap_or_default();
    papel.text(MARGEN + 52.0, 58.0, Lado::Izquierda, negrita(14.0), &format!("Ayuntamiento de {town}"));
    papel.text(
        MARGEN + 52.0,
        74.0,
        Lado::Izquierda,
        normal(9.0).en(GRIS),
        "Gestión Tributaria · Impuesto sobre Vehículos de Tracción Mecánica",
    );
    let (year, plate, date) = (datos.fecha.year().to_string(), datos.matricula_legible(), datos.fecha_larga());
    let horses = format!("{},{} CVF", azar.between(8, 13), azar.below(100));
    let amount = euros(azar.between(3_408, 14_250));
    let mut y = 110.0;
    for part in ["AUTOLIQUIDACIÓN · ALTA DE VEHÍCULO", "CARTA DE PAGO"] {
        y = data_box(
            &mut papel,
            y,
            part,
            &[
                ("Sujeto pasivo", &datos.cliente),
                ("NIF", &datos.nif),
                ("Bastidor", &datos.bastidor),
                ("Matrícula", &plate),
                ("Potencia fiscal", &horses),
                ("Ejercicio", &year),
            ],
        );
        papel.fill(MARGEN, y, CAJA, 34.0, FONDO);
        papel.text(
            MARGEN + 12.0,
            y + 21.0,
            Lado::Izquierda,
            normal(10.0),
            &format!("Pagado el {date} en entidad colaboradora"),
        );
        papel.text(A4.0 - MARGEN - 12.0, y + 22.0, Lado::Derecha, negrita(14.0), &amount);
        bars(&mut papel, MARGEN, y + 48.0, azar);
        papel.text(
            MARGEN,
            y + 92.0,
            Lado::Izquierda,
            normal(8.0).con(Letra::Maquina),
            &format!("90521 500{} {} 0{}", azar.digits(6), azar.digits(12), azar.digits(4)),
        );
        y += 116.0;
        if part.starts_with("AUTO") {
            let mut x = MARGEN;
            while x < A4.0 - MARGEN {
                papel.line((x, y), (x + 5.0, y), 0.7, LINEA);
                x += 9.0;
            }
            y += 24.0;
        }
    }
    papel.tilt((430.0, 330.0), 0.16);
    papel.frame(360.0, 300.0, 150.0, 46.0, 2.0, Color(178, 40, 60));
    papel.text(435.0, 320.0, Lado::Centro, negrita(14.0).en(Color(178, 40, 60)), "COBRADO");
    papel.text(435.0, 336.0, Lado::Centro, normal(10.0).en(Color(178, 40, 60)), &date);
    papel.restore();
    papel
}

/// Technical sheet: the codes of the vehicle in a grid of two columns.
pub(super) fn tech_sheet(datos: &Datos, azar: &mut Azar) -> Lienzo {
    let mut papel = Lienzo::new("Ficha técnica", A4);
    papel.text(MARGEN, 58.0, Lado::Izquierda, negrita(15.0).en(AZUL), "TARJETA DE INSPECCIÓN TÉCNICA DE VEHÍCULOS");
    papel.text(
        MARGEN,
        76.0,
        Lado::Izquierda,
        normal(9.0).en(GRIS),
        &format!("Certificado n.º {}   ·   NIVE {}", azar.digits(9), azar.digits(16)),
    );
    bars(&mut papel, A4.0 - MARGEN - 170.0, 88.0, azar);
    let rows: Vec<(&str, &str, String)> = vec![
        ("D.1", "Marca", datos.marca.clone()),
        ("D.2", "Tipo / variante / versión", format!("{} / AB{}", azar.digits(2), azar.digits(5))),
        ("D.3", "Denominación comercial", datos.vehiculo.clone()),
        ("E", "N.º de identificación", datos.bastidor.clone()),
        ("A", "Matrícula", datos.matricula_legible()),
        ("B", "Primera matriculación", datos.fecha_larga()),
        ("J", "Categoría", "M1".to_owned()),
        ("P.1", "Cilindrada (cm³)", azar.between(995, 1_998).to_string()),
        ("P.2", "Potencia (kW)", azar.between(59, 221).to_string()),
        ("P.3", "Combustible", (*azar.pick(&["Gasolina", "Diésel", "Gasolina / eléctrico"])).to_owned()),
        ("G", "Masa en orden de marcha (kg)", azar.between(1_105, 1_720).to_string()),
        ("F.1", "Masa máxima (kg)", azar.between(1_640, 2_240).to_string()),
        ("S.1", "Plazas", "5".to_owned()),
        (
            "L.2",
            "Neumáticos",
            (*azar.pick(&["185/65 R15 88H", "215/45 R17 87V", "225/40 R18 92Y", "215/55 R18 95H"])).to_owned(),
        ),
        ("V.7", "CO2 (g/km)", azar.between(98, 171).to_string()),
        ("V.9", "Nivel de emisiones", "EURO 6 AP".to_owned()),
    ];
    let mut y = 132.0;
    for (code, name, value) in &rows {
        papel.frame(MARGEN, y, CAJA, 26.0, 0.5, LINEA);
        papel.fill(MARGEN, y, 40.0, 26.0, FONDO);
        papel.text(MARGEN + 20.0, y + 17.0, Lado::Centro, negrita(9.5), code);
        papel.text(MARGEN + 50.0, y + 17.0, Lado::Izquierda, normal(8.5).en(GRIS), name);
        papel.text(MARGEN + 230.0, y + 17.0, Lado::Izquierda, normal(10.5).con(Letra::Maquina), value);
        y += 26.0;
    }
    y += 26.0;
    papel.text(MARGEN, y, Lado::Izquierda, negrita(9.0), "Certificación del fabricante");
    y = papel.paragraph(MARGEN, y + 14.0, CAJA, normal(8.5), "El vehículo reseñado cumple las reglamentaciones que le son de aplicación y coincide con el tipo homologado. Se expide esta tarjeta para su matriculación.");
    papel.signature(MARGEN + 40.0, y + 44.0, 110.0, azar);
    papel.ellipse((420.0, y + 44.0), 38.0, 38.0, Color(206, 214, 232));
    papel.ellipse((420.0, y + 44.0), 34.0, 34.0, Color(255, 255, 255));
    papel.text(420.0, y + 42.0, Lado::Centro, negrita(8.0).en(AZUL), "CONTROL");
    papel.text(420.0, y + 53.0, Lado::Centro, normal(7.0).en(AZUL), &datos.fecha_larga());
    papel
}
