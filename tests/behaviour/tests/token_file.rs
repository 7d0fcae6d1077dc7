//! A token file for the tests of the store, and the clients that share it.

use std::fs;
use std::path::{Path, PathBuf};

use gocardless_bank_data::BankData;
use gocardless_bank_data::store::FileStore;
use serde_json::Value;

use test_support::{Directory, FaultServer, Subject, builder};

/// A token file in a temporary directory of its own. It need not exist.
#[derive(Debug, Default)]
pub(crate) struct TokenFile(Directory);

impl TokenFile {
    /// A file saved by a client of this server.
    pub(crate) async fn saved(server: &FaultServer) -> Self {
        let file = Self::default();
        Subject::Metadata.call(&file.client(server)).await.unwrap();
        file
    }

    /// Where it is.
    pub(crate) fn path(&self) -> PathBuf {
        self.0.file("tokens.json")
    }

    /// The path of another file beside it.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.0.file(name)
    }

    /// The directory it is in.
    pub(crate) fn directory(&self) -> &Directory {
        &self.0
    }

    /// A store over it.
    pub(crate) fn store(&self) -> FileStore {
        FileStore::open(self.path()).unwrap()
    }

    /// A client for this server that keeps its tokens in it.
    pub(crate) fn client(&self, server: &FaultServer) -> BankData {
        builder(server).store(self.store()).build().unwrap()
    }

    /// Its content.
    pub(crate) fn read(&self) -> Value {
        serde_json::from_slice(&fs::read(self.path()).unwrap()).unwrap()
    }

    /// Writes this to it, readable only by its owner.
    pub(crate) fn write(&self, text: impl AsRef<[u8]>) {
        fs::write(self.path(), text).unwrap();
        make_private(&self.path());
    }

    /// Changes its content.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Value)) {
        let mut value = self.read();
        change(&mut value);
        self.write(value.to_string());
    }
}

#[cfg(unix)]
fn make_private(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

#[cfg(not(unix))]
fn make_private(_: &Path) {}
