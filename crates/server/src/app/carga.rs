//! Loading many expedientes at once: the demo's world, and benchmarks. No audit records and no events: nobody did it, nobody waits.

use crate::AppResult;
use crate::app::expedientes::cuentas;
use crate::store::bulk::{self, Tables};
use crate::store::conjuntos::Monton;
use crate::store::expedientes::{Columnas, Cuentas, numero, numero_orden, place_of};
use crate::store::lugares::{self, Lugar};
use crate::store::personas::Asesor;
use crate::store::retrato::Dueno;
use crate::store::sql::Arg;
use crate::store::texto::Textos;
use crate::store::{Db, indexado};
use domain::texto::fold;
use domain::{DocumentoId, EntidadId, EstadoDocumento, ExpedienteId, FaseId, Indice, Modelo, ModeloId, TipoId};
use std::collections::BTreeMap;

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
    /// Its notes, oldest first.
    pub notas: &'c [NotaCarga],
    /// Its avisos, oldest first.
    pub avisos: &'c [AvisoCarga],
}

/// A note to load.
#[derive(Debug, Clone)]
pub struct NotaCarga {
    /// What it says, cleaned.
    pub texto: String,
    /// Who wrote it.
    pub usuario_id: i64,
    /// When, milliseconds since 1970.
    pub cuando: i64,
}

/// An aviso to load.
#[derive(Debug, Clone)]
pub struct AvisoCarga {
    /// What is to be done, cleaned.
    pub texto: String,
    /// Its addressee.
    pub para_id: i64,
    /// ISO day; empty for none.
    pub vence: String,
    /// Who gave it.
    pub usuario_id: i64,
    /// When, milliseconds since 1970.
    pub cuando: i64,
    /// When it was done, and by whom; none while it is open.
    pub hecho: Option<(i64, i64)>,
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
    tables: Tables,
    sets: Monton,
    /// Whether what waits is the rest of a piece of the sets that others began.
    merge: bool,
}

/// What an expediente got on its way.
struct Numbered<'n> {
    id: i64,
    lugar: i64,
    numero: &'n str,
    numero_orden: i64,
    fase_orden: i64,
    cerrado: bool,
    palabras: &'n str,
}

impl Loader {
    /// Begins a load. Into an empty database the indexes are made at the end.
    pub async fn begin(db: &Db) -> AppResult<Self> {
        let mut tx = db.write().await?;
        let empty = bulk::begin(&mut tx).await?;
        let next = bulk::last_ids(&mut tx).await?;
        tx.commit().await?;
        Ok(Self {
            db: db.clone(),
            empty,
            next,
            places: BTreeMap::new(),
            sequences: BTreeMap::new(),
            tables: Tables::new(),
            sets: Monton::default(),
            merge: !empty,
        })
    }

    /// Adds an expediente and its documents; answers its id and number. All that waits is written each 65,536: with the sets' pieces.
    pub async fn push(&mut self, carga: &Carga<'_>) -> AppResult<(ExpedienteId, String)> {
        let lugar = self.place(carga).await?;
        let n = self.number(carga).await?;
        self.next.0 += 1;
        let id = self.next.0;
        if self.sets.is_full_before(id) {
            self.flush().await?;
        }
        let numero = numero(carga.anio, n);
        let textos = Textos::new(&lugar, carga.modelo, &numero, &carga.asesor.nombre, carga.indice);
        let (fase_orden, cerrado) = place_of(carga.modelo, carga.fase);
        let estados: Vec<(TipoId, EstadoDocumento)> =
            carga.documentos.iter().map(|doc| (doc.tipo.clone(), doc.estado)).collect();
        let open = carga.avisos.iter().filter(|aviso| aviso.hecho.is_none()).count();
        let counts = Cuentas {
            avisos: u32::try_from(open).unwrap_or(u32::MAX),
            ..cuentas(carga.modelo, carga.indice, &estados, carga.fase)
        };
        let row = Numbered {
            id,
            lugar: lugar.id,
            numero: &numero,
            numero_orden: numero_orden(carga.anio, n),
            fase_orden,
            cerrado,
            palabras: &textos.palabras,
        };
        self.tables.expediente.push(carga.row(&row, &counts));
        let valores = serde_json::to_string(carga.indice).map_err(anyhow::Error::from)?;
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
            let (row, version) = documento.rows(ExpedienteId(id), DocumentoId(self.next.1));
            self.tables.documento.push(row);
            self.tables.version.push(version);
        }
        for nota in carga.notas {
            self.tables.nota.push([id.into(), nota.texto.as_str().into(), nota.usuario_id.into(), nota.cuando.into()]);
        }
        for aviso in carga.avisos {
            self.tables.aviso.push(aviso.row(id));
        }
        let dueno = Dueno {
            numero_orden: numero_orden(carga.anio, n),
            asesor_id: carga.asesor.id,
            asesor: &carga.asesor.usuario,
            equipo_id: carga.asesor.equipo_id,
        };
        let all = indexado::all_of(textos.entradas, carga.modelo, carga.indice, &dueno, &counts, fase_orden);
        self.sets.push(lugar.id, id, all)?;
        Ok((ExpedienteId(id), numero))
    }

    /// Writes what waits, the numbers given, and the indexes.
    pub async fn finish(mut self) -> AppResult<()> {
        self.flush().await?;
        let mut tx = self.db.write().await?;
        for ((entidad, anio), ultimo) in &self.sequences {
            bulk::set_sequence(&mut tx, entidad.as_str(), *anio, *ultimo).await?;
        }
        if self.empty {
            bulk::finish(&mut tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn place(&mut self, carga: &Carga<'_>) -> AppResult<Lugar> {
        let key = (carga.entidad.clone(), carga.modelo.id.clone());
        if let Some(lugar) = self.places.get(&key) {
            return Ok(lugar.clone());
        }
        let mut tx = self.db.write().await?;
        let lugar = lugares::ensure(&mut tx, carga.entidad, carga.modelo).await?;
        tx.commit().await?;
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
        let mut tx = self.db.write().await?;
        self.tables.flush(&mut tx).await?;
        self.sets.flush(&mut tx, self.merge).await?;
        tx.commit().await?;
        self.merge = false;
        Ok(())
    }
}

impl Carga<'_> {
    /// Its row, in the order of the columns of [`Tables::expediente`].
    fn row(&self, row: &Numbered<'_>, counts: &Cuentas) -> [Arg; 30] {
        let columnas = Columnas::new(self.modelo, self.indice);
        let count = |n: u32| Arg::Int(i64::from(n));
        [
            row.id.into(),
            row.lugar.into(),
            row.numero.into(),
            row.numero_orden.into(),
            self.entidad.as_str().into(),
            self.modelo.id.as_str().into(),
            self.fase.as_str().into(),
            row.fase_orden.into(),
            i64::from(row.cerrado).into(),
            self.asesor.id.into(),
            self.asesor.usuario.as_str().into(),
            self.asesor.equipo_id.into(),
            1.into(),
            self.creado.into(),
            count(counts.docs),
            count(counts.listos),
            count(counts.requeridos),
            count(counts.faltan()),
            count(counts.pendientes),
            count(counts.validados),
            count(counts.rechazados),
            count(counts.avisos),
            columnas.pedido.as_str().into(),
            columnas.importe.into(),
            columnas.cliente.as_str().into(),
            fold(&columnas.cliente).into(),
            columnas.vehiculo.as_str().into(),
            fold(&columnas.vehiculo).into(),
            columnas.matricula.as_str().into(),
            row.palabras.into(),
        ]
    }
}

impl AvisoCarga {
    /// Its row, in the order of the columns of [`Tables::aviso`].
    fn row(&self, expediente: i64) -> [Arg; 8] {
        [
            expediente.into(),
            self.texto.as_str().into(),
            self.para_id.into(),
            self.vence.as_str().into(),
            self.usuario_id.into(),
            self.cuando.into(),
            self.hecho.map(|(cuando, _)| cuando).into(),
            self.hecho.map(|(_, usuario_id)| usuario_id).into(),
        ]
    }
}

impl DocumentoCarga {
    /// Its row and that of its version, in the order of the columns of [`Tables::documento`] and [`Tables::version`].
    fn rows(&self, expediente: ExpedienteId, id: DocumentoId) -> ([Arg; 7], [Arg; 8]) {
        let documento = [
            id.0.into(),
            expediente.0.into(),
            self.tipo.as_str().into(),
            self.nombre.as_str().into(),
            self.estado.as_str().into(),
            self.motivo.as_str().into(),
            1.into(),
        ];
        let version = [
            id.0.into(),
            1.into(),
            Arg::Blob(self.sha256.to_vec()),
            i64::try_from(self.bytes).unwrap_or(i64::MAX).into(),
            self.mime.as_str().into(),
            self.nombre.as_str().into(),
            self.usuario_id.into(),
            self.cuando.into(),
        ];
        (documento, version)
    }
}
