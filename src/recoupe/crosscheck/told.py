"""What does the cross-check keep of a document? Its reports, its text's signature and its reference, packed, so that no text is read again."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cached_property

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


class _Packed(Struct, frozen=True, array_like=True):
    """The same in parts, each of which is decoded only when it is asked for; the words of the article once, and not with every account."""

    reference: DocumentRef
    context: tuple[RareWord, ...]
    reports: tuple[bytes, ...]
    signature: bytes


_packed = msgspec.msgpack.Decoder(_Packed)
_accounts = msgspec.msgpack.Decoder(tuple[Account, ...])
_signature = msgspec.msgpack.Decoder(Signature)


class Kept:
    """What was packed of a document; its parts are decoded when they are first asked for."""

    def __init__(self, packed: bytes) -> None:
        self._packed = _packed.decode(zlib.decompress(packed))
        self._reports: dict[int, Report] = {}
        self.reference = self._packed.reference

    def __len__(self) -> int:
        """How many reports it has."""
        return len(self._packed.reports)

    def report(self, place: int) -> Report:
        """One report."""
        found = self._reports.get(place)
        if found is None:
            told = _accounts.decode(self._packed.reports[place])
            found = self._reports[place] = report_of(tuple(structs.replace(account, context=self._packed.context) for account in told))
        return found

    @cached_property
    def signature(self) -> Signature:
        """The signature of its text."""
        return _signature.decode(self._packed.signature)


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


def pack(told: Told) -> bytes:
    """As bytes that `Kept` reads."""
    encode = msgspec.msgpack.encode
    parts = tuple(encode(tuple(structs.replace(account, context=()) for account in report.accounts)) for report in told.reports)
    context = told.reports[0].whole.context if told.reports else ()
    return zlib.compress(encode(_Packed(told.reference, context, parts, encode(told.signature))), 1)
