"""Which claims of one article tell of one occurrence? An article's own report of an event, with all that its claims say of it.

A claim alone seldom says it all: one sentence has the place, the next the toll. Articles are compared by their reports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, structs

from recoupe.crosscheck.account import Account
from recoupe.crosscheck.cluster import Candidate, Decision, Scorer, cluster
from recoupe.crosscheck.link import quick_score
from recoupe.crosscheck.weights import Weights
from recoupe.model import ClaimRef

NEIGHBOURS = 40  # claims of an article that each is compared with: those nearest in the text
_WORDS = 24


class Report(Struct, frozen=True, gc=False):
    """What one article says of one occurrence: its claims in the order of the text, and all of them as one account."""

    accounts: tuple[Account, ...]
    whole: Account

    @property
    def ref(self) -> ClaimRef:
        """The report's name: its first claim."""
        return self.whole.ref


def reports(accounts: Iterable[Account], weights: Weights, decisions: Sequence[Decision[ClaimRef]] = ()) -> list[Report]:
    """The reports of one article, in the order of the text; decisions come newest first."""
    ordered = sorted(accounts, key=lambda account: (account.at, account.ref))
    known = {account.ref: account for account in ordered}
    inside = [decision for decision in decisions if decision.left in known and decision.right in known]
    scorer: Scorer[ClaimRef] = Scorer(score=lambda left, right: quick_score(known[left], known[right], weights), article=lambda ref: ref)
    found = cluster([account.ref for account in ordered], _candidates(ordered, weights), scorer, inside)
    return [report_of(tuple(known[ref] for ref in group)) for group in found.groups]


def _candidates(ordered: Sequence[Account], weights: Weights) -> Iterator[Candidate[ClaimRef]]:
    for place, account in enumerate(ordered):
        for other in ordered[place + 1 : place + 1 + NEIGHBOURS]:
            found = quick_score(account, other, weights)
            if found > 0:
                yield Candidate(found, account.ref, other.ref)


def report_of(accounts: tuple[Account, ...]) -> Report:
    """The report that these accounts of one article make, given in the order of the text."""
    return Report(accounts, accounts[0] if len(accounts) == 1 else merge(accounts))


def merge(accounts: Sequence[Account]) -> Account:
    """All that several accounts of one article say, as one account under the name of the first."""
    first = accounts[0]
    kinds = Counter((account.type, account.mode) for account in accounts)
    types = Counter(account.type for account in accounts)
    kind = max(kinds, key=lambda kind: (types[kind[0]], kind[1] is not None, kinds[kind], kind[0], kind[1] or ""))
    dated = [account for account in accounts if account.day_basis == "claim"] or accounts
    days = min(dated, key=lambda account: (_length(account), account.at))
    placed = [account for account in accounts if account.place_basis == "claim" and account.places]
    words = {rare.word: rare for account in accounts for rare in account.words}
    return structs.replace(
        first,
        type=kind[0],
        mode=kind[1],
        modes=frozenset(mode for account in accounts for mode in account.modes),
        acled=next((account.acled for account in accounts if account.acled and account.type == kind[0]), first.acled),
        first_day=days.first_day,
        last_day=days.last_day,
        day_basis=days.day_basis,
        places=tuple(dict.fromkeys(place for account in placed for place in account.places)) or first.places,
        place_basis="claim" if placed else first.place_basis,
        actors=tuple({one.actor or one.name: one for account in accounts for one in account.actors}.values()),
        recipients=tuple({one.actor or one.name: one for account in accounts for one in account.recipients}.values()),
        figures=tuple(dict.fromkeys(figure for account in accounts for figure in account.figures)),
        words=tuple(sorted(words.values(), key=lambda rare: (-rare.rarity, rare.word))[:_WORDS]),
        sentences=frozenset(hashed for account in accounts for hashed in account.sentences),
    )


def _length(account: Account) -> int:
    if account.first_day is None or account.last_day is None:
        return 100_000
    return account.last_day - account.first_day
