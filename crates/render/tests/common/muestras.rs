//! One small document of each format that is not a PDF.

use std::io::{Cursor, Write};

use image::{DynamicImage, ImageFormat};
use render::Formato;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{codificar, cuadro};

/// All of them.
pub fn todas() -> Vec<(Formato, Vec<u8>)> {
    let foto = |f| codificar(&DynamicImage::ImageRgb8(cuadro()), f);
    vec![
        (Formato::Jpeg, foto(ImageFormat::Jpeg)),
        (Formato::Png, foto(ImageFormat::Png)),
        (Formato::Webp, foto(ImageFormat::WebP)),
        (Formato::Tiff, foto(ImageFormat::Tiff)),
        (Formato::Gif, foto(ImageFormat::Gif)),
        (Formato::Bmp, foto(ImageFormat::Bmp)),
        (Formato::Heic, heic()),
        (Formato::Svg, svg()),
        (Formato::Texto, "Señor cliente:\n\nsu coche está listo.\n".into()),
        (Formato::Csv, "Marca;Modelo;Precio\nSeat;Ibiza;9.500,00 €\nFord;\"Kuga; FHEV\";31.000\n".into()),
        (Formato::Correo, b"From: a@b.es\r\nSubject: Hola\r\n\r\nSu coche.\r\n".to_vec()),
        (Formato::Msg, compuesto(&[("/__properties_version1.0", &[0; 32]), ("/__substg1.0_1000001E", b"Su coche.")])),
        (Formato::Rtf, br"{\rtf1\ansi Se\'f1or \b cliente\b0\par}".to_vec()),
        (Formato::Docx, docx(r#"<w:p><w:r><w:t>Su coche.</w:t></w:r></w:p>"#, &[])),
        (Formato::Xlsx, xlsx()),
        (Formato::Pptx, pptx()),
        (Formato::Odt, odf("text", "<text:p>Su coche.</text:p>")),
        (Formato::Ods, odf("spreadsheet", ODS)),
        (
            Formato::Odp,
            odf(
                "presentation",
                "<draw:page><draw:frame><draw:text-box><text:p>Su coche.</text:p></draw:text-box></draw:frame></draw:page>",
            ),
        ),
        (Formato::Xls, xls()),
        (Formato::Zip, zip(&[("fotos/frontal.jpg", b"1234"), ("factura.pdf", b"%PDF-")])),
        (Formato::SieteZip, b"7z\xbc\xaf\x27\x1c\0\x04rest of it, packed".to_vec()),
        (Formato::Tar, tar()),
        (Formato::Gzip, gzip()),
    ]
}

pub fn heic() -> Vec<u8> {
    let (ancho, alto) = (96, 64);
    let grande = image::imageops::resize(&cuadro(), ancho, alto, image::imageops::FilterType::Nearest);
    heifer::encode_rgb8(ancho, alto, grande.as_raw(), &heifer::EncodeOptions { quality: 95, ..Default::default() })
        .unwrap()
}

pub fn svg() -> Vec<u8> {
    br##"<svg xmlns="http://www.w3.org/2000/svg" width="48" height="32"><rect width="24" height="16" fill="#f00"/></svg>"##.to_vec()
}

/// A ZIP file with these entries, deflated.
pub fn zip(entradas: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (nombre, contenido) in entradas {
        let metodo =
            if *nombre == "mimetype" { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        let fecha = zip::DateTime::from_date_and_time(2026, 3, 3, 9, 5, 0).unwrap();
        let opciones = SimpleFileOptions::default().compression_method(metodo).last_modified_time(fecha);
        zip.start_file(*nombre, opciones).unwrap();
        zip.write_all(contenido).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const TIPOS: (&str, &[u8]) =
    ("[Content_Types].xml", br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#);

/// A Word document with that body, and other parts.
pub fn docx(cuerpo: &str, otras: &[(&str, &[u8])]) -> Vec<u8> {
    let documento = format!(
        r#"<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{cuerpo}</w:body></w:document>"#
    );
    let mut partes = vec![TIPOS, ("word/document.xml", documento.as_bytes())];
    partes.extend(otras);
    zip(&partes)
}

/// Two sheets: words, a figure and a date; and nothing.
pub fn xlsx() -> Vec<u8> {
    let hoja = |celdas: &str| {
        format!(
            r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{celdas}</sheetData></worksheet>"#
        )
    };
    let celdas = hoja(
        r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Coche</t></is></c><c r="B1" t="inlineStr"><is><t>Precio</t></is></c></row>
        <row r="2"><c r="A2" t="inlineStr"><is><t>Ibiza</t></is></c><c r="B2"><v>9500.5</v></c><c r="C2" s="1"><v>46084</v></c></row>"#,
    );
    let libro = br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Ventas" sheetId="1" r:id="rId1"/><sheet name="Otra" sheetId="2" r:id="rId2"/></sheets></workbook>"#;
    let relaciones = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>"#;
    let raiz = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let estilos = br#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
    zip(&[
        TIPOS,
        ("_rels/.rels", raiz),
        ("xl/workbook.xml", libro),
        ("xl/_rels/workbook.xml.rels", relaciones),
        ("xl/styles.xml", estilos),
        ("xl/worksheets/sheet1.xml", celdas.as_bytes()),
        ("xl/worksheets/sheet2.xml", hoja("").as_bytes()),
    ])
}

pub fn pptx() -> Vec<u8> {
    let lamina = |texto: &str| {
        format!(
            r#"<p:sld xmlns:p="p" xmlns:a="a"><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>{texto}</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>"#
        )
    };
    zip(&[
        TIPOS,
        ("ppt/presentation.xml", b"<p/>"),
        ("ppt/slides/slide10.xml", lamina("La última").as_bytes()),
        ("ppt/slides/slide2.xml", lamina("La primera").as_bytes()),
    ])
}

const ODS: &str = r#"<table:table table:name="Ventas"><table:table-row><table:table-cell><text:p>Ibiza</text:p></table:table-cell><table:table-cell office:value-type="float"><text:p>9.500</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16382"/></table:table-row><table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>"#;

/// An OpenDocument file of that kind with that content.
pub fn odf(clase: &str, cuerpo: &str) -> Vec<u8> {
    let contenido = format!(
        r#"<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:draw="d"><office:body><office:{clase}>{cuerpo}</office:{clase}></office:body></office:document-content>"#
    );
    let mime = format!("application/vnd.oasis.opendocument.{clase}");
    zip(&[("mimetype", mime.as_bytes()), ("content.xml", contenido.as_bytes())])
}

/// A compound file with these streams.
pub fn compuesto(flujos: &[(&str, &[u8])]) -> Vec<u8> {
    let mut fichero = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (nombre, datos) in flujos {
        fichero.create_stream(nombre).unwrap().write_all(datos).unwrap();
    }
    fichero.into_inner().into_inner()
}

/// A workbook of before 2007 with a word and a figure on one sheet.
pub fn xls() -> Vec<u8> {
    let registro =
        |clase: u16, datos: &[u8]| [&clase.to_le_bytes()[..], &(datos.len() as u16).to_le_bytes(), datos].concat();
    let principio = |clase: u8| registro(0x809, &[0, 6, clase, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let fin = registro(0x0a, &[]);
    let hoja_de = |lugar: u32| registro(0x85, &[&lugar.to_le_bytes()[..], &[0, 0, 6, 0], b"Ventas"].concat());
    let globales = principio(5).len() + hoja_de(0).len() + fin.len();
    let celda = |columna: u8| [0, 0, columna, 0, 0, 0];
    let palabra = registro(0x204, &[&celda(0)[..], &[5, 0, 0], b"Ibiza"].concat());
    let cifra = registro(0x203, &[&celda(1)[..], &9500.5_f64.to_le_bytes()].concat());
    let libro = [principio(5), hoja_de(globales as u32), fin.clone(), principio(16), palabra, cifra, fin].concat();
    compuesto(&[("/Workbook", &libro)])
}

pub fn tar() -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (nombre, datos) in [("fotos/uno.jpg", &b"1234"[..]), ("fotos/año.txt", b"hola")] {
        let mut cabecera = tar::Header::new_gnu();
        cabecera.set_size(datos.len() as u64);
        cabecera.set_mtime(1_772_528_700);
        tar.append_data(&mut cabecera, nombre, datos).unwrap();
    }
    tar.into_inner().unwrap()
}

pub fn gzip() -> Vec<u8> {
    let mut gzip = flate2::GzBuilder::new()
        .filename("copia.tar")
        .mtime(1_772_528_700)
        .write(Vec::new(), flate2::Compression::default());
    gzip.write_all(&[0; 2048]).unwrap();
    gzip.finish().unwrap()
}

/// The photograph of [`heic`], to be turned a quarter anticlockwise: an `irot` property is put into its boxes.
pub fn heic_girada() -> Vec<u8> {
    const GIRO: [u8; 9] = *b"\0\0\0\x09irot\x01";
    let mut bytes = heic();
    let caja = |bytes: &[u8], nombre: &[u8]| bytes.windows(4).position(|w| w == nombre).unwrap() - 4;
    let numero = |bytes: &[u8], lugar: usize| u32::from_be_bytes(bytes[lugar..lugar + 4].try_into().unwrap());
    let sumar = |bytes: &mut [u8], lugar: usize, mas: u32| {
        let suma = numero(bytes, lugar) + mas;
        bytes[lugar..lugar + 4].copy_from_slice(&suma.to_be_bytes());
    };
    let [meta, iprp, ipco, ipma, iloc, mdat] =
        [b"meta", b"iprp", b"ipco", b"ipma", b"iloc", b"mdat"].map(|nombre| caja(&bytes, nombre));

    // What the picture is made of begins right after the header of `mdat`, and moves by ten bytes.
    let datos = ((mdat + 8) as u32).to_be_bytes();
    let lugar = bytes[iloc..].windows(4).position(|w| w == datos).unwrap() + iloc;
    sumar(&mut bytes, lugar, 10);
    for (caja, mas) in [(meta, 10), (iprp, 10), (ipco, 9), (ipma, 1)] {
        sumar(&mut bytes, caja, mas);
    }
    let fin = ipco + numero(&bytes, ipco) as usize - GIRO.len();
    let (mut propiedades, mut lugar) = (0, ipco + 8);
    while lugar < fin {
        propiedades += 1;
        lugar += numero(&bytes, lugar) as usize;
    }
    // The one picture's associations: their count, and an index each.
    let cuantas = ipma + 18;
    bytes.insert(cuantas + 1 + usize::from(bytes[cuantas]), 0x80 | (propiedades + 1));
    bytes[cuantas] += 1;
    bytes.splice(fin..fin, GIRO);
    bytes
}
