//! The search language: parse, match, complete.
//!
//! Whatever is typed gives a query or a sentence whose place lies within the text. Each term means the same alone as among the others.
//! A proposal replaces a piece of the text, and one that is a whole value is understood.

#![no_main]

use domain::query::{Ficha, Query, QueryError, Schema, complete, matches, parse, parse_condition};
use domain::{EstadoDocumento, FaseId, Indice, Modelo, Valor};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static MODELOS: LazyLock<Vec<Modelo>> = LazyLock::new(|| {
    let texts = server::config::shipped().iter();
    texts.map(|(_, text)| toml::from_str(text).expect("the modelos that ship are right")).collect()
});

fuzz_target!(|text: &str| {
    let modelo = &MODELOS[text.len() % MODELOS.len()];
    let schema = Schema { modelo, today: jiff::civil::date(2026, 11, 3), con_margen: text.len() % 2 == 0 };
    let parsed = parse(text, &schema);
    match &parsed {
        Ok(query) => understood(text, query, &schema),
        Err(error) => is_within(error, text),
    }
    if let Err(error) = parse_condition(text, modelo) {
        is_within(&error, text);
    }
    let asesores = [("ana.soler".to_owned(), "Ana Soler".to_owned()), ("con espacio".to_owned(), "Ñuño".to_owned())];
    let inside = text.bytes().map(usize::from).sum::<usize>() % (text.len() + 1);
    for cursor in [0, inside, text.len()] {
        for proposal in complete(text, cursor, &schema, &asesores) {
            assert!(text.get(proposal.replace.clone()).is_some(), "{:?} of {text:?}", proposal.replace);
            let is_value = !proposal.insert.ends_with([':', '=']) && !proposal.insert.contains(',');
            if is_value && !proposal.insert.contains(['<', '>', '"']) {
                assert!(
                    parse(&proposal.insert, &schema).is_ok(),
                    "{:?} is proposed and not understood",
                    proposal.insert
                );
            }
        }
    }
});

fn is_within(error: &QueryError, text: &str) {
    assert!(text.get(error.span.clone()).is_some(), "{:?} of {text:?}", error.span);
    assert!(!error.message.is_empty());
}

fn understood(text: &str, query: &Query, schema: &Schema<'_>) {
    for term in &query.terms {
        let alone = &text[term.span.clone()];
        let again = parse(alone, schema).expect("a term is a query");
        assert_eq!((again.terms.len(), again.terms[0].negated), (1, term.negated), "{alone:?}");
        assert_eq!(again.terms[0].clause, term.clause, "{alone:?}");
    }
    let indice: Indice = [
        ("cliente".into(), Valor::Texto("Íñigo Gil Ferrer".to_owned())),
        ("pvp".into(), Valor::Entero(2_748_000)),
        ("pedido".into(), Valor::Texto("2026-11-03".to_owned())),
        ("residente".into(), Valor::Logico(true)),
    ]
    .into_iter()
    .collect();
    let fase = FaseId::from("pedido");
    let ficha = Ficha {
        numero: "26-01877",
        fase: &fase,
        asesor: "ana.soler",
        asesor_nombre: "Ana Soler",
        documentos: &[EstadoDocumento::Pendiente],
        faltan: 2,
        avisos: 1,
        indice: &indice,
    };
    // The answer of all is that of each.
    let each = query.terms.iter().all(|term| matches(&Query { terms: vec![term.clone()] }, &ficha, schema.modelo));
    assert_eq!(matches(query, &ficha, schema.modelo), each, "{text:?}");
}
