-- The journal: append-only, hash-chained, two books a pot.

CREATE TABLE pot_head (
    pot UUID NOT NULL REFERENCES pot (id),
    book TEXT NOT NULL,
    seq BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (pot, book),
    CONSTRAINT pot_head_book CHECK (book IN ('cash', 'promises'))
);

CREATE TABLE account (
    id UUID NOT NULL PRIMARY KEY,
    pot UUID NOT NULL REFERENCES pot (id),
    book TEXT NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    organisation UUID,
    feature UUID,
    contract UUID,
    source TEXT,
    gift_fund UUID,
    min_balance BIGINT NOT NULL,
    max_balance BIGINT NOT NULL,
    balance BIGINT NOT NULL,
    CONSTRAINT account_key_unique UNIQUE (pot, book, key),
    CONSTRAINT account_not_below CHECK (balance >= min_balance),
    CONSTRAINT account_not_above CHECK (balance <= max_balance)
);
CREATE INDEX account_organisation ON account (organisation, pot);
CREATE INDEX account_feature ON account (feature);
CREATE INDEX account_kind ON account (pot, book, kind);

CREATE TABLE posting (
    id UUID NOT NULL PRIMARY KEY,
    pot UUID NOT NULL REFERENCES pot (id),
    book TEXT NOT NULL,
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    nature TEXT,
    round UUID REFERENCES round (id),
    feature UUID REFERENCES feature (id),
    milestone UUID,
    decision UUID REFERENCES decision (id),
    organisation UUID,
    reverses UUID REFERENCES posting (id),
    actor_commitment BYTEA NOT NULL,
    reason_commitment BYTEA,
    previous BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    CONSTRAINT posting_seq_unique UNIQUE (pot, book, seq),
    CONSTRAINT posting_seq_positive CHECK (seq > 0)
);
-- Few entries are reversed: an index that also held all the NULLs would look useless to the planner.
CREATE UNIQUE INDEX posting_reversed_once ON posting (reverses) WHERE reverses IS NOT NULL;
CREATE INDEX posting_feature ON posting (feature, seq);
CREATE INDEX posting_round ON posting (round, kind);
CREATE INDEX posting_organisation ON posting (organisation, pot, seq);
CREATE INDEX posting_kind ON posting (pot, kind, effective_on);

CREATE TABLE transfer (
    posting UUID NOT NULL REFERENCES posting (id),
    position BIGINT NOT NULL,
    from_account UUID NOT NULL REFERENCES account (id),
    to_account UUID NOT NULL REFERENCES account (id),
    amount BIGINT NOT NULL,
    from_commitment BYTEA NOT NULL,
    from_organisation_commitment BYTEA,
    to_commitment BYTEA NOT NULL,
    to_organisation_commitment BYTEA,
    PRIMARY KEY (posting, position),
    CONSTRAINT transfer_amount_positive CHECK (amount > 0),
    CONSTRAINT transfer_two_accounts CHECK (from_account <> to_account)
);
CREATE INDEX transfer_from ON transfer (from_account, posting);
CREATE INDEX transfer_to ON transfer (to_account, posting);

-- Erasable: salts and values of the commitments. Erasing a row leaves the chain valid, since the commitments stay.
CREATE TABLE posting_detail (
    posting UUID NOT NULL PRIMARY KEY REFERENCES posting (id),
    actor_salt BYTEA NOT NULL,
    actor TEXT NOT NULL,
    reason_salt BYTEA,
    reason TEXT,
    note TEXT NOT NULL
);

CREATE TABLE transfer_detail (
    posting UUID NOT NULL,
    position BIGINT NOT NULL,
    from_salt BYTEA NOT NULL,
    from_organisation_salt BYTEA NOT NULL,
    from_key TEXT NOT NULL,
    to_salt BYTEA NOT NULL,
    to_organisation_salt BYTEA NOT NULL,
    to_key TEXT NOT NULL,
    PRIMARY KEY (posting, position),
    FOREIGN KEY (posting, position) REFERENCES transfer (posting, position)
);

-- Acts that happen once until they are reversed: the row is removed by the reversal of its posting.
CREATE TABLE posting_once (
    pot UUID NOT NULL REFERENCES pot (id),
    act TEXT NOT NULL,
    subject UUID NOT NULL,
    posting UUID NOT NULL REFERENCES posting (id),
    PRIMARY KEY (pot, act, subject)
);
CREATE INDEX posting_once_posting ON posting_once (posting);

-- What money that came in rests on: a treasurer's entry with its proof (bank lines come later).
CREATE TABLE receipt (
    posting UUID NOT NULL PRIMARY KEY REFERENCES posting (id),
    pot UUID NOT NULL REFERENCES pot (id),
    received_on TEXT NOT NULL,
    proof UUID REFERENCES file (id),
    reference TEXT NOT NULL
);

-- A round's distribution as it was previewed and posted: what each organisation got and why.
CREATE TABLE round_share (
    round UUID NOT NULL REFERENCES round (id),
    organisation UUID NOT NULL REFERENCES organisation (id),
    posting UUID NOT NULL REFERENCES posting (id),
    equal_part BIGINT NOT NULL,
    paid_part BIGINT NOT NULL,
    manual_part BIGINT NOT NULL,
    gift_part BIGINT NOT NULL,
    PRIMARY KEY (posting, organisation)
);
CREATE INDEX round_share_round ON round_share (round, organisation);

CREATE TABLE idempotency (
    pot UUID NOT NULL REFERENCES pot (id),
    actor TEXT NOT NULL,
    channel TEXT NOT NULL,
    key TEXT NOT NULL,
    request_hash BYTEA NOT NULL,
    answer TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (pot, actor, channel, key),
    CONSTRAINT idempotency_channel CHECK (channel IN ('api', 'form', 'job'))
);

CREATE TABLE check_report (
    id UUID NOT NULL PRIMARY KEY,
    pot UUID REFERENCES pot (id),
    at BIGINT NOT NULL,
    breaches BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX check_report_at ON check_report (at);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER posting_no_change BEFORE UPDATE OR DELETE ON posting FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER posting_no_truncate BEFORE TRUNCATE ON posting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER transfer_no_change BEFORE UPDATE OR DELETE ON transfer FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER transfer_no_truncate BEFORE TRUNCATE ON transfer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
