"""Does a deed without a doer take who is held responsible for "the attack", "this crime" further down, and only then?"""

from __future__ import annotations

import pytest

from recoupe.extract.events import find_events
from recoupe.language.parse import parse_text
from recoupe.model import Language, Responsibility

CARRIED: list[tuple[Language, str, str, Responsibility]] = [
    ("en", "A mosque was bombed on Friday. The Islamic State claimed responsibility for the attack.", "Islamic State", "claimed"),
    ("en", "A bomb exploded in Kabul. The explosion shook the city. The Taliban claimed the attack.", "Taliban", "claimed"),
    ("en", "A judge was killed in Cali. Residents attributed the crime to the rebels.", "rebels", "accused"),
    ("en", "A bomb exploded in Quetta. The police blamed it on a militia.", "militia", "accused-by-authorities"),
    ("en", "A judge was killed in Cali. Investigators suspect the cartel.", "cartel", "accused-by-authorities"),
    ("fr", "Une bombe a explosé à Gao. Les autorités l'ont attribuée aux rebelles.", "rebelles", "accused-by-authorities"),
    ("fr", "Une bombe a tué dix soldats à Gao. Les habitants accusent les rebelles.", "rebelles", "accused"),
    ("fr", "Une mosquée a été visée par un attentat. L'État islamique a revendiqué cette attaque.", "État islamique", "claimed"),
    ("fr", "Un juge a été tué à Cali. La police attribue ce crime aux rebelles.", "rebelles", "accused-by-authorities"),
    ("fr", "L'attaque n'a pas été revendiquée, mais la police soupçonne les rebelles.", "rebelles", "accused-by-authorities"),
    ("fr", "L'explosion pourrait être l'œuvre des rebelles.", "rebelles", "possible"),
    ("en", "No one claimed the attack, but police suspect the rebels.", "rebels", "accused-by-authorities"),
    ("en", "The rebels claimed responsibility for a bomb that killed two people.", "rebels", "claimed"),
    ("en", "Gunmen stormed a hotel in Kabul. The Taliban claimed responsibility for the assault.", "Taliban", "claimed"),
    ("fr", "Des hommes armés ont attaqué un hôtel à Kaboul. Les talibans ont revendiqué l'attaque.", "talibans", "claimed"),
    ("fr", "Les rebelles ont revendiqué dimanche quatre attentats commis ces dernières semaines.", "rebelles", "claimed"),
]
KEPT: list[tuple[Language, str]] = [
    ("en", "A judge was killed in Cali. Nobody has claimed responsibility for the attack."),
    ("en", "A judge was killed in Cali. The rebels denied any role in the attack."),
    ("en", "A judge was killed in Cali. The rebels claimed responsibility for another attack."),
    ("en", "A judge was kidnapped in Cali. The rebels claimed responsibility for the bombing."),
    ("en", "A judge was killed in Cali. The attack was not claimed by any group."),
    ("en", "A judge was killed in Cali. The rebels accused the government of lying."),
    ("en", "A bomb exploded in Quetta. The rebels claimed the bombing of a bank."),
    ("fr", "Un juge a été tué à Cali. L'attaque n'a été revendiquée par aucun groupe."),
    ("fr", "Un juge a été tué à Cali. Les rebelles accusent le gouvernement de mentir."),
    ("fr", "Un juge a été tué à Cali. Aucun groupe n'a revendiqué cette attaque."),
    ("fr", "Un juge a été tué à Cali. Les rebelles ont nié toute implication dans ce crime."),
]


@pytest.mark.parametrize(("language", "text", "doer", "level"), CARRIED)
def test_the_deed_that_is_taken_up_gets_its_doer(language: Language, text: str, doer: str, level: Responsibility) -> None:
    told = find_events(parse_text(text, language), (), (), (), ())
    names = {mention.id: mention.text for mention in told.actors}
    first = next(one for one in told.occurrences if one.type == "ASSAULT")
    assert (first.responsibility, [names[actor] for actor in first.actors]) == (level, [doer])


@pytest.mark.parametrize(("language", "text"), KEPT)
def test_a_denial_or_another_deed_gives_nobody(language: Language, text: str) -> None:
    told = find_events(parse_text(text, language), (), (), (), ())
    assert next(one for one in told.occurrences if one.type == "ASSAULT").actors == ()


def test_a_deed_with_its_doer_keeps_it() -> None:
    told = find_events(parse_text("The army killed a judge in Cali. Residents attributed the crime to the rebels.", "en"), (), (), (), ())
    names = {mention.id: mention.text for mention in told.actors}
    assert [names[actor] for actor in told.occurrences[0].actors] == ["army"]
