"""Bytes become the characters they stand for, whatever is declared."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.errors import InputError
from recoupe.ingest.decode import decode

FRENCH = "L’armée a payé 5 000 € ; « c’est un cœur brisé », dit-il à Hôms – où l’été s’achève…\r\n"
ARABIC = "قتل ثلاثة عشر شخصا في غارة جوية على المدينة، حسب مصادر محلية في المنطقة. " * 3
RUSSIAN = "Тринадцать человек погибли в результате авиаудара по городу, сообщили местные жители. " * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252"])
def test_french_in_every_usual_encoding(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding), "a.txt") == FRENCH


@pytest.mark.parametrize(("text", "encoding"), [(ARABIC, "cp1256"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (ARABIC, "utf-16-be")])
def test_other_scripts_keep_their_letters(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), "a.txt", charset=encoding)
    assert decoded == text


@pytest.mark.parametrize(("text", "encoding"), [(ARABIC, "cp1256"), (RUSSIAN, "cp1251")])
def test_undeclared_other_scripts_are_not_read_as_western(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt")[:5] == text[:5]


def test_bytes_that_are_utf8_are_read_so_whatever_is_declared() -> None:
    page = f'<meta charset="iso-8859-1"><p>{FRENCH}</p>'
    assert FRENCH.strip() in decode(page.encode(), "a.html", page=True)


def test_latin1_declared_as_utf8() -> None:
    page = "<meta charset=\"utf-8\"><p>Le général a été tué à Hôms, où l'été s'achève.</p>"
    assert decode(page.encode("latin-1"), "a.html", page=True) == page


def test_a_page_declared_as_latin1_holds_windows_marks() -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"><p>{FRENCH}</p>'
    assert decode(page.encode("cp1252"), "a.html", page=True) == page


@pytest.mark.parametrize(
    "declaration", ['<?xml version="1.0" encoding="windows-1251"?>', "<meta charset=windows-1251>", '<meta charset="no-such-thing">']
)
def test_a_declared_encoding_is_honoured_and_an_unknown_one_passed_over(declaration: str) -> None:
    page = f"{declaration}<p>{RUSSIAN}</p>"
    assert decode(page.encode("cp1251"), "a.html", page=True) == page


def test_utf8_cut_within_a_letter_loses_that_letter_only() -> None:
    data = ("é" * 50 + "fin de la dépêche é").encode()[:-1]
    assert decode(data, "a.txt") == "é" * 50 + "fin de la dépêche \ufffd"


def test_one_broken_byte_does_not_turn_utf8_into_windows_1252() -> None:
    data = FRENCH.encode() * 5 + b"\xff" + FRENCH.encode()
    assert decode(data, "a.txt").count("é") == FRENCH.count("é") * 6


def test_nul_is_no_letter() -> None:
    assert decode(b"Le pont\0a saut\xc3\xa9 dans la nuit de lundi.", "a.txt") == "Le pont\ufffda sauté dans la nuit de lundi."


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 \xe2\xe3", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), bytes(range(256)) * 50, b"PK\x03\x04abc", b"\0" * 5000]
)
def test_binary_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(InputError, match=r"a\.bin is not text.*give the article as text"):
        decode(data, "a.bin")


@given(st.text())
def test_utf8_comes_back_as_it_was(text: str) -> None:
    plain = text.replace("\0", "")
    try:
        found = decode(codecs.BOM_UTF8 + plain.encode(), "a.txt")
    except InputError:
        assert sum(letter < " " or letter == "\ufffd" for letter in plain) > 2
    else:
        assert found == plain


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_an_input_error(data: bytes) -> None:
    try:
        decode(data, "a", page=True).encode("utf-8")
    except InputError as error:
        said = str(error)
    else:
        said = "a is not text"
    assert said.startswith("a is not text")
