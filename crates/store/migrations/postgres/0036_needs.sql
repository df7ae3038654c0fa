-- The register of software, and needs: what members lack, in their words, who lacks it too, by which ways it could come,
-- and which features came of it. Amounts here are intentions in the currency of the collective's first pot, never money.

ALTER TABLE software ADD COLUMN repository TEXT NOT NULL DEFAULT '';
ALTER TABLE software ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE software ADD COLUMN roadmap TEXT NOT NULL DEFAULT '';
ALTER TABLE software ADD COLUMN funding TEXT NOT NULL DEFAULT '';
ALTER TABLE software ADD COLUMN maintainers TEXT NOT NULL DEFAULT '';
-- Its maintainers want no funded requests; where they say so.
ALTER TABLE software ADD COLUMN opted_out BIGINT NOT NULL DEFAULT 0
    CONSTRAINT software_opted_out CHECK (opted_out IN (0, 1));
ALTER TABLE software ADD COLUMN opted_out_url TEXT NOT NULL DEFAULT '';
ALTER TABLE software ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
-- How many member organisations say that they run it: counted anew whenever one says so or stops.
ALTER TABLE software ADD COLUMN hosted_by BIGINT NOT NULL DEFAULT 0;

-- Who runs a software here. What was read elsewhere counts once the organisation confirmed it.
CREATE TABLE software_user (
    software UUID NOT NULL REFERENCES software (id),
    organisation UUID NOT NULL REFERENCES organisation (id),
    users BIGINT,
    url TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    confirmed_by UUID REFERENCES person (id),
    ended_at BIGINT,
    PRIMARY KEY (software, organisation),
    CONSTRAINT software_user_users CHECK (users IS NULL OR users >= 0),
    CONSTRAINT software_user_source CHECK (source IN ('said', 'imported'))
);
CREATE INDEX software_user_organisation ON software_user (organisation, ended_at);

CREATE TABLE need (
    id UUID NOT NULL PRIMARY KEY,
    collective UUID NOT NULL REFERENCES collective (id),
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    why TEXT NOT NULL,
    software UUID REFERENCES software (id),
    discussion_url TEXT NOT NULL,
    -- Who wrote it; nobody where a guest did.
    author UUID REFERENCES person (id),
    organisation UUID REFERENCES organisation (id),
    guest_name TEXT NOT NULL DEFAULT '',
    guest_email TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL,
    state_at BIGINT NOT NULL,
    state_reason TEXT NOT NULL DEFAULT '',
    merged_into UUID REFERENCES need (id),
    -- Sums over those who need it now: counted anew with each of them.
    supporters BIGINT NOT NULL DEFAULT 0,
    strength BIGINT NOT NULL DEFAULT 0,
    users BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    edited_at BIGINT,
    CONSTRAINT need_number_unique UNIQUE (collective, number),
    CONSTRAINT need_state CHECK (state IN ('pending', 'open', 'parked', 'merged', 'answered', 'declined')),
    CONSTRAINT need_merged CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
    CONSTRAINT need_writer CHECK (author IS NOT NULL OR guest_name <> '')
);
CREATE INDEX need_ranked ON need (collective, state, supporters, strength, number);
CREATE INDEX need_software ON need (software, state);
CREATE INDEX need_merged_into ON need (merged_into);

-- « Nous en avons besoin aussi ».
CREATE TABLE need_support (
    need UUID NOT NULL REFERENCES need (id),
    organisation UUID NOT NULL REFERENCES organisation (id),
    strength BIGINT NOT NULL,
    users BIGINT,
    words TEXT NOT NULL,
    -- What it would put, an intention; nothing where it doesn't say.
    amount BIGINT,
    -- What it could do instead of paying: names with spaces between them.
    help TEXT NOT NULL,
    person UUID REFERENCES person (id),
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    withdrawn_at BIGINT,
    PRIMARY KEY (need, organisation),
    CONSTRAINT need_support_strength CHECK (strength BETWEEN 1 AND 5),
    CONSTRAINT need_support_users CHECK (users IS NULL OR users >= 0),
    CONSTRAINT need_support_amount CHECK (amount IS NULL OR amount > 0)
);
CREATE INDEX need_support_organisation ON need_support (organisation, withdrawn_at);

-- By which ways a need could be answered (« pistes »).
CREATE TABLE approach (
    id UUID NOT NULL PRIMARY KEY,
    need UUID NOT NULL REFERENCES need (id),
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    url TEXT NOT NULL,
    known_by TEXT NOT NULL,
    -- A rough price, from and to; nothing where nobody knows.
    price_from BIGINT,
    price_to BIGINT,
    maintained_by TEXT NOT NULL,
    state TEXT NOT NULL,
    state_reason TEXT NOT NULL,
    -- Where one may read why: addresses, a line each.
    evidence TEXT NOT NULL,
    author UUID REFERENCES person (id),
    organisation UUID REFERENCES organisation (id),
    version BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    edited_at BIGINT,
    CONSTRAINT approach_number_unique UNIQUE (need, number),
    CONSTRAINT approach_kind
        CHECK (kind IN ('upstream', 'plugin', 'service', 'adapt', 'existing', 'documentation', 'wait')),
    CONSTRAINT approach_state CHECK (state IN ('open', 'refused', 'dropped', 'done')),
    CONSTRAINT approach_price CHECK (price_from IS NULL OR (price_from >= 0 AND price_to >= price_from)),
    CONSTRAINT approach_price_both CHECK ((price_from IS NULL) = (price_to IS NULL))
);

-- Issues elsewhere that speak of a need; `key` is the address as compared: without scheme, `www.`, end slash and fragment.
CREATE TABLE need_link (
    need UUID NOT NULL REFERENCES need (id),
    position BIGINT NOT NULL,
    url TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (need, position)
);
CREATE INDEX need_link_key ON need_link (key);

-- Who hears of what happens to a need.
CREATE TABLE need_follow (
    need UUID NOT NULL REFERENCES need (id),
    person UUID NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (need, person)
);

-- Which features came of which needs.
CREATE TABLE feature_need (
    feature UUID NOT NULL REFERENCES feature (id),
    need UUID NOT NULL REFERENCES need (id),
    approach UUID REFERENCES approach (id),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (feature, need)
);
CREATE INDEX feature_need_need ON feature_need (need);
CREATE INDEX feature_software ON feature (software);
