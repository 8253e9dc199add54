"""The system of record: one SQLite file."""

from recoupe.casebook.candidates import Claims, Pair, sweep
from recoupe.casebook.casebook import Casebook, open_casebook
from recoupe.casebook.documents import Added
from recoupe.casebook.events import Box, Circle, EventFilter, Order
from recoupe.casebook.furniture import Recurring
from recoupe.casebook.health import Health
from recoupe.casebook.replacement import Replacement
from recoupe.casebook.search import Hit
from recoupe.casebook.told import REPORTS, ToldParts

__all__ = [
    "REPORTS",
    "Added",
    "Box",
    "Casebook",
    "Circle",
    "Claims",
    "EventFilter",
    "Health",
    "Hit",
    "Order",
    "Pair",
    "Recurring",
    "Replacement",
    "ToldParts",
    "open_casebook",
    "sweep",
]
