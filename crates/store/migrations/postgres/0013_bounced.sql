-- Why a transfer came back; those before told it on their invoice.

ALTER TABLE payment ADD COLUMN bounced_reason TEXT NOT NULL DEFAULT '';
CREATE INDEX payment_invoice ON payment (invoice);
