//! The examples, as processes, against a sandbox.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use gocardless_bank_data_sandbox::{BankProfile, Sandbox};

use crate::world::World;

fn example(name: &str, sandbox: &Sandbox) -> Command {
    // cargo builds the examples of a package together with all its tests, in the folder beside them.
    let mut path = PathBuf::from(std::env::current_exe().unwrap().parent().unwrap().parent().unwrap());
    path.extend(["examples", name]);
    path.set_extension(std::env::consts::EXE_EXTENSION);
    if !path.exists() {
        let build = ["build", "--quiet", "--package", env!("CARGO_PKG_NAME"), "--examples"];
        assert!(Command::new(env!("CARGO")).args(build).status().unwrap().success());
    }
    let mut command = Command::new(path);
    command
        .env("GOCARDLESS_BASE_URL", sandbox.base_url())
        .env("GOCARDLESS_SECRET_ID", sandbox.secret_id())
        .env("GOCARDLESS_SECRET_KEY", sandbox.secret_key());
    command
}

#[test]
fn a_person_connects_and_the_nightly_job_brings_their_entries_once() {
    let sandbox = Sandbox::start_blocking().unwrap();
    let directory = test_support::Directory::default();
    let (ledger, state) = (directory.file("ledger.sqlite"), directory.file("state.sqlite"));

    let mut connect = example("connect", &sandbox)
        .arg(&ledger)
        .arg("SANDBOXFINANCE_SFIN0000")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(connect.stdout.take().unwrap());
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("open ").unwrap().to_owned();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    // The browser follows the redirect back to the program.
    let page = runtime.block_on(async { reqwest::get(address).await.unwrap().text().await.unwrap() });
    assert_eq!(page, "You can close this page.");
    let rest: Vec<String> = output.lines().map(Result::unwrap).collect();
    assert!(connect.wait().unwrap().success());
    assert_eq!(rest.len(), 2, "{rest:?}");
    assert!(rest.iter().all(|line| line.ends_with(": new")), "{rest:?}");

    let nightly = || {
        let done = example("nightly", &sandbox).args([&ledger, &state]).output().unwrap();
        (done.status.code(), String::from_utf8(done.stdout).unwrap())
    };
    let (code, first) = nightly();
    assert_eq!(code, Some(0), "{first}");
    assert!(first.contains(" new entries, 0 changed"), "{first}");
    let (code, second) = nightly();
    assert_eq!(code, Some(0), "{second}");
    assert!(
        second.ends_with("done: 0 reads, 0 failed; 0 new entries, 0 changed, 0 settled, 0 vanished\n"),
        "{second}"
    );
}

#[test]
fn a_run_that_is_killed_at_any_point_leaves_a_ledger_that_the_next_one_completes() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for round in 0..12_u64 {
        // The process goes by the machine's clock.
        let world = World::starting(chrono::Utc::now(), BankProfile::calm(), round + 1);
        let mut world = runtime.block_on(world);
        runtime.block_on(world.connect());
        let state = world.path().with_file_name("state.sqlite");
        let mut killed = example("nightly", &world.sandbox)
            .args([&world.path(), &state])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // While the API is asked for so many things, or just after.
        let asked = world.sandbox.requests().len() + usize::try_from(round % 5).unwrap();
        test_support::block_until(|| world.sandbox.requests().len() >= asked);
        killed.kill().unwrap();
        killed.wait().unwrap();
        runtime.block_on(world.sync());
        let faults = world.faults();
        assert!(faults.is_empty(), "round {round}: {faults:#?}");
    }
}
