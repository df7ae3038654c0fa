-- Handing a feature over: proposed to another organisation, which leads it once somebody who represents it accepts.

CREATE TABLE lead_proposal (
    id UUID NOT NULL PRIMARY KEY,
    feature UUID NOT NULL REFERENCES feature (id),
    former UUID NOT NULL REFERENCES organisation (id),
    former_person UUID REFERENCES person (id),
    lead UUID NOT NULL REFERENCES organisation (id),
    reason TEXT NOT NULL,
    proposed_by UUID NOT NULL REFERENCES person (id),
    proposed_at BIGINT NOT NULL,
    answer TEXT,
    answered_by UUID REFERENCES person (id),
    answered_at BIGINT,
    CONSTRAINT lead_proposal_other CHECK (former <> lead),
    CONSTRAINT lead_proposal_answer CHECK (answer IN ('accepted', 'declined', 'withdrawn')),
    CONSTRAINT lead_proposal_answered CHECK
        ((answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL))
);
CREATE UNIQUE INDEX lead_proposal_open ON lead_proposal (feature) WHERE answered_at IS NULL;
CREATE INDEX lead_proposal_feature ON lead_proposal (feature);
