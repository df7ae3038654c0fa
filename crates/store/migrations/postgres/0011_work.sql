-- The work on a funded feature of the trust track: invoices with their two persons, payments, reports, objections.

CREATE TABLE work (
    feature UUID NOT NULL PRIMARY KEY REFERENCES feature (id),
    due_on TEXT NOT NULL,
    noticed_at BIGINT,
    cure_until TEXT,
    created_at BIGINT NOT NULL
);

CREATE TABLE invoice (
    id UUID NOT NULL PRIMARY KEY,
    pot UUID NOT NULL REFERENCES pot (id),
    feature UUID NOT NULL REFERENCES feature (id),
    -- Its number in the pot, from 1.
    number BIGINT NOT NULL,
    -- The number that whoever wrote it gave it, as typed and folded.
    reference TEXT NOT NULL,
    reference_key TEXT NOT NULL,
    dated_on TEXT NOT NULL,
    amount BIGINT NOT NULL,
    payee TEXT NOT NULL,
    payee_key TEXT NOT NULL,
    payee_organisation UUID REFERENCES organisation (id),
    iban TEXT NOT NULL,
    file UUID NOT NULL REFERENCES file (id),
    file_hash BYTEA NOT NULL,
    state TEXT NOT NULL,
    entered_by UUID NOT NULL REFERENCES person (id),
    entered_for UUID REFERENCES organisation (id),
    created_at BIGINT NOT NULL,
    approved_by UUID REFERENCES person (id),
    approved_at BIGINT,
    approved_hash BYTEA,
    authorised_by UUID REFERENCES person (id),
    authorised_at BIGINT,
    ended_by UUID REFERENCES person (id),
    ended_at BIGINT,
    reason TEXT NOT NULL,
    due_posting UUID REFERENCES posting (id),
    CONSTRAINT invoice_number_unique UNIQUE (pot, number),
    CONSTRAINT invoice_amount CHECK (amount > 0),
    CONSTRAINT invoice_state
        CHECK (state IN ('entered', 'approved', 'authorised', 'paid', 'settled', 'refused', 'withdrawn')),
    CONSTRAINT invoice_two_persons CHECK (authorised_by <> approved_by)
);
CREATE UNIQUE INDEX invoice_reference_once ON invoice (pot, payee_key, reference_key)
    WHERE state NOT IN ('refused', 'withdrawn');
CREATE UNIQUE INDEX invoice_file_once ON invoice (pot, file_hash) WHERE state NOT IN ('refused', 'withdrawn');
CREATE INDEX invoice_feature ON invoice (feature, number);
CREATE INDEX invoice_pot_state ON invoice (pot, state, number);

-- A transfer ordered at the bank; one that came back stays, and another is ordered.
CREATE TABLE payment (
    id UUID NOT NULL PRIMARY KEY,
    invoice UUID NOT NULL REFERENCES invoice (id),
    end_to_end TEXT NOT NULL,
    paid_on TEXT NOT NULL,
    reference TEXT NOT NULL,
    posting UUID NOT NULL REFERENCES posting (id),
    ordered_by UUID NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    settled_on TEXT,
    settled_posting UUID REFERENCES posting (id),
    bounced_on TEXT,
    bounced_posting UUID REFERENCES posting (id),
    CONSTRAINT payment_end_to_end_unique UNIQUE (end_to_end)
);
CREATE UNIQUE INDEX payment_once ON payment (invoice) WHERE bounced_on IS NULL;

CREATE TABLE report (
    id UUID NOT NULL PRIMARY KEY,
    feature UUID NOT NULL REFERENCES feature (id),
    number BIGINT NOT NULL,
    body TEXT NOT NULL,
    link TEXT NOT NULL,
    organisation UUID NOT NULL REFERENCES organisation (id),
    person UUID NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    -- The last day on which organisations may object.
    objections_until TEXT NOT NULL,
    -- The last day of the stewards' answer.
    answer_until TEXT,
    outcome TEXT,
    decided_by UUID REFERENCES person (id),
    decided_at BIGINT,
    reason TEXT NOT NULL,
    CONSTRAINT report_number_unique UNIQUE (feature, number),
    CONSTRAINT report_state CHECK (state IN ('open', 'contested', 'accepted', 'closed')),
    CONSTRAINT report_outcome CHECK (outcome IN ('more_time', 'delivered', 'closed_partial', 'closed_failed'))
);
CREATE UNIQUE INDEX report_one_standing ON report (feature) WHERE state <> 'closed';

CREATE TABLE objection (
    id UUID NOT NULL PRIMARY KEY,
    report UUID NOT NULL REFERENCES report (id),
    organisation UUID NOT NULL REFERENCES organisation (id),
    person UUID NOT NULL REFERENCES person (id),
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    withdrawn_at BIGINT
);
CREATE UNIQUE INDEX objection_once ON objection (report, organisation) WHERE withdrawn_at IS NULL;
