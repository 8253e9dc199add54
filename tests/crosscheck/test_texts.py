"""Copies, cuts and translations are one text; articles on one event are not."""

from __future__ import annotations

import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.crosscheck.builders import document

from recoupe.crosscheck import copies, signature
from recoupe.crosscheck.texts import Signature
from recoupe.model import Block, Language

STORY = (
    "Des avions ont bombardé lundi la petite ville de Guernica, où se tenait le marché, selon le gouvernement basque. "
    "Le bombardement a duré plus de trois heures et les bombes incendiaires ont détruit la plus grande partie des maisons. "
    "Des habitants qui fuyaient dans les champs ont été mitraillés, rapportent plusieurs correspondants arrivés dans la nuit de Bilbao. "
    "Le président Aguirre accuse l'aviation allemande au service des généraux rebelles et demande au monde d'en juger. "
    "À Salamanque, le quartier général affirme qu'aucun appareil n'a pris l'air ce jour-là à cause du brouillard et de la pluie."
)
OTHER = (
    "La ville basque n'est plus que décombres fumants, écrit notre envoyé, qui a marché toute la nuit parmi les ruines. "
    "Personne ne sait combien de corps restent sous les pierres ; les secours, venus de la côte, manquent d'eau et de bras. "
    "Le feu courait encore d'un toit à l'autre quand les derniers camions de réfugiés ont pris la route de Bilbao ce matin."
)


def sign(name: str, text: str, language: Language = "fr", published: str | None = "1937-04-28") -> Signature:
    return signature(document(name, text, language=language, published=published))


def test_a_reprint_a_cut_and_a_light_edit_are_one_text() -> None:
    cut = STORY[: STORY.index("Le président")]
    edited = STORY.replace("lundi", "avant-hier").replace("petite ville", "ville").replace("plusieurs correspondants", "des correspondants")
    found = copies([sign("a", STORY), sign("b", STORY), sign("c", cut), sign("d", edited), sign("e", OTHER)])
    assert found == (("a", "b", "c", "d"),)


def test_a_text_that_quotes_a_sentence_of_another_is_no_copy() -> None:
    quoting = OTHER + " " + STORY[: STORY.index(" Le bombardement")]
    assert copies([sign("a", STORY), sign("b", quoting)]) == ()


def test_a_translation_shares_numbers_and_names() -> None:
    french = (
        "Le gouvernement de José Antonio Aguirre, réuni par Leizaola près de Durango, compte 1654 morts et 889 blessés à Guernica. "
        "Sur 3000 bombes, le capitaine Steer en a vu 12 porter des marques de la maison Rheindorf, fabriquées en 1936."
    )
    english = (
        "The government of José Antonio Aguirre, gathered by Leizaola near Durango, counts 1654 dead and 889 wounded at Guernica. "
        "Of 3000 bombs captain Steer saw 12 bearing the marks of the works of Rheindorf, made in 1936."
    )
    assert copies([sign("a", french), sign("b", english, "en")]) == (("a", "b"),)
    assert copies([sign("a", french), sign("b", english, "en", published="1937-09-28")]) == ()


def test_furniture_is_left_out() -> None:
    menu = "Accueil International Politique Société Économie Culture Sport Abonnez-vous à notre lettre du matin pour tout savoir " * 4
    made = []
    for name, text in (("a", STORY), ("b", OTHER)):
        plain = document(name, menu + text)
        made.append(type(plain)(plain.info, plain.text, (Block("chrome", 0, len(menu)), Block("body", len(menu), len(plain.text)))))
    assert copies(map(signature, made)) == ()


def test_a_thousand_copies_are_found_in_bounded_time() -> None:
    one = sign("x", STORY)
    many = [Signature(f"d{n:04}", one.language, one.day, one.runs, one.numbers, one.names, one.minhash, one.agencies) for n in range(1000)]
    started = time.process_time()
    (group,) = copies(many)
    assert len(group) == 1000
    assert time.process_time() - started < 10


def test_hostile_texts_have_signatures() -> None:
    for text in ("", " ", "x", "!!!", "\u0000\ud7ff", "A" * 100_000, "mot " * 20_000):
        sign("a", text)
    assert copies([sign("a", ""), sign("b", "")]) == ()


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_arrival_plays_no_part(order: list[int]) -> None:
    chance = random.Random(5)
    sentences = STORY.split(". ")
    made = [sign(f"d{n}", ". ".join(chance.sample(sentences, 4))) for n in range(6)]
    assert copies([made[n] for n in order]) == copies(made)
