//! What of an expediente is looked for, in the forms the database looks in.
//!
//! Three columns hold a line per value, each line begun by a mark that says whose value it is:
//! - `palabras`: the folded words, a space before and after each (`⏎#12 gil ferrer marta `), so that ` gil` finds a word that begins
//!   so and ` gil ferrer ` a phrase, never across two values;
//! - `plano`: the folded text as it is (`⏎<mark>gil ferrer, marta`), for what stands inside words;
//! - `reservado`: both, of the text fields that free text does not look in (IBAN, margin).
//!
//! The words and values also say which sets it is in: [`super::conjuntos`].

use super::conjuntos::clave::{entero, letras};
use super::conjuntos::{Entrada, Forma, Serie};
use super::lugares::Lugar;
use domain::campo::TipoCampo;
use domain::query::tokens;
use domain::texto::fold;
use domain::{CampoIndice, Indice, Modelo, Valor};
use std::collections::BTreeSet;

/// Mark of the number's line.
pub const NUMERO: Marca = Marca(0);
/// Mark of the line with the asesor's name.
pub const ASESOR: Marca = Marca(1);

/// Whose value a line holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marca(i64);

impl Marca {
    /// The mark of an index field's number.
    pub fn campo(id: i64) -> Self {
        Self(id + 2)
    }

    /// How its line of words begins. No word holds `#`.
    pub fn of_words(self) -> String {
        format!("\n#{} ", self.0)
    }

    /// How its line of text begins: a private character of plane 15, which no keyboard has.
    pub fn of_text(self) -> String {
        let offset = u32::try_from(self.0.rem_euclid(0xFFFE)).unwrap_or_default();
        format!("\n{}", char::from_u32(0xF0000 + offset).unwrap_or('\u{F0000}'))
    }
}

/// All forms of one expediente.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Textos {
    /// See the module.
    pub palabras: String,
    /// See the module.
    pub plano: String,
    /// See the module.
    pub reservado: String,
    /// The sets its number, its asesor's name and its index put it into.
    pub entradas: BTreeSet<Entrada>,
}

/// Whether free text looks in that field: the same fields as [`domain::query::search_text`].
pub fn is_free(campo: &CampoIndice) -> bool {
    !campo.margen && campo.tipo.is_searched()
}

/// Whether a field's value is words.
pub fn is_text(tipo: TipoCampo) -> bool {
    tipo.is_searched() || tipo == TipoCampo::Iban
}

impl Textos {
    /// Those of an expediente.
    pub fn new(lugar: &Lugar, modelo: &Modelo, numero: &str, asesor_nombre: &str, indice: &Indice) -> Self {
        let mut all = Self::default();
        all.free(Serie::NUMERO, NUMERO, numero);
        all.free(Serie::NOMBRE, ASESOR, asesor_nombre);
        for campo in &modelo.campos {
            if let (Some(id), Some(valor)) = (lugar.campo(&campo.id), indice.get(&campo.id)) {
                all.campo(campo, id, valor);
            }
        }
        for text in [&mut all.palabras, &mut all.plano, &mut all.reservado] {
            text.push('\n');
        }
        all
    }

    fn campo(&mut self, campo: &CampoIndice, id: i64, valor: &Valor) {
        let serie = Serie::campo(id);
        self.entradas.insert(Entrada::any(serie));
        match valor {
            Valor::Entero(n) => Entrada::extend(&mut self.entradas, serie, Forma::Entero, &entero(*n)),
            Valor::Logico(b) => Entrada::extend(&mut self.entradas, serie, Forma::Exacta, &[u8::from(*b)]),
            Valor::Texto(text) if is_free(campo) => self.free(serie, Marca::campo(id), text),
            Valor::Texto(text) if is_text(campo.tipo) => self.reserved(serie, Marca::campo(id), text),
            Valor::Texto(text) => {
                let forma = if campo.tipo == TipoCampo::Fecha { Forma::Dia } else { Forma::Exacta };
                Entrada::extend(&mut self.entradas, serie, forma, text.as_bytes());
            }
        }
    }

    fn free(&mut self, serie: Serie, marca: Marca, value: &str) {
        let folded = fold(value);
        push_words(&mut self.palabras, marca, &folded);
        push_text(&mut self.plano, marca, &folded);
        self.words(serie, &folded);
    }

    fn reserved(&mut self, serie: Serie, marca: Marca, value: &str) {
        let folded = fold(value);
        push_words(&mut self.reservado, marca, &folded);
        push_text(&mut self.reservado, marca, &folded);
        self.words(serie, &folded);
    }

    fn words(&mut self, serie: Serie, folded: &str) {
        self.entradas.insert(Entrada::any(serie));
        for word in tokens(folded) {
            Entrada::extend(&mut self.entradas, serie, Forma::Palabra, word.as_bytes());
        }
        for run in letras(folded) {
            self.entradas.insert(Entrada::whole(serie, Forma::Letras, run.as_bytes()));
        }
    }
}

fn push_words(out: &mut String, marca: Marca, folded: &str) {
    out.push_str(&marca.of_words());
    for word in tokens(folded) {
        out.push_str(word);
        out.push(' ');
    }
}

fn push_text(out: &mut String, marca: Marca, folded: &str) {
    out.push_str(&marca.of_text());
    out.push_str(folded);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_line_per_value_with_its_mark() {
        let mut all = Textos::default();
        all.free(Serie::NUMERO, NUMERO, "26-01877");
        all.free(Serie::campo(10), Marca::campo(10), "Gil Ferrer, María");
        assert_eq!(all.palabras, "\n#0 26 01877 \n#12 gil ferrer maria ");
        assert_eq!(all.plano, "\n\u{F0000}26-01877\n\u{F000C}gil ferrer, maria");
        assert!(all.entradas.contains(&Entrada::whole(Serie::campo(10), Forma::Palabra, b"maria")));
    }
}
