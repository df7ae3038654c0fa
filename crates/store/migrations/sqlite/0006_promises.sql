-- Promises and the calls for funds that they lead to.

-- Who pays whom for one feature, where it isn't the pot's host.
ALTER TABLE feature ADD COLUMN host BLOB REFERENCES host (id);
-- Whether a round's promises are each organisation's own right, or shared out.
ALTER TABLE round ADD COLUMN promises TEXT NOT NULL DEFAULT 'as_put_in';

CREATE TABLE promise (
    id BLOB NOT NULL PRIMARY KEY,
    pot BLOB NOT NULL REFERENCES pot (id),
    organisation BLOB NOT NULL REFERENCES organisation (id),
    feature BLOB REFERENCES feature (id),
    round BLOB REFERENCES round (id),
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL,
    firm INTEGER NOT NULL,
    subject_to TEXT,
    person BLOB,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    ended_at INTEGER,
    CONSTRAINT promise_on_one_thing CHECK ((feature IS NULL) <> (round IS NULL)),
    CONSTRAINT promise_kind CHECK (kind IN ('intention', 'conditional', 'firm')),
    CONSTRAINT promise_amounts CHECK (amount >= 0 AND firm >= 0)
) STRICT;
CREATE UNIQUE INDEX promise_feature_once ON promise (feature, organisation) WHERE feature IS NOT NULL;
CREATE UNIQUE INDEX promise_round_once ON promise (round, organisation) WHERE round IS NOT NULL;
CREATE INDEX promise_organisation ON promise (organisation, pot);
CREATE INDEX promise_pot ON promise (pot, id);

-- What a promise owes after a trigger; an order line in a direct pot.
CREATE TABLE fund_call (
    id BLOB NOT NULL PRIMARY KEY,
    pot BLOB NOT NULL REFERENCES pot (id),
    feature BLOB NOT NULL REFERENCES feature (id),
    organisation BLOB NOT NULL REFERENCES organisation (id),
    number INTEGER NOT NULL,
    reference TEXT NOT NULL,
    amount INTEGER NOT NULL,
    received INTEGER NOT NULL,
    covered INTEGER NOT NULL,
    cancelled INTEGER NOT NULL,
    state TEXT NOT NULL,
    due_on TEXT NOT NULL,
    covers BLOB REFERENCES fund_call (id),
    said_paid_at INTEGER,
    said_paid_by BLOB,
    created_at INTEGER NOT NULL,
    CONSTRAINT fund_call_number_unique UNIQUE (pot, number),
    CONSTRAINT fund_call_state CHECK (state IN ('open', 'partly_paid', 'paid', 'unpaid', 'covered', 'cancelled')),
    CONSTRAINT fund_call_amounts CHECK (amount > 0 AND received >= 0 AND covered >= 0 AND cancelled >= 0
        AND received + covered + cancelled <= amount)
) STRICT;
CREATE INDEX fund_call_feature ON fund_call (feature, number);
CREATE INDEX fund_call_organisation ON fund_call (organisation, pot);
CREATE INDEX fund_call_covers ON fund_call (covers);

-- What was received for a call: confirmed by whoever is paid (direct), or posted by a treasurer (pledge).
CREATE TABLE call_receipt (
    id BLOB NOT NULL PRIMARY KEY,
    fund_call BLOB NOT NULL REFERENCES fund_call (id),
    amount INTEGER NOT NULL,
    received_on TEXT NOT NULL,
    posting BLOB REFERENCES posting (id),
    recorded_by BLOB,
    created_at INTEGER NOT NULL,
    undone_at INTEGER,
    undone_by BLOB,
    CONSTRAINT call_receipt_amount CHECK (amount > 0)
) STRICT;
CREATE INDEX call_receipt_fund_call ON call_receipt (fund_call, id);
CREATE INDEX call_receipt_posting ON call_receipt (posting);
