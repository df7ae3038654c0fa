-- Whether anybody may give to the pots that a host holds, where else than by transfer, and whether the host may write a tax
-- receipt. Its IBAN is public only with the first.

ALTER TABLE host ADD COLUMN gifts_open INTEGER NOT NULL DEFAULT 0 CONSTRAINT host_gifts_open CHECK (gifts_open IN (0, 1));
ALTER TABLE host ADD COLUMN give_link TEXT NOT NULL DEFAULT '';
ALTER TABLE host ADD COLUMN tax_receipts INTEGER NOT NULL DEFAULT 0 CONSTRAINT host_tax_receipts CHECK (tax_receipts IN (0, 1));
