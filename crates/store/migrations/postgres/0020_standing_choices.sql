-- Standing choices: what becomes of an organisation's share in a round when nobody of it answers. One at a time; what was
-- chosen before is kept.

CREATE TABLE standing_choice (
    id UUID NOT NULL PRIMARY KEY,
    pot UUID NOT NULL REFERENCES pot (id),
    organisation UUID NOT NULL REFERENCES organisation (id),
    kind TEXT NOT NULL,
    follows UUID REFERENCES organisation (id),
    software UUID REFERENCES software (id),
    -- The most that is put by it in a civil year.
    yearly BIGINT,
    chosen_by UUID NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    CONSTRAINT standing_choice_kind CHECK (kind IN ('leave', 'follow', 'software')),
    CONSTRAINT standing_choice_follows CHECK ((kind = 'follow') = (follows IS NOT NULL)),
    CONSTRAINT standing_choice_software CHECK ((kind = 'software') = (software IS NOT NULL)),
    CONSTRAINT standing_choice_yearly CHECK (yearly IS NULL OR yearly > 0)
);
CREATE UNIQUE INDEX standing_choice_one ON standing_choice (pot, organisation) WHERE ended_at IS NULL;
CREATE INDEX standing_choice_organisation ON standing_choice (organisation, pot, created_at);

-- What a choice did in a round: once, also where that was nothing.
CREATE TABLE standing_use (
    choice UUID NOT NULL REFERENCES standing_choice (id),
    round UUID NOT NULL REFERENCES round (id),
    organisation UUID NOT NULL REFERENCES organisation (id),
    amount BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    PRIMARY KEY (round, organisation),
    CONSTRAINT standing_use_amount CHECK (amount >= 0)
);
CREATE INDEX standing_use_organisation ON standing_use (organisation, used_at);
