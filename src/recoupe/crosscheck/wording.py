"""In which words is a reason told? Data in wording/en.toml and wording/fr.toml; how much it counts is in weights.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

import msgspec
from msgspec import Struct

from recoupe.crosscheck.account import Account, Count, Party, Speaker, Where, iso_day
from recoupe.crosscheck.compare import Outcome
from recoupe.model import EventType, Language, Measure

_FIRST, _NAMES = 5, 3  # shared words, and names of parties, that are told
_WORDS = frozenset({"words", "context", "background"})


class Forms(Struct, frozen=True, forbid_unknown_fields=True):
    """How a figure and the day of publication are written, `{0}` and `{1}` being numbers."""

    exact: str
    range: str
    least: str
    most: str
    unknown: str
    about: str
    published: str
    thousands: str


class Wording(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one language: of reasons by name, of the levels of each feature `across` articles and `within` one."""

    reasons: dict[str, str]
    counts: Forms
    measures: dict[Measure, str]
    types: dict[EventType, str]
    across: dict[str, dict[str, str]]
    within: dict[str, dict[str, str]]

    def reason(self, name: str, *types: EventType) -> str:
        """A reason that no comparison gives, by name, of two types where it is about those.

        >>> load_wording("fr").reason("type", "AGREE", "ASSAULT")
        'accord et attaque ne sont jamais un même fait'
        """
        return _filled(self.reasons[name], tuple(self.types[kind] for kind in types))

    def outcome(self, outcome: Outcome, *, within: bool) -> str:
        """What came of a comparison across articles, or within one."""
        says = (self.within if within else self.across)[outcome.feature][outcome.level]
        return _filled(says, self._compared(outcome)) if "{" in says else says

    def count(self, count: Count) -> str:
        """A figure in words.

        >>> load_wording("en").count(Count("killed", 22, None, False)), load_wording("fr").count(Count("killed", 8, 12, True))
        ('at least 22', 'environ 8 à 12')
        """
        says = self.counts
        low, high = (None if bound is None else f"{bound:,.0f}".replace(",", says.thousands) for bound in (count.low, count.high))
        about = says.about if count.approximate else "{0}"
        if low is not None and high is not None:
            return about.format(says.exact.format(low) if low == high else says.range.format(low, high))
        if low is None and high is None:
            return says.unknown
        return says.most.format(about.format(high)) if low is None else says.least.format(about.format(low))

    def _compared(self, outcome: Outcome) -> tuple[str, ...]:
        if outcome.feature in _WORDS:
            return (", ".join(map(str, outcome.compared[:_FIRST])),)
        return tuple(self._one(one, outcome.feature) for one in outcome.compared)

    def _one(self, compared: object, feature: str) -> str:
        if isinstance(compared, Account):
            return self._kind(compared) if feature == "type" else self._days(compared)
        if isinstance(compared, Count):
            return f"{self.count(compared)} {self.measures[compared.measure]}"
        if isinstance(compared, Where | Speaker):
            return compared.name
        return ", ".join(one.name for one in compared[:_NAMES] if isinstance(one, Party)) if isinstance(compared, tuple) else str(compared)

    def _kind(self, account: Account) -> str:
        return "/".join((self.types[account.type], *sorted(account.modes)))

    def _days(self, account: Account) -> str:
        first, last = (None if day is None else iso_day(day) for day in (account.first_day, account.last_day))
        written = first or "" if first == last else f"{first or '…'}/{last or '…'}"
        return written if account.day_basis == "claim" else self.counts.published.format(last)


def _filled(says: str, values: tuple[str, ...]) -> str:
    """A text with values in place of `{0}` and `{1}`, and with all of them in place of `{}`."""
    says = says.replace("{}", ", ".join(values))
    for place, value in enumerate(values):
        says = says.replace(f"{{{place}}}", value)
    return says


@cache
def load_wording(language: Language) -> Wording:
    """The words that are shipped."""
    text = resources.files("recoupe.crosscheck").joinpath(f"wording/{language}.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Wording)
