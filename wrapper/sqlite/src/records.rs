//! Records as rows. Each function is one transaction.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use gocardless_bank_data_runtime::state::{Change, Key, Loaded, Record};
use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior};

const FIND: &str = "SELECT version, expires_at, value FROM record WHERE key = ?1";
const FIND_VERSION: &str = "SELECT version, expires_at FROM record WHERE key = ?1";
const WRITE: &str = "INSERT INTO record (key, version, expires_at, value) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (key) DO UPDATE SET version = ?2, expires_at = ?3, value = ?4";
const DELETE: &str = "DELETE FROM record WHERE key = ?1";

/// Some at a time, so that no write waits for a long clearance. More than a write adds, so that they end.
const DELETE_EXPIRED: &str = "DELETE FROM record WHERE key IN
    (SELECT key FROM record WHERE expires_at <= ?1 ORDER BY expires_at LIMIT 16)";

/// The records under these keys at one instant, and the clock just after it.
pub(crate) fn load(connection: &mut Connection, keys: &[Key]) -> rusqlite::Result<Loaded> {
    let transaction = connection.transaction()?;
    let mut find = transaction.prepare_cached(FIND)?;
    let rows = keys.iter().map(|key| {
        find.query_row([key.as_str()], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get(2)?)))
            .optional()
    });
    let rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    let now = SystemTime::now();
    let instant = microseconds(now);
    let records = rows.into_iter().map(|row| {
        let (version, expires_at, value) = row?;
        (expires_at > instant).then(|| Record { version: version.unsigned_abs(), value })
    });
    Ok(Loaded { records: records.collect(), now })
}

/// Writes all of the changes, or nothing and returns `false`.
pub(crate) fn compare_and_swap(connection: &mut Connection, changes: &[Change]) -> rusqlite::Result<bool> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let now = microseconds(SystemTime::now());
    let Some(versions) = versions_as_expected(&transaction, changes, now)? else { return Ok(false) };
    for (change, version) in changes.iter().zip(versions) {
        let key = change.key.as_str();
        match &change.value {
            Some(value) => {
                // By the clock, so that a record which was deleted or lost does not come back with a version that some
                // process still remembers.
                let version = now.max(version.saturating_add(1));
                let expires_at = now.saturating_add(whole_microseconds(change.ttl));
                transaction.prepare_cached(WRITE)?.execute((key, version, expires_at, value))?
            }
            None => transaction.prepare_cached(DELETE)?.execute([key])?,
        };
    }
    transaction.prepare_cached(DELETE_EXPIRED)?.execute([now])?;
    transaction.commit()?;
    Ok(true)
}

/// The version of each record as it is in the file, or `None` if one is not as expected. A record that has expired counts
/// as version 0.
fn versions_as_expected(
    transaction: &Transaction<'_>,
    changes: &[Change],
    now: i64,
) -> rusqlite::Result<Option<Vec<i64>>> {
    let mut find = transaction.prepare_cached(FIND_VERSION)?;
    let mut versions = Vec::with_capacity(changes.len());
    for change in changes {
        let row =
            find.query_row([change.key.as_str()], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)));
        let (version, expires_at) = row.optional()?.unwrap_or((0, i64::MAX));
        let found = if expires_at > now { version } else { 0 };
        if i64::try_from(change.expected) != Ok(found) {
            return Ok(None);
        }
        versions.push(version);
    }
    Ok(Some(versions))
}

/// Since 1970, as SQLite's integers have it: enough for 292,000 years.
fn microseconds(instant: SystemTime) -> i64 {
    whole_microseconds(instant.duration_since(UNIX_EPOCH).unwrap_or_default())
}

fn whole_microseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::Access;

    #[test]
    fn no_statement_reads_more_than_it_needs() {
        let directory = test_support::Directory::default();
        let path = directory.file("state");
        let (connection, _) =
            crate::database::open(&path, &crate::state::SCHEMA, Access::Owner, Duration::from_secs(60))
                .unwrap();
        for (statement, parameters) in
            [(FIND, 1), (FIND_VERSION, 1), (WRITE, 4), (DELETE, 1), (DELETE_EXPIRED, 1)]
        {
            let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {statement}")).unwrap();
            let rows = plan
                .query_map(rusqlite::params_from_iter(vec![0_i64; parameters]), |row| row.get::<_, String>(3))
                .unwrap();
            for row in rows.map(Result::unwrap) {
                let by_key = row == "SEARCH record USING PRIMARY KEY (key=?)";
                let by_expiry = row == "SEARCH record USING COVERING INDEX record_expires_at (expires_at<?)";
                assert!(by_key || by_expiry || row.starts_with("LIST SUBQUERY"), "{statement}: {row}");
            }
        }
    }
}
