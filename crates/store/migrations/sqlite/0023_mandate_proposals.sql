-- A mandate for somebody else is proposed: it is one, of the same id, from the instant at which its holder accepts it.

CREATE TABLE mandate_proposal (
    id BLOB NOT NULL PRIMARY KEY,
    collective BLOB NOT NULL REFERENCES collective (id),
    person BLOB NOT NULL REFERENCES person (id),
    organisation BLOB NOT NULL REFERENCES organisation (id),
    kind TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    proposed_by BLOB NOT NULL REFERENCES person (id),
    proposed_at INTEGER NOT NULL,
    answer TEXT,
    answered_by BLOB REFERENCES person (id),
    answered_at INTEGER,
    CONSTRAINT mandate_proposal_other CHECK (person <> proposed_by),
    CONSTRAINT mandate_proposal_answer CHECK (answer IN ('accepted', 'declined', 'withdrawn')),
    CONSTRAINT mandate_proposal_answered CHECK
        ((answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL))
) STRICT;
CREATE INDEX mandate_proposal_person ON mandate_proposal (person);
CREATE INDEX mandate_proposal_organisation ON mandate_proposal (organisation);
