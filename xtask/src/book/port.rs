//! Ports of this machine: which are free, and whether what answers there is ours.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, anyhow};

/// Where `cargo book` serves unless it is asked otherwise, and where it looks next.
const USUAL: std::ops::Range<u16> = 3000..3010;

const PATIENCE: Duration = Duration::from_secs(5);

fn address(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

/// A free port: the one that is wished for (0 is the kernel's choice), or the first of the usual
/// ones.
///
/// mdbook cannot be handed a bound socket, so the port is let go again before mdbook takes it.
pub(super) fn free(wish: Option<u16>) -> Result<u16> {
    let listener = match wish {
        Some(port) => TcpListener::bind(address(port)).map_err(|error| match error.kind() {
            ErrorKind::AddrInUse => anyhow!(
                "another program serves at port {port} (EADDRINUSE): choose another number, or leave --port \
                 out and a free one is found"
            ),
            ErrorKind::PermissionDenied => anyhow!(
                "you may not serve at port {port} (EACCES): choose a number above 1023, or leave --port out"
            ),
            _ => anyhow!("port {port} cannot be used here: {error}"),
        })?,
        None => USUAL
            .chain([0])
            .find_map(|port| TcpListener::bind(address(port)).ok())
            .context("no port can be listened on at 127.0.0.1")?,
    };
    Ok(listener.local_addr()?.port())
}

/// Whether somebody listens at this port. To try to bind it would be in the way of whoever is about
/// to.
pub(super) fn is_taken(port: u16) -> bool {
    TcpStream::connect_timeout(&address(port), PATIENCE).is_ok()
}

/// Whether a page is there. Not yet listening is no error: mdbook builds the book first.
pub(super) fn has_page(port: u16, page: &str) -> bool {
    let answer = || -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect_timeout(&address(port), PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(stream, "GET /{page} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        let mut answer = Vec::new();
        stream.take(12).read_to_end(&mut answer)?;
        Ok(answer)
    };
    answer().is_ok_and(|answer| answer == b"HTTP/1.1 200")
}
