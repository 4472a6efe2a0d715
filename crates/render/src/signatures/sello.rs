//! Time stamps of somebody else's (RFC 3161): a signature over the digest of something and the moment.

use der::{
    Reader as _, Tag,
    asn1::{AnyRef, ObjectIdentifier, OctetString},
};
use x509_cert::spki::AlgorithmIdentifierRef;

use super::{
    cms::{self, Certificado, Cms},
    fallo::Fallo,
    fecha, verificar,
};

/// Where the stamp of a signature is found among what was added to it.
pub const SELLO_DE_TIEMPO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.14");

/// Checks a stamp of some bytes: the moment it tells, and the certificate of who stamped.
pub fn comprobar<'c>(cms: &'c Cms<'_>, de: &[&[u8]]) -> Result<(String, &'c Certificado), Fallo> {
    let contenido = cms.contenido.as_ref().ok_or(Fallo::Dañada)?.as_bytes();
    let certificado = verificar::comprobar(cms, &[contenido])?;
    let (algoritmo, resumen, fecha) = leer(contenido).ok_or(Fallo::Dañada)?;
    let propio = verificar::resumir(algoritmo, de).ok_or(Fallo::Algoritmo)?;
    if propio.as_ref() != resumen.as_bytes() {
        return Err(Fallo::Cambiado);
    }
    Ok((fecha, certificado))
}

/// The algorithm, the digest and the moment.
fn leer(contenido: &[u8]) -> Option<(ObjectIdentifier, OctetString, String)> {
    let mut r = cms::lector(contenido).ok()?;
    let mut r = cms::dentro(&mut r, Tag::Sequence).ok()?;
    cms::pieza(&mut r).ok()?; // version
    cms::pieza(&mut r).ok()?; // policy
    let mut huella = cms::dentro(&mut r, Tag::Sequence).ok()?;
    let algoritmo = huella.decode::<AlgorithmIdentifierRef<'_>>().ok()?.oid;
    let resumen = huella.decode::<OctetString>().ok()?;
    cms::pieza(&mut r).ok()?; // serial number
    let fecha = fecha::de_asn1(r.decode::<AnyRef<'_>>().ok()?)?;
    Some((algoritmo, resumen, fecha))
}
