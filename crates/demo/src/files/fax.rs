//! A fax as the server keeps it: TIFF of several pages, two colours, Group 4 (ITU-T T.6, TIFF 6.0 section 11).

use super::canvas::{Lado, Lienzo, negrita, normal};
use super::raster::{grain, grey_pages, skew, specks};
use super::winansi::Letra;
use super::{Datos, FileError, Tamano};
use crate::azar::Azar;
use fax::encoder::Encoder;
use fax::{Color, VecWriter};
use image::GrayImage;

/// Faxes a paper: the machine's line on top, then what the line and the drum made of it.
pub(super) fn fax(mut papel: Lienzo, datos: &Datos, tamano: Tamano, azar: &mut Azar) -> Result<Vec<u8>, FileError> {
    let ancho = match tamano {
        Tamano::Normal => 1_240,
        Tamano::Pequeno => 620,
    };
    let hora = format!("{:02}:{:02}", azar.between(8, 19), azar.below(60));
    let sender = *azar.pick(&["GESTORIA EBRO", "FINANCIERA", "ASESORIA SANZ", "CENTRO SEGUROS"]);
    control_sheet(&mut papel, datos, sender, &hora);
    papel.on_each_page(|papel, page, count| {
        let head = format!(
            "{}  {hora}   +34 976 55 01 {:02}   {sender}   PAG. {page:02}/{count:02}",
            datos.fecha_larga(),
            page + 10
        );
        papel.text(40.0, 18.0, Lado::Izquierda, normal(9.0).con(Letra::Maquina), &head);
    });
    let slope = azar.swing() * 0.008;
    let mut encoded = Vec::new();
    for page in grey_pages(papel.finish(), ancho, usize::MAX)? {
        let mut page = skew(&page, slope, 255);
        specks(&mut page, azar.between(60, 180) as u64, azar);
        grain(page.as_mut(), 60, azar);
        encoded.push((group4(&page)?, page.width(), page.height()));
    }
    Ok(tiff(&encoded))
}

/// The last page, which the sending machine adds.
fn control_sheet(papel: &mut Lienzo, datos: &Datos, sender: &str, hora: &str) {
    let pages = papel.page_count();
    papel.new_page();
    papel.text(60.0, 90.0, Lado::Izquierda, negrita(17.0), "HOJA DE CONTROL DE TRANSMISIÓN");
    let lines = [
        format!("REMITENTE ....... {sender}"),
        format!("DESTINATARIO .... {}", datos.entidad),
        format!("FECHA Y HORA .... {} {hora}", datos.fecha_larga()),
        format!("REFERENCIA ...... {}", datos.num_pedido),
        format!("PÁGINAS ......... {pages} + ESTA"),
        "RESULTADO ....... CORRECTO".to_owned(),
    ];
    for (i, line) in lines.iter().enumerate() {
        let y = 130.0 + 22.0 * i as f32;
        papel.text(60.0, y, Lado::Izquierda, normal(13.0).con(Letra::Maquina), line);
    }
    let note =
        "Este mensaje va dirigido solo a su destinatario. Si lo recibe por error, destrúyalo y avise al remitente.";
    papel.paragraph(60.0, 300.0, 470.0, normal(10.0), note);
}

fn group4(page: &GrayImage) -> Result<Vec<u8>, FileError> {
    let width = u16::try_from(page.width()).map_err(|_| FileError::Draw)?;
    let mut encoder = Encoder::new(VecWriter::new());
    for row in page.as_raw().chunks_exact(usize::from(width)) {
        let line = row.iter().map(|v| if *v < 150 { Color::Black } else { Color::White });
        encoder.encode_line(line, width).map_err(|_| FileError::Draw)?;
    }
    Ok(encoder.finish().map_err(|_| FileError::Draw)?.finish())
}

/// Little-endian TIFF with one strip a page.
fn tiff(pages: &[(Vec<u8>, u32, u32)]) -> Vec<u8> {
    const SHORT: u16 = 3;
    const LONG: u16 = 4;
    const RATIONAL: u16 = 5;
    let mut out = b"II*\0".to_vec();
    let mut link = out.len();
    out.extend([0; 4]);
    for (number, (strip, width, height)) in pages.iter().enumerate() {
        let data = out.len() as u32;
        out.extend(strip);
        out.resize(out.len().next_multiple_of(2), 0);
        let resolution = out.len() as u32;
        out.extend(150_u32.to_le_bytes());
        out.extend(1_u32.to_le_bytes());
        let directory = out.len() as u32;
        out[link..link + 4].copy_from_slice(&directory.to_le_bytes());
        let page_of = number as u32 | (pages.len() as u32) << 16;
        let entries = [
            (254, LONG, 1, 2), // NewSubfileType: a page of several
            (256, LONG, 1, *width),
            (257, LONG, 1, *height),
            (258, SHORT, 1, 1),
            (259, SHORT, 1, 4), // Compression: T.6
            (262, SHORT, 1, 0), // 0 is white
            (273, LONG, 1, data),
            (277, SHORT, 1, 1),
            (278, LONG, 1, *height),
            (279, LONG, 1, strip.len() as u32),
            (282, RATIONAL, 1, resolution),
            (283, RATIONAL, 1, resolution),
            (296, SHORT, 1, 2),       // inches
            (297, SHORT, 2, page_of), // PageNumber
        ];
        out.extend((entries.len() as u16).to_le_bytes());
        for (tag, kind, count, value) in entries {
            out.extend(u16::to_le_bytes(tag));
            out.extend(u16::to_le_bytes(kind));
            out.extend(u32::to_le_bytes(count));
            out.extend(u32::to_le_bytes(value));
        }
        link = out.len();
        out.extend([0; 4]);
    }
    out
}
