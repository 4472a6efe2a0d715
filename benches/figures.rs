//! The figures that the program promises, measured on this machine: `cargo bench --bench figures`. See `benches/README.md`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/cpu.rs"]
mod cpu;
#[path = "../tests/update/dsl.rs"]
#[allow(dead_code, reason = "shared with the tests of update/")]
mod dsl;
#[path = "figures/frames.rs"]
mod frames;
#[path = "figures/line.rs"]
mod line;
#[path = "figures/pages.rs"]
mod pages;
#[path = "figures/pictures.rs"]
mod pictures;
#[path = "figures/previews.rs"]
mod previews;
#[path = "support/proxy.rs"]
mod proxy;
#[path = "support/service.rs"]
mod service;
#[path = "../tests/support/mod.rs"]
mod support;
#[path = "support/table.rs"]
mod table;

use service::Service;
use std::time::Duration;
use table::Figure;

/// Expedientes of the demo.
const SIZE: u64 = 1_200;

fn main() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let runtime = tokio::runtime::Runtime::new()?;
    let seeded = Service::start(folder.path(), SIZE)?;
    let after_seeding = seeded.resident_mb()?.0;
    drop(seeded);
    let service = Service::start(folder.path(), SIZE)?;
    std::thread::sleep(Duration::from_secs(2));
    let mut figures = vec![
        Figure {
            what: "service, resident, idle at demo size".into(),
            measured: service.resident_mb()?.0,
            target: Some(60.0),
            unit: "MB",
        },
        Figure {
            what: "likewise, just after making the demo".into(),
            measured: after_seeding,
            target: Some(60.0),
            unit: "MB",
        },
    ];
    figures.extend(line::start_times(&service)?);
    figures.extend(line::bytes(&runtime, &service)?);
    figures.extend(frames::measure()?);
    figures.extend(pages::measure(&runtime, &service, folder.path())?);
    figures.extend(pictures::measure(folder.path())?);
    figures.extend(previews::measure(&runtime, &service)?);
    let (now, _) = service.resident_mb()?;
    figures.push(Figure {
        what: "service, resident, after all of the above".into(),
        measured: now,
        target: None,
        unit: "MB",
    });
    table::print(&figures);
    Ok(())
}
