-- What is searched: needs, features, software, comments, ads, each as it reads without markup; the terms of each with
-- their weights; the words by which what was mistyped is found. All of it can be made again from the rest.

CREATE TABLE search_document (
    -- The collective in which it is searched; zeros: the instance.
    scope BLOB NOT NULL,
    subject BLOB NOT NULL,
    kind TEXT NOT NULL,
    visibility TEXT NOT NULL,
    collective BLOB REFERENCES collective (id),
    -- What a comment is on.
    parent BLOB,
    number INTEGER NOT NULL,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    software TEXT NOT NULL,
    -- Addresses of issues elsewhere, a line each.
    links TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (scope, subject),
    CONSTRAINT search_document_kind CHECK (kind IN ('need', 'feature', 'software', 'comment', 'ad')),
    CONSTRAINT search_document_visibility CHECK (visibility IN ('public', 'members'))
) STRICT;
CREATE INDEX search_document_parent ON search_document (parent);

-- A term of a document: a hash of the scope and the term; kind and visibility as a bit; its weight there.
CREATE TABLE search_entry (
    key INTEGER NOT NULL,
    document BLOB NOT NULL,
    class INTEGER NOT NULL,
    weight INTEGER NOT NULL,
    PRIMARY KEY (key, document)
) STRICT, WITHOUT ROWID;

-- Words that somebody wrote, and the groups of three letters by which those near another are found.
CREATE TABLE search_word (
    scope BLOB NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (scope, word)
) STRICT, WITHOUT ROWID;
CREATE TABLE search_gram (
    key INTEGER NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (key, word)
) STRICT, WITHOUT ROWID;

-- Two needs that are the same: proposed, answered, done, undone. What moved is written as JSON, so that it can move back.
CREATE TABLE need_merge (
    id BLOB NOT NULL PRIMARY KEY,
    collective BLOB NOT NULL REFERENCES collective (id),
    source BLOB NOT NULL REFERENCES need (id),
    target BLOB NOT NULL REFERENCES need (id),
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    proposed_by BLOB NOT NULL REFERENCES person (id),
    organisation BLOB REFERENCES organisation (id),
    proposed_at INTEGER NOT NULL,
    -- Who answered, took it back or undid it; nobody where silence counted as consent.
    decided_by BLOB REFERENCES person (id),
    decided_at INTEGER,
    moved TEXT NOT NULL DEFAULT '',
    CONSTRAINT need_merge_state CHECK (state IN ('proposed', 'refused', 'withdrawn', 'done', 'undone')),
    CONSTRAINT need_merge_two CHECK (source <> target),
    CONSTRAINT need_merge_decided CHECK ((state = 'proposed') = (decided_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX need_merge_proposed ON need_merge (source) WHERE state = 'proposed';
CREATE INDEX need_merge_source ON need_merge (source);
CREATE INDEX need_merge_target ON need_merge (target);
