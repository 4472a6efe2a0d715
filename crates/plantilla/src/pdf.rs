//! Pages as a PDF file, with those letters in it that it uses.
//!
//! Every character has its own code, in the order of first use; one table leads from codes to glyphs, another back to characters. So the
//! text that is copied or searched is what was written, even where the letters have no glyph for it.

use crate::Error;
use crate::compone::{ALTO, ANCHO, FILETE, Pagina, Trazo};
use crate::letra::{Cara, Letras};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};
use std::collections::HashMap;
use std::io::Write;
use subsetter::GlyphRemapper;

/// How a slanted letter leans.
const CURSIVA: f32 = 0.2;
/// Names of the two faces: in the page, and in the file.
const CARAS: [(&[u8], &[u8]); 2] = [(b"R", b"EXPDTE+OpenSans"), (b"B", b"EXPDTE+OpenSans-Bold")];

/// Writes the file.
pub fn escribir(paginas: &[Pagina], titulo: &str) -> Result<Vec<u8>, Error> {
    let letras = Letras::abrir()?;
    let mut usadas = [Usada::default(), Usada::default()];
    let contents: Vec<Vec<u8>> = paginas.iter().map(|page| contenido(page, &mut usadas)).collect();

    let mut next = Ref::new(1);
    let (catalog, tree, info) = (next.bump(), next.bump(), next.bump());
    let fonts = [next.bump(), next.bump()];
    let ids: Vec<(Ref, Ref)> = contents.iter().map(|_| (next.bump(), next.bump())).collect();

    let mut pdf = Pdf::new();
    let mut root = pdf.catalog(catalog);
    root.pages(tree).lang(TextStr("es-ES"));
    root.viewer_preferences().display_doc_title(true);
    root.finish();
    pdf.document_info(info).title(TextStr(titulo));
    let count = i32::try_from(ids.len()).unwrap_or(i32::MAX);
    pdf.pages(tree).kids(ids.iter().map(|(page, _)| *page)).count(count).media_box(Rect::new(0.0, 0.0, ANCHO, ALTO));
    for ((page, stream), content) in ids.iter().zip(&contents) {
        let mut page = pdf.page(*page);
        page.parent(tree).contents(*stream);
        let mut resources = page.resources();
        let mut names = resources.fonts();
        for ((name, _), font) in CARAS.iter().zip(fonts) {
            names.pair(Name(name), font);
        }
        names.finish();
        resources.finish();
        page.finish();
        pdf.stream(*stream, &apretado(content)?).filter(Filter::FlateDecode);
    }
    for (at, usada) in usadas.iter().enumerate() {
        fuente(&mut pdf, &mut next, fonts[at], CARAS[at].1, letras.cara(at == 1), usada)?;
    }
    Ok(pdf.finish())
}

fn apretado(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).and_then(|()| out.finish()).map_err(|cause| Error::Letra(cause.to_string()))
}

/// The characters of a face that were used; the code of each is its place, from 1.
#[derive(Default)]
struct Usada {
    codes: HashMap<char, u16>,
    chars: Vec<char>,
}

impl Usada {
    fn code(&mut self, c: char) -> u16 {
        if let Some(code) = self.codes.get(&c) {
            return *code;
        }
        // More characters than there are codes do not fit into a document.
        let Ok(code) = u16::try_from(self.chars.len() + 1) else { return 0 };
        self.codes.insert(c, code);
        self.chars.push(c);
        code
    }
}

fn contenido(page: &Pagina, usadas: &mut [Usada; 2]) -> Vec<u8> {
    let mut content = Content::new();
    content.set_line_width(FILETE);
    for trazo in page {
        match trazo {
            Trazo::Linea { desde, hasta, gris } => {
                content.set_stroke_gray(*gris);
                content.move_to(desde.0, ALTO - desde.1).line_to(hasta.0, ALTO - hasta.1).stroke();
            }
            Trazo::Texto { x, y, tam, negrita, cursiva, gris, texto } => {
                let face = usize::from(*negrita);
                let coded: Vec<u8> = texto.chars().flat_map(|c| usadas[face].code(c).to_be_bytes()).collect();
                content.set_fill_gray(*gris);
                content.begin_text().set_font(Name(CARAS[face].0), *tam);
                content.set_text_matrix([1.0, 0.0, if *cursiva { CURSIVA } else { 0.0 }, 1.0, *x, ALTO - y]);
                content.show(Str(&coded)).end_text();
            }
        }
    }
    content.finish().to_vec()
}

fn fuente(pdf: &mut Pdf, next: &mut Ref, id: Ref, name: &[u8], cara: &Cara, usada: &Usada) -> Result<(), Error> {
    let (cid, descriptor, file, to_unicode, to_glyph) =
        (next.bump(), next.bump(), next.bump(), next.bump(), next.bump());
    let mut kept = GlyphRemapper::new();
    let mut glyphs = vec![0, 0];
    let mut unicode = UnicodeCmap::new(Name(b"Custom"), system_info());
    for (code, c) in (1_u16..).zip(&usada.chars) {
        glyphs.extend(kept.remap(cara.glifo(*c)).to_be_bytes());
        unicode.pair(code, *c);
    }
    let subset = subsetter::subset(cara.fichero, 0, &kept).map_err(|cause| Error::Letra(cause.to_string()))?;

    pdf.type0_font(id)
        .base_font(Name(name))
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(cid)
        .to_unicode(to_unicode);
    let mut font = pdf.cid_font(cid);
    font.subtype(CidFontType::Type2).base_font(Name(name)).system_info(system_info()).font_descriptor(descriptor);
    font.default_width(0.0).cid_to_gid_map_stream(to_glyph);
    font.widths().consecutive(1, usada.chars.iter().map(|c| cara.avance(*c)));
    font.finish();
    pdf.font_descriptor(descriptor)
        .name(Name(name))
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(-550.0, -271.0, 1204.0, 1048.0))
        .italic_angle(0.0)
        .ascent(1069.0)
        .descent(-293.0)
        .cap_height(714.0)
        .stem_v(80.0)
        .font_file2(file);
    pdf.stream(file, &apretado(&subset)?).filter(Filter::FlateDecode);
    pdf.stream(to_glyph, &apretado(&glyphs)?).filter(Filter::FlateDecode);
    let map = unicode.finish();
    pdf.stream(to_unicode, &apretado(&map)?).filter(Filter::FlateDecode);
    Ok(())
}

fn system_info() -> SystemInfo<'static> {
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 }
}
