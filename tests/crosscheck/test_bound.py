"""No pair that the score would link is ruled out by its sketches, and what they hold certain is the score."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from tests.crosscheck.builders import BILBAO, DURANGO, GUERNICA, SPAIN, account, toll

from recoupe.crosscheck import Account, Sketches, load_sketches, load_weights, possible, scores, sketch_count
from recoupe.crosscheck.account import Where, party
from recoupe.crosscheck.link import NEVER, quick_score
from recoupe.crosscheck.sketch import FIGURES, MODES, PARTIES, PLACES, SENTENCES, sketches
from recoupe.crosscheck.words import rare_words

NOWHERE = Where(None, "Ajangiz", None, None, None, 15.0)
BASQUE_LAND = Where("es:bizkaia", "Bizkaia", "ES", 43.2, -2.9, 40.0)
TEXTS = (
    "",
    "Guernica bombardée par trois Heinkel de la légion Condor, dit Leizaola.",
    "Trois Heinkel de la légion Condor brûlent le bourg d'Ajangiz.",
    "Rheindorf nie tout.",
)
NAMES = ("légion Condor", "aviation allemande", "civils", "milices rouges", "people", "gudaris", "Requetés", "marins de Bermeo")
parties = st.lists(st.sampled_from(NAMES), max_size=PARTIES + 1, unique=True).map(tuple)  # more than a sketch holds, too


@st.composite
def accounts(draw: Any) -> Account:
    day = draw(st.sampled_from([None, "1937-04-26", "1937-04-27", "1937-05-20", "1931-04-26"]))
    text = draw(st.sampled_from(TEXTS))
    language = draw(st.sampled_from(["fr", "en"]))
    made = account(
        "x", f"ASSAULT:{draw(st.sampled_from([10, 2000]))}-9999", day=day, language=language,
        published=draw(st.sampled_from([None, "1937-04-28", "1937-06-01"])),
        places=tuple(draw(st.lists(st.sampled_from([GUERNICA, DURANGO, BILBAO, SPAIN, NOWHERE, BASQUE_LAND]), max_size=PLACES + 1))),
        place_basis=draw(st.sampled_from(["claim", "article"])),
        article_places=frozenset(draw(st.lists(st.sampled_from(["es:guernica", "es:durango", "es:bilbao", "es:bizkaia"]), max_size=3))),
        figures=tuple(
            toll(draw(st.sampled_from([1, 12, 12.0, 40, None])), draw(st.sampled_from([40, 50, None])), measure=measure)
            for measure in draw(st.lists(st.sampled_from(["killed", "wounded", "captured"]), max_size=FIGURES + 1))
        ),
        type=draw(st.sampled_from(["ASSAULT", "ASSAULT", "COERCE", "AGREE"])), factuality=draw(st.sampled_from(["CT+", "CT-", "Uu"])),
        modes=frozenset(draw(st.lists(st.sampled_from(["aerial", "unconventional", "drone", "seize", "beat"]), max_size=MODES + 1))), aggregate=draw(st.integers(0, 9)) == 0,
        sentences=frozenset(draw(st.lists(st.integers(1, 15), max_size=SENTENCES + 1))), words=rare_words(text, language, 24),
        context=rare_words(" ".join(draw(st.lists(st.sampled_from(TEXTS), max_size=3))), language, 30),
    )  # fmt: skip
    who, whom = draw(parties), draw(parties)
    actor = draw(st.sampled_from([None, "condor-legion", "nationalists-spain"]))
    named = tuple(party(None, name) for name in who) + ((party(actor, "Condor"),) if actor else ())
    return structs.replace(made, actors=named, recipients=tuple(party(None, name) for name in whom))


def loaded(told: list[Account]) -> Sketches:
    packed = [sketches([one]) for one in told]
    return load_sketches(packed, [len(each) for each in packed])


@given(st.lists(accounts(), min_size=2, max_size=8))
@settings(max_examples=150, deadline=None)
def test_a_score_that_is_certain_is_the_score(told: list[Account]) -> None:
    told = [structs.replace(one, ref=structs.replace(one.ref, document=f"d{at}")) for at, one in enumerate(told)]
    left, right = (np.array(side, dtype=np.int64) for side in np.triu_indices(len(told), 1))
    for one, other, score, certain in zip(left, right, *scores(loaded(told), left, right, load_weights()), strict=True):
        exact = quick_score(told[one], told[other], load_weights())
        assert not certain or score == (exact if exact > NEVER else -np.inf)


def test_most_scores_are_certain() -> None:
    told = [account(f"d{at}", day=f"1937-04-{at % 28 + 1:02}", killed=at % 5, text=TEXTS[at % 4], who=("légion Condor",)) for at in range(40)]
    left, right = (np.array(side, dtype=np.int64) for side in np.triu_indices(len(told), 1))
    found, certain = scores(loaded(told), left, right, load_weights())
    assert certain.all()
    assert len(np.unique(found)) > 10


@given(st.lists(accounts(), min_size=2, max_size=8), st.sampled_from([-20.0, -3.0, 0.0, 1.0, 4.0]))
@settings(max_examples=150, deadline=None)
def test_what_the_bound_rules_out_the_score_does_too(told: list[Account], bar: float) -> None:
    told = [structs.replace(one, ref=structs.replace(one.ref, document=f"d{at}")) for at, one in enumerate(told)]
    kept = loaded(told)
    left, right = (np.array(side, dtype=np.int64) for side in np.triu_indices(len(told), 1))
    for one, other, may in zip(left, right, possible(kept, left, right, load_weights(), bar), strict=True):
        assert may or quick_score(told[one], told[other], load_weights()) <= bar


def test_most_pairs_that_are_far_apart_are_ruled_out() -> None:
    told = [account(f"d{at}", day=f"1937-04-{at % 28 + 1:02}", places=((GUERNICA, BILBAO)[at % 2],)) for at in range(56)]
    left, right = (np.array(side, dtype=np.int64) for side in np.triu_indices(len(told), 1))
    assert possible(loaded(told), left, right, load_weights(), 1.0).mean() < 0.1


@pytest.mark.parametrize("many", [0, 1, 3])
def test_the_sketches_of_documents_stand_one_after_the_other(many: int) -> None:
    packed = [sketches(account(f"d{at}") for at in range(many)), b"", sketches([account("e")])]
    assert [sketch_count(len(each)) for each in packed] == [many, 0, 1]
    assert len(load_sketches(packed, [len(each) for each in packed]).heads) == many + 1
