"""Which evaluation sets are there, and who answers them? One module a set, `predict` turns its items into lines for the reference scorer."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

SHARED = Path(__file__).resolve().parents[2] / "shared"

Row = dict[str, Any]  # one line of a set or of a prediction, as the reference scorer wants it
Predict = Callable[[Iterable[Row]], Iterator[Row]]


class EvaluationSet(Struct, frozen=True):
    """A set by our name, its gold file under the data folder, the module of bench/ that answers it, and the scorer's name where that is another."""

    name: str
    gold: str
    module: str
    scored_as: str | None = None

    def predict(self) -> Predict:
        """The function that answers the set."""
        found: Predict = importlib.import_module(f"bench.{self.module}").predict
        return found


SETS = (
    EvaluationSet("timebank_fr", "timebank_fr.jsonl", "predict_times"),
    EvaluationSet("timebank_fr_voices", "timebank_fr.jsonl", "predict_timebank_voices"),
    EvaluationSet("framenet_fr", "framenet_fr.jsonl", "predict_framenet"),
    EvaluationSet("polnear_dev", "polnear_dev.jsonl", "predict_polnear"),
    EvaluationSet("geoparsing", "geoparsing.jsonl", "predict_geoparsing"),
    EvaluationSet("geoparsing_end_to_end", "geoparsing.jsonl", "predict_geoparsing_end_to_end", "geoparsing"),
    EvaluationSet("plover_gsr", "plover_gsr.jsonl", "predict_plover"),
    EvaluationSet("case2021_task2", "case2021_task2.jsonl", "predict_case"),
    EvaluationSet("india_police_events", "india_police_events.jsonl", "predict_india"),
    EvaluationSet("ngec_actor_pairs", "ngec_actor_pairs.jsonl", "predict_actor_pairs"),
    EvaluationSet("up_french", "up_french.jsonl", "predict_up"),
    EvaluationSet("muc4", "muc4.jsonl", "predict_muc"),
    EvaluationSet("gva", "gva.jsonl", "predict_gva"),
    EvaluationSet("event_groups", "event_groups.jsonl", "predict_groups"),
)
