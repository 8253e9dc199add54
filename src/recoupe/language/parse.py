"""What words, sentences and names does a document have? The one place that knows spaCy.

Title, dateline, body and caption blocks are parsed, paragraph by paragraph, so that no sentence runs over a paragraph's end; chrome and
related blocks never are. The model sees plain blanks, apostrophes and composed letters; offsets point into the text as it is stored.
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from recoupe.errors import ModelMissingError
from recoupe.language.clear import to_universal
from recoupe.language.mend import mend
from recoupe.language.pack import PackHead, load_table
from recoupe.language.parsed import Name, NameKind, Parsed, Sentence, Token
from recoupe.model import BlockKind, Document, Language

if TYPE_CHECKING:
    from spacy.language import Language as SpacyLanguage
    from spacy.tokens import Doc
    from spacy.tokens import Token as SpacyToken

READ_BLOCKS: frozenset[BlockKind] = frozenset({"title", "dateline", "body", "caption"})
LONGEST_PARAGRAPH = 8_000  # characters; a longer one is cut at a blank so that memory stays bounded
LONGEST_WORD = 200  # characters; no word of a language is longer, and the tokenizer's time grows with its square
LONGEST_SENTENCE = 120  # words; where no mark of an end stands for longer, the model may cut where it likes

_BLANKS = dict.fromkeys(map(ord, "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u00a0\u2028\u2029\u202f"), " ")
_BLANKS.update(dict.fromkeys(range(0x2000, 0x200B), " "))
_PLAIN = _BLANKS | dict.fromkeys(map(ord, "’ʼ‘´`′"), "'") | dict.fromkeys(map(ord, "‐‑"), "-")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_UNEVEN = re.compile(rf"{_INVISIBLE.pattern}|\s\s|\S{{{LONGEST_WORD + 1}}}")
_UNENDED = re.compile(r"[^.!?…:;»”\"')\]]\s*$")
_ENDS = frozenset(".!?…:;«»“”\"'’)]|•*–—_")  # marks after which a sentence may begin
_QUOTES = frozenset('»”"')
_CLOSES = frozenset(".,;:!?…)]")
_NAME_KINDS: dict[str, NameKind] = {
    "PER": "person", "PERSON": "person", "ORG": "organisation", "NORP": "organisation", "LOC": "place", "GPE": "place", "FAC": "place",
}  # fmt: skip
_NOT_NAMES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "LANGUAGE"})


class Paragraph(Struct, frozen=True):
    """A stretch that is parsed at once; `starts` and `ends` give each of the model's characters its place in the document's text."""

    block: BlockKind
    plain: str
    starts: Sequence[int]
    ends: Sequence[int]


@cache
def load_model(language: Language) -> SpacyLanguage:
    """The language model of a pack, the first installed of those that it names; raises ModelMissingError with what to do."""
    head = load_table(language, "pack", PackHead)
    for package in head.models:
        try:
            model = importlib.import_module(package)
        except ModuleNotFoundError:
            continue
        nlp: SpacyLanguage = model.load()
        return nlp
    raise ModelMissingError(f"no language model for {head.name} is installed (looked for {', '.join(head.models)}): run `make setup`")


def _uncut(doc: Doc) -> Doc:
    """Words of a paragraph in which no sentence may begin where nothing ends one: parsers cut "syro-irakiennes", or a subject from its verb."""
    for word in _inside(doc):
        word.is_sent_start = False
    return doc


def _inside(doc: Doc) -> Iterator[SpacyToken]:
    """The words at which no sentence begins.

    Behind a closing quotation mark, and the comma after it, the parser is free: its reading of "« … », dit X" may want it; so it is before a word
    that begins with a capital, where a headline may have lost its end.
    """
    run, quoted = 0, False
    for before, word in pairwise(doc):
        quoted = before.text in _QUOTES or (quoted and before.text == ",")
        run = 0 if quoted or before.text[-1] in _ENDS else run + 1
        if run > LONGEST_SENTENCE or before.is_space or word.is_space or quoted:
            continue
        if (run and not word.is_title) or word.text in _CLOSES:
            yield word


def parse_all(documents: Iterable[Document]) -> Iterator[Parsed]:
    """Parse documents in order, in batches of one language's paragraphs, and mend the parses.

    >>> from recoupe.language.parse import parse_text
    >>> [token.dep for token in parse_text("L'armée avance.", "fr").tokens]
    ['det', 'nsubj', 'ROOT', 'punct']
    """
    return map(mend, model_parses(documents))


def parse_text(text: str, language: Language) -> Parsed:
    """Parse a bare text as one body block, and mend the parse."""
    return mend(model_parse(text, language))


def model_parses(documents: Iterable[Document]) -> Iterator[Parsed]:
    """The parses of documents as the model gives them."""
    for document in documents:
        paragraphs = tuple(split_paragraphs(document))
        nlp = load_model(document.info.language)
        docs = nlp.pipe(_uncut(nlp.make_doc(paragraph.plain)) for paragraph in paragraphs)
        yield _join(document.text, document.info.language, paragraphs, docs)


def model_parse(text: str, language: Language) -> Parsed:
    """The parse of a bare text, as one body block, as the model gives it."""
    paragraphs = tuple(_cut(text, 0, len(text), "body"))
    nlp = load_model(language)
    return _join(text, language, paragraphs, nlp.pipe(_uncut(nlp.make_doc(paragraph.plain)) for paragraph in paragraphs))


def split_paragraphs(document: Document) -> Iterator[Paragraph]:
    """The stretches of a document that are parsed: lines, or runs of lines where the text is wrapped at a fixed width."""
    for block in document.blocks:
        if block.kind in READ_BLOCKS:
            yield from _cut(document.text, block.start, block.end, block.kind)


def _cut(text: str, start: int, end: int, kind: BlockKind) -> Iterator[Paragraph]:
    inside = text[start:end]
    lines = [line for line in inside.splitlines() if line.strip()]
    unended = sum(1 for line in lines if _UNENDED.search(line))
    wrapped = len(lines) > 2 and max(map(len, lines)) <= 120 and unended >= 0.6 * len(lines)
    breaks = r"\n\s*\n|\r\n\s*\r\n" if wrapped else r"\n|\r\n?|\u2028|\u2029"
    at = 0
    for piece in re.split(f"({breaks})", inside):
        if piece.strip():
            yield from _cut_long(text, start + at, start + at + len(piece), kind)
        at += len(piece)


def _cut_long(text: str, start: int, end: int, kind: BlockKind) -> Iterator[Paragraph]:
    while end - start > LONGEST_PARAGRAPH:
        window = text[start : start + LONGEST_PARAGRAPH]
        stop = max(window.rfind(mark) + 1 for mark in (". ", "! ", "? ", "» ")) or window.rfind(" ") + 1 or LONGEST_PARAGRAPH
        yield from _plain(text, start, start + stop, kind)
        start += stop
    yield from _plain(text, start, end, kind)


def _plain(text: str, start: int, end: int, kind: BlockKind) -> Iterator[Paragraph]:
    piece = text[start:end].rstrip()
    start += len(piece) - len(piece.lstrip())
    piece = piece.lstrip()
    if not piece:
        return
    if unicodedata.is_normalized("NFC", piece) and not _UNEVEN.search(piece):
        yield Paragraph(kind, piece.translate(_PLAIN), range(start, start + len(piece)), range(start + 1, start + len(piece) + 1))
        return
    letters, starts, ends, run = [""], [start], [start], 0
    for place, letter in enumerate(piece.translate(_PLAIN), start):
        if _INVISIBLE.match(letter):
            continue
        run = 0 if letter == " " else run + 1
        composed = unicodedata.normalize("NFC", letters[-1] + letter) if unicodedata.combining(letter) and letters[-1] else ""
        if len(composed) == 1:
            letters[-1], ends[-1] = composed, place + 1
        elif run <= LONGEST_WORD and not (letter == letters[-1] == " "):
            letters.append(letter)
            starts.append(place)
            ends.append(place + 1)
    if len(letters) > 1:
        yield Paragraph(kind, "".join(letters), starts[1:], ends[1:])


def _join(text: str, language: Language, paragraphs: Sequence[Paragraph], docs: Iterable[Doc]) -> Parsed:
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    names: list[Name] = []
    universal = load_table(language, "pack", PackHead).scheme == "clear"
    number = -1
    before: Paragraph | None = None
    for paragraph, doc in zip(paragraphs, docs, strict=True):
        number += not _continues(text, before, paragraph)
        before = paragraph
        first = len(tokens)
        kept = _tokens(doc, paragraph, first)
        tokens.extend(to_universal(kept, first) if universal else kept)
        sentences.extend(_sentences(doc, tokens[first:], paragraph, number, len(sentences)))
        names.extend(_names(doc, text, paragraph))
    return Parsed(language, text, tuple(tokens), tuple(sentences), tuple(names))


def _continues(text: str, before: Paragraph | None, paragraph: Paragraph) -> bool:
    """Whether a stretch goes on with a paragraph that was cut because of its length."""
    if before is None or before.block != paragraph.block:
        return False
    between = text[before.ends[-1] : paragraph.starts[0]]
    return not between.strip() and not any(mark in between for mark in "\n\r\u2028\u2029")


def _tokens(doc: Doc, paragraph: Paragraph, first: int) -> list[Token]:
    """The tokens that are no blanks; what hangs on a blank hangs on the blank's head."""
    place: dict[int, int] = {}
    for word in doc:
        if not word.is_space:
            place[word.i] = first + len(place)
    found = []
    for word in doc:
        if word.is_space:
            continue
        head = word.head
        while head.is_space and head.head is not head:
            head = head.head
        index = place[word.i]
        found.append(
            Token(
                index=index,
                start=paragraph.starts[word.idx],
                end=paragraph.ends[word.idx + len(word) - 1],
                text=word.text,
                norm=word.lower_,
                lemma=word.lemma_.lower() if word.pos_ != "PROPN" else word.lemma_,
                pos=word.pos_,
                dep=word.dep_ or "dep",
                head=place.get(head.i, index),
                morph=str(word.morph),
                space=bool(word.whitespace_) or (word.i + 1 < len(doc) and doc[word.i + 1].is_space),
            )
        )
    return found


def _sentences(doc: Doc, tokens: Sequence[Token], paragraph: Paragraph, number: int, count: int) -> Iterator[Sentence]:
    at = 0
    inner = {word.i for word in _inside(doc)}  # the parser may leave two roots where it was to leave one
    starts = [sent.start for sent in doc.sents if sent.start not in inner or not sent.start]
    for begin, end in pairwise([*starts, len(doc)]):
        size = sum(1 for word in doc[begin:end] if not word.is_space)
        if size:
            inside = tokens[at : at + size]
            yield Sentence(count, inside[0].start, inside[-1].end, inside[0].index, inside[-1].index + 1, number, paragraph.block)
            count += 1
            at += size


def _names(doc: Doc, text: str, paragraph: Paragraph) -> Iterator[Name]:
    for name in doc.ents:
        if name.label_ not in _NOT_NAMES:
            start, end = paragraph.starts[name.start_char], paragraph.ends[name.end_char - 1]
            yield Name(start, end, text[start:end], _NAME_KINDS.get(name.label_, "other"))
