//! Does what `update/` asks for, off the loop, and answers with messages.

mod executor;
pub mod files;
mod keeper;
mod latest;
pub mod transfers;

use crate::cache::Cache;
use crate::effect::Effect;
use crate::msg::Msg;
use crate::preview::{Page, Preview};
use crate::remote::store::MemoryFile;
use crate::remote::{Remote, RemoteConfig};
use crate::state::preview::Signature;
use crate::state::preview::thumbs::AT_ONCE;
use latest::{Kind, Latest};
use tokio::sync::mpsc;

/// Messages that may wait for the loop before whoever sends more has to wait.
const CHANNEL: usize = 256;

/// How the runtime works.
#[derive(Debug, Clone)]
pub struct RuntimeConfig {
    /// The service.
    pub remote: RemoteConfig,
    /// Where things are remembered; `None` remembers nothing.
    pub memory: Option<MemoryFile>,
    /// Uploads and downloads at once.
    pub transfers: usize,
}

/// The runtime; dropped, it ends all that is under way.
pub struct Runtime {
    remote: Remote,
    memory: Option<MemoryFile>,
    preview: Preview,
    latest: Latest,
    transfers: transfers::Queue,
    keeper: keeper::Keeper,
    out: mpsc::Sender<Msg>,
}

impl Runtime {
    /// A runtime, and where its messages come out. Must be called within tokio.
    pub fn new(config: RuntimeConfig) -> anyhow::Result<(Self, mpsc::Receiver<Msg>)> {
        let remote = Remote::new(&config.remote)?;
        let (out, messages) = mpsc::channel(CHANNEL);
        let transfers = transfers::Queue::new(remote.clone(), out.clone(), config.transfers.max(1));
        let preview = Preview::new(remote.clone());
        let (latest, keeper) = (Latest::default(), keeper::Keeper::new());
        let runtime = Self { remote, memory: config.memory, preview, latest, transfers, keeper, out };
        Ok((runtime, messages))
    }

    /// Address of the service.
    pub fn url(&self) -> &str {
        self.remote.url()
    }

    /// Bytes sent and received since the start.
    pub fn bytes(&self) -> (u64, u64) {
        self.remote.bytes()
    }

    /// A page that is here already.
    pub fn peek(&self, signature: &Signature) -> Option<Page> {
        self.preview.peek(signature)
    }

    /// Starts an effect; never waits.
    pub fn run(&mut self, effect: Effect) {
        match effect {
            Effect::StartTransfer { id, job } => self.transfers.start(id, job),
            Effect::CancelTransfer { id } => self.transfers.cancel(id),
            Effect::StopListening => self.latest.abort(Kind::Listen),
            Effect::DropPages { but } => self.drop_pages(but.as_ref()),
            Effect::DropThumbs => (0..AT_ONCE).for_each(|place| self.latest.abort(Kind::Thumb(place))),
            Effect::Unlock { sha256, clave } => self.preview.unlock(sha256, clave),
            Effect::Keep(trabajo) => self.keeper.keep(*trabajo),
            Effect::LoadKept { usuario } => self.load_kept(usuario),
            Effect::Trust(sha256) => self.trust(sha256),
            Effect::Remember(what) => self.remember(what),
            Effect::Log(line) => tracing::info!(target: "person", "{line}"),
            // The loop's own: it copies by way of its terminal, and looks into the cache itself.
            Effect::Copy(_) | Effect::PeekPage { .. } => {}
            effect => self.spawn(effect),
        }
    }

    /// Ends what is under way for pages, but the fetching ahead of the one that is wanted now.
    fn drop_pages(&mut self, wanted: Option<&Signature>) {
        self.latest.abort(Kind::Page);
        if wanted.is_none_or(|wanted| !self.preview.is_fetching(wanted)) {
            self.latest.abort(Kind::Prefetch);
        }
    }

    fn spawn(&mut self, effect: Effect) {
        if let Effect::LoadPage { signature, pinned: false, .. } = &effect {
            self.drop_pages(Some(signature));
        }
        let kind = latest::kind_of(&effect);
        let context = executor::Context {
            remote: self.remote.clone(),
            memory: self.memory.clone(),
            preview: self.preview.clone(),
            out: self.out.clone(),
        };
        let task = tokio::spawn(executor::execute(context, effect));
        if let Some(kind) = kind {
            self.latest.replace(kind, task.abort_handle());
        }
    }

    /// Where nothing is remembered, as in a demo, nothing is kept and nothing answered.
    fn load_kept(&self, usuario: String) {
        let Some(memory) = &self.memory else { return };
        let opened = self.keeper.open(Cache::beside(memory), self.remote.url().to_owned(), usuario);
        let out = self.out.clone();
        tokio::spawn(async move {
            if let Ok(Some(left)) = opened.await {
                let _ = out.send(Msg::Kept(left)).await;
            }
        });
    }

    fn trust(&self, sha256: String) {
        self.remote.pin().confirm(sha256.clone());
        let url = self.remote.url().to_owned();
        self.change_memory(move |memory| memory.servidores.entry(url).or_default().huella = Some(sha256));
    }

    fn remember(&self, what: crate::effect::Memoria) {
        use crate::effect::Memoria;
        let url = self.remote.url().to_owned();
        self.change_memory(move |memory| match what {
            Memoria::TmuxAvisado => memory.tmux_avisado = true,
            Memoria::Tema(tema) => memory.tema = Some(tema),
            Memoria::Idioma(idioma) => memory.idioma = Some(idioma),
            Memoria::Eleccion(entidad, modelo) => {
                memory.servidores.entry(url).or_default().eleccion = Some((entidad.0, modelo.0));
            }
            Memoria::Busquedas(queries) => memory.servidores.entry(url).or_default().busquedas = queries,
            Memoria::Destinatario(usuario) => memory.servidores.entry(url).or_default().destinatario = usuario,
            Memoria::Motivos(motivos) => memory.servidores.entry(url).or_default().motivos = motivos,
        });
    }

    fn change_memory(&self, change: impl FnOnce(&mut crate::remote::store::Memory) + Send + 'static) {
        let Some(file) = self.memory.clone() else { return };
        tokio::task::spawn_blocking(move || {
            if let Err(error) = file.change(change) {
                tracing::warn!(%error, "memory not written");
            }
        });
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        self.latest.abort_all();
    }
}
