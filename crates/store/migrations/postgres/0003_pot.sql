-- Hosts, pots, rounds, software, features and their terms.

CREATE TABLE host (
    id UUID NOT NULL PRIMARY KEY,
    collective UUID NOT NULL REFERENCES collective (id),
    organisation UUID REFERENCES organisation (id),
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    iban TEXT NOT NULL,
    signatory TEXT NOT NULL,
    fee_rate BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    CONSTRAINT host_fee_rate CHECK (fee_rate >= 0 AND fee_rate <= 10000)
);
CREATE INDEX host_collective ON host (collective);

CREATE TABLE pot (
    id UUID NOT NULL PRIMARY KEY,
    collective UUID NOT NULL REFERENCES collective (id),
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    exponent BIGINT NOT NULL,
    fund_mode TEXT NOT NULL,
    host UUID REFERENCES host (id),
    bank_account UUID NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT pot_slug_unique UNIQUE (collective, slug),
    CONSTRAINT pot_exponent CHECK (exponent >= 0 AND exponent <= 4)
);

CREATE TABLE gift_fund (
    id UUID NOT NULL PRIMARY KEY,
    pot UUID NOT NULL REFERENCES pot (id),
    name TEXT NOT NULL,
    nature TEXT NOT NULL,
    earmark UUID,
    conditions TEXT NOT NULL,
    giver TEXT NOT NULL,
    giver_public BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX gift_fund_pot ON gift_fund (pot);

CREATE TABLE round (
    id UUID NOT NULL PRIMARY KEY,
    pot UUID NOT NULL REFERENCES pot (id),
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    opens_on TEXT NOT NULL,
    closes_on TEXT NOT NULL,
    state TEXT NOT NULL,
    share_rule TEXT NOT NULL,
    cap BIGINT,
    lapse BIGINT NOT NULL,
    rules_version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    closed_at BIGINT,
    CONSTRAINT round_number_unique UNIQUE (pot, number),
    CONSTRAINT round_state CHECK (state IN ('open', 'closing', 'closed')),
    CONSTRAINT round_dates CHECK (closes_on >= opens_on)
);
CREATE UNIQUE INDEX round_one_open ON round (pot) WHERE state <> 'closed';

CREATE TABLE software (
    id UUID NOT NULL PRIMARY KEY,
    collective UUID NOT NULL REFERENCES collective (id),
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    website TEXT NOT NULL,
    licence TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT software_slug_unique UNIQUE (collective, slug)
);

CREATE TABLE feature (
    id UUID NOT NULL PRIMARY KEY,
    collective UUID NOT NULL REFERENCES collective (id),
    pot UUID NOT NULL REFERENCES pot (id),
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    description TEXT NOT NULL,
    done_when TEXT NOT NULL,
    discussion_url TEXT NOT NULL,
    software UUID REFERENCES software (id),
    lead UUID NOT NULL REFERENCES organisation (id),
    lead_person UUID,
    worker TEXT NOT NULL,
    track TEXT NOT NULL,
    state TEXT NOT NULL,
    round UUID REFERENCES round (id),
    outside_rounds BIGINT NOT NULL,
    rules_version BIGINT NOT NULL,
    terms_version BIGINT NOT NULL,
    floor BIGINT NOT NULL,
    target BIGINT NOT NULL,
    maximum BIGINT NOT NULL,
    closing_on TEXT NOT NULL,
    allocated_total BIGINT NOT NULL,
    funded_at BIGINT,
    confirming_since BIGINT,
    ended_at BIGINT,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT feature_number_unique UNIQUE (collective, number),
    CONSTRAINT feature_allocated_total CHECK (allocated_total >= 0 AND allocated_total <= maximum),
    CONSTRAINT feature_terms CHECK (floor >= 0 AND target >= floor AND maximum >= target)
);
CREATE INDEX feature_collective_state ON feature (collective, state, id);
CREATE INDEX feature_pot ON feature (pot, state);
CREATE INDEX feature_round ON feature (round);

CREATE TABLE feature_line (
    id UUID NOT NULL PRIMARY KEY,
    feature UUID NOT NULL REFERENCES feature (id),
    position BIGINT NOT NULL,
    label TEXT NOT NULL,
    minimum BIGINT NOT NULL,
    maximum BIGINT NOT NULL,
    CONSTRAINT feature_line_position_unique UNIQUE (feature, position),
    CONSTRAINT feature_line_amounts CHECK (minimum >= 0 AND maximum >= minimum)
);

CREATE TABLE feature_income (
    feature UUID NOT NULL REFERENCES feature (id),
    position BIGINT NOT NULL,
    label TEXT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (feature, position),
    CONSTRAINT feature_income_amount CHECK (amount > 0)
);

CREATE TABLE funding_terms (
    feature UUID NOT NULL REFERENCES feature (id),
    version BIGINT NOT NULL,
    floor BIGINT NOT NULL,
    target BIGINT NOT NULL,
    maximum BIGINT NOT NULL,
    closing_on TEXT NOT NULL,
    surplus_rule TEXT NOT NULL,
    rules_version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (feature, version)
);

CREATE TABLE feature_needer (
    feature UUID NOT NULL REFERENCES feature (id),
    organisation UUID NOT NULL REFERENCES organisation (id),
    words TEXT NOT NULL,
    person UUID,
    created_at BIGINT NOT NULL,
    withdrawn_at BIGINT,
    PRIMARY KEY (feature, organisation)
);

-- An organisation that left: where its own money goes, and the features on which it chose to leave it.
CREATE TABLE departure (
    id UUID NOT NULL PRIMARY KEY,
    collective UUID NOT NULL REFERENCES collective (id),
    organisation UUID NOT NULL REFERENCES organisation (id),
    left_on TEXT NOT NULL,
    own_to TEXT NOT NULL,
    decision UUID NOT NULL REFERENCES decision (id),
    created_at BIGINT NOT NULL,
    CONSTRAINT departure_once UNIQUE (collective, organisation, left_on),
    CONSTRAINT departure_own_to CHECK (own_to IN ('pool_common', 'refund_due'))
);

CREATE TABLE departure_stay (
    departure UUID NOT NULL REFERENCES departure (id),
    feature UUID NOT NULL REFERENCES feature (id),
    PRIMARY KEY (departure, feature)
);
