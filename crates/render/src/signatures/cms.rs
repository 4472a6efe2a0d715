//! The envelope of a signature: CMS `SignedData` (RFC 5652).
//!
//! It is taken apart piece by piece instead of being decoded as a whole: the signed attributes are needed byte for byte
//! as they were signed, old programs write them in BER, and a certificate that is not quite as it should be must not
//! hide the signature beside it.

use der::{
    Decode as _, EncodingRules, Header, Reader, SliceReader, Tag,
    asn1::{Any, AnyRef, ObjectIdentifier, OctetString},
};
use x509_cert::{
    attr::Attribute,
    certificate::{CertificateInner, Raw},
    ext::pkix::SubjectKeyIdentifier,
    spki::AlgorithmIdentifierRef,
};

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
/// Certificates read; a chain has few.
const MAX_CERTIFICADOS: usize = 64;
const MAX_ATRIBUTOS: usize = 64;

/// A certificate, whose odd numbers and dates are not our business.
pub type Certificado = CertificateInner<Raw>;

/// The envelope.
pub struct Cms<'a> {
    /// What is in it, when that is not detached.
    pub contenido: Option<OctetString>,
    certificados: Vec<Certificado>,
    /// The first of those who signed; in PDF there is one.
    pub firmante: Firmante<'a>,
}

/// One who signed.
pub struct Firmante<'a> {
    quien: Quien<'a>,
    /// How the content was digested.
    pub resumen: ObjectIdentifier,
    /// What was signed besides, as it stands.
    atributos: Option<&'a [u8]>,
    /// How it was signed.
    pub algoritmo: AlgorithmIdentifierRef<'a>,
    /// The signature itself.
    pub firma: OctetString,
    sin_firmar: Option<&'a [u8]>,
}

/// How the certificate is named.
enum Quien<'a> {
    /// Issuer as it stands, and serial number.
    Emisor(&'a [u8], &'a [u8]),
    Clave(&'a [u8]),
}

impl<'a> Cms<'a> {
    /// Reads an envelope; what follows it is filling.
    pub fn leer(bytes: &'a [u8]) -> der::Result<Self> {
        let mut r = lector(bytes)?;
        let mut r = dentro(&mut r, Tag::Sequence)?;
        if r.decode::<ObjectIdentifier>()? != SIGNED_DATA {
            return Err(der::ErrorKind::Failed.into());
        }
        let (_, datos) = pieza(&mut r)?;
        let mut r = lector(datos)?;
        let mut r = dentro(&mut r, Tag::Sequence)?;
        pieza(&mut r)?; // version
        pieza(&mut r)?; // digests
        let mut encapsulado = dentro(&mut r, Tag::Sequence)?;
        pieza(&mut encapsulado)?; // kind of content
        let contenido = if encapsulado.is_finished() {
            None
        } else {
            let (_, explicito) = pieza(&mut encapsulado)?;
            Some(lector(explicito)?.decode::<OctetString>()?)
        };
        let mut certificados = Vec::new();
        while contextual(&r).is_some() {
            let (tag, valor) = pieza(&mut r)?;
            if tag.number().value() == 0 {
                let mut r = lector(valor)?;
                while !r.is_finished() && certificados.len() < MAX_CERTIFICADOS {
                    let certificado = r.tlv_bytes()?;
                    certificados.extend(lector(certificado)?.decode::<Certificado>().ok());
                }
            }
        }
        let mut r = dentro(&mut r, Tag::Set)?;
        let firmante = Firmante::leer(&mut dentro(&mut r, Tag::Sequence)?)?;
        Ok(Self { contenido, certificados, firmante })
    }

    /// The certificate of the one who signed, if it came along.
    pub fn certificado(&self) -> Option<&Certificado> {
        use der::Encode as _;
        self.certificados.iter().find(|certificado| {
            let tbs = certificado.tbs_certificate();
            match self.firmante.quien {
                Quien::Emisor(emisor, serie) => {
                    tbs.serial_number().as_bytes() == serie && tbs.issuer().to_der().is_ok_and(|der| der == emisor)
                }
                Quien::Clave(clave) => tbs
                    .get_extension::<SubjectKeyIdentifier>()
                    .is_ok_and(|ski| ski.is_some_and(|(_, ski)| ski.0.as_bytes() == clave)),
            }
        })
    }
}

impl<'a> Firmante<'a> {
    fn leer(r: &mut SliceReader<'a>) -> der::Result<Self> {
        pieza(r)?; // version
        let quien = if contextual(r).is_some() {
            Quien::Clave(pieza(r)?.1)
        } else {
            let mut r = dentro(r, Tag::Sequence)?;
            Quien::Emisor(r.tlv_bytes()?, pieza(&mut r)?.1)
        };
        let resumen = r.decode::<AlgorithmIdentifierRef<'_>>()?.oid;
        let atributos = if contextual(r) == Some(0) { Some(r.tlv_bytes()?) } else { None };
        let algoritmo = r.decode()?;
        let firma = r.decode()?;
        let sin_firmar = if contextual(r) == Some(1) { Some(pieza(r)?.1) } else { None };
        Ok(Self { quien, resumen, atributos, algoritmo, firma, sin_firmar })
    }

    /// The signed attributes as they were signed: as a set, whatever tag they bear here.
    pub fn atributos_firmados(&self) -> Option<Vec<u8>> {
        let (_, resto) = self.atributos?.split_first()?;
        Some([&[0x31], resto].concat())
    }

    /// The value of a signed attribute, if there is one and no more.
    pub fn firmado(&self, oid: ObjectIdentifier) -> Option<Any> {
        let mut r = lector(self.atributos?).ok()?;
        buscar(pieza(&mut r).ok()?.1, oid)
    }

    /// The value of an attribute that was added after signing.
    pub fn sin_firmar(&self, oid: ObjectIdentifier) -> Option<Any> {
        buscar(self.sin_firmar?, oid)
    }
}

fn buscar(atributos: &[u8], oid: ObjectIdentifier) -> Option<Any> {
    let mut r = lector(atributos).ok()?;
    let mut hallado = None;
    for _ in 0..MAX_ATRIBUTOS {
        if r.is_finished() {
            break;
        }
        let atributo = r.decode::<Attribute>().ok()?;
        if atributo.oid == oid {
            let mut valores = atributo.values.into_vec();
            if hallado.is_some() || valores.len() != 1 {
                return None;
            }
            hallado = valores.pop();
        }
    }
    hallado
}

/// Reads bytes in the laxer of the two encodings.
pub fn lector(bytes: &[u8]) -> der::Result<SliceReader<'_>> {
    SliceReader::new_with_encoding_rules(bytes, EncodingRules::Ber)
}

/// The next piece's tag and what is in it.
pub fn pieza<'a>(r: &mut SliceReader<'a>) -> der::Result<(Tag, &'a [u8])> {
    let todo = r.tlv_bytes()?;
    let mut r = lector(todo)?;
    let cabecera = Header::decode(&mut r)?;
    let inicio = usize::try_from(r.position())?;
    // An end that is marked instead of counted (a length of 0x80) is marked by two bytes.
    let marcado = inicio.checked_sub(1).and_then(|n| todo.get(n)) == Some(&0x80);
    let fin = todo.len() - if marcado { 2 } else { 0 };
    todo.get(inicio..fin).map(|valor| (cabecera.tag(), valor)).ok_or_else(|| der::ErrorKind::Failed.into())
}

/// Goes into the next piece, which must be of this kind.
pub fn dentro<'a>(r: &mut SliceReader<'a>, tag: Tag) -> der::Result<SliceReader<'a>> {
    let (esta, valor) = pieza(r)?;
    esta.assert_eq(tag)?;
    lector(valor)
}

/// The number of the next piece's tag if it is one that depends on the place.
fn contextual(r: &SliceReader<'_>) -> Option<u32> {
    match Tag::peek(r) {
        Ok(Tag::ContextSpecific { number, .. }) => Some(number.value()),
        _ => None,
    }
}

/// Text in any of the kinds of strings that certificates have.
pub fn texto(valor: AnyRef<'_>) -> String {
    let bytes = valor.value();
    match valor.header().tag() {
        Tag::BmpString => {
            let unidades = bytes.chunks_exact(2).map(|par| u16::from_be_bytes([par[0], par[1]]));
            char::decode_utf16(unidades).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        _ => match std::str::from_utf8(bytes) {
            Ok(texto) => texto.to_owned(),
            Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
        },
    }
}
