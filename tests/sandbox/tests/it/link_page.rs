//! The page that a requisition's link is in a browser: it works without script, and a browser can use it.

use gocardless_bank_data_sandbox::Operation;
use serde_json::{Value, json};

use crate::support::{Bank, Reply, member, pause_free};

/// What browsers send.
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

async fn open(bank: &Bank, link: &str) -> Reply {
    Reply::from(bank.http.get(link).header("accept", BROWSER).send().await.unwrap()).await
}

async fn submit(bank: &Bank, link: &str, form: &[(&str, &str)]) -> Reply {
    Reply::from(bank.http.post(link).header("accept", BROWSER).form(form).send().await.unwrap()).await
}

async fn status(bank: &Bank, requisition: &Value) -> (String, usize) {
    let now = bank.get(Operation::RetrieveRequisition, &member(requisition, "/id")).await.ok();
    (member(&now, "/status"), now["accounts"].as_array().unwrap().len())
}

/// The values of the page's check boxes.
fn boxes(page: &str) -> Vec<String> {
    let parts = page.split("name=\"account\" value=\"").skip(1);
    parts.map(|part| part.split_once('"').unwrap().0.to_owned()).collect()
}

#[tokio::test]
async fn a_browser_is_shown_what_is_asked_for_and_by_whom() {
    let bank = Bank::open().await;
    let agreement =
        json!({ "max_historical_days": 30, "access_valid_for_days": 60, "access_scope": ["balances"] });
    let agreement = member(&bank.agreement(&agreement).await, "/id");
    let requisition = bank.requisition(&json!({ "agreement": agreement })).await;
    let page = open(&bank, &member(&requisition, "/link")).await;
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    for part in [
        "Sandbox Finance",
        "for 60 days",
        "<b>balances</b>",
        "30 days of history",
        "Main Account",
        "GBP",
        ">Agree<",
        ">Refuse<",
        ">Bank out of order<",
    ] {
        assert!(page.text.contains(part), "{part}: {}", page.text);
    }
    assert!(!page.text.contains("<script") && !page.text.contains("http"), "{}", page.text);
    assert_eq!(status(&bank, &requisition).await, ("GC".to_owned(), 0));
}

#[tokio::test]
async fn only_the_chosen_accounts_are_linked() {
    let bank = Bank::open().await;
    let requisition = bank.requisition(&json!({ "reference": "r" })).await;
    let link = member(&requisition, "/link");
    let boxes = boxes(&open(&bank, &link).await.text);
    assert_eq!(boxes.len(), 2);
    let none = submit(&bank, &link, &[("choose", "accounts"), ("outcome", "linked")]).await;
    assert_eq!(none.status, 400);
    assert!(none.text.contains("Choose at least one account.") && none.text.contains(">Agree<"));
    let form = [("choose", "accounts"), ("account", &boxes[1]), ("outcome", "linked")];
    let done = submit(&bank, &link, &form).await;
    assert_eq!((done.status, done.header("location")), (303, "https://shop.example/back?ref=r"));
    assert_eq!(status(&bank, &requisition).await, ("LN".to_owned(), 1));
    let linked = bank.get(Operation::RetrieveRequisition, &member(&requisition, "/id")).await.ok();
    assert_eq!(bank.sandbox.truth(&member(&linked, "/accounts/0")).unwrap().bank_account, boxes[1]);
    let again = open(&bank, &link).await;
    assert!(again.header("location").contains("error=RequisitionLinkReused"));
}

#[tokio::test]
async fn a_person_can_refuse_and_the_bank_can_be_out_of_order() {
    let bank = Bank::open().await;
    for (outcome, error, left) in
        [("cancel", "UserCancelledSession", "GC"), ("institution-error", "InstitutionTechnicalError", "UA")]
    {
        let requisition = bank.requisition(&json!({})).await;
        let link = member(&requisition, "/link");
        assert!(open(&bank, &link).await.text.contains(&format!("value=\"{outcome}\"")));
        let done = submit(&bank, &link, &[("choose", "accounts"), ("outcome", outcome)]).await;
        assert!(done.header("location").contains(error), "{}", done.header("location"));
        assert_eq!(status(&bank, &requisition).await, (left.to_owned(), 0));
    }
}

#[tokio::test]
async fn somebody_else_can_come_and_their_name_is_only_text() {
    let bank = Bank::open().await;
    let requisition = bank.requisition(&json!({})).await;
    let link = member(&requisition, "/link");
    let mine = boxes(&open(&bank, &link).await.text);
    let page = open(&bank, &format!("{link}?person=%22%3E%3Cscript%3E")).await.text;
    assert!(page.contains("&quot;&gt;&lt;script&gt;") && !page.contains("<script"));
    let hers = boxes(&open(&bank, &format!("{link}?person=Ava")).await.text);
    assert!(hers.len() == 2 && hers != mine);
    let form = [("person", "Ava"), ("choose", "accounts"), ("account", &hers[0]), ("outcome", "linked")];
    submit(&bank, &link, &form).await;
    assert_eq!(bank.sandbox.truth(&hers[0]).unwrap().person, "Ava");
}

#[tokio::test]
async fn the_link_links_by_itself_for_clients_without_pages_and_where_asked() {
    let bank = Bank::open().await;
    let requisition = bank.requisition(&json!({})).await;
    let plain = bank.http.get(member(&requisition, "/link")).send().await.unwrap();
    assert_eq!(plain.status(), 302);
    let requisition = bank.requisition(&json!({})).await;
    assert_eq!(open(&bank, &format!("{}?outcome=linked", member(&requisition, "/link"))).await.status, 302);
    let bank = Bank::with(pause_free().auto_link(true)).await;
    let requisition = bank.requisition(&json!({})).await;
    assert_eq!(open(&bank, &member(&requisition, "/link")).await.status, 302);
    assert_eq!(status(&bank, &requisition).await, ("LN".to_owned(), 2));
}

/// The one use of a real browser. It cannot press a button without a script, so the page is loaded and shown.
#[tokio::test(flavor = "multi_thread")]
async fn a_real_browser_shows_the_page() {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let found = names.into_iter().find(|name| {
        std::process::Command::new(name).arg("--version").output().is_ok_and(|out| out.status.success())
    });
    let Some(browser) = found else {
        eprintln!("skipped: no chromium, chromium-browser or google-chrome is installed");
        return;
    };
    let bank = Bank::open().await;
    let requisition = bank.requisition(&json!({})).await;
    let profile = std::env::temp_dir().join(format!("gocardless-sandbox-{}", std::process::id()));
    let shown = std::process::Command::new(browser)
        .args(["--headless", "--disable-gpu", "--no-sandbox", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(member(&requisition, "/link"))
        .output()
        .unwrap();
    let page = String::from_utf8_lossy(&shown.stdout);
    assert!(page.contains("Connect Sandbox Finance") && page.contains("Bank out of order"), "{page}");
    assert_eq!(status(&bank, &requisition).await, ("GC".to_owned(), 0), "looking has linked nothing");
    let _ = std::fs::remove_dir_all(profile);
}
