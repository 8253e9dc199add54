"""Names that are places are put on the map, what only looks like one is not, and what can't be told stays open."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.knowledge.gazetteers import gazetteer

from recoupe.extract.places import Toponym, find_places, toponyms
from recoupe.language.parse import parse_text
from recoupe.model import ActorMention, Language, PlaceMention


def named(text: str, language: Language = "fr") -> tuple[PlaceMention, ...]:
    return find_places(parse_text(text, language), gazetteer(), ())


def used(text: str, language: Language = "fr") -> dict[str, str]:
    found: tuple[Toponym, ...] = toponyms(parse_text(text, language), gazetteer(), ())
    return {toponym.mention.text: toponym.use for toponym in found}


NO_PLACES_FR = (
    "Une sonde a atteint Mars.",
    "Il a été tué en été par des tirs, un jour de mai.",
    "Les soldats irakiens, les Yankees, les Allemands et les Anglais sont partis.",
    "Le Comité de Non-Intervention s'est réuni.",
    "Les députés de la Douma ont voté.",
    "Jean Paris et Mme Florence Lyon ont témoigné.",
    "La région », confie Jean, adjoint de la commune et de Marylène.",
    "L'Institut, l'Unité et la Ville ont signé.",
    "Ils ont vu Val-et-Xyz.",
)
NO_PLACES_EN = (
    "The Non-Intervention Committee voted.",
    "Two probes orbit Mars.",
    "Syrian state TV said British fighters left.",
    "Many Christians, a Popular committee and the Media said no.",
    "The rebels of the Hamas group spoke of Human rights.",
    "He marched in March and may come in May.",
)


@pytest.mark.parametrize(("language", "text"), [*(("fr", text) for text in NO_PLACES_FR), *(("en", text) for text in NO_PLACES_EN)])
def test_what_only_looks_like_a_place_is_none(language: Language, text: str) -> None:
    assert named(text, language) == ()


@pytest.mark.parametrize(
    ("language", "text", "name", "place"),
    [
        ("fr", "Les combats ont repris au Mali.", "Mali", "country:ML"),
        ("fr", "L'armée s'est retirée du Niger.", "Niger", "country:NE"),
        ("fr", "Les rives du Niger sont inondées.", "Niger", "rc:xx-niger-river"),
        ("fr", "La crue du Niger menace la ville.", "Niger", "rc:xx-niger-river"),
        ("en", "The River Niger flooded the town.", "Niger", "rc:xx-niger-river"),
        ("en", "Fighting broke out on the banks of the Jordan.", "Jordan", "rc:xx-jordan-river"),
        ("en", "Fighting broke out in Jordan.", "Jordan", "country:JO"),
        ("fr", "Il vit au Caire.", "Caire", "gn:360630"),
        ("fr", "Il est né au Mans, dans la ville du Mans.", "Mans", "gn:3003603"),
        ("fr", "Un accord sur L'Irak a été signé en L'IRAK.", "Irak", "country:IQ"),
        ("fr", "Un raid a visé la base d'al-Tanf.", "al-Tanf", "rc:sy-al-tanf"),
        ("fr", "Le champ pétrolier d'al-Omar est en feu.", "champ pétrolier d'al-Omar", "rc:sy-al-omar-oil-field"),
        ("fr", "Le camp de Roukban est assiégé.", "Roukban", "rc:sy-rukban"),
        ("fr", "Le poste-frontière de Nassib a rouvert.", "Nassib", "rc:sy-nasib-crossing"),
        ("en", "An attack in Syrian Idlib province killed two.", "Idlib province", "iso:SY-ID"),
        ("en", "Troops massed along the Iraqi-Syrian border.", "Iraqi-Syrian border", "border:IQ-SY"),
        ("fr", "Une bombe a explosé à la frontière irako-turque.", "frontière irako-turque", "border:IQ-TR"),
    ],
)  # fmt: skip
def test_a_name_means_the_place_that_its_words_ask_for(language: Language, text: str, name: str, place: str) -> None:
    assert (name, place) in [(mention.text, mention.place) for mention in named(text, language)]


def test_a_road_between_places_names_each_of_them() -> None:
    found = [mention.name for mention in named("La route Damas-Beyrouth et l'axe Téhéran-Bagdad-Damas sont coupés.")]
    assert found == ["Damascus", "Beirut", "Tehran", "Baghdad", "Damascus"]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fr", "Washington a démenti avoir tué des civils.", "Washington"), ("fr", "Le Niger a rejeté ces accusations.", "Niger"),
        ("en", "Moscow denied the claim.", "Moscow"), ("en", "The court rejected Russia's request.", "Russia"),
    ],
)  # fmt: skip
def test_a_seat_of_power_that_acts_is_told_from_the_place(language: Language, text: str, name: str) -> None:
    assert used(text, language)[name] == "metonym"
    assert named(text, language) == ()


def test_the_same_seat_is_a_place_where_something_happens_in_it() -> None:
    assert used("Il s'est rendu à Washington.") == {"Washington": "place"}
    assert used("Protesters gathered in Moscow.", "en") == {"Moscow": "place"}


def test_a_name_that_an_actor_was_read_in_is_no_place() -> None:
    text = "Il accuse la Syrie."
    actor = ActorMention("actor:13-18", 13, 18, "Syrie", "sy", "Syria")
    assert find_places(parse_text(text, "fr"), gazetteer(), (actor,)) == ()


@pytest.mark.parametrize("text", ["Des tirs ont été entendus à Tripoli.", "He was shot in Springfield."])
def test_a_name_that_cannot_be_told_keeps_its_candidates_and_gets_no_point(text: str) -> None:
    (mention,) = named(text, "fr" if "tirs" in text else "en")
    assert (mention.place, mention.latitude, mention.longitude, mention.precision_km) == (None, None, None, None)
    scores = [candidate.score for candidate in mention.candidates]
    assert len(scores) > 1
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert sum(scores) <= 1.001


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Des tirs ont été entendus à Tripoli, en Libye.", "LY"), ("L'armée libyenne est entrée dans Tripoli.", "LY"),
        ("Des tirs ont été entendus à Tripoli, dans le nord du Liban. L'armée libanaise a été déployée.", "LB"),
    ],
)  # fmt: skip
def test_the_country_that_a_text_speaks_of_tells_which(text: str, country: str) -> None:
    tripoli = next(mention for mention in named(text) if mention.text == "Tripoli")
    assert (tripoli.country, tripoli.feature) == (country, "town")
    assert tripoli.latitude is not None


def test_what_a_place_lies_in_tells_which() -> None:
    assert named("He was shot in Springfield, Illinois.", "en")[0].place == "gn:4250542"
    assert named("He was shot in Springfield, Mo.", "en")[0].place == "gn:4409896"


def test_every_place_on_the_map_says_how_far_its_point_may_be_off() -> None:
    found = named(
        "Un raid a visé Alep, la province de Deraa, l'Irak et les frontières syro-irakiennes, dans l'est de la Syrie et en mer Méditerranée."
    )
    assert len(found) >= 6
    precise = {mention.text: mention.precision_km or 0.0 for mention in found}
    assert min(precise.values()) > 0
    assert precise["Alep"] < precise["province de Deraa"] < precise["Irak"]


def test_capitals_throughout_are_read() -> None:
    assert [mention.name for mention in named("ALEP EST TOMBÉE. UN RAID A VISÉ LA VILLE DE DAMAS.")] == ["Aleppo", "Damascus"]


@pytest.mark.parametrize(
    "text", ["Un drone a frappé une voiture à Zouqbara, au Liban.", "Des raids ont visé Zouqbara près de Tyr.\nDes tirs près de Zouqbara (Liban)."]
)
def test_a_name_that_the_text_puts_in_a_country_is_a_place_of_it_without_a_point(text: str) -> None:
    found = [place for place in named(text) if place.text == "Zouqbara"]
    assert [(place.place, place.country, place.latitude) for place in found[-1:]] == [(None, "LB", None)]


def test_a_name_that_no_gazetteer_has_is_a_place_by_its_kind_and_has_no_point() -> None:
    (mention,) = named("Le village de Qaribazza est tombé.")
    assert (mention.text, mention.place, mention.latitude, mention.feature) == ("Qaribazza", None, None, "town")


@pytest.mark.parametrize(
    ("language", "text", "quarter", "town"),
    [
        ("en", "A bomb exploded in the Salah al-Din district of Aleppo.", "Salah al-Din", "Aleppo"),
        ("en", "Shells fell on Aleppo's Salah al-Din district.", "Salah al-Din", "Aleppo"),
        ("en", "A blast hit the Zaytunazza neighborhood in central Baghdad.", "Zaytunazza", "Baghdad"),
        ("fr", "Une bombe a explosé dans le quartier de Salaheddine à Alep.", "Salaheddine", "Aleppo"),
        ("fr", "Des combats secouent le quartier Bab el-Tebbaneh de Tripoli, au Liban.", "el-Tebbaneh", "Tripoli"),
        ("fr", "Un raid a visé le quartier de Zaytounazza, à l'est d'Alep.", "Zaytounazza", "Aleppo"),
    ],
)  # fmt: skip
def test_a_quarter_lies_in_the_town_that_is_named_beside_it(language: Language, text: str, quarter: str, town: str) -> None:
    found = {mention.name: mention for mention in named(text, language)}
    told, around = found[quarter], found[town]
    assert (told.place, told.feature, told.country) == (None, "quarter", around.country)
    assert (told.latitude, told.longitude, told.precision_km) == (around.latitude, around.longitude, around.precision_km)


def test_a_district_of_a_country_and_a_quarter_beside_no_town_are_put_into_none() -> None:
    (district, _) = named("He fled to the Hasaka district in Syria.", "en")
    assert district.place is not None
    (quarter,) = named("Un obus est tombé sur le quartier de Zaytounazza.")
    assert quarter.latitude is None


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "!!!", "🙂", "\ufeff\u200b", "-Alep-", "à-", "'", "l'", "D'", "Al-", "al-al-al", "A-B-C-D-E-F-G-H", "İstanbul"]
)
def test_odd_texts_are_read(text: str) -> None:
    for mention in named(text):
        assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize("piece", ["Alep ", "Alep-", "Al-", "à Alep, ", "frontière ", "d'Alep l'"])
def test_twenty_thousand_characters_without_an_end_are_read(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    for mention in named(text):
        assert text[mention.start : mention.end] == mention.text


WORDS = (
    "Alep",
    "à",
    "la",
    "base",
    "d'",
    "al-Tanf",
    "Irak",
    "-",
    "Non",
    "L'",
    "frontière",
    "syro-irakienne",
    "Paris",
    "Mme",
    "province de",
    "Niger",
    ",",
    ".",
    "ET",
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from(["fr", "en"]), st.sampled_from([" ", ""]))
def test_any_text_gives_ordered_mentions_that_quote_it(words: list[str], language: Language, blank: str) -> None:
    text = blank.join(words)
    found = named(text, language)
    assert [mention.start for mention in found] == sorted(mention.start for mention in found)
    for before, after in pairwise(found):
        assert before.end <= after.start
    for mention in found:
        assert text[mention.start : mention.end] == mention.text
        assert (mention.latitude is None) == (mention.place is None)
        if mention.latitude is not None and mention.longitude is not None:
            assert -90 <= mention.latitude <= 90
            assert math.isfinite(mention.longitude)


def test_a_border_by_one_country_is_a_place_where_the_sentence_names_the_neighbour() -> None:
    (settled,) = named("Des soldats turcs gardent la frontière syrienne.")
    assert (settled.place, settled.country, settled.feature) == ("border:SY-TR", "SY", "border")
    assert named("Les frontières irakiennes sont fermées. Une délégation syrienne est arrivée.") == ()
    assert named("Les frontières irakiennes, iraniennes et turques sont fermées.") == ()
    (english,) = named("Iraqi forces were sent to the Syrian border.", "en")
    assert english.place == "border:IQ-SY"


def test_a_country_named_behind_with_stands_for_the_border() -> None:
    assert [mention.text for mention in named("Ils sont aux frontières syriennes avec l'Irak.")] == ["Irak"]


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("fr", "Le Niger est en crue.", "rc:xx-niger-river"),
        ("fr", "Le pont sur le Niger est détruit.", "rc:xx-niger-river"),
        ("fr", "L'armée est entrée au Niger.", "country:NE"),
        ("en", "Fighting was reported on the banks of the Jordan.", "rc:xx-jordan-river"),
        ("en", "Troops were sent to Jordan.", "country:JO"),
    ],
)
def test_a_river_is_told_from_the_country_of_its_name(language: Language, text: str, place: str) -> None:
    assert [mention.place for mention in named(text, language)] == [place]


def test_one_name_in_two_countries_is_two_places() -> None:
    found = named("He flew from San Jose, Costa Rica, to San Jose, California.", "en")
    assert [(mention.text, mention.country) for mention in found if mention.text == "San Jose"] == [("San Jose", "CR"), ("San Jose", "US")]


def test_a_place_after_a_place_it_is_joined_to_keeps_its_own_reading() -> None:
    assert [mention.country for mention in named("Cases were found in Kenema, Kailahun and Monrovia.", "en")] == ["SL", "SL", "LR"]


def test_a_village_that_looks_like_a_person_is_a_place_in_a_list_of_places() -> None:
    text = "Des heurts ont eu lieu à Al-Bab, Boukamal, Al Bukamal et Albu Kamal, en Syrie."
    assert [mention.text for mention in named(text)] == ["Al-Bab", "Boukamal", "Al Bukamal", "Albu Kamal", "Syrie"]
    assert "Assad" not in [mention.text for mention in named("Cases were found in Damascus, Assad said.", "en")]


@pytest.mark.parametrize(
    "text",
    [
        "She was shot near Paris Avenue on Sunday.",
        "He was taken to Florence Hospital.",
        "They live at Tripoli Gardens.",
        "Shots were fired outside Alexandria & Sons Market.",
    ],
)
def test_what_a_longer_name_begins_with_is_no_place(text: str) -> None:
    assert named(text, "en") == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Six Killed in Aleppo Bombing as Evacuation Resumes.", "Aleppo"),
        ("Shells fell in Aleppo Syria on Sunday.", "Aleppo"),
        ("Shells fell in Mosul. He works at the Mosul Police Department.", "Mosul"),
    ],
)
def test_a_place_that_capitals_follow_is_one(text: str, place: str) -> None:
    assert place in [mention.text for mention in named(text, "en")]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Shells fell in Damascus, in Homs and near Banbury."), ("fr", "Le convoi est passé à Damas, puis à Homs et enfin à Banbury.")],
)
def test_a_small_town_abroad_that_nothing_speaks_for_has_no_point(language: Language, text: str) -> None:
    strayed = [mention for mention in named(text, language) if mention.text == "Banbury"]
    assert [(mention.latitude, mention.country) for mention in strayed] in ([], [(None, None)])


def test_a_small_town_whose_country_is_named_keeps_its_point() -> None:
    (banbury,) = (
        mention for mention in named("They went from Damascus and Homs to Banbury in the United Kingdom.", "en") if mention.text == "Banbury"
    )
    assert banbury.latitude is not None
