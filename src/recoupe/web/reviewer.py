"""Who decides? The name that a visitor gave once, kept in a cookie."""

from __future__ import annotations

import getpass
from urllib.parse import unquote

from starlette.requests import Request

from recoupe.casebook.coding import checked_reviewer
from recoupe.errors import ReviewError

COOKIE = "recoupe-reviewer"


def named(request: Request) -> str:
    """The name that the visitor gave, "" where none was given or it is none."""
    try:
        return checked_reviewer(unquote(request.cookies.get(COOKIE, "")))
    except ReviewError:
        return ""


def reviewer_of(request: Request) -> str:
    """The name that decisions are kept under: the visitor's, or that of who runs the workbench."""
    return named(request) or getpass.getuser()
