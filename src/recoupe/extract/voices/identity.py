"""Who is the source? Its kind, its name, and who a pronoun or a description takes up again; open when the text does not say."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence

from recoupe.extract.voices.draft import Draft, span_of
from recoupe.extract.voices.known import (
    OPEN,
    OUTLET,
    Identity,
    Known,
    Number,
    bare,
    by_kind,
    by_noun,
    by_pronoun,
    is_definite,
    last,
    number_of,
    whole_name,
)
from recoupe.extract.voices.scene import Scene
from recoupe.extract.voices.subject import is_relative, noun_phrase
from recoupe.language.parsed import Token
from recoupe.model import ActorMention, SourceKind, Span

_FAR_BACK = 6_000  # characters over which a pronoun or description still takes up a speaker


def identify_all(scene: Scene, drafts: Sequence[Draft], nested: frozenset[int]) -> list[Identity]:
    """The identity of every draft's source; the drafts stand in the order of the text, `nested` are those inside what another says."""
    known: list[Known] = sorted(_named_in_passing(scene), key=_standing)
    found: list[Identity] = []
    for number, draft in enumerate(drafts):
        at = draft.source[0].start if draft.source else draft.content[0].start
        before = known[bisect_right(known, at - _FAR_BACK, key=_standing) : bisect_left(known, at, key=_standing)]
        identity = _identify(scene, draft, before)
        found.append(identity)
        if draft.style != "scare":
            insort(known, _remember(scene, draft, identity, at, top=number not in nested), key=_standing)
    return found


def _standing(person: Known) -> int:
    return person.at


def _identify(scene: Scene, draft: Draft, known: list[Known]) -> Identity:
    if draft.style == "scare":
        return OUTLET
    if draft.carried:
        return next((person.identity for person in reversed(known) if person.spoke and person.identity.kind != "media"), OPEN)
    if draft.head is None or not draft.source:
        return OPEN
    head = scene.parsed.tokens[draft.head]
    if head.norm.strip("-") in bare(scene.sources.first):
        return OPEN
    if head.pos == "PRON" or head.norm in scene.words.pronouns or head.norm in scene.sources.possessive or head.dep == "nmod:poss":
        return by_pronoun(scene, head, [person for person in known if not _said_of(draft, person)])
    own = _named(scene, draft, head, known)
    return own if own is not None else _described(scene, draft, head, known)


def _said_of(draft: Draft, person: Known) -> bool:
    """Whether somebody is named only in what is said, so that it is not who says it."""
    return not person.spoke and any(span.start <= person.at < span.end for span in draft.content)


def _named(scene: Scene, draft: Draft, head: Token, known: list[Known]) -> Identity | None:
    """A source whose own words hold its name: the head, its apposition, or a register actor."""
    span = draft.source[0]
    media = _outlet_name(scene, span)
    if media is not None and (head.lemma in scene.words.media or _is_whole_name(scene, head, media)):
        return Identity("media", _actor_id(scene, head), media, media)
    actor = _actor(scene, head)
    taken = by_kind(scene, head, known) if actor is None or actor.actor is None else None
    if taken is not None:
        return taken
    name = None if _is_plain_noun(scene, head) else _own_name(scene, head, span)
    if name is None:
        if actor is None or actor.actor is None:
            return None
        return Identity(_kind(scene, head), actor.actor, actor.name, actor.actor)
    text = _untitled(scene, scene.parsed.text[name.start : name.end].strip())
    whole = whole_name(text, known)
    if whole is not None:
        return whole
    actor = _actor(scene, scene.parsed.token_at(name.start) or head)
    medium = any(part.norm in scene.words.media for part in scene.parsed.tokens_in(span.start, span.end))
    kind: SourceKind = "document" if head.lemma in scene.words.document else "media" if medium else "named"
    if actor is not None:
        return Identity(kind, actor.actor, actor.name if actor.actor else text, actor.actor or text)
    return Identity(kind, None, text, text)


def _is_plain_noun(scene: Scene, head: Token) -> bool:
    """Whether a capital makes a name of what is a noun of people: "Historians say"."""
    people = scene.words.person | scene.words.unnamed
    return head.text[:1].isupper() and len(_name_of(scene, head)) == len(head.text) and plain_noun(scene, head) in people


def _name_of(scene: Scene, head: Token) -> str:
    name = scene.name_at.get(head.index, Span(head.start, head.end))
    return scene.parsed.text[name.start : name.end]


def plain_noun(scene: Scene, head: Token) -> str:
    """The lemma of a source's head as the pack writes it, where the model took it for a name: "Historians" is "historian"."""
    if head.lemma in scene.words.speakers:
        return head.lemma
    forms = (head.norm, head.norm.removesuffix("s"))
    return next((form for form in forms if form in scene.words.person or form in scene.words.unnamed), head.lemma)


def _untitled(scene: Scene, text: str) -> str:
    """A name without the titles and roles before it, and without what stands in brackets behind it."""
    words = text.split(" (")[0].split()
    titles = {title.casefold() for title in scene.sources.titles}
    while len(words) > 1 and (words[0].casefold() in titles or words[0].casefold() in scene.words.office):
        words.pop(0)
    return " ".join(words)


def _own_name(scene: Scene, head: Token, span: Span) -> Span | None:
    """The name that is the head itself or stands in apposition to it, inside the source's words."""
    name = scene.name_at.get(head.index)
    if name is not None and span.start <= name.start < span.end and (head.pos == "PROPN" or head.text[:1].isupper()):
        return _proper(scene, name, span)
    at = [token.index for token in scene.parsed.tokens_in(span.start, span.end)]
    inside = {names[index] for names in (scene.name_at, scene.model_name_at) for index in at if index in names}
    for name in sorted(inside, key=lambda name: name.start):
        if span.start <= name.start and name.end <= span.end and name.start > head.start and _apposed(scene, head, name):
            return _proper(scene, name, span)
    if head.pos == "PROPN" and span.start <= head.start < span.end:
        parts = [head, *(part for part in scene.parsed.children(head, "flat", "compound") if part.pos == "PROPN")]
        return Span(min(part.start for part in parts), max(part.end for part in parts))
    return None


def _apposed(scene: Scene, head: Token, name: Span) -> bool:
    """Whether a name behind the head is the head's own: a person's, not led in by a preposition, not inside a clause about the head."""
    token = scene.parsed.token_at(name.start)
    if token is None or not token.index:
        return False
    before = scene.parsed.tokens[token.index - 1]
    person = token.index in scene.person_at or _actor(scene, token) is not None or head.lemma in scene.words.media
    if before.pos == "ADP" or before.dep == "case" or not person:
        return False
    between = scene.parsed.tokens[head.index + 1 : token.index]
    return not any(other.pos in ("VERB", "AUX") for other in between)


def _proper(scene: Scene, name: Span, span: Span) -> Span | None:
    inside = [part for part in scene.parsed.tokens_in(name.start, min(name.end, span.end)) if part.pos != "DET" and not part.text[:1].islower()]
    return Span(inside[0].start, inside[-1].end) if inside else None


def _is_whole_name(scene: Scene, head: Token, media: str) -> bool:
    """Whether the source is the medium's name itself, and not a person of that name."""
    name = scene.name_at.get(head.index, Span(head.start, head.end))
    words = scene.parsed.text[name.start : name.end].casefold().replace("’", "'").removeprefix("l'")
    return len(words) <= len(media) + 8 and words.startswith((media.casefold(), "the " + media.casefold()))


def _outlet_name(scene: Scene, span: Span) -> str | None:
    """The name of a medium among the words of the source."""
    words = scene.parsed.text[span.start : span.end].casefold()
    best = ""
    for name in scene.sources.outlets:
        if len(name) > len(best):
            at = words.find(name.casefold())
            if at >= 0 and (at == 0 or not words[at - 1].isalnum()) and not words[at + len(name) : at + len(name) + 1].isalnum():
                best = name
    return best or None


def _actor(scene: Scene, head: Token) -> ActorMention | None:
    return scene.actor_at.get(head.index)


def _actor_id(scene: Scene, head: Token) -> str | None:
    actor = _actor(scene, head)
    return actor.actor if actor else None


def _kind(scene: Scene, head: Token) -> SourceKind:
    noun = plain_noun(scene, head)
    if head.lemma in scene.words.document:
        return "document"
    if head.lemma in scene.words.media:
        return "media"
    if head.norm in scene.words.pronouns:
        return "unnamed"
    plural = number_of(head) == "several"
    definite = is_definite(scene, head)
    if head.lemma in scene.words.office and definite and not plural:
        return "office"
    if noun in scene.words.unnamed or _is_plain_noun(scene, head) or not definite:
        return "unnamed"
    if head.lemma in scene.words.body or head.pos == "PROPN" or head.text[:1].isupper():
        return "named"
    return "unnamed"


def _described(scene: Scene, draft: Draft, head: Token, known: list[Known]) -> Identity:
    """A description without a name: taken up by its noun ("l'expert"), or as the last person who spoke; otherwise what it says of itself."""
    kind = _kind(scene, head)
    span = draft.source[0]
    words = _bare_words(scene, span)
    actor = _actor(scene, head)
    if head.norm in scene.sources.latter:
        return last(known, number_of(head) if number_of(head) != "unknown" else "one", None, 0)
    singular = number_of(head) != "several"
    if is_definite(scene, head) and singular and (head.lemma in scene.words.person or head.lemma in scene.words.office):
        taken = by_noun(scene, draft, head, known)
        if taken is not None:
            return taken
    if kind == "document":
        document = _document(scene, head, known)
        if document is not None:
            return document
    name = actor.name if actor is not None and actor.actor is not None else _unled(scene, words)
    if kind == "unnamed" and head.norm in scene.words.pronouns:
        return OPEN
    return Identity(kind, actor.actor if actor else None, name, (actor.actor if actor and actor.actor else None) or name.casefold())


def _document(scene: Scene, head: Token, known: list[Known]) -> Identity | None:
    """A document speaks for whoever issued it; without an owner of its own it is the one of the same noun named before."""
    owner = next((child for child in scene.parsed.children(head, "nmod") if child.index > head.index and _issues(scene, child)), None)
    if owner is not None:
        actor = _actor(scene, owner)
        span = span_of(noun_phrase(scene, owner))
        name = actor.name if actor is not None else _untitled(scene, _unled(scene, _bare_words(scene, span)))
        key = actor.actor if actor is not None and actor.actor else name.casefold()
        return Identity("document", actor.actor if actor else None, name, key)
    if not is_definite(scene, head) or number_of(head) == "several":
        return None
    return next((person.identity for person in reversed(known) if person.identity.kind == "document" and head.lemma in person.nouns), None)


def _issues(scene: Scene, owner: Token) -> bool:
    """Whether a complement names who issues a document: a person or body with an article, or a name, behind "of"."""
    led = any(child.norm in scene.cues.words.of for child in scene.parsed.children(owner, "case"))
    known = owner.lemma in scene.words.body | scene.words.office | scene.words.media or owner.index in scene.name_at or owner.index in scene.actor_at
    return led and known


def _bare_words(scene: Scene, span: Span) -> str:
    """The words of a source without its relative clause, its apposition and what stands in brackets."""
    end = span.end
    for token in scene.parsed.tokens_in(span.start, span.end)[1:]:
        if is_relative(scene, token) or token.norm in ("(", ","):
            end = token.start
            break
    return scene.parsed.text[span.start : end].rstrip(" ,\u00a0") or scene.parsed.text[span.start : span.end]


def _unled(scene: Scene, words: str) -> str:
    """The words of a source without its article."""
    first, _, rest = words.replace("’", "'").partition(" ")
    if first.casefold() in scene.sources.definite or first.casefold() in ("un", "une", "des", "a", "an"):
        return rest
    return words[2:] if words[:2].casefold() in ("l'", "l’", "d'") else words


def _remember(scene: Scene, draft: Draft, identity: Identity, at: int, *, top: bool) -> Known:
    nouns, human = frozenset[str](), False
    number: Number = "unknown"
    feminine: bool | None = None
    if draft.head is not None:
        head = scene.parsed.tokens[draft.head]
        phrase = noun_phrase(scene, head)
        nouns = frozenset(form for token in phrase if token.pos in ("NOUN", "PROPN") for form in (token.lemma, token.norm))
        human = (
            head.lemma in scene.words.person | scene.words.office
            or head.pos == "PRON"
            or (identity.kind != "media" and head.index in scene.person_at)
        )
        number = "one" if identity.kind == "named" and head.pos == "PROPN" else number_of(head)
        feminine = True if "Gender=Fem" in head.morph and head.pos == "NOUN" else None
    return Known(identity, at, nouns, number, feminine, spoke=top, human=human)


def _named_in_passing(scene: Scene) -> list[Known]:
    """The persons named in the text, with the nouns in apposition to them."""
    found = []
    for name in scene.parsed.names:
        if name.kind != "person":
            continue
        token = scene.parsed.token_at(name.start)
        if token is None:
            continue
        around = {token.lemma}
        head = scene.parsed.head(token)
        if head is not None and token.dep in ("appos", "flat:name", "nmod", "compound", "flat") and head.pos == "NOUN":
            around.add(head.lemma)
        around.update(child.lemma for child in scene.parsed.children(token, "appos", "amod", "compound") if child.pos == "NOUN")
        found.append(Known(Identity("named", None, name.text, name.text), name.start, frozenset(around), "one", None, spoke=False, human=True))
    for actor in scene.actors:
        token = scene.parsed.token_at(actor.start)
        last = scene.parsed.tokens_in(actor.start, actor.end)
        if token is not None and last and actor.actor is not None:
            plural = any("Number=Plur" in part.morph for part in last)
            found.append(
                Known(
                    Identity("named", actor.actor, actor.name, actor.actor),
                    actor.start,
                    frozenset({token.lemma}),
                    "several" if plural else "unknown",
                    None,
                    spoke=False,
                    human=token.index in scene.person_at,
                )
            )
    return sorted(found, key=lambda person: person.at)
