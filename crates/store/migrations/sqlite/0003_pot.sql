-- Hosts, pots, rounds, software, features and their terms.

CREATE TABLE host (
    id BLOB NOT NULL PRIMARY KEY,
    collective BLOB NOT NULL REFERENCES collective (id),
    organisation BLOB REFERENCES organisation (id),
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    iban TEXT NOT NULL,
    signatory TEXT NOT NULL,
    fee_rate INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    CONSTRAINT host_fee_rate CHECK (fee_rate >= 0 AND fee_rate <= 10000)
) STRICT;
CREATE INDEX host_collective ON host (collective);

CREATE TABLE pot (
    id BLOB NOT NULL PRIMARY KEY,
    collective BLOB NOT NULL REFERENCES collective (id),
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    exponent INTEGER NOT NULL,
    fund_mode TEXT NOT NULL,
    host BLOB REFERENCES host (id),
    bank_account BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT pot_slug_unique UNIQUE (collective, slug),
    CONSTRAINT pot_exponent CHECK (exponent >= 0 AND exponent <= 4)
) STRICT;

CREATE TABLE gift_fund (
    id BLOB NOT NULL PRIMARY KEY,
    pot BLOB NOT NULL REFERENCES pot (id),
    name TEXT NOT NULL,
    nature TEXT NOT NULL,
    earmark BLOB,
    conditions TEXT NOT NULL,
    giver TEXT NOT NULL,
    giver_public INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX gift_fund_pot ON gift_fund (pot);

CREATE TABLE round (
    id BLOB NOT NULL PRIMARY KEY,
    pot BLOB NOT NULL REFERENCES pot (id),
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    opens_on TEXT NOT NULL,
    closes_on TEXT NOT NULL,
    state TEXT NOT NULL,
    share_rule TEXT NOT NULL,
    cap INTEGER,
    lapse INTEGER NOT NULL,
    rules_version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    closed_at INTEGER,
    CONSTRAINT round_number_unique UNIQUE (pot, number),
    CONSTRAINT round_state CHECK (state IN ('open', 'closing', 'closed')),
    CONSTRAINT round_dates CHECK (closes_on >= opens_on)
) STRICT;
CREATE UNIQUE INDEX round_one_open ON round (pot) WHERE state <> 'closed';

CREATE TABLE software (
    id BLOB NOT NULL PRIMARY KEY,
    collective BLOB NOT NULL REFERENCES collective (id),
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    website TEXT NOT NULL,
    licence TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT software_slug_unique UNIQUE (collective, slug)
) STRICT;

CREATE TABLE feature (
    id BLOB NOT NULL PRIMARY KEY,
    collective BLOB NOT NULL REFERENCES collective (id),
    pot BLOB NOT NULL REFERENCES pot (id),
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    description TEXT NOT NULL,
    done_when TEXT NOT NULL,
    discussion_url TEXT NOT NULL,
    software BLOB REFERENCES software (id),
    lead BLOB NOT NULL REFERENCES organisation (id),
    lead_person BLOB,
    worker TEXT NOT NULL,
    track TEXT NOT NULL,
    state TEXT NOT NULL,
    round BLOB REFERENCES round (id),
    outside_rounds INTEGER NOT NULL,
    rules_version INTEGER NOT NULL,
    terms_version INTEGER NOT NULL,
    floor INTEGER NOT NULL,
    target INTEGER NOT NULL,
    maximum INTEGER NOT NULL,
    closing_on TEXT NOT NULL,
    allocated_total INTEGER NOT NULL,
    funded_at INTEGER,
    confirming_since INTEGER,
    ended_at INTEGER,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT feature_number_unique UNIQUE (collective, number),
    CONSTRAINT feature_allocated_total CHECK (allocated_total >= 0 AND allocated_total <= maximum),
    CONSTRAINT feature_terms CHECK (floor >= 0 AND target >= floor AND maximum >= target)
) STRICT;
CREATE INDEX feature_collective_state ON feature (collective, state, id);
CREATE INDEX feature_pot ON feature (pot, state);
CREATE INDEX feature_round ON feature (round);

CREATE TABLE feature_line (
    id BLOB NOT NULL PRIMARY KEY,
    feature BLOB NOT NULL REFERENCES feature (id),
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    minimum INTEGER NOT NULL,
    maximum INTEGER NOT NULL,
    CONSTRAINT feature_line_position_unique UNIQUE (feature, position),
    CONSTRAINT feature_line_amounts CHECK (minimum >= 0 AND maximum >= minimum)
) STRICT;

CREATE TABLE feature_income (
    feature BLOB NOT NULL REFERENCES feature (id),
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (feature, position),
    CONSTRAINT feature_income_amount CHECK (amount > 0)
) STRICT;

CREATE TABLE funding_terms (
    feature BLOB NOT NULL REFERENCES feature (id),
    version INTEGER NOT NULL,
    floor INTEGER NOT NULL,
    target INTEGER NOT NULL,
    maximum INTEGER NOT NULL,
    closing_on TEXT NOT NULL,
    surplus_rule TEXT NOT NULL,
    rules_version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (feature, version)
) STRICT;

CREATE TABLE feature_needer (
    feature BLOB NOT NULL REFERENCES feature (id),
    organisation BLOB NOT NULL REFERENCES organisation (id),
    words TEXT NOT NULL,
    person BLOB,
    created_at INTEGER NOT NULL,
    withdrawn_at INTEGER,
    PRIMARY KEY (feature, organisation)
) STRICT;

-- An organisation that left: where its own money goes, and the features on which it chose to leave it.
CREATE TABLE departure (
    id BLOB NOT NULL PRIMARY KEY,
    collective BLOB NOT NULL REFERENCES collective (id),
    organisation BLOB NOT NULL REFERENCES organisation (id),
    left_on TEXT NOT NULL,
    own_to TEXT NOT NULL,
    decision BLOB NOT NULL REFERENCES decision (id),
    created_at INTEGER NOT NULL,
    CONSTRAINT departure_once UNIQUE (collective, organisation, left_on),
    CONSTRAINT departure_own_to CHECK (own_to IN ('pool_common', 'refund_due'))
) STRICT;

CREATE TABLE departure_stay (
    departure BLOB NOT NULL REFERENCES departure (id),
    feature BLOB NOT NULL REFERENCES feature (id),
    PRIMARY KEY (departure, feature)
) STRICT;
