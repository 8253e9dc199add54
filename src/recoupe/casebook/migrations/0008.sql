-- What a check that was stopped had settled: a key of all that the events of a component depend on, and their ids. Empty once a check is whole.

CREATE TABLE settled (key BLOB PRIMARY KEY, events TEXT NOT NULL) WITHOUT ROWID;  -- msgspec JSON
