//! The process that puts a fence around itself and becomes the office program.

use std::{
    ffi::OsString,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use rlimit::Resource;

use super::{ENV_CARPETA, ENV_ENTRADA, ENV_PROGRAMA, NO_SE_PUDO_LANZAR};
use crate::sandbox::bajar;

/// It reserves much more than it uses.
const MEMORIA: u64 = 4 * 1024 * 1024 * 1024;
const CPU: u64 = 60;
const ESCRITURA: u64 = 256 * 1024 * 1024;
const ARCHIVOS: u64 = 512;

/// Runs the office program on the document of the environment, inside the fence. Returns only when that fails.
pub fn lanzar() -> ExitCode {
    let fallo = ExitCode::from(NO_SE_PUDO_LANZAR);
    let ruta = |nombre: &str| std::env::var_os(nombre).map(PathBuf::from).filter(|ruta| ruta.is_absolute());
    let (Some(carpeta), Some(programa), Some(entrada)) = (ruta(ENV_CARPETA), ruta(ENV_PROGRAMA), ruta(ENV_ENTRADA))
    else {
        return fallo;
    };
    let limites = [
        bajar(Resource::AS, MEMORIA),
        bajar(Resource::CPU, CPU),
        bajar(Resource::FSIZE, ESCRITURA),
        bajar(Resource::NOFILE, ARCHIVOS),
        bajar(Resource::CORE, 0),
    ];
    if limites.iter().any(Result::is_err) {
        return fallo;
    }
    #[cfg(target_os = "linux")]
    {
        solo_programas(&carpeta, &programa);
        sin_red();
    }
    let mut perfil = OsString::from("-env:UserInstallation=file://");
    perfil.push(carpeta.join("perfil"));
    // It comes back only with an error.
    let _ = Command::new(programa)
        .args(["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"])
        .arg(perfil)
        .args(["--convert-to", "pdf", "--outdir"])
        .args([carpeta, entrada])
        .env_remove(ENV_CARPETA)
        .env_remove(ENV_PROGRAMA)
        .env_remove(ENV_ENTRADA)
        .exec();
    fallo
}

/// Programs, libraries, fonts and settings to read, its own folder to write in; no TCP. As in [`crate::sandbox`], what
/// the kernel does not have is done without.
#[cfg(target_os = "linux")]
fn solo_programas(carpeta: &Path, programa: &Path) {
    use landlock::{
        ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetCreatedAttr, Scope, path_beneath_rules,
    };

    const PARA_LEER: [&str; 18] = [
        "/usr",
        "/lib",
        "/lib64",
        "/bin",
        "/opt",
        "/var/cache/fontconfig",
        "/var/lib/libreoffice",
        "/var/spool/libreoffice",
        "/etc/alternatives",
        "/etc/fonts",
        "/etc/group",
        "/etc/ld.so.cache",
        "/etc/libreoffice",
        "/etc/localtime",
        "/etc/nsswitch.conf",
        "/etc/passwd",
        "/sys/devices/system/cpu",
        "/proc/version",
    ];
    const APARATOS: [&str; 4] = ["/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"];
    let abi = ABI::V6;
    let cerrado = Ruleset::default()
        .handle_access(AccessFs::from_all(abi))
        .and_then(|r| r.handle_access(AccessNet::from_all(abi)))
        .and_then(|r| r.scope(Scope::from_all(abi)))
        .and_then(Ruleset::create)
        .and_then(|r| r.add_rules(path_beneath_rules(PARA_LEER, AccessFs::from_read(abi))))
        .and_then(|r| r.add_rules(path_beneath_rules([instalacion(programa)], AccessFs::from_read(abi))))
        .and_then(|r| r.add_rules(path_beneath_rules(APARATOS, AccessFs::ReadFile | AccessFs::WriteFile)))
        // It does not start without its socket there; see `barrer`.
        .and_then(|r| r.add_rules(path_beneath_rules(super::TUBOS, AccessFs::MakeSock)))
        .and_then(|r| r.add_rules(path_beneath_rules([carpeta], AccessFs::from_all(abi))))
        .and_then(landlock::RulesetCreated::restrict_self);
    drop(cerrado);
}

/// What belongs to the program, wherever it was installed: the folder around `program/soffice`, else the file alone.
#[cfg(target_os = "linux")]
fn instalacion(programa: &Path) -> PathBuf {
    let real = programa.canonicalize().unwrap_or_else(|_| programa.to_owned());
    match real.parent() {
        Some(carpeta) if carpeta.ends_with("program") => carpeta.parent().unwrap_or(carpeta).to_owned(),
        _ => real,
    }
}

/// No sockets but those between processes of this machine, and no calls that change the machine or look into others.
#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")))]
fn sin_red() {
    use std::collections::BTreeMap;

    use seccompiler::{
        BpfProgram, SeccompAction, SeccompCmpArgLen as Largo, SeccompCmpOp as Op, SeccompCondition as Condicion,
        SeccompFilter, SeccompRule,
    };

    const PROHIBIDAS: [libc::c_long; 18] = [
        // Whoever leaves the process group would not be killed with it.
        libc::SYS_setsid,
        libc::SYS_setpgid,
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_mount,
        libc::SYS_umount2,
        libc::SYS_pivot_root,
        libc::SYS_unshare,
        libc::SYS_setns,
        libc::SYS_bpf,
        libc::SYS_perf_event_open,
        libc::SYS_keyctl,
        libc::SYS_add_key,
        libc::SYS_request_key,
        libc::SYS_userfaultfd,
        libc::SYS_io_uring_setup,
        libc::SYS_kexec_load,
    ];
    let filtro = || -> Option<BpfProgram> {
        let ajeno = Condicion::new(0, Largo::Dword, Op::Ne, libc::AF_UNIX as u64).ok()?;
        let mut reglas: BTreeMap<i64, Vec<SeccompRule>> = PROHIBIDAS.iter().map(|n| (*n, Vec::new())).collect();
        reglas.insert(libc::SYS_socket, vec![SeccompRule::new(vec![ajeno]).ok()?]);
        let negar = SeccompAction::Errno(libc::EPERM as u32);
        SeccompFilter::new(reglas, SeccompAction::Allow, negar, std::env::consts::ARCH.try_into().ok()?)
            .and_then(TryInto::try_into)
            .ok()
    };
    if let Some(filtro) = filtro() {
        drop(seccompiler::apply_filter(&filtro));
    }
}

/// The filter's numbers are known for those processors only.
#[cfg(all(target_os = "linux", not(any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64"))))]
fn sin_red() {}
