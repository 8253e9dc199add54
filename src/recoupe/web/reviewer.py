"""Who decides? The name that a visitor gave once, kept in a cookie."""

from __future__ import annotations

import getpass
from urllib.parse import unquote

from starlette.requests import Request

COOKIE = "recoupe-reviewer"
LONGEST = 80  # code points of a name


def reviewer_of(request: Request) -> str:
    """The name that decisions are kept under: the visitor's, or that of who runs the workbench."""
    named = unquote(request.cookies.get(COOKIE, "")).strip()[:LONGEST]
    return named or getpass.getuser()
