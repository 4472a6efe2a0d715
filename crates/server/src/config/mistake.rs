//! Mistakes of a TOML file, in words that a person acts on.

use super::lines::line_of_offset;

/// Line (0 when the parser does not tell) and one Spanish sentence.
pub fn told(text: &str, cause: &toml::de::Error) -> (usize, String) {
    (cause.span().map_or(0, |span| line_of_offset(text, span.start)), in_spanish(cause.message()))
}

/// The commonest mistakes; the parser's own words for the rest.
fn in_spanish(message: &str) -> String {
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
    format!("El fichero no se entiende aquí: corrija la escritura ({first}).")
}

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
