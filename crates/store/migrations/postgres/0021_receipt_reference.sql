-- A file of gifts that comes twice is known by the references of its lines, a gift noted by hand by its day.
CREATE INDEX receipt_reference ON receipt (pot, reference);
CREATE INDEX receipt_day ON receipt (pot, received_on);
