//! The named profiles: one for each way in which banks are known to break identities.

use super::{
    AccountIds, AccountKind, AccountNumber, AccountProfile, BankProfile, EntryReferences, InternalIds,
    TransactionIds,
};

/// A named profile.
pub(crate) struct Preset {
    pub(crate) name: &'static str,
    /// What it does, for lists of profiles.
    pub(crate) about: &'static str,
    set: fn(&mut BankProfile),
}

impl Preset {
    pub(crate) fn profile(&self) -> BankProfile {
        let mut profile = BankProfile::calm();
        (self.set)(&mut profile);
        profile
    }
}

const fn preset(name: &'static str, about: &'static str, set: fn(&mut BankProfile)) -> Preset {
    Preset { name, about, set }
}

/// All of them, the calm one first.
pub(crate) const PRESETS: [Preset; 25] = [
    preset("calm", "no surprises", |_| {}),
    preset("no-ids", "no id and no reference on any transaction", |p| {
        p.booking_times = false;
        p.transaction_id = TransactionIds::Absent;
        p.internal_id = InternalIds::Absent;
        p.entry_reference = EntryReferences::Absent;
    }),
    preset(
        "changing-ids",
        "no transactionId; entryReference changes its form every ten days, codes on settlement",
        |p| {
            p.transaction_id = TransactionIds::Absent;
            p.internal_id = InternalIds::Stable;
            p.entry_reference = EntryReferences::ChangingForm(10);
            p.code_changes = true;
        },
    ),
    preset("changing-form", "transactionId in another form every ten days", |p| {
        p.transaction_id = TransactionIds::ChangingForm(10);
        p.internal_id = InternalIds::Absent;
    }),
    preset("regenerated-ids", "all ids are new every 20 days, internalTransactionId in every read", |p| {
        p.transaction_id = TransactionIds::Regenerated(20);
        p.internal_id = InternalIds::EachRead;
        p.entry_reference = EntryReferences::Absent;
    }),
    preset("not-provided", "transactionId is NOTPROVIDED on half of the transactions", |p| {
        p.transaction_id = TransactionIds::NotProvided(50);
        p.internal_id = InternalIds::Absent;
        p.entry_reference = EntryReferences::Absent;
    }),
    preset("placeholders", "transactionId is the same zeros on a third of the transactions", |p| {
        p.transaction_id = TransactionIds::Placeholder(33);
        p.internal_id = InternalIds::Absent;
        p.entry_reference = EntryReferences::Absent;
    }),
    preset("twins", "equal purchases on the same day, without anything that distinguishes them", |p| {
        p.twins = 30;
        p.booking_times = false;
        p.balance_after = false;
        p.transaction_id = TransactionIds::Absent;
        p.internal_id = InternalIds::Absent;
        p.entry_reference = EntryReferences::Absent;
    }),
    preset("repeats", "every tenth booked transaction is twice in each answer, with the same id", |p| {
        p.repeated = 10;
    }),
    preset("frozen-history", "an agreement for more than 90 days gives its first list for ever", |p| {
        p.frozen_over_days = Some(90);
    }),
    preset("capped-window", "30 days and 60 booked transactions, whatever is asked", |p| {
        p.window_days = Some(30);
        p.most_entries = Some(60);
    }),
    preset("shared-iban", "three accounts in three currencies on one IBAN", |p| {
        p.accounts = ["EUR", "USD", "GBP"]
            .map(|currency| account(AccountKind::Current, currency, AccountNumber::SharedIban))
            .into();
    }),
    preset(
        "no-iban",
        "a card with a masked number as IBAN, one with it in the details, an account without a number",
        |p| {
            p.accounts = vec![
                account(AccountKind::Card, "EUR", AccountNumber::MaskedAsIban),
                account(AccountKind::Card, "GBP", AccountNumber::Masked),
                account(AccountKind::Current, "USD", AccountNumber::Absent),
            ];
        },
    ),
    preset(
        "changing-texts",
        "texts cut at 35 characters, padded or in capitals, otherwise in each read; no ids",
        |p| {
            p.cut_texts = 40;
            p.padded_texts = 30;
            p.capital_texts = 20;
            p.transaction_id = TransactionIds::Absent;
            p.internal_id = InternalIds::Absent;
            p.entry_reference = EntryReferences::Absent;
        },
    ),
    preset("moved-days", "booking days that move by one between reads, value dates weeks later", |p| {
        p.moved_days = 40;
        p.far_value_days = 10;
    }),
    preset("back-dated", "a third of the booked transactions are shown up to four days late", |p| {
        p.late = 33;
        p.late_days = 4;
    }),
    preset(
        "settlement",
        "pending ones are booked with another id, text, day or amount, vanish, or stay beside their twin",
        |p| {
            p.transaction_id = TransactionIds::ChangedOnSettlement;
            p.other_text = 40;
            p.other_day = 30;
            p.other_amount = 30;
            p.vanishing = 10;
            p.stays_beside = 25;
            p.code_changes = true;
        },
    ),
    preset("long-pending", "card payments are pending for nine days, and keep their id", |p| {
        p.transaction_id = TransactionIds::Kept;
        p.pending_days = 9;
    }),
    preset("positive-pending", "pending debits without a minus", |p| p.positive_pending = 100),
    preset("undated-pending", "pending transactions without a date", |p| p.undated_pending = 100),
    preset("no-pending", "card payments appear when they are booked", |p| p.pending = false),
    preset("odd-members", "one odd member in a third of the transactions, in details and in balances", |p| {
        p.odd_members = 33;
    }),
    preset("odd-amounts", "amounts and currencies that cannot be read, null among the transactions", |p| {
        p.odd_amounts = 10;
    }),
    preset("kept-accounts", "account ids stay when a person connects again", |p| {
        p.account_ids = AccountIds::Kept;
    }),
    preset(
        "other-accounts",
        "on connecting again one account is gone and another has come; access for 30 days",
        |p| {
            p.access_days = Some(30);
            let mut goes = account(AccountKind::Card, "GBP", AccountNumber::Iban);
            goes.until_link = Some(2);
            let mut comes = account(AccountKind::Current, "SEK", AccountNumber::Iban);
            comes.from_link = 2;
            p.accounts = vec![account(AccountKind::Current, "EUR", AccountNumber::Iban), goes, comes];
        },
    ),
];

fn account(kind: AccountKind, currency: &str, number: AccountNumber) -> AccountProfile {
    AccountProfile { number, ..AccountProfile::new(kind, currency) }
}
