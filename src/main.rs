//! The program: arguments in, exit status out.

use std::process::ExitCode;

fn main() -> ExitCode {
    signpost::cli::main(std::env::args_os())
}

/// Content is read and pages are written by several threads at once, in many small pieces: the usual allocator spends a tenth of
/// the program's time on them (docs/performance.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
