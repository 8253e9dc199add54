-- For the cross-check: reports as rows of their own, and what a check that was stopped had settled.

DROP TABLE told;
CREATE TABLE told (                 -- what the reports of a document share, and what is kept of its text, in the cross-check's own formats
    document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    head BLOB NOT NULL,
    signature BLOB NOT NULL
);
CREATE TABLE report (number INTEGER PRIMARY KEY, told BLOB NOT NULL);  -- the number of its document times 2^20, and its place there
UPDATE sketch SET version = '';     -- all of it is made anew by the next check

-- While a check of everything is under way: a key of all that a component depends on, and the ids of its events (JSON); the first key is empty.
CREATE TABLE settled (key BLOB PRIMARY KEY, events TEXT NOT NULL) WITHOUT ROWID;
