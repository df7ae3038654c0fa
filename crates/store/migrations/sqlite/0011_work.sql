-- The work on a funded feature of the trust track: invoices with their two persons, payments, reports, objections.

CREATE TABLE work (
    feature BLOB NOT NULL PRIMARY KEY REFERENCES feature (id),
    due_on TEXT NOT NULL,
    noticed_at INTEGER,
    cure_until TEXT,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE invoice (
    id BLOB NOT NULL PRIMARY KEY,
    pot BLOB NOT NULL REFERENCES pot (id),
    feature BLOB NOT NULL REFERENCES feature (id),
    -- Its number in the pot, from 1.
    number INTEGER NOT NULL,
    -- The number that whoever wrote it gave it, as typed and folded.
    reference TEXT NOT NULL,
    reference_key TEXT NOT NULL,
    dated_on TEXT NOT NULL,
    amount INTEGER NOT NULL,
    payee TEXT NOT NULL,
    payee_key TEXT NOT NULL,
    payee_organisation BLOB REFERENCES organisation (id),
    iban TEXT NOT NULL,
    file BLOB NOT NULL REFERENCES file (id),
    file_hash BLOB NOT NULL,
    state TEXT NOT NULL,
    entered_by BLOB NOT NULL REFERENCES person (id),
    entered_for BLOB REFERENCES organisation (id),
    created_at INTEGER NOT NULL,
    approved_by BLOB REFERENCES person (id),
    approved_at INTEGER,
    approved_hash BLOB,
    authorised_by BLOB REFERENCES person (id),
    authorised_at INTEGER,
    ended_by BLOB REFERENCES person (id),
    ended_at INTEGER,
    reason TEXT NOT NULL,
    due_posting BLOB REFERENCES posting (id),
    CONSTRAINT invoice_number_unique UNIQUE (pot, number),
    CONSTRAINT invoice_amount CHECK (amount > 0),
    CONSTRAINT invoice_state
        CHECK (state IN ('entered', 'approved', 'authorised', 'paid', 'settled', 'refused', 'withdrawn')),
    CONSTRAINT invoice_two_persons CHECK (authorised_by <> approved_by)
) STRICT;
CREATE UNIQUE INDEX invoice_reference_once ON invoice (pot, payee_key, reference_key)
    WHERE state NOT IN ('refused', 'withdrawn');
CREATE UNIQUE INDEX invoice_file_once ON invoice (pot, file_hash) WHERE state NOT IN ('refused', 'withdrawn');
CREATE INDEX invoice_feature ON invoice (feature, number);
CREATE INDEX invoice_pot_state ON invoice (pot, state, number);

-- A transfer ordered at the bank; one that came back stays, and another is ordered.
CREATE TABLE payment (
    id BLOB NOT NULL PRIMARY KEY,
    invoice BLOB NOT NULL REFERENCES invoice (id),
    end_to_end TEXT NOT NULL,
    paid_on TEXT NOT NULL,
    reference TEXT NOT NULL,
    posting BLOB NOT NULL REFERENCES posting (id),
    ordered_by BLOB NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL,
    settled_on TEXT,
    settled_posting BLOB REFERENCES posting (id),
    bounced_on TEXT,
    bounced_posting BLOB REFERENCES posting (id),
    CONSTRAINT payment_end_to_end_unique UNIQUE (end_to_end)
) STRICT;
CREATE UNIQUE INDEX payment_once ON payment (invoice) WHERE bounced_on IS NULL;

CREATE TABLE report (
    id BLOB NOT NULL PRIMARY KEY,
    feature BLOB NOT NULL REFERENCES feature (id),
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    link TEXT NOT NULL,
    organisation BLOB NOT NULL REFERENCES organisation (id),
    person BLOB NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    -- The last day on which organisations may object.
    objections_until TEXT NOT NULL,
    -- The last day of the stewards' answer.
    answer_until TEXT,
    outcome TEXT,
    decided_by BLOB REFERENCES person (id),
    decided_at INTEGER,
    reason TEXT NOT NULL,
    CONSTRAINT report_number_unique UNIQUE (feature, number),
    CONSTRAINT report_state CHECK (state IN ('open', 'contested', 'accepted', 'closed')),
    CONSTRAINT report_outcome CHECK (outcome IN ('more_time', 'delivered', 'closed_partial', 'closed_failed'))
) STRICT;
CREATE UNIQUE INDEX report_one_standing ON report (feature) WHERE state <> 'closed';

CREATE TABLE objection (
    id BLOB NOT NULL PRIMARY KEY,
    report BLOB NOT NULL REFERENCES report (id),
    organisation BLOB NOT NULL REFERENCES organisation (id),
    person BLOB NOT NULL REFERENCES person (id),
    reason TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    withdrawn_at INTEGER
) STRICT;
CREATE UNIQUE INDEX objection_once ON objection (report, organisation) WHERE withdrawn_at IS NULL;
