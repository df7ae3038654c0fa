-- Pictures on features: the files, the text that stands for them, their size for pages that keep its place.

CREATE TABLE picture (
    file BLOB NOT NULL PRIMARY KEY REFERENCES file (id),
    small BLOB NOT NULL REFERENCES file (id),
    feature BLOB NOT NULL REFERENCES feature (id),
    alternative TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    CONSTRAINT picture_size CHECK (width > 0 AND height > 0)
) STRICT;
CREATE INDEX picture_feature ON picture (feature);
