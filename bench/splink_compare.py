"""Does Splink link reports better than the cross-check's own scorer? Both on the same pairs of main reports of the development sets.

usage: python -m bench.splink_compare SET.jsonl…      (needs splink, duckdb and pyarrow, which are no dependencies of the project)

A record is the main report of an article (as in estimate_weights): kind, mode, days, narrowest place, toll, parties, rare words of its sentences
and of its article. Pairs are those that share a block of the casebook's index. Splink's Fellegi–Sunter model is estimated with the incidents as
labels (m) and by random sampling (u) on four fifths of the incidents, and scores the pairs of the fifth that was left out, and so on round; in
a second run it is estimated without labels, by expectation maximisation. Our weights are those that are shipped: three parts in ten counted on
these sets, the rest set by hand.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import pyarrow
import splink.comparison_level_library as levels
from msgspec import Struct
from splink import DuckDBAPI, Linker, SettingsCreator
from splink.blocking_rule_library import CustomRule
from splink.comparison_library import CustomComparison

from bench.crosschecked import crosschecked
from bench.sets import Row
from recoupe.casebook.blocks import claim_rows, word_blocks
from recoupe.crosscheck import Account, all_reports, load_weights, telling
from recoupe.crosscheck.link import quick_score
from recoupe.crosscheck.told import tell

FOLDS = 5
_VIOLENT = ("ASSAULT", "COERCE", "PROTEST")
Pair = tuple[str, str]


class Main(Struct, frozen=True):
    """The main report of an article, its incident, and the blocks that its claims stand under."""

    name: str
    incident: str
    whole: Account
    blocks: frozenset[int]


def mains(path: Path) -> list[Main]:
    """The main reports of a set's articles: those with most claims on violence, the first of equals."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    incident = {article["id"]: f"{path.stem} {row.get('group', row.get('id'))}" for row in rows for article in row["articles"]}
    found = crosschecked(article for row in rows for article in row["articles"])
    best: dict[str, tuple[tuple[int, int], Account, frozenset[str]]] = {}
    for report in all_reports(found.accounts):
        whole, name = report.whole, found.article(report.ref.document)
        weight = (len(report.accounts), -whole.at)
        if whole.type in _VIOLENT and whole.happened and not whole.aggregate and (name not in best or weight > best[name][0]):
            best[name] = weight, whole, frozenset(account.ref.claim for account in report.accounts)
    blocks: dict[str, set[int]] = defaultdict(set)
    for document, reading in zip(found.documents, found.readings, strict=True):
        name = document.info.key
        words = telling(tell(document, reading))
        for row in claim_rows(reading):
            if name in best and row.id in best[name][2]:
                blocks[name].update((*row.blocks, *word_blocks(row.groups, words.get(row.id, ()))))
    return [Main(name, incident[name], whole, frozenset(blocks[name])) for name, (_, whole, _) in sorted(best.items())]


def record(main: Main) -> Row:
    """A report as a record of Splink."""
    whole = main.whole
    place = min(whole.places, key=lambda place: place.precision_km, default=None)
    killed = [count.low for count in whole.figures if count.measure == "killed" and count.low is not None and not count.part]
    return {
        "unique_id": main.name, "incident": main.incident, "type": whole.type, "modes": sorted(whole.modes) or None,
        "first": whole.first_day, "last": whole.last_day, "own_day": whole.day_basis == "claim",
        "latitude": place.latitude if place else None, "longitude": place.longitude if place else None,
        "own_place": whole.place_basis == "claim", "killed": max(killed, default=None),
        "actors": sorted({one.actor or one.name.casefold() for one in whole.actors}) or None,
        "recipients": sorted({one.actor or one.name.casefold() for one in whole.recipients}) or None,
        "words": [rare.word for rare in whole.words] or None, "context": [rare.word for rare in whole.context] or None,
        "blocks": sorted(main.blocks),
    }  # fmt: skip


def _comparison(column: str, missing: str, *conditions: str) -> CustomComparison:
    null = levels.CustomLevel(missing, base_dialect_str="duckdb").configure(is_null_level=True)
    return CustomComparison(
        [null, *(levels.CustomLevel(condition, base_dialect_str="duckdb") for condition in conditions), levels.ElseLevel()], column
    )


def _either_null(column: str) -> str:
    return f"{column}_l IS NULL OR {column}_r IS NULL"


_KM = "6371 * 2 * asin(sqrt(pow(sin(radians(latitude_r - latitude_l) / 2), 2) + cos(radians(latitude_l)) * cos(radians(latitude_r)) * pow(sin(radians(longitude_r - longitude_l) / 2), 2)))"
_GAP = "greatest(first_l - last_r, first_r - last_l)"


def settings() -> SettingsCreator:
    """The features of compare.py in SQL."""
    shared = {column: f"len(list_intersect({column}_l, {column}_r))" for column in ("words", "context")}
    own = "own_day_l AND own_day_r"
    comparisons = [
        _comparison("type", _either_null("type"), "type_l = type_r AND list_has_any(modes_l, modes_r)", "type_l = type_r AND (modes_l IS NULL OR modes_r IS NULL)",
                    "type_l = type_r"),
        _comparison("day", _either_null("first"), f"{own} AND {_GAP} <= 0", f"{own} AND {_GAP} <= 1", f"{own} AND {_GAP} <= 3", own,
                    f"own_day_l = own_day_r AND {_GAP} <= 0", "own_day_l = own_day_r", f"{_GAP} <= 0", f"{_GAP} <= 14"),
        _comparison("place", _either_null("latitude"), f"own_place_l AND own_place_r AND {_KM} <= 6", f"own_place_l AND own_place_r AND {_KM} <= 30",
                    f"own_place_l AND own_place_r AND {_KM} <= 150", "own_place_l AND own_place_r", f"{_KM} <= 6", f"{_KM} <= 30", f"{_KM} <= 150"),
        _comparison("killed", _either_null("killed"), "killed_l = killed_r AND killed_l >= 10", "killed_l = killed_r AND killed_l > 1", "killed_l = killed_r",
                    "abs(killed_l - killed_r) <= 2 OR greatest(killed_l, killed_r) <= 1.4 * least(killed_l, killed_r)",
                    "greatest(killed_l, killed_r) <= 4 * least(killed_l, killed_r)"),
        *(_comparison(column, _either_null(column), f"list_has_any({column}_l, {column}_r)") for column in ("actors", "recipients")),
        _comparison("words", _either_null("words"), f"{shared['words']} >= 5", f"{shared['words']} >= 3", f"{shared['words']} = 2", f"{shared['words']} = 1"),
        _comparison("context", _either_null("context"), f"{shared['context']} >= 8", f"{shared['context']} >= 5", f"{shared['context']} >= 3",
                    f"{shared['context']} = 2", f"{shared['context']} = 1"),
    ]  # fmt: skip
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[CustomRule("list_has_any(l.blocks, r.blocks)", sql_dialect="duckdb")],
        probability_two_random_records_match=0.01,
    )


def _linker(records: Iterable[Row], model: SettingsCreator | dict[str, Any]) -> Linker:
    api = DuckDBAPI(duckdb.connect())
    return Linker(api.register(pyarrow.Table.from_pylist(list(records))), model, log_level="ERROR", validate_settings=False)


def trained(records: Sequence[Row], *, labelled: bool) -> dict[str, Any]:
    """The model that Splink estimates on these records."""
    linker = _linker(records, settings())
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    if labelled:
        linker.training.estimate_m_from_label_column("incident")
    else:
        for rule in ("l.first = r.first AND l.last = r.last", "len(list_intersect(l.context, r.context)) >= 5"):
            linker.training.estimate_parameters_using_expectation_maximisation(CustomRule(rule, sql_dialect="duckdb"), record_sample_proportion=1.0)
    found: dict[str, Any] = linker.misc.save_model_to_json()
    return found


def splink_scores(found: Sequence[Main], *, labelled: bool) -> dict[Pair, float]:
    """Splink's match weights of the pairs within each fold, by a model of the other folds."""
    records = [record(main) for main in found]
    fold = {incident: place % FOLDS for place, incident in enumerate(sorted({main.incident for main in found}))}
    scores: dict[Pair, float] = {}
    for left_out in range(FOLDS):
        model = trained([row for row in records if fold[row["incident"]] != left_out], labelled=labelled)
        linker = _linker([row for row in records if fold[row["incident"]] == left_out], model)
        table = linker.inference.predict(threshold_match_probability=0.0).as_duckdbpyrelation()
        for left, right, weight in table.project("unique_id_l, unique_id_r, match_weight").fetchall():
            scores[min(left, right), max(left, right)] = weight
    return scores


def our_scores(found: Sequence[Main], pairs: Iterable[Pair]) -> dict[Pair, float]:
    """Our scores of the same pairs."""
    whole = {main.name: main.whole for main in found}
    return {(left, right): quick_score(whole[left], whole[right], load_weights()) for left, right in pairs}


def report(name: str, scores: dict[Pair, float], found: Sequence[Main]) -> None:
    """Print the best F1, the average precision, and the best B³ of what connected components make of the pairs."""
    incident = {main.name: main.incident for main in found}
    true = {pair for pair in combinations(sorted(incident), 2) if incident[pair[0]] == incident[pair[1]]}
    best, hits, area = (0.0, 0.0, 0.0, 0.0), 0, 0.0
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    for place, (pair, score) in enumerate(ranked, 1):
        if pair in true:
            hits += 1
            area += hits / place
            best = max(best, (2 * hits / (place + len(true)), hits / place, hits / len(true), score))
    cubed = max(
        (_b_cubed([pair for pair, score in ranked if score > bar], incident), bar) for bar in sorted({math.floor(score) for _, score in ranked})
    )
    print(
        f"{name:28s} pairs {len(scores):7d}, true {len(true)}: best F1 {best[0]:.3f} (P {best[1]:.3f} R {best[2]:.3f} above {best[3]:.1f}),"
        f" average precision {area / len(true):.3f}; B³ of components {cubed[0]:.3f} (above {cubed[1]})",
        flush=True,
    )


def _b_cubed(linked: Iterable[Pair], incident: dict[str, str]) -> float:
    above = {name: name for name in incident}

    def root(name: str) -> str:
        while above[name] != name:
            above[name] = above[above[name]]
            name = above[name]
        return name

    for left, right in linked:
        above[root(left)] = root(right)
    clusters: dict[str, set[str]] = defaultdict(set)
    incidents: dict[str, set[str]] = defaultdict(set)
    for name, gold in incident.items():
        clusters[root(name)].add(name)
        incidents[gold].add(name)
    both = [(len(clusters[root(name)] & incidents[gold]), len(clusters[root(name)]), len(incidents[gold])) for name, gold in incident.items()]
    precision, recall = (sum(shared / of[place] for shared, *of in both) / len(both) for place in (0, 1))
    return 2 * precision * recall / (precision + recall)


def main() -> None:
    """Print both scorers' figures on the sets taken together."""
    found = [main for path in sys.argv[1:] for main in mains(Path(path))]
    labelled = splink_scores(found, labelled=True)
    ours = our_scores(found, labelled)
    report("ours", ours, found)
    report("Splink, with labels", labelled, found)
    report("Splink, without labels", splink_scores(found, labelled=False), found)


if __name__ == "__main__":
    main()
