-- What tells of a row beside the journal whether it is as it was written (see `seals.rs`), and from where on the chain
-- covers what postings rest on. Rows and postings older than this are counted as not covered.

CREATE TABLE seal (
    -- The pot or the collective of the row.
    scope BLOB NOT NULL,
    kind TEXT NOT NULL,
    subject BLOB NOT NULL,
    part INTEGER NOT NULL,
    seal BLOB NOT NULL,
    PRIMARY KEY (scope, kind, subject, part)
) STRICT, WITHOUT ROWID;

INSERT INTO instance (name, value)
    VALUES ('seal_key', LOWER(HEX(RANDOMBLOB(32))));

ALTER TABLE pot_head ADD COLUMN bound_from INTEGER NOT NULL DEFAULT 1;
UPDATE pot_head SET bound_from = seq + 1;
ALTER TABLE posting_detail ADD COLUMN basis_salt BLOB;

INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT t.collective, 'host', t.id, 0, X'' FROM host t;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT t.id, 'pot', t.id, 0, X'' FROM pot t;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT t.collective, 'rules', t.collective, t.version, X'' FROM rules t;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT t.collective, 'decision', t.id, 0, X'' FROM decision t;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT t.pot, 'receipt', t.posting, 0, X'' FROM receipt t;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT t.pot, 'gift_fund', t.id, 0, X'' FROM gift_fund t;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT t.pot, 'round', t.id, 0, X'' FROM round t;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT t.pot, 'feature', t.id, 0, X'' FROM feature t;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT f.pot, 'funding_terms', t.feature, t.version, X'' FROM funding_terms t
    JOIN feature f ON f.id = t.feature;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT t.pot, 'promise', t.id, 0, X'' FROM promise t;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT t.pot, 'fund_call', t.id, 0, X'' FROM fund_call t;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT t.pot, 'subscription', t.id, 0, X'' FROM subscription t;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT s.pot, 'subscription_terms', t.subscription, t.version, X'' FROM subscription_terms t
    JOIN subscription s ON s.id = t.subscription;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT t.pot, 'subscription_call', t.id, 0, X'' FROM subscription_call t;
