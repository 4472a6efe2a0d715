//! One function per route.

use super::Remote;
use crate::msg::Answer;
use crate::state::preview::secret::Secret;
use crate::state::preview::{Crop, Signature};
use api::aviso::{AvisoCambio, AvisoNuevo, AvisoVista, Destinatario, MisAvisos};
use api::documento::{DocumentoCambio, DocumentoVista, Firmas, Hallazgos, PaginaParams, Revision};
use api::expediente::{Cambiado, Deshacer, ExpedienteDetalle, ExpedienteNuevo, HistorialEntrada, IndiceCambio};
use api::fase::FaseCambio;
use api::lista::{Lista, ListaParams};
use api::nota::{NotaTexto, NotaVista};
use api::paths::{self, IDEMPOTENCY_KEY};
use api::plantilla::PlantillaPedido;
use api::servidor::{ModeloDefinicion, Servidor};
use api::sesion::{Credenciales, EntidadVista, Persona, SesionNueva, SesionVista};
use api::vista::Vista;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{AvisoId, DocumentoId, ExpedienteId, ModeloId, NotaId, PlantillaId};
use reqwest::header::{ACCEPT_ENCODING, ETAG, HeaderValue, IF_MATCH, IF_NONE_MATCH};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// No query.
const NONE: [(&str, &str); 0] = [];

impl Remote {
    /// What the service is.
    pub async fn servidor(&self) -> Answer<Servidor> {
        self.get("/servidor", &NONE).await
    }

    /// Signs in, and takes the token.
    pub async fn sign_in(&self, credenciales: &Credenciales) -> Answer<SesionNueva> {
        self.set_token(None);
        let nueva: SesionNueva = self.json(self.request(Method::POST, "/sesion").json(credenciales)).await?;
        self.set_token(Some(nueva.token.clone()));
        Ok(nueva)
    }

    /// Whose session this is.
    pub async fn who_am_i(&self) -> Answer<Persona> {
        self.get("/sesion", &NONE).await
    }

    /// Ends this session.
    pub async fn sign_out(&self) -> Answer<()> {
        let done = self.done(self.request(Method::DELETE, "/sesion")).await;
        self.set_token(None);
        done
    }

    /// The person's sessions.
    pub async fn sesiones(&self) -> Answer<Vec<SesionVista>> {
        self.get("/sesiones", &NONE).await
    }

    /// Ends a session.
    pub async fn revoke(&self, id: i64) -> Answer<()> {
        self.done(self.request(Method::DELETE, &format!("/sesiones/{id}"))).await
    }

    /// What there is to choose.
    pub async fn entidades(&self) -> Answer<Vec<EntidadVista>> {
        self.get("/entidades", &NONE).await
    }

    /// Definition of a modelo.
    pub async fn modelo(&self, id: &ModeloId) -> Answer<ModeloDefinicion> {
        self.get(&format!("/modelos/{id}"), &NONE).await
    }

    /// Definition of a modelo and its tag; `None` when `known` is its tag still.
    pub async fn modelo_unless(
        &self,
        id: &ModeloId,
        known: Option<&str>,
    ) -> Answer<Option<(ModeloDefinicion, Option<String>)>> {
        let mut request = self.request(Method::GET, &format!("/modelos/{id}")).header(ACCEPT_ENCODING, "br");
        if let Some(etag) = known {
            request = request.header(IF_NONE_MATCH, etag);
        }
        let response = self.send(request).await?;
        if response.status() == StatusCode::NOT_MODIFIED {
            return Ok(None);
        }
        let etag = response.headers().get(ETAG).and_then(|etag| etag.to_str().ok()).map(str::to_owned);
        Ok(Some((self.decode(response).await?, etag)))
    }

    /// A page of the list.
    pub async fn lista(&self, params: &ListaParams) -> Answer<Lista> {
        self.get("/expedientes", params).await
    }

    /// Everything of an expediente; `None` when `known` is its revision still.
    pub async fn detalle(&self, id: ExpedienteId, known: Option<i64>) -> Answer<Option<ExpedienteDetalle>> {
        let mut request = self.request(Method::GET, &format!("/expedientes/{id}")).header(ACCEPT_ENCODING, "br");
        if let Some(revision) = known {
            request = request.header(IF_NONE_MATCH, etag(revision));
        }
        let response = self.send(request).await?;
        if response.status() == StatusCode::NOT_MODIFIED {
            return Ok(None);
        }
        self.decode(response).await.map(Some)
    }

    /// A new expediente.
    pub async fn create(&self, nuevo: &ExpedienteNuevo, key: &str) -> Answer<ExpedienteDetalle> {
        self.json(self.request(Method::POST, "/expedientes").header(IDEMPOTENCY_KEY, key).json(nuevo)).await
    }

    /// Changes index fields.
    pub async fn save_indice(
        &self,
        id: ExpedienteId,
        revision: i64,
        cambio: &IndiceCambio,
        key: &str,
    ) -> Answer<Cambiado> {
        let request = self.request(Method::PATCH, &format!("/expedientes/{id}/indice"));
        self.json(request.header(IF_MATCH, etag(revision)).header(IDEMPOTENCY_KEY, key).json(cambio)).await
    }

    /// Undoes an index change.
    pub async fn undo(&self, id: ExpedienteId, revision: Option<i64>, key: &str) -> Answer<Cambiado> {
        let request = self.request(Method::POST, &format!("/expedientes/{id}/deshacer"));
        self.json(request.header(IDEMPOTENCY_KEY, key).json(&Deshacer { revision })).await
    }

    /// Moves through fases.
    pub async fn change_fase(
        &self,
        id: ExpedienteId,
        revision: i64,
        cambio: &FaseCambio,
        key: &str,
    ) -> Answer<Cambiado> {
        let request = self.request(Method::POST, &format!("/expedientes/{id}/fase"));
        self.json(request.header(IF_MATCH, etag(revision)).header(IDEMPOTENCY_KEY, key).json(cambio)).await
    }

    /// History, newest first.
    pub async fn historial(&self, id: ExpedienteId) -> Answer<Vec<HistorialEntrada>> {
        self.get(&format!("/expedientes/{id}/historial"), &NONE).await
    }

    /// Deleted documents.
    pub async fn borrados(&self, id: ExpedienteId) -> Answer<Vec<DocumentoVista>> {
        self.get(&format!("/expedientes/{id}/borrados"), &NONE).await
    }

    /// A document.
    pub async fn documento(&self, id: DocumentoId) -> Answer<DocumentoVista> {
        self.get(&format!("/documentos/{id}"), &NONE).await
    }

    /// Validates the version that was looked at.
    pub async fn validate(&self, id: DocumentoId, revision: &Revision, key: &str) -> Answer<DocumentoVista> {
        self.review(id, "validar", revision, key).await
    }

    /// Rejects it.
    pub async fn reject(&self, id: DocumentoId, revision: &Revision, key: &str) -> Answer<DocumentoVista> {
        self.review(id, "rechazar", revision, key).await
    }

    async fn review(&self, id: DocumentoId, verb: &str, revision: &Revision, key: &str) -> Answer<DocumentoVista> {
        let request = self.request(Method::POST, &format!("/documentos/{id}/{verb}"));
        self.json(request.header(IDEMPOTENCY_KEY, key).json(revision)).await
    }

    /// Another name or type.
    pub async fn change_documento(
        &self,
        id: DocumentoId,
        cambio: &DocumentoCambio,
        key: &str,
    ) -> Answer<DocumentoVista> {
        let request = self.request(Method::PATCH, &format!("/documentos/{id}"));
        self.json(request.header(IDEMPOTENCY_KEY, key).json(cambio)).await
    }

    /// Deletes, with a reason.
    pub async fn delete_documento(&self, id: DocumentoId, motivo: &str, key: &str) -> Answer<()> {
        let request = self.request(Method::DELETE, &format!("/documentos/{id}"));
        self.done(request.query(&[("motivo", motivo)]).header(IDEMPOTENCY_KEY, key)).await
    }

    /// Brings back.
    pub async fn recover_documento(&self, id: DocumentoId, key: &str) -> Answer<DocumentoVista> {
        self.json(self.request(Method::POST, &format!("/documentos/{id}/recuperar")).header(IDEMPOTENCY_KEY, key)).await
    }

    /// A new note.
    pub async fn add_nota(&self, id: ExpedienteId, texto: &str, key: &str) -> Answer<NotaVista> {
        self.keyed(Method::POST, &format!("/expedientes/{id}/notas"), &NotaTexto { texto: texto.to_owned() }, key).await
    }

    /// Another text of a note.
    pub async fn change_nota(&self, id: NotaId, texto: &str, key: &str) -> Answer<NotaVista> {
        self.keyed(Method::PATCH, &format!("/notas/{id}"), &NotaTexto { texto: texto.to_owned() }, key).await
    }

    /// Deletes a note.
    pub async fn delete_nota(&self, id: NotaId, key: &str) -> Answer<()> {
        self.done(self.request(Method::DELETE, &format!("/notas/{id}")).header(IDEMPOTENCY_KEY, key)).await
    }

    /// A new aviso.
    pub async fn add_aviso(&self, id: ExpedienteId, nuevo: &AvisoNuevo, key: &str) -> Answer<AvisoVista> {
        self.keyed(Method::POST, &format!("/expedientes/{id}/avisos"), nuevo, key).await
    }

    /// Changes an aviso, or says that it is done.
    pub async fn change_aviso(&self, id: AvisoId, cambio: &AvisoCambio, key: &str) -> Answer<AvisoVista> {
        self.keyed(Method::PATCH, &format!("/avisos/{id}"), cambio, key).await
    }

    /// Deletes an aviso.
    pub async fn delete_aviso(&self, id: AvisoId, key: &str) -> Answer<()> {
        self.done(self.request(Method::DELETE, &format!("/avisos/{id}")).header(IDEMPOTENCY_KEY, key)).await
    }

    /// The open avisos to the person who asks.
    pub async fn avisos(&self) -> Answer<MisAvisos> {
        self.get("/avisos", &NONE).await
    }

    /// Who may be the addressee of an aviso of an expediente.
    pub async fn personas(&self, id: ExpedienteId) -> Answer<Vec<Destinatario>> {
        self.get(&format!("/expedientes/{id}/personas"), &NONE).await
    }

    /// A document from a template.
    pub async fn from_template(
        &self,
        id: ExpedienteId,
        plantilla: &PlantillaId,
        con_huecos: bool,
        key: &str,
    ) -> Answer<DocumentoVista> {
        let path = format!("/expedientes/{id}/plantillas/{}", escape(plantilla.as_str()));
        self.keyed(Method::POST, &path, &PlantillaPedido { con_huecos }, key).await
    }

    async fn keyed<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &impl Serialize,
        key: &str,
    ) -> Answer<T> {
        self.json(self.request(method, path).header(IDEMPOTENCY_KEY, key).json(body)).await
    }

    /// The original, to be streamed, from a byte on.
    pub async fn original(&self, id: DocumentoId, from: u64) -> Answer<Response> {
        let mut request = self.request(Method::GET, &format!("/documentos/{id}/original"));
        if from > 0 {
            request = request.header(reqwest::header::RANGE, format!("bytes={from}-"));
        }
        self.send(request).await
    }

    /// A page's picture, or a part of it.
    pub async fn pagina(&self, s: &Signature, clave: Option<&Secret>) -> Answer<Pagina> {
        let part = |crop: &Crop| format!("{},{},{},{}", crop.x, crop.y, crop.width, crop.height);
        let params = PaginaParams {
            ancho: s.width,
            alto: s.height,
            giro: (s.rotation != 0).then_some(s.rotation),
            calidad: Some(s.nitidez.calidad().to_owned()),
            version: None,
            recorte: s.crop.as_ref().map(part),
        };
        let path = format!("/documentos/{}/paginas/{}", s.documento, s.page);
        let request = self.request(Method::GET, &path).query(&params);
        let response = self.send(unlocked(request, clave)).await?;
        let told = |name| number_of(&response, name);
        let pages = told(paths::PAGINAS);
        let firmas = told(paths::FIRMAS).unwrap_or_default();
        let whole = told(paths::PAGINA_ANCHO).zip(told(paths::PAGINA_ALTO));
        Ok(Pagina { bytes: self.body(response).await?, pages, firmas, whole })
    }

    /// A page's text, laid out as on the page, and how many pages there are.
    pub async fn texto(&self, id: DocumentoId, pagina: u32, clave: Option<&Secret>) -> Answer<(String, Option<u32>)> {
        let pagina = pagina.to_string();
        let query = [("pagina", pagina.as_str()), ("maqueta", "true")];
        let request = self.request(Method::GET, &format!("/documentos/{id}/texto")).query(&query);
        let response = self.send(unlocked(request, clave)).await?;
        let pages = number_of(&response, paths::PAGINAS);
        let body = self.body(response).await?;
        Ok((super::clean::clean_text(&String::from_utf8_lossy(&body)), pages))
    }

    /// Where a text stands in a document.
    pub async fn hallazgos(&self, id: DocumentoId, q: &str, clave: Option<&Secret>) -> Answer<Hallazgos> {
        let request = self.request(Method::GET, &format!("/documentos/{id}/hallazgos")).query(&[("q", q)]);
        self.json(unlocked(request.header(ACCEPT_ENCODING, "br"), clave)).await
    }

    /// Digital signatures of a document.
    pub async fn firmas(&self, id: DocumentoId, clave: Option<&Secret>) -> Answer<Firmas> {
        self.json(unlocked(self.request(Method::GET, &format!("/documentos/{id}/firmas")), clave)).await
    }

    /// Saved views of a modelo.
    pub async fn vistas(&self, modelo: &ModeloId) -> Answer<Vec<Vista>> {
        self.get("/vistas", &[("modelo", modelo.as_str())]).await
    }

    /// Saves a view.
    pub async fn save_vista(&self, vista: &Vista) -> Answer<()> {
        self.done(self.request(Method::PUT, &format!("/vistas/{}", escape(&vista.nombre))).json(vista)).await
    }

    /// Deletes a view.
    pub async fn delete_vista(&self, nombre: &str, modelo: &ModeloId) -> Answer<()> {
        let request = self.request(Method::DELETE, &format!("/vistas/{}", escape(nombre)));
        self.done(request.query(&[("modelo", modelo.as_str())])).await
    }
}

/// A revision as an entity tag, RFC 9110 section 8.8.3.
fn etag(revision: i64) -> String {
    format!("\"{revision}\"")
}

/// A page as the service sends it.
pub struct Pagina {
    /// The picture's file.
    pub bytes: Vec<u8>,
    /// How many pages the document has.
    pub pages: Option<u32>,
    /// How many digital signatures it bears.
    pub firmas: u32,
    /// Size of the whole page in pixels, of which the picture may be a part.
    pub whole: Option<(u32, u32)>,
}

fn number_of(response: &Response, name: &str) -> Option<u32> {
    response.headers().get(name)?.to_str().ok()?.parse().ok()
}

/// A request with the password of its document.
fn unlocked(request: RequestBuilder, clave: Option<&Secret>) -> RequestBuilder {
    let header = clave.and_then(|clave| HeaderValue::from_str(&URL_SAFE_NO_PAD.encode(&clave.0)).ok());
    match header {
        Some(mut header) => {
            header.set_sensitive(true);
            request.header(paths::CLAVE_DOCUMENTO, header)
        }
        None => request,
    }
}

/// Percent-encodes a path segment, RFC 3986 section 2.1.
fn escape(segment: &str) -> String {
    segment
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
