//! What must not panic, whatever bytes it is given. (`docs/failure-modes.md#d22`)
//!
//! `tests/bounded_fuzz.rs` calls these functions with some thousand inputs in each test run; the targets of
//! `tests/fuzz` call the same functions for as long as you like.

use std::fmt::Debug;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use gocardless_bank_data::model::{Account, Transaction};
use gocardless_bank_data::operation;
use gocardless_bank_data::{
    AccountId, AgreementId, Amount, Currency, Date, Days, InstitutionId, OneOrMany, OrEmpty, OrOther,
    RateLimits, RequisitionId, RequisitionStatus, Timestamp,
};
use gocardless_bank_data_runtime::decode;
use gocardless_bank_data_runtime::net::{Address, user_agent};
use gocardless_bank_data_types::error::{ApiError, Error};
use gocardless_bank_data_types::{PathId, request_id};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::responses::RESPONSES;

/// Takes any bytes.
pub type Target = fn(&[u8]);

/// Every target, by the name of its corpus.
pub const TARGETS: &[(&str, Target)] =
    &[("answers", answers), ("errors", errors), ("headers", headers), ("texts", texts), ("values", values)];

/// Bytes as the body of a success of any operation.
pub fn answers(bytes: &[u8]) {
    for (_, decode) in RESPONSES {
        decode(bytes);
    }
}

/// Decodes as the client does, leniently if it must; if that succeeds, formats, encodes and decodes again.
pub(crate) fn decode<T: DeserializeOwned + Serialize + Debug + PartialEq>(bytes: &[u8]) {
    let Ok(value) = decode::decode::<T>(bytes) else { return };
    assert!(!format!("{value:?}").is_empty());
    let encoded = serde_json::to_vec(&value).expect("what was decoded can be encoded");
    let is_same = match decode::decode::<T>(&encoded) {
        Ok(again) if serde_json::from_slice::<T>(bytes).is_ok() => again == value,
        // What could not be read is not encoded.
        Ok(again) => serde_json::to_vec(&again).is_ok_and(|bytes| bytes == encoded),
        // A member that was null is not encoded either, and without any member it is not a response.
        Err(_) => encoded == b"{}",
    };
    assert!(is_same || has_long_number(bytes), "decoding, encoding and decoding again gave another value");
}

/// Whether there is a number that is not read to its last digit: `serde_json` reads what no `u64` holds to within one unit of
/// the last place of an `f64`. Banks write amounts as texts, and no amount of 16 digits is touched.
fn has_long_number(bytes: &[u8]) -> bool {
    let mut parts = bytes.split(|byte| !byte.is_ascii_digit() && !b".eE+-".contains(byte));
    parts.any(|part| part.len() > 16 || part.iter().any(|byte| b"eE".contains(byte)))
}

/// Bytes as the value types of members, with all their methods.
pub fn values(bytes: &[u8]) {
    answer_of::<Amount>(bytes, |amount| {
        let _ = (amount.to_decimal(), amount.is_debit(), amount.to_string());
    });
    answer_of::<Timestamp>(bytes, |at| {
        let _ = (at.instant(), at.as_str().len());
    });
    answer_of::<Date>(bytes, |date| {
        let _ = (date.day(), date.as_str().len());
    });
    answer_of::<Days>(bytes, |days| {
        let _ = days.get();
    });
    answer_of::<Currency>(bytes, |currency| {
        let _ = currency.as_str().len();
    });
    answer_of::<RequisitionStatus>(bytes, |status| {
        let _ = (status.as_str(), status.to_string());
    });
    answer_of::<OneOrMany<Transaction>>(bytes, |_| ());
    answer_of::<OrEmpty<Vec<Transaction>>>(bytes, |list| assert!(list.is_present() || list.is_empty()));
    answer_of::<OrOther<Account>>(bytes, |account| {
        assert!(account.known().is_some() != account.other().is_some());
    });
}

fn answer_of<T: DeserializeOwned + Serialize + Debug + PartialEq>(bytes: &[u8], ask: impl Fn(&T)) {
    decode::<T>(bytes);
    if let Ok(value) = serde_json::from_slice::<T>(bytes) {
        ask(&value);
    }
}

/// Bytes as the body of an error response, with every status and an operation of each class.
pub fn errors(bytes: &[u8]) {
    const OPERATIONS: [gocardless_bank_data::Operation; 5] = [
        operation::GET_ACCOUNT_TRANSACTIONS,
        operation::GET_ACCOUNT,
        operation::CREATE_REQUISITION,
        operation::DELETE_REQUISITION,
        operation::OBTAIN_TOKEN_PAIR,
    ];
    // The first byte chooses, so that each input tries one and mutations of it others.
    let (first, body) = bytes.split_first().unwrap_or((&0, &[]));
    let status = StatusCode::from_u16(300 + u16::from(*first)).expect("300 to 555");
    let operation = *OPERATIONS.iter().cycle().nth(usize::from(*first)).expect("a cycle has no end");
    let body = Bytes::copy_from_slice(body);
    let error = ApiError::read(operation, status, HeaderMap::new(), body, SystemTime::now());
    let error = Error::from(error).after(2, Some("reference"));
    let shown = error.to_string();
    assert!(shown.len() < 64 * 1024, "an error of {} bytes", shown.len());
    assert!(!shown.chars().any(char::is_control), "a control character is shown");
    assert!(!format!("{error:?} {:?} {}", error.kind(), error.advice()).is_empty());
    assert_eq!(error.status(), Some(status));
    let _ = (error.retry_at(), error.fields().len(), error.is_transient(), error.needs_new_consent());
}

/// Bytes as header lines.
pub fn headers(bytes: &[u8]) {
    let mut headers = HeaderMap::new();
    for line in bytes.split(|byte| *byte == b'\n') {
        let mut parts = line.splitn(2, |byte| *byte == b':');
        let (name, value) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name), HeaderValue::from_bytes(value)) {
            headers.append(name, value);
        }
    }
    let late = SystemTime::UNIX_EPOCH
        .checked_add(Duration::from_secs(i64::MAX as u64))
        .unwrap_or(SystemTime::UNIX_EPOCH);
    for now in [SystemTime::UNIX_EPOCH, SystemTime::now(), late] {
        let limits = RateLimits::from_headers(&headers, now);
        for limit in [limits.general, limits.account].into_iter().flatten() {
            assert_eq!(limit.resets_at, limit.resets_in.and_then(|wait| now.checked_add(wait)));
        }
        let wait = limits.retry_after.unwrap_or_default();
        assert!(now.checked_add(wait).is_some(), "an instant that the clock cannot hold");
        let error = ApiError::read(
            operation::GET_ACCOUNT_BALANCES,
            StatusCode::TOO_MANY_REQUESTS,
            headers.clone(),
            Bytes::new(),
            now,
        );
        assert!(error.retry_at().is_none_or(|at| at >= now), "a wait into the past");
        assert!(!format!("{error} {error:?} {limits:?}").is_empty());
    }
    let _ = request_id(&headers);
}

/// Bytes as strings from the program: ids, an address, a user agent.
pub fn texts(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    one_segment::<InstitutionId>(&text);
    one_segment::<AccountId>(&text);
    one_segment::<AgreementId>(&text);
    one_segment::<RequisitionId>(&text);
    if let Ok(value) = user_agent(&text) {
        assert!(!value.as_bytes().contains(&b'\n') && !value.as_bytes().contains(&b'\r'));
    }
    if let Ok(address) = Address::parse(&text) {
        assert!(address.as_str().starts_with("https://") || address.is_loopback(), "{address:?}");
        assert_eq!(Address::parse(address.as_str()).expect("what was taken is taken again"), address);
    }
}

fn one_segment<T: PathId + std::str::FromStr + ToString>(text: &str) {
    if let Ok(id) = text.parse::<T>() {
        assert_eq!(id.to_string(), text);
        assert!(!text.is_empty() && text.bytes().any(|byte| byte != b'.'));
        assert!(
            text.bytes().all(|byte| byte.is_ascii_graphic() && !b"/\\?#%;:@".contains(&byte)),
            "{text:?}"
        );
    }
}
