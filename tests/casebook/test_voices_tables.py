from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import get_args

import pytest
from msgspec import structs
from tests.casebook.made import document, reading

from recoupe.casebook import Casebook, Counts, Naming, Scope, Speaking, fold, open_casebook
from recoupe.casebook.evidence import pieces
from recoupe.casebook.tallies import FACTUALITIES, KINDS, POLARITIES, STANCES, STYLES, TYPES, voices_of
from recoupe.casebook.voices import CERTAINTIES
from recoupe.errors import CasebookError
from recoupe.model import (
    Attribution,
    Claim,
    ClaimRef,
    Dispute,
    Document,
    Event,
    EventType,
    Factuality,
    Label,
    Polarity,
    Position,
    Positions,
    Reading,
    SourceKind,
    Span,
    Stance,
    Style,
)

TEXT = "Guernica\n\nL’état-major dément. Des témoins accusent les terroristes ; le Terroriste court. Il a dit oui, {}.\n"
SPEAKERS = (("franco", "Francisco Franco"), ("aguirre", "José Antonio Aguirre"), (None, "Radio Salamanque"), (None, "témoins"))
OUTLETS = ("Le Courrier", "La Dépêche", None)


def told(number: int, pick: Random) -> tuple[Document, Reading]:
    """An article whose attributions, claims and labels are drawn by lot."""
    text = TEXT.format(number)
    made = document(text, f"{number}.txt", outlet=pick.choice(OUTLETS), published=pick.choice(["1937-04-26", "1937-04-28", "1937-05-03", None]))
    said = tuple(_attribution(at, pick) for at in range(pick.randrange(5)))
    claims = tuple(_claim(at, said, pick) for at in range(pick.randrange(4)))
    where = {word: text.index(word) for word in ("terroristes", "Terroriste")}
    labels = tuple(
        Label(
            where[word], where[word] + len(word), pick.choice(["franco", None]), pick.choice(POLARITIES), pick.choice(["outlet", *_ids(said)]), "made"
        )
        for word in where
        if pick.random() < 0.6
    )
    return made, Reading(made.info, made.blocks, (), said, claims, labels)


def _ids(said: tuple[Attribution, ...]) -> list[str]:
    return [one.id for one in said]


def _attribution(at: int, pick: Random) -> Attribution:
    actor, name = pick.choice(SPEAKERS)
    kind = pick.choice(KINDS) if actor else "unnamed"
    return Attribution(
        f"said:{at}-{at + 1}", (Span(10, 22),), kind, actor, name, (Span(23, 29),), (Span(31, 40),), pick.choice(STYLES), pick.choice(STANCES),
        denial=pick.random() < 0.3, parent=None, rule="made",
    )  # fmt: skip


def _claim(at: int, said: tuple[Attribution, ...], pick: Random) -> Claim:
    chain = (pick.choice(said).id,) if said and pick.random() < 0.7 else ()
    return Claim(
        f"ASSAULT:{at}-9", Span(23, 29), Span(10, 30), pick.choice(TYPES), None, None, (), (), (), (), None, None, (), chain[0] if chain else "outlet",
        chain, pick.choice(FACTUALITIES), "accomplished", None, "made",
    )  # fmt: skip


@pytest.fixture(scope="module")
def records() -> list[tuple[Document, Reading]]:
    pick = Random(4)
    return [told(number, pick) for number in range(60)]


@pytest.fixture(scope="module")
def casebook(tmp_path_factory: pytest.TempPathFactory, records: list[tuple[Document, Reading]]) -> Iterator[Casebook]:
    with open_casebook(tmp_path_factory.mktemp("tables") / "war.db") as opened:
        for made, read in records:
            opened.add(made, read)
        yield opened


SCOPES = (
    Scope(),
    Scope(outlet="le courrier"),
    Scope(since="1937-04-27"),
    Scope(until="1937-04-28"),
    Scope(language="fr", since="1937-04-26", until="1937-04-26"),
    Scope(words="état-major -7"),
    Scope(language="en"),
)


def inside(made: Document, scope: Scope) -> bool:
    day, words = made.info.published.value, made.text.split()
    return (
        (scope.outlet is None or (made.info.outlet or "").lower() == scope.outlet.lower())
        and (scope.since is None or (day is not None and day >= scope.since))
        and (scope.until is None or (day is not None and day <= scope.until))
        and (scope.language is None or made.info.language == scope.language)
        and (scope.words is None or "7." not in words)
    )


@pytest.mark.parametrize("scope", SCOPES)
def test_voices_are_counted_as_one_would_by_hand(casebook: Casebook, records: list[tuple[Document, Reading]], scope: Scope) -> None:
    counts = Counts()
    found = casebook.counted(counts).voices(scope, Speaking())
    said = [
        (voice.key, one, made)
        for made, read in records
        if inside(made, scope)
        for one, voice in zip(read.attributions, voices_of(read), strict=True)
        if voice is not None
    ]
    assert {row.key: row.said for row in found.rows} == Counter(key for key, _, _ in said)
    assert (found.said, found.articles) == (len(said), len({made.info.id for _, _, made in said}))
    assert [row.said for row in found.rows] == sorted((row.said for row in found.rows), reverse=True)
    for row in found.rows:
        mine = [(one, made) for key, one, made in said if key == row.key]
        assert row.kinds == tuple(sum(one.source_kind == kind for one, _ in mine) for kind in KINDS)
        assert row.styles == tuple(sum(one.style == style for one, _ in mine) for style in STYLES)
        assert row.denials == sum(one.denial for one, _ in mine)
        assert (row.endorsing, row.distancing) == tuple(sum(one.stance == stance for one, _ in mine) for stance in ("endorsing", "distancing"))
        assert row.articles == len({made.info.id for _, made in mine})
        assert row.cells == tuple(sum((made.info.outlet or "") == outlet for _, made in mine) for outlet in found.outlets)
        claims = [claim for made, read in records if inside(made, scope) for claim in read.claims if origin(read, claim) == row.key]
        assert row.claims == len(claims) == sum(row.certainty)
        assert row.certainty[CERTAINTIES.index("probable")] == sum(claim.factuality.startswith("PR") for claim in claims)
        assert row.negated == sum(claim.factuality.endswith("-") for claim in claims)


def origin(read: Reading, claim: Claim) -> str | None:
    keys = {one.id: None if voice is None else voice.key for one, voice in zip(read.attributions, voices_of(read), strict=True)}
    return keys[claim.chain[-1]] if claim.chain else None


@pytest.mark.parametrize("scope", SCOPES)
def test_labels_are_counted_as_one_would_by_hand(casebook: Casebook, records: list[tuple[Document, Reading]], scope: Scope) -> None:
    found = casebook.counted(Counts()).labels(scope, Naming())
    used = [(label, made) for made, read in records if inside(made, scope) for label in read.labels]
    assert {row.actor: row.used for row in found.rows} == Counter(label.actor for label, _ in used)  # the two words are forms of one term
    for row in found.rows:
        mine = [(label, made) for label, made in used if label.actor == row.actor]
        assert row.polarities == tuple(sum(label.polarity == each for label, _ in mine) for each in POLARITIES)
        assert row.articles == len({made.info.id for _, made in mine})
        assert row.own + row.quoted == row.used
        assert row.cells == tuple(sum((made.info.outlet or "") == outlet for _, made in mine) for outlet in found.outlets)


@pytest.mark.parametrize("scope", SCOPES)
def test_outlets_are_counted_as_one_would_by_hand(casebook: Casebook, records: list[tuple[Document, Reading]], scope: Scope) -> None:
    found = casebook.counted(Counts()).outlets(scope)
    chosen = [(made, read) for made, read in records if inside(made, scope)]
    assert {row.name: row.articles for row in found.rows} == Counter(made.info.outlet or "" for made, _ in chosen)
    for row in found.rows:
        readings = [read for made, read in chosen if (made.info.outlet or "") == row.name]
        said = [one for read in readings for one in read.attributions if one.source_kind != "outlet"]
        assert row.said == len(said)
        assert row.kinds == tuple(sum(one.source_kind == kind for one in said) for kind in KINDS)
        assert row.claims == sum(len(read.claims) for read in readings)
        assert row.own == sum(origin(read, claim) is None for read in readings for claim in read.claims)


@pytest.mark.parametrize("scope", SCOPES[:4])
def test_every_count_leads_to_as_many_words(casebook: Casebook, scope: Scope) -> None:
    counts = Counts()
    for row in casebook.counted(counts).voices(scope, Speaking()).rows:
        found = casebook.counted(counts).quoted(scope, Speaking(voice=row.key), limit=500)
        assert (found.total, found.articles, len(found.shown)) == (row.said, row.articles, row.said)
        assert all("source" in {mark.part for mark in one.marked} for one in found.shown)
        assert casebook.counted(counts).quoted(scope, Speaking(voice=row.key, denial=True)).total == row.denials
        for kind, number in zip(KINDS, row.kinds, strict=True):
            assert casebook.counted(counts).quoted(scope, Speaking(voice=row.key, kind=kind)).total == number
        for style, number in zip(STYLES, row.styles, strict=True):
            assert casebook.counted(counts).quoted(scope, Speaking(voice=row.key, style=style)).total == number
        for certainty, number in zip(CERTAINTIES, row.certainty, strict=True):
            assert casebook.counted(counts).originated(scope, row.key, certainty).total == number
        assert casebook.counted(counts).originated(scope, row.key, negated=True).total == row.negated
    for term in casebook.counted(counts).labels(scope, Naming()).rows:
        asked = Naming(term=term.term, actor=term.actor or "")
        assert casebook.counted(counts).labelled(scope, asked).total == term.used
        assert casebook.counted(counts).labelled(scope, structs.replace(asked, voice="own")).total == term.own
        assert casebook.counted(counts).labelled(scope, structs.replace(asked, voice="quoted")).total == term.quoted
    for outlet in casebook.counted(counts).outlets(scope).rows:
        if outlet.name:
            assert casebook.counted(counts).articles_of(structs.replace(scope, outlet=outlet.name)).total == outlet.articles


def test_evidence_comes_in_pages_without_a_gap_the_latest_first(casebook: Casebook) -> None:
    counts = Counts()
    whole = casebook.counted(counts).quoted(Scope(), Speaking(), limit=1000).shown
    days = [one.document.published.value or "" for one in whole]
    assert days == sorted(days, reverse=True)
    paged = [one for at in range(0, len(whole) + 7, 7) for one in casebook.counted(counts).quoted(Scope(), Speaking(), offset=at, limit=7).shown]
    assert paged == list(whole)
    for one in whole[:5]:
        assert "".join(text for text, _ in pieces(one)) == one.excerpt
        assert {parts: text for text, parts in pieces(one)}["cue",] == "dément"


def test_orders(casebook: Casebook) -> None:
    counts = Counts()
    denials = [row.denials for row in casebook.counted(counts).voices(Scope(), Speaking(), order="denials").rows]
    assert denials == sorted(denials, reverse=True)
    names = [row.name for row in casebook.counted(counts).voices(Scope(), Speaking(), order="name").rows]
    assert names == sorted(names, key=fold)
    paged = [
        row.name for at in range(len(names)) for row in casebook.counted(counts).voices(Scope(), Speaking(), order="name", offset=at, limit=1).rows
    ]
    assert paged == names
    terms = [row.written for row in casebook.counted(counts).labels(Scope(), Naming(), order="term").rows]
    assert terms == sorted(terms)
    shares = [row.own / row.claims for row in casebook.counted(counts).outlets(Scope(), order="own").rows if row.claims]
    assert shares == sorted(shares, reverse=True)
    assert len(casebook.counted(counts).voices(Scope(), Speaking(), offset=1, limit=1).rows) == 1


def test_what_is_superseded_or_read_again_is_counted_as_it_is_now(tmp_path: Path) -> None:
    counts = Counts()
    with open_casebook(tmp_path / "war.db") as writer, open_casebook(tmp_path / "war.db") as reader:
        first = document("Titre\n\nUn.\n")
        writer.add(first, reading(first, actor="Franco", claims=2), code_version="1")
        assert [(row.name, row.said, row.claims) for row in reader.counted(counts).voices(Scope(), Speaking()).rows] == [("Franco", 1, 2)]
        writer.add(first, reading(first, actor="Mola", claims=1), code_version="2")
        assert [(row.name, row.said, row.claims) for row in reader.counted(counts).voices(Scope(), Speaking()).rows] == [("Mola", 1, 1)]
        assert reader.counted(counts).voices(Scope(actor="mola"), Speaking()).said == 1
        assert reader.counted(counts).voices(Scope(actor="franco"), Speaking()).said == 0
        second = document("Titre\n\nDeux.\n")
        writer.add(second, reading(second, actor="Aguirre", claims=1))
        assert [row.name for row in reader.counted(counts).voices(Scope(), Speaking()).rows] == ["Aguirre"]
        assert reader.counted(counts).outlets(Scope()).articles == 1
        writer.see(first.info.id, "a.txt")
        assert [row.name for row in reader.counted(counts).voices(Scope(), Speaking()).rows] == ["Mola"]


def test_who_looks_at_the_casebook_as_it_was_counts_what_was_there(tmp_path: Path) -> None:
    counts = Counts()
    with open_casebook(tmp_path / "war.db") as writer, open_casebook(tmp_path / "war.db") as reader:
        first, second = (document(f"Titre\n\n{name}.\n", f"{name}.txt") for name in ("Un", "Deux"))
        writer.add(first, reading(first, actor="Franco"))
        with reader.snapshot():
            assert reader.counted(counts).outlets(Scope()).articles == 1
            writer.add(second, reading(second, actor="Mola"))
            assert writer.counted(counts).outlets(Scope()).articles == 2
            assert reader.counted(counts).outlets(Scope()).articles == 1
            assert reader.counted(counts).quoted(Scope(), Speaking()).total == 1
        assert reader.counted(counts).outlets(Scope()).articles == 2


def test_threads_may_share_the_counts(tmp_path: Path, records: list[tuple[Document, Reading]]) -> None:
    place, counts, seen = tmp_path / "war.db", Counts(), []

    def look() -> None:
        with open_casebook(place) as mine:
            for _ in range(30):
                found = mine.counted(counts).outlets(Scope())
                seen.append((found.articles, sum(row.articles for row in found.rows)))

    with open_casebook(place) as writer:
        threads = [threading.Thread(target=look) for _ in range(3)]
        for thread in threads:
            thread.start()
        for made, read in records:
            writer.add(made, read)
        for thread in threads:
            thread.join()
        assert writer.counted(counts).outlets(Scope()).articles == len(records)
    assert len(seen) == 90
    assert all(articles == added for articles, added in seen)


def test_copies_come_from_events_and_go_with_them(tmp_path: Path) -> None:
    counts = Counts()
    with open_casebook(tmp_path / "war.db") as opened:
        made = [document(f"Titre {day}\n\nUn.\n", f"{day}.txt", outlet=f"Outlet {day}", published=f"1937-04-2{day}") for day in (9, 7, 8)]
        for one in made:
            opened.add(one, reading(one, claims=1))
        refs = tuple(ClaimRef(one.info.id, "ASSAULT:0-1") for one in made)
        event = Event("e1", "ASSAULT", None, None, None, None, (), (), refs, (), (), 1, (tuple(one.info.id for one in made[:2]),), Positions(), ())
        opened.store_events([event])
        found = {row.name: (row.shared, row.later) for row in opened.counted(counts).outlets(Scope()).rows}
        assert found == {"Outlet 9": (1, 1), "Outlet 7": (1, 0), "Outlet 8": (0, 0)}
        assert [one.document.key for one in opened.counted(counts).articles_of(Scope(), "later").shown] == ["9.txt"]
        opened.store_events([structs.replace(event, copies=())])
        assert {row.shared for row in opened.counted(counts).outlets(Scope()).rows} == {0}


def test_what_somebody_else_denies_is_counted_with_its_voice(tmp_path: Path) -> None:
    counts = Counts()
    with open_casebook(tmp_path / "war.db") as opened:
        made = [document(f"Titre {name}\n\nUn.\n", f"{name}.txt") for name in ("Aguirre", "Franco")]
        for one, name in zip(made, ("Aguirre", "Franco"), strict=True):
            opened.add(one, reading(one, actor=name, claims=3))
        yes, no = (ClaimRef(one.info.id, "ASSAULT:1-2") for one in made)
        positions = Positions(occurred=(Position(("Aguirre",), 1, (yes,), value="yes"), Position(("Franco",), 1, (no,), value="no")))
        event = Event("e1", "ASSAULT", None, None, None, None, (), (), (yes, no), (), (), 2, (), positions, (Dispute("occurred", (0, 1), "both"),))
        opened.store_events([event])
        found = opened.counted(counts).voices(Scope(), Speaking(), order="denied").rows
        assert [(row.name, row.denied) for row in found] == [("Aguirre", 1), ("Franco", 0)]
        (behind,) = opened.counted(counts).originated(Scope(), "Aguirre", denied=True).shown
        assert (behind.document.key, behind.name) == ("Aguirre.txt", "ASSAULT:1-2")
        opened.add(made[0], reading(made[0], actor="Aguirre", claims=1), code_version="2")  # the claim is no more, the event not yet checked
        assert opened.counted(counts).voices(Scope(), Speaking(), order="denied").rows[0].denied == 0
        opened.store_events([], removed=["e1"])
        assert opened.counted(counts).originated(Scope(), "Aguirre", denied=True).total == 0


def test_a_short_name_is_the_longer_one_of_its_article_and_what_has_no_name_is_apart() -> None:
    made = document("Titre\n\nUn.\n")

    def said(at: int, kind: SourceKind, actor: str | None, name: str | None) -> Attribution:
        return Attribution(f"said:{at}-9", (), kind, actor, name, (), (Span(0, 3),), "direct", "neutral", denial=False, parent=None, rule="made")

    read = Reading(
        made.info, made.blocks, (),
        (
            said(0, "named", None, "le quartier général"), said(1, "office", None, "quartier général de Franco"), said(2, "named", "aguirre", "Aguirre"),
            said(3, "named", None, "Aguirre"), said(4, "unnamed", "aguirre", "Aguirre"), said(5, "unnamed", None, None), said(6, "outlet", None, None),
        ),
    )  # fmt: skip
    assert [voice and voice.key for voice in voices_of(read)] == [
        "~quartier general franco", "~quartier general franco", "aguirre", "aguirre", "?aguirre", "?", None,
    ]  # fmt: skip


def test_odd_names_and_labels_are_kept(tmp_path: Path) -> None:
    text = "Titre\n\n" + "x" * 100_000 + " ‮evil <b>\n"
    made = document(text)
    odd = Attribution(
        "said:0-1", (Span(0, 9),), "named", None, "‮<script>" * 5000, (), (), "direct", "neutral", denial=False, parent=None, rule="made"
    )
    read = Reading(
        made.info, made.blocks, (), (odd,), (), (Label(7, 100_007, None, "negative", "gone", "made"), Label(7, 7, None, "negative", "outlet", "made"))
    )
    with open_casebook(tmp_path / "war.db") as opened:
        opened.add(made, read)
        counts = Counts()
        assert len(opened.counted(counts).voices(Scope(), Speaking()).rows[0].name) <= 120
        assert all(len(row.written) <= 120 for row in opened.counted(counts).labels(Scope(), Naming()).rows)
        assert all(len(one.excerpt) <= 420 for one in opened.counted(counts).labelled(Scope(), Naming()).shown)
        assert len(opened.counted(counts).quoted(Scope(), Speaking()).shown) == 1


def test_a_day_that_is_none_and_an_empty_casebook(tmp_path: Path) -> None:
    with open_casebook(tmp_path / "war.db") as opened:
        counts = Counts()
        for scope in (Scope(), Scope(words='"'), Scope(actor="x"), Scope(outlet="")):
            assert opened.counted(counts).voices(scope, Speaking()).rows == ()
            assert opened.counted(counts).labels(scope, Naming()).rows == ()
            assert opened.counted(counts).outlets(scope).rows == ()
            assert opened.counted(counts).quoted(scope, Speaking(voice="x")).shown == ()
            assert opened.counted(counts).articles_of(scope, "shared").shown == ()
        with pytest.raises(CasebookError, match="write it as"):
            opened.counted(counts).voices(Scope(since="yesterday"), Speaking())


def test_the_numbers_kept_stand_for_every_value_of_the_model() -> None:
    pairs = ((KINDS, SourceKind), (STYLES, Style), (STANCES, Stance), (FACTUALITIES, Factuality), (POLARITIES, Polarity), (TYPES, EventType))
    for kept, literal in pairs:
        assert set(kept) == set(get_args(literal))
