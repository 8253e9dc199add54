"""Which cells does one document give the tables? Words are quoted verbatim from its text, with their offsets beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recoupe.export.sheet import Cell, joined
from recoupe.model import (
    ActorMention,
    Attribution,
    Claim,
    Document,
    FigureMention,
    Label,
    Mention,
    PlaceMention,
    Reading,
    Span,
    TimeMention,
)

DOCUMENT = (
    "document_id", "key", "path", "url", "outlet", "language", "title", "published", "published_from", "published_to", "published_evidence",
    "characters", "sha256", "claims", "problems",
)  # fmt: skip
MENTION = (
    "document_id", "mention_id", "kind", "start", "end", "text", "name", "actor_id", "place_id", "country", "latitude", "longitude",
    "precision_km", "timex", "value", "date_start", "date_end", "measure", "low", "high", "approximate",
)  # fmt: skip
ATTRIBUTION = (
    "document_id", "attribution_id", "source", "source_kind", "source_actor", "source_name", "cue", "content", "style", "stance", "denial",
    "parent_id", "rule", "source_spans", "cue_spans", "content_spans",
)  # fmt: skip
CLAIM = (
    "document_id", "claim_id", "outlet", "published", "plover_type", "plover_mode", "sub_event_type", "trigger", "sentence", "actors",
    "recipients", "places", "country", "latitude", "longitude", "date_start", "date_end", "figures", "voice", "voice_kind", "chain", "factuality",
    "stage", "responsibility", "rule", "trigger_start", "trigger_end", "sentence_start", "sentence_end",
)  # fmt: skip
LABEL = ("document_id", "text", "actor_id", "polarity", "voice_id", "rule", "start", "end")

Row = tuple[Cell, ...]


def document_row(reading: Reading) -> Row:
    """What is known of a document, and how much its reading holds."""
    info, published = reading.document, reading.document.published
    return (
        info.id, info.key, info.path, info.url, info.outlet, info.language, info.title, published.value, published.date_start,
        published.date_end, published.evidence, info.characters, info.sha256, len(reading.claims), len(reading.problems),
    )  # fmt: skip


def mention_row(reading: Reading, mention: Mention) -> Row:
    """A mention of any kind; the columns of other kinds stay empty."""
    head: Row = (reading.document.id, mention.id)
    place: Row = (None,) * 5
    time: Row = (None,) * 4
    figure: Row = (None,) * 4
    name = actor = None
    if isinstance(mention, ActorMention):
        kind, name, actor = "actor", mention.name, mention.actor
    elif isinstance(mention, PlaceMention):
        kind, name = "place", mention.name
        place = (mention.place, mention.country, mention.latitude, mention.longitude, mention.precision_km)
    elif isinstance(mention, TimeMention):
        kind, time = "time", (mention.timex, mention.value, mention.date_start, mention.date_end)
    else:
        kind, figure = "figure", (mention.measure, mention.low, mention.high, mention.approximate)
    return (*head, kind, mention.start, mention.end, mention.text, name, actor, *place, *time, *figure)


def attribution_row(document: Document, found: Attribution) -> Row:
    """Who says something, by which cue, and what."""
    return (
        document.info.id, found.id, quoted(document, found.source), found.source_kind, found.source_actor, found.source_name,
        quoted(document, found.cue), quoted(document, found.content), found.style, found.stance, found.denial, found.parent, found.rule,
        offsets(found.source), offsets(found.cue), offsets(found.content),
    )  # fmt: skip


def claim_rows(document: Document, reading: Reading) -> Iterator[Row]:
    """The claims of a document, their mentions by name."""
    mentions = {mention.id: mention for mention in reading.mentions}
    voices = {attribution.id: attribution for attribution in reading.attributions}
    for claim in reading.claims:
        yield _claim_row(document, claim, mentions, voices)


def _claim_row(document: Document, claim: Claim, mentions: dict[str, Mention], voices: dict[str, Attribution]) -> Row:
    info, voice = document.info, voices.get(claim.voice)
    places = [mention for name in claim.places if isinstance(mention := mentions.get(name), PlaceMention)]
    place = places[0] if places else None
    return (
        info.id, claim.id, info.outlet, info.published.value, claim.type, claim.mode, claim.acled, quoted(document, (claim.trigger,)),
        quoted(document, (claim.sentence,)), _names(claim.actors, mentions), _names(claim.recipients, mentions), _names(claim.places, mentions),
        place.country if place else None, place.latitude if place else None, place.longitude if place else None, claim.date_start, claim.date_end,
        joined(counted(mention) for name in claim.figures if isinstance(mention := mentions.get(name), FigureMention)),
        _voice(document, voice), voice.source_kind if voice else "outlet",
        " > ".join(_voice(document, voices.get(name)) or "?" for name in claim.chain) or None,
        claim.factuality, claim.stage, claim.responsibility, claim.rule, claim.trigger.start, claim.trigger.end, claim.sentence.start,
        claim.sentence.end,
    )  # fmt: skip


def label_row(document: Document, label: Label) -> Row:
    """What a voice calls an actor."""
    words = quoted(document, (Span(label.start, label.end),))
    return (document.info.id, words, label.actor, label.polarity, label.voice, label.rule, label.start, label.end)


def counted(figure: FigureMention) -> str:
    """A figure in a few characters.

    >>> counted(FigureMention("figure:0-2", 0, 2, "au moins 13", "killed", 13, None, False))
    'killed ≥13'
    """
    return f"{figure.measure} {'~' if figure.approximate else ''}{between(figure.low, figure.high)}"


def between(low: float | None, high: float | None) -> str:
    """A range in a few characters.

    >>> between(22, 28), between(7, 7), between(13, None), between(None, 40), between(None, None)
    ('22–28', '7', '≥13', '≤40', '?')
    """
    if low is not None and high is not None:
        return f"{low:g}" if low == high else f"{low:g}–{high:g}"
    return f"≥{low:g}" if low is not None else f"≤{high:g}" if high is not None else "?"


def quoted(document: Document, spans: Sequence[Span]) -> str | None:
    """The words at some stretches, those apart joined by " … ", on one line."""
    return " … ".join(" ".join(document.text[span.start : span.end].split()) for span in spans) or None


def offsets(spans: Sequence[Span]) -> str | None:
    """Stretches as `start:end`, apart by blanks."""
    return " ".join(f"{span.start}:{span.end}" for span in spans) or None


def _names(wanted: Sequence[str], mentions: dict[str, Mention]) -> str | None:
    found = (mentions.get(name) for name in wanted)
    return joined(mention.name for mention in found if isinstance(mention, ActorMention | PlaceMention))


def _voice(document: Document, voice: Attribution | None) -> str | None:
    if voice is None or voice.source_kind == "outlet":
        return document.info.outlet
    return voice.source_name or quoted(document, voice.source)
