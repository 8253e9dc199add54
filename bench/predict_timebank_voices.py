"""Who reports what in the French TimeBank, and which events are negated, conditional, possible?

The corpus calls reporting what announces, says, confirms or denies, and whatever verb a quotation is spoken with; other demands and opinions,
and prepositions, are other classes of it and left out.
"possible" is what the corpus calls so: what stands under *pouvoir* or a forecasting *devoir*, and what the reportative conditional tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bench.parses import parsed
from bench.predict_framenet import as_row
from bench.sets import Row
from recoupe.extract.factuality import cue_of
from recoupe.extract.voices import find_voices
from recoupe.language.mood import conditional_kind, is_conditional, negated
from recoupe.language.parsed import Parsed, Token
from recoupe.model import Attribution

_VERBAL = ("VERB", "AUX")
_REPORTING = ("say", "claim", "show", "deny", "warn", "predict")


def predict(items: Iterable[Row]) -> Iterator[Row]:
    """One line an article; a mark stands on the verb, and on the noun or predicate that is the event."""
    for item in items:
        text = parsed(item["text"], "fr")
        found = find_voices(text, ())
        yield {
            "id": item["id"],
            "attributions": [as_row(one) for one in found if _reports(text, one)],
            "negated": [
                _span(token) for token in text.tokens if token.pos in (*_VERBAL, "NOUN", "ADJ") and not _helps(token) and negated(text, token)
            ],
            "conditional": [
                _span(token) for token in text.tokens if token.pos in (*_VERBAL, "ADJ") and not _helps(token) and is_conditional(text, token)
            ],
            "possible": [_span(token) for token in text.tokens if not _helps(token) and _possible(text, token)],
        }


def _reports(text: Parsed, attribution: Attribution) -> bool:
    cue = cue_of(text, attribution) if attribution.style not in ("scare", "conditional", "according") else None
    return cue is not None and (cue.kind in _REPORTING or attribution.style == "direct")


def _helps(token: Token) -> bool:
    return token.dep.split(":")[0] in ("aux", "cop")


def _span(token: Token) -> list[int]:
    return [token.start, token.end]


def _possible(text: Parsed, token: Token) -> bool:
    if token.pos in _VERBAL and conditional_kind(text, token) in ("reportative",):
        return True
    head = text.head(token)
    if head is None or token.dep not in ("xcomp", "ccomp"):
        return False
    return head.lemma == "pouvoir" or (head.lemma == "devoir" and conditional_kind(text, head) == "forecast")
