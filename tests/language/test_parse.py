"""Offsets of a parse point into the text as it is stored, whatever marks, blanks and accents it holds."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.language.parse import parse_text, split_paragraphs
from recoupe.model import Block, Document, DocumentInfo, Language, Published


def document(text: str, *blocks: Block, language: Language = "fr") -> Document:
    unknown = Published(None, None, None, "nothing in the input gives it")
    return Document(DocumentInfo("0" * 16, "a", None, None, None, language, None, unknown, len(text), "0" * 64), text, blocks)


def test_typographic_marks_and_double_blanks_keep_their_places() -> None:
    text = "L’armée  syrienne\u00a0avance vers «\u202fAlep\u202f»."
    tokens = parse_text(text, "fr").tokens
    assert [text[token.start : token.end] for token in tokens] == ["L’", "armée", "syrienne", "avance", "vers", "«", "Alep", "»", "."]
    assert tokens[0].norm == "l'"


def test_decomposed_accents_are_read_as_letters() -> None:
    text = "Les soldats ont bru\u0302le\u0301 le village."
    burnt = next(token for token in parse_text(text, "fr").tokens if token.norm == "brûlé")
    assert text[burnt.start : burnt.end] == "bru\u0302le\u0301"


def test_no_sentence_runs_over_a_paragraph() -> None:
    parsed = parse_text("Le président a dit\nLes soldats avancent", "fr")
    assert [parsed.text[s.start : s.end] for s in parsed.sentences] == ["Le président a dit", "Les soldats avancent"]


def test_wrapped_lines_are_one_paragraph() -> None:
    text = "Les soldats de la garnison ont quitté la\nville mardi soir après trois semaines de\ncombats contre les rebelles venus du nord\net de la montagne."
    assert len(list(split_paragraphs(document(text, Block("body", 0, len(text)))))) == 1


def test_chrome_is_not_parsed() -> None:
    text = "Partager\nL'armée avance."
    (paragraph,) = split_paragraphs(document(text, Block("chrome", 0, 8), Block("body", 9, len(text))))
    assert paragraph.plain == "L'armée avance."


@pytest.mark.parametrize(
    ("sentence", "word", "dep", "head"),
    [
        ("He was killed by soldiers.", "soldiers", "obl:agent", "killed"),
        ("The capital of Mali fell.", "Mali", "nmod", "capital"),
        ("He spoke to reporters on Monday.", "Monday", "obl", "spoke"),
        ("The army, according to Reuters, withdrew.", "Reuters", "obl", "withdrew"),
    ],
)
def test_english_comes_to_the_scheme_of_french(sentence: str, word: str, dep: str, head: str) -> None:
    parsed = parse_text(sentence, "en")
    token = next(token for token in parsed.tokens if token.text == word)
    governor = parsed.head(token)
    assert governor is not None
    assert (token.dep, governor.text) == (dep, head)


def test_a_word_without_end_takes_no_time() -> None:
    began = time.process_time()
    parse_text("x" * 1_000_000, "fr")
    assert time.process_time() - began < 10


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab é\u0301\u00a0\u00ad\u200b\n.«»’'-\u202e1"), max_size=60))
def test_every_token_lies_inside_its_sentence_and_in_order(text: str) -> None:
    parsed = parse_text(text, "fr")
    assert [token.index for token in parsed.tokens] == list(range(len(parsed.tokens)))
    assert all(a.end <= b.start for a, b in zip(parsed.tokens, parsed.tokens[1:], strict=False))
    assert all(0 <= token.start < token.end <= len(text) for token in parsed.tokens)
    assert all(token in parsed.tokens_of(parsed.sentence_of(token)) for token in parsed.tokens)


@pytest.mark.parametrize(
    "text",
    [
        "Les frontières syro-irakiennes sont fermées.",
        "Depuis le tir de missiles contre l'ambassade-base US à Bagdad, la trêve n'est plus.",
        "Le risque grandit dans la mesure où Abou Kamal est une localité syrienne frontalière de l'Irak.",
    ],
)
def test_no_sentence_begins_where_nothing_ends_one(text: str) -> None:
    assert [text[one.start : one.end] for one in parse_text(text, "fr").sentences] == [text]
