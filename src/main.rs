//! The program: arguments in, exit status out.

use std::process::ExitCode;

fn main() -> ExitCode {
    signpost::cli::main(std::env::args_os())
}
