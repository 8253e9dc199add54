-- What the pages on voices, labels and outlets count, packed by document (tallies.py), and the names that the numbers in it stand for.

CREATE TABLE voice (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, actor TEXT);
CREATE TABLE term (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, written TEXT NOT NULL, language TEXT NOT NULL);

CREATE TABLE tally (                -- a document that is counted anew gets a greater number: what is new since a number is quickly told
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL UNIQUE REFERENCES document ON DELETE CASCADE,
    said BLOB,                      -- NULL: superseded, not to be counted
    claimed BLOB,
    called BLOB
);

CREATE TABLE actor_document (       -- the articles that tell of an actor
    actor INTEGER NOT NULL REFERENCES actor,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    PRIMARY KEY (actor, document)
) WITHOUT ROWID;
INSERT INTO actor_document (actor, document) SELECT DISTINCT claim_actor.actor, claim.document FROM claim_actor JOIN claim ON claim.number = claim_actor.claim;

CREATE TABLE event_copy (           -- documents of an event that share a text with another one; `rank` is its place by day of publication
    event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES document,
    rank INTEGER NOT NULL,          -- 0: the first
    PRIMARY KEY (event, document)
) WITHOUT ROWID;
