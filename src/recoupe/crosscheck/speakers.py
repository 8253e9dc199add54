"""Who speaks in an article, so that the same voice is the same in every article?

A voice is known by the register where its attribution says so, or where its words hold one actor of the register ("le quartier général du
général Franco" speaks for Franco's side, "M. Aguirre" is Aguirre). A shorter name of the same article is the longer one that holds its words, and the
source of a headline is the one of the text that is called so. A voice without any name is one article's own; one that is only taken up by a pronoun
which nothing explains, or not told at all, may be any that the article hears.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from recoupe.crosscheck.account import Speaker
from recoupe.crosscheck.sides import name_of, side_of
from recoupe.crosscheck.words import fold, name_words
from recoupe.language.sources import source_words
from recoupe.model import ActorMention, Attribution, Document, DocumentInfo, Reading, SourceKind, Span

UNNAMED = "an unnamed source"  # the name of a voice that has none
_SPOKEN_FOR: frozenset[SourceKind] = frozenset({"office", "document", "unnamed"})  # what they hold of a name tells for whom they speak


def speakers(document: Document, reading: Reading, own: Speaker) -> Mapping[str, Speaker]:
    """The voice of every attribution by its id; `own` is the article's."""
    known = sorted((mention for mention in reading.mentions if isinstance(mention, ActorMention) and mention.actor is not None), key=_start)
    found = {said.id: _speaker(document, known, said, own) for said in reading.attributions}
    called: dict[str | None, frozenset[str]] = defaultdict(frozenset)
    for actor, text in {(mention.actor, mention.text) for mention in known}:
        called[actor] |= name_words(text)
    sources = {said.id: name_words(f"{_written(document, said)} {found[said.id].name}") | called[found[said.id].key] for said in reading.attributions}
    headline = {said.id for said in reading.attributions if _in_title(document, said)}
    named = {key: (voice, sources[key]) for key, voice in found.items()}
    others = tuple(dict.fromkeys(reversed(named.values())))[::-1]
    longer = {key: _longer(voice, others, headline=key in headline) for key, voice in found.items()}
    return {key: longer[key] or voice for key, voice in found.items()}


def outlet(info: DocumentInfo) -> Speaker:
    """The voice of the article's outlet, of the article where that is unknown."""
    if info.outlet is None:
        return Speaker(f"article {info.id}", info.title or info.key, "outlet")
    return Speaker(key_of(info.outlet), info.outlet, "outlet")


def key_of(name: str) -> str:
    """The identity of a named voice: its words without order, case, accents and articles."""
    words = name_words(name)
    return " ".join(sorted(words)) or fold(name)


def _speaker(document: Document, known: Sequence[ActorMention], said: Attribution, own: Speaker) -> Speaker:
    words = _written(document, said)
    name = said.source_name or words
    if said.source_kind == "outlet":
        return own
    actor = said.source_actor or _known(said, name, known)
    if actor is not None and (said.source_actor or said.source_kind != "unnamed"):
        return Speaker(actor, name_of(actor) or name, said.source_kind, side_of(actor))
    if source_words(document.info.language).taking_up.issuperset(name.casefold().split()):
        return Speaker(f"article {document.info.id}: ", UNNAMED, "unnamed", described=True)
    if said.source_kind == "unnamed":
        return Speaker(f"article {document.info.id}: {fold(words)}", name, said.source_kind, side_of(actor) if actor else None)
    return Speaker(key_of(name), name, said.source_kind, described=said.source_kind == "media" and name[:1].islower())


def _known(said: Attribution, name: str, known: Sequence[ActorMention]) -> str | None:
    """The one actor of the register in the words of a source: of an office or a document any, of a person only by its own name."""
    inside = [mention for span in said.source for mention in _held(span, known)]
    if said.source_kind not in _SPOKEN_FOR:
        inside = [mention for mention in inside if name_words(name) <= name_words(f"{mention.text} {mention.name}")]
    actors = {mention.actor for mention in inside}
    return actors.pop() if len(actors) == 1 else None


def _held(span: Span, known: Sequence[ActorMention]) -> Iterator[ActorMention]:
    """The mentions, given in the order of the text, that stand inside a span."""
    within = known[bisect_left(known, span.start, key=_start) : bisect_left(known, span.end, key=_start)]
    return (mention for mention in within if mention.end <= span.end)


def _start(mention: ActorMention) -> int:
    return mention.start


def _longer(voice: Speaker, others: Iterable[tuple[Speaker, frozenset[str]]], *, headline: bool) -> Speaker | None:
    """The one voice of the article, of more words, that holds all of this one's; a headline names by half what the text names whole."""
    words = name_words(voice.name)
    if not words or (voice.side is not None and voice.kind != "unnamed"):
        return None
    holding = {other.key: other for other, held in others if words < held and other.key != voice.key and (headline or other.kind == voice.kind)}
    return next(iter(holding.values())) if len(holding) == 1 else None


def _written(document: Document, said: Attribution) -> str:
    return " ".join(" ".join(document.text[span.start : span.end] for span in said.source).split())


def _in_title(document: Document, said: Attribution) -> bool:
    titles = [block for block in document.blocks if block.kind == "title"]
    return any(block.start <= span.start < block.end for block in titles for span in said.source)
