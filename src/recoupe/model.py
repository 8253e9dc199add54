"""Every noun of the record: what a document, a reading of it and an event across documents hold.

The types are frozen and serialise as they stand: `Reading` is `recoupe/reading/1`, `Event` is `recoupe/event/1` (docs/record.md says what
each field means). `None` always means unknown. Offsets are Unicode code points into `Document.text`, half open.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Language = Literal["fr", "en"]
BlockKind = Literal["title", "body", "caption", "related", "dateline", "byline", "chrome"]
Style = Literal["direct", "indirect", "mixed", "according", "conditional", "scare"]
SourceKind = Literal["named", "office", "unnamed", "media", "document", "outlet"]
Stance = Literal["neutral", "endorsing", "distancing"]
Polarity = Literal["negative", "positive", "euphemism"]
Timex = Literal["DATE", "TIME", "DURATION", "SET"]
Factuality = Literal["CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "Uu"]
Stage = Literal["accomplished", "attempted", "ongoing", "planned", "habitual"]
Responsibility = Literal["fact", "claimed", "accused-by-authorities", "accused", "possible", "denied"]
Judgement = Literal["same", "different"]
Measure = Literal[
    "killed", "wounded", "casualties", "captured", "missing", "displaced", "combatants", "civilians", "soldiers", "vehicles", "convoys",
    "aircraft", "drones", "munitions", "attacks", "detainees", "hostages", "money", "area", "distance", "other",
]  # fmt: skip
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
    "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
AcledType = Literal[
    "Armed clash", "Government regains territory", "Non-state actor overtakes territory", "Chemical weapon", "Air/drone strike", "Suicide bomb",
    "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade", "Sexual violence", "Attack", "Abduction/forced disappearance",
    "Peaceful protest", "Protest with intervention", "Excessive force against protesters", "Violent demonstration", "Mob violence", "Agreement",
    "Arrests", "Change to group/activity", "Disrupted weapons use", "Headquarters or base established", "Looting/property destruction",
    "Non-violent transfer of territory", "Other",
]  # fmt: skip


class Span(Struct, frozen=True, order=True):
    """A stretch of a document's text, in code points, half open."""

    start: int
    end: int


class Published(Struct, frozen=True):
    """The publication date with the reason for it; `value` is an ISO 8601 date, month or year, or None when nothing in the input gives it.

    `date_start` and `date_end` are calendar days, both included; `candidates` are the dates that remain possible when several do.
    """

    value: str | None
    date_start: str | None
    date_end: str | None
    evidence: str
    candidates: tuple[str, ...] = ()


class DocumentInfo(Struct, frozen=True):
    """What is known of a document besides its text.

    `sha256` is of the item's bytes as they arrived (a file, or one row of JSON Lines), `id` its first 16 digits; `key` is the name that the
    input gave the article (a row's `id`, an address, or the path).
    """

    id: str
    key: str
    path: str | None
    url: str | None
    outlet: str | None
    language: Language
    title: str | None
    published: Published
    characters: int
    sha256: str


class Block(Struct, frozen=True):
    """A stretch of one kind; every non-blank character of a document stands in exactly one."""

    kind: BlockKind
    start: int
    end: int


class Document(Struct, frozen=True):
    """An article as it is stored: the decoded text, never changed afterwards, its blocks in order, and what is known of it."""

    info: DocumentInfo
    text: str
    blocks: tuple[Block, ...]


class Problem(Struct, frozen=True):
    """A failure at the document boundary, kept and shown: which step failed, and why in words that say what to do.

    `document` is the input's key, set where the problem stands outside its reading.
    """

    stage: str
    reason: str
    document: str | None = None


class ActorMention(Struct, frozen=True, tag_field="kind", tag="actor"):
    """A named or described actor; `actor` is an id of the register or None, `name` its register name or the words as they stand."""

    id: str
    start: int
    end: int
    text: str
    actor: str | None
    name: str


class Candidate(Struct, frozen=True):
    """A place that a name may mean, with a score that is higher the likelier it is (0 to 1)."""

    place: str
    name: str
    country: str | None
    latitude: float
    longitude: float
    score: float


class PlaceMention(Struct, frozen=True, tag_field="kind", tag="place"):
    """A place name; without coordinates when it can't be known, with the ranked candidates instead.

    `place` is a gazetteer id, `country` ISO 3166-1 alpha-2, `feature` the kind of place, `precision_km` the radius that is meant.
    """

    id: str
    start: int
    end: int
    text: str
    place: str | None
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    feature: str | None
    precision_km: float | None
    candidates: tuple[Candidate, ...] = ()


class Anchor(Struct, frozen=True):
    """What a relative date was counted from: a day (ISO 8601), and whether it was the publication date or another mention."""

    day: str
    source: Literal["published", "mention"]
    mention: str | None = None


class TimeMention(Struct, frozen=True, tag_field="kind", tag="time"):
    """A TIMEX3 expression with its calendar days, both included, where it can be anchored."""

    id: str
    start: int
    end: int
    text: str
    timex: Timex
    value: str
    date_start: str | None
    date_end: str | None
    anchor: Anchor | None = None


class FigureMention(Struct, frozen=True, tag_field="kind", tag="figure"):
    """A counted quantity; "au moins 13" has low 13 and no high."""

    id: str
    start: int
    end: int
    text: str
    measure: Measure
    low: float | None
    high: float | None
    approximate: bool


Mention = ActorMention | PlaceMention | TimeMention | FigureMention


class Attribution(Struct, frozen=True):
    """Who says it: source, cue and content (PARC 3.0), each a tuple of stretches, with the attribution inside which it stands."""

    id: str
    source: tuple[Span, ...]
    source_kind: SourceKind
    source_actor: str | None
    source_name: str | None
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    style: Style
    stance: Stance
    denial: bool
    parent: str | None
    rule: str


class Claim(Struct, frozen=True):
    """An event that one voice says happened, is happening or will happen; `voice` is an attribution's id or "outlet".

    `actors`, `recipients`, `places`, `times` and `figures` are mention ids; `chain` holds attribution ids from the outlet to the origin.
    """

    id: str
    trigger: Span
    sentence: Span
    type: EventType
    mode: str | None
    acled: AcledType | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    places: tuple[str, ...]
    times: tuple[str, ...]
    date_start: str | None
    date_end: str | None
    figures: tuple[str, ...]
    voice: str
    chain: tuple[str, ...]
    factuality: Factuality
    stage: Stage
    responsibility: Responsibility | None
    rule: str
    evidence: tuple[Span, ...] = ()


class Label(Struct, frozen=True):
    """An expression that names or qualifies an actor with a judgement; `voice` is an attribution's id or "outlet"."""

    start: int
    end: int
    actor: str | None
    polarity: Polarity
    voice: str
    rule: str


class Toll(Struct, frozen=True):
    """The killed and wounded of the event that an article is about (its `claims`), None where it does not say; `in_title` are offsets into the title.

    `doers` are those of the killed who did it ("33 dead including the bomber": 1), so that a count of the victims alone (32) is told from another toll.
    """

    killed: int | None
    wounded: int | None
    claims: tuple[str, ...]
    evidence: tuple[Span, ...]
    in_title: tuple[Span, ...] = ()
    doers: int = 0


class Reading(Struct, frozen=True, tag_field="schema", tag="recoupe/reading/1"):
    """All that one document says; the same document and code version give the same bytes."""

    document: DocumentInfo
    blocks: tuple[Block, ...]
    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    claims: tuple[Claim, ...] = ()
    labels: tuple[Label, ...] = ()
    problems: tuple[Problem, ...] = ()
    toll: Toll | None = None


class Reason(Struct, frozen=True):
    """One weighted reason of a score, in words: positive speaks for the same event, negative against (natural log of a likelihood ratio)."""

    feature: str
    detail: str
    weight: float


class ClaimRef(Struct, frozen=True, order=True):
    """A claim of the casebook: its document's id and its own."""

    document: str
    claim: str


class Link(Struct, frozen=True):
    """Two claims held to be of one event, or not, and why where that was asked."""

    left: ClaimRef
    right: ClaimRef
    score: float
    reasons: tuple[Reason, ...] = ()


class DocumentRef(Struct, frozen=True):
    """The document behind a claim of an event."""

    id: str
    key: str
    path: str | None
    outlet: str | None
    published: str | None


class EventPlace(Struct, frozen=True):
    """Where an event is said to have happened; `precision_km` is the radius that is meant."""

    place: str | None
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    precision_km: float | None


class Origin(Struct, frozen=True):
    """The last voice of a chain: the one supposed to know. `documents` are the ids of those that carry it, `first_said` an ISO date.

    `one_with` names the origin that it is counted as one with: of the same side or the same text, or a medium that it may be.
    """

    name: str
    kind: SourceKind
    documents: tuple[str, ...]
    first_said: str | None
    one_with: str | None = None


class Position(Struct, frozen=True):
    """One value of one attribute of an event and who stands behind it.

    Figures use `low` and `high`; every other attribute uses `value` (an ISO day or interval, a place, an actor, "yes" or "no", a label).
    """

    origins: tuple[str, ...]
    independent_origins: int
    claims: tuple[ClaimRef, ...]
    low: float | None = None
    high: float | None = None
    approximate: bool = False
    value: str | None = None
    first_said: str | None = None


class Positions(Struct, frozen=True, omit_defaults=True):
    """The versions of an event, attribute by attribute; an attribute on which nobody says anything is left out."""

    killed: tuple[Position, ...] = ()
    wounded: tuple[Position, ...] = ()
    captured: tuple[Position, ...] = ()
    missing: tuple[Position, ...] = ()
    displaced: tuple[Position, ...] = ()
    date: tuple[Position, ...] = ()
    place: tuple[Position, ...] = ()
    actor: tuple[Position, ...] = ()
    recipient: tuple[Position, ...] = ()
    occurred: tuple[Position, ...] = ()
    label: tuple[Position, ...] = ()


class Dispute(Struct, frozen=True):
    """An attribute on which origins give values that can't all be true; `positions` are indexes into the positions of that attribute.

    `sides` are the same indexes, those together that are one side's: an army, its airmen, and the state that they serve.
    """

    attribute: str
    positions: tuple[int, ...]
    reason: str
    sides: tuple[tuple[int, ...], ...] = ()


class Event(Struct, frozen=True, tag_field="schema", tag="recoupe/event/1"):
    """Claims about one occurrence, cross-checked; nothing is averaged and nothing decided."""

    id: str
    type: EventType
    acled: AcledType | None
    date_start: str | None
    date_end: str | None
    place: EventPlace | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    claims: tuple[ClaimRef, ...]
    documents: tuple[DocumentRef, ...]
    origins: tuple[Origin, ...]
    independent_origins: int
    copies: tuple[tuple[str, ...], ...]
    positions: Positions
    disputes: tuple[Dispute, ...]


class Review(Struct, frozen=True):
    """A human decision that two claims are, or are not, of one event; decisions are appended, and a later one undoes an earlier."""

    left: ClaimRef
    right: ClaimRef
    judgement: Judgement
    reviewer: str
    decided_at: str
    note: str = ""
