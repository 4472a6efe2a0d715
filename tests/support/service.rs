//! A service of the built program, and its commands.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A demo without panes.
pub struct Service {
    pub child: Child,
    pub dir: tempfile::TempDir,
    pub address: String,
}

impl Service {
    pub fn start() -> Self {
        Self::on(tempfile::tempdir().unwrap(), "127.0.0.1:0")
    }

    pub fn on(dir: tempfile::TempDir, listen: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_expedientes"))
            .args(["demo", "--headless", "--size", "120", "--listen", listen, "--data"])
            .arg(dir.path().join("datos"))
            .env("HOME", dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said: serde_json::Value = serde_json::from_str(&line).unwrap();
        let address = said["url"].as_str().unwrap().replace("https://", "");
        Self { child, dir, address }
    }

    pub fn ca(&self) -> String {
        self.dir.path().join("datos/ca.pem").display().to_string()
    }

    pub fn stop(mut self) -> (tempfile::TempDir, String) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        self.child.wait().unwrap();
        let dir = std::mem::replace(&mut self.dir, tempfile::tempdir().unwrap());
        (dir, self.address.clone())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command on that service, as administrativo: exit code, standard output, standard error.
pub fn command(service: &Service, home: &std::path::Path, args: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_expedientes"))
        .args(args)
        .args(["--server", &format!("https://{}", service.address), "--ca", &service.ca(), "--user", "administrativo"])
        .env("EXPEDIENTES_PASSWORD", "demo")
        .env("HOME", home)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}
