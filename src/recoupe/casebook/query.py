"""What does a user mean by the words typed into a search box?

Words are sought in all their forms, and all of them must be there; "words in quotes" stay as they are and together; `-word` must not be there;
`word*` stands for all that begin so, three letters at least. Everything else is literal: no input is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from recoupe.casebook.words import stems_of, words
from recoupe.model import Language

MOST_TERMS = 32  # what comes after is left out: no one means a query of ten thousand words

_QUOTES = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "‟": '"', "＂": '"'})
_TERM = re.compile(r'(?P<minus>(?<!\S)[-−–])?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]+))')
_APOSTROPHE = re.compile(r"['’ʼ‘`´＇]")
SHORTEST_BEGINNING = 3  # letters before an asterisk: what begins with one or two stands in every article
SHORT = 2  # letters of what is left out beside an apostrophe ("l'armée", "qu'il", "l'army's")


class Term(Struct, frozen=True):
    """Folded words that must (or must not) stand one after another.

    `written` is the only word as it was typed where any form of it counts; `prefix`: the last word may go on.
    """

    words: tuple[str, ...]
    written: str | None = None
    prefix: bool = False
    wanted: bool = True


def read_query(text: str) -> tuple[Term, ...]:
    """The terms of what a user typed, in order.

    >>> read_query('missiles -"cessez le feu" Palm*')
    (Term(words=('missiles',), written='missiles', prefix=False, wanted=True), Term(words=('cessez', 'le', 'feu'), written=None, prefix=False, wanted=False), Term(words=('palm',), written=None, prefix=True, wanted=True))
    """
    terms = dict.fromkeys(_terms(text.translate(_QUOTES)))
    return tuple(terms)[:MOST_TERMS]


def _terms(text: str) -> Iterator[Term]:
    for match in _TERM.finditer(text):
        wanted = match["minus"] is None
        if match["phrase"] is not None:
            found = tuple(word.form for word in words(match["phrase"]))
            if found:
                yield Term(found[:MOST_TERMS], wanted=wanted)
        elif match["word"]:
            yield from _bare(match["word"], wanted=wanted)


def _bare(word: str, *, wanted: bool) -> Iterator[Term]:
    prefix = word.endswith("*")
    parts = [tuple(words(part)) for part in _APOSTROPHE.split(word)]
    parts = [part for part in parts if part]
    full = [part for part in parts if len(part) > 1 or len(part[0].form) > SHORT] or parts
    for part in full[:MOST_TERMS]:
        last = prefix and part is full[-1] and len(part[-1].form) >= SHORTEST_BEGINNING
        written = part[0].written if len(part) == 1 and not last else None
        yield Term(tuple(found.form for found in part[:MOST_TERMS]), written=written, prefix=last, wanted=wanted)


def match_expression(terms: tuple[Term, ...], languages: tuple[Language, ...], *, weighed: bool = True) -> str | None:
    """The terms in the language of SQLite's full-text index, stemmed in these languages; None when nothing is sought.

    Only where what is found is weighed do the words as they were typed count beside their stems: they find nothing else, but take as long.

    >>> match_expression(read_query("missiles"), ("fr",))
    '({title text} : "missiles" OR {title_stems text_stems} : "missil")'
    >>> match_expression(read_query("missiles"), ("fr",), weighed=False)
    '({title_stems text_stems} : "missil")'
    """
    wanted = " AND ".join(_expression(term, languages, weighed=weighed) for term in terms if term.wanted)
    unwanted = "".join(f" NOT {_expression(term, languages, weighed=weighed)}" for term in terms if not term.wanted)
    return f"{wanted}{unwanted}" if wanted and not unwanted else f"({wanted}){unwanted}" if wanted else None


def _expression(term: Term, languages: tuple[Language, ...], *, weighed: bool) -> str:
    asked = " ".join(term.words)
    phrase = f'{{title text}} : "{asked}"' + ("*" if term.prefix else "")
    forms = [] if term.written is None else [one for language in languages for one in stems_of(term.words[0], term.written, language)]
    stems = [f'{{title_stems text_stems}} : "{one}"' for one in dict.fromkeys(forms)]
    return "(" + " OR ".join([phrase, *stems] if weighed or not stems else stems) + ")"
