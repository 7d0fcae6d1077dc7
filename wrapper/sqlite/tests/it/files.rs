//! Which files are refused, and that they stay as they are.

use std::fs;

use gocardless_bank_data_runtime::state::StateStore as _;
use test_support::Directory;

use crate::{new_state, open_in, patient};
use test_support::counting::{HOUR, change, count, key, read};

/// What opening the file `state` of this directory says after its path.
fn refusal(directory: &Directory) -> String {
    let error = patient().open(directory.file("state")).unwrap_err().to_string();
    let (path, sentence) = error.split_once(": ").unwrap();
    assert!(path.ends_with("state"), "{error}");
    sentence.to_owned()
}

#[test]
fn a_file_of_another_kind_is_refused_and_left_as_it_is() {
    let directory = Directory::default();
    for content in ["a shopping list", &"{\"tokens\": {}}".repeat(1_000)] {
        fs::write(directory.file("state"), content).unwrap();
        make_private(&directory);
        assert_eq!(refusal(&directory), "it is not a file of this library; choose another path");
        assert_eq!(fs::read_to_string(directory.file("state")).unwrap(), content);
    }
}

#[test]
fn a_database_of_another_program_is_refused_and_left_as_it_is() {
    for setup in ["CREATE TABLE other (x)", "PRAGMA application_id = 7", "PRAGMA user_version = 7"] {
        let directory = Directory::default();
        rusqlite::Connection::open(directory.file("state")).unwrap().execute_batch(setup).unwrap();
        make_private(&directory);
        let before = fs::read(directory.file("state")).unwrap();
        assert_eq!(
            refusal(&directory),
            "it is a database of another program; choose another path",
            "{setup}"
        );
        assert_eq!(fs::read(directory.file("state")).unwrap(), before);
    }
}

#[tokio::test]
async fn a_file_of_a_newer_version_is_refused_and_left_as_it_is() {
    let (directory, state) = new_state();
    assert!(state.compare_and_swap(&[change(&key("a"), 0, "kept", HOUR)]).await.unwrap());
    drop(state);
    let set = |version: i32| {
        let connection = rusqlite::Connection::open(directory.file("state")).unwrap();
        connection.pragma_update(None, "user_version", version).unwrap();
    };
    set(2);
    assert_eq!(refusal(&directory), "it was written by a newer version of this library; update this program");
    set(1);
    assert_eq!(read(&open_in(&directory), &[key("a")]).await[0].1, "kept");
}

#[tokio::test]
async fn a_damaged_file_is_refused_and_left_as_it_is() {
    let (directory, state) = new_state();
    for id in 0..200 {
        let change = change(&key(&id.to_string()), 0, &"x".repeat(200), HOUR);
        assert!(state.compare_and_swap(&[change]).await.unwrap());
    }
    drop(state);
    let whole = fs::read(directory.file("state")).unwrap();
    assert!(whole.len() > 40_000 && directory.names() == ["state"]);
    let mut scribbled = whole.clone();
    scribbled[20_000..21_000].fill(0xa5);
    for damaged in [scribbled, whole[..16_384].to_vec()] {
        fs::write(directory.file("state"), &damaged).unwrap();
        assert_eq!(refusal(&directory), "it is damaged; move it away, and a new one is created");
        assert!(fs::read(directory.file("state")).unwrap() == damaged, "it was changed");
    }
    fs::write(directory.file("state"), &whole).unwrap();
    open_in(&directory);
}

#[tokio::test]
async fn damage_of_an_open_file_is_an_error_and_no_loss_of_more() {
    let (directory, state) = new_state();
    let big = |id: i32| change(&key(&format!("{id:05}")), 0, &"x".repeat(20_000), HOUR);
    assert!(state.compare_and_swap(&(0..500).map(big).collect::<Vec<_>>()).await.unwrap());
    drop(state);
    let mut bytes = fs::read(directory.file("state")).unwrap();
    assert!(bytes.len() > 8 * 1024 * 1024, "large enough to be opened unchecked");
    bytes[8_192..].fill(0xa5);
    fs::write(directory.file("state"), &bytes).unwrap();
    let state = open_in(&directory);
    let keys: Vec<_> = (0..500).map(|id| key(&format!("{id:05}"))).collect();
    let error = state.load(&keys).await.unwrap_err().to_string();
    assert!(error.ends_with(": it is damaged; move it away, and a new one is created"), "{error}");
}

#[tokio::test]
async fn an_empty_file_is_a_new_one() {
    let directory = Directory::default();
    // As a process leaves it that was killed at its very start.
    fs::write(directory.file("state"), "").unwrap();
    make_private(&directory);
    assert_eq!(count(&open_in(&directory), &[key("a")]).await, [1]);
}

#[test]
fn a_directory_that_is_not_there_or_a_path_without_a_name_is_said_so() {
    let directory = Directory::default();
    let missing = patient().open(directory.file("missing").join("state")).unwrap_err().to_string();
    assert!(missing.contains(": the file is refused: its directory cannot be used: "), "{missing}");
    let nameless = patient().open("..").unwrap_err().to_string();
    assert_eq!(nameless, "..: the file is refused: the path names no file");
}

#[cfg(not(unix))]
fn make_private(_: &Directory) {}

#[cfg(unix)]
use unix::make_private;

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, symlink};
    use std::path::Path;

    use super::*;
    use crate::counting;

    pub(super) fn make_private(directory: &Directory) {
        set_mode(&directory.file("state"), 0o600);
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    fn modes(directory: &Directory) -> Vec<(String, u32)> {
        let mode = |name: String| (name.clone(), fs::metadata(directory.file(&name)).unwrap().mode() & 0o777);
        directory.names().into_iter().map(mode).collect()
    }

    #[tokio::test]
    async fn all_its_files_are_its_owners_alone_and_only_these_are_left() {
        let (directory, state) = new_state();
        assert!(state.compare_and_swap(&[change(&key("a"), 0, "x", HOUR)]).await.unwrap());
        let all = ["state", "state-shm", "state-wal"];
        assert_eq!(modes(&directory), all.map(|name| (name.to_owned(), 0o600)));
        drop(state);
        assert_eq!(modes(&directory), [("state".to_owned(), 0o600)]);
    }

    #[test]
    fn a_file_is_its_owners_alone_under_any_umask() {
        for umask in ["000", "022", "777"] {
            let directory = Directory::default();
            let umask = format!("umask {umask} && exec \"$0\" \"$@\"");
            let mut command = std::process::Command::new("sh");
            command.args(["-c", &umask]).arg(std::env::current_exe().unwrap());
            let child = counting::process(command, directory.file("state").to_str().unwrap());
            assert!(child.wait_with_output().unwrap().status.success());
            assert_eq!(modes(&directory), [("state".to_owned(), 0o600)]);
        }
    }

    #[tokio::test]
    async fn a_group_is_let_in_only_where_that_was_said() {
        let directory = Directory::default();
        let state = patient().allow_group().open(directory.file("state")).unwrap();
        assert!(state.compare_and_swap(&[change(&key("a"), 0, "x", HOUR)]).await.unwrap());
        assert!(modes(&directory).iter().all(|(_, mode)| *mode == 0o660), "{:?}", modes(&directory));
        drop(state);
        let sentence = "the file is refused: its group can read or write it; make it its owner's alone (chmod 600), \
                        or allow the group with `allow_group`";
        for mode in [0o660, 0o640, 0o620] {
            set_mode(&directory.file("state"), mode);
            assert_eq!(refusal(&directory), sentence);
            patient().allow_group().open(directory.file("state")).unwrap();
        }
        set_mode(&directory.file("state"), 0o664);
        let error = patient().allow_group().open(directory.file("state")).unwrap_err().to_string();
        assert!(error.contains("everybody on this machine"), "{error}");
    }

    #[test]
    fn a_file_that_others_can_read_is_refused() {
        let (directory, state) = new_state();
        drop(state);
        for mode in [0o604, 0o602, 0o644, 0o666] {
            set_mode(&directory.file("state"), mode);
            assert_eq!(
                refusal(&directory),
                "the file is refused: everybody on this machine can read or write it; make it its owner's alone \
                 (chmod 600)"
            );
        }
    }

    #[test]
    fn a_link_is_refused_whatever_it_leads_to() {
        let (directory, state) = new_state();
        drop(state);
        fs::rename(directory.file("state"), directory.file("other")).unwrap();
        for target in ["other", "nothing"] {
            symlink(directory.file(target), directory.file("state")).unwrap();
            assert_eq!(
                refusal(&directory),
                "the file is refused: it is a symbolic link; give the path of the file itself"
            );
            fs::remove_file(directory.file("state")).unwrap();
        }
        fs::hard_link(directory.file("other"), directory.file("state")).unwrap();
        assert_eq!(
            refusal(&directory),
            "the file is refused: it has a second name (a hard link); remove the other name"
        );
    }

    #[test]
    fn a_directory_may_be_a_link() {
        let directory = Directory::default();
        fs::create_dir(directory.file("real")).unwrap();
        symlink(directory.file("real"), directory.file("link")).unwrap();
        patient().open(directory.file("link").join("state")).unwrap();
        assert!(directory.file("real").join("state").exists());
    }

    #[test]
    fn what_is_not_a_file_is_refused_and_not_waited_for() {
        let directory = Directory::default();
        fs::create_dir(directory.file("state")).unwrap();
        assert_eq!(refusal(&directory), "the file is refused: it is not a file; choose another path");
        fs::remove_dir(directory.file("state")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(directory.file("state")).status().unwrap();
        assert!(made.success());
        assert_eq!(refusal(&directory), "the file is refused: it is not a file; choose another path");
    }

    #[test]
    fn a_file_beside_it_that_others_can_read_is_refused_too() {
        for name in ["state-wal", "state-shm", "state-journal"] {
            let directory = Directory::default();
            fs::write(directory.file(name), "").unwrap();
            set_mode(&directory.file(name), 0o666);
            let sentence = refusal(&directory);
            assert!(sentence.ends_with(&format!("(its file {})", &name[5..])), "{sentence}");
        }
    }

    /// Only root can give files away, as containers often do.
    #[test]
    fn a_file_of_another_user_is_refused_unless_its_group_is_let_in() {
        let (directory, state) = new_state();
        drop(state);
        let path = directory.file("state");
        if chown(&path, Some(12_345), None).is_err() {
            return;
        }
        assert_eq!(
            refusal(&directory),
            "the file is refused: it belongs to another user; choose another path"
        );
        assert!(patient().allow_group().open(&path).is_err(), "its group cannot write it");
        set_mode(&path, 0o660);
        patient().allow_group().open(&path).unwrap();
        chown(&path, None, Some(12_345)).unwrap();
        assert!(patient().allow_group().open(&path).is_err(), "a group that new files here do not have");
    }
}
