-- A mandate for somebody else is proposed: it is one, of the same id, from the instant at which its holder accepts it.

CREATE TABLE mandate_proposal (
    id UUID NOT NULL PRIMARY KEY,
    collective UUID NOT NULL REFERENCES collective (id),
    person UUID NOT NULL REFERENCES person (id),
    organisation UUID NOT NULL REFERENCES organisation (id),
    kind TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    proposed_by UUID NOT NULL REFERENCES person (id),
    proposed_at BIGINT NOT NULL,
    answer TEXT,
    answered_by UUID REFERENCES person (id),
    answered_at BIGINT,
    CONSTRAINT mandate_proposal_other CHECK (person <> proposed_by),
    CONSTRAINT mandate_proposal_answer CHECK (answer IN ('accepted', 'declined', 'withdrawn')),
    CONSTRAINT mandate_proposal_answered CHECK
        ((answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL))
);
CREATE INDEX mandate_proposal_person ON mandate_proposal (person);
CREATE INDEX mandate_proposal_organisation ON mandate_proposal (organisation);
