"""What of a reading do the pages on voices, labels and outlets count, and how is it kept?

A document's attributions, claims and labels as small numbers, in the order of its reading, so that the counts of a whole casebook fit into
memory (counts.py) and each leads back to the words. A voice is known by the register where its attribution says so; a shorter name of the same
article is the longer one that holds its words. Sources without a name are voices apart, told by what they are called.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec
from msgspec import Struct

from recoupe.casebook.connection import Store, listed
from recoupe.casebook.words import fold, stems_of, words
from recoupe.model import (
    Attribution,
    Claim,
    ClaimRef,
    Event,
    EventType,
    Factuality,
    Language,
    Polarity,
    Reading,
    SourceKind,
    Stance,
    Style,
)

# The numbers under which values are kept are their places here: new ones go to the end.
KINDS: tuple[SourceKind, ...] = ("named", "office", "unnamed", "media", "document", "outlet")
STYLES: tuple[Style, ...] = ("direct", "indirect", "mixed", "according", "conditional", "scare")
STANCES: tuple[Stance, ...] = ("neutral", "endorsing", "distancing")
FACTUALITIES: tuple[Factuality, ...] = ("CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "Uu")
POLARITIES: tuple[Polarity, ...] = ("negative", "positive", "euphemism")
TYPES: tuple[EventType, ...] = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
    "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip

STYLE_SHIFT, STANCE_SHIFT, DENIAL_SHIFT, TYPE_SHIFT = 3, 6, 8, 3
OWN = 0  # the number of the article's own voice, and of an actor that is not known
LONGEST_NAME = 120  # code points of a name that are kept: what is longer is a clause
_ARTICLES = frozenset({"le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "the", "a", "an"})
PAGE = 200

_reading = msgspec.json.Decoder(Reading)
_event = msgspec.json.Decoder(Event)


class Voice(Struct, frozen=True):
    """Who speaks: a key that is the same in every article, a name, and the id of the register where it has one."""

    key: str
    name: str
    actor: str | None = None


class Term(Struct, frozen=True):
    """What somebody is called: the stems of its words, and the words as they stand."""

    key: str
    written: str


def voices_of(reading: Reading) -> tuple[Voice | None, ...]:
    """The voice of each attribution in order; None where the article itself speaks."""
    named = {_key_of(name): name for said in reading.attributions if (name := _name_of(said)) and _has_name(said)}
    known = {_key_of(_name_of(said)): said.source_actor for said in reading.attributions if said.source_actor and _has_name(said)}
    whole = {key: _longer(key, named) or key for key in named}
    return tuple(_voice(said, known, whole, named) for said in reading.attributions)


def term_of(written: str, language: Language) -> Term:
    """The term that a label is a form of.

    >>> term_of("Terroristes", "fr").key == term_of("terroriste", "fr").key
    True
    """
    plain = " ".join(written.split())[:LONGEST_NAME]
    found = [stems_of(word.form, word.written, language)[0] for word in words(plain) if word.form not in _ARTICLES]
    return Term(f"{language} {' '.join(found) or fold(plain)}", plain.casefold())


def keep(store: Store, number: int, language: Language, reading: Reading, text: str) -> None:
    """Keep what is counted of a current document."""
    voices = voices_of(reading)
    terms = tuple(term_of(text[label.start : label.end], language) for label in reading.labels)
    heard, meant = _numbered_voices(store, voices), _numbered_terms(store, terms, language)
    actors = _numbered_actors(store, {label.actor for label in reading.labels if label.actor is not None})
    who = {said.id: OWN if voice is None else heard[voice.key] for said, voice in zip(reading.attributions, voices, strict=True)}
    said = (value for one in reading.attributions for value in (who[one.id], facets_of(one)))
    claimed = (value for claim in reading.claims for value in (_origin(claim, who), facets_of_claim(claim)))
    called = (
        value
        for label, term in zip(reading.labels, terms, strict=True)
        for value in (meant[term.key], actors.get(label.actor, OWN), who.get(label.voice, OWN), POLARITIES.index(label.polarity))
    )
    sql = "INSERT OR REPLACE INTO tally (document, said, claimed, called) VALUES (?, ?, ?, ?)"
    store.run(sql, (number, _packed(said), _packed(claimed), _packed(called)))
    store.run(
        """INSERT OR IGNORE INTO actor_document (actor, document)
           SELECT claim_actor.actor, claim.document FROM claim JOIN claim_actor ON claim_actor.claim = claim.number WHERE claim.document = ?""",
        (number,),
    )


def drop(store: Store, number: int) -> None:
    """Count a document no more; to be called while its claims are still in the index."""
    store.run(
        """DELETE FROM actor_document WHERE document = ?1 AND actor IN
           (SELECT claim_actor.actor FROM claim JOIN claim_actor ON claim_actor.claim = claim.number WHERE claim.document = ?1)""",
        (number,),
    )
    store.run("INSERT OR REPLACE INTO tally (document) VALUES (?)", (number,))


def keep_copies(store: Store, number: int, copies: Iterable[Collection[str]]) -> None:
    """Keep which documents of an event share a text, each group in the order of publication."""
    for group in copies:
        store.run(
            """INSERT OR IGNORE INTO event_copy (event, document, rank)
               SELECT ?, number, row_number() OVER (ORDER BY published IS NULL, published, id) - 1
               FROM document WHERE id IN (SELECT value FROM json_each(?))""",
            (number, listed(group)),
        )


def denied_claims(event: Event) -> tuple[ClaimRef, ...]:
    """The claims of an event that somebody else denies."""
    if not any(dispute.attribute == "occurred" for dispute in event.disputes):
        return ()
    return tuple(sorted({ref for position in event.positions.occurred if position.value == "yes" for ref in position.claims}))


def keep_denied(store: Store, number: int, refs: Iterable[ClaimRef]) -> None:
    """Keep which claims of an event somebody else denies."""
    store.run_many(
        """INSERT OR IGNORE INTO event_denied (event, document, claim)
           SELECT ?, claim.document, (SELECT count(*) FROM claim AS before WHERE before.document = claim.document AND before.number < claim.number)
           FROM claim WHERE claim.document = (SELECT number FROM document WHERE id = ?) AND claim.id = ?""",
        [(number, ref.document, ref.claim) for ref in refs],
    )


def fill_denied(store: Store) -> None:
    """Tell the denied claims of the events of a casebook that was made before they were told."""
    for number, event in _events(store):
        keep_denied(store, number, denied_claims(event))


def _events(store: Store) -> Iterator[tuple[int, Event]]:
    last = 0
    while rows := tuple(store.rows("SELECT number, record FROM event WHERE number > ? ORDER BY number LIMIT ?", (last, PAGE))):
        yield from ((number, _event.decode(zlib.decompress(record))) for number, record in rows)
        last = rows[-1][0]


def fill(store: Store) -> None:
    """Count the documents and events of a casebook that was made before they were counted."""
    last = 0
    sql = """SELECT body.document, document.language, body.reading, body.text FROM body JOIN document ON document.number = body.document
             WHERE body.document > ? AND document.current = 1 ORDER BY body.document LIMIT ?"""
    while rows := tuple(store.rows(sql, (last, PAGE))):
        for number, language, reading, text in rows:
            keep(store, number, language, _reading.decode(zlib.decompress(reading)), zlib.decompress(text).decode("utf-8", "surrogatepass"))
        last = rows[-1][0]
    for number, event in _events(store):
        keep_copies(store, number, event.copies)


def unpacked(packed: bytes) -> array[int]:
    """The numbers of a packed column.

    >>> list(unpacked(_packed([1, 70000])))
    [1, 70000]
    """
    found = array("I")
    found.frombytes(packed)
    if sys.byteorder == "big":
        found.byteswap()
    return found


def _packed(numbers: Iterable[int]) -> bytes:
    made = array("I", numbers)
    if sys.byteorder == "big":
        made.byteswap()
    return made.tobytes()


def facets_of(said: Attribution) -> int:
    """How an attribution speaks, as one number: kind of source, style, stance, denial."""
    kind, style, stance = KINDS.index(said.source_kind), STYLES.index(said.style), STANCES.index(said.stance)
    return kind | style << STYLE_SHIFT | stance << STANCE_SHIFT | int(said.denial) << DENIAL_SHIFT


def facets_of_claim(claim: Claim) -> int:
    """How surely a claim is made, and of what type, as one number."""
    return FACTUALITIES.index(claim.factuality) | TYPES.index(claim.type) << TYPE_SHIFT


def _origin(claim: Claim, who: Mapping[str, int]) -> int:
    """The last voice of a claim's chain."""
    return OWN if claim.voice == "outlet" or not claim.chain else who.get(claim.chain[-1], OWN)


# ----------------------------------------------------------------------------------------------------------------- who is who


def _voice(said: Attribution, known: Mapping[str, str | None], whole: Mapping[str, str], named: Mapping[str, str]) -> Voice | None:
    if said.source_kind == "outlet":
        return None
    name = _name_of(said)
    if not _has_name(said):
        return Voice(f"?{said.source_actor or _key_of(name)}", name, said.source_actor)
    key = _key_of(name) if said.source_actor else whole[_key_of(name)]
    actor = said.source_actor or known.get(key)
    return Voice(actor, named[key], actor) if actor else Voice(f"~{key}", named[key])


def _has_name(said: Attribution) -> bool:
    return said.source_kind not in ("unnamed", "outlet") and bool(said.source_name)


def _name_of(said: Attribution) -> str:
    return " ".join((said.source_name or "").split())[:LONGEST_NAME]


def _key_of(name: str) -> str:
    """The words of a name, folded, without articles."""
    return " ".join(word.form for word in words(name) if word.form not in _ARTICLES) or fold(name)


def _longer(key: str, named: Iterable[str]) -> str | None:
    """The one name of the article, of more words, that holds all of this one's."""
    held = set(key.split())
    holding = [other for other in named if held and held < set(other.split())]
    return holding[0] if len(holding) == 1 else None


# --------------------------------------------------------------------------------------------------------------------- numbers


def _numbered_voices(store: Store, voices: Iterable[Voice | None]) -> dict[str, int]:
    found = {voice.key: voice for voice in voices if voice is not None}
    store.run_many("INSERT OR IGNORE INTO voice (key, name, actor) VALUES (?, ?, ?)", [(one.key, one.name, one.actor) for one in found.values()])
    return dict(store.rows("SELECT key, number FROM voice WHERE key IN (SELECT value FROM json_each(?))", (listed(found),)))


def _numbered_terms(store: Store, terms: Iterable[Term], language: Language) -> dict[str, int]:
    found = {term.key: term for term in terms}
    store.run_many(
        "INSERT OR IGNORE INTO term (key, written, language) VALUES (?, ?, ?)", [(one.key, one.written, language) for one in found.values()]
    )
    return dict(store.rows("SELECT key, number FROM term WHERE key IN (SELECT value FROM json_each(?))", (listed(found),)))


def _numbered_actors(store: Store, names: Collection[str]) -> dict[str | None, int]:
    store.run_many("INSERT OR IGNORE INTO actor (name) VALUES (?)", [(name,) for name in sorted(names)])
    return dict(store.rows("SELECT name, number FROM actor WHERE name IN (SELECT value FROM json_each(?))", (listed(names),)))
