-- The page for gifts elsewhere that is to be shown in place of a host's present one, from when on, and who wrote it down; and
-- whether one was ever shown.
ALTER TABLE host ADD COLUMN next_link TEXT NOT NULL DEFAULT '';
ALTER TABLE host ADD COLUMN next_link_from BIGINT;
ALTER TABLE host ADD COLUMN next_link_by UUID;
ALTER TABLE host ADD COLUMN link_given BIGINT NOT NULL DEFAULT 0;
UPDATE host SET link_given = 1 WHERE give_link <> '';
