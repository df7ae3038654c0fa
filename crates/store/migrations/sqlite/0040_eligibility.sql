-- The eligibility grid of software, and organisations that files elsewhere list (« chatonsinfos »).

-- What reviewers found of a criterion; nothing of it is changed: the last word of each counts.
CREATE TABLE assessment (
    id BLOB NOT NULL PRIMARY KEY,
    software BLOB NOT NULL REFERENCES software (id),
    criterion TEXT NOT NULL,
    verdict TEXT NOT NULL,
    evidence TEXT NOT NULL,
    reviewer BLOB NOT NULL REFERENCES person (id),
    organisation BLOB REFERENCES organisation (id),
    -- Whether a steward settles by it what others found differently.
    settles INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT assessment_verdict CHECK (verdict IN ('yes', 'partly', 'no', 'not_assessed')),
    CONSTRAINT assessment_settles CHECK (settles IN (0, 1))
) STRICT;
CREATE INDEX assessment_software ON assessment (software, id);

-- By which decision a software's features are funded although an essential criterion isn't met.
CREATE TABLE eligibility_waiver (
    id BLOB NOT NULL PRIMARY KEY,
    software BLOB NOT NULL REFERENCES software (id),
    decision BLOB NOT NULL REFERENCES decision (id),
    reason TEXT NOT NULL,
    person BLOB NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    ended_by BLOB REFERENCES person (id)
) STRICT;
CREATE UNIQUE INDEX eligibility_waiver_one ON eligibility_waiver (software) WHERE ended_at IS NULL;

-- Organisations as a file elsewhere lists them: none of it counts before the organisation confirms it here.
CREATE TABLE listed_organisation (
    id BLOB NOT NULL PRIMARY KEY,
    collective BLOB NOT NULL REFERENCES collective (id),
    -- The address of its file.
    file TEXT NOT NULL,
    name TEXT NOT NULL,
    website TEXT NOT NULL,
    description TEXT NOT NULL,
    -- The member that it was taken for at the last import.
    organisation BLOB REFERENCES organisation (id),
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    -- When a file no longer listed it.
    gone_at INTEGER,
    CONSTRAINT listed_organisation_file_unique UNIQUE (collective, file)
) STRICT;

-- What they are said to run there.
CREATE TABLE listed_service (
    listed BLOB NOT NULL REFERENCES listed_organisation (id),
    software BLOB NOT NULL REFERENCES software (id),
    url TEXT NOT NULL,
    gone_at INTEGER,
    PRIMARY KEY (listed, software)
) STRICT;
CREATE INDEX listed_service_software ON listed_service (software, gone_at);

-- Where a collective's files are read from, who asked last, and what came of it.
CREATE TABLE listing (
    collective BLOB NOT NULL PRIMARY KEY REFERENCES collective (id),
    source TEXT NOT NULL,
    asked_by BLOB NOT NULL REFERENCES person (id),
    asked_at INTEGER NOT NULL,
    done_at INTEGER,
    -- What came of it: JSON; empty while it is being read.
    outcome TEXT NOT NULL
) STRICT;
