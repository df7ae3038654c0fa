-- Whether a program wrote a decision down, by a token: such a word is nobody's second one. Of those older than this nothing
-- is known.
ALTER TABLE decision ADD COLUMN by_token INTEGER NOT NULL DEFAULT 0;

-- More rows that are sealed (see `seals.rs`). Those older than this are counted as not covered.
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT j.pot, 'payment', t.id, 0, X'' FROM payment t JOIN posting j ON j.id = t.posting;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT f.pot, 'call_receipt', t.id, 0, X'' FROM call_receipt t JOIN fund_call f ON f.id = t.fund_call;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT t.collective, 'mandate_proposal', t.id, 0, X'' FROM mandate_proposal t;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT X'00000000000000000000000000000000', 'instance_admin', t.person, 0, X'' FROM instance_admin t;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT X'00000000000000000000000000000000', 'person', t.id, 0, X'' FROM person t;

-- The IBAN that is to be shown in place of a host's present one, from when on, and who wrote it down; and whether one was
-- ever shown.
ALTER TABLE host ADD COLUMN next_iban TEXT NOT NULL DEFAULT '';
ALTER TABLE host ADD COLUMN next_iban_from INTEGER;
ALTER TABLE host ADD COLUMN next_iban_by BLOB;
ALTER TABLE host ADD COLUMN iban_given INTEGER NOT NULL DEFAULT 0;
UPDATE host SET iban_given = 1 WHERE iban <> '';
