//! What the database says, in words that a person acts on.

/// Why the database failed, as the end of a Spanish sentence: `No se puede abrir x: el fichero no es una base de datos.`
pub fn told(error: &sqlx::Error) -> &'static str {
    if let sqlx::Error::Io(cause) = error {
        return domain::mistake::of_system(cause);
    }
    let code = error.as_database_error().and_then(|error| error.code()?.parse::<u32>().ok());
    // The lowest byte is the kind of failure, the others tell it apart further (sqlite.org/rescode.html).
    match code.map(|code| code & 0xff) {
        Some(3) => "falta permiso",
        Some(5 | 6) => "otro programa la está usando",
        Some(8) => "el disco es de sólo lectura",
        Some(10) => "el disco falla",
        Some(11) => "está dañada, devuélvala de una copia",
        Some(13) => "no queda sitio en el disco",
        Some(14) => "el fichero no se deja abrir, compruebe sus permisos y los de su carpeta",
        Some(26) => "el fichero no es una base de datos, devuélvala de una copia",
        _ => "ha fallado",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::told;
    use crate::store::Db;

    #[tokio::test]
    async fn what_is_no_database_is_told_in_spanish() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("x.db");
        std::fs::write(&file, [7; 9_000]).unwrap();
        let error = Db::open(&file).await.err().unwrap();
        assert!(told(&error).starts_with("el fichero no es una base de datos"), "{error}");
        let error = Db::open(dir.path()).await.err().unwrap();
        assert!(told(&error).starts_with("el fichero no se deja abrir"), "{error}");
    }
}
