-- Version 1 of a ledger. Days are 2026-03-02, instants 2026-03-02T06:00:00Z, amounts decimal text.
CREATE TABLE account (
    key INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,         -- grows with each change
    person TEXT NOT NULL,             -- whose it is, in the program's own words
    api_id TEXT,                      -- its present id in the API
    institution TEXT,
    iban TEXT,
    number TEXT,                      -- another number: national, masked
    currency TEXT,
    resource TEXT,                    -- the bank's own id
    name TEXT,
    product TEXT,
    owner TEXT,
    requisition TEXT,
    agreement TEXT,
    consent_begins TEXT,
    access_days INTEGER NOT NULL,     -- of the consent
    history_days INTEGER NOT NULL,
    covers TEXT NOT NULL,             -- kinds of data, such as 'transactions balances details'
    bank_days INTEGER,                -- how far back the bank's history reaches
    standing TEXT NOT NULL,           -- active, expired, withdrawn, suspended, rejected, forgotten, or undecided and account keys
    gap_from TEXT,                    -- days whose transactions can no longer be had
    gap_to TEXT
) STRICT;

-- The ids that an account has had in the API.
CREATE TABLE api_id (
    id TEXT PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (key),
    since TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What became of the reads of each kind.
CREATE TABLE read (
    account INTEGER NOT NULL REFERENCES account (key),
    kind TEXT NOT NULL,               -- transactions, balances, details
    last_success TEXT,
    failed_at TEXT,                   -- the last failure since then
    failing_since TEXT,
    failure TEXT,
    wait_until TEXT,
    PRIMARY KEY (account, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
    account INTEGER NOT NULL REFERENCES account (key),
    key TEXT NOT NULL,                -- never changes
    state TEXT NOT NULL,              -- booked, pending, vanished
    day TEXT,
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    counterparty TEXT,
    counterparty_account TEXT,
    description TEXT NOT NULL,
    transaction_id TEXT,
    internal_id TEXT,
    reference TEXT,
    first_seen TEXT NOT NULL,
    since TEXT NOT NULL,              -- the day of the last change of state
    was_pending INTEGER NOT NULL,     -- 1: it is the booked form of an entry that was pending
    certainty TEXT,                   -- how sure that is: certain, likely, possible
    missing INTEGER NOT NULL,         -- 1: an answer that should contain it does not
    beside TEXT,                      -- of a pending one: the key of a booked one that is perhaps the same
    fingerprint TEXT NOT NULL,
    json TEXT NOT NULL                -- the transaction as the bank sent it
) STRICT;
CREATE UNIQUE INDEX entry_key ON entry (account, key);
CREATE INDEX entry_day ON entry (account, day);
CREATE INDEX entry_open ON entry (account) WHERE state = 'pending' OR day IS NULL;

CREATE TABLE balance (
    account INTEGER NOT NULL REFERENCES account (key),
    kind TEXT NOT NULL,
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    reference_day TEXT,
    read_at TEXT NOT NULL
) STRICT;
CREATE INDEX balance_account ON balance (account);

-- Entries that could not be read.
CREATE TABLE unread (
    account INTEGER NOT NULL REFERENCES account (key),
    fingerprint TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    path TEXT NOT NULL,
    reason TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (account, fingerprint)
) STRICT, WITHOUT ROWID;
