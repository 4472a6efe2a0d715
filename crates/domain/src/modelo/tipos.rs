//! The serde shape of a modelo.

use crate::campo::TipoCampo;
use crate::{CampoId, EntidadId, FaseId, ModeloId, PlantillaId, TipoId};
use serde::{Deserialize, Serialize};

/// A work centre or brand, and the modelos one can work in there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entidad {
    /// Slug.
    pub id: EntidadId,
    /// Name for people.
    pub nombre: String,
    /// In the order they are offered.
    pub modelos: Vec<ModeloId>,
}

/// An area of work: Venta VN, Venta VO, Postventa…
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Modelo {
    /// Slug.
    pub id: ModeloId,
    /// Name for people.
    pub nombre: String,
    /// Index fields shown in the list's columns by their meaning, see [`Papeles`].
    pub papeles: Papeles,
    /// In the order of the work; the last one is the closed one.
    #[serde(rename = "fase")]
    pub fases: Vec<Fase>,
    /// In the order of the checklist.
    #[serde(rename = "documento")]
    pub tipos: Vec<TipoDocumento>,
    /// Groups of index fields, in the order of the form.
    #[serde(rename = "seccion")]
    pub secciones: Vec<Seccion>,
    /// In the order of the form.
    #[serde(rename = "campo")]
    pub campos: Vec<CampoIndice>,
    /// Documents that are made from the index, in the order they are offered.
    #[serde(default, rename = "plantilla", skip_serializing_if = "Vec::is_empty")]
    pub plantillas: Vec<Plantilla>,
}

/// A template: a document of some type, filled from the index. Its text is a file of the configuration, which clients do not need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plantilla {
    /// Slug; its text is `plantillas/<modelo>/<id>.md`.
    pub id: PlantillaId,
    /// Name for people.
    pub nombre: String,
    /// The type of the document it makes.
    pub tipo: TipoId,
    /// A query over the index; when it does not hold, the template is not offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub si: Option<String>,
}

/// Which index fields fill the fixed columns of the list, so that the service can sort and search them quickly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Papeles {
    /// Who the deal is with, e.g. `cliente`.
    pub cliente: CampoId,
    /// What the person knows the vehicle by, e.g. `vehiculo`.
    pub vehiculo: CampoId,
    /// The date of the order, e.g. `pedido`.
    pub pedido: CampoId,
    /// Money of the deal, e.g. `importe`.
    pub importe: CampoId,
    /// Registration plate, e.g. `matricula`.
    pub matricula: CampoId,
}

/// A phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fase {
    /// Slug.
    pub id: FaseId,
    /// Name for people.
    pub nombre: String,
    /// A query over the index; when it does not hold, the fase is skipped (Financiación only if financed).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub si: Option<String>,
    /// Index fields that must be filled before the fase can be left.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub campos: Vec<CampoId>,
}

/// A type of document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TipoDocumento {
    /// Slug.
    pub id: TipoId,
    /// Name for people.
    pub nombre: String,
    /// The fase it belongs to.
    pub fase: FaseId,
    /// Whether the fase cannot be left without a validated one.
    #[serde(default, skip_serializing_if = "is_false")]
    pub requerido: bool,
    /// A query over the index; when it does not hold, the document is not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub si: Option<String>,
    /// Types with the same group name stand for each other: one validated document of the group is enough (modelo 576 *or* 06/05).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grupo: Option<String>,
    /// Accepted formats by extension (`pdf`, `jpg`, `png`, `webp`, `tiff`, `txt`, `eml`); empty accepts all known ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formatos: Vec<String>,
    /// Largest accepted file in bytes; the service's own limit when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_bytes: Option<u64>,
    /// Words in a file's name that make this type the guess, without accents, lower case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub palabras: Vec<String>,
}

/// A group of index fields on the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seccion {
    /// Slug.
    pub id: String,
    /// Name for people.
    pub nombre: String,
}

/// An index field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CampoIndice {
    /// Slug, and its key in the search language.
    pub id: CampoId,
    /// Label for people.
    pub nombre: String,
    /// What it holds.
    pub tipo: TipoCampo,
    /// The [`Seccion`] it stands in.
    pub seccion: String,
    /// What a choice can be; empty for every other type.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opciones: Vec<Opcion>,
    /// One sentence that the hint line shows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ayuda: String,
    /// Margin, cost or campaign money: left out of every answer to those who may not see it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub margen: bool,
    /// Filled by the service alone.
    #[serde(default, skip_serializing_if = "is_false")]
    pub solo_lectura: bool,
    /// A query over the index; when it does not hold, the field is not asked for (financiera only if financed).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub si: Option<String>,
}

/// One choice of a choice field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opcion {
    /// Slug, stored.
    pub id: String,
    /// Name for people.
    pub nombre: String,
}

fn is_false(b: &bool) -> bool {
    !*b
}

impl Modelo {
    /// The fase with that slug.
    pub fn fase(&self, id: &FaseId) -> Option<&Fase> {
        self.fases.iter().find(|f| &f.id == id)
    }

    /// Its place in the order of the work, from 0.
    pub fn fase_index(&self, id: &FaseId) -> Option<usize> {
        self.fases.iter().position(|f| &f.id == id)
    }

    /// The document type with that slug.
    pub fn tipo(&self, id: &TipoId) -> Option<&TipoDocumento> {
        self.tipos.iter().find(|t| &t.id == id)
    }

    /// The index field with that slug.
    pub fn campo(&self, id: &CampoId) -> Option<&CampoIndice> {
        self.campos.iter().find(|c| &c.id == id)
    }
}
