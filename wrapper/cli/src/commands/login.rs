//! `login`: stores the secrets, once they are known to be right.

use gocardless_bank_data::Credentials;
use serde::Serialize;

use crate::app::App;
use crate::args::Login;
use crate::exit::Failure;
use crate::output::Output;
use crate::secrets;

#[derive(Serialize)]
struct Shown {
    profile: String,
    stored_in: String,
}

pub(crate) async fn run(app: &App, login: &Login) -> Result<(), Failure> {
    let (id, key) = secrets::ask()?;
    // The first call obtains a token, and so shows whether they are right.
    let bank = app.bank_with(Credentials::new(id.clone(), key.clone()))?;
    bank.agreements().list().limit(1_u64).await?;
    #[cfg(feature = "keyring")]
    if login.keyring {
        secrets::keyring::write(app.profile(), &id, &key)?;
        return report(app, "the keyring");
    }
    let _ = login;
    app.create_config()?;
    secrets::write_file(&app.secrets_file(), &id, &key)?;
    report(app, &app.secrets_file().display().to_string())
}

fn report(app: &App, place: &str) -> Result<(), Failure> {
    if app.output.json {
        return Output::value(&Shown { profile: app.profile().to_owned(), stored_in: place.to_owned() });
    }
    app.output.say(&format!("The secrets are valid and are stored in {place}."))
}
