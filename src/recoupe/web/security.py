"""Who may ask, and what may a page do? The rules that every request and every answer is under.

A page of another site can make a browser send requests here (cross-site posts) or pretend that this server is its own (DNS rebinding): the first
is told by Origin and Sec-Fetch-Site, the second by Host. Article text can't run: no inline script, nothing from elsewhere, no frame.
"""

from __future__ import annotations

import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from recoupe.web.settings import Settings

COOKIE = "recoupe-token"
UPLOADS = "/add"
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "font-src 'self'", "connect-src 'self'",
        "manifest-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "x-frame-options": "DENY",
}


class Guard:
    """Middleware: refuses what may not be asked, limits what may be sent, and puts the rules on every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, guarded)
            return
        limit = self.settings.largest_upload if scope["path"].startswith(UPLOADS) else self.settings.largest_form
        if int(headers.get("content-length", "0") or 0) > limit:
            await _too_large(limit)(scope, receive, guarded)
            return
        await self.app(scope, _limited(receive, limit), guarded)

    def _refusal(self, scope: Scope, headers: Headers) -> PlainTextResponse | RedirectResponse | None:
        host = headers.get("host", "")
        if self.settings.hosts and host.lower() not in self.settings.hosts:
            return PlainTextResponse(
                f"This workbench does not answer to the name {host!r}. Open it by the address that `recoupe serve` printed.", 421
            )
        if scope["method"] not in _READS and not _same_site(headers, host):
            return PlainTextResponse("A form of another site may not write here. Open the page in the workbench and send it from there.", 403)
        return self._without_token(scope, headers)

    def _without_token(self, scope: Scope, headers: Headers) -> PlainTextResponse | RedirectResponse | None:
        wanted = self.settings.token
        if wanted is None:
            return None
        asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = dict(asked).get("token")
        if given is not None and secrets.compare_digest(given.encode(), wanted.encode()):
            rest = urlencode([pair for pair in asked if pair[0] != "token"])
            response = RedirectResponse(_local(scope["path"]) + (f"?{rest}" if rest else ""), 303)
            response.set_cookie(COOKIE, wanted, httponly=True, samesite="strict")
            return response
        if secrets.compare_digest(_cookie(headers).encode(), wanted.encode()):
            return None
        return PlainTextResponse("This workbench asks for a token: open the address with ?token=… that `recoupe serve` printed.", 401)


def _same_site(headers: Headers, host: str) -> bool:
    """Whether a request that writes comes from a page of this server, or from no page at all."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == host.lower()


def _local(path: str) -> str:
    """A path that can't lead to another host."""
    return "/" + path.lstrip("/\\")


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return found[COOKIE].value if COOKIE in found else ""


def _too_large(limit: int) -> PlainTextResponse:
    return PlainTextResponse(f"More than {limit / 1e6:.0f} MB at once: send less, or use `recoupe add` on the command line.", 413)


class TooLargeError(Exception):
    """More was sent than its head said, or than may be."""


def _limited(receive: Receive, limit: int) -> Receive:
    """The same bytes, cut off with an error where they are too many."""
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise TooLargeError(f"more than {limit / 1e6:.0f} MB were sent at once")
        return message

    return limited
