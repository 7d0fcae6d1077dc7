-- Version 2 of a ledger.
-- 1: the account has had entries without a date, which are listed only if no day is asked for.
ALTER TABLE account ADD COLUMN undated INTEGER NOT NULL DEFAULT 0;
UPDATE account SET undated = 1 WHERE key IN (SELECT account FROM entry WHERE day IS NULL);
