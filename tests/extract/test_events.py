"""Are parties, places and results of events told apart, and is one event of one voice one claim?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.extract.actors import find_actors
from recoupe.extract.claims import join
from recoupe.extract.events import find_events, find_sites
from recoupe.extract.factuality import assess_all
from recoupe.extract.figures import find_figures
from recoupe.extract.occurrence import Occurrence
from recoupe.extract.voices import find_voices
from recoupe.knowledge.actors import open_register
from recoupe.language.parse import parse_text
from recoupe.model import Attribution, Claim, Language, PlaceMention, TimeMention


def place(text: str, name: str, start: int = 0) -> PlaceMention:
    at = text.index(name, start)
    return PlaceMention(f"place:{at}-{at + len(name)}", at, at + len(name), name, None, name, None, 35.0, 38.0, "town", None)


def events(
    text: str, language: Language, places: tuple[PlaceMention, ...] = (), attributions: tuple[Attribution, ...] = ()
) -> tuple[list[Occurrence], dict[str, str]]:
    parsed = parse_text(text, language)
    told = find_events(parsed, find_actors(parsed, open_register()), places, (), find_figures(parsed), attributions)
    names = {mention.id: mention.text for mention in told.actors} | {one.id: one.text for one in places}
    return list(told.occurrences), names


def claims(text: str, language: Language) -> tuple[Claim, ...]:
    parsed = parse_text(text, language)
    named = find_actors(parsed, open_register())
    voices = find_voices(parsed, named)
    told = find_events(parsed, named, (), (), find_figures(parsed))
    return join(told, assess_all(parsed, told.occurrences, voices, told.actors), voices)


@pytest.mark.parametrize(
    ("language", "text", "town"),
    [
        ("fr", "Des avions ont bombardé Guernica.", "Guernica"),
        ("fr", "Le bombardement de Guernica par des avions a duré trois heures.", "Guernica"),
        ("en", "Warplanes bombed Guernica.", "Guernica"),
        ("en", "The bombing of Guernica shocked Europe.", "Guernica"),
        ("en", "The troops captured Guernica.", "Guernica"),
    ],
)
def test_a_bombed_or_captured_town_is_the_place_and_no_party(language: Language, text: str, town: str) -> None:
    parsed = parse_text(text, language)
    assert [text[site.start : site.end] for site in find_sites(parsed, (), ())] == [town]
    found, names = events(text, language, (place(text, town),))
    assert [names[name] for one in found for name in one.places] == [town]
    assert town not in [names[name] for one in found for name in (*one.actors, *one.recipients)]


def test_a_captured_town_changes_hands() -> None:
    text = "The rebels captured Guernica."
    (event,), _ = events(text, "en", (place(text, "Guernica"),))
    assert (event.type, event.acled) == ("COERCE", "Non-state actor overtakes territory")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "L'aviation a bombardé la ville."),
        ("fr", "Le bombardement de la ville par des avions a fait dix morts."),
        ("en", "Airmen bombed the town."),
        ("en", "Planes shelled the village."),
        ("en", "The town was destroyed by insurgent aircraft."),
    ],
)
def test_what_comes_from_the_air_is_an_air_strike(language: Language, text: str) -> None:
    found, _ = events(text, language)
    assert ("aerial", "Air/drone strike") in {(one.mode, one.acled) for one in found}


def test_an_attacked_weapon_is_not_the_means() -> None:
    (event,), _ = events("The rebels attacked a helicopter base.", "en")
    assert event.mode is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le bombardement du village par l'armée a fait 1 654 morts et 889 blessés."),
        ("fr", "Des centaines de personnes ont été tuées lundi dans le bombardement du village."),
        ("en", "Between 150 and 300 people were killed in the raid on the village."),
    ],
)
def test_an_attack_and_its_toll_are_one_event(language: Language, text: str) -> None:
    found, _ = events(text, language)
    assert [one.type for one in found] == ["ASSAULT"]
    assert found[0].figures


def test_civilians_who_flee_are_no_retreat() -> None:
    assert not any(one.type == "RETREAT" for one in events("Les habitants fuyaient la ville dans les champs.", "fr")[0])
    assert not any(one.type == "RETREAT" for one in events("Thousands of villagers fled the town.", "en")[0])


def test_the_place_of_a_speaker_is_not_that_of_the_event() -> None:
    text = "Des rebelles ont attaqué une caserne, selon un porte-parole à Paris."
    (event,), _ = events(text, "fr", (place(text, "Paris"),), find_voices(parse_text(text, "fr"), ()))
    assert event.places == ()


@pytest.mark.parametrize(
    ("language", "text", "actors"),
    [
        ("fr", "« Nous avons bombardé la caserne », a affirmé le Hezbollah dans un communiqué.", ["Hezbollah"]),
        ("fr", "« Nos forces ont bombardé la caserne », a affirmé le Hezbollah dans un communiqué.", ["Hezbollah"]),
        ("fr", "Nous avons bombardé la caserne, a dit quelqu'un.", []),
        ("en", '"We shelled the barracks," Hezbollah said in a statement.', ["Hezbollah"]),
    ],
)
def test_a_quoted_we_is_the_one_who_speaks(language: Language, text: str, actors: list[str]) -> None:
    parsed = parse_text(text, language)
    found, names = events(text, language, (), find_voices(parsed, find_actors(parsed, open_register())))
    assert [names[name] for one in found for name in one.actors if one.type == "ASSAULT"] == actors


def test_a_town_taken_up_with_an_article_is_the_one_named_before() -> None:
    text = "Les soldats ont quitté Guernica mardi.\nLes rebelles ont incendié la ville."
    found, names = events(text, "fr", (place(text, "Guernica"),))
    assert [names[name] for name in found[-1].places] == ["Guernica"]


def test_a_verb_and_its_noun_are_one_event() -> None:
    assert len(events("The two governments signed a peace agreement.", "en")[0]) == 1


def test_two_sentences_of_one_speaker_on_one_attack_are_one_claim() -> None:
    text = "Le ministre a déclaré que l'armée a attaqué les rebelles. Le ministre a ajouté que l'armée a attaqué les rebelles."
    found = [claim for claim in claims(text, "fr") if claim.type == "ASSAULT"]
    assert len(found) == 1
    assert found[0].evidence


def test_claims_have_ids_of_their_own() -> None:
    found = claims("Rebels attacked a base and soldiers killed ten rebels. The rebels attacked a village and fled the town.", "en")
    assert len({claim.id for claim in found}) == len(found)


@pytest.mark.parametrize("text", ["", "\n\n", "ATTAQUE ATTAQUE ATTAQUE", "« » ; — ' …", "les rebelles ont attaqué la caserne " * 100])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_odd_texts_are_read(language: Language, text: str) -> None:
    found, names = events(text, language)
    for one in found:
        assert 0 <= one.trigger.start < one.trigger.end <= len(text)
        assert all(name in names for name in (*one.actors, *one.recipients))


def test_a_long_text_without_a_mark_is_read() -> None:
    assert events("les rebelles ont attaqué la caserne " * 2800, "fr")[0]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "les",
                "rebelles",
                "ont",
                "attaqué",
                "bombardé",
                "la",
                "ville",
                "de",
                "Guernica",
                "par",
                "des",
                "avions",
                "contre",
                "l'",
                "armée",
                ".",
                ",",
                "qui",
                "tuant",
                "morts",
                "et",
            ]
        ),
        max_size=18,
    )
)
def test_no_word_order_breaks_the_reader(words: list[str]) -> None:
    text = " ".join(words)
    for one in events(text, "fr")[0]:
        assert not set(one.actors) & set(one.recipients)
        assert text[one.trigger.start : one.trigger.end].strip()


@pytest.mark.parametrize(
    ("language", "text", "places"),
    [
        (
            "en",
            "Rebels launched an attack on Sunday. Troops shelled Rityan. The attack took place in Qardaha.",
            [["Qardaha"], ["Rityan"], ["Qardaha"]],
        ),
        ("fr", "Des rebelles ont mené une attaque. L'attaque a eu lieu à Homs.", [["Homs"], ["Homs"]]),
        ("fr", "Des rebelles ont mené une attaque. Une attaque a eu lieu à Homs.", [[], ["Homs"]]),
    ],
)
def test_an_assault_taken_up_again_shares_its_place(language: Language, text: str, places: list[list[str]]) -> None:
    towns = tuple(place(text, town) for town in ("Rityan", "Qardaha", "Homs") if town in text)
    found, names = events(text, language, towns)
    assert [[names[name] for name in one.places] for one in found] == places


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("en", "Fighters were killed on the road which troops had left on 3 May 2016.", [None]),
        ("en", "Fighters were killed on the road on 3 May 2016.", ["2016-05-03"]),
        ("fr", "Des combattants ont été tués sur la route qui avait été ouverte le 3 mai 2016.", [None]),
    ],
)
def test_a_date_in_a_relative_clause_dates_that_clause(language: Language, text: str, days: list[str | None]) -> None:
    parsed = parse_text(text, language)
    at = text.index("3 ")
    when = TimeMention(f"time:{at}-{len(text) - 1}", at, len(text) - 1, text[at:-1], "DATE", "2016-05-03", "2016-05-03", "2016-05-03", None)
    told = find_events(parsed, find_actors(parsed, open_register()), (), (when,), find_figures(parsed))
    assert [one.date_start for one in told.occurrences if one.type == "ASSAULT"] == days


@pytest.mark.parametrize(
    ("language", "text", "kind", "actors", "recipients"),
    [
        ("fr", "Les forces syriennes et russes ont bombardé Idleb.", "ASSAULT", ["forces syriennes", "russes"], []),
        ("en", "Syrian and Russian forces bombed Idlib.", "ASSAULT", ["Russian forces", "Syrian"], []),
        ("en", "France and Russian forces clashed.", "ASSAULT", ["France", "Russian forces"], []),
        ("en", "Having besieged the town, troops let in a convoy.", "COERCE", ["troops"], []),
        ("fr", "La France, dont les avions patrouillent au-dessus du Sahel, se tait.", "MOBILIZE", ["France"], []),
        ("fr", "L'assassinat par un commando israélien du commandant Ahmad reste impuni.", "ASSAULT", ["commando israélien"], ["commandant Ahmad"]),
        ("fr", "Le parti a condamné le massacre des villageois par l'armée syrienne.", "ACCUSE", ["parti"], ["armée syrienne"]),
        ("fr", "Le bombardement du village par l'armée a coûté la vie à des civils.", "ASSAULT", ["armée"], ["civils"]),
        ("fr", "Le régime a employé du chlore contre la population.", "ASSAULT", ["régime"], ["population"]),
        ("fr", "Le ministre a ordonné le retrait des troupes turques.", "RETREAT", ["troupes turques"], []),
        ("fr", "Les insurgés ont enlevé une trentaine de jeunes filles.", "ASSAULT", ["insurgés"], ["jeunes filles"]),
        (
            "en",
            "The army shelled positions of the Palestinian security forces.",
            "ASSAULT",
            ["army"],
            ["positions of the Palestinian security forces"],
        ),
        ("en", "The minister refused to help the rebels, citing domestic opposition.", "REJECT", ["minister"], ["rebels"]),
        ("fr", "Les miliciens ont repris la ville aux rebelles avec l'appui de l'armée.", "ASSAULT", ["miliciens"], ["rebelles"]),
        ("fr", "Des bulldozers de l'occupation ont démoli quatre maisons.", "ASSAULT", ["occupation"], []),
        ("fr", "Les unités du génie de l'armée syrienne ont attaqué la caserne.", "ASSAULT", ["armée syrienne"], []),
        ("en", "He said that retreating Republican militiamen had set fire to Guernica.", "ASSAULT", ["militiamen"], []),
        ("en", "Students began a hunger strike to protest against Sweden's decision.", "PROTEST", ["Students"], ["Sweden"]),
        ("fr", "Les agriculteurs ont manifesté pour exiger la démission du président Macron.", "PROTEST", ["agriculteurs"], ["président Macron"]),
        ("en", "The government blamed Hezbollah for the bombing.", "ASSAULT", ["Hezbollah"], []),
        ("en", "No group has claimed responsibility for the attack.", "ASSAULT", [], []),
        ("en", "The army sent food to the refugees, according to a senator.", "AID", ["army"], ["refugees"]),
        ("fr", "Les convois militaires US fuient l'Irak vers la Syrie.", "RETREAT", ["convois militaires US"], []),
        ("fr", "Les Américains ont tout fait pour armer Daech en Irak.", "AID", ["Américains"], ["Daech"]),
        ("fr", "Ils lancent des attaques contre l'armée syrienne.", "ASSAULT", [], ["armée syrienne"]),
        ("fr", "L'armée a attaqué des forces turques et du Hezbollah.", "ASSAULT", ["armée"], ["forces turques", "Hezbollah"]),
        ("fr", "Les Américains cherchent, via Daech, à attaquer l'armée syrienne.", "ASSAULT", ["Américains", "Daech"], ["armée syrienne"]),
        ("fr", "Le Parlement irakien a adopté une loi exigeant le retrait des troupes.", "REQUEST", ["Parlement irakien"], ["troupes"]),
        ("fr", "Des combats ont éclaté entre l'armée syrienne et Daech.", "ASSAULT", ["armée syrienne", "Daech"], []),
        ("fr", "Daech a perdu des hommes lors de son anéantissement.", "ASSAULT", [], ["Daech"]),
        ("fr", "L'armée a repris le contrôle de la ville de Homs aux rebelles.", "ASSAULT", ["armée"], ["rebelles"]),
        ("en", "Fighting erupted between the army and the rebels.", "ASSAULT", ["army", "rebels"], []),
        ("fr", "L'attaque du convoi par des rebelles a fait trois morts.", "ASSAULT", ["rebelles"], ["convoi"]),
        ("fr", "Une roquette a visé la maison du maire.", "ASSAULT", [], ["maire"]),
        ("fr", "Les rebelles ont fait exploser une voiture piégée contre un barrage tenu par la police.", "ASSAULT", ["rebelles"], ["police"]),
        ("en", "Rebels torched a clinic run by nuns.", "ASSAULT", ["Rebels"], ["nuns"]),
    ],
)
def test_parties_that_the_parse_hides(language: Language, text: str, kind: str, actors: list[str], recipients: list[str]) -> None:
    parsed = parse_text(text, language)
    told = find_events(parsed, find_actors(parsed, open_register()), (), (), ())
    names = {mention.id: mention.text for mention in told.actors}
    one = next(event for event in told.occurrences if event.type == kind)
    assert [names[name] for name in one.actors] == actors
    assert [names[name] for name in one.recipients] == recipients


@pytest.mark.parametrize(
    ("language", "text", "stage"),
    [
        ("en", "Two unsuccessful attacks were perpetrated in the city.", "attempted"),
        ("en", "Police defused a bomb near the embassy.", "attempted"),
        ("fr", "Un attentat raté a visé le président.", "attempted"),
        ("en", "Two attacks were perpetrated in the city.", None),
    ],
)
def test_what_came_to_nothing_is_attempted(language: Language, text: str, stage: str | None) -> None:
    parsed = parse_text(text, language)
    told = find_events(parsed, find_actors(parsed, open_register()), (), (), ())
    assert [one.stage for one in told.occurrences if one.type == "ASSAULT"] == [stage]


def day(text: str, words: str, first: str, last: str) -> TimeMention:
    at = text.index(words)
    return TimeMention(f"time:{at}-{at + len(words)}", at, at + len(words), words, "DATE", first, first, last)


@pytest.mark.parametrize(
    ("text", "language", "before", "looked_back_to"),
    [
        ("A gas attack hit the town on 4 April. It was the deadliest attack since gas killed hundreds of people in 2013.", "en", "4 April", "2013"),
        ("A gas attack hit the town on 4 April. It was one of the worst attacks since the start of the war in 2011.", "en", "4 April", "2011"),
        ("Une attaque a visé la ville le 4 avril. C'est la pire attaque depuis le début de la guerre en 2011.", "fr", "4 avril", "2011"),
    ],
)
def test_what_since_opens_dates_no_event_before_it(text: str, language: Language, before: str, looked_back_to: str) -> None:
    parsed = parse_text(text, language)
    times = day(text, before, "2017-04-04", "2017-04-04"), day(text, looked_back_to, f"{looked_back_to}-01-01", f"{looked_back_to}-12-31")
    told = find_events(parsed, (), (), times, find_figures(parsed))
    attacks = [one for one in told.occurrences if text[one.trigger.start : one.trigger.end].split()[-1].startswith(("attack", "attaque"))]
    assert attacks[0].date_start == "2017-04-04"
    assert all(one.date_start in {None, "2017-04-04"} and not one.figures for one in attacks)


@pytest.mark.parametrize(
    ("text", "names", "wanted"),
    [
        ("Les rebelles ont attaqué Hassaké, dans le nord-est de la Syrie.", {"Hassaké": "town", "Syrie": "country"}, ["Hassaké"]),
        ("Les convois ont avancé de Hassaké vers la Syrie.", {"Hassaké": "town", "Syrie": "country"}, ["Hassaké", "Syrie"]),
        ("Les rebelles ont attaqué Homs comme en Irak.", {"Homs": "town", "Irak": "country"}, ["Homs"]),
        ("Les forces venues de Tanf ont bombardé Homs.", {"Tanf": "base", "Homs": "town"}, ["Homs"]),
        ("L'armée tient Anbar, où les rebelles ont attaqué un convoi.", {"Anbar": "region"}, ["Anbar"]),
    ],
)
def test_places_that_are_the_events_own(text: str, names: dict[str, str], wanted: list[str]) -> None:
    parsed = parse_text(text, "fr")
    places = tuple(
        PlaceMention(f"place:{at}-{at + len(name)}", at, at + len(name), name, None, name, None, None, None, feature, None)
        for name, feature in names.items()
        for at in (text.index(name),)
    )
    told = find_events(parsed, find_actors(parsed, open_register()), places, (), ())
    event = next(one for one in told.occurrences if one.type in {"ASSAULT", "MOBILIZE"})
    assert [place.text for place in places if place.id in event.places] == wanted


@pytest.mark.parametrize(
    ("language", "text", "doer"),
    [
        ("fr", "L'aviation russe a bombardé Idleb mardi. Les avions ont visé un marché, tuant douze civils.", "aviation russe"),
        ("fr", "L'armée syrienne a tiré des roquettes sur la ville. Les roquettes ont tué deux enfants.", "armée syrienne"),
        ("en", "Hezbollah fired rockets at the town on Monday. The rockets struck a school, wounding two people.", "Hezbollah"),
    ],
)
def test_a_definite_weapon_is_that_of_the_party_that_used_one_before(language: Language, text: str, doer: str) -> None:
    first, second = claims(text, language)
    assert first.actors == second.actors
    (start, end) = (int(part) for part in first.actors[0].partition(":")[2].split("-"))
    assert doer in text[start:end]


def test_a_weapon_that_nobody_was_told_to_use_has_no_owner() -> None:
    first, second = claims("Une roquette a touché la base. La roquette a blessé deux soldats.", "fr")
    assert not first.actors
    assert not second.actors
