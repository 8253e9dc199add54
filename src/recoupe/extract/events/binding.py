"""Where, when and how many? Places, times and figures tied to the events of their clause, else to those of their passage, with abstention.

A mention belongs to the nearest event above it in the tree. What stands alone in a sentence holds for the events of that sentence; a place or
date given once holds on for the following sentences of its paragraph, as long as nothing else is given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from recoupe.extract.events.mentions import MentionIndex
from recoupe.language.enclosing import Enclosing
from recoupe.language.parsed import Parsed, Token
from recoupe.language.triggers import event_words
from recoupe.model import EventType, FigureMention, Measure, PlaceMention, Span, TimeMention

Mention = TypeVar("Mention", PlaceMention, TimeMention)

_TOLL: frozenset[Measure] = frozenset({"killed", "wounded", "casualties", "missing"})
_CLEAR = 2  # places or days; a sentence with more is about several events, and none of them holds on
_CARRIED = 2  # sentences that a place or a date holds on
_TAKEN_UP = 3  # sentences after which an assault is still taken up again by a bare noun
_BLASTS = frozenset({"explosives", "suicide-attack"})
_WORDS: frozenset[EventType] = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION"})
_MATERIAL: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "PROTEST", "AID"})


class Scene(Struct, frozen=True):
    """What the binding of an event needs: its trigger's token, the words that carry it, its nouns, its sentence and paragraph, its type and mode."""

    token: Token
    nouns: tuple[Token, ...]
    anchors: tuple[int, ...]
    sentence: int
    paragraph: int
    type: EventType
    mode: str | None = None


class Setting(Struct, frozen=True):
    """The mentions tied to one event."""

    places: tuple[PlaceMention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    figures: tuple[FigureMention, ...] = ()


def bind(parsed: Parsed, mentions: MentionIndex, sources: Sequence[Span], scenes: Sequence[Scene]) -> list[Setting]:
    """The setting of each event, in the order of the events; a place inside one of `sources` is the speaker's."""
    if not scenes:
        return []
    speakers = Enclosing((span, span) for span in sources)
    places = {mention.id: mention for mention in mentions.places.values() if not any(speakers.around(Span(mention.start, mention.end)))}
    ordered = sorted(places.values(), key=lambda mention: mention.start)
    where = _tie(parsed, mentions, scenes, ordered, alone=True)
    when = _tie(parsed, mentions, scenes, [time for time in mentions.times if time.timex in {"DATE", "TIME"}], alone=True)
    lasting = _tie(parsed, mentions, scenes, [time for time in mentions.times if time.timex in {"DURATION", "SET"}], alone=False)
    many = _figures(parsed, mentions, scenes)
    _name_towns(parsed, scenes, ordered, where)
    again = _taken_up(parsed, scenes)
    _share(again, where)
    _share(again, when)
    _carry(scenes, again, where)
    _carry(scenes, again, when)
    return [
        Setting(tuple(where.get(number, ())), (*when.get(number, ()), *lasting.get(number, ())), tuple(many.get(number, ())))
        for number in range(len(scenes))
    ]


def _tie(parsed: Parsed, mentions: MentionIndex, scenes: Sequence[Scene], found: Iterable[Mention], *, alone: bool) -> dict[int, list[Mention]]:
    anchors = _anchors(scenes)
    tied: dict[int, list[Mention]] = {}
    free: dict[int, list[Mention]] = {}
    for mention in found:
        head = mentions.head_of(mention)
        if head is None or _names_a_party(mentions, mention, head):
            continue
        above = _nearest(parsed, head, anchors)
        if isinstance(mention, TimeMention) and (_in_aside(parsed, head, anchors) or (mention.timex != "SET" and _is_since(parsed, head, anchors))):
            continue
        if above:
            for number in above:
                if scenes[number].type not in _WORDS or _in_clause(parsed, head, scenes[number]):
                    tied.setdefault(number, []).append(mention)
        else:
            free.setdefault(parsed.sentence_of(head).index, []).append(mention)
    if alone:
        for number, scene in enumerate(scenes):
            if number not in tied and scene.sentence in free and scene.type not in _WORDS:
                tied[number] = list(free[scene.sentence])
        _inherit(parsed, scenes, anchors, tied)
    return tied


def _in_aside(parsed: Parsed, head: Token, anchors: Mapping[int, list[int]]) -> bool:
    """Whether a date stands in a relative clause without an event ("the road that was cut on Thursday"): it dates nothing else."""
    for above in parsed.ancestors(head):
        if above.index in anchors:
            return False
        if above.dep.startswith("acl:relcl"):
            return not any(token.index in anchors for token in parsed.subtree(above))
    return False


def _is_since(parsed: Parsed, head: Token, anchors: Mapping[int, list[int]]) -> bool:
    """Whether what a mention belongs to is only compared with the event above it: "the worst attack since the start of the war six years ago".

    "Since Sunday" itself dates what began then.
    """
    words, onsets = event_words(parsed.language).since, event_words(parsed.language).onsets
    for token in (head, *parsed.ancestors(head)):
        if token.index in anchors and token is not head:
            return False
        opened = parsed.children(token, "mark", "case") if token.lemma.lower() in onsets else parsed.children(token, "mark")
        if any(child.norm in words for child in opened):
            return True
    return False


def _in_clause(parsed: Parsed, head: Token, scene: Scene) -> bool:
    """Whether a mention stands in the very clause of what is said: where a threat is made is not where it would come true."""
    for above in parsed.ancestors(head):
        if above.index in scene.anchors:
            return True
        if above.pos in {"VERB", "AUX"}:
            return False
    return False


def _names_a_party(mentions: MentionIndex, mention: Mention, head: Token) -> bool:
    """Whether a place is but part of a party's name ("Unités de mobilisation populaire d'Irak")."""
    actor = mentions.actor_at(head)
    return actor is not None and (actor.start, actor.end) != (mention.start, mention.end)


def _anchors(scenes: Sequence[Scene]) -> dict[int, list[int]]:
    anchors: dict[int, list[int]] = {}
    for number, scene in enumerate(scenes):
        for index in scene.anchors:
            anchors.setdefault(index, []).append(number)
    return anchors


def _nearest(parsed: Parsed, head: Token, anchors: Mapping[int, list[int]]) -> list[int]:
    """The events that govern a mention: the first above it, or the nearest within a clause that it stands in ("viennent de frapper … à Bagdad")."""
    for above in (head, *parsed.ancestors(head)):
        if above.index in anchors:
            return anchors[above.index]
        if above.pos == "VERB":
            within = [token.index for token in parsed.subtree(above) if token.index in anchors]
            if within:
                return anchors[min(within, key=lambda index: abs(index - head.index))]
    return []


def _inherit(parsed: Parsed, scenes: Sequence[Scene], anchors: Mapping[int, list[int]], tied: dict[int, list[Mention]]) -> None:
    """An event below or beside another in its sentence shares what is tied to that one."""
    for number, scene in enumerate(scenes):
        if number in tied or scene.type not in _MATERIAL:
            continue
        for above in parsed.ancestors(scene.token):
            nearest = [other for other in anchors.get(above.index, ()) if other in tied and scenes[other].type in _MATERIAL]
            if nearest:
                tied[number] = list(tied[nearest[0]])
                break


def _name_towns(parsed: Parsed, scenes: Sequence[Scene], places: Sequence[PlaceMention], tied: dict[int, list[PlaceMention]]) -> None:
    """ "La ville", where the text named one: the last town before it, outside datelines."""
    words = event_words(parsed.language)
    town_words = words.members("town")
    for number, scene in enumerate(scenes):
        nouns = [noun for noun in scene.nouns if noun.lemma.lower() in town_words or noun.norm in town_words]
        if number in tied or not any(_is_definite(parsed, noun, words.definite) for noun in nouns):
            continue
        before = [place for place in places if place.end <= nouns[0].start]
        named = [place for place in before if place.feature == "town" and _block(parsed, place) != "dateline"]
        if named:
            tied[number] = [named[-1]]


def _is_definite(parsed: Parsed, noun: Token, articles: Collection[str]) -> bool:
    return any(child.norm in articles for child in parsed.children(noun, "det"))


def _block(parsed: Parsed, place: PlaceMention) -> str | None:
    sentence = parsed.sentence_at(place.start)
    return sentence.block if sentence is not None else None


def _taken_up(parsed: Parsed, scenes: Sequence[Scene]) -> dict[int, int]:
    """For an assault named by a noun with a definite article ("the blast", "cette attaque") the number of the assault told before that it means.

    It is the nearest of some sentences back that has the same noun, else the nearest of a mode that goes with its own.
    """
    articles = event_words(parsed.language).definite
    order = sorted((number for number, scene in enumerate(scenes) if scene.type == "ASSAULT"), key=lambda one: scenes[one].token.index)
    found: dict[int, int] = {}
    for place, number in enumerate(order):
        scene = scenes[number]
        if scene.token.pos != "NOUN" or not _is_definite(parsed, scene.token, articles):
            continue
        near = [one for one in reversed(order[:place]) if 0 < scene.sentence - scenes[one].sentence <= _TAKEN_UP]
        alike = [one for one in near if scenes[one].token.lemma == scene.token.lemma] or [one for one in near if _go_together(scene, scenes[one])]
        if alike:
            found[number] = found.get(alike[0], alike[0])
    return found


def _go_together(later: Scene, first: Scene) -> bool:
    return later.mode == first.mode or later.mode is None or (later.mode in _BLASTS and first.mode in _BLASTS)


def _share(again: Mapping[int, int], tied: dict[int, list[Mention]]) -> None:
    """What one of several mentions of an assault is given holds for all that have none of their own."""
    chains: dict[int, list[int]] = {}
    for number, first in sorted(again.items()):
        chains.setdefault(first, [first]).append(number)
    for chain in chains.values():
        given = next((tied[number] for number in chain if number in tied and len(tied[number]) <= _CLEAR), None)
        if given is not None:
            for number in chain:
                tied.setdefault(number, list(given))


def _carry(scenes: Sequence[Scene], again: Mapping[int, int], tied: dict[int, list[Mention]]) -> None:
    """What was said of the passage holds on: the last setting of the paragraph, at most some sentences back; not for what was told before it."""
    last: tuple[int, int, list[Mention]] | None = None
    for number in sorted(range(len(scenes)), key=lambda one: scenes[one].token.index):
        scene = scenes[number]
        if number in tied:
            if scene.type in _MATERIAL and len(tied[number]) <= _CLEAR:
                last = (scene.paragraph, scene.sentence, tied[number])
        elif (
            last is not None
            and number not in again
            and scene.type == "ASSAULT"
            and last[0] == scene.paragraph
            and 0 < scene.sentence - last[1] <= _CARRIED
        ):
            tied[number] = list(last[2])


def _figures(parsed: Parsed, mentions: MentionIndex, scenes: Sequence[Scene]) -> dict[int, list[FigureMention]]:
    anchors = _anchors(scenes)
    tied: dict[int, list[FigureMention]] = {}
    for figure in mentions.figures:
        head = mentions.head_of(figure)
        if head is None:
            continue
        if _is_since(parsed, head, anchors):
            continue
        above = _nearest(parsed, head, anchors)
        if figure.measure in _TOLL:
            harming = [number for number in above if scenes[number].type in {"ASSAULT", "PROTEST", "COERCE"}]
            above = harming or _toll_of(parsed, scenes, head) or _toll_before(parsed, mentions, scenes, head)
        for number in above[:1] if figure.measure in _TOLL else above:
            tied.setdefault(number, []).append(figure)
    return tied


def _toll_before(parsed: Parsed, mentions: MentionIndex, scenes: Sequence[Scene], head: Token) -> list[int]:
    """The last assault of the sentences before a toll that none of its own sentence governs: "Trois soldats sont morts", where no day is given anew."""
    here = parsed.sentence_of(head)
    if any(time.timex in {"DATE", "TIME"} and here.start <= time.start < here.end and time.anchor is None for time in mentions.times):
        return []
    near = [number for number, scene in enumerate(scenes) if scene.type == "ASSAULT" and 0 < here.index - scene.sentence <= _CARRIED]
    return sorted(near, key=lambda number: -scenes[number].token.index)[:1]


def _toll_of(parsed: Parsed, scenes: Sequence[Scene], head: Token) -> list[int]:
    """The assault of the sentence nearest to a toll that no event governs."""
    sentence = parsed.sentence_of(head).index
    near = [number for number, scene in enumerate(scenes) if scene.type == "ASSAULT" and scene.sentence == sentence]
    return sorted(near, key=lambda number: abs(scenes[number].token.index - head.index))[:1]
