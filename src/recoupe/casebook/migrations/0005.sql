-- Which events came or went, in order, so that an index in memory can follow without reading all of them again.

CREATE TABLE event_log (number INTEGER PRIMARY KEY AUTOINCREMENT, event INTEGER NOT NULL);
CREATE TRIGGER event_logged_on_insert AFTER INSERT ON event BEGIN INSERT INTO event_log (event) VALUES (new.number); END;
CREATE TRIGGER event_logged_on_delete AFTER DELETE ON event BEGIN INSERT INTO event_log (event) VALUES (old.number); END;
