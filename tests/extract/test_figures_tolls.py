"""Tolls count persons without a number too, once each, and don't count what is none."""

from __future__ import annotations

import pytest

from recoupe.extract.figures import find_figures, standing_figures, whole_figures
from recoupe.extract.figures_nobody import find_nobody
from recoupe.extract.figures_tolls import count_toll, find_toll
from recoupe.extract.figures_victims import find_victims
from recoupe.language.parse import parse_text
from recoupe.model import Language


@pytest.mark.parametrize(
    ("text", "language", "killed", "hurt"),
    [
        ("John Miller was shot and killed on Sunday.", "en", 1, 0),
        ("A gunman left seven dead before killing himself.", "en", 8, 0),
        ("A man suspected in the killing of two officers shot himself in his car.", "en", 3, 0),
        ("A man was rushed to a hospital, where he died.", "en", 1, 0),
        ("A man was taken to a local hospital in critical condition but was pronounced dead there.", "en", 1, 0),
        ("A 19-year-old was killed and a 15-year-old was injured.", "en", 1, 1),
        ("One suspect dead, three in custody after raid", "en", 1, 0),
        ("A 12-year-old boy was killed and the teen brother was left in critical condition.", "en", 1, 1),
        ("Three people were hurt in the square. A fourth victim was later found at a hospital.", "en", 0, 4),
        ("Police found three dead victims in the house.", "en", 3, 0),
        ("Oil depot raid: two gunmen, seven victims", "en", 0, 7),
        ("Carter, a graduate and athlete, died at the scene.", "en", 1, 0),
        ("A man shot dead his brother. Officers also found a woman with a stab wound.", "en", 1, 1),
        ("Il a fait quatre morts avant de retourner son arme contre lui.", "fr", 5, 0),
        ("Un homme a tué quatre personnes avant d'être abattu par la police.", "fr", 5, 0),
        ("Un homme a été transporté à l'hôpital, où il est décédé.", "fr", 1, 0),
        ("Fusillade à Marseille : trois hommes, une femme blessés", "fr", 0, 4),
        ("Deux hommes ont été retrouvés avec des blessures par balle.", "fr", 0, 2),
        ("Durand, un ingénieur et père de famille, a été tué.", "fr", 1, 0),
        ("A man was killed. His sister and mother were injured in the attack.", "en", 1, 2),
        ("Anna Miller died at the scene of the murder. Three others sustained bullet wounds.", "en", 1, 3),
        ("He shot his wife dead and then himself, police said. The murder-suicide happened on Monday.", "en", 2, 0),
        ("Three people were killed and seven wounded.", "en", 3, 7),
        ("Triple homicide in the old town.", "en", 3, 0),
        ("A man, his daughter and six grandchildren died in the attack.", "en", 8, 0),
        ("He killed six of his grandchildren, his adult daughter and himself.", "en", 8, 0),
        ("Three victims, a man and two women, were killed.", "en", 3, 0),
        ("Baby, 4 people injured in drive-by shooting", "en", 0, 5),
        ("A suspect wounded an officer before killing himself.", "en", 1, 1),
        ("Police fatally shot two men.", "en", 2, 0),
        ("The fatal shooting of three officers shocked the city.", "en", 3, 0),
        ("Both children were taken to hospital.", "en", 0, 2),
        ("Five people, including an infant, were injured.", "en", 0, 5),
        ("A six-year-old boy was killed. His father was hospitalized.", "en", 1, 1),
        ("Il a tué sa mère, son père et deux voisins.", "fr", 4, 0),
        ("Les corps d'un enfant de huit ans, d'un homme et d'une femme ont été retrouvés.", "fr", 3, 0),
        ("Deux policiers ont été mortellement blessés.", "fr", 2, 0),
        ("Un garçon de six ans a été tué. Son père a été hospitalisé.", "fr", 1, 1),
        ("Cinq personnes, dont un bébé, ont été blessées.", "fr", 0, 5),
        ("Cinq personnes, dont deux enfants, ont été légèrement blessées.", "fr", 0, 5),
        ("Des coups de feu ont visé la maison, mais personne n'a été blessé.", "fr", 0, 0),
        ("Shots were fired at a house but nobody was hurt.", "en", 0, 0),
        ("The officer succumbed to his injuries.", "en", 1, 0),
        ("Une femme a été touchée à la jambe par une balle.", "fr", 0, 1),
        ("Un homme a été tué, sa femme et son fils ont été blessés.", "fr", 1, 2),
        ("L'attaque a fait 13 morts et sept blessés.", "fr", 13, 7),
        ("Il a tué sa femme avant de se suicider. Le meurtre a choqué le village.", "fr", 2, 0),
        ("Un couple et ses deux enfants ont été retrouvés morts.", "fr", 4, 0),
        ("Ses parents et sa sœur ont péri dans l'attaque.", "fr", 3, 0),
        ("Sa sœur et son beau-frère ont été blessés.", "fr", 0, 2),
        ("Le père de quatre enfants a été tué devant chez lui.", "fr", 1, 0),
        ("Le préfet a été tué et huit autres personnes sont mortes.", "fr", 9, 0),
        ("Un troisième homme est mort mardi. Deux hommes avaient été tués sur le coup.", "fr", 3, 0),
        ("Trois policiers ont été abattus avant que le tireur ne soit tué à son tour.", "fr", 4, 0),
        ("Trois maisons ont été frappées par des roquettes.", "fr", 0, 0),
        ("Une balle l'a touché à la tête. Il est mort sur place.", "fr", 1, 0),
        ("Il est poursuivi pour trois tentatives de meurtre.", "fr", 0, 3),
        ("The teen fatally shot his parents and three younger siblings.", "en", 5, 0),
        ("A couple was shot dead in their car.", "en", 2, 0),
        ("Un couple de retraités et leur petit-fils ont été retrouvés morts.", "fr", 3, 0),
        ("Douze combattants sont tombés au combat.", "fr", 12, 0),
        ("Un kamikaze s'est fait exploser devant une mosquée, tuant deux fidèles.", "fr", 3, 0),
        ("Un homme a été tué. Depuis le début de l'année, 42 personnes sont mortes.", "fr", 1, 0),
        ("Quatre soldats sont morts sur le coup, un cinquième a succombé à l'hôpital.", "fr", 5, 0),
        ("Four soldiers died on the spot, and a fifth died in hospital.", "en", 5, 0),
        ("A gunman fatally shot his neighbour and wounded a visitor.", "en", 1, 1),
        ("A man shot dead his wife and two sons.", "en", 3, 0),
        ("The suspect was killed and the officer was hit in the shoulder.", "en", 1, 1),
        ("The bodies of the lawmaker and his driver were found in the car.", "en", 2, 0),
        ("A man was killed on Monday. So far this year 64 people have been killed in the city.", "en", 1, 0),
        ("A father of four was killed outside his home.", "en", 1, 0),
        ("Three officers were killed before the gunman was shot dead.", "en", 4, 0),
        ("He is charged with two counts of murder.", "en", 2, 0),
        ("Un homme a tué deux passants et blessé trois autres personnes à Nice.", "fr", 2, 3),
        ("Shots fired at a house, nobody hurt", "en", 0, 0),
        ("A suicide bomber killed ten people at a checkpoint.", "en", 11, 0),
        ("Ann and her mother were taken to hospital. Ann died.", "en", 1, 1),
        ("Police investigate a fatal shooting as a homicide. They found a man with a gunshot wound.", "en", 1, 0),
        ("Au moins quatre personnes, un député et trois gardes, ont été tuées.", "fr", 4, 0),
        ("Une trentaine de personnes ont été blessées.", "fr", 0, 30),
        ("Man killed, girl wounded in the old town", "en", 1, 1),
        ("The two boys were shooting at crows.", "en", 0, 0),
        ("A girl was grazed by a bullet and her uncle was shot dead. The girl was taken to hospital.", "en", 1, 1),
        ("The mayor was killed along with her two sons.", "en", 3, 0),
        ("Neighbour kills woman, her son, himself", "en", 3, 0),
        ("A 3-year-old and four adults were shot at a picnic.", "en", 0, 5),
        ("Five murdered in a cottage; suspect dead", "en", 6, 0),
        ("The man who killed five people in a bar is dead.", "en", 6, 0),
        ("Student takes own life in parking lot", "en", 1, 0),
        ("Un homme tué, une fillette de 6 ans blessée à Lyon", "fr", 1, 1),
        ("Un jeune de 19 ans a été tué et deux autres blessés.", "fr", 1, 2),
        ("Une femme a été tuée ainsi que ses deux fils.", "fr", 3, 0),
        ("Cinq personnes assassinées à Nice, le tireur mort", "fr", 6, 0),
        ("Le bilan atteint 22 morts, cinq blessés ayant succombé dans la nuit.", "fr", 22, 0),
        ("A man was hit in the head by a bullet, causing an injury to his skull.", "en", 0, 1),
    ],
)
def test_a_toll(text: str, language: Language, killed: int, hurt: int) -> None:
    assert counted(text, language) == (killed, hurt)


def counted(text: str, language: Language) -> tuple[int, int]:
    parsed = parse_text(text, language)
    dead, wounded = count_toll(parsed, whole_figures(parsed, standing_figures(parsed, find_figures(parsed))))
    for answer in (dead, wounded):
        assert bool(answer.value) == bool((*answer.head, *answer.body)), "every number points to its words"
        assert all(0 <= span.start < span.end <= len(text) for span in (*answer.head, *answer.body))
    return dead.value or 0, wounded.value or 0


@pytest.mark.parametrize(
    ("text", "language", "doers"),
    [
        ("A suicide bomber blew himself up in a market, killing 32 people.", "en", 1),
        ("Thirty-three people, including the bomber, died in a market.", "en", 1),
        ("Un homme a tué sa femme avant de se suicider.", "fr", 1),
        ("Sept personnes sont mortes, dont le tireur.", "fr", 1),
        ("A gunman killed himself.", "en", 1),
        ("A gunman killed two people and fled.", "en", 0),
        ("Nobody was killed.", "en", 0),
    ],
)
def test_the_dead_who_did_it(text: str, language: Language, doers: int) -> None:
    parsed = parse_text(text, language)
    killed, hurt = count_toll(parsed, whole_figures(parsed, standing_figures(parsed, find_figures(parsed))))
    assert (killed.doers, hurt.doers) == (doers, 0)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Mary Jones suffered a gunshot wound to the leg.", [("jones", "wounded", True)]),
        ("A man and his wife were found dead.", [("man", "killed", False), ("wife", "killed", False)]),
        ("He was taken to hospital, where he died.", [("he", "killed", False)]),
        ("Ann Lee was taken to hospital, where she died.", [("lee", "killed", True), ("lee", "wounded", True)]),
        ("The gunman killed himself.", [("gunman", "killed", False)]),
        ("The engine died.", []),
        ("The war killed the economy.", []),
        ("Three soldiers died.", []),
    ],
)
def test_victims_without_a_number(text: str, wanted: list[tuple[str, str, bool]]) -> None:
    assert [(victim.person.key, victim.measure, victim.person.named) for victim in find_victims(parse_text(text, "en"))] == wanted


@pytest.mark.parametrize("text", ["", " ", "DEAD", "killed killed killed", "…", "himself", "a a a a", "né à 12 …"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_odd_texts(text: str, language: Language) -> None:
    assert min(counted(text, language)) >= 0


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A rocket fell near the town on Monday. Nobody was killed. In 2006 the war killed 1,200 people.", "en"),
        ("Une roquette est tombée lundi, sans faire de victime. En 2006, la guerre avait fait 1.200 morts.", "fr"),
    ],
)
def test_nobody_was_harmed_and_others_were_before(text: str, language: Language) -> None:
    parsed = parse_text(text, language)
    whole = whole_figures(parsed, standing_figures(parsed, find_figures(parsed)))
    toll = find_toll(parsed, whole, find_nobody(parsed), (), ())
    assert toll is not None
    assert toll.killed == 0


_HURT = "Four people were wounded when a bomb went off outside a bakery on Monday. All of them were taken to a clinic in the old town."
_CHATTER = " Neighbours heard the blast from far away and ran into the street, and some of them stayed there until late at night." * 5


@pytest.mark.parametrize(
    ("later", "killed", "hurt"),
    [
        (" It was the second blast of the week: on Friday a man was killed at a market.", None, 4),
        (" One of them died in the clinic.", 1, 4),
    ],
)
def test_the_dead_of_another_case_come_late(later: str, killed: int | None, hurt: int) -> None:
    parsed = parse_text(_HURT + _CHATTER + later, "en")
    whole = whole_figures(parsed, standing_figures(parsed, find_figures(parsed)))
    assert [answer.value for answer in count_toll(parsed, whole)] == [killed, hurt]
