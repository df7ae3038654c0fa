-- Whether a program wrote a decision down, by a token: such a word is nobody's second one. Of those older than this nothing
-- is known.
ALTER TABLE decision ADD COLUMN by_token INTEGER NOT NULL DEFAULT 0;
