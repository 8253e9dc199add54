"""An item becomes a document: text unchanged, language judged on the body, outlet and title with what they come from."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.errors import InputError
from recoupe.ingest import Item, to_document
from recoupe.ingest.identify import identify
from recoupe.model import Document

PROSE = "Les combats ont repris dans la nuit autour du pont, selon des habitants joints par téléphone, et deux familles ont quitté le quartier."
ENGLISH = "Fighting resumed overnight around the bridge, residents reached by telephone said, and two families have left the quarter for good."
SPANISH = (
    "Los combates se reanudaron durante la noche alrededor del puente, según vecinos contactados por teléfono, y dos familias han dejado el barrio."
)
GERMAN = "Die Kämpfe um die Brücke haben in der Nacht wieder begonnen, sagen Bewohner am Telefon, und zwei Familien haben das Viertel verlassen."
ARABIC = "تجددت الاشتباكات ليلا حول الجسر، بحسب سكان تحدثوا عبر الهاتف، وغادرت عائلتان الحي."


def read(data: bytes | str, **declared: str) -> Document:
    raw = data.encode() if isinstance(data, str) else data
    return to_document(Item("a.txt", "a.txt", raw, hashlib.sha256(raw).hexdigest(), "text", **declared))  # type: ignore[arg-type]


def test_the_text_is_exactly_what_was_decoded() -> None:
    text = f"\r\n\u00a0Le pont coupé \r\n\r\n{PROSE}\u202f»\r\n\t\r\n"
    document = read(b"\xef\xbb\xbf" + text.encode())
    assert document.text == text
    assert document.info.characters == len(text)
    assert document.info.title == "Le pont coupé"
    assert document.info.id == document.info.sha256[:16]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_the_same_text_in_another_encoding_is_the_same_text(encoding: str) -> None:
    text = f"Le pont coupé\r\n\r\n{PROSE} Il a coûté 5 000 € à l’œuvre."
    document = read(text.encode(encoding))
    assert document.text == text
    assert document.blocks == read(text).blocks


@pytest.mark.parametrize(
    ("text", "language"),
    [(PROSE, "fr"), (ENGLISH, "en"), (PROSE.upper(), "fr"), (ENGLISH.upper(), "en"), ("Frappe à Alep", "fr"), ("The army has left.", "en")],
)
def test_the_language_is_identified(text: str, language: str) -> None:
    assert read(text).info.language == language


def test_the_body_decides_and_not_the_legend() -> None:
    legend = "Government soldiers walk past a burnt tank on the road to the airport. (AFP photo)"
    assert read(f"Le pont coupé\n\n{legend}\n\n{PROSE}\n\nShare this article\n\nRead more").info.language == "fr"


@pytest.mark.parametrize("text", [SPANISH, GERMAN, ARABIC])
def test_a_language_without_a_pack_is_an_input_error_that_names_those_there_are(text: str) -> None:
    with pytest.raises(InputError, match=r"no language pack.*français \(fr\), English \(en\)"):
        read(text)


@pytest.mark.parametrize(("declared", "language"), [("fr", "fr"), ("fr-FR", "fr"), ("en_US", "en"), ("French", "fr"), ("eng", "en")])
def test_a_declared_language_is_honoured(declared: str, language: str) -> None:
    assert read("Kobané 2014", language=declared).info.language == language


def test_a_declared_language_without_a_pack_is_refused() -> None:
    with pytest.raises(InputError, match=r"declared to be in 'de'"):
        read(PROSE, language="de")


def test_what_says_nothing_about_its_language_follows_the_hint() -> None:
    assert identify("13 - 12", "a", hint="en-GB") == "en"


@pytest.mark.parametrize("text", ["", " \n\t ", "\ufeff"])
def test_nothing_to_read_is_an_input_error(text: str) -> None:
    with pytest.raises(InputError, match="nothing to read"):
        read(text)


@pytest.mark.parametrize(
    ("footer", "outlet"),
    [
        ("SOURCE: RADIO ALEP TV", "Radio Alep TV"),
        ("Source : Radio Alep", "Radio Alep"),
        ("Source : AFP", None),
        ("Sources : agences", None),
        ("SOURCE: RT", "RT"),
        ("Originally published by Aleppo Radio", "Aleppo Radio"),
    ],
)
def test_a_source_footer_names_the_outlet(footer: str, outlet: str | None) -> None:
    assert read(f"Le pont coupé\n\n{PROSE}\n\nPartager cet article\n{footer}").info.outlet == outlet


def test_what_is_declared_outranks_the_address_and_that_the_footer() -> None:
    text = f"{PROSE}\n\nSOURCE: RADIO ALEP"
    assert read(text, outlet="Le Fil", url="https://www.e.org/a").info.outlet == "Le Fil"
    assert read(text, url="https://www.e.org/a").info.outlet == "e.org"
    assert read(text, url="nonsense").info.outlet == "Radio Alep"


def test_a_source_named_in_a_sentence_is_no_outlet() -> None:
    assert read(f"{PROSE}\n\nLe fleuve prend sa source : une grotte en Turquie.").info.outlet is None


@given(st.text(min_size=1, max_size=300))
def test_any_text_is_a_document_or_an_input_error(text: str) -> None:
    data = text.encode("utf-8", "replace")
    try:
        document = read(data, language="fr")
    except InputError:
        return
    assert read(data, language="fr") == document
    covered = sum(len(document.text[block.start : block.end].split()) for block in document.blocks)
    assert covered == len(document.text.split())
