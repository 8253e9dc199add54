"""Which events of everyday parties are told? Those with somebody of politics or about something grave, and none of long past years."""

from __future__ import annotations

import pytest

from recoupe.extract.actors import find_actors
from recoupe.extract.events import find_events
from recoupe.knowledge.actors import open_register
from recoupe.language.parse import parse_text
from recoupe.model import Language


def types_of(sentence: str, language: Language) -> list[str]:
    parsed = parse_text(sentence, language)
    told = find_events(parsed, find_actors(parsed, open_register()), (), (), ())
    return [one.type for one in told.occurrences]


@pytest.mark.parametrize(
    ("language", "sentence", "wanted"),
    [
        ("en", "The parish council demanded a lower speed limit.", []),
        ("en", "The union demanded the release of the prisoners.", ["REQUEST"]),
        ("en", "The mayor accused the rebels of theft.", ["ACCUSE"]),
        ("fr", "Le conseil de quartier réclame une vitesse limitée à trente.", []),
        ("fr", "Le syndicat exige le départ du président.", ["REQUEST"]),
        ("fr", "Le secrétaire du syndicat a démissionné.", []),
    ],
)
def test_everyday_parties_need_politics_beside_them(language: Language, sentence: str, wanted: list[str]) -> None:
    assert types_of(sentence, language)[: len(wanted) or 1] == wanted


@pytest.mark.parametrize(
    ("language", "sentence", "told"),
    [
        ("en", "Cromwell's soldiers stormed the town in 1649.", False),
        ("en", "Rebels founded in 1928 attacked the town on Monday.", True),
        ("en", "Two grenades were thrown at soldiers at 1700 GMT.", True),
        ("fr", "Les troupes de Cromwell prirent la ville en 1649.", False),
        ("fr", "Le parti, fondé en 1928, accuse l'armée d'avoir tué 1200 civils.", True),
    ],
)
def test_years_of_long_ago_are_history(language: Language, sentence: str, *, told: bool) -> None:
    assert bool(types_of(sentence, language)) == told
