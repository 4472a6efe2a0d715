//! Whether a signature is of a certificate's key, and of what it says it is of.

use der::{
    Reader as _,
    asn1::{ObjectIdentifier, UintRef},
};
use ring::{digest, signature};
use x509_cert::spki::SubjectPublicKeyInfoOwned;

use super::{
    cms::{self, Certificado, Cms, Firmante},
    fallo::Fallo,
};

const fn oid(texto: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(texto)
}

const MESSAGE_DIGEST: ObjectIdentifier = oid("1.2.840.113549.1.9.4");
const SHA1: ObjectIdentifier = oid("1.3.14.3.2.26");
const SHA256: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.1");
const SHA384: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.2");
const SHA512: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.3");
const RSA: ObjectIdentifier = oid("1.2.840.113549.1.1.1");
const RSA_PSS: ObjectIdentifier = oid("1.2.840.113549.1.1.10");
const EC: ObjectIdentifier = oid("1.2.840.10045.2.1");
const P256: ObjectIdentifier = oid("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = oid("1.3.132.0.34");
const ED25519: ObjectIdentifier = oid("1.3.101.112");

/// A way to digest.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Resumen {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Resumen {
    fn de(oid: ObjectIdentifier) -> Option<Self> {
        match oid {
            SHA1 => Some(Self::Sha1),
            SHA256 => Some(Self::Sha256),
            SHA384 => Some(Self::Sha384),
            SHA512 => Some(Self::Sha512),
            _ => None,
        }
    }

    fn algoritmo(self) -> &'static digest::Algorithm {
        match self {
            Self::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256 => &digest::SHA256,
            Self::Sha384 => &digest::SHA384,
            Self::Sha512 => &digest::SHA512,
        }
    }
}

/// The digest of some pieces one after the other, if it is of a known kind.
pub fn resumir(oid: ObjectIdentifier, trozos: &[&[u8]]) -> Option<digest::Digest> {
    let mut contexto = digest::Context::new(Resumen::de(oid)?.algoritmo());
    trozos.iter().for_each(|trozo| contexto.update(trozo));
    Some(contexto.finish())
}

/// The SHA-1 of some pieces, which one old kind of signature is of.
pub fn sha1(trozos: &[&[u8]]) -> Option<digest::Digest> {
    resumir(SHA1, trozos)
}

/// Checks that the one who signed signed this content; the certificate it was checked with.
pub fn comprobar<'c>(cms: &'c Cms<'_>, contenido: &[&[u8]]) -> Result<&'c Certificado, Fallo> {
    let certificado = cms.certificado().ok_or(Fallo::SinCertificado)?;
    let firmante = &cms.firmante;
    let firmado = match firmante.atributos_firmados() {
        None => contenido.concat(),
        Some(atributos) => {
            let resumen = resumir(firmante.resumen, contenido).ok_or(Fallo::Algoritmo)?;
            let dicho = firmante.firmado(MESSAGE_DIGEST).ok_or(Fallo::Dañada)?;
            if dicho.value() != resumen.as_ref() {
                return Err(Fallo::Cambiado);
            }
            atributos
        }
    };
    let clave = certificado.tbs_certificate().subject_public_key_info();
    let algoritmo = algoritmo(firmante, clave).ok_or(Fallo::Algoritmo)?;
    signature::UnparsedPublicKey::new(algoritmo, clave.subject_public_key.raw_bytes())
        .verify(&firmado, firmante.firma.as_bytes())
        .map_err(|_| Fallo::OtraClave)?;
    Ok(certificado)
}

type Algoritmo = &'static dyn signature::VerificationAlgorithm;

fn algoritmo(firmante: &Firmante<'_>, clave: &SubjectPublicKeyInfoOwned) -> Option<Algoritmo> {
    let firma = firmante.algoritmo;
    // Old programs name the key's kind here, and the digest beside it.
    let resumen = match firma.oid.to_string().as_str() {
        "1.2.840.113549.1.1.1" | "1.2.840.10045.2.1" => Resumen::de(firmante.resumen)?,
        "1.2.840.113549.1.1.5" => Resumen::Sha1,
        "1.2.840.113549.1.1.11" | "1.2.840.10045.4.3.2" => Resumen::Sha256,
        "1.2.840.113549.1.1.12" | "1.2.840.10045.4.3.3" => Resumen::Sha384,
        "1.2.840.113549.1.1.13" | "1.2.840.10045.4.3.4" => Resumen::Sha512,
        "1.2.840.113549.1.1.10" => pss(firma.parameters.map(|p| p.value()).unwrap_or_default())?,
        "1.3.101.112" => Resumen::Sha512,
        _ => return None,
    };
    match clave.algorithm.oid {
        RSA | RSA_PSS => rsa(resumen, firma.oid == RSA_PSS, bits(clave.subject_public_key.raw_bytes())?),
        EC => {
            let curva = clave.algorithm.parameters.as_ref()?.decode_as::<ObjectIdentifier>().ok()?;
            Some(match (curva, resumen) {
                (P256, Resumen::Sha256) => &signature::ECDSA_P256_SHA256_ASN1,
                (P256, Resumen::Sha384) => &signature::ECDSA_P256_SHA384_ASN1,
                (P384, Resumen::Sha256) => &signature::ECDSA_P384_SHA256_ASN1,
                (P384, Resumen::Sha384) => &signature::ECDSA_P384_SHA384_ASN1,
                _ => return None,
            })
        }
        ED25519 => Some(&signature::ED25519),
        _ => None,
    }
}

/// Keys shorter than 1024 bits prove nothing, longer than 8192 are nobody's.
fn rsa(resumen: Resumen, pss: bool, bits: usize) -> Option<Algoritmo> {
    let larga = (2047..=8192).contains(&bits);
    if !(1023..=8192).contains(&bits) {
        return None;
    }
    Some(match (pss, resumen) {
        (false, Resumen::Sha1) => &signature::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        (false, Resumen::Sha256) => &signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
        (false, Resumen::Sha512) => &signature::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
        (false, Resumen::Sha384) if larga => &signature::RSA_PKCS1_2048_8192_SHA384,
        (true, Resumen::Sha256) if larga => &signature::RSA_PSS_2048_8192_SHA256,
        (true, Resumen::Sha384) if larga => &signature::RSA_PSS_2048_8192_SHA384,
        (true, Resumen::Sha512) if larga => &signature::RSA_PSS_2048_8192_SHA512,
        _ => return None,
    })
}

/// The length of an RSA key's modulus.
fn bits(clave: &[u8]) -> Option<usize> {
    let mut r = cms::lector(clave).ok()?;
    let mut r = cms::dentro(&mut r, der::Tag::Sequence).ok()?;
    let modulo = r.decode::<UintRef<'_>>().ok()?;
    let primero = modulo.as_bytes().first()?;
    Some(modulo.as_bytes().len() * 8 - primero.leading_zeros() as usize)
}

/// The digest of an RSASSA-PSS signature (RFC 4055, 3.1), if its salt is as long as the digest: no other is checked here.
fn pss(parametros: &[u8]) -> Option<Resumen> {
    let mut r = cms::lector(parametros).ok()?;
    let (mut resumen, mut sal) = (Resumen::Sha1, 20);
    while !r.is_finished() {
        let (tag, valor) = cms::pieza(&mut r).ok()?;
        let mut r = cms::lector(valor).ok()?;
        match tag.number().value() {
            0 => resumen = Resumen::de(r.decode::<x509_cert::spki::AlgorithmIdentifierRef<'_>>().ok()?.oid)?,
            2 => sal = r.decode::<u16>().ok()?,
            _ => {}
        }
    }
    (resumen.algoritmo().output_len() == usize::from(sal)).then_some(resumen)
}
