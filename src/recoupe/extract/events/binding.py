"""Where, when and how many? Places, times and figures tied to the events of their clause, else to those of their passage, with abstention.

A mention belongs to the nearest event above it in the tree. What stands alone in a sentence holds for the events of that sentence; a place or
date given once holds on for the following sentences of its paragraph, as long as nothing else is given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from recoupe.extract.events.mentions import MentionIndex
from recoupe.extract.events.nested import in_aside, in_comparison, innermost, on_another, whose_it_is
from recoupe.language.enclosing import Enclosing
from recoupe.language.parsed import Parsed, Token
from recoupe.language.triggers import event_words
from recoupe.model import EventType, FigureMention, Measure, PlaceMention, Span, TimeMention

Mention = TypeVar("Mention", PlaceMention, TimeMention)

_TOLL: frozenset[Measure] = frozenset({"killed", "wounded", "casualties", "missing"})
_PARTING = frozenset({",", ";", ":", "–"})
_CLOSE = 3  # characters between a place and the "où" that follows it
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
    objects: tuple[Token, ...] = ()


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
    days = [time for time in mentions.times if time.timex in {"DATE", "TIME"} and not _is_of_place(parsed, mentions, time)]
    when = _tie(parsed, mentions, scenes, days, alone=True)
    lasting = _tie(parsed, mentions, scenes, [time for time in mentions.times if time.timex in {"DURATION", "SET"}], alone=False)
    many = _figures(parsed, mentions, scenes)
    _name_towns(parsed, scenes, ordered, where)
    again = _taken_up(parsed, scenes)
    _share(again, where)
    _share(again, when)
    _carry(scenes, again, where)
    _carry(scenes, again, when)
    return [
        Setting(innermost(parsed, where.get(number, ())), (*when.get(number, ()), *lasting.get(number, ())), tuple(many.get(number, ())))
        for number in range(len(scenes))
    ]


def _tie(parsed: Parsed, mentions: MentionIndex, scenes: Sequence[Scene], found: Iterable[Mention], *, alone: bool) -> dict[int, list[Mention]]:
    anchors, ordered = _anchors(scenes), tuple(found)
    tied: dict[int, list[Mention]] = {}
    free: dict[int, list[Mention]] = {}
    for mention in ordered:
        head = mentions.head_of(mention)
        if head is None or _names_a_party(mentions, mention, head):
            continue
        above = _closed_late(parsed, head, _nearest(parsed, head, anchors), scenes)
        if _elsewhere(parsed, mentions, mention, head, anchors) or _is_since_then(parsed, mention, head, anchors):
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
        _where_led(parsed, scenes, ordered, tied)
        _inherit(parsed, scenes, anchors, tied)
        _from_object(scenes, anchors, tied)
    return tied


def _is_of_place(parsed: Parsed, mentions: MentionIndex, time: TimeMention) -> bool:
    """Whether what looks like a time is a place's name ("le désert de [[Midi]]")."""
    return all(mentions.place_at(token) is not None for token in parsed.tokens_in(time.start, time.end))


def _where_led(parsed: Parsed, scenes: Sequence[Scene], found: Sequence[Mention], tied: dict[int, list[Mention]]) -> None:
    """An event in a clause with "où" is at the place or on the day that stands right before it ("à Anbar, [[où les combats]] continuent")."""
    leads = event_words(parsed.language).relative_where
    for number, scene in enumerate(scenes):
        lead = None if number in tied else _lead(parsed, scene.token, leads)
        before = [mention for mention in found if lead is not None and mention.end <= lead.start <= mention.end + _CLOSE]
        if before:
            tied[number] = before[-1:]


def _lead(parsed: Parsed, token: Token, leads: Collection[str]) -> Token | None:
    """The word that leads the relative clause of a token, where it is one of `leads`."""
    for clause in (token, *parsed.ancestors(token)):
        if clause.dep.startswith("acl:relcl"):
            return next((child for child in parsed.children(clause) if child.norm in leads and child.index < clause.index), None)
    return None


def _from_object(scenes: Sequence[Scene], anchors: Mapping[int, list[int]], tied: dict[int, list[Mention]]) -> None:
    """A verb whose object is an event is where and when that event is ("repousser [[une percée dans le sud de Homs]]")."""
    for number, scene in enumerate(scenes):
        for noun in scene.objects:
            inner = [other for other in anchors.get(noun.index, ()) if other != number and other in tied and scenes[other].type in _MATERIAL]
            if inner and scene.type in _MATERIAL:
                tied[number] = list(tied[inner[0]])


def _is_since_then(parsed: Parsed, mention: Mention, head: Token, anchors: Mapping[int, list[int]]) -> bool:
    """Whether a mention is a time of what an event is only compared with."""
    return isinstance(mention, TimeMention) and mention.timex != "SET" and _is_since(parsed, head, anchors)


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


def _elsewhere(parsed: Parsed, mentions: MentionIndex, mention: Mention, head: Token, anchors: Mapping[int, list[int]]) -> bool:
    """Whether a mention sets no event: one of a comparison, a day of an aside, a place of an aside on another place, or on who acts."""
    if in_comparison(parsed, head, anchors) or _of_a_later_deed(parsed, head, anchors):
        return True
    if isinstance(mention, TimeMention):
        return in_aside(parsed, head, anchors)
    if mention.feature == "country" and whose_it_is(parsed, head, mentions.is_foreign_party):
        return True
    return on_another(parsed, head, anchors, mentions.places)


def _of_a_later_deed(parsed: Parsed, head: Token, anchors: Mapping[int, list[int]]) -> bool:
    """Whether a mention belongs to a verb without an event whose subject an event only describes ("les soldats tués … ont été inhumés [[samedi]]")."""
    verb = parsed.head(head)
    if verb is None or verb.pos != "VERB" or verb.index in anchors or head.index in anchors or verb.dep not in {"ROOT", "conj"}:
        return False
    within = [token for token in parsed.subtree(verb) if token.index in anchors]
    return bool(within) and all(_describes_subject(parsed, token, verb) for token in within)


def _describes_subject(parsed: Parsed, event: Token, verb: Token) -> bool:
    """Whether an event stands in a clause that describes the subject of a verb."""
    below, described = event, False
    for above in parsed.ancestors(event):
        described = described or below.dep.startswith("acl")
        if above == verb:
            return described and below.dep in {"nsubj", "nsubj:pass"}
        below = above
    return False


def _closed_late(parsed: Parsed, head: Token, above: list[int], scenes: Sequence[Scene]) -> list[int]:
    """The events that govern a mention, put right where the parser hung it over a whole clause: what follows a clause closely belongs to it.

    In "X a multiplié les assauts, alors que Y a frappé la base à l'ouest de Z" the place is of the second event.
    """
    outer = [scenes[number].token for number in above if scenes[number].token.index < head.index]
    if not outer:
        return above
    reach = max(token.index for token in outer)
    between = [number for number, scene in enumerate(scenes) if number not in above and reach < scene.token.index < head.index]
    for number in sorted(between, key=lambda one: scenes[one].token.index, reverse=True):
        token = scenes[number].token
        if (
            token.pos != "VERB"
            or scenes[number].type not in _MATERIAL
            or not any(one.index in {t.index for t in outer} or one.index in scenes[above[0]].anchors for one in parsed.ancestors(token))
        ):
            continue
        if not _is_parted(parsed, token, head):
            return [number]
        return above
    return above


def _is_parted(parsed: Parsed, first: Token, later: Token) -> bool:
    """Whether a comma or the like stands between two words, outside brackets, or another verb."""
    depth = 0
    for token in parsed.tokens[first.index + 1 : later.index]:
        depth += (token.norm == "(") - (token.norm == ")")
        if depth == 0 and (token.norm in _PARTING or token.pos == "VERB" or token.dep == "cc"):
            return True
    return False


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
    """ "La ville", where the text named one, and "cette région": the last town, or the last place of any kind, before it, outside datelines."""
    words = event_words(parsed.language)
    towns, areas = words.members("town"), words.members("area")
    for number, scene in enumerate(scenes):
        if number in tied:
            continue
        for noun in scene.nouns:
            is_town = noun.lemma.lower() in towns or noun.norm in towns
            shown = (noun.lemma.lower() in areas or noun.norm in areas) and _is_definite(parsed, noun, words.demonstrative)
            if not shown and not (is_town and _is_definite(parsed, noun, words.definite)):
                continue
            before = [place for place in places if place.end <= noun.start and _block(parsed, place) != "dateline"]
            named = [place for place in before if place.feature == "town" or not is_town]
            if named:
                tied[number] = [named[-1]]
            break


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
    """What was said of the passage holds on: the last setting of the paragraph, at most some sentences back; not for what was told before it.

    Beside a place that no gazetteer holds stands the last one told, where it must lie. What an event merely takes up was said before its sentence, and holds for the others of it.
    """
    last: tuple[int, range, list[Mention]] | None = None
    for number in sorted(range(len(scenes)), key=lambda one: scenes[one].token.index):
        scene = scenes[number]
        if number in tied:
            if last is not None and last[0] == scene.paragraph and scene.sentence in last[1] and all(_is_unknown(one) for one in tied[number]):
                tied[number] = tied[number] + last[2]
            if scene.type in _MATERIAL and len(tied[number]) <= _CLEAR:
                last = (scene.paragraph, range(scene.sentence + (number not in again), scene.sentence + _CARRIED + 1), tied[number])
        elif last is not None and number not in again and scene.type == "ASSAULT" and last[0] == scene.paragraph and scene.sentence in last[1]:
            tied[number] = list(last[2])


def _is_unknown(mention: PlaceMention | TimeMention) -> bool:
    return isinstance(mention, PlaceMention) and mention.latitude is None and not mention.candidates


def _figures(parsed: Parsed, mentions: MentionIndex, scenes: Sequence[Scene]) -> dict[int, list[FigureMention]]:
    anchors, units = _anchors(scenes), event_words(parsed.language).members("unit")
    tied: dict[int, list[FigureMention]] = {}
    for figure in mentions.figures:
        head = mentions.head_of(figure)
        if head is None or _is_since(parsed, head, anchors) or (figure.measure == "other" and head.lemma in units):
            continue
        above = _nearest(parsed, head, anchors)
        if figure.measure in _TOLL:
            harming = [number for number in above if scenes[number].type in {"ASSAULT", "PROTEST", "COERCE"}]
            above = harming or _toll_of(parsed, scenes, head)
        for number in above[:1] if figure.measure in _TOLL else above:
            tied.setdefault(number, []).append(figure)
    return tied


def _toll_of(parsed: Parsed, scenes: Sequence[Scene], head: Token) -> list[int]:
    """The assault of the sentence nearest to a toll that no event governs."""
    sentence = parsed.sentence_of(head).index
    near = [number for number, scene in enumerate(scenes) if scene.type == "ASSAULT" and scene.sentence == sentence]
    return sorted(near, key=lambda number: abs(scenes[number].token.index - head.index))[:1]
