"""How do styles and scripts reach the browser? As files of the package, compressed beforehand where the build did so."""

from __future__ import annotations

import mimetypes
from importlib import resources
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.types import Receive, Scope, Send


def static_folder() -> Path:
    """The folder of the package that holds them."""
    return Path(str(resources.files("recoupe.web"))) / "static"


class Files:
    """An ASGI application that answers with the files of `static/`, nothing outside it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request for a file."""
        request = Request(scope)
        folder = static_folder().resolve()
        asked = scope["path"].removeprefix(scope.get("root_path", "")).lstrip("/")
        path = (folder / asked).resolve()
        if request.method not in {"GET", "HEAD"} or not path.is_relative_to(folder) or not path.is_file():
            raise HTTPException(404, f"there is no file {asked!r}")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        headers = {"cache-control": "no-cache", "vary": "accept-encoding"}
        packed = path.with_name(path.name + ".gz")
        if "gzip" in request.headers.get("accept-encoding", "") and packed.is_file():
            path, headers["content-encoding"] = packed, "gzip"
        await FileResponse(path, headers=headers, media_type=kind)(scope, receive, send)
