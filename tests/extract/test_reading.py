"""Does reading a text take time in proportion to its length, whatever stands in it?"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from recoupe.extract.reading import read_parsed
from recoupe.ingest import Fields, Item, read_items, to_document
from recoupe.knowledge.actors import open_register
from recoupe.knowledge.places import open_gazetteer
from recoupe.language.headline import parse_headline
from recoupe.language.parse import parse_all

SENTENCES = (
    "Le général a dit que l'armée avance vers Alep. ",
    "« Nous avons tué 12 rebelles à Alep, a dit M. Durand, le 3 mai 2019. ",
)


@pytest.mark.parametrize("sentence", SENTENCES, ids=["one line of speech", "quotations that never close"])
def test_a_long_line_takes_time_in_proportion(sentence: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    def seconds(times: int) -> float:
        path = tmp_path_factory.mktemp("long") / "line.txt"
        path.write_text(sentence * times, encoding="utf-8")
        (item,) = (item for item in read_items([str(path)], Fields()) if isinstance(item, Item))
        document = to_document(item)
        (parsed,) = parse_all([document])
        began = time.process_time()
        read_parsed(document, parsed, open_register(), open_gazetteer())
        return time.process_time() - began

    seconds(20)
    assert seconds(600) < 10 * seconds(150)  # four times the text; sixteen times the work would be its square


@pytest.mark.parametrize(
    "text",
    [
        "Le quartier général dément avoir bombardé Guernica.",  # the tagger takes "dément" for an adverb
        "Le ministre dément que l'armée ait bombardé la ville.",
        "The minister denied that the army had bombed the town.",
        "« Nous n'avons pas bombardé la ville », affirme le ministre.",
    ],
)
def test_what_is_denied_did_not_happen_for_its_voice(text: str, tmp_path: Path) -> None:
    path = tmp_path / "denial.txt"
    path.write_text(text, encoding="utf-8")
    (item,) = (item for item in read_items([str(path)], Fields()) if isinstance(item, Item))
    document = to_document(item)
    (parsed,) = parse_all([document])
    found = read_parsed(document, parsed, open_register(), open_gazetteer())
    assert [claim.factuality for claim in found.claims if claim.type == "ASSAULT"] == ["CT-"]


@pytest.mark.parametrize(
    ("text", "title", "killed", "wounded", "words"),
    [
        ("A man shot and killed his wife on Monday, then turned the gun on himself, police said.", None, 2, None, None),
        ("Un homme a tué sa femme et blessé deux voisins lundi à Lille.", None, 1, 2, None),
        ("Gunmen attacked the market on Monday, police said. The attackers fled.", "Gunmen kill 13 at market", 13, None, "13"),
        ("Le ministre a visité l'usine lundi.", None, None, None, None),
    ],
)
def test_a_reading_has_its_articles_toll_with_the_words_that_say_so(
    text: str, title: str | None, killed: int | None, wounded: int | None, words: str | None
) -> None:
    document = to_document(Item("a", None, text.encode(), "0" * 64, "row", title=title))
    (parsed,) = parse_all([document])
    found = read_parsed(document, parsed, open_register(), open_gazetteer(), parse_headline(document))
    if killed is None:
        assert found.toll is None
        return
    assert found.toll is not None
    assert (found.toll.killed, found.toll.wounded) == (killed, wounded)
    assert found.toll.evidence or found.toll.in_title
    assert set(found.toll.claims) <= {claim.id for claim in found.claims}
    assert all(0 <= span.start < span.end <= len(text) for span in found.toll.evidence)
    if words is not None and title is not None:
        assert [title[span.start : span.end] for span in found.toll.in_title] == [words]


@pytest.mark.parametrize(
    ("name", "text", "stage"),
    [
        ("en.txt", "Rebels attacked the base on Monday. The attack was repelled after an hour.", "attempted"),
        ("fr.txt", "Les rebelles ont attaqué la base lundi. L'attaque a été repoussée après une heure.", "attempted"),
        ("other.txt", "Rebels attacked the base on Monday. The kidnapping of the mayor was foiled.", "accomplished"),
    ],
)
def test_an_attack_that_failed_is_attempted_from_its_first_mention(name: str, text: str, stage: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    (item,) = (item for item in read_items([str(tmp_path / name)], Fields()) if isinstance(item, Item))
    document = to_document(item)
    (parsed,) = parse_all([document])
    assert read_parsed(document, parsed, open_register(), open_gazetteer()).claims[0].stage == stage
