//! Documents as they come out, read back by the renderers.
#![allow(clippy::unwrap_used, clippy::panic)]

use plantilla::{Dato, Datos, Error, Hoja, Plantilla, Vale};
use proptest::prelude::*;

fn datos(pairs: &[(&str, &str)]) -> Datos {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), Dato::texto(*text))).collect()
}

fn hoja() -> Hoja {
    Hoja {
        titulo: "Hoja de prueba".to_owned(),
        emisor: "Norte".to_owned(),
        expediente: "Expediente 26-00001".to_owned(),
        fecha: "24 de noviembre de 2026".to_owned(),
    }
}

fn pdf(plantilla: &str, datos: &Datos) -> Vec<u8> {
    Plantilla::leer(plantilla).unwrap().pdf(datos, &hoja()).unwrap()
}

/// Text of all pages, without spaces: where lines break is not what is asked here.
fn text(pdf: &[u8]) -> String {
    let pages = render::paginas(pdf).unwrap();
    let all: String = (1..=pages).map(|page| render::texto(pdf, Some(page)).unwrap()).collect();
    squeezed(&all)
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn a_document_holds_its_values_and_its_foot() {
    let template = "# Pedido\n\nDe **{{ cliente }}**, con {{ nif }}.\n\n| Cosa | Precio |\n| :-- | --: |\n| Coche | {{ importe }} |\n\n\
        - uno\n- dos\n\n---\n\n[firma] {{ cliente }} | Por la casa\n";
    let values =
        datos(&[("cliente", "Łukasz Șerban Ελένη Жуков Muñoz"), ("nif", "12345678Z"), ("importe", "21.900,00 €")]);
    let made = pdf(template, &values);
    let text = text(&made);
    for part in [
        "Pedido",
        "ŁukaszȘerbanΕλένηЖуковMuñoz",
        "12345678Z",
        "21.900,00€",
        "Porlacasa",
        "Expediente26-00001",
        "Página1de1",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(render::paginas(&made).unwrap(), 1);
    assert_eq!(made, pdf(template, &values), "the same input makes the same bytes");
}

#[test]
fn a_value_is_never_read_as_markdown_or_as_a_condition() {
    for hostile in [
        "**x** | [a](b)",
        "# x",
        "- x",
        "1. x",
        "> x",
        "<b>x</b>",
        "`x`",
        "[firma] a | b",
        "{{ nif }} {% if x %}",
        "a\\b & c &amp; d",
        "| a | b |",
        "---",
        "x\u{F0000}y",
    ] {
        let made = pdf(
            "{{ cliente }}\n\n| a | b |\n| --- | --- |\n| {{ cliente }} | fin |\n",
            &datos(&[("cliente", hostile)]),
        );
        let text = text(&made);
        assert_eq!(text.matches(&squeezed(hostile)).count(), 2, "{hostile}: {text}");
    }
}

#[test]
fn what_moves_the_cursor_or_turns_the_text_is_left_out() {
    let made = pdf("{{ cliente }}", &datos(&[("cliente", "a\u{1b}[2J\u{202e}b\nc")]));
    assert!(text(&made).contains("a[2Jbc"));
}

#[test]
fn conditions_see_slugs_numbers_and_yes() {
    let template = "{% if pago == \"financiado\" and importe > 1000 %}\nCon {{ pago }}\n{% elif tasado %}\nTasado\n{% else %}\nNada\n{% endif %}\n";
    let mut values = Datos::new();
    assert!(text(&pdf(template, &values)).contains("Nada"));
    values.insert("tasado".to_owned(), Dato { texto: "Sí".to_owned(), vale: Vale::Si(true) });
    assert!(text(&pdf(template, &values)).contains("Tasado"));
    values.insert("pago".to_owned(), Dato { texto: "A plazos".to_owned(), vale: Vale::Texto("financiado".to_owned()) });
    values.insert("importe".to_owned(), Dato { texto: "1.200 €".to_owned(), vale: Vale::Numero(1200.0) });
    assert!(text(&pdf(template, &values)).contains("ConAplazos"));
}

#[test]
fn only_what_would_be_printed_counts_as_empty() {
    let read = Plantilla::leer("{{ a }} {{ b | default('—') }} {% if c %}{{ d }}{% endif %} {{ a }}").unwrap();
    assert_eq!(read.vacios(&Datos::new()).unwrap(), ["a"]);
    assert_eq!(read.vacios(&datos(&[("c", "x"), ("a", "  ")])).unwrap(), ["a", "d"]);
    assert!(read.pdf(&Datos::new(), &hoja()).is_ok(), "what is empty is a line to be filled by hand");
}

#[test]
fn a_long_document_has_many_pages_and_an_endless_one_none() {
    let row = "| a | {{ x }} |\n";
    let table = format!("| Cabeza | b |\n| --- | --- |\n{}", row.repeat(120));
    let made = pdf(&table, &datos(&[("x", "un texto cualquiera")]));
    let pages = render::paginas(&made).unwrap();
    assert!(pages > 2, "{pages}");
    assert!(render::texto(&made, Some(2)).unwrap().contains("Cabeza"), "the head is repeated");
    let read = Plantilla::leer(&"{{ x }}\n\n".repeat(2000)).unwrap();
    assert!(matches!(read.pdf(&datos(&[("x", "corto")]), &hoja()), Err(Error::Larga)));
    assert!(matches!(read.pdf(&datos(&[("x", &"largo ".repeat(100))]), &hoja()), Err(Error::Larga)));
    assert!(Plantilla::leer(&"x".repeat(70_000)).is_err());
}

/// What a stored configuration of before may hold must not take the service down: neither when it is read nor when it is filled.
#[test]
fn no_template_is_deeper_than_the_stack_of_a_small_thread() {
    let condition = |inside: &str| format!("{{% if {inside} %}}x{{% endif %}}");
    let nested = |deep: usize| "{% if a %}".repeat(deep) + "x" + &"{% endif %}".repeat(deep);
    let chain = |long: usize| "{% if a %}".to_owned() + &"{% elif b %}x".repeat(long) + "{% endif %}";
    let parens = |deep: usize| condition(&("(".repeat(deep) + "a" + &")".repeat(deep)));
    let refused = [
        condition(&("not ".repeat(9_000) + "a")),
        condition(&("not ".repeat(240) + "a")),
        parens(4_000),
        parens(11),
        condition(&("[".repeat(50) + &"]".repeat(50))),
        condition(&("a and ".repeat(9_000) + "a")),
        nested(3_000),
        chain(3_000),
        format!("{{% if a == \"\\\" %}} \" or {} b %}}x{{% endif %}}", "not ".repeat(9_000)),
    ];
    let accepted = [
        condition(&("not ".repeat(99) + "a")),
        parens(10),
        condition(&("a and ".repeat(49) + "a")),
        nested(20),
        chain(19),
    ];
    // Half of what a thread of the service has.
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(move || {
        for text in refused {
            let start: String = text.chars().take(40).collect();
            assert_eq!(Plantilla::leer(&text).unwrap_err().linea, 1, "{start}");
        }
        for text in accepted {
            let read = Plantilla::leer(&text).unwrap();
            assert!(read.pdf(&datos(&[("a", "x")]), &hoja()).is_ok(), "{text}");
        }
    });
    assert!(thread.unwrap().join().is_ok());
}

#[test]
fn a_minus_is_written_once() {
    for (value, printed) in [("500,00 €", "−500,00€"), ("-500,00 €", "−500,00€"), ("- x", "−-x")] {
        let text = text(&pdf("| a | b |\n| --- | --- |\n| Descuento | −{{ x }} |", &datos(&[("x", value)])));
        assert!(text.contains(&format!("Descuento{printed}")), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Letters of any alphabet, signs of Markdown among them.
    #[test]
    fn any_value_comes_out_as_text(value in "[!-~¡-ÿĀ-ſΑ-ωА-яḀ-ỹ]{1,12}( [!-~ĀșțŁż]{1,200}){0,3}") {
        let made = pdf("Inicio «{{ cliente }}» fin.", &datos(&[("cliente", &value)]));
        let composed: String = unicode_normalization::UnicodeNormalization::nfc(value.as_str()).collect();
        let text = text(&made);
        prop_assert!(text.contains(&squeezed(&composed)), "{value:?} in {text:?}");
    }

    /// Whatever is written into a template, it is a document or a mistake with its line.
    #[test]
    fn any_template_is_a_document_or_a_clear_mistake(
        parts in proptest::collection::vec(
            prop_oneof![
                Just("{{ a }}"), Just("{{ b | default('x') }}"), Just("{% if a %}"), Just("{% else %}"), Just("{% endif %}"), Just("{#"),
                Just("{{"), Just("{% if a == \"x\" and not b %}"), Just("{% if (((("), Just("\n"), Just("\n\n"), Just("# "), Just("- "), Just("1. "),
                Just("> "), Just("| a | b |\n|---|--:|\n|"), Just(" | "), Just("**"), Just("*"), Just("[firma] "), Just("<b>"), Just("```\n"),
                Just("    "), Just("\\"), Just("texto ñ 漢 ")
            ],
            0..40,
        )
    ) {
        let template = parts.concat();
        match Plantilla::leer(&template) {
            Ok(read) => for values in [Datos::new(), datos(&[("a", "**x** |"), ("b", "漢字 x")])] {
                let made = read.pdf(&values, &hoja());
                prop_assert!(made.as_ref().is_ok_and(|made| made.starts_with(b"%PDF")) || matches!(made, Err(Error::Errata(_))));
            },
            Err(errata) => {
                prop_assert!(errata.linea >= 1 && errata.linea <= template.matches('\n').count() + 1, "{errata:?}");
            }
        }
    }
}
