"""How is the workbench opened in a real browser, and what is wrong with what it shows? A server in this process, a Chromium, axe-core."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from msgspec import Struct, field
from playwright.sync_api import Page

from recoupe.web import Settings, make_app

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip
AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = {"serious", "critical"}


class Watch(Struct):
    """What went wrong in a page: addresses elsewhere that it asked for, errors of its scripts and of the console."""

    strangers: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def serving(casebook: Path) -> Iterator[str]:
    """The address of a workbench on a casebook, as long as it is asked for."""
    listening = socket.create_server(("127.0.0.1", 0))
    host = f"127.0.0.1:{listening.getsockname()[1]}"
    config = uvicorn.Config(make_app(Settings(casebook, frozenset({host}))), log_level="warning", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert thread.is_alive(), "the workbench did not start"
        assert time.monotonic() < deadline, "the workbench did not start within 20 s"
        time.sleep(0.02)
    yield f"http://{host}"
    server.should_exit = True
    thread.join(10)
    listening.close()


def chromium() -> str:
    """The Chromium of this machine: the one that RECOUPE_CHROMIUM names, or the first on PATH."""
    named = os.environ.get("RECOUPE_CHROMIUM")
    found = named or next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(
            "these tests drive a real browser and found none: `apt-get install chromium`, or name one with RECOUPE_CHROMIUM=/path/to/chromium"
        )
    return found


def grave_faults(page: Page) -> list[str]:
    """What axe-core finds serious or critical in a page, in words."""
    if not AXE.is_file():
        pytest.fail("axe-core is not there: run `make setup`")
    page.evaluate(AXE.read_text("utf-8"))
    found: list[dict[str, Any]] = page.evaluate("axe.run(document, { resultTypes: ['violations'] }).then((results) => results.violations)")
    return [
        f"{fault['id']}: {fault['help']} · {' | '.join(node['html'][:160] for node in fault['nodes'][:5])}"
        for fault in found
        if fault["impact"] in GRAVE
    ]
