"""Where do two accounts agree and where do they differ? One level per feature, to be weighed by weights.toml.

A feature on which either account says nothing has no level: silence is no evidence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from recoupe.crosscheck.account import Account, Count, Party, Where, kilometres
from recoupe.crosscheck.weights import load_weights
from recoupe.crosscheck.words import LEAD, RareWord, fold, is_crowd

LATE = 14  # days after the event within which an article without a day of its own may still report it as news
SAME_SPOT_KM = 6.0
NEAR_KM = 10.0  # a village and the next, which one article may name for the other
TOWN_KM = 30.0  # precision up to which a place is a town or a spot, and not a region
FAR_KM = 150.0
FEWEST_WORDS = 4  # rare words of a sentence below which it is no evidence that none is shared
WORD_LEVELS = ("none", "few", "some", "many", "more", "most")
WORD_BOUNDS = (5, 27, 52, 80, 120)  # summed rarity above that of words used once in ten thousand, in tenths
DIFFERENT = ("apart", "far")  # how places stand to one another that are different
TOLD_BY = ("told_by_one", "told_by_both")
_CERTAIN = frozenset({"fact", "claimed"})  # levels of responsibility at which nobody is accused
VIOLENT = frozenset(("ASSAULT", "PROTEST"))
COMPARED = frozenset(("killed", "wounded", "captured", "missing", "displaced", "detainees", "hostages", "aircraft", "munitions", "casualties"))


class Outcome(NamedTuple):
    """The level that a feature came out at, and what was compared: put into words (wording.py) only when a reason is asked for."""

    feature: str
    level: str
    compared: tuple[object, ...] = ()


def compare_across(a: Account, b: Account) -> list[Outcome]:
    """Compare two accounts of different articles."""
    main = max(a.at, b.at) < LEAD
    found = [
        _type(a, b),
        _day(a, b),
        _place_across(a, b),
        _parties("actors", named(a.actors), named(b.actors)),
        _parties("recipients", named(a.recipients), named(b.recipients)),
        _words("words", a, b, a.rarity, b.rarity),
        _words("context" if main else "background", a, b, a.context_rarity, b.context_rarity),
        *_figures(a, b),
    ]
    if not a.sentences.isdisjoint(b.sentences):
        found.append(Outcome("text", "same_sentence"))
    return [outcome for outcome in found if outcome is not None]


def compare_within(a: Account, b: Account) -> list[Outcome]:
    """Compare two accounts of one article; what the article gives both (its date, its main place) tells nothing."""
    found = [
        _type(a, b),
        _day(a, b) if a.day_basis == b.day_basis == "claim" else _past(a, b),
        _place(a, b) if a.place_basis == b.place_basis == "claim" else None,
        _doers(a, b),
        _parties("recipients", a.recipients, b.recipients),
        _reversed(a, b),
        _told(a, b),
        _words("words", a, b, a.rarity, b.rarity),
        *_figures(a, b),
        Outcome("voice", "same" if a.origin.key == b.origin.key else "different", (a.origin, b.origin)),
        Outcome("distance", _distance(a, b)),
        _besides(a, b),
        Outcome("toll", "both") if a.of_toll and b.of_toll else None,
    ]
    return [outcome for outcome in found if outcome is not None]


def _besides(a: Account, b: Account) -> Outcome | None:
    """Whether the article goes over to something else with the later of two."""
    later = max(a, b, key=lambda account: account.at)
    return Outcome("besides", "told") if later.besides and a.sentences.isdisjoint(b.sentences) else None


def _distance(a: Account, b: Account) -> str:
    if not a.sentences.isdisjoint(b.sentences):
        return "sentence"
    return "lead" if max(a.at, b.at) < LEAD else "near" if abs(a.at - b.at) < LEAD else "far"


def _type(a: Account, b: Account) -> Outcome:
    if a.type != b.type:
        return Outcome("type", "kin", (a, b))
    if not a.modes or not b.modes:
        return Outcome("type", "same", (a, b))
    shared = a.modes & b.modes
    level = "other_mode" if not shared else "same_mode" if shared.isdisjoint(load_weights().rare_modes) else "same_rare_mode"
    return Outcome("type", level, (a, b))


# --------------------------------------------------------------------------------------------------------------------------- day


def gap(a: Account, b: Account) -> int | None:
    """Days between two accounts' intervals, 0 where they overlap, None where either has none; an open end reaches for ever."""
    if (a.first_day is None and a.last_day is None) or (b.first_day is None and b.last_day is None):
        return None
    if a.last_day is not None and b.first_day is not None and a.last_day < b.first_day:
        return b.first_day - a.last_day
    if b.last_day is not None and a.first_day is not None and b.last_day < a.first_day:
        return a.first_day - b.last_day
    return 0


def _day(a: Account, b: Account) -> Outcome:
    between = gap(a, b)
    if between is None:
        return Outcome("day", "unknown")
    if a.day_basis == b.day_basis == "claim":
        return Outcome("day", _own_days(a, b, between), (a, b))
    if a.day_basis == b.day_basis:
        return Outcome("day", "news_same" if between == 0 else "news_near" if between <= LATE else "news_far", (a, b))
    own, news = (a, b) if a.day_basis == "claim" else (b, a)
    before_event = news.last_day is not None and own.first_day is not None and news.last_day < own.first_day
    level = "reported" if between == 0 else "before" if before_event else "reported_late" if between <= LATE else "reported_long_after"
    return Outcome("day", level, (a, b))


def _past(a: Account, b: Account) -> Outcome | None:
    """Whether one stands without a day, as news does, before the other that gives a day long before the article's publication.

    Once the day was given, what follows without one goes on about that day ("du raid").
    """
    own, news = (a, b) if a.day_basis == "claim" else (b, a)
    if own.at < news.at:
        return None
    if news.day_basis == "claim" or own.last_day is None or news.first_day is None or news.first_day - own.last_day <= LATE:
        return None
    return Outcome("day", "past" if news.at < LEAD else "past_below", (own, news))


def _own_days(a: Account, b: Account, between: int) -> str:
    if between:
        return "next" if between == 1 else "near" if between <= 3 else "far"
    return "same" if _length(a) <= 2 and _length(b) <= 2 else "overlap"


def _length(account: Account) -> int:
    if account.first_day is None or account.last_day is None:
        return 10_000
    return account.last_day - account.first_day + 1


# ------------------------------------------------------------------------------------------------------------------------- place


def _place(a: Account, b: Account) -> Outcome | None:
    best: tuple[int, str, Where, Where] | None = None
    for here in a.places:
        for there in b.places:
            level = near(here, there)
            if level is not None and (best is None or _ORDER[level] < best[0]):
                best = (_ORDER[level], level, here, there)
    if best is None:
        return None
    own = a.place_basis == b.place_basis == "claim"
    return Outcome("place", best[1] if own else f"article_{best[1]}", best[2:])


def _place_across(a: Account, b: Account) -> Outcome | None:
    """The places of two articles; where they differ, whether one article, or either, names a place of the other: of two places of one event each tells first of its own."""
    found = _place(a, b)
    if found is None or found.level.removeprefix("article_") not in DIFFERENT:
        return found
    told = _tells_of(a, b) + _tells_of(b, a)
    return Outcome("place", TOLD_BY[told - 1], found.compared) if told else found


def _tells_of(a: Account, b: Account) -> bool:
    """Whether the article of the one names a place of the other."""
    return any(place.place in a.article_places for place in b.places)


_ORDER = {"same": 0, "near": 1, "inside": 2, "region": 3, "apart": 4, "far": 5}


def near(a: Where, b: Where) -> str | None:
    """How near two places are, given how precisely each is meant; None where that can't be known."""
    wide = max(a.precision_km, b.precision_km) > TOWN_KM
    if a.place is not None and a.place == b.place:
        return "region" if wide else "same"
    distance = kilometres(a, b)
    if distance is None:
        if fold(a.name) == fold(b.name):
            return "region" if wide else "same"
        return None
    if not wide:
        if distance <= SAME_SPOT_KM:
            return "same"
        return "near" if distance <= max(a.precision_km + b.precision_km, NEAR_KM) else "apart" if distance <= FAR_KM else "far"
    reach = max(a.precision_km, b.precision_km)
    if min(a.precision_km, b.precision_km) <= TOWN_KM and distance <= reach:
        return "inside"
    return "region" if distance <= 2 * reach else "far"


# ----------------------------------------------------------------------------------------------------------------- participants


def _parties(feature: str, a: tuple[Party, ...], b: tuple[Party, ...]) -> Outcome | None:
    if not a or not b:
        return None
    a, b = telling(a), telling(b)
    if not a or not b:
        return None
    if any(same_party(one, other) for one in a for other in b):
        level = "same"
    elif any(one.words & other.words for one in a for other in b if one.actor is None or other.actor is None):
        level = "share_word"
    else:
        level = "differ"
    return Outcome(feature, level, (a, b))


def _doers(a: Account, b: Account) -> Outcome | None:
    """Who acts; where two sides are named as acting, two deeds are told, unless by two voices of which one accuses or denies: these differ on one."""
    found = _parties("actors", a.actors, b.actors)
    if found is None or found.level != "differ" or (a.origin.key != b.origin.key and not {a.responsibility, b.responsibility} <= _CERTAIN):
        return found
    sides = [{one.side for one in parties} for parties in (a.actors, b.actors)]
    return found if None in sides[0] | sides[1] or sides[0] & sides[1] else Outcome("actors", "other_side", found.compared)


def _reversed(a: Account, b: Account) -> Outcome | None:
    """Whether who acts in one is struck in the other, and in neither the two act or are struck together: a blow and its answer."""
    if any(one_side(one, other) for one in a.actors for other in b.actors) or any(
        one_side(one, other) for one in a.recipients for other in b.recipients
    ):
        return None
    for acting, struck in ((a.actors, b.recipients), (b.actors, a.recipients)):
        if any(one_side(one, other) for one in acting for other in struck):
            return Outcome("roles", "reversed", (acting, struck))
    return None


def _told(a: Account, b: Account) -> Outcome | None:
    """What an article tells of that is no news of violence: plans and fears, and acts of policy, are many where blows are one."""
    if not a.happened:
        return Outcome("news", "supposed", (a, b))
    return None if a.type in VIOLENT else Outcome("news", "policy", (a, b))


def named(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """The parties that tell one occurrence from another: civilians are struck everywhere."""
    return tuple([one for one in parties if one.actor is not None or (one.words and not is_crowd(one.name))])


def telling(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """The parties that are known or named: "people" tells nothing."""
    return tuple(one for one in parties if one.actor is not None or one.words)


def same_party(a: Party, b: Party) -> bool:
    """Whether two actors are one: by the register where both are in it, else by all the words of the shorter name."""
    if a.actor is not None and b.actor is not None:
        return a.actor == b.actor
    return bool(a.words) and a.words == b.words


def one_side(a: Party, b: Party) -> bool:
    """Whether what one of them did the other may be said to have done: they are one, of one side, or share a word of their names."""
    if a.side is not None and b.side is not None:
        return a.side == b.side
    return same_party(a, b) or bool(a.words & b.words)


# ---------------------------------------------------------------------------------------------------------------------- figures


def _figures(a: Account, b: Account) -> Iterator[Outcome]:
    """The best agreement on each measure: articles round, count parts and quote several tolls, so the nearest pair is what they share."""
    best: dict[str, tuple[int, Count, Count]] = {}
    if not a.figures or not b.figures:
        return
    for one in a.figures:
        for other in b.figures:
            if one.measure == other.measure and one.measure in COMPARED and one.telling and other.telling:
                rank = AGREEMENTS.index(_agreement(one, other))
                if one.measure not in best or rank < best[one.measure][0]:
                    best[one.measure] = (rank, one, other)
    for measure, (rank, one, other) in best.items():
        yield Outcome("killed" if measure == "killed" else "counts", AGREEMENTS[rank], (one, other))


AGREEMENTS = ("equal_large", "equal_small", "equal_one", "compatible", "close", "differ", "differ_widely")


def _agreement(a: Count, b: Count) -> str:
    x, y = value(a), value(b)
    if x == y:
        return "equal_large" if x >= 10 else "equal_small" if x > 1 else "equal_one"
    if compatible(a, b):
        return "compatible"
    small, large = sorted((x, y))
    return "close" if large - small <= 2 or large <= 1.4 * small else "differ" if large <= 4 * small else "differ_widely"


def value(count: Count) -> float:
    """The figure that stands for a range: its lower bound, or the upper where it has no lower."""
    return count.low if count.low is not None else count.high if count.high is not None else 0.0


def compatible(a: Count, b: Count) -> bool:
    """Whether two figures can both be true: "at least 22" and "26" can, "22" and "35" can't; an approximate one has a tenth of room.

    >>> least, exact, other = (Count("killed", low, high, False) for low, high in ((22, None), (26, 26), (22, 22)))
    >>> compatible(least, exact), compatible(exact, other)
    (True, False)
    """
    (a_low, a_high), (b_low, b_high) = bounds(a), bounds(b)
    return a_low <= b_high and b_low <= a_high


def bounds(count: Count) -> tuple[float, float]:
    """The least and the most that a figure may stand for, an approximate one with a tenth of room."""
    low = count.low if count.low is not None else 0.0
    high = count.high if count.high is not None else float("inf")
    room = 0.1 if count.approximate else 0.0
    return low * (1 - room), high * (1 + room)


# ------------------------------------------------------------------------------------------------------------------------ words


def _words(feature: str, a: Account, b: Account, here: Mapping[str, RareWord], there: Mapping[str, RareWord]) -> Outcome | None:
    """Shared rare words, by the sum of their rarity, that of the first one's form where two share a stem; across languages only names count."""
    if len(here) < FEWEST_WORDS or len(there) < FEWEST_WORDS:
        return None
    across = a.language != b.language
    shared = [word for word in here if word in there and not (across and not (here[word].name and there[word].name))]
    if across and not shared:
        return Outcome(feature, "none_across")
    total = sum([here[word].tenths for word in shared])
    return Outcome(feature, WORD_LEVELS[bisect_right(WORD_BOUNDS, total)], tuple(shared))
