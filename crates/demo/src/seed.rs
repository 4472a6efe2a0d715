//! Puts a world into the data folder of a service.

use crate::gente::{CLAVE, GENTE, Miembro};
use crate::unfinished::Unfinished;
use crate::{ArchivoRef, AvisoMundo, ExpedienteMundo, Mundo, NotaMundo, make_all};
use anyhow::Context;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use server::Settings;
use server::admin::{self, NewUser};
use server::app::carga::{AvisoCarga, Carga, DocumentoCarga, Loader, NotaCarga};
use server::auth::password;
use server::blobs::{Blobs, Sum, create_dir_private, create_private};
use server::config::{self, Configuracion};
use server::store::Db;
use server::store::personas::{self, Asesor};
use std::collections::HashMap;
use std::io::{ErrorKind, Write};

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

/// Makes the world in the data folder of a service that is not running; a folder with people in it is left as it is.
///
/// What a making that was cut short has left is removed and made afresh. `progress` is told expedientes done and in all.
pub async fn make(settings: &Settings, world: &World, progress: impl FnMut(u64, u64)) -> anyhow::Result<()> {
    make_with(settings, &Mundo::new(world.seed, world.size, world.today, &modelos()?)?, progress).await
}

/// The same with a world that stands already.
pub async fn make_with(settings: &Settings, mundo: &Mundo, mut progress: impl FnMut(u64, u64)) -> anyhow::Result<()> {
    create_dir_private(&settings.datos).with_context(|| settings.datos.display().to_string())?;
    let unfinished = Unfinished::of(settings);
    unfinished.clear()?;
    let db = Db::open(&settings.database_file()).await.context("database")?;
    if admin::list_users(&db).await?.is_empty() {
        unfinished.begin()?;
        let blobs = Blobs::open(&settings.blobs_folder())?;
        let files = tokio::task::spawn_blocking({
            let mundo = mundo.clone();
            move || make_files(&mundo, &blobs)
        });
        let config = configure(settings, &db, mundo).await?;
        people(&db).await?;
        let files = files.await??;
        load(&db, &config, mundo, &files, &mut progress).await?;
        db.close().await;
        unfinished.end()?;
    } else {
        db.close().await;
    }
    Ok(())
}

fn modelos() -> anyhow::Result<Vec<domain::Modelo>> {
    let parse = |(name, text): &(&str, &str)| toml::from_str(text).with_context(|| (*name).to_owned());
    config::shipped().iter().map(parse).collect()
}

/// Puts the shipped modelos and the demo's entidades in force, and their text files in the data folder to play with.
async fn configure(settings: &Settings, db: &Db, mundo: &Mundo) -> anyhow::Result<Configuracion> {
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
    let folder = settings.config_folder();
    std::fs::create_dir_all(folder.join("modelos"))?;
    std::fs::write(folder.join("entidades.toml"), &text)?;
    for (name, text) in config::shipped() {
        std::fs::write(folder.join("modelos").join(name), text)?;
    }
    for (name, text) in config::shipped_plantillas() {
        let file = folder.join("plantillas").join(name);
        std::fs::create_dir_all(file.parent().unwrap_or(&folder))?;
        std::fs::write(file, text)?;
    }
    let loaded = config::load(&folder).map_err(|wrong| anyhow::anyhow!("{wrong:?}"))?;
    config::apply(db, &loaded).await.map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(config::current(db).await?)
}

/// Everybody has the same password: one hash serves all.
async fn people(db: &Db) -> anyhow::Result<()> {
    let hash = tokio::task::spawn_blocking(|| password::hash(CLAVE)).await??;
    let person = |m: &Miembro| NewUser {
        usuario: m.usuario.to_owned(),
        nombre: m.nombre.to_owned(),
        rol: m.rol,
        equipo: m.equipo.map(str::to_owned),
        entidades: m.entidades.iter().map(|e| (*e).to_owned()).collect(),
        clave: CLAVE.to_owned(),
    };
    admin::add_users(db, &GENTE.iter().map(person).collect::<Vec<_>>(), &hash).await?;
    Ok(())
}

/// Makes every file and puts it where its content belongs. Without a sync each: what a crash leaves is made again.
fn make_files(mundo: &Mundo, blobs: &Blobs) -> anyhow::Result<HashMap<ArchivoRef, Kept>> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let mut kept = HashMap::new();
    make_all::<anyhow::Error>(mundo, threads, |made| {
        match create_private(&blobs.path(&Sum::from_digest(made.sha256))) {
            Ok(mut file) => file.write_all(&made.bytes)?,
            // Two papers that came out the same.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error.into()),
        }
        kept.insert(made.archivo, Kept { sha256: made.sha256, bytes: made.bytes.len() as u64 });
        Ok(())
    })?;
    Ok(kept)
}

async fn load(
    db: &Db,
    config: &Configuracion,
    mundo: &Mundo,
    files: &HashMap<ArchivoRef, Kept>,
    progress: &mut impl FnMut(u64, u64),
) -> anyhow::Result<()> {
    let asesores = {
        let mut conn = db.read().await?;
        let all = personas::all(&mut conn).await?;
        all.into_iter().map(|asesor| (asesor.usuario.clone(), asesor)).collect::<HashMap<String, Asesor>>()
    };
    let mut loader = Loader::begin(db).await?;
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
            notas: &notes(&expediente, &asesores)?,
            avisos: &avisos(&expediente, &asesores)?,
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
            usuario_id: id_of(asesores, documento.subido_por)?,
            cuando: millis(documento.fecha)?,
        })
    };
    expediente.documentos.iter().map(document).collect()
}

fn notes(expediente: &ExpedienteMundo, people: &HashMap<String, Asesor>) -> anyhow::Result<Vec<NotaCarga>> {
    let note = |nota: &NotaMundo| {
        Ok(NotaCarga {
            texto: nota.texto.to_owned(),
            usuario_id: id_of(people, nota.por)?,
            cuando: millis(nota.fecha)?,
        })
    };
    expediente.notas.iter().map(note).collect()
}

fn avisos(expediente: &ExpedienteMundo, people: &HashMap<String, Asesor>) -> anyhow::Result<Vec<AvisoCarga>> {
    let one = |aviso: &AvisoMundo| {
        let para_id = id_of(people, aviso.para)?;
        let hecho = aviso.hecho.map(|when| anyhow::Ok((millis(when)?, para_id))).transpose()?;
        Ok(AvisoCarga {
            texto: aviso.texto.to_owned(),
            para_id,
            vence: aviso.vence.map(|day| day.to_string()).unwrap_or_default(),
            usuario_id: id_of(people, aviso.por)?,
            cuando: millis(aviso.fecha)?,
            hecho,
        })
    };
    expediente.avisos.iter().map(one).collect()
}

fn id_of(people: &HashMap<String, Asesor>, usuario: &str) -> anyhow::Result<i64> {
    Ok(people.get(usuario).context("person")?.id)
}

fn millis(at: jiff::civil::DateTime) -> anyhow::Result<i64> {
    Ok(at.to_zoned_datetime(TimeZone::UTC)?.timestamp().as_millisecond())
}
