-- What somebody who gives wishes for: a feature, or words. It binds nobody, and never enters the journal.
ALTER TABLE receipt ADD COLUMN wish TEXT NOT NULL DEFAULT '';
ALTER TABLE receipt ADD COLUMN wish_feature BLOB REFERENCES feature (id);
