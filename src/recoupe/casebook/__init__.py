"""The system of record: one SQLite file."""

from recoupe.casebook.casebook import Casebook, open_casebook
from recoupe.casebook.documents import Added
from recoupe.casebook.furniture import Recurring

__all__ = ["Added", "Casebook", "Recurring", "open_casebook"]
