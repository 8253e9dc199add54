"""What does a MUC-4 text say? Its words in ordinary letters, its parse, its claims, and the mentions and figures by id."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from bench.capitals import in_lower_case
from bench.parses import parsed
from bench.sets import Row
from recoupe.extract.events.conditions import keys
from recoupe.extract.reading import read_parsed
from recoupe.knowledge.actors import open_register
from recoupe.knowledge.places import open_gazetteer
from recoupe.language.parsed import Parsed, Sentence, Token
from recoupe.language.triggers import event_words
from recoupe.model import ActorMention, Block, Claim, Document, DocumentInfo, FigureMention, PlaceMention, Published

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATELINE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)})[a-z]* (\d\d)\b", re.IGNORECASE)
_NUMBERS = {"a": "1", "an": "1", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
            "ten": "10", "eleven": "11", "twelve": "12"}  # fmt: skip

_WIDE = frozenset({None, "country", "continent", "division", "county", "region"})


class Text(Struct, frozen=True):
    """A text as read: its words, parse, day, claims, and the actors, figures and places by id."""

    text: str
    parse: Parsed
    day: datetime.date | None
    claims: tuple[Claim, ...]
    mentions: Mapping[str, ActorMention]
    figures: Mapping[str, FigureMention]
    places: Mapping[str, PlaceMention]

    def actors(self, claim: Claim) -> Iterator[ActorMention]:
        """Who acts in a claim."""
        return (self.mentions[name] for name in claim.actors if name in self.mentions)

    def recipients(self, claim: Claim) -> Iterator[ActorMention]:
        """Who undergoes a claim."""
        return (self.mentions[name] for name in claim.recipients if name in self.mentions)

    def counted(self, claim: Claim) -> Iterator[FigureMention]:
        """The figures of a claim."""
        return (self.figures[name] for name in claim.figures if name in self.figures)

    def word(self, claim: Claim) -> Token:
        """The first word of a claim's trigger."""
        return next(iter(self.parse.tokens_in(claim.trigger.start, claim.trigger.end)))

    def sentence(self, claim: Claim) -> Sentence:
        """The sentence of a claim's trigger."""
        return self.parse.sentence_of(self.word(claim))

    def words(self, sentence: Sentence) -> str:
        """The words of a sentence."""
        return self.text[sentence.start : sentence.end]

    def number(self, person: ActorMention) -> str:
        """How many a mention names, as the key writes it: "7", "1", "PLURAL"."""
        inside = self.parse.tokens_in(person.start, person.end)
        for token in (*inside, *(child for noun in inside for child in self.parse.children(noun, "nummod", "det"))):
            if token.norm.isdigit() or token.norm in _NUMBERS:
                return _NUMBERS.get(token.norm, token.norm)
        return "PLURAL" if any("Number=Plur" in token.morph or token.norm in {"people", "police"} for token in inside) else "1"

    def names(self, person: ActorMention) -> frozenset[str]:
        """The proper names in a mention of one person."""
        if self.number(person) != "1":
            return frozenset()
        return frozenset(token.norm for token in self.parse.tokens_in(person.start, person.end) if token.pos == "PROPN")

    def is_told_apart(self, person: ActorMention) -> bool:
        """Whether a mention is of certain persons: one, or some with an article or a number."""
        inside = self.parse.tokens_in(person.start, person.end)
        beside = (child for token in inside for child in (token, *self.parse.children(token)))
        return self.number(person) != "PLURAL" or any(token.dep in {"det", "nummod"} for token in beside)

    def towns(self, claim: Claim) -> frozenset[str]:
        """The towns, villages and quarters where a claim puts its event."""
        found = (self.places[name] for name in claim.places if name in self.places)
        return frozenset(place.place for place in found if place.place is not None and place.feature not in _WIDE)

    def whole(self, mention: ActorMention) -> str:
        """The words of a mention with all that hangs on it: "a group of rebels belonging to the FMLN"."""
        return " ".join(token.text for token in self._beneath(mention)) or mention.text

    def forms(self, mention: ActorMention) -> frozenset[str]:
        """The dictionary forms of the words of a mention and of all that hangs on it."""
        return frozenset(key for token in self._beneath(mention) for key in keys(token, event_words("en").plurals))

    def _beneath(self, mention: ActorMention) -> tuple[Token, ...]:
        inside = self.parse.tokens_in(mention.start, mention.end)
        indexes = {token.index for token in inside}
        head = next((token for token in inside if token.head == token.index or token.head not in indexes), None)
        return () if head is None else tuple(self.parse.subtree(head))


def is_country(actor: ActorMention) -> bool:
    """Whether a mention is of a country."""
    entry = None if actor.actor is None else open_register().by_id.get(actor.actor)
    return entry is not None and entry.kind == "state"


def read(item: Row) -> Text:
    """The reading of a row of the set."""
    text = in_lower_case(item["text"])
    parse = parsed(text, "en")
    day = _dateline(text)
    published = Published(*(None if day is None else day.isoformat(),) * 3, "dateline")
    info = DocumentInfo(item["id"], item["id"], None, None, None, "en", None, published, len(text), "")
    reading = read_parsed(Document(info, text, (Block("body", 0, len(text)),)), parse, open_register(), open_gazetteer())
    mentions = {mention.id: mention for mention in reading.mentions if isinstance(mention, ActorMention)}
    figures = {mention.id: mention for mention in reading.mentions if isinstance(mention, FigureMention)}
    places = {mention.id: mention for mention in reading.mentions if isinstance(mention, PlaceMention)}
    return Text(text, parse, day, reading.claims, mentions, figures, places)


def _dateline(text: str) -> datetime.date | None:
    """The day of a dateline: "San Salvador, 3 Jan 90"."""
    found = _DATELINE.search(text[:300])
    if found is None:
        return None
    try:
        return datetime.date(1900 + int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1]))
    except ValueError:
        return None
