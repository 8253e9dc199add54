"""Which probabilities belong in crosscheck/weights.toml? Counted over articles whose incidents are known.

usage: python -m bench.estimate_weights SET.jsonl…

`u` is counted over candidate pairs of reports from articles of different incidents: they can be no match. `m` is counted over the pairs of main
reports (the one with most claims, the first of equals) of the articles of one incident. One smoothing count is added to every level. Pairs within
one article have no such gold; what is printed of them is how often each level is seen.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

from bench.crosschecked import candidates, crosschecked
from recoupe.crosscheck import Account, load_weights
from recoupe.crosscheck.check import all_reports
from recoupe.crosscheck.compare import compare_across, compare_within
from recoupe.crosscheck.link import apart
from recoupe.crosscheck.reports import Report

Levels = Counter[tuple[str, str]]
NEAREST = 40  # pairs of an article's claims are looked at within so many
_VIOLENT = ("ASSAULT", "COERCE", "PROTEST")


def main() -> None:
    """Print the counts, the probabilities and the weights of every level."""
    same, different, inner = Levels(), Levels(), Levels()
    pairs = [0, 0]
    weights = load_weights()
    for path in sys.argv[1:]:
        rows = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
        found = crosschecked(article for row in rows for article in row["articles"])
        incident_of = {article["id"]: row.get("id", row.get("group")) for row in rows for article in row["articles"]}
        incident = {document.info.id: incident_of[document.info.key] for document in found.documents}
        reports = all_reports(found.accounts)
        whole = {account.ref: report.whole for report in reports for account in report.accounts}
        for left, right in _main_pairs(reports, incident):
            pairs[0] += 1
            same.update((each.feature, each.level) for each in compare_across(left, right))
        for left, right in {_sorted(whole[one], whole[other]) for one, other in candidates(zip(found.documents, found.readings, strict=True))}:
            if incident[left.ref.document] != incident[right.ref.document] and apart(left, right, weights) is None:
                pairs[1] += 1
                different.update((each.feature, each.level) for each in compare_across(left, right))
        inner.update(_inner(found.accounts))
    print(f"across: {pairs[0]} pairs of main reports of one incident, {pairs[1]} candidate pairs of different ones")
    for feature, levels in weights.across.features.items():
        totals = [sum(counts[feature, level] + 1 for level in levels) for counts in (same, different)]
        for level, shipped in levels.items():
            m, u = ((counts[feature, level] + 1) / total for counts, total in zip((same, different), totals, strict=True))
            seen = f"{same[feature, level]:7d} {different[feature, level]:8d}"
            print(f"  {feature:11s} {level:20s} m {m:.4f}  u {u:.4f}  weight {math.log(m / u):6.2f}  shipped {shipped.weight:6.2f}  seen {seen}")
    print("within, seen:", ", ".join(f"{feature}/{level} {count}" for (feature, level), count in sorted(inner.items())))


def _sorted(one: Account, other: Account) -> tuple[Account, Account]:
    return (one, other) if one.ref <= other.ref else (other, one)


def _main_pairs(reports: Iterable[Report], incident: dict[str, str]) -> Iterator[tuple[Account, Account]]:
    main: dict[str, Report] = {}
    for report in reports:
        name = report.ref.document
        if report.whole.type in _VIOLENT and (name not in main or _weight(report) > _weight(main[name])):
            main[name] = report
    by_incident: dict[str, list[Account]] = defaultdict(list)
    for name, report in main.items():
        by_incident[incident[name]].append(report.whole)
    for told in by_incident.values():
        yield from combinations(told, 2)


def _weight(report: Report) -> tuple[int, int]:
    return len(report.accounts), -report.whole.at


def _inner(accounts: Iterable[Account]) -> Levels:
    by_document: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        by_document[account.ref.document].append(account)
    seen = Levels()
    for told in by_document.values():
        for (place, one), (later, other) in combinations(enumerate(told), 2):
            if later - place <= NEAREST and apart(one, other, load_weights()) is None:
                seen.update((each.feature, each.level) for each in compare_within(one, other))
    return seen


if __name__ == "__main__":
    main()
