//! What the sandbox has in stock before Schemathesis comes: identifiers that it cannot guess.
//!
//! Without them nearly every case would end in 404, and nothing behind that would be judged.

use serde_json::{Value, json};

use super::sandbox::{Sandbox, text};

/// How much of each kind. Cases delete some of it.
const PIECES: usize = 20;

/// The bank that belongs to the vendor's sandbox.
const TEST_BANK: &str = "SANDBOXFINANCE_SFIN0000";

/// Values by the name of their dictionary in `schemathesis.toml`.
pub(crate) struct Stock {
    pub(crate) dictionaries: Vec<(&'static str, Vec<String>)>,
}

/// Fills the sandbox.
pub(crate) fn lay_in(sandbox: &Sandbox) -> anyhow::Result<Stock> {
    let (access, refresh) = sandbox.pair()?;
    let bank = sandbox.reconfirming_bank(&access)?;
    let create = |path: &str, body: &Value| sandbox.call("POST", path, &access, body);
    let (mut accounts, mut reconfirmable, mut acceptable) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..PIECES {
        let terms = json!({ "institution_id": bank, "access_valid_for_days": 180, "reconfirmation": true });
        let agreement = text(&create("/api/v2/agreements/enduser/", &terms)?, "/id")?;
        let asked = json!({ "redirect": null, "institution_id": bank, "agreement": agreement });
        let requisition = text(&create("/api/v2/requisitions/", &asked)?, "/id")?;
        let linked = sandbox.call("POST", "/_sandbox/link", "", &json!({ "requisition": requisition }))?;
        accounts.push(text(&linked, "/accounts/0")?);
        accounts.push(text(&linked, "/accounts/1")?);
        reconfirmable.push(agreement);
        let spare = create("/api/v2/agreements/enduser/", &json!({ "institution_id": TEST_BANK }))?;
        acceptable.push(text(&spare, "/id")?);
    }
    Ok(Stock {
        dictionaries: vec![
            ("institutions", vec![TEST_BANK.to_owned()]),
            ("accounts", accounts),
            ("reconfirmable", reconfirmable),
            ("acceptable", acceptable),
            ("refresh", vec![refresh]),
            ("secret-id", vec![sandbox.secret_id.clone()]),
            ("secret-key", vec![sandbox.secret_key.clone()]),
        ],
    })
}
