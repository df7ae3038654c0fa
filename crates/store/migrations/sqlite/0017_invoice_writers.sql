-- Who entered an invoice or corrected it: none of them approves or authorises it. Of invoices written before: whoever
-- their events say.

CREATE TABLE invoice_writer (
    invoice BLOB NOT NULL REFERENCES invoice (id),
    person BLOB NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (invoice, person)
) STRICT;
INSERT INTO invoice_writer (invoice, person, created_at)
SELECT written.invoice, written.person, MIN(written.at) FROM (
    SELECT id AS invoice, entered_by AS person, created_at AS at FROM invoice
    UNION ALL
    SELECT i.id, p.id, e.at FROM event e JOIN invoice i ON i.feature = e.subject
        AND i.number = json_extract(e.data, '$.invoice')
        JOIN person p ON p.id = unhex(replace(substr(e.actor, 8), '-', ''))
        WHERE e.kind IN ('invoice_entered', 'invoice_corrected') AND e.actor LIKE 'person:%') written
GROUP BY written.invoice, written.person;
