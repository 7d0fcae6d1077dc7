//! The objects of the API under the names people use for them. They are generated from the contract.
//!
//! Members are optional wherever a bank has been seen leaving them out, lists read as empty when they are missing, and
//! members that the contract does not know are ignored; [`Response::body`](crate::Response::body) still has them.

#[doc(inline)]
pub use gocardless_bank_data_generated::types::{
    Account, AccountBalance as Balances, AccountDetail as Details, AccountSchema as CounterpartyAccount,
    AccountTransactions as Transactions, AdditionalAccountDataSchema as AdditionalAccountData,
    BalanceAfterTransactionSchema as BalanceAfterTransaction, BalanceSchema as Balance,
    BankTransaction as BookedAndPending, CurrencyExchangeSchema as CurrencyExchange,
    DetailSchema as AccountDetails, EndUserAgreement as Agreement, Integration as Institution,
    IntegrationRetrieve as InstitutionDetails, OwnerAddressStructuredSchema as OwnerAddress,
    PaginatedEndUserAgreementList as AgreementPage, PaginatedRequisitionList as RequisitionPage,
    ReconfirmationRetrieve as Reconfirmation, Requisition, SpectacularJwtObtain as TokenPair,
    SpectacularJwtRefresh as RefreshedToken, SuccessfulDeleteResponse as Deletion,
    TransactionAmountSchema as Money, TransactionSchema as Transaction,
};
