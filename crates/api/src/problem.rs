//! Errors on the wire: RFC 9457 problem details with a stable code.

use serde::{Deserialize, Serialize};

/// `application/problem+json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `urn:expedientes:problema:<codigo>`.
    #[serde(rename = "type")]
    pub tipo: String,
    /// Short English title of the kind of problem.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What programs go by.
    pub codigo: Codigo,
    /// This case, one plain Spanish sentence that says what to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Wrong fields: index field or parameter, and the sentence about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub campos: Vec<CampoMalo>,
    /// What is missing to leave the fase, with [`Codigo::FaseBloqueada`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faltas: Vec<crate::fase::FaltaVista>,
    /// What changed meanwhile, with [`Codigo::RevisionAntigua`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conflicto: Option<crate::expediente::Conflicto>,
    /// The request's id, to be quoted to support.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peticion: Option<String>,
}

/// A wrong field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CampoMalo {
    /// Index field id or parameter name.
    pub campo: String,
    /// One Spanish sentence.
    pub mensaje: String,
}

macro_rules! codigos {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $status:literal, $title:literal;)*) => {
        /// Stable codes of problems. A newer service may send one this client does not know: [`Codigo::Otro`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Codigo {
            $($(#[$doc])* #[serde(rename = $text)] $name,)*
            /// A code this program does not know.
            #[serde(other, rename = "otro")]
            Otro,
        }

        impl Codigo {
            /// Every code the service sends.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The code as on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* Self::Otro => "otro" }
            }

            /// The HTTP status it comes with.
            pub fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* Self::Otro => 500 }
            }

            /// The English title it comes with.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* Self::Otro => "Unknown problem" }
            }
        }
    };
}

codigos! {
    /// Malformed request: a parameter, a header or a body that cannot be read.
    PeticionInvalida = "peticion-invalida", 400, "Malformed request";
    /// The search text is wrong; `detail` says what and where.
    BusquedaInvalida = "busqueda-invalida", 400, "Malformed search";
    /// No session, or it has expired or was revoked.
    SinSesion = "sin-sesion", 401, "Sign-in required";
    /// Wrong user or password.
    CredencialesMalas = "credenciales-malas", 401, "Wrong user or password";
    /// A second factor is asked for.
    CodigoRequerido = "codigo-requerido", 401, "One-time code required";
    /// The role may not do this.
    SinPermiso = "sin-permiso", 403, "Not allowed";
    /// Not there, or not within what this person sees.
    NoEncontrado = "no-encontrado", 404, "Not found";
    /// The path has no such method.
    MetodoNoPermitido = "metodo-no-permitido", 405, "Method not allowed";
    /// The state of the thing does not allow it (already validated, closed expediente…).
    Estado = "estado", 409, "Conflicts with the current state";
    /// The fase cannot be left: `faltas` says why.
    FaseBloqueada = "fase-bloqueada", 409, "The gate is closed";
    /// The same idempotency key with another body, or still under way.
    ClaveRepetida = "clave-repetida", 409, "Idempotency key reused";
    /// An upload that has expired or was ended.
    SubidaCaducada = "subida-caducada", 410, "Upload is gone";
    /// The `If-Match` revision is not the current one: `conflicto` says what changed.
    RevisionAntigua = "revision-antigua", 412, "Stale revision";
    /// More bytes than allowed.
    DemasiadoGrande = "demasiado-grande", 413, "Too large";
    /// The content is not of an accepted format.
    FormatoNoAdmitido = "formato-no-admitido", 415, "Format not accepted";
    /// The range asked for is outside the file.
    RangoInvalido = "rango-invalido", 416, "Range not satisfiable";
    /// Values that break a rule: `campos` says which.
    DatosInvalidos = "datos-invalidos", 422, "Invalid data";
    /// The document cannot be drawn (encrypted, broken, unknown): `detail` says why.
    SinVistaPrevia = "sin-vista-previa", 422, "No preview";
    /// The document asks for a password: send it with the header `Clave-Documento`.
    ClaveNecesaria = "clave-necesaria", 422, "Document password required";
    /// The document has another password.
    ClaveIncorrecta = "clave-incorrecta", 422, "Wrong document password";
    /// `If-Match` is required here.
    RevisionRequerida = "revision-requerida", 428, "If-Match required";
    /// Too many attempts; `Retry-After` says when.
    DemasiadosIntentos = "demasiados-intentos", 429, "Too many attempts";
    /// Too many uploads begun and not finished: finish or end some.
    DemasiadasSubidas = "demasiadas-subidas", 429, "Too many open uploads";
    /// tus: the bytes do not match the checksum.
    SumaMala = "suma-mala", 460, "Checksum mismatch";
    /// A fault of the service; the log has the cause under the request's id.
    Interno = "interno", 500, "Internal error";
    /// The service cannot do it just now (database busy, stopping); try again.
    NoDisponible = "no-disponible", 503, "Unavailable";
    /// No space left for files or database.
    SinEspacio = "sin-espacio", 507, "Insufficient storage";
}

/// Not derived: that reads the variants' own names, for the words come from the macro.
#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Codigo {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        let words = Self::ALL.iter().map(|codigo| codigo.as_str()).chain(["otro"]);
        let description = "Stable codes of problems. A newer service may send others.";
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .enum_values(Some(words))
            .description(Some(description))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Codigo {}

impl Problem {
    /// A problem of that code with a sentence for people.
    pub fn new(codigo: Codigo, detail: impl Into<String>) -> Self {
        Self {
            tipo: format!("urn:expedientes:problema:{}", codigo.as_str()),
            title: codigo.title().to_owned(),
            status: codigo.status(),
            codigo,
            detail: Some(detail.into()),
            campos: Vec::new(),
            faltas: Vec::new(),
            conflicto: None,
            peticion: None,
        }
    }
}
