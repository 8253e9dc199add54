"""Where is the basemap, what was it made of, and how does a browser get its tiles? One PMTiles file, of which the map asks for ranges of bytes."""

from __future__ import annotations

import gzip
import os
import sys
from pathlib import Path

import msgspec
from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

from recoupe.errors import KnowledgeError

_HEAD = 127  # bytes of the archive's header
_GZIP = 2  # how directories and metadata are compressed, as the header says


class About(Struct, frozen=True):
    """What an archive tells of itself: who is to be credited, the hash of what it was made of, the hash of its tiles."""

    attribution: str
    recipe: str
    content: str


def default_path() -> Path:
    """Where the basemap is built: RECOUPE_BASEMAP, or share/recoupe/basemap.pmtiles of the environment."""
    named = os.environ.get("RECOUPE_BASEMAP")
    return Path(named) if named else Path(sys.prefix) / "share" / "recoupe" / "basemap.pmtiles"


def read_about(path: Path) -> About | None:
    """What the archive at `path` tells of itself, None where there is no file; raises KnowledgeError where it is no basemap.

    Source: PMTiles version 3 specification.

    >>> read_about(Path("nowhere.pmtiles"))
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            if len(head) < _HEAD or head[:8] != b"PMTiles\x03":
                raise KnowledgeError(f"{path} is no PMTiles archive of version 3: run `recoupe basemap build`")
            start, length = (int.from_bytes(head[at : at + 8], "little") for at in (24, 32))
            file.seek(start)
            told = file.read(length)
        return msgspec.json.decode(gzip.decompress(told) if head[97] == _GZIP else told, type=About)
    except FileNotFoundError:
        return None
    except (OSError, EOFError, msgspec.MsgspecError) as error:
        raise KnowledgeError(f"can't read the basemap {path}: {error}; run `recoupe basemap build`") from error


def basemap(request: Request) -> FileResponse:
    """The archive, whole or the range that was asked for."""
    path = default_path()
    if not path.is_file():
        raise HTTPException(404, "there is no basemap: run `recoupe basemap build`")
    # Its tiles are compressed: an encoding that is named keeps the middleware from doing it again.
    return FileResponse(path, media_type="application/vnd.pmtiles", headers={"cache-control": "no-cache", "content-encoding": "identity"})


ROUTES = (Route("/basemap.pmtiles", basemap),)
