//! What a command works with: folders, secrets, client, ledger, clock; and the sandbox in their place.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use etcetera::BaseStrategy as _;
use gocardless_bank_data::{BankData, Credentials};
use gocardless_bank_data_sqlite::SqliteState;
use gocardless_bank_data_sync::{
    AccountKey, Ledger as _, LedgerAccount, LedgerSync, PlanSettings, SqliteLedger, Standing, SyncSettings,
};

use crate::args::Global;
use crate::exit::{Code, Failure};
use crate::output::Output;
use crate::secrets::{self, Place};

/// The profile unless another one is named.
const DEFAULT_PROFILE: &str = "default";
/// The folder of this program within those of the platform.
const FOLDER: &str = "bank-data";
/// For tests: the instant that the program takes for now.
const NOW: &str = "BANK_DATA_NOW";

/// What a command works with.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) output: Output,
    profile: String,
    /// Where ledger and state are.
    data: PathBuf,
    /// Where the secrets are.
    config: PathBuf,
    /// An address of the API in place of the real one.
    base_url: Option<String>,
    /// The instant that tests take for now.
    fixed_now: Option<DateTime<Utc>>,
    #[cfg(feature = "sandbox")]
    pub(crate) sandbox: Option<crate::sandbox::Running>,
}

impl App {
    /// Finds the folders; nothing is created yet.
    pub(crate) fn new(global: &Global) -> Result<Self, Failure> {
        let profile = global.profile.clone().unwrap_or_else(|| DEFAULT_PROFILE.to_owned());
        let is_fit = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if profile.is_empty() || profile.len() > 64 || !profile.chars().all(is_fit) {
            return Err(Failure::usage("the name of a profile is up to 64 letters, digits, - and _"));
        }
        let fixed_now = match std::env::var(NOW) {
            Ok(text) => Some(text.parse().map_err(|_| {
                Failure::usage(format!(
                    "{NOW} is for tests and takes an instant such as 2026-03-02T12:00:00Z; unset it"
                ))
            })?),
            Err(_) => None,
        };
        #[cfg(feature = "sandbox")]
        let sandbox = if global.sandbox { Some(crate::sandbox::Running::start(fixed_now)?) } else { None };
        #[cfg(feature = "sandbox")]
        let own_dir =
            sandbox.as_ref().map(|sandbox| sandbox.folder().to_owned()).or_else(|| global.data_dir.clone());
        #[cfg(not(feature = "sandbox"))]
        let own_dir = global.data_dir.clone();
        let base_url = std::env::var("GOCARDLESS_BASE_URL").ok();
        #[cfg(feature = "sandbox")]
        let base_url = sandbox.as_ref().map(|sandbox| sandbox.base_url().to_owned()).or(base_url);
        let (data, config) = if let Some(folder) = own_dir {
            (folder.join(&profile), folder.join(&profile))
        } else {
            let folders = etcetera::base_strategy::choose_native_strategy()
                .map_err(|_| Failure::file("there is no home folder; name a folder with --data-dir"))?;
            let place = |folder: PathBuf| folder.join(FOLDER).join(&profile);
            (place(folders.data_dir()), place(folders.config_dir()))
        };
        Ok(Self {
            output: Output::new(global.json, global.full_numbers),
            profile,
            data,
            config,
            base_url,
            fixed_now,
            #[cfg(feature = "sandbox")]
            sandbox,
        })
    }

    pub(crate) fn profile(&self) -> &str {
        &self.profile
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.fixed_now.unwrap_or_else(Utc::now)
    }

    fn clock(&self) -> impl Fn() -> SystemTime + Send + Sync + 'static {
        let fixed = self.fixed_now.map(SystemTime::from);
        move || fixed.unwrap_or_else(SystemTime::now)
    }

    pub(crate) fn secrets_file(&self) -> PathBuf {
        self.config.join("secrets.toml")
    }

    pub(crate) fn ledger_file(&self) -> PathBuf {
        self.data.join("ledger.sqlite")
    }

    /// Creates the folder of the secrets.
    pub(crate) fn create_config(&self) -> Result<(), Failure> {
        create(&self.config)
    }

    /// The secrets, and where they are from.
    pub(crate) fn credentials(&self) -> Result<(Credentials, Place), Failure> {
        #[cfg(feature = "sandbox")]
        if let Some(sandbox) = &self.sandbox {
            return Ok((sandbox.credentials(), Place::Sandbox));
        }
        secrets::find(&self.secrets_file(), &self.profile)
    }

    /// The client, with the state that all runs share.
    pub(crate) fn bank(&self) -> Result<BankData, Failure> {
        let (credentials, _) = self.credentials()?;
        self.bank_with(credentials)
    }

    /// The client with these secrets.
    pub(crate) fn bank_with(&self, credentials: Credentials) -> Result<BankData, Failure> {
        create(&self.data)?;
        self.bank_to_look(credentials)
    }

    /// As [`bank_with`](Self::bank_with), but where there is no folder yet none is created, and the state is not kept.
    pub(crate) fn bank_to_look(&self, credentials: Credentials) -> Result<BankData, Failure> {
        let user_agent = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
        let mut builder = BankData::builder(credentials).clock(self.clock()).user_agent(user_agent);
        if is_there(&self.data) {
            let state = SqliteState::open(self.data.join("state.sqlite")).map_err(Failure::file)?;
            builder = builder.state(state);
        }
        if let Some(base_url) = &self.base_url {
            builder = builder.base_url(base_url);
        }
        Ok(builder.build()?)
    }

    /// The ledger, for a command that can do nothing without one: a mistyped folder or profile does not make an empty one.
    pub(crate) fn existing_ledger(&self) -> Result<Arc<SqliteLedger>, Failure> {
        let file = self.ledger_file();
        if is_there(&file) {
            return self.ledger();
        }
        Err(Failure::usage(format!(
            "there is no ledger {} yet; `bank-data link` makes one, or name another --data-dir or --profile",
            file.display()
        )))
    }

    /// The ledger, which is created where there is none.
    pub(crate) fn ledger(&self) -> Result<Arc<SqliteLedger>, Failure> {
        create(&self.data)?;
        Ok(Arc::new(SqliteLedger::open(self.ledger_file())?))
    }

    /// Syncs the ledger with the accounts of a client. `again`: also what was read a short while ago.
    pub(crate) fn sync(&self, bank: &BankData, ledger: &Arc<SqliteLedger>, again: bool) -> LedgerSync {
        let mut settings = SyncSettings::default();
        if again {
            settings.plan = PlanSettings { interval: chrono::TimeDelta::zero(), ..settings.plan };
        }
        LedgerSync::new(bank.clone(), Arc::clone(ledger)).settings(settings).clock(self.clock())
    }

    /// As [`sync`](Self::sync), for what makes no call and so needs no secret.
    pub(crate) fn offline(&self, ledger: &Arc<SqliteLedger>) -> Result<LedgerSync, Failure> {
        let bank = BankData::builder(Credentials::new("none", "none")).build()?;
        Ok(self.sync(&bank, ledger, false))
    }
}

/// The accounts of a ledger, without those that were forgotten.
pub(crate) fn accounts_in_use(ledger: &SqliteLedger) -> Result<Vec<LedgerAccount>, Failure> {
    let mut accounts = ledger.accounts()?;
    accounts.retain(|account| account.standing != Standing::Forgotten);
    Ok(accounts)
}

/// As [`account`], for a command that does nothing about one that was forgotten.
pub(crate) fn account_in_use(ledger: &SqliteLedger, number: i64) -> Result<LedgerAccount, Failure> {
    let account = account(ledger, number)?;
    if account.standing == Standing::Forgotten {
        return Err(Failure::usage(format!(
            "account {number} is forgotten; link its bank again with `bank-data link` to bring it back"
        )));
    }
    Ok(account)
}

/// The account of a ledger with this number.
pub(crate) fn account(ledger: &SqliteLedger, number: i64) -> Result<LedgerAccount, Failure> {
    ledger.account(AccountKey(number))?.ok_or_else(|| {
        Failure::usage(format!("the ledger has no account {number}; list them with `bank-data accounts`"))
    })
}

/// Whether something is there. What cannot be looked at is, so that opening it says why.
fn is_there(path: &Path) -> bool {
    path.try_exists().unwrap_or(true)
}

/// Creates a folder for its owner alone.
fn create(folder: &Path) -> Result<(), Failure> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder).map_err(|error| {
        Failure::new(
            Code::File,
            format!(
                "the folder {} cannot be created: {error}; name another one with --data-dir",
                folder.display()
            ),
        )
    })
}
