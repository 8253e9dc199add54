from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.casebook.made import document, reading

from recoupe.casebook import Casebook, Recurring, open_casebook

FOOTER = ("Partager cet article", "Tous droits réservés, Le Courrier, journal fondé en 1871 et imprimé à Bilbao pour toute la province de Biscaye")


@pytest.fixture
def casebook(tmp_path: Path) -> Iterator[Casebook]:
    with open_casebook(tmp_path / "war.db") as opened:
        yield opened


def put(casebook: Casebook, key: str, *lines: str, outlet: str | None = "Le Courrier", code: str = "1") -> None:
    made = document("\n".join((*lines, *FOOTER)) + "\n", key, outlet=outlet)
    casebook.add(made, reading(made), tuple(made.text.splitlines()), code_version=code)


def article(number: int) -> tuple[str, ...]:
    return tuple(f"Ligne {line} de l'article {number}, avec assez de mots qui ne sont qu'à lui {number * line}" for line in range(1, 12))


def counts(casebook: Casebook, outlet: str | None = "Le Courrier") -> dict[str, int]:
    return {found.print: found.articles for found in casebook.recurring_prints(outlet)}


def test_lines_that_recur_over_articles_of_an_outlet(casebook: Casebook) -> None:
    for number in range(3):
        put(casebook, f"{number}.txt", *article(number))
    put(casebook, "abc.txt", *article(3), outlet="ABC")
    put(casebook, "none.txt", *article(4), outlet=None)
    put(casebook, "none2.txt", *article(5), outlet=None)
    assert counts(casebook) == dict.fromkeys(FOOTER, 3)
    assert counts(casebook, "ABC") == {}
    assert counts(casebook, None) == dict.fromkeys(FOOTER, 2)
    assert counts(casebook, "unknown") == {}
    assert casebook.recurring_prints("Le Courrier", least=4) == ()
    assert casebook.recurring_prints("Le Courrier")[0] == Recurring("Partager cet article", 3, of=3)


def test_versions_of_an_article_count_once(casebook: Casebook) -> None:
    put(casebook, "1.txt", *article(1))
    put(casebook, "1.txt", *article(1), "Une ligne ajoutée")
    put(casebook, "1.txt", "Tout autre chose")
    assert counts(casebook) == {}
    put(casebook, "2.txt", *article(2))
    assert counts(casebook) == dict.fromkeys(FOOTER, 2)


def test_near_copies_under_other_keys_count_once(casebook: Casebook) -> None:
    put(casebook, "1.txt", *article(1))
    put(casebook, "2.txt", *article(1), "Mis à jour à midi")
    put(casebook, "3.txt", "Reprise", *article(1)[1:])
    assert counts(casebook) == {}
    put(casebook, "4.txt", *article(4))
    assert counts(casebook) == dict.fromkeys(FOOTER, 2)


def test_short_articles_under_the_same_long_footer_are_different(casebook: Casebook) -> None:
    for number in range(4):
        put(casebook, f"{number}.txt", f"Brève {number}", f"Un fait {number}", f"Un autre {number}")
    assert counts(casebook) == dict.fromkeys(FOOTER, 4)


def test_a_second_reading_replaces_the_lines(casebook: Casebook) -> None:
    put(casebook, "1.txt", *article(1))
    put(casebook, "2.txt", *article(2))
    made = document("\n".join((*article(2), *FOOTER)) + "\n", "2.txt")
    casebook.add(made, reading(made), ("other",), code_version="2")
    assert counts(casebook) == {}
