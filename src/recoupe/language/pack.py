"""What is a language pack? A folder of TOML files, one a question, that a linguist can edit; loading one is checking it.

Every entry may carry examples: `yes` holds sentences in which the entry must fire, the answer in `[[…]]`, and `no` sentences in which it
must not. The test suite runs every one of them (docs/language-packs.md). TOML and not YAML, because YAML reads French *on* and *non* as
booleans.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Hashable
from functools import cache
from importlib import resources
from typing import Any, Literal, TypeVar, cast

import msgspec
from msgspec import Struct

from recoupe.errors import PackError
from recoupe.model import Language, Span

LANGUAGES: tuple[Language, ...] = ("fr", "en")

_MARK = re.compile(r"\[\[|\]\]")
Table = TypeVar("Table")


class PackHead(Struct, frozen=True, forbid_unknown_fields=True):
    """`pack.toml`: the language, the installed model packages in order of preference, and the scheme of their dependencies."""

    language: Language
    name: str
    models: tuple[str, ...]
    scheme: Literal["ud", "clear"]
    stemmer: str


class Example(Struct, frozen=True):
    """A sentence of a pack without its marks, and where the marked answers stand in it."""

    text: str
    answers: tuple[Span, ...]


def read_example(marked: str) -> Example:
    """The sentence and its marked answers; raises PackError when the marks don't pair.

    >>> read_example("Il [[affirme]] que non.")
    Example(text='Il affirme que non.', answers=(Span(start=3, end=10),))
    """
    parts = _MARK.split(marked)
    marks = _MARK.findall(marked)
    if marks != ["[[", "]]"] * (len(marks) // 2):
        raise PackError(f"example {marked!r}: write every answer as [[answer]]")
    text, answers = "", []
    for number, part in enumerate(parts):
        if number % 2:
            answers.append(Span(len(text), len(text) + len(part)))
        text += part
    return Example(text, tuple(answers))


def load_table(language: Language, name: str, kind: type[Table]) -> Table:
    """The file `name`.toml of a pack as `kind`; raises PackError naming the file, the entry and what is wrong.

    >>> load_table("fr", "pack", PackHead).name
    'français'
    """
    table: Table = _load(language, name, cast("Hashable", kind))
    return table


@cache
def _load(language: Language, name: str, kind: Any) -> Any:
    where = resources.files("recoupe.language").joinpath(language, f"{name}.toml")
    try:
        raw = tomllib.loads(where.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise PackError(f"language pack {language!r} has no {name}.toml: add it (docs/language-packs.md)") from error
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{language}/{name}.toml is not TOML: {error}") from error
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise PackError(f"{language}/{name}.toml: {error}") from error
