//! The search language against the shipped modelo: what its words mean, and what completion may propose.
#![allow(clippy::unwrap_used, clippy::panic)]

use domain::query::{
    self, Clause, Ficha, Field, Query, Schema, Test, TextTest, complete, matches, parse, parse_condition,
};
use domain::{EstadoDocumento, FaseId, Indice, Modelo, Valor};
use jiff::civil::date;
use proptest::prelude::*;

const TODAY: jiff::civil::Date = date(2026, 11, 24);

fn venta_vn() -> Modelo {
    toml::from_str(include_str!("../../server/modelos/venta-vn.toml")).unwrap()
}

fn schema(modelo: &Modelo) -> Schema<'_> {
    Schema { modelo, today: TODAY, con_margen: false }
}

fn asesores() -> Vec<(String, String)> {
    [("ana.soler", "Ana Soler Prieto"), ("luis", "Luis Peña"), ("mal \"puesto", "Mal Puesto")]
        .map(|(user, name)| (user.to_owned(), name.to_owned()))
        .into()
}

/// Whether this query finds an expediente of Ana Soler, in Matriculación, with two documents.
fn finds(text: &str) -> bool {
    let modelo = venta_vn();
    let indice = Indice::from(
        [
            ("cliente", Valor::from("Gil Ferrer, Marta")),
            ("nif", "12345678Z".into()),
            ("bastidor", "VSSZZZKJZRR012345".into()),
            ("matricula", "1234BCD".into()),
            ("iban", "ES9121000418450200051332".into()),
            ("email", "marta@ejemplo.es".into()),
            ("pedido", "2026-11-03".into()),
            ("importe", 2_748_050_i64.into()),
            ("marca", "seat".into()),
            ("forma-pago", "financiado".into()),
            ("residente", true.into()),
            ("margen", 100_000_i64.into()),
        ]
        .map(|(id, valor)| (id.into(), valor)),
    );
    let ficha = Ficha {
        numero: "26-01877",
        fase: &FaseId::from("matriculacion"),
        asesor: "ana.soler",
        asesor_nombre: "Ana Soler Prieto",
        documentos: &[EstadoDocumento::Validado, EstadoDocumento::Pendiente],
        faltan: 3,
        avisos: 0,
        indice: &indice,
    };
    matches(&parse(text, &schema(&modelo)).unwrap(), &ficha, &modelo)
}

fn error(text: &str) -> (String, String) {
    let modelo = venta_vn();
    let error = parse(text, &schema(&modelo)).unwrap_err();
    (error.message, text[error.span].to_owned())
}

#[test]
fn queries_find_what_they_ask_for() {
    for text in [
        "",
        "gil",
        "GIL fer",
        "\"ferrer, marta\"",
        "*errer",
        "26-01877",
        "1234b",
        "fase:matriculacion",
        "fase:Matriculación",
        "fase:matri",
        "fase=matriculacion",
        "fase:pedido,matriculacion",
        "docs:2",
        "docs<5",
        "docs<=2",
        "docs:1..3",
        "docs:..2",
        "faltan>2",
        "estado:pendiente",
        "-estado:rechazado",
        "asesor:ana",
        "asesor:ana.soler",
        "asesor:pri",
        "asesor:\"ana soler\"",
        "pedido:03/11/2026",
        "pedido:3/11",
        "pedido>=01/11/2026",
        "pedido:-30d..hoy",
        "pedido<hoy",
        "importe>27.480",
        "importe:27.480,50",
        "importe:27480..27481",
        "marca:seat,cupra",
        "forma_pago:financiado",
        "Forma-Pago:financ",
        "residente:sí",
        "aviso:no",
        "cerrado:no",
        "bastidor:12345",
        "bastidor:zzzkj",
        "matricula:bcd",
        "matricula:1234-BCD",
        "matricula:\"1234 BCD\"",
        "nif:12.345.678-z",
        "nif:12",
        "iban:1332",
        "numero:01877",
        "numero:26-01877",
        "financiera:vacio",
        "financiera:vacio,marca",
        "fase:matri docs<5 asesor:ana gil",
    ] {
        assert!(finds(text), "{text}");
    }
    for text in [
        "soria",
        "\"gil fer\"",
        "\"ferrer gil\"",
        "-gil",
        "marta 26-01877 -soler",
        "fase:pedido",
        "docs>2",
        "estado:rechazado",
        "asesor:luis",
        "pedido:2/11/2026",
        "pedido>hoy",
        "importe>27480,50",
        "residente:no",
        "aviso:si",
        "matricula:234bce",
        "marca:vacio",
        "financiera:marca",
        "es9121000418450200051332",
        "100000",
    ] {
        assert!(!finds(text), "{text}");
    }
}

#[test]
fn a_wrong_query_says_what_and_where() {
    for (text, part, place) in [
        ("gil fase:", "Falta el valor", "fase:"),
        ("fas:pedido", "¿Quiso decir «fase»?", "fas"),
        ("matri:x", "¿Quiso decir «matricula»?", "matri"),
        ("zzzz:x", "póngalo entre comillas", "zzzz"),
        ("margen>0", "No hay ningún campo", "margen"),
        ("fase:,", "Falta un valor", ","),
        ("gil \"fer", "Faltan las comillas", "\"fer"),
        ("asesor:\"ana\",\"luis\"", "Deje un espacio", ",\"luis\""),
        ("docs:muchos", "número entero", "muchos"),
        ("docs:9..1", "al revés", "9..1"),
        ("docs:..", "Falta al menos un extremo", ".."),
        ("pedido>31/11", "no existe", "31/11"),
        ("cliente<5", "Con < y >", "cliente<5"),
        ("fase:nada", "Elija una", "nada"),
        ("*ab", "al menos 3", "*ab"),
        ("-", "al menos una letra", "-"),
    ] {
        let (message, at) = error(text);
        assert!(message.contains(part), "{text}: {message}");
        assert_eq!(at, place, "{text}");
    }
}

#[test]
fn conditions_are_the_same_on_every_day() {
    let modelo = venta_vn();
    for text in [
        "forma-pago:financiado",
        "-tipo-cliente:empresa",
        "pedido>=01/10/2026",
        "importe>1000 marca:seat",
        "vo-matricula:vacio",
    ] {
        assert!(parse_condition(text, &modelo).is_ok(), "{text}");
    }
    for text in
        ["pedido>hoy", "pedido:-7d..hoy", "pedido>3/11", "pedido>3/11/26", "gil", "fase:pedido", "docs>1", "nada:si"]
    {
        assert!(parse_condition(text, &modelo).is_err(), "{text}");
    }
}

#[test]
fn completion_knows_where_it_stands() {
    let modelo = venta_vn();
    let inserts = |text: &str| {
        let found = complete(text, text.len(), &schema(&modelo), &asesores());
        found.into_iter().map(|p| (p.insert, text[p.replace].to_owned())).collect::<Vec<_>>()
    };
    let has = |text: &str, insert: &str, replaced: &str| {
        let found = inserts(text);
        assert!(found.contains(&(insert.to_owned(), replaced.to_owned())), "{text}: {found:?}");
    };
    has("gil fas", "fase:", "fas");
    has("pedi", "pedido:", "pedi");
    has("matri", "fase:matriculacion", "matri");
    has("pedido>=", "pedido>=hoy", "pedido>=");
    has("asesor:\"ana so", "asesor:ana.soler", "asesor:\"ana so");
    has("-marca:s", "-marca:seat", "-marca:s");
    assert!(
        inserts("marg").iter().all(|(insert, _)| !insert.starts_with("margen")),
        "margin stays unknown to those who may not see it"
    );
    assert!(inserts("\"gil fas").is_empty(), "inside a phrase there is nothing to propose");
}

/// Texts that look like queries, finished or not.
fn any_query() -> impl Strategy<Value = String> {
    let term = "-?(fase|docs|asesor|pedido|importe|marca|cliente|matricula|residente|nada)(:|<|<=|>|>=|=)\
                (ped|matri|ana|\"ana s|5|1\\.000,50|3/11|hoy|si|vacio|1234-b|,|\\*ilb|a\\.\\.b|1\\.\\.9|seat,cu|)|-?\"?[a-zñ]{0,6}\"?|\\PC{0,6}";
    proptest::collection::vec(term, 0..4).prop_map(|terms| terms.join(" "))
}

/// Every words test has words, every field a test: what the matcher and the SQL rely on.
fn is_sound(query: &Query) -> bool {
    let sound = |test: &TextTest| match test {
        TextTest::Words { words, .. } => !words.is_empty() && words.iter().all(|word| !word.is_empty()),
        TextTest::Contains(part) => part.chars().count() >= 3,
    };
    query.terms.iter().all(|term| match &term.clause {
        Clause::Text(test) => sound(test),
        Clause::Field(Field::BuiltIn(_) | Field::Campo(_), tests) => {
            !tests.is_empty() && tests.iter().all(|test| !matches!(test, Test::Text(test) if !sound(test)))
        }
    })
}

proptest! {
    #[test]
    fn what_parses_is_sound_and_its_spans_parse_alone(text in any_query()) {
        let modelo = venta_vn();
        let schema = schema(&modelo);
        match parse(&text, &schema) {
            Ok(query) => {
                prop_assert!(is_sound(&query), "{query:?}");
                for term in &query.terms {
                    let alone = parse(&text[term.span.clone()], &schema).unwrap();
                    prop_assert_eq!(&alone.terms[0].clause, &term.clause);
                    prop_assert_eq!(alone.terms[0].negated, term.negated);
                }
                let indice = Indice::new();
                let fase = FaseId::from("pedido");
                let ficha = Ficha { numero: "26-1", fase: &fase, asesor: "", asesor_nombre: "", documentos: &[], faltan: 0, avisos: 0, indice: &indice };
                let each = query.terms.iter().all(|term| matches(&Query { terms: vec![term.clone()] }, &ficha, &modelo));
                prop_assert_eq!(matches(&query, &ficha, &modelo), each, "a query is the conjunction of its terms");
            }
            Err(error) => prop_assert!(text.get(error.span.clone()).is_some(), "{:?} in {text:?}", error.span),
        }
    }

    #[test]
    fn a_proposal_parses_or_goes_on(text in any_query(), at in 0..60_usize) {
        let modelo = venta_vn();
        let schema = schema(&modelo);
        let cursor = text.floor_char_boundary(at);
        let proposals = complete(&text, cursor, &schema, &asesores());
        prop_assert!(proposals.len() <= 20);
        for proposal in proposals {
            prop_assert!(proposal.replace.start <= cursor && cursor <= proposal.replace.end);
            // What was typed before the last comma is the person's own, and may be wrong already.
            if proposal.insert.ends_with([':', '=']) || proposal.insert.contains(',') {
                continue;
            }
            let parsed = parse(&proposal.insert, &schema);
            prop_assert!(parsed.is_ok(), "{}: {parsed:?}", proposal.insert);
        }
    }

    #[test]
    fn a_name_means_the_same_however_it_is_written(loud in any::<bool>(), under in any::<bool>()) {
        let modelo = venta_vn();
        let schema = schema(&modelo);
        for (name, _) in schema.names() {
            let mut other = if under { name.replace('-', "_") } else { name.clone() };
            if loud {
                other = other.to_uppercase();
            }
            prop_assert!(schema.resolve(&name).is_some());
            prop_assert_eq!(schema.resolve(&other), schema.resolve(&name));
        }
    }

    #[test]
    fn words_are_found_by_any_beginning(words in proptest::collection::vec("[a-zñáé]{1,8}", 1..4), cut in 1..8_usize) {
        let modelo = venta_vn();
        let indice = Indice::from([("cliente".into(), Valor::from(words.join(" ").as_str()))]);
        let fase = FaseId::from("pedido");
        let ficha = Ficha { numero: "26-1", fase: &fase, asesor: "", asesor_nombre: "", documentos: &[], faltan: 0, avisos: 0, indice: &indice };
        let found = |text: &str| matches(&parse(text, &schema(&modelo)).unwrap(), &ficha, &modelo);
        for word in &words {
            let beginning: String = word.chars().take(cut).collect();
            prop_assert!(found(&beginning), "{}", beginning);
            let field = format!("cliente:{beginning}");
            prop_assert!(found(&field), "{}", field);
        }
        let phrase = format!("\"{}\"", words.join(" "));
        prop_assert!(found(&phrase), "{}", phrase);
        let line = query::search_text(&modelo, &indice, "26-1", "");
        prop_assert!(line.lines().count() >= 2, "a phrase never spans two values: {line:?}");
    }
}
