//! A token file for the tests of the store, and the clients that share it.

use std::fs;
use std::path::{Path, PathBuf};

use gocardless_bank_data::BankData;
use gocardless_bank_data::store::FileStore;
use serde_json::Value;

use crate::client::builder;
use crate::directory::Directory;
use crate::server::FaultServer;
use crate::subject::Subject;

/// The place of a token file, alone in a directory that is gone after the test. It need not exist.
#[derive(Debug, Default)]
pub struct TokenFile(Directory);

impl TokenFile {
    /// A file as a client of this server saves it.
    pub async fn saved(server: &FaultServer) -> Self {
        let file = Self::default();
        Subject::Metadata.call(&file.client(server)).await.unwrap();
        file
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.0.file("tokens.json")
    }

    /// The place of another file beside it.
    #[must_use]
    pub fn beside(&self, name: &str) -> PathBuf {
        self.0.file(name)
    }

    /// The directory it is in.
    #[must_use]
    pub fn directory(&self) -> &Directory {
        &self.0
    }

    /// A store over it.
    #[must_use]
    pub fn store(&self) -> FileStore {
        FileStore::open(self.path()).unwrap()
    }

    /// A client of this server that keeps its tokens in it.
    #[must_use]
    pub fn client(&self, server: &FaultServer) -> BankData {
        builder(server).store(self.store()).build().unwrap()
    }

    /// What is in it.
    #[must_use]
    pub fn read(&self) -> Value {
        serde_json::from_slice(&fs::read(self.path()).unwrap()).unwrap()
    }

    /// Puts this into it, readable by its owner alone.
    pub fn write(&self, text: impl AsRef<[u8]>) {
        fs::write(self.path(), text).unwrap();
        make_private(&self.path());
    }

    /// Changes what is in it.
    pub fn change(&self, change: impl FnOnce(&mut Value)) {
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
