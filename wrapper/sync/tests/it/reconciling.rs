//! What an answer changes, case by case.

use chrono::NaiveDate;
use gocardless_bank_data::model::Transactions;
use gocardless_bank_data_sync::{
    Answer, Booked, Certainty, EntrySettings, Field, Known, Reconciliation, State, Window, reconcile,
};
use serde_json::{Value, json};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An account after some answers, one a day from the second of March on.
#[derive(Default)]
struct Account {
    known: Vec<Known>,
    next: u64,
}

impl Account {
    fn read(&mut self, booked: &Value, pending: &Value) -> Reconciliation {
        let transactions: Transactions =
            serde_json::from_value(json!({ "transactions": { "booked": booked, "pending": pending } }))
                .unwrap();
        let answer = Answer::read(&transactions, &EntrySettings::default());
        let today = day("2026-03-02") + chrono::Days::new(self.next);
        self.next += 1;
        let window = Window { from: Some(day("2026-02-15")), gap: None };
        let changes = reconcile(&self.known, &answer, &window, today);
        self.apply(&answer, &changes, today);
        changes
    }

    fn apply(&mut self, answer: &Answer, changes: &Reconciliation, today: NaiveDate) {
        for changed in &changes.changed {
            let found = &answer.entries()[changed.index];
            let known = self.known.iter_mut().find(|known| known.key == changed.key).unwrap();
            (known.entry, known.ids) = (found.entry.clone(), found.ids.clone());
            (known.fingerprint, known.missing) = (found.fingerprint(), false);
        }
        for settled in &changes.settled {
            match &settled.as_booked {
                Booked::Answered(index) => {
                    let found = &answer.entries()[*index];
                    let known = self.known.iter_mut().find(|known| known.key == settled.key).unwrap();
                    (known.entry, known.ids) = (found.entry.clone(), found.ids.clone());
                    (known.state, known.was_pending, known.since) = (State::Booked, true, today);
                    known.fingerprint = found.fingerprint();
                }
                Booked::Known(booked) => {
                    self.known.retain(|known| known.key != settled.key);
                    self.known.iter_mut().find(|known| known.key == *booked).unwrap().was_pending = true;
                }
            }
        }
        for key in &changes.vanished {
            let known = self.known.iter_mut().find(|known| known.key == *key).unwrap();
            (known.state, known.since) = (State::Vanished, today);
        }
        for added in &changes.added {
            let found = &answer.entries()[added.index];
            let state = State::parse(found.entry.status.as_str()).unwrap();
            self.known.push(Known {
                key: added.key.clone(),
                entry: found.entry.clone(),
                ids: found.ids.clone(),
                state,
                fingerprint: found.fingerprint(),
                first_seen: today,
                since: today,
                was_pending: false,
                missing: false,
                beside: None,
            });
        }
        for (key, beside) in &changes.beside {
            self.known.iter_mut().find(|known| known.key == *key).unwrap().beside.clone_from(beside);
        }
    }

    fn count(&self, state: State) -> usize {
        self.known.iter().filter(|known| known.state == state).count()
    }
}

fn entry(date: &str, amount: &str, text: &str) -> Value {
    json!({
        "bookingDate": date,
        "transactionAmount": { "amount": amount, "currency": "EUR" },
        "remittanceInformationUnstructured": text,
    })
}

fn with(mut entry: Value, member: &str, value: &str) -> Value {
    entry[member] = value.into();
    entry
}

#[test]
fn the_same_answer_again_changes_nothing() {
    let booked = json!([entry("2026-03-01", "-3.50", "CAFE"), entry("2026-03-01", "-3.50", "CAFE")]);
    let mut account = Account::default();
    assert_eq!(account.read(&booked, &json!([])).added.len(), 2);
    let again = account.read(&booked, &json!([]));
    assert!(again.is_empty(), "{again:?}");
    assert_eq!(again.unchanged.len(), 2);
}

#[test]
fn numbers_of_rows_are_not_identifiers() {
    let cafe = |day: &str, amount: &str| entry(day, amount, "CAFE");
    let first = [cafe("2026-03-01", "-3.50"), entry("2026-02-28", "-20.00", "SHOP")];
    let next = [&[cafe("2026-03-02", "-4.00")], &first[..]].concat();
    for first_number in [0, 1] {
        let numbered = |entries: &[Value]| -> Value {
            let rows = entries.iter().enumerate();
            let id = |at| format!("R{:03}", at + first_number);
            rows.map(|(at, entry)| with(entry.clone(), "transactionId", &id(at))).collect()
        };
        let mut account = Account::default();
        account.read(&numbered(&first), &numbered(&[cafe("2026-03-02", "-4.00")]));
        assert_eq!((account.count(State::Booked), account.count(State::Pending)), (2, 1));
        let changes = account.read(&numbered(&next), &numbered(&[cafe("2026-03-03", "-3.80")]));
        assert_eq!((account.count(State::Booked), account.count(State::Pending)), (3, 1));
        assert_eq!(changes.settled.len(), 1);
    }
}

#[test]
fn an_equal_entry_that_comes_later_is_added_and_none_is_lost() {
    let cafe = || entry("2026-03-01", "-3.50", "CAFE");
    let mut account = Account::default();
    account.read(&json!([cafe()]), &json!([]));
    let changes = account.read(&json!([cafe(), cafe()]), &json!([]));
    assert_eq!((changes.added.len(), changes.unchanged.len()), (1, 1));
    assert_ne!(account.known[0].key, account.known[1].key);
}

#[test]
fn entries_are_found_again_whose_ids_are_all_new_whose_texts_are_cut_and_whose_days_have_moved() {
    let first = json!([
        with(entry("2026-03-01", "-3.50", "PAYMENT CARD 1234 CORNER CAFE NUUK"), "transactionId", "a1"),
        with(entry("2026-02-27", "-20.00", "Rent of a bicycle"), "transactionId", "a2"),
        with(entry("2026-02-26", "-3.50", "PAYMENT CARD 1234 CORNER CAFE NUUK"), "transactionId", "a3"),
    ]);
    let second = json!([
        with(entry("2026-03-02", "-3.50", "PAYMENT CARD 1234 COR"), "transactionId", "b1"),
        with(entry("2026-02-27", "-20.00", "RENT OF  A BICYCLE"), "transactionId", "b2"),
        with(entry("2026-02-26", "-3.50", "PAYMENT CARD 1234 CORNER CAFE NUUK"), "transactionId", "b3"),
    ]);
    let mut account = Account::default();
    account.read(&first, &json!([]));
    let changes = account.read(&second, &json!([]));
    assert!(changes.added.is_empty(), "{changes:?}");
    let moved = changes.changed.iter().find(|changed| changed.fields.contains(&Field::Day)).unwrap();
    assert_eq!(moved.index, 0);
}

#[test]
fn a_new_entry_with_an_id_of_its_own_is_not_taken_for_one_at_the_edge_of_the_answer() {
    let cafe = |date: &str, id: &str| with(entry(date, "-3.50", "CAFE"), "transactionId", id);
    let mut account = Account::default();
    account.read(
        &json!([cafe("2026-03-03", "3"), cafe("2026-03-02", "2"), cafe("2026-03-01", "1")]),
        &json!([]),
    );
    // The bank shows two days only now, and one more entry of the older day.
    let changes = account.read(
        &json!([cafe("2026-03-03", "3"), cafe("2026-03-02", "2"), cafe("2026-03-02", "4")]),
        &json!([]),
    );
    assert_eq!(changes.added.len(), 1);
    assert!(changes.missing.is_empty(), "the first day is not covered: {changes:?}");
    assert_eq!(account.count(State::Booked), 4);
}

#[test]
fn a_pending_entry_settles_with_a_stated_certainty() {
    let pending = |text: &str| json!([entry("2026-03-02", "-12.00", text)]);
    for (booked, certainty) in [
        (entry("2026-03-04", "-12.00", "HARBOUR DELI"), Certainty::Likely),
        (entry("2026-03-04", "12.00", "HARBOUR DELI"), Certainty::Likely),
        (entry("2026-03-04", "-12.00", "card 99 something else"), Certainty::Possible),
        (entry("2026-03-04", "-13.80", "HARBOUR DELI"), Certainty::Possible),
    ] {
        let mut account = Account::default();
        account.read(&json!([]), &pending("HARBOUR DELI"));
        let key = account.known[0].key.clone();
        let changes = account.read(&json!([booked]), &json!([]));
        assert_eq!(changes.settled.len(), 1, "{booked}: {changes:?}");
        assert_eq!((changes.settled[0].certainty, &changes.settled[0].key), (certainty, &key), "{booked}");
        assert_eq!((account.count(State::Booked), account.count(State::Pending)), (1, 0));
    }
}

#[test]
fn with_the_same_id_a_settlement_is_certain_whatever_else_changes() {
    let pending = with(entry("2026-03-02", "-12.00", "HOLD"), "transactionId", "x");
    let booked = with(entry("2026-03-09", "-17.20", "FUEL STATION"), "transactionId", "x");
    let mut account = Account::default();
    account.read(&json!([]), &json!([pending]));
    // The bank still lists the pending form.
    let changes = account.read(&json!([booked]), &json!([pending]));
    assert_eq!(changes.settled[0].certainty, Certainty::Certain);
    assert_eq!((account.count(State::Booked), account.count(State::Pending)), (1, 0));
    let changes = account.read(&json!([booked]), &json!([pending]));
    assert!(changes.is_empty(), "{changes:?}");
}

#[test]
fn a_pending_entry_beside_its_booked_form_is_marked_and_goes_when_the_bank_no_longer_lists_it() {
    let (pending, booked) = (entry("2026-03-02", "-12.00", "DELI"), entry("2026-03-03", "-12.00", "DELI"));
    let mut account = Account::default();
    account.read(&json!([]), &json!([pending]));
    let changes = account.read(&json!([booked]), &json!([pending]));
    assert_eq!(changes.added.len(), 1);
    assert_eq!(changes.beside.len(), 1, "{changes:?}");
    let changes = account.read(&json!([booked]), &json!([]));
    assert!(matches!(changes.settled[0].as_booked, Booked::Known(_)), "{changes:?}");
    assert_eq!((account.count(State::Booked), account.count(State::Pending)), (1, 0));
}

#[test]
fn two_equal_purchases_that_settle_one_after_the_other_stay_two() {
    let (pending, booked) = (entry("2026-03-02", "-12.00", "DELI"), entry("2026-03-03", "-12.00", "DELI"));
    let mut account = Account::default();
    account.read(&json!([]), &json!([pending, pending]));
    account.read(&json!([booked]), &json!([pending]));
    assert_eq!((account.count(State::Booked), account.count(State::Pending)), (1, 1));
    account.read(&json!([booked, booked]), &json!([]));
    assert_eq!((account.count(State::Booked), account.count(State::Pending)), (2, 0));
}

#[test]
fn a_pending_entry_that_vanishes_is_kept_as_such_and_can_still_settle() {
    let pending = entry("2026-03-02", "-12.00", "DELI");
    let mut account = Account::default();
    account.read(&json!([]), &json!([pending]));
    assert_eq!(account.read(&json!([]), &json!([])).vanished.len(), 1);
    let changes = account.read(&json!([entry("2026-03-04", "-12.00", "DELI")]), &json!([]));
    assert_eq!(changes.settled.len(), 1, "{changes:?}");
    assert_eq!((account.count(State::Booked), account.count(State::Vanished)), (1, 0));
}

#[test]
fn a_pending_entry_without_a_date_has_not_vanished_where_days_were_asked_for() {
    let mut undated = entry("", "-12.00", "DELI");
    undated.as_object_mut().unwrap().remove("bookingDate");
    let mut account = Account::default();
    account.read(&json!([]), &json!([undated]));
    let changes = account.read(&json!([]), &json!([]));
    assert!(changes.vanished.is_empty(), "{changes:?}");
}

#[test]
fn a_refund_is_not_a_settlement_while_the_purchase_is_pending() {
    let purchase = entry("2026-03-02", "-12.00", "SHOP");
    let mut account = Account::default();
    account.read(&json!([]), &json!([purchase]));
    let changes = account.read(&json!([entry("2026-03-03", "12.00", "REFUND SHOP")]), &json!([purchase]));
    assert_eq!((changes.added.len(), changes.settled.len()), (1, 0), "{changes:?}");
}

#[test]
fn what_cannot_be_read_may_be_what_is_missing() {
    let mut account = Account::default();
    let list =
        |middle: Value| json!([entry("2026-03-03", "-1.00", "A"), middle, entry("2026-03-01", "-3.00", "C")]);
    account.read(&list(entry("2026-03-02", "-2.00", "B")), &json!([entry("2026-03-03", "-9.00", "P")]));
    let odd = json!({ "bookingDate": "2026-03-02", "transactionAmount": { "amount": "about two", "currency": "EUR" } });
    let changes = account.read(&list(odd), &json!([]));
    assert_eq!((changes.missing.len(), changes.vanished.len()), (0, 0), "{changes:?}");
    let changes = account
        .read(&json!([entry("2026-03-03", "-1.00", "A"), entry("2026-03-01", "-3.00", "C")]), &json!([]));
    assert_eq!(changes.vanished.len(), 1);
}

#[test]
fn a_pending_entry_does_not_stay_forever_because_others_cannot_be_read() {
    let odd = json!({ "bookingDate": "2026-03-02", "transactionAmount": { "amount": "about two", "currency": "EUR" } });
    let mut account = Account::default();
    account.read(&json!([]), &json!([entry("2026-03-02", "-2.00", "B")]));
    let vanished: Vec<_> = (0..20).map(|_| account.read(&json!([odd]), &json!([])).vanished.len()).collect();
    assert_eq!((&vanished[..13], vanished.iter().sum::<usize>()), (&[0; 13][..], 1), "{vanished:?}");
}

#[test]
fn of_like_payments_whose_days_have_all_moved_each_finds_its_own() {
    let list = |days: [&str; 3]| json!(days.map(|day| entry(day, "-9.99", "STREAM")));
    let mut account = Account::default();
    account
        .read(&list(["2026-02-27", "2026-02-25", "2026-02-23"]), &json!([entry("2026-03-01", "-1.00", "A")]));
    let changes = account.read(&list(["2026-02-26", "2026-02-24", "2026-02-22"]), &json!([]));
    assert_eq!((changes.added.len(), changes.missing.len(), changes.changed.len()), (0, 0, 3), "{changes:?}");
}

#[test]
fn an_entry_that_was_not_listed_when_the_bank_gave_new_ids_is_not_a_new_one() {
    let list = |ids: &str, oldest: &str| {
        let days =
            [("2026-03-01", "-1.00"), ("2026-02-27", "-2.00"), ("2026-02-25", "-3.00"), (oldest, "-4.00")];
        let entries = days.map(|(day, amount)| {
            with(entry(day, amount, "SHOP"), "transactionId", &format!("{ids}{amount}"))
        });
        json!(entries)
    };
    let mut account = Account::default();
    // The oldest is shown a day earlier first, and then not at all.
    account.read(&list("old", "2026-02-15"), &json!([]));
    let mut without = list("new", "2026-02-15");
    without.as_array_mut().unwrap().pop();
    account.read(&without, &json!([]));
    let changes = account.read(&list("new", "2026-02-16"), &json!([]));
    assert_eq!((changes.added.len(), changes.changed.len()), (0, 1), "{changes:?}");
}

#[test]
fn a_daily_payment_is_not_taken_for_the_last_of_a_row_that_has_moved() {
    let list = |days: std::ops::RangeInclusive<u32>| {
        json!(days.map(|day| entry(&format!("2026-02-{day:02}"), "-2.80", "METRO")).collect::<Vec<_>>())
    };
    let mut account = Account::default();
    account.read(&list(17..=26), &json!([]));
    // The bank no longer lists the first, and there is a new one.
    let mut answer = list(18..=27);
    answer.as_array_mut().unwrap().push(entry("2026-02-16", "-1.00", "A"));
    let changes = account.read(&answer, &json!([]));
    assert_eq!((changes.added.len(), changes.missing.len()), (2, 1), "{changes:?}");
}

#[test]
fn a_pending_entry_with_a_day_of_long_ago_settles_nevertheless() {
    let mut account = Account::default();
    account.read(&json!([]), &json!([entry("2024-12-01", "-8.20", "BAKERY")]));
    let changes = account.read(&json!([entry("2026-03-03", "-8.20", "BAKERY")]), &json!([]));
    assert_eq!((changes.settled.len(), changes.added.len()), (1, 0), "{changes:?}");
    account.read(&json!([]), &json!([entry("2024-12-01", "-8.20", "CINEMA")]));
    assert_eq!(account.read(&json!([]), &json!([])).vanished.len(), 1);
}

#[test]
fn a_transaction_that_the_bank_lists_twice_with_one_id_is_one_and_a_placeholder_is_not_an_id() {
    let mut account = Account::default();
    let one = with(entry("2026-03-02", "-2.00", "B"), "transactionId", "real-1");
    let placeholder = |amount: &str| with(entry("2026-03-02", amount, "C"), "transactionId", "PLACEHOLDER 1");
    let list = json!([one, one, placeholder("-1.00"), placeholder("-4.00"), placeholder("-5.00")]);
    assert_eq!(account.read(&list, &json!([])).added.len(), 4);
    assert!(account.read(&list, &json!([])).is_empty());
}

#[test]
fn equal_entries_that_share_one_id_and_differ_in_another_are_several() {
    for (member, values) in [
        ("internalTransactionId", ["a1", "a2"]),
        ("bookingDateTime", ["2026-03-02T08:00:00Z", "2026-03-02T09:30:00Z"]),
    ] {
        let debit = with(entry("2026-03-02", "-9.00", "INSURANCE"), "transactionId", "CONTRACT-4711");
        let list = json!(values.map(|value| with(debit.clone(), member, value)));
        let mut account = Account::default();
        assert_eq!(account.read(&list, &json!([])).added.len(), 2, "{member}");
        assert!(account.read(&list, &json!([])).is_empty(), "{member}");
    }
}

#[test]
fn a_currency_that_the_bank_leaves_out_once_adds_no_entry_and_another_currency_does() {
    let of = |currency: &str| json!([{ "bookingDate": "2026-03-01", "transactionAmount": { "amount": "-2.00", "currency": currency } }]);
    let mut account = Account::default();
    account.read(&of("EUR"), &json!([]));
    assert_eq!(account.read(&of(""), &json!([])).changed.len(), 1);
    assert_eq!(account.read(&of("EUR"), &json!([])).changed.len(), 1);
    assert_eq!(account.read(&of("SEK"), &json!([])).added.len(), 1);
}

#[test]
fn a_daily_purchase_is_added_each_day_even_if_the_answer_shows_few() {
    let metro = |days: std::ops::RangeInclusive<u32>| {
        let entries: Vec<_> = days.map(|day| entry(&format!("2026-03-{day:02}"), "-2.80", "METRO")).collect();
        json!(entries)
    };
    let mut account = Account::default();
    account.read(&metro(1..=9), &json!([]));
    for last in 10..=12 {
        assert_eq!(account.read(&metro(last - 4..=last), &json!([])).added.len(), 1, "{last}");
    }
    assert_eq!(account.count(State::Booked), 12);
}

#[test]
fn a_pending_entry_with_the_id_of_an_earlier_booked_one_is_another() {
    let contract = |day: &str, amount: &str| with(entry(day, amount, "GREEN POWER"), "transactionId", "M-1");
    let mut account = Account::default();
    account.read(&json!([contract("2026-03-01", "-20.00")]), &json!([]));
    let booked = json!([contract("2026-03-01", "-20.00")]);
    for _ in 0..4 {
        account.read(&booked, &json!([]));
    }
    let pending = with(entry("2026-03-06", "-25.00", "GREEN POWER"), "transactionId", "M-1");
    assert_eq!(account.read(&booked, &json!([pending])).added.len(), 1);
}

#[test]
fn equal_entries_under_a_placeholder_are_several_in_whatever_order_they_come() {
    let sold =
        |text: &str, amount: &str| with(entry("2026-03-02", amount, text), "transactionId", "CARD PAYMENT");
    let [cafe, book] = [sold("CAFE", "-3.50"), sold("BOOK", "-9.00")];
    for answer in [json!([cafe, cafe, book]), json!([book, cafe, cafe]), json!([cafe, book, cafe])] {
        let mut account = Account::default();
        assert_eq!(account.read(&answer, &json!([])).added.len(), 3, "{answer}");
    }
}

#[test]
fn the_same_answer_again_changes_nothing_among_equal_entries_either() {
    let at = |time: &str| {
        with(entry("2026-03-02", "-3.50", "CAFE"), "bookingDateTime", &format!("2026-03-02T{time}Z"))
    };
    let answer = json!([at("08:00:00"), at("12:00:00"), at("16:00:00")]);
    let mut account = Account::default();
    account.read(&answer, &json!([]));
    let changes = account.read(&answer, &json!([]));
    assert!(changes.is_empty(), "{changes:?}");
}
