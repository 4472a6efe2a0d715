//! Connections: health, limits, timers, and the stop.

use reqwest::Method;
use server::listener::Timers;
use server::testkit::Service;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

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
    let service =
        Service::start_timed(|_| {}, Timers { handshake: soon, header: soon, ping: Duration::from_secs(40) }).await;
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
async fn figures_have_a_port_of_their_own_and_no_names() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let service = Service::start_with(|settings| settings.metricas = Some(free)).await;
    let client = service.login("asesor").await;
    client.request(Method::GET, "/expedientes/123456").send().await.unwrap();
    let plain = reqwest::Client::builder().no_proxy().build().unwrap();
    let text = plain.get(format!("http://{free}/metrics")).send().await.unwrap().text().await.unwrap();
    assert!(text.contains("route=\"/api/v1/expedientes/{id}\",status=\"404\""), "{text}");
    assert!(text.contains("expedientes_connections") && !text.contains("123456") && !text.contains("asesor"));
}
