//! Conditions: their names, what they compare, and their size, which is limited before anything recursive reads them.

/// Words of conditions that are no names.
const PALABRAS: [&str; 8] = ["and", "or", "not", "in", "true", "false", "none", "is"];
/// Longest condition, in bytes.
const MAX_LARGO: usize = 1_000;
/// Most words and signs of a condition.
const MAX_FICHAS: usize = 100;
/// Deepest parentheses.
const MAX_PARENTESIS: usize = 10;
/// Most ifs within one another; each elif counts as one within the one before, as that is how they are decided.
pub const MAX_FONDO: usize = 20;

/// What a name is compared with: `forma_pago == "financiado"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparacion {
    /// The name.
    pub nombre: String,
    /// The text it is compared with.
    pub texto: String,
    /// Line, from 1 in a template.
    pub linea: usize,
}

/// A condition read; lines are counted from its beginning.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Condicion {
    /// Every name, with its line.
    pub nombres: Vec<(String, usize)>,
    /// Every comparison of a name with a text.
    pub comparaciones: Vec<Comparacion>,
}

/// A word or a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ficha<'t> {
    Palabra(&'t str),
    Texto(&'t str),
    Signo(char),
}

/// Whether it can name a value.
pub fn es_nombre(nombre: &str) -> bool {
    nombre.starts_with(|c: char| c.is_ascii_alphabetic())
        && nombre.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !PALABRAS.contains(&nombre)
}

/// Reads a condition. What conditions do not need is refused: calls, sums, repetitions, and sheer size.
pub fn leer(texto: &str) -> Result<Condicion, String> {
    if texto.len() > MAX_LARGO {
        return Err(format!("Esta condición pasa de {MAX_LARGO} letras: repártala en varias."));
    }
    let fichas = fichas(texto)?;
    let mut out = Condicion::default();
    let mut fondo = 0_usize;
    for (at, (ficha, linea)) in fichas.iter().enumerate() {
        match ficha {
            Ficha::Signo('(' | '[') => fondo += 1,
            Ficha::Signo(')' | ']') => fondo = fondo.saturating_sub(1),
            Ficha::Palabra(word) if es_nombre(word) => {
                out.nombres.push(((*word).to_owned(), *linea));
                let texts = comparados(&fichas, at);
                out.comparaciones.extend(texts.into_iter().map(|texto| Comparacion {
                    nombre: (*word).to_owned(),
                    texto: texto.to_owned(),
                    linea: *linea,
                }));
            }
            _ => {}
        }
        if fondo > MAX_PARENTESIS {
            return Err(format!("Esta condición tiene más de {MAX_PARENTESIS} paréntesis abiertos: simplifíquela."));
        }
    }
    Ok(out)
}

/// The texts that the name at that place is compared with: `a == "x"`, `"x" != a`, `a in ["x", "y"]`, `a not in [...]`.
fn comparados<'t>(fichas: &[(Ficha<'t>, usize)], at: usize) -> Vec<&'t str> {
    let ficha = |at: Option<usize>| at.and_then(|at| fichas.get(at)).map(|(ficha, _)| *ficha);
    let is_equals = |first: Option<Ficha<'_>>, second: Option<Ficha<'_>>| {
        matches!(first, Some(Ficha::Signo('=' | '!'))) && second == Some(Ficha::Signo('='))
    };
    if is_equals(ficha(Some(at + 1)), ficha(Some(at + 2)))
        && let Some(Ficha::Texto(text)) = ficha(Some(at + 3))
    {
        return vec![text];
    }
    if is_equals(ficha(at.checked_sub(2)), ficha(at.checked_sub(1)))
        && let Some(Ficha::Texto(text)) = ficha(at.checked_sub(3))
    {
        return vec![text];
    }
    let after = if ficha(Some(at + 1)) == Some(Ficha::Palabra("not")) { at + 2 } else { at + 1 };
    if ficha(Some(after)) != Some(Ficha::Palabra("in"))
        || !matches!(ficha(Some(after + 1)), Some(Ficha::Signo('[' | '(')))
    {
        return Vec::new();
    }
    let inside = fichas[after + 2..].iter().take_while(|(ficha, _)| !matches!(ficha, Ficha::Signo(']' | ')')));
    inside.filter_map(|(ficha, _)| if let Ficha::Texto(text) = ficha { Some(*text) } else { None }).collect()
}

/// The words and signs of a condition, each with its line.
fn fichas(texto: &str) -> Result<Vec<(Ficha<'_>, usize)>, String> {
    let mut out = Vec::new();
    let (mut rest, mut linea) = (texto, 0);
    while let Some(c) = rest.chars().next() {
        let (len, ficha) = match c {
            '"' | '\'' => {
                let end = rest[1..].find(c).ok_or("Falta cerrar las comillas de la condición: escríbalas.")?;
                (end + 2, Some(Ficha::Texto(&rest[1..=end])))
            }
            c if c.is_ascii_alphanumeric() || c == '_' => {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
                (end, Some(Ficha::Palabra(&rest[..end])))
            }
            c if c.is_whitespace() => (c.len_utf8(), None),
            c if "=!<>()[],.".contains(c) => (1, Some(Ficha::Signo(c))),
            c => {
                return Err(format!(
                    "El signo «{c}» no vale en una condición: compare con ==, !=, <, > o in, y una con and, or y not."
                ));
            }
        };
        if ficha.is_some() && out.len() == MAX_FICHAS {
            return Err(format!("Esta condición pasa de {MAX_FICHAS} palabras y signos: repártala en varias."));
        }
        out.extend(ficha.map(|ficha| (ficha, linea)));
        linea += rest[..len].matches('\n').count();
        rest = &rest[len..];
    }
    // To whoever decides it, what is behind a backslash is text still: where it ends would be seen differently here and there.
    if texto.contains('\\') {
        return Err("La barra «\\» no vale en una condición: bórrela.".to_owned());
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_names_are_compared_with_is_found() {
        let read = leer("a == \"x\" and ('y' != b or\nc not in [\"p\", 'q']) and d > 3").unwrap();
        let found: Vec<(&str, &str, usize)> =
            read.comparaciones.iter().map(|one| (one.nombre.as_str(), one.texto.as_str(), one.linea)).collect();
        assert_eq!(found, [("a", "x", 0), ("b", "y", 0), ("c", "p", 1), ("c", "q", 1)]);
        assert_eq!(read.nombres.last().unwrap(), &("d".to_owned(), 1));
    }

    #[test]
    fn a_condition_of_any_size_is_refused_before_it_is_understood() {
        for (text, says) in [
            ("not ".repeat(101) + "a", "100 palabras"),
            ("not ".repeat(9_000) + "a", "1000 letras"),
            ("(".repeat(11) + "a" + &")".repeat(11), "paréntesis"),
            ("a and ".repeat(60) + "a", "100 palabras"),
            ("a == \"\\\"".to_owned(), "La barra"),
        ] {
            let said = leer(&text).unwrap_err();
            assert!(said.contains(says), "{said}");
        }
    }
}
