"""How many persons does a list name?"""

from __future__ import annotations

import pytest

from recoupe.extract.figures_lists import find_lists
from recoupe.language.parse import parse_text
from recoupe.model import Language


@pytest.mark.parametrize(
    ("language", "text", "totals"),
    [
        ("fr", "Un homme et vingt-deux soldats sont morts.", [23]),
        ("fr", "Trente et un civils et deux soldats sont morts.", [33]),
        ("fr", "Selon Jean Martin, quarante-cinq personnes sont blessées.", []),
        ("en", "A man and twenty-two soldiers died.", [23]),
        ("en", "A woman and one hundred and five soldiers died.", [106]),
        ("en", "A man, two women and a 5-year-old boy died.", [4]),
        ("en", "The attack killed 30 people, 12 soldiers and 5 policemen.", [30]),
        ("en", "The attack killed 12 soldiers, 3 policemen and a child.", [16]),
        ("en", "The Kellers and their four children, Mia, Ben, Jo and Sam, died. Tom Keller and their two children, Mia and Ben, died.", [4, 3]),
        ("en", "Tom Keller, a farmer and father, died.", []),
        ("en", "John Keller, another man and a child died.", [3]),
        ("fr", "Jean Martin et ses deux filles, Zoé et Anne, sont morts.", [3]),
        ("fr", "Deux assaillants, sept victimes", []),
        ("en", "", []),
    ],
)
def test_numbers_in_words_count_whole(language: Language, text: str, totals: list[int]) -> None:
    assert [one.total for one in find_lists(parse_text(text, language), 0, len(text))] == totals
