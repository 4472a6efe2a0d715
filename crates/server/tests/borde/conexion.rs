//! Connections: health, limits, timers, and the stop.

use reqwest::Method;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use server::listener::Timers;
use server::testkit::Service;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

#[tokio::test]
async fn the_service_says_how_it_is() {
    let service = Service::start().await;
    let nobody = service.nobody();
    assert_eq!(nobody.http.get(format!("{}/salud", service.url())).send().await.unwrap().status(), 204);
    let answer = nobody.request(Method::GET, "/servidor").send().await.unwrap();
    assert_eq!(answer.version(), reqwest::Version::HTTP_2);
    let servidor: api::servidor::Servidor = answer.json().await.unwrap();
    assert!(servidor.capacidades.contains(&"subidas".to_owned()) && servidor.demo.is_empty());
}

#[tokio::test]
async fn whoever_says_nothing_is_closed() {
    let soon = Duration::from_millis(50);
    let service = Service::start_timed(|_| {}, Timers { handshake: soon, header: soon, ..Timers::default() }).await;
    let address = service.url().replace("https://", "");
    let mut silent = TcpStream::connect(&address).await.unwrap();
    assert_eq!(silent.read(&mut [0; 16]).await.unwrap_or(0), 0, "closed by the service");
    let mut nonsense = TcpStream::connect(&address).await.unwrap();
    nonsense.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
    let mut rest = Vec::new();
    let _ = nonsense.read_to_end(&mut rest).await;
    assert!(!rest.starts_with(b"HTTP"), "no plain HTTP");
}

#[tokio::test]
async fn whoever_greets_and_asks_nothing_is_closed() {
    let timers = Timers { header: Duration::from_millis(50), ..Timers::default() };
    let service = Service::start_timed(|_| {}, timers).await;
    for protocol in [&b"h2"[..], b"http/1.1"] {
        let mut silent = greet(&service, protocol).await;
        let mut said = Vec::new();
        let _ = silent.read_to_end(&mut said).await;
        assert!(!said.starts_with(b"HTTP/1.1 2"));
    }
}

#[tokio::test]
async fn a_connection_without_requests_is_closed_and_an_event_stream_is_none() {
    let timers = Timers { idle: Duration::from_millis(50), ..Timers::default() };
    let service = Service::start_timed(|_| {}, timers).await;
    let mut idle = greet(&service, b"http/1.1").await;
    idle.write_all(b"GET /salud HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut said = Vec::new();
    let _ = idle.read_to_end(&mut said).await;
    assert!(said.starts_with(b"HTTP/1.1 204"), "answered, then closed");
    let client = service.login("asesor").await;
    let mut events = client.request(Method::GET, "/eventos").send().await.unwrap();
    // Several times as long as an idle connection lives: made by opening and losing some.
    for _ in 0..4 {
        let mut other = greet(&service, b"http/1.1").await;
        other.write_all(b"GET /salud HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
        let _ = other.read_to_end(&mut Vec::new()).await;
    }
    let nuevo = serde_json::json!({ "entidad": "norte-seat", "modelo": "venta-vn" });
    client.request(Method::POST, "/expedientes").json(&nuevo).send().await.unwrap().error_for_status().unwrap();
    let mut told = String::new();
    while !told.contains("expediente") {
        told.push_str(std::str::from_utf8(&events.chunk().await.unwrap().expect("open still")).unwrap());
    }
}

#[tokio::test]
async fn whoever_asks_and_takes_no_answer_is_closed() {
    let timers = Timers { idle: Duration::from_millis(50), ..Timers::default() };
    let service = Service::start_timed(|settings| settings.segundos_parada = 0, timers).await;
    let ca = reqwest::Certificate::from_pem(service.ca_pem().as_bytes()).unwrap();
    // It allows no byte of a body to be sent.
    let client = reqwest::Client::builder().tls_certs_only([ca]).no_proxy().http2_initial_stream_window_size(0);
    let client = client.build().unwrap();
    let taken = async { client.get(format!("{}/api/v1/servidor", service.url())).send().await?.bytes().await };
    assert!(in_time(taken).await.is_err(), "cut, instead of held for ever");
}

#[tokio::test]
async fn a_refusal_before_its_body_leaves_the_connection_to_the_next_request() {
    let service = Service::start().await;
    let mut line = greet(&service, b"http/1.1").await;
    let head =
        "POST /api/v1/expedientes HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n";
    line.write_all(head.as_bytes()).await.unwrap();
    line.flush().await.unwrap();
    // Time enough to refuse it for want of a session: others are answered meanwhile.
    for _ in 0..5 {
        service.nobody().request(Method::GET, "/servidor").send().await.unwrap();
    }
    line.write_all(b"{}GET /salud HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
    let mut said = Vec::new();
    in_time(line.read_to_end(&mut said)).await.unwrap();
    let said = String::from_utf8(said).unwrap();
    assert!(said.starts_with("HTTP/1.1 401") && said.contains("HTTP/1.1 204"), "{said}");
}

#[tokio::test]
async fn an_address_has_so_many_connections_and_no_more() {
    let service = Service::start_with(|settings| settings.max_conexiones_direccion = 2).await;
    let first = greet(&service, b"h2").await;
    let _second = greet(&service, b"http/1.1").await;
    let mut third = TcpStream::connect(service.url().replace("https://", "")).await.unwrap();
    assert_eq!(in_time(third.read(&mut [0; 16])).await.unwrap_or(0), 0, "closed before a word");
    drop(first);
    // As soon as the service has noticed, there is a place again.
    let health = format!("{}/salud", service.url());
    in_time(async {
        while server::testkit::client(service.ca_pem()).get(&health).send().await.is_err() {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_body_that_never_ends_is_refused() {
    let timers = Timers { request: Duration::from_millis(50), ..Timers::default() };
    let service = Service::start_timed(|_| {}, timers).await;
    let body = reqwest::Body::wrap_stream(futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>());
    let request = service.nobody().request(Method::POST, "/sesion").header("content-type", "application/json");
    let refused = request.body(body).send().await.unwrap();
    assert_eq!((refused.status().as_u16(), &refused.headers()["retry-after"]), (503, &"5".parse().unwrap()));
}

#[tokio::test]
async fn a_stop_lets_a_request_under_way_finish() {
    let service = Service::start().await;
    let nobody = service.nobody();
    let state = service.state().clone();
    // The connection is there already: what is sent on it before the client hears of the stop is under way.
    nobody.http.get(format!("{}/salud", service.url())).send().await.unwrap();
    let (head, tail) = br#"{"usuario":"asesor","clave":"demo"}"#.split_at(10);
    let (began, begun) = tokio::sync::oneshot::channel::<()>();
    // The rest of the body goes out only after the stop has begun.
    let body = futures_util::stream::unfold((0, Some(began), state.clone()), move |(at, began, state)| async move {
        match at {
            0 => Some((Ok::<_, std::io::Error>(head), (1, began, state))),
            1 => {
                began?.send(()).ok()?;
                state.stopping().cancelled().await;
                Some((Ok(tail), (2, None, state)))
            }
            _ => None,
        }
    });
    let request = nobody.request(Method::POST, "/sesion").header("content-type", "application/json");
    let asked = tokio::spawn(request.body(reqwest::Body::wrap_stream(body)).send());
    begun.await.unwrap();
    service.stop().await;
    assert_eq!(asked.await.unwrap().unwrap().status(), 201);
}

/// What ends by itself soon; what does not fails the test instead of holding it up.
async fn in_time<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(60), future).await.expect("it ends by itself")
}

/// A TLS connection of that protocol.
async fn greet(service: &Service, protocol: &[u8]) -> TlsStream<TcpStream> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(service.ca_pem().as_bytes()).unwrap()).unwrap();
    let mut config = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![protocol.to_vec()];
    let stream = TcpStream::connect(service.url().replace("https://", "")).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    tokio_rustls::TlsConnector::from(Arc::new(config)).connect(name, stream).await.unwrap()
}

#[tokio::test]
async fn a_stop_lets_go_of_streams_and_closes_the_door() {
    let service = Service::start().await;
    let client = service.login("asesor").await;
    let mut events = client.request(Method::GET, "/eventos").send().await.unwrap();
    assert_eq!(events.status(), 200);
    let url = service.url();
    service.stop().await;
    while let Ok(Some(_)) = events.chunk().await {}
    assert!(client.http.get(format!("{url}/salud")).send().await.is_err());
}

#[tokio::test]
async fn a_stop_does_not_wait_for_whoever_says_nothing_on_the_port_of_figures() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let change = |settings: &mut server::Settings| {
        settings.metricas = Some(free);
        settings.segundos_parada = 0;
    };
    let service = Service::start_with(change).await;
    let mut half = TcpStream::connect(free).await.unwrap();
    half.write_all(b"GET /metrics HTTP/1.1\r\nhost:").await.unwrap();
    // Accepted in order: once this one is answered, the one before it is being served.
    let plain = reqwest::Client::builder().no_proxy().build().unwrap();
    plain.get(format!("http://{free}/metrics")).send().await.unwrap().bytes().await.unwrap();
    in_time(service.stop()).await;
}

#[tokio::test]
async fn figures_have_a_port_of_their_own_and_no_names() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let service = Service::start_with(|settings| settings.metricas = Some(free)).await;
    let client = service.login("asesor").await;
    client.request(Method::GET, "/expedientes/123456").send().await.unwrap();
    client.request(Method::from_bytes(b"INVENTADO").unwrap(), "/sesion").send().await.unwrap();
    let plain = reqwest::Client::builder().no_proxy().build().unwrap();
    let text = plain.get(format!("http://{free}/metrics")).send().await.unwrap().text().await.unwrap();
    assert!(text.contains("route=\"/api/v1/expedientes/{id}\",status=\"404\""), "{text}");
    assert!(text.contains("method=\"OTHER\"") && !text.contains("INVENTADO"), "nobody makes up series");
    assert!(text.contains("expedientes_connections") && !text.contains("123456") && !text.contains("asesor"));
}
