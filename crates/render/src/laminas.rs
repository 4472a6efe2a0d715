//! What has no pages of its own, laid out: text, tables, messages, archives, and office files without their program.

use crate::{
    Formato, RenderError,
    composicion::{Modo, maquetar},
    comprimidos, csv,
    layout::Hojas,
    mail, msg, office, plain,
};

/// The pages of such a document.
pub fn leer(bytes: &[u8], formato: Formato) -> Result<Hojas, RenderError> {
    match formato {
        Formato::Texto => Ok(Hojas::new(&plain::decode(bytes))),
        Formato::Csv => Ok(maquetar(&csv::leer(bytes), Modo::Calculo)),
        Formato::Correo => Ok(Hojas::new(&mail::texto(bytes)?)),
        Formato::Msg => Ok(Hojas::new(&msg::texto(bytes)?)),
        Formato::Zip | Formato::SieteZip | Formato::Rar | Formato::Tar | Formato::Gzip => {
            Ok(maquetar(&comprimidos::leer(bytes, formato)?, Modo::Carta))
        }
        Formato::Desconocido => Err(RenderError::FormatoDesconocido),
        _ => office::leer(bytes, formato),
    }
}
