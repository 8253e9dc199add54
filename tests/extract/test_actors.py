"""Actors are found where they act, countries only then, and every mention stands in the text, in order and apart."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.extract.actors import find_actors
from recoupe.knowledge.actors import open_register
from recoupe.language.parse import parse_text
from recoupe.model import ActorMention, Language


def actors(text: str, language: Language = "fr") -> tuple[ActorMention, ...]:
    return find_actors(parse_text(text, language), open_register())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Les troupes US ont quitté l'Irak vers la Syrie.", [("troupes US", "us-armed-forces")]),
        ("Washington a démenti.", [("Washington", "us")]),
        ("Il a manifesté à Washington.", []),
        ("Le raid israélien contre Damas inquiète l'Iran.", [("israélien", "il"), ("Iran", "ir")]),
        ("Les combats se déroulent dans le nord de la Syrie.", []),
        ("L'avancée de la Turquie inquiète Moscou.", [("Turquie", "tr"), ("Moscou", "ru")]),
        ("Les frontières syriennes sont fermées.", []),
        ("Le président Erdogan a promis l'assaut.", [("président Erdogan", "erdogan")]),
        ("Les Forces démocratiques syriennes (FDS) avancent.", [("Forces démocratiques syriennes (FDS)", "syrian-democratic-forces")]),
        ("Des hommes armés ont attaqué le marché.", [("hommes armés", None)]),
        ("Le porte-parole du ministère russe de la Défense a parlé.", [("porte-parole du ministère russe de la Défense", "ru-mod")]),
        ("Daech a perdu ses positions.", [("Daech", "islamic-state"), ("positions", "islamic-state")]),
        (
            "Les forces spéciales US arment leurs supplétifs takfiristes.",
            [("forces spéciales US", "us-special-forces"), ("supplétifs takfiristes", None)],
        ),
        ("La Turquie et l'Iran retirent leurs soldats.", [("Turquie", "tr"), ("Iran", "ir"), ("soldats", None)]),
        ("Les avions allemands de la légion Condor ont bombardé la ville.", [("avions allemands de la légion Condor", "condor-legion")]),
    ],
)
def test_french(text: str, wanted: list[tuple[str, str | None]]) -> None:
    assert [(mention.text, mention.actor) for mention in actors(text)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "US special forces attacked Islamic State militants in Syria.",
            [("US special forces", "us-special-forces"), ("Islamic State militants", "islamic-state")],
        ),
        ("The Turkish offensive continued.", [("Turkish", "tr")]),
        ("Moscow denied it.", [("Moscow", "ru")]),
        ("He lives in Moscow.", []),
        ("Protesters burned tyres in Baghdad.", [("Protesters", None)]),
        ("The Spanish Foreign Ministry protested.", [("Spanish Foreign Ministry", "es-foreign-ministry")]),
        ("Germany and Italy opposed an inquiry.", [("Germany", "de"), ("Italy", "it")]),
        ("He travelled to Russia and Turkey.", []),
        ("Syrian and Iraqi forces advanced.", [("Syrian", "sy-armed-forces"), ("Iraqi forces", "iq-armed-forces")]),
        ("German Junkers and Heinkel planes bombed the town.", [("German Junkers and Heinkel planes", "de-air-force")]),
        ("Airmen of the Condor Legion bombed it.", [("Airmen of the Condor Legion", "condor-legion")]),
        ("German airmen of the Condor Legion bombed it.", [("German airmen of the Condor Legion", "condor-legion")]),
        ("The Non-Intervention Committee met in London in 1937.", [("Non-Intervention Committee", "non-intervention-committee")]),
        ("Germany admits guilt of its airmen.", [("Germany", "de"), ("airmen", "de-air-force")]),
        ("Turkey accused Iran of shelling its soldiers.", [("Turkey", "tr"), ("Iran", "ir"), ("soldiers", None)]),
        ("Gunmen killed members of Hezbollah.", [("Gunmen", None), ("members of Hezbollah", "hezbollah")]),
    ],
)
def test_english(text: str, wanted: list[tuple[str, str | None]]) -> None:
    assert [(mention.text, mention.actor) for mention in actors(text, "en")] == wanted


def test_a_description_takes_the_actor_that_the_text_ties_to_it() -> None:
    found = actors("Les terroristes de Daech ont attaqué le village. Les terroristes ont fui.")
    assert [(mention.text, mention.actor) for mention in found] == [("terroristes de Daech", "islamic-state"), ("terroristes", "islamic-state")]
    alone = actors("Les terroristes ont fui.")
    assert [(mention.text, mention.actor) for mention in alone] == [("terroristes", None)]


def test_private_persons_are_no_actors() -> None:
    found = actors("Marie Durand, 34 ans, a été tuée par une balle perdue. Son voisin, Paul Martin, est mort.")
    assert not any("Durand" in mention.text or "Martin" in mention.text for mention in found)


def test_a_person_in_a_public_role_is_known_again() -> None:
    found = actors("L'expert syrien Mohamed Issa commente la bataille. Et Mohamed Issa de poursuivre : l'armée avance.")
    assert sum("Issa" in mention.text for mention in found) == 2


def test_names_of_another_era_need_their_era() -> None:
    old = actors("Le 26 avril 1937, les nationalistes ont accusé les républicains espagnols d'avoir incendié la ville.")
    assert "nationalists-spain" in [mention.actor for mention in old]
    new = actors("En 2021, les nationalistes ont manifesté à Alger.")
    assert "nationalists-spain" not in [mention.actor for mention in new]


@pytest.mark.parametrize(
    ("text", "on", "name"),
    [
        ("L'armée allemande a pris la ville.", "1937-04-28", "German Armed Forces"),
        ("L'armée allemande a pris la ville.", "2018-11-11", "Bundeswehr"),
        ("L'armée allemande a pris la ville.", None, "Bundeswehr"),
        ("Des avions allemands ont bombardé la ville.", "1937-04-28", "German Air Force"),
        ("L'aviation italienne a bombardé Durango.", "1937-05-20", "Italian Air Force"),
        ("La légion Condor a bombardé la ville.", "1937-04-28", "Condor Legion"),
        ("La légion Condor a bombardé la ville.", "2017-04-26", "Condor Legion"),
        ("Bush a promis l'assaut.", "2003-03-18", "George W. Bush"),
        ("Bush a promis l'assaut.", "1991-01-15", "George H. W. Bush"),
        ("La Résistance a frappé.", "1943-06-01", "French Resistance"),
        ("La Résistance a frappé.", "2018-06-01", "Axis of Resistance"),
    ],
)
def test_an_actor_is_the_one_of_the_day(text: str, on: str | None, name: str) -> None:
    found = find_actors(parse_text(text, "fr"), open_register(), on)
    assert found[0].name == name


def test_what_did_not_exist_yet_is_not_meant() -> None:
    text = "L'OTAN a réagi."
    assert [mention.actor for mention in find_actors(parse_text(text, "fr"), open_register(), "2018-11-11")] == ["nato"]
    assert "nato" not in [mention.actor for mention in find_actors(parse_text(text, "fr"), open_register(), "1937-04-28")]


@pytest.mark.parametrize("text", ["", " ", "...", "«»", "US", "-", "(FDS", "de de de", "L'", "\u200b\u202eUS\u00ad"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_odd_texts(text: str, language: Language) -> None:
    for mention in actors(text, language):
        assert text[mention.start : mention.end] == mention.text


def test_capitals_and_no_marks() -> None:
    found = actors("L'ARMÉE SYRIENNE A REPOUSSÉ DAECH", "fr")
    assert "islamic-state" in [mention.actor for mention in found]
    assert "us" not in [mention.actor for mention in actors("HE TOLD US THAT IT IS TRUE", "en")]


def test_a_long_text_takes_time_in_proportion() -> None:
    parsed = parse_text("L'armée syrienne et les troupes US ont repoussé Daech. " * 500, "fr")
    began = time.process_time()
    found = find_actors(parsed, open_register())
    assert len(found) >= 1400
    assert time.process_time() - began < 3


WORDS = [
    "les",
    "troupes",
    "US",
    "de",
    "Daech",
    "armée",
    "syrienne",
    "(",
    ")",
    ",",
    "président",
    "Trump",
    "Washington",
    "à",
    "contre",
    "porte-parole",
    "du",
    "-",
    ".",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_mentions_stand_in_the_text_in_order_and_apart(words: list[str]) -> None:
    text = " ".join(words)
    found = actors(text)
    assert all(text[mention.start : mention.end] == mention.text and mention.id == f"actor:{mention.start}-{mention.end}" for mention in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
