-- Handing a feature over: proposed to another organisation, which leads it once somebody who represents it accepts.

CREATE TABLE lead_proposal (
    id BLOB NOT NULL PRIMARY KEY,
    feature BLOB NOT NULL REFERENCES feature (id),
    former BLOB NOT NULL REFERENCES organisation (id),
    former_person BLOB REFERENCES person (id),
    lead BLOB NOT NULL REFERENCES organisation (id),
    reason TEXT NOT NULL,
    proposed_by BLOB NOT NULL REFERENCES person (id),
    proposed_at INTEGER NOT NULL,
    answer TEXT,
    answered_by BLOB REFERENCES person (id),
    answered_at INTEGER,
    CONSTRAINT lead_proposal_other CHECK (former <> lead),
    CONSTRAINT lead_proposal_answer CHECK (answer IN ('accepted', 'declined', 'withdrawn')),
    CONSTRAINT lead_proposal_answered CHECK
        ((answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX lead_proposal_open ON lead_proposal (feature) WHERE answered_at IS NULL;
CREATE INDEX lead_proposal_feature ON lead_proposal (feature);
