"""Accounts and documents made by hand, for tests of the cross-check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import structs

from recoupe.crosscheck.account import Account, Count, Speaker, Where, day_of, party
from recoupe.crosscheck.speakers import key_of
from recoupe.crosscheck.words import rare_words
from recoupe.model import Block, ClaimRef, Document, DocumentInfo, Language, Measure, Published, SourceKind

GUERNICA = Where("es:guernica", "Guernica", "ES", 43.317, -2.678, 5.0)
DURANGO = Where("es:durango", "Durango", "ES", 43.170, -2.633, 5.0)
BILBAO = Where("es:bilbao", "Bilbao", "ES", 43.263, -2.935, 8.0)
SPAIN = Where("es", "Spain", "ES", 40.0, -4.0, 500.0)


def speaker(name: str, kind: SourceKind = "named") -> Speaker:
    return Speaker(key_of(name), name, kind)


def account(document: str, claim: str = "ASSAULT:10-20", **changes: Any) -> Account:
    """An air raid told by an outlet of its own; `day`, `published`, `by`, `killed`, `text`, `who`, `whom` are short for the fields."""
    published = changes.pop("published", "1937-04-28")
    day = changes.pop("day", None)
    by = changes.pop("by", None)
    killed = changes.pop("killed", None)
    text = changes.pop("text", "")
    who, whom = changes.pop("who", ()), changes.pop("whom", ())
    language: Language = changes.get("language", "fr")
    news = day_of(published)
    outlet = Speaker(f"outlet {document}", f"Outlet {document}", "outlet")
    words = rare_words(text, language, 14)
    base = Account(
        ref=ClaimRef(document, claim),
        type="ASSAULT",
        mode="aerial",
        modes=frozenset({changes.get("mode", "aerial")}),
        acled="Air/drone strike",
        language=language,
        at=int(claim.partition(":")[2].partition("-")[0] or 0),
        first_day=day_of(day) if day else news - 3 if news else None,
        last_day=day_of(day) if day else news,
        day_basis="claim" if day else "article",
        places=(GUERNICA,),
        place_basis="claim",
        actors=tuple(party(None, name) for name in who),
        recipients=tuple(party(None, name) for name in whom),
        figures=() if killed is None else (killed if isinstance(killed, Count) else toll(killed),),
        factuality="CT+",
        stage="accomplished",
        responsibility=None,
        origin=by or outlet,
        relays=(outlet,) if by else (),
        outlet=outlet.name,
        published=published,
        labels=(),
        words=words,
        context=words,
        sentences=frozenset(),
        aggregate=False,
    )
    return structs.replace(base, **changes)


def toll(low: float | None, high: float | None = -1, *, about: bool = False, measure: Measure = "killed") -> Count:
    """An exact figure; `toll(22, None)` is at least 22."""
    return Count(measure, low, low if high == -1 else high, about)


def document(name: str, text: str, *, outlet: str | None = None, published: str | None = None, language: Language = "fr") -> Document:
    """A document of one body block."""
    day = Published(published, published, published, "given")
    info = DocumentInfo(name, name, None, None, outlet, language, None, day, len(text), name)
    return Document(info, text, (Block("body", 0, len(text)),))


def pairs(accounts: Sequence[Account], nearest: int = 60) -> list[tuple[ClaimRef, ClaimRef]]:
    """Every pair of claims of different articles, in a great many each with the next ones only, as the casebook's blocks would give them."""
    ordered = sorted(accounts, key=lambda one: (one.last_day or 0, one.ref))
    near = ((one, other) for at, one in enumerate(ordered) for other in ordered[at + 1 : at + 1 + nearest])
    return [(one.ref, other.ref) for one, other in near if one.ref.document != other.ref.document]
