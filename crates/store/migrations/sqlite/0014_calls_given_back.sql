-- What a cover's call received and was given back, since whoever was late paid all the same. Where it was before this
-- was written down: what a call isn't covered for any more was paid back to the oldest of its covers first.
ALTER TABLE fund_call ADD COLUMN repaid INTEGER NOT NULL DEFAULT 0
    CONSTRAINT fund_call_repaid CHECK (repaid >= 0 AND repaid <= received);
UPDATE fund_call SET repaid = MAX(0, MIN(received,
    (SELECT SUM(other.amount - other.cancelled) FROM fund_call other WHERE other.covers = fund_call.covers)
    - (SELECT covered.covered FROM fund_call covered WHERE covered.id = fund_call.covers)
    - COALESCE((SELECT SUM(older.received) FROM fund_call older
        WHERE older.covers = fund_call.covers AND older.number < fund_call.number), 0)))
WHERE covers IS NOT NULL AND (SELECT feature.state FROM feature WHERE feature.id = fund_call.feature) = 'building';

-- A payment that brings more than was called is one receipt, also when nothing of it was called.
CREATE TABLE call_receipt_new (
    id BLOB NOT NULL PRIMARY KEY,
    fund_call BLOB NOT NULL REFERENCES fund_call (id),
    amount INTEGER NOT NULL,
    late INTEGER NOT NULL DEFAULT 0,
    excess INTEGER NOT NULL DEFAULT 0,
    received_on TEXT NOT NULL,
    posting BLOB REFERENCES posting (id),
    recorded_by BLOB,
    created_at INTEGER NOT NULL,
    undone_at INTEGER,
    undone_by BLOB,
    CONSTRAINT call_receipt_amount CHECK (amount >= 0 AND late >= 0 AND late <= amount AND excess >= 0
        AND amount + excess > 0)
) STRICT;
INSERT INTO call_receipt_new (id, fund_call, amount, received_on, posting, recorded_by, created_at, undone_at, undone_by)
    SELECT id, fund_call, amount, received_on, posting, recorded_by, created_at, undone_at, undone_by FROM call_receipt;
UPDATE call_receipt_new SET excess = COALESCE((SELECT SUM(t.amount) FROM transfer t
    JOIN account a ON a.id = t.to_account WHERE t.posting = call_receipt_new.posting AND a.kind = 'pool'), 0);
DROP TABLE call_receipt;
ALTER TABLE call_receipt_new RENAME TO call_receipt;
CREATE INDEX call_receipt_fund_call ON call_receipt (fund_call, id);
CREATE INDEX call_receipt_posting ON call_receipt (posting);
