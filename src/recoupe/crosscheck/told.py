"""What does the cross-check keep of a document? Its reports, its text's signature and its reference, packed, so that no text is read again."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import msgspec
from msgspec import Struct, structs

from recoupe.crosscheck.account import Account
from recoupe.crosscheck.cluster import Decision
from recoupe.crosscheck.readings import accounts
from recoupe.crosscheck.reports import Report, report_of, reports
from recoupe.crosscheck.texts import Signature, signature
from recoupe.crosscheck.weights import load_weights
from recoupe.crosscheck.words import RareWord
from recoupe.model import ClaimRef, Document, DocumentRef, Reading

_RAREST, _RARE = 4, 4.0  # words of a claim, and of its article, that are looked up, and how rare they must be


class Told(Struct, frozen=True):
    """All that one document gives to a cross-check: a pure function of it and its reading."""

    reference: DocumentRef
    reports: tuple[tuple[Account, ...], ...]
    signature: Signature

    @property
    def accounts(self) -> tuple[Account, ...]:
        """All its accounts."""
        return tuple(account for report in self.reports for account in report)


class _Packed(Struct, frozen=True, array_like=True):
    """The same with the words of the article once, and not with every account."""

    told: Told
    context: tuple[RareWord, ...]


_packed = msgspec.msgpack.Decoder(_Packed)


def tell(document: Document, reading: Reading) -> Told:
    """What the document gives to a cross-check."""
    info = document.info
    found = reports(accounts(document, reading), load_weights())
    reference = DocumentRef(info.id, info.key, info.path, info.outlet, info.published.value)
    return Told(reference, tuple(report.accounts for report in found), signature(document))


def telling(told: Told) -> dict[str, tuple[str, ...]]:
    """The rarest words of each claim and of its article: what shares one is worth a comparison."""
    return {account.ref.claim: tuple(_rarest(account.context) | _rarest(account.words)) for account in told.accounts if not account.aggregate}


def _rarest(words: tuple[RareWord, ...]) -> set[str]:
    return {rare.word for rare in words[:_RAREST] if rare.rarity >= _RARE}


def reports_of(told: Told, decided: Sequence[Decision[ClaimRef]] = ()) -> list[Report]:
    """The reports of a document, made anew where people decided on two of its claims."""
    name = told.reference.id
    inside = [one for one in decided if one.left.document == one.right.document == name]
    return reports(told.accounts, load_weights(), inside) if inside else [report_of(group) for group in told.reports]


def pack(told: Told) -> bytes:
    """As bytes that `unpack` reads."""
    context = told.reports[0][0].context if told.reports else ()
    return zlib.compress(msgspec.msgpack.encode(_Packed(_with_context(told, ()), context)), 1)


def unpack(packed: bytes) -> Told:
    """What `pack` packed."""
    found = _packed.decode(zlib.decompress(packed))
    return _with_context(found.told, found.context)


def _with_context(told: Told, context: tuple[RareWord, ...]) -> Told:
    return structs.replace(told, reports=tuple(tuple(structs.replace(account, context=context) for account in group) for group in told.reports))
