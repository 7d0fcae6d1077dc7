//! Is a token file read only where it is safe and sound, and written so that nobody else can read it? (B3 to B6)

#![cfg(unix)]
#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unchecked_time_subtraction,
    reason = "clippy.toml allows these in tests, but takes helpers of integration tests for production code"
)]

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

use behaviour::{Directory, FaultServer, LogCapture, Subject, TokenFile, block_until, builder};
use gocardless_bank_data::store::{FileStore, Store};
use serde_json::{Value, json};

async fn server() -> FaultServer {
    FaultServer::api(|_| Subject::Metadata.success().reply()).await
}

fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs()
}

#[tokio::test]
async fn b03_a_file_that_is_not_whole_is_as_good_as_none() {
    let server = server().await;
    let file = TokenFile::saved(&server).await;
    let whole = file.read().to_string().replace("access-1", "canary-access");
    let contents: [Vec<u8>; 10] = [
        Vec::new(),
        b"{".to_vec(),
        whole.as_bytes()[..whole.len() / 2].to_vec(),
        whole.as_bytes()[..whole.len() - 1].to_vec(),
        b"\x00\xff\xfecanary".to_vec(),
        b"[\"canary\"]".to_vec(),
        b"{\"owner\": \"canary\", \"tokens\": 5}".to_vec(),
        b"null".to_vec(),
        whole.replace("\"owner\":\"", "\"owner\":\"canary").into_bytes(),
        [b"[".repeat(100_000), b"canary".to_vec()].concat(),
    ];
    for content in contents {
        file.write(&content);
        let shown = String::from_utf8_lossy(&content[..content.len().min(60)]).into_owned();
        let log = LogCapture::start();
        let before = server.token_hits();
        let bank = file.client(&server);
        Subject::Metadata.call(&bank).await.unwrap();
        assert_eq!(server.token_hits(), (before.0 + 1, before.1), "{shown}");
        assert!(!log.text().contains("canary"), "{shown}: {}", log.text());
        assert_ne!(server.requests().last().unwrap().bearer(), Some("canary-access"));
        // It is replaced by a whole one, which the next client uses.
        Subject::Metadata.call(&file.client(&server)).await.unwrap();
        assert_eq!(server.token_hits(), (before.0 + 1, before.1), "{shown}");
    }
}

#[tokio::test]
async fn b03_a_file_of_a_gigabyte_is_not_read() {
    let server = server().await;
    let file = TokenFile::default();
    file.write("");
    File::options().write(true).open(file.path()).unwrap().set_len(1 << 30).unwrap();
    let start = Instant::now();
    assert_eq!(file.store().load().unwrap(), None);
    Subject::Metadata.call(&file.client(&server)).await.unwrap();
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    assert_eq!(server.token_hits(), (1, 0));
}

#[tokio::test]
async fn b03_a_file_of_four_mebibytes_is_read_and_of_one_byte_more_is_not() {
    let file = TokenFile::saved(&server().await).await;
    let whole = file.read().to_string();
    for (bytes, is_read) in [(4_194_304, true), (4_194_305, false)] {
        file.write([whole.as_bytes(), &b" ".repeat(bytes - whole.len())].concat());
        assert_eq!(file.store().load().unwrap().is_some(), is_read, "{bytes}");
    }
}

/// Makes of a sound file one that somebody else may have written or may read. `false` if this process may not.
type Spoil = fn(&Path, &Directory) -> bool;

const REACHED: &str = "others can read or write it";
const LINKED: &str = "it is a symbolic link";
const NO_FILE: &str = "it is not a file";
const FOREIGN: &str = "it belongs to somebody else";

/// How it is spoilt, and what is said of it then.
const SPOILT: [(&str, Spoil, &str); 9] = [
    ("0644", |file, _| fs::set_permissions(file, Permissions::from_mode(0o644)).is_ok(), REACHED),
    ("0640", |file, _| fs::set_permissions(file, Permissions::from_mode(0o640)).is_ok(), REACHED),
    ("0620", |file, _| fs::set_permissions(file, Permissions::from_mode(0o620)).is_ok(), REACHED),
    ("0601", |file, _| fs::set_permissions(file, Permissions::from_mode(0o601)).is_ok(), REACHED),
    (
        "a link",
        |file, directory| {
            let elsewhere = directory.file("elsewhere.json");
            fs::rename(file, &elsewhere).is_ok() && symlink(&elsewhere, file).is_ok()
        },
        LINKED,
    ),
    (
        "a link to nothing",
        |file, directory| fs::remove_file(file).is_ok() && symlink(directory.file("nothing"), file).is_ok(),
        LINKED,
    ),
    ("a directory", |file, _| fs::remove_file(file).is_ok() && fs::create_dir(file).is_ok(), NO_FILE),
    (
        "a directory of its own",
        |file, _| {
            let is_made = fs::remove_file(file).is_ok() && fs::create_dir(file).is_ok();
            is_made && fs::set_permissions(file, Permissions::from_mode(0o700)).is_ok()
        },
        NO_FILE,
    ),
    // Only root may give a file away; where the tests do not run as root, this one is left out.
    ("another owner", |file, _| chown(file, Some(65_534), None).is_ok(), FOREIGN),
];

#[tokio::test]
async fn b04_a_file_that_others_can_reach_is_refused_when_it_is_opened() {
    for (name, spoil, why) in SPOILT {
        let file = TokenFile::saved(&server().await).await;
        if !spoil(&file.path(), file.directory()) {
            assert_eq!(name, "another owner");
            continue;
        }
        let error = FileStore::open(file.path()).unwrap_err();
        assert!(error.is_insecure() && error.to_string().contains(why), "{name}: {error}");
        assert!(!format!("{error} {error:?}").contains("access-1"), "{name}");
    }
}

#[tokio::test]
async fn b04_a_file_that_became_reachable_is_neither_read_nor_written() {
    for (name, spoil, _) in SPOILT {
        let server = server().await;
        let file = TokenFile::saved(&server).await;
        file.change(|saved| saved["tokens"]["access"] = json!("canary-access"));
        let store = file.store();
        if !spoil(&file.path(), file.directory()) {
            assert_eq!(name, "another owner");
            continue;
        }
        let before = fs::read(file.path()).ok();
        let log = LogCapture::start();
        let bank = builder(&server).store(store).build().unwrap();
        Subject::Metadata.call(&bank).await.unwrap();
        assert_eq!(server.requests().last().unwrap().bearer(), Some("access-2"), "{name}: it was read");
        assert_eq!(fs::read(file.path()).ok(), before, "{name}: it was written");
        assert_eq!(log.count("the store cannot be used"), 1, "{name}: {}", log.text());
        assert!(!log.text().contains("canary"), "{name}");
    }
}

#[tokio::test]
async fn b04_a_file_that_is_swapped_for_a_link_while_it_is_read_is_not_read() {
    let file = TokenFile::saved(&server().await).await;
    let (store, path) = (file.store(), file.path());
    let [planted, sound, link] = ["planted", "sound", "link"].map(|name| file.beside(name));
    // Others may have written what the link leads to, and it is sound in every other way.
    fs::write(&planted, file.read().to_string().replace("access-1", "planted")).unwrap();
    fs::set_permissions(&planted, Permissions::from_mode(0o666)).unwrap();
    symlink(&planted, &link).unwrap();
    fs::hard_link(&path, &sound).unwrap();
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            // Each takes the place of the other, and no moment is without a file.
            while !over.load(Ordering::Relaxed) {
                for (one, step) in [(&link, "step-link"), (&sound, "step-sound")] {
                    let step = file.beside(step);
                    fs::hard_link(one, &step).unwrap();
                    fs::rename(&step, &path).unwrap();
                }
            }
        });
        let (mut read, mut refused, mut wrong) = (0, 0, 0);
        while wrong == 0 && read.min(refused) < 20_000 {
            match store.load() {
                Ok(Some(saved)) if saved.tokens.as_ref().unwrap().access.expose() == "planted" => wrong += 1,
                Ok(_) => read += 1,
                Err(error) => refused += usize::from(error.is_insecure()),
            }
        }
        over.store(true, Ordering::Relaxed);
        assert_eq!(wrong, 0, "of {read} that were read and {refused} that were refused");
    });
}

#[test]
fn b04_a_lock_that_is_a_link_is_not_followed() {
    let file = TokenFile::default();
    let elsewhere = file.beside("elsewhere");
    symlink(&elsewhere, file.beside("tokens.json.lock")).unwrap();
    assert!(file.store().lock().is_err());
    assert!(!elsewhere.exists(), "it was made where the link leads to");
}

/// A process that saves to the file for ever.
fn saving(file: &TokenFile) -> Child {
    // Without a mask, everything that is created has the mode that it is created with.
    let mut command = Command::new("sh");
    command.args(["-c", "umask 000; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_store_process"), "save"]);
    command.arg(file.path()).stderr(Stdio::null()).spawn().unwrap()
}

fn modes(directory: &Directory) -> Vec<(PathBuf, u32)> {
    let entries = fs::read_dir(directory.path()).unwrap().map(|entry| entry.unwrap().path());
    // What is gone meanwhile was a file under way.
    entries.filter_map(|path| Some((path.clone(), fs::symlink_metadata(path).ok()?.mode() & 0o777))).collect()
}

#[test]
fn b05_every_file_is_private_from_its_first_moment_whatever_the_mask() {
    let file = TokenFile::default();
    let mut child = saving(&file);
    let mut seen = std::collections::HashSet::new();
    let end = Instant::now() + Duration::from_millis(700);
    while Instant::now() < end {
        for (path, mode) in modes(file.directory()) {
            assert_eq!(mode, 0o600, "{}", path.display());
            seen.insert(path);
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(seen.contains(&file.path()), "{seen:?}");
    assert!(seen.len() >= 3, "no file was seen under way: {seen:?}");
}

#[test]
fn b05_a_process_that_is_killed_leaves_a_whole_file_and_nothing_else() {
    let file = TokenFile::default();
    let names = || file.directory().names();
    let mut left_behind = 0;
    for round in 0..100 {
        let mut child = saving(&file);
        // Lock, file, and one under way.
        block_until(|| names().len() > 2);
        child.kill().unwrap();
        child.wait().unwrap();
        left_behind += usize::from(names().len() > 2);
        assert!(file.store().load().unwrap().is_some(), "round {round}: the file is torn");
        assert_eq!(names(), ["tokens.json", "tokens.json.lock"], "round {round}");
    }
    assert!(left_behind > 0, "no process was killed at its work, so nothing was shown");
}

#[test]
fn b05_a_process_that_is_at_work_keeps_its_files() {
    let file = TokenFile::default();
    let mut child = saving(&file);
    block_until(|| file.path().exists());
    let end = Instant::now() + Duration::from_millis(700);
    while Instant::now() < end {
        assert!(file.store().load().unwrap().is_some(), "the file is torn");
    }
    // It ends by itself where one of its files was taken from it.
    assert!(child.try_wait().unwrap().is_none(), "saving failed in the other process");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[tokio::test]
async fn b06_saved_times_that_cannot_be_right_are_taken_for_the_past() {
    let day = 86_400;
    // What is changed of a sound file; whether its access token is used, and whether its refresh token is.
    let table: [(&str, Value, bool, bool); 12] = [
        ("nothing", json!({}), true, false),
        ("an hour old", json!({ "obtained_at": now() - 3_600 }), true, false),
        ("obtained in an hour", json!({ "obtained_at": now() + 3_600 }), false, false),
        ("obtained in a hundred years", json!({ "obtained_at": now() + 36_500 * day }), false, false),
        ("obtained at the end of time", json!({ "obtained_at": u64::MAX }), false, false),
        ("ended", json!({ "access_until": now() - 1 }), false, true),
        ("ended long ago", json!({ "access_until": 0 }), false, true),
        ("valid for 26 hours", json!({ "access_until": now() + 26 * 3_600 }), false, true),
        ("valid for ever", json!({ "access_until": u64::MAX }), false, true),
        ("both ended", json!({ "access_until": 0, "refresh_until": now() - 1 }), false, false),
        ("refresh without an end", json!({ "access_until": 0, "refresh_until": null }), false, false),
        ("refresh for ever", json!({ "access_until": 0, "refresh_until": u64::MAX }), false, false),
    ];
    for (name, change, uses_access, uses_refresh) in table {
        let server = server().await;
        let file = TokenFile::saved(&server).await;
        file.change(|saved| {
            for (member, value) in change.as_object().unwrap() {
                saved["tokens"][member] = value.clone();
            }
        });
        Subject::Metadata.call(&file.client(&server)).await.unwrap();
        let expected = match (uses_access, uses_refresh) {
            (true, _) => ("access-1", (1, 0)),
            (_, true) => ("refreshed-1", (1, 1)),
            _ => ("access-2", (2, 0)),
        };
        let used = server.requests().last().unwrap().bearer().map(str::to_owned);
        assert_eq!((used.as_deref(), server.token_hits()), (Some(expected.0), expected.1), "{name}");
    }
}
