"""What was done on an earlier day, or in another case, is none of the article's own toll."""

from __future__ import annotations

import pytest

from recoupe.extract.figures import find_figures, standing_figures, whole_figures
from recoupe.extract.figures_elsewhere import earlier_cases, elsewhere
from recoupe.extract.figures_tolls import count_toll
from recoupe.extract.times import find_times
from recoupe.ingest import Item, to_document
from recoupe.ingest.item import fingerprint
from recoupe.language.parse import parse_text
from recoupe.model import Language

LATE = (
    "Deux soldats ont été tués lundi dans une embuscade près de Tessit. L'armée a poursuivi les assaillants. Le convoi venait de Gao. "
    "Le 3 mars, neuf soldats étaient morts sur la même route."
)
EARLY = (
    "Two soldiers were wounded on Monday in an ambush near Tessit. The army went after the attackers. The convoy came from Gao. "
    "On 3 March nine soldiers had died on the same road."
)


@pytest.mark.parametrize(("text", "language", "killed", "hurt"), [(LATE, "fr", 2, None), (EARLY, "en", None, 2)])
def test_an_earlier_day_is_another_case(text: str, language: Language, killed: int | None, hurt: int | None) -> None:
    data = text.encode()
    document = to_document(Item("a", None, data, fingerprint(data), "row", published="2026-06-10", language=language))
    parsed = parse_text(text, language)
    whole = whole_figures(parsed, standing_figures(parsed, find_figures(parsed)))
    dead, wounded = count_toll(parsed, whole, None, find_times(parsed, document))
    assert (dead.value, wounded.value) == (killed, hurt)


def test_without_times_nothing_is_earlier() -> None:
    assert earlier_cases(parse_text(LATE, "fr"), ()) == ()


def test_an_article_that_looks_back_is_of_what_it_looks_back_on() -> None:
    parsed = parse_text("Last month two men were killed. The trial begins on Monday. The judge spoke of the case.", "en")
    assert elsewhere(parsed, 0, len(parsed.text)) == ()
