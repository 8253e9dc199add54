"""A casebook whose one article means harm: what it says must show as text and do nothing."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from msgspec import structs
from tests.casebook.made import document

from recoupe.casebook import open_casebook
from recoupe.model import (
    ActorMention,
    Attribution,
    Block,
    Claim,
    ClaimRef,
    Document,
    DocumentRef,
    Event,
    EventPlace,
    Label,
    Origin,
    PlaceMention,
    Position,
    Positions,
    Problem,
    Reading,
    Span,
)

SCRIPT = "<script>window.hacked = 1</script>"
HANDLER = '"><img src=x onerror="window.hacked = 2">'
TURNED = "\u202etxt.exe\u202c \u2066lni\u2069"
LONG = "x" * 10**6
TEXT = f"{SCRIPT} zeppelin\n\n{HANDLER} says that zeppelin {TURNED} {{{{ 7 * 7 }}}} javascript:alert(1) bombed. {LONG} fin.\n"
NAME = f"{SCRIPT}{HANDLER}{TURNED}"


def hostile_casebook(place: Path) -> str:
    """Write the casebook; the id of its event."""
    made = document(TEXT, f"javascript:alert('{SCRIPT}')", outlet=f"Gazette {NAME}")
    info = structs.replace(made.info, url="javascript:alert(document.cookie)", title=f"{SCRIPT} zeppelin {NAME}")
    made = Document(info, made.text, (Block("title", 0, TEXT.index("\n")), Block("body", TEXT.index("\n") + 2, len(TEXT))))
    at = TEXT.index("says")
    body = Span(TEXT.index("\n") + 2, TEXT.index("fin."))
    said = Attribution(
        "said:1-2", (Span(body.start, at - 1),), "named", None, NAME, (Span(at, at + 4),), (Span(at + 5, body.end),), "direct", "distancing", denial=True,
        parent=None, rule="made",
    )  # fmt: skip
    bombed = TEXT.index("bombed")
    claim = Claim(
        "ASSAULT:1-2", Span(bombed, bombed + 6), body, "ASSAULT", None, "Air/drone strike", ("actor:0-5",), (), ("place:0-5",), (), "1937-04-26",
        "1937-04-26", (), "said:1-2", ("said:1-2",), "CT+", "accomplished", "fact", "made",
    )  # fmt: skip
    mentions = (
        ActorMention("actor:0-5", 0, 5, NAME, None, NAME), PlaceMention("place:0-5", 0, 5, NAME, None, NAME, None, 43.3, -2.7, None, 5.0),
    )  # fmt: skip
    label = Label(at + 5, at + 300, None, "negative", "said:1-2", "made")
    reading = Reading(info, made.blocks, mentions, (said,), (claim,), (label,), (Problem("read", f"{NAME} {LONG}"[:5000]),))
    ref = ClaimRef(info.id, claim.id)
    positions = Positions(
        killed=(Position((NAME,), 1, (ref,), low=3, high=3),), actor=(Position((NAME,), 1, (ref,), value=NAME),),
        label=(Position((NAME,), 1, (ref,), value=NAME),), place=(Position((NAME,), 1, (ref,), value=LONG),),
    )  # fmt: skip
    event = Event(
        "feedbeef00000000", "ASSAULT", "Air/drone strike", "1937-04-26", "1937-04-26", EventPlace(None, NAME, None, 43.3, -2.7, 5.0), (NAME,), (NAME,),
        (ref,), (DocumentRef(info.id, info.key, None, info.outlet, "1937-04-26"),), (Origin(NAME, "named", (info.id,), "1937-04-27"),), 1, (), positions, (),
    )  # fmt: skip
    with open_casebook(place) as casebook:
        casebook.add(made, reading)
        casebook.store_events([event])
        casebook.mark_checked(casebook.unchecked())
    return event.id


class Harm(HTMLParser):
    """What in a page could run or lead away: scripts that are not ours, handlers, addresses of other kinds, elements that load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "script" and not (values.get("src") or "").startswith("/static/"):
            self.found.append(f"script {values}")
        if tag in {"iframe", "object", "embed", "base", "img"}:
            self.found.append(f"{tag} {values}")
        for name, value in attrs:
            if name.startswith("on") or name in {"style", "srcdoc"}:
                self.found.append(f"{tag} {name}={value}")
            if name in {"href", "src", "action", "formaction", "hx-get", "hx-post"} and not _harmless(value or ""):
                self.found.append(f"{tag} {name}={(value or '')[:80]}")


def _harmless(address: str) -> bool:
    return address.startswith(("/", "#", "?", "http://", "https://")) and not address.startswith("//")


def harm(html: str) -> list[str]:
    """What could do harm in a page."""
    parser = Harm()
    parser.feed(html)
    return parser.found
