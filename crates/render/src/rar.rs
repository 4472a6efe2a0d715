//! The list of a RAR archive, versions 4 and 5: a chain of headers that are not compressed, each saying how far it is
//! to the next.

use crate::{
    RenderError,
    comprimidos::{Entrada, Lista, fecha_hora, segundos},
    plain,
};

const FIRMA_4: &[u8] = b"Rar!\x1a\x07\x00";
const FIRMA_5: &[u8] = b"Rar!\x1a\x07\x01\x00";
/// Seconds between the first of January of 1601, where Windows begins to count, and that of 1970.
const DE_1601: u64 = 11_644_473_600;

/// What is in it; nothing when even that is encrypted.
pub fn listar(bytes: &[u8]) -> Result<Option<Lista>, RenderError> {
    if let Some(resto) = bytes.strip_prefix(FIRMA_5) {
        Ok(rar5(resto))
    } else {
        bytes.strip_prefix(FIRMA_4).map(rar4).ok_or(RenderError::Roto)
    }
}

/// Reads little-endian numbers from a header.
struct Campos<'a>(&'a [u8]);

impl<'a> Campos<'a> {
    fn trozo(&mut self, largo: usize) -> Option<&'a [u8]> {
        let (trozo, resto) = self.0.split_at_checked(largo)?;
        self.0 = resto;
        Some(trozo)
    }

    fn u8(&mut self) -> Option<u8> {
        self.trozo(1).and_then(|t| t.first().copied())
    }

    fn u16(&mut self) -> Option<u16> {
        self.trozo(2).and_then(|t| t.try_into().ok()).map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.trozo(4).and_then(|t| t.try_into().ok()).map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.trozo(8).and_then(|t| t.try_into().ok()).map(u64::from_le_bytes)
    }

    /// Seven bits a byte, the lowest first; the highest bit says that more follow.
    fn vint(&mut self) -> Option<u64> {
        let mut valor = 0;
        for n in 0..10 {
            let byte = self.u8()?;
            valor |= u64::from(byte & 0x7f).checked_shl(7 * n)?;
            if byte & 0x80 == 0 {
                return Some(valor);
            }
        }
        None
    }

    fn largo(&mut self) -> Option<usize> {
        self.vint().and_then(|n| usize::try_from(n).ok())
    }
}

fn rar5(bytes: &[u8]) -> Option<Lista> {
    const FICHERO: u64 = 2;
    const CIFRADO: u64 = 4;
    const FIN: u64 = 5;
    let (mut campos, mut lista) = (Campos(bytes), Lista::default());
    loop {
        let cabecera = (|| {
            campos.u32()?; // checksum
            let largo = campos.largo()?;
            campos.trozo(largo)
        })();
        let Some(cabecera) = cabecera.filter(|c| !c.is_empty()) else {
            lista.cortada = true;
            return Some(lista);
        };
        let mut de_esta = Campos(cabecera);
        let leida = (|| {
            let (clase, marcas) = (de_esta.vint()?, de_esta.vint()?);
            let extra = if marcas & 1 != 0 { de_esta.largo()? } else { 0 };
            let datos = if marcas & 2 != 0 { de_esta.largo()? } else { 0 };
            Some((clase, extra, datos))
        })();
        let Some((clase, extra, datos)) = leida else {
            lista.cortada = true;
            return Some(lista);
        };
        match clase {
            CIFRADO => return None,
            FIN => return Some(lista),
            FICHERO => {
                let seguir = fichero5(de_esta, extra).is_none_or(|entrada| lista.anadir(entrada));
                if !seguir {
                    return Some(lista);
                }
            }
            _ => {}
        }
        if campos.trozo(datos).is_none() {
            lista.cortada = true;
            return Some(lista);
        }
    }
}

fn fichero5(mut campos: Campos<'_>, extra: usize) -> Option<Entrada> {
    let (propios, extra) = campos.0.split_at_checked(campos.0.len().checked_sub(extra)?)?;
    campos.0 = propios;
    let marcas = campos.vint()?;
    let bytes = campos.vint()?;
    campos.vint()?; // attributes
    let mut fecha = if marcas & 2 != 0 { Some(u64::from(campos.u32()?)) } else { None };
    if marcas & 4 != 0 {
        campos.u32()?; // checksum
    }
    campos.vint()?; // compression
    campos.vint()?; // system
    let largo = campos.largo()?;
    let nombre = String::from_utf8_lossy(campos.trozo(largo)?).into_owned();

    let (mut extra, mut cifrada) = (Campos(extra), false);
    while let Some(mut registro) = extra.largo().and_then(|largo| extra.trozo(largo)).map(Campos) {
        match registro.vint() {
            Some(1) => cifrada = true,
            Some(3) => fecha = fecha_extra(&mut registro).or(fecha),
            _ => {}
        }
    }
    Some(Entrada {
        nombre,
        bytes: (marcas & 8 == 0).then_some(bytes),
        fecha: fecha.and_then(segundos),
        cifrada,
        carpeta: marcas & 1 != 0,
    })
}

fn fecha_extra(registro: &mut Campos<'_>) -> Option<u64> {
    let marcas = registro.vint()?;
    match (marcas & 2 != 0, marcas & 1 != 0) {
        (false, _) => None,
        (true, true) => registro.u32().map(u64::from),
        (true, false) => (registro.u64()? / 10_000_000).checked_sub(DE_1601),
    }
}

fn rar4(bytes: &[u8]) -> Option<Lista> {
    const PRINCIPAL: u8 = 0x73;
    const FICHERO: u8 = 0x74;
    const FIN: u8 = 0x7b;
    const CABECERA: usize = 7;
    let (mut campos, mut lista) = (Campos(bytes), Lista::default());
    loop {
        let cabecera = (|| {
            campos.u16()?; // checksum
            let (clase, marcas, largo) = (campos.u8()?, campos.u16()?, campos.u16()?);
            let resto = campos.trozo(usize::from(largo).checked_sub(CABECERA)?)?;
            Some((clase, marcas, Campos(resto)))
        })();
        let Some((clase, marcas, mut propios)) = cabecera else {
            lista.cortada = true;
            return Some(lista);
        };
        let con_datos = marcas & 0x8000 != 0 || clase == FICHERO;
        let mut datos = if con_datos { u64::from(Campos(propios.0).u32().unwrap_or(0)) } else { 0 };
        match clase {
            PRINCIPAL if marcas & 0x80 != 0 => return None,
            FIN => return Some(lista),
            FICHERO => {
                if let Some((entrada, mucho)) = fichero4(&mut propios, marcas) {
                    datos |= mucho << 32;
                    if !lista.anadir(entrada) {
                        return Some(lista);
                    }
                }
            }
            _ => {}
        }
        if usize::try_from(datos).ok().and_then(|datos| campos.trozo(datos)).is_none() {
            lista.cortada = true;
            return Some(lista);
        }
    }
}

/// The entry, and the high half of the length of its data.
fn fichero4(campos: &mut Campos<'_>, marcas: u16) -> Option<(Entrada, u64)> {
    campos.u32()?; // packed size
    let mut bytes = u64::from(campos.u32()?);
    campos.u8()?; // system
    campos.u32()?; // checksum
    let dos = campos.u32()?;
    campos.u16()?; // version and method
    let largo = campos.u16()?;
    campos.u32()?; // attributes
    let mut mucho = 0;
    if marcas & 0x100 != 0 {
        mucho = u64::from(campos.u32()?);
        bytes |= u64::from(campos.u32()?) << 32;
    }
    let nombre = campos.trozo(usize::from(largo))?;
    // A Unicode name stands packed after a zero; before it, the same in plain letters.
    let nombre = nombre.split(|b| *b == 0).next().unwrap_or_default();
    let parte = |desde: u32, bits: u32| i64::from(dos >> desde & ((1 << bits) - 1));
    let entrada = Entrada {
        nombre: plain::decode(nombre).replace('\\', "/"),
        bytes: Some(bytes),
        fecha: Some(fecha_hora([1980 + parte(25, 7), parte(21, 4), parte(16, 5), parte(11, 5), parte(5, 6)])),
        cifrada: marcas & 4 != 0,
        carpeta: marcas & 0xe0 == 0xe0,
    };
    Some((entrada, mucho))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    fn bloque5(cuerpo: &[u8], datos: &[u8]) -> Vec<u8> {
        [&[0; 4][..], &[cuerpo.len() as u8], cuerpo, datos].concat()
    }

    fn ejemplo5() -> Vec<u8> {
        // type, flags, extra, data, file flags, size, attributes, time, compression, system, name
        let mut fichero = vec![2, 3, 3, 5, 2, 0x80 | 0x10, 0x10, 0];
        fichero.extend(1_772_528_700_u32.to_le_bytes());
        fichero.extend([0, 1, 8]);
        fichero.extend("añ/x.pdf".as_bytes().iter().take(9));
        fichero[14] = 9;
        fichero.extend([2, 1, 0]); // a record of two bytes: encryption
        [FIRMA_5, &bloque5(&[1, 0, 0], b""), &bloque5(&fichero, b"datos"), &bloque5(&[5, 0, 0], b"")].concat()
    }

    fn ejemplo4() -> Vec<u8> {
        let mut fichero = vec![0, 0, 0x74, 0x04, 0x80, 0, 0];
        fichero.extend(4_u32.to_le_bytes());
        fichero.extend(1000_u32.to_le_bytes());
        fichero.extend([2, 0, 0, 0, 0]);
        fichero.extend((46_u32 << 25 | 3 << 21 | 3 << 16 | 9 << 11 | 5 << 5).to_le_bytes());
        fichero.extend([29, 0x33, 8, 0, 0, 0, 0, 0]);
        fichero.extend(b"a\\b.pdf\0");
        fichero[5] = fichero.len() as u8;
        let principal = [0, 0, 0x73, 0, 0, 13, 0, 0, 0, 0, 0, 0, 0];
        [FIRMA_4, &principal, &fichero, b"dato", &[0, 0, 0x7b, 0, 0x40, 7, 0]].concat()
    }

    #[test]
    fn version_5_is_listed() {
        let lista = listar(&ejemplo5()).unwrap().unwrap();
        assert!(!lista.cortada);
        let [entrada] = lista.entradas.as_slice() else { panic!("{lista:?}") };
        assert_eq!((entrada.nombre.as_str(), entrada.bytes, entrada.cifrada), ("añ/x.pdf", Some(2064), true));
        assert_eq!(entrada.fecha.as_deref(), Some("03/03/2026 09:05"));
    }

    #[test]
    fn version_4_is_listed() {
        let lista = listar(&ejemplo4()).unwrap().unwrap();
        assert!(!lista.cortada);
        let [entrada] = lista.entradas.as_slice() else { panic!("{lista:?}") };
        assert_eq!((entrada.nombre.as_str(), entrada.bytes, entrada.cifrada), ("a/b.pdf", Some(1000), true));
        assert_eq!(entrada.fecha.as_deref(), Some("03/03/2026 09:05"));
    }

    #[test]
    fn encrypted_lists_are_not_guessed_at() {
        assert!(listar(&[FIRMA_5, &bloque5(&[4, 0, 0], b"")].concat()).unwrap().is_none());
        let principal = [0, 0, 0x73, 0x80, 0, 13, 0, 0, 0, 0, 0, 0, 0];
        assert!(listar(&[FIRMA_4, &principal].concat()).unwrap().is_none());
    }

    #[test]
    fn an_archive_cut_anywhere_says_so() {
        for bytes in [ejemplo5(), ejemplo4()] {
            for n in 8..bytes.len() - 7 {
                assert!(listar(&bytes[..n]).unwrap().unwrap().cortada, "{n}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_come_to_an_end(lugar in 0_usize..90, byte: u8) {
            for mut bytes in [ejemplo5(), ejemplo4()] {
                if let Some(b) = bytes.get_mut(lugar) {
                    *b = byte;
                }
                let _ = listar(&bytes);
            }
        }
    }
}
