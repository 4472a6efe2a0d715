//! The form fields that bear a signature.

use std::collections::HashSet;

use hayro::hayro_syntax::{
    Pdf,
    object::{Array, Dict, MaybeRef, Name, ObjRef},
};

/// Fields looked at; a form for people has fewer.
const MAX_CAMPOS: usize = 5000;
/// Fields lie inside each other; deeper than this it goes round in a circle.
const MAX_HONDO: usize = 32;

/// A field that bears a signature.
pub struct Campo<'a> {
    /// Its name, with those of the fields it lies in.
    pub nombre: String,
    /// The signature dictionary.
    pub firma: Dict<'a>,
}

/// How many signatures the document bears.
pub fn contar(doc: &Pdf) -> u32 {
    u32::try_from(campos(doc).len()).unwrap_or(u32::MAX)
}

/// All fields that bear a signature, in the order of the form.
pub fn campos(doc: &Pdf) -> Vec<Campo<'_>> {
    let raiz = doc.xref().get::<Dict<'_>>(doc.xref().root_id());
    let form = raiz.and_then(|raiz| raiz.get::<Dict<'_>>("AcroForm"));
    let mut salida = Vec::new();
    if let Some(lista) = form.and_then(|form| form.get::<Array<'_>>("Fields")) {
        let mut paseo = Paseo { doc, vistos: HashSet::new(), quedan: MAX_CAMPOS, campos: &mut salida };
        paseo.lista(&lista, "", None, 0);
    }
    salida
}

/// A walk through the tree of fields.
struct Paseo<'d, 's> {
    doc: &'d Pdf,
    vistos: HashSet<ObjRef>,
    quedan: usize,
    campos: &'s mut Vec<Campo<'d>>,
}

impl<'d> Paseo<'d, '_> {
    fn lista(&mut self, lista: &Array<'d>, padre: &str, clase: Option<&Name<'d>>, hondo: usize) {
        for hijo in lista.raw_iter() {
            if self.quedan == 0 {
                return;
            }
            self.quedan -= 1;
            let campo = match hijo {
                MaybeRef::Ref(lugar) if self.vistos.insert(lugar) => self.doc.xref().get::<Dict<'d>>(lugar.into()),
                MaybeRef::Ref(_) => None,
                MaybeRef::NotRef(objeto) => objeto.into_dict(),
            };
            if let Some(campo) = campo {
                self.campo(&campo, padre, clase, hondo);
            }
        }
    }

    fn campo(&mut self, campo: &Dict<'d>, padre: &str, clase: Option<&Name<'d>>, hondo: usize) {
        let propio = crate::fields::texto_de(campo, "T").unwrap_or_default();
        let nombre = match (padre, propio.as_str()) {
            ("", propio) => propio.to_owned(),
            (padre, "") => padre.to_owned(),
            (padre, propio) => format!("{padre}.{propio}"),
        };
        let propia = campo.get::<Name<'d>>("FT");
        let clase = propia.as_ref().or(clase);
        if clase.is_some_and(|clase| **clase == *b"Sig")
            && let Some(firma) = campo.get::<Dict<'d>>("V")
        {
            self.campos.push(Campo { nombre, firma });
            return;
        }
        if let Some(hijos) = campo.get::<Array<'d>>("Kids").filter(|_| hondo < MAX_HONDO) {
            self.lista(&hijos, &nombre, clase, hondo + 1);
        }
    }
}
