"""What does one document say? The answers of every extractor, joined."""

from __future__ import annotations

from collections.abc import Iterable

from recoupe.extract.actors import find_actors
from recoupe.extract.claims import join
from recoupe.extract.events import find_events, find_sites
from recoupe.extract.factuality import assess_all
from recoupe.extract.figures import find_figures, standing_figures, whole_figures
from recoupe.extract.figures_nobody import find_nobody
from recoupe.extract.figures_tolls import find_toll
from recoupe.extract.labels import find_labels
from recoupe.extract.places import find_places
from recoupe.extract.places_given import resolve_given
from recoupe.extract.times import find_times
from recoupe.extract.tolls import with_tolls
from recoupe.extract.voices import find_voices
from recoupe.knowledge.actors import Register
from recoupe.knowledge.places import Gazetteer
from recoupe.language.enclosing import Enclosing
from recoupe.language.parsed import Parsed
from recoupe.model import Document, FigureMention, Mention, Reading, Span, TimeMention


def _counting(figures: Iterable[FigureMention], times: Iterable[TimeMention]) -> tuple[FigureMention, ...]:
    """The figures whose number is not of a date: "Jul 29 2015 Israeli strike" counts no strikes."""
    dates = Enclosing((Span(time.start, time.end), time) for time in times if time.timex in {"DATE", "TIME"})
    return tuple(figure for figure in figures if not any(dates.around(Span(figure.start, figure.start + 1))))


def read_parsed(document: Document, parsed: Parsed, register: Register, gazetteer: Gazetteer, headline: Parsed | None = None) -> Reading:
    """All that a parsed document says; the same input gives the same reading. `headline` is a title that stands beside the text."""
    times = find_times(parsed, document)
    named = find_actors(parsed, register, document.info.published.date_start)
    places = find_places(parsed, gazetteer, named)
    sites = [site for site in find_sites(parsed, named, places) if gazetteer.find_exact(parsed.text[site.start : site.end])]
    places += tuple(site for site in resolve_given(parsed, sites, gazetteer) if site is not None)
    figures = _counting(find_figures(parsed), times)
    standing = standing_figures(parsed, figures)
    whole = whole_figures(parsed, standing)
    nobody = find_nobody(parsed)
    attributions = find_voices(parsed, named)
    told = find_events(parsed, named, places, times, (*standing, *nobody), attributions)
    told = with_tolls(parsed, told, (*whole, *nobody), times, attributions)
    assessments = assess_all(parsed, told.occurrences, attributions, told.actors)
    titles = tuple(Span(block.start, block.end) for block in document.blocks if block.kind in {"title", "caption"})
    labels = find_labels(parsed, told.actors, attributions)
    claims = join(told, assessments, attributions, titles, places)
    mentions: tuple[Mention, ...] = (*told.actors, *places, *times, *figures, *nobody)
    return Reading(
        document=document.info,
        blocks=document.blocks,
        mentions=tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end, mention.id))),
        attributions=attributions,
        claims=claims,
        labels=labels,
        toll=find_toll(parsed, whole, nobody, claims, times, headline),
    )
