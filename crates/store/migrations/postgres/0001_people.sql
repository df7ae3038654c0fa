-- The instance, collectives, organisations, persons, mandates, roles, sessions.
-- Instants are microseconds UTC; civil dates are text (YYYY-MM-DD); amounts are minor units.

CREATE TABLE instance (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE collective (
    id UUID NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    purpose TEXT NOT NULL,
    locale TEXT NOT NULL,
    zone TEXT NOT NULL,
    example BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT collective_slug_unique UNIQUE (slug)
);

CREATE TABLE rules (
    collective UUID NOT NULL REFERENCES collective (id),
    version BIGINT NOT NULL,
    schema_version BIGINT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    actor UUID,
    reason TEXT NOT NULL,
    PRIMARY KEY (collective, version)
);

CREATE TABLE organisation (
    id UUID NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    website TEXT NOT NULL,
    siren TEXT,
    one_person BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT organisation_slug_unique UNIQUE (slug)
);

CREATE TABLE membership (
    collective UUID NOT NULL REFERENCES collective (id),
    organisation UUID NOT NULL REFERENCES organisation (id),
    joined_on TEXT NOT NULL,
    left_on TEXT,
    shows_amounts BIGINT NOT NULL,
    PRIMARY KEY (collective, organisation)
);
CREATE INDEX membership_organisation ON membership (organisation);

CREATE TABLE person (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    locale TEXT NOT NULL,
    password_hash TEXT,
    created_at BIGINT NOT NULL,
    authorising_from BIGINT NOT NULL,
    closed_at BIGINT,
    CONSTRAINT person_email_unique UNIQUE (email_key)
);

CREATE TABLE instance_admin (
    person UUID NOT NULL PRIMARY KEY REFERENCES person (id),
    granted_at BIGINT NOT NULL
);

CREATE TABLE mandate (
    id UUID NOT NULL PRIMARY KEY,
    person UUID NOT NULL REFERENCES person (id),
    organisation UUID NOT NULL REFERENCES organisation (id),
    kind TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    ended_at BIGINT,
    granted_by UUID,
    created_at BIGINT NOT NULL
);
CREATE INDEX mandate_person ON mandate (person);
CREATE INDEX mandate_organisation ON mandate (organisation);

CREATE TABLE role (
    id UUID NOT NULL PRIMARY KEY,
    collective UUID NOT NULL REFERENCES collective (id),
    person UUID NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    proposed_by UUID,
    proposed_at BIGINT NOT NULL,
    confirmed_by UUID,
    effective_at BIGINT,
    ended_at BIGINT
);
CREATE UNIQUE INDEX role_once ON role (collective, person, kind) WHERE ended_at IS NULL;
CREATE INDEX role_person ON role (person);

CREATE TABLE session (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    person UUID NOT NULL REFERENCES person (id),
    organisation UUID REFERENCES organisation (id),
    created_at BIGINT NOT NULL,
    fresh_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    agent TEXT NOT NULL
);
CREATE INDEX session_person ON session (person);

CREATE TABLE link (
    id UUID NOT NULL PRIMARY KEY,
    token_hash BYTEA NOT NULL,
    purpose TEXT NOT NULL,
    subject UUID,
    email_key TEXT,
    payload TEXT NOT NULL,
    browser_hash BYTEA,
    code_hash BYTEA,
    attempts BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    used_at BIGINT,
    revoked_at BIGINT,
    CONSTRAINT link_token_unique UNIQUE (token_hash)
);
CREATE INDEX link_subject ON link (subject, purpose);
CREATE INDEX link_email ON link (email_key, purpose);
CREATE INDEX link_browser ON link (browser_hash);
