//! Mistakes of TOML files, in words that a person acts on: those of the service, of the client and of themes; and what the
//! system says of files.

/// What a parser of TOML says, as one Spanish sentence: what is wrong and what to do.
pub fn in_spanish(message: &str) -> String {
    let first = message.lines().next().unwrap_or_default();
    let quoted = || first.split('`').nth(1).unwrap_or_default();
    let known = || first.split('`').skip(3).step_by(2).collect::<Vec<_>>().join(", ");
    if first.starts_with("unknown field") {
        return format!("La clave «{}» no existe: quítela o use una de estas: {}.", quoted(), known());
    }
    if first.starts_with("missing field") {
        return format!("Falta la clave «{}»: escríbala.", quoted());
    }
    if first.starts_with("unknown variant") {
        return format!("«{}» no vale aquí: use uno de estos valores: {}.", quoted(), known());
    }
    if first.starts_with("duplicate key") {
        return "Esa clave está dos veces en la misma tabla: quite una de las dos.".to_owned();
    }
    if first.starts_with("invalid socket address") {
        return "El valor no es una dirección: escríbala con su puerto, como \"0.0.0.0:8443\".".to_owned();
    }
    let typed = first.strip_prefix("invalid type: ").or_else(|| first.strip_prefix("invalid value: "));
    if let Some((found, expected)) = typed.and_then(|rest| rest.rsplit_once(", expected ")) {
        return format!("Aquí va {} y hay {}: corríjalo.", wanted(expected), seen(found));
    }
    match SYNTAX.iter().find(|(begin, _)| first.starts_with(begin)) {
        Some((_, sentence)) => format!("El fichero no se entiende aquí: {sentence}."),
        None => "El fichero no se entiende aquí: corrija la escritura, o quite la línea.".to_owned(),
    }
}

/// Mistakes of writing: how the parser begins to tell them, and what to do.
const SYNTAX: &[(&str, &str)] = &[
    ("string values must be quoted", "escriba el valor; si es un texto, entre comillas (\"así\")"),
    ("invalid basic string", "cierre las comillas en la misma línea"),
    ("invalid literal string", "cierre las comillas en la misma línea"),
    ("key with no value", "escriba clave = valor"),
    ("unquoted keys cannot be empty", "escriba una clave delante del signo ="),
    ("unclosed table", "cierre el corchete"),
    ("unclosed array", "cierre el corchete"),
    ("missing comma", "separe con comas lo que va entre corchetes, y cierre el corchete"),
    ("unexpected key or value", "deje una sola clave en cada línea"),
    ("missing escaped value", "ponga dos barras (\\\\) donde quiera una, o use comillas simples"),
    ("invalid boolean", "escriba true o false, con minúsculas"),
    ("invalid float", "escriba un número, con un punto para los decimales"),
    ("invalid integer", "escriba un número entero, con cifras solas"),
];

/// What should stand there.
fn wanted(expected: &str) -> &str {
    match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" => "un número entero, sin comillas, que no sea negativo",
        "i8" | "i16" | "i32" | "i64" => "un número entero, sin comillas",
        "f32" | "f64" => "un número, sin comillas",
        "a boolean" => "true o false, sin comillas",
        "a string" | "string" | "path string" | "socket address" => "un texto entre comillas",
        "a sequence" => "una lista entre corchetes",
        "a map" => "una tabla",
        other if other.starts_with("struct") => "una tabla",
        other => other,
    }
}

/// What stands there.
fn seen(found: &str) -> String {
    let value = found.trim_start_matches(|c| !matches!(c, '`' | '"')).trim_matches(['`', '"']);
    match found.split(' ').next() {
        Some("string" | "character") => format!("el texto «{value}»"),
        Some("integer") => format!("el número «{value}»"),
        Some("floating") => format!("el número con decimales «{value}»"),
        Some("boolean") => format!("el valor «{value}»"),
        Some("sequence") => "una lista".to_owned(),
        Some("map") => "una tabla".to_owned(),
        _ => found.to_owned(),
    }
}

/// What the system says of a file, as the end of a Spanish sentence: `No se puede leer x: falta permiso.`
pub fn of_system(error: &std::io::Error) -> &'static str {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::NotFound => "no existe",
        Kind::PermissionDenied => "falta permiso",
        Kind::InvalidData => "no es texto UTF-8",
        Kind::IsADirectory => "es una carpeta",
        Kind::NotADirectory => "una parte de la ruta no es una carpeta",
        Kind::AlreadyExists => "ya existe",
        Kind::StorageFull | Kind::QuotaExceeded => "no queda sitio en el disco",
        Kind::ReadOnlyFilesystem => "el disco es de sólo lectura",
        Kind::FileTooLarge => "el fichero es demasiado grande",
        Kind::UnexpectedEof => "el fichero está cortado",
        Kind::BrokenPipe | Kind::ConnectionReset => "el otro lado ha cerrado",
        Kind::TimedOut => "no responde",
        _ => "el sistema no lo permite",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_is_told_in_spanish() {
        use std::io::{Error, ErrorKind};
        assert_eq!(of_system(&Error::from_raw_os_error(28)), "no queda sitio en el disco");
        assert_eq!(of_system(&ErrorKind::NotFound.into()), "no existe");
        assert_eq!(of_system(&Error::other("nobody knows")), "el sistema no lo permite");
    }

    /// Whatever the parser says, nobody has to know English.
    #[test]
    fn no_mistake_is_told_in_english() {
        let cases = [
            (
                "unknown field `temaa`, expected one of `tema`, `raton`",
                "«temaa» no existe: quítela o use una de estas: tema, raton",
            ),
            ("unknown variant `x`, expected `unicode` or `ascii`", "valores: unicode, ascii"),
            ("invalid type: string \"x\", expected u32", "hay el texto «x»"),
            ("invalid value: integer `-3`, expected u32", "que no sea negativo"),
            ("string values must be quoted, expected literal string", "entre comillas"),
            ("key with no value, expected `=`", "clave = valor"),
            ("something nobody has thought of, expected this", "corrija la escritura"),
        ];
        for (message, told) in cases {
            let sentence = in_spanish(message);
            assert!(sentence.contains(told), "{sentence}");
            assert!(!sentence.contains("expected") && !sentence.contains("invalid"), "{sentence}");
        }
    }
}
