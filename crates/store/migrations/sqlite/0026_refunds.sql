-- What is paid back to an organisation that left: one person prepares it, another authorises it, then it is transferred.

CREATE TABLE refund (
    id BLOB NOT NULL PRIMARY KEY,
    pot BLOB NOT NULL REFERENCES pot (id),
    -- Its number in the pot, from 1.
    number INTEGER NOT NULL,
    organisation BLOB NOT NULL REFERENCES organisation (id),
    amount INTEGER NOT NULL,
    payee TEXT NOT NULL,
    iban TEXT NOT NULL,
    state TEXT NOT NULL,
    approved_by BLOB NOT NULL REFERENCES person (id),
    approved_at INTEGER NOT NULL,
    approved_hash BLOB NOT NULL,
    authorised_by BLOB REFERENCES person (id),
    authorised_at INTEGER,
    ended_by BLOB REFERENCES person (id),
    ended_at INTEGER,
    reason TEXT NOT NULL,
    CONSTRAINT refund_number_unique UNIQUE (pot, number),
    CONSTRAINT refund_amount CHECK (amount > 0),
    CONSTRAINT refund_state CHECK (state IN ('approved', 'authorised', 'paid', 'settled', 'withdrawn')),
    CONSTRAINT refund_two_persons CHECK (authorised_by <> approved_by)
) STRICT;
CREATE INDEX refund_pot_state ON refund (pot, state, number);
CREATE INDEX refund_organisation ON refund (organisation, pot);

-- A transfer pays an invoice or what is paid back: the table is made anew, for a column may not lose its NOT NULL here.
CREATE TABLE payment_anew (
    id BLOB NOT NULL PRIMARY KEY,
    invoice BLOB REFERENCES invoice (id),
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
    bounced_reason TEXT NOT NULL DEFAULT '',
    refund BLOB REFERENCES refund (id),
    CONSTRAINT payment_end_to_end_unique UNIQUE (end_to_end),
    CONSTRAINT payment_of_one CHECK ((invoice IS NULL) <> (refund IS NULL))
) STRICT;
INSERT INTO payment_anew (id, invoice, end_to_end, paid_on, reference, posting, ordered_by, created_at, settled_on,
    settled_posting, bounced_on, bounced_posting, bounced_reason)
SELECT id, invoice, end_to_end, paid_on, reference, posting, ordered_by, created_at, settled_on,
    settled_posting, bounced_on, bounced_posting, bounced_reason FROM payment;
DROP TABLE payment;
ALTER TABLE payment_anew RENAME TO payment;
CREATE UNIQUE INDEX payment_once ON payment (invoice) WHERE bounced_on IS NULL;
CREATE INDEX payment_invoice ON payment (invoice);
CREATE UNIQUE INDEX payment_refund_once ON payment (refund) WHERE bounced_on IS NULL;
CREATE INDEX payment_refund ON payment (refund);
