"""How do the workbench's scripts and styles get into the wheel? They are built before it is packed, so that who installs it needs no Node.

A source distribution holds them built; an editable installation takes them from `make setup`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class VendorHook(BuildHookInterface[Any]):
    """Builds the scripts and styles of others where a clone does not have them yet, or has old ones."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build them, unless an editable installation is made or the sources of the front end are not there."""
        script = Path(self.root) / "frontend" / "install.py"
        if version != "editable" and script.is_file():
            subprocess.run([sys.executable, str(script)], check=True)
