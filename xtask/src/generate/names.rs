//! The stable names of the operations: the vendor's are sentences, and have been renamed between documents.
//!
//! An operation that has no line here is named by its method and path, which is as stable; a line is for a better name.

use std::collections::BTreeSet;

use heck::ToSnakeCase as _;

use super::document::Place;

/// Method, path and stable operation id.
pub(crate) const NAMES: &[(&str, &str, &str)] = &[
    ("POST", "/api/v2/token/new/", "obtain_token_pair"),
    ("POST", "/api/v2/token/refresh/", "refresh_access_token"),
    ("GET", "/api/v2/institutions/", "list_institutions"),
    ("GET", "/api/v2/institutions/{id}/", "get_institution"),
    ("GET", "/api/v2/agreements/enduser/", "list_agreements"),
    ("POST", "/api/v2/agreements/enduser/", "create_agreement"),
    ("GET", "/api/v2/agreements/enduser/{id}/", "get_agreement"),
    ("DELETE", "/api/v2/agreements/enduser/{id}/", "delete_agreement"),
    ("PUT", "/api/v2/agreements/enduser/{id}/accept/", "accept_agreement"),
    ("GET", "/api/v2/agreements/enduser/{id}/reconfirm/", "get_reconfirmation"),
    ("POST", "/api/v2/agreements/enduser/{id}/reconfirm/", "create_reconfirmation"),
    ("GET", "/api/v2/requisitions/", "list_requisitions"),
    ("POST", "/api/v2/requisitions/", "create_requisition"),
    ("GET", "/api/v2/requisitions/{id}/", "get_requisition"),
    ("DELETE", "/api/v2/requisitions/{id}/", "delete_requisition"),
    ("GET", "/api/v2/accounts/{id}/", "get_account"),
    ("GET", "/api/v2/accounts/{id}/balances/", "get_account_balances"),
    ("GET", "/api/v2/accounts/{id}/details/", "get_account_details"),
    ("GET", "/api/v2/accounts/{id}/transactions/", "get_account_transactions"),
];

/// The stable operation id of the operation at `method path`.
pub(crate) fn stable_name(method: &str, path: &str) -> Option<&'static str> {
    NAMES.iter().find(|(m, p, _)| *m == method && *p == path).map(|(_, _, name)| *name)
}

/// The name of the operation at `place`, chosen or by rule.
pub(crate) fn name(places: &[Place], place: &Place) -> String {
    let by_rule = || derived(places).into_iter().find(|(other, _)| *other == place).map(|(_, name)| name);
    let chosen = stable_name(&place.method, &place.path).map(str::to_owned);
    chosen.or_else(by_rule).unwrap_or_default()
}

/// The operations that have no line above, each with a name by rule: method and path, `get_payments_by_id`.
pub(crate) fn derived(places: &[Place]) -> Vec<(&Place, String)> {
    let mut taken: BTreeSet<String> = NAMES.iter().map(|(_, _, name)| (*name).to_owned()).collect();
    let unknown = places.iter().filter(|place| stable_name(&place.method, &place.path).is_none());
    let named = unknown.map(|place| {
        let (short, long) = (by_rule(place, false), by_rule(place, true));
        let numbered = (2..).map(|number| format!("{long}_{number}"));
        let mut names = [short, long.clone()].into_iter().chain(numbered);
        let name = names.find(|name| !taken.contains(name)).unwrap_or(long);
        taken.insert(name.clone());
        (place, name)
    });
    named.collect()
}

/// `get_account_standing_orders` for `GET /api/v2/accounts/{id}/standing-orders/`.
fn by_rule(place: &Place, whole: bool) -> String {
    let mut words = vec![place.method.to_ascii_lowercase()];
    let segments: Vec<&str> = place.path.split('/').filter(|segment| !segment.is_empty()).collect();
    for (index, segment) in segments.iter().enumerate() {
        let is_version = segment.strip_prefix('v').is_some_and(|rest| rest.parse::<u32>().is_ok());
        match segment.strip_prefix('{').map(|rest| rest.trim_end_matches('}')) {
            Some(name) if whole || index + 1 == segments.len() => {
                words.push(format!("by_{}", name.to_snake_case()));
            }
            Some(_) => {}
            None if *segment == "api" || is_version => {}
            None => {
                let word = segment.to_snake_case();
                let next = segments.get(index + 1);
                // One of them, and something below it.
                let is_one = next.is_some_and(|next| next.starts_with('{')) && index + 2 < segments.len();
                let one = word.strip_suffix('s').filter(|one| is_one && !one.ends_with('s'));
                words.push(one.map_or_else(|| word.clone(), str::to_owned));
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words.join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(method: &str, path: &str) -> Place {
        Place { method: method.to_owned(), path: path.to_owned() }
    }

    #[test]
    fn an_unknown_operation_is_named_by_method_and_path() {
        let places = [
            place("GET", "/api/v2/token/new/"),
            place("POST", "/api/v2/token/new/"),
            place("GET", "/api/v2/accounts/premium/{id}/transactions/"),
            place("GET", "/api/v2/payments/"),
            place("GET", "/api/v2/payments/{id}/"),
            place("GET", "/api/v2/payments/{paymentId}/"),
            place("GET", "/api/v2/payments/{id}/lines-of-it/"),
            place("GET", "/api/v2/payments/lines_of_it/"),
            place("GET", "/api/v2/payments/lines_of_it/"),
            place("GET", "/api/v2/accounts/{id}/standing-orders/"),
        ];
        let names: Vec<String> = derived(&places).into_iter().map(|(_, name)| name).collect();
        assert_eq!(
            names,
            [
                "get_token_new",
                "get_accounts_premium_transactions",
                "get_payments",
                "get_payments_by_id",
                "get_payments_by_payment_id",
                "get_payment_lines_of_it",
                "get_payments_lines_of_it",
                "get_payments_lines_of_it_2",
                "get_account_standing_orders",
            ]
        );
    }

    #[test]
    fn a_name_by_rule_is_never_one_that_people_chose() {
        assert_eq!(derived(&[place("GET", "/api/v3/account/")])[0].1, "get_account_2");
    }
}
