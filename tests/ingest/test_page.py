"""Of a page the article is kept and nothing that runs; its dates come from markup, never from prose."""

from __future__ import annotations

import pytest

from recoupe.errors import InputError
from recoupe.ingest import Item, to_document
from recoupe.ingest.page import read_page

BODY = (
    "<p>Les combats ont repris dans la nuit autour du pont, selon des habitants joints par téléphone, et deux familles ont quitté le quartier.</p>"
    "<p>Le 4 novembre 1979, la même ville avait déjà été prise, rappelle un ancien officier qui y vivait alors avec les siens.</p>"
    "<p>L'armée affirme tenir la rive ouest du fleuve ; ses adversaires disent le contraire et montrent des images de la place.</p>"
)


def page(head: str = "", body: str = BODY) -> str:
    return f"<!DOCTYPE html><html lang='fr'><head><meta charset='utf-8'><title>Le pont</title>{head}</head><body><article><h1>Le pont coupé</h1>{body}</article></body></html>"


def item(source: str, **declared: str) -> Item:
    return Item("a.html", "a.html", source.encode(), "0" * 64, "html", **declared)  # type: ignore[arg-type]


HOSTILE = """<p onclick="alert('clic')" style="color:red">Le pont de la ville a sauté dans la nuit, selon des habitants joints par téléphone.</p>
<script>var evil = "alerte";</script><style>.x{color:red}</style><noscript>Activez le script</noscript><img src=x onerror="alert(1)" alt="image">
<a href="javascript:alert('lien')">Une source</a><svg onload="alert(2)"><text>dessin</text></svg><iframe src="http://e.org">cadre</iframe>
<template>gabarit</template><object data="x">objet</object><!-- commentaire --><math><mtext>formule</mtext></math>
<p>L'armée affirme tenir la rive ouest du fleuve ; ses adversaires disent le contraire et montrent des images de la place.</p>"""


def test_nothing_that_runs_or_is_hidden_enters_the_text() -> None:
    text = read_page(page(body=HOSTILE), "a.html").text
    assert "Le pont de la ville a sauté" in text
    assert "la rive ouest du fleuve" in text
    for word in ("alert", "onclick", "onerror", "evil", "color", "javascript", "commentaire", "gabarit", "<"):
        assert word not in text


def test_written_marks_of_code_stay_words() -> None:
    text = read_page(
        page(body="<p>Le site affichait &lt;script&gt; et rien d'autre, racontent les techniciens qui l'ont réparé dans la nuit.</p>"), "a.html"
    ).text
    assert "affichait <script> et rien" in text


@pytest.mark.parametrize("cut", [0.35, 0.5, 0.75, 0.9, 0.99])
def test_a_truncated_page_gives_what_is_there(cut: float) -> None:
    whole = page()
    document = to_document(item(whole[: int(len(whole) * cut)]))
    assert document.info.title in ("Le pont", "Le pont coupé")
    assert "Les combats ont repris" in document.text or cut < 0.5


@pytest.mark.parametrize(
    "source",
    [
        "<html></html>",
        "<html><head><title></title></head><body><script>x</script></body></html>",
        "<!-- rien -->",
        "<html><body><img src=x></body></html>",
    ],
)
def test_a_page_without_text_is_an_input_error(source: str) -> None:
    with pytest.raises(InputError, match=r"a\.html"):
        to_document(item(source))


def test_a_small_page_without_any_frame_is_read() -> None:
    assert (
        to_document(item("<p>Le pont a sauté dans la nuit, disent des habitants.</p>")).text == "Le pont a sauté dans la nuit, disent des habitants."
    )


def test_the_title_stands_first_and_once() -> None:
    document = to_document(item(page()))
    assert document.text.count("Le pont") == 1
    first = document.blocks[0]
    assert first.kind == "title"
    assert document.text[first.start : first.end] in ("Le pont", "Le pont coupé")


@pytest.mark.parametrize(
    ("head", "value", "evidence"),
    [
        ('<meta property="article:published_time" content="2018-11-12T23:30:00+01:00">', "2018-11-12", "article:published_time"),
        ('<meta name="DC.date.issued" content="12/11/2018">', "2018-11-12", "dc.date.issued"),
        (
            '<script type="application/ld+json">{"@graph":[{"@type":"WebSite","datePublished":"2001-01-01"},{"@type":"NewsArticle","datePublished":"2018-11-12"}]}</script>',
            "2018-11-12",
            "JSON-LD",
        ),
        ('<script type="application/ld+json">{broken</script><meta name="date" content="2018-11-12">', "2018-11-12", "meta element date"),
        ('<link rel="canonical" href="https://e.org/2018/11/12/pont.html">', "2018-11-12", "e.org/2018/11/12"),
    ],
)
def test_the_day_of_publication_comes_from_the_markup(head: str, value: str, evidence: str) -> None:
    published = to_document(item(page(head))).info.published
    assert published.value == value
    assert evidence in published.evidence or "htmldate" in published.evidence


def test_a_time_element_that_is_the_publications_counts() -> None:
    body = '<time itemprop="datePublished" datetime="2018-11-12T08:00">lundi</time>' + BODY
    assert to_document(item(page(body=body))).info.published.value == "2018-11-12"


def test_a_date_told_in_prose_is_not_the_day_of_publication() -> None:
    published = to_document(item(page())).info.published
    assert published.value is None
    assert "1979-11" in published.evidence


def test_the_input_outranks_the_page() -> None:
    head = '<meta property="article:published_time" content="2018-11-12"><meta property="og:site_name" content="Radio Page">'
    info = to_document(item(page(head), published="2018-11-11", outlet="Radio Alep", title="Autre", url="https://e.org/x")).info
    assert (info.published.value, info.outlet, info.title, info.url) == ("2018-11-11", "Radio Alep", "Autre", "https://e.org/x")


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        ('<meta property="og:site_name" content="Radio Alep">', "Radio Alep"),
        ('<link rel="canonical" href="https://www.example.org/a">', "example.org"),
        ("", None),
    ],
)
def test_the_outlet_is_the_site_or_its_address(head: str, outlet: str | None) -> None:
    found = to_document(item(page(head))).info.outlet
    assert found == outlet or (outlet == "example.org" and found in ("Example", "example.org"))


def test_a_legend_of_the_article_is_kept_as_caption() -> None:
    figure = "<figure><img src=x><figcaption>Le pont de la ville, vu de la rive est, en mars dernier.</figcaption></figure>"
    document = to_document(item(page(body=figure + BODY)))
    assert "Le pont de la ville, vu de la rive est, en mars dernier." in [
        document.text[block.start : block.end] for block in document.blocks if block.kind == "caption"
    ]


def test_a_very_long_line_and_deep_nesting_are_read() -> None:
    long = page(body="<p>" + "Le pont a sauté. " * 60_000 + "</p>")
    assert len(to_document(item(long)).text) > 900_000
    deep = page(body="<div>" * 5_000 + BODY + "</div>" * 5_000)
    assert to_document(item(deep)).info.language == "fr"
