-- Comments have a number on what they are about, can be changed by whoever wrote them, and are hidden for a reason.
ALTER TABLE comment ADD COLUMN number BIGINT NOT NULL DEFAULT 0;
UPDATE comment SET number =
    (SELECT COUNT(*) FROM comment AS other WHERE other.subject = comment.subject AND other.id <= comment.id);
ALTER TABLE comment ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE comment ADD COLUMN edited_at BIGINT;
ALTER TABLE comment ADD COLUMN hidden_reason TEXT NOT NULL DEFAULT '';
DROP INDEX comment_subject;
CREATE UNIQUE INDEX comment_number ON comment (subject, number);
