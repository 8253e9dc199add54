"""The workbench: see the record, check it, correct it, in a browser on the same machine."""

from recoupe.web.app import make_app
from recoupe.web.server import serve
from recoupe.web.settings import Settings

__all__ = ["Settings", "make_app", "serve"]
