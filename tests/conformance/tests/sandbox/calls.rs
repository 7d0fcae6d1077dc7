//! The calls in `journeys.txt`: those of the drivers, and invalid ones.

use chrono::NaiveDate;
use gocardless_bank_data::Error;
use test_support::{Operation, Returned, driver};

use super::stage::Stage;

/// Makes the call of this name.
pub(crate) async fn make(name: &str, operation: &Operation, stage: &mut Stage) -> Result<Returned, Error> {
    let driver = driver(&operation.key);
    let bank = &stage.bank;
    match name {
        "minimal" => (driver.minimal)(bank, &stage.subject).await,
        "full" => (driver.full)(bank, &stage.subject).await,
        "malformed id" => {
            stage.subject.agreement = "no-uuid".parse().unwrap();
            stage.subject.requisition = "no-uuid".parse().unwrap();
            stage.subject.account = "no-uuid".parse().unwrap();
            (driver.minimal)(bank, &stage.subject).await
        }
        "no such country" => bank.institutions().list().country("XY").send().await.map(Returned::from),
        "no such address" => bank
            .agreements()
            .accept(&stage.subject.agreement, "a", "nowhere")
            .send()
            .await
            .map(Returned::from),
        "days to come" => transactions(stage, (2030, 1), (2030, 2)).await,
        "days reversed" => transactions(stage, (2026, 2), (2026, 1)).await,
        other => panic!("journeys.txt names the call {other:?}, which calls.rs cannot make"),
    }
}

async fn transactions(stage: &Stage, from: (i32, u32), to: (i32, u32)) -> Result<Returned, Error> {
    let first = |(year, month)| NaiveDate::from_ymd_opt(year, month, 1).unwrap();
    let call = stage.bank.account(&stage.subject.account).transactions();
    call.from(first(from)).to(first(to)).send().await.map(Returned::from)
}
