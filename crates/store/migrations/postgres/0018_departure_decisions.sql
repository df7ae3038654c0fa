-- A decision may be about the departure of one organisation: an exclusion or a refund rests on such a one, once.

ALTER TABLE decision ADD COLUMN departs UUID REFERENCES organisation (id);
CREATE INDEX decision_departs ON decision (departs);
