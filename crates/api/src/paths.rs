//! Paths of the service, in one place for both sides.

/// Before every path but `/salud`.
pub const BASE: &str = "/api/v1";
/// Liveness, outside [`BASE`].
pub const SALUD: &str = "/salud";
/// The OpenAPI 3.1 document.
pub const OPENAPI: &str = "/api/v1/openapi.json";

/// Header with a client-made key (1 to 64 visible ASCII characters): the same key never does the same thing twice.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// Header of a completed upload and of every later `HEAD` of it: the id of the document it became.
pub const DOCUMENTO_ID: &str = "documento-id";
/// Header of a page image: how many pages the document has.
pub const PAGINAS: &str = "paginas";
/// Header of a page image: how long it took to draw (W3C Server Timing), so that the client does not take it for the line's time.
pub const SERVER_TIMING: &str = "server-timing";
/// Header of a page image: how many digital signatures the document bears; absent when none.
pub const FIRMAS: &str = "firmas";
/// Headers of a page image: width and height in pixels of the whole turned page, of which a `recorte` shows a part.
pub const PAGINA_ANCHO: &str = "pagina-ancho";
/// See [`PAGINA_ANCHO`].
pub const PAGINA_ALTO: &str = "pagina-alto";
/// Header of every request for what is to be seen of a document that asks for a password: the password, in UTF-8, as unpadded base64url.
pub const CLAVE_DOCUMENTO: &str = "clave-documento";
/// Header of every answer that depends on the configuration: its version.
pub const CONFIG_VERSION: &str = "config-version";
/// Header of every answer: the request's id, to be found in the service's log.
pub const REQUEST_ID: &str = "x-request-id";
