"""Which events does a text tell of, and of which kind? What is told twice is one event, what nobody tells of is none."""

from __future__ import annotations

import pytest

from recoupe.extract.claims import join
from recoupe.extract.events import find_events
from recoupe.extract.factuality import assess_all
from recoupe.language.parse import parse_text
from recoupe.model import Claim, Language, Span


def claims(language: Language, text: str, title: str = "") -> tuple[Claim, ...]:
    parsed = parse_text(f"{title}\n\n{text}" if title else text, language)
    told = find_events(parsed, (), (), (), ())
    return join(told, assess_all(parsed, told.occurrences, (), told.actors), (), (Span(0, len(title)),) if title else ())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Cinq soldats ont été tués et trois autres blessés dans le village."),
        ("en", "Five soldiers were killed and three villagers were wounded in the village."),
    ],
)
def test_what_a_sentence_says_side_by_side_is_one_event(language: Language, text: str) -> None:
    (told,) = claims(language, text)
    assert told.type == "ASSAULT"
    assert told.evidence


def test_dead_of_two_attacks_stay_two_events() -> None:
    assert len(claims("fr", "Les rebelles ont tué cinq soldats ; l'armée a blessé trois rebelles.")) == 2


def test_a_title_and_its_text_tell_one_event() -> None:
    (told,) = claims("fr", "Jeudi, les rebelles ont bombardé la caserne du village.", title="Les rebelles ont bombardé une caserne")
    assert told.trigger.start > 38
    assert [span for span in told.evidence if span.start < 38]


def test_a_strike_that_somebody_is_to_end_is_no_second_event() -> None:
    assert [told.type for told in claims("fr", "Moscou appelle le gouvernement à cesser ses frappes.")] == ["REQUEST", "RETREAT"]


def test_those_shot_at_after_a_killing_are_another_event() -> None:
    assert len(claims("fr", "Les rebelles ont tué trois soldats et attaqué des policiers dans la vallée.")) == 2
    assert len(claims("fr", "Les rebelles ont attaqué une patrouille, tuant trois soldats.")) == 1


def test_a_title_about_something_else_stays() -> None:
    assert len(claims("fr", "Jeudi, l'armée a bombardé la caserne du village.", title="Les rebelles ont bombardé une caserne")) == 2


@pytest.mark.parametrize(("language", "text"), [("fr", "Toute attaque sera punie par la loi."), ("en", "Any attack on the base is against the law.")])
def test_whatever_may_come_is_no_event(language: Language, text: str) -> None:
    assert not [claim for claim in claims(language, text) if claim.type == "ASSAULT"]


@pytest.mark.parametrize(
    ("language", "text", "denied"), [("fr", "Le ministre a démenti toute attaque.", "CT"), ("en", "The minister denied any attack.", "CT")]
)
def test_what_is_denied_is_told(language: Language, text: str, denied: str) -> None:
    assert [claim for claim in claims(language, text) if claim.type == "ASSAULT" and claim.factuality.startswith(denied)]


@pytest.mark.parametrize(
    ("language", "text", "acled"),
    [
        ("fr", "Les soldats se sont retirés de la ville.", "Non-violent transfer of territory"),
        ("fr", "Les rebelles ont pris la fuite.", "Change to group/activity"),
        ("en", "The troops withdrew from the town.", "Non-violent transfer of territory"),
        ("en", "The government withdrew its troops.", "Change to group/activity"),
        ("fr", "La police a ouvert le feu sur les manifestants.", "Excessive force against protesters"),
        ("en", "Police opened fire on protesters.", "Excessive force against protesters"),
    ],
)
def test_the_sub_type_follows_what_is_left_and_who_is_struck(language: Language, text: str, acled: str) -> None:
    assert claims(language, text)[0].acled == acled


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The group vowed to avenge the killing of its leader."),
        ("fr", "Le groupe a promis de venger l'assassinat de son chef."),
        ("fr", "Les rebelles menacent de riposter à l'attaque de mardi."),
    ],
)
def test_what_is_avenged_has_happened(language: Language, text: str) -> None:
    last = claims(language, text)[-1]
    assert (last.type, last.factuality, last.stage) == ("ASSAULT", "CT+", "accomplished")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Two attack helicopters flew over the army camp."),
        ("fr", "Les soldats ont saisi dix fusils d'assaut."),
        ("fr", "L'armée a envoyé des avions de combat."),
    ],
)
def test_what_a_weapon_is_for_is_no_event(language: Language, text: str) -> None:
    assert not [claim for claim in claims(language, text) if claim.type == "ASSAULT"]


@pytest.mark.parametrize(
    ("language", "text", "modes"),
    [
        ("en", "Police fired tear gas to disperse the protesters.", ["crowd-control"]),
        ("fr", "La police a tiré des gaz lacrymogènes pour disperser les manifestants.", ["crowd-control"]),
        ("en", "A missile fired by the rebels struck the barracks.", ["heavy-weapons"]),
        ("fr", "Un missile tiré par les rebelles a touché la caserne.", ["heavy-weapons"]),
        ("en", "The rebels killed eight farmers and abducted two nurses.", [None, "abduct"]),
        ("fr", "Les rebelles ont tué huit paysans et enlevé deux infirmières.", [None, "abduct"]),
        ("en", "Militants shot and wounded a policeman.", ["firearms"]),
    ],
)
def test_one_deed_is_told_once_and_two_twice(language: Language, text: str, modes: list[str | None]) -> None:
    assert [claim.mode for claim in claims(language, text) if claim.type == "ASSAULT"] == modes


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "The government froze its military aid to the rebels."), ("fr", "Le gouvernement a suspendu son aide militaire aux rebelles.")],
)
def test_help_that_is_cut_off_is_not_given(language: Language, text: str) -> None:
    assert [claim.type for claim in claims(language, text)] == ["SANCTION"]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Riots in the streets of the capital left six dead."), ("fr", "Des émeutes dans les rues de la capitale ont fait six morts.")],
)
def test_a_riot_has_its_dead(language: Language, text: str) -> None:
    assert [claim.type for claim in claims(language, text)] == ["PROTEST"]
