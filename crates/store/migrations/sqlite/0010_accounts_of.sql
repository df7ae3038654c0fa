-- The accounts of one organisation, and those on one feature, in the order of their keys. With shorter indexes the planner
-- prefers the one over all accounts of the pot, and each allocation reads them all.

DROP INDEX account_organisation;
DROP INDEX account_feature;
CREATE INDEX account_organisation ON account (organisation, pot, book, key);
CREATE INDEX account_feature ON account (feature, pot, book, key);
