-- Standing choices: what becomes of an organisation's share in a round when nobody of it answers. One at a time; what was
-- chosen before is kept.

CREATE TABLE standing_choice (
    id BLOB NOT NULL PRIMARY KEY,
    pot BLOB NOT NULL REFERENCES pot (id),
    organisation BLOB NOT NULL REFERENCES organisation (id),
    kind TEXT NOT NULL,
    follows BLOB REFERENCES organisation (id),
    software BLOB REFERENCES software (id),
    -- The most that is put by it in a civil year.
    yearly INTEGER,
    chosen_by BLOB NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    CONSTRAINT standing_choice_kind CHECK (kind IN ('leave', 'follow', 'software')),
    CONSTRAINT standing_choice_follows CHECK ((kind = 'follow') = (follows IS NOT NULL)),
    CONSTRAINT standing_choice_software CHECK ((kind = 'software') = (software IS NOT NULL)),
    CONSTRAINT standing_choice_yearly CHECK (yearly IS NULL OR yearly > 0)
) STRICT;
CREATE UNIQUE INDEX standing_choice_one ON standing_choice (pot, organisation) WHERE ended_at IS NULL;
CREATE INDEX standing_choice_organisation ON standing_choice (organisation, pot, created_at);

-- What a choice did in a round: once, also where that was nothing.
CREATE TABLE standing_use (
    choice BLOB NOT NULL REFERENCES standing_choice (id),
    round BLOB NOT NULL REFERENCES round (id),
    organisation BLOB NOT NULL REFERENCES organisation (id),
    amount INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (round, organisation),
    CONSTRAINT standing_use_amount CHECK (amount >= 0)
) STRICT;
CREATE INDEX standing_use_organisation ON standing_use (organisation, used_at);
