-- Classified ads of the instance, the organisations that share a need, conversations about ads, reports of them.

CREATE TABLE ad (
    id UUID NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    side TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    works TEXT NOT NULL,
    software TEXT NOT NULL,
    software_keys TEXT NOT NULL,
    skills TEXT NOT NULL,
    region TEXT NOT NULL,
    region_key TEXT NOT NULL,
    remote BIGINT NOT NULL,
    least BIGINT,
    most BIGINT,
    currency TEXT NOT NULL,
    unit TEXT NOT NULL,
    deadline_on TEXT,
    licence TEXT NOT NULL,
    availability TEXT NOT NULL,
    past_work TEXT NOT NULL,
    seen TEXT NOT NULL,
    folded TEXT NOT NULL,
    fingerprint BYTEA NOT NULL,
    organisation UUID REFERENCES organisation (id),
    organisation_name TEXT NOT NULL,
    person UUID REFERENCES person (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    locale TEXT NOT NULL,
    example BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    edited_at BIGINT,
    expires_at BIGINT NOT NULL,
    withdrawn_at BIGINT,
    hidden_at BIGINT,
    hidden_by UUID REFERENCES person (id),
    hidden_reason TEXT NOT NULL,
    appeal TEXT NOT NULL,
    appealed_at BIGINT,
    founding_at BIGINT,
    collective UUID REFERENCES collective (id),
    CONSTRAINT ad_number_unique UNIQUE (number),
    CONSTRAINT ad_side CHECK (side IN ('request', 'offer')),
    CONSTRAINT ad_seen CHECK (seen IN ('public', 'members')),
    CONSTRAINT ad_unit CHECK (unit IN ('whole', 'day', 'hour')),
    CONSTRAINT ad_amounts CHECK
        ((least IS NULL OR least > 0) AND (most IS NULL OR most > 0) AND (least IS NULL OR most IS NULL OR most >= least)),
    CONSTRAINT ad_hidden CHECK ((hidden_at IS NULL) = (hidden_by IS NULL))
);
CREATE UNIQUE INDEX ad_once ON ad (email_key, fingerprint) WHERE withdrawn_at IS NULL;
CREATE INDEX ad_person ON ad (person);
CREATE INDEX ad_organisation ON ad (organisation);

CREATE TABLE ad_needer (
    id UUID NOT NULL PRIMARY KEY,
    ad UUID NOT NULL REFERENCES ad (id),
    organisation UUID REFERENCES organisation (id),
    organisation_name TEXT NOT NULL,
    person UUID REFERENCES person (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    locale TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    withdrawn_at BIGINT
);
CREATE UNIQUE INDEX ad_needer_once ON ad_needer (ad, email_key) WHERE withdrawn_at IS NULL;

CREATE TABLE ad_talk (
    id UUID NOT NULL PRIMARY KEY,
    ad UUID NOT NULL REFERENCES ad (id),
    number BIGINT NOT NULL,
    organisation UUID REFERENCES organisation (id),
    organisation_name TEXT NOT NULL,
    person UUID REFERENCES person (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    locale TEXT NOT NULL,
    shows_address BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT ad_talk_number_unique UNIQUE (ad, number),
    CONSTRAINT ad_talk_address_unique UNIQUE (ad, email_key)
);
CREATE INDEX ad_talk_person ON ad_talk (person);

CREATE TABLE ad_message (
    talk UUID NOT NULL REFERENCES ad_talk (id),
    number BIGINT NOT NULL,
    by_poster BIGINT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (talk, number)
);

CREATE TABLE ad_report (
    id UUID NOT NULL PRIMARY KEY,
    ad UUID NOT NULL REFERENCES ad (id),
    person UUID REFERENCES person (id),
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    answered_at BIGINT,
    answered_by UUID REFERENCES person (id),
    CONSTRAINT ad_report_answered CHECK ((answered_at IS NULL) = (answered_by IS NULL))
);
CREATE INDEX ad_report_ad ON ad_report (ad, answered_at);
