//! `cargo book`: builds the book, serves it on this machine, and says where as soon as it can be read.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail, ensure};
use clap::Subcommand;

use crate::command::{command, root, run as run_command, spawn};
use crate::mdbook;

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    /// Open the book in the browser
    #[arg(long)]
    open: bool,
    /// Serve at this port (otherwise 3000, or the next one that is free)
    #[arg(long)]
    port: Option<u16>,
}

#[derive(Subcommand)]
enum Action {
    /// Build the book into target/book, without serving it
    Build,
}

const REMEDY: &str = "mdbook says why above";

pub(crate) fn run(args: Args) -> Result<()> {
    match args.action {
        Some(Action::Build) => {
            run_command(command(mdbook::find_or_install()?).arg("build"), REMEDY)?;
            println!(
                "The book is in {}.",
                root().join("target/book/index.html").display()
            );
            Ok(())
        }
        None => serve(args.port, args.open),
    }
}

fn serve(port: Option<u16>, open: bool) -> Result<()> {
    // Before a long installation, not after it.
    let port = free_port(port)?;
    let mut serve = command(mdbook::find_or_install()?);
    serve
        .args([
            "serve",
            "--hostname",
            "127.0.0.1",
            "--port",
            &port.to_string(),
        ])
        // Not target/book: served pages carry a script that reloads them, and a `cargo book build` may run meanwhile.
        .args(["--dest-dir", "target/served-book"]);
    if open {
        serve.arg("--open");
    }
    let mut mdbook = spawn(&mut serve, REMEDY)?;
    while !answers(port)? {
        if let Some(status) = mdbook.try_wait()? {
            bail!("the book could not be built and served ({status}): {REMEDY}");
        }
        thread::sleep(Duration::from_millis(50));
    }
    println!("\nThe book is at http://127.0.0.1:{port} (stop with Ctrl-C)\n");
    let status = mdbook.wait()?;
    bail!("mdbook stopped serving ({status}): {REMEDY}");
}

fn address(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

fn free_port(wish: Option<u16>) -> Result<u16> {
    if let Some(port) = wish {
        return match TcpListener::bind(address(port)) {
            Ok(_) => Ok(port),
            Err(error) if error.kind() == ErrorKind::AddrInUse => Err(anyhow!(
                "another program serves at port {port}: choose another number, or leave --port out and a free one is found"
            )),
            Err(error) => Err(error).with_context(|| format!("port {port} cannot be used here")),
        };
    }
    // Port 0 is the kernel's choice of a free one.
    let listener = (3000..3010)
        .chain([0])
        .find_map(|port| TcpListener::bind(address(port)).ok());
    let listener = listener.context("no port can be listened on at 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

/// Whether the front page is there. Not yet listening is no error: mdbook builds the book first.
fn answers(port: u16) -> Result<bool> {
    let patience = Duration::from_secs(5);
    let Ok(mut stream) = TcpStream::connect_timeout(&address(port), patience) else {
        return Ok(false);
    };
    stream.set_read_timeout(Some(patience))?;
    stream.write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.take(12).read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer);
    ensure!(
        answer == "HTTP/1.1 200",
        "the page at port {port} answers \"{answer}\" where \"HTTP/1.1 200\" is expected"
    );
    Ok(true)
}
