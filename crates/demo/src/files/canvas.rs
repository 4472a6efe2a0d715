//! Pages to draw on. Lengths are points and `y` grows downwards, as one lays out a page; the file that comes out is a PDF.

use super::winansi::{Letra, encode};
use crate::azar::Azar;
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

/// A colour, red green blue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Color(pub u8, pub u8, pub u8);

/// Text.
pub(super) const TINTA: Color = Color(32, 34, 40);
/// Secondary text.
pub(super) const GRIS: Color = Color(110, 114, 122);
/// Rules and borders.
pub(super) const LINEA: Color = Color(196, 200, 206);
/// Grounds of table heads and boxes.
pub(super) const FONDO: Color = Color(240, 242, 245);
/// Paper.
pub(super) const BLANCO: Color = Color(255, 255, 255);
/// Ink of pens.
pub(super) const BOLI: Color = Color(28, 48, 130);

/// A4, points.
pub(super) const A4: (f32, f32) = (595.0, 842.0);

/// How text stands to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lado {
    /// It begins there.
    Izquierda,
    /// It has its middle there.
    Centro,
    /// It ends there.
    Derecha,
}

/// Font, size and colour of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Estilo {
    pub letra: Letra,
    pub cuerpo: f32,
    pub color: Color,
}

/// Plain text of that size.
pub(super) const fn normal(cuerpo: f32) -> Estilo {
    Estilo { letra: Letra::Normal, cuerpo, color: TINTA }
}

/// Bold text of that size.
pub(super) const fn negrita(cuerpo: f32) -> Estilo {
    Estilo { letra: Letra::Negrita, cuerpo, color: TINTA }
}

impl Estilo {
    /// The same in another colour.
    pub(super) const fn en(self, color: Color) -> Self {
        Self { color, ..self }
    }

    /// The same in another font.
    pub(super) const fn con(self, letra: Letra) -> Self {
        Self { letra, ..self }
    }
}

/// A document under the pen.
pub(super) struct Lienzo {
    titulo: String,
    ancho: f32,
    alto: f32,
    paginas: Vec<Content>,
    actual: Content,
}

impl Lienzo {
    /// A document with one empty page of that size.
    pub(super) fn new(titulo: &str, (ancho, alto): (f32, f32)) -> Self {
        Self { titulo: titulo.to_owned(), ancho, alto, paginas: Vec::new(), actual: Content::new() }
    }

    /// Turns to a new page.
    pub(super) fn new_page(&mut self) {
        self.paginas.push(std::mem::replace(&mut self.actual, Content::new()));
    }

    /// How many pages there are by now.
    pub(super) fn page_count(&self) -> usize {
        self.paginas.len() + 1
    }

    /// Draws on every page; the closure gets its number from 1 and how many there are.
    pub(super) fn on_each_page(&mut self, draw: impl Fn(&mut Self, usize, usize)) {
        let count = self.page_count();
        let mut todas = std::mem::take(&mut self.paginas);
        todas.push(std::mem::replace(&mut self.actual, Content::new()));
        for (i, pagina) in todas.into_iter().enumerate() {
            self.actual = pagina;
            draw(self, i + 1, count);
            self.paginas.push(std::mem::replace(&mut self.actual, Content::new()));
        }
        self.actual = self.paginas.pop().unwrap_or_else(Content::new);
    }

    /// Writes a line of text with its base line at `y`.
    pub(super) fn text(&mut self, x: f32, y: f32, lado: Lado, estilo: Estilo, text: &str) {
        let width = estilo.letra.width(text, estilo.cuerpo);
        let x = match lado {
            Lado::Izquierda => x,
            Lado::Centro => x - width / 2.0,
            Lado::Derecha => x - width,
        };
        self.fill_color(estilo.color);
        self.actual.begin_text();
        self.actual.set_font(Name(estilo.letra.names().1), estilo.cuerpo);
        self.actual.next_line(x, self.alto - y);
        self.actual.show(Str(&encode(text)));
        self.actual.end_text();
    }

    /// Writes a paragraph no wider than `ancho`, its first base line at `y`; answers where the next one would go.
    pub(super) fn paragraph(&mut self, x: f32, mut y: f32, ancho: f32, estilo: Estilo, text: &str) -> f32 {
        let mut line = String::new();
        for word in text.split(' ') {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if !line.is_empty() && estilo.letra.width(&longer, estilo.cuerpo) > ancho {
                self.text(x, y, Lado::Izquierda, estilo, &line);
                y += estilo.cuerpo * 1.38;
                line = word.to_owned();
            } else {
                line = longer;
            }
        }
        self.text(x, y, Lado::Izquierda, estilo, &line);
        y + estilo.cuerpo * 1.38
    }

    /// A straight stroke.
    pub(super) fn line(&mut self, from: (f32, f32), to: (f32, f32), grosor: f32, color: Color) {
        self.stroke_color(color);
        self.actual.set_line_width(grosor);
        self.actual.move_to(from.0, self.alto - from.1).line_to(to.0, self.alto - to.1).stroke();
    }

    /// A filled rectangle.
    pub(super) fn fill(&mut self, x: f32, y: f32, ancho: f32, alto: f32, color: Color) {
        self.fill_color(color);
        self.actual.rect(x, self.alto - y - alto, ancho, alto).fill_nonzero();
    }

    /// An empty rectangle.
    pub(super) fn frame(&mut self, x: f32, y: f32, ancho: f32, alto: f32, grosor: f32, color: Color) {
        self.stroke_color(color);
        self.actual.set_line_width(grosor);
        self.actual.rect(x, self.alto - y - alto, ancho, alto).stroke();
    }

    /// A filled shape of straight sides.
    pub(super) fn polygon(&mut self, points: &[(f32, f32)], color: Color) {
        self.fill_color(color);
        for (i, (x, y)) in points.iter().enumerate() {
            let y = self.alto - y;
            if i == 0 {
                self.actual.move_to(*x, y)
            } else {
                self.actual.line_to(*x, y)
            };
        }
        self.actual.close_path().fill_nonzero();
    }

    /// A filled ellipse around a centre.
    pub(super) fn ellipse(&mut self, (cx, cy): (f32, f32), rx: f32, ry: f32, color: Color) {
        // The control points that make four cubic curves an ellipse to within 0.03 %.
        let (kx, ky, cy) = (rx * 0.552_3, ry * 0.552_3, self.alto - cy);
        self.fill_color(color);
        self.actual
            .move_to(cx + rx, cy)
            .cubic_to(cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry)
            .cubic_to(cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy)
            .cubic_to(cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry)
            .cubic_to(cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy)
            .fill_nonzero();
    }

    /// A filled rectangle with round corners.
    pub(super) fn round(&mut self, x: f32, y: f32, ancho: f32, alto: f32, radio: f32, color: Color) {
        self.fill(x + radio, y, ancho - 2.0 * radio, alto, color);
        self.fill(x, y + radio, ancho, alto - 2.0 * radio, color);
        for corner in [
            (x + radio, y + radio),
            (x + ancho - radio, y + radio),
            (x + radio, y + alto - radio),
            (x + ancho - radio, y + alto - radio),
        ] {
            self.ellipse(corner, radio, radio, color);
        }
    }

    /// A signature: loops of a pen from left to right.
    pub(super) fn signature(&mut self, x: f32, y: f32, ancho: f32, azar: &mut Azar) {
        self.stroke_color(BOLI);
        self.actual.set_line_width(1.1);
        let strokes = azar.between(3, 8);
        let step = ancho / strokes as f32;
        let base = self.alto - y;
        self.actual.move_to(x, base);
        let mut at = x;
        for _ in 0..strokes {
            let (up, down) = (4.0 + 17.0 * azar.swing().abs(), 3.0 + 10.0 * azar.swing().abs());
            let back = step * (0.4 + 0.5 * azar.swing().abs());
            let next = at + step;
            self.actual.cubic_to(
                at + step * 1.3,
                base + up,
                next - back,
                base + up * 0.8,
                at + step * 0.5,
                base - down * 0.4,
            );
            self.actual.cubic_to(
                at + step * 0.6,
                base - down,
                next,
                base - down * 0.5,
                next,
                base + 3.0 * azar.swing(),
            );
            at = next;
        }
        self.actual.stroke();
        // The flourish below.
        self.actual.move_to(x + ancho * 0.1, base - 9.0);
        self.actual
            .cubic_to(x + ancho * 0.4, base - 13.0, x + ancho * 0.7, base - 4.0, x + ancho * 1.05, base - 8.0)
            .stroke();
    }

    /// Turns all that is drawn until [`Self::restore`] a little about a point: `k` is the slope.
    pub(super) fn tilt(&mut self, (cx, cy): (f32, f32), k: f32) {
        let cy = self.alto - cy;
        self.actual.save_state();
        self.actual.transform([1.0, k, -k, 1.0, cx - (cx - k * cy), cy - (k * cx + cy)]);
    }

    /// Ends [`Self::tilt`].
    pub(super) fn restore(&mut self) {
        self.actual.restore_state();
    }

    /// The file.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.new_page();
        let mut ids = (1..).map(Ref::new);
        let mut next = || ids.next().unwrap_or(Ref::new(1));
        let (catalog, tree, info) = (next(), next(), next());
        let fonts = Letra::ALL.map(|letra| (letra, next()));
        let mut pdf = Pdf::new();
        pdf.catalog(catalog).pages(tree);
        pdf.document_info(info).title(TextStr(&self.titulo)).producer(TextStr("expedientes"));
        for (letra, id) in fonts {
            pdf.type1_font(id).base_font(Name(letra.names().0)).encoding_predefined(Name(b"WinAnsiEncoding"));
        }
        let mut kids = Vec::new();
        for contenido in self.paginas {
            let (id, stream) = (next(), next());
            let mut page = pdf.page(id);
            page.media_box(Rect::new(0.0, 0.0, self.ancho, self.alto)).parent(tree).contents(stream);
            let mut resources = page.resources();
            let mut dict = resources.fonts();
            for (letra, font) in fonts {
                dict.pair(Name(letra.names().1), font);
            }
            dict.finish();
            resources.finish();
            page.finish();
            pdf.stream(stream, &contenido.finish());
            kids.push(id);
        }
        let count = i32::try_from(kids.len()).unwrap_or(i32::MAX);
        pdf.pages(tree).kids(kids).count(count);
        pdf.finish()
    }

    fn fill_color(&mut self, Color(r, g, b): Color) {
        self.actual.set_fill_rgb(f32::from(r) / 255.0, f32::from(g) / 255.0, f32::from(b) / 255.0);
    }

    fn stroke_color(&mut self, Color(r, g, b): Color) {
        self.actual.set_stroke_rgb(f32::from(r) / 255.0, f32::from(g) / 255.0, f32::from(b) / 255.0);
    }
}

/// A PDF whose pages are one JPEG each, as a scanner makes it. The pictures are grey, of that size in pixels.
pub(super) fn pdf_of_scans(titulo: &str, paginas: &[(Vec<u8>, u32, u32)]) -> Vec<u8> {
    let mut ids = (1..).map(Ref::new);
    let mut next = || ids.next().unwrap_or(Ref::new(1));
    let (catalog, tree, info) = (next(), next(), next());
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree);
    pdf.document_info(info).title(TextStr(titulo)).producer(TextStr("Scanner"));
    let mut kids = Vec::new();
    for (jpeg, ancho, alto) in paginas {
        let (id, stream, picture) = (next(), next(), next());
        let (w, h) = (A4.0, A4.0 * *alto as f32 / *ancho as f32);
        let mut page = pdf.page(id);
        page.media_box(Rect::new(0.0, 0.0, w, h)).parent(tree).contents(stream);
        page.resources().x_objects().pair(Name(b"Im1"), picture);
        page.finish();
        let mut image = pdf.image_xobject(picture, jpeg);
        image.filter(Filter::DctDecode);
        image.width(*ancho as i32).height(*alto as i32).bits_per_component(8);
        image.color_space().device_gray();
        image.finish();
        let mut contenido = Content::new();
        contenido.save_state().transform([w, 0.0, 0.0, h, 0.0, 0.0]).x_object(Name(b"Im1")).restore_state();
        pdf.stream(stream, &contenido.finish());
        kids.push(id);
    }
    let count = i32::try_from(kids.len()).unwrap_or(i32::MAX);
    pdf.pages(tree).kids(kids).count(count);
    pdf.finish()
}
