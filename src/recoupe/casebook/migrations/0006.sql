-- For the cross-check: in which report of its article a claim stands, and of each report what suffices to see that another is no match.

ALTER TABLE claim ADD COLUMN report INTEGER NOT NULL DEFAULT 0;  -- its place among the reports of its document, once `told` holds these
CREATE INDEX claim_named ON claim (document, id, report);
DROP INDEX claim_document;
CREATE TABLE sketch (               -- of all reports of a document, in their order, in the cross-check's own format
    document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    version TEXT NOT NULL,
    sketches BLOB NOT NULL
);
