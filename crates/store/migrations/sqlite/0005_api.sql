-- Tokens of the API: a secret of a person, kept as its hash.

CREATE TABLE api_token (
    id BLOB NOT NULL PRIMARY KEY,
    token_hash BLOB NOT NULL,
    person BLOB NOT NULL REFERENCES person (id),
    organisation BLOB NOT NULL REFERENCES organisation (id),
    collective BLOB NOT NULL REFERENCES collective (id),
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    revoked_at INTEGER,
    CONSTRAINT api_token_unique UNIQUE (token_hash)
) STRICT;
CREATE INDEX api_token_person ON api_token (person);
