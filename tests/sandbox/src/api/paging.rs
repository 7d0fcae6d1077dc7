//! Cuts a list into pages, with `next` and `previous` as the service writes them.

use serde_json::{Value, json};

use super::Call;

/// What the real service calls itself in `next` and `previous`, under whatever address it was asked.
const VENDOR: &str = "https://bankaccountdata.gocardless.com";

/// The rows that no `limit` was given for.
const DEFAULT_LIMIT: u64 = 100;

/// One page of `count` rows; `rows` gives those from an offset on.
///
/// A `limit` or `offset` that is no such number falls back to its default, as in Django REST: the contract
/// declares no error for them.
pub(crate) fn page<I: Iterator<Item = Value>>(
    call: &Call<'_>,
    count: usize,
    rows: impl FnOnce(usize) -> I,
) -> Value {
    let limit = number(call.parameter("limit")).filter(|limit| *limit > 0).unwrap_or(DEFAULT_LIMIT);
    let offset = number(call.parameter("offset")).unwrap_or(0);
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    let host = if call.config.own_page_links { call.config.base_url.as_str() } else { VENDOR };
    let link = |offset: u64| format!("{host}{}?limit={limit}&offset={offset}", call.operation.path());
    let after = offset.saturating_add(limit);
    let results: Vec<Value> = rows(usize::try_from(offset).unwrap_or(usize::MAX))
        .take(usize::try_from(limit).unwrap_or(usize::MAX))
        .collect();
    json!({
        "count": count,
        "next": (after < count).then(|| link(after)),
        "previous": (offset > 0).then(|| link(offset.saturating_sub(limit))),
        "results": results,
    })
}

/// A number without sign; one that is too large counts as the largest.
fn number(text: Option<&str>) -> Option<u64> {
    let digits = text?.trim();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u64::MAX))
}
