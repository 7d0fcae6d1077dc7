//! Pages of agreements and requisitions: order, bounds and links.

use gocardless_bank_data_sandbox::Operation;
use serde_json::{Value, json};

use crate::support::{Bank, member, pause_free};

const VENDOR: &str = "https://bankaccountdata.gocardless.com";

fn ids(page: &Value) -> Vec<String> {
    page["results"].as_array().unwrap().iter().map(|row| member(row, "/id")).collect()
}

#[tokio::test]
async fn pages_follow_each_other_newest_first() {
    let bank = Bank::open().await;
    let mut made = Vec::new();
    for _ in 0..5 {
        made.push(member(&bank.requisition(&json!({})).await, "/id"));
    }
    made.reverse();
    for operation in [Operation::ListRequisitions, Operation::ListAgreements] {
        let path = operation.path();
        let whole = bank.get(operation, "").await.ok();
        assert_eq!(
            (&whole["count"], &whole["next"], &whole["previous"]),
            (&json!(5), &Value::Null, &Value::Null)
        );
        let first = bank.query(operation, "", "?limit=2").await.ok();
        assert_eq!(first["next"], json!(format!("{VENDOR}{path}?limit=2&offset=2")));
        assert_eq!(first["previous"], Value::Null);
        let second = bank.query(operation, "", "?limit=2&offset=2").await.ok();
        assert_eq!(second["next"], json!(format!("{VENDOR}{path}?limit=2&offset=4")));
        assert_eq!(second["previous"], json!(format!("{VENDOR}{path}?limit=2&offset=0")));
        let last = bank.query(operation, "", "?limit=2&offset=4").await.ok();
        assert_eq!(last["next"], Value::Null);
        assert_eq!([ids(&first), ids(&second), ids(&last)].concat(), ids(&whole));
        let beyond = bank.query(operation, "", "?offset=9").await.ok();
        assert_eq!((&beyond["count"], &beyond["results"]), (&json!(5), &json!([])));
    }
    assert_eq!(ids(&bank.get(Operation::ListRequisitions, "").await.ok()), made);
}

#[tokio::test]
async fn a_limit_or_offset_that_is_none_falls_back_as_in_django_rest() {
    let bank = Bank::open().await;
    for _ in 0..3 {
        bank.agreement(&json!({})).await;
    }
    let odd = ["0", "-1", "x", "1.5", "", "%00", "99999999999999999999999999"];
    for operation in [Operation::ListRequisitions, Operation::ListAgreements] {
        for odd in odd {
            let page = bank.query(operation, "", &format!("?limit={odd}")).await.ok();
            assert_eq!(page["count"], json!(ids(&page).len()));
            bank.query(operation, "", &format!("?offset={odd}&limit={odd}")).await.ok();
        }
    }
}

#[tokio::test]
async fn only_the_list_of_requisitions_refuses_unknown_fields() {
    let bank = Bank::open().await;
    bank.query(Operation::ListRequisitions, "", "?page=2").await.error(400, "Unknown fields");
    bank.query(Operation::ListAgreements, "", "?page=2").await.ok();
}

#[tokio::test]
async fn page_links_can_name_the_sandbox_itself() {
    let bank = Bank::with(pause_free().own_page_links(true)).await;
    bank.agreement(&json!({})).await;
    bank.agreement(&json!({})).await;
    let page = bank.query(Operation::ListAgreements, "", "?limit=1").await.ok();
    assert!(member(&page, "/next").starts_with(bank.sandbox.base_url()));
}
