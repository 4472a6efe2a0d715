//! Digital signatures of PDFs: which fields bear one, and what the file proves about it (ISO 32000-1, 12.8).
//!
//! What is checked is whether the bytes that a signature covers are those that were signed with the key of the
//! certificate that came along. Whom that certificate may be believed is not judged here.

mod campos;
mod cms;
mod fallo;
mod fecha;
mod rango;
mod sello;
mod verificar;

use der::asn1::{AnyRef, ObjectIdentifier};
use hayro::hayro_syntax::{
    Pdf,
    object::{Dict, Name, Object},
};
use serde::{Deserialize, Serialize};

use crate::{fields::texto_de, plain};
pub use campos::contar;
use campos::{Campo, campos};
use cms::{Certificado, Cms};
use fallo::Fallo;
use rango::Rango;

/// Signatures that are checked; each costs reading the whole file.
const MAX_FIRMAS: usize = 100;
/// Longest text told of one, in characters.
const MAX_TEXTO: usize = 300;
const FECHA_DE_FIRMA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");
const NOMBRE_COMUN: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const ORGANIZACION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");

/// What the check of a signature found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EstadoFirma {
    /// The bytes it covers have not changed since.
    Integra,
    /// They have, or the signature is not of this certificate.
    Alterada,
    /// It is made in a way that is not known here.
    #[default]
    NoComprobada,
}

/// One digital signature. Empty texts are not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Firma {
    /// Name of the form field.
    pub campo: String,
    /// Common name of the certificate, else what the file says.
    pub firmante: String,
    /// Common name or organisation of who vouches for the certificate.
    pub emisor: String,
    /// RFC 3339 in UTC.
    pub fecha: Option<String>,
    /// Whether the date is of a time stamp of somebody else's.
    pub sellada: bool,
    /// Reason given.
    pub motivo: String,
    /// Place given.
    pub lugar: String,
    /// Whether it covers the whole file.
    pub cubre_todo: bool,
    /// What was found.
    pub estado: EstadoFirma,
    /// Why it is not intact: one Spanish sentence.
    pub detalle: String,
}

/// The signatures of a document, in the order they were made.
pub fn firmas(bytes: &[u8], doc: &Pdf) -> Vec<Firma> {
    let mut firmas: Vec<(usize, Firma)> =
        campos(doc).into_iter().take(MAX_FIRMAS).map(|campo| firma(bytes, &campo)).collect();
    firmas.sort_by_key(|(fin, _)| *fin);
    firmas.into_iter().map(|(_, firma)| firma).collect()
}

/// One, and where in the file it ends.
fn firma(bytes: &[u8], campo: &Campo<'_>) -> (usize, Firma) {
    let dict = &campo.firma;
    let del_archivo = |clave| corto(&texto_de(dict, clave).unwrap_or_default());
    let mut firma = Firma {
        campo: corto(&campo.nombre),
        firmante: del_archivo("Name"),
        fecha: texto_de(dict, "M").and_then(|texto| fecha::de_pdf(&texto)),
        motivo: del_archivo("Reason"),
        lugar: del_archivo("Location"),
        ..Firma::default()
    };
    let (fin, hecho) = match Rango::de(dict, bytes) {
        Err(fallo) => (usize::MAX, Err(fallo)),
        Ok(rango) => {
            firma.cubre_todo = rango.hasta_el_final;
            (rango.fin, comprobar(dict, &rango, &mut firma))
        }
    };
    match hecho {
        Ok(()) => firma.estado = EstadoFirma::Integra,
        Err(fallo) => {
            firma.estado = fallo.estado();
            fallo.frase().clone_into(&mut firma.detalle);
        }
    }
    (fin, firma)
}

fn comprobar(dict: &Dict<'_>, rango: &Rango<'_>, firma: &mut Firma) -> Result<(), Fallo> {
    let modo = dict.get::<Name<'_>>("SubFilter").map(|modo| modo.to_vec()).unwrap_or_default();
    if !matches!(
        modo.as_slice(),
        b"adbe.pkcs7.detached" | b"ETSI.CAdES.detached" | b"adbe.pkcs7.sha1" | b"ETSI.RFC3161"
    ) {
        return Err(Fallo::Modo);
    }
    // In an encrypted file this one string is not encrypted, but the parser does not know that.
    let propia = dict.get::<Object<'_>>("Contents").and_then(Object::into_string);
    let es_esta = propia.is_some_and(|propia| propia.as_bytes() == rango.firma.as_slice());
    if !es_esta && !rango.trozos.iter().any(|trozo| contiene(trozo, b"/Encrypt")) {
        return Err(Fallo::Rango);
    }
    let cms = Cms::leer(&rango.firma).map_err(|_| Fallo::Dañada)?;
    if let Some(certificado) = cms.certificado() {
        quien(firma, certificado);
    }
    if modo == b"ETSI.RFC3161" {
        let (fecha, _) = sello::comprobar(&cms, &rango.trozos)?;
        (firma.fecha, firma.sellada) = (Some(fecha), true);
        return Ok(());
    }
    if let Some(dicha) = cms.firmante.firmado(FECHA_DE_FIRMA) {
        firma.fecha = fecha::de_asn1(AnyRef::from(&dicha)).or(firma.fecha.take());
    }
    if modo == b"adbe.pkcs7.sha1" {
        let contenido = cms.contenido.as_ref().ok_or(Fallo::Dañada)?.as_bytes();
        let resumen = verificar::sha1(&rango.trozos).ok_or(Fallo::Algoritmo)?;
        if resumen.as_ref() != contenido {
            return Err(Fallo::Cambiado);
        }
        verificar::comprobar(&cms, &[contenido])?;
    } else {
        verificar::comprobar(&cms, &rango.trozos)?;
    }
    // A stamp that is not right is none; the signature is what it is.
    if let Some(fecha) = sello_de(&cms) {
        (firma.fecha, firma.sellada) = (Some(fecha), true);
    }
    Ok(())
}

/// The moment of the time stamp that was added to a signature.
fn sello_de(cms: &Cms<'_>) -> Option<String> {
    use der::Encode as _;
    let sello = cms.firmante.sin_firmar(sello::SELLO_DE_TIEMPO)?.to_der().ok()?;
    let sello = Cms::leer(&sello).ok()?;
    let (fecha, _) = sello::comprobar(&sello, &[cms.firmante.firma.as_bytes()]).ok()?;
    Some(fecha)
}

fn quien(firma: &mut Firma, certificado: &Certificado) {
    let tbs = certificado.tbs_certificate();
    let nombre = |nombre: &x509_cert::name::Name| {
        let de = |oid| nombre.iter().find(|atributo| atributo.oid == oid);
        let atributo = de(NOMBRE_COMUN).or_else(|| de(ORGANIZACION));
        atributo.map(|atributo| corto(&cms::texto(AnyRef::from(&atributo.value)))).unwrap_or_default()
    };
    let propio = nombre(tbs.subject());
    if !propio.is_empty() {
        firma.firmante = propio;
    }
    firma.emisor = nombre(tbs.issuer());
}

/// One line, fit to be shown.
fn corto(texto: &str) -> String {
    plain::limpio(texto).split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MAX_TEXTO).collect()
}

fn contiene(donde: &[u8], que: &[u8]) -> bool {
    donde.windows(que.len()).any(|trozo| trozo == que)
}
