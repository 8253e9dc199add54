"""What does a web page say, and what does it say about itself?

The main text is what trafilatura (Barbaresi 2021) takes for it, with the legends of figures kept; scripts, styles and attributes never enter it.
Dates come from the page's markup: JSON-LD, meta elements, `<time>`, and last htmldate (Barbaresi 2020) on the page without its prose, so that a
date told in the text is never taken for the day of publication.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from htmldate import find_date
from lxml import etree, html
from msgspec import Struct
from trafilatura import bare_extraction, baseline
from trafilatura.settings import Document as Extracted

from recoupe.errors import InputError
from recoupe.ingest.lines import normalised

_PAGE_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml", b"<!--", b"<meta", b"<title", b"<div", b"<article", b"<p>", b"<h1")
_PROSE = 60  # characters; a longer stretch of text is told, and htmldate doesn't see it
_DATE_META = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date",
    "dc.date.created", "pubdate", "publishdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "article.published", "date.created", "rnews:datepublished", "citation_publication_date",
)  # fmt: skip
_EARLIEST, _LATEST = "1990-01-01", "2100-01-01"  # what htmldate may find; its own upper bound would be the day on which it runs


class Page(Struct, frozen=True):
    """A page's main text and its declarations; `published` is as the page writes it, with the place in the page where it stands."""

    text: str
    title: str | None
    published: str | None
    published_where: str
    site: str | None
    url: str | None
    language: str | None
    legends: frozenset[str]


def looks_like_page(data: bytes) -> bool:
    """Whether bytes begin as an HTML page does.

    >>> looks_like_page(b"\\n<!DOCTYPE html><title>a</title>"), looks_like_page(b"Une frappe")
    (True, False)
    """
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:20].lower().startswith(_PAGE_STARTS)


def read_page(source: str, where: str, url: str | None = None) -> Page:
    """The main text of an HTML page and its metadata; raises InputError when the page holds no text.

    >>> page = read_page("<html><head><title>Alep</title></head><body><h1>Alep</h1><p>Le pont a sauté.</p></body></html>", "a.html")
    >>> page.text
    'Alep\\n\\nLe pont a sauté.'
    """
    tree = _parse(source, where)
    legends = _keep_legends(tree)
    published, published_where = _published(tree)
    found = bare_extraction(
        html.tostring(tree, encoding="unicode"),
        url=url,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "max_date": _LATEST},
    )
    title, site, address, text = None, None, url, ""
    if isinstance(found, Extracted):
        title, site, address, text = found.title, found.sitename, found.url or url, found.text or ""
    if len(text) < len(plain := _paragraphs(tree)) / 3:
        text = plain
    text = "\n\n".join(line.strip() for line in text.splitlines() if line.strip())
    if not text:
        raise InputError(f"{where} holds no text that could be an article: save the whole page, or give its text as .txt")
    if title and normalised(title) not in map(normalised, text.split("\n\n")[:4]):
        text = f"{title}\n\n{text}"
    return Page(text, title, published, published_where, site, _absolute(address), _language(tree), legends)


def _parse(source: str, where: str) -> html.HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise InputError(f"{where} is not a page that can be read ({error}): save it again, or give its text as .txt") from error
    etree.strip_elements(tree, "style", "template", "svg", "iframe", "object", "embed", with_tail=False)
    return tree


def _keep_legends(tree: html.HtmlElement) -> frozenset[str]:
    """Turn the legends of figures into paragraphs, which the extraction keeps, and return them normalised."""
    legends = set()
    for legend in list(tree.iter("figcaption")):
        words = " ".join(legend.text_content().split())
        figure = next(legend.iterancestors("figure"), None)
        parent = figure.getparent() if figure is not None else None
        if figure is None or parent is None or len(words) < 15 or not any(True for _ in figure.iterancestors("article", "main")):
            continue
        paragraph = html.Element("p")
        paragraph.text = words
        parent.insert(parent.index(figure) + 1, paragraph)
        paragraph.tail, figure.tail = figure.tail, None
        legend.drop_tree()
        legends.add(normalised(words))
    return frozenset(legends)


def _paragraphs(tree: html.HtmlElement) -> str:
    """The text of a page that is too small or too odd for the extraction."""
    _, text, _ = baseline(html.tostring(tree, encoding="unicode"))
    return str(text)


def _published(tree: html.HtmlElement) -> tuple[str | None, str]:
    for found in _linked_data(tree):
        return found, "the page's JSON-LD (datePublished)"
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        if name in _DATE_META and (content := (meta.get("content") or "").strip()):
            return content, f"the page's meta element {name}"
    for moment in tree.iter("time"):
        stated = moment.get("datetime") or moment.get("content")
        if stated and (moment.get("pubdate") is not None or "datepublished" in (moment.get("itemprop") or "").lower()):
            return stated.strip(), "the page's time element"
    return _dated_markup(tree), "the page's markup (htmldate)"


def _dated_markup(tree: html.HtmlElement) -> str | None:
    """What htmldate finds in a page from which prose, scripts, and the parts beside the article are taken out."""
    bare = html.document_fromstring(html.tostring(tree, encoding="unicode"))
    etree.strip_elements(bare, "script", "footer", "aside", "nav", "p", "blockquote", "li", "title", "h1", "h2", "h3", with_tail=False)
    for element in bare.iter(etree.Element):
        if element.text and len(element.text) > _PROSE:
            element.text = None
        if element.tail and len(element.tail) > _PROSE:
            element.tail = None
    found: str | None = find_date(bare, extensive_search=False, original_date=True, url="", min_date=_EARLIEST, max_date=_LATEST)
    return found


def _linked_data(tree: html.HtmlElement) -> Iterator[str]:
    """The dates of publication in JSON-LD, those of an article before others."""
    others: list[str] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            value = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue  # a broken block says nothing; the meta elements are still there
        for node in _nodes(value):
            date = node.get("datePublished")
            if isinstance(date, str) and date.strip():
                if re.search(r"Article|Posting|Report", str(node.get("@type"))):
                    yield date.strip()
                else:
                    others.append(date.strip())
    yield from others


def _nodes(value: object) -> Iterator[dict[str, Any]]:
    waiting = [value]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _language(tree: html.HtmlElement) -> str | None:
    declared = tree.get("lang") or tree.get("xml:lang")
    return declared.strip() or None if declared else None


def _absolute(address: str | None) -> str | None:
    if not address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname else None
