//! The catalogue of the vendor's errors: one row each, used by normal answers and by faults.
//!
//! A table. Which error an operation gives is decided in `api/`.

use serde_json::{Value, json};

use crate::answer::{Answer, Content};

/// An error that the real service has been seen or documented to give.
///
/// The text in `code font` is its name in JSON, for `POST /_sandbox/faults`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Preset {
    /// `invalid-token`: 401, the access or refresh token is refused.
    InvalidToken,
    /// `authentication-failed`: 401, the secrets are refused.
    AuthenticationFailed,
    /// `ip-denied`: 403, the caller's address is not on the secret's list.
    IpDenied,
    /// `not-found`: 404.
    NotFound,
    /// `payment-required`: 402, the free quota is spent.
    PaymentRequired,
    /// `company-limit`: 429 of the limit shared by the whole company.
    CompanyLimit,
    /// `account-limit`: 429 of the 4 reads a day, with the account headers.
    AccountLimit,
    /// `bank-limit`: 429 of the bank itself (`RateLimitError`).
    BankLimit,
    /// `unknown-request-error`: 500 `UnknownRequestError`.
    UnknownRequestError,
    /// `service-error`: 503 `ServiceError`.
    ServiceError,
    /// `connection-error`: 503 `ConnectionError`.
    ConnectionError,
    /// `internal-error`: 500 without a type.
    InternalError,
    /// `access-expired`: 401 `AccessExpiredError`.
    AccessExpired,
    /// `account-inactive`: 401 `AccountInactiveError`.
    AccountInactive,
    /// `account-access-forbidden`: 403 `AccountAccessForbidden`.
    AccountAccessForbidden,
    /// `account-resource-unavailable`: 403 `AccountResourceUnavailable`.
    AccountResourceUnavailable,
    /// `failed-authentication`: 401 `FailedAuthentication`, of 2023.
    FailedAuthentication,
    /// `no-accounts-connected`: 401 `NoAccountsConnected`, of 2023.
    NoAccountsConnected,
    /// `agreement-expired`: 401, the consent has run out.
    AgreementExpired,
    /// `agreement-expired-400`: the same as it came until 2024, as 400.
    AgreementExpired400,
    /// `access-scope`: 403, the agreement does not cover this.
    AccessScope,
    /// `no-valid-agreement`: 403.
    NoValidAgreement,
    /// `account-suspended`: 409.
    AccountSuspended,
    /// `account-processing`: 409.
    AccountProcessing,
    /// `account-state`: 409 whose body is the account itself (`docs/api.md#account-as-error`).
    AccountState,
    /// `account-not-found`: 404 that names the account.
    AccountNotFound,
    /// `no-account-matches`: 404 in its newer words.
    NoAccountMatches,
    /// `invalid-account-id`: 400.
    InvalidAccountId,
    /// `incorrect-date-range`: 400.
    IncorrectDateRange,
    /// `invalid-agreement-id`: 400.
    InvalidAgreementId,
    /// `insufficient-permissions`: 403, the company may not accept agreements.
    InsufficientPermissions,
    /// `already-accepted`: 405, an agreement is accepted once only.
    AlreadyAccepted,
    /// `reconfirmation-forbidden`: 403 with an empty summary.
    ReconfirmationForbidden,
    /// `reconfirmation-not-enabled`: 400.
    ReconfirmationNotEnabled,
    /// `reconfirmation-not-accepted`: 400.
    ReconfirmationNotAccepted,
    /// `reconfirmation-too-late`: 400.
    ReconfirmationTooLate,
    /// `reconfirmation-none-left`: 400.
    ReconfirmationNoneLeft,
    /// `reconfirmation-no-accounts`: 400.
    ReconfirmationNoAccounts,
    /// `unknown-fields`: 400.
    UnknownFields,
    /// `field-errors`: 400 about several fields, each in another form (`docs/api.md#mixed-field-map`).
    FieldErrors,
    /// `unknown-agreement`: 404 in the form of a field error (`docs/api.md#field-map`).
    UnknownAgreement,
    /// `duplicate-reference`: 400 about `reference` (`docs/api.md#requisition-reference`).
    DuplicateReference,
    /// `array-error`: 400 whose summary and detail are arrays (`docs/api.md#array-error`).
    ArrayError,
    /// `edge-bad-gateway`: 502, an HTML page.
    EdgeBadGateway,
    /// `edge-forbidden`: 403, an HTML page.
    EdgeForbidden,
    /// `edge-limit`: 429, an HTML page.
    EdgeLimit,
    /// `edge-unavailable`: 503 without a body.
    EdgeUnavailable,
}

/// What the placeholders of a text stand for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Subject {
    /// `{scope}`: what is read of the account, such as `balances`.
    pub(crate) scope: String,
    /// `{id}`: the identifier in the path.
    pub(crate) id: String,
    /// `{agreement}`: the agreement behind the account.
    pub(crate) agreement: String,
    /// `{limit}`: such as `100/minute`.
    pub(crate) limit: String,
    /// `{seconds}`: until a limit is lifted.
    pub(crate) seconds: u64,
    /// `{when}`: a moment, as messages write it.
    pub(crate) when: String,
    /// `{days}`: the agreement's length.
    pub(crate) days: u32,
}

/// The body of a row.
enum Shape {
    /// summary and detail
    Plain(&'static str, &'static str),
    /// type and detail; the summary is "Couldn't update account {scope}"
    Typed(&'static str, &'static str),
    /// JSON text
    Json(&'static str),
    /// a page's title
    Html(&'static str),
    /// nothing
    Empty,
}

use Shape::{Empty, Html, Json, Plain, Typed};

const EXPIRED: Shape = Plain(
    "End User Agreement (EUA) {agreement} has expired",
    "EUA was valid for {days} days and it expired at {when}. The end user must connect the account once more \
     with new EUA and Requisition",
);

impl Preset {
    /// The table: name in JSON, status, body.
    #[rustfmt::skip]
    const TABLE: [(Self, &'static str, u16, Shape); 47] = [
        (Self::InvalidToken, "invalid-token", 401, Plain("Invalid token", "Token is invalid or expired")),
        (Self::AuthenticationFailed, "authentication-failed", 401, Plain("Authentication failed", "No active account found with the given credentials")),
        (Self::IpDenied, "ip-denied", 403, Plain("IP address access denied", "Your IP 203.0.113.7 isn't whitelisted to perform this action")),
        (Self::NotFound, "not-found", 404, Plain("Not found.", "Not found.")),
        (Self::PaymentRequired, "payment-required", 402, Plain("Payment Required", "Free usage limit exceeded")),
        (Self::CompanyLimit, "company-limit", 429, Plain("Rate limit exceeded", "The rate limit for this resource is {limit}. Please try again in {seconds} seconds")),
        (Self::AccountLimit, "account-limit", 429, Plain("Rate limit exceeded", "The rate limit for this resource is {limit}. Please try again in {seconds} seconds")),
        (Self::BankLimit, "bank-limit", 429, Typed("RateLimitError", "Daily request limit set by the Institution has been exceeded.")),
        (Self::UnknownRequestError, "unknown-request-error", 500, Typed("UnknownRequestError", "Request to Institution returned an error")),
        (Self::ServiceError, "service-error", 503, Typed("ServiceError", "Institution service unavailable")),
        (Self::ConnectionError, "connection-error", 503, Typed("ConnectionError", "Couldn't connect to Institution")),
        (Self::InternalError, "internal-error", 500, Plain("Unknown error", "Something went terribly wrong on our side - please contact support and provide error id: 4c3c1b6f2c1c4a7f")),
        (Self::AccessExpired, "access-expired", 401, Typed("AccessExpiredError", "Access has expired or it has been revoked. To restore access reconnect the account.")),
        (Self::AccountInactive, "account-inactive", 401, Typed("AccountInactiveError", "Account is inactive. Reconnect the account once it is active again.")),
        (Self::AccountAccessForbidden, "account-access-forbidden", 403, Typed("AccountAccessForbidden", "Access to account is forbidden by the Institution.")),
        (Self::AccountResourceUnavailable, "account-resource-unavailable", 403, Typed("AccountResourceUnavailable", "The requested data is not available for this account.")),
        (Self::FailedAuthentication, "failed-authentication", 401, Typed("FailedAuthentication", "The end user could not be authenticated at the Institution.")),
        (Self::NoAccountsConnected, "no-accounts-connected", 401, Typed("NoAccountsConnected", "No accounts are connected to this Requisition.")),
        (Self::AgreementExpired, "agreement-expired", 401, EXPIRED),
        (Self::AgreementExpired400, "agreement-expired-400", 400, EXPIRED),
        (Self::AccessScope, "access-scope", 403, Plain("End User Agreement (EUA) access scope error", "EUA {agreement} does not include {scope} in its access scope. Create a new EUA that does.")),
        (Self::NoValidAgreement, "no-valid-agreement", 403, Plain("No valid End User Agreement", "No valid End User Agreement was found for account {id}")),
        (Self::AccountSuspended, "account-suspended", 409, Plain("Account suspended", "This account was suspended due to numerous errors that occurred while accessing it.")),
        (Self::AccountProcessing, "account-processing", 409, Plain("Account is Processing", "Account {id} is still being processed. Please try again once its status is READY.")),
        (Self::AccountState, "account-state", 409, Json(r#"{"id": "{id}", "created": "{when}+00:00", "last_accessed": "{when}+00:00", "iban": "GL3343697694912188", "aspsp_identifier": "SANDBOXFINANCE_SFIN0000", "status": "ERROR"}"#)),
        (Self::AccountNotFound, "account-not-found", 404, Plain("Account ID {id} not found", "Please check whether you specified a valid Account ID")),
        (Self::NoAccountMatches, "no-account-matches", 404, Plain("Not found.", "No Account matches the given query.")),
        (Self::InvalidAccountId, "invalid-account-id", 400, Plain("Invalid Account ID", "{id} is not a valid Account UUID. ")),
        (Self::IncorrectDateRange, "incorrect-date-range", 400, Plain("Incorrect date range", "date_from must not be later than date_to")),
        (Self::InvalidAgreementId, "invalid-agreement-id", 400, Plain("Invalid EndUserAgreement ID", "{id} is not a valid EndUserAgreement UUID. ")),
        (Self::InsufficientPermissions, "insufficient-permissions", 403, Plain("Insufficient permissions", "Your company doesn't have permission to accept EUA. You'll have to use our default form for this action.")),
        (Self::AlreadyAccepted, "already-accepted", 405, Plain("EUA cannot be accepted more than once", "End User Agreement {id} has already been accepted")),
        (Self::ReconfirmationForbidden, "reconfirmation-forbidden", 403, Plain("", "Your company does not have permission to use reconfirmation of consent")),
        (Self::ReconfirmationNotEnabled, "reconfirmation-not-enabled", 400, Plain("Reconfirmation not enabled", "End User Agreement {id} was created without reconfirmation")),
        (Self::ReconfirmationNotAccepted, "reconfirmation-not-accepted", 400, Plain("EUA is not accepted", "End User Agreement {id} must be accepted before it can be reconfirmed")),
        (Self::ReconfirmationTooLate, "reconfirmation-too-late", 400, Plain("Reconfirmation period has ended", "End User Agreement {id} could be reconfirmed until {when}")),
        (Self::ReconfirmationNoneLeft, "reconfirmation-none-left", 400, Plain("No reconfirmations left", "End User Agreement {id} has already been reconfirmed")),
        (Self::ReconfirmationNoAccounts, "reconfirmation-no-accounts", 400, Plain("No accounts to reconfirm", "End User Agreement {id} has no accounts")),
        (Self::UnknownFields, "unknown-fields", 400, Plain("Unknown fields", "The request has fields that this endpoint does not know")),
        (Self::FieldErrors, "field-errors", 400, Json(r#"{"institution_id": {"summary": "Unknown Institution ID X", "detail": "Get Institution IDs from /institutions/?country={$COUNTRY_CODE}"}, "max_historical_days": [{"summary": "Incorrect max_historical_days", "detail": "max_historical_days must be > 0 and <= 90"}], "reference": ["This field may not be blank."], "ssn": "Too long.", "status_code": 400}"#)),
        (Self::UnknownAgreement, "unknown-agreement", 404, Json(r#"{"agreement": {"summary": "ID {id} not found", "detail": "Please check whether you specified a valid ID"}, "status_code": 404}"#)),
        (Self::DuplicateReference, "duplicate-reference", 400, Json(r#"{"reference": {"summary": "Client reference must be unique", "detail": "The provided client reference is already in use"}, "status_code": 400}"#)),
        (Self::ArrayError, "array-error", 400, Json(r#"{"summary": ["Scopes must be requested together"], "detail": ["balances and transactions must be requested together at this Institution"], "status_code": 400}"#)),
        (Self::EdgeBadGateway, "edge-bad-gateway", 502, Html("502 Bad Gateway")),
        (Self::EdgeForbidden, "edge-forbidden", 403, Html("403 Forbidden")),
        (Self::EdgeLimit, "edge-limit", 429, Html("429 Too Many Requests")),
        (Self::EdgeUnavailable, "edge-unavailable", 503, Empty),
    ];

    /// Every preset, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::TABLE.iter().map(|row| row.0)
    }

    /// Its name in JSON, such as `account-suspended`.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::TABLE.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// The status it answers with.
    #[must_use]
    pub fn status(self) -> u16 {
        Self::TABLE.iter().find(|row| row.0 == self).map_or(500, |row| row.2)
    }

    /// Finds a preset by its name in JSON.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::TABLE.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    /// Whether the answer comes from the network's edge, which knows nothing of the API's headers.
    pub(crate) const fn is_edge(self) -> bool {
        matches!(self, Self::EdgeBadGateway | Self::EdgeForbidden | Self::EdgeLimit | Self::EdgeUnavailable)
    }

    /// The answer, with the placeholders filled in.
    pub(crate) fn answer(self, subject: &Subject) -> Answer {
        let status = self.status();
        let Some(row) = Self::TABLE.iter().find(|row| row.0 == self) else { return Answer::empty(status) };
        let mut answer = match row.3 {
            Plain(summary, detail) => Answer::error(status, summary, detail),
            Typed(kind, detail) => {
                let summary = "Couldn't update account {scope}";
                let body =
                    json!({ "summary": summary, "detail": detail, "type": kind, "status_code": status });
                Answer::json(status, body)
            }
            Json(text) => Answer::json(status, serde_json::from_str(text).unwrap_or(Value::Null)),
            Html(title) => Answer::html(status, page(title)),
            Empty => Answer::empty(status),
        };
        if let Content::Json(body) = &mut answer.content {
            fill(body, subject);
        }
        answer
    }
}

/// A page such as a proxy shows.
fn page(title: &str) -> String {
    format!(
        "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n"
    )
}

/// Replaces the placeholders in every string, after parsing: an id from a path may hold quotes.
fn fill(value: &mut Value, subject: &Subject) {
    match value {
        Value::String(text) if text.contains('{') => {
            *text = text
                .replace("{scope}", &subject.scope)
                .replace("{seconds}", &subject.seconds.to_string())
                .replace("{limit}", &subject.limit)
                .replace("{days}", &subject.days.to_string())
                .replace("{when}", &subject.when)
                .replace("{agreement}", &subject.agreement)
                .replace("{id}", &subject.id);
        }
        Value::Array(items) => items.iter_mut().for_each(|item| fill(item, subject)),
        Value::Object(members) => members.values_mut().for_each(|member| fill(member, subject)),
        _ => {}
    }
}

/// Whether an error body raises the account's failure counter: the bank's errors do, except the two that the
/// vendor names as exempt.
pub(crate) fn counts_as_failure(answer: &Answer) -> bool {
    let Content::Json(body) = &answer.content else { return false };
    let kind = body.get("type").and_then(Value::as_str);
    answer.status >= 400 && kind.is_some_and(|kind| !matches!(kind, "RateLimitError" | "ServiceError"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_has_its_own_name_and_finds_itself_by_it() {
        for preset in Preset::all() {
            assert_eq!(Preset::parse(preset.name()), Some(preset));
            assert_eq!(Preset::all().filter(|other| other.name() == preset.name()).count(), 1);
            assert!((400..600).contains(&preset.status()));
        }
    }

    #[test]
    fn no_placeholder_is_left_and_no_template_is_broken() {
        let subject = Subject { id: "\"quoted\"".to_owned(), ..Subject::default() };
        for preset in Preset::all() {
            let answer = preset.answer(&subject);
            assert_ne!(answer.content, Content::Json(Value::Null), "{preset:?}");
            if let Content::Json(body) = answer.content {
                let text = body.to_string();
                for name in ["{scope}", "{id}", "{agreement}", "{limit}", "{seconds}", "{when}", "{days}"] {
                    assert!(!text.contains(name), "{preset:?}: {text}");
                }
            }
        }
    }
}
