"""The day of publication has a reason, or is unknown with the reason; nothing is taken from what can't tell it."""

from __future__ import annotations

import pytest

from recoupe.ingest import Item, to_document
from recoupe.model import Language, Published

PROSE = "Les combats ont repris dans la nuit autour du pont, selon des habitants joints par téléphone, et deux familles ont quitté le quartier."
ENGLISH = "Fighting resumed overnight around the bridge, residents reached by telephone said, and two families have left the quarter for good."


def published(text: str, *, language: Language = "fr", stated: str | None = None, url: str | None = None) -> Published:
    return to_document(Item("a", None, text.encode(), "0" * 64, "text", language=language, published=stated, url=url)).info.published


@pytest.mark.parametrize(
    ("stated", "value"),
    [
        ("2018-11-12", "2018-11-12"),
        ("2018-11-12T23:30:00+02:00", "2018-11-12"),
        ("2018-11-12T00:10:00Z", "2018-11-12"),
        ("2018-11-12 08:15", "2018-11-12"),
        ("Mon, 12 Nov 2018 23:30:00 -0500", "2018-11-12"),
        ("12 Nov 2018 08:00:00 GMT", "2018-11-12"),
        ("1542009600", "2018-11-12"),
        ("1542009600000", "2018-11-12"),
        ("1542009600.25", "2018-11-12"),
        ("20181112", "2018-11-12"),
        ("20181112T080000Z", "2018-11-12"),
        ("201811120800", "2018-11-12"),
        ("2018/11/12", "2018-11-12"),
        ("12.11.2018", "2018-11-12"),
        ("13/11/18", "2018-11-13"),
        ("12 novembre 2018 à 14h30", "2018-11-12"),
        ("lundi 12 nov. 2018", "2018-11-12"),
        ("November 12th, 2018 3:45 PM", "2018-11-12"),
        ("2018-11", "2018-11"),
        ("2018", "2018"),
        ("novembre 2018", "2018-11"),
        ("1937-04-28", "1937-04-28"),
        ("٢٠١٨", "2018"),
    ],
)
def test_declared_dates_are_read_in_every_usual_form(stated: str, value: str) -> None:
    found = published(PROSE, stated=stated)
    assert found.value == value
    assert found.date_start is not None
    assert found.date_start.startswith(value)
    assert stated in found.evidence


@pytest.mark.parametrize(
    "stated", ["hier", "2018-13-45", "31/02/2018", "0000-00-00", "soon", "12", "99999999999999999999", "nan", "-1", "3018-01-01"]
)
def test_a_declaration_that_is_no_date_is_said_and_nothing_more(stated: str) -> None:
    found = published(PROSE, stated=stated)
    assert found.value is None
    assert "can't be read as a date" in found.evidence
    assert "nothing in the input" in found.evidence


def test_day_and_month_are_read_as_the_language_writes_them_or_left_open() -> None:
    assert published(PROSE, stated="12/11/2018").value == "2018-11-12"
    english = published(ENGLISH, language="en", stated="12/11/2018")
    assert (english.value, english.date_start, english.date_end) == ("2018", "2018-11-12", "2018-12-11")
    assert english.candidates == ("2018-12-11", "2018-11-12")
    assert published(ENGLISH, language="en", stated="12/25/2018").value == "2018-12-25"
    assert published(ENGLISH, language="en", stated="11/11/2018").value == "2018-11-11"


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("https://e.org/2018/11/12/pont.html", "2018-11-12"),
        ("https://e.org/monde/pont-coupe-20181112", "2018-11-12"),
        ("https://e.org/2018-11-12-pont", "2018-11-12"),
        ("https://e.org/2018/11/pont.html", "2018-11"),
        ("https://20181112.org/pont", None),
        ("https://web.archive.org/web/20190101000000/https://e.org/pont", None),
        ("https://web.archive.org/web/20190101000000/https://e.org/2018/11/12/pont", "2018-11-12"),
        ("https://e.org/pont?date=2018/11/12", None),
        ("https://e.org/20189912/1234567890", None),
    ],
)
def test_an_address_may_hold_the_day(url: str, value: str | None) -> None:
    assert published(PROSE, url=url).value == value


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("Publié le 12 novembre 2018 à 14h30", "2018-11-12"),
        ("Mis à jour le 14/11/2018 - Publié le 12/11/2018", "2018-11-14"),
        ("Publié le 12/11/2018 à 8h, mis à jour le 14/11/2018", "2018-11-12"),
        ("Par Jeanne Exemple, le 12 novembre 2018", "2018-11-12"),
        ("12 novembre 2018", "2018-11-12"),
        (f"PARIS, 12 nov 2018 (AFP) - {PROSE}", "2018-11-12"),
        (f"12 novembre 2018. - {PROSE}", "2018-11-12"),
    ],
)
def test_a_line_of_the_article_may_state_the_day(head: str, value: str) -> None:
    assert published(f"Le pont coupé\n\n{head}\n\n{PROSE}").value == value


def test_english_lines_and_datelines() -> None:
    assert published(f"A bridge cut\n\nPosted on November 12, 2018\n\n{ENGLISH}", language="en").value == "2018-11-12"
    assert published(f"A bridge cut\n\nKABUL, Nov. 12, 2018 (Reuters) - {ENGLISH}", language="en").value == "2018-11-12"


def test_what_the_article_calls_today_is_its_day() -> None:
    assert published(f"{PROSE} Aujourd'hui, lundi 12 novembre 2018, la ville est calme.").value == "2018-11-12"
    assert published(f"{PROSE} Le maire a démissionné hier, dimanche 11 novembre 2018.").value == "2018-11-12"
    assert published(f"{ENGLISH} The mayor resigned today, November 12, 2018.", language="en").value == "2018-11-12"


@pytest.mark.parametrize(
    "text",
    [
        "Le 12 novembre 2018, l'armée avait pris la ville.",
        "Le traité date du mardi 13 novembre 2018.",
        "Depuis 2014, la ville est coupée en deux.",
        "L'armée quittera le pays le 12 novembre 2018.",
        "Jeudi, la ville était calme.",
    ],
)
def test_a_date_that_is_told_is_not_the_day_of_publication(text: str) -> None:
    found = published(f"{PROSE} {text}")
    assert found.value is None
    assert (found.date_start, found.date_end) == (None, None)
    assert found.evidence


def test_nothing_comes_out_of_chrome_or_links() -> None:
    text = f"Le pont coupé\n\n{PROSE}\n\nLire aussi : Le dimanche 11 novembre 2018, une trêve\n\n© 2018 Radio Alep. Tous droits réservés\n\nPartager cet article"
    assert published(text).value is None


def test_a_weekday_and_a_bound_leave_one_year() -> None:
    found = published(f"{PROSE} Daech a attaqué le pont le dimanche 11 novembre.")
    assert (found.value, found.date_start, found.date_end) == ("2018-11", "2018-11-11", "2018-11-30")
    assert "Daech" in found.evidence
    assert found.candidates == ()


def test_several_years_stay_candidates_newest_first() -> None:
    found = published(f"{PROSE} Boko Haram a attaqué le pont le dimanche 11 novembre.")
    assert found.value is None
    assert found.candidates == ("2018-11", "2012-11", "2007-11")
    assert "Boko Haram" in found.evidence


def test_the_year_next_to_the_newest_date_told_is_taken_and_said() -> None:
    found = published(f"{PROSE} La trêve de janvier 2012 a tenu jusqu'au dimanche 11 novembre.")
    assert found.value == "2012-11"
    assert found.candidates == ("2018-11", "2012-11")
    assert "2012-01" in found.evidence


def test_a_date_to_come_is_no_bound() -> None:
    found = published(f"{PROSE} Le retrait sera achevé fin 2019. Daech a attaqué dimanche 11 novembre.")
    assert found.value == "2018-11"


def test_weekdays_that_fit_no_year_together_are_said() -> None:
    found = published(f"{PROSE} Des tirs lundi 11 novembre, puis mardi 11 novembre.")
    assert found.value is None
    assert "no year" in found.evidence


def test_a_day_at_the_end_of_a_month_leaves_the_month_open() -> None:
    found = published(f"{PROSE} Daech a attaqué le pont le vendredi 30 novembre.")
    assert (found.value, found.date_start) == ("2018", "2018-11-30")


def test_the_datelines_day_and_a_weekday_give_the_day() -> None:
    found = published(f"ALEP, 12 novembre (AFP) - {PROSE} Daech a attaqué le pont dimanche 11 novembre.")
    assert found.value == "2018-11-12"
    alone = published(f"ALEP, 12 novembre (AFP) - {PROSE} L'Orechnik est tombé près du pont.")
    assert alone.value is None
    assert alone.candidates == ("2026-11-12", "2025-11-12", "2024-11-12")


def test_the_reading_is_the_same_on_every_day(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"{PROSE} Daech a attaqué le pont le dimanche 11 novembre."
    before = published(text)
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    assert published(text) == before


@pytest.mark.parametrize(
    "text", ["31 février 2018.", "99 novembre.", "dimanche 31 novembre", "1er", "Le 2018", "12/13/14/15", "0 mai 2018", "mardi 29 février"]
)
def test_odd_dates_break_nothing(text: str) -> None:
    assert published(f"{PROSE} {text}").evidence
