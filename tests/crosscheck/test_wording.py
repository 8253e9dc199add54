"""Every reason is told in both languages, and of the same things."""

from __future__ import annotations

import re

import pytest
from tests.crosscheck.builders import account

from recoupe.crosscheck import load_weights, score
from recoupe.crosscheck.account import Count, Where
from recoupe.crosscheck.wording import Wording, load_wording
from recoupe.language.pack import LANGUAGES
from recoupe.model import Language

WEIGHED = {("across", feature, level) for feature, levels in load_weights().across.features.items() for level in levels} | {
    ("within", feature, level) for feature, levels in load_weights().within.features.items() for level in levels
}


def told(wording: Wording) -> dict[tuple[str, str, str], str]:
    tables = (("across", wording.across), ("within", wording.within))
    return {(table, feature, level): says for table, features in tables for feature, levels in features.items() for level, says in levels.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_weighed_is_told_and_nothing_else(language: Language) -> None:
    assert set(told(load_wording(language))) == WEIGHED


def test_both_languages_tell_of_the_same_things() -> None:
    french, english = load_wording("fr"), load_wording("en")
    for key, says in told(english).items():
        assert sorted(re.findall(r"{\d?}", says)) == sorted(re.findall(r"{\d?}", told(french)[key])), key
    assert french.reasons.keys() == english.reasons.keys()
    assert french.measures.keys() == english.measures.keys()
    assert french.types.keys() == english.types.keys()


def test_a_link_is_explained_in_french() -> None:
    here = Where("1", "Alep", "SY", 36.2, 37.16, 5.0)
    one, other = (account(name, places=(here,), killed=Count("killed", 1200, None, approximate=False), day="1937-04-26") for name in "ab")
    details = {reason.feature: reason.detail for reason in score(one, other, load_weights(), "fr").reasons}
    assert details["place"] == "les deux nomment Alep"
    assert details["killed"] == "le même bilan : au moins 1\u202f200 morts"
    assert details["day"] == "les deux donnent 1937-04-26"
    assert details.keys() == {reason.feature for reason in score(one, other, load_weights()).reasons}
