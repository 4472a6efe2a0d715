//! Puts a world into a service.

use crate::gente::{CLAVE, GENTE, Miembro};
use crate::{ArchivoRef, ExpedienteMundo, Mundo, make_all};
use anyhow::Context;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use server::admin::{self, NewUser};
use server::app::carga::{Carga, DocumentoCarga, Loader};
use server::auth::password;
use server::blobs::{Blobs, Sum};
use server::store::personas::{self, Asesor};
use server::{AppState, config};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Which world.
#[derive(Debug, Clone, Copy)]
pub struct World {
    /// The same seed makes the same world.
    pub seed: u64,
    /// How many expedientes.
    pub size: u64,
    /// The day it is seen from.
    pub today: Date,
}

/// A file's place: its sum and length.
#[derive(Debug, Clone, Copy)]
struct Kept {
    sha256: [u8; 32],
    bytes: u64,
}

/// The people the sign-in screen offers.
pub fn users() -> Vec<api::servidor::UsuarioDemo> {
    let offered = GENTE.iter().take(5);
    let user = |m: &Miembro| api::servidor::UsuarioDemo {
        usuario: m.usuario.to_owned(),
        clave: CLAVE.to_owned(),
        nombre: m.nombre.to_owned(),
        rol: m.rol,
    };
    offered.map(user).collect()
}

/// Fills an empty service; one that has people already is left as it is. `progress` is told expedientes done and in all.
pub async fn seed(state: &AppState, world: &World, mut progress: impl FnMut(u64, u64)) -> anyhow::Result<()> {
    if !admin::list_users(&state.db).await?.is_empty() {
        return Ok(());
    }
    // The mark of a world that is whole is its people: they come last.
    let modelos = modelos()?;
    let mundo = Arc::new(Mundo::new(world.seed, world.size, world.today, &modelos)?);
    let files = tokio::task::spawn_blocking({
        let (mundo, blobs) = (mundo.clone(), state.blobs.clone());
        move || make_files(&mundo, &blobs)
    });
    configure(state, &mundo).await?;
    let files = files.await??;
    people(state).await?;
    load(state, &mundo, &files, &mut progress).await
}

fn modelos() -> anyhow::Result<Vec<domain::Modelo>> {
    let parse = |(name, text): &(&str, &str)| toml::from_str(text).with_context(|| (*name).to_owned());
    config::shipped().iter().map(parse).collect()
}

/// Puts the shipped modelos and the demo's entidades in force, and their text files in the data folder to play with.
async fn configure(state: &AppState, mundo: &Mundo) -> anyhow::Result<()> {
    let entidades = mundo.entidades();
    let blocks = entidades.iter().map(|entidad| {
        let modelos: Vec<String> = entidad.modelos.iter().map(|modelo| format!("\"{modelo}\"")).collect();
        format!(
            "[[entidad]]\nid = \"{}\"\nnombre = \"{}\"\nmodelos = [{}]\n",
            entidad.id,
            entidad.nombre,
            modelos.join(", ")
        )
    });
    let text = blocks.collect::<Vec<_>>().join("\n");
    let folder = state.settings.config_folder();
    std::fs::create_dir_all(folder.join("modelos"))?;
    std::fs::write(folder.join("entidades.toml"), &text)?;
    for (name, text) in config::shipped() {
        std::fs::write(folder.join("modelos").join(name), text)?;
    }
    let loaded = config::load(&folder).map_err(|wrong| anyhow::anyhow!("{wrong:?}"))?;
    config::apply(&state.db, &loaded).await.map_err(|error| anyhow::anyhow!("{error}"))?;
    config::refresh(state).await?;
    Ok(())
}

/// Everybody has the same password: one hash serves all.
async fn people(state: &AppState) -> anyhow::Result<()> {
    let hash = tokio::task::spawn_blocking(|| password::hash(CLAVE)).await??;
    let person = |m: &Miembro| NewUser {
        usuario: m.usuario.to_owned(),
        nombre: m.nombre.to_owned(),
        rol: m.rol,
        equipo: m.equipo.map(str::to_owned),
        entidades: m.entidades.iter().map(|e| (*e).to_owned()).collect(),
        clave: CLAVE.to_owned(),
    };
    admin::add_users(&state.db, &GENTE.iter().map(person).collect::<Vec<_>>(), &hash).await?;
    Ok(())
}

/// Makes every file and puts it where its content belongs. Without a sync each: a demo that is killed meanwhile is made again.
fn make_files(mundo: &Mundo, blobs: &Blobs) -> anyhow::Result<HashMap<ArchivoRef, Kept>> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let mut kept = HashMap::new();
    make_all::<anyhow::Error>(mundo, threads, |made| {
        let path: PathBuf = blobs.path(&Sum::from_digest(made.sha256));
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&path, &made.bytes)?;
        kept.insert(made.archivo, Kept { sha256: made.sha256, bytes: made.bytes.len() as u64 });
        Ok(())
    })?;
    Ok(kept)
}

async fn load(
    state: &AppState,
    mundo: &Mundo,
    files: &HashMap<ArchivoRef, Kept>,
    progress: &mut impl FnMut(u64, u64),
) -> anyhow::Result<()> {
    let asesores = {
        let mut conn = state.db.read().await?;
        let all = personas::all(&mut conn).await?;
        all.into_iter().map(|asesor| (asesor.usuario.clone(), asesor)).collect::<HashMap<String, Asesor>>()
    };
    let config = state.config();
    let mut loader = Loader::begin(&state.db).await?;
    for n in 0..mundo.size() {
        let expediente = mundo.expediente(n);
        let modelo = config.modelo(&expediente.modelo).context("modelo")?;
        let asesor = asesores.get(expediente.asesor).context("asesor")?;
        let documentos = documents(&expediente, files, &asesores)?;
        let carga = Carga {
            entidad: &expediente.entidad,
            modelo: &modelo,
            fase: &expediente.fase,
            asesor,
            anio: expediente.pedido.year(),
            creado: millis(expediente.pedido.at(9, 0, 0, 0))?,
            indice: &expediente.indice,
            documentos: &documentos,
        };
        loader.push(&carga).await?;
        if n % 2_000 == 0 {
            progress(n, mundo.size());
        }
    }
    loader.finish().await?;
    progress(mundo.size(), mundo.size());
    Ok(())
}

fn documents(
    expediente: &ExpedienteMundo,
    files: &HashMap<ArchivoRef, Kept>,
    asesores: &HashMap<String, Asesor>,
) -> anyhow::Result<Vec<DocumentoCarga>> {
    let document = |documento: &crate::DocumentoMundo| {
        let kept = files.get(&documento.archivo).context("file")?;
        Ok(DocumentoCarga {
            tipo: documento.tipo.clone(),
            nombre: documento.nombre.clone(),
            estado: documento.estado,
            motivo: documento.motivo_rechazo.clone(),
            sha256: kept.sha256,
            bytes: kept.bytes,
            mime: documento.archivo.receta.soporte.mime().to_owned(),
            usuario_id: asesores.get(documento.subido_por).context("person")?.id,
            cuando: millis(documento.fecha)?,
        })
    };
    expediente.documentos.iter().map(document).collect()
}

fn millis(at: jiff::civil::DateTime) -> anyhow::Result<i64> {
    Ok(at.to_zoned_datetime(TimeZone::UTC)?.timestamp().as_millisecond())
}
