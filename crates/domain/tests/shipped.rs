//! The modelos that ship, through every rule of the crate.
#![allow(clippy::unwrap_used, clippy::panic)]

use domain::gate::{self, EstadoRequisito, Falta};
use domain::query::{self, Ficha, Schema};
use domain::{EstadoDocumento, Indice, Modelo, TipoId, Valor, campo, guess, modelo};
use jiff::civil::date;
use proptest::prelude::*;

const TODAY: jiff::civil::Date = date(2026, 11, 24);

fn shipped() -> Vec<Modelo> {
    [
        include_str!("../../server/modelos/venta-vn.toml"),
        include_str!("../../server/modelos/venta-vo.toml"),
        include_str!("../../server/modelos/postventa.toml"),
    ]
    .map(|text| toml::from_str(text).unwrap())
    .into()
}

fn venta_vn() -> Modelo {
    shipped().remove(0)
}

#[test]
fn they_make_sense() {
    for modelo in shipped() {
        assert_eq!(modelo::check(&modelo), [], "{}", modelo.id);
    }
}

#[test]
fn the_manual_s_own_makes_sense() {
    let manual = include_str!("../../../docs/modelos.md");
    let example = manual.split("## Un modelo").nth(1).and_then(|part| part.split("```").nth(1)).unwrap();
    let modelo: Modelo = toml::from_str(example.trim_start_matches("toml")).unwrap();
    assert_eq!(modelo::check(&modelo), []);
    let shipped = &shipped()[0];
    assert_eq!((modelo.id, modelo.papeles), (shipped.id.clone(), shipped.papeles.clone()));
}

#[test]
fn a_mistake_is_found_and_named() {
    let mut modelo = venta_vn();
    modelo.tipos[2].fase = "nada".into();
    modelo.fases[1].campos.push("nada".into());
    modelo.campos[0].id = "fase".into();
    modelo.tipos[0].si = Some("nada:si".to_owned());
    let found = modelo::check(&modelo);
    for ruta in ["documento.2.fase", "fase.1.campos", "campo.0.id", "documento.0.si"] {
        assert!(found.iter().any(|p| p.ruta == ruta), "{ruta}: {found:?}");
    }
}

#[test]
fn file_names_tell_the_type() {
    let shipped = shipped();
    for (modelo, name, tipo) in [
        ("venta-vn", "DNI Marta Gil.jpg", Some("dni")),
        ("venta-vn", "dni1.pdf", Some("dni")),
        ("venta-vn", "DNI0.PDF", Some("dni")),
        ("venta-vn", "dni apoderado.pdf", Some("dni-apoderado")),
        ("venta-vn", "factura2.pdf", Some("factura")),
        ("venta-vn", "img1.jpg", None),
        ("venta-vn", "factura_F-1189.pdf", Some("factura")),
        ("venta-vn", "justificante-pago-01.pdf", Some("pagos")),
        ("venta-vn", "Justificantes de pago.pdf", Some("pagos")),
        ("venta-vn", "justificante transferencia BBVA.pdf", Some("pagos")),
        ("venta-vn", "justificante-reserva.pdf", Some("reserva")),
        ("venta-vn", "señal 500.jpg", Some("reserva")),
        ("venta-vn", "pedido firmado.pdf", Some("pedido")),
        ("venta-vn", "hoja de entrega firmada.pdf", Some("entrega")),
        ("venta-vn", "contratofirmado.pdf", Some("contrato")),
        ("venta-vn", "contrato financiacion firmado.pdf", Some("contrato")),
        ("venta-vn", "solicitud financiacion.pdf", Some("solicitud")),
        ("venta-vn", "aprobacion financiera.pdf", Some("aprobacion")),
        ("venta-vn", "liquidacion financiera 03.pdf", Some("liquidacion")),
        ("venta-vn", "mandato sepa.pdf", Some("sepa")),
        ("venta-vn", "mandato gestoria.pdf", Some("mandato")),
        ("venta-vn", "contrato compra vo.pdf", Some("vo-compra")),
        ("venta-vn", "permiso circulacion 1234BCD.pdf", Some("permiso")),
        ("venta-vn", "ficha tecnica.pdf", Some("ficha-tecnica")),
        ("venta-vn", "cancelacion reserva dominio.pdf", Some("vo-reserva-dominio")),
        ("venta-vn", "modelo 576.pdf", Some("modelo-576")),
        ("venta-vn", "modelo 06.pdf", Some("modelo-06")),
        ("venta-vn", "consentimiento datos.pdf", Some("rgpd")),
        ("venta-vn", "IMG_2034.jpg", None),
        ("venta-vn", "2026-11-06 escaneo.pdf", None),
        ("venta-vo", "justificante_pago.pdf", Some("pagos")),
        ("venta-vo", "factura rebu 12.pdf", Some("factura-rebu")),
        ("venta-vo", "factura 12.pdf", Some("factura")),
        ("venta-vo", "contrato compraventa.pdf", Some("contrato-venta")),
        ("venta-vo", "contrato financiacion.pdf", Some("contrato")),
        ("venta-vo", "informe dgt.pdf", Some("informe-dgt")),
        ("venta-vo", "tasa dgt.pdf", Some("tasa-dgt")),
        ("postventa", "justificante-pago-01.pdf", Some("pagos")),
        ("postventa", "orden de reparacion.pdf", Some("orden")),
        ("postventa", "hoja entrega.pdf", Some("entrega")),
        ("postventa", "foto golpe.jpg", Some("fotos")),
        ("postventa", "garantia.pdf", Some("garantia-marca")),
    ] {
        let modelo = shipped.iter().find(|found| found.id.as_str() == modelo).unwrap();
        assert_eq!(guess::guess_tipo(modelo, name).map(|tipo| tipo.id.as_str()), tipo, "{} {name}", modelo.id);
    }
}

#[test]
fn a_gate_opens_when_all_is_there() {
    for modelo in shipped() {
        let indice = Indice::new();
        for fase in &modelo.fases {
            let all: Vec<(&TipoId, EstadoDocumento)> =
                modelo.tipos.iter().map(|tipo| (&tipo.id, EstadoDocumento::Validado)).collect();
            let missing = gate::faltas(&modelo, &indice, &all, &fase.id);
            assert!(missing.iter().all(|falta| matches!(falta, Falta::Campo { .. })), "{missing:?}");
        }
    }
}

#[test]
fn conditions_skip_fases_and_documents() {
    let modelo = venta_vn();
    let pedido = "pedido".into();
    let financed = Indice::from([("forma-pago".into(), Valor::from("financiado"))]);
    let cash = Indice::from([("forma-pago".into(), Valor::from("contado"))]);
    assert_eq!(gate::next_fase(&modelo, &financed, &pedido).unwrap().as_str(), "financiacion");
    assert_ne!(gate::next_fase(&modelo, &cash, &pedido).unwrap().as_str(), "financiacion");
    let next = gate::next_fase(&modelo, &cash, &pedido).unwrap();
    assert_eq!(gate::previous_fase(&modelo, &cash, next), Some(&pedido));
}

#[test]
fn completion_goes_on_from_what_is_typed() {
    let modelo = venta_vn();
    let schema = Schema { modelo: &modelo, today: TODAY, con_margen: false };
    let asesores = [("ana.soler".to_owned(), "Ana Soler Prieto".to_owned())];
    let insert = |text: &str| {
        let found = query::complete(text, text.len(), &schema, &asesores);
        found.into_iter().map(|p| p.insert).collect::<Vec<_>>()
    };
    assert!(insert("fa").contains(&"fase:".to_owned()));
    assert!(insert("fase:matr").contains(&"fase:matriculacion".to_owned()));
    assert!(insert("gil -asesor:sol").contains(&"-asesor:ana.soler".to_owned()));
    assert!(insert("fase:pedido,matr").contains(&"fase:pedido,matriculacion".to_owned()));
    assert!(insert("docs").contains(&"docs>=".to_owned()));
}

fn any_indice(modelo: &Modelo) -> impl Strategy<Value = Indice> + use<> {
    let campos = modelo.campos.clone();
    let values: Vec<_> = campos
        .into_iter()
        .map(|campo| {
            let id = campo.id.clone();
            let options: Vec<String> = campo.opciones.iter().map(|o| o.id.clone()).collect();
            let text = match campo.tipo {
                campo::TipoCampo::Dinero | campo::TipoCampo::Entero => "[0-9]{1,5}".boxed(),
                campo::TipoCampo::Fecha => "(0[1-9]|1[0-9]|2[0-8])/(0[1-9]|1[0-2])/20(2[0-6])".boxed(),
                campo::TipoCampo::Logico => "(si|no)".boxed(),
                campo::TipoCampo::Opcion => proptest::sample::select(options).boxed(),
                campo::TipoCampo::Texto => "(Gil|Peña|López|Oria) (Marta|SEAT|[a-z]{1,6})".boxed(),
                campo::TipoCampo::Matricula => "[0-9]{4}(BCD|JKL|MNP)".boxed(),
                _ => Just(String::new()).boxed(),
            };
            proptest::option::of(text).prop_map(move |text| {
                let read = campo::parse(&campo, &text.unwrap_or_default(), TODAY).unwrap();
                read.valor.map(|valor| (id.clone(), valor))
            })
        })
        .collect();
    values.prop_map(|pairs| pairs.into_iter().flatten().collect())
}

fn any_documents(modelo: &Modelo) -> impl Strategy<Value = Vec<(TipoId, EstadoDocumento)>> + use<> {
    let tipos: Vec<TipoId> = modelo.tipos.iter().map(|t| t.id.clone()).collect();
    proptest::collection::vec(
        (proptest::sample::select(tipos), proptest::sample::select(&EstadoDocumento::ALL[..])),
        0..12,
    )
}

fn borrowed(documents: &[(TipoId, EstadoDocumento)]) -> Vec<(&TipoId, EstadoDocumento)> {
    documents.iter().map(|(tipo, estado)| (tipo, *estado)).collect()
}

proptest! {
    #[test]
    fn what_is_shown_for_editing_reads_back(indice in any_indice(&venta_vn())) {
        let modelo = venta_vn();
        for (id, valor) in &indice {
            let campo = modelo.campo(id).unwrap();
            let text = campo::edit_text(campo, valor);
            prop_assert_eq!(campo::parse(campo, &text, TODAY).unwrap().valor, Some(valor.clone()), "{}", text);
            prop_assert_eq!(campo::check(campo, valor).unwrap().valor, Some(valor.clone()));
            prop_assert!(!campo::show(campo, valor).is_empty());
        }
    }

    #[test]
    fn any_text_is_a_query_or_a_clear_error(text in "\\PC{0,60}|[a-z:<>=.,\"* -]{0,40}") {
        let modelo = venta_vn();
        let schema = Schema { modelo: &modelo, today: TODAY, con_margen: true };
        if let Err(error) = query::parse(&text, &schema) {
            prop_assert!(text.get(error.span.clone()).is_some(), "{:?} in {text:?}", error.span);
            prop_assert!(error.message.ends_with(['.', '?']), "{}", error.message);
        }
        for (cursor, _) in text.char_indices() {
            for proposal in query::complete(&text, cursor, &schema, &[]) {
                prop_assert!(text.get(proposal.replace.clone()).is_some());
            }
        }
    }

    #[test]
    fn negation_is_the_opposite(indice in any_indice(&venta_vn()), word in "(gil|pena|marta|seat|forma-pago:contado|importe>2000|pedido<01/01/2025|matricula:vacio|\\*arta)") {
        let modelo = venta_vn();
        let schema = Schema { modelo: &modelo, today: TODAY, con_margen: true };
        let fase = "pedido".into();
        let ficha = Ficha { numero: "26-00001", fase: &fase, asesor: "ana", asesor_nombre: "Ana Soler", documentos: &[], faltan: 0, avisos: 0, indice: &indice };
        let yes = query::matches(&query::parse(&word, &schema).unwrap(), &ficha, &modelo);
        let no = query::matches(&query::parse(&format!("-{word}"), &schema).unwrap(), &ficha, &modelo);
        prop_assert_ne!(yes, no);
    }

    #[test]
    fn a_validated_document_never_adds_a_falta(indice in any_indice(&venta_vn()), documents in any_documents(&venta_vn()), extra in any_documents(&venta_vn())) {
        let modelo = venta_vn();
        for fase in &modelo.fases {
            let before = gate::faltas(&modelo, &indice, &borrowed(&documents), &fase.id);
            let mut more = documents.clone();
            more.extend(extra.iter().map(|(tipo, _)| (tipo.clone(), EstadoDocumento::Validado)));
            let after = gate::faltas(&modelo, &indice, &borrowed(&more), &fase.id);
            prop_assert!(after.len() <= before.len());
        }
    }

    #[test]
    fn later_fases_ask_for_at_least_as_much(indice in any_indice(&venta_vn()), documents in any_documents(&venta_vn())) {
        let modelo = venta_vn();
        let lines = gate::checklist(&modelo, &indice, &borrowed(&documents));
        let mut last = (0, 0);
        for fase in &modelo.fases {
            let (ready, all) = gate::progress(&modelo, &lines, &fase.id);
            prop_assert!(ready <= all && ready >= last.0 && all >= last.1);
            last = (ready, all);
        }
        let states: Vec<EstadoRequisito> = lines.iter().map(|line| line.estado).collect();
        prop_assert_eq!(states.len(), lines.len());
    }
}
