//! Which fields a query may name, and of what kind each is.

use super::Field;
use crate::modelo::Modelo;
use crate::texto::fold;

/// Fields every expediente has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BuiltIn {
    /// `numero`: the expediente's number.
    Numero,
    /// `fase`: slug or name of a fase.
    Fase,
    /// `docs`: how many documents it has.
    Docs,
    /// `faltan`: how many required documents of its fase and earlier ones are not validated.
    Faltan,
    /// `estado`: it has a document in this state (`pendiente`, `validado`, `rechazado`).
    Estado,
    /// `asesor`: user name or words of the person's name.
    Asesor,
    /// `aviso`: `si` when it has an open aviso.
    Aviso,
    /// `cerrado`: `si` when it is in its last fase.
    Cerrado,
}

impl BuiltIn {
    /// All of them, in the order they are proposed.
    pub const ALL: [Self; 8] =
        [Self::Fase, Self::Docs, Self::Faltan, Self::Estado, Self::Asesor, Self::Numero, Self::Aviso, Self::Cerrado];

    /// The name in a query.
    pub fn name(self) -> &'static str {
        match self {
            Self::Numero => "numero",
            Self::Fase => "fase",
            Self::Docs => "docs",
            Self::Faltan => "faltan",
            Self::Estado => "estado",
            Self::Asesor => "asesor",
            Self::Aviso => "aviso",
            Self::Cerrado => "cerrado",
        }
    }

    /// What it means, for people.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Numero => "número del expediente",
            Self::Fase => "fase",
            Self::Docs => "número de documentos",
            Self::Faltan => "documentos obligatorios que faltan",
            Self::Estado => "estado de algún documento",
            Self::Asesor => "asesor",
            Self::Aviso => "avisos abiertos",
            Self::Cerrado => "cerrado o no",
        }
    }

    /// Its kind.
    pub fn kind(self) -> FieldKind {
        match self {
            Self::Numero => FieldKind::Code,
            Self::Fase | Self::Estado => FieldKind::Choice,
            Self::Docs | Self::Faltan => FieldKind::Number,
            Self::Asesor => FieldKind::Text,
            Self::Aviso | Self::Cerrado => FieldKind::Flag,
        }
    }
}

/// The kind of a field decides which tests it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Words, phrases, parts.
    Text,
    /// Numbers and plates (NIF, VIN, IBAN, telephone, plate, the expediente's number): people search by their last characters, so three or
    /// more are looked for anywhere.
    Code,
    /// Whole numbers.
    Number,
    /// Euros.
    Money,
    /// Days: `03/11/2026`, `3/11`, `2026-11-03`, `hoy`, `ayer`, `-7d`.
    Date,
    /// One of a closed set of slugs.
    Choice,
    /// `si` or `no`.
    Flag,
}

/// What names mean for one modelo.
#[derive(Debug, Clone, Copy)]
pub struct Schema<'m> {
    /// The modelo whose index fields may be named.
    pub modelo: &'m Modelo,
    /// Today, for `hoy`, `-7d` and days without year. The crate has no clock.
    pub today: jiff::civil::Date,
    /// Whether margin fields may be named.
    pub con_margen: bool,
}

impl Schema<'_> {
    /// What a name means: a built-in, an index field by its id, or the role of a column (`cliente`, `vehiculo`, `pedido`, `importe`,
    /// `matricula`, see [`crate::modelo::Papeles`]). Case, accents and `_` for `-` do not matter. `None` when nothing is called so.
    pub fn resolve(&self, name: &str) -> Option<(Field, FieldKind)> {
        let name = fold(name).replace('_', "-");
        if let Some(built_in) = BuiltIn::ALL.into_iter().find(|b| b.name() == name) {
            return Some((Field::BuiltIn(built_in), built_in.kind()));
        }
        let papeles = &self.modelo.papeles;
        let id = match name.as_str() {
            id if self.modelo.campo(&id.into()).is_some() => id,
            "cliente" => papeles.cliente.as_str(),
            "vehiculo" => papeles.vehiculo.as_str(),
            "pedido" => papeles.pedido.as_str(),
            "importe" => papeles.importe.as_str(),
            "matricula" => papeles.matricula.as_str(),
            _ => return None,
        };
        let campo = self.modelo.campo(&id.into())?;
        let visible = self.con_margen || !campo.margen;
        visible.then(|| (Field::Campo(campo.id.clone()), campo.tipo.kind()))
    }

    /// Every name that can be written, with what it means.
    pub fn names(&self) -> Vec<(String, String)> {
        let built_in = BuiltIn::ALL.into_iter().map(|b| (b.name().to_owned(), b.hint().to_owned()));
        let visible = self.modelo.campos.iter().filter(|campo| self.con_margen || !campo.margen);
        let mut names: Vec<_> = built_in.chain(visible.map(|c| (c.id.to_string(), c.nombre.to_lowercase()))).collect();
        for role in ["cliente", "vehiculo", "pedido", "importe", "matricula"] {
            if !names.iter().any(|(name, _)| name == role)
                && let Some((Field::Campo(id), _)) = self.resolve(role)
            {
                names.push((role.to_owned(), id.to_string()));
            }
        }
        names
    }
}
