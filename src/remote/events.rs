//! The events stream: Server-Sent Events (WHATWG HTML, section 9.2) with resume.

use super::Remote;
use crate::msg::{Failure, Msg};
use api::evento::Evento;
use reqwest::Method;
use tokio::sync::mpsc;

/// Longest line that is taken, in bytes.
const LINE_MAX: usize = 64 * 1024;

/// Listens until the stream is cut or the receiver is gone; the last message is [`Msg::ListenLost`].
pub async fn listen(remote: Remote, desde: Option<i64>, out: mpsc::Sender<Msg>) {
    let failure = match stream(&remote, desde, &out).await {
        Ok(()) => Failure::offline(),
        Err(failure) => failure,
    };
    let _ = out.send(Msg::ListenLost(failure)).await;
}

async fn stream(remote: &Remote, desde: Option<i64>, out: &mpsc::Sender<Msg>) -> Result<(), Failure> {
    let mut request = remote.request(Method::GET, "/eventos").header("accept", "text/event-stream");
    if let Some(seq) = desde {
        request = request.query(&[("desde", seq)]);
    }
    let mut response = remote.send(request).await?;
    let mut parser = Parser::default();
    while let Some(chunk) = response.chunk().await.map_err(|error| Failure::from_transport(&error))? {
        remote.count(0, chunk.len() as u64);
        for message in parser.push(&chunk).ok_or_else(Failure::broken)? {
            let Some(msg) = message.into_msg() else { continue };
            if out.send(msg).await.is_err() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// One dispatched event.
#[derive(Debug, Default, PartialEq, Eq)]
struct Message {
    event: String,
    data: String,
    id: String,
}

impl Message {
    /// `inicio` says where the stream stands; `reinicio` that too much was missed: both start afresh from their id.
    fn into_msg(self) -> Option<Msg> {
        if matches!(self.event.as_str(), "inicio" | "reinicio") {
            return self.id.parse().ok().map(|seq| Msg::Listening { seq });
        }
        let mut value = serde_json::from_str(&self.data).ok()?;
        super::clean::clean_json(&mut value);
        serde_json::from_value::<Evento>(value).ok().map(Msg::Evento)
    }
}

/// Cuts the stream into events.
#[derive(Debug, Default)]
struct Parser {
    line: Vec<u8>,
    message: Message,
}

impl Parser {
    /// Takes bytes; `None` when a line is longer than allowed.
    fn push(&mut self, bytes: &[u8]) -> Option<Vec<Message>> {
        let mut done = Vec::new();
        for &byte in bytes {
            if byte == b'\n' {
                let line = std::mem::take(&mut self.line);
                let line = String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(&line)).into_owned();
                self.take_line(&line, &mut done);
            } else if self.line.len() < LINE_MAX {
                self.line.push(byte);
            } else {
                return None;
            }
        }
        Some(done)
    }

    fn take_line(&mut self, line: &str, done: &mut Vec<Message>) {
        if line.is_empty() {
            let message = std::mem::take(&mut self.message);
            if !message.data.is_empty() || !message.event.is_empty() {
                done.push(message);
            }
            return;
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => self.message.event = value.to_owned(),
            "id" => self.message.id = value.to_owned(),
            "data" if self.message.data.is_empty() => self.message.data = value.to_owned(),
            "data" => {
                self.message.data.push('\n');
                self.message.data.push_str(value);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn events_survive_any_cut() {
        let text = b": latido\n\nevent: inicio\nid: 7\ndata: {}\n\nid: 8\r\ndata: {\"seq\":8,\"clase\":\"indice-cambiado\"}\r\n\r\n";
        for cut in 0..text.len() {
            let mut parser = Parser::default();
            let mut all = parser.push(&text[..cut]).unwrap();
            all.extend(parser.push(&text[cut..]).unwrap());
            assert_eq!(all.len(), 2, "cut at {cut}");
            assert_eq!((all[0].event.as_str(), all[0].id.as_str()), ("inicio", "7"));
            assert_eq!(all[1].id, "8");
        }
    }

    #[test]
    fn an_endless_line_is_refused() {
        assert!(Parser::default().push(&vec![b'x'; LINE_MAX + 1]).is_none());
    }
}
