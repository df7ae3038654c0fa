-- More rows that are sealed (see `seals.rs`): orders, mandates, roles, departures, memberships, files. Those older than
-- this are counted as not covered.
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT t.pot, 'invoice', t.id, 0, CAST('' AS BYTEA) FROM invoice t;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT t.pot, 'refund', t.id, 0, CAST('' AS BYTEA) FROM refund t;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT t.organisation, 'mandate', t.id, 0, CAST('' AS BYTEA) FROM mandate t;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT t.collective, 'role', t.id, 0, CAST('' AS BYTEA) FROM role t;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT t.collective, 'departure', t.id, 0, CAST('' AS BYTEA) FROM departure t;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT t.collective, 'membership', t.organisation, 0, CAST('' AS BYTEA) FROM membership t;
INSERT INTO seal (scope, kind, subject, part, seal)
    SELECT t.collective, 'file', t.id, 0, CAST('' AS BYTEA) FROM file t WHERE t.collective IS NOT NULL;
