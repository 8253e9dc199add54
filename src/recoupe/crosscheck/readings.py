"""How does a reading become accounts? Mentions, voices and days are looked up once, so that claims can be compared without the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import TypeVar

from msgspec import Struct, structs

from recoupe.crosscheck.account import Account, Basis, Called, Count, Party, Speaker, Where, day_of, party
from recoupe.crosscheck.credits import credited
from recoupe.crosscheck.speakers import key_of, outlet, speakers
from recoupe.crosscheck.words import WORD, RareWord, fold, rare_words, topic_words
from recoupe.language.connectives import tells_besides
from recoupe.language.enclosing import Enclosing
from recoupe.language.figures import joins
from recoupe.language.parts import PART_REACH, counts_anybody, is_part
from recoupe.model import (
    ActorMention,
    Block,
    Claim,
    ClaimRef,
    Document,
    DocumentInfo,
    FigureMention,
    Measure,
    PlaceMention,
    Reading,
    Span,
    TimeMention,
    Toll,
)  # fmt: skip

NEWS_DELAY = 3  # days: how long before its publication an undated event of a news article may lie
LONGEST_OCCURRENCE = 45  # days: a claim over a longer time sums events up
LONG_PAST = 60  # days before an article's publication: what happened then is recalled, and not what it is about
LARGEST_UNDATED_TOLL = 9_999  # a larger toll without a day of its own is that of a war, not of an occurrence
_DEFAULT_PRECISION = 15.0  # km, where the gazetteer gives none
_WIDE = 60.0  # km: a place meant more loosely can't be where an article's events happened
_COUNTRY = 100.0  # km: a place meant more loosely is a country or a large part of one
_OPENING, _LEAD = 300, 800  # characters of the body in which an article says where it is about
_SENTENCE_WORDS, _ARTICLE_WORDS = 14, 30
_BEFELL: frozenset[Measure] = frozenset({"killed", "wounded", "captured", "missing", "displaced"})
Kind = TypeVar("Kind", ActorMention, PlaceMention, TimeMention, FigureMention)
_READ = ("title", "dateline", "body", "caption")


class _Article(Struct, frozen=True):
    """What the claims of one article share."""

    info: DocumentInfo
    text: str
    mentions: dict[str, ActorMention | PlaceMention | TimeMention | FigureMention]
    places: dict[str, PlaceMention]
    places_at: dict[tuple[int, int], tuple[PlaceMention, ...]]
    place_names: frozenset[str]
    voices: Mapping[str, Speaker]
    demanding: frozenset[str]
    outlet: Speaker
    context: tuple[RareWord, ...]
    common: frozenset[str]
    place: Where | None
    named_places: frozenset[str]


def accounts(document: Document, reading: Reading) -> tuple[Account, ...]:
    """The claims of a document as the cross-check sees them, in the order of the text."""
    agencies = credited(document)
    printed = outlet(document.info)
    own = Speaker(key_of(agencies[0]), agencies[0], "media") if agencies else printed
    mentions = {mention.id: mention for mention in reading.mentions}
    places = _told_places(reading)
    common = _compared_elsewhere(document, reading)
    article = _Article(
        info=document.info,
        text=document.text,
        mentions=mentions,
        places={mention.id: mention for mention in places},
        places_at=_by_span(places),
        place_names=frozenset(fold(name) for place in places for name in (place.text, place.name)),
        voices=speakers(document, reading, own),
        demanding=_demanding(reading),
        outlet=own,
        context=topic_words(_read_text(document), document.info.language, _ARTICLE_WORDS, common),
        common=common,
        place=_main_place(document, reading, places),
        named_places=frozenset(place.place for place in places if place.place is not None),
    )
    relay = (printed,) if agencies else ()
    found = [_account(article, claim, reading, relay) for claim in reading.claims]
    return tuple(sorted(with_toll(found, reading.toll), key=lambda account: (account.at, account.ref)))


def _account(article: _Article, claim: Claim, reading: Reading, relay: tuple[Speaker, ...]) -> Account:
    voices = [article.voices[said] for said in claim.chain if said in article.voices]
    chain = [*relay, article.outlet, *voices]
    first, last, day_basis = _days(article.info, claim)
    places = _narrowed(tuple(dict.fromkeys(_where(mention) for mention in _places(article, claim))), article.place)
    basis: Basis = "claim" if places or article.place is None else "article"
    figures = tuple(each for count in _figures(article, claim) for each in _spelled_out(count))
    text = " ".join(article.text[span.start : span.end] for span in (claim.sentence, *claim.evidence))
    return Account(
        ref=ClaimRef(article.info.id, claim.id),
        type=claim.type,
        mode=claim.mode,
        modes=frozenset(filter(None, (claim.mode,))),
        acled=claim.acled,
        language=article.info.language,
        at=claim.trigger.start,
        first_day=first,
        last_day=last,
        day_basis=day_basis,
        places=places or ((article.place,) if article.place else ()),
        place_basis=basis,
        actors=_parties(article, claim.actors),
        recipients=_parties(article, claim.recipients),
        figures=figures,
        factuality="Uu" if article.demanding.intersection((claim.voice, *claim.chain)) else claim.factuality,
        stage=claim.stage,
        responsibility=claim.responsibility,
        origin=_heard_through(chain),
        relays=tuple(chain[:-1]),
        outlet=article.info.outlet,
        published=article.info.published.value,
        labels=tuple(_labels(article, claim, reading)),
        words=rare_words(text, article.info.language, _SENTENCE_WORDS, article.common),
        context=article.context,
        sentences=frozenset(filter(None, (sentence_hash(article.text[claim.sentence.start : claim.sentence.end]),))),
        aggregate=_sums_up(claim, first, last, day_basis, figures),
        besides=tells_besides(article.text[claim.sentence.start : claim.trigger.start], article.info.language),
        article_places=article.named_places,
    )


def _heard_through(chain: list[Speaker]) -> Speaker:
    """The last voice; one without a name that is heard through a medium without its name is no better known than that."""
    last = chain[-1]
    return structs.replace(last, described=True) if last.kind == "unnamed" and any(relay.described for relay in chain[:-1]) else last


def sentence_hash(sentence: str) -> int:
    """A 63-bit hash of the sentence's folded words, 0 for fewer than six words, which may recur by chance."""
    words = [fold(match.group()) for match in WORD.finditer(sentence)]
    if len(words) < 6:
        return 0
    numbers = re.findall(r"\d+", sentence)
    return int.from_bytes(blake2b(" ".join([*words, *numbers]).encode(), digest_size=8).digest(), "big") >> 1


def _compared_elsewhere(document: Document, reading: Reading) -> frozenset[str]:
    """The words of sources, outlets, known actors and known places: who is quoted tells nothing of what happened, the others are compared as such."""
    spans = [span for said in reading.attributions for span in said.source]
    for mention in reading.mentions:
        known_actor = isinstance(mention, ActorMention) and mention.actor is not None
        if known_actor or (isinstance(mention, PlaceMention) and mention.latitude is not None):
            spans.append(Span(mention.start, mention.end))
    texts = [document.text[span.start : span.end] for span in spans]
    return frozenset(fold(match.group()) for text in (*texts, document.info.outlet or "", *credited(document)) for match in WORD.finditer(text))


def _read_text(document: Document) -> str:
    return "\n".join(document.text[block.start : block.end] for block in document.blocks if block.kind in _READ)


def _mentioned(article: _Article, ids: tuple[str, ...], kind: type[Kind]) -> list[Kind]:
    found = (article.mentions.get(mention) for mention in ids)
    return [mention for mention in found if isinstance(mention, kind)]


def _told_places(reading: Reading) -> tuple[PlaceMention, ...]:
    """The places of a reading but those that only say who speaks ("selon une agence de Londres")."""
    speaking = Enclosing((span, said.id) for said in reading.attributions for span in said.source)
    places = (mention for mention in reading.mentions if isinstance(mention, PlaceMention))
    return tuple(place for place in places if not any(speaking.around(Span(place.start, place.end))))


def _by_span(places: Iterable[PlaceMention]) -> dict[tuple[int, int], tuple[PlaceMention, ...]]:
    found: dict[tuple[int, int], tuple[PlaceMention, ...]] = {}
    for place in places:
        found[place.start, place.end] = (*found.get((place.start, place.end), ()), place)
    return found


def _demanding(reading: Reading) -> frozenset[str]:
    """The attributions whose cue is a demand or a threat: what they hold has not happened, whatever the claim says."""
    demands = (claim.trigger for claim in reading.claims if claim.type in ("REQUEST", "THREATEN"))
    covered = {place for trigger in demands for place in range(trigger.start, trigger.end)}
    return frozenset(said.id for said in reading.attributions if any(place in covered for cue in said.cue for place in range(cue.start, cue.end)))


def _places(article: _Article, claim: Claim) -> list[PlaceMention]:
    """The places of a claim, also those that the reading took for a party to it."""
    taken = {(party.start, party.end) for party in _mentioned(article, (*claim.actors, *claim.recipients), ActorMention) if party.actor is None}
    found = [article.places[name] for name in claim.places if name in article.places]
    found += [place for span in taken for place in article.places_at.get(span, ())]
    return sorted({place.id: place for place in found}.values(), key=lambda place: (place.start, place.end, place.id))


def _narrowed(places: tuple[Where, ...], about: Where | None) -> tuple[Where, ...]:
    """The places of a claim; none where it names only the country of the town that its article is about, which says less than the article does."""
    if about is not None and about.country is not None and all(place.country == about.country and place.precision_km > _COUNTRY for place in places):
        return ()
    return places


def _where(mention: PlaceMention) -> Where:
    precision = mention.precision_km if mention.precision_km is not None else _DEFAULT_PRECISION
    return Where(mention.place, mention.name, mention.country, mention.latitude, mention.longitude, precision)


def _parties(article: _Article, ids: tuple[str, ...]) -> tuple[Party, ...]:
    """The actors of a claim; the name of a place is no party unless the register knows what it stands for."""
    found = {
        mention.actor or mention.name: party(mention.actor, mention.name)
        for mention in _mentioned(article, ids, ActorMention)
        if mention.actor is not None or fold(mention.text) not in article.place_names
    }
    return tuple(found.values())


def _figures(article: _Article, claim: Claim) -> Iterator[Count]:
    mentions = sorted(_mentioned(article, claim.figures, FigureMention), key=lambda figure: figure.start)
    group: list[Count] = []
    between, anybody = "", False
    for place, figure in enumerate(mentions):
        count = _count(article, claim, figure, mentions)
        before = article.text[mentions[place - 1].end : figure.start] if group else ""
        if group and not (_adds(group[-1], count) and joins(before, article.info.language)):
            yield from _listed(group, between, anybody=anybody)
            group = []
        anybody = anybody if group else counts_anybody(figure.text, article.info.language)
        group.append(count)
        between = before
    yield from _listed(group, between, anybody=anybody)


def _listed(group: Sequence[Count], between: str, *, anybody: bool) -> Iterable[Count]:
    """The counts of a list, with their sum where a word joins the last ("12 personnes, huit soldats" is no list)."""
    return summed(group, anybody=anybody) if between.strip(" ,\n\u00a0") else group


def _count(article: _Article, claim: Claim, figure: FigureMention, mentions: Sequence[FigureMention]) -> Count:
    before = article.text[max(claim.sentence.start, figure.start - PART_REACH) : figure.start]
    after = article.text[figure.end : figure.end + PART_REACH]
    bigger = any(other.measure == figure.measure and (other.low or other.high or 0) > (figure.low or figure.high or 0) for other in mentions)
    part = is_part(before, after, article.info.language, figure.text, alone=not bigger)
    return Count(figure.measure, figure.low, figure.high, figure.approximate, part)


def _spelled_out(count: Count) -> tuple[Count, ...]:
    """A count; no casualties are nobody killed and nobody wounded."""
    if not (count.nobody and count.measure == "casualties"):
        return (count,)
    return (structs.replace(count, measure="killed"), structs.replace(count, measure="wounded"))


def _adds(before: Count, count: Count) -> bool:
    """Whether two counts are of what befell people, and both of the same and of the whole."""
    return before.measure == count.measure and count.measure in _BEFELL and not before.part and not count.part


def summed(listed: Sequence[Count], *, anybody: bool = False) -> Iterator[Count]:
    """Counts that stand on one list: parts of their sum ("12 soldats et trois civils": 15), or of the first where it is the sum already.

    A first figure that counts `anybody` holds what is listed behind it, as far as it is large enough ("30 morts, 12 soldats et cinq policiers").

    >>> [(count.low, count.part) for count in summed([Count("killed", 12, 12, False), Count("killed", 3, 3, False)])]
    [(12, True), (3, True), (15, False)]
    >>> [(count.low, count.part) for count in summed([Count("killed", 15, 15, False), Count("killed", 12, 12, False), Count("killed", 3, 3, False)])]
    [(15, False), (12, True), (3, True)]
    """
    rest = _sum(listed[1:])
    first = listed[0].low if listed else None
    if rest is None or (len(listed) > 2 and rest.low is not None and first is not None and (rest.low == first or (anybody and rest.low < first))):
        yield from (structs.replace(count, part=count.part or place > 0) for place, count in enumerate(listed))
        return
    yield from (structs.replace(count, part=True) for count in listed)
    whole = _sum(listed)
    if whole is not None:
        yield whole


def _sum(counts: Sequence[Count]) -> Count | None:
    if not counts:
        return None
    low = None if any(count.low is None for count in counts) else sum(count.low or 0 for count in counts)
    high = None if any(count.high is None for count in counts) else sum(count.high or 0 for count in counts)
    return structs.replace(counts[0], low=low, high=high, approximate=any(count.approximate for count in counts), part=False)


def with_toll(accounts: Sequence[Account], toll: Toll | None) -> Iterator[Account]:
    """The accounts with the article's toll: the first claim that it is of counts what none of those gives in numbers, and a lone victim is a part of it."""
    if toll is None:
        yield from accounts
        return
    counted = [Count("killed", toll.killed, toll.killed, approximate=False, of_article=True)] if toll.killed else []
    counted += [Count("wounded", toll.wounded, toll.wounded, approximate=False, of_article=True)] if toll.wounded else []
    given = [
        figure for account in accounts if account.ref.claim in toll.claims for figure in account.figures if not figure.part and not figure.nobody
    ]
    told = {figure.measure for figure in given if not _is_one(figure) or any(_is_one(one) for one in counted if one.measure == figure.measure)}
    missing = tuple(count for count in counted if count.measure not in told)
    first = min((account for account in accounts if account.ref.claim in toll.claims), key=lambda account: account.at, default=None)
    for account in accounts:
        if account.ref.claim not in toll.claims:
            yield account
            continue
        figures = tuple(_of_toll(figure, counted) for figure in account.figures)
        yield structs.replace(account, figures=(*figures, *missing) if account is first else figures, of_toll=True)


def _of_toll(figure: Count, tolls: Sequence[Count]) -> Count:
    """One person killed where more were is a part of the toll."""
    more = any(toll.measure == figure.measure and (toll.low or 0) > 1 for toll in tolls)
    return structs.replace(figure, part=True) if more and _is_one(figure) else figure


def _is_one(figure: Count) -> bool:
    return figure.low == figure.high == 1


def _main_place(document: Document, reading: Reading, places: Iterable[PlaceMention]) -> Where | None:
    """The place that the article is about: named in the title or lead, or by its claims, most often, and narrow enough to be where events happen.

    A capital or a seat that stands for who governs there ("Damascus denied it") is no place, nor is one where only what is long past happened.
    """
    past = _past_places(document.info, reading)
    votes: Counter[Where] = Counter()
    own = Counter(identity for claim in reading.claims for identity in claim.places)
    seats = {(mention.start, mention.end) for mention in reading.mentions if isinstance(mention, ActorMention) and mention.actor is not None}
    body = next((block.start for block in document.blocks if block.kind == "body"), 0)
    opening, lead = body + _OPENING, body + _LEAD
    titles = [block for block in document.blocks if block.kind == "title"]
    datelines = [block for block in document.blocks if block.kind == "dateline"]
    for mention in places:
        if _inside(mention, datelines) or mention.id in past:
            continue
        where = _where(mention)
        if where.precision_km <= _WIDE and (mention.start, mention.end) not in seats:
            early = 4 if mention.start < opening else 3 if _inside(mention, titles) else 2 if mention.start < lead else 1
            votes[where] += early + min(own[mention.id], 2)
    return max(votes, key=lambda where: (votes[where], where.name, where.place or ""), default=None)


def _past_places(info: DocumentInfo, reading: Reading) -> frozenset[str]:
    """The places of claims that the article dates long before its publication, and of no others."""
    earliest = day_of(info.published.date_start)
    if earliest is None:
        return frozenset()
    told: dict[bool, set[str]] = {True: set(), False: set()}
    for claim in reading.claims:
        last = day_of(claim.date_end)
        told[last is not None and last < earliest - LONG_PAST].update(claim.places)
    return frozenset(told[True] - told[False])


def _inside(mention: PlaceMention, blocks: list[Block]) -> bool:
    return any(block.start <= mention.start < block.end for block in blocks)


def _days(info: DocumentInfo, claim: Claim) -> tuple[int | None, int | None, Basis]:
    """The first and last day that the claim allows: its own, or those that the publication date does."""
    first, last = day_of(claim.date_start), day_of(claim.date_end)
    if first is not None or last is not None:
        if first is not None and last is not None and last < first:
            first, last = last, first
        return first, last, "claim"
    published = info.published
    earliest, latest = day_of(published.date_start), day_of(published.date_end)
    if earliest is None or latest is None or claim.stage == "planned":
        return None, None, "article"
    return earliest - NEWS_DELAY, latest, "article"


def _sums_up(claim: Claim, first: int | None, last: int | None, basis: Basis, figures: tuple[Count, ...]) -> bool:
    """Whether the claim is about many occurrences at once: a habit, a long time, or a toll that no single undated occurrence has."""
    if claim.stage == "habitual":
        return True
    own_day = basis == "claim" and first is not None and last is not None
    if basis == "claim" and (first is None or last is None or last - first > LONGEST_OCCURRENCE):
        return True
    return not own_day and any(figure.measure == "killed" and (figure.low or 0) > LARGEST_UNDATED_TOLL for figure in figures)


def _labels(article: _Article, claim: Claim, reading: Reading) -> Iterator[Called]:
    """The labels in the claim's sentence that its voice, or the article itself, uses."""
    for label in reading.labels:
        if claim.sentence.start <= label.start < claim.sentence.end and label.voice in (claim.voice, "outlet", *claim.chain):
            yield Called(article.text[label.start : label.end], label.actor, label.polarity)
