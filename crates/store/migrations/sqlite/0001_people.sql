-- The instance, collectives, organisations, persons, mandates, roles, sessions.
-- Instants are microseconds UTC; civil dates are text (YYYY-MM-DD); amounts are minor units.

CREATE TABLE instance (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE collective (
    id BLOB NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    purpose TEXT NOT NULL,
    locale TEXT NOT NULL,
    zone TEXT NOT NULL,
    example INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT collective_slug_unique UNIQUE (slug)
) STRICT;

CREATE TABLE rules (
    collective BLOB NOT NULL REFERENCES collective (id),
    version INTEGER NOT NULL,
    schema_version INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    actor BLOB,
    reason TEXT NOT NULL,
    PRIMARY KEY (collective, version)
) STRICT;

CREATE TABLE organisation (
    id BLOB NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    website TEXT NOT NULL,
    siren TEXT,
    one_person INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT organisation_slug_unique UNIQUE (slug)
) STRICT;

CREATE TABLE membership (
    collective BLOB NOT NULL REFERENCES collective (id),
    organisation BLOB NOT NULL REFERENCES organisation (id),
    joined_on TEXT NOT NULL,
    left_on TEXT,
    shows_amounts INTEGER NOT NULL,
    PRIMARY KEY (collective, organisation)
) STRICT;
CREATE INDEX membership_organisation ON membership (organisation);

CREATE TABLE person (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    locale TEXT NOT NULL,
    password_hash TEXT,
    created_at INTEGER NOT NULL,
    authorising_from INTEGER NOT NULL,
    closed_at INTEGER,
    CONSTRAINT person_email_unique UNIQUE (email_key)
) STRICT;

CREATE TABLE instance_admin (
    person BLOB NOT NULL PRIMARY KEY REFERENCES person (id),
    granted_at INTEGER NOT NULL
) STRICT;

CREATE TABLE mandate (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id),
    organisation BLOB NOT NULL REFERENCES organisation (id),
    kind TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    ended_at INTEGER,
    granted_by BLOB,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX mandate_person ON mandate (person);
CREATE INDEX mandate_organisation ON mandate (organisation);

CREATE TABLE role (
    id BLOB NOT NULL PRIMARY KEY,
    collective BLOB NOT NULL REFERENCES collective (id),
    person BLOB NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    proposed_by BLOB,
    proposed_at INTEGER NOT NULL,
    confirmed_by BLOB,
    effective_at INTEGER,
    ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX role_once ON role (collective, person, kind) WHERE ended_at IS NULL;
CREATE INDEX role_person ON role (person);

CREATE TABLE session (
    token_hash BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id),
    organisation BLOB REFERENCES organisation (id),
    created_at INTEGER NOT NULL,
    fresh_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    agent TEXT NOT NULL
) STRICT;
CREATE INDEX session_person ON session (person);

CREATE TABLE link (
    id BLOB NOT NULL PRIMARY KEY,
    token_hash BLOB NOT NULL,
    purpose TEXT NOT NULL,
    subject BLOB,
    email_key TEXT,
    payload TEXT NOT NULL,
    browser_hash BLOB,
    code_hash BLOB,
    attempts INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    used_at INTEGER,
    revoked_at INTEGER,
    CONSTRAINT link_token_unique UNIQUE (token_hash)
) STRICT;
CREATE INDEX link_subject ON link (subject, purpose);
CREATE INDEX link_email ON link (email_key, purpose);
CREATE INDEX link_browser ON link (browser_hash);
