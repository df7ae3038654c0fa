-- What is searched: needs, features, software, comments, ads, each as it reads without markup; the terms of each with
-- their weights; the words by which what was mistyped is found. All of it can be made again from the rest.

CREATE TABLE search_document (
    -- The collective in which it is searched; zeros: the instance.
    scope UUID NOT NULL,
    subject UUID NOT NULL,
    kind TEXT NOT NULL,
    visibility TEXT NOT NULL,
    collective UUID REFERENCES collective (id),
    -- What a comment is on.
    parent UUID,
    number BIGINT NOT NULL,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    software TEXT NOT NULL,
    -- Addresses of issues elsewhere, a line each.
    links TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (scope, subject),
    CONSTRAINT search_document_kind CHECK (kind IN ('need', 'feature', 'software', 'comment', 'ad')),
    CONSTRAINT search_document_visibility CHECK (visibility IN ('public', 'members'))
);
CREATE INDEX search_document_parent ON search_document (parent);

-- A term of a document: a hash of the scope and the term; kind and visibility as a bit; its weight there.
CREATE TABLE search_entry (
    key BIGINT NOT NULL,
    document UUID NOT NULL,
    class BIGINT NOT NULL,
    weight BIGINT NOT NULL,
    PRIMARY KEY (key, document)
);

-- Words that somebody wrote, and the groups of three letters by which those near another are found.
CREATE TABLE search_word (
    scope UUID NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (scope, word)
);
CREATE TABLE search_gram (
    key BIGINT NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (key, word)
);

-- Two needs that are the same: proposed, answered, done, undone. What moved is written as JSON, so that it can move back.
CREATE TABLE need_merge (
    id UUID NOT NULL PRIMARY KEY,
    collective UUID NOT NULL REFERENCES collective (id),
    source UUID NOT NULL REFERENCES need (id),
    target UUID NOT NULL REFERENCES need (id),
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    proposed_by UUID NOT NULL REFERENCES person (id),
    organisation UUID REFERENCES organisation (id),
    proposed_at BIGINT NOT NULL,
    -- Who answered, took it back or undid it; nobody where silence counted as consent.
    decided_by UUID REFERENCES person (id),
    decided_at BIGINT,
    moved TEXT NOT NULL DEFAULT '',
    CONSTRAINT need_merge_state CHECK (state IN ('proposed', 'refused', 'withdrawn', 'done', 'undone')),
    CONSTRAINT need_merge_two CHECK (source <> target),
    CONSTRAINT need_merge_decided CHECK ((state = 'proposed') = (decided_at IS NULL))
);
CREATE UNIQUE INDEX need_merge_proposed ON need_merge (source) WHERE state = 'proposed';
CREATE INDEX need_merge_source ON need_merge (source);
CREATE INDEX need_merge_target ON need_merge (target);
