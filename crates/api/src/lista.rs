//! The list: `GET /expedientes?entidad=&modelo=&q=&orden=&limite=&cursor=`.

use domain::{ExpedienteId, FaseId};
use serde::{Deserialize, Serialize};

/// Parameters of the list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
pub struct ListaParams {
    /// Entidad.
    pub entidad: String,
    /// Modelo.
    pub modelo: String,
    /// Search text, see `domain::query`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Column, with `-` in front for descending; `-pedido` when not said. See [`Orden`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orden: Option<String>,
    /// Rows, 1 to 200; 50 when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limite: Option<u32>,
    /// `siguiente` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// Answer of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lista {
    /// The rows.
    pub items: Vec<Fila>,
    /// Cursor of the next page; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub siguiente: Option<String>,
    /// How many answer the query; counting stops at 10,000, and earlier where rows must be looked at one by one (parts of words, phrases).
    /// Only on the first page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// Whether there are more than `total`.
    #[serde(default)]
    pub total_es_minimo: bool,
}

/// A row: only what the list shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fila {
    /// Id.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub id: ExpedienteId,
    /// `26-01877`.
    pub numero: String,
    /// Who the deal is with.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cliente: String,
    /// The vehicle in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub vehiculo: String,
    /// Plate.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub matricula: String,
    /// Fase.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub fase: FaseId,
    /// How many documents it has.
    pub docs: u32,
    /// Checklist lines that are fulfilled, of `requeridos`.
    pub listos: u32,
    /// Required documents up to its fase.
    pub requeridos: u32,
    /// Documents that wait to be checked.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub pendientes: u32,
    /// Rejected documents.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rechazados: u32,
    /// Avisos that are open.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub avisos: u32,
    /// Day of the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pedido: Option<String>,
    /// Money of the deal, cents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub importe_cent: Option<i64>,
    /// User name of the asesor.
    pub asesor: String,
}

fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// Columns one can sort by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Columna {
    /// Day of the order.
    Pedido,
    /// Number.
    Numero,
    /// Client.
    Cliente,
    /// Vehicle.
    Vehiculo,
    /// Plate.
    Matricula,
    /// Place of the fase in the modelo.
    Fase,
    /// Number of documents.
    Docs,
    /// Required documents missing.
    Faltan,
    /// Money.
    Importe,
    /// Asesor's user name.
    Asesor,
}

impl Columna {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Pedido,
        Self::Numero,
        Self::Cliente,
        Self::Vehiculo,
        Self::Matricula,
        Self::Fase,
        Self::Docs,
        Self::Faltan,
        Self::Importe,
        Self::Asesor,
    ];

    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pedido => "pedido",
            Self::Numero => "numero",
            Self::Cliente => "cliente",
            Self::Vehiculo => "vehiculo",
            Self::Matricula => "matricula",
            Self::Fase => "fase",
            Self::Docs => "docs",
            Self::Faltan => "faltan",
            Self::Importe => "importe",
            Self::Asesor => "asesor",
        }
    }
}

/// A column and a direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Orden {
    /// The column.
    pub columna: Columna,
    /// Whether the largest comes first.
    pub descendente: bool,
}

impl Default for Orden {
    fn default() -> Self {
        Self { columna: Columna::Pedido, descendente: true }
    }
}

impl std::str::FromStr for Orden {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (descendente, name) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let columna = Columna::ALL.into_iter().find(|c| c.as_str() == name).ok_or(())?;
        Ok(Self { columna, descendente })
    }
}

impl std::fmt::Display for Orden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", if self.descendente { "-" } else { "" }, self.columna.as_str())
    }
}
