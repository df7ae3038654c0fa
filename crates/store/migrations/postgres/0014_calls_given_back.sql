-- What a cover's call received and was given back, since whoever was late paid all the same. Where it was before this
-- was written down: what a call isn't covered for any more was paid back to the oldest of its covers first.
ALTER TABLE fund_call ADD COLUMN repaid BIGINT NOT NULL DEFAULT 0
    CONSTRAINT fund_call_repaid CHECK (repaid >= 0 AND repaid <= received);
UPDATE fund_call SET repaid = GREATEST(0, LEAST(received,
    (SELECT SUM(other.amount - other.cancelled) FROM fund_call other WHERE other.covers = fund_call.covers)
    - (SELECT covered.covered FROM fund_call covered WHERE covered.id = fund_call.covers)
    - COALESCE((SELECT SUM(older.received) FROM fund_call older
        WHERE older.covers = fund_call.covers AND older.number < fund_call.number), 0)))
WHERE covers IS NOT NULL AND (SELECT feature.state FROM feature WHERE feature.id = fund_call.feature) = 'building';

-- A payment that brings more than was called is one receipt, also when nothing of it was called.
ALTER TABLE call_receipt ADD COLUMN late BIGINT NOT NULL DEFAULT 0;
ALTER TABLE call_receipt ADD COLUMN excess BIGINT NOT NULL DEFAULT 0;
ALTER TABLE call_receipt DROP CONSTRAINT call_receipt_amount;
ALTER TABLE call_receipt ADD CONSTRAINT call_receipt_amount CHECK (amount >= 0 AND late >= 0 AND late <= amount
    AND excess >= 0 AND amount + excess > 0);
UPDATE call_receipt SET excess = COALESCE((SELECT SUM(t.amount) FROM transfer t
    JOIN account a ON a.id = t.to_account WHERE t.posting = call_receipt.posting AND a.kind = 'pool'), 0);
