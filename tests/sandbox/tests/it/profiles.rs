//! How banks behave by their profiles: each named one does what it says, and money adds up at all of them.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::time::Duration;

use chrono::NaiveDate;
use gocardless_bank_data_sandbox::{
    AccountKind, AccountProfile, BankProfile, Operation, Sandbox, SandboxBuilder, TransactionIds, TrueState,
};
use serde_json::{Value, json};

use crate::support::{Bank, Reply, member, pause_free};

/// A bank of one profile, with somebody's accounts.
struct Customer {
    bank: Bank,
    institution: String,
    accounts: Vec<String>,
    agreement: String,
}

/// One answer of the transactions operation.
struct Lists {
    booked: Vec<Value>,
    pending: Vec<Value>,
}

impl Customer {
    /// At the institution of a named profile.
    async fn at(profile: &str) -> Self {
        let institution = format!("PROFILE_{}", profile.to_ascii_uppercase().replace('-', "_"));
        Self::with(pause_free(), &institution, 90).await
    }

    async fn with(builder: SandboxBuilder, institution: &str, days: u32) -> Self {
        let bank = Bank::with(builder).await;
        let mut customer = Self {
            bank,
            institution: institution.to_owned(),
            accounts: Vec::new(),
            agreement: String::new(),
        };
        customer.connect(days).await;
        customer
    }

    /// Connects once more; gives the ids of before.
    async fn connect(&mut self, days: u32) -> Vec<String> {
        let wishes = json!({ "institution_id": self.institution, "max_historical_days": days });
        self.agreement = member(&self.bank.agreement(&wishes).await, "/id");
        let wishes = json!({ "institution_id": self.institution, "agreement": self.agreement });
        let requisition = self.bank.requisition(&wishes).await;
        let accounts = self.bank.sandbox.link(&member(&requisition, "/id")).unwrap();
        std::mem::replace(&mut self.accounts, accounts)
    }

    async fn later(&mut self, hours: u64) {
        self.bank.sandbox.clock().advance(Duration::from_secs(hours * 3_600));
        self.bank.log_in().await;
    }

    /// Reads whatever the bank sends: odd banks keep to no contract.
    async fn raw(&self, operation: Operation, account: usize, query: &str) -> Reply {
        let path = operation.path().replace("{id}", &self.accounts[account]);
        self.bank.send("GET", &format!("{path}{query}"), "", "").await
    }

    async fn read(&self) -> Lists {
        self.read_with(0, "").await
    }

    async fn read_with(&self, account: usize, query: &str) -> Lists {
        let body = self.raw(Operation::AccountTransactions, account, query).await.ok();
        let list = |name: &str| body["transactions"][name].as_array().unwrap().clone();
        Lists { booked: list("booked"), pending: list("pending") }
    }
}

fn cents(text: &str) -> i64 {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, part) = digits.split_once('.').unwrap();
    assert_eq!(part.len(), 2, "{text}");
    sign * format!("{whole}{part}").parse::<i64>().unwrap()
}

fn amount(entry: &Value) -> i64 {
    cents(&member(entry, "/transactionAmount/amount"))
}

fn day(entry: &Value, name: &str) -> NaiveDate {
    entry[name].as_str().unwrap().parse().unwrap()
}

/// Texts of a member, one for each entry that has it.
fn texts<'v>(entries: &'v [Value], name: &'v str) -> impl Iterator<Item = &'v str> {
    entries.iter().filter_map(move |entry| entry.get(name)?.as_str())
}

/// Where the true transactions with these states stand, by their ids.
fn shown(sandbox: &Sandbox, account: &str, states: &[TrueState]) -> BTreeMap<String, Value> {
    let truth = sandbox.truth(account).unwrap().transactions.into_iter();
    let of_state = truth.filter(|one| states.contains(&one.state));
    of_state.filter_map(|one| Some((one.id, one.shown?))).collect()
}

#[test]
fn there_is_a_profile_for_each_way_in_which_banks_break_identities() {
    let names: Vec<&str> = BankProfile::presets().map(|(name, _)| name).collect();
    assert!(names.len() > 12 && names[0] == "calm", "{names:?}");
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
    for (name, profile) in BankProfile::presets() {
        assert_eq!(BankProfile::preset(name), Some(profile.clone()));
        assert_eq!(profile == BankProfile::calm(), name == "calm", "{name}");
    }
    assert_eq!(BankProfile::preset("nonsense"), None);
}

/// The entries of the last answer are what the truth says was shown last, and balances are sums.
#[tokio::test]
async fn money_adds_up_and_the_truth_knows_each_entry_at_every_bank() {
    for (name, _) in BankProfile::presets() {
        let mut customer = Customer::at(name).await;
        for _ in 0..6 {
            customer.later(17).await;
            for account in 0..customer.accounts.len() {
                let lists = customer.read_with(account, "?date_from=2026-02-20").await;
                let balances = customer.raw(Operation::AccountBalances, account, "").await.ok();
                let sandbox = &customer.bank.sandbox;
                let truth = sandbox.truth(&customer.accounts[account]).unwrap();
                let sum = |state: TrueState| -> i64 {
                    let of_state = truth.transactions.iter().filter(|one| one.state == state);
                    of_state.map(|one| cents(&one.amount)).sum()
                };
                let booked = cents(&truth.opening) + sum(TrueState::Booked);
                assert_eq!(cents(&truth.balance), booked, "{name}");
                assert_eq!(cents(&truth.expected), booked + sum(TrueState::Pending), "{name}");
                assert_eq!(member(&balances, "/balances/0/balanceAmount/amount"), truth.expected, "{name}");
                let now = sandbox.clock().now();
                let in_this = truth.transactions.iter().filter(|one| one.shown_at == Some(now));
                let true_ids = |list: &'static str| -> Vec<String> {
                    let of_list = in_this.clone().filter(|one| one.shown_as == Some(list));
                    let mut ids: Vec<String> =
                        of_list.map(|one| one.shown.as_ref().unwrap().to_string()).collect();
                    ids.sort();
                    ids
                };
                let mut booked: Vec<String> = lists.booked.iter().map(Value::to_string).collect();
                booked.sort();
                if name == "repeats" {
                    booked.dedup();
                }
                assert_eq!(booked, true_ids("booked"), "{name}");
                // A pending one beside its booked twin is the one that the truth counts once.
                let mut pending: Vec<String> = lists.pending.iter().map(Value::to_string).collect();
                pending.retain(|one| name != "settlement" || true_ids("pending").contains(one));
                pending.sort();
                assert_eq!(pending, true_ids("pending"), "{name}");
            }
        }
    }
}

#[tokio::test]
async fn a_calm_bank_never_changes_what_it_has_booked() {
    let mut customer = Customer::at("calm").await;
    let mut known: BTreeMap<String, Value> = BTreeMap::new();
    for _ in 0..20 {
        for entry in customer.read().await.booked {
            let id = member(&entry, "/internalTransactionId");
            assert_eq!(known.entry(id).or_insert_with(|| entry.clone()), &entry);
        }
        customer.later(11).await;
    }
}

#[tokio::test]
async fn transactions_come_with_the_clock_and_pending_ones_are_booked_after_two_midnights() {
    let mut customer = Customer::at("calm").await;
    let before = customer.read().await;
    customer.later(5 * 24).await;
    let after = customer.read().await;
    assert!(after.booked.len() > before.booked.len() + 5);
    for entry in &after.booked {
        if entry["proprietaryBankTransactionCode"] == "PURCHASE" {
            assert_eq!((day(entry, "bookingDate") - day(entry, "valueDate")).num_days(), 2);
        }
    }
    assert!(after.pending.iter().all(|entry| day(entry, "valueDate") >= "2026-03-14".parse().unwrap()));
}

#[tokio::test]
async fn without_ids_no_entry_has_one() {
    let lists = Customer::at("no-ids").await.read().await;
    assert!(!lists.booked.is_empty());
    for entry in lists.booked.iter().chain(&lists.pending) {
        for name in ["transactionId", "internalTransactionId", "entryReference"] {
            assert!(entry.get(name).is_none());
        }
    }
}

#[tokio::test]
async fn ids_change_their_form_every_ten_days() {
    for (profile, name) in [("changing-ids", "entryReference"), ("changing-form", "transactionId")] {
        let mut customer = Customer::at(profile).await;
        let mut forms = BTreeSet::new();
        for _ in 0..4 {
            let booked = customer.read().await.booked;
            let day = booked.iter().filter(|one| one["valueDate"] == "2026-03-01");
            let ids: Vec<String> = day.map(|one| member(one, &format!("/{name}"))).collect();
            assert!(!ids.is_empty());
            forms.insert(ids);
            customer.later(10 * 24).await;
        }
        assert_eq!(forms.len(), 3, "{profile}");
    }
}

#[tokio::test]
async fn codes_change_on_settlement() {
    let lists = Customer::at("changing-ids").await.read().await;
    let code = "proprietaryBankTransactionCode";
    assert!(!lists.pending.is_empty() && texts(&lists.pending, code).all(|code| code == "AUTHORISATION"));
    assert!(texts(&lists.booked, code).all(|code| code != "AUTHORISATION"));
}

#[tokio::test]
async fn regenerated_ids_are_all_new_after_a_while_and_internal_ones_in_every_read() {
    let mut customer = Customer::at("regenerated-ids").await;
    let ids =
        |lists: &Lists, name: &str| texts(&lists.booked, name).map(str::to_owned).collect::<HashSet<_>>();
    let first = customer.read().await;
    let second = customer.read().await;
    assert_eq!(ids(&first, "transactionId"), ids(&second, "transactionId"));
    assert!(ids(&first, "internalTransactionId").is_disjoint(&ids(&second, "internalTransactionId")));
    customer.later(20 * 24).await;
    let third = customer.read().await;
    assert!(ids(&first, "transactionId").is_disjoint(&ids(&third, "transactionId")));
}

#[tokio::test]
async fn some_ids_say_nothing() {
    for (profile, nothing) in [("not-provided", "NOTPROVIDED"), ("placeholders", "00000000000000000000")] {
        let booked = Customer::at(profile).await.read().await.booked;
        let says_nothing = texts(&booked, "transactionId").filter(|id| *id == nothing).count();
        assert!(says_nothing > booked.len() / 5 && says_nothing < booked.len(), "{profile}");
    }
}

#[tokio::test]
async fn equal_purchases_are_made_on_the_same_day() {
    let booked = Customer::at("twins").await.read().await.booked;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for entry in booked {
        *counts.entry(entry.to_string()).or_default() += 1;
    }
    assert!(counts.values().any(|count| *count == 2) && counts.values().any(|count| *count == 3));
}

#[tokio::test]
async fn some_booked_transactions_are_twice_in_an_answer() {
    let booked = Customer::at("repeats").await.read().await.booked;
    let ids: HashSet<&str> = texts(&booked, "internalTransactionId").collect();
    assert!(ids.len() < booked.len() && booked.len() < ids.len() * 2);
}

#[tokio::test]
async fn a_frozen_history_never_grows_and_connecting_for_90_days_ends_that() {
    let mut customer = Customer::with(pause_free(), "PROFILE_FROZEN_HISTORY", 91).await;
    let first = customer.read().await.booked;
    customer.later(10 * 24).await;
    assert_eq!(customer.read().await.booked, first);
    let old = customer.connect(90).await;
    assert_ne!(old, customer.accounts);
    let newest = day(&customer.read().await.booked[0], "bookingDate");
    assert!(newest > day(&first[0], "bookingDate"));
}

#[tokio::test]
async fn a_capped_window_shows_no_more_than_it_does_whatever_is_asked() {
    let customer = Customer::at("capped-window").await;
    let booked = customer.read_with(0, "?date_from=2025-12-20").await.booked;
    let first: NaiveDate = "2026-02-08".parse().unwrap();
    assert!(booked.len() <= 60 && booked.iter().all(|entry| day(entry, "bookingDate") >= first));
    let mut profile = BankProfile::calm();
    profile.most_entries = Some(7);
    customer.bank.sandbox.set_profile(&customer.institution, profile).unwrap();
    let few = customer.read().await.booked;
    assert_eq!(few.len(), 7);
    assert_eq!(day(&few[0], "bookingDate"), day(&booked[0], "bookingDate"), "the newest ones");
}

#[tokio::test]
async fn several_accounts_share_one_iban() {
    let customer = Customer::at("shared-iban").await;
    let (mut ibans, mut currencies) = (BTreeSet::new(), BTreeSet::new());
    for account in &customer.accounts {
        let details = customer.bank.get(Operation::AccountDetails, account).await.ok();
        ibans.insert(member(&details, "/account/iban"));
        currencies.insert(member(&details, "/account/currency"));
    }
    assert_eq!(ibans.len(), 1);
    assert_eq!(currencies, ["EUR", "GBP", "USD"].map(str::to_owned).into());
}

#[tokio::test]
async fn an_account_may_have_a_masked_number_or_none() {
    let customer = Customer::at("no-iban").await;
    let mut details = Vec::new();
    for account in &customer.accounts {
        let metadata = customer.bank.get(Operation::AccountMetadata, account).await.ok();
        let body = customer.bank.get(Operation::AccountDetails, account).await.ok()["account"].clone();
        assert_eq!(metadata.get("iban"), body.get("iban"));
        details.push(body);
    }
    assert_eq!(details[0]["iban"], details[0]["maskedPan"]);
    assert!(member(&details[0], "/iban").contains('*'));
    assert!(details[1].get("iban").is_none() && details[1].get("maskedPan").is_some());
    assert!(details[2].get("iban").is_none() && details[2].get("maskedPan").is_none());
}

#[tokio::test]
async fn texts_are_cut_padded_or_in_capitals_otherwise_in_each_read() {
    let customer = Customer::at("changing-texts").await;
    let name = "remittanceInformationUnstructured";
    let (first, second) = (customer.read().await.booked, customer.read().await.booked);
    assert_eq!(first.len(), second.len());
    assert!(first.iter().zip(&second).any(|(one, other)| one[name] != other[name]));
    assert!(
        first.iter().zip(&second).all(|(one, other)| one["transactionAmount"] == other["transactionAmount"])
    );
    assert!(texts(&first, name).any(|text| text.chars().count() == 35));
    assert!(texts(&first, name).any(|text| text.ends_with("  ")));
    assert!(texts(&first, name).any(|text| text == text.to_uppercase()));
}

#[tokio::test]
async fn booking_days_move_by_one_between_reads() {
    let customer = Customer::at("moved-days").await;
    let days = |lists: Lists| -> BTreeMap<String, NaiveDate> {
        let id = |one: &Value| member(one, "/internalTransactionId");
        lists.booked.iter().map(|one| (id(one), day(one, "bookingDate"))).collect()
    };
    let (first, second) = (days(customer.read().await), days(customer.read().await));
    let moves: BTreeSet<i64> =
        first.iter().filter_map(|(id, day)| Some((*day - *second.get(id)?).num_days())).collect();
    assert_eq!(moves, [-1, 0, 1].into());
    let booked = customer.read().await.booked;
    assert!(booked.iter().any(|one| (day(one, "valueDate") - day(one, "bookingDate")).num_days() > 12));
}

#[tokio::test]
async fn entries_are_first_shown_days_after_their_booking_day() {
    let mut customer = Customer::at("back-dated").await;
    let mut known: HashSet<String> = HashSet::new();
    let mut late = BTreeSet::new();
    for read in 0..20 {
        let today = customer.bank.sandbox.clock().now().date_naive();
        for entry in customer.read().await.booked {
            if known.insert(member(&entry, "/internalTransactionId")) && read > 0 {
                late.insert((today - day(&entry, "bookingDate")).num_days());
            }
        }
        customer.later(24).await;
    }
    assert!(late.contains(&3) && late.iter().all(|days| (0..=5).contains(days)), "{late:?}");
}

#[tokio::test]
async fn pending_ones_are_booked_otherwise_or_vanish_or_stay_beside_their_twin() {
    let mut customer = Customer::at("settlement").await;
    let account = customer.accounts[0].clone();
    let (mut pending, mut beside) = (BTreeMap::new(), 0);
    for _ in 0..90 {
        let lists = customer.read().await;
        let sandbox = &customer.bank.sandbox;
        pending.extend(shown(sandbox, &account, &[TrueState::Pending]));
        let as_pending = shown(sandbox, &account, &[TrueState::Pending]).len();
        beside += lists.pending.len() - as_pending;
        customer.later(8).await;
    }
    assert!(beside > 0, "some stay beside their twin");
    let sandbox = &customer.bank.sandbox;
    assert!(!shown(sandbox, &account, &[TrueState::Vanished]).is_empty(), "some vanish");
    let booked = shown(sandbox, &account, &[TrueState::Booked]);
    let settled: Vec<(&Value, &Value)> =
        pending.iter().filter_map(|(id, before)| Some((before, booked.get(id)?))).collect();
    for name in ["transactionId", "remittanceInformationUnstructured", "valueDate", "transactionAmount"] {
        assert!(settled.iter().any(|(before, after)| before[name] != after[name]), "{name}");
    }
    for name in ["remittanceInformationUnstructured", "valueDate", "transactionAmount"] {
        assert!(settled.iter().any(|(before, after)| before[name] == after[name]), "{name}");
    }
}

#[tokio::test]
async fn an_id_may_be_kept_through_nine_days_of_pending() {
    let mut customer = Customer::at("long-pending").await;
    let before: HashSet<String> =
        texts(&customer.read().await.pending, "transactionId").map(str::to_owned).collect();
    assert!(before.len() > 8);
    customer.later(9 * 24).await;
    let booked = customer.read().await.booked;
    let after: HashSet<String> = texts(&booked, "transactionId").map(str::to_owned).collect();
    assert!(before.is_subset(&after));
}

#[tokio::test]
async fn pending_debits_may_lack_their_minus_or_their_date() {
    let lists = Customer::at("positive-pending").await.read().await;
    assert!(!lists.pending.is_empty() && lists.pending.iter().all(|one| amount(one) > 0));
    assert!(lists.booked.iter().any(|one| amount(one) < 0));
    let lists = Customer::at("undated-pending").await.read().await;
    let dated = |one: &Value| one.as_object().unwrap().keys().any(|name| name.ends_with("Date"));
    assert!(!lists.pending.is_empty() && !lists.pending.iter().any(dated));
}

#[tokio::test]
async fn without_a_pending_list_a_payment_appears_when_it_is_booked() {
    let mut customer = Customer::at("no-pending").await;
    for _ in 0..5 {
        assert_eq!(customer.read().await.pending, Vec::<Value>::new());
        customer.later(13).await;
    }
    let truth = customer.bank.sandbox.truth(&customer.accounts[0]).unwrap();
    assert!(truth.transactions.iter().any(|one| one.state == TrueState::NotShownYet));
    assert!(truth.transactions.iter().all(|one| one.state != TrueState::Pending));
}

#[tokio::test]
async fn odd_members_have_other_types_and_leave_the_amount_alone() {
    let customer = Customer::at("odd-members").await;
    let lists = customer.read().await;
    let odd = |one: &&Value| {
        let members = one.as_object().unwrap();
        members.iter().any(|(name, value)| {
            value.is_null() || (value.is_object() && name == "creditorName") || (value.is_number())
        })
    };
    let count = lists.booked.iter().filter(odd).count();
    assert!(count > 0 && count < lists.booked.len() / 2, "{count}");
    for one in lists.booked.iter().chain(&lists.pending) {
        assert!(one["transactionAmount"]["amount"].as_str().unwrap().parse::<f64>().is_ok());
    }
    let balances = customer.raw(Operation::AccountBalances, 0, "").await.ok();
    assert_eq!(balances["balances"][0]["creditLimitIncluded"], "true");
    let details = customer.raw(Operation::AccountDetails, 0, "").await.ok();
    assert!(details["account"]["msisdn"].is_number());
}

#[tokio::test]
async fn some_amounts_cannot_be_read() {
    let booked = Customer::at("odd-amounts").await.read().await.booked;
    let readable = |one: &&Value| {
        let text = |name: &str| one.pointer(&format!("/transactionAmount/{name}")).and_then(Value::as_str);
        text("currency").is_some() && text("amount").is_some_and(|text| text.parse::<f64>().is_ok())
    };
    let count = booked.iter().filter(readable).count();
    assert!(count > booked.len() / 2 && count < booked.len());
}

#[tokio::test]
async fn connecting_again_finds_the_same_bank_accounts_under_new_ids() {
    let mut customer = Customer::at("calm").await;
    let before = customer.read().await.booked;
    let old = customer.connect(90).await;
    assert!(old.iter().all(|id| !customer.accounts.contains(id)));
    let sandbox = &customer.bank.sandbox;
    for (old, new) in old.iter().zip(&customer.accounts) {
        let (old, new) = (sandbox.truth(old).unwrap(), sandbox.truth(new).unwrap());
        assert_eq!((old.bank_account, old.iban), (new.bank_account, new.iban));
    }
    assert_eq!(customer.read().await.booked, before);
    // The old ones are readable as long as their agreement lasts.
    customer.bank.get(Operation::AccountBalances, &old[0]).await.ok();
}

#[tokio::test]
async fn kept_ids_move_to_the_new_agreement() {
    let mut customer = Customer::at("kept-accounts").await;
    let first = customer.agreement.clone();
    customer.later(90 * 24).await;
    let account = customer.accounts[0].clone();
    assert_eq!(customer.bank.get(Operation::AccountBalances, &account).await.status, 401);
    let old = customer.connect(90).await;
    assert_eq!(old, customer.accounts);
    customer.bank.get(Operation::AccountBalances, &account).await.ok();
    customer.bank.call(Operation::DeleteAgreement, &first, &Value::Null).await.ok();
    customer.bank.get(Operation::AccountBalances, &account).await.ok();
}

#[tokio::test]
async fn an_account_goes_and_another_comes_on_connecting_again_and_consents_end_early() {
    let mut customer = Customer::with(pause_free(), "SANDBOXFINANCE_SFIN0000", 90).await;
    let profile = BankProfile::preset("other-accounts").unwrap();
    let institution = "FERNWICKBANK_FRNWGB22";
    customer.bank.sandbox.set_profile(institution, profile).unwrap();
    institution.clone_into(&mut customer.institution);
    let wishes = json!({ "institution_id": institution, "access_valid_for_days": 31 });
    let refused = customer.bank.call(Operation::CreateAgreement, "", &wishes).await;
    refused.field(400, "access_valid_for_days");
    customer.connect(90).await;
    let currencies = |customer: &Customer| -> Vec<String> {
        let truth = |id: &String| customer.bank.sandbox.truth(id).unwrap().currency;
        customer.accounts.iter().map(truth).collect()
    };
    assert_eq!(currencies(&customer), ["EUR", "GBP"]);
    customer.later(30 * 24).await;
    customer
        .bank
        .get(Operation::AccountBalances, &customer.accounts[0])
        .await
        .error(401, "End User Agreement");
    customer.connect(90).await;
    assert_eq!(currencies(&customer), ["EUR", "SEK"]);
}

#[tokio::test]
async fn other_people_have_other_accounts() {
    let customer = Customer::at("calm").await;
    let wishes = json!({ "institution_id": customer.institution });
    let requisition = member(&customer.bank.requisition(&wishes).await, "/id");
    let accounts = customer.bank.sandbox.link_as(&requisition, "Ava Lindqvist").unwrap();
    let sandbox = &customer.bank.sandbox;
    let (mine, hers) = (sandbox.truth(&customer.accounts[0]).unwrap(), sandbox.truth(&accounts[0]).unwrap());
    assert_eq!((mine.person.as_str(), hers.person.as_str()), ("John Doe", "Ava Lindqvist"));
    assert_ne!(mine.iban, hers.iban);
    let metadata = customer.bank.get(Operation::AccountMetadata, &accounts[0]).await.ok();
    assert_eq!(metadata["owner_name"], "Ava Lindqvist");
}

#[tokio::test]
async fn any_institution_can_be_given_any_profile() {
    let mut profile = BankProfile::calm();
    profile.transaction_id = TransactionIds::Kept;
    profile.accounts = vec![AccountProfile::new(AccountKind::Card, "SEK")];
    let institution = "FERNWICKBANK_FRNWGB22";
    let customer = Customer::with(pause_free().profile(institution, profile), institution, 90).await;
    assert_eq!(customer.accounts.len(), 1);
    let lists = customer.read().await;
    assert!(lists.pending.iter().all(|one| one.get("transactionId").is_some()));
    assert_eq!(lists.booked[0]["transactionAmount"]["currency"], "SEK");
    let error = Sandbox::builder().profile("X", BankProfile::calm()).start_blocking().unwrap_err();
    assert_eq!(error.to_string(), "the sandbox has no institution X");
}

#[tokio::test]
async fn a_profile_set_later_leaves_what_was_done_as_it_was() {
    let mut customer = Customer::at("calm").await;
    let before = customer.bank.sandbox.truth(&customer.accounts[0]).unwrap();
    let request =
        json!({ "institution": customer.institution, "profile": { "preset": "twins", "pending_days": 5 } });
    let reply = customer.bank.send("POST", "/_sandbox/profiles", "", request.to_string()).await.ok();
    assert_eq!(reply["profile"]["twins"], 30);
    let after = customer.bank.sandbox.truth(&customer.accounts[0]).unwrap();
    assert_eq!(after, before);
    customer.later(30 * 24).await;
    let truth = customer.bank.sandbox.truth(&customer.accounts[0]).unwrap();
    assert_eq!(truth.transactions[..100], before.transactions[..100]);
    // 9 April, noon: a payment of the 5th is no longer pending for two days, but still for five.
    let old = customer.read().await.pending;
    assert!(old.iter().any(|one| day(one, "valueDate") < "2026-04-07".parse().unwrap()));
    let path = format!("/_sandbox/profiles/{}", customer.institution);
    let now = customer.bank.send("GET", &path, "", "").await.ok();
    assert_eq!(now["pending_days"], 5);
}

#[tokio::test]
async fn the_named_profiles_are_listed_with_their_institutions() {
    let bank = Bank::open().await;
    let list = bank.send("GET", "/_sandbox/profiles", "", "").await.ok()["profiles"].clone();
    assert_eq!(list.as_array().unwrap().len(), BankProfile::presets().count());
    for one in list.as_array().unwrap() {
        let id = member(one, "/institution");
        assert_eq!(bank.get(Operation::RetrieveInstitution, &id).await.ok()["id"], id.as_str());
        assert_eq!(
            BankProfile::from_json(&one["profile"]),
            Ok(BankProfile::preset(&member(one, "/name")).unwrap())
        );
    }
}
