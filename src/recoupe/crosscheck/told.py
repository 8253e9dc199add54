"""What does the cross-check keep of a document? Its reports, its text's signature and its reference, packed, so that no text is read again."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct, structs

from recoupe.crosscheck.account import Account
from recoupe.crosscheck.cluster import Decision
from recoupe.crosscheck.readings import accounts
from recoupe.crosscheck.reports import Report, report_of, reports
from recoupe.crosscheck.sketch import sketches
from recoupe.crosscheck.texts import Signature, signature
from recoupe.crosscheck.weights import load_weights
from recoupe.crosscheck.words import RareWord
from recoupe.model import ClaimRef, Document, DocumentRef, Reading

_RAREST, _RARE = 4, 4.0  # words of a claim, and of its article, that are looked up, and how rare they must be


class Told(Struct, frozen=True):
    """All that one document gives to a cross-check: a pure function of it, its reading, and what people decided on claims of it."""

    reference: DocumentRef
    reports: tuple[Report, ...]
    signature: Signature

    @property
    def accounts(self) -> tuple[Account, ...]:
        """All its accounts."""
        return tuple(account for report in self.reports for account in report.accounts)

    @property
    def homes(self) -> dict[str, int]:
        """The place of each claim's report among the reports."""
        return {account.ref.claim: place for place, report in enumerate(self.reports) for account in report.accounts}


class Head(Struct, frozen=True, array_like=True):
    """What the reports of a document share: whose they are, and the rare words and places of its article."""

    reference: DocumentRef
    context: tuple[RareWord, ...]
    places: frozenset[str]


class Packed(Struct, frozen=True):
    """The same in parts that are kept apart, so that one report is read without the others."""

    head: bytes
    reports: tuple[bytes, ...]
    signature: bytes


_head = msgspec.msgpack.Decoder(Head)
_accounts = msgspec.msgpack.Decoder(tuple[Account, ...])
_signature = msgspec.msgpack.Decoder(Signature)


def read_head(packed: bytes) -> Head:
    """What the reports of a document share."""
    return _head.decode(packed)


def read_report(packed: bytes, head: Head) -> Report:
    """One report of a document with this head."""
    told = _accounts.decode(packed)
    return report_of(tuple(structs.replace(account, context=head.context, article_places=head.places) for account in told))


def read_signature(packed: bytes) -> Signature:
    """The signature of a document's text."""
    return _signature.decode(packed)


def tell(document: Document, reading: Reading, decided: Sequence[Decision[ClaimRef]] = ()) -> Told:
    """What the document gives to a cross-check, given what people decided."""
    info = document.info
    found = reports(accounts(document, reading), load_weights(), decided)
    reference = DocumentRef(info.id, info.key, info.path, info.outlet, info.published.value)
    return Told(reference, tuple(found), signature(document))


def telling(told: Told) -> dict[str, tuple[str, ...]]:
    """The rarest words of each claim and of its article: what shares one is worth a comparison."""
    return {account.ref.claim: tuple(_rarest(account.context) | _rarest(account.words)) for account in told.accounts if not account.aggregate}


def _rarest(words: tuple[RareWord, ...]) -> set[str]:
    return {rare.word for rare in words[:_RAREST] if rare.rarity >= _RARE}


def sketched(told: Told) -> bytes:
    """The sketches of its reports."""
    return sketches(report.whole for report in told.reports)


def pack(told: Told) -> Packed:
    """In parts, as bytes."""
    encode = msgspec.msgpack.encode
    context, places = (told.reports[0].whole.context, told.reports[0].whole.article_places) if told.reports else ((), frozenset[str]())
    bare = (tuple(structs.replace(account, context=(), article_places=frozenset()) for account in report.accounts) for report in told.reports)
    return Packed(encode(Head(told.reference, context, places)), tuple(map(encode, bare)), encode(told.signature))
