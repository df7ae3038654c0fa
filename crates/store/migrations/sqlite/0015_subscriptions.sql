-- Subscriptions: what organisations pay into a pot at each period, and what was called for it.

CREATE TABLE subscription (
    id BLOB NOT NULL PRIMARY KEY,
    pot BLOB NOT NULL REFERENCES pot (id),
    organisation BLOB NOT NULL REFERENCES organisation (id),
    period TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    -- The first day of the first period that is called no more.
    stops_on TEXT,
    -- How many periods were called.
    called INTEGER NOT NULL,
    -- When nothing more was left to be called.
    over_at INTEGER,
    created_at INTEGER NOT NULL,
    CONSTRAINT subscription_period CHECK (period IN ('month', 'quarter', 'year')),
    CONSTRAINT subscription_called CHECK (called >= 0)
) STRICT;
CREATE INDEX subscription_organisation ON subscription (organisation, pot, starts_on);
CREATE INDEX subscription_pot ON subscription (pot, id);
CREATE UNIQUE INDEX subscription_one ON subscription (pot, organisation) WHERE ends_on IS NULL AND stops_on IS NULL;

-- What was agreed, each time; the last one holds for the next call. Of a part of the turnover: the amount of a year, and
-- the part in basis points. By whom, and, where a treasurer wrote it down for the organisation, why.
CREATE TABLE subscription_terms (
    subscription BLOB NOT NULL REFERENCES subscription (id),
    version INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    rate INTEGER,
    agreed_by BLOB NOT NULL,
    reason TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (subscription, version),
    CONSTRAINT subscription_terms_amount CHECK (amount > 0),
    CONSTRAINT subscription_terms_rate CHECK (rate IS NULL OR (rate > 0 AND rate <= 10000))
) STRICT;

CREATE TABLE subscription_call (
    id BLOB NOT NULL PRIMARY KEY,
    pot BLOB NOT NULL REFERENCES pot (id),
    subscription BLOB NOT NULL REFERENCES subscription (id),
    organisation BLOB NOT NULL REFERENCES organisation (id),
    number INTEGER NOT NULL,
    reference TEXT NOT NULL,
    from_day TEXT NOT NULL,
    until_day TEXT NOT NULL,
    amount INTEGER NOT NULL,
    cancelled INTEGER NOT NULL,
    cancelled_by BLOB,
    reason TEXT NOT NULL,
    due_on TEXT NOT NULL,
    reminded_at INTEGER,
    created_at INTEGER NOT NULL,
    CONSTRAINT subscription_call_number_unique UNIQUE (pot, number),
    CONSTRAINT subscription_call_once UNIQUE (subscription, from_day),
    CONSTRAINT subscription_call_amounts CHECK (amount > 0 AND cancelled >= 0 AND cancelled <= amount)
) STRICT;
CREATE INDEX subscription_call_organisation ON subscription_call (organisation, pot, number);

-- Which entries were paid for subscriptions. Those that are reversed count no more.
CREATE TABLE subscription_payment (
    posting BLOB NOT NULL PRIMARY KEY REFERENCES posting (id),
    pot BLOB NOT NULL REFERENCES pot (id),
    organisation BLOB NOT NULL REFERENCES organisation (id),
    amount INTEGER NOT NULL,
    CONSTRAINT subscription_payment_amount CHECK (amount > 0)
) STRICT;
CREATE INDEX subscription_payment_organisation ON subscription_payment (organisation, pot);
