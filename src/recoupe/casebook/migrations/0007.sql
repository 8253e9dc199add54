-- The claims that somebody else denies: those of an event of which origins differ whether it happened, that say it did. `claim` is a claim's
-- place among those of its document, as the tallies have it.

CREATE TABLE event_denied (
    event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES document,
    claim INTEGER NOT NULL,
    PRIMARY KEY (event, document, claim)
) WITHOUT ROWID;
