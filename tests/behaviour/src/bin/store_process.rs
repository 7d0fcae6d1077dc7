//! A second process for tests of the store.
//!
//! `store_process call URL FILE` makes one call with a token shared through the file. `store_process save FILE`
//! saves to the file until it is killed.

#![forbid(unsafe_code)]

use std::error::Error;

use gocardless_bank_data::store::{FileStore, Saved, Store};
use gocardless_bank_data::{BankData, Credentials};
use test_support::{SECRET_ID, SECRET_KEY, Subject};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["call", url, file] => {
            let bank = BankData::builder(Credentials::new(SECRET_ID, SECRET_KEY))
                .base_url(url)
                .store(FileStore::open(file)?)
                .build()?;
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(Subject::Metadata.call(&bank))?;
            Ok(())
        }
        ["save", file] => {
            let store = FileStore::open(file)?;
            for owner in ["a", "b"].into_iter().cycle() {
                let owner = owner.repeat(100_000);
                let saved: Saved = serde_json::from_value(serde_json::json!({ "owner": owner }))?;
                let _lock = store.lock()?;
                store.save(&saved)?;
            }
            Ok(())
        }
        _ => Err("call URL FILE, or save FILE".into()),
    }
}
