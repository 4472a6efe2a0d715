//! What can be said against a signature.

use super::EstadoFirma;

/// Why a signature is not known to be intact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fallo {
    /// The document is another.
    Cambiado,
    /// The signature is not of the certificate's key.
    OtraClave,
    /// Made in a way not known here.
    Modo,
    /// With an algorithm or a key not known here.
    Algoritmo,
    SinCertificado,
    Dañada,
    /// What it covers makes no sense.
    Rango,
}

impl Fallo {
    /// What it means for the signature.
    pub fn estado(self) -> EstadoFirma {
        match self {
            Self::Cambiado | Self::OtraClave => EstadoFirma::Alterada,
            _ => EstadoFirma::NoComprobada,
        }
    }

    /// The same in a sentence.
    pub fn frase(self) -> &'static str {
        match self {
            Self::Cambiado => "El documento ha cambiado después de firmarse.",
            Self::OtraClave => "La firma no es de la clave de su certificado.",
            Self::Modo => "La firma está hecha de un modo que aquí no se comprueba.",
            Self::Algoritmo => "La firma usa un algoritmo o una clave que aquí no se comprueban.",
            Self::SinCertificado => "La firma no trae el certificado de quien firmó.",
            Self::Dañada => "La firma está dañada y no se puede comprobar.",
            Self::Rango => "La firma no dice bien qué parte del documento cubre.",
        }
    }
}
