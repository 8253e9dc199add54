"""The system of record: one SQLite file."""

from recoupe.casebook.candidates import Claims, Pair, distinct, sweep
from recoupe.casebook.casebook import Casebook, open_casebook
from recoupe.casebook.counted import Counted
from recoupe.casebook.counts import Counts
from recoupe.casebook.documents import REPORTS, Added
from recoupe.casebook.doubts import Doubt
from recoupe.casebook.event_index import EventIndex, Selection
from recoupe.casebook.event_rows import Rows, rows_of
from recoupe.casebook.events import Box, Circle, EventFilter, Order
from recoupe.casebook.evidence import Evidence, Found, Marked, Part, pieces
from recoupe.casebook.facets import Count, Facets, Point, Timeline, count_facets, count_unplaced, in_order, points, timeline
from recoupe.casebook.furniture import Recurring
from recoupe.casebook.health import Health
from recoupe.casebook.labels import LabelOrder, LabelRow, LabelTable, Naming, Saying
from recoupe.casebook.outlets import OutletOrder, OutletRow, OutletTable, Which
from recoupe.casebook.queue import Position, QueueFilter, Waiting
from recoupe.casebook.replacement import Replacement
from recoupe.casebook.scope import Scope
from recoupe.casebook.search import Hit, Hits
from recoupe.casebook.standing import Standing, visible
from recoupe.casebook.told import ToldParts
from recoupe.casebook.voices import Certainty, Speaking, VoiceOrder, VoiceRow, VoiceTable
from recoupe.casebook.words import fold

__all__ = [
    "REPORTS", "Added", "Box", "Casebook", "Certainty", "Circle", "Claims", "Count", "Counted", "Counts", "Doubt", "EventFilter", "EventIndex",
    "Evidence", "Facets", "Found", "Health", "Hit", "Hits", "LabelOrder", "LabelRow", "LabelTable", "Marked", "Naming", "Order", "OutletOrder",
    "OutletRow", "OutletTable", "Pair", "Part", "Point", "Position", "QueueFilter", "Recurring", "Replacement", "Rows", "Saying", "Scope", "Selection",
    "Speaking", "Standing", "Timeline", "ToldParts", "VoiceOrder", "VoiceRow", "VoiceTable", "Waiting", "Which", "count_facets", "count_unplaced", "distinct", "fold",
    "in_order", "open_casebook", "pieces", "points", "rows_of", "sweep", "timeline", "visible",
]  # fmt: skip
