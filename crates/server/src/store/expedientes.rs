//! Expedientes: finding one within a scope, and writing it. The list is in [`super::lista`], what an expediente is found by in [`super::indexado`].

use super::lugares::Lugar;
use super::retrato::{self, Dueno};
use super::texto::Textos;
use super::{Tx, conjuntos};
use crate::app::work::Ambito;
use domain::scope::Cuales;
use domain::texto::fold;
use domain::{EntidadId, ExpedienteId, FaseId, Indice, Modelo, ModeloId, Scope, Valor};
use sqlx::SqliteConnection;
use std::collections::BTreeSet;

/// Stands for "no money" in the column `importe`.
pub const SIN_IMPORTE: i64 = i64::MIN;

/// An expediente as stored, without its index.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ExpedienteRow {
    /// Id.
    pub id: i64,
    /// Number of its place.
    pub lugar: i64,
    /// `26-01877`.
    pub numero: String,
    /// Entidad.
    pub entidad: String,
    /// Modelo.
    pub modelo: String,
    /// Fase.
    pub fase: String,
    /// Place of the fase in the modelo, from 0.
    pub fase_orden: i64,
    /// Whether it is in its last fase: read-only.
    pub cerrado: bool,
    /// Its asesor.
    pub asesor_id: i64,
    /// User name of its asesor.
    pub asesor: String,
    /// Team of its asesor.
    pub equipo_id: Option<i64>,
    /// Grows with every change.
    pub revision: i64,
    /// When it was opened, milliseconds since 1970.
    pub creado: i64,
    /// Avisos that are open.
    pub avisos: u32,
}

impl ExpedienteRow {
    /// Its id.
    pub fn id(&self) -> ExpedienteId {
        ExpedienteId(self.id)
    }

    /// Its modelo.
    pub fn modelo(&self) -> ModeloId {
        ModeloId(self.modelo.clone())
    }

    /// Its entidad.
    pub fn entidad(&self) -> EntidadId {
        EntidadId(self.entidad.clone())
    }

    /// Its fase.
    pub fn fase(&self) -> FaseId {
        FaseId(self.fase.clone())
    }

    /// Where it stands in scopes.
    pub fn ambito(&self) -> Ambito {
        Ambito { entidad: self.entidad.clone(), equipo_id: self.equipo_id, asesor_id: self.asesor_id }
    }
}

/// The expediente, if it is within the scope.
pub async fn find(
    conn: &mut SqliteConnection,
    scope: &Scope,
    id: ExpedienteId,
) -> Result<Option<ExpedienteRow>, sqlx::Error> {
    Ok(by_id(conn, id).await?.filter(|row| is_within(scope, row)))
}

/// Whether that scope holds the expediente.
pub(super) fn is_within(scope: &Scope, row: &ExpedienteRow) -> bool {
    scope.has_entidad(&row.entidad())
        && match scope.cuales {
            Cuales::Todos => true,
            Cuales::Equipo(equipo) => row.equipo_id == Some(equipo.0),
            Cuales::Propios(asesor) => row.asesor_id == asesor.0,
            Cuales::Ninguno => false,
        }
}

/// The expediente, whoever asks: for the service's own work on one that was found in a scope before.
pub(crate) async fn by_id(conn: &mut SqliteConnection, id: ExpedienteId) -> Result<Option<ExpedienteRow>, sqlx::Error> {
    sqlx::query_as(
        "SELECT id, lugar, numero, entidad, modelo, fase, fase_orden, cerrado, asesor_id, asesor, equipo_id, revision, creado, avisos
         FROM expediente WHERE id = ?",
    )
    .bind(id.0)
    .fetch_optional(conn)
    .await
}

/// Its index. Whoever calls has found the expediente in a scope.
pub async fn indice(conn: &mut SqliteConnection, id: ExpedienteId) -> Result<Indice, sqlx::Error> {
    let valores: Option<String> = sqlx::query_scalar("SELECT valores FROM indice WHERE expediente_id = ?")
        .bind(id.0)
        .fetch_optional(conn)
        .await?;
    valores
        .map_or_else(|| Ok(Indice::new()), |json| serde_json::from_str(&json))
        .map_err(|cause| sqlx::Error::Decode(Box::new(cause)))
}

/// An expediente to open.
#[derive(Debug, Clone)]
pub struct Nuevo<'n> {
    /// Its place.
    pub lugar: &'n Lugar,
    /// Entidad.
    pub entidad: &'n EntidadId,
    /// Modelo.
    pub modelo: &'n Modelo,
    /// Fase it begins in.
    pub fase: &'n FaseId,
    /// Its asesor.
    pub asesor: &'n super::personas::Asesor,
    /// Four-digit year of its number.
    pub anio: i16,
    /// When, milliseconds since 1970.
    pub creado: i64,
}

/// Takes the next number of the entidad and year and opens an expediente without index; [`super::indexado::store`] gives it one.
pub async fn insert(tx: &mut Tx, nuevo: &Nuevo<'_>) -> Result<ExpedienteRow, sqlx::Error> {
    let n: i64 = sqlx::query_scalar(
        "INSERT INTO secuencia (entidad, anio, ultimo) VALUES (?, ?, 1)
         ON CONFLICT (entidad, anio) DO UPDATE SET ultimo = ultimo + 1 RETURNING ultimo",
    )
    .bind(nuevo.entidad.as_str())
    .bind(nuevo.anio)
    .fetch_one(&mut **tx)
    .await?;
    let (fase_orden, cerrado) = place_of(nuevo.modelo, nuevo.fase);
    let done = sqlx::query(
        "INSERT INTO expediente (lugar, numero, numero_orden, entidad, modelo, fase, fase_orden, cerrado, asesor_id, asesor, equipo_id,
            revision, creado) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
    )
    .bind(nuevo.lugar.id)
    .bind(numero(nuevo.anio, n))
    .bind(numero_orden(nuevo.anio, n))
    .bind(nuevo.entidad.as_str())
    .bind(nuevo.modelo.id.as_str())
    .bind(nuevo.fase.as_str())
    .bind(fase_orden)
    .bind(cerrado)
    .bind(nuevo.asesor.id)
    .bind(&nuevo.asesor.usuario)
    .bind(nuevo.asesor.equipo_id)
    .bind(nuevo.creado)
    .execute(&mut **tx)
    .await?;
    let id = ExpedienteId(done.last_insert_rowid());
    let dueno = Dueno {
        numero_orden: numero_orden(nuevo.anio, n),
        asesor_id: nuevo.asesor.id,
        asesor: &nuevo.asesor.usuario,
        equipo_id: nuevo.asesor.equipo_id,
    };
    let mut entradas = dueno.entradas();
    entradas.extend(Cuentas::default().entradas());
    entradas.extend(retrato::fase(fase_orden));
    conjuntos::change(tx, nuevo.lugar.id, id.0, &BTreeSet::new(), &entradas).await?;
    by_id(tx, id).await?.ok_or(sqlx::Error::RowNotFound)
}

/// `26-01877`.
pub fn numero(anio: i16, n: i64) -> String {
    format!("{:02}-{n:05}", anio.rem_euclid(100))
}

/// The number as it is sorted.
pub fn numero_orden(anio: i16, n: i64) -> i64 {
    i64::from(anio) * 10_000_000 + n
}

/// Place of a fase in its modelo, and whether it is the last one.
pub fn place_of(modelo: &Modelo, fase: &FaseId) -> (i64, bool) {
    let at = modelo.fase_index(fase).unwrap_or_default();
    (i64::try_from(at).unwrap_or_default(), at + 1 == modelo.fases.len())
}

/// The columns of the list that come from the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columnas {
    /// Day of the order, ISO; empty when there is none.
    pub pedido: String,
    /// Cents, or [`SIN_IMPORTE`].
    pub importe: i64,
    /// Who the deal is with.
    pub cliente: String,
    /// The vehicle in words.
    pub vehiculo: String,
    /// Plate.
    pub matricula: String,
}

impl Columnas {
    /// Those of an index.
    pub fn new(modelo: &Modelo, indice: &Indice) -> Self {
        let papeles = &modelo.papeles;
        let text = |campo| indice.get(campo).and_then(Valor::as_texto).unwrap_or_default().to_owned();
        Self {
            pedido: text(&papeles.pedido),
            importe: indice.get(&papeles.importe).and_then(Valor::as_entero).unwrap_or(SIN_IMPORTE),
            cliente: text(&papeles.cliente),
            vehiculo: text(&papeles.vehiculo),
            matricula: text(&papeles.matricula),
        }
    }
}

/// Writes the index and all that is looked for by it, but for the sets.
pub(super) async fn write_indice(
    tx: &mut Tx,
    row: &ExpedienteRow,
    modelo: &Modelo,
    indice: &Indice,
    textos: &Textos,
) -> Result<(), sqlx::Error> {
    let columnas = Columnas::new(modelo, indice);
    sqlx::query(
        "UPDATE expediente SET pedido = ?, importe = ?, cliente = ?, cliente_orden = ?, vehiculo = ?, vehiculo_orden = ?, matricula = ?,
            palabras = ? WHERE id = ?",
    )
    .bind(&columnas.pedido)
    .bind(columnas.importe)
    .bind(&columnas.cliente)
    .bind(fold(&columnas.cliente))
    .bind(&columnas.vehiculo)
    .bind(fold(&columnas.vehiculo))
    .bind(&columnas.matricula)
    .bind(&textos.palabras)
    .bind(row.id)
    .execute(&mut **tx)
    .await?;
    let valores = serde_json::to_string(indice).map_err(|cause| sqlx::Error::Encode(Box::new(cause)))?;
    sqlx::query(
        "INSERT INTO indice (expediente_id, valores, plano, reservado) VALUES (?, ?, ?, ?)
         ON CONFLICT (expediente_id) DO UPDATE SET valores = excluded.valores, plano = excluded.plano, reservado = excluded.reservado",
    )
    .bind(row.id)
    .bind(valores)
    .bind(&textos.plano)
    .bind(&textos.reservado)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Moves an expediente to a fase. The sets follow by [`super::indexado::move_to`].
pub(super) async fn write_fase(
    tx: &mut Tx,
    id: ExpedienteId,
    fase: &FaseId,
    place: (i64, bool),
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE expediente SET fase = ?, fase_orden = ?, cerrado = ? WHERE id = ?")
        .bind(fase.as_str())
        .bind(place.0)
        .bind(place.1)
        .bind(id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Counts of the documents and the checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, sqlx::FromRow)]
pub struct Cuentas {
    /// Documents.
    pub docs: u32,
    /// Required lines of the checklist up to the fase that are fulfilled.
    pub listos: u32,
    /// Required lines of the checklist up to the fase.
    pub requeridos: u32,
    /// Documents that wait to be checked.
    pub pendientes: u32,
    /// Documents that hold.
    pub validados: u32,
    /// Documents that do not hold.
    pub rechazados: u32,
    /// Avisos that are open. [`super::avisos::recount`] keeps it, whatever else is counted.
    pub avisos: u32,
}

/// Writes the counts of documents and checklist, and a new revision with `bump`; answers the revision.
pub async fn write_cuentas(tx: &mut Tx, id: ExpedienteId, c: &Cuentas, bump: bool) -> Result<i64, sqlx::Error> {
    let (lugar, before) = cuentas(tx, id).await?;
    let after = Cuentas { avisos: before.avisos, ..*c };
    conjuntos::change(tx, lugar, id.0, &before.entradas(), &after.entradas()).await?;
    sqlx::query_scalar(
        "UPDATE expediente SET docs = ?, listos = ?, requeridos = ?, faltan = ?, pendientes = ?, validados = ?, rechazados = ?,
            revision = revision + ? WHERE id = ? RETURNING revision",
    )
    .bind(c.docs)
    .bind(c.listos)
    .bind(c.requeridos)
    .bind(c.faltan())
    .bind(c.pendientes)
    .bind(c.validados)
    .bind(c.rechazados)
    .bind(i64::from(bump))
    .bind(id.0)
    .fetch_one(&mut **tx)
    .await
}

/// Makes a revision of what no count tells; answers it.
pub async fn bump(tx: &mut Tx, id: ExpedienteId) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("UPDATE expediente SET revision = revision + 1 WHERE id = ? RETURNING revision")
        .bind(id.0)
        .fetch_one(&mut **tx)
        .await
}

/// The place of an expediente, and its counts as they stand.
async fn cuentas(conn: &mut SqliteConnection, id: ExpedienteId) -> Result<(i64, Cuentas), sqlx::Error> {
    #[derive(sqlx::FromRow)]
    struct Row {
        lugar: i64,
        #[sqlx(flatten)]
        cuentas: Cuentas,
    }
    let row: Row = sqlx::query_as(
        "SELECT lugar, docs, listos, requeridos, pendientes, validados, rechazados, avisos FROM expediente WHERE id = ?",
    )
    .bind(id.0)
    .fetch_one(conn)
    .await?;
    Ok((row.lugar, row.cuentas))
}
