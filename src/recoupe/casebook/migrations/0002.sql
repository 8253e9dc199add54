-- Events across documents, what was last checked, and the names that events had before.

CREATE TABLE event (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    day_from INTEGER NOT NULL,      -- 0 where the day is unknown: such events come last
    day_to INTEGER NOT NULL,
    latitude REAL,
    longitude REAL,
    origins INTEGER NOT NULL,       -- independent ones
    disputed INTEGER NOT NULL,
    record BLOB NOT NULL            -- zlib: msgspec JSON
);
CREATE INDEX event_order ON event (day_from DESC, origins DESC, id);
CREATE INDEX event_type ON event (type, day_from DESC, origins DESC, id);
CREATE INDEX event_disputed ON event (day_from DESC, origins DESC, id) WHERE disputed = 1;
CREATE VIRTUAL TABLE event_place USING rtree (number, south, north, west, east);

CREATE TABLE event_actor (
    event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    name TEXT NOT NULL,             -- folded
    PRIMARY KEY (event, name)
) WITHOUT ROWID;
CREATE INDEX event_actor_name ON event_actor (name);

CREATE TABLE event_document (
    event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES document,
    PRIMARY KEY (event, document)
) WITHOUT ROWID;
CREATE INDEX event_document_document ON event_document (document);

CREATE TABLE event_claim (          -- a claim is in one event at most
    document INTEGER NOT NULL REFERENCES document,
    claim TEXT NOT NULL,
    event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    PRIMARY KEY (document, claim)
) WITHOUT ROWID;
CREATE INDEX event_claim_event ON event_claim (event);

CREATE TABLE former_event (id TEXT PRIMARY KEY, event TEXT) WITHOUT ROWID;  -- NULL: dissolved

CREATE TABLE link (
    left_document INTEGER NOT NULL REFERENCES document,
    left_claim TEXT NOT NULL,
    right_document INTEGER NOT NULL REFERENCES document,
    right_claim TEXT NOT NULL,
    score REAL NOT NULL,
    reasons TEXT NOT NULL,          -- msgspec JSON
    PRIMARY KEY (left_document, left_claim, right_document, right_claim)
) WITHOUT ROWID;
CREATE INDEX link_right ON link (right_document, right_claim);

-- Documents that the cross-check has not seen as they are now; the number tells a change during a check from one before it.
CREATE TABLE change (number INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL UNIQUE REFERENCES document);
INSERT INTO change (document) SELECT number FROM document WHERE current = 1;

CREATE TABLE told (                 -- what the cross-check looks at in a document, in its own format, made by this version of its code
    document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    version TEXT NOT NULL,
    told BLOB NOT NULL
);
CREATE TABLE vacated (block INTEGER NOT NULL, day INTEGER NOT NULL, tie INTEGER NOT NULL, PRIMARY KEY (block, day, tie)) WITHOUT ROWID;  -- since the last check
