-- New terms of a feature on which money lies: why, until when money may be taken back and nothing triggers, by which
-- decision where it is triggered already.
ALTER TABLE feature ADD COLUMN suspended_until TEXT;
ALTER TABLE funding_terms ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE funding_terms ADD COLUMN suspended_until TEXT;
ALTER TABLE funding_terms ADD COLUMN decision BLOB REFERENCES decision (id);
