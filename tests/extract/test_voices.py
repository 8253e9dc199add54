"""Who says it: sources, chains and names of made-up articles, and input that nobody would wish to read."""

from __future__ import annotations

import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.extract.voices import find_voices
from recoupe.extract.voices.marks import find_quotations
from recoupe.language.parse import parse_text
from recoupe.language.parsed import Parsed
from recoupe.model import Attribution, Language

SLOWEST = 10.0  # seconds for a text of 100,000 characters, on a machine that does other work too


@cache
def voices(text: str, language: Language) -> tuple[Attribution, ...]:
    return find_voices(parse_text(text, language), ())


def words(text: str, attribution: Attribution) -> tuple[str, str, str]:
    """The source, cue and content of an attribution as words."""
    parts = (attribution.source, attribution.cue, attribution.content)
    source, cue, content = (" | ".join(text[span.start : span.end] for span in spans) for spans in parts)
    return source, cue, content


FOUND: tuple[tuple[Language, str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "fr",
        "Le pont est détruit, selon l'agence de presse du port, qui cite des pêcheurs.",
        (("l'agence de presse du port", "selon", "Le pont est détruit"), ("des pêcheurs", "cite", "Le pont est détruit")),
    ),
    (
        "fr",
        "L'agence Nord, citant le ministère, affirme que le pont est tombé.",
        (("le ministère", "citant", "le pont est tombé"), ("L'agence Nord", "affirme", "le pont est tombé")),
    ),
    (
        "en",
        "Quoting two officers, the agency said that the bridge was gone.",
        (("two officers", "Quoting", "the bridge was gone"), ("the agency", "said", "the bridge was gone")),
    ),
    (
        "en",
        "The bridge was blown up at dawn, villagers told the radio's reporter Anna Klein on Friday.",
        (("villagers", "told", "The bridge was blown up at dawn"),),
    ),
    ("en", "Dozens feared dead in the valley", ()),
    (
        "fr",
        "« Le pont est tombé », a déclaré le chef des rebelles, Omar Saleh, en visite dans la vallée.",
        (("le chef des rebelles, Omar Saleh", "a déclaré", "Le pont est tombé"),),
    ),
    (
        "fr",
        "Le maire a affirmé à la radio du port que le pont était tombé.",
        (("Le maire", "a affirmé", "le pont était tombé"),),
    ),
    (
        "fr",
        "L'opération vise, selon l'amiral Hadi, à protéger le port.",
        (("l'amiral Hadi", "selon", "L'opération vise | à protéger le port"),),
    ),
    (
        "fr",
        "Le maire accuse la milice de torturer des captifs et d'avoir incendié le port.",
        (("Le maire", "accuse", "la milice de torturer des captifs et d'avoir incendié le port"),),
    ),
    (
        "fr",
        "« Le pont est tombé », a déclaré un officier à l'AFP.",
        (("un officier", "a déclaré", "Le pont est tombé"),),
    ),
    (
        "fr",
        "Un pêcheur joint par téléphone a dit à l'AFP que le pont était tombé.",
        (("Un pêcheur joint par téléphone", "a dit", "le pont était tombé"),),
    ),
    (
        "fr",
        "Selon un journaliste à l'AFP, le pont est tombé.",
        (("un journaliste à l'AFP", "Selon", "le pont est tombé"),),
    ),
    (
        "fr",
        "Selon l'Observatoire du port (OP), établi à Brest, le pont est tombé.",
        (("l'Observatoire du port (OP), établi à Brest", "Selon", "le pont est tombé"),),
    ),
    ("fr", "Personne n'a revendiqué l'incendie du moulin.", ()),
    ("fr", "L'incendie n'a pas été revendiqué.", ()),
    (
        "fr",
        "Aucun tir n'explique l'incendie du moulin, ajoute le pompier.",
        (("le pompier", "ajoute", "Aucun tir n'explique l'incendie du moulin"),),
    ),
    (
        "fr",
        "Le moulin a brûlé, estime l'historien local Paul Garnier, qui a lu les archives.",
        (("l'historien local Paul Garnier", "estime", "Le moulin a brûlé"),),
    ),
    ("fr", "Le dépôt était vide, dit Paul Garnier (Revue du Nord, Lille).", (("Paul Garnier", "dit", "Le dépôt était vide"),)),
    ("fr", "La garnison aurait fui dans la nuit.", (("", "aurait fui", "La garnison aurait fui dans la nuit"),)),
    ("fr", "Ce serait une erreur.", ()),
    ("fr", "L'armée a pris la ville, ce que dément le maire.", (("le maire", "dément", "L'armée a pris la ville"),)),
    ("fr", "Des tirs ont été signalés dans le nord de la ville.", (("", "ont été signalés", "Des tirs | dans le nord de la ville"),)),
    ("fr", "Les blessés mentionnés dans le rapport sont partis.", (("le rapport", "mentionnés", "Les blessés"),)),
    ("fr", "Les chefs ont été entendus et ont reconnu avoir fui.", (("Les chefs", "ont reconnu", "avoir fui"),)),
    (
        "fr",
        "Paul Garnier a fait savoir hier par le biais d'une lettre qu'il quittait la ville.",
        (("Paul Garnier", "a fait savoir", "il quittait la ville"),),
    ),
)


@pytest.mark.parametrize(("language", "text", "expected"), FOUND)
def test_sources_cues_and_contents(language: Language, text: str, expected: tuple[tuple[str, str, str], ...]) -> None:
    assert tuple(words(text, one) for one in voices(text, language)) == expected


def test_who_is_cited_stands_inside_who_cites() -> None:
    agency, fishermen = voices(FOUND[0][1], "fr")
    assert (agency.source_kind, agency.parent) == ("media", None)
    assert (fishermen.source_kind, fishermen.parent) == ("unnamed", agency.id)


def test_a_surname_with_a_title_is_the_person_named_before() -> None:
    text = "Le pont est détruit, a déclaré Paul Garnier, maire de la ville. « Il faut partir », a affirmé M. Garnier. « Vite », a-t-il ajouté."
    assert [one.source_name for one in voices(text, "fr")] == ["Paul Garnier"] * 3


def test_a_document_speaks_for_who_issued_it_and_is_taken_up_again() -> None:
    text = "Le pont est détruit, affirme le communiqué de l'armée. Selon le communiqué, la route est coupée. « Le maire ment », ajoute-t-il."
    assert [(one.source_kind, one.source_name) for one in voices(text, "fr")] == [("document", "armée")] * 3


def test_a_pronoun_never_means_somebody_named_only_in_what_is_said() -> None:
    text = "« Jean Morel ment », ajoute-t-il."
    (said,) = voices(text, "fr")
    assert said.source_name is None


def test_plural_nouns_at_the_beginning_of_a_sentence_are_no_names() -> None:
    (said,) = voices("Historians say that the mill burned down.", "en")
    assert (said.source_kind, said.source_name) == ("unnamed", "Historians")


HOSTILE: tuple[tuple[str, str], ...] = (
    ("nothing", ""),
    ("blanks", " \n\t\u00a0 " * 50),
    ("marks only", "« » “ ” \" ' ( ) [ ] … ; : — " * 200),
    ("openings only", "« " * 3000 + "Il a dit que la ville est prise"),
    ("closings only", "Il a dit que la ville est prise" + " »" * 3000),
    ("crossed marks", '« Il a “dit » que ” la « ville " est » prise " et \' le maire » ment “ '.strip() * 100),
    ("one long quotation", "« " + "La ville est prise et le pont est coupé. " * 250 + "», affirme le maire."),
    ("an article that is one quotation", "« " + "\n".join("Nous partons demain, dit mon frère, et la ville est prise." for _ in range(150)) + " »"),
    ("a quotation never closed", "Le maire a dit : « " + "La ville est prise et le pont est coupé. " * 250),
    ("capitals", "LE MAIRE A DÉCLARÉ QUE LA VILLE EST PRISE. SELON L'ARMÉE, LE PONT EST COUPÉ. " * 60),
    ("no punctuation", "le maire dit que la ville est prise et selon l armée le pont est coupé mais le général affirme que non " * 60),
    ("scanned", "L e ma ire a dé- claré qu€ la vi1le est pr|se . « Nou5 par tons » a-t- i1 aj0uté , se1on 1'AFP ~~ " * 60),
    ("cues only", "dit que affirme que selon selon selon d'après citant cite dément " * 200),
    ("brackets", "Le maire (selon l'armée (selon la police (selon l'AFP ( dit que la ville est prise. " * 60),
)


@cache
def hostile(number: int) -> tuple[Parsed, float, tuple[Attribution, ...]]:
    parsed = parse_text(HOSTILE[number][1], "fr")
    began = time.process_time()
    found = find_voices(parsed, ())
    return parsed, time.process_time() - began, found


@pytest.mark.parametrize("number", range(len(HOSTILE)), ids=[name for name, _ in HOSTILE])
def test_hostile_text_is_read_in_bounded_time_and_stays_in_order(number: int) -> None:
    parsed, seconds, found = hostile(number)
    ids = {one.id for one in found}
    assert seconds < SLOWEST * max(len(parsed.text), 10_000) / 100_000
    assert len(ids) == len(found)
    for one in found:
        assert one.content
        assert all(0 <= span.start < span.end <= len(parsed.text) for span in (*one.source, *one.cue, *one.content))
        assert one.parent is None or (one.parent in ids and one.parent != one.id)


def test_a_long_quotation_is_the_mayors_from_end_to_end() -> None:
    number = [name for name, _ in HOSTILE].index("one long quotation")
    text = HOSTILE[number][1]
    (said,) = [one for one in hostile(number)[2] if one.source]
    assert words(text, said)[0] == "le maire"
    assert sum(span.end - span.start for span in said.content) > 10_000


def test_a_quotation_that_nobody_speaks_stays_open() -> None:
    text = "« La ville est prise et le pont est coupé depuis lundi. »\nLe marché ouvre à huit heures."
    assert [(one.source, one.source_name) for one in voices(text, "fr")] == [((), None)]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="«»“”\"'‘’`. ,:\nab", max_size=200))
def test_quotations_lie_inside_the_text_and_never_cross(text: str) -> None:
    parsed = _one_paragraph(text)
    found = find_quotations(parsed)
    for one in found:
        assert 0 <= one.start <= one.inner.start < one.inner.end <= one.end <= len(text)


def _one_paragraph(text: str) -> Parsed:
    """A parse with sentences but without words: quotation marks need no more."""
    from recoupe.language.parsed import Sentence

    lines = [(at, line) for at, line in _lines(text) if line.strip()]
    sentences = tuple(Sentence(number, at, at + len(line), 0, 0, number, "body") for number, (at, line) in enumerate(lines))
    return Parsed("fr", text, (), sentences, ())


def _lines(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for line in text.split("\n"):
        found.append((at, line))
        at += len(line) + 1
    return found
