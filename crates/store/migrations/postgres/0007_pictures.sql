-- Pictures on features: the files, the text that stands for them, their size for pages that keep its place.

CREATE TABLE picture (
    file UUID NOT NULL PRIMARY KEY REFERENCES file (id),
    small UUID NOT NULL REFERENCES file (id),
    feature UUID NOT NULL REFERENCES feature (id),
    alternative TEXT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    CONSTRAINT picture_size CHECK (width > 0 AND height > 0)
);
CREATE INDEX picture_feature ON picture (feature);
