//! What one photographs: an identity card on a desk, a car in the yard. Sizes are those of a picture of four by three.

use crate::azar::Azar;
use crate::files::Datos;
use crate::files::canvas::{A4, BLANCO, BOLI, Color, GRIS, Lado, Lienzo, TINTA, negrita, normal};
use crate::files::winansi::Letra;
use crate::nombres::is_woman;
use domain::texto::fold;

const ESCENA: (f32, f32) = (640.0, 480.0);
/// Width and height of a card in a scene.
const CARD: (f32, f32) = (424.0, 268.0);

/// An identity card, invented in its layout: name, number, a silhouette, machine-readable lines.
pub(super) fn identity(datos: &Datos, azar: &mut Azar) -> Lienzo {
    let mut scene = Lienzo::new("Documento de identidad", ESCENA);
    desk(&mut scene, azar);
    let (x, y) = (108.0 + 24.0 * azar.swing(), 96.0 + 14.0 * azar.swing());
    scene.tilt((x + CARD.0 / 2.0, y + CARD.1 / 2.0), azar.swing() * 0.05);
    scene.round(x + 5.0, y + 8.0, CARD.0, CARD.1, 14.0, Color(58, 46, 38));
    card(&mut scene, (x, y), datos, azar);
    scene.restore();
    scene
}

/// The same card copied onto a sheet, with the date and who looked at the original.
pub(super) fn identity_copy(datos: &Datos, azar: &mut Azar) -> Lienzo {
    let mut sheet = Lienzo::new("Documento de identidad", A4);
    let (x, y) = (78.0 + 8.0 * azar.swing(), 96.0 + 20.0 * azar.swing());
    card(&mut sheet, (x, y), datos, azar);
    let text = format!("Es copia de su original. {}", datos.fecha_larga());
    sheet.text(x, y + CARD.1 + 60.0, Lado::Izquierda, normal(11.0).con(Letra::Cursiva).en(BOLI), &text);
    sheet.signature(x + 40.0, y + CARD.1 + 100.0, 110.0, azar);
    sheet
}

fn card(scene: &mut Lienzo, (x, y): (f32, f32), datos: &Datos, azar: &mut Azar) {
    let (w, h) = CARD;
    scene.round(x, y, w, h, 14.0, Color(214, 226, 236));
    for i in 0..9 {
        // Guilloche of a kind: pale waves of light.
        scene.ellipse((x + 60.0 + 40.0 * i as f32, y + 150.0), 26.0, 92.0, Color(206, 220 + i, 232));
    }
    scene.round(x, y, w, 44.0, 14.0, Color(120, 150, 184));
    scene.fill(x, y + 28.0, w, 16.0, Color(120, 150, 184));
    scene.text(x + 16.0, y + 19.0, Lado::Izquierda, negrita(13.0).en(BLANCO), "DOCUMENTO DE IDENTIDAD");
    scene.text(x + 16.0, y + 35.0, Lado::Izquierda, normal(9.0).en(BLANCO), "MUESTRA DE DEMOSTRACIÓN · SIN VALIDEZ");
    portrait(scene, x + 18.0, y + 58.0, is_woman(&datos.nombre), azar);
    let born = datos.fecha.saturating_sub(jiff::Span::new().days(azar.between(19 * 365, 71 * 365)));
    let expires = datos.fecha.saturating_add(jiff::Span::new().days(azar.between(90, 3_400)));
    let mut line = y + 66.0;
    let rows = [
        ("APELLIDOS", datos.apellidos.to_uppercase()),
        ("NOMBRE", datos.nombre.to_uppercase()),
        ("NACIMIENTO", born.strftime("%d %m %Y").to_string()),
        ("VALIDEZ", expires.strftime("%d %m %Y").to_string()),
    ];
    for (name, value) in rows {
        scene.text(x + 146.0, line, Lado::Izquierda, normal(7.0).en(GRIS), name);
        scene.text(x + 146.0, line + 14.0, Lado::Izquierda, negrita(12.5).en(TINTA), &value);
        line += 29.0;
    }
    scene.text(x + w - 18.0, y + 166.0, Lado::Derecha, negrita(17.0).en(Color(150, 36, 48)), &datos.nif_firmante);
    scene.signature(x + 300.0, y + 196.0, 84.0, azar);
    let letters = |text: &str| fold(text).to_uppercase().replace(' ', "<");
    let name = format!("{}<<{}", letters(&datos.apellidos), letters(&datos.nombre));
    let machine =
        [format!("IDESP{}<{}", azar.digits(9), datos.nif_firmante), born.strftime("%y%m%d").to_string() + "<ESP", name];
    for (i, text) in machine.iter().enumerate() {
        let padded: String = text.chars().chain(std::iter::repeat('<')).take(36).collect();
        scene.text(x + 16.0, y + 222.0 + 17.0 * i as f32, Lado::Izquierda, normal(15.0).con(Letra::Maquina), &padded);
    }
}

/// Planks of a desk, and the corner of a sheet of paper.
fn desk(scene: &mut Lienzo, azar: &mut Azar) {
    let tone = azar.between(-14, 14);
    let shade = |base: i64, by: i64| (base + tone + by).clamp(0, 255) as u8;
    for i in 0..8 {
        let by = azar.between(-9, 9);
        scene.fill(0.0, 60.0 * i as f32, ESCENA.0, 60.0, Color(shade(150, by), shade(112, by), shade(80, by)));
        for _ in 0..5 {
            let (y, x) = (60.0 * i as f32 + azar.between(6, 54) as f32, azar.between(-80, 420) as f32);
            scene.line(
                (x, y),
                (x + azar.between(90, 320) as f32, y + 2.0 * azar.swing()),
                1.0,
                Color(shade(128, by), shade(92, by), shade(64, by)),
            );
        }
    }
    let corner = 420.0 + 90.0 * azar.swing();
    scene.polygon(&[(corner, 0.0), (ESCENA.0, 0.0), (ESCENA.0, 120.0), (corner + 40.0, 60.0)], Color(236, 234, 226));
}

/// Head and shoulders.
fn portrait(scene: &mut Lienzo, x: f32, y: f32, woman: bool, azar: &mut Azar) {
    let skin = *azar.pick(&[Color(226, 190, 164), Color(206, 164, 134), Color(170, 124, 96), Color(236, 206, 184)]);
    let hair = *azar.pick(&[
        Color(44, 34, 28),
        Color(92, 64, 42),
        Color(158, 122, 76),
        Color(150, 150, 152),
        Color(28, 26, 28),
    ]);
    let cloth = *azar.pick(&[Color(52, 72, 104), Color(120, 42, 52), Color(70, 84, 70), Color(40, 42, 48)]);
    scene.fill(x, y, 112.0, 138.0, Color(232, 236, 240));
    scene.polygon(&[(x + 8.0, y + 138.0), (x + 20.0, y + 108.0), (x + 92.0, y + 108.0), (x + 104.0, y + 138.0)], cloth);
    scene.fill(x + 47.0, y + 84.0, 18.0, 28.0, skin);
    if azar.chance(if woman { 85 } else { 4 }) {
        scene.round(x + 24.0, y + 34.0, 64.0, 74.0, 22.0, hair);
    }
    scene.ellipse((x + 56.0, y + 46.0), 30.0, 30.0, hair);
    scene.ellipse((x + 56.0, y + 62.0), 24.0, 31.0, skin);
    scene.ellipse((x + 47.0, y + 60.0), 2.6, 2.0, TINTA);
    scene.ellipse((x + 65.0, y + 60.0), 2.6, 2.0, TINTA);
    scene.line((x + 50.0, y + 78.0), (x + 62.0, y + 78.0), 1.8, Color(150, 84, 78));
    scene.line((x + 56.0, y + 62.0), (x + 54.5, y + 71.0), 1.2, Color(170, 128, 104));
}

/// A car seen from its side, with its plate.
pub(super) fn vehicle(datos: &Datos, azar: &mut Azar) -> Lienzo {
    let mut scene = Lienzo::new("Fotografía del vehículo", ESCENA);
    scene.fill(
        0.0,
        0.0,
        ESCENA.0,
        210.0,
        *azar.pick(&[Color(176, 200, 222), Color(200, 206, 210), Color(150, 170, 190)]),
    );
    scene.fill(0.0, 120.0, ESCENA.0, 130.0, Color(198, 192, 182));
    for i in 0..7 {
        scene.fill(92.0 * i as f32 + 8.0, 132.0, 76.0, 106.0, Color(176, 172, 164));
    }
    scene.fill(0.0, 250.0, ESCENA.0, 230.0, Color(112, 114, 116));
    scene.polygon(&[(0.0, 440.0), (640.0, 404.0), (640.0, 412.0), (0.0, 450.0)], Color(224, 220, 200));
    let body = *azar.pick(&[
        Color(178, 32, 34),
        Color(36, 66, 120),
        Color(230, 232, 234),
        Color(70, 74, 80),
        Color(30, 32, 36),
        Color(168, 174, 180),
    ]);
    scene.ellipse((320.0, 392.0), 250.0, 20.0, Color(72, 74, 76));
    scene.polygon(
        &[
            (82.0, 372.0),
            (76.0, 318.0),
            (96.0, 292.0),
            (182.0, 276.0),
            (240.0, 222.0),
            (398.0, 216.0),
            (478.0, 276.0),
            (556.0, 292.0),
            (570.0, 340.0),
            (564.0, 372.0),
        ],
        body,
    );
    let glass = Color(48, 60, 72);
    scene.polygon(&[(204.0, 276.0), (250.0, 232.0), (316.0, 229.0), (316.0, 278.0)], glass);
    scene.polygon(&[(326.0, 229.0), (392.0, 227.0), (448.0, 276.0), (326.0, 278.0)], glass);
    let trim = Color(20, 22, 24);
    scene.line((320.0, 284.0), (322.0, 366.0), 1.2, trim);
    scene.line((100.0, 346.0), (552.0, 346.0), 1.6, trim);
    scene.fill(286.0, 296.0, 24.0, 4.0, trim);
    scene.fill(424.0, 296.0, 24.0, 4.0, trim);
    scene.ellipse((548.0, 306.0), 14.0, 8.0, Color(244, 240, 214));
    scene.ellipse((88.0, 312.0), 8.0, 10.0, Color(190, 36, 36));
    for x in [176.0, 474.0] {
        scene.ellipse((x, 372.0), 42.0, 42.0, trim);
        scene.ellipse((x, 372.0), 27.0, 27.0, Color(170, 174, 178));
        scene.ellipse((x, 372.0), 22.0, 22.0, Color(96, 100, 104));
        for (dx, dy) in [(0.0, -22.0), (21.0, -7.0), (13.0, 18.0), (-13.0, 18.0), (-21.0, -7.0)] {
            scene.line((x, 372.0), (x + dx, 372.0 + dy), 6.0, Color(170, 174, 178));
        }
    }
    scene.fill(258.0, 352.0, 118.0, 24.0, BLANCO);
    scene.fill(258.0, 352.0, 12.0, 24.0, Color(24, 60, 150));
    scene.text(323.0, 370.0, Lado::Centro, negrita(18.0), &datos.matricula_legible());
    let when = format!("{}  {:02}:{:02}", datos.fecha_larga(), azar.between(8, 19), azar.below(60));
    scene.text(624.0, 464.0, Lado::Derecha, normal(13.0).con(Letra::Maquina).en(Color(248, 190, 60)), &when);
    scene
}
