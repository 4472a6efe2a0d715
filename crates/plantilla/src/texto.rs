//! The text of a template: placeholders and conditions are found, checked, and named with their line.

use crate::Errata;
use crate::condicion::{self, Comparacion, MAX_FONDO, es_nombre};

/// The first of the private characters that stand for placeholders while conditions and Markdown are read.
const MARCA: u32 = 0xF_0000;
/// Most placeholders of a template.
const MAX_HUECOS: usize = 4_000;
/// Statements there are.
const ORDENES: [&str; 4] = ["if", "elif", "else", "endif"];
/// What begins a line of signatures.
pub const FIRMA: &str = "[firma]";
/// Most boxes side by side.
pub const MAX_FIRMAS: usize = 4;

/// A placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hueco {
    /// What it prints.
    pub nombre: String,
    /// What it prints when that is empty, instead of a line to be filled by hand.
    pub si_vacio: Option<String>,
}

/// A template read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Leido {
    /// The text with a private character in place of each placeholder; conditions as they were.
    pub fuente: String,
    /// Placeholder n is character [`MARCA`] + n.
    pub huecos: Vec<Hueco>,
    /// Every name it uses, with its line.
    pub nombres: Vec<(String, usize)>,
    /// Every comparison of a name with a text.
    pub comparaciones: Vec<Comparacion>,
}

/// Which placeholder a character stands for.
pub fn marca(c: char) -> Option<usize> {
    usize::try_from((c as u32).checked_sub(MARCA)?).ok()
}

/// Reads a template.
pub fn leer(texto: &str) -> Result<Leido, Errata> {
    let mut lector = Lector { resto: texto, linea: 1, abiertas: Vec::new(), leido: Leido::default() };
    if texto.trim().is_empty() {
        return Err(lector.errata("La plantilla está vacía: escriba su texto."));
    }
    lector.todo()?;
    firmas(&lector.leido.fuente)?;
    Ok(lector.leido)
}

struct Lector<'t> {
    resto: &'t str,
    linea: usize,
    /// For each open if how many conditions it has, elifs included.
    abiertas: Vec<usize>,
    leido: Leido,
}

impl<'t> Lector<'t> {
    fn todo(&mut self) -> Result<(), Errata> {
        loop {
            let at = ["{{", "{%", "{#"].iter().filter_map(|open| self.resto.find(open)).min();
            let Some(at) = at else { return self.llano(self.resto.len()) };
            self.llano(at)?;
            match self.resto.as_bytes().get(1) {
                Some(b'{') => self.hueco()?,
                Some(b'%') => self.orden()?,
                _ => {
                    let comment = self.hasta("#}", "el comentario")?;
                    self.leido.fuente.push_str(comment);
                }
            }
        }
    }

    fn errata(&self, mensaje: impl Into<String>) -> Errata {
        Errata { linea: self.linea, mensaje: mensaje.into() }
    }

    /// Takes that many bytes.
    fn toma(&mut self, len: usize) -> &'t str {
        let (taken, rest) = self.resto.split_at(len);
        self.resto = rest;
        self.linea += taken.matches('\n').count();
        taken
    }

    /// Text outside of braces.
    fn llano(&mut self, len: usize) -> Result<(), Errata> {
        let text = &self.resto[..len];
        if let Some(at) = text.find(|c: char| marca(c).is_some() || (c.is_control() && !"\n\r\t".contains(c))) {
            self.toma(at);
            return Err(
                self.errata("Aquí hay un carácter de control o de uso privado: bórrelo y escriba la línea de nuevo.")
            );
        }
        let text = self.toma(len);
        self.leido.fuente.push_str(text);
        Ok(())
    }

    /// What is up to and with `close`, which text in quotes does not hold.
    fn hasta(&mut self, close: &str, what: &str) -> Result<&'t str, Errata> {
        let mut quote = None;
        let mut end = None;
        for (at, c) in self.resto.char_indices().skip(2) {
            match (quote, c) {
                (Some(open), c) if c == open => quote = None,
                (None, '"' | '\'') if close != "#}" => quote = Some(c),
                (None, _) if self.resto[at..].starts_with(close) => {
                    end = Some(at + close.len());
                    break;
                }
                _ => {}
            }
        }
        match end {
            Some(end) => {
                let inside = &self.resto[..end];
                if inside.chars().any(|c| marca(c).is_some()) {
                    return Err(
                        self.errata("Aquí hay un carácter de uso privado: bórrelo y escriba la línea de nuevo.")
                    );
                }
                Ok(self.toma(end))
            }
            None => Err(self.errata(format!("Falta cerrar {what} con «{close}»: escríbalo."))),
        }
    }

    /// `{{ nombre }}` or `{{ nombre | default("texto") }}`.
    fn hueco(&mut self) -> Result<(), Errata> {
        let linea = self.linea;
        let whole = self.hasta("}}", "el hueco")?;
        let inside = whole.trim_start_matches("{{").trim_end_matches("}}").trim();
        let (nombre, rest) = inside.split_once('|').unwrap_or((inside, ""));
        let nombre = nombre.trim();
        let si_vacio = if inside.contains('|') { Some(alternativa(rest)) } else { None };
        if !es_nombre(nombre) || si_vacio == Some(None) {
            let mensaje = format!(
                "«{inside}» no se entiende: entre llaves va un nombre solo, como {{{{ cliente }}}}, o con lo que se escribe si está vacío, \
                 como {{{{ cliente | default(\"—\") }}}}."
            );
            return Err(Errata { linea, mensaje });
        }
        let at = self.leido.huecos.len();
        let mark = u32::try_from(at).ok().and_then(|at| char::from_u32(MARCA + at));
        let Some(mark) = mark.filter(|_| at < MAX_HUECOS) else {
            return Err(Errata {
                linea,
                mensaje: "La plantilla tiene demasiados huecos: repártala en dos.".to_owned(),
            });
        };
        self.leido.fuente.push(mark);
        // The lines after it keep their numbers.
        self.leido.fuente.extend(std::iter::repeat_n(' ', whole.matches('\n').count()));
        self.leido.huecos.push(Hueco { nombre: nombre.to_owned(), si_vacio: si_vacio.flatten() });
        self.leido.nombres.push((nombre.to_owned(), linea));
        Ok(())
    }

    /// `{% if … %}` and the like.
    fn orden(&mut self) -> Result<(), Errata> {
        let linea = self.linea;
        let whole = self.hasta("%}", "la orden")?;
        let inside = whole.trim_start_matches("{%").trim_end_matches("%}").trim_matches('-').trim();
        let word = inside.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
        if !ORDENES.contains(&word) {
            let mensaje = format!("No hay ninguna orden «{word}»: use {}.", ORDENES.join(", "));
            return Err(Errata { linea, mensaje });
        }
        self.fondo(word).map_err(|mensaje| Errata { linea, mensaje })?;
        let read = condicion::leer(&inside[word.len()..]).map_err(|mensaje| Errata { linea, mensaje })?;
        self.leido.nombres.extend(read.nombres.into_iter().map(|(nombre, on)| (nombre, linea + on)));
        let compared = read.comparaciones.into_iter();
        self.leido.comparaciones.extend(compared.map(|one| Comparacion { linea: linea + one.linea, ..one }));
        self.leido.fuente.push_str(whole);
        Ok(())
    }

    /// Counts how deep conditions are: whoever decides them goes down as deep.
    fn fondo(&mut self, word: &str) -> Result<(), String> {
        match (word, self.abiertas.last_mut()) {
            ("if", _) => self.abiertas.push(1),
            ("elif", Some(open)) => *open += 1,
            // Without its if: the line is told when it is compiled, as is an endif too many.
            ("elif", None) => self.abiertas.push(1),
            ("endif", _) => drop(self.abiertas.pop()),
            _ => {}
        }
        if self.abiertas.iter().sum::<usize>() > MAX_FONDO {
            return Err(format!("Hay más de {MAX_FONDO} condiciones una dentro de otra: repártalas."));
        }
        Ok(())
    }
}

/// Refuses a line of signatures with more boxes than fit side by side.
fn firmas(fuente: &str) -> Result<(), Errata> {
    let mut boxes = None;
    for (at, line) in fuente.lines().enumerate() {
        let line = line.trim();
        boxes = match boxes {
            _ if line.starts_with(FIRMA) => Some(1),
            Some(before) if !line.is_empty() => Some(before),
            _ => None,
        };
        boxes = boxes.map(|before| before + line.matches('|').count());
        if boxes.is_some_and(|boxes| boxes > MAX_FIRMAS) {
            let mensaje =
                format!("Caben {MAX_FIRMAS} firmas una junto a otra: ponga las demás en otra línea con {FIRMA}.");
            return Err(Errata { linea: at + 1, mensaje });
        }
    }
    Ok(())
}

/// What stands in `default("…")`.
fn alternativa(filtro: &str) -> Option<String> {
    let inside = filtro.trim().strip_prefix("default")?.trim().strip_prefix('(')?.strip_suffix(')')?.trim();
    let quote = inside.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let text = inside.strip_prefix(quote)?.strip_suffix(quote)?;
    (!text.contains([quote, '\\', '\n'])).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn placeholders_and_conditions_are_found_with_their_lines() {
        let leido = leer(
            "Hola {{ cliente }}\n{# no {{ #}\n{% if a == \"b %} c\" and not x %}\n{{ x | default('—') }}{% endif %}",
        )
        .unwrap();
        let names: Vec<(&str, usize)> = leido.nombres.iter().map(|(name, line)| (name.as_str(), *line)).collect();
        assert_eq!(names, [("cliente", 1), ("a", 3), ("x", 3), ("x", 4)]);
        assert_eq!(leido.huecos[1].si_vacio.as_deref(), Some("—"));
    }

    #[test]
    fn a_mistake_has_its_line() {
        for (text, line, says) in [
            ("a\n{{ cliente", 2, "Falta cerrar el hueco"),
            ("{{ a.b }}", 1, "«a.b» no se entiende"),
            ("\n\n{{ a | upper }}", 3, "no se entiende"),
            ("x {% for a in b %}", 1, "«for»"),
            ("{% if a\n~ b %}", 1, "«~»"),
            ("a\nb \u{1b}[2J", 2, "de control"),
            ("a \u{F0000}", 1, "uso privado"),
            (" \n", 1, "vacía"),
            ("x\n\n[firma] a | b | c\n| d | e", 4, "Caben 4"),
            (&("\n".to_owned() + &"{% if a %}".repeat(21)), 2, "una dentro de otra"),
            (&("{% if a %}".to_owned() + &"{% elif b %}".repeat(20)), 1, "una dentro de otra"),
            (&format!("x\n{{% if {}a %}}", "not ".repeat(9_000)), 2, "letras"),
            ("{% if a == \"\\\" %}\" %}{% endif %}", 1, "La barra"),
        ] {
            let errata = leer(text).unwrap_err();
            assert!(errata.linea == line && errata.mensaje.contains(says), "{text:?}: {errata:?}");
        }
    }
}
