-- Webhooks out: endpoints of a collective, and what is delivered to them.

CREATE TABLE webhook (
    id UUID NOT NULL PRIMARY KEY,
    collective UUID NOT NULL REFERENCES collective (id),
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    kinds TEXT NOT NULL,
    told BIGINT NOT NULL,
    created_by UUID NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    failing_since BIGINT,
    disabled_at BIGINT,
    ended_at BIGINT
);
CREATE INDEX webhook_collective ON webhook (collective);

CREATE TABLE webhook_delivery (
    webhook UUID NOT NULL REFERENCES webhook (id),
    event UUID NOT NULL REFERENCES event (id),
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    last_error TEXT,
    delivered_at BIGINT,
    dead_at BIGINT,
    PRIMARY KEY (webhook, event)
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (due_at) WHERE delivered_at IS NULL AND dead_at IS NULL;
