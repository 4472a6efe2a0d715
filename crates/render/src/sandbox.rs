//! The fence a worker puts around itself before it reads a byte.
//!
//! Three layers. *Limits* work on every Unix and stop bombs: address space, CPU time, no core, no file of any size.
//! *Landlock* takes the file system and TCP away, *seccomp* leaves only the system calls that computing needs: no
//! sockets, no programs, no files. These two need a recent Linux; where they are missing the worker goes on without,
//! since refusing to draw would protect nobody: all it holds is the document it was sent.

#[cfg(unix)]
pub use unix::*;

#[cfg(unix)]
mod unix {
    use std::io;

    use rlimit::Resource;
    use rustix::time::{ClockId, clock_gettime};

    /// Standard streams, the fonts that are kept open, and a few for whatever the runtime opens.
    const MAX_ARCHIVOS: u64 = 32;

    /// Sets the limits that hold for the worker's whole life.
    pub fn limites(memoria: u64) -> io::Result<()> {
        bajar(Resource::AS, memoria)?;
        bajar(Resource::CORE, 0)?;
        bajar(Resource::FSIZE, 0)?;
        bajar(Resource::NOFILE, MAX_ARCHIVOS)
    }

    /// Lowers a limit for good; one that is lower already stays.
    pub fn bajar(recurso: Resource, valor: u64) -> io::Result<()> {
        if !recurso.is_supported() {
            return Ok(());
        }
        let (_, duro) = recurso.get()?;
        let valor = valor.min(duro);
        recurso.set(valor, valor)
    }

    /// Allows `segundos` of CPU from now on. The kernel counts from the start of the process, so the soft limit is
    /// moved ahead of what has been used; passing it ends the process with SIGXCPU.
    pub fn limitar_cpu(segundos: u64) -> io::Result<()> {
        let usado = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0);
        let (_, duro) = Resource::CPU.get()?;
        // One more, because the seconds used were rounded down.
        Resource::CPU.set(usado.saturating_add(segundos).saturating_add(1).min(duro), duro)
    }
}

/// Takes away the file system, TCP, and signals to others, as far as the kernel can.
#[cfg(target_os = "linux")]
pub fn sin_archivos() {
    use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, Scope};

    let cerrado = Ruleset::default()
        .handle_access(AccessFs::from_all(ABI::V6))
        .and_then(|r| r.handle_access(AccessNet::from_all(ABI::V6)))
        .and_then(|r| r.scope(Scope::from_all(ABI::V6)))
        .and_then(Ruleset::create)
        .and_then(landlock::RulesetCreated::restrict_self);
    // Best effort is the library's default; see the head of this file for why an error is no reason to stop.
    drop(cerrado);
}

/// Leaves only the system calls that computing and the two pipes need; any other answers "not permitted".
#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")))]
pub fn sin_llamadas() {
    if let Some(filtro) = filtro() {
        // As above: where the kernel has no filters, the limits still hold.
        drop(seccompiler::apply_filter_all_threads(&filtro));
    }
}

#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")))]
fn filtro() -> Option<seccompiler::BpfProgram> {
    use seccompiler::{
        SeccompAction, SeccompCmpArgLen as Largo, SeccompCmpOp as Op, SeccompCondition as Condicion, SeccompFilter,
        SeccompRule,
    };

    const SIN_CONDICION: [libc::c_long; 32] = [
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_write,
        libc::SYS_writev,
        libc::SYS_close,
        libc::SYS_fstat,
        libc::SYS_lseek,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_madvise,
        libc::SYS_brk,
        libc::SYS_futex,
        libc::SYS_sched_yield,
        libc::SYS_sched_getaffinity,
        libc::SYS_clock_gettime,
        libc::SYS_clock_nanosleep,
        libc::SYS_nanosleep,
        libc::SYS_gettimeofday,
        libc::SYS_getrandom,
        libc::SYS_getpid,
        libc::SYS_gettid,
        libc::SYS_getuid,
        libc::SYS_tgkill,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sigaltstack,
        libc::SYS_restart_syscall,
        libc::SYS_rseq,
        libc::SYS_set_robust_list,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ];
    // Memory may be had, but never memory that can be executed.
    let no_ejecutable = || {
        Condicion::new(2, Largo::Dword, Op::MaskedEq(libc::PROT_EXEC as u64), 0).and_then(|c| SeccompRule::new(vec![c]))
    };
    // Its own limits, for the CPU time of the next request; nobody else's.
    let propio = || Condicion::new(0, Largo::Dword, Op::Eq, 0).and_then(|c| SeccompRule::new(vec![c]));

    let mut reglas: std::collections::BTreeMap<i64, Vec<SeccompRule>> =
        SIN_CONDICION.iter().map(|llamada| (*llamada, Vec::new())).collect();
    reglas.insert(libc::SYS_mmap, vec![no_ejecutable().ok()?]);
    reglas.insert(libc::SYS_mprotect, vec![no_ejecutable().ok()?]);
    reglas.insert(libc::SYS_prlimit64, vec![propio().ok()?]);
    let negar = SeccompAction::Errno(libc::EPERM as u32);
    SeccompFilter::new(reglas, negar, SeccompAction::Allow, std::env::consts::ARCH.try_into().ok()?)
        .and_then(TryInto::try_into)
        .ok()
}

/// Nothing of the kind exists elsewhere.
#[cfg(not(target_os = "linux"))]
pub fn sin_archivos() {}

/// The filter's numbers are known for those processors only.
#[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64"))))]
pub fn sin_llamadas() {}

/// Windows has no such limits; the parent's wall clock is what holds there.
#[cfg(not(unix))]
pub fn limites(_: u64) -> std::io::Result<()> {
    Ok(())
}

/// Windows has no such limits; the parent's wall clock is what holds there.
#[cfg(not(unix))]
pub fn limitar_cpu(_: u64) -> std::io::Result<()> {
    Ok(())
}
