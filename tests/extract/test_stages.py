"""How far has an event come? Titles, predicates, near misses, futures and states, through the parts that answer it together."""

from __future__ import annotations

import pytest

from recoupe.extract.events import find_events
from recoupe.extract.factuality import assess_all
from recoupe.language.parse import parse_all
from recoupe.model import Block, Document, DocumentInfo, Language, Published

TITLES: list[tuple[Language, str, str]] = [
    ("fr", "L'armée attaque les rebelles près de Tadmor", "accomplished"),
    ("fr", "La police arrête trois suspects à Marseille", "accomplished"),
    ("fr", "Irak : des tirs de roquettes visent une base américaine", "accomplished"),
    ("fr", "Les soldats affrontent les rebelles près de Tadmor", "ongoing"),
    ("fr", "L'armée poursuit son offensive contre les rebelles", "ongoing"),
    ("en", "Police arrest three suspects in Marseille", "accomplished"),
    ("en", "Gunmen abduct three soldiers in Sudan", "accomplished"),
]
SENTENCES: list[tuple[Language, str, str, str]] = [
    ("fr", "L'hélicoptère a failli être abattu par les insurgés.", "CT-", "attempted"),
    ("fr", "Les insurgés ont tenté sans succès d'attaquer la caserne.", "CT+", "attempted"),
    ("fr", "Un attentat contre la caserne a été évité.", "CT-", "attempted"),
    ("fr", "Une attaque contre la caserne est imminente.", "CT+", "planned"),
    ("fr", "L'attaque contre la caserne doit commencer lundi.", "CT+", "planned"),
    ("fr", "Des soldats restent déployés près de la frontière.", "CT+", "ongoing"),
    ("fr", "Des soldats ont été déployés près de la frontière.", "CT+", "accomplished"),
    ("fr", "Les rebelles pourraient avoir attaqué la caserne.", "PS+", "accomplished"),
    ("fr", "L'armée reprendra ses bombardements contre la ville.", "CT+", "planned"),
    ("fr", "Les rebelles ont tenté de prendre la ville puis se sont repliés vers le nord.", "CT+", "accomplished"),
    ("fr", "On ignore qui a posé la bombe.", "CT+", "accomplished"),
    ("en", "The army will resume its air raids on the town.", "CT+", "planned"),
    ("en", "The helicopter was nearly shot down by insurgents.", "CT-", "attempted"),
    ("en", "The mayor survived an assassination attempt.", "CT+", "attempted"),
    ("en", "The withdrawal of the troops will begin on Monday.", "CT+", "planned"),
    ("en", "The army is to withdraw its soldiers from the valley.", "CT+", "planned"),
    ("en", "The evacuation of the wounded is under way.", "CT+", "ongoing"),
    ("en", "The army may have shelled the market.", "PS+", "accomplished"),
]


def judged(language: Language, text: str, kind: str) -> list[tuple[str, str]]:
    info = DocumentInfo("x", "x", None, None, None, language, None, Published(None, None, None, "none"), len(text), "")
    (parsed,) = parse_all([Document(info, text, (Block(kind, 0, len(text)),))])  # type: ignore[arg-type]
    told = find_events(parsed, (), (), (), ())
    return [(one.factuality, one.stage) for one in assess_all(parsed, told.occurrences, (), told.actors)]


@pytest.mark.parametrize(("language", "text", "stage"), TITLES)
def test_the_present_of_a_title(language: Language, text: str, stage: str) -> None:
    assert [found for _, found in judged(language, text, "title")] == [stage]


def test_the_same_present_goes_on_in_a_text() -> None:
    assert judged("fr", "L'armée attaque les rebelles près de Tadmor.", "body") == [("CT+", "ongoing")]


@pytest.mark.parametrize(("language", "text", "factuality", "stage"), SENTENCES)
def test_how_far_a_sentence_says_it_came(language: Language, text: str, factuality: str, stage: str) -> None:
    assert (factuality, stage) in judged(language, text, "body")
