-- Whether an organisation had money here before the rules made all amounts public, and hasn't agreed: it keeps its own to
-- itself until it does.
ALTER TABLE membership ADD COLUMN veiled INTEGER NOT NULL DEFAULT 0;
