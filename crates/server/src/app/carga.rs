//! Loading many expedientes at once: the demo's world, and benchmarks. No audit records and no events: nobody did it, nobody waits.

mod narrow;

use crate::app::expedientes::cuentas;
use crate::blobs::blocking;
use crate::store::bulk::{self, Entry, Rows, Runs};
use crate::store::expedientes::{Columnas, numero, numero_orden, place_of};
use crate::store::lugares::{self, Lugar};
use crate::store::personas::Asesor;
use crate::store::sql::Arg;
use crate::store::texto::Textos;
use crate::store::{Db, Tx};
use crate::{AppError, AppResult};
use anyhow::Context;
use domain::texto::fold;
use domain::{DocumentoId, EntidadId, EstadoDocumento, ExpedienteId, FaseId, Indice, Modelo, ModeloId, TipoId};
use narrow::Narrow;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Expedientes whose rows wait in memory. Few: what is used again at once is still in the processor's cache.
const BATCH: usize = 250;
/// Batches of one transaction.
const BATCHES: usize = 40;
/// Entries of the narrow tables kept in memory until they go into a file: about 100 MB.
const RUN: usize = 1_000_000;
/// Entries on their way into their tables.
const PIECE: usize = 5_000;

/// An expediente to load. Its number is the next one of its entidad and year.
#[derive(Debug, Clone)]
pub struct Carga<'c> {
    /// Entidad.
    pub entidad: &'c EntidadId,
    /// Modelo.
    pub modelo: &'c Modelo,
    /// Fase it stands in.
    pub fase: &'c FaseId,
    /// Its asesor.
    pub asesor: &'c Asesor,
    /// Four-digit year of its number.
    pub anio: i16,
    /// When it was opened, milliseconds since 1970.
    pub creado: i64,
    /// Its index, as valid and normalised as [`domain::campo::check`] makes it.
    pub indice: &'c Indice,
    /// Its documents, each with one version.
    pub documentos: &'c [DocumentoCarga],
}

/// A document to load. Its content is among the blobs already.
#[derive(Debug, Clone)]
pub struct DocumentoCarga {
    /// Type.
    pub tipo: TipoId,
    /// File name, cleaned.
    pub nombre: String,
    /// State of its check.
    pub estado: EstadoDocumento,
    /// Why it was rejected; empty otherwise.
    pub motivo: String,
    /// SHA-256 of the content.
    pub sha256: [u8; 32],
    /// Bytes of the content.
    pub bytes: u64,
    /// Media type of the content.
    pub mime: String,
    /// Who brought it.
    pub usuario_id: i64,
    /// When, milliseconds since 1970.
    pub cuando: i64,
}

/// A load under way. Nobody else may write meanwhile: it keeps the ids.
pub struct Loader {
    db: Db,
    empty: bool,
    next: (i64, i64),
    places: BTreeMap<(EntidadId, ModeloId), Lugar>,
    sequences: BTreeMap<(EntidadId, i16), i64>,
    waiting: usize,
    tables: Tables,
    tx: Option<Tx>,
    /// Batches written and not committed.
    batches: usize,
    folder: PathBuf,
    runs: Runs,
    in_memory: usize,
    /// Of the expedientes loaded, in the order of their ids.
    owners: Vec<Owner>,
}

/// What the narrow tables repeat of an expediente.
#[derive(Debug, Clone)]
struct Owner {
    asesor_id: i64,
    equipo_id: Option<i64>,
    fase_orden: i64,
    pedido: Arc<str>,
}

/// What an expediente got on its way.
struct Numbered<'n> {
    id: i64,
    lugar: i64,
    numero: &'n str,
    n: i64,
    cerrado: bool,
    palabras: &'n str,
}

struct Tables {
    expediente: Rows,
    indice: Rows,
    contiene: Rows,
    historial: Rows,
    documento: Rows,
    version: Rows,
}

impl Loader {
    /// Begins a load. Into an empty database the indexes are made at the end.
    pub async fn begin(db: &Db) -> AppResult<Self> {
        let mut tx = db.write().await?;
        let empty = bulk::begin(&mut tx).await?;
        let next = bulk::last_ids(&mut tx).await?;
        let folder = bulk::folder(&mut tx).await?;
        tx.commit().await?;
        Ok(Self {
            db: db.clone(),
            empty,
            next,
            places: BTreeMap::new(),
            sequences: BTreeMap::new(),
            waiting: 0,
            tables: Tables::new(),
            tx: None,
            batches: 0,
            folder,
            runs: Runs::default(),
            in_memory: 0,
            owners: Vec::new(),
        })
    }

    /// Adds an expediente and its documents; answers its id and number. Every so often all that waits is written.
    pub async fn push(&mut self, carga: &Carga<'_>) -> AppResult<(ExpedienteId, String)> {
        let lugar = self.place(carga).await?;
        let n = self.number(carga).await?;
        self.next.0 += 1;
        let id = self.next.0;
        let numero = numero(carga.anio, n);
        let textos = Textos::new(&lugar, carga.modelo, &numero, &carga.asesor.nombre, carga.indice);
        let (fase_orden, cerrado) = place_of(carga.modelo, carga.fase);
        let columnas = Columnas::new(carga.modelo, carga.indice);
        let owner = Owner {
            asesor_id: carga.asesor.id,
            equipo_id: carga.asesor.equipo_id,
            fase_orden,
            pedido: columnas.pedido.as_str().into(),
        };
        let row = Numbered { id, lugar: lugar.id, numero: &numero, n, cerrado, palabras: &textos.palabras };
        self.tables.expediente(carga, &owner, &columnas, &row);
        let valores = serde_json::to_string(carga.indice).map_err(anyhow::Error::from)?;
        self.tables.contiene.push([id.into(), textos.trigrams(lugar.id).into()]);
        self.tables.indice.push([id.into(), valores.into(), textos.plano.into(), textos.reservado.into()]);
        self.tables.historial.push([
            id.into(),
            1.into(),
            carga.creado.into(),
            carga.asesor.id.into(),
            "expediente-creado".into(),
            "[]".into(),
            numero.as_str().into(),
        ]);
        for documento in carga.documentos {
            self.next.1 += 1;
            self.tables.documento(ExpedienteId(id), DocumentoId(self.next.1), documento);
        }
        self.in_memory += textos.entradas.len();
        textos.entradas.into_iter().for_each(|entrada| self.runs.push(Entry::new(lugar.id, entrada, id)));
        self.owners.push(owner);
        self.waiting += 1;
        if self.waiting >= BATCH {
            self.flush().await?;
        }
        Ok((ExpedienteId(id), numero))
    }

    /// Writes what waits, the numbers given, what is looked for, and the indexes.
    pub async fn finish(mut self) -> AppResult<()> {
        self.flush().await?;
        self.entries().await?;
        let sequences = std::mem::take(&mut self.sequences);
        let empty = self.empty;
        let tx = self.tx().await?;
        for ((entidad, anio), ultimo) in &sequences {
            bulk::set_sequence(tx, entidad.as_str(), *anio, *ultimo).await?;
        }
        if empty {
            bulk::finish(tx).await?;
        }
        self.commit().await
    }

    /// The transaction under way.
    async fn tx(&mut self) -> AppResult<&mut Tx> {
        if self.tx.is_none() {
            self.tx = Some(self.db.write().await?);
        }
        Ok(self.tx.as_mut().context("transaction")?)
    }

    async fn commit(&mut self) -> AppResult<()> {
        if let Some(tx) = self.tx.take() {
            tx.commit().await?;
        }
        self.batches = 0;
        Ok(())
    }

    /// A batch is written; commits every so often.
    async fn written(&mut self) -> AppResult<()> {
        self.batches += 1;
        if self.batches >= BATCHES { self.commit().await } else { Ok(()) }
    }

    async fn place(&mut self, carga: &Carga<'_>) -> AppResult<Lugar> {
        let key = (carga.entidad.clone(), carga.modelo.id.clone());
        if let Some(lugar) = self.places.get(&key) {
            return Ok(lugar.clone());
        }
        let lugar = lugares::ensure(self.tx().await?, carga.entidad, carga.modelo).await?;
        self.places.insert(key, lugar.clone());
        Ok(lugar)
    }

    async fn number(&mut self, carga: &Carga<'_>) -> AppResult<i64> {
        let key = (carga.entidad.clone(), carga.anio);
        let last = match self.sequences.get(&key) {
            Some(last) => *last,
            None => bulk::sequence(&mut *self.db.read().await?, carga.entidad.as_str(), carga.anio).await?,
        };
        self.sequences.insert(key, last + 1);
        Ok(last + 1)
    }

    async fn flush(&mut self) -> AppResult<()> {
        let mut tables = std::mem::replace(&mut self.tables, Tables::new());
        tables.flush(self.tx().await?).await?;
        self.tables = tables;
        self.waiting = 0;
        self.written().await?;
        if self.in_memory >= RUN {
            let (mut runs, folder) = (std::mem::take(&mut self.runs), self.folder.clone());
            self.runs = blocking(move || runs.spill(&folder).map(|()| runs)).await.map_err(anyhow::Error::from)?;
            self.in_memory = 0;
        }
        Ok(())
    }

    /// The narrow tables, in the order of their keys.
    async fn entries(&mut self) -> AppResult<()> {
        let runs = std::mem::take(&mut self.runs);
        let mut merged = blocking(move || runs.merge()).await.map_err(anyhow::Error::from)?;
        let first = self.next.0 - self.owners.len() as i64 + 1;
        loop {
            let (piece, rest) = blocking(move || merged.next_piece(PIECE).map(|piece| (piece, merged)))
                .await
                .map_err(anyhow::Error::from)?;
            merged = rest;
            if piece.is_empty() {
                return Ok(());
            }
            let mut narrow = Narrow::new();
            for entry in piece {
                let owner = usize::try_from(entry.id - first).ok().and_then(|place| self.owners.get(place));
                narrow.push(entry, owner.context("owner")?);
            }
            narrow.flush(self.tx().await?).await?;
            self.written().await?;
        }
    }
}

impl Tables {
    fn new() -> Self {
        Self {
            expediente: Rows::new(
                "INSERT INTO expediente (id, lugar, numero, numero_orden, entidad, modelo, fase, fase_orden, cerrado, asesor_id, asesor,
                    equipo_id, revision, creado, docs, listos, requeridos, faltan, pendientes, validados, rechazados, pedido, importe,
                    cliente, cliente_orden, vehiculo, vehiculo_orden, matricula, palabras) VALUES ",
                29,
            ),
            indice: Rows::new("INSERT INTO indice (expediente_id, valores, plano, reservado) VALUES ", 4),
            contiene: Rows::new("INSERT INTO contiene (rowid, texto) VALUES ", 2),
            historial: Rows::new(
                "INSERT INTO historial (expediente_id, revision, cuando, usuario_id, clase, campos, texto) VALUES ",
                7,
            ),
            documento: Rows::new(
                "INSERT INTO documento (id, expediente_id, tipo, nombre, estado, motivo, version) VALUES ",
                7,
            ),
            version: Rows::new(
                "INSERT INTO documento_version (documento_id, version, sha256, bytes, mime, nombre, usuario_id, cuando) VALUES ",
                8,
            ),
        }
    }

    fn expediente(&mut self, carga: &Carga<'_>, owner: &Owner, columnas: &Columnas, row: &Numbered<'_>) {
        let estados: Vec<(TipoId, EstadoDocumento)> =
            carga.documentos.iter().map(|doc| (doc.tipo.clone(), doc.estado)).collect();
        let counts = cuentas(carga.modelo, carga.indice, &estados, carga.fase);
        let count = |n: u32| Arg::Int(i64::from(n));
        self.expediente.push([
            row.id.into(),
            row.lugar.into(),
            row.numero.into(),
            numero_orden(carga.anio, row.n).into(),
            carga.entidad.as_str().into(),
            carga.modelo.id.as_str().into(),
            carga.fase.as_str().into(),
            owner.fase_orden.into(),
            i64::from(row.cerrado).into(),
            owner.asesor_id.into(),
            carga.asesor.usuario.as_str().into(),
            owner.equipo_id.into(),
            1.into(),
            carga.creado.into(),
            count(counts.docs),
            count(counts.listos),
            count(counts.requeridos),
            count(counts.requeridos.saturating_sub(counts.listos)),
            count(counts.pendientes),
            count(counts.validados),
            count(counts.rechazados),
            columnas.pedido.as_str().into(),
            columnas.importe.into(),
            columnas.cliente.as_str().into(),
            fold(&columnas.cliente).into(),
            columnas.vehiculo.as_str().into(),
            fold(&columnas.vehiculo).into(),
            columnas.matricula.as_str().into(),
            row.palabras.into(),
        ]);
    }

    fn documento(&mut self, expediente: ExpedienteId, id: DocumentoId, documento: &DocumentoCarga) {
        self.documento.push([
            id.0.into(),
            expediente.0.into(),
            documento.tipo.as_str().into(),
            documento.nombre.as_str().into(),
            documento.estado.as_str().into(),
            documento.motivo.as_str().into(),
            1.into(),
        ]);
        self.version.push([
            id.0.into(),
            1.into(),
            Arg::Blob(documento.sha256.to_vec()),
            i64::try_from(documento.bytes).unwrap_or(i64::MAX).into(),
            documento.mime.as_str().into(),
            documento.nombre.as_str().into(),
            documento.usuario_id.into(),
            documento.cuando.into(),
        ]);
    }

    async fn flush(&mut self, tx: &mut Tx) -> Result<(), AppError> {
        let Self { expediente, indice, contiene, historial, documento, version } = self;
        for table in [expediente, indice, contiene, historial, documento, version] {
            table.flush(tx).await?;
        }
        Ok(())
    }
}
