"""The system of record: one SQLite file."""

from recoupe.casebook.candidates import Pair
from recoupe.casebook.casebook import Casebook, open_casebook
from recoupe.casebook.documents import Added
from recoupe.casebook.events import Box, Circle, EventFilter, Order
from recoupe.casebook.furniture import Recurring
from recoupe.casebook.health import Health
from recoupe.casebook.search import Hit

__all__ = ["Added", "Box", "Casebook", "Circle", "EventFilter", "Health", "Hit", "Order", "Pair", "Recurring", "open_casebook"]
