//! What a document says of itself: its version, its servers, and who may call.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::change::{Change, Changes, Direction, Location, Verdict};
use super::compare::Comparison;
use super::operations::Pair;
use super::pairs;
use super::rules::{self, entries, is_text, keys};
use crate::generate::document::{Document, Place, escape, walk};

/// Servers by their addresses, each with its pointer.
type Servers<'a> = BTreeMap<String, (String, &'a Value)>;

const SCHEMES: &str = "/components/securitySchemes";

const NO_CREDENTIALS: &str = "no credentials";

impl<'a> Comparison<'a> {
    /// Notes what changed about the version, the information, servers, security and tags.
    pub(super) fn document(&mut self) {
        let (old, new) = (self.old, self.new);
        for (pointer, direction, elsewhere) in [
            ("", Direction::Both, ["info", "servers", "paths", "components", "security"].as_slice()),
            // Our own note of where the document came from is not part of the API.
            ("/info", Direction::Both, &["x-provenance"]),
            ("/components", Direction::Neither, &["schemas", "securitySchemes"]),
        ] {
            let at = Location::same("document", pointer);
            self.keys(&at, direction, &keys(old.at(pointer)), &keys(new.at(pointer)), elsewhere);
        }
        self.servers("document", (&[""], &[""]));
        let security = |document: &'a Document| document.at("/security");
        if self.is_security_of_document_used() {
            self.security(&Location::same("document", "/security"), (security(old), security(new)));
        } else if security(old) != security(new) && [old, new].iter().all(|document| says_all(document)) {
            let words = "changed: each operation says by itself what it needs";
            let at = Location::same("document", "/security").named("security");
            self.changes.note(Verdict::Compatible, &at, words);
        }
        let used = self.used_schemes();
        for entry @ (name, ..) in entries(&keys(old.at(SCHEMES)), &keys(new.at(SCHEMES))) {
            let at = Location::same("document", &format!("{SCHEMES}/{}", escape(name)));
            let at = at.named(format!("security scheme `{name}`"));
            if let Some((old, new)) = self.both(&at, Direction::Both, &rules::SECURITY_SCHEME, entry) {
                let direction = if used.contains(name) { Direction::Both } else { Direction::Neither };
                self.security_scheme(&at, direction, old, new);
            }
        }
    }

    /// The security schemes of the old document that calls of this client use.
    fn used_schemes(&self) -> BTreeSet<&'a str> {
        let operations = self.old.places();
        let own = operations.iter().filter_map(|place| self.old.operation(place)?.get("security"));
        let lists = own.chain(self.old.at("/security")).filter_map(Value::as_array);
        let ways = lists.flat_map(|list| used_ways(list, self.old)).filter_map(Value::as_object);
        ways.flat_map(|way| way.keys().map(String::as_str)).collect()
    }

    /// Compares the servers of the innermost of some nested objects by their addresses: those of its own, or else those of the
    /// next one around it. What holds for those around it has been noted there.
    pub(super) fn servers(&mut self, place: &str, (old, new): (&[&str], &[&str])) {
        let is_own = |document: &Document, pointers: &[&str]| {
            pointers.first().is_some_and(|pointer| document.at(&format!("{pointer}/servers")).is_some())
        };
        let around = (servers(self.old, old.get(1..)), servers(self.new, new.get(1..)));
        let (before, after) = (servers(self.old, Some(old)), servers(self.new, Some(new)));
        let is_as_around = before.keys().eq(around.0.keys()) && after.keys().eq(around.1.keys());
        if old.len() > 1 && (is_as_around || !is_own(self.old, old) && !is_own(self.new, new)) {
            return;
        }
        let addresses: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for address in addresses {
            let (was, now) = (before.get(address), after.get(address));
            let pointer =
                |found: Option<&(String, &Value)>| found.map(|(at, _)| at.clone()).unwrap_or_default();
            let at = Location::new(place, pointer(was), pointer(now));
            let (old, new) = (was.map(|(_, server)| *server), now.map(|(_, server)| *server));
            let name = old.or(new).map(url).unwrap_or_default().trim_end_matches('/');
            if let Some((old, new)) = self.both(&at, Direction::Both, &rules::SERVER, (name, old, new)) {
                if url(old) != url(new) {
                    let words = format!("the server is now written `{}`; it was `{}`", url(new), url(old));
                    self.changes.note(Verdict::TextOnly, &at.below("url"), words);
                }
                self.keys(&at, Direction::Both, &keys(Some(old)), &keys(Some(new)), &["url"]);
            }
        }
    }

    fn security_scheme(&mut self, at: &Location, direction: Direction, old: &'a Value, new: &'a Value) {
        let scheme = |value: &'a Value| value.get("scheme").and_then(Value::as_str).unwrap_or_default();
        let (was, now) = (scheme(old), scheme(new));
        let is_same = was.eq_ignore_ascii_case(now);
        if is_same && was != now {
            let words = format!("the scheme is now written `{now}`; it was `{was}`");
            self.changes.note(Verdict::TextOnly, &at.below("scheme"), words);
        }
        let elsewhere: &[&str] = if is_same { &["scheme"] } else { &[] };
        self.keys(at, direction, &keys(Some(old)), &keys(Some(new)), elsewhere);
    }

    /// Whether an operation says nothing of its own about security, in either document. The others are compared with what
    /// holds for them.
    fn is_security_of_document_used(&self) -> bool {
        pairs::operations(self.old, self.new).iter().any(|(old, new)| match (old, new) {
            (Some(old), Some(new)) => !says(self.old, old) && !says(self.new, new),
            _ => false,
        })
    }

    /// Notes what changed about who may call. Without a requirement, or with an empty one, anyone may.
    pub(super) fn security(&mut self, at: &Location, (old, new): Pair<'_>) {
        let (before, after) =
            (ways(old, &|name| name.to_owned()), ways(new, &|name| self.known_scheme(name)));
        if before.keys().eq(after.keys()) {
            return;
        }
        // Names do not appear on the wire, and of several alternatives this client uses the one with a token.
        let wire = |document: &'a Document, list: Vec<&Value>| -> BTreeSet<String> {
            let schemes = keys(document.at(SCHEMES));
            let name = |name: &str| {
                let scheme = schemes.get(name).map(|scheme| format!("{:?}", on_the_wire(scheme)));
                scheme.unwrap_or_else(|| name.to_owned())
            };
            ways(Some(&list.into_iter().cloned().collect()), &name).into_keys().collect()
        };
        let list = |security: Option<&Value>| security.and_then(Value::as_array).cloned().unwrap_or_default();
        let (old, new) = (list(old), list(new));
        let (used, allowed) =
            (wire(self.old, used_ways(&old, self.old)), wire(self.new, new.iter().collect()));
        let is_kept = used.is_subset(&allowed) || allowed.contains(NO_CREDENTIALS);
        let verdict = if is_kept { Verdict::Compatible } else { Verdict::Breaking };
        let listed = |ways: BTreeMap<String, String>| ways.into_values().collect::<Vec<_>>().join(" or ");
        let words = format!("calls now need {}; they needed {}", listed(after), listed(before));
        self.changes.note(verdict, at, words);
    }

    /// What the old document calls the security scheme `name` of the new one. The name does not appear on the wire.
    fn known_scheme(&self, name: &str) -> String {
        let (before, after) = (keys(self.old.at(SCHEMES)), keys(self.new.at(SCHEMES)));
        let new = after.get(name).map(|scheme| on_the_wire(scheme));
        let mut renamed = before
            .iter()
            .filter(|(old, scheme)| !after.contains_key(*old) && new.as_ref() == Some(&on_the_wire(scheme)));
        match renamed.next().filter(|_| !before.contains_key(name)) {
            Some((old, _)) => (*old).to_owned(),
            None => name.to_owned(),
        }
    }
}

/// Whether the operation at `place` says what it needs.
fn says(document: &Document, place: &Place) -> bool {
    document.operation(place).is_some_and(|operation| operation.get("security").is_some())
}

fn says_all(document: &Document) -> bool {
    document.places().iter().all(|place| says(document, place))
}

/// The alternative requirements that this client fulfils: a token or nothing, or all of them if neither is enough.
fn used_ways<'v>(ways: &'v [Value], document: &Document) -> Vec<&'v Value> {
    let schemes = keys(document.at(SCHEMES));
    let is_token = |name: &String| {
        let scheme = schemes.get(name.as_str()).and_then(|scheme| scheme.get("scheme")?.as_str());
        scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("bearer"))
    };
    let is_enough = |way: &&Value| way.as_object().is_some_and(|way| way.keys().all(is_token));
    let taken: Vec<&Value> = ways.iter().filter(is_enough).collect();
    if taken.is_empty() { ways.iter().collect() } else { taken }
}

/// What changed about parts that no operation uses, which are not in the documents that are compared.
pub(super) fn unused_parts(old: &Document, new: &Document) -> Vec<Change> {
    let mut changes = Changes::default();
    let mut used = BTreeSet::new();
    for document in [old, new] {
        walk(document.at("/paths").unwrap_or(&Value::Null), "", &mut |_, value| {
            used.extend(value.get("$ref").and_then(Value::as_str));
        });
    }
    for (section, kind) in [("parameters", "parameter"), ("requestBodies", "body"), ("responses", "response")]
    {
        let pointer = format!("/components/{section}");
        for (name, before, after) in entries(&keys(old.at(&pointer)), &keys(new.at(&pointer))) {
            let at = Location::same("document", &format!("{pointer}/{}", escape(name)));
            if used.contains(format!("#{}", at.new).as_str()) || before == after {
                continue;
            }
            let at = at.named(format!("{kind} `{name}`, which nothing uses"));
            match (before, after) {
                (None, _) => changes.added(Verdict::Compatible, &at, "is new"),
                (_, None) => changes.removed(Verdict::Compatible, &at, "is gone"),
                _ => changes.note(Verdict::Compatible, &at, "changed"),
            }
        }
    }
    changes.list
}

/// The alternative requirements in words, by the names that `known` has for their schemes.
fn ways(security: Option<&Value>, known: &dyn Fn(&str) -> String) -> BTreeMap<String, String> {
    let way = |requirement: &Value, name: &dyn Fn(&str) -> String| {
        let schemes = requirement.as_object().into_iter().flatten();
        let mut names: Vec<String> = schemes
            .map(|(scheme, scopes)| match scopes.as_array().map(Vec::len) {
                None | Some(0) => format!("`{}`", name(scheme)),
                Some(_) => format!("`{}` with {scopes}", name(scheme)),
            })
            .collect();
        names.sort();
        if names.is_empty() { NO_CREDENTIALS.to_owned() } else { names.join(" and ") }
    };
    let list = security.and_then(Value::as_array).into_iter().flatten();
    let mut ways: BTreeMap<String, String> =
        list.map(|requirement| (way(requirement, known), way(requirement, &str::to_owned))).collect();
    if ways.is_empty() {
        ways.insert(NO_CREDENTIALS.to_owned(), NO_CREDENTIALS.to_owned());
    }
    ways
}

/// What a security scheme does to a request: no text, and the scheme of HTTP in lower case.
fn on_the_wire(scheme: &Value) -> BTreeMap<String, Value> {
    let lower = |key: &str, value: &Value| match value {
        Value::String(text) if key == "scheme" => Value::String(text.to_ascii_lowercase()),
        other => other.clone(),
    };
    let keys = keys(Some(scheme)).into_iter().filter(|(key, _)| !is_text(key));
    keys.map(|(key, value)| (key.to_owned(), lower(key, value))).collect()
}

/// The servers that the innermost of some nested objects has, or else the next one around it.
fn servers<'a>(document: &'a Document, pointers: Option<&[&str]>) -> Servers<'a> {
    let mut places = pointers.into_iter().flatten().map(|pointer| format!("{pointer}/servers"));
    let held = places.find_map(|at| document.at(&at)?.as_array().map(|list| (at, list)));
    let each = |(at, list): (String, &'a Vec<Value>)| -> Servers<'a> {
        let server = |(index, server)| (address(url(server)), (format!("{at}/{index}"), server));
        list.iter().enumerate().map(server).collect()
    };
    held.map(each).unwrap_or_default()
}

fn url(server: &Value) -> &str {
    server.get("url").and_then(Value::as_str).unwrap_or_default()
}

/// A URL in the form in which equal ones are the same: no slash at its end, scheme and host in lower case, no port that is
/// implied.
fn address(url: &str) -> String {
    let url = url.trim_end_matches('/');
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (scheme, host) = (scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
    let implied = if scheme == "http" { ":80" } else { ":443" };
    format!("{scheme}://{}{path}", host.strip_suffix(implied).unwrap_or(&host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_in_another_spelling_is_the_same_address() {
        for url in ["https://a.example/b", "HTTPS://A.example/b/", "https://a.example:443/b"] {
            assert_eq!(address(url), "https://a.example/b", "{url}");
        }
        for url in ["http://a.example/b", "https://a.example:80/b", "https://a.example/B", "/b", ""] {
            assert_ne!(address(url), "https://a.example/b", "{url}");
        }
    }
}
