//! A house with two entidades, its people, and the modelos that ship.

use api::Problem;
use api::expediente::{Cambiado, ExpedienteDetalle, ExpedienteNuevo, IndiceCambio};
use domain::{CampoId, EquipoId, EstadoDocumento, ExpedienteId, Indice, Modelo, Rol, Scope, TipoId, UsuarioId, Valor};
use server::app::documentos::Clave;
use server::app::{Actor, expedientes};
use server::blobs::Blobs;
use server::config::{self, Configuracion};
use server::state::{Clock, Inner};
use server::store::Db;
use server::store::documentos::{self, Contenido};
use server::{AppError, AppResult, AppState, Settings};
use std::sync::Arc;

pub const ENTIDADES: &str = "[[entidad]]\nid = \"norte\"\nnombre = \"Norte\"\nmodelos = [\"venta-vn\", \"postventa\"]\n\n\
     [[entidad]]\nid = \"sur\"\nnombre = \"Sur\"\nmodelos = [\"venta-vn\", \"venta-vo\"]\n";

/// 2026-11-24, 10:00 in Madrid.
const NOW: i64 = 1_795_510_800_000;

pub struct Casa {
    pub state: AppState,
    dir: tempfile::TempDir,
}

impl Casa {
    pub async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let db = Db::open(&dir.path().join("db")).await.unwrap();
        people(&db).await;
        config::apply(&db, &shipped()).await.unwrap();
        let settings = Settings { datos: dir.path().to_owned(), ..Settings::default() };
        let state = AppState::new(Inner {
            blobs: Blobs::open(&dir.path().join("originales")).unwrap(),
            render: render::Pool::new(render::PoolConfig::new("false", [], 1)),
            config: arc_swap::ArcSwap::from_pointee(config::current(&db).await.unwrap()),
            clock: Clock::from_source(|| NOW),
            outbox: tokio::sync::watch::Sender::new(0),
            settings,
            db,
        });
        Self { state, dir }
    }

    pub fn dir(&self) -> &std::path::Path {
        self.dir.path()
    }

    pub fn modelo(&self) -> Arc<Modelo> {
        self.state.modelo(&"venta-vn".into()).unwrap()
    }

    /// Opens an expediente of `asesor` in Norte, Venta VN.
    pub async fn open(&self, values: &[(&str, Valor)]) -> ExpedienteDetalle {
        self.open_as(&asesor(), values).await.unwrap()
    }

    pub async fn open_as(&self, actor: &Actor, values: &[(&str, Valor)]) -> AppResult<ExpedienteDetalle> {
        let nuevo = ExpedienteNuevo {
            entidad: "norte".into(),
            modelo: "venta-vn".into(),
            asesor: None,
            indice: indice(values),
        };
        expedientes::crear(&self.state, actor, &Clave::default(), &nuevo).await
    }

    pub async fn detail(&self, actor: &Actor, id: ExpedienteId) -> AppResult<ExpedienteDetalle> {
        expedientes::detalle(&self.state, actor, id, |_| false).await.map(|(_, detail)| detail.unwrap())
    }

    pub async fn change(
        &self,
        actor: &Actor,
        id: ExpedienteId,
        revision: Option<i64>,
        values: &[(&str, Option<Valor>)],
    ) -> AppResult<Cambiado> {
        let campos = values.iter().map(|(campo, valor)| (CampoId::from(*campo), valor.clone())).collect();
        expedientes::cambiar_indice(&self.state, actor, &Clave::default(), id, revision, &IndiceCambio { campos }).await
    }

    /// Validated documents of those types; answers the revision.
    pub async fn validated(&self, id: ExpedienteId, tipos: &[&str]) -> i64 {
        let mut tx = self.state.db.write().await.unwrap();
        let mut revision = 0;
        for tipo in tipos {
            let contenido = Contenido {
                sha256: &[0; 32],
                bytes: 1,
                mime: "application/pdf",
                nombre: "a.pdf",
                usuario_id: 1,
                cuando: NOW,
            };
            let documento = documentos::insert(&mut tx, id, &TipoId::from(*tipo), &contenido).await.unwrap();
            documentos::set_estado(&mut tx, documento, EstadoDocumento::Validado, "").await.unwrap();
            revision = expedientes::recount(&mut tx, &self.modelo(), id).await.unwrap();
        }
        tx.commit().await.unwrap();
        revision
    }

    /// What was audited, in order, of an expediente or of the configuration.
    pub async fn audited(&self, id: Option<ExpedienteId>) -> Vec<String> {
        sqlx::query_scalar("SELECT accion FROM auditoria WHERE expediente_id IS ? ORDER BY id")
            .bind(id.map(|id| id.0))
            .fetch_all(&mut *self.state.db.read().await.unwrap())
            .await
            .unwrap()
    }

    /// What clients were told, in order.
    pub async fn told(&self, id: ExpedienteId) -> Vec<(String, i64)> {
        sqlx::query_as("SELECT clase, revision FROM evento WHERE expediente_id = ? ORDER BY seq")
            .bind(id.0)
            .fetch_all(&mut *self.state.db.read().await.unwrap())
            .await
            .unwrap()
    }
}

pub fn shipped() -> Configuracion {
    config::load_files(ENTIDADES, config::shipped().iter().copied()).unwrap()
}

pub fn indice(values: &[(&str, Valor)]) -> Indice {
    values.iter().map(|(campo, valor)| (CampoId::from(*campo), valor.clone())).collect()
}

pub fn problem<T: std::fmt::Debug>(answer: AppResult<T>) -> Problem {
    answer.unwrap_err().problem()
}

pub fn codigo<T: std::fmt::Debug>(answer: AppResult<T>) -> &'static str {
    answer.as_ref().map_err(AppError::problem).unwrap_err().codigo.as_str()
}

fn actor(id: i64, usuario: &str, rol: Rol, equipo: Option<i64>, entidades: &[&str]) -> Actor {
    let entidades = entidades.iter().map(|e| (*e).into()).collect();
    Actor {
        id: UsuarioId(id),
        usuario: usuario.into(),
        nombre: usuario.to_uppercase(),
        rol,
        scope: Scope::new(rol, UsuarioId(id), equipo.map(EquipoId), entidades),
        sesion: 1,
        peticion: "p".into(),
    }
}

/// In Norte, team 1.
pub fn asesor() -> Actor {
    actor(1, "asesor", Rol::Asesor, Some(1), &["norte"])
}

/// In Norte, team 2.
pub fn otro_asesor() -> Actor {
    actor(2, "otro", Rol::Asesor, Some(2), &["norte"])
}

/// Of team 1.
pub fn jefe() -> Actor {
    actor(3, "jefe", Rol::JefeVentas, Some(1), &["norte"])
}

/// In Norte.
pub fn administrativo() -> Actor {
    actor(4, "administrativo", Rol::Administrativo, None, &["norte"])
}

/// In Sur.
pub fn administrativo_sur() -> Actor {
    actor(5, "administrativo-sur", Rol::Administrativo, None, &["sur"])
}

pub fn admin() -> Actor {
    actor(6, "admin", Rol::Administrador, None, &["norte", "sur"])
}

pub fn soporte() -> Actor {
    actor(7, "soporte", Rol::Soporte, None, &["norte"])
}

async fn people(db: &Db) {
    let mut tx = db.write().await.unwrap();
    sqlx::raw_sql("INSERT INTO equipo (id, nombre) VALUES (1, 'Uno'), (2, 'Dos')").execute(&mut *tx).await.unwrap();
    for who in [asesor(), otro_asesor(), jefe(), administrativo(), administrativo_sur(), admin(), soporte()] {
        let equipo = match who.usuario.as_str() {
            "asesor" | "jefe" => Some(1),
            "otro" => Some(2),
            _ => None,
        };
        sqlx::query("INSERT INTO usuario (id, usuario, nombre, rol, equipo_id, clave, activo, creado) VALUES (?, ?, ?, ?, ?, '', 1, 0)")
            .bind(who.id.0)
            .bind(&who.usuario)
            .bind(&who.nombre)
            .bind(who.rol.as_str())
            .bind(equipo)
            .execute(&mut *tx)
            .await
            .unwrap();
        for entidad in &who.scope.entidades {
            sqlx::query("INSERT INTO usuario_entidad (usuario_id, entidad) VALUES (?, ?)")
                .bind(who.id.0)
                .bind(entidad.as_str())
                .execute(&mut *tx)
                .await
                .unwrap();
        }
    }
    tx.commit().await.unwrap();
}
