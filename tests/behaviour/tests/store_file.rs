//! Is a token file read only if it is safe and intact, written so that nobody else can read it, and shared by processes?

use crate::token_file::TokenFile;
use gocardless_bank_data::store::{FileStore, Store};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};
use test_support::{
    Directory, FaultServer, LogCapture, Reply, Subject, block_until, builder, ends, token_answer, until,
};
use tokio::task::JoinSet;

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
        // It is replaced by an intact one, which the next client uses.
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
    assert_eq!(file.store().load().unwrap(), None);
    Subject::Metadata.call(&file.client(&server)).await.unwrap();
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

/// Turns a safe file into one that someone else may have written or may read. `false` if this process lacks permission.
type Spoil = fn(&Path, &Directory) -> bool;

const REACHED: &str = "others can read or write it";
const LINKED: &str = "it is a symbolic link";
const NO_FILE: &str = "it is not a file";
const FOREIGN: &str = "it belongs to somebody else";

/// Each way to make it unsafe, and the reason given for it.
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
    // Only root may change the owner; unless the tests run as root, this one is skipped.
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
    // Others may have written the target of the link; in every other way it is fine.
    fs::write(&planted, file.read().to_string().replace("access-1", "planted")).unwrap();
    fs::set_permissions(&planted, Permissions::from_mode(0o666)).unwrap();
    symlink(&planted, &link).unwrap();
    fs::hard_link(&path, &sound).unwrap();
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            // Each replaces the other atomically.
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

/// A process that saves to the file until it is killed.
fn saving(file: &TokenFile) -> Child {
    // With an empty umask, everything has the mode it was created with.
    let mut command = Command::new("sh");
    command.args(["-c", "umask 000; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_store_process"), "save"]);
    command.arg(file.path()).stderr(Stdio::null()).spawn().unwrap()
}

fn modes(directory: &Directory) -> Vec<(PathBuf, u32)> {
    let entries = fs::read_dir(directory.path()).unwrap().map(|entry| entry.unwrap().path());
    // A file that has disappeared was a temporary one.
    entries.filter_map(|path| Some((path.clone(), fs::symlink_metadata(path).ok()?.mode() & 0o777))).collect()
}

#[test]
fn b05_every_file_is_private_from_its_first_moment_whatever_the_mask() {
    let file = TokenFile::default();
    let mut child = saving(&file);
    let seen = RefCell::new(HashSet::new());
    // The lock, the token file, and some temporary files, each checked many times.
    let looks = Cell::new(0);
    block_until(|| {
        for (path, mode) in modes(file.directory()) {
            assert_eq!(mode, 0o600, "{}", path.display());
            seen.borrow_mut().insert(path);
        }
        looks.set(looks.get() + 1);
        looks.get() > 10_000 && seen.borrow().contains(&file.path()) && seen.borrow().len() > 10
    });
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn b05_a_process_that_is_killed_leaves_a_whole_file_and_nothing_else() {
    let file = TokenFile::default();
    let names = || file.directory().names();
    let mut left_behind = 0;
    for round in 0..100 {
        let mut child = saving(&file);
        // Lock, token file, and a temporary file.
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
    for _ in 0..1_000 {
        assert!(file.store().load().unwrap().is_some(), "the file is torn");
    }
    // It would have ended by itself if one of its files had been removed.
    assert!(child.try_wait().unwrap().is_none(), "saving failed in the other process");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[tokio::test]
async fn b06_saved_times_that_cannot_be_right_are_taken_for_the_past() {
    let day = 86_400;
    // The change to a valid file; whether its access token is used, and whether its refresh token is.
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

/// A server whose token requests usually take long enough for all processes to need one.
async fn slow() -> FaultServer {
    FaultServer::start(|request| {
        if request.is_token() {
            token_answer(request).reply().after(Duration::from_millis(400))
        } else {
            Subject::Metadata.success().reply()
        }
    })
    .await
}

/// Makes one call in each of this many concurrent processes.
async fn call_in_processes(processes: usize, server: &FaultServer, file: &TokenFile) {
    let mut running = JoinSet::new();
    for _ in 0..processes {
        let (url, file) = (server.url(), file.path());
        running.spawn_blocking(move || {
            let program = env!("CARGO_BIN_EXE_store_process");
            std::process::Command::new(program).arg("call").arg(url).arg(file).status().unwrap()
        });
    }
    for status in running.join_all().await {
        assert!(status.success(), "{status}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b07_two_processes_without_a_token_obtain_one() {
    let (server, file) = (slow().await, TokenFile::default());
    call_in_processes(2, &server, &file).await;
    assert_eq!((server.hits(), server.token_hits()), (2, (1, 0)));
    assert_eq!(file.read()["tokens"]["access"], json!("access-1"));
    assert_eq!(file.directory().names(), ["tokens.json", "tokens.json.lock"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b07_eight_processes_with_a_token_that_has_ended_refresh_it_once() {
    let (server, file) = (slow().await, TokenFile::default());
    call_in_processes(1, &server, &file).await;
    file.change(|saved| saved["tokens"]["access_until"] = json!(0));
    call_in_processes(8, &server, &file).await;
    assert_eq!((server.hits(), server.token_hits()), (9, (1, 1)));
    assert_eq!(file.read()["tokens"]["access"], json!("refreshed-1"));
    assert_eq!(file.read()["tokens"]["refresh"], json!("refresh-1"), "the last good refresh token is kept");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b07_processes_of_other_credentials_do_not_use_each_others_token() {
    let (server, file) = (slow().await, TokenFile::default());
    call_in_processes(1, &server, &file).await;
    let other = gocardless_bank_data::Credentials::new("another id", "another key");
    let bank = gocardless_bank_data::BankData::builder(other)
        .base_url(server.url())
        .store(file.store())
        .build()
        .unwrap();
    Subject::Metadata.call(&bank).await.unwrap();
    assert_eq!(server.token_hits(), (2, 0));
    assert_eq!(server.requests().last().unwrap().bearer(), Some("access-2"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b07_a_process_that_died_with_the_lock_holds_up_nobody() {
    let server = FaultServer::start(|request| match (request.is_token(), request.nth) {
        (true, 1) => Reply::stall(),
        (true, _) => token_answer(request).reply(),
        _ => Subject::Metadata.success().reply(),
    })
    .await;
    let file = TokenFile::default();
    let program = env!("CARGO_BIN_EXE_store_process");
    let mut child =
        std::process::Command::new(program).arg("call").arg(server.url()).arg(file.path()).spawn().unwrap();
    // It holds the lock while its token request is in flight.
    until(|| server.token_hits() == (1, 0)).await;
    child.kill().unwrap();
    child.wait().unwrap();
    let bank = file.client(&server);
    // If the lock outlived its process, this would hang.
    ends(Subject::Metadata.call(&bank)).await.unwrap();
    assert_eq!(server.token_hits(), (2, 0));
}
