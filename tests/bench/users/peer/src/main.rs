//! From the secrets to the transactions of the first account of a requisition, at a fixed address.

use std::sync::Arc;

use gocardless_bankaccountdata::apis::accounts_api::{
    RetrieveAccountBalancesParams, RetrieveAccountDetailsParams, RetrieveAccountTransactionsParams,
};
use gocardless_bankaccountdata::apis::agreements_api::CreateEuaParams;
use gocardless_bankaccountdata::apis::configuration::Configuration;
use gocardless_bankaccountdata::apis::institutions_api::{
    RetrieveAllSupportedInstitutionsInAGivenCountryParams, RetrieveInstitutionParams,
};
use gocardless_bankaccountdata::apis::requisitions_api::{CreateRequisitionParams, RequisitionByIdParams};
use gocardless_bankaccountdata::apis::token_api::ObtainNewAccessSlashRefreshTokenPairParams;
use gocardless_bankaccountdata::apis::{Api, ApiClient};
use gocardless_bankaccountdata::models;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let plain = Configuration { base_path: "http://127.0.0.1:1".to_owned(), ..Configuration::default() };
    let request = models::JwtObtainPairRequest::new("secret id".to_owned(), "secret key".to_owned());
    let params = ObtainNewAccessSlashRefreshTokenPairParams { jwt_obtain_pair_request: request };
    let api = ApiClient::new(Arc::new(plain.clone()));
    let pair = api.token_api().obtain_new_access_slash_refresh_token_pair(params).await?;
    let api = ApiClient::new(Arc::new(Configuration { bearer_access_token: pair.access, ..plain }));
    let params = RetrieveAllSupportedInstitutionsInAGivenCountryParams {
        country: Some("GB".to_owned()),
        access_scopes_supported: None,
        account_selection_supported: None,
        business_accounts_supported: None,
        card_accounts_supported: None,
        corporate_accounts_supported: None,
        pending_transactions_supported: None,
        private_accounts_supported: None,
        read_debtor_account_supported: None,
        read_refund_account_supported: None,
        separate_continuous_history_consent_supported: None,
        ssn_verification_supported: None,
    };
    let institutions =
        api.institutions_api().retrieve_all_supported_institutions_in_a_given_country(params).await?;
    println!("{} institutions", institutions.len());
    let params = RetrieveInstitutionParams { id: "SANDBOXFINANCE_SFIN0000".to_owned() };
    let institution = api.institutions_api().retrieve_institution(params).await?.id;
    let mut request = models::EndUserAgreementRequest::new(institution.clone());
    request.max_historical_days = Some(90);
    let params = CreateEuaParams { end_user_agreement_request: request };
    let agreement = api.agreements_api().create_eua(params).await?;
    let mut request =
        models::RequisitionRequest::new(Some("https://example.org/back".to_owned()), institution);
    request.agreement = agreement.id;
    let params = CreateRequisitionParams { requisition_request: request };
    let created = api.requisitions_api().create_requisition(params).await?;
    println!("{}", created.link.unwrap_or_default());
    let Some(id) = created.id else { return Ok(()) };
    let params = RequisitionByIdParams { id: id.to_string() };
    for account in api.requisitions_api().requisition_by_id(params).await?.accounts.unwrap_or_default() {
        let (accounts, id) = (api.accounts_api(), account.to_string());
        let details =
            accounts.retrieve_account_details(RetrieveAccountDetailsParams { id: id.clone() }).await?;
        println!("{}", details.account.iban.unwrap_or_default());
        let params = RetrieveAccountBalancesParams { id: id.clone() };
        for balance in accounts.retrieve_account_balances(params).await?.balances.unwrap_or_default() {
            println!("{} {}", balance.balance_amount.amount, balance.balance_amount.currency);
        }
        let params = RetrieveAccountTransactionsParams { id, date_from: None, date_to: None };
        for transaction in accounts.retrieve_account_transactions(params).await?.transactions.booked {
            let money = &transaction.transaction_amount;
            println!("{} {}", money.amount, money.currency);
        }
    }
    Ok(())
}
