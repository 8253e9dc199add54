"""How well are articles told apart from their pages? Blocks, publication dates, titles of the seeds and the pages of the shared data.

usage: python -m bench.ingest
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.sets import SHARED, Row
from recoupe.ingest import Fields, Item, line_prints, read_items, recurring, to_document
from recoupe.ingest.lines import normalised
from recoupe.model import Document, Published

_SEEDS = SHARED / "data" / "seeds"
_PAGES = SHARED / "data" / "html"


def main() -> int:
    """Print the table; 0 also where the data is absent."""
    if not _SEEDS.is_dir():
        print(f"skipped: {_SEEDS} is not here")
        return 0
    seeds = list(_items(str(path) for path in sorted(_SEEDS.glob("*.txt"))))
    alone = [to_document(item) for item in seeds]
    furniture = recurring(map(line_prints, alone))
    together = [to_document(item, furniture) for item in seeds]
    print("blocks: kind of every character, each article alone     ", _share(_kinds(alone)))
    print("blocks: kind of every character, with the five's furniture", _share(_kinds(together)))
    print(
        "published: right / unknown / wrong, of the seeds          ",
        _judge((document.info.published, _gold(document)["published"]["value"]) for document in alone),
    )
    if _PAGES.is_dir():
        _print_pages()
    return 0


def _print_pages() -> None:
    rows = [json.loads(line) for line in (_PAGES / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    start = time.perf_counter()
    documents = [to_document(item) for item in _items(str(_PAGES / row["file"]) for row in rows)]
    took = time.perf_counter() - start
    print(
        "published: right / unknown / wrong, of the pages          ",
        _judge(zip((d.info.published for d in documents), (row["published"] for row in rows), strict=True)),
    )
    titles = [normalised(document.info.title or "") == normalised(row["title"]) for document, row in zip(documents, rows, strict=True)]
    print("title, of the pages                                       ", _share(titles))
    print(f"pages read                                                 {len(rows)} in {took:.2f} s")


def _items(paths: Iterator[str]) -> Iterator[Item]:
    for item in read_items(list(paths), Fields()):
        if not isinstance(item, Item):
            raise SystemExit(item.reason)
        yield item


def _gold(document: Document) -> Row:
    row: Row = json.loads((_SEEDS / "gold" / Path(document.info.path or "").name).with_suffix(".json").read_text(encoding="utf-8"))
    return row


def _kinds(documents: list[Document]) -> Iterator[bool]:
    for document in documents:
        gold = _gold(document)
        wanted, found, blank = ["body"] * gold["characters"], [""] * gold["characters"], set(gold["blank"])
        for block in gold["blocks"]:
            wanted[block["start"] : block["end"]] = [block["kind"]] * (block["end"] - block["start"])
        for block in document.blocks:
            found[block.start : block.end] = [block.kind] * (block.end - block.start)
        yield from (wanted[place] == found[place] for place in range(len(wanted)) if place not in blank)


def _judge(pairs: Iterator[tuple[Published, str]]) -> str:
    right = unknown = wrong = 0
    for published, wanted in pairs:
        value = published.value
        fits = value is not None and (value.startswith(wanted) or wanted.startswith(value))
        right, unknown, wrong = right + fits, unknown + (value is None), wrong + (value is not None and not fits)
    return f"{right} / {unknown} / {wrong}"


def _share(hits: Iterator[bool] | list[bool]) -> str:
    found = list(hits)
    return f"{sum(found) / len(found):.4f}  ({sum(found)} of {len(found)})"


if __name__ == "__main__":
    sys.exit(main())
