//! Documents made on the spot, so that what a test is about can be read in it.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod muestras;

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageEncoder, ImageFormat, RgbImage, codecs::jpeg::JpegEncoder};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str};
use render::{Calidad, Imagen, Peticion};

/// Asks for a page in full quality.
pub fn peticion(pagina: u32, ancho: u32, alto: u32) -> Peticion {
    Peticion { pagina, ancho, alto, giro: 0, calidad: Calidad::Completa, recorte: None }
}

/// The pixels of an answer.
pub fn pixeles(imagen: &Imagen) -> RgbImage {
    let rgb = image::load_from_memory(&imagen.bytes).unwrap().into_rgb8();
    assert_eq!((rgb.width(), rgb.height()), (imagen.ancho, imagen.alto));
    rgb
}

/// Whether a pixel is clearly of this colour.
pub fn es(imagen: &RgbImage, (x, y): (u32, u32), color: [u8; 3]) -> bool {
    imagen.get_pixel(x, y).0.iter().zip(color).all(|(a, b)| a.abs_diff(b) < 40)
}

pub const ROJO: [u8; 3] = [255, 0, 0];
pub const BLANCO: [u8; 3] = [255, 255, 255];
pub const NEGRO: [u8; 3] = [0, 0, 0];

/// How a page of a test PDF differs from the usual.
#[derive(Clone, Copy, Default)]
pub struct Hoja {
    pub giro: i32,
    pub recorte: Option<Rect>,
}

/// A PDF of 200×100 points a page: its number as text, and a red square of 20 points in the lower left corner.
pub fn pdf(hojas: &[Hoja]) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let [catalogo, arbol, fuente] = [1, 2, 3].map(Ref::new);
    let numeros: Vec<[Ref; 2]> = (0..hojas.len() as i32).map(|n| [4 + 2 * n, 5 + 2 * n].map(Ref::new)).collect();
    pdf.catalog(catalogo).pages(arbol);
    pdf.pages(arbol).kids(numeros.iter().map(|n| n[0])).count(hojas.len() as i32);
    pdf.type1_font(fuente).base_font(Name(b"Helvetica")).encoding_predefined(Name(b"WinAnsiEncoding"));
    for (n, (hoja, [page, contenido])) in hojas.iter().zip(&numeros).enumerate() {
        let mut p = pdf.page(*page);
        p.parent(arbol).media_box(Rect::new(0.0, 0.0, 200.0, 100.0)).contents(*contenido).rotate(hoja.giro);
        if let Some(recorte) = hoja.recorte {
            p.crop_box(recorte);
        }
        p.resources().fonts().pair(Name(b"F"), fuente);
        p.finish();
        let mut c = Content::new();
        c.set_fill_rgb(1.0, 0.0, 0.0).rect(0.0, 0.0, 20.0, 20.0).fill_nonzero();
        c.set_fill_rgb(0.0, 0.0, 0.0).begin_text().set_font(Name(b"F"), 12.0).next_line(60.0, 50.0);
        c.show(Str(format!("Página {}", n + 1).chars().map(|c| c as u8).collect::<Vec<_>>().as_slice()));
        c.end_text();
        pdf.stream(*contenido, &c.finish());
    }
    pdf.finish()
}

/// A PDF of one page of 200×100 points with this content, in which `F` is Helvetica.
pub fn pdf_con(contenido: &[u8], giro: i32) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let [catalogo, arbol, hoja, cuerpo, fuente] = [1, 2, 3, 4, 5].map(Ref::new);
    pdf.catalog(catalogo).pages(arbol);
    pdf.pages(arbol).kids([hoja]).count(1);
    pdf.type1_font(fuente).base_font(Name(b"Helvetica")).encoding_predefined(Name(b"WinAnsiEncoding"));
    let mut p = pdf.page(hoja);
    p.parent(arbol).media_box(Rect::new(0.0, 0.0, 200.0, 100.0)).contents(cuerpo).rotate(giro);
    p.resources().fonts().pair(Name(b"F"), fuente);
    p.finish();
    pdf.stream(cuerpo, contenido);
    pdf.finish()
}

/// A PDF of one page whose content stream inflates to a gigabyte of drawing.
pub fn pdf_bomba() -> Vec<u8> {
    pdf_de_trozos(b"0 0 m 9 9 l S ".repeat(75_000).as_slice(), 1024)
}

/// A PDF of one page that takes many seconds to draw and little memory: large overlapping curves.
pub fn pdf_lento() -> Vec<u8> {
    pdf_de_trozos(b"0 0 m 900 10 -300 800 595 842 c 0 842 l 595 0 l f ".repeat(10_000).as_slice(), 60)
}

/// A PDF of one page whose content is a piece many times over, compressed.
fn pdf_de_trozos(trozo: &[u8], veces: usize) -> Vec<u8> {
    use std::io::Write as _;
    let mut z = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..veces {
        z.write_all(trozo).unwrap();
    }
    let mut pdf = Pdf::new();
    let [catalogo, arbol, hoja, contenido] = [1, 2, 3, 4].map(Ref::new);
    pdf.catalog(catalogo).pages(arbol);
    pdf.pages(arbol).kids([hoja]).count(1);
    pdf.page(hoja).parent(arbol).media_box(Rect::new(0.0, 0.0, 595.0, 842.0)).contents(contenido).resources();
    let datos = z.finish().unwrap();
    pdf.stream(contenido, &datos).filter(Filter::FlateDecode);
    pdf.finish()
}

/// A PDF that shows a JPEG on all of an A4 page, as scanners make them.
pub fn pdf_escaneado(jpeg: &[u8], (ancho, alto): (u32, u32)) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let [catalogo, arbol, hoja, contenido, imagen] = [1, 2, 3, 4, 5].map(Ref::new);
    pdf.catalog(catalogo).pages(arbol);
    pdf.pages(arbol).kids([hoja]).count(1);
    let mut p = pdf.page(hoja);
    p.parent(arbol).media_box(Rect::new(0.0, 0.0, 595.0, 842.0)).contents(contenido);
    p.resources().x_objects().pair(Name(b"I"), imagen);
    p.finish();
    let mut x = pdf.image_xobject(imagen, jpeg);
    x.filter(Filter::DctDecode);
    x.width(ancho as i32).height(alto as i32).bits_per_component(8);
    x.color_space().device_rgb();
    x.finish();
    let mut c = Content::new();
    c.transform([595.0, 0.0, 0.0, 842.0, 0.0, 0.0]).x_object(Name(b"I"));
    pdf.stream(contenido, &c.finish());
    pdf.finish()
}

/// A PDF of two pages, encrypted for this user password.
pub fn pdf_cifrado(clave: &str) -> Vec<u8> {
    use pdf_extract::{Document, EncryptionState, EncryptionVersion, Object, Permissions, StringFormat};
    let mut doc = Document::load_mem(&pdf(&[Hoja::default(); 2])).unwrap();
    let id = Object::String(b"0123456789abcdef".to_vec(), StringFormat::Hexadecimal);
    doc.trailer.set("ID", Object::Array(vec![id.clone(), id]));
    let version = EncryptionVersion::V2 {
        document: &doc,
        owner_password: "propietario",
        user_password: clave,
        key_length: 128,
        permissions: Permissions::all(),
    };
    let estado = EncryptionState::try_from(version).unwrap();
    doc.encrypt(&estado).unwrap();
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).unwrap();
    bytes
}

/// A picture of 48×32 with a red upper left quarter on white, in any format.
pub fn cuadro() -> RgbImage {
    RgbImage::from_fn(48, 32, |x, y| image::Rgb(if x < 24 && y < 16 { ROJO } else { BLANCO }))
}

pub fn codificar(imagen: &DynamicImage, formato: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    imagen.write_to(&mut bytes, formato).unwrap();
    bytes.into_inner()
}

/// A JPEG of a picture, with this Exif orientation.
pub fn jpeg(imagen: &RgbImage, orientacion: u8) -> Vec<u8> {
    // One entry: tag 0x0112, type SHORT, one value.
    let exif =
        [b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(), &[orientacion], b"\0\0\0\0\0\0"].concat();
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    encoder.set_exif_metadata(exif).unwrap();
    encoder.write_image(imagen, imagen.width(), imagen.height(), image::ExtendedColorType::Rgb8).unwrap();
    bytes
}

/// Tags, and the data of the only strip.
pub type PaginaTiff<'a> = (&'a [(u16, u32)], &'a [u8]);

/// A little-endian TIFF of one strip a page, from tags (number, value) that fit into four bytes.
///
/// Data offsets and sizes are added; the values are written as LONG, which every reader takes.
pub fn tiff(paginas: &[PaginaTiff<'_>]) -> Vec<u8> {
    let mut bytes = b"II*\0\0\0\0\0".to_vec();
    let mut enlace = 4;
    for (tags, datos) in paginas {
        let lugar = bytes.len() as u32;
        bytes.extend_from_slice(datos);
        bytes.resize(bytes.len().next_multiple_of(2), 0);
        let mut tags: Vec<(u16, u32)> = tags.to_vec();
        tags.extend([(273, lugar), (279, datos.len() as u32)]);
        tags.sort_unstable();
        let directorio = (bytes.len() as u32).to_le_bytes();
        bytes[enlace..enlace + 4].copy_from_slice(&directorio);
        bytes.extend_from_slice(&(tags.len() as u16).to_le_bytes());
        for (tag, valor) in tags {
            bytes.extend_from_slice(&tag.to_le_bytes());
            bytes.extend_from_slice(&[4, 0, 1, 0, 0, 0]);
            bytes.extend_from_slice(&valor.to_le_bytes());
        }
        enlace = bytes.len();
        bytes.extend_from_slice(&[0; 4]);
    }
    bytes
}

/// A grey, grainy, slightly skewed scan of a page of text at 150 dots per inch.
pub fn escaneo() -> RgbImage {
    let texto = "Contrato de compraventa de vehículo usado entre las partes que abajo firman.\n".repeat(55);
    let hoja = render::pagina(texto.as_bytes(), &peticion(1, 1240, 1754)).unwrap();
    let hoja: GrayImage = image::load_from_memory(&hoja.bytes).unwrap().into_luma8();
    let mut azar = 12345_u32;
    RgbImage::from_fn(hoja.width(), hoja.height(), |x, y| {
        let torcida = (y + x / 90).min(hoja.height() - 1);
        let tinta = f32::from(hoja.get_pixel(x, torcida).0[0]) / 255.0;
        azar = azar.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grano = ((azar >> 24) % 25) as f32 - 12.0;
        let v = 40.0 + tinta * 195.0 + grano;
        image::Rgb([v as u8, (v - 2.0) as u8, (v - 9.0) as u8])
    })
}

/// A PDF of 200×100 points with form fields and marks that have no appearance.
pub fn pdf_formulario() -> Vec<u8> {
    let objetos = [
        "<< /Type /Catalog /Pages 2 0 R /AcroForm << /NeedAppearances true /DA (/Helv 0 Tf 0 g) /Fields [] >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Annots [4 0 R 5 0 R 6 0 R 7 0 R 8 0 R 9 0 R] >>",
        // A text field, its value inherited from its parent; a ticked and an empty box; marks; a hidden field.
        "<< /Type /Annot /Subtype /Widget /Parent 10 0 R /Rect [10 70 110 90] /DA (/Helv 16 Tf 1 0 0 rg) >>",
        "<< /Type /Annot /Subtype /Widget /FT /Btn /AS /Si /Rect [120 70 140 90] >>",
        "<< /Type /Annot /Subtype /Widget /FT /Btn /AS /Off /Rect [160 70 180 90] >>",
        "<< /Type /Annot /Subtype /Square /C [1 0 0] /IC [1 0 0] /Rect [10 10 50 50] >>",
        "<< /Type /Annot /Subtype /Highlight /C [1 0 0] /Rect [100 10 140 50] >>",
        "<< /Type /Annot /Subtype /Widget /FT /Tx /F 2 /V (Oculto) /Rect [150 10 190 50] >>",
        "<< /FT /Tx /V (\\330\\330\\330MMMMM) >>",
    ];
    let mut doc = b"%PDF-1.7\n".to_vec();
    for (n, objeto) in objetos.iter().enumerate() {
        doc.extend(format!("{} 0 obj\n{objeto}\nendobj\n", n + 1).bytes());
    }
    doc.extend(b"trailer << /Root 1 0 R >>");
    doc
}
