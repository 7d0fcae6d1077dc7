//! What an error response means: one pure table from status, body and limits to a kind.
//!
//! Texts are matched in this file only, by the few words that have been stable over years; whole messages change
//! (`docs/api.md#messages-change`). A kind exists for each *different thing the caller does*.

use super::body::{ErrorBody, FieldError};
use crate::operation::{Operation, OperationClass};
use crate::rate_limits::RateLimits;

/// What an error response means for the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ApiErrorKind {
    /// The request is wrong: [`ApiError::fields`](super::ApiError::fields) says where.
    InvalidInput,
    /// Another requisition of the company has this reference.
    DuplicateReference,
    /// The secret id or key is wrong.
    CredentialsRejected,
    /// The access token is invalid or expired. The client replaces it; the error reaches the caller only if a fresh token
    /// was rejected too.
    TokenRejected,
    /// A 401 that names neither the token nor the bank.
    Unauthorized,
    /// The person's consent ended: the end-user agreement expired or the bank withdrew access.
    ConsentExpired,
    /// The bank says that the account is closed or inactive.
    AccountInactive,
    /// The bank refuses this account.
    AccountAccess,
    /// The agreement does not cover what was requested, or there is no valid one.
    ConsentScope,
    /// The address this call came from is not on the allow-list of the secret.
    IpDenied,
    /// The company may not use this operation.
    PermissionDenied,
    /// Any other 403, such as a refusal by the network edge.
    Forbidden,
    /// The resource does not exist.
    NotFound,
    /// The operation cannot be done in this state, such as accepting an agreement twice.
    NotAllowed,
    /// The free quota of the company is spent.
    PaymentRequired,
    /// The account was suspended after too many failures.
    AccountSuspended,
    /// The account is still being processed.
    AccountProcessing,
    /// The account is in a state that forbids the call; the body is the account itself.
    AccountState,
    /// Any other conflict.
    Conflict,
    /// Too many calls.
    RateLimited(RateLimitScope),
    /// The bank returned an error of its own. Ten such failures in a row suspend the account.
    InstitutionFailed,
    /// The bank, or the connection to it, is temporarily out of order.
    InstitutionUnavailable,
    /// The service itself fails.
    Server,
    /// A redirect, which is never followed.
    Redirect,
    /// Anything else.
    Other,
}

impl ApiErrorKind {
    /// A stable identifier for metrics and logs: `consent_expired`, `rate_limited_company`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidInput => "invalid_input",
            Self::DuplicateReference => "duplicate_reference",
            Self::CredentialsRejected => "credentials_rejected",
            Self::TokenRejected => "token_rejected",
            Self::Unauthorized => "unauthorized",
            Self::ConsentExpired => "consent_expired",
            Self::AccountInactive => "account_inactive",
            Self::AccountAccess => "account_access",
            Self::ConsentScope => "consent_scope",
            Self::IpDenied => "ip_denied",
            Self::PermissionDenied => "permission_denied",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::NotAllowed => "not_allowed",
            Self::PaymentRequired => "payment_required",
            Self::AccountSuspended => "account_suspended",
            Self::AccountProcessing => "account_processing",
            Self::AccountState => "account_state",
            Self::Conflict => "conflict",
            Self::RateLimited(RateLimitScope::Company) => "rate_limited_company",
            Self::RateLimited(RateLimitScope::Account) => "rate_limited_account",
            Self::RateLimited(RateLimitScope::Institution) => "rate_limited_institution",
            Self::InstitutionFailed => "institution_failed",
            Self::InstitutionUnavailable => "institution_unavailable",
            Self::Server => "server",
            Self::Redirect => "redirect",
            Self::Other => "other",
        }
    }
}

/// Whose limit was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RateLimitScope {
    /// The company's limit for a group of operations, per minute or hour.
    Company,
    /// The daily limit of this account for this kind of data.
    Account,
    /// The bank's own daily limit; it does not state its reset.
    Institution,
}

/// The kind of an error response, from its status, its body and its limits.
///
/// The order of the arms is the order of trust: `type`, then a few words of what it says, then the status.
pub(crate) fn classify(
    operation: Operation,
    status: u16,
    body: &ErrorBody,
    limits: &RateLimits,
) -> ApiErrorKind {
    use ApiErrorKind as Kind;
    let words = body.words();
    let says = |part: &str| words.contains(part);
    let says_any = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
    // Expiry of an agreement has come as 400 (2022 to 2024) and as 401 (2026); only its words are constant.
    let consent_ended = says("has expired") && says_any(&["eua", "end user agreement"]);
    // Without `type` a 401 is about the account if its words are; `docs/api.md#untyped-401`.
    let is_about_token = body.is_token_not_valid || says_any(TOKEN_WORDS) && !says("reconnect");
    match (status, body.code.as_deref()) {
        (300..=399, _) => Kind::Redirect,
        (_, Some("AccessExpiredError")) => Kind::ConsentExpired,
        (_, Some("AccountInactiveError")) => Kind::AccountInactive,
        (401, Some(_))
            if body.summary.as_deref().is_some_and(|it| it.eq_ignore_ascii_case("invalid token")) =>
        {
            Kind::TokenRejected
        }
        // Every other `type` with these statuses is about the bank, including those not seen yet.
        (401 | 403, Some(_)) => Kind::AccountAccess,
        (400 | 401, _) if consent_ended => Kind::ConsentExpired,
        (400, _) if is_taken_reference(operation, body) => Kind::DuplicateReference,
        (401, None) if is_about_token => Kind::TokenRejected,
        (401, None) if says_any(&["authentication failed", "no active account"]) => Kind::CredentialsRejected,
        // Who asks for a token has no account at a bank, only one at the service.
        (401, None) if operation.class() == OperationClass::Token => {
            let is_closed = says_any(&["inactive", "deactivated", "suspended", "closed"]);
            if is_closed { Kind::CredentialsRejected } else { Kind::Unauthorized }
        }
        (401, None) if says_any(&["deactivated", "inactive"]) || says("account") && says("closed") => {
            Kind::AccountInactive
        }
        (401, None) if says("suspended") => Kind::AccountSuspended,
        (401, None) if says_any(&["reconnect", "revoked", "expired"]) => Kind::ConsentExpired,
        (401, None) => Kind::Unauthorized,
        (402, _) => Kind::PaymentRequired,
        (403, None) if says("ip address") => Kind::IpDenied,
        (403, None) if says_any(&["access scope", "no valid end user agreement"]) => Kind::ConsentScope,
        // Reconfirmation answers with an empty summary; the text is in the detail.
        (403, None) if says_any(&["permission", "reconfirmation"]) => Kind::PermissionDenied,
        (403, None) => Kind::Forbidden,
        // 410 is what a framework may send for what was deleted.
        (404 | 410, _) => Kind::NotFound,
        (405, _) => Kind::NotAllowed,
        (409, _) if body.is_account => Kind::AccountState,
        (409, _) if says("suspended") => Kind::AccountSuspended,
        (409, _) if says("processing") => Kind::AccountProcessing,
        (409, _) => Kind::Conflict,
        (429, Some("RateLimitError")) => Kind::RateLimited(RateLimitScope::Institution),
        (429, _) if says("by the institution") => Kind::RateLimited(RateLimitScope::Institution),
        // The daily limit uses the same words as the one per minute; its period or the headers distinguish it.
        (429, _) if says("/day") || limits.account_is_spent() => Kind::RateLimited(RateLimitScope::Account),
        (429, _) => Kind::RateLimited(RateLimitScope::Company),
        // What is wrong with a request, in the words of frameworks and proxies.
        (400 | 406 | 411..=417 | 422 | 428 | 431, _) => Kind::InvalidInput,
        (500..=599, Some("UnknownRequestError")) => Kind::InstitutionFailed,
        (500..=599, Some("ServiceError" | "ConnectionError")) => Kind::InstitutionUnavailable,
        (408 | 425 | 500..=599, _) => Kind::Server,
        _ => Kind::Other,
    }
}

/// What is said about the token of this client, and not about a consent, by this service and by the framework it uses.
const TOKEN_WORDS: &[&str] = &[
    "invalid token",
    "invalid_token",
    "token is invalid",
    "token not valid",
    "credentials were not provided",
    "token is expired",
    "token has expired",
    "token expired",
    "signature has expired",
    "jwt expired",
];

/// A reference that is taken shows only in the words, mostly under the field `reference`.
fn is_taken_reference(operation: Operation, body: &ErrorBody) -> bool {
    let is_taken = |text: &str| {
        let text = text.to_ascii_lowercase();
        text.contains("already exists") || text.contains("unique")
    };
    let about_reference = |field: &&FieldError| field.field().rsplit('.').next() == Some("reference");
    let in_field = |field: &FieldError| [field.summary(), field.detail()].into_iter().flatten().any(is_taken);
    let summary = body.summary.as_deref().unwrap_or_default();
    operation.class() == OperationClass::Write
        && (body.fields.iter().filter(about_reference).any(in_field)
            || summary.to_ascii_lowercase().contains("reference") && is_taken(summary))
}

#[cfg(test)]
mod tests {
    use super::*;

    const READ: Operation =
        Operation::new(&("get_account_balances", "GET", "/", OperationClass::MeteredRead));
    const CREATE: Operation = Operation::new(&("create_requisition", "POST", "/", OperationClass::Write));
    const TOKEN: Operation = Operation::new(&("obtain_token_pair", "POST", "/", OperationClass::Token));

    fn kind_of(operation: Operation, status: u16, body: &str) -> ApiErrorKind {
        classify(operation, status, &ErrorBody::read(body.as_bytes()), &RateLimits::default())
    }

    /// Of a create where it is about what was sent, and of a read of account data otherwise.
    fn kind(status: u16, body: &str) -> ApiErrorKind {
        kind_of(if status == 400 { CREATE } else { READ }, status, body)
    }

    #[test]
    fn each_recorded_answer_has_its_kind() {
        use ApiErrorKind as Kind;
        let table = [
            (
                401,
                r#"{"summary":"Invalid token","detail":"Token is invalid or expired"}"#,
                Kind::TokenRejected,
            ),
            (
                401,
                r#"{"summary":"Authentication failed","detail":"No active account found with the given credentials"}"#,
                Kind::CredentialsRejected,
            ),
            (
                401,
                r#"{"detail":"x","summary":"Couldn't update account balances","type":"AccessExpiredError"}"#,
                Kind::ConsentExpired,
            ),
            (
                401,
                r#"{"summary":"Couldn't update account balances","type":"AccountInactiveError"}"#,
                Kind::AccountInactive,
            ),
            (401, r#"{"summary":"x","type":"FailedAuthentication"}"#, Kind::AccountAccess),
            (401, r#"{"summary":"x","type":"NoAccountsConnected"}"#, Kind::AccountAccess),
            (
                400,
                r#"{"summary":"End User Agreement (EUA) 1 has expired","status_code":400}"#,
                Kind::ConsentExpired,
            ),
            (
                401,
                r#"{"summary":"End User Agreement (EUA) 1 has expired","status_code":401}"#,
                Kind::ConsentExpired,
            ),
            (400, r#"{"detail":"This end user agreement has expired"}"#, Kind::ConsentExpired),
            (400, r#"{"summary":"The link has expired"}"#, Kind::InvalidInput),
            (400, r#"{"summary":"EUA is not accepted"}"#, Kind::InvalidInput),
            (401, r#"{"detail":"Token is invalid or expired"}"#, Kind::TokenRejected),
            (401, r#"{"summary":"Invalid token"}"#, Kind::TokenRejected),
            (401, r#"{"summary":"Authentication failed"}"#, Kind::CredentialsRejected),
            (401, r#"{"detail":"No active account found"}"#, Kind::CredentialsRejected),
            (401, "", Kind::Unauthorized),
            (400, r#"{"institution_id":["This field is required."],"status_code":400}"#, Kind::InvalidInput),
            (
                400,
                r#"{"reference":{"summary":"Client reference must be unique","detail":"x already exists"}}"#,
                Kind::DuplicateReference,
            ),
            (400, r#"{"reference":["It already exists"]}"#, Kind::DuplicateReference),
            (400, r#"{"reference":["It must be unique"]}"#, Kind::DuplicateReference),
            (400, r#"{"reference":["It is too long"]}"#, Kind::InvalidInput),
            (400, r#"{"agreement":["It already exists"]}"#, Kind::InvalidInput),
            (402, r#"{"summary":"Payment Required"}"#, Kind::PaymentRequired),
            (403, r#"{"summary":"IP address access denied"}"#, Kind::IpDenied),
            (
                403,
                r#"{"summary":"","detail":"Your company doesn't have permission to use reconfirmation"}"#,
                Kind::PermissionDenied,
            ),
            (403, r#"{"summary":"Insufficient permissions"}"#, Kind::PermissionDenied),
            (403, r#"{"summary":"Reconfirmation is not for you"}"#, Kind::PermissionDenied),
            (403, r#"{"summary":"End User Agreement (EUA) access scope error"}"#, Kind::ConsentScope),
            (403, r#"{"summary":"No valid End User Agreement"}"#, Kind::ConsentScope),
            (403, r#"{"summary":"x","type":"AccountAccessForbidden"}"#, Kind::AccountAccess),
            (403, "<html>", Kind::Forbidden),
            (404, r#"{"summary":"Not found."}"#, Kind::NotFound),
            (405, r#"{"summary":"EUA cannot be accepted more than once"}"#, Kind::NotAllowed),
            (409, r#"{"summary":"Account suspended"}"#, Kind::AccountSuspended),
            (409, r#"{"summary":"Account is Processing"}"#, Kind::AccountProcessing),
            (409, r#"{"id":"1","iban":"x","status":"ERROR"}"#, Kind::AccountState),
            (
                429,
                r#"{"summary":"Rate limit exceeded","detail":"The rate limit for this resource is 100/minute. Please try again in 37 seconds"}"#,
                Kind::RateLimited(RateLimitScope::Company),
            ),
            (
                429,
                r#"{"summary":"Rate limit exceeded","detail":"The rate limit for this resource is 4/day. Please try again in 85092 seconds"}"#,
                Kind::RateLimited(RateLimitScope::Account),
            ),
            (
                429,
                r#"{"summary":"Couldn't update account transactions","type":"RateLimitError"}"#,
                Kind::RateLimited(RateLimitScope::Institution),
            ),
            (500, r#"{"summary":"x","type":"UnknownRequestError"}"#, Kind::InstitutionFailed),
            (503, r#"{"summary":"x","type":"ServiceError"}"#, Kind::InstitutionUnavailable),
            (503, r#"{"summary":"x","type":"ConnectionError"}"#, Kind::InstitutionUnavailable),
            (502, "<html>", Kind::Server),
            (307, "", Kind::Redirect),
            (418, "", Kind::Other),
        ];
        for (status, body, expected) in table {
            assert_eq!(kind(status, body), expected, "{status} {body}");
        }
    }

    #[test]
    fn a_401_without_a_type_is_known_by_its_words() {
        use ApiErrorKind as Kind;
        for (body, expected) in [
            (
                r#"{"detail":"Access has expired or it has been revoked. To restore access reconnect the account."}"#,
                Kind::ConsentExpired,
            ),
            (r#"{"summary":"The account has been deactivated"}"#, Kind::AccountInactive),
            (r#"{"summary":"Account suspended"}"#, Kind::AccountSuspended),
            (r#"{"error":"Please reconnect the account"}"#, Kind::ConsentExpired),
            (
                r#"{"detail":"Given token not valid for any token type","code":"token_not_valid"}"#,
                Kind::TokenRejected,
            ),
            (r#"{"detail":"Authentication credentials were not provided."}"#, Kind::TokenRejected),
            (r#"{"message":"no"}"#, Kind::Unauthorized),
        ] {
            assert_eq!(kind(401, body), expected, "{body}");
        }
    }

    #[test]
    fn what_is_said_about_a_token_is_not_about_a_consent() {
        use ApiErrorKind as Kind;
        for (body, expected) in [
            (r#"{"detail":"Token is expired"}"#, Kind::TokenRejected),
            (r#"{"detail":"Token has expired"}"#, Kind::TokenRejected),
            (r#"{"detail":"Signature has expired."}"#, Kind::TokenRejected),
            (r#"{"message":"jwt expired"}"#, Kind::TokenRejected),
            (
                r#"{"error":"invalid_token","error_description":"The token is malformed"}"#,
                Kind::TokenRejected,
            ),
            (r#"{"summary":"Invalid token","type":"InvalidToken"}"#, Kind::TokenRejected),
            // A token between the service and the bank.
            (r#"{"detail":"The token has expired, reconnect the account"}"#, Kind::ConsentExpired),
            (r#"{"detail":"Connection closed by upstream"}"#, Kind::Unauthorized),
        ] {
            assert_eq!(kind(401, body), expected, "{body}");
        }
        let inactive = r#"{"detail":"User is inactive","code":"user_inactive"}"#;
        assert_eq!(kind_of(TOKEN, 401, inactive), Kind::CredentialsRejected);
        assert_eq!(kind_of(TOKEN, 401, r#"{"detail":"Please reconnect"}"#), Kind::Unauthorized);
    }

    #[test]
    fn a_type_that_is_no_name_of_the_service_is_none() {
        for code in ["about:blank", "https://tools.ietf.org/html/rfc7235", "", "info"] {
            let body = format!(r#"{{"type":"{code}","title":"Forbidden","detail":"No."}}"#);
            assert_eq!(kind(403, &body), ApiErrorKind::Forbidden, "{code}");
            assert_eq!(kind(401, &body), ApiErrorKind::Unauthorized, "{code}");
        }
    }

    #[test]
    fn words_in_fields_count_as_those_of_the_summary() {
        use ApiErrorKind as Kind;
        for (status, body, expected) in [
            (401, r#"{"non_field_errors":["Please reconnect the account"]}"#, Kind::ConsentExpired),
            (
                401,
                r#"{"account":{"detail":"Access has expired, reconnect"},"status_code":401}"#,
                Kind::ConsentExpired,
            ),
            (409, r#"{"account":{"summary":"Account suspended"}}"#, Kind::AccountSuspended),
            (400, r#"{"eua":{"summary":"End User Agreement (EUA) 1 has expired"}}"#, Kind::ConsentExpired),
            (403, r#"{"ip_address":{"summary":"IP address access denied"}}"#, Kind::IpDenied),
            (400, r#"{"summary":"Client reference must be unique"}"#, Kind::DuplicateReference),
            (400, r#"{"errors":{"reference":["It must be unique"]}}"#, Kind::DuplicateReference),
            (
                429,
                r#"{"detail":"Daily request limit set by the Institution has been exceeded."}"#,
                Kind::RateLimited(RateLimitScope::Institution),
            ),
            (422, r#"{"redirect":["Enter a valid URL."]}"#, Kind::InvalidInput),
            (410, "", Kind::NotFound),
            (425, "", Kind::Server),
        ] {
            assert_eq!(kind(status, body), expected, "{status} {body}");
        }
        let taken = r#"{"reference":["It must be unique"]}"#;
        assert_eq!(kind_of(READ, 400, taken), Kind::InvalidInput, "a read has no reference");
    }

    #[test]
    fn headers_alone_tell_the_limit_of_an_account() {
        let account = Some(crate::RateLimit { remaining: Some(0), ..Default::default() });
        let limits = RateLimits { account, ..Default::default() };
        assert_eq!(
            classify(READ, 429, &ErrorBody::default(), &limits),
            ApiErrorKind::RateLimited(RateLimitScope::Account)
        );
    }
}
