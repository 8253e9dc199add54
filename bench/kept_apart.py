"""Are occurrences that an article tells one after the other kept apart? By the codebook, one voice tells an event in one claim.

So two claims of one type and one voice in the gold reading of an article are of two events, and putting them together is an error.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path, PurePath

from bench.sets import Row
from recoupe.crosscheck import accounts
from recoupe.crosscheck.check import all_reports
from recoupe.model import Claim, Document, Reading


def kept_apart(read: Iterable[tuple[Document, Reading]], gold: Path) -> tuple[int, int]:
    """How many pairs of claims that the gold holds for two events are so in the cross-check, and how many there are, of those found."""
    apart = pairs = 0
    coded = {row["file"]: row["claims"] for row in (json.loads(path.read_text(encoding="utf-8")) for path in sorted(gold.glob("*.json")))}
    for document, reading in read:
        report_of = {
            account.ref.claim: number for number, report in enumerate(all_reports(accounts(document, reading))) for account in report.accounts
        }
        found = [(claim.id, row) for claim in reading.claims if (row := _coded(claim, coded[PurePath(document.info.key).name])) is not None]
        for (one, here), (other, there) in combinations(found, 2):
            if here is not there and (here["voice"], here["type"]) == (there["voice"], there["type"]):
                pairs += 1
                apart += report_of[one] != report_of[other]
    return apart, pairs


def _coded(claim: Claim, rows: Iterable[Row]) -> Row | None:
    """The gold's claim of the same type whose trigger overlaps."""
    same = (row for row in rows if row["type"] == claim.type)
    return next((row for row in same if row["trigger"]["start"] < claim.trigger.end and claim.trigger.start < row["trigger"]["end"]), None)
