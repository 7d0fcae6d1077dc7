//! What a caller may pass: ids as text, as values and by reference, and sizes of pages. What cannot be right is not sent.

use gocardless_bank_data::error::Sent;
use gocardless_bank_data::{AccountId, AgreementId, BankData, Credentials, Error, OrEmpty};
use gocardless_bank_data_sandbox::{Operation, Sandbox};

const BANK: &str = "SANDBOXFINANCE_SFIN0000";
const BACK: &str = "https://example.org/back";

async fn stage() -> (Sandbox, BankData) {
    let sandbox = Sandbox::start().await.unwrap();
    let (id, key) = (sandbox.secret_id().to_owned(), sandbox.secret_key().to_owned());
    // Credentials come from the arguments of a program too, which are strings.
    let bank = BankData::builder(Credentials::new(&id, &key)).base_url(sandbox.base_url()).build().unwrap();
    (sandbox, bank)
}

#[tokio::test]
async fn an_id_may_be_a_text_or_a_value_owned_or_by_reference() {
    let (sandbox, bank) = stage().await;
    let institution = bank.institutions().get(BANK).await.unwrap();
    let listed = bank.institutions().list().await.unwrap().remove(0);
    let owned = BANK.to_owned();
    for call in [
        bank.requisitions().create(BANK, BACK),
        bank.requisitions().create(&owned, BACK),
        bank.requisitions().create(owned.clone(), BACK),
        bank.requisitions().create(&institution, BACK),
        bank.requisitions().create(&institution.id, BACK),
        bank.requisitions().create(&listed, BACK),
        bank.requisitions().create(listed.id.clone(), BACK),
    ] {
        assert_eq!(call.await.unwrap().institution_id, BANK);
    }
    let agreement = bank.agreements().create(BANK).await.unwrap().id;
    let id = agreement.clone().unwrap();
    let text = id.to_string();
    for by in [bank.agreements().get(&id), bank.agreements().get(text.as_str()), bank.agreements().get(&text)]
    {
        assert_eq!(by.await.unwrap().id, agreement);
    }
    let requisition = bank.requisitions().create(BANK, BACK).agreement(&text).await.unwrap();
    assert_eq!(requisition.agreement, agreement);
    for none in [None::<AgreementId>, None] {
        bank.requisitions().create(BANK, BACK).agreement(none).await.unwrap();
    }
    let accounts = sandbox.link(&requisition.id.unwrap()).unwrap();
    let metadata = bank.account(&accounts[0]).metadata().await.unwrap();
    assert_eq!(metadata.id.unwrap(), accounts[0].as_str());
    let parsed: AccountId = accounts[1].parse().unwrap();
    assert_eq!(bank.account(&parsed).id(), bank.account(accounts[1].as_str()).id());
}

#[tokio::test]
async fn a_text_that_cannot_be_an_id_is_never_sent() {
    let (sandbox, bank) = stage().await;
    for text in ["", "..", "../token/new", "a/b", "a?b", "ä", "a b"] {
        let account = bank.account(text);
        let (requisitions, agreements) = (bank.requisitions(), bank.agreements());
        let empty = OrEmpty::<AgreementId>::default();
        let errors: [(Error, &str); 11] = [
            (account.balances().await.unwrap_err(), "get account balances: not an account id: it "),
            (account.metadata().await.unwrap_err(), "get account: not an account id: it "),
            (account.transactions().await.unwrap_err(), "get account transactions: not an account id: it "),
            (requisitions.get(text).await.unwrap_err(), "get requisition: not a requisition id: it "),
            (
                requisitions.create(text, BACK).await.unwrap_err(),
                "create requisition: not an institution id: it ",
            ),
            (
                requisitions.create(BANK, BACK).agreement(text).await.unwrap_err(),
                "create requisition: not an agreement id: it ",
            ),
            (agreements.create(text).await.unwrap_err(), "create agreement: not an institution id: it "),
            (agreements.delete(text).await.unwrap_err(), "delete agreement: not an agreement id: it "),
            (
                agreements.reconfirm(text).await.unwrap_err(),
                "create reconfirmation: not an agreement id: it ",
            ),
            (agreements.get(&empty).await.unwrap_err(), "get agreement: not an agreement id: it is empty"),
            (bank.institutions().get(text).await.unwrap_err(), "get institution: not an institution id: it "),
        ];
        for (error, sentence) in errors {
            assert!(error.to_string().starts_with(sentence), "{error}");
            assert_eq!(error.sent(), Sent::No);
            assert!(matches!(error, Error::InvalidRequest(_)));
        }
    }
    assert!(sandbox.requests().is_empty());
}

#[tokio::test]
async fn a_page_has_a_size_of_any_integer_type_and_at_least_one_entry() {
    let (sandbox, bank) = stage().await;
    for _ in 0..3 {
        bank.agreements().create(BANK).await.unwrap();
    }
    let list = || bank.agreements().list();
    let one = std::num::NonZeroU64::MIN;
    for (call, entries) in [
        (list().limit(2), 2),
        (list().limit(2_u32), 2),
        (list().limit(2_u64), 2),
        (list().limit(2_usize), 2),
        (list().limit(one), 1),
        (list(), 3),
    ] {
        assert_eq!(call.await.unwrap().results.len(), entries);
    }
    let before = sandbox.hits(Operation::ListAgreements);
    for call in [list().limit(0), list().limit(-1), list().limit(u128::MAX)] {
        let error = call.await.unwrap_err();
        assert_eq!(error.to_string(), "list agreements: limit: a page has at least 1 entry");
    }
    assert_eq!(sandbox.hits(Operation::ListAgreements), before);
}
