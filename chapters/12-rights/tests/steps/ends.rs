//! Sockets for the tests of the handshake.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;

/// A folder for a socket, which everybody may connect to.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("ch12-{name}-{}", std::process::id()));
        fs::create_dir(&path).expect("a folder can be made");
        fs::set_permissions(&path, Permissions::from_mode(0o777)).expect("the folder is ours");
        Folder(path)
    }

    pub(crate) fn socket(&self) -> PathBuf {
        self.0.join("desk")
    }

    pub(crate) fn listen(&self) -> UnixListener {
        let listener = UnixListener::bind(self.socket()).expect("the folder is ours");
        fs::set_permissions(self.socket(), Permissions::from_mode(0o666)).expect("it is ours");
        listener
    }

    pub(crate) fn connect(&self) -> UnixStream {
        UnixStream::connect(self.socket()).expect("somebody listens")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).expect("the folder is ours");
    }
}

/// Both ends of a connection of one user with another.
pub(crate) fn ends(connect: impl FnOnce(&Folder) -> Option<UnixStream>) -> Option<[UnixStream; 2]> {
    let folder = Folder::new(&format!("ends-{}", support::this_thread()));
    let listener = folder.listen();
    let client = connect(&folder)?;
    let (server, _) = listener.accept().expect("somebody has connected");
    Some([server, client])
}
