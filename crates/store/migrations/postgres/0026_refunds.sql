-- What is paid back to an organisation that left: one person prepares it, another authorises it, then it is transferred.

CREATE TABLE refund (
    id UUID NOT NULL PRIMARY KEY,
    pot UUID NOT NULL REFERENCES pot (id),
    -- Its number in the pot, from 1.
    number BIGINT NOT NULL,
    organisation UUID NOT NULL REFERENCES organisation (id),
    amount BIGINT NOT NULL,
    payee TEXT NOT NULL,
    iban TEXT NOT NULL,
    state TEXT NOT NULL,
    approved_by UUID NOT NULL REFERENCES person (id),
    approved_at BIGINT NOT NULL,
    approved_hash BYTEA NOT NULL,
    authorised_by UUID REFERENCES person (id),
    authorised_at BIGINT,
    ended_by UUID REFERENCES person (id),
    ended_at BIGINT,
    reason TEXT NOT NULL,
    CONSTRAINT refund_number_unique UNIQUE (pot, number),
    CONSTRAINT refund_amount CHECK (amount > 0),
    CONSTRAINT refund_state CHECK (state IN ('approved', 'authorised', 'paid', 'settled', 'withdrawn')),
    CONSTRAINT refund_two_persons CHECK (authorised_by <> approved_by)
);
CREATE INDEX refund_pot_state ON refund (pot, state, number);
CREATE INDEX refund_organisation ON refund (organisation, pot);

-- A transfer pays an invoice or what is paid back.
ALTER TABLE payment ALTER COLUMN invoice DROP NOT NULL;
ALTER TABLE payment ADD COLUMN refund UUID REFERENCES refund (id);
ALTER TABLE payment ADD CONSTRAINT payment_of_one CHECK ((invoice IS NULL) <> (refund IS NULL));
CREATE UNIQUE INDEX payment_refund_once ON payment (refund) WHERE bounced_on IS NULL;
CREATE INDEX payment_refund ON payment (refund);
