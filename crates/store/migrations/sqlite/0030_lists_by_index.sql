-- What pages list is found without a look at the whole table.
CREATE INDEX deadline_dead ON deadline (dead_at) WHERE dead_at IS NOT NULL AND done_at IS NULL;
CREATE INDEX mail_dead ON mail (dead_at) WHERE dead_at IS NOT NULL;
CREATE INDEX check_report_pot ON check_report (pot, at);
CREATE INDEX departure_decision ON departure (decision);
CREATE INDEX role_collective ON role (collective);
