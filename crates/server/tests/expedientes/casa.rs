//! A service with its people, asked as a client asks it.

use api::Problem;
use api::expediente::{Cambiado, Deshacer, ExpedienteDetalle, ExpedienteNuevo, HistorialEntrada, IndiceCambio};
use api::fase::{FaseCambio, Paso};
use domain::{CampoId, EstadoDocumento, ExpedienteId, Indice, TipoId, Valor};
use reqwest::{Method, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use server::app::expedientes::recount;
use server::store::documentos::{self, Contenido};
use server::testkit::{Client, Service};
use std::collections::BTreeMap;
use tokio::sync::Mutex;

/// The entidad and modelo of the tests.
pub const NORTE: &str = "norte-seat";
pub const VN: &str = "venta-vn";

pub struct Casa {
    pub service: Service,
    clients: Mutex<BTreeMap<&'static str, Client>>,
}

/// What is asked beside path and body.
#[derive(Debug, Clone, Copy, Default)]
pub struct With {
    pub if_match: Option<i64>,
    pub key: Option<&'static str>,
}

pub type Answer<T> = Result<T, Box<Problem>>;

impl Casa {
    pub async fn new() -> Self {
        Self { service: Service::start().await, clients: Mutex::default() }
    }

    async fn client(&self, who: &'static str) -> Client {
        let mut clients = self.clients.lock().await;
        if !clients.contains_key(who) {
            clients.insert(who, self.service.login(who).await);
        }
        clients[who].clone()
    }

    pub async fn request(&self, who: &'static str, method: Method, path: &str) -> RequestBuilder {
        self.client(who).await.request(method, path)
    }

    pub async fn get<T: DeserializeOwned>(&self, who: &'static str, path: &str) -> Answer<T> {
        read(self.request(who, Method::GET, path).await.send().await.unwrap()).await
    }

    pub async fn send<T: DeserializeOwned>(
        &self,
        who: &'static str,
        method: Method,
        path: &str,
        with: With,
        body: &impl Serialize,
    ) -> Answer<T> {
        let mut request = self.request(who, method, path).await.json(body);
        if let Some(revision) = with.if_match {
            request = request.header("if-match", format!("\"{revision}\""));
        }
        if let Some(key) = with.key {
            request = request.header("idempotency-key", key);
        }
        read(request.send().await.unwrap()).await
    }

    /// Opens an expediente of `who`, an asesor, in [`NORTE`] and [`VN`].
    pub async fn open_as(&self, who: &'static str, values: &[(&str, Valor)]) -> Answer<ExpedienteDetalle> {
        self.create(who, With::default(), &nuevo(None, values)).await
    }

    /// Opens an expediente of `asesor`.
    pub async fn open(&self, values: &[(&str, Valor)]) -> ExpedienteDetalle {
        self.open_as("asesor", values).await.unwrap()
    }

    pub async fn create(&self, who: &'static str, with: With, nuevo: &ExpedienteNuevo) -> Answer<ExpedienteDetalle> {
        self.send(who, Method::POST, "/expedientes", with, nuevo).await
    }

    pub async fn detail(&self, who: &'static str, id: ExpedienteId) -> Answer<ExpedienteDetalle> {
        self.get(who, &format!("/expedientes/{id}")).await
    }

    pub async fn history(&self, who: &'static str, id: ExpedienteId) -> Answer<Vec<HistorialEntrada>> {
        self.get(who, &format!("/expedientes/{id}/historial")).await
    }

    pub async fn change(
        &self,
        who: &'static str,
        id: ExpedienteId,
        if_match: Option<i64>,
        values: &[(&str, Option<Valor>)],
    ) -> Answer<Cambiado> {
        let campos = values.iter().map(|(campo, valor)| (CampoId::from(*campo), valor.clone())).collect();
        let with = With { if_match, key: None };
        self.send(who, Method::PATCH, &format!("/expedientes/{id}/indice"), with, &IndiceCambio { campos }).await
    }

    pub async fn undo(&self, who: &'static str, id: ExpedienteId, revision: Option<i64>) -> Answer<Cambiado> {
        self.send(who, Method::POST, &format!("/expedientes/{id}/deshacer"), With::default(), &Deshacer { revision })
            .await
    }

    /// A step from the current revision; answers the fase.
    pub async fn step(&self, who: &'static str, id: ExpedienteId, paso: Paso, motivo: Option<&str>) -> Answer<String> {
        let if_match = Some(self.detail("administrativo", id).await?.revision);
        let cambio = FaseCambio { paso, motivo: motivo.map(str::to_owned) };
        let path = format!("/expedientes/{id}/fase");
        let changed: Cambiado = self.send(who, Method::POST, &path, With { if_match, key: None }, &cambio).await?;
        Ok(changed.fase.0)
    }

    /// Validated documents of those types.
    pub async fn validated(&self, id: ExpedienteId, tipos: &[&str]) {
        let state = self.service.state();
        let modelo = state.modelo(&VN.into()).unwrap();
        let mut tx = state.db.write().await.unwrap();
        for tipo in tipos {
            let contenido = Contenido {
                sha256: &[0; 32],
                bytes: 1,
                mime: "application/pdf",
                nombre: "a.pdf",
                usuario_id: 1,
                cuando: 0,
            };
            let documento = documentos::insert(&mut tx, id, &TipoId::from(*tipo), &contenido).await.unwrap();
            documentos::set_estado(&mut tx, documento, EstadoDocumento::Validado, "").await.unwrap();
            recount(&mut tx, &modelo, id).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// What was audited of an expediente, in order.
    pub async fn audited(&self, id: ExpedienteId) -> Vec<String> {
        sqlx::query_scalar("SELECT accion FROM auditoria WHERE expediente_id = ? ORDER BY id")
            .bind(id.0)
            .fetch_all(&mut *self.service.state().db.read().await.unwrap())
            .await
            .unwrap()
    }

    /// What clients were told of it, in order.
    pub async fn told(&self, id: ExpedienteId) -> Vec<(String, i64)> {
        sqlx::query_as("SELECT clase, revision FROM evento WHERE expediente_id = ? ORDER BY seq")
            .bind(id.0)
            .fetch_all(&mut *self.service.state().db.read().await.unwrap())
            .await
            .unwrap()
    }
}

async fn read<T: DeserializeOwned>(answer: Response) -> Answer<T> {
    let (status, text) = (answer.status(), answer.text().await.unwrap());
    if status.is_success() {
        let text = if text.is_empty() { "null" } else { &text };
        return Ok(serde_json::from_str(text).unwrap());
    }
    let problem: Problem = serde_json::from_str(&text).unwrap();
    assert_eq!(problem.status, status.as_u16(), "{text}");
    Err(Box::new(problem))
}

/// A body of `POST /expedientes`.
pub fn nuevo(asesor: Option<&str>, values: &[(&str, Valor)]) -> ExpedienteNuevo {
    ExpedienteNuevo {
        entidad: NORTE.into(),
        modelo: VN.into(),
        asesor: asesor.map(str::to_owned),
        indice: indice(values),
    }
}

pub fn indice(values: &[(&str, Valor)]) -> Indice {
    values.iter().map(|(campo, valor)| (CampoId::from(*campo), valor.clone())).collect()
}

/// The code of a refusal.
pub fn codigo<T: std::fmt::Debug>(answer: Answer<T>) -> &'static str {
    answer.unwrap_err().codigo.as_str()
}
