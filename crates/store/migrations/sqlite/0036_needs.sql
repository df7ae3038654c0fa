-- The register of software, and needs: what members lack, in their words, who lacks it too, by which ways it could come,
-- and which features came of it. Amounts here are intentions in the currency of the collective's first pot, never money.

ALTER TABLE software ADD COLUMN repository TEXT NOT NULL DEFAULT '';
ALTER TABLE software ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE software ADD COLUMN roadmap TEXT NOT NULL DEFAULT '';
ALTER TABLE software ADD COLUMN funding TEXT NOT NULL DEFAULT '';
ALTER TABLE software ADD COLUMN maintainers TEXT NOT NULL DEFAULT '';
-- Its maintainers want no funded requests; where they say so.
ALTER TABLE software ADD COLUMN opted_out INTEGER NOT NULL DEFAULT 0
    CONSTRAINT software_opted_out CHECK (opted_out IN (0, 1));
ALTER TABLE software ADD COLUMN opted_out_url TEXT NOT NULL DEFAULT '';
ALTER TABLE software ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
-- How many member organisations say that they run it: counted anew whenever one says so or stops.
ALTER TABLE software ADD COLUMN hosted_by INTEGER NOT NULL DEFAULT 0;

-- Who runs a software here. What was read elsewhere counts once the organisation confirmed it.
CREATE TABLE software_user (
    software BLOB NOT NULL REFERENCES software (id),
    organisation BLOB NOT NULL REFERENCES organisation (id),
    users INTEGER,
    url TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    confirmed_by BLOB REFERENCES person (id),
    ended_at INTEGER,
    PRIMARY KEY (software, organisation),
    CONSTRAINT software_user_users CHECK (users IS NULL OR users >= 0),
    CONSTRAINT software_user_source CHECK (source IN ('said', 'imported'))
) STRICT;
CREATE INDEX software_user_organisation ON software_user (organisation, ended_at);

CREATE TABLE need (
    id BLOB NOT NULL PRIMARY KEY,
    collective BLOB NOT NULL REFERENCES collective (id),
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    why TEXT NOT NULL,
    software BLOB REFERENCES software (id),
    discussion_url TEXT NOT NULL,
    -- Who wrote it; nobody where a guest did.
    author BLOB REFERENCES person (id),
    organisation BLOB REFERENCES organisation (id),
    guest_name TEXT NOT NULL DEFAULT '',
    guest_email TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL,
    state_at INTEGER NOT NULL,
    state_reason TEXT NOT NULL DEFAULT '',
    merged_into BLOB REFERENCES need (id),
    -- Sums over those who need it now: counted anew with each of them.
    supporters INTEGER NOT NULL DEFAULT 0,
    strength INTEGER NOT NULL DEFAULT 0,
    users INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    edited_at INTEGER,
    CONSTRAINT need_number_unique UNIQUE (collective, number),
    CONSTRAINT need_state CHECK (state IN ('pending', 'open', 'parked', 'merged', 'answered', 'declined')),
    CONSTRAINT need_merged CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
    CONSTRAINT need_writer CHECK (author IS NOT NULL OR guest_name <> '')
) STRICT;
CREATE INDEX need_ranked ON need (collective, state, supporters, strength, number);
CREATE INDEX need_software ON need (software, state);
CREATE INDEX need_merged_into ON need (merged_into);

-- « Nous en avons besoin aussi ».
CREATE TABLE need_support (
    need BLOB NOT NULL REFERENCES need (id),
    organisation BLOB NOT NULL REFERENCES organisation (id),
    strength INTEGER NOT NULL,
    users INTEGER,
    words TEXT NOT NULL,
    -- What it would put, an intention; nothing where it doesn't say.
    amount INTEGER,
    -- What it could do instead of paying: names with spaces between them.
    help TEXT NOT NULL,
    person BLOB REFERENCES person (id),
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    withdrawn_at INTEGER,
    PRIMARY KEY (need, organisation),
    CONSTRAINT need_support_strength CHECK (strength BETWEEN 1 AND 5),
    CONSTRAINT need_support_users CHECK (users IS NULL OR users >= 0),
    CONSTRAINT need_support_amount CHECK (amount IS NULL OR amount > 0)
) STRICT;
CREATE INDEX need_support_organisation ON need_support (organisation, withdrawn_at);

-- By which ways a need could be answered (« pistes »).
CREATE TABLE approach (
    id BLOB NOT NULL PRIMARY KEY,
    need BLOB NOT NULL REFERENCES need (id),
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    url TEXT NOT NULL,
    known_by TEXT NOT NULL,
    -- A rough price, from and to; nothing where nobody knows.
    price_from INTEGER,
    price_to INTEGER,
    maintained_by TEXT NOT NULL,
    state TEXT NOT NULL,
    state_reason TEXT NOT NULL,
    -- Where one may read why: addresses, a line each.
    evidence TEXT NOT NULL,
    author BLOB REFERENCES person (id),
    organisation BLOB REFERENCES organisation (id),
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    edited_at INTEGER,
    CONSTRAINT approach_number_unique UNIQUE (need, number),
    CONSTRAINT approach_kind
        CHECK (kind IN ('upstream', 'plugin', 'service', 'adapt', 'existing', 'documentation', 'wait')),
    CONSTRAINT approach_state CHECK (state IN ('open', 'refused', 'dropped', 'done')),
    CONSTRAINT approach_price CHECK (price_from IS NULL OR (price_from >= 0 AND price_to >= price_from)),
    CONSTRAINT approach_price_both CHECK ((price_from IS NULL) = (price_to IS NULL))
) STRICT;

-- Issues elsewhere that speak of a need; `key` is the address as compared: without scheme, `www.`, end slash and fragment.
CREATE TABLE need_link (
    need BLOB NOT NULL REFERENCES need (id),
    position INTEGER NOT NULL,
    url TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (need, position)
) STRICT;
CREATE INDEX need_link_key ON need_link (key);

-- Who hears of what happens to a need.
CREATE TABLE need_follow (
    need BLOB NOT NULL REFERENCES need (id),
    person BLOB NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (need, person)
) STRICT;

-- Which features came of which needs.
CREATE TABLE feature_need (
    feature BLOB NOT NULL REFERENCES feature (id),
    need BLOB NOT NULL REFERENCES need (id),
    approach BLOB REFERENCES approach (id),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (feature, need)
) STRICT;
CREATE INDEX feature_need_need ON feature_need (need);
CREATE INDEX feature_software ON feature (software);
