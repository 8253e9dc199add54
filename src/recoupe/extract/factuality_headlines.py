"""Which presents of a title tell what has just happened? "L'armée reprend Tadmor": the news are done, what lasts goes on ("des convois quittent le pays")."""

from __future__ import annotations

from recoupe.extract.factuality_words import hedge_of
from recoupe.extract.occurrence import Occurrence
from recoupe.language.parsed import Parsed
from recoupe.model import EventType

_DEEDS: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "SANCTION"})
_LASTING = frozenset({"restrict", "censor", "curfew", "martial-law", "withhold", "misinformation"})


def is_news(parsed: Parsed, occurrence: Occurrence) -> bool:
    """Whether an event of a title is a single deed that no word says to go on: no clash between two sides, no siege, no movement."""
    token = parsed.tokens[occurrence.token]
    mutual = occurrence.acled == "Armed clash" and not occurrence.recipients
    if parsed.sentence_of(token).block != "title" or occurrence.type not in _DEEDS or occurrence.mode in _LASTING or mutual:
        return False
    return not any(hedge_of(parsed, word) == "ongoing" for word in (token, parsed.head(token)) if word is not None)
