//! What is in an archive: names, sizes and dates. Nothing is ever unpacked, so that no archive can cost more than its
//! list, and one inside another stays closed.

use std::io::Cursor;

use crate::{
    Formato, RenderError,
    bloques::{Bloque, Celda},
    plain, rar,
};

/// Entries that are listed; of the others one learns how many there are.
const MAX_ENTRADAS: usize = 2000;
/// Entries that are counted.
const MAX_CONTADAS: usize = 1_000_000;
/// A name longer than this is cut: no file system has longer ones.
const MAX_NOMBRE: usize = 512;

/// One file or folder in an archive.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Entrada {
    /// Its name, with its folders.
    pub nombre: String,
    /// Its length unpacked, when the archive tells.
    pub bytes: Option<u64>,
    /// When it was last changed, as the archive's maker's clock showed it.
    pub fecha: Option<String>,
    /// Whether a password is needed.
    pub cifrada: bool,
    /// Whether it is a folder.
    pub carpeta: bool,
}

/// The list of an archive.
#[derive(Debug, Default)]
pub struct Lista {
    /// The first ones.
    pub entradas: Vec<Entrada>,
    /// How many there are, those listed included.
    pub total: usize,
    /// Whether the archive ends before its list does.
    pub cortada: bool,
}

impl Lista {
    /// Notes an entry; false when no more are counted.
    pub fn anadir(&mut self, entrada: Entrada) -> bool {
        self.total += 1;
        if self.entradas.len() < MAX_ENTRADAS {
            let nombre: String = entrada.nombre.chars().take(MAX_NOMBRE).collect();
            self.entradas.push(Entrada { nombre: limpio(&nombre), ..entrada });
        }
        self.total < MAX_CONTADAS
    }
}

/// The page of an archive.
pub fn leer(bytes: &[u8], formato: Formato) -> Result<Vec<Bloque>, RenderError> {
    match formato {
        Formato::Zip => Ok(pagina("ZIP", &zip(bytes)?)),
        Formato::Tar => Ok(pagina("TAR", &tar(bytes)?)),
        Formato::Rar => Ok(match rar::listar(bytes)? {
            Some(lista) => pagina("RAR", &lista),
            None => frase("RAR", "Su lista está cifrada: para verla hace falta la contraseña."),
        }),
        Formato::Gzip => Ok(gzip(bytes)),
        Formato::SieteZip => {
            Ok(frase("7z", "Su lista está comprimida como el resto; para ver qué contiene, descárguelo y ábralo."))
        }
        _ => Err(RenderError::FormatoDesconocido),
    }
}

fn frase(clase: &str, texto: &str) -> Vec<Bloque> {
    vec![Bloque::Titulo(format!("Archivo comprimido {clase}")), Bloque::parrafo(""), Bloque::parrafo(texto)]
}

fn pagina(clase: &str, lista: &Lista) -> Vec<Bloque> {
    let ficheros = match lista.total {
        0 => "no contiene nada".to_owned(),
        1 => "contiene 1 elemento".to_owned(),
        n => format!("contiene {} elementos", miles(n as u64)),
    };
    let mut bloques = vec![Bloque::Titulo(format!("Archivo comprimido {clase}: {ficheros}")), Bloque::parrafo("")];
    let suma = lista.entradas.iter().try_fold(0_u64, |suma, e| suma.checked_add(e.bytes.unwrap_or(0)));
    if let Some(suma) = suma.filter(|_| lista.total > 1 && lista.total == lista.entradas.len()) {
        bloques.push(Bloque::parrafo(format!("Desempaquetado ocuparía {}.", tamano(suma))));
    }
    if lista.cortada {
        bloques.push(Bloque::parrafo("El archivo está incompleto: puede faltar algo en esta lista."));
    }
    if lista.entradas.iter().any(|e| e.cifrada) {
        bloques.push(Bloque::parrafo("Lo marcado con «contraseña» está cifrado."));
    }
    if !lista.entradas.is_empty() {
        let titulos = ["Nombre", "Tamaño", "Fecha", ""].map(Celda::nueva).to_vec();
        let filas = lista.entradas.iter().map(|e| {
            let bytes = if e.carpeta { "carpeta".to_owned() } else { e.bytes.map(tamano).unwrap_or_default() };
            let marca = if e.cifrada { "contraseña" } else { "" };
            vec![
                Celda::nueva(e.nombre.clone()),
                Celda::cifra(bytes),
                Celda::nueva(e.fecha.clone().unwrap_or_default()),
                Celda::nueva(marca),
            ]
        });
        bloques.push(Bloque::Tabla { filas: std::iter::once(titulos).chain(filas).collect(), cabecera: true });
    }
    let faltan = lista.total - lista.entradas.len();
    if faltan > 0 {
        bloques.push(Bloque::parrafo(format!("… y {} más.", miles(faltan as u64))));
    }
    bloques
}

/// By the central directory alone.
fn zip(bytes: &[u8]) -> Result<Lista, RenderError> {
    let mut archivo = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| RenderError::Roto)?;
    let mut lista = Lista { total: archivo.len(), ..Lista::default() };
    for n in 0..archivo.len().min(MAX_ENTRADAS) {
        let Ok(entrada) = archivo.by_index_raw(n) else {
            lista.cortada = true;
            continue;
        };
        // Names without the UTF-8 flag are of whatever code page the maker had; most are UTF-8 all the same.
        let nombre = match std::str::from_utf8(entrada.name_raw()) {
            Ok(nombre) => nombre.into(),
            Err(_) => entrada.name().unwrap_or_default(),
        };
        let fecha = entrada.last_modified().filter(zip::DateTime::is_valid);
        let nombre: String = nombre.chars().take(MAX_NOMBRE).collect();
        lista.entradas.push(Entrada {
            nombre: limpio(&nombre),
            bytes: Some(entrada.size()),
            fecha: fecha.map(|f| {
                fecha_hora([f.year().into(), f.month().into(), f.day().into(), f.hour().into(), f.minute().into()])
            }),
            cifrada: entrada.encrypted(),
            carpeta: entrada.is_dir(),
        });
    }
    Ok(lista)
}

fn tar(bytes: &[u8]) -> Result<Lista, RenderError> {
    let mut archivo = tar::Archive::new(Cursor::new(bytes));
    let mut lista = Lista::default();
    for entrada in archivo.entries_with_seek().map_err(|_| RenderError::Roto)? {
        let Ok(entrada) = entrada else {
            lista.cortada = true;
            break;
        };
        let cabecera = entrada.header();
        let nueva = Entrada {
            nombre: String::from_utf8_lossy(&entrada.path_bytes()).into_owned(),
            bytes: Some(entrada.size()),
            fecha: cabecera.mtime().ok().and_then(segundos),
            cifrada: false,
            carpeta: cabecera.entry_type().is_dir(),
        };
        if !lista.anadir(nueva) {
            break;
        }
    }
    if lista.total == 0 && lista.cortada { Err(RenderError::Roto) } else { Ok(lista) }
}

/// RFC 1952: the name and date of the one file in it stand before it, the low bits of its length at the end.
fn gzip(bytes: &[u8]) -> Vec<Bloque> {
    const EXTRA: u8 = 4;
    const NOMBRE: u8 = 8;
    let (marcas, fecha) = match bytes {
        [_, _, _, marcas, a, b, c, d, ..] => (*marcas, u32::from_le_bytes([*a, *b, *c, *d])),
        _ => (0, 0),
    };
    let mut resto = bytes.get(10..).unwrap_or_default();
    if marcas & EXTRA != 0 {
        let largo = resto.first_chunk::<2>().map_or(0, |l| usize::from(u16::from_le_bytes(*l)));
        resto = resto.get(2 + largo..).unwrap_or_default();
    }
    let nombre = (marcas & NOMBRE != 0).then(|| {
        let fin = resto.iter().take(MAX_NOMBRE).position(|b| *b == 0).unwrap_or(0);
        limpio(&plain::decode(&resto[..fin]))
    });
    let nombre = nombre.filter(|n| !n.is_empty()).unwrap_or_else(|| "sin nombre".to_owned());
    let largo = bytes.last_chunk::<4>().map(|l| u64::from(u32::from_le_bytes(*l)));
    let lista = Lista {
        total: 1,
        entradas: vec![Entrada {
            nombre,
            bytes: largo,
            fecha: Some(u64::from(fecha)).filter(|f| *f > 0).and_then(segundos),
            ..Entrada::default()
        }],
        cortada: false,
    };
    pagina("GZIP", &lista)
}

/// A name that fits on one line and fools nobody.
fn limpio(nombre: &str) -> String {
    plain::limpio(nombre).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Seconds since 1970 as a date, in universal time: the archive does not tell the zone.
pub fn segundos(desde_1970: u64) -> Option<String> {
    let momento = jiff::Timestamp::from_second(i64::try_from(desde_1970).ok()?).ok()?;
    let d = jiff::tz::TimeZone::UTC.to_datetime(momento);
    Some(fecha_hora([d.year().into(), d.month().into(), d.day().into(), d.hour().into(), d.minute().into()]))
}

/// Year, month, day, hour and minute as people here write them.
pub fn fecha_hora([ano, mes, dia, hora, minuto]: [i64; 5]) -> String {
    format!("{dia:02}/{mes:02}/{ano} {hora:02}:{minuto:02}")
}

/// A size in the unit that needs the fewest digits.
pub fn tamano(bytes: u64) -> String {
    const KILO: u64 = 1024;
    match bytes {
        0..KILO => format!("{bytes} bytes"),
        KILO..1_048_576 => format!("{} kB", bytes.div_ceil(KILO)),
        _ => format!("{} MB", miles(bytes.div_ceil(1_048_576))),
    }
}

/// Digits in groups of three.
fn miles(n: u64) -> String {
    let cifras = n.to_string();
    let grupos: Vec<&str> = {
        let primero = cifras.len() % 3;
        let (cabeza, resto) = cifras.split_at(primero);
        let grupos = (0..resto.len() / 3).filter_map(|i| resto.get(i * 3..i * 3 + 3));
        std::iter::once(cabeza).filter(|c| !c.is_empty()).chain(grupos).collect()
    };
    grupos.join(".")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn dates_are_right_on_the_days_that_are_easily_wrong() {
        assert_eq!(segundos(0).unwrap(), "01/01/1970 00:00");
        assert_eq!(segundos(951_782_400).unwrap(), "29/02/2000 00:00");
        assert_eq!(segundos(1_772_528_700).unwrap(), "03/03/2026 09:05");
        assert_eq!(segundos(u64::MAX), None);
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!([5, 2048, 3 << 20, 5 << 30].map(tamano), ["5 bytes", "2 kB", "3 MB", "5.120 MB"]);
    }
}
