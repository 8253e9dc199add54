"""Who says it? All attributions of a document: drafts by every rule, joined, named, chained and numbered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from recoupe.extract.voices.according import according_drafts
from recoupe.extract.voices.conditional import conditional_drafts
from recoupe.extract.voices.counts import count_drafts
from recoupe.extract.voices.draft import Draft, cut
from recoupe.extract.voices.identity import identify_all
from recoupe.extract.voices.known import Identity
from recoupe.extract.voices.nouns import noun_drafts
from recoupe.extract.voices.relays import Relayed, relay_drafts
from recoupe.extract.voices.reported import asides, clause_drafts
from recoupe.extract.voices.scene import Scene, set_scene
from recoupe.extract.voices.speech import speech_drafts
from recoupe.extract.voices.turns import turn_drafts
from recoupe.extract.voices.verbs import Saying, find_sayings
from recoupe.language.enclosing import Enclosing
from recoupe.language.parsed import Parsed
from recoupe.model import ActorMention, Attribution, Span


def find_voices(parsed: Parsed, actors: tuple[ActorMention, ...]) -> tuple[Attribution, ...]:
    """Every attribution of a document in the order of its cues, each with the one inside which it stands.

    >>> from recoupe.language.parse import parse_text
    >>> text = "Selon l'armée, la ville est tombée."
    >>> [(text[a.source[0].start:a.source[0].end], a.style) for a in find_voices(parse_text(text, "fr"), ())]
    [("l'armée", 'according')]
    """
    scene = set_scene(parsed, actors)
    sayings = find_sayings(scene)
    drafts = [*clause_drafts(scene, sayings), *according_drafts(scene), *noun_drafts(scene)]
    drafts = count_drafts(scene, drafts)
    drafts = speech_drafts(scene, sayings, drafts)
    drafts = _without_asides(scene, drafts, tuple(asides(scene, sayings)))
    drafts = _denied_alone(_cued_once(drafts))
    drafts.extend(turn_drafts(scene))
    drafts, links = relay_drafts(scene, drafts)
    drafts.extend(conditional_drafts(scene, drafts))
    order = sorted(range(len(drafts)), key=lambda place: _place(drafts[place]))
    place = {old: new for new, old in enumerate(order)}
    drafts = [drafts[old] for old in order]
    links = [Relayed(place[link.outer], place[link.inner], link.lasting) for link in links]
    relayed = {link.inner for link in links}
    said = _said(drafts)
    nested = frozenset(number for number in range(len(drafts)) if number not in relayed and _around(drafts, said, number) is not None)
    identities = identify_all(scene, drafts, nested)
    ids = _ids(drafts)
    parents = _parents(drafts, said, identities, links)
    return tuple(_attribution(draft, identities[number], ids, number, parents) for number, draft in enumerate(drafts))


def _without_asides(scene: Scene, drafts: Sequence[Draft], found: Sequence[tuple[Span, Saying]]) -> list[Draft]:
    """The drafts without the incises of others that stand in what they say: "Il va partir, rapporte la radio"."""
    holding = Enclosing((span, number) for number, draft in enumerate(drafts) if draft.style != "scare" for span in draft.content)
    kept = list(drafts)
    for aside, _ in found:
        for number in holding.around(aside):
            content = tuple(part for span in kept[number].content for part in cut(scene.parsed.text, span, aside))
            kept[number] = replace(kept[number], content=content or kept[number].content)
    return kept


def _cued_once(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts without those whose cue ends another's that says the same: "[[fait savoir]]" and "savoir"."""
    cues = Enclosing((span, draft) for draft in drafts for span in draft.cue)
    return [draft for draft in drafts if not any(_is_part_of(draft, other) for span in draft.cue for other in cues.around(span))]


def _is_part_of(draft: Draft, other: Draft) -> bool:
    return draft.content == other.content and any(one.start < own.start and one.end == own.end for one in other.cue for own in draft.cue)


def _denied_alone(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, where a denial behind what somebody says denies that and not that it was said: "Elle accuse l'Iran d'avoir tiré, ce que Téhéran nie"."""
    kept = list(drafts)
    for number, denial in enumerate(drafts):
        if not denial.denial or not denial.cue or len(denial.content) != 1 or denial.content[0].end > denial.cue[0].start:
            continue
        (whole,) = denial.content
        for place, told in enumerate(drafts):
            if place != number and told.cue and told.content and whole.start < told.cue[0].start < told.content[0].start < whole.end:
                said = Span(told.content[0].start, min(told.content[0].end, whole.end))
                kept[number] = replace(denial, content=(said,))
                kept[place] = replace(told, content=(said,))
                break
    return kept


def _place(draft: Draft) -> tuple[int, int]:
    first = draft.cue[0] if draft.cue else draft.content[0]
    return first.start, first.end


def _ids(drafts: Sequence[Draft]) -> list[str]:
    seen: Counter[str] = Counter()
    found = []
    for draft in drafts:
        start, end = _place(draft)
        name = f"said:{start}-{end}"
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name}.{seen[name]}")
    return found


def _parents(drafts: Sequence[Draft], said: Enclosing[int], identities: Sequence[Identity], links: Sequence[Relayed]) -> dict[int, int]:
    """Inside which attribution each one stands: the relay that passes it on, the smallest content that holds its cue, or a lasting interview."""
    parents = {link.inner: link.outer for link in links}
    lasting = {identities[link.inner].person: link for link in links if link.lasting and identities[link.inner].person}
    for number, draft in enumerate(drafts):
        if number in parents or draft.style == "scare":
            continue
        around = _around(drafts, said, number)
        if around is not None:
            parents[number] = around
            continue
        link = lasting.get(identities[number].person) if identities[number].person else None
        if link is not None and number > link.inner and number != link.outer:
            parents[number] = link.outer
    return {child: parent for child, parent in parents.items() if not _circular(parents, child)}


def _said(drafts: Sequence[Draft]) -> Enclosing[int]:
    """The numbers of the drafts by what their sources say."""
    return Enclosing((span, number) for number, draft in enumerate(drafts) if draft.style != "scare" for span in draft.content)


def _around(drafts: Sequence[Draft], said: Enclosing[int], number: int) -> int | None:
    draft = drafts[number]
    at = draft.cue[0] if draft.cue else draft.content[0]
    holding = [
        (sum(span.end - span.start for span in drafts[place].content), place)
        for place in said.around(at)
        if place != number and drafts[place].content != draft.content
    ]
    return min(holding)[1] if holding else None


def _circular(parents: dict[int, int], child: int) -> bool:
    at, steps = child, 0
    while at in parents and steps <= len(parents):
        at, steps = parents[at], steps + 1
        if at == child:
            return True
    return False


def _attribution(draft: Draft, identity: Identity, ids: Sequence[str], number: int, parents: dict[int, int]) -> Attribution:
    return Attribution(
        id=ids[number],
        source=draft.source,
        source_kind=identity.kind,
        source_actor=identity.actor,
        source_name=identity.name,
        cue=draft.cue,
        content=tuple(sorted(draft.content)),
        style=draft.style,
        stance=draft.stance,
        denial=draft.denial,
        parent=ids[parents[number]] if number in parents else None,
        rule=draft.rule,
    )
