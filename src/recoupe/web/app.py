"""Which address leads to which page?"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio.to_thread import current_default_thread_limiter
from msgspec import Struct
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount

from recoupe.errors import CasebookBusyError, NotInCasebookError, RecoupeError, ReviewError
from recoupe.web import api, openapi
from recoupe.web.basemap import archive
from recoupe.web.desk import Desk
from recoupe.web.files import Files
from recoupe.web.intake import Intake
from recoupe.web.pages import add, agreement, article, dossier, event, events, labels, outlets, review, search, voices
from recoupe.web.query import AddressError
from recoupe.web.security import Guard, TooLargeError
from recoupe.web.settings import Settings
from recoupe.web.view import render

THREADS = 8  # requests that are worked on at once; the others wait
ROUTES = (
    *add.ROUTES, *agreement.ROUTES, *article.ROUTES, *dossier.ROUTES, *event.ROUTES, *events.ROUTES, *labels.ROUTES, *outlets.ROUTES,
    *review.ROUTES, *search.ROUTES, *voices.ROUTES, *openapi.ROUTES, *api.ROUTES, *archive.ROUTES,
)  # fmt: skip


class ErrorPage(Struct, frozen=True):
    """What went wrong, in words."""

    status: int
    reason: str


def make_app(settings: Settings) -> Starlette:
    """The workbench on a casebook, as an ASGI application; the casebook is made where there is none yet."""
    app = Starlette(
        routes=[*ROUTES, Mount("/static", Files())],
        middleware=[Middleware(Guard, settings=settings), Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5)],
        exception_handlers={RecoupeError: _failed, HTTPException: _refused, TooLargeError: _failed},
        lifespan=_lifespan,
    )
    app.state.desk = Desk(settings)
    app.state.intake = Intake(settings.casebook)
    return app


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    current_default_thread_limiter().total_tokens = THREADS
    app.state.desk.warm()
    yield
    app.state.intake.close()
    app.state.desk.close()


def _failed(request: Request, error: Exception) -> Response:
    kinds = ((NotInCasebookError, 404), (AddressError, 400), (ReviewError, 400), (CasebookBusyError, 503), (TooLargeError, 413))
    status = next((number for kind, number in kinds if isinstance(error, kind)), 500)
    return _error(request, status, str(error))


def _refused(request: Request, error: Exception) -> Response:
    return _error(request, error.status_code, error.detail) if isinstance(error, HTTPException) else _error(request, 500, str(error))


def _error(request: Request, status: int, reason: str) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": reason}, status)
    return render(request, "error.html", ErrorPage(status, reason), status)
