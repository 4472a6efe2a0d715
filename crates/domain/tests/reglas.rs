//! Gates, the check of a modelo, guesses and permissions, on a modelo small enough to see through.
#![allow(clippy::unwrap_used, clippy::panic)]

use domain::gate::{
    EstadoRequisito, Falta, checklist, faltas, missing_in, next_fase, nombre, open_avisos, previous_fase, progress,
};
use domain::guess::guess_tipo;
use domain::modelo::check;
use domain::permisos::permisos_markdown;
use domain::{EstadoDocumento, FaseId, Indice, Modelo, Permiso, Rol, TipoId, Valor};
use proptest::prelude::*;

const MODELO: &str = r#"
id = "venta"
nombre = "Venta"
papeles = { cliente = "cliente", vehiculo = "vehiculo", pedido = "pedido", importe = "importe", matricula = "matricula" }
fase = [
  { id = "pedido", nombre = "Pedido", campos = ["cliente"] },
  { id = "financiacion", nombre = "Financiación", si = "pago:financiado", campos = ["iban"] },
  { id = "tramite", nombre = "Trámite", campos = ["matricula", "vehiculo"] },
  { id = "cerrado", nombre = "Cerrado" },
]
documento = [
  { id = "dni", nombre = "DNI", fase = "pedido", requerido = true, palabras = ["dni"] },
  { id = "oferta", nombre = "Oferta", fase = "pedido" },
  { id = "contrato", nombre = "Contrato", fase = "financiacion", requerido = true, palabras = ["contrato"] },
  { id = "modelo-576", nombre = "Modelo 576", fase = "tramite", requerido = true, grupo = "impuesto", palabras = ["576"] },
  { id = "modelo-06", nombre = "Modelo 06/05", fase = "tramite", requerido = true, grupo = "impuesto", palabras = ["06", "05", "exencion"] },
]
seccion = [{ id = "todo", nombre = "Todo" }]
campo = [
  { id = "cliente", nombre = "Cliente", tipo = "texto", seccion = "todo" },
  { id = "vehiculo", nombre = "Vehículo", tipo = "texto", seccion = "todo", si = "pago:contado" },
  { id = "pedido", nombre = "Pedido", tipo = "fecha", seccion = "todo" },
  { id = "importe", nombre = "Importe", tipo = "dinero", seccion = "todo" },
  { id = "matricula", nombre = "Matrícula", tipo = "matricula", seccion = "todo" },
  { id = "iban", nombre = "IBAN", tipo = "iban", seccion = "todo" },
  { id = "margen", nombre = "Margen", tipo = "dinero", seccion = "todo", margen = true },
  { id = "pago", nombre = "Pago", tipo = "opcion", seccion = "todo", opciones = [
    { id = "contado", nombre = "Contado" },
    { id = "financiado", nombre = "Financiado" },
  ] },
]
"#;

fn modelo() -> Modelo {
    toml::from_str(MODELO).unwrap()
}

fn indice(pairs: &[(&str, &str)]) -> Indice {
    pairs.iter().map(|(id, text)| ((*id).into(), Valor::from(*text))).collect()
}

/// What is missing to leave `fase`, as words.
fn missing(indice: &Indice, documents: &[(&str, EstadoDocumento)], fase: &str) -> Vec<String> {
    let owned: Vec<(TipoId, EstadoDocumento)> = documents.iter().map(|(tipo, e)| ((*tipo).into(), *e)).collect();
    let seen: Vec<_> = owned.iter().map(|(tipo, e)| (tipo, *e)).collect();
    let found = faltas(&modelo(), indice, &seen, &fase.into());
    let word = |falta: &Falta| match falta {
        Falta::Documento { tipo, estado, .. } => format!("{tipo} {estado:?}"),
        Falta::Campo { campo } => campo.to_string(),
        Falta::Avisos { abiertos } => format!("{abiertos} avisos"),
    };
    found.iter().map(word).collect()
}

#[test]
fn of_a_group_all_types_are_named() {
    let modelo = modelo();
    let tipos = |falta: &Falta| match falta {
        Falta::Documento { tipo, alternativas, .. } => Some(nombre(&modelo, tipo, alternativas)),
        Falta::Campo { .. } | Falta::Avisos { .. } => None,
    };
    let named = |documents: &[(&TipoId, EstadoDocumento)]| -> Vec<String> {
        let found = faltas(&modelo, &indice(&[("pago", "contado")]), documents, &"tramite".into());
        found.iter().filter_map(tipos).collect()
    };
    assert_eq!(named(&[]), ["DNI", "Modelo 576 o Modelo 06/05"]);
    let (dni, second) = (TipoId::from("dni"), TipoId::from("modelo-06"));
    assert_eq!(named(&[(&second, EstadoDocumento::Validado)]), ["DNI"]);
    let found = checklist(&modelo, &Indice::new(), &[(&dni, EstadoDocumento::Validado)]);
    let line = found.iter().find(|line| line.tipo == second).unwrap();
    assert_eq!(line.alternativas, [TipoId::from("modelo-576")]);
    let three = ["dni", "modelo-576", "no-hay"].map(TipoId::from);
    assert_eq!(nombre(&modelo, &three[0], &three[1..]), "DNI, Modelo 576 o no-hay");
}

#[test]
fn a_gate_names_documents_and_fields_of_this_fase_and_those_before() {
    use EstadoDocumento::{Pendiente, Rechazado, Validado};
    let none = Indice::new();
    assert_eq!(missing(&none, &[], "pedido"), ["dni Falta", "cliente"]);
    assert_eq!(missing(&none, &[("dni", Rechazado)], "pedido"), ["dni Rechazado", "cliente"]);
    assert_eq!(missing(&none, &[("dni", Rechazado), ("dni", Pendiente)], "pedido"), ["dni Pendiente", "cliente"]);
    let client = indice(&[("cliente", "Gil")]);
    assert_eq!(missing(&client, &[("dni", Validado), ("dni", Rechazado)], "pedido"), [] as [&str; 0]);
    assert_eq!(missing(&client, &[], "tramite"), ["dni Falta", "modelo-576 Falta", "matricula"]);
}

#[test]
fn one_of_a_group_is_enough() {
    use EstadoDocumento::{Pendiente, Validado};
    let filled = indice(&[("cliente", "Gil"), ("matricula", "1234BCD")]);
    let dni = ("dni", Validado);
    assert_eq!(missing(&filled, &[dni], "tramite"), ["modelo-576 Falta"], "the group is one line");
    assert_eq!(missing(&filled, &[dni, ("modelo-06", Pendiente)], "tramite"), ["modelo-576 Pendiente"]);
    for tipo in ["modelo-06", "modelo-576"] {
        assert_eq!(missing(&filled, &[dni, (tipo, Validado)], "tramite"), [] as [&str; 0], "{tipo}");
    }
}

#[test]
fn what_does_not_apply_is_not_asked_for() {
    let (modelo, cash, financed) = (modelo(), indice(&[("pago", "contado")]), indice(&[("pago", "financiado")]));
    let (pedido, tramite) = (FaseId::from("pedido"), FaseId::from("tramite"));
    assert_eq!(next_fase(&modelo, &cash, &pedido), Some(&tramite));
    assert_eq!(next_fase(&modelo, &financed, &pedido), Some(&"financiacion".into()));
    assert_eq!(previous_fase(&modelo, &cash, &tramite), Some(&pedido));
    assert_eq!(previous_fase(&modelo, &cash, &pedido), None);
    assert_eq!(next_fase(&modelo, &cash, &"cerrado".into()), None);
    assert!(missing(&financed, &[], "tramite").contains(&"contrato Falta".to_owned()));
    assert!(missing(&financed, &[], "tramite").contains(&"iban".to_owned()));
    assert!(
        !missing(&financed, &[], "tramite").contains(&"vehiculo".to_owned()),
        "a field whose condition does not hold"
    );
    assert!(!missing(&cash, &[], "tramite").iter().any(|word| word.starts_with("contrato") || word == "iban"));
    // A document that is there all the same is listed, and not required.
    let contrato = TipoId::from("contrato");
    let lines = checklist(&modelo, &cash, &[(&contrato, EstadoDocumento::Pendiente)]);
    let line = lines.iter().find(|line| line.tipo == contrato).unwrap();
    assert_eq!((line.requerido, line.estado), (false, EstadoRequisito::Pendiente));
}

#[test]
fn a_modelo_that_makes_sense_has_no_problem() {
    assert_eq!(check(&modelo()), []);
}

#[test]
fn every_mistake_is_found_where_it_stands() {
    let rutas = |change: &dyn Fn(&mut Modelo)| {
        let mut wrong = modelo();
        change(&mut wrong);
        check(&wrong).into_iter().map(|problem| problem.ruta).collect::<Vec<_>>()
    };
    type Change = fn(&mut Modelo);
    let changes: [(&str, Change); 22] = [
        ("id", |m| m.id = "Venta VN".into()),
        ("nombre", |m| m.nombre = " ".into()),
        ("fase.1.nombre", |m| m.fases[1].nombre = "a\u{1b}b".into()),
        ("fase", |m| m.fases.clear()),
        ("fase.1.id", |m| m.fases[1].id = "pedido".into()),
        ("fase.3.si", |m| m.fases[3].si = Some("pago:contado".into())),
        ("fase.0.campos", |m| m.fases[0].campos.push("nada".into())),
        ("documento.2.fase", |m| m.tipos[2].fase = "nada".into()),
        ("documento.1.id", |m| m.tipos[1].id = "dni".into()),
        ("documento.0.si", |m| m.tipos[0].si = Some("pago:".into())),
        ("documento.0.si", |m| m.tipos[0].si = Some(" ".into())),
        ("documento.0.si", |m| m.tipos[0].si = Some("margen>0".into())),
        ("documento.0.si", |m| m.tipos[0].si = Some("pedido>hoy".into())),
        ("documento.0.formatos", |m| m.tipos[0].formatos.push("exe".into())),
        ("documento.0.max_bytes", |m| m.tipos[0].max_bytes = Some(0)),
        ("documento.0.palabras", |m| m.tipos[0].palabras.push("Señal".into())),
        ("documento.4.grupo", |m| m.tipos[4].fase = "pedido".into()),
        ("campo.7.opciones", |m| m.campos[7].opciones.clear()),
        ("campo.7.opciones.0.nombre", |m| m.campos[7].opciones[0].nombre = "FINANCIADO".into()),
        ("campo.0.seccion", |m| m.campos[0].seccion = "nada".into()),
        ("campo.5.id", |m| m.campos[5].id = "docs".into()),
        ("papeles.importe", |m| m.papeles.importe = "pedido".into()),
    ];
    for (ruta, change) in changes {
        assert!(rutas(&change).contains(&ruta.to_owned()), "{ruta}: {:?}", rutas(&change));
    }
}

#[test]
fn a_date_in_a_file_s_name_is_no_type() {
    let modelo = modelo();
    let guess = |name: &str| guess_tipo(&modelo, name).map(|tipo| tipo.id.as_str());
    for (name, tipo) in [
        ("DNI-Marta.jpg", Some("dni")),
        ("Contratofirmado.PDF", Some("contrato")),
        ("modelo 576.pdf", Some("modelo-576")),
        ("modelo_06.pdf", Some("modelo-06")),
        ("exención 05.pdf", Some("modelo-06")),
        ("WhatsApp 2026-11-05 at 10.06.jpg", None),
        ("IMG_0576.jpg", None),
        ("", None),
        (".pdf", None),
    ] {
        assert_eq!(guess(name), tipo, "{name}");
    }
}

#[test]
fn the_page_of_permissions_has_every_answer() {
    let page = permisos_markdown();
    let allowed: usize = Rol::ALL.iter().map(|rol| Permiso::ALL.iter().filter(|p| rol.puede(**p)).count()).sum();
    assert_eq!(page.matches(" sí |").count(), allowed);
    assert_eq!(page.matches(" — |").count(), Rol::ALL.len() * Permiso::ALL.len() - allowed);
}

fn any_documents() -> impl Strategy<Value = Vec<(TipoId, EstadoDocumento)>> {
    let tipos: Vec<TipoId> = modelo().tipos.into_iter().map(|tipo| tipo.id).collect();
    let estado = proptest::sample::select(&EstadoDocumento::ALL[..]);
    proptest::collection::vec((proptest::sample::select(tipos), estado), 0..8)
}

#[test]
fn open_avisos_keep_an_expediente_from_being_closed_and_from_nothing_else() {
    let at = |fase: &str, abiertos| open_avisos(&modelo(), &indice(&[("pago", "contado")]), &fase.into(), abiertos);
    assert_eq!(at("tramite", 3), Some(Falta::Avisos { abiertos: 3 }));
    assert_eq!(at("tramite", 0), None);
    assert_eq!((at("pedido", 3), at("cerrado", 3), at("nada", 3)), (None, None, None));
    // With the fases between passed over, the first one is left into the last one.
    let mut short = modelo();
    short.fases.retain(|fase| fase.id.as_str() != "tramite");
    assert_eq!(open_avisos(&short, &indice(&[]), &"pedido".into(), 1), Some(Falta::Avisos { abiertos: 1 }));
}

proptest! {
    #[test]
    fn a_validated_document_only_ever_takes_faltas_away(
        documents in any_documents(),
        extra in proptest::sample::select(modelo().tipos),
        pago in "(contado|financiado)",
    ) {
        let (modelo, indice) = (modelo(), indice(&[("pago", &pago)]));
        let before: Vec<_> = documents.iter().map(|(tipo, e)| (tipo, *e)).collect();
        let mut after = before.clone();
        after.push((&extra.id, EstadoDocumento::Validado));
        for fase in &modelo.fases {
            let tipos = |documents: &[(&TipoId, EstadoDocumento)]| {
                let found = faltas(&modelo, &indice, documents, &fase.id).into_iter();
                found.filter_map(|falta| match falta {
                    Falta::Documento { tipo, .. } => Some(tipo),
                    Falta::Campo { .. } | Falta::Avisos { .. } => None,
                }).collect::<Vec<_>>()
            };
            let (had, has) = (tipos(&before), tipos(&after));
            prop_assert!(has.iter().all(|tipo| had.contains(tipo)), "{has:?} after {had:?}");
            prop_assert!(!has.contains(&extra.id));
        }
    }

    #[test]
    fn an_open_gate_is_one_with_everything_counted(documents in any_documents(), pago in "(contado|financiado)") {
        let (modelo, indice) = (modelo(), indice(&[("pago", &pago)]));
        let seen: Vec<_> = documents.iter().map(|(tipo, e)| (tipo, *e)).collect();
        let lines = checklist(&modelo, &indice, &seen);
        for fase in &modelo.fases {
            let missing = missing_in(&modelo, &indice, &lines, &fase.id);
            let missing = missing.iter().filter(|falta| matches!(falta, Falta::Documento { .. })).count();
            let (ready, all) = progress(&modelo, &lines, &fase.id);
            prop_assert_eq!((all - ready) as usize, missing);
        }
    }

    #[test]
    fn going_on_and_back_is_where_one_was(pago in "(contado|financiado)") {
        let (modelo, indice) = (modelo(), indice(&[("pago", &pago)]));
        let mut at = &modelo.fases[0].id;
        while let Some(next) = next_fase(&modelo, &indice, at) {
            prop_assert_eq!(previous_fase(&modelo, &indice, next), Some(at));
            at = next;
        }
        prop_assert_eq!(at, &modelo.fases[3].id);
    }
}
