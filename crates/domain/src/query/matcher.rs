//! Whether an expediente answers a query, in memory.

use super::{BuiltIn, Clause, Field, Limits, Literal, Query, Test, TextTest};
use crate::texto::fold;
use crate::{CampoId, EstadoDocumento, FaseId, Indice, Modelo, Valor};

/// An expediente as the matcher sees it.
#[derive(Debug, Clone)]
pub struct Ficha<'a> {
    /// `26-01877`.
    pub numero: &'a str,
    /// Its fase.
    pub fase: &'a FaseId,
    /// User name of its asesor.
    pub asesor: &'a str,
    /// Full name of its asesor.
    pub asesor_nombre: &'a str,
    /// State of each of its documents.
    pub documentos: &'a [EstadoDocumento],
    /// Required documents not validated up to its fase.
    pub faltan: u32,
    /// Open avisos.
    pub avisos: u32,
    /// Its index.
    pub indice: &'a Indice,
}

/// Whether it answers the query.
pub fn matches(query: &Query, ficha: &Ficha<'_>, modelo: &Modelo) -> bool {
    query.terms.iter().all(|term| {
        let holds = match &term.clause {
            Clause::Text(test) => {
                let text = search_text(modelo, ficha.indice, ficha.numero, ficha.asesor_nombre);
                text.split('\n').any(|line| text_holds(test, line))
            }
            Clause::Field(Field::BuiltIn(built_in), tests) => {
                tests.iter().any(|test| built_in_holds(*built_in, test, ficha, modelo))
            }
            Clause::Field(Field::Campo(id), tests) => tests.iter().any(|test| campo_holds(id, test, ficha.indice)),
        };
        holds != term.negated
    })
}

/// Whether an index answers a condition ([`super::parse_condition`]).
pub fn matches_indice(condition: &Query, indice: &Indice, _modelo: &Modelo) -> bool {
    condition.terms.iter().all(|term| match &term.clause {
        Clause::Field(Field::Campo(id), tests) => {
            tests.iter().any(|test| campo_holds(id, test, indice)) != term.negated
        }
        _ => false,
    })
}

/// The folded text free words are looked for in: number, asesor's name, and every text-like index field that is not margin
/// (text, NIF, VIN, plate, telephone, e-mail), values separated by line ends so that a phrase never spans two.
pub fn search_text(modelo: &Modelo, indice: &Indice, numero: &str, asesor_nombre: &str) -> String {
    let searched = modelo.campos.iter().filter(|campo| campo.tipo.is_searched() && !campo.margen);
    let values = searched.filter_map(|campo| indice.get(&campo.id)?.as_texto());
    let lines: Vec<String> = [numero, asesor_nombre].into_iter().chain(values).map(fold).collect();
    lines.join("\n")
}

/// The words of a folded text: runs of letters and digits.
pub fn tokens(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether a folded line answers a text test.
fn text_holds(test: &TextTest, folded: &str) -> bool {
    match test {
        TextTest::Contains(part) => folded.contains(part.as_str()),
        TextTest::Words { words, prefix } => {
            let line: Vec<&str> = tokens(folded).collect();
            line.windows(words.len()).any(|window| {
                window.iter().zip(words).enumerate().all(|(place, (have, want))| {
                    let may_go_on = *prefix && place + 1 == words.len();
                    if may_go_on { have.starts_with(want.as_str()) } else { have == want }
                })
            })
        }
    }
}

fn built_in_holds(built_in: BuiltIn, test: &Test, ficha: &Ficha<'_>, modelo: &Modelo) -> bool {
    match built_in {
        BuiltIn::Numero => text_test(test, &[ficha.numero]),
        BuiltIn::Asesor => text_test(test, &[ficha.asesor, ficha.asesor_nombre]),
        BuiltIn::Fase => matches!(test, Test::Is(id) if id == ficha.fase.as_str()),
        BuiltIn::Estado => matches!(test, Test::Is(id) if ficha.documentos.iter().any(|e| e.as_str() == id)),
        BuiltIn::Docs => number_holds(test, ficha.documentos.len() as i64),
        BuiltIn::Faltan => number_holds(test, i64::from(ficha.faltan)),
        BuiltIn::Aviso => flag_holds(test, ficha.avisos > 0),
        BuiltIn::Cerrado => flag_holds(test, modelo.fases.last().is_some_and(|last| &last.id == ficha.fase)),
    }
}

fn campo_holds(id: &CampoId, test: &Test, indice: &Indice) -> bool {
    let Some(valor) = indice.get(id) else { return *test == Test::Empty };
    match (test, valor) {
        (Test::Empty, _) => false,
        (Test::Is(slug), Valor::Texto(text)) => slug == text,
        (Test::Is(_), Valor::Logico(b)) => flag_holds(test, *b),
        (Test::Text(_), Valor::Texto(text)) => text_test(test, &[text]),
        (Test::Within(limits), Valor::Entero(n)) => within(limits, &Literal::Entero(*n)),
        (Test::Within(limits), Valor::Texto(day)) => within(limits, &Literal::Fecha(day.clone())),
        _ => false,
    }
}

fn text_test(test: &Test, values: &[&str]) -> bool {
    matches!(test, Test::Text(test) if values.iter().any(|value| text_holds(test, &fold(value))))
}

fn number_holds(test: &Test, n: i64) -> bool {
    matches!(test, Test::Within(limits) if within(limits, &Literal::Entero(n)))
}

fn flag_holds(test: &Test, b: bool) -> bool {
    matches!(test, Test::Is(word) if (word == "si") == b)
}

fn within(limits: &Limits, value: &Literal) -> bool {
    limits.from.as_ref().is_none_or(|from| from <= value) && limits.to.as_ref().is_none_or(|to| value <= to)
}
