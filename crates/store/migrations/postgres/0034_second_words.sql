-- Whether a program wrote a decision down, by a token: such a word is nobody's second one. Of those older than this nothing
-- is known.
ALTER TABLE decision ADD COLUMN by_token BIGINT NOT NULL DEFAULT 0;

-- More rows that are sealed (see `seals.rs`). Those older than this are counted as not covered.
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT j.pot, 'payment', t.id, 0, CAST('' AS BYTEA) FROM payment t JOIN posting j ON j.id = t.posting;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT f.pot, 'call_receipt', t.id, 0, CAST('' AS BYTEA) FROM call_receipt t JOIN fund_call f ON f.id = t.fund_call;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT t.collective, 'mandate_proposal', t.id, 0, CAST('' AS BYTEA) FROM mandate_proposal t;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT CAST('00000000-0000-0000-0000-000000000000' AS UUID), 'instance_admin', t.person, 0, CAST('' AS BYTEA) FROM instance_admin t;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT CAST('00000000-0000-0000-0000-000000000000' AS UUID), 'person', t.id, 0, CAST('' AS BYTEA) FROM person t;

-- The IBAN that is to be shown in place of a host's present one, from when on, and who wrote it down; and whether one was
-- ever shown.
ALTER TABLE host ADD COLUMN next_iban TEXT NOT NULL DEFAULT '';
ALTER TABLE host ADD COLUMN next_iban_from BIGINT;
ALTER TABLE host ADD COLUMN next_iban_by UUID;
ALTER TABLE host ADD COLUMN iban_given BIGINT NOT NULL DEFAULT 0;
UPDATE host SET iban_given = 1 WHERE iban <> '';
