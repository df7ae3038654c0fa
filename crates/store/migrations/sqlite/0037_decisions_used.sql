-- A decision serves once: what rests on it is found without a look at the whole journal.
CREATE INDEX posting_decision ON posting (decision) WHERE decision IS NOT NULL;
