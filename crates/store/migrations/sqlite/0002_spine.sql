-- What every slice hangs on: events, deadlines, files, revisions, comments, drafts, decisions, mails.

CREATE TABLE event (
    id BLOB NOT NULL PRIMARY KEY,
    collective BLOB REFERENCES collective (id),
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    organisation BLOB,
    subject_kind TEXT NOT NULL,
    subject BLOB,
    public INTEGER NOT NULL,
    data TEXT NOT NULL
) STRICT;
CREATE INDEX event_collective ON event (collective, id);
CREATE INDEX event_subject ON event (subject, id);

CREATE TABLE deadline (
    id BLOB NOT NULL PRIMARY KEY,
    collective BLOB REFERENCES collective (id),
    subject BLOB NOT NULL,
    kind TEXT NOT NULL,
    occurrence TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    done_at INTEGER,
    lease_until INTEGER,
    attempts INTEGER NOT NULL,
    last_error TEXT,
    dead_at INTEGER,
    CONSTRAINT deadline_once UNIQUE (subject, kind, occurrence)
) STRICT;
CREATE INDEX deadline_due ON deadline (due_at) WHERE done_at IS NULL AND dead_at IS NULL;
CREATE INDEX deadline_collective ON deadline (collective, due_at);

CREATE TABLE heartbeat (
    name TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    detail TEXT NOT NULL
) STRICT;

CREATE TABLE mail (
    id BLOB NOT NULL PRIMARY KEY,
    message_id TEXT NOT NULL,
    recipient TEXT NOT NULL,
    person BLOB,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    headers TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    sent_at INTEGER,
    lease_until INTEGER,
    attempts INTEGER NOT NULL,
    last_error TEXT,
    dead_at INTEGER,
    CONSTRAINT mail_message_unique UNIQUE (message_id)
) STRICT;
CREATE INDEX mail_due ON mail (due_at) WHERE sent_at IS NULL AND dead_at IS NULL;

CREATE TABLE file (
    id BLOB NOT NULL PRIMARY KEY,
    hash BLOB NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    collective BLOB REFERENCES collective (id),
    subject BLOB NOT NULL,
    purpose TEXT NOT NULL,
    payer BLOB,
    uploaded_by BLOB,
    created_at INTEGER NOT NULL,
    erased_at INTEGER
) STRICT;
CREATE INDEX file_subject ON file (subject);
CREATE INDEX file_hash ON file (hash);

CREATE TABLE file_content (
    hash BLOB NOT NULL PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE revision (
    id BLOB NOT NULL PRIMARY KEY,
    subject_kind TEXT NOT NULL,
    subject BLOB NOT NULL,
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    actor BLOB,
    created_at INTEGER NOT NULL,
    CONSTRAINT revision_number_unique UNIQUE (subject, number)
) STRICT;

CREATE TABLE comment (
    id BLOB NOT NULL PRIMARY KEY,
    collective BLOB NOT NULL REFERENCES collective (id),
    subject_kind TEXT NOT NULL,
    subject BLOB NOT NULL,
    author BLOB NOT NULL REFERENCES person (id),
    organisation BLOB REFERENCES organisation (id),
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    hidden_at INTEGER,
    hidden_by BLOB
) STRICT;
CREATE INDEX comment_subject ON comment (subject, id);

CREATE TABLE draft (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id),
    form TEXT NOT NULL,
    body TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    CONSTRAINT draft_once UNIQUE (person, form)
) STRICT;

CREATE TABLE decision (
    id BLOB NOT NULL PRIMARY KEY,
    collective BLOB NOT NULL REFERENCES collective (id),
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    outcome TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    method TEXT NOT NULL,
    recorded_by BLOB,
    created_at INTEGER NOT NULL,
    CONSTRAINT decision_number_unique UNIQUE (collective, number)
) STRICT;

CREATE TABLE notice_preference (
    person BLOB NOT NULL REFERENCES person (id),
    collective BLOB NOT NULL REFERENCES collective (id),
    kind TEXT NOT NULL,
    frequency TEXT NOT NULL,
    PRIMARY KEY (person, collective, kind)
) STRICT;
