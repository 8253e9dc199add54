"""Are the relations that parsers get wrong put right, and right ones left alone?"""

from __future__ import annotations

import pytest

from recoupe.language.mend import mend
from recoupe.language.parse import model_parse, parse_text
from recoupe.language.parsed import Token
from recoupe.model import Language


@pytest.mark.parametrize(
    ("language", "text", "word", "dep", "head"),
    [
        ("fr", "Ankara menace de lancer une opération.", "Ankara", "nsubj", "menace"),
        ("fr", "Londres avertit ses voisins.", "Londres", "nsubj", "avertit"),
        ("fr", "Londres avertit ses voisins.", "voisins", "obj", "avertit"),
        ("fr", "Paris menace de frapper le port.", "Paris", "nsubj", "menace"),
        ("fr", "Damas et Moscou l'attribuent à Israël.", "Damas", "nsubj", "attribuent"),
        ("fr", "Le ministre s'est entretenu vendredi à Mascate avec des responsables.", "responsables", "obl:mod", "entretenu"),
        ("fr", "L'armée a annoncé mardi dans un communiqué la mort de deux soldats.", "mort", "obj", "annoncé"),
        ("fr", "Les forces du régime ont repris lundi aux rebelles deux villages.", "villages", "obj", "repris"),
        ("fr", "Une douzaine de raids de la coalition ont visé le port.", "coalition", "nmod", "raids"),
        ("fr", "Moscou et Téhéran sont convenus de créer une zone tampon.", "Moscou", "nsubj:pass", "convenus"),
        ("fr", "Damas et l'ONU ont signé un accord.", "ONU", "conj", "Damas"),
        ("fr", "Le Hezbollah, engagé en Syrie, a tiré des roquettes sur le Golan.", "Hezbollah", "nsubj", "tiré"),
        ("fr", "Les habitants ont vu un homme blessé et transporté à l'hôpital.", "blessé", "amod", "homme"),
        ("fr", "L'armée irakienne, appuyée par le Hachd, attaque Tal Afar.", "armée", "nsubj", "attaque"),
        ("fr", "L'aviation turque frappe des positions kurdes à Afrine.", "positions", "obj", "frappe"),
        ("fr", "Israël, qui a frappé un site près de Masyaf, menace de mener d'autres raids.", "Israël", "nsubj", "menace"),
        ("fr", "Selon des sources locales, le convoi, escorté par deux hélicoptères, est entré en Syrie.", "convoi", "nsubj", "entré"),
        ("fr", "Il a assuré que ses forces protégeraient les missions et a fait état de deux arrestations.", "fait", "conj", "assuré"),
        ("fr", "Il affirme que les missiles ont visé et atteint un dépôt.", "atteint", "conj", "visé"),
        ("fr", "Les rebelles ont violé le cessez-le-feu.", "cessez-le-feu", "obj", "violé"),
        ("fr", "Le sénat critique l'envoi de troupes.", "sénat", "nsubj", "critique"),
        ("fr", "Les FDS demandent à Paris et à Londres de rapatrier leurs citoyens.", "Londres", "conj", "Paris"),
        (
            "fr",
            "C'est contre les forces du maréchal Haftar que les milices de Misrata ont lancé leur contre-offensive samedi.",
            "forces",
            "obl:mod",
            "lancé",
        ),
        ("en", "Residents accused Eritrean soldiers of looting shops in Axum.", "shops", "obj", "looting"),
        ("fr", "Douze civils, dont trois enfants, ont péri sous les bombes.", "civils", "nsubj", "péri"),
        ("fr", "À Gaza, dix passants ont été tués lundi à Rafah.", "Rafah", "obl:mod", "tués"),
        ("fr", "L'attaque, samedi, d'une patrouille par des hommes armés a fait cinq morts.", "patrouille", "nmod", "attaque"),
        ("fr", "Le maire a péri dans le bombardement d'un marché.", "marché", "nmod", "bombardement"),
        ("fr", "Les insurgés, dont les obus ont atteint Haïfa, avancent.", "Haïfa", "obj", "atteint"),
        ("fr", "Le sénat critique l'envoi de troupes.", "envoi", "obj", "critique"),
        ("fr", "Les rebelles ont violé à plusieurs reprises le cessez-le-feu en bombardant des quartiers.", "cessez-le-feu", "obj", "violé"),
        ("fr", "Les rebelles ont violé à plusieurs reprises le cessez-le-feu en bombardant des quartiers.", "quartiers", "obj", "bombardant"),
        (
            "fr",
            "Dès l'aube, l'armée avait bouclé les ponts reliant la capitale à sa banlieue et coupé l'accès à internet.",
            "coupé",
            "conj",
            "bouclé",
        ),
        ("fr", "Le chef du parti s'est entretenu avec le chef des renseignements et exigé la levée du blocus.", "exigé", "conj", "entretenu"),
        ("fr", "L'Iran a de son côté massé des troupes à sa frontière nord.", "troupes", "obj", "massé"),
        ("fr", "Un officier a reconnu à demi-mot que l'armée avait frappé des dizaines de cibles.", "frappé", "ccomp", "reconnu"),
        ("fr", "L'armée, elle, parle de trois morts.", "armée", "nsubj", "parle"),
        ("fr", "Trois cents soldats maliens ont été acheminés à Ménaka.", "soldats", "nsubj:pass", "acheminés"),
        ("fr", "Téhéran a menacé de fermer le détroit d'Ormuz si les États-Unis attaquaient l'Iran.", "États-Unis", "nsubj", "attaquaient"),
        ("fr", "Syrie : l'aviation israélienne frappe l'aéroport d'Alep.", "aviation", "nsubj", "frappe"),
        ("fr", "Tué par une frappe en mai 2015, Abou Sayyaf dirigeait les opérations.", "dirigeait", "ROOT", "dirigeait"),
        ("fr", "Le Hamas a mis en garde Israël contre toute incursion.", "Israël", "obj", "mis"),
        ("fr", "Washington a livré aux peshmergas des missiles antichars.", "missiles", "obj", "livré"),
        ("fr", "Des avions ont mené au moins douze raids sur Saada, faisant neuf morts.", "raids", "obj", "mené"),
        ("fr", "Ils ont accusé l'armée ukrainienne d'avoir violé le cessez-le-feu.", "cessez-le-feu", "obj", "violé"),
        (
            "fr",
            "Des unités de l'armée syrienne, appuyées par l'aviation russe et leurs alliés du Hezbollah, se sont emparées mardi de trois villages.",
            "alliés",
            "conj",
            "aviation",
        ),
        ("fr", "L'aviation a mené dans la nuit de lundi à mardi plusieurs raids contre des dépôts.", "raids", "obj", "mené"),
        ("fr", "L'émissaire a rencontré mercredi à Beyrouth le chef du parti.", "chef", "obj", "rencontré"),
        ("fr", "Les habitants ont été empêchés de quitter la ville par les rebelles.", "rebelles", "obl:agent", "empêchés"),
        ("fr", "Les soldats sont tombés dans une embuscade tendue par des inconnus.", "inconnus", "obl:agent", "tendue"),
        ("fr", "La population de Kafraya, assiégée par les rebelles, manque de tout.", "assiégée", "acl", "population"),
        ("fr", "La France, dont les avions patrouillent au-dessus du Sahel, a frappé un camp.", "France", "nsubj", "frappé"),
        ("fr", "Ce sont les services secrets qui ont frappé à Téhéran, affirme l'hebdomadaire.", "hebdomadaire", "nsubj", "affirme"),
        ("fr", "Les FDS, alliance soutenue par Washington, ont arrêté trois hommes.", "alliance", "appos", "FDS"),
        ("fr", "Les troupes ont chassé les derniers insurgés.", "insurgés", "obj", "chassé"),
        ("fr", "Les insurgés de Boko Haram ont enlevé une trentaine de filles dans un village.", "Haram", "flat:name", "Boko"),
        ("fr", "Les représentants de la Russie, de l'Iran et de la Turquie ont signé un texte.", "Turquie", "conj", "Iran"),
        ("fr", "Le conseil a adopté une définition des noms et le ministre n'a jamais refusé ce texte.", "ministre", "nsubj", "refusé"),
        ("fr", "Afin de ménager l'Empire, la Conférence de Londres fixa les frontières.", "Conférence", "nsubj", "fixa"),
        ("fr", "Les États-Unis fournissent depuis des mois des armes aux unités kurdes.", "armes", "obj", "fournissent"),
        ("fr", "Le blocage des loyers, partiellement atténué par la loi, ne favorise personne.", "blocage", "nsubj", "favorise"),
        ("fr", "Les comités ont, avec l'appui de l'armée, repris aux rebelles plusieurs hauteurs.", "hauteurs", "obj", "repris"),
        ("fr", "Les comités ont, avec l'appui de l'armée, repris aux rebelles plusieurs hauteurs.", "comités", "nsubj", "repris"),
        ("fr", "Les députés libanais ont élu le général Aoun, soutenu par le Hezbollah.", "soutenu", "acl", "général"),
        ("fr", "Quatre obus de mortier tirés par des inconnus se sont abattus sur l'ambassade.", "obus", "nsubj", "abattus"),
        ("fr", "L'objet est conservé au musée Carnavalet.", "Carnavalet", "nmod", "musée"),
        ("en", "Qatar is mediating between Hamas and Israel.", "Qatar", "nsubj", "mediating"),
        ("en", "The kidnapping of two men by al-Shabab was condemned.", "Shabab", "flat:name", "al"),
        ("en", "The army denied that it had targeted civilians.", "civilians", "obj", "targeted"),
        ("fr", "Le mausolée a été profané.", "été", "aux:pass", "profané"),
        ("fr", "Les troupes étaient entrées dans la ville.", "entrées", "ROOT", "entrées"),
        ("fr", "Ankara, qui soutient certains groupes rebelles, a prévenu Damas.", "Ankara", "nsubj", "prévenu"),
        ("fr", "Le conseil a nié que ses positions aient été touchées et menacé de répondre.", "menacé", "conj", "nié"),
        ("fr", "Damas a exigé que les États-Unis cessent leurs raids et retirent leurs troupes.", "retirent", "conj", "cessent"),
        ("fr", "Les États-Unis pourront, sans encombre, transiter armes et munitions.", "transiter", "xcomp", "pourront"),
    ],
)
def test_relation_is_mended(language: Language, text: str, word: str, dep: str, head: str) -> None:
    """The word hangs where grammar wants it."""
    parsed = parse_text(text, language)
    token = next(one for one in parsed.tokens if one.text == word)
    assert (token.dep, parsed.tokens[token.head].text) == (dep, head)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le président Assad a reçu lundi de Pâques une délégation."),
        ("fr", "Les rebelles ont attaqué deux heures plus tard le poste."),
        ("fr", "La mort de deux soldats a été annoncée dans un communiqué."),
        ("fr", ""),
        ("fr", "ANKARA MENACE DAMAS"),
        ("fr", "Fin de la trêve, attaque des rebelles"),
        ("fr", "Riposte israélienne après la nouvelle attaque du Hamas"),
        ("en", "The army has bombed the town."),
        ("en", "The problem is spending."),
        ("en", "a " * 300),
    ],
)
def test_trees_stay_trees(language: Language, text: str) -> None:
    """Every word still reaches a root, inside its sentence, and mending twice changes nothing more."""
    parsed = mend(model_parse(text, language))
    for token in parsed.tokens:
        top: Token = token
        for above in parsed.ancestors(token):
            top = above
        assert top.head == top.index
        assert parsed.sentence_of(top).index == parsed.sentence_of(token).index
    assert mend(parsed) == parsed


def test_times_units_are_no_objects() -> None:
    """A length of time behind the verb stays what it is."""
    parsed = parse_text("Les rebelles ont attaqué deux heures plus tard le poste.", "fr")
    assert all(token.dep != "obj" for token in parsed.tokens if token.text == "heures")
