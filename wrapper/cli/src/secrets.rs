//! Where the secret id and key come from: the environment, a file that only its owner reads, or the keyring of the system.
//! Never an argument, which every process of the machine can read.

use std::fs;
use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::Path;

use console::Term;
use gocardless_bank_data::Credentials;

use crate::exit::{Code, Failure};
use crate::output::replace;

/// The variables that hold the secrets.
const ID: &str = "GOCARDLESS_SECRET_ID";
const KEY: &str = "GOCARDLESS_SECRET_KEY";

/// Where secrets were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Environment,
    File,
    #[cfg(feature = "sandbox")]
    Sandbox,
    #[cfg(feature = "keyring")]
    Keyring,
}

impl Place {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Environment => "the environment",
            Self::File => "the secrets file",
            #[cfg(feature = "sandbox")]
            Self::Sandbox => "the sandbox",
            #[cfg(feature = "keyring")]
            Self::Keyring => "the keyring",
        }
    }
}

/// Finds the secrets of a profile.
///
/// # Errors
/// [`Failure`] if there are none, or others can read them.
pub(crate) fn find(file: &Path, profile: &str) -> Result<(Credentials, Place), Failure> {
    let variable = |name| std::env::var(name).ok().filter(|text| !text.trim().is_empty());
    match (variable(ID), variable(KEY)) {
        (Some(id), Some(key)) => {
            return Ok((Credentials::new(id.trim().to_owned(), key.trim().to_owned()), Place::Environment));
        }
        (None, None) => {}
        (id, _) => {
            let missing = if id.is_none() { ID } else { KEY };
            let message = format!("{missing} is not set although the other one is; set both, or neither");
            return Err(Failure::new(Code::Credentials, message));
        }
    }
    if let Some(credentials) = read_file(file)? {
        return Ok((credentials, Place::File));
    }
    #[cfg(feature = "keyring")]
    if let Some(credentials) = keyring::read(profile)? {
        return Ok((credentials, Place::Keyring));
    }
    Err(Failure::new(
        Code::Credentials,
        format!(
            "there are no secrets for profile {profile}; set {ID} and {KEY}, or store them with `bank-data login`, \
             or try `bank-data --sandbox demo` without any"
        ),
    ))
}

fn read_file(file: &Path) -> Result<Option<Credentials>, Failure> {
    let name = file.display();
    let refuse = |why: String| Failure::new(Code::Credentials, why);
    match fs::metadata(file) {
        Ok(metadata) => {
            if is_open_to_others(&metadata) {
                return Err(refuse(format!(
                    "others can read the secrets in {name}; run `chmod 600` on it, and replace the secrets if others use this \
                     machine"
                )));
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(refuse(format!("{name} cannot be read: {error}"))),
    }
    let text = fs::read_to_string(file).map_err(|error| refuse(format!("{name} cannot be read: {error}")))?;
    let (mut id, mut key) = (None, None);
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        // The line itself is not shown: it may hold a secret.
        let bad = || {
            let number = number + 1;
            refuse(format!(
                "line {number} of {name} is not `secret_id = \"…\"` or `secret_key = \"…\"`; correct it"
            ))
        };
        let (member, value) = line.split_once('=').ok_or_else(bad)?;
        let value = Some(value.trim().trim_matches('"').to_owned()).filter(|value| !value.is_empty());
        match member.trim() {
            "secret_id" => id = value,
            "secret_key" => key = value,
            _ => return Err(bad()),
        }
    }
    match id.zip(key) {
        Some((id, key)) => Ok(Some(Credentials::new(id, key))),
        None => Err(refuse(format!("{name} lacks secret_id or secret_key; run `bank-data login`"))),
    }
}

#[cfg(unix)]
fn is_open_to_others(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o077 != 0
}

/// Elsewhere the folder of the user is the user's alone.
#[cfg(not(unix))]
fn is_open_to_others(_: &fs::Metadata) -> bool {
    false
}

/// Asks for the secrets: on a terminal without showing the key, else two lines of standard input.
///
/// # Errors
/// [`Failure`] if there are not two.
pub(crate) fn ask() -> Result<(String, String), Failure> {
    let fail = |error: io::Error| Failure::new(Code::Other, format!("the secrets cannot be read: {error}"));
    let (id, key) = if io::stdin().is_terminal() {
        let terminal = Term::stderr();
        terminal.write_str("Secret id: ").map_err(fail)?;
        let id = terminal.read_line().map_err(fail)?;
        terminal.write_str("Secret key (not shown): ").map_err(fail)?;
        let key = terminal.read_secure_line().map_err(fail)?;
        (id, key)
    } else {
        let mut lines = io::stdin().lock().lines();
        let mut line = || lines.next().transpose().map(Option::unwrap_or_default).map_err(fail);
        (line()?, line()?)
    };
    let (id, key) = (id.trim().to_owned(), key.trim().to_owned());
    let is_fit = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic() && c != '"');
    if !is_fit(&id) || !is_fit(&key) {
        return Err(Failure::usage(
            "a secret is missing or has blanks or quotes in it; give the id and the key, each on a line of its own",
        ));
    }
    Ok((id, key))
}

/// Writes the secrets into a file that only its owner reads.
///
/// # Errors
/// [`Failure`] if it cannot be written.
pub(crate) fn write_file(file: &Path, id: &str, key: &str) -> Result<(), Failure> {
    let text = format!("# Written by bank-data login.\nsecret_id = \"{id}\"\nsecret_key = \"{key}\"\n");
    replace(file, &text)
}

/// The keyring of the system.
#[cfg(feature = "keyring")]
pub(crate) mod keyring {
    use gocardless_bank_data::Credentials;
    use keyring::{Entry, Error};

    use crate::exit::{Code, Failure};

    const SERVICE: &str = "bank-data";

    fn fail(error: &Error) -> Failure {
        Failure::new(
            Code::Credentials,
            format!("the keyring cannot be used: {error}; unlock it, or use a file"),
        )
    }

    fn entry(profile: &str, member: &str) -> Result<Entry, Failure> {
        Entry::new(SERVICE, &format!("{profile} {member}")).map_err(|error| fail(&error))
    }

    /// The secrets of a profile. `None`: none are stored, or there is no keyring.
    pub(crate) fn read(profile: &str) -> Result<Option<Credentials>, Failure> {
        let Ok(id) = entry(profile, "secret id") else { return Ok(None) };
        let key = entry(profile, "secret key")?;
        match (id.get_password(), key.get_password()) {
            (Ok(id), Ok(key)) => Ok(Some(Credentials::new(id, key))),
            (Err(Error::NoEntry | Error::PlatformFailure(_)), _) => Ok(None),
            (Err(error), _) | (_, Err(error)) => Err(fail(&error)),
        }
    }

    /// Stores the secrets of a profile.
    pub(crate) fn write(profile: &str, id: &str, key: &str) -> Result<(), Failure> {
        entry(profile, "secret id")?.set_password(id).map_err(|error| fail(&error))?;
        entry(profile, "secret key")?.set_password(key).map_err(|error| fail(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    fn file(text: &str, mode: u32) -> (tempfile::TempDir, std::path::PathBuf) {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secrets.toml");
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        (folder, path)
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_refused_and_no_secret_is_shown() {
        let (_folder, path) = file("secret_id = \"open\"\nsecret_key = \"sesame\"\n", 0o640);
        let failure = read_file(&path).unwrap_err();
        assert_eq!(failure.code, Code::Credentials);
        assert!(failure.message.contains("chmod 600") && !failure.message.contains("sesame"), "{failure:?}");
        let (_folder, path) = file("sesame\n", 0o600);
        let failure = read_file(&path).unwrap_err();
        assert!(
            failure.message.starts_with("line 1 of ") && !failure.message.contains("sesame"),
            "{failure:?}"
        );
    }

    #[test]
    fn what_login_writes_is_read_back_and_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secrets.toml");
        assert!(read_file(&path).unwrap().is_none());
        write_file(&path, "the-id", "the-key").unwrap();
        write_file(&path, "the-id", "the-other-key").unwrap();
        let credentials = read_file(&path).unwrap().unwrap();
        assert_eq!(credentials.secret_id.expose(), "the-id");
        assert_eq!(credentials.secret_key.expose(), "the-other-key");
    }
}
