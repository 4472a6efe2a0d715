//! The rules of a dealership's expedientes, without I/O, clock or async.
//!
//! Where to look:
//! - [`modelo`]: what an area of work is made of: fases, document types, index fields.
//! - [`campo`]: the types of index fields and their validators (NIF, VIN, IBAN, money, dates…).
//! - [`gate`]: which documents and fields a fase asks for, and what is missing to leave it.
//! - [`query`]: the search language: parse, complete, match in memory. Conditions of a modelo use it too.
//! - [`rol`]: who may do what, and [`scope`]: who sees which expedientes.
//! - [`mistake`]: what is wrong in a text file that somebody wrote, and what the system says of a file.
//! - [`nombre`]: names of files that came from elsewhere.
//! - [`texto`]: folding for comparisons, and stripping control characters from what people typed.

pub mod campo;
pub mod documento;
pub mod gate;
pub mod guess;
pub mod id;
pub mod mistake;
pub mod modelo;
pub mod nombre;
pub mod permisos;
pub mod query;
pub mod rol;
pub mod scope;
pub mod texto;
pub mod valor;

pub use documento::EstadoDocumento;
pub use id::{
    AvisoId, CampoId, DocumentoId, EntidadId, EquipoId, ExpedienteId, FaseId, ModeloId, NotaId, PlantillaId, TipoId,
    UsuarioId,
};
pub use modelo::{CampoIndice, Entidad, Fase, Modelo, Plantilla, TipoDocumento};
pub use nombre::clean_file_name;
pub use rol::{Permiso, Rol};
pub use scope::Scope;
pub use valor::{Indice, Valor};
