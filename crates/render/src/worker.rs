//! The worker's side of the pipe: a loop that reads a document, draws or reads it, and answers.
//!
//! The parent opens the file and sends its bytes, so the worker needs no file system. It writes nothing to standard
//! error: what it would say comes from the document.

use std::{
    cell::RefCell,
    io::{self, Read, Write},
    panic,
    process::ExitCode,
    str::FromStr,
    thread,
};

use crate::{
    Archivo, Imagen, RenderError, dispatch, fonts,
    frame::{self, ENV_CPU, ENV_MEMORIA, Orden, PREAMBULO, Pedido, Respuesta},
    oficina, sandbox,
};

/// Room for renderers that recurse into nested objects; only what is touched counts as memory.
const PILA: usize = 48 * 1024 * 1024;
const MEMORIA: u64 = 1024 * 1024 * 1024;
const CPU: u64 = 20;

thread_local! {
    /// What the last panic said, for the parent's log.
    static CAUSA: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs a worker on standard input and output until the parent closes its end, or becomes the office program where
/// [`crate::Oficina`] asks for that. Call it first thing in a process of its own: it limits that process for good.
pub fn worker_main() -> ExitCode {
    #[cfg(unix)]
    if std::env::var_os(oficina::ENV_CARPETA).is_some() {
        return oficina::lanzar();
    }
    panic::set_hook(Box::new(|info| {
        let causa = info.to_string();
        CAUSA.with_borrow_mut(|lugar| *lugar = Some(causa));
    }));
    if sandbox::limites(variable(ENV_MEMORIA, MEMORIA)).is_err() {
        return ExitCode::FAILURE;
    }
    fonts::preparar();
    sandbox::sin_archivos();
    let cpu = variable(ENV_CPU, CPU);
    // The thread exists before system calls are taken away, for it could not be made afterwards.
    let hilo = thread::Builder::new().stack_size(PILA).spawn(move || {
        sandbox::sin_llamadas();
        servir(&mut io::stdin().lock(), &mut io::stdout().lock(), cpu)
    });
    match hilo.map(thread::JoinHandle::join) {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn variable<T: FromStr>(nombre: &str, si_falta: T) -> T {
    std::env::var(nombre).ok().and_then(|valor| valor.parse().ok()).unwrap_or(si_falta)
}

/// Answers requests until the input ends between two of them.
fn servir(entrada: &mut impl Read, salida: &mut impl Write, cpu: u64) -> io::Result<()> {
    loop {
        let mut preambulo = [0; PREAMBULO];
        match entrada.read_exact(&mut preambulo) {
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            leido => leido?,
        }
        let (cabecera, cuerpo) =
            frame::leer_preambulo(preambulo, u64::MAX).ok_or(io::Error::from(io::ErrorKind::InvalidData))?;
        let cabecera = leer(entrada, cabecera)?;
        let documento = leer(entrada, cuerpo)?;
        let pedido: Pedido = serde_json::from_slice(&cabecera)?;

        sandbox::limitar_cpu(cpu)?;
        let (respuesta, cuerpo) = responder(&pedido, &documento);
        drop(documento);

        let cabecera = serde_json::to_vec(&respuesta)?;
        let preambulo =
            frame::preambulo(cabecera.len(), cuerpo.len() as u64).ok_or(io::Error::from(io::ErrorKind::InvalidData))?;
        salida.write_all(&preambulo)?;
        salida.write_all(&cabecera)?;
        salida.write_all(&cuerpo)?;
        salida.flush()?;
    }
}

fn leer(entrada: &mut impl Read, largo: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(largo).map_err(|_| io::Error::from(io::ErrorKind::OutOfMemory))?;
    bytes.resize(largo, 0);
    entrada.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn responder(pedido: &Pedido, documento: &[u8]) -> (Respuesta, Vec<u8>) {
    CAUSA.with_borrow_mut(Option::take);
    let archivo = Archivo { bytes: documento, clave: pedido.clave.as_ref() };
    let hecho = match &pedido.orden {
        Orden::Paginas => dispatch::paginas(archivo).map(|paginas| (Respuesta::Paginas { paginas }, Vec::new())),
        Orden::Pagina(p) => dispatch::pagina(archivo, p).map(|i| {
            let jpeg = i.mime == "image/jpeg";
            let Imagen { bytes, mime: _, ancho, alto, pagina_ancho, pagina_alto, paginas, firmas } = i;
            (Respuesta::Imagen { jpeg, ancho, alto, pagina_ancho, pagina_alto, paginas, firmas }, bytes)
        }),
        Orden::Texto { pagina, maqueta } => {
            let texto = if *maqueta { dispatch::maqueta } else { dispatch::texto };
            texto(archivo, *pagina).map(|texto| (Respuesta::Texto, texto.into_bytes()))
        }
        Orden::Firmas => dispatch::firmas(archivo).and_then(|firmas| datos(&firmas)),
        Orden::Buscar(busqueda) => dispatch::buscar(archivo, busqueda).and_then(|hallazgos| datos(&hallazgos)),
    };
    match hecho {
        Ok((_, cuerpo)) if cuerpo.len() as u64 > frame::MAX_RESPUESTA => error(RenderError::DemasiadoGrande),
        Ok(hecho) => hecho,
        Err(e) => error(e),
    }
}

fn datos(datos: &impl serde::Serialize) -> Result<(Respuesta, Vec<u8>), RenderError> {
    serde_json::to_vec(datos).map(|bytes| (Respuesta::Datos, bytes)).map_err(|e| RenderError::Worker(e.to_string()))
}

fn error(error: RenderError) -> (Respuesta, Vec<u8>) {
    const MAX_CAUSA: usize = 500;
    let causa = CAUSA.with_borrow_mut(Option::take).map(|causa| causa.chars().take(MAX_CAUSA).collect());
    (Respuesta::Error { error, causa }, Vec::new())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    fn peticion(orden: Orden, documento: &[u8]) -> Vec<u8> {
        let cabecera = serde_json::to_vec(&Pedido { orden, clave: None }).unwrap();
        let preambulo = frame::preambulo(cabecera.len(), documento.len() as u64).unwrap();
        [&preambulo, cabecera.as_slice(), documento].concat()
    }

    #[test]
    fn requests_are_answered_in_order_until_the_input_ends() {
        let entrada = [
            peticion(Orden::Texto { pagina: None, maqueta: false }, "Señor cliente".as_bytes()),
            peticion(Orden::Paginas, b"\x7fELF"),
        ]
        .concat();
        let mut salida = Vec::new();
        servir(&mut entrada.as_slice(), &mut salida, 1_000_000).unwrap();

        let mut resto = salida.as_slice();
        let mut siguiente = || {
            let (preambulo, cola) = resto.split_first_chunk::<PREAMBULO>().unwrap();
            let (cabecera, cuerpo) = frame::leer_preambulo(*preambulo, 1000).unwrap();
            let respuesta: Respuesta = serde_json::from_slice(&cola[..cabecera]).unwrap();
            let cuerpo_leido = cola[cabecera..cabecera + cuerpo].to_vec();
            resto = &cola[cabecera + cuerpo..];
            (respuesta, cuerpo_leido)
        };
        assert_eq!(siguiente(), (Respuesta::Texto, "Señor cliente".as_bytes().to_vec()));
        let desconocido = Respuesta::Error { error: RenderError::FormatoDesconocido, causa: None };
        assert_eq!(siguiente(), (desconocido, Vec::new()));
        assert!(resto.is_empty());
    }

    #[test]
    fn a_request_cut_short_is_an_error() {
        let entera = peticion(Orden::Paginas, b"hola");
        let cortada = &entera[..entera.len() - 1];
        assert!(servir(&mut &*cortada, &mut Vec::new(), 1_000_000).is_err());
    }
}
