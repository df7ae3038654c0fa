-- The member that does the work on a feature, as it was named when its text was written: what it may do doesn't hang on
-- names. Of features written before: the one present member of that name.

ALTER TABLE feature ADD COLUMN worker_organisation UUID REFERENCES organisation (id);
UPDATE feature SET worker_organisation = (SELECT o.id FROM organisation o JOIN membership m ON m.organisation = o.id
    WHERE m.collective = feature.collective AND m.left_on IS NULL AND LOWER(o.name) = LOWER(TRIM(feature.worker)))
WHERE worker <> '' AND 1 = (SELECT COUNT(*) FROM organisation o JOIN membership m ON m.organisation = o.id
    WHERE m.collective = feature.collective AND m.left_on IS NULL AND LOWER(o.name) = LOWER(TRIM(feature.worker)));
