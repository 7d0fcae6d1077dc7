// Written by `cargo xtask generate`. Do not edit: change the contract, a patch or a setting instead.
// Input: openapi/client.json, sha256 7babb11091d7d4d6635f63a52b4a963077fc4e4dceeaff09d057ef3d0aeaae46
// Generator: progenitor 0.15.1, as xtask/src/generate/progenitor.rs calls it

//! The components of the contract and the types that are generated from them, for tests.

/// Calls the macro `$with` with every component of the contract that has a type, each with the name of its type in `types`.
#[macro_export]
macro_rules! each_schema {
    ($with:ident) => {
        $with! {
            "Account" => Account,
            "AccountBalance" => Balances,
            "AccountDetail" => AccountDetailsResponse,
            "AccountSchema" => CounterpartyAccount,
            "AccountTransactions" => Transactions,
            "AdditionalAccountDataSchema" => AdditionalAccountData,
            "BalanceAfterTransactionSchema" => BalanceAfterTransaction,
            "BalanceAmountSchema" => Money,
            "BalanceSchema" => Balance,
            "BankTransaction" => BookedAndPending,
            "CurrencyExchangeSchema" => CurrencyExchange,
            "DetailSchema" => AccountDetails,
            "EndUserAgreement" => Agreement,
            "EndUserAgreementRequest" => NewAgreement,
            "EnduserAcceptanceDetailsRequest" => AcceptAgreementRequest,
            "Integration" => Institution,
            "IntegrationRetrieve" => InstitutionDetails,
            "JWTObtainPairRequest" => TokenRequest,
            "JWTRefreshRequest" => RefreshRequest,
            "OwnerAddressStructuredSchema" => OwnerAddress,
            "PaginatedEndUserAgreementList" => AgreementPage,
            "PaginatedRequisitionList" => RequisitionPage,
            "ReconfirmationRetrieve" => Reconfirmation,
            "ReconfirmationRetrieveRequest" => NewReconfirmation,
            "Requisition" => Requisition,
            "RequisitionRequest" => NewRequisition,
            "SpectacularJWTObtain" => TokenPair,
            "SpectacularJWTRefresh" => RefreshedToken,
            "SpectacularRequisition" => Requisition,
            "SuccessfulDeleteResponse" => Deletion,
            "TransactionAmountSchema" => Money,
            "TransactionSchema" => Transaction,
        }
    };
}

/// Calls the macro `$with` with every component that a successful response can hold, each with the name of its type in `types`.
#[macro_export]
macro_rules! each_received_schema {
    ($with:ident) => {
        $with! {
            "Account" => Account,
            "AccountBalance" => Balances,
            "AccountDetail" => AccountDetailsResponse,
            "AccountSchema" => CounterpartyAccount,
            "AccountTransactions" => Transactions,
            "AdditionalAccountDataSchema" => AdditionalAccountData,
            "BalanceAfterTransactionSchema" => BalanceAfterTransaction,
            "BalanceAmountSchema" => Money,
            "BalanceSchema" => Balance,
            "BankTransaction" => BookedAndPending,
            "CurrencyExchangeSchema" => CurrencyExchange,
            "DetailSchema" => AccountDetails,
            "EndUserAgreement" => Agreement,
            "Integration" => Institution,
            "IntegrationRetrieve" => InstitutionDetails,
            "OwnerAddressStructuredSchema" => OwnerAddress,
            "PaginatedEndUserAgreementList" => AgreementPage,
            "PaginatedRequisitionList" => RequisitionPage,
            "ReconfirmationRetrieve" => Reconfirmation,
            "Requisition" => Requisition,
            "SpectacularJWTObtain" => TokenPair,
            "SpectacularJWTRefresh" => RefreshedToken,
            "SpectacularRequisition" => Requisition,
            "SuccessfulDeleteResponse" => Deletion,
            "TransactionAmountSchema" => Money,
            "TransactionSchema" => Transaction,
        }
    };
}
