//! A person at the keyboard of a state, and a service that answers when told to.

use api::documento::DocumentoVista;
use api::expediente::{Cambiado, ExpedienteDetalle};
use api::lista::{Fila, Lista};
use api::servidor::{ModeloDefinicion, PersonaBreve, Servidor, UsuarioDemo};
use api::sesion::{EntidadVista, ModeloVista, Persona};
use api::{Codigo, Problem};
use domain::gate::{self, DocumentoEnPuerta};
use domain::{DocumentoId, EstadoDocumento, ExpedienteId, Indice, Modelo, Permiso, Rol, UsuarioId, Valor};
use expedientes::config::Config;
use expedientes::effect::{Effect, Timer, Write};
use expedientes::i18n::Text;
use expedientes::input::KeyPress;
use expedientes::msg::{Failure, FailureKind, Msg};
use expedientes::state::{Screen, State};
use expedientes::update::{Input, held, update};
use std::sync::Arc;

/// The day of all tests.
pub fn today() -> jiff::civil::Date {
    jiff::civil::date(2026, 11, 24)
}

/// Venta VN, as it ships.
pub fn modelo() -> Modelo {
    toml::from_str(include_str!("../../crates/server/modelos/venta-vn.toml")).unwrap()
}

pub fn persona(rol: Rol) -> Persona {
    Persona {
        id: UsuarioId(1),
        usuario: "ana".to_owned(),
        nombre: "Ana Soler".to_owned(),
        rol,
        permisos: Permiso::ALL.into_iter().filter(|permiso| rol.puede(*permiso)).collect(),
    }
}

pub fn servidor() -> Servidor {
    let user = |usuario: &str, rol| UsuarioDemo {
        usuario: usuario.to_owned(),
        clave: format!("clave-{usuario}"),
        nombre: usuario.to_owned(),
        rol,
    };
    Servidor {
        nombre: "Norte".to_owned(),
        version: "0".to_owned(),
        capacidades: Vec::new(),
        max_subida: 1 << 30,
        demo: vec![user("asesor", Rol::Asesor), user("jefe", Rol::JefeVentas)],
    }
}

pub fn entidades(modelos: &[&str]) -> Vec<EntidadVista> {
    let modelos = modelos.iter().map(|id| ModeloVista { id: (*id).into(), nombre: (*id).to_owned() }).collect();
    vec![EntidadVista { id: "norte".into(), nombre: "Norte".to_owned(), modelos }]
}

pub fn definicion() -> ModeloDefinicion {
    let asesores = vec![PersonaBreve { usuario: "ana".to_owned(), nombre: "Ana Soler".to_owned() }];
    ModeloDefinicion { version: 1, modelo: modelo(), asesores }
}

/// A row without anything to check.
pub fn fila(id: i64) -> Fila {
    Fila {
        id: ExpedienteId(id),
        numero: format!("26-{id:05}"),
        cliente: format!("Cliente {id}"),
        vehiculo: "Ibiza".to_owned(),
        matricula: String::new(),
        fase: "pedido".into(),
        docs: 0,
        listos: 0,
        requeridos: 0,
        pendientes: 0,
        avisos: 0,
        rechazados: 0,
        pedido: None,
        importe_cent: None,
        asesor: "ana".to_owned(),
    }
}

pub fn documento(id: i64, expediente: i64, tipo: &str, estado: EstadoDocumento) -> DocumentoVista {
    DocumentoVista {
        id: DocumentoId(id),
        expediente: ExpedienteId(expediente),
        tipo: tipo.into(),
        nombre: format!("{tipo}-{id}.pdf"),
        estado,
        motivo: String::new(),
        sha256: format!("{id:064x}"),
        bytes: 1_000,
        mime: "application/pdf".to_owned(),
        version: 1,
        por: "ana".to_owned(),
        fecha: "2026-11-02T10:00:00Z".to_owned(),
        duplicado: None,
        borrado: None,
    }
}

/// A detail as the service would make it, for somebody who may do all.
pub fn detalle(id: i64, revision: i64, documentos: Vec<DocumentoVista>) -> ExpedienteDetalle {
    let modelo = modelo();
    let mut indice = Indice::new();
    indice.insert("cliente".into(), Valor::from(format!("Cliente {id}").as_str()));
    indice.insert("tipo-cliente".into(), Valor::from("particular"));
    indice.insert("movil".into(), Valor::from("600000001"));
    let at_door: Vec<DocumentoEnPuerta<'_>> = documentos.iter().map(|d| (&d.tipo, d.estado)).collect();
    let requisitos = gate::checklist(&modelo, &indice, &at_door);
    ExpedienteDetalle {
        id: ExpedienteId(id),
        numero: format!("26-{id:05}"),
        entidad: "norte".into(),
        modelo: "venta-vn".into(),
        fase: "pedido".into(),
        revision,
        asesor: "ana".to_owned(),
        creado: "2026-11-01T10:00:00Z".to_owned(),
        cerrado: false,
        indice,
        documentos,
        notas: Vec::new(),
        avisos: Vec::new(),
        requisitos,
        faltas: Vec::new(),
        siguiente_fase: Some("facturacion".into()),
        permisos: Permiso::ALL.to_vec(),
    }
}

pub fn lista(ids: impl IntoIterator<Item = i64>, siguiente: Option<&str>) -> Lista {
    let items: Vec<Fila> = ids.into_iter().map(fila).collect();
    Lista { total: Some(items.len() as u64), items, siguiente: siguiente.map(str::to_owned), total_es_minimo: false }
}

pub fn offline() -> Failure {
    Failure::offline()
}

pub fn session_ended() -> Failure {
    Failure::of(FailureKind::SessionEnded, "La sesión ha terminado.")
}

pub fn refused(codigo: Codigo) -> Failure {
    Failure::from_problem(Problem::new(codigo, "No se puede."))
}

pub fn cambiado(revision: i64, campos: &[(&str, Valor)]) -> Cambiado {
    let campos = campos.iter().map(|(id, valor)| ((*id).into(), Some(valor.clone()))).collect();
    Cambiado { revision, campos, avisos: Vec::new(), fase: "pedido".into() }
}

/// A state, and what it has asked for since one last looked.
pub struct Play {
    pub state: State,
    pub effects: Vec<Effect>,
    /// The page of whatever is selected is never there when a key is pressed.
    pub blind: bool,
}

impl Play {
    /// The program has just started.
    pub fn start() -> Self {
        let state = State::new(Arc::new(Config::default()), today(), (120, 40));
        Self { state, effects: Vec::new(), blind: false }
    }

    /// At work: these rows, the first one's detail with two pending documents.
    pub fn work_with(rol: Rol, filas: Vec<Fila>) -> Self {
        let mut play = Self::start();
        play.msg(Msg::Servidor(Ok(servidor())));
        play.keys("1");
        let generation = play.state.generation;
        let nueva = api::sesion::SesionNueva { token: "t".to_owned(), caduca: String::new(), persona: persona(rol) };
        play.msg(Msg::SignedIn { generation, answer: Ok(nueva) });
        let generation = play.state.generation;
        play.msg(Msg::Entidades { generation, answer: Ok(entidades(&["venta-vn"])) });
        let generation = play.state.generation;
        play.msg(Msg::Modelo { generation, answer: Ok(definicion()) });
        play.state.lista.height = 10;
        play.state.documentos.height = 8;
        (play.state.indice.height, play.state.indice.columns) = (10, 1);
        play.state.preview.sheet.area = (60, 20);
        assert_eq!(play.state.screen, Screen::Work);
        let first = filas.first().map(|fila| fila.id.0);
        let siguiente = None;
        play.lista(Lista { total: Some(filas.len() as u64), items: filas, siguiente, total_es_minimo: false });
        if let Some(id) = first {
            use EstadoDocumento::Pendiente;
            play.detalle(detalle(
                id,
                3,
                vec![documento(11, id, "pedido", Pendiente), documento(12, id, "dni", Pendiente)],
            ));
        }
        play.state.mensajes.toasts.clear();
        play.effects.clear();
        play
    }

    /// At work with three expedientes.
    pub fn work() -> Self {
        Self::work_with(Rol::JefeVentas, (1..=3).map(fila).collect())
    }

    /// Types: characters as they are, other keys by name in angle brackets: `fase:ped<enter>jj<ctrl-s>`.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        let mut rest = script;
        while let Some(first) = rest.chars().next() {
            let (name, tail) = match (first, rest.find('>')) {
                ('<', Some(end)) => (&rest[1..end], &rest[end + 1..]),
                _ => rest.split_at(first.len_utf8()),
            };
            rest = tail;
            let key = KeyPress::parse(if name == " " { "space" } else { name })
                .unwrap_or_else(|| panic!("{name:?} is no key"));
            self.press(key);
        }
        self
    }

    pub fn press(&mut self, key: KeyPress) {
        let looks_at = self.state.documentos.current().filter(|_| !self.blind).map(|d| (d.id, d.sha256.clone()));
        self.state.preview.seen.extend(looks_at);
        let effects = held::key(&mut self.state, key);
        self.effects.extend(effects);
    }

    pub fn take(&mut self, input: Input) -> &mut Self {
        let effects = update(&mut self.state, input);
        self.effects.extend(effects);
        self
    }

    pub fn msg(&mut self, msg: Msg) -> &mut Self {
        self.take(Input::Msg(msg))
    }

    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.take(Input::Paste(text.to_owned()))
    }

    /// The timer goes off, when it was set.
    pub fn timer(&mut self, timer: Timer) -> &mut Self {
        let set =
            self.effects.iter().rposition(|effect| matches!(effect, Effect::Wake { timer: t, .. } if *t == timer));
        let Effect::Wake { after_ms, .. } = self.effects.remove(set.unwrap_or_else(|| panic!("{timer:?} was not set")))
        else {
            return self;
        };
        self.state.now += after_ms;
        self.msg(Msg::Timer(timer))
    }

    /// The list that is awaited comes.
    pub fn lista(&mut self, lista: Lista) -> &mut Self {
        let (generation, _) = self.state.lista.pending.expect("a list is awaited");
        self.msg(Msg::Lista { generation, answer: Ok(lista) })
    }

    /// The detail that is awaited comes.
    pub fn detalle(&mut self, detalle: ExpedienteDetalle) -> &mut Self {
        let (generation, _) = self.state.documentos.detalle.pending.expect("a detail is awaited");
        self.msg(Msg::Detalle { generation, answer: Ok(Some(detalle)) })
    }

    /// The service answers the oldest change of a document that is on its way.
    pub fn documento(&mut self, id: i64, answer: Result<DocumentoVista, Failure>) -> &mut Self {
        let documento = DocumentoId(id);
        let key = self.key_of(|effect| {
            matches!(effect, Effect::Write { write: Write::Validate { documento: of, .. }, .. } | Effect::Write { write: Write::Reject { documento: of, .. }, .. }
                | Effect::Write { write: Write::ChangeDocumento { documento: of, .. }, .. } if *of == documento)
        });
        self.msg(Msg::DocumentoChanged { key, documento, answer })
    }

    /// The service answers the change of fase that is on its way.
    pub fn fase(&mut self, id: i64, answer: Result<Cambiado, Failure>) -> &mut Self {
        let id = ExpedienteId(id);
        let key = self.key_of(
            |effect| matches!(effect, Effect::Write { write: Write::ChangeFase { id: of, .. }, .. } if *of == id),
        );
        self.msg(Msg::FaseChanged { key, id, answer })
    }

    fn key_of(&self, is_it: impl Fn(&Effect) -> bool) -> String {
        let sent = self.state.outbox.writes.iter().find(|sent| !sent.waiting && is_it(&sent.effect()));
        sent.expect("it is on its way").key.clone()
    }

    /// What has been asked for since the last look.
    pub fn effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Likewise, without timers.
    pub fn asked(&mut self) -> Vec<Effect> {
        self.effects().into_iter().filter(|effect| !matches!(effect, Effect::Wake { .. })).collect()
    }

    /// Whether a toast with this sentence is on screen.
    pub fn told(&self, key: &str) -> bool {
        self.state.mensajes.toasts.iter().any(|toast| matches!(&toast.mensaje.texto, Text::Key(k, _) if *k == key))
    }

    pub fn selected(&self) -> i64 {
        self.state.lista.current().expect("a row is selected").id.0
    }
}
