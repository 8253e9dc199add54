"""The system of record: one SQLite file."""

from recoupe.casebook.candidates import Pair
from recoupe.casebook.casebook import Casebook, open_casebook
from recoupe.casebook.documents import Added
from recoupe.casebook.doubts import Doubt
from recoupe.casebook.event_index import EventIndex, Selection
from recoupe.casebook.events import Box, Circle, EventFilter, Order
from recoupe.casebook.facets import Count, Facets, Point, Timeline, count_facets, in_order, points, timeline
from recoupe.casebook.furniture import Recurring
from recoupe.casebook.health import Health
from recoupe.casebook.queue import Position, QueueFilter, Waiting
from recoupe.casebook.search import Hit
from recoupe.casebook.standing import Standing, visible
from recoupe.casebook.words import fold

__all__ = [
    "Added", "Box", "Casebook", "Circle", "Count", "Doubt", "EventFilter", "EventIndex", "Facets", "Health", "Hit", "Order", "Pair", "Point", "Position",
    "QueueFilter", "Recurring", "Selection", "Standing", "Timeline", "Waiting", "count_facets", "fold", "in_order", "open_casebook", "points",
    "timeline", "visible",
]  # fmt: skip
