"""How do hedges add up? How sure an event is and how far along, as one word after the other weakens, denies or dates it."""

from __future__ import annotations

from msgspec import Struct

from recoupe.language.hedges import OUTCOMES, Effect
from recoupe.model import Factuality, Stage

DENIED: dict[Factuality, Factuality] = {"CT+": "CT-", "PR+": "PR-", "PS+": "PS-", "CT-": "CT+", "PR-": "PR+", "PS-": "PS+", "Uu": "Uu"}


DOUBTS: frozenset[Effect] = frozenset({"probable", "possible"})


class View(Struct, frozen=True):
    """How sure, and how far the event has come, as far as it is known on the way up the tree."""

    factuality: Factuality
    stage: Stage | None


def weaker(factuality: Factuality, to: str) -> Factuality:
    """The same way round, but only probable ("PR") or possible ("PS")."""
    negative = factuality.endswith("-")
    return {("PR", False): "PR+", ("PR", True): "PR-", ("PS", False): "PS+", ("PS", True): "PS-"}[(to, negative)]  # type: ignore[return-value]


def applied(view: View, effect: Effect) -> View:
    """What a hedge makes of a view."""
    outcome = OUTCOMES[effect]
    stage = outcome.stage or view.stage
    if effect == "ongoing":
        stage = "planned" if view.stage == "planned" else "ongoing"
    if effect in ("ended", "achieved") and view.stage in ("planned",):
        stage = "planned"
    if outcome.factuality is None or view.factuality == "Uu":
        return View(view.factuality, stage)
    if outcome.factuality == "Uu":
        return View("Uu", stage)
    if outcome.factuality in ("PR+", "PS+"):
        return View(weaker(view.factuality, outcome.factuality[:2]), stage)
    if outcome.factuality == "CT-":
        return View(DENIED[view.factuality], stage)
    return View(view.factuality, stage)
