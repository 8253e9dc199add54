"""A toll that stands alone counts anew what was told before, in the voice that gives it."""

from __future__ import annotations

import time

import pytest

from recoupe.extract.events import find_events
from recoupe.extract.figures import find_figures, standing_figures, whole_figures
from recoupe.extract.figures_nobody import find_nobody
from recoupe.extract.occurrence import Told
from recoupe.extract.times import find_times
from recoupe.extract.tolls import with_tolls
from recoupe.extract.voices import find_voices
from recoupe.language.parse import parse_text
from recoupe.model import Block, Document, DocumentInfo, Language, Published


def retold(text: str, language: Language) -> tuple[Told, Told]:
    """The events of a text before and after its bare tolls are read."""
    parsed = parse_text(text, language)
    info = DocumentInfo("a", "a", None, None, None, language, None, Published("2021-03-14", "2021-03-14", "2021-03-14", "given"), len(text), "")
    times, figures, said = find_times(parsed, Document(info, text, (Block("body", 0, len(text)),))), find_figures(parsed), find_voices(parsed, ())
    told = find_events(parsed, (), (), times, figures, said)
    whole = whole_figures(parsed, standing_figures(parsed, figures))
    return told, with_tolls(parsed, told, (*whole, *find_nobody(parsed)), times, said)


@pytest.mark.parametrize(
    ("language", "text", "tolls"),
    [
        ("en", "A bomb blast hit a market on Monday, killing 30 people, police said. But the health ministry said 19 people had died.", ["19 people"]),
        ("fr", "Une bombe a explosé lundi sur un marché, tuant 30 personnes. Les secours font état de 34 morts.", ["34 morts"]),
        ("fr", "Le bilan est passé de 12 à 17 morts, a indiqué l'hôpital. L'attentat a été commis jeudi.", ["17 morts"]),
        ("fr", "Une bombe a explosé lundi, tuant 8 personnes. L'ONU parle de 12 morts, le gouvernement de 40.", ["12 morts", "40"]),
        ("fr", "Une bombe a explosé lundi, tuant 12 hommes selon la police, contre 40 selon les rebelles.", ["40"]),
        ("en", "A bomb went off on Monday, killing 8 people. Medics put the toll at 12, the rebels at 40.", ["12", "40"]),
    ],
)  # fmt: skip
def test_another_voice_counts_the_same_assault(language: Language, text: str, tolls: list[str]) -> None:
    before, after = retold(text, language)
    added = [one for one in after.occurrences if one.rule == "bare-toll"]
    assert [text[one.trigger.start : one.trigger.end] for one in added] == tolls
    assert {(one.type, one.mode, one.date_start) for one in added} == {(one.type, one.mode, one.date_start) for one in before.occurrences[:1]}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A bomb blast hit a market on Monday. The health ministry said 190 people had died of cholera since January."),
        ("en", "The health ministry said 19 people had died of cholera."),
        ("en", "A bomb blast hit a market, killing 30 people. In all 19 of the dead were women."),
        ("fr", "Une bombe a explosé lundi sur un marché. Plus de 300 000 personnes sont mortes depuis 2011, selon une ONG."),
    ],
)  # fmt: skip
def test_a_toll_of_another_time_or_of_nothing_told_makes_no_event(language: Language, text: str) -> None:
    before, after = retold(text, language)
    assert before == after


@pytest.mark.parametrize(
    ("language", "text", "counted", "voices"),
    [
        ("fr", "Un avion a bombardé le village. Aucune victime n'a été signalée.", ["Aucune victime"], 1),
        ("en", "A jet bombed the village. There were no casualties.", ["no casualties"], 1),
        ("fr", "Un avion a bombardé le village. Selon la Croix-Rouge, il n'y a ni mort ni blessé.", ["ni mort", "ni blessé"], 2),
    ],
)  # fmt: skip
def test_nobody_is_a_toll_too(language: Language, text: str, counted: list[str], voices: int) -> None:
    _, after = retold(text, language)
    spans = [tuple(map(int, name.removeprefix("figure:").split("-"))) for one in after.occurrences for name in one.figures]
    assert [text[start:end] for start, end in spans] == counted
    assert len(after.occurrences) == voices


def test_one_voice_adds_what_it_had_not_counted() -> None:
    before, after = retold("A bomb blast hit a market, killing 30 people. Another 50 were wounded.", "en")
    assert len(after.occurrences) == len(before.occurrences)
    assert len(after.occurrences[0].figures) >= len(before.occurrences[0].figures)


def test_a_long_text_takes_time_in_proportion() -> None:
    sentences = 1600
    parsed = parse_text("Une bombe a explosé lundi sur un marché. Les secours font état de 34 morts. " * sentences, "fr")
    assert len(parsed.text) > 100_000
    info = DocumentInfo("a", "a", None, None, None, "fr", None, Published("2021-03-14", "2021-03-14", "2021-03-14", "given"), len(parsed.text), "")
    times, figures = find_times(parsed, Document(info, parsed.text, (Block("body", 0, len(parsed.text)),))), find_figures(parsed)
    told = find_events(parsed, (), (), times, figures, ())
    began = time.process_time()
    after = with_tolls(parsed, told, whole_figures(parsed, standing_figures(parsed, figures)), times, ())
    assert time.process_time() - began < 2
    assert len(after.occurrences) >= sentences
