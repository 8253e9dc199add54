"""Who speaks, and for whom: one voice has one name, a part is not another party than the whole, a place is none."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs
from tests.crosscheck.builders import GUERNICA, account, document, pairs, speaker, toll

from recoupe.crosscheck import Account, accounts, check, pack, read_head, read_report, read_signature, tell
from recoupe.crosscheck.account import Speaker, party
from recoupe.crosscheck.sides import side_of
from recoupe.model import ActorMention, Attribution, Block, Claim, Document, Event, PlaceMention, Reading, SourceKind, Span

TEXT = "Guernica bombardée, selon un correspondant. José Antonio Aguirre accuse. M. Aguirre le répète. Le quartier général du général Franco nie. Une agence de Londres parle de 40 morts."


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


def said(words: str, kind: SourceKind, actor: str | None = None) -> Attribution:
    at = span(words)
    return Attribution(f"said:{at.start}", (at,), kind, actor, words, (), (), "according", "neutral", denial=False, parent=None, rule="test")


def actor(words: str, identity: str | None) -> ActorMention:
    at = span(words)
    return ActorMention(f"actor:{at.start}-{at.end}", at.start, at.end, words, identity, words)


def claim(voice: Attribution, **changes: Any) -> Claim:
    trigger = span("bombardée")
    base = Claim(
        id=f"ASSAULT:{voice.id}", trigger=trigger, sentence=Span(0, len(TEXT)), type="ASSAULT", mode=None, acled=None, actors=(), recipients=(), places=(),
        times=(), date_start=None, date_end=None, figures=(), voice=voice.id, chain=(voice.id,), factuality="CT+", stage="accomplished",
        responsibility=None, rule="test",
    )  # fmt: skip
    return structs.replace(base, **changes)


def read(*voices: Attribution, mentions: tuple[ActorMention | PlaceMention, ...] = (), **changes: Any) -> tuple[Account, ...]:
    told = document("d", TEXT, outlet="Le Journal", published="1937-04-28")
    told = Document(told.info, told.text, (Block("title", 0, span(" José").start), Block("body", span(" José").start, len(TEXT))))
    claims = tuple(claim(voice, **changes) for voice in voices)
    return accounts(told, Reading(told.info, told.blocks, mentions, voices, claims))


def test_a_person_is_one_voice_under_all_names() -> None:
    whole, short = said("José Antonio Aguirre", "named", "aguirre"), said("M. Aguirre", "named")
    first, second = read(whole, short, mentions=(actor("Aguirre le", "aguirre"), structs.replace(actor("M. Aguirre", "aguirre"), text="Aguirre")))
    assert first.origin == second.origin
    assert (first.origin.key, first.origin.name, first.origin.side) == ("aguirre", "José Antonio Aguirre", "basque-government")


@pytest.mark.parametrize("pronoun", ["il", "Elle", "Ils", "celui-ci", "on"])
def test_a_pronoun_that_nothing_explains_may_be_any_voice_of_its_article(pronoun: str) -> None:
    voice = structs.replace(said("correspondant", "named"), source_name=pronoun)
    (found,) = read(voice)
    assert found.origin.described
    assert found.origin.kind == "unnamed"


def test_a_surname_is_the_longer_name_of_its_article() -> None:
    (first, second) = read(said("José Antonio Aguirre", "named"), said("M. Aguirre", "named"))
    assert first.origin == second.origin


def test_the_source_of_a_headline_is_the_one_of_the_text() -> None:
    whole = structs.replace(said("José Antonio Aguirre", "named"), source_name="José Antonio Aguirre, correspondant")
    headline, body = read(structs.replace(said("un correspondant", "unnamed"), source_name="correspondant"), whole)
    assert headline.origin == body.origin


def test_an_office_speaks_for_whom_it_names() -> None:
    (office,) = read(said("Le quartier général du général Franco", "office"), mentions=(actor("général Franco", "franco"),))
    assert (office.origin.key, office.origin.side) == ("franco", "nationalists-spain")


def test_a_place_among_the_parties_is_where_it_happened() -> None:
    at = span("Guernica")
    place = PlaceMention("place:1", at.start, at.end, "Guernica", "es:g", "Guernica", "ES", 43.3, -2.7, "town", 5.0)
    london = span("Londres")
    elsewhere = PlaceMention("place:2", london.start, london.end, "Londres", "gb:l", "London", "GB", 51.5, 0.0, "town", 5.0)
    town = actor("Guernica", None)
    voice = said("Une agence de Londres", "media")
    (found,) = read(voice, mentions=(place, elsewhere, town), actors=(town.id,), places=("place:2",))
    assert found.actors == ()
    assert [where.name for where in found.places] == ["Guernica"]


def test_what_is_demanded_has_not_happened() -> None:
    voice = structs.replace(said("M. Aguirre", "named"), cue=(span("le répète"),))
    demand = structs.replace(claim(voice), id="REQUEST:1", type="REQUEST", trigger=span("répète"), voice="outlet", chain=())
    told = document("d", TEXT, published="1937-04-28")
    found = accounts(told, Reading(told.info, told.blocks, (), (voice,), (claim(voice), demand)))
    assert {one.type: one.happened for one in found} == {"ASSAULT": False, "REQUEST": True}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("de-air-force", "condor-legion", True),
        ("ribbentrop", "de", True),
        ("condor-legion", "aviazione-legionaria", False),
        ("condor-legion", "republicans-spain", False),
        ("nationalists-spain", "republicans-spain", False),
        ("fr-assemblee", "fr", False),
        ("vichy", "free-france", False),
        ("sy-armed-forces", "syrian-democratic-forces", False),
    ],
)
def test_sides(one: str, other: str, *, same: bool) -> None:
    assert (side_of(one) == side_of(other)) is same


# ---------------------------------------------------------------------------------------------------------------- in an event


def raid(name: str, by: Speaker | None = None, **changes: Any) -> Account:
    changes.setdefault("killed", toll(1654))
    return account(name, day="1937-04-26", by=by, text="Guernica détruite par des Heinkel", **changes)


def one_event(*told: Account) -> Event:
    (found,) = check(told, pairs(told)).events
    return found


def test_a_part_of_a_state_and_the_state_are_no_dispute_and_two_states_are() -> None:
    german = [raid(name, actors=(party(who, who),)) for name, who in (("a", "de-air-force"), ("b", "condor-legion"))]
    assert one_event(*german).disputes == ()
    italian = raid("c", actors=(party("aviazione-legionaria", "Aviazione"),))
    (dispute,) = one_event(*german, italian).disputes
    assert dispute.attribute == "actor"
    assert sorted(map(len, dispute.sides)) == [1, 2]


def test_a_town_is_never_held_responsible() -> None:
    found = one_event(raid("a", actors=(party(None, "Guernica"),)), raid("b", places=(GUERNICA,), recipients=(party(None, "GUERNICA"),)))
    assert (found.actors, found.recipients, found.disputes) == ((), (), ())


def test_voices_of_one_side_are_one_origin_and_say_so() -> None:
    president = Speaker("aguirre", "José Antonio Aguirre", "named", "basque-government")
    government = Speaker("basque-government", "Basque Government", "named", "basque-government")
    found = one_event(raid("a", president), raid("b", government, published="1937-05-20"), raid("c", speaker("George Steer")))
    assert found.independent_origins == 2
    assert {origin.name: origin.one_with for origin in found.origins} == {
        "José Antonio Aguirre": None, "Basque Government": "José Antonio Aguirre", "George Steer": None,
    }  # fmt: skip


def test_a_medium_without_its_name_may_be_any_that_speaks_for_itself() -> None:
    agency = Speaker("agence anglaise", "une agence anglaise", "media", described=True)
    other = Speaker("radio", "une radio", "media", described=True)
    assert one_event(raid("a"), raid("b", agency)).independent_origins == 1
    assert one_event(raid("b", agency), raid("c", other)).independent_origins == 1
    assert one_event(raid("b", agency), raid("c", speaker("George Steer"))).independent_origins == 2


def test_what_is_kept_of_a_document_comes_back() -> None:
    told = document("d", TEXT, outlet="Le Journal", published="1937-04-28")
    voices = (said("José Antonio Aguirre", "named"), said("M. Aguirre", "named"))
    made = tell(told, Reading(told.info, told.blocks, (), voices, tuple(map(claim, voices))))
    kept = pack(made)
    head = read_head(kept.head)
    assert (head.reference, read_signature(kept.signature)) == (made.reference, made.signature)
    assert tuple(read_report(each, head) for each in kept.reports) == made.reports
    assert pack(tell(told, Reading(told.info, told.blocks))).reports == ()
