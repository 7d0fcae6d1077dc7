//! The enumerations of the API: statuses, balance types, access scopes, features. Each may grow at any time.

use serde::Deserialize;

use super::open_enum::{UnknownValue, open_enum};
use super::schema::schema_as;

open_enum!(
    /// The status of a requisition.
    ///
    /// ```
    /// use gocardless_bank_data_types::RequisitionStatus;
    ///
    /// let linked: RequisitionStatus = serde_json::from_str("\"LN\"")?;
    /// assert_eq!(linked, RequisitionStatus::Linked);
    /// let new: RequisitionStatus = serde_json::from_str("\"CZ\"")?;
    /// assert!(matches!(new, RequisitionStatus::Unknown(_)));
    /// assert_eq!(new.to_string(), "CZ");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    RequisitionStatus {
        /// Created; the person has not been sent to the link yet.
        Created = "CR",
        /// In the vendor's document, which does not say what it means.
        Id = "ID",
        /// The person is on the consent page.
        GivingConsent = "GC",
        /// The person is at the bank.
        UndergoingAuthentication = "UA",
        /// The social security number did not match or the credentials were wrong: start a new requisition.
        Rejected = "RJ",
        /// The person is choosing accounts.
        SelectingAccounts = "SA",
        /// The person is confirming the access at the bank.
        GrantingAccess = "GA",
        /// Linked: the accounts are there.
        Linked = "LN",
        /// Access was suspended.
        Suspended = "SU",
        /// The end-user agreement expired; set only after an account was accessed.
        Expired = "EX",
        /// In the vendor's document, which does not say what it means.
        Er = "ER",
    }
);

open_enum!(
    /// The status of an account.
    AccountStatus {
        /// Found, not yet processed.
        Discovered = "DISCOVERED",
        /// Being processed: poll the metadata until it is ready.
        Processing = "PROCESSING",
        /// Data can be read.
        Ready = "READY",
        /// Reads have failed, and a suspension may follow. Wait until it is `READY`.
        Error = "ERROR",
        /// Suspended after ten failures in a row: it takes a new requisition to read the account again.
        Suspended = "SUSPENDED",
        /// The end-user agreement expired.
        Expired = "EXPIRED",
    }
);

open_enum!(
    /// What a balance counts.
    ///
    /// Some banks write the words with a capital letter; those come as [`BalanceType::Unknown`] with their text, so
    /// that nothing is changed on the way.
    BalanceType {
        /// Booked entries at the end of the last closed period.
        ClosingBooked = "closingBooked",
        /// Available at the end of the last closed period.
        ClosingAvailable = "closingAvailable",
        /// Booked entries and pending ones that are known.
        Expected = "expected",
        /// Available at a future value date.
        ForwardAvailable = "forwardAvailable",
        /// For information only.
        Information = "information",
        /// Available now.
        InterimAvailable = "interimAvailable",
        /// Booked so far today.
        InterimBooked = "interimBooked",
        /// Of a card: spent and not yet invoiced.
        NonInvoiced = "nonInvoiced",
        /// Booked at the start of the period.
        OpeningBooked = "openingBooked",
        /// Available at the start of the period.
        OpeningAvailable = "openingAvailable",
        /// Booked at the end of the period before.
        PreviouslyClosedBooked = "previouslyClosedBooked",
    }
);

open_enum!(
    /// A kind of account data that an end-user agreement gives access to.
    AccessScope {
        /// Balances.
        Balances = "balances",
        /// Details: number, owner, product.
        Details = "details",
        /// Transactions.
        Transactions = "transactions",
    }
);

open_enum!(
    /// Something that an institution supports.
    Feature {
        /// The person can choose which accounts to share.
        AccountSelection = "account_selection",
        /// Business accounts.
        BusinessAccounts = "business_accounts",
        /// Card accounts.
        CardAccounts = "card_accounts",
        /// Corporate accounts.
        CorporateAccounts = "corporate_accounts",
        /// Private accounts.
        PrivateAccounts = "private_accounts",
        /// Pending transactions.
        PendingTransactions = "pending_transactions",
        /// Payments; listed until 2024.
        Payments = "payments",
        /// Continuous access and full history need agreements of their own.
        SeparateContinuousHistoryConsent = "separate_continuous_history_consent",
        /// Consent can be confirmed again without a new link.
        ReconfirmationOfConsent = "reconfirmation_of_consent",
        /// Submission of payments, which this API does not offer.
        SubmitPayment = "submit_payment",
        /// Verification of the social security number.
        SsnVerification = "ssn_verification",
    }
);

#[cfg(test)]
mod tests {
    use super::*;

    fn contract() -> serde_json::Value {
        serde_json::from_str(include_str!("../../../../openapi/contract.json")).unwrap()
    }

    fn words(list: &serde_json::Value) -> Vec<String> {
        list.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn every_status_of_the_document_has_a_name() {
        let schemas = &contract()["components"]["schemas"];
        // The vendor renames the list between documents.
        let status = schemas["Requisition"]["properties"]["status"].to_string();
        let lists =
            schemas.as_object().unwrap().iter().filter(|(name, _)| status.contains(&format!("/{name}\"")));
        let lists: Vec<_> = lists.map(|(_, list)| words(&list["enum"])).collect();
        assert_eq!(lists.len(), 1, "{status}");
        for word in &lists[0] {
            let is_known = !matches!(RequisitionStatus::from(word.as_str()), RequisitionStatus::Unknown(_));
            assert!(
                is_known,
                "`{word}` has no name: add a variant to RequisitionStatus in wrapper/types/src/value/enums.rs"
            );
            let told = include_str!("../../../../docs/api.md").contains(&format!("`{word}`"));
            assert!(told, "`{word}` is not in the table of docs/api.md: add its row");
        }
    }

    #[test]
    fn every_list_of_words_in_the_document_is_known_here() {
        let contract = contract();
        let mut lists = Vec::new();
        let mut open = vec![(String::new(), &contract["components"]["schemas"])];
        while let Some((place, value)) = open.pop() {
            if value["enum"].is_array() {
                let told = value["description"].as_str().unwrap_or_default();
                for word in words(&value["enum"]) {
                    assert!(
                        told.contains(&format!("`{word}`")),
                        "the description of {place} in openapi/contract.json does not say what `{word}` means"
                    );
                }
                lists.push(place.clone());
            }
            open.extend(
                value.as_object().into_iter().flatten().map(|(key, value)| (format!("{place}/{key}"), value)),
            );
        }
        assert_eq!(
            lists,
            ["/StatusEnum"],
            "an enum without a type: add an open_enum in wrapper/types/src/value/enums.rs, a row in xtask/src/generate/patch/values.rs, and a test like the one above"
        );
    }

    #[test]
    fn every_scope_of_the_document_has_a_name() {
        let contract = contract();
        let paths = contract["paths"].as_object().unwrap().keys();
        let below = paths
            .filter_map(|path| path.strip_prefix("/api/v2/accounts/{id}/"))
            .filter(|rest| !rest.is_empty());
        for path in below {
            let word = path.trim_end_matches('/').replace('-', "_");
            let is_known = !matches!(AccessScope::from(word.as_str()), AccessScope::Unknown(_));
            assert!(
                is_known,
                "`{word}` has no name: add a variant to AccessScope in wrapper/types/src/value/enums.rs"
            );
        }
    }

    #[test]
    fn known_words_and_anything_else_are_written_back_as_they_came() {
        for json in ["\"LN\"", "\"CZ\"", "12", "null", "true", "[\"LN\"]", "{\"short\":\"??\"}", "1.5"] {
            let read: RequisitionStatus = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), json);
        }
    }

    #[test]
    fn the_object_form_of_the_first_document_is_read_by_its_short_word() {
        let read: RequisitionStatus =
            serde_json::from_str(r#"{"short":"LN","long":"LINKED","description":""}"#).unwrap();
        assert_eq!(read, RequisitionStatus::Linked);
    }

    #[test]
    fn what_is_no_json_is_refused_with_what_was_expected() {
        let bytes = serde::de::value::BytesDeserializer::<serde::de::value::Error>::new(b"LN");
        let error = RequisitionStatus::deserialize(bytes).unwrap_err().to_string();
        assert!(error.ends_with("expected a word"), "{error}");
    }
}
