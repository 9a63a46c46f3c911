//! `patrol completions` and `patrol man`: from the same definitions as the arguments themselves.

use std::path::PathBuf;
use std::process::ExitCode;

use clap_complete::Shell;
use patrol_corridor::Error;

use crate::term::print_data;

/// Print the completion script of a shell
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    patrol completions bash > ~/.local/share/bash-completion/completions/patrol\n  \
    patrol completions zsh > \"${fpath[1]}/_patrol\"")]
pub struct CompletionsArgs {
    /// Shell that reads the script
    shell: Shell,
}

/// Write the manual pages: patrol.1, patrol-annotate.1, ...
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  patrol man --output ~/.local/share/man/man1\n  \
    patrol man | man -l -")]
pub struct ManArgs {
    /// Folder for all pages [default: print the first page]
    #[arg(long, short, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

/// `program` is what is completed.
pub fn completions(args: &CompletionsArgs, mut program: clap::Command) -> Result<ExitCode, Error> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut program, "patrol", &mut text);
    print_data(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// `program` is what the pages describe.
pub fn man(args: &ManArgs, program: clap::Command) -> Result<ExitCode, Error> {
    let Some(folder) = &args.output else {
        let mut text = Vec::new();
        clap_mangen::Man::new(program)
            .render(&mut text)
            .map_err(|e| Error::io("write the manual page", e))?;
        print_data(&text)?;
        return Ok(ExitCode::SUCCESS);
    };
    clap_mangen::generate_to(program, folder)
        .map_err(|e| Error::io("write the manual pages", e).in_file(folder.display().to_string()))?;
    Ok(ExitCode::SUCCESS)
}
