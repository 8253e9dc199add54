from __future__ import annotations

import time
from datetime import date, timedelta
from functools import cache
from itertools import zip_longest

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recoupe.extract.times import find_times
from recoupe.extract.times.anchoring import possible_days, year_of_day
from recoupe.language.parse import parse_all
from recoupe.language.parsed import Parsed, Sentence, Token
from recoupe.language.timex import days_of
from recoupe.model import Block, Document, DocumentInfo, Language, Published, TimeMention

WEDNESDAY = "2018-11-14"
UNKNOWN = Published(None, None, None, "nothing says")


def on(day: str | None) -> Published:
    return Published(day, day, day, "given") if day else UNKNOWN


def document(text: str, language: Language, published: Published) -> Document:
    info = DocumentInfo("x", "x", None, None, None, language, None, published, len(text), "")
    return Document(info, text, (Block("body", 0, len(text)),))


@cache
def parsed(text: str, language: Language) -> Parsed:
    return next(parse_all([document(text, language, UNKNOWN)]))


def times(text: str, language: Language = "fr", published: Published | None = None) -> tuple[TimeMention, ...]:
    return find_times(parsed(text, language), document(text, language, published or on(WEDNESDAY)))


def values(text: str, language: Language = "fr", published: Published | None = None) -> list[tuple[str, str]]:
    return [(found.text, found.value) for found in times(text, language, published)]


NO_TIMES_FR = [
    "Le contingent de 500 militaires a débuté son retrait.",
    "Un jour, la paix viendra.",
    "Il a été tué par des tirs, ils ont été arrêtés.",
    "Une sonde a atteint la planète Mars.",
    "Sept soldats sont morts avec sa mère.",
    "Plus de 2 000 soldats sont partis, et 2000 soldats sont revenus.",
    "Le 31 février n'existe pas.",
    "L'an 20018 et l'an 0000 ne sont rien.",
    "Il a parlé avec Mai Linh et le maréchal Juin.",
    "Appelez le 03 83 59 80 08.",
    "Un F-16 et un Su-24 ont décollé.",
    "La résolution 1701 est violée.",
    "Le second convoi est passé, une seconde fois.",
    "Ahmed, 45 ans, vit à Tyr.",
]
NO_TIMES_EN = [
    "May I come in?",
    "They march on the capital and fall back.",
    "He came second, one day to be first.",
    "Resolution 1701 was violated by 2000 soldiers.",
    "An F-16 took off from Hangar 2010-B.",
    "Call 212-555-1234 now that you can.",
    "He was killed, aged 45.",
    "Up to 1429 people were killed.",
]


@pytest.mark.parametrize(("language", "text"), [*(("fr", text) for text in NO_TIMES_FR), *(("en", text) for text in NO_TIMES_EN)])
def test_what_only_looks_like_a_time_is_none(language: Language, text: str) -> None:
    assert values(text, language) == []


def test_a_weekday_with_its_day_fixes_the_year() -> None:
    late = on("2019-03-09")
    assert values("Une infiltration a été repoussée le dimanche 11 novembre.", published=late) == [("le dimanche 11 novembre", "2018-11-11")]


def test_days_of_a_published_month_are_counted_from_the_latest_day_that_the_text_names() -> None:
    text = (
        "Depuis le tir de mercredi, tout est calme. Le convoi est entré vendredi 20 novembre. La semaine dernière, un accord a été signé jeudi soir."
    )
    found = times(text, published=Published("2020-11", "2020-11-01", "2020-11-30", "weekday"))
    assert [time.value for time in found] == ["2020-11-18", "2020-11-20", "2020-W46", "2020-11-19TEV"]
    assert found[0].anchor is not None
    assert (found[0].anchor.source, found[0].anchor.day, found[0].anchor.mention) == ("mention", "2020-11-20", found[1].id)


def test_candidates_that_disagree_leave_a_date_open() -> None:
    either = Published(None, None, None, "two readings", ("2018-03-11", "2018-11-03"))
    found = {time.text: (time.value, time.date_start) for time in times("Il est mort mardi, en 2018, ou cette année.", published=either)}
    assert found == {"mardi": ("XXXX-WXX-2", None), "2018": ("2018", "2018-01-01"), "cette année": ("2018", "2018-01-01")}


def test_without_a_publication_day_nothing_is_invented() -> None:
    text = "Il a été tué hier. La semaine dernière, un raid a eu lieu. Lundi, à 18 h, il partira. Noël 2016 fut calme."
    found = times(text, published=UNKNOWN)
    assert [(time.value, time.date_start) for time in found] == [
        ("XXXX-XX-XX", None),
        ("XXXX-WXX", None),
        ("XXXX-WXX-1", None),
        ("XXXX-XX-XXT18:00", None),
        ("2016-12-25", "2016-12-25"),
    ]


def test_a_clock_time_hangs_on_the_day_of_its_sentence() -> None:
    text = "Il est parti mardi. Jeudi dernier, entre 0 h 30 et 4 h, des tirs ont eu lieu. À 6 h, tout était fini."
    assert [value for _, value in values(text) if "T" in value] == ["2018-11-08T00:30", "2018-11-08T04:00", "2018-11-08T06:00"]


def test_the_night_between_two_days_covers_both() -> None:
    (night,) = times("Des raids ont eu lieu dans la nuit de lundi à mardi.")
    assert (night.value, night.date_start, night.date_end) == ("2018-11-12TNI", "2018-11-12", "2018-11-13")


def test_a_story_counts_from_the_day_that_it_told_of() -> None:
    text = "La ville tomba le 3 mars 2016. Le lendemain, un convoi partit. Deux jours plus tard, il arriva."
    found = times(text)
    assert [time.value for time in found] == ["2016-03-03", "2016-03-04", "2016-03-06"]
    assert [time.anchor.mention if time.anchor else None for time in found] == [None, found[0].id, found[1].id]


def test_the_end_of_a_year_is_its_second_half() -> None:
    (end,) = times("Il est revenu fin 2017.")
    assert (end.value, end.date_start, end.date_end) == ("2017", "2017-07-02", "2017-12-31")


def test_typographic_marks_and_blanks_are_read_as_plain_ones() -> None:
    assert values("Il y a 30\u00a0ans, l’après-midi du vendredi\u202f9 novembre.") == [
        ("Il y a 30\u00a0ans", "1988"),
        ("l’après-midi du vendredi\u202f9 novembre", "2018-11-09TAF"),
    ]


def test_capitals_throughout_are_read() -> None:
    assert values("ATTAQUE CONTRE UNE BASE MARDI SOIR, EN MARS 2017.") == [("MARDI SOIR", "2018-11-13TEV"), ("MARS 2017", "2017-03")]
    assert ("LAST NIGHT", "2018-11-13TNI") in values("GUERRILLAS ATTACKED THE BASE LAST NIGHT.", "en")


def test_chrome_is_no_anchor() -> None:
    text = "le 3 mars 2019\nIl a été tué mardi 6 novembre."
    chrome = Document(
        document(text, "fr", Published("2018", None, None, "weekday")).info, text, (Block("chrome", 0, 14), Block("body", 15, len(text)))
    )
    assert [time.value for time in find_times(next(parse_all([chrome])), chrome)] == ["2018-11-06"]


def test_possible_days_of_a_month_are_its_ends() -> None:
    assert possible_days(Published("2018-11", None, None, "x")) == (date(2018, 11, 1), date(2018, 11, 30))
    assert possible_days(UNKNOWN) == ()


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.dates(date(1990, 1, 1), date(2030, 12, 31)))
@example(date(2004, 2, 29), date(1992, 1, 1))
def test_the_year_of_a_weekday_and_day_has_that_weekday(day: date, now: date) -> None:
    year = year_of_day(day.month, day.day, day.isoweekday(), now, None)
    assert year is not None
    assert date(year, day.month, day.day).isoweekday() == day.isoweekday()
    if abs(day - now) < timedelta(days=900):
        assert year == day.year


@pytest.mark.parametrize(("tense", "year"), [("past", 2016), ("future", 2020), (None, 2020)])
def test_a_leap_day_without_a_weekday_is_of_a_leap_year(tense: str | None, year: int) -> None:
    assert year_of_day(2, 29, None, date(2018, 6, 1), tense) == year


# ------------------------------------------------------------------------------------------------------------- hostile and generated text

PIECES_FR = [
    "lundi",
    "3",
    "mars",
    "2018",
    "le",
    "il y a",
    "deux",
    "ans",
    "soir",
    "du",
    "au",
    "dernier",
    "18 h",
    "fin",
    "nuit",
    "à",
    "99",
    "chaque",
    ",",
    ".",
]
PIECES_EN = [
    "Monday",
    "3",
    "March",
    "2018",
    "the",
    "ago",
    "two",
    "years",
    "night",
    "from",
    "to",
    "last",
    "6 pm",
    "late",
    "of",
    "in",
    "99",
    "every",
    ",",
    ".",
]


def unparsed(text: str, language: Language) -> Parsed:
    """A parse without a model: one sentence, words on blanks, no tense."""
    tokens, at = [], 0
    for index, word in enumerate(text.split()):
        at = text.index(word, at)
        tokens.append(Token(index, at, at + len(word), word, word.lower(), word.lower(), "X", "dep", index, "", space=True))
        at += len(word)
    sentences = (Sentence(0, tokens[0].start, tokens[-1].end, 0, len(tokens), 0, "body"),) if tokens else ()
    return Parsed(language, text, tuple(tokens), sentences, ())


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["fr", "en"]),
    st.lists(st.one_of(st.sampled_from(PIECES_FR), st.sampled_from(PIECES_EN), st.text(max_size=6)), max_size=25),
    st.sampled_from([WEDNESDAY, "2016-02-29", "0001-01-01", "9999-12-31", None]),
)
def test_any_text_gives_ordered_mentions_that_quote_it(language: Language, pieces: list[str], day: str | None) -> None:
    text = " ".join(pieces)
    found = find_times(unparsed(text, language), document(text, language, on(day)))
    for mention, after in zip_longest(found, found[1:]):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start < mention.end
        assert after is None or mention.end <= after.start
        if mention.date_start is not None:
            assert mention.date_end is not None
            assert date.fromisoformat(mention.date_start) <= date.fromisoformat(mention.date_end)
            assert mention.timex in {"DATE", "TIME"}
        covered = days_of(mention.value) if mention.timex in {"DATE", "TIME"} else None
        assert covered is None or (mention.date_start is not None and covered[0].isoformat() <= mention.date_start)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "!!!", "🙂", "\ufeff\u200b", "2018", "le", "İ le 3 mars 2018 İ"])
def test_odd_texts_are_read(text: str) -> None:
    for found in times(text, "fr"):
        assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "piece",
    [
        "le lundi 3 mars 2018 au soir ",
        "1 ",
        "2018-",
        "deux ",
        "lundi mardi ",
        "entre 3 et ",
        "il y a un quart de siècle ",
        "1,5.",
        "jusqu'à la fin de ",
    ],
)
def test_a_hundred_thousand_characters_without_an_end_are_read_in_time(piece: str) -> None:
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    parse = unparsed(text, "fr")
    start = time.process_time()
    find_times(parse, document(text, "fr", on(WEDNESDAY)))
    assert time.process_time() - start < 10
