"""The system of record: one SQLite file."""

from recoupe.casebook.casebook import Casebook, open_casebook
from recoupe.casebook.documents import Added
from recoupe.casebook.furniture import Recurring
from recoupe.casebook.search import Hit

__all__ = ["Added", "Casebook", "Hit", "Recurring", "open_casebook"]
