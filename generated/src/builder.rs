// Written by `cargo xtask generate`. Do not edit: change the contract, a patch or a pass instead.
// Input: openapi/client.json, sha256 01436e4aacfe237b1837a44742a5740a7bb2d76e91744041e5e322b60f2671d0
// Generator: progenitor 0.15.1, then xtask/src/generate/polish

//! One builder for each operation; `send` makes the call.

use super::types;

#[allow(unused_imports)]
use super::{
    encode_path, ByteStream, ClientInfo, ClientHooks, Error, OperationInfo,
    RequestBuilderExt, ResponseValue,
};

/// Builder for [`Client::get_account`]
///
/// [`Client::get_account`]: super::Client::get_account
#[derive(Clone)]
pub struct GetAccount<'a> {
    client: &'a super::Client,
    id: Result<::gocardless_bank_data_core::AccountId, String>,
}

impl ::std::fmt::Debug for GetAccount<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("GetAccount").finish_non_exhaustive()
    }
}

impl<'a> GetAccount<'a> {
    /// Starts a call on this client.
    pub fn new(client: &'a super::Client) -> Self {
        Self {
            client: client,
            id: Err("id was not initialized".to_string()),
        }
    }

    /// Sets the parameter `id`.
    pub fn id<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::gocardless_bank_data_core::AccountId>,
    {
        self.id = value
            .try_into()
            .map_err(|_| "conversion to `AccountId` for id failed".to_string());
        self
    }

    /// Sends a `GET` request to `/api/v2/accounts/{id}/`
    pub async fn send(self) -> Result<ResponseValue<types::Account>, Error<()>> {
        let Self { client, id } = self;
        let id = id.map_err(Error::InvalidRequest)?;
        let url = client
            .inner
            .url(
                &client.baseurl,
                &format!("/api/v2/accounts/{}/", encode_path(& id.to_string())),
            )?;
        #[allow(unused_mut)]
        let mut request = client
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "get_account",
        };
        client.pre(&mut request, &info).await?;
        let result = client.exec(request, &info).await;
        client.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => client.inner.read(response).await,
            _ => client.inner.keep(response).await,
        }
    }
}

/// Builder for [`Client::get_account_balances`]
///
/// [`Client::get_account_balances`]: super::Client::get_account_balances
#[derive(Clone)]
pub struct GetAccountBalances<'a> {
    client: &'a super::Client,
    id: Result<::gocardless_bank_data_core::AccountId, String>,
}

impl ::std::fmt::Debug for GetAccountBalances<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("GetAccountBalances").finish_non_exhaustive()
    }
}

impl<'a> GetAccountBalances<'a> {
    /// Starts a call on this client.
    pub fn new(client: &'a super::Client) -> Self {
        Self {
            client: client,
            id: Err("id was not initialized".to_string()),
        }
    }

    /// Sets the parameter `id`.
    pub fn id<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::gocardless_bank_data_core::AccountId>,
    {
        self.id = value
            .try_into()
            .map_err(|_| "conversion to `AccountId` for id failed".to_string());
        self
    }

    /// Sends a `GET` request to `/api/v2/accounts/{id}/balances/`
    pub async fn send(self) -> Result<ResponseValue<types::AccountBalance>, Error<()>> {
        let Self { client, id } = self;
        let id = id.map_err(Error::InvalidRequest)?;
        let url = client
            .inner
            .url(
                &client.baseurl,
                &format!("/api/v2/accounts/{}/balances/", encode_path(& id.to_string())),
            )?;
        #[allow(unused_mut)]
        let mut request = client
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "get_account_balances",
        };
        client.pre(&mut request, &info).await?;
        let result = client.exec(request, &info).await;
        client.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => client.inner.read(response).await,
            _ => client.inner.keep(response).await,
        }
    }
}

/// Builder for [`Client::get_account_details`]
///
/// [`Client::get_account_details`]: super::Client::get_account_details
#[derive(Clone)]
pub struct GetAccountDetails<'a> {
    client: &'a super::Client,
    id: Result<::gocardless_bank_data_core::AccountId, String>,
}

impl ::std::fmt::Debug for GetAccountDetails<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("GetAccountDetails").finish_non_exhaustive()
    }
}

impl<'a> GetAccountDetails<'a> {
    /// Starts a call on this client.
    pub fn new(client: &'a super::Client) -> Self {
        Self {
            client: client,
            id: Err("id was not initialized".to_string()),
        }
    }

    /// Sets the parameter `id`.
    pub fn id<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::gocardless_bank_data_core::AccountId>,
    {
        self.id = value
            .try_into()
            .map_err(|_| "conversion to `AccountId` for id failed".to_string());
        self
    }

    /// Sends a `GET` request to `/api/v2/accounts/{id}/details/`
    pub async fn send(self) -> Result<ResponseValue<types::AccountDetail>, Error<()>> {
        let Self { client, id } = self;
        let id = id.map_err(Error::InvalidRequest)?;
        let url = client
            .inner
            .url(
                &client.baseurl,
                &format!("/api/v2/accounts/{}/details/", encode_path(& id.to_string())),
            )?;
        #[allow(unused_mut)]
        let mut request = client
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "get_account_details",
        };
        client.pre(&mut request, &info).await?;
        let result = client.exec(request, &info).await;
        client.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => client.inner.read(response).await,
            _ => client.inner.keep(response).await,
        }
    }
}

/// Builder for [`Client::get_account_transactions`]
///
/// [`Client::get_account_transactions`]: super::Client::get_account_transactions
#[derive(Clone)]
pub struct GetAccountTransactions<'a> {
    client: &'a super::Client,
    id: Result<::gocardless_bank_data_core::AccountId, String>,
    date_from: Result<Option<::chrono::naive::NaiveDate>, String>,
    date_to: Result<Option<::chrono::naive::NaiveDate>, String>,
}

impl ::std::fmt::Debug for GetAccountTransactions<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("GetAccountTransactions").finish_non_exhaustive()
    }
}

impl<'a> GetAccountTransactions<'a> {
    /// Starts a call on this client.
    pub fn new(client: &'a super::Client) -> Self {
        Self {
            client: client,
            id: Err("id was not initialized".to_string()),
            date_from: Ok(None),
            date_to: Ok(None),
        }
    }

    /// Sets the parameter `id`.
    pub fn id<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::gocardless_bank_data_core::AccountId>,
    {
        self.id = value
            .try_into()
            .map_err(|_| "conversion to `AccountId` for id failed".to_string());
        self
    }

    /// Sets the parameter `date_from`.
    pub fn date_from<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::chrono::naive::NaiveDate>,
    {
        self.date_from = value
            .try_into()
            .map(Some)
            .map_err(|_| "conversion to `NaiveDate` for date_from failed".to_string());
        self
    }

    /// Sets the parameter `date_to`.
    pub fn date_to<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::chrono::naive::NaiveDate>,
    {
        self.date_to = value
            .try_into()
            .map(Some)
            .map_err(|_| "conversion to `NaiveDate` for date_to failed".to_string());
        self
    }

    /// Sends a `GET` request to `/api/v2/accounts/{id}/transactions/`
    pub async fn send(
        self,
    ) -> Result<ResponseValue<types::AccountTransactions>, Error<()>> {
        let Self { client, id, date_from, date_to } = self;
        let id = id.map_err(Error::InvalidRequest)?;
        let date_from = date_from.map_err(Error::InvalidRequest)?;
        let date_to = date_to.map_err(Error::InvalidRequest)?;
        let url = client
            .inner
            .url(
                &client.baseurl,
                &format!(
                    "/api/v2/accounts/{}/transactions/", encode_path(& id.to_string())
                ),
            )?;
        #[allow(unused_mut)]
        let mut request = client
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("date_from", &date_from))
            .query(&progenitor_client::QueryParam::new("date_to", &date_to))
            .build()?;
        let info = OperationInfo {
            operation_id: "get_account_transactions",
        };
        client.pre(&mut request, &info).await?;
        let result = client.exec(request, &info).await;
        client.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => client.inner.read(response).await,
            _ => client.inner.keep(response).await,
        }
    }
}

/// Builder for [`Client::list_agreements`]
///
/// [`Client::list_agreements`]: super::Client::list_agreements
#[derive(Clone)]
pub struct ListAgreements<'a> {
    client: &'a super::Client,
    limit: Result<Option<::std::num::NonZeroU64>, String>,
    offset: Result<Option<u64>, String>,
}

impl ::std::fmt::Debug for ListAgreements<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ListAgreements").finish_non_exhaustive()
    }
}

impl<'a> ListAgreements<'a> {
    /// Starts a call on this client.
    pub fn new(client: &'a super::Client) -> Self {
        Self {
            client: client,
            limit: Ok(None),
            offset: Ok(None),
        }
    }

    /// Sets the parameter `limit`.
    pub fn limit<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::std::num::NonZeroU64>,
    {
        self.limit = value
            .try_into()
            .map(Some)
            .map_err(|_| "conversion to `NonZeroU64` for limit failed".to_string());
        self
    }

    /// Sets the parameter `offset`.
    pub fn offset<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<u64>,
    {
        self.offset = value
            .try_into()
            .map(Some)
            .map_err(|_| "conversion to `u64` for offset failed".to_string());
        self
    }

    /// Sends a `GET` request to `/api/v2/agreements/enduser/`
    pub async fn send(
        self,
    ) -> Result<ResponseValue<types::PaginatedEndUserAgreementList>, Error<()>> {
        let Self { client, limit, offset } = self;
        let limit = limit.map_err(Error::InvalidRequest)?;
        let offset = offset.map_err(Error::InvalidRequest)?;
        let url = client.inner.url(&client.baseurl, "/api/v2/agreements/enduser/")?;
        #[allow(unused_mut)]
        let mut request = client
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .query(&progenitor_client::QueryParam::new("offset", &offset))
            .build()?;
        let info = OperationInfo {
            operation_id: "list_agreements",
        };
        client.pre(&mut request, &info).await?;
        let result = client.exec(request, &info).await;
        client.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => client.inner.read(response).await,
            _ => client.inner.keep(response).await,
        }
    }
}

/// Builder for [`Client::create_agreement`]
///
/// [`Client::create_agreement`]: super::Client::create_agreement
#[derive(Clone)]
pub struct CreateAgreement<'a> {
    client: &'a super::Client,
    body: Result<types::builder::EndUserAgreementRequest, String>,
}

impl ::std::fmt::Debug for CreateAgreement<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("CreateAgreement").finish_non_exhaustive()
    }
}

impl<'a> CreateAgreement<'a> {
    /// Starts a call on this client.
    pub fn new(client: &'a super::Client) -> Self {
        Self {
            client: client,
            body: Ok(::std::default::Default::default()),
        }
    }

    /// Sets the whole body.
    pub fn body<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<types::EndUserAgreementRequest>,
        <V as std::convert::TryInto<
            types::EndUserAgreementRequest,
        >>::Error: std::fmt::Display,
    {
        self.body = value
            .try_into()
            .map(From::from)
            .map_err(|s| {
                format!("conversion to `EndUserAgreementRequest` for body failed: {}", s)
            });
        self
    }

    /// Changes the body through its builder.
    pub fn body_map<F>(mut self, f: F) -> Self
    where
        F: std::ops::FnOnce(
            types::builder::EndUserAgreementRequest,
        ) -> types::builder::EndUserAgreementRequest,
    {
        self.body = self.body.map(f);
        self
    }

    /// Sends a `POST` request to `/api/v2/agreements/enduser/`
    pub async fn send(
        self,
    ) -> Result<ResponseValue<types::EndUserAgreement>, Error<()>> {
        let Self { client, body } = self;
        let body = body
            .and_then(|v| {
                types::EndUserAgreementRequest::try_from(v).map_err(|e| e.to_string())
            })
            .map_err(Error::InvalidRequest)?;
        let url = client.inner.url(&client.baseurl, "/api/v2/agreements/enduser/")?;
        #[allow(unused_mut)]
        let mut request = client
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo {
            operation_id: "create_agreement",
        };
        client.pre(&mut request, &info).await?;
        let result = client.exec(request, &info).await;
        client.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            201u16 => client.inner.read(response).await,
            _ => client.inner.keep(response).await,
        }
    }
}

/// Builder for [`Client::get_agreement`]
///
/// [`Client::get_agreement`]: super::Client::get_agreement
#[derive(Clone)]
pub struct GetAgreement<'a> {
    client: &'a super::Client,
    id: Result<::gocardless_bank_data_core::AgreementId, String>,
}

impl ::std::fmt::Debug for GetAgreement<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("GetAgreement").finish_non_exhaustive()
    }
}

impl<'a> GetAgreement<'a> {
    /// Starts a call on this client.
    pub fn new(client: &'a super::Client) -> Self {
        Self {
            client: client,
            id: Err("id was not initialized".to_string()),
        }
    }

    /// Sets the parameter `id`.
    pub fn id<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::gocardless_bank_data_core::AgreementId>,
    {
        self.id = value
            .try_into()
            .map_err(|_| "conversion to `AgreementId` for id failed".to_string());
        self
    }

    /// Sends a `GET` request to `/api/v2/agreements/enduser/{id}/`
    pub async fn send(
        self,
    ) -> Result<ResponseValue<types::EndUserAgreement>, Error<()>> {
        let Self { client, id } = self;
        let id = id.map_err(Error::InvalidRequest)?;
        let url = client
            .inner
            .url(
                &client.baseurl,
                &format!("/api/v2/agreements/enduser/{}/", encode_path(& id.to_string())),
            )?;
        #[allow(unused_mut)]
        let mut request = client
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "get_agreement",
        };
        client.pre(&mut request, &info).await?;
        let result = client.exec(request, &info).await;
        client.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => client.inner.read(response).await,
            _ => client.inner.keep(response).await,
        }
    }
}

/// Builder for [`Client::delete_agreement`]
///
/// [`Client::delete_agreement`]: super::Client::delete_agreement
#[derive(Clone)]
pub struct DeleteAgreement<'a> {
    client: &'a super::Client,
    id: Result<::gocardless_bank_data_core::AgreementId, String>,
}

impl ::std::fmt::Debug for DeleteAgreement<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("DeleteAgreement").finish_non_exhaustive()
    }
}

impl<'a> DeleteAgreement<'a> {
    /// Starts a call on this client.
    pub fn new(client: &'a super::Client) -> Self {
        Self {
            client: client,
            id: Err("id was not initialized".to_string()),
        }
    }

    /// Sets the parameter `id`.
    pub fn id<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::gocardless_bank_data_core::AgreementId>,
    {
        self.id = value
            .try_into()
            .map_err(|_| "conversion to `AgreementId` for id failed".to_string());
        self
    }

    /// Sends a `DELETE` request to `/api/v2/agreements/enduser/{id}/`
    pub async fn send(
        self,
    ) -> Result<ResponseValue<types::SuccessfulDeleteResponse>, Error<()>> {
        let Self { client, id } = self;
        let id = id.map_err(Error::InvalidRequest)?;
        let url = client
            .inner
            .url(
                &client.baseurl,
                &format!("/api/v2/agreements/enduser/{}/", encode_path(& id.to_string())),
            )?;
        #[allow(unused_mut)]
        let mut request = client
            .client
            .delete(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "delete_agreement",
        };
        client.pre(&mut request, &info).await?;
        let result = client.exec(request, &info).await;
        client.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => client.inner.read(response).await,
            _ => client.inner.keep(response).await,
        }
    }
}

/// Builder for [`Client::accept_agreement`]
///
/// [`Client::accept_agreement`]: super::Client::accept_agreement
#[derive(Clone)]
pub struct AcceptAgreement<'a> {
    client: &'a super::Client,
    id: Result<::gocardless_bank_data_core::AgreementId, String>,
    body: Result<types::builder::EnduserAcceptanceDetailsRequest, String>,
}

impl ::std::fmt::Debug for AcceptAgreement<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("AcceptAgreement").finish_non_exhaustive()
    }
}

impl<'a> AcceptAgreement<'a> {
    /// Starts a call on this client.
    pub fn new(client: &'a super::Client) -> Self {
        Self {
            client: client,
            id: Err("id was not initialized".to_string()),
            body: Ok(::std::default::Default::default()),
        }
    }

    /// Sets the parameter `id`.
    pub fn id<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::gocardless_bank_data_core::AgreementId>,
    {
        self.id = value
            .try_into()
            .map_err(|_| "conversion to `AgreementId` for id failed".to_string());
        self
    }

    /// Sets the whole body.
    pub fn body<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<types::EnduserAcceptanceDetailsRequest>,
        <V as std::convert::TryInto<
            types::EnduserAcceptanceDetailsRequest,
        >>::Error: std::fmt::Display,
    {
        self.body = value
            .try_into()
            .map(From::from)
            .map_err(|s| {
                format!(
                    "conversion to `EnduserAcceptanceDetailsRequest` for body failed: {}",
                    s
                )
            });
        self
    }

    /// Changes the body through its builder.
    pub fn body_map<F>(mut self, f: F) -> Self
    where
        F: std::ops::FnOnce(
            types::builder::EnduserAcceptanceDetailsRequest,
        ) -> types::builder::EnduserAcceptanceDetailsRequest,
    {
        self.body = self.body.map(f);
        self
    }

    /// Sends a `PUT` request to `/api/v2/agreements/enduser/{id}/accept/`
    pub async fn send(
        self,
    ) -> Result<ResponseValue<types::EndUserAgreement>, Error<()>> {
        let Self { client, id, body } = self;
        let id = id.map_err(Error::InvalidRequest)?;
        let body = body
            .and_then(|v| {
                types::EnduserAcceptanceDetailsRequest::try_from(v)
                    .map_err(|e| e.to_string())
            })
            .map_err(Error::InvalidRequest)?;
        let url = client
            .inner
            .url(
                &client.baseurl,
                &format!(
                    "/api/v2/agreements/enduser/{}/accept/", encode_path(& id
                    .to_string())
                ),
            )?;
        #[allow(unused_mut)]
        let mut request = client
            .client
            .put(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo {
            operation_id: "accept_agreement",
        };
        client.pre(&mut request, &info).await?;
        let result = client.exec(request, &info).await;
        client.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => client.inner.read(response).await,
            _ => client.inner.keep(response).await,
        }
    }
}

/// Builder for [`Client::get_reconfirmation`]
///
/// [`Client::get_reconfirmation`]: super::Client::get_reconfirmation
#[derive(Clone)]
pub struct GetReconfirmation<'a> {
    client: &'a super::Client,
    id: Result<::gocardless_bank_data_core::AgreementId, String>,
}

impl ::std::fmt::Debug for GetReconfirmation<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("GetReconfirmation").finish_non_exhaustive()
    }
}

impl<'a> GetReconfirmation<'a> {
    /// Starts a call on this client.
    pub fn new(client: &'a super::Client) -> Self {
        Self {
            client: client,
            id: Err("id was not initialized".to_string()),
        }
    }

    /// Sets the parameter `id`.
    pub fn id<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::gocardless_bank_data_core::AgreementId>,
    {
        self.id = value
            .try_into()
            .map_err(|_| "conversion to `AgreementId` for id failed".to_string());
        self
    }

    /// Sends a `GET` request to `/api/v2/agreements/enduser/{id}/reconfirm/`
    pub async fn send(
        self,
    ) -> Result<ResponseValue<types::ReconfirmationRetrieve>, Error<()>> {
        let Self { client, id } = self;
        let id = id.map_err(Error::InvalidRequest)?;
        let url = client
            .inner
            .url(
                &client.baseurl,
                &format!(
                    "/api/v2/agreements/enduser/{}/reconfirm/", encode_path(& id
                    .to_string())
                ),
            )?;
        #[allow(unused_mut)]
        let mut request = client
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "get_reconfirmation",
        };
        client.pre(&mut request, &info).await?;
        let result = client.exec(request, &info).await;
        client.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => client.inner.read(response).await,
            _ => client.inner.keep(response).await,
        }
    }
}

/// Builder for [`Client::create_reconfirmation`]
///
/// [`Client::create_reconfirmation`]: super::Client::create_reconfirmation
#[derive(Clone)]
pub struct CreateReconfirmation<'a> {
    client: &'a super::Client,
    id: Result<::gocardless_bank_data_core::AgreementId, String>,
    body: Result<types::builder::ReconfirmationRetrieveRequest, String>,
}

impl ::std::fmt::Debug for CreateReconfirmation<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("CreateReconfirmation").finish_non_exhaustive()
    }
}

impl<'a> CreateReconfirmation<'a> {
    /// Starts a call on this client.
    pub fn new(client: &'a super::Client) -> Self {
        Self {
            client: client,
            id: Err("id was not initialized".to_string()),
            body: Ok(::std::default::Default::default()),
        }
    }

    /// Sets the parameter `id`.
    pub fn id<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::gocardless_bank_data_core::AgreementId>,
    {
        self.id = value
            .try_into()
            .map_err(|_| "conversion to `AgreementId` for id failed".to_string());
        self
    }

    /// Sets the whole body.
    pub fn body<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<types::ReconfirmationRetrieveRequest>,
        <V as std::convert::TryInto<
            types::ReconfirmationRetrieveRequest,
        >>::Error: std::fmt::Display,
    {
        self.body = value
            .try_into()
            .map(From::from)
            .map_err(|s| {
                format!(
                    "conversion to `ReconfirmationRetrieveRequest` for body failed: {}",
                    s
                )
            });
        self
    }

    /// Changes the body through its builder.
    pub fn body_map<F>(mut self, f: F) -> Self
    where
        F: std::ops::FnOnce(
            types::builder::ReconfirmationRetrieveRequest,
        ) -> types::builder::ReconfirmationRetrieveRequest,
    {
        self.body = self.body.map(f);
        self
    }

    /// Sends a `POST` request to `/api/v2/agreements/enduser/{id}/reconfirm/`
    pub async fn send(
        self,
    ) -> Result<ResponseValue<types::ReconfirmationRetrieve>, Error<()>> {
        let Self { client, id, body } = self;
        let id = id.map_err(Error::InvalidRequest)?;
        let body = body
            .and_then(|v| {
                types::ReconfirmationRetrieveRequest::try_from(v)
                    .map_err(|e| e.to_string())
            })
            .map_err(Error::InvalidRequest)?;
        let url = client
            .inner
            .url(
                &client.baseurl,
                &format!(
                    "/api/v2/agreements/enduser/{}/reconfirm/", encode_path(& id
                    .to_string())
                ),
            )?;
        #[allow(unused_mut)]
        let mut request = client
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo {
            operation_id: "create_reconfirmation",
        };
        client.pre(&mut request, &info).await?;
        let result = client.exec(request, &info).await;
        client.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            201u16 => client.inner.read(response).await,
            _ => client.inner.keep(response).await,
        }
    }
}

/// Builder for [`Client::list_institutions`]
///
/// [`Client::list_institutions`]: super::Client::list_institutions
#[derive(Clone)]
pub struct ListInstitutions<'a> {
    client: &'a super::Client,
    access_scopes_supported: Result<Option<::std::string::String>, String>,
    account_selection_supported: Result<Option<::std::string::String>, String>,
    business_accounts_supported: Result<Option<::std::string::String>, String>,
    card_accounts_supported: Result<Option<::std::string::String>, String>,
    corporate_accounts_supported: Result<Option<::std::string::String>, String>,
    country: Result<Option<::std::string::String>, String>,
    pending_transactions_supported: Result<Option<::std::string::String>, String>,
    private_accounts_supported: Result<Option<::std::string::String>, String>,
    read_debtor_account_supported: Result<Option<::std::string::String>, String>,
    read_refund_account_supported: Result<Option<::std::string::String>, String>,
    separate_continuous_history_consent_supported: Result<
        Option<::std::string::String>,
        String,
    >,
    ssn_verification_supported: Result<Option<::std::string::String>, String>,
}

impl ::std::fmt::Debug for ListInstitutions<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ListInstitutions").finish_non_exhaustive()
    }
}

impl<'a> ListInstitutions<'a> {
    /// Starts a call on this client.
    pub fn new(client: &'a super::Client) -> Self {
        Self {
            client: client,
            access_scopes_supported: Ok(None),
            account_selection_supported: Ok(None),
            business_accounts_supported: Ok(None),
            card_accounts_supported: Ok(None),
            corporate_accounts_supported: Ok(None),
            country: Ok(None),
            pending_transactions_supported: Ok(None),
            private_accounts_supported: Ok(None),
            read_debtor_account_supported: Ok(None),
            read_refund_account_supported: Ok(None),
            separate_continuous_history_consent_supported: Ok(None),
            ssn_verification_supported: Ok(None),
        }
    }

    /// Sets the parameter `access_scopes_supported`.
    pub fn access_scopes_supported<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::std::string::String>,
    {
        self.access_scopes_supported = value
            .try_into()
            .map(Some)
            .map_err(|_| {
                "conversion to `String` for access_scopes_supported failed".to_string()
            });
        self
    }

    /// Sets the parameter `account_selection_supported`.
    pub fn account_selection_supported<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::std::string::String>,
    {
        self.account_selection_supported = value
            .try_into()
            .map(Some)
            .map_err(|_| {
                "conversion to `String` for account_selection_supported failed"
                    .to_string()
            });
        self
    }

    /// Sets the parameter `business_accounts_supported`.
    pub fn business_accounts_supported<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::std::string::String>,
    {
        self.business_accounts_supported = value
            .try_into()
            .map(Some)
            .map_err(|_| {
                "conversion to `String` for business_accounts_supported failed"
                    .to_string()
            });
        self
    }

    /// Sets the parameter `card_accounts_supported`.
    pub fn card_accounts_supported<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::std::string::String>,
    {
        self.card_accounts_supported = value
            .try_into()
            .map(Some)
            .map_err(|_| {
                "conversion to `String` for card_accounts_supported failed".to_string()
            });
        self
    }

    /// Sets the parameter `corporate_accounts_supported`.
    pub fn corporate_accounts_supported<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::std::string::String>,
    {
        self.corporate_accounts_supported = value
            .try_into()
            .map(Some)
            .map_err(|_| {
                "conversion to `String` for corporate_accounts_supported failed"
                    .to_string()
            });
        self
    }

    /// Sets the parameter `country`.
    pub fn country<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::std::string::String>,
    {
        self.country = value
            .try_into()
            .map(Some)
            .map_err(|_| "conversion to `String` for country failed".to_string());
        self
    }

    /// Sets the parameter `pending_transactions_supported`.
    pub fn pending_transactions_supported<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::std::string::String>,
    {
        self.pending_transactions_supported = value
            .try_into()
            .map(Some)
            .map_err(|_| {
                "conversion to `String` for pending_transactions_supported failed"
                    .to_string()
            });
        self
    }

    /// Sets the parameter `private_accounts_supported`.
    pub fn private_accounts_supported<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::std::string::String>,
    {
        self.private_accounts_supported = value
            .try_into()
            .map(Some)
            .map_err(|_| {
                "conversion to `String` for private_accounts_supported failed"
                    .to_string()
            });
        self
    }

    /// Sets the parameter `read_debtor_account_supported`.
    pub fn read_debtor_account_supported<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::std::string::String>,
    {
        self.read_debtor_account_supported = value
            .try_into()
            .map(Some)
            .map_err(|_| {
                "conversion to `String` for read_debtor_account_supported failed"
                    .to_string()
            });
        self
    }

    /// Sets the parameter `read_refund_account_supported`.
    pub fn read_refund_account_supported<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::std::string::String>,
    {
        self.read_refund_account_supported = value
            .try_into()
            .map(Some)
            .map_err(|_| {
                "conversion to `String` for read_refund_account_supported failed"
                    .to_string()
            });
        self
    }

    /// Sets the parameter `separate_continuous_history_consent_supported`.
    pub fn separate_continuous_history_consent_supported<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::std::string::String>,
    {
        self.separate_continuous_history_consent_supported = value
            .try_into()
            .map(Some)
            .map_err(|_| {
                "conversion to `String` for separate_continuous_history_consent_supported failed"
                    .to_string()
            });
        self
    }

    /// Sets the parameter `ssn_verification_supported`.
    pub fn ssn_verification_supported<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::std::string::String>,
    {
        self.ssn_verification_supported = value
            .try_into()
            .map(Some)
            .map_err(|_| {
                "conversion to `String` for ssn_verification_supported failed"
                    .to_string()
            });
        self
    }

    /// Sends a `GET` request to `/api/v2/institutions/`
    pub async fn send(
        self,
    ) -> Result<ResponseValue<::std::vec::Vec<types::Integration>>, Error<()>> {
        let Self {
            client,
            access_scopes_supported,
            account_selection_supported,
            business_accounts_supported,
            card_accounts_supported,
            corporate_accounts_supported,
            country,
            pending_transactions_supported,
            private_accounts_supported,
            read_debtor_account_supported,
            read_refund_account_supported,
            separate_continuous_history_consent_supported,
            ssn_verification_supported,
        } = self;
        let access_scopes_supported = access_scopes_supported
            .map_err(Error::InvalidRequest)?;
        let account_selection_supported = account_selection_supported
            .map_err(Error::InvalidRequest)?;
        let business_accounts_supported = business_accounts_supported
            .map_err(Error::InvalidRequest)?;
        let card_accounts_supported = card_accounts_supported
            .map_err(Error::InvalidRequest)?;
        let corporate_accounts_supported = corporate_accounts_supported
            .map_err(Error::InvalidRequest)?;
        let country = country.map_err(Error::InvalidRequest)?;
        let pending_transactions_supported = pending_transactions_supported
            .map_err(Error::InvalidRequest)?;
        let private_accounts_supported = private_accounts_supported
            .map_err(Error::InvalidRequest)?;
        let read_debtor_account_supported = read_debtor_account_supported
            .map_err(Error::InvalidRequest)?;
        let read_refund_account_supported = read_refund_account_supported
            .map_err(Error::InvalidRequest)?;
        let separate_continuous_history_consent_supported = separate_continuous_history_consent_supported
            .map_err(Error::InvalidRequest)?;
        let ssn_verification_supported = ssn_verification_supported
            .map_err(Error::InvalidRequest)?;
        let url = client.inner.url(&client.baseurl, "/api/v2/institutions/")?;
        #[allow(unused_mut)]
        let mut request = client
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(
                &progenitor_client::QueryParam::new(
                    "access_scopes_supported",
                    &access_scopes_supported,
                ),
            )
            .query(
                &progenitor_client::QueryParam::new(
                    "account_selection_supported",
                    &account_selection_supported,
                ),
            )
            .query(
                &progenitor_client::QueryParam::new(
                    "business_accounts_supported",
                    &business_accounts_supported,
                ),
            )
            .query(
                &progenitor_client::QueryParam::new(
                    "card_accounts_supported",
                    &card_accounts_supported,
                ),
            )
            .query(
                &progenitor_client::QueryParam::new(
                    "corporate_accounts_supported",
                    &corporate_accounts_supported,
                ),
            )
            .query(&progenitor_client::QueryParam::new("country", &country))
            .query(
                &progenitor_client::QueryParam::new(
                    "pending_transactions_supported",
                    &pending_transactions_supported,
                ),
            )
            .query(
                &progenitor_client::QueryParam::new(
                    "private_accounts_supported",
                    &private_accounts_supported,
                ),
            )
            .query(
                &progenitor_client::QueryParam::new(
                    "read_debtor_account_supported",
                    &read_debtor_account_supported,
                ),
            )
            .query(
                &progenitor_client::QueryParam::new(
                    "read_refund_account_supported",
                    &read_refund_account_supported,
                ),
            )
            .query(
                &progenitor_client::QueryParam::new(
                    "separate_continuous_history_consent_supported",
                    &separate_continuous_history_consent_supported,
                ),
            )
            .query(
                &progenitor_client::QueryParam::new(
                    "ssn_verification_supported",
                    &ssn_verification_supported,
                ),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "list_institutions",
        };
        client.pre(&mut request, &info).await?;
        let result = client.exec(request, &info).await;
        client.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => client.inner.read(response).await,
            _ => client.inner.keep(response).await,
        }
    }
}

/// Builder for [`Client::get_institution`]
///
/// [`Client::get_institution`]: super::Client::get_institution
#[derive(Clone)]
pub struct GetInstitution<'a> {
    client: &'a super::Client,
    id: Result<::gocardless_bank_data_core::InstitutionId, String>,
}

impl ::std::fmt::Debug for GetInstitution<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("GetInstitution").finish_non_exhaustive()
    }
}

impl<'a> GetInstitution<'a> {
    /// Starts a call on this client.
    pub fn new(client: &'a super::Client) -> Self {
        Self {
            client: client,
            id: Err("id was not initialized".to_string()),
        }
    }

    /// Sets the parameter `id`.
    pub fn id<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::gocardless_bank_data_core::InstitutionId>,
    {
        self.id = value
            .try_into()
            .map_err(|_| "conversion to `InstitutionId` for id failed".to_string());
        self
    }

    /// Sends a `GET` request to `/api/v2/institutions/{id}/`
    pub async fn send(
        self,
    ) -> Result<ResponseValue<types::IntegrationRetrieve>, Error<()>> {
        let Self { client, id } = self;
        let id = id.map_err(Error::InvalidRequest)?;
        let url = client
            .inner
            .url(
                &client.baseurl,
                &format!("/api/v2/institutions/{}/", encode_path(& id.to_string())),
            )?;
        #[allow(unused_mut)]
        let mut request = client
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "get_institution",
        };
        client.pre(&mut request, &info).await?;
        let result = client.exec(request, &info).await;
        client.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => client.inner.read(response).await,
            _ => client.inner.keep(response).await,
        }
    }
}

/// Builder for [`Client::list_requisitions`]
///
/// [`Client::list_requisitions`]: super::Client::list_requisitions
#[derive(Clone)]
pub struct ListRequisitions<'a> {
    client: &'a super::Client,
    limit: Result<Option<::std::num::NonZeroU64>, String>,
    offset: Result<Option<u64>, String>,
}

impl ::std::fmt::Debug for ListRequisitions<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ListRequisitions").finish_non_exhaustive()
    }
}

impl<'a> ListRequisitions<'a> {
    /// Starts a call on this client.
    pub fn new(client: &'a super::Client) -> Self {
        Self {
            client: client,
            limit: Ok(None),
            offset: Ok(None),
        }
    }

    /// Sets the parameter `limit`.
    pub fn limit<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::std::num::NonZeroU64>,
    {
        self.limit = value
            .try_into()
            .map(Some)
            .map_err(|_| "conversion to `NonZeroU64` for limit failed".to_string());
        self
    }

    /// Sets the parameter `offset`.
    pub fn offset<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<u64>,
    {
        self.offset = value
            .try_into()
            .map(Some)
            .map_err(|_| "conversion to `u64` for offset failed".to_string());
        self
    }

    /// Sends a `GET` request to `/api/v2/requisitions/`
    pub async fn send(
        self,
    ) -> Result<ResponseValue<types::PaginatedRequisitionList>, Error<()>> {
        let Self { client, limit, offset } = self;
        let limit = limit.map_err(Error::InvalidRequest)?;
        let offset = offset.map_err(Error::InvalidRequest)?;
        let url = client.inner.url(&client.baseurl, "/api/v2/requisitions/")?;
        #[allow(unused_mut)]
        let mut request = client
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .query(&progenitor_client::QueryParam::new("offset", &offset))
            .build()?;
        let info = OperationInfo {
            operation_id: "list_requisitions",
        };
        client.pre(&mut request, &info).await?;
        let result = client.exec(request, &info).await;
        client.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => client.inner.read(response).await,
            _ => client.inner.keep(response).await,
        }
    }
}

/// Builder for [`Client::create_requisition`]
///
/// [`Client::create_requisition`]: super::Client::create_requisition
#[derive(Clone)]
pub struct CreateRequisition<'a> {
    client: &'a super::Client,
    body: Result<types::builder::RequisitionRequest, String>,
}

impl ::std::fmt::Debug for CreateRequisition<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("CreateRequisition").finish_non_exhaustive()
    }
}

impl<'a> CreateRequisition<'a> {
    /// Starts a call on this client.
    pub fn new(client: &'a super::Client) -> Self {
        Self {
            client: client,
            body: Ok(::std::default::Default::default()),
        }
    }

    /// Sets the whole body.
    pub fn body<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<types::RequisitionRequest>,
        <V as std::convert::TryInto<
            types::RequisitionRequest,
        >>::Error: std::fmt::Display,
    {
        self.body = value
            .try_into()
            .map(From::from)
            .map_err(|s| {
                format!("conversion to `RequisitionRequest` for body failed: {}", s)
            });
        self
    }

    /// Changes the body through its builder.
    pub fn body_map<F>(mut self, f: F) -> Self
    where
        F: std::ops::FnOnce(
            types::builder::RequisitionRequest,
        ) -> types::builder::RequisitionRequest,
    {
        self.body = self.body.map(f);
        self
    }

    /// Sends a `POST` request to `/api/v2/requisitions/`
    pub async fn send(self) -> Result<ResponseValue<types::Requisition>, Error<()>> {
        let Self { client, body } = self;
        let body = body
            .and_then(|v| {
                types::RequisitionRequest::try_from(v).map_err(|e| e.to_string())
            })
            .map_err(Error::InvalidRequest)?;
        let url = client.inner.url(&client.baseurl, "/api/v2/requisitions/")?;
        #[allow(unused_mut)]
        let mut request = client
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo {
            operation_id: "create_requisition",
        };
        client.pre(&mut request, &info).await?;
        let result = client.exec(request, &info).await;
        client.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            201u16 => client.inner.read(response).await,
            _ => client.inner.keep(response).await,
        }
    }
}

/// Builder for [`Client::get_requisition`]
///
/// [`Client::get_requisition`]: super::Client::get_requisition
#[derive(Clone)]
pub struct GetRequisition<'a> {
    client: &'a super::Client,
    id: Result<::gocardless_bank_data_core::RequisitionId, String>,
}

impl ::std::fmt::Debug for GetRequisition<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("GetRequisition").finish_non_exhaustive()
    }
}

impl<'a> GetRequisition<'a> {
    /// Starts a call on this client.
    pub fn new(client: &'a super::Client) -> Self {
        Self {
            client: client,
            id: Err("id was not initialized".to_string()),
        }
    }

    /// Sets the parameter `id`.
    pub fn id<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::gocardless_bank_data_core::RequisitionId>,
    {
        self.id = value
            .try_into()
            .map_err(|_| "conversion to `RequisitionId` for id failed".to_string());
        self
    }

    /// Sends a `GET` request to `/api/v2/requisitions/{id}/`
    pub async fn send(self) -> Result<ResponseValue<types::Requisition>, Error<()>> {
        let Self { client, id } = self;
        let id = id.map_err(Error::InvalidRequest)?;
        let url = client
            .inner
            .url(
                &client.baseurl,
                &format!("/api/v2/requisitions/{}/", encode_path(& id.to_string())),
            )?;
        #[allow(unused_mut)]
        let mut request = client
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "get_requisition",
        };
        client.pre(&mut request, &info).await?;
        let result = client.exec(request, &info).await;
        client.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => client.inner.read(response).await,
            _ => client.inner.keep(response).await,
        }
    }
}

/// Builder for [`Client::delete_requisition`]
///
/// [`Client::delete_requisition`]: super::Client::delete_requisition
#[derive(Clone)]
pub struct DeleteRequisition<'a> {
    client: &'a super::Client,
    id: Result<::gocardless_bank_data_core::RequisitionId, String>,
}

impl ::std::fmt::Debug for DeleteRequisition<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("DeleteRequisition").finish_non_exhaustive()
    }
}

impl<'a> DeleteRequisition<'a> {
    /// Starts a call on this client.
    pub fn new(client: &'a super::Client) -> Self {
        Self {
            client: client,
            id: Err("id was not initialized".to_string()),
        }
    }

    /// Sets the parameter `id`.
    pub fn id<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<::gocardless_bank_data_core::RequisitionId>,
    {
        self.id = value
            .try_into()
            .map_err(|_| "conversion to `RequisitionId` for id failed".to_string());
        self
    }

    /// Sends a `DELETE` request to `/api/v2/requisitions/{id}/`
    pub async fn send(
        self,
    ) -> Result<ResponseValue<types::SuccessfulDeleteResponse>, Error<()>> {
        let Self { client, id } = self;
        let id = id.map_err(Error::InvalidRequest)?;
        let url = client
            .inner
            .url(
                &client.baseurl,
                &format!("/api/v2/requisitions/{}/", encode_path(& id.to_string())),
            )?;
        #[allow(unused_mut)]
        let mut request = client
            .client
            .delete(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "delete_requisition",
        };
        client.pre(&mut request, &info).await?;
        let result = client.exec(request, &info).await;
        client.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => client.inner.read(response).await,
            _ => client.inner.keep(response).await,
        }
    }
}

/// Builder for [`Client::obtain_token_pair`]
///
/// [`Client::obtain_token_pair`]: super::Client::obtain_token_pair
#[derive(Clone)]
pub struct ObtainTokenPair<'a> {
    client: &'a super::Client,
    body: Result<types::builder::JwtObtainPairRequest, String>,
}

impl ::std::fmt::Debug for ObtainTokenPair<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ObtainTokenPair").finish_non_exhaustive()
    }
}

impl<'a> ObtainTokenPair<'a> {
    /// Starts a call on this client.
    pub fn new(client: &'a super::Client) -> Self {
        Self {
            client: client,
            body: Ok(::std::default::Default::default()),
        }
    }

    /// Sets the whole body.
    pub fn body<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<types::JwtObtainPairRequest>,
        <V as std::convert::TryInto<
            types::JwtObtainPairRequest,
        >>::Error: std::fmt::Display,
    {
        self.body = value
            .try_into()
            .map(From::from)
            .map_err(|s| {
                format!("conversion to `JwtObtainPairRequest` for body failed: {}", s)
            });
        self
    }

    /// Changes the body through its builder.
    pub fn body_map<F>(mut self, f: F) -> Self
    where
        F: std::ops::FnOnce(
            types::builder::JwtObtainPairRequest,
        ) -> types::builder::JwtObtainPairRequest,
    {
        self.body = self.body.map(f);
        self
    }

    /// Sends a `POST` request to `/api/v2/token/new/`
    pub async fn send(
        self,
    ) -> Result<ResponseValue<types::SpectacularJwtObtain>, Error<()>> {
        let Self { client, body } = self;
        let body = body
            .and_then(|v| {
                types::JwtObtainPairRequest::try_from(v).map_err(|e| e.to_string())
            })
            .map_err(Error::InvalidRequest)?;
        let url = client.inner.url(&client.baseurl, "/api/v2/token/new/")?;
        #[allow(unused_mut)]
        let mut request = client
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo {
            operation_id: "obtain_token_pair",
        };
        client.pre(&mut request, &info).await?;
        let result = client.exec(request, &info).await;
        client.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => client.inner.read(response).await,
            _ => client.inner.keep(response).await,
        }
    }
}

/// Builder for [`Client::refresh_access_token`]
///
/// [`Client::refresh_access_token`]: super::Client::refresh_access_token
#[derive(Clone)]
pub struct RefreshAccessToken<'a> {
    client: &'a super::Client,
    body: Result<types::builder::JwtRefreshRequest, String>,
}

impl ::std::fmt::Debug for RefreshAccessToken<'_> {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("RefreshAccessToken").finish_non_exhaustive()
    }
}

impl<'a> RefreshAccessToken<'a> {
    /// Starts a call on this client.
    pub fn new(client: &'a super::Client) -> Self {
        Self {
            client: client,
            body: Ok(::std::default::Default::default()),
        }
    }

    /// Sets the whole body.
    pub fn body<V>(mut self, value: V) -> Self
    where
        V: std::convert::TryInto<types::JwtRefreshRequest>,
        <V as std::convert::TryInto<types::JwtRefreshRequest>>::Error: std::fmt::Display,
    {
        self.body = value
            .try_into()
            .map(From::from)
            .map_err(|s| {
                format!("conversion to `JwtRefreshRequest` for body failed: {}", s)
            });
        self
    }

    /// Changes the body through its builder.
    pub fn body_map<F>(mut self, f: F) -> Self
    where
        F: std::ops::FnOnce(
            types::builder::JwtRefreshRequest,
        ) -> types::builder::JwtRefreshRequest,
    {
        self.body = self.body.map(f);
        self
    }

    /// Sends a `POST` request to `/api/v2/token/refresh/`
    pub async fn send(
        self,
    ) -> Result<ResponseValue<types::SpectacularJwtRefresh>, Error<()>> {
        let Self { client, body } = self;
        let body = body
            .and_then(|v| {
                types::JwtRefreshRequest::try_from(v).map_err(|e| e.to_string())
            })
            .map_err(Error::InvalidRequest)?;
        let url = client.inner.url(&client.baseurl, "/api/v2/token/refresh/")?;
        #[allow(unused_mut)]
        let mut request = client
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo {
            operation_id: "refresh_access_token",
        };
        client.pre(&mut request, &info).await?;
        let result = client.exec(request, &info).await;
        client.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => client.inner.read(response).await,
            _ => client.inner.keep(response).await,
        }
    }
}
