//! Where the next page begins: the order, the last row's value in it, and its id.

use crate::store::sql::Sql;
use api::lista::Orden;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

/// A place in an ordered list. Opaque to clients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The order it belongs to.
    pub orden: Orden,
    /// The last row's value in the order's column.
    pub valor: Valor,
    /// The last row's id.
    pub id: i64,
}

impl Cursor {
    /// Value and id as binds, with a comma between.
    pub(super) fn binds(&self) -> Sql {
        let mut sql = Sql::default();
        match &self.valor {
            Valor::Int(n) => sql.bind(*n),
            Valor::Text(text) => sql.bind(text.as_str()),
        };
        sql.push(", ").bind(self.id);
        sql
    }
}

/// A value of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Valor {
    /// A number.
    Int(i64),
    /// Text.
    Text(String),
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts = serde_json::json!([self.orden.to_string(), self.valor, self.id]).to_string();
        f.write_str(&URL_SAFE_NO_PAD.encode(parts))
    }
}

impl std::str::FromStr for Cursor {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(drop)?;
        let (orden, valor, id): (String, Valor, i64) = serde_json::from_slice(&bytes).map_err(drop)?;
        let cursor = Self { orden: orden.parse()?, valor, id };
        let fits = matches!(cursor.valor, Valor::Text(_)) == super::plan::is_text(cursor.orden.columna);
        if fits { Ok(cursor) } else { Err(()) }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_went_and_nothing_else_is_one() {
        let cursor = Cursor { orden: "-cliente".parse().unwrap(), valor: Valor::Text("íñigo".into()), id: 7 };
        assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
        let other = Cursor { orden: "docs".parse().unwrap(), ..cursor };
        for bad in ["", "x", "\u{0}", "W10", &other.to_string()] {
            assert!(bad.parse::<Cursor>().is_err(), "{bad}");
        }
    }
}
