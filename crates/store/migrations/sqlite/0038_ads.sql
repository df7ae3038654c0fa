-- Classified ads of the instance, the organisations that share a need, conversations about ads, reports of them.

CREATE TABLE ad (
    id BLOB NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    side TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    works TEXT NOT NULL,
    software TEXT NOT NULL,
    software_keys TEXT NOT NULL,
    skills TEXT NOT NULL,
    region TEXT NOT NULL,
    region_key TEXT NOT NULL,
    remote INTEGER NOT NULL,
    least INTEGER,
    most INTEGER,
    currency TEXT NOT NULL,
    unit TEXT NOT NULL,
    deadline_on TEXT,
    licence TEXT NOT NULL,
    availability TEXT NOT NULL,
    past_work TEXT NOT NULL,
    seen TEXT NOT NULL,
    folded TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    organisation BLOB REFERENCES organisation (id),
    organisation_name TEXT NOT NULL,
    person BLOB REFERENCES person (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    locale TEXT NOT NULL,
    example INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    edited_at INTEGER,
    expires_at INTEGER NOT NULL,
    withdrawn_at INTEGER,
    hidden_at INTEGER,
    hidden_by BLOB REFERENCES person (id),
    hidden_reason TEXT NOT NULL,
    appeal TEXT NOT NULL,
    appealed_at INTEGER,
    founding_at INTEGER,
    collective BLOB REFERENCES collective (id),
    CONSTRAINT ad_number_unique UNIQUE (number),
    CONSTRAINT ad_side CHECK (side IN ('request', 'offer')),
    CONSTRAINT ad_seen CHECK (seen IN ('public', 'members')),
    CONSTRAINT ad_unit CHECK (unit IN ('whole', 'day', 'hour')),
    CONSTRAINT ad_amounts CHECK
        ((least IS NULL OR least > 0) AND (most IS NULL OR most > 0) AND (least IS NULL OR most IS NULL OR most >= least)),
    CONSTRAINT ad_hidden CHECK ((hidden_at IS NULL) = (hidden_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX ad_once ON ad (email_key, fingerprint) WHERE withdrawn_at IS NULL;
CREATE INDEX ad_person ON ad (person);
CREATE INDEX ad_organisation ON ad (organisation);

CREATE TABLE ad_needer (
    id BLOB NOT NULL PRIMARY KEY,
    ad BLOB NOT NULL REFERENCES ad (id),
    organisation BLOB REFERENCES organisation (id),
    organisation_name TEXT NOT NULL,
    person BLOB REFERENCES person (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    locale TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    withdrawn_at INTEGER
) STRICT;
CREATE UNIQUE INDEX ad_needer_once ON ad_needer (ad, email_key) WHERE withdrawn_at IS NULL;

CREATE TABLE ad_talk (
    id BLOB NOT NULL PRIMARY KEY,
    ad BLOB NOT NULL REFERENCES ad (id),
    number INTEGER NOT NULL,
    organisation BLOB REFERENCES organisation (id),
    organisation_name TEXT NOT NULL,
    person BLOB REFERENCES person (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    locale TEXT NOT NULL,
    shows_address INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT ad_talk_number_unique UNIQUE (ad, number),
    CONSTRAINT ad_talk_address_unique UNIQUE (ad, email_key)
) STRICT;
CREATE INDEX ad_talk_person ON ad_talk (person);

CREATE TABLE ad_message (
    talk BLOB NOT NULL REFERENCES ad_talk (id),
    number INTEGER NOT NULL,
    by_poster INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (talk, number)
) STRICT;

CREATE TABLE ad_report (
    id BLOB NOT NULL PRIMARY KEY,
    ad BLOB NOT NULL REFERENCES ad (id),
    person BLOB REFERENCES person (id),
    reason TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    answered_at INTEGER,
    answered_by BLOB REFERENCES person (id),
    CONSTRAINT ad_report_answered CHECK ((answered_at IS NULL) = (answered_by IS NULL))
) STRICT;
CREATE INDEX ad_report_ad ON ad_report (ad, answered_at);
