//! What an error response means: one pure table from status, body and limits to a kind.
//!
//! Texts are matched in this file only, by the few words that have been stable over years; whole messages change
//! (`docs/api.md#messages-change`). A kind exists for each *different thing the caller does*.

use super::body::ErrorBody;
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
    /// A word for it that stays, for a metric or a log: `consent_expired`, `rate_limited_company`.
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
/// The order of the arms is the order of trust: `type`, then a few words of the summary, then the status.
pub(crate) fn classify(status: u16, body: &ErrorBody, limits: &RateLimits) -> ApiErrorKind {
    use ApiErrorKind as Kind;
    let summary = body.summary.as_deref().unwrap_or_default().to_ascii_lowercase();
    let detail = body.detail.as_deref().unwrap_or_default().to_ascii_lowercase();
    let says = |words: &str| summary.contains(words) || detail.contains(words);
    // Expiry of an agreement has come as 400 (2022 to 2024) and as 401 (2026); only its words are constant.
    let consent_ended = says("has expired") && (says("eua") || says("end user agreement"));
    // Without `type` a 401 is about the account if its words are; `docs/api.md#untyped-401`.
    let says_any = |words: &[&str]| words.iter().any(|words| says(words));
    let is_of_token = body.is_token_not_valid || says("invalid token") || says("token is invalid");
    match (status, body.code.as_deref()) {
        (300..=399, _) => Kind::Redirect,
        (_, Some("AccessExpiredError")) => Kind::ConsentExpired,
        (_, Some("AccountInactiveError")) => Kind::AccountInactive,
        // Every other `type` with these statuses is about the bank, including those not seen yet.
        (401 | 403, Some(_)) => Kind::AccountAccess,
        (400 | 401, _) if consent_ended => Kind::ConsentExpired,
        (400, _) if duplicate_reference(body) => Kind::DuplicateReference,
        (400, _) => Kind::InvalidInput,
        (401, None) if is_of_token => Kind::TokenRejected,
        (401, None) if says_any(&["credentials were not provided", "token not valid"]) => Kind::TokenRejected,
        (401, None) if says("authentication failed") || says("no active account") => {
            Kind::CredentialsRejected
        }
        (401, None) if says_any(&["deactivated", "closed", "inactive"]) => Kind::AccountInactive,
        (401, None) if says("suspended") => Kind::AccountSuspended,
        (401, None) if says_any(&["reconnect", "revoked", "expired"]) => Kind::ConsentExpired,
        (401, None) => Kind::Unauthorized,
        (402, _) => Kind::PaymentRequired,
        (403, None) if says("ip address") => Kind::IpDenied,
        (403, None) if says("access scope") || says("no valid end user agreement") => Kind::ConsentScope,
        // Reconfirmation answers with an empty summary; the text is in the detail.
        (403, None) if says("permission") || says("reconfirmation") => Kind::PermissionDenied,
        (403, None) => Kind::Forbidden,
        (404, _) => Kind::NotFound,
        (405, _) => Kind::NotAllowed,
        (409, _) if body.is_account => Kind::AccountState,
        (409, _) if says("suspended") => Kind::AccountSuspended,
        (409, _) if says("processing") => Kind::AccountProcessing,
        (409, _) => Kind::Conflict,
        (429, Some("RateLimitError")) => Kind::RateLimited(RateLimitScope::Institution),
        // The daily limit uses the same words as the one per minute; its period or the headers distinguish it.
        (429, _) if says("/day") || limits.account_is_spent() => Kind::RateLimited(RateLimitScope::Account),
        (429, _) => Kind::RateLimited(RateLimitScope::Company),
        (500..=599, Some("UnknownRequestError")) => Kind::InstitutionFailed,
        (500..=599, Some("ServiceError" | "ConnectionError")) => Kind::InstitutionUnavailable,
        (408 | 500..=599, _) => Kind::Server,
        _ => Kind::Other,
    }
}

/// A reference that is taken shows only in the words under the field `reference`.
fn duplicate_reference(body: &ErrorBody) -> bool {
    body.fields.iter().filter(|field| field.field() == "reference").any(|field| {
        let text = [field.summary(), field.detail()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let text = text.to_ascii_lowercase();
        text.contains("already exists") || text.contains("unique")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(status: u16, body: &str) -> ApiErrorKind {
        classify(status, &ErrorBody::read(body.as_bytes()), &RateLimits::default())
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
    fn headers_alone_tell_the_limit_of_an_account() {
        let account = Some(crate::RateLimit { remaining: Some(0), ..Default::default() });
        let limits = RateLimits { account, ..Default::default() };
        assert_eq!(
            classify(429, &ErrorBody::default(), &limits),
            ApiErrorKind::RateLimited(RateLimitScope::Account)
        );
    }
}
