"""The system of record: one SQLite file."""

from recoupe.casebook.candidates import Pair
from recoupe.casebook.casebook import Casebook, open_casebook
from recoupe.casebook.documents import Added
from recoupe.casebook.doubts import Doubt
from recoupe.casebook.events import Box, Circle, EventFilter, Order
from recoupe.casebook.furniture import Recurring
from recoupe.casebook.health import Health
from recoupe.casebook.queue import QueueFilter, Waiting
from recoupe.casebook.search import Hit
from recoupe.casebook.standing import Standing, visible

__all__ = [
    "Added", "Box", "Casebook", "Circle", "Doubt", "EventFilter", "Health", "Hit", "Order", "Pair", "QueueFilter", "Recurring", "Standing",
    "Waiting", "open_casebook", "visible",
]  # fmt: skip
