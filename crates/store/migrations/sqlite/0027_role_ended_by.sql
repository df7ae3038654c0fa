-- Who ended a role: one that another person ended counts a while longer where somebody would stand in for its holder.

ALTER TABLE role ADD COLUMN ended_by BLOB;
