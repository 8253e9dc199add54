"""Who did it, as surely as the text says? Joined verbs, denials, doubts about the doer, commands, judgements, through the parts that answer it together."""

from __future__ import annotations

import pytest

from recoupe.extract.actors import find_actors
from recoupe.extract.claims import join
from recoupe.extract.events import find_events
from recoupe.extract.factuality import assess_all
from recoupe.extract.figures import find_figures
from recoupe.extract.voices import find_voices
from recoupe.knowledge.actors import open_register
from recoupe.language.parse import parse_text
from recoupe.model import Language

# The event's word, who does it, its factuality and stage, and how sure it is that they did it.
DEEDS: list[tuple[Language, str, str, str, str, str, str | None]] = [
    ("fr", "L'armée aurait saisi des armes et arrêté dix hommes.", "arrêté", "armée", "PR+", "accomplished", "possible"),
    ("fr", "L'attentat aurait été commis par un ancien policier.", "attentat", "policier", "CT+", "accomplished", "possible"),
    ("fr", "L'attaque pourrait avoir été menée par des rebelles.", "attaque", "rebelles", "CT+", "accomplished", "possible"),
    ("fr", "Les rebelles assurent n'avoir rien à voir avec l'attaque.", "attaque", "rebelles", "CT+", "accomplished", "denied"),
    ("fr", "Un responsable reconnaît que ses hommes ont torturé des détenus.", "torturé", "hommes", "CT+", "accomplished", "claimed"),
    ("fr", "Le président a demandé à l'armée de boucler la ville.", "boucler", "armée", "Uu", "planned", "accused-by-authorities"),
    ("fr", "Le ministre a exclu d'envoyer des troupes au sol.", "envoyer", "ministre", "CT-", "planned", "denied"),
    ("fr", "Le groupe a mis à exécution sa menace de tuer les otages.", "tuer", "groupe", "CT+", "accomplished", "fact"),
    ("fr", "Pour le maire, la police a tiré sans sommation.", "tiré", "police", "CT+", "accomplished", "accused-by-authorities"),
    ("fr", "L'armée a repoussé une attaque rebelle contre l'aéroport.", "attaque", "rebelle", "CT+", "attempted", "fact"),
    ("en", "The army reportedly seized weapons and arrested ten men.", "arrested", "army", "PR+", "accomplished", "possible"),
    ("en", "The attack may have been carried out by the rebels.", "attack", "rebels", "CT+", "accomplished", "possible"),
    ("en", "The army may launch an attack on the town.", "attack", "army", "PS+", "planned", "possible"),
    ("en", "The rebels said they had nothing to do with the attack.", "attack", "rebels", "CT+", "accomplished", "denied"),
    ("en", "Police suspect the cartel of killing the judge.", "killing", "cartel", "CT+", "accomplished", "accused-by-authorities"),
    ("en", "The general admitted that his soldiers had killed the priests.", "killed", "soldiers", "CT+", "accomplished", "claimed"),
    ("en", "The group carried out its threat to kill the hostages.", "kill", "group", "CT+", "accomplished", "fact"),
    ("en", "The army repelled a rebel attack on the airport.", "attack", "rebel", "CT+", "attempted", "fact"),
    ("en", "The inquiry into the attack by the rebels is under way.", "attack", "rebels", "CT+", "accomplished", "fact"),
]
JUDGED: list[tuple[Language, str]] = [
    ("fr", "Trois soldats ont été tués mardi. Paris a condamné cette attaque."),
    ("en", "Three soldiers were killed on Tuesday. Paris condemned the attack."),
]


def claims_of(language: Language, text: str) -> list[tuple[str, str, list[str], str, str, str | None]]:
    parsed = parse_text(text, language)
    voices = find_voices(parsed, find_actors(parsed, open_register()))
    told = find_events(parsed, find_actors(parsed, open_register()), (), (), find_figures(parsed))
    names = {mention.id: mention.text for mention in told.actors}
    claims = join(told, assess_all(parsed, told.occurrences, voices, told.actors), voices)
    return [
        (text[one.trigger.start : one.trigger.end], one.type, [names[actor] for actor in one.actors], one.factuality, one.stage, one.responsibility)
        for one in claims
    ]


@pytest.mark.parametrize(("language", "text", "word", "actor", "factuality", "stage", "level"), DEEDS)
def test_who_did_it(language: Language, text: str, word: str, actor: str, factuality: str, stage: str, level: str | None) -> None:
    _, _, actors, *said = next(claim for claim in claims_of(language, text) if claim[0] == word)
    assert said == [factuality, stage, level]
    assert any(actor in name for name in actors)


@pytest.mark.parametrize(("language", "text"), JUDGED)
def test_what_a_voice_only_condemns_is_no_further_event(language: Language, text: str) -> None:
    assert [kind for _, kind, *_ in claims_of(language, text)] == ["ASSAULT", "ACCUSE"]
