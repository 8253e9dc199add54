"""What is an actor of the register called in the language of the interface?"""

from __future__ import annotations

from functools import cache

from recoupe.crosscheck import UNNAMED
from recoupe.knowledge.actors import open_register
from recoupe.model import Language
from recoupe.web.wording import wording


def actor_name(actor: str | None, otherwise: str, language: Language) -> str:
    """The name of an actor by its id; `otherwise` where it is unknown.

    A form that counts only in some surroundings ("nationalistes?") is no name.

    >>> actor_name("us", "", "fr"), actor_name("us", "", "en"), actor_name("nationalists-spain", "", "fr"), actor_name(None, "Salamanque", "fr")
    ('États-Unis', 'United States', 'Nationalistes espagnols', 'Salamanque')
    """
    entry = open_register().get(actor) if actor is not None else None
    if entry is None:
        return otherwise
    names = {"fr": entry.names_fr, "en": (entry.name,)}[language]
    found = next((name for name in names if not name.endswith("?")), entry.name)
    return found[:1].upper() + found[1:]


def local_name(name: str, language: Language) -> str:
    """A name as events write it, in the language of the interface where the register knows it, or where it is that of an unnamed voice.

    >>> local_name("Germany", "fr"), local_name("George Steer", "fr"), local_name("an unnamed source", "fr")
    ('Allemagne', 'George Steer', 'source anonyme')
    """
    if name == UNNAMED:
        return wording(language)("source.unnamed")
    return actor_name(_actor_of().get(name), name, language)


@cache
def _actor_of() -> dict[str, str]:
    return {entry.name: entry.id for entry in open_register().entries}
