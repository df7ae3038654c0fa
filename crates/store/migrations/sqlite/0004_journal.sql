-- The journal: append-only, hash-chained, two books a pot.

CREATE TABLE pot_head (
    pot BLOB NOT NULL REFERENCES pot (id),
    book TEXT NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (pot, book),
    CONSTRAINT pot_head_book CHECK (book IN ('cash', 'promises'))
) STRICT;

CREATE TABLE account (
    id BLOB NOT NULL PRIMARY KEY,
    pot BLOB NOT NULL REFERENCES pot (id),
    book TEXT NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    organisation BLOB,
    feature BLOB,
    contract BLOB,
    source TEXT,
    gift_fund BLOB,
    min_balance INTEGER NOT NULL,
    max_balance INTEGER NOT NULL,
    balance INTEGER NOT NULL,
    CONSTRAINT account_key_unique UNIQUE (pot, book, key),
    CONSTRAINT account_not_below CHECK (balance >= min_balance),
    CONSTRAINT account_not_above CHECK (balance <= max_balance)
) STRICT;
CREATE INDEX account_organisation ON account (organisation, pot);
CREATE INDEX account_feature ON account (feature);
CREATE INDEX account_kind ON account (pot, book, kind);

CREATE TABLE posting (
    id BLOB NOT NULL PRIMARY KEY,
    pot BLOB NOT NULL REFERENCES pot (id),
    book TEXT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    nature TEXT,
    round BLOB REFERENCES round (id),
    feature BLOB REFERENCES feature (id),
    milestone BLOB,
    decision BLOB REFERENCES decision (id),
    organisation BLOB,
    reverses BLOB REFERENCES posting (id),
    actor_commitment BLOB NOT NULL,
    reason_commitment BLOB,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL,
    CONSTRAINT posting_seq_unique UNIQUE (pot, book, seq),
    CONSTRAINT posting_seq_positive CHECK (seq > 0)
) STRICT;
-- Few entries are reversed: an index that also held all the NULLs would look useless to the planner.
CREATE UNIQUE INDEX posting_reversed_once ON posting (reverses) WHERE reverses IS NOT NULL;
CREATE INDEX posting_feature ON posting (feature, seq);
CREATE INDEX posting_round ON posting (round, kind);
CREATE INDEX posting_organisation ON posting (organisation, pot, seq);
CREATE INDEX posting_kind ON posting (pot, kind, effective_on);

CREATE TABLE transfer (
    posting BLOB NOT NULL REFERENCES posting (id),
    position INTEGER NOT NULL,
    from_account BLOB NOT NULL REFERENCES account (id),
    to_account BLOB NOT NULL REFERENCES account (id),
    amount INTEGER NOT NULL,
    from_commitment BLOB NOT NULL,
    from_organisation_commitment BLOB,
    to_commitment BLOB NOT NULL,
    to_organisation_commitment BLOB,
    PRIMARY KEY (posting, position),
    CONSTRAINT transfer_amount_positive CHECK (amount > 0),
    CONSTRAINT transfer_two_accounts CHECK (from_account <> to_account)
) STRICT;
CREATE INDEX transfer_from ON transfer (from_account, posting);
CREATE INDEX transfer_to ON transfer (to_account, posting);

-- Erasable: salts and values of the commitments. Erasing a row leaves the chain valid, since the commitments stay.
CREATE TABLE posting_detail (
    posting BLOB NOT NULL PRIMARY KEY REFERENCES posting (id),
    actor_salt BLOB NOT NULL,
    actor TEXT NOT NULL,
    reason_salt BLOB,
    reason TEXT,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE transfer_detail (
    posting BLOB NOT NULL,
    position INTEGER NOT NULL,
    from_salt BLOB NOT NULL,
    from_organisation_salt BLOB NOT NULL,
    from_key TEXT NOT NULL,
    to_salt BLOB NOT NULL,
    to_organisation_salt BLOB NOT NULL,
    to_key TEXT NOT NULL,
    PRIMARY KEY (posting, position),
    FOREIGN KEY (posting, position) REFERENCES transfer (posting, position)
) STRICT;

-- Acts that happen once until they are reversed: the row is removed by the reversal of its posting.
CREATE TABLE posting_once (
    pot BLOB NOT NULL REFERENCES pot (id),
    act TEXT NOT NULL,
    subject BLOB NOT NULL,
    posting BLOB NOT NULL REFERENCES posting (id),
    PRIMARY KEY (pot, act, subject)
) STRICT;
CREATE INDEX posting_once_posting ON posting_once (posting);

-- What money that came in rests on: a treasurer's entry with its proof (bank lines come later).
CREATE TABLE receipt (
    posting BLOB NOT NULL PRIMARY KEY REFERENCES posting (id),
    pot BLOB NOT NULL REFERENCES pot (id),
    received_on TEXT NOT NULL,
    proof BLOB REFERENCES file (id),
    reference TEXT NOT NULL
) STRICT;

-- A round's distribution as it was previewed and posted: what each organisation got and why.
CREATE TABLE round_share (
    round BLOB NOT NULL REFERENCES round (id),
    organisation BLOB NOT NULL REFERENCES organisation (id),
    posting BLOB NOT NULL REFERENCES posting (id),
    equal_part INTEGER NOT NULL,
    paid_part INTEGER NOT NULL,
    manual_part INTEGER NOT NULL,
    gift_part INTEGER NOT NULL,
    PRIMARY KEY (posting, organisation)
) STRICT;
CREATE INDEX round_share_round ON round_share (round, organisation);

CREATE TABLE idempotency (
    pot BLOB NOT NULL REFERENCES pot (id),
    actor TEXT NOT NULL,
    channel TEXT NOT NULL,
    key TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    answer TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (pot, actor, channel, key),
    CONSTRAINT idempotency_channel CHECK (channel IN ('api', 'form', 'job'))
) STRICT;

CREATE TABLE check_report (
    id BLOB NOT NULL PRIMARY KEY,
    pot BLOB REFERENCES pot (id),
    at INTEGER NOT NULL,
    breaches INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX check_report_at ON check_report (at);

CREATE TRIGGER posting_no_update BEFORE UPDATE ON posting BEGIN
    SELECT RAISE(ABORT, 'posting is append-only');
END;
CREATE TRIGGER posting_no_delete BEFORE DELETE ON posting BEGIN
    SELECT RAISE(ABORT, 'posting is append-only');
END;

CREATE TRIGGER transfer_no_update BEFORE UPDATE ON transfer BEGIN
    SELECT RAISE(ABORT, 'transfer is append-only');
END;
CREATE TRIGGER transfer_no_delete BEFORE DELETE ON transfer BEGIN
    SELECT RAISE(ABORT, 'transfer is append-only');
END;

-- INSERT OR REPLACE would delete the row that stands there without firing the trigger above.
CREATE TRIGGER posting_no_replace BEFORE INSERT ON posting
WHEN EXISTS (SELECT 1 FROM posting WHERE id = NEW.id OR (pot = NEW.pot AND book = NEW.book AND seq = NEW.seq))
BEGIN
    SELECT RAISE(ABORT, 'posting is append-only');
END;
CREATE TRIGGER transfer_no_replace BEFORE INSERT ON transfer
WHEN EXISTS (SELECT 1 FROM transfer WHERE posting = NEW.posting AND position = NEW.position)
BEGIN
    SELECT RAISE(ABORT, 'transfer is append-only');
END;
