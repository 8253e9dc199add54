-- Days are counted from 0001-01-01 = 1 (Python's ordinal). Every table names its rows by `number`; ids are those of the record.

CREATE TABLE outlet (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

CREATE TABLE document (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    outlet INTEGER NOT NULL REFERENCES outlet,
    language TEXT NOT NULL,
    published INTEGER,              -- first day that its publication may have been on
    current INTEGER NOT NULL,       -- 1 while it is the version of some key, 0 once it is superseded
    article INTEGER NOT NULL,       -- number of the first document of this article: versions and near copies share it
    code_version TEXT NOT NULL,     -- of the code that made the reading
    added_at TEXT NOT NULL
);
CREATE INDEX document_outlet ON document (outlet);

CREATE TABLE body (                 -- zlib: msgspec JSON of the reading, of what is known of the document and its blocks, and the text
    document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    text BLOB NOT NULL,
    head BLOB NOT NULL,
    reading BLOB NOT NULL
);

CREATE TABLE key (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, document INTEGER NOT NULL REFERENCES document);
CREATE INDEX key_document ON key (document);
CREATE TABLE version (
    key INTEGER NOT NULL REFERENCES key,
    document INTEGER NOT NULL REFERENCES document,
    first_at TEXT NOT NULL,
    PRIMARY KEY (key, document)
) WITHOUT ROWID;

CREATE TABLE problem (document TEXT NOT NULL, stage TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (document, stage, reason));

-- Claims of current documents, in the columns that are filtered and blocked on.
CREATE TABLE claim (
    number INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    groups INTEGER NOT NULL,        -- one bit for each group of comparable types
    mode TEXT,
    acled TEXT,
    day INTEGER NOT NULL,           -- where it stands among the claims under one block; undated ones last
    day_from INTEGER,               -- the days on which its event may have been, tolerance included
    day_to INTEGER,
    dated TEXT NOT NULL,            -- own, published (derived from the publication), none
    place TEXT,
    country TEXT,
    latitude REAL,
    longitude REAL,
    placed TEXT NOT NULL,           -- own, document (derived from the article), none
    factuality TEXT NOT NULL,
    stage TEXT NOT NULL,
    voice TEXT NOT NULL,            -- the kind of source that carries it
    tie INTEGER NOT NULL,           -- the order of claims of one day, by content and not by arrival
    blocks BLOB NOT NULL            -- its blocks, four bytes each
);
CREATE INDEX claim_document ON claim (document);

CREATE TABLE actor (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE claim_actor (
    claim INTEGER NOT NULL REFERENCES claim ON DELETE CASCADE,
    actor INTEGER NOT NULL REFERENCES actor,
    role TEXT NOT NULL,
    PRIMARY KEY (claim, actor, role)
) WITHOUT ROWID;
CREATE INDEX claim_actor_actor ON claim_actor (actor);

CREATE TABLE block (
    block INTEGER NOT NULL,
    day INTEGER NOT NULL,
    tie INTEGER NOT NULL,
    claim INTEGER NOT NULL,
    PRIMARY KEY (block, day, tie, claim)
) WITHOUT ROWID;

-- Fingerprints of lines, to find what recurs over the articles of an outlet; the longest lines find near copies.
CREATE TABLE line (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    print TEXT NOT NULL,
    PRIMARY KEY (document, print)
) WITHOUT ROWID;
CREATE TABLE long_line (hash INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (hash, document)) WITHOUT ROWID;

-- Folded words and stems of titles and texts, without what is chrome or leads to other articles. Python folds and parts the words, so that
-- excerpts mark exactly what was found: the tokenizer only splits at blanks. Nothing is ever taken out of an index without content, therefore
-- a document whose words change gets a new passage and the old one belongs to none.
CREATE TABLE passage (number INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL UNIQUE REFERENCES document, hash BLOB NOT NULL);
CREATE VIRTUAL TABLE search USING fts5 (title, text, title_stems, text_stems, content = '', tokenize = 'ascii');

-- Decisions of people: appended, never changed.
CREATE TABLE review (
    number INTEGER PRIMARY KEY,
    left_document TEXT NOT NULL, left_claim TEXT NOT NULL,
    right_document TEXT NOT NULL, right_claim TEXT NOT NULL,
    judgement TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE TRIGGER review_kept_on_update BEFORE UPDATE ON review BEGIN SELECT raise(ABORT, 'reviews are never changed: add another'); END;
CREATE TRIGGER review_kept_on_delete BEFORE DELETE ON review BEGIN SELECT raise(ABORT, 'reviews are never taken away: add another'); END;
