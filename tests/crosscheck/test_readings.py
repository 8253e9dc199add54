"""A reading becomes accounts: days, places, voices and tolls are resolved, credits and identities found."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec import structs
from tests.crosscheck.builders import document

from recoupe.crosscheck import Account, accounts
from recoupe.crosscheck.account import Count, day_of
from recoupe.crosscheck.credits import credited
from recoupe.crosscheck.readings import summed
from recoupe.model import (
    ActorMention,
    Attribution,
    Block,
    Claim,
    Document,
    FigureMention,
    Label,
    Mention,
    PlaceMention,
    Reading,
    SourceKind,
    Span,
    Toll,
)

TEXT = "Selon Salamanque, les rouges ont incendié Guernica et tué 58 personnes, dont 11 enfants. Un témoin parle de quarante morts."


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


def place(words: str, precision: float | None = 5.0) -> PlaceMention:
    at = span(words)
    return PlaceMention(f"place:{at.start}-{at.end}", at.start, at.end, words, f"es:{words}", words, "ES", 43.3, -2.7, "town", precision)


def figure(words: str, number: float) -> FigureMention:
    at = span(words)
    return FigureMention(f"figure:{at.start}-{at.end}", at.start, at.end, words, "killed", number, number, approximate=False)


def voice(words: str, kind: SourceKind, name: str | None = None, actor: str | None = None) -> Attribution:
    at = span(words)
    return Attribution(f"said:{at.start}-{at.end}", (at,), kind, actor, name, (), (), "according", "neutral", False, None, "test")  # noqa: FBT003


def claim(trigger: str, voice: str = "outlet", **changes: Any) -> Claim:
    at = span(trigger)
    sentence = Span(0, TEXT.index(" Un témoin")) if at.start < TEXT.index(" Un témoin") else Span(TEXT.index("Un témoin"), len(TEXT))
    base = Claim(
        id=f"ASSAULT:{at.start}-{at.end}",
        trigger=at,
        sentence=sentence,
        type="ASSAULT",
        mode=None,
        acled=None,
        actors=(),
        recipients=(),
        places=(),
        times=(),
        date_start=None,
        date_end=None,
        figures=(),
        voice=voice,
        chain=() if voice == "outlet" else (voice,),
        factuality="CT+",
        stage="accomplished",
        responsibility=None,
        rule="test",
    )
    return structs.replace(base, **changes)


def read(*claims: Claim, mentions: tuple[Mention, ...] = (), said: tuple[Attribution, ...] = (), **about: Any) -> tuple[Account, ...]:
    told = document("d", TEXT, outlet="Le Journal", published="1937-04-28")
    info = structs.replace(told.info, **about)
    told = Document(info, told.text, told.blocks)
    labels = (Label(span("les rouges").start, span("les rouges").end, "es/reds", "negative", said[0].id, "test"),) if said else ()
    return accounts(told, Reading(info, told.blocks, mentions, said, claims, labels))


def test_what_the_claim_says_itself() -> None:
    mentions = (place("Guernica"), figure("58", 58), figure("11", 11), ActorMention("actor:1", 18, 28, "les rouges", "es/reds", "Reds"))
    said = voice("Salamanque", "named", "Salamanca headquarters", "es/nationalists")
    (found,) = read(
        claim("incendié", said.id, places=(mentions[0].id,), figures=(mentions[1].id, mentions[2].id), actors=("actor:1",), date_start="1937-04-26", date_end="1937-04-26"),
        mentions=mentions,
        said=(said,),
    )  # fmt: skip
    assert (found.first_day, found.day_basis) == (day_of("1937-04-26"), "claim")
    assert (found.places[0].name, found.place_basis) == ("Guernica", "claim")
    assert [(count.low, count.part) for count in found.figures] == [(58, False), (11, True)]
    assert (found.origin.key, found.relays[0].name) == ("es/nationalists", "Le Journal")
    assert found.actors[0].actor == "es/reds"
    assert [label.text for label in found.labels] == ["les rouges"]
    assert not found.aggregate


def test_what_the_article_gives_to_a_claim_that_does_not_say() -> None:
    (found,) = read(claim("quarante morts"), mentions=(place("Guernica"),))
    assert (found.last_day, found.day_basis) == (day_of("1937-04-28"), "article")
    assert (found.places[0].name, found.place_basis) == ("Guernica", "article")
    assert found.origin.kind == "outlet"


def test_an_unknown_date_stays_unknown() -> None:
    told = document("d", TEXT)
    (found,) = accounts(told, Reading(told.info, told.blocks, (), (), (claim("quarante morts"),)))
    assert (found.first_day, found.last_day) == (None, None)
    assert found.places == ()


def test_unnamed_voices_belong_to_their_article_and_named_ones_to_nobody() -> None:
    witness, staff = voice("Un témoin", "unnamed"), voice("Salamanque", "office", "Le quartier général de Salamanque")
    one, other = read(claim("incendié", staff.id), claim("quarante morts", witness.id), said=(staff, witness))
    assert one.origin.key == "general quartier salamanque"
    assert other.origin.key == "article d: un temoin"


@pytest.mark.parametrize(
    "changes",
    [
        {"stage": "habitual"},
        {"date_start": "1937-01-01", "date_end": "1937-12-31"},
        {"date_start": "1936-07-18", "date_end": None},
    ],
)
def test_sums_and_habits_are_told(changes: dict[str, Any]) -> None:
    (found,) = read(claim("incendié", **changes))
    assert found.aggregate


def test_a_toll_without_a_day_that_only_a_war_can_have() -> None:
    war = structs.replace(figure("58", 58), low=300_000.0, high=None)
    assert read(claim("tué", figures=(war.id,)), mentions=(war,))[0].aggregate
    assert not read(claim("tué", figures=(war.id,), date_start="1945-08-06", date_end="1945-08-06"), mentions=(war,))[0].aggregate


def test_dates_that_run_backwards_are_turned() -> None:
    (found,) = read(claim("incendié", date_start="1937-04-27", date_end="1937-04-26"))
    assert (found.first_day, found.last_day) == (day_of("1937-04-26"), day_of("1937-04-27"))


def test_mentions_that_are_not_there_are_passed_over() -> None:
    (found,) = read(claim("incendié", "said:9-9", actors=("actor:9",), places=("place:9",), figures=("figure:9",)))
    assert (found.actors, found.figures, found.origin.name) == ((), (), "Le Journal")


def test_the_own_voice_of_a_credited_text_is_the_agency() -> None:
    told = document("d", TEXT + "\n(Havas)", outlet="Le Journal", published="1937-04-28")
    (found,) = accounts(told, Reading(told.info, told.blocks, (), (), (claim("quarante morts"),)))
    assert (found.origin.name, found.origin.kind) == ("Havas", "media")
    assert [relay.name for relay in found.relays] == ["Le Journal"]


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("PARIS (AFP) - L'armée avance.", ("AFP",)),
        ("BEIRUT, April 4 (Reuters) - Planes struck.", ("Reuters",)),
        ("L'armée avance.\navec AFP", ("AFP",)),
        ("L'armée avance, a dit un porte-parole. (Reuters)", ("Reuters",)),
        ("L'armée avance, selon l'agence SANA, qui cite un officier de la garnison, et les combats continuent.", ()),
        ("Un correspondant de Reuters a vu (photo AFP du 3 mai) deux corps dans la rue, dit-il à la nuit tombée.", ()),
        ("", ()),
    ],
)
def test_credits(text: str, agencies: tuple[str, ...]) -> None:
    assert credited(document("d", text)) == agencies


def test_a_credit_in_the_byline() -> None:
    told = document("d", "Par Havas\nTexte.")
    assert credited(Document(told.info, told.text, (Block("byline", 0, 9), Block("body", 10, 16)))) == ("Havas",)


def test_accounts_can_be_stored() -> None:
    found = read(claim("incendié"))
    assert msgspec.json.decode(msgspec.json.encode(found), type=tuple[Account, ...]) == found


def test_an_articles_toll_counts_where_no_claim_gives_a_number() -> None:
    told = document("d", TEXT)
    one = claim("quarante morts")
    toll = Toll(killed=2, wounded=None, claims=(one.id,), evidence=(Span(0, 3),))
    (found,) = accounts(told, Reading(told.info, told.blocks, (), (), (one,), toll=toll))
    assert [(count.measure, count.low, count.high, count.of_article) for count in found.figures] == [("killed", 2, 2, True)]
    assert not any(count.telling for count in found.figures), "it tells no event from another"


def test_no_casualties_are_nobody_killed_and_nobody_wounded_and_tell_no_event_from_another() -> None:
    told = document("d", TEXT)
    none = structs.replace(figure("58 personnes", 0), measure="casualties")
    (found,) = accounts(told, Reading(told.info, told.blocks, (none,), (), (claim("incendié", figures=(none.id,)),)))
    assert [(count.measure, count.low, count.high, count.telling) for count in found.figures] == [("killed", 0, 0, False), ("wounded", 0, 0, False)]


@pytest.mark.parametrize(
    ("numbers", "wanted"),
    [
        ((12, 3), [(12, True), (3, True), (15, False)]),
        ((15, 12, 3), [(15, False), (12, True), (3, True)]),
        ((12,), [(12, False)]),
        ((), []),
    ],
)
def test_counts_of_one_list_are_parts_of_their_sum(numbers: tuple[int, ...], wanted: list[tuple[int, bool]]) -> None:
    listed = [Count("killed", number, number, approximate=False) for number in numbers]
    assert [(count.low, count.part) for count in summed(listed)] == wanted


def test_people_of_no_kind_hold_those_listed_behind_them() -> None:
    listed = [Count("killed", number, number, approximate=False) for number in (30, 12, 5)]
    assert [(count.low, count.part) for count in summed(listed, anybody=True)] == [(30, False), (12, True), (5, True)]
    assert [(count.low, count.part) for count in summed(listed)][-1] == (47, False)


def test_a_sum_with_an_open_end_is_open() -> None:
    found = list(summed([Count("killed", 17, None, approximate=False), Count("killed", 9, 9, approximate=True)]))
    assert (found[-1].low, found[-1].high, found[-1].approximate) == (26, None, True)


def test_a_number_of_another_event_does_not_hide_the_articles_toll() -> None:
    told, other = document("d", TEXT), figure("58", 58)
    one, past = claim("quarante morts"), claim("tué", figures=(other.id,))
    toll = Toll(killed=40, wounded=None, claims=(one.id,), evidence=(Span(0, 3),))
    found = accounts(told, Reading(told.info, told.blocks, (other,), (), (one, past), toll=toll))
    counts = {account.ref.claim: [count.low for count in account.figures] for account in found}
    assert counts == {one.id: [40], past.id: [58]}


def test_an_article_that_goes_over_to_something_else_says_so() -> None:
    text = "Les rouges ont incendié Guernica. Par ailleurs, des avions ont bombardé Durango."
    first, later = (
        structs.replace(claim("incendié"), id=word, trigger=Span(text.index(word), text.index(word) + len(word)), sentence=sentence)
        for word, sentence in (("incendié", Span(0, 33)), ("bombardé", Span(34, len(text))))
    )
    told = document("d", text)
    assert [found.besides for found in accounts(told, Reading(told.info, told.blocks, (), (), (first, later)))] == [False, True]
