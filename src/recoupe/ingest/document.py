"""How does an item become a Document? Decode, find the main text, the language, the blocks, the outlet and the day of publication."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from recoupe.errors import InputError
from recoupe.ingest.blocks import split_blocks
from recoupe.ingest.decode import decode
from recoupe.ingest.identify import declared_language, identify, in_other_language
from recoupe.ingest.item import Item
from recoupe.ingest.lines import normalised, split_lines
from recoupe.ingest.outlet import footer_outlet, outlet_of
from recoupe.ingest.page import Page, looks_like_page, read_page
from recoupe.ingest.published import Stated, find_published
from recoupe.model import Block, Document, DocumentInfo, Language


class _Content(Struct, frozen=True):
    """An item's text and what both the input and the page say about it."""

    text: str
    title: str | None
    stated: tuple[Stated, ...]
    outlet: str | None
    url: str | None
    language: Language
    legends: frozenset[str]


def to_document(item: Item, furniture: frozenset[str] = frozenset()) -> Document:
    """An item as a Document; raises InputError when it can't become one.

    `furniture` holds the fingerprints of lines that recur over the outlet's articles (furniture.py).

    >>> document = to_document(Item("a", None, "Alep coupée\\n\\nLe pont a sauté dimanche 11 novembre 2018.".encode(), "0" * 64, "text"))
    >>> document.info.language, document.info.title
    ('fr', 'Alep coupée')
    """
    content = _read(item)
    text, language = content.text, content.language
    blocks = split_blocks(text, language, title=content.title, furniture=furniture, legends=content.legends)
    published = find_published(text, blocks, language, content.stated, content.url)
    info = DocumentInfo(
        id=item.sha256[:16],
        key=item.key,
        path=item.path,
        url=content.url,
        outlet=content.outlet or footer_outlet(text, blocks, language),
        language=language,
        title=content.title or _title(text, blocks),
        published=published,
        characters=len(text),
        sha256=item.sha256,
    )
    return Document(info, text, blocks)


def with_furniture(document: Document, furniture: frozenset[str]) -> Document:
    """A document with the lines of the site marked as they are known now, whatever was known when it was read; its text stays as it is.

    >>> from recoupe.ingest.furniture import line_print
    >>> text = "Alep coupée / Le pont a sauté, et le fleuve avec lui. / Radio Alep".replace(" / ", chr(10))
    >>> document = to_document(Item("a", None, text.encode(), "0" * 64, "text", language="fr"))
    >>> [block.kind for block in with_furniture(document, frozenset({line_print("Radio Alep") or ""})).blocks]
    ['title', 'body', 'chrome']
    """
    info, text, legends = document.info, document.text, _legends(document)
    found = _title(text, split_blocks(text, info.language, legends=legends))
    declared = info.title if info.title != found else None
    blocks = split_blocks(text, info.language, title=declared, furniture=furniture, legends=legends)
    if blocks == document.blocks:
        return document
    published = info.published
    if published == find_published(text, document.blocks, info.language):  # nothing was declared, the text alone gave it
        published = find_published(text, blocks, info.language)
    title = declared or _title(text, blocks)
    return Document(msgspec.structs.replace(info, title=title, published=published), text, blocks)


def _legends(document: Document) -> frozenset[str]:
    """The legends of a document, normalised; those in another language than the article were set down as chrome."""
    inside = ((block.kind, document.text[block.start : block.end]) for block in document.blocks if block.kind in ("caption", "chrome"))
    lines = ((kind, line.plain) for kind, words in inside for line in split_lines(words))
    return frozenset(normalised(line) for kind, line in lines if kind == "caption" or in_other_language(line, document.info.language))


def _read(item: Item) -> _Content:
    source = decode(item.data, item.where, charset=item.charset, page=item.kind == "html")
    if not source.strip():
        raise InputError(f"{item.where} holds nothing but blanks: there is nothing to read")
    stated = (Stated(item.published, "declared by the input"),) if item.published else ()
    if item.kind == "html" or (item.kind == "row" and looks_like_page(item.data[:100])):
        page = read_page(source, item.where, item.url)
        return _of_page(item, page, stated)
    language = declared_language(item.language, item.where) if item.language else identify(source, item.where)
    return _Content(source, item.title, stated, item.outlet or outlet_of(item.url), item.url, language, frozenset())


def _of_page(item: Item, page: Page, stated: tuple[Stated, ...]) -> _Content:
    if page.published:
        stated = (*stated, Stated(page.published, page.published_where))
    language = declared_language(item.language, item.where) if item.language else identify(page.text, item.where, hint=page.language)
    url = item.url or page.url
    return _Content(page.text, item.title or page.title, stated, item.outlet or page.site or outlet_of(url), url, language, page.legends)


def _title(text: str, blocks: tuple[Block, ...]) -> str | None:
    found = next((block for block in blocks if block.kind == "title"), None)
    return " ".join(text[found.start : found.end].split()) if found else None
