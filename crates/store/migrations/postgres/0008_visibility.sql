-- Since when the amounts of an organisation are hidden: because it wishes it, or because one or two others alone would
-- be found by subtraction. NULL: they are shown, as far as the rules say.
ALTER TABLE membership ADD COLUMN hidden_since BIGINT;
CREATE INDEX membership_hidden ON membership (collective) WHERE hidden_since IS NOT NULL;

-- Whoever doesn't show its amounts where each chooses, and whoever is one person, is hidden from the beginning.
UPDATE membership SET hidden_since = 0
WHERE shows_amounts = 0
  AND (organisation IN (SELECT id FROM organisation WHERE one_person = 1)
       OR EXISTS (SELECT 1 FROM rules r WHERE r.collective = membership.collective
                  AND r.body NOT LIKE '%"amounts":"public"%'
                  AND r.version = (SELECT MAX(version) FROM rules n WHERE n.collective = r.collective)));
