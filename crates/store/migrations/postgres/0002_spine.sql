-- What every slice hangs on: events, deadlines, files, revisions, comments, drafts, decisions, mails.

CREATE TABLE event (
    id UUID NOT NULL PRIMARY KEY,
    collective UUID REFERENCES collective (id),
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    organisation UUID,
    subject_kind TEXT NOT NULL,
    subject UUID,
    public BIGINT NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX event_collective ON event (collective, id);
CREATE INDEX event_subject ON event (subject, id);

CREATE TABLE deadline (
    id UUID NOT NULL PRIMARY KEY,
    collective UUID REFERENCES collective (id),
    subject UUID NOT NULL,
    kind TEXT NOT NULL,
    occurrence TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    done_at BIGINT,
    lease_until BIGINT,
    attempts BIGINT NOT NULL,
    last_error TEXT,
    dead_at BIGINT,
    CONSTRAINT deadline_once UNIQUE (subject, kind, occurrence)
);
CREATE INDEX deadline_due ON deadline (due_at) WHERE done_at IS NULL AND dead_at IS NULL;
CREATE INDEX deadline_collective ON deadline (collective, due_at);

CREATE TABLE heartbeat (
    name TEXT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    detail TEXT NOT NULL
);

CREATE TABLE mail (
    id UUID NOT NULL PRIMARY KEY,
    message_id TEXT NOT NULL,
    recipient TEXT NOT NULL,
    person UUID,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    headers TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    sent_at BIGINT,
    lease_until BIGINT,
    attempts BIGINT NOT NULL,
    last_error TEXT,
    dead_at BIGINT,
    CONSTRAINT mail_message_unique UNIQUE (message_id)
);
CREATE INDEX mail_due ON mail (due_at) WHERE sent_at IS NULL AND dead_at IS NULL;

CREATE TABLE file (
    id UUID NOT NULL PRIMARY KEY,
    hash BYTEA NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    collective UUID REFERENCES collective (id),
    subject UUID NOT NULL,
    purpose TEXT NOT NULL,
    payer UUID,
    uploaded_by UUID,
    created_at BIGINT NOT NULL,
    erased_at BIGINT
);
CREATE INDEX file_subject ON file (subject);
CREATE INDEX file_hash ON file (hash);

CREATE TABLE file_content (
    hash BYTEA NOT NULL PRIMARY KEY,
    bytes BYTEA NOT NULL
);

CREATE TABLE revision (
    id UUID NOT NULL PRIMARY KEY,
    subject_kind TEXT NOT NULL,
    subject UUID NOT NULL,
    number BIGINT NOT NULL,
    body TEXT NOT NULL,
    actor UUID,
    created_at BIGINT NOT NULL,
    CONSTRAINT revision_number_unique UNIQUE (subject, number)
);

CREATE TABLE comment (
    id UUID NOT NULL PRIMARY KEY,
    collective UUID NOT NULL REFERENCES collective (id),
    subject_kind TEXT NOT NULL,
    subject UUID NOT NULL,
    author UUID NOT NULL REFERENCES person (id),
    organisation UUID REFERENCES organisation (id),
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    hidden_at BIGINT,
    hidden_by UUID
);
CREATE INDEX comment_subject ON comment (subject, id);

CREATE TABLE draft (
    id UUID NOT NULL PRIMARY KEY,
    person UUID NOT NULL REFERENCES person (id),
    form TEXT NOT NULL,
    body TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT draft_once UNIQUE (person, form)
);

CREATE TABLE decision (
    id UUID NOT NULL PRIMARY KEY,
    collective UUID NOT NULL REFERENCES collective (id),
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    outcome TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    method TEXT NOT NULL,
    recorded_by UUID,
    created_at BIGINT NOT NULL,
    CONSTRAINT decision_number_unique UNIQUE (collective, number)
);

CREATE TABLE notice_preference (
    person UUID NOT NULL REFERENCES person (id),
    collective UUID NOT NULL REFERENCES collective (id),
    kind TEXT NOT NULL,
    frequency TEXT NOT NULL,
    PRIMARY KEY (person, collective, kind)
);
