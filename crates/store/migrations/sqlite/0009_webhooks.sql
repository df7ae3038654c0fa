-- Webhooks out: endpoints of a collective, and what is delivered to them.

CREATE TABLE webhook (
    id BLOB NOT NULL PRIMARY KEY,
    collective BLOB NOT NULL REFERENCES collective (id),
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    kinds TEXT NOT NULL,
    told INTEGER NOT NULL,
    created_by BLOB NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL,
    failing_since INTEGER,
    disabled_at INTEGER,
    ended_at INTEGER
) STRICT;
CREATE INDEX webhook_collective ON webhook (collective);

CREATE TABLE webhook_delivery (
    webhook BLOB NOT NULL REFERENCES webhook (id),
    event BLOB NOT NULL REFERENCES event (id),
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    last_error TEXT,
    delivered_at INTEGER,
    dead_at INTEGER,
    PRIMARY KEY (webhook, event)
) STRICT;
CREATE INDEX webhook_delivery_due ON webhook_delivery (due_at) WHERE delivered_at IS NULL AND dead_at IS NULL;
