"""How is the workbench started? On this machine alone, unless another address is asked for, which then demands a token."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from recoupe.errors import RecoupeError
from recoupe.web.app import make_app
from recoupe.web.settings import Settings

LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


class ServeError(RecoupeError):
    """The workbench can't be started."""


def serve(casebook: Path, host: str, port: int, started: Callable[[str], None]) -> None:
    """Serve the workbench until it is interrupted; `started` is told the address to open. Port 0 takes one that is free.

    Raises ServeError where the address can't be had.
    """
    listening = listen(host, port)
    taken = listening.getsockname()[1]
    local = host in LOCAL
    token = None if local else secrets.token_urlsafe(16)
    hosts = frozenset(f"{name}:{taken}" for name in ("127.0.0.1", "localhost", "[::1]")) if local else frozenset()
    app = make_app(Settings(casebook, hosts, token))
    config = uvicorn.Config(app, log_level="warning", server_header=False, date_header=False, timeout_graceful_shutdown=3)
    shown = f"[{host}]" if ":" in host else host
    started(f"http://{shown}:{taken}/" + (f"?token={token}" if token else ""))
    with listening:
        uvicorn.Server(config).run(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to an address; raises ServeError where it can't be had."""
    listening = None
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except (OSError, OverflowError) as error:
        if listening is not None:
            listening.close()
        raise ServeError(f"{host} port {port} can't be had ({error}): give another with --port, or 0 for any that is free") from error
    return listening
