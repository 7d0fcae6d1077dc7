//! Whose state it is: names that reveal nothing, and the seal on what is secret.

use std::fmt;

use gocardless_bank_data_types::Credentials;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, KeyType, Okm, Prk, Salt};
use ring::rand;

use super::engine::Key;

/// Separates these keys from whatever else somebody derives from the secret key.
const SALT: &[u8] = b"gocardless-bank-data state 1";

/// The keys of one API address and one set of credentials, derived from the secret key.
#[derive(Clone)]
pub(crate) struct Owner {
    name: String,
    derived: Prk,
    seal: Option<LessSafeKey>,
}

/// A length of what is derived, in bytes.
struct Bytes(usize);

impl KeyType for Bytes {
    fn len(&self) -> usize {
        self.0
    }
}

impl Owner {
    pub(crate) fn new(address: &str, credentials: &Credentials) -> Self {
        let (id, key) = (credentials.secret_id.expose(), credentials.secret_key.expose());
        let derived = Salt::new(HKDF_SHA256, SALT).extract(key.as_bytes());
        let name = name(&derived, &["owner", address, id]);
        let seal = expand(&derived, &["seal", address, id], &CHACHA20_POLY1305, |key| {
            LessSafeKey::new(UnboundKey::from(key))
        });
        Self { name, derived, seal }
    }

    /// The key of a record that there is one of.
    pub(crate) fn key(&self, kind: &str) -> Key {
        Key::new(&self.name, kind, "company")
    }

    /// The key of a record of something that is not to be named.
    pub(crate) fn key_of(&self, kind: &str, id: &str) -> Key {
        Key::new(&self.name, kind, &name(&self.derived, &[kind, id]))
    }

    /// Encrypts a text, so that it can be read only with the same credentials and the same `generation`. The nonce is random,
    /// which is safe for four billion texts; there are a few a day.
    pub(crate) fn seal(&self, text: &[u8], generation: u64) -> Option<String> {
        let nonce = rand::generate(&rand::SystemRandom::new()).ok()?.expose();
        let mut sealed = text.to_vec();
        let (key, aad) = (self.seal.as_ref()?, Aad::from(self.associated(generation)));
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut sealed).ok()?;
        Some(hex(&nonce) + &hex(&sealed))
    }

    /// Decrypts what [`seal`](Self::seal) returned; `None` if it was changed, or sealed by somebody else.
    pub(crate) fn open(&self, sealed: &str, generation: u64) -> Option<Vec<u8>> {
        let mut bytes = unhex(sealed)?;
        let (nonce, sealed) = bytes.split_at_mut_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let opened = self.seal.as_ref()?.open_in_place(nonce, Aad::from(self.associated(generation)), sealed);
        opened.ok().map(|text| text.to_vec())
    }

    fn associated(&self, generation: u64) -> Vec<u8> {
        [self.name.as_bytes(), b":", generation.to_string().as_bytes()].concat()
    }
}

/// A keyed hash of these parts as text.
fn name(derived: &Prk, parts: &[&str]) -> String {
    let mut output = [0; 16];
    // Its length is the one that was asked for.
    let _ = expand(derived, parts, Bytes(output.len()), |derived| derived.fill(&mut output));
    hex(&output)
}

/// What `make` makes of what is derived for these parts. `None` only for more than 8 KiB.
fn expand<L: KeyType, T>(
    derived: &Prk,
    parts: &[&str],
    length: L,
    make: impl FnOnce(Okm<'_, L>) -> T,
) -> Option<T> {
    // A zero byte ends each part, so that no two lists of parts are alike.
    let parts: Vec<&[u8]> = parts.iter().flat_map(|part| [part.as_bytes(), &[0]]).collect();
    derived.expand(&parts, length).ok().map(make)
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for half in bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]) {
        text.push(char::from(if half < 10 { b'0' + half } else { b'a' + half - 10 }));
    }
    text
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    rest.is_empty()
        .then(|| pairs.iter().map(|[high, low]| Some(digit(high)? << 4 | digit(low)?)).collect())?
}

impl fmt::Debug for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Owner({})", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(id: &str, key: &str) -> Owner {
        Owner::new("https://example.org", &Credentials::new(id, key))
    }

    #[test]
    fn names_are_the_same_in_every_process_and_tell_nothing() {
        let (ours, account) = (owner("id", "canary"), "3fa85f64-5717-4562-b3fc-2c963f66afa6");
        let key = ours.key_of("account", account);
        // From one version to the next, too: another name would be an account of which nothing is known.
        assert_eq!(
            key.as_str(),
            "{a7848d7273b625bd31fb1e9bec904dea}:account:c030aaf441293e3f49c7e00dd29942cf"
        );
        assert_eq!(key, owner("id", "canary").key_of("account", account));
        assert!(!key.as_str().contains("3fa85f64") && !format!("{ours:?}").contains("canary"), "{key}");
        for other in [owner("id", "other"), owner("other", "canary")] {
            assert_ne!(other.key("token"), ours.key("token"));
        }
        assert_ne!(ours.key_of("account", "a"), ours.key_of("other", "a"));
    }

    #[test]
    fn a_seal_opens_only_for_its_owner_and_generation_and_only_unchanged() {
        let ours = owner("id", "key");
        let sealed = ours.seal(b"canary", 7).unwrap();
        assert_eq!(ours.open(&sealed, 7).as_deref(), Some(&b"canary"[..]));
        assert_ne!(ours.seal(b"canary", 7).unwrap(), sealed, "each seal is another");
        assert_eq!(ours.open(&sealed, 8), None);
        assert_eq!(owner("id", "other").open(&sealed, 7), None);
        let last = if sealed.ends_with('0') { "1" } else { "0" };
        let changed = format!("{}{last}", &sealed[..sealed.len() - 1]);
        for broken in [&*changed, "", "00", "xy", "0", &sealed[2..]] {
            assert_eq!(ours.open(broken, 7), None, "{broken}");
        }
    }
}
