-- Tokens of the API: a secret of a person, kept as its hash.

CREATE TABLE api_token (
    id UUID NOT NULL PRIMARY KEY,
    token_hash BYTEA NOT NULL,
    person UUID NOT NULL REFERENCES person (id),
    organisation UUID NOT NULL REFERENCES organisation (id),
    collective UUID NOT NULL REFERENCES collective (id),
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    revoked_at BIGINT,
    CONSTRAINT api_token_unique UNIQUE (token_hash)
);
CREATE INDEX api_token_person ON api_token (person);
