//! Broken documents of every format through the pool: an error or a page, in time, and the pool goes on.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::time::Duration;

use common::{muestras::todas, *};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use render::{Pool, PoolConfig, RenderError};

/// Breaks a document in one of the ways that uploads and attackers do.
#[derive(Debug, Clone)]
enum Rotura {
    /// Cut after so many thousandths.
    Cortar(usize),
    /// Bytes replaced, each at so many thousandths.
    Cambiar(Vec<(usize, u8)>),
    /// Four bytes made huge, as in a length.
    Inflar(usize),
    /// A stretch that stands there twice.
    Repetir(usize, usize),
}

impl Rotura {
    fn en(&self, bytes: &[u8]) -> Vec<u8> {
        let lugar = |milesimas: usize| bytes.len() * milesimas / 1000;
        let mut roto = bytes.to_vec();
        match self {
            Self::Cortar(donde) => roto.truncate(lugar(*donde)),
            Self::Cambiar(cambios) => cambios.iter().for_each(|(donde, byte)| {
                let donde = lugar(*donde);
                roto[donde] ^= byte;
            }),
            Self::Inflar(donde) => {
                let donde = lugar(*donde);
                let fin = (donde + 4).min(roto.len());
                roto[donde..fin].fill(0xff);
            }
            Self::Repetir(desde, hasta) => {
                let (desde, hasta) = (lugar(*desde.min(hasta)), lugar(*desde.max(hasta)));
                roto.splice(hasta..hasta, bytes[desde..hasta].iter().copied());
            }
        }
        roto
    }
}

fn roturas() -> impl Strategy<Value = Rotura> {
    proptest::prop_oneof![
        (0_usize..1000).prop_map(Rotura::Cortar),
        proptest::collection::vec((0_usize..1000, 1_u8..), 1..6).prop_map(Rotura::Cambiar),
        (0_usize..1000).prop_map(Rotura::Inflar),
        (0_usize..1000, 0_usize..1000).prop_map(|(a, b)| Rotura::Repetir(a, b)),
    ]
}

#[tokio::test]
async fn no_broken_document_hangs_or_stops_the_pool() {
    const POR_FORMATO: usize = 24;
    let mut config = PoolConfig::new(env!("CARGO_BIN_EXE_render-worker"), [], 2);
    (config.wall, config.cpu_seconds) = (Duration::from_secs(120), 30);
    let (pool, dir) = (Pool::new(config), tempfile::tempdir().unwrap());
    // A name stands for its content, as in the service: each has its own.
    let documento = |nombre: String, bytes: &[u8]| {
        let doc = dir.path().join(nombre);
        std::fs::write(&doc, bytes).unwrap();
        doc
    };

    let semilla =
        TestRng::from_seed(RngAlgorithm::ChaCha, b"documentos rotos de este programa"[..32].try_into().unwrap());
    let mut azar = TestRunner::new_with_rng(Config::default(), semilla);
    let pdf = (render::Formato::Pdf, pdf(&[Hoja::default(); 2]));
    for (formato, bytes) in todas().into_iter().chain([pdf]) {
        let fijas = [Rotura::Cortar(0), Rotura::Cortar(500), Rotura::Cortar(999)];
        let al_azar = (0..POR_FORMATO).map(|_| roturas().new_tree(&mut azar).unwrap().current());
        for (n, rotura) in fijas.into_iter().chain(al_azar.collect::<Vec<_>>()).enumerate() {
            let doc = documento(format!("{formato:?}-{n}"), &rotura.en(&bytes));
            for hecho in [
                pool.pagina(&doc, None, &peticion(1, 200, 200)).await.map(|_| ()),
                pool.texto(&doc, None, None).await.map(|_| ()),
                pool.paginas(&doc, None).await.map(|_| ()),
            ] {
                // A limit that stops it is an answer too; a worker that nobody understands is not.
                let bien = !matches!(hecho, Err(RenderError::Worker(_) | RenderError::Tiempo));
                assert!(bien, "{formato}, {rotura:?}: {hecho:?}");
            }
        }
        let doc = documento(format!("{formato:?}"), &bytes);
        assert!(pool.pagina(&doc, None, &peticion(1, 200, 200)).await.is_ok(), "{formato} whole, afterwards");
    }
}
