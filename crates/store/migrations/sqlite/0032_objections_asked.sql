-- How many objections hold a report up is settled when it is published: members who join later change nothing.
ALTER TABLE report ADD COLUMN objections_asked INTEGER;
