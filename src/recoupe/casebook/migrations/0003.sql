-- What people decided on single claims: appended, never changed.

CREATE TABLE decision (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,        -- made from its content
    document TEXT NOT NULL,
    claim TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    verdict TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    withdraws TEXT UNIQUE,          -- the id of the decision that it undoes
    record BLOB NOT NULL            -- msgspec JSON
);
CREATE INDEX decision_claim ON decision (document, claim);
CREATE INDEX decision_reviewer ON decision (reviewer, number);
CREATE TRIGGER decision_kept_on_update BEFORE UPDATE ON decision BEGIN SELECT raise(ABORT, 'decisions are never changed: add another'); END;
CREATE TRIGGER decision_kept_on_delete BEFORE DELETE ON decision BEGIN SELECT raise(ABORT, 'decisions are never taken away: add another'); END;

-- Which decision of a reviewer stands on a claim: an index over the above, made anew with every decision.
CREATE TABLE standing (
    document TEXT NOT NULL,
    claim TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    decision INTEGER NOT NULL REFERENCES decision,
    PRIMARY KEY (document, claim, reviewer)
) WITHOUT ROWID;
CREATE INDEX standing_reviewer ON standing (reviewer, decision);

-- What every claim of a current document weighs in the queue of the review, in hundredths: what is doubtful in its reading, what hangs on it.
CREATE TABLE queue (
    claim INTEGER PRIMARY KEY REFERENCES claim ON DELETE CASCADE,
    document INTEGER NOT NULL,
    outlet INTEGER NOT NULL,
    type TEXT NOT NULL,
    day INTEGER,                    -- of its own or of the publication
    draw INTEGER NOT NULL,          -- a number made from its content, 0 to 9999: those below the share to be read twice are
    doubt INTEGER NOT NULL,
    stake INTEGER NOT NULL,
    doubt_linked INTEGER NOT NULL DEFAULT 0,    -- of the event that it is in
    stake_shared INTEGER NOT NULL DEFAULT 0,
    weight INTEGER NOT NULL GENERATED ALWAYS AS ((100 + doubt + doubt_linked) * (100 + stake + stake_shared) / 100) VIRTUAL
);
CREATE INDEX queue_weight ON queue (weight DESC, claim);
CREATE INDEX queue_type ON queue (type, weight DESC, claim);
CREATE INDEX queue_outlet ON queue (outlet, weight DESC, claim);
CREATE INDEX queue_draw ON queue (draw, claim);
CREATE INDEX queue_document ON queue (document);
CREATE INDEX queue_day ON queue (day);

CREATE TABLE unweighed (document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE);
INSERT INTO unweighed (document) SELECT number FROM document WHERE current = 1;
