//! A TCP relay on this machine that counts bytes, and can be as thin and as slow as a branch office's line.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the line is like.
#[derive(Debug, Clone, Copy, Default)]
pub struct Line {
    /// Bits a second each way; 0 is as fast as it goes.
    pub bits_per_second: u64,
    /// One way.
    pub delay: Duration,
}

/// Bytes that have crossed, as TCP carries them: TLS records included.
#[derive(Debug, Default)]
pub struct Count {
    up: AtomicU64,
    down: AtomicU64,
}

impl Count {
    /// Both ways together.
    pub fn total(&self) -> u64 {
        self.up.load(Ordering::SeqCst) + self.down.load(Ordering::SeqCst)
    }
}

/// A running relay.
pub struct Proxy {
    /// Where it listens.
    pub addr: SocketAddr,
    /// What has crossed.
    pub count: Arc<Count>,
}

impl Proxy {
    /// Relays to `target`.
    pub async fn start(target: SocketAddr, line: Line) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let addr = listener.local_addr()?;
        let count = Arc::new(Count::default());
        let shared = count.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let count = shared.clone();
                tokio::spawn(async move {
                    let Ok(server) = TcpStream::connect(target).await else { return };
                    let _ = (client.set_nodelay(true), server.set_nodelay(true));
                    let (client_read, client_write) = client.into_split();
                    let (server_read, server_write) = server.into_split();
                    let (up, down) = (count.clone(), count);
                    tokio::join!(
                        relay(client_read, server_write, line, move |n| _ = up.up.fetch_add(n, Ordering::SeqCst)),
                        relay(server_read, client_write, line, move |n| _ = down.down.fetch_add(n, Ordering::SeqCst)),
                    );
                });
            }
        });
        Ok(Self { addr, count })
    }
}

async fn relay(
    mut from: impl AsyncReadExt + Unpin,
    mut to: impl AsyncWriteExt + Unpin,
    line: Line,
    count: impl Fn(u64),
) {
    let mut buffer = vec![0; 16 * 1024];
    // When the wire is free again: bytes leave one after the other, and each arrives `delay` later.
    let mut free = Instant::now();
    while let Ok(read) = from.read(&mut buffer).await {
        if read == 0 {
            break;
        }
        count(read as u64);
        if line.bits_per_second > 0 {
            let takes = Duration::from_secs_f64(read as f64 * 8.0 / line.bits_per_second as f64);
            free = free.max(Instant::now()) + takes;
        }
        tokio::time::sleep_until((free + line.delay).into()).await;
        if to.write_all(&buffer[..read]).await.is_err() {
            break;
        }
    }
    let _ = to.shutdown().await;
}
