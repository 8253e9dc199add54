"""Whose men are the rebels, and how sure is the text that it was they?"""

from __future__ import annotations

import pytest

from recoupe.extract.actors import find_actors
from recoupe.extract.events import find_events
from recoupe.extract.factuality import assess_all
from recoupe.extract.occurrence import Assessment, Told
from recoupe.extract.voices import find_voices
from recoupe.knowledge.actors import open_register
from recoupe.language.parse import parse_text
from recoupe.model import Language


def _read(text: str, language: Language) -> tuple[Told, tuple[Assessment, ...]]:
    parsed = parse_text(text, language)
    named = find_actors(parsed, open_register())
    told = find_events(parsed, named, (), (), ())
    return told, assess_all(parsed, told.occurrences, find_voices(parsed, named), told.actors)


def _last_doers(told: Told) -> list[str | None]:
    known = {mention.id: mention.actor for mention in told.actors}
    return [known[name] for name in told.occurrences[-1].actors]


@pytest.mark.parametrize(
    ("language", "text", "doers"),
    [
        ("en", "The FARC attacked the town. Later the guerrillas burned a bus.", ["farc"]),
        ("fr", "Les Farc ont attaqué la ville. Plus tard, les guérilleros ont brûlé un bus.", ["farc"]),
        ("en", "The FARC attacked the town. The attackers burned a bus.", ["farc"]),
        ("en", "Guerrillas of the FARC burned a bus.", ["farc"]),
        ("en", "The FARC attacked the town. Later unidentified guerrillas burned a bus.", [None]),
        ("en", "The FARC attacked the town. Later Syrian rebels burned a bus.", [None]),
        (
            "fr",
            "Daech a attaqué la ville. Le groupe, proche d'Al-Qaïda, a brûlé un bus. Plus tard, les jihadistes ont tué un garde.",
            ["islamic-state"],
        ),
        ("en", "The FARC attacked the town. Police arrested ten men. It rained. The mayor left. The group burned a bus.", ["farc"]),
        ("en", "The FARC attacked the town. Masked gunmen fled. The gunmen burned a bus.", [None]),
        ("en", "The PKK attacked the town. The Islamic State praised it. The Kurdish rebels burned a bus.", ["pkk"]),
        ("fr", "Daech a attaqué la ville. Les milices kurdes ont brûlé un bus.", [None]),
        ("en", "The FARC attacked the town. Later members of the group burned a bus.", ["farc"]),
        ("fr", "Les Farc ont attaqué la ville. Plus tard, des combattants du groupe ont brûlé un bus.", ["farc"]),
        ("en", "Attackers burned a bus.", [None]),
        ("fr", "Des assaillants ont brûlé un bus.", [None]),
    ],
)
def test_fighters_are_of_the_group_that_the_text_names(language: Language, text: str, doers: list[str | None]) -> None:
    told, _ = _read(text, language)
    assert _last_doers(told) == doers


@pytest.mark.parametrize(
    ("language", "text", "level"),
    [
        ("en", "The mayor was kidnapped by suspected rebels.", "accused"),
        ("fr", "Le maire a été enlevé par des rebelles présumés.", "accused"),
        ("en", "The mayor was kidnapped by the rebels.", "fact"),
        ("en", "Our units attacked the garrison.", "claimed"),
        ("fr", "Nos combattants ont attaqué la caserne.", "claimed"),
        ("fr", "Les combattants ont attaqué la caserne.", "fact"),
        ("fr", "Selon une source locale, l'armée a déployé des chars à Homs.", "fact"),
        ("fr", "Selon une source locale, l'armée a bombardé un hôpital à Homs.", "accused"),
    ],
)
def test_doubt_about_who_it_was_is_responsibility(language: Language, text: str, level: str) -> None:
    _, assessments = _read(text, language)
    assert assessments[0].responsibility == level


@pytest.mark.parametrize("text", ["Neither the minister nor his wife was injured.", "No soldier was killed."])
def test_what_nobody_suffered_did_not_happen(text: str) -> None:
    _, assessments = _read(text, "en")
    assert [one.factuality for one in assessments] == ["CT-"]


@pytest.mark.parametrize("text", ["", "FARC", "guerrillas " * 50, "The guerrillas of the guerrillas of the FARC."])
def test_odd_texts_are_read(text: str) -> None:
    told, assessments = _read(text, "en")
    assert len(told.occurrences) == len(assessments)


@pytest.mark.parametrize(
    ("text", "factuality", "stage"),
    [
        ("Police were able to arrest the men.", "CT+", "accomplished"),
        ("Police have been able to arrest the men.", "CT+", "accomplished"),
        ("Police are able to arrest the men.", "PS+", "planned"),
        ("Police would be able to arrest the men.", "PS+", "planned"),
        ("Police were not able to arrest the men.", "CT-", "accomplished"),
    ],
)
def test_what_somebody_was_able_to_do_was_done(text: str, factuality: str, stage: str) -> None:
    _, assessments = _read(text, "en")
    assert [(one.factuality, one.stage) for one in assessments] == [(factuality, stage)]
