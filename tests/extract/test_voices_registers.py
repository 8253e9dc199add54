"""Who says it in wire copy, live blogs, interviews and partisan papers? Made-up sentences in the shapes that each of them likes."""

from __future__ import annotations

from functools import cache

import pytest

from recoupe.extract.voices import find_voices
from recoupe.language.parse import parse_text
from recoupe.model import Attribution, Language


@cache
def voices(text: str, language: Language) -> tuple[Attribution, ...]:
    return find_voices(parse_text(text, language), ())


def words(text: str, attribution: Attribution) -> tuple[str, str, str]:
    parts = (attribution.source, attribution.cue, attribution.content)
    source, cue, content = (" | ".join(text[span.start : span.end] for span in spans) for spans in parts)
    return source, cue, content


FOUND: tuple[tuple[Language, str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "fr",
        "Douze soldats ont péri dans une embuscade, ont indiqué dimanche à l'AFP des sources sécuritaires.",
        (("sources sécuritaires", "ont indiqué", "Douze soldats ont péri dans une embuscade"),),
    ),
    (
        "fr",
        "Comme l'a annoncé lundi le ministère de la Défense, les troupes quitteront la base.",
        (("le ministère de la Défense", "a annoncé", "les troupes quitteront la base"),),
    ),
    ("fr", "Les troupes ont quitté la base lundi, comme annoncé.", (("", "annoncé", "Les troupes ont quitté la base lundi"),)),
    (
        "fr",
        "« Les combats sont violents, lâche un officier. On n'avait jamais vu cela. »",
        (("un officier", "lâche", "Les combats sont violents | On n'avait jamais vu cela"),),
    ),
    (
        "fr",
        "La ville est tombée, a dit le maire, ajoutant que le pont tenait encore.",
        (("le maire", "a dit", "La ville est tombée"), ("le maire", "ajoutant", "le pont tenait encore")),
    ),
    (
        "fr",
        "Au moins trente morts selon la mairie, une centaine d'après un syndicat de médecins.",
        (("la mairie", "selon", "Au moins trente morts"), ("un syndicat de médecins", "d'après", "une centaine")),
    ),
    ("fr", "Mensonge, rétorque Damas.", (("Damas", "rétorque", "Mensonge"),)),
    ("fr", "Les vivres sont partagés selon des règles et des critères stricts.", ()),
    ("fr", "Il est reproché au général d'avoir fui.", (("", "est reproché", "au général d'avoir fui"),)),
    (
        "fr",
        "Le chef rebelle a menacé d'attaquer la capitale si les pourparlers échouaient.",
        (("Le chef rebelle", "a menacé", "d'attaquer la capitale si les pourparlers échouaient"),),
    ),
    ("fr", "L'annonce du retrait des troupes a surpris la ville.", (("", "annonce", "retrait des troupes"),)),
    (
        "fr",
        "Les accusations de torture portées par l'opposition sont graves.",
        (("l'opposition", "accusations", "torture"),),
    ),
    (
        "fr",
        "L'Observatoire des droits de la vallée (OV) fait état de douze morts.",
        (("L'Observatoire des droits de la vallée (OV)", "fait état", "douze morts"),),
    ),
    (
        "en",
        "The tunnel, Anna Klein said, would open in spring.",
        (("Anna Klein", "said", "The tunnel | would open in spring"),),
    ),
    (
        "en",
        'The country "has changed for the better," Anna Klein said.',
        (("Anna Klein", "said", 'The country "has changed for the better,"'),),
    ),
    (
        "en",
        "The general said that the town was lost, adding that the bridge was gone.",
        (("The general", "said", "the town was lost"), ("The general", "adding", "the bridge was gone")),
    ),
    (
        "en",
        '"We are staying," said Anna Klein, who has lived here for ten years.',
        (("Anna Klein", "said", "We are staying,"),),
    ),
    ("en", "The guard asked not to be named.", ()),
    ("en", "The town is believed to have fallen.", (("", "is believed", "The town | to have fallen"),)),
)


@pytest.mark.parametrize(("language", "text", "expected"), FOUND)
def test_sources_cues_and_contents(language: Language, text: str, expected: tuple[tuple[str, str, str], ...]) -> None:
    assert tuple(words(text, one) for one in voices(text, language)) == expected


def test_a_denial_spoken_in_quotation_marks_is_not_denied_again() -> None:
    (said,) = voices("« Nous n'avons pas bombardé l'hôpital », a démenti le porte-parole.", "fr")
    assert (said.style, said.denial) == ("direct", False)


def test_a_sentence_of_its_own_denies_the_one_before() -> None:
    text = "Les troupes ont quitté la base. Ce que Bamako dément."
    (said,) = voices(text, "fr")
    assert words(text, said) == ("Bamako", "dément", "Les troupes ont quitté la base")
    assert said.denial


def test_the_medium_that_reached_a_speaker_by_telephone_is_the_relay() -> None:
    text = "« La route est coupée », a affirmé le colonel Garnier, joint par téléphone par l'AFP."
    said, relay = voices(text, "fr")
    assert (words(text, relay)[0], said.parent) == ("l'AFP", relay.id)
    assert words(text, said)[2] == "La route est coupée"


INTERVIEW = """Entretien avec Anne Garnier, géographe
Que pensez-vous de cette offensive ?
Anne Garnier : C'est une opération limitée. Selon la mairie, dix civils sont morts.
Pourquoi maintenant ?
A. G. : Parce que les alliés ont donné leur accord. L'armée a quitté la ville.
"""


def test_the_turns_of_an_interview_are_their_speakers() -> None:
    first, town, second = voices(INTERVIEW, "fr")
    assert [one.source_name for one in (first, second)] == ["Anne Garnier"] * 2
    assert town.parent == first.id


def test_one_colon_behind_a_name_is_no_interview() -> None:
    assert not [one for one in voices("Anne Garnier : la ville est tombée", "fr") if one.rule == "turn"]
